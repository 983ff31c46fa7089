"""`r2psched shares`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from r2psched.cli.common import (
    Exit,
    as_json,
    file_argument,
    gently,
    help_of,
    print_json,
    session_option,
    tell,
)
from r2psched.errors import Fault, InvalidInput, InvalidValue, shown
from r2psched.files import read
from r2psched.files.used import read_used
from r2psched.shares import asked, without_share
from r2psched.speakers.traits import unstated
from r2psched.views import shares_json, shares_text

if TYPE_CHECKING:
    from datetime import timedelta

    from r2psched.programme import Programme
    from r2psched.sessions import Session
    from r2psched.speakers import Inscription

__all__ = ["command"]

_MORE = """\
The groups stand in [sessions.shares]. What the list asks for stands beside each share,
and with --used what was used so far: a CSV file or
workbook with the columns group (or speaker) and used.

The exit status is 1 if a group used more than its share; without --used, if it asks for more.
"""


@click.command("shares", help=help_of("shares", _MORE))
@file_argument
@session_option
@click.option("--used", "log", metavar="TABLE", help="Who has used how much.")
@as_json
@gently
def command(file: str, session: str | None, log: str | None, *, json_: bool) -> None:
    """Divide the time of one session."""
    programme = read(file)
    chosen = _choose(programme, session)
    shares, speakers = chosen.shares, chosen.speakers
    if shares is None:
        msg = f"the time of session {shown(chosen.title)} is not divided: write [sessions.shares]"
        raise InvalidValue(msg)
    if faults := without_share(shares, speakers or ()):
        at = programme.sessions.index(chosen) + 1
        where = f"sessions[{at}] {shown(chosen.title)}: speakers"
        raise InvalidInput([Fault(f"{where}.{each.place}", each.message) for each in faults], file)
    allotment = shares.allot(chosen.floor().time if shares.time is None else None)
    wanted = used = None
    remarks = []
    if lacks := unstated(speakers or (), shares.by):
        remarks.append(f'{lacks}: name what tells groups, by = "…"')
    if speakers:
        try:
            limits = _limits(chosen)
        except InvalidValue as error:
            remarks.append(f"what is asked is not known: {error}")
        else:
            wanted = allotment.account(asked(limits, shares.by))
    if log is not None:
        used = allotment.account(read_used(log, shares, speakers.inscriptions if speakers else ()))
    if json_:
        print_json(shares_json(programme, chosen, allotment, wanted, used, remarks))
    else:
        tell(shares_text(chosen, allotment, wanted, used, remarks))
    judged = used if used is not None else wanted
    if judged is not None and judged.over:
        raise SystemExit(Exit.ERRORS)


def _limits(session: Session) -> list[tuple[Inscription, timedelta]]:
    """Everybody on the list with the limit that applies, the list's or their own.

    Raises:
        InvalidValue: If somebody has none, or the procedure cannot be applied.
    """
    speakers = session.speakers or ()
    steps = () if session.procedure is None else session.procedure.when_too_long
    if session.limits is not None or any(step.applies_to(len(speakers)) for step in steps):
        order = session.running_order()
        return [(who, order.limit_of(at)) for at, who in enumerate(order.inscriptions, 1)]
    found = [(who, who.limit) for who in speakers if who.limit is not None]
    if lacking := len(speakers) - len(found):
        msg = f'{lacking} of {len(speakers)} have no limit: give the list one, limit = "3 min"'
        raise InvalidValue(msg)
    return found


def _choose(programme: Programme, name: str | None) -> Session:
    """The session that was named, or the only one whose time is divided.

    Raises:
        UsageError: If there is none, or more than one to choose from; they are named.
    """
    if name is not None:
        return programme[name]
    divided = [session for session in programme if session.shares is not None]
    if len(divided) == 1:
        return divided[0]
    if not divided:
        msg = "no session of the programme divides its time among groups: write [sessions.shares]"
        raise click.UsageError(msg)
    names = ", ".join(session.id for session in divided)
    msg = f"{len(divided)} sessions divide their time: choose one with --session: {names}"
    raise click.UsageError(msg)
