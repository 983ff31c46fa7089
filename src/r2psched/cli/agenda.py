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
    print_json,
    same_file,
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
Without -o the calendar is written beside FILE, with the ending .ics.
"""


@click.command("agenda", help=help_of("agenda", _MORE))
@file_argument
@click.option("-o", "output", metavar="X.ics|-", help="Where to; - is standard output.")
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
@as_json
@gently
def command(  # noqa: PLR0913  # each an option of its own
    file: str,
    output: str | None,
    per: Per,
    session: str | None,
    room: str | None,
    *,
    utc: bool,
    internal: bool,
    json_: bool,
) -> None:
    """Write one agenda."""
    if json_ and output == "-":
        msg = "--json and -o - both want standard output: name a file"
        raise click.UsageError(msg)
    programme = read(file)
    data = agenda(programme, per=per, session=session, room=room, utc=utc, internal=internal)
    if output == "-":
        tell(data)
        return
    target = Path(file).with_suffix(".ics") if output is None else Path(output)
    if same_file(target, file):
        msg = f"the calendar would replace {file}: name another file, -o X.ics"
        raise click.UsageError(msg)
    save(target, data)
    events = data.count(b"\r\nBEGIN:VEVENT\r\n")
    if json_:
        print_json(written_json(programme, str(target), events))
    else:
        tell(f"wrote {target}: {counted(events, 'event')}")
