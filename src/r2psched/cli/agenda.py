"""`r2psched agenda`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from r2psched.cli.common import (
    as_json,
    counted,
    file_argument,
    gently,
    help_of,
    lang_option,
    print_json,
    refuse_to_replace,
    session_option,
    tell,
)
from r2psched.files import read, save
from r2psched.ical import agenda
from r2psched.views import written_json

if TYPE_CHECKING:
    from r2psched.entries import Per

__all__ = ["command"]

_MORE = """\
Without -o the calendar is written beside FILE, with the ending .ics. A file that ends with .jcal is
written as JSON (jCal).
"""
# Whoever names one of these wants what another command writes.
_OTHERS = dict.fromkeys((".csv", ".docx", ".html", ".md", ".pdf", ".svg", ".xlsx"), "show")
_OTHERS |= dict.fromkeys((".json", ".xml"), "schedule")


@click.command("agenda", help=help_of("agenda", _MORE))
@file_argument
@click.option("-o", "output", metavar="X.ics|X.jcal|-", help="Where to; - is standard output.")
@click.option(
    "--per",
    type=click.Choice(["block", "sitting", "day"]),
    default="block",
    show_default=True,
    help="An event for each block of a session, for each sitting, or for each day.",
)
@session_option
@click.option("--room", metavar="ROOM", help="Only this room.")
@click.option("--utc", is_flag=True, help="Write times in UTC, without a time zone.")
@click.option("--internal", is_flag=True, help="With the capacity; not to be published.")
@lang_option
@as_json
@gently
def command(  # noqa: PLR0913, PLR0917  # each an option of its own
    file: str,
    output: str | None,
    per: Per,
    session: str | None,
    room: str | None,
    lang: str | None,
    *,
    utc: bool,
    internal: bool,
    json_: bool,
) -> None:
    """Write one agenda."""
    if json_ and output == "-":
        msg = "--json and -o - both want standard output: name a file"
        raise click.UsageError(msg)
    programme = read(file, lang=lang)
    data = agenda(programme, per=per, session=session, room=room, utc=utc, internal=internal)
    if output == "-":
        tell(data)
        return
    target = Path(file).with_suffix(".ics") if output is None else Path(output)
    if other := _OTHERS.get(target.suffix.lower()):
        more = f"{other} FILE -o {target}"
        msg = f"a calendar is not {target.suffix}: -o X.ics or -o X.jcal, or {more}"
        raise click.UsageError(msg)
    refuse_to_replace(target, file)
    save(target, _jcal(data) if target.suffix.lower() == ".jcal" else data)
    events = data.count(b"\r\nBEGIN:VEVENT\r\n")
    if json_:
        print_json(written_json(programme, str(target), events))
    else:
        tell(f"wrote {target}: {counted(events, 'event')}")


def _jcal(data: bytes) -> bytes:
    import json  # noqa: PLC0415  # most calendars are .ics

    from r2psched.ical import jcal  # noqa: PLC0415  # most calendars are .ics

    return f"{json.dumps(jcal(data), ensure_ascii=False)}\n".encode()
