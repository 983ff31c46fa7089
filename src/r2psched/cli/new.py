"""`r2psched new`."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from r2psched.blocks import Day, as_date, as_zone, join
from r2psched.cli.common import gently, help_of, tell
from r2psched.durations import show
from r2psched.errors import FileFailed, InvalidValue
from r2psched.fields import as_limit
from r2psched.files import save
from r2psched.identifiers import slug

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["command"]

_TEMPLATE = """\
# A programme for r2psched. Fill it in, then:
#   r2psched check {name}      is it sound?
#   r2psched capacity {name}   how many interventions fit?
#   r2psched agenda {name}     the calendar for everybody

id = {id}            # in every calendar entry: never change it once calendars are out
title = "Title of the meeting"
status = "tentative"         # or "provisional", "confirmed", "cancelled"
revision = 0                 # raise it with every change that you publish …
revised = {revised}   # … and say when
zone = {zone}
{dates}
room = "Name of the room"
# venue = "Building, town"
# documents = ["A/RES/63/308", "Concept note"]
# webcast = "https://example.org/live"

# [organiser]                # calendars name it as organiser if it has an e-mail address
# name = "Secretariat"
# email = "secretariat@example.org"

# [[sessions]]
# id = "opening"
# title = "Opening remarks"
# kind = "opening"
# time = "09:30-10:00"

[[sessions]]
id = "floor"
title = "Interactive dialogue"
kind = "dialogue"
time = [{time}]     # as many blocks as there are: ["10:00-13:00", "15:00-18:00"]

[sessions.speakers]
limit = {limit}              # or {{ default = "3 min", on_behalf = "5 min" }}
inscriptions = [
    # "Name of a delegation",
    # {{ id = "a", delegation = "Another", level = "minister", email = "mission@example.org" }},
]                            # or a CSV file beside this one: inscriptions = "speakers.csv"

# [sessions.speakers.registration]
# closes = "{first} 09:00"
# write_to = "speakers@example.org"

# [[sessions.reserves]]      # time that is not for the list
# title = "Replies of the panel"
# at = "end"                 # "start", "block-start", "block-end"; or every = 5
# length = "10 min"          # or "unknown"
"""
_UNSAFE = re.compile(r"[^\w./-]")


@click.command("new", help=help_of("new", "It passes `check` as it is and holds nobody's data."))
@click.argument("file", metavar="FILE")
@click.option("--date", metavar="DATE", help="Its date, such as 2014-09-08. [default: today]")
@click.option("--zone", default="UTC", show_default=True, help="Its zone: America/New_York.")
@click.option(
    "--time",
    "times",
    multiple=True,
    default=["10:00-13:00"],
    show_default=True,
    help="A block; may be repeated.",
)
@click.option("--limit", default="3 min", show_default=True, help="The time of one intervention.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@gently
def command(  # noqa: PLR0913  # each an option of its own
    file: str, date: str | None, zone: str, times: tuple[str, ...], limit: str, *, force: bool
) -> None:
    """Write a new file."""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    day = Day(as_date(date) if date else now.date(), zone=as_zone(zone))
    blocks = join(day(time) for time in times)
    length, longest = as_limit(limit), max(block.duration for block in blocks)
    if length > longest:
        msg = f"a limit of {show(length)} is longer than the longest block, {show(longest)}"
        raise InvalidValue(msg)
    dates = sorted({block.start.date() for block in blocks})
    single = dates[0] if len(dates) == 1 else None
    path = Path(file)
    if not force and os.path.lexists(path):
        raise FileFailed(file, "write", "it is there already: choose another name, or --force")
    text = _TEMPLATE.format(
        name=_UNSAFE.sub("?", file),
        id=json.dumps(slug(path.stem)),
        revised=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        zone=json.dumps(day.zone),
        dates=_dates(dates),
        first=dates[0],
        time=", ".join(json.dumps(block.text(single)) for block in blocks),
        limit=json.dumps(show(length)),
    )
    save(path, text.encode())
    tell(f"wrote {file}")


def _dates(dates: Sequence[dt.date]) -> str:
    first, *others = dates
    if not others:
        return f"date = {first}            # or several: dates = [{first}, …]"
    return f"dates = [{', '.join(map(str, dates))}]"
