"""The slots that people are invited to: of running orders, or of forecasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import click

from r2psched.cli.common import choose_list

if TYPE_CHECKING:
    from r2psched.programme import Programme
    from r2psched.seating import Slot
    from r2psched.sessions import Session
    from r2psched.speakers import Inscription

__all__ = ["Seated", "forecast_options", "seated"]

forecast_options = (
    click.option(
        "--pace",
        "paced",
        metavar="PACE",
        help="Rest on a forecast with this pace: tentative, over its windows.",
    ),
    click.option("--records", "log", metavar="TABLE", help="The log of the meeting so far."),
    click.option("--now", metavar="TIME", help="With --pace or --records: the time now."),
    click.option(
        "--chance",
        metavar="CHANCE",
        help="With --pace or --records: who is heard with this chance; by default 10%.",
    ),
)


@attrs.frozen
class Seated:
    """Who has a slot, and who of the same lists has none.

    Attributes:
        slots: The slots.
        unheard: Who has none, each with the id of the session.
        settled: Who has none any more, since they are done: session and id.
    """

    slots: tuple[Slot, ...] = ()
    unheard: tuple[tuple[str, Inscription], ...] = ()
    settled: tuple[tuple[str, str], ...] = ()


def seated(  # noqa: PLR0913  # each an option of its own
    programme: Programme,
    session: str | None,
    *,
    paced: str | None = None,
    log: str | None = None,
    now: str | None = None,
    chance: str | None = None,
) -> Seated:
    """Seat the lists of a programme, or of one of its sessions.

    Args:
        programme: The programme.
        session: The id or title of the only session, or None for all.
        paced: The pace of a forecast, as `forecast --pace` takes it.
        log: The log that a forecast rests on; then one session is meant.
        now: The time now, for a forecast.
        chance: The chance to be heard from which on one has a slot.

    Raises:
        R2PSchedError: If a list cannot be seated.
    """
    if paced is None and log is None:
        if now is not None or chance is not None:
            msg = "--now and --chance go with a forecast: give --pace or --records"
            raise click.UsageError(msg)
        lists = programme.lists if session is None else (programme[session],)
        orders = [(each.id, each.running_order()) for each in lists if each.speakers]
        return Seated(
            tuple(slot for _, order in orders for slot in order),
            tuple((session, who) for session, order in orders for who in order.unheard),
        )
    if log is not None or now is not None:
        lists = (choose_list(programme, session),)
    else:
        lists = programme.lists if session is None else (programme[session],)
    found = [_forecast(each, paced, log, now, chance or "10%") for each in lists if each.speakers]
    return Seated(
        tuple(slot for each in found for slot in each.slots),
        tuple(who for each in found for who in each.unheard),
        tuple(who for each in found for who in each.settled),
    )


def _forecast(
    session: Session, paced: str | None, log: str | None, now: str | None, wanted: str
) -> Seated:
    from r2psched.cli.forecast import (  # noqa: PLC0415  # most invitations rest on the limits alone
        as_chance,
        as_moment,
        as_pace,
        records_of,
    )
    from r2psched.forecasting import forecast  # noqa: PLC0415  # numpy is not always there

    found = forecast(
        session,
        as_pace(paced),
        records=records_of(log, session),
        now=None if now is None else as_moment(now, session),
    )
    least = as_chance(wanted)
    slots = tuple(slot for slot in found if slot.chance >= least)
    heard = {slot.inscription.id for slot in slots}
    to_come = {who.id for who in found.inscriptions}
    return Seated(
        slots,
        tuple((session.id, who) for who in found.inscriptions if who.id not in heard),
        tuple((session.id, who.id) for who in session.speakers or () if who.id not in to_come),
    )
