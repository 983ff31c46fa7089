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
from r2psched.delivery.folders import address, refuse_others, subscription, update
from r2psched.delivery.ledger import Ledger, ledger_path
from r2psched.files import read
from r2psched.ical import agenda, feed
from r2psched.views.feeds import feeds_json

__all__ = ["command"]

_AGENDA = "agenda.ics"
_MORE = """\
Into a folder that a web server shows: the published agenda as agenda.ics, and for each speaker a
calendar with their slots and the deadline of their list, at a path that nobody can guess. Written
again whenever the programme changes, the calendars of all who subscribe follow. A file that says
nothing new is left as it is.
"""


@click.command("feed", help=help_of("feed", _MORE))
@file_argument
@session_option
@click.option("-o", "folder", metavar="DIR", required=True, help="The folder to write into.")
@click.option(
    "--url", metavar="URL", help="Where the folder is shown: tell the links to subscribe."
)
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
    url: str | None,
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
    link = None if url is None else subscription(url, _AGENDA)
    programme = read(file)
    found = seated(programme, session, paced=paced, log=log, now=now, chance=chance)
    now_us, _ = to_epoch(moment_or_now(programme, when))
    published = agenda(programme, utc=utc)
    into = Path(folder)
    refuse_others(into / _AGENDA, programme)
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
        folder_for(into)
        numbers = opened.begin(made.messages, FEEDS)
        changed = sum(
            update(into / name, octets) for name, octets in [(_AGENDA, published), *files]
        )
        opened.end(numbers, "sent")
        removed = take_away(made, into, opened)
    unknown, rows = others(made, into), [each.row() for each in made.feeds]
    links = [None if url is None else subscription(url, each.path) for each in made.feeds]
    if json_:
        answer = feeds_json(
            programme,
            folder,
            _AGENDA,
            [row | {"link": told} for row, told in zip(rows, links, strict=True)],
            link=link,
            changed=changed,
            removed=removed,
            unknown=unknown,
        )
        print_json(answer)
        return
    if rows:
        tell(tables.plain([_linked(row, told) for row, told in zip(rows, links, strict=True)]))
    if link is not None:
        tell(f"subscribe to the agenda at {link}")
    if url is not None and url.lower().startswith("https:"):
        tell(
            f"or at {address(url, _AGENDA)}: a link that begins so, and not with webcal://, is "
            "never asked for unencrypted"
        )
    tell(f"wrote {_AGENDA} and {counted(len(rows), 'feed')} into {folder}")
    if removed:
        tell(f"took {counted(removed, 'file')} of former paths away")
    elif renew and made.former:
        tell(f"{folder} has no file of a former path: run this for the folder that has them, too")
    if unknown:
        tell(
            f"{folder} has {counted(unknown, 'file')} of feeds that this ledger does not know: if "
            "another ledger made them, name it with --ledger; if not, whoever subscribed to one "
            "sees nothing new until they have their new link"
        )


def _linked(row: dict[str, object], link: str | None) -> dict[str, object]:
    """The row of a table: with the link in place of the path where it is known."""
    if link is None:
        return row
    return {key: value for key, value in row.items() if key != "path"} | {"link": link}
