"""`r2psched feed`."""

from __future__ import annotations

from pathlib import Path

import click

from r2psched import tables
from r2psched.blocks import to_epoch
from r2psched.cli.common import (
    as_json,
    counted,
    file_argument,
    folder_for,
    gently,
    help_of,
    ledger_option,
    moment_or_now,
    options,
    print_json,
    session_option,
    tell,
    utc_option,
)
from r2psched.cli.slots import forecast_options, seated
from r2psched.delivery.feeds import FEEDS, feeds, others, take_away
from r2psched.delivery.ledger import Ledger, ledger_path
from r2psched.files import read, save
from r2psched.ical import agenda, feed
from r2psched.views.feeds import feeds_json

__all__ = ["command"]

_AGENDA = "agenda.ics"
_MORE = """\
Into a folder that a web server shows: the published agenda as agenda.ics, and for each speaker a
calendar with their slots and the deadline of their list, at a path that nobody can guess. Written
again whenever the programme changes, the calendars of all who subscribe follow.
"""


@click.command("feed", help=help_of("feed", _MORE))
@file_argument
@session_option
@click.option("-o", "folder", metavar="DIR", required=True, help="The folder to write into.")
@click.option("--renew", is_flag=True, help="Give every feed another path; take the old away.")
@options(*forecast_options)
@ledger_option
@click.option("--when", metavar="TIME", help="The time of new entries; by default now.")
@utc_option
@as_json
@gently
def command(  # noqa: PLR0913, PLR0917  # each an option of its own
    file: str,
    session: str | None,
    folder: str,
    paced: str | None,
    log: str | None,
    now: str | None,
    chance: str | None,
    ledger: str | None,
    when: str | None,
    *,
    renew: bool,
    utc: bool,
    json_: bool,
) -> None:
    """Write feeds."""
    programme = read(file)
    found = seated(programme, session, paced=paced, log=log, now=now, chance=chance)
    now_us, _ = to_epoch(moment_or_now(programme, when))
    published = agenda(programme, utc=utc)
    with Ledger(ledger_path(file) if ledger is None else Path(ledger), programme.id) as opened:
        only = None if session is None else programme[session].id
        made = feeds(
            programme,
            found.slots,
            opened,
            when_us=now_us,
            session=only,
            settled=found.settled,
            renew=renew,
        )
        files = [
            (each.path, feed(programme, each.entries[0][0].summary, each.entries, utc=utc))
            for each in made.feeds
        ]
        into = Path(folder)
        folder_for(into)
        numbers = opened.begin(made.messages, FEEDS)
        for name, octets in [(_AGENDA, published), *files]:
            save(into / name, octets)
        opened.end(numbers, "sent")
        removed = take_away(made, into, opened)
    unknown, rows = others(made, into), [each.row() for each in made.feeds]
    if json_:
        answer = feeds_json(programme, folder, _AGENDA, rows, removed=removed, unknown=unknown)
        print_json(answer)
        return
    if rows:
        tell(tables.plain(rows))
    tell(f"wrote {_AGENDA} and {counted(len(rows), 'feed')} into {folder}")
    if removed:
        tell(f"took {counted(removed, 'file')} of former paths away")
    elif renew and made.former:
        tell(f"{folder} has no file of a former path: run this for the folder that has them, too")
    if unknown:
        tell(
            f"{folder} has {counted(unknown, 'file')} of feeds that this ledger does not know: "
            "remove what is of no use, or name the ledger that made it with --ledger"
        )
