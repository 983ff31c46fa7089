"""Independent readers, for reading back what was written."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, NamedTuple

import icalendar
from ical.calendar_stream import IcsCalendarStream

if TYPE_CHECKING:
    from collections.abc import Callable


class Read(NamedTuple):
    """What a reader finds in one event, its times in UTC."""

    start: dt.datetime
    end: dt.datetime
    summary: str
    description: str


def _utc(moment: object) -> dt.datetime:
    assert isinstance(moment, dt.datetime)
    return moment.astimezone(dt.UTC)


def by_icalendar(data: bytes) -> dict[str, Read]:
    """Read the events of a file with icalendar, by UID."""
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return {
        str(e["UID"]): Read(
            _utc(e.decoded("DTSTART")),
            _utc(e.decoded("DTEND")),
            str(e["SUMMARY"]),
            str(e.get("DESCRIPTION", "")),
        )
        for e in events
    }


def by_ical(data: bytes) -> dict[str, Read]:
    """Read the events of a file with ical, by UID."""
    calendar = IcsCalendarStream.calendar_from_ics(data.decode())
    return {
        str(e.uid): Read(_utc(e.dtstart), _utc(e.dtend), e.summary or "", e.description or "")
        for e in calendar.events
    }


READERS: dict[str, Callable[[bytes], dict[str, Read]]] = {
    "icalendar": by_icalendar,
    "ical": by_ical,
}


_LINE = re.compile(r'([A-Z-]+)(?:;[A-Z-]+=(?:"[^"]*"|[^":;])*)*:(.*)')


def values(data: bytes, name: str) -> list[str]:
    """Give each value of a property in a file, in order, as it stands after the colon."""
    lines = map(_LINE.fullmatch, data.decode().replace("\r\n ", "").split("\r\n"))
    return [line[2] for line in lines if line and line[1] == name]
