"""`r2psched invite`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import click

from r2psched.cli.common import (
    as_json,
    choose_list,
    counted,
    file_argument,
    folder_for,
    gently,
    help_of,
    print_json,
    session_option,
    tell,
)
from r2psched.errors import InvalidValue
from r2psched.files import read, save
from r2psched.ical import invitations
from r2psched.tables import text_of
from r2psched.views import invitations_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from r2psched.programme import Programme
    from r2psched.seating import RunningOrder
    from r2psched.speakers import Inscription

__all__ = ["command"]

_MOST_NAMED = 5


@click.command("invite", help=help_of("invite", "One file for each recipient."))
@file_argument
@session_option
@click.option("--to", "name", metavar="NAME", help="Only this delegation or speaker.")
@click.option("-o", "folder", metavar="DIR", required=True, help="The folder to write into.")
@click.option("--utc", is_flag=True, help="Write times in UTC, without a time zone.")
@as_json
@gently
def command(  # noqa: PLR0913  # each an option of its own
    file: str, session: str | None, name: str | None, folder: str, *, utc: bool, json_: bool
) -> None:
    """Write invitations."""
    programme = read(file)
    chosen = choose_list(programme, session)
    order = chosen.running_order()
    unheard = order.unheard if name is None else ()
    if name is not None:
        order = attrs.evolve(order, slots=(order[name],))
    _refuse_without_organiser(programme, order)
    made = invitations(programme, order, utc=utc)
    folder_for(Path(folder))
    for each in made:
        save(Path(folder) / each.filename, each.data)
    if json_:
        print_json(invitations_json(programme, folder, made, unheard))
        return
    without = [each.slot.inscription for each in made if each.recipient is None]
    tell(f"wrote {counted(len(made), 'invitation')} into {folder}")
    if without:
        tell(f"without an e-mail address: {_some(without)}")
    if unheard:
        tell(f"not heard, so not invited: {_some(unheard)}")


def _refuse_without_organiser(programme: Programme, order: RunningOrder) -> None:
    organiser = programme.organiser
    if (organiser and organiser.emails) or not any(slot.inscription.emails for slot in order):
        return
    msg = (
        "an invitation is answered to its organiser, and the programme names none with an e-mail "
        'address: write [organiser] with name = "…" and email = "…"'
    )
    raise InvalidValue(msg)


def _some(who: Sequence[Inscription]) -> str:
    named = ", ".join(text_of(each) for each in who[:_MOST_NAMED])
    more = len(who) - _MOST_NAMED
    return f"{len(who)} ({named}{f' and {more} more' if more > 0 else ''})"
