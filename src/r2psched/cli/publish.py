"""`r2psched publish`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from r2psched.blocks import to_epoch
from r2psched.cli.common import (
    Exit,
    as_json,
    file_argument,
    gently,
    help_of,
    ledger_option,
    moment_or_now,
    options,
    password_of,
    password_option,
    print_json,
    session_option,
    tell,
    utc_option,
)
from r2psched.cli.slots import Seated, forecast_options, seated
from r2psched.delivery.ledger import Ledger, ledger_path
from r2psched.errors import DeliveryFailed, FileFailed
from r2psched.files import read
from r2psched.views.publications import Published, published_json, published_text

if TYPE_CHECKING:
    from r2psched.delivery.publishing import Publication

__all__ = ["command"]

_MORE = """\
The agenda, its deadlines and the slots of the speakers are kept in a collection of a calendar
server (CalDAV): what is new or changed is put, what is gone is deleted, what others keep there
stays untouched, and nothing that somebody else changed is overwritten unasked.

\b
    r2psched publish FILE --caldav https://user@cal.example.org/user/meeting/

The exit status is 3 if something was not brought up to date; it is named.
"""


@click.command("publish", help=help_of("publish", _MORE))
@file_argument
@click.option(
    "--caldav",
    "url",
    envvar="R2PSCHED_CALDAV",
    metavar="URL",
    required=True,
    help="The collection; a password is never part of it.",
)
@password_option
@session_option
@options(*forecast_options)
@click.option("--agenda-only", is_flag=True, help="Leave the slots of the speakers out.")
@click.option("--adopt", is_flag=True, help="Replace what is not as the ledger knows it.")
@ledger_option
@click.option("--when", metavar="TIME", help="The time of new entries; by default now.")
@utc_option
@as_json
@gently
def command(  # noqa: PLR0913, PLR0917  # each an option of its own
    file: str,
    url: str,
    password_file: str | None,
    session: str | None,
    paced: str | None,
    log: str | None,
    now: str | None,
    chance: str | None,
    ledger: str | None,
    when: str | None,
    *,
    agenda_only: bool,
    adopt: bool,
    utc: bool,
    json_: bool,
) -> None:
    """Publish."""
    from r2psched.delivery.caldav import Collection  # noqa: PLC0415  # the extra may be missing
    from r2psched.delivery.publishing import Publication  # noqa: PLC0415  # only to publish
    from r2psched.delivery.secrets import CALDAV_VARIABLE  # noqa: PLC0415  # only to publish
    from r2psched.delivery.servers import collection_url  # noqa: PLC0415  # only to publish

    if agenda_only and any(each is not None for each in (paced, log, now, chance)):
        msg = "--agenda-only leaves the slots out: --pace, --records, --now and --chance go without"
        raise click.UsageError(msg)
    programme = read(file)
    speaking = Seated()
    if not agenda_only:
        speaking = seated(programme, session, paced=paced, log=log, now=now, chance=chance)
    now_us, _ = to_epoch(moment_or_now(programme, when))
    address, user = collection_url(url)
    password = password_of(address, user, CALDAV_VARIABLE, password_file)
    path = ledger_path(file) if ledger is None else Path(ledger)
    with Ledger(path, programme.id) as opened, Collection(address, user, password) as collection:
        found = Publication.of(
            programme,
            speaking.slots,
            collection,
            opened,
            when_us=now_us,
            session=None if session is None else programme[session].id,
            settled=speaking.settled,
            utc=utc,
            adopt=adopt,
        )
        reasons = _brought(found)
    told = Published(programme, address, found.every, found.unchanged, reasons)
    if json_:
        print_json(published_json(told))
    else:
        tell(published_text(told))
    for at, reason in sorted(reasons.items()):
        entry = told.messages[at].entry
        tell(f"not brought up to date: {entry.summary} ({entry.uid}): {reason}", err=True)
    if reasons:
        raise SystemExit(Exit.FAILED)


def _brought(found: Publication) -> dict[int, str]:
    """Bring a collection up to date, and say what was not: by its place, why."""
    from r2psched.delivery.publishing import FOREIGN  # noqa: PLC0415  # the extra may be missing

    reasons = dict.fromkeys(range(len(found.messages), len(found.every)), FOREIGN)
    done = 0
    try:
        for dispatch in found.run():
            if dispatch.receipt.state != "sent":
                reasons[done] = dispatch.receipt.reason or dispatch.receipt.state
            done += 1
    except (DeliveryFailed, FileFailed, KeyboardInterrupt) as error:
        reason = str(error) or "it was interrupted"
        reasons |= dict.fromkeys(range(done, len(found.messages)), reason)
    return reasons
