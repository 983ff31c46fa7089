"""What every event of ours has, and the file around the events."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from r2psched.blocks import to_epoch
from r2psched.ical.components import calendar, component
from r2psched.ical.lines import (
    address_line,
    duration_line,
    integer_line,
    text_line,
    texts_line,
    time_line,
    uri_line,
    utc_line,
)
from r2psched.ical.zones import vtimezone

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from datetime import timedelta

    from r2psched.blocks import TimeBlock
    from r2psched.entries import Entry, Standing
    from r2psched.programme import Programme

__all__ = [
    "UNDATED",
    "alarm",
    "document",
    "event",
    "organiser_line",
    "revised_us",
    "stamps",
    "standing",
]

UNDATED = 946_684_800_000_000
"""DTSTAMP where nobody says when: 2000-01-01T00:00Z, so that anything dated counts as newer."""

_PRODID = "-//r2psched//r2psched//EN"
_STATUS: dict[Standing, str] = {
    "tentative": "TENTATIVE",
    "confirmed": "CONFIRMED",
    "cancelled": "CANCELLED",
}
_ZONED = re.compile(rb"\nDT(?:START|END);TZID=")


def event(entry: Entry, zone: str, stamped: bytes, people: bytes = b"") -> bytes:
    """Write an entry as a VEVENT.

    Args:
        entry: The entry.
        zone: The zone as whose clocks show its times; "UTC" for times in UTC.
        stamped: The lines of `stamps`.
        people: The lines of the organiser and of whoever is invited.
    """
    return component(
        "VEVENT",
        [
            text_line("UID", entry.uid),
            time_line("DTSTART", entry.start_us, zone),
            time_line("DTEND", entry.end_us, zone),
            text_line("SUMMARY", entry.summary),
            *([text_line("DESCRIPTION", entry.description)] if entry.description else ()),
            *([text_line("LOCATION", entry.location)] if entry.location else ()),
            *(
                uri_line("CONFERENCE", link, feature="VIDEO", label=entry.webcast)
                for link in entry.links
            ),
            *([texts_line("CATEGORIES", entry.categories)] if entry.categories else ()),
            standing(entry.status, free=entry.free),
            stamped,
            people,
            *(alarm(before, entry.summary) for before in entry.alarms),
        ],
    )


def stamps(sequence: int, stamp_us: int) -> bytes:
    r"""Write SEQUENCE, DTSTAMP and, unless nobody knows when it was revised, LAST-MODIFIED.

    Args:
        sequence: The SEQUENCE.
        stamp_us: When the entry was revised, in microseconds since the epoch, or `UNDATED`.

    Source:
        RFC 5545 sections 3.8.7.2 to 3.8.7.4.

    Examples:
        >>> stamps(0, UNDATED)
        b'SEQUENCE:0\r\nDTSTAMP:20000101T000000Z\r\n'
    """
    lines = integer_line("SEQUENCE", sequence) + utc_line("DTSTAMP", stamp_us)
    return lines if stamp_us == UNDATED else lines + utc_line("LAST-MODIFIED", stamp_us)


def revised_us(programme: Programme, now: dt.datetime | None) -> int:
    """When a programme was revised, in microseconds since the epoch, or `UNDATED`.

    Args:
        programme: Its `revised` dates the entries.
        now: The date where the programme has none; parts of a second are cut.

    Raises:
        InvalidValue: If `now` is naive or has a fixed offset.
    """
    moment = now if programme.revised is None else programme.revised
    return UNDATED if moment is None else to_epoch(moment.replace(microsecond=0))[0]


def organiser_line(programme: Programme, *, sent_by: str | None = None) -> bytes:
    """Write the ORGANIZER; nothing where the programme has none with an e-mail address.

    Args:
        programme: The programme.
        sent_by: The address that sends in the organiser's name, where that is to be told.
    """
    organiser = programme.organiser
    if organiser is None or not organiser.emails:
        return b""
    return address_line("ORGANIZER", organiser.emails[0], cn=organiser.name, sent_by=sent_by)


def standing(status: Standing, *, free: bool = False) -> bytes:
    r"""Say how firm an event is, and whether it takes up the reader's time.

    Args:
        status: How firm it is.
        free: Whether the time stays free, as in a break; that of a cancelled event always does.

    Returns:
        STATUS, TRANSP where the time is free, and what Outlook reads in their place.

    Source:
        RFC 5545 sections 3.8.1.11 and 3.8.2.7; MS-OXCICAL 2.1.3.1.1.20.31 and .34.

    Examples:
        >>> standing("confirmed")
        b'STATUS:CONFIRMED\r\n'
    """
    stated = _STATUS[status]
    lines = text_line("STATUS", stated)
    if free or stated == "CANCELLED":
        lines += text_line("TRANSP", "TRANSPARENT")
        return lines + text_line("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
    if stated == "TENTATIVE":
        lines += text_line("X-MICROSOFT-CDO-BUSYSTATUS", stated)
        lines += text_line("X-MICROSOFT-CDO-INTENDEDSTATUS", stated)
    return lines


def alarm(before: timedelta, text: str) -> bytes:
    """Remind the reader before the event begins.

    Args:
        before: How long before.
        text: What is shown.

    Source:
        RFC 5545 section 3.6.6.

    Examples:
        >>> from datetime import timedelta
        >>> alarm(timedelta(minutes=15), "Denmark takes the floor").split()[2]
        b'TRIGGER:-PT15M'
    """
    return component("VALARM", [_display(before), text_line("DESCRIPTION", text)])


@lru_cache(maxsize=16)
def _display(before: timedelta) -> bytes:
    return text_line("ACTION", "DISPLAY") + duration_line("TRIGGER", -before)


def document(
    head: Iterable[bytes],
    zone: str,
    events: Iterable[tuple[Entry, bytes]],
    span: Sequence[TimeBlock] = (),
) -> bytes:
    """Write the file: the calendar's own lines, the clocks of its zone if need be, the events.

    Args:
        head: The calendar's lines, without VERSION, PRODID and CALSCALE.
        zone: The zone of the events' times, "UTC" for UTC.
        events: At least one entry, each with its VEVENT.
        span: Blocks for which the clocks are told beyond the events; files that share them share
            the work.
    """
    written, zoned = [], []
    for entry, octets in events:
        written.append(octets)
        # Times in an hour that comes twice are in UTC: such an event needs no VTIMEZONE.
        if _ZONED.search(octets):
            zoned += [entry.start_us, entry.end_us]
    clocks = b""
    if zoned:
        zoned += [us for block in span for us in (block.start_us, block.end_us)]
        clocks = vtimezone(zone, min(zoned), max(zoned))
    return calendar(_PRODID, [text_line("CALSCALE", "GREGORIAN"), *head, clocks, *written])
