"""What every event of ours has, and the file around the events."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import to_epoch
from r2psched.ical.components import calendar, component
from r2psched.ical.lines import (
    address_line,
    duration_line,
    integer_line,
    text_line,
    time_line,
    utc_line,
)
from r2psched.ical.zones import vtimezone

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from datetime import timedelta

    from r2psched.blocks import TimeBlock
    from r2psched.programme import Programme, Status

__all__ = ["UNDATED", "Event", "alarm", "document", "organiser_line", "stamps", "standing"]

UNDATED = 946_684_800_000_000
"""DTSTAMP where nobody says when: 2000-01-01T00:00Z, so that anything dated counts as newer."""

_PRODID = "-//r2psched//r2psched//EN"
_STATUS: dict[Status, str] = {
    "tentative": "TENTATIVE",
    "provisional": "TENTATIVE",
    "confirmed": "CONFIRMED",
    "cancelled": "CANCELLED",
}
_ZONED = re.compile(rb"\nDT(?:START|END);TZID=")


@attrs.frozen
class Event:
    """One VEVENT to be written.

    Attributes:
        uid: Its UID.
        start_us: When it begins, in microseconds since the epoch.
        end_us: When it ends, in microseconds since the epoch.
        summary: Its title.
        description: Its text; may be empty.
        rest: Its other lines, and components within it.
    """

    uid: str
    start_us: int
    end_us: int
    summary: str
    description: str
    rest: Sequence[bytes]

    def octets(self, zone: str) -> bytes:
        """Write it, its times as the clocks of a zone show them; "UTC" for times in UTC."""
        return component(
            "VEVENT",
            [
                text_line("UID", self.uid),
                time_line("DTSTART", self.start_us, zone),
                time_line("DTEND", self.end_us, zone),
                text_line("SUMMARY", self.summary),
                *([text_line("DESCRIPTION", self.description)] if self.description else ()),
                *self.rest,
            ],
        )


def stamps(programme: Programme, now: dt.datetime | None, sequence: int) -> bytes:
    r"""Write SEQUENCE, DTSTAMP and, where it is known when the plan was revised, LAST-MODIFIED.

    Args:
        programme: Its `revised` dates the entries.
        now: The date where the programme has none; parts of a second are cut.
        sequence: The SEQUENCE.

    Raises:
        InvalidValue: If `now` is naive or has a fixed offset.

    Source:
        RFC 5545 sections 3.8.7.2 to 3.8.7.4.

    Examples:
        >>> from r2psched import Programme
        >>> stamps(Programme("r2p-2014", "Dialogue", zone="UTC"), None, 0)
        b'SEQUENCE:0\r\nDTSTAMP:20000101T000000Z\r\n'
    """
    lines = integer_line("SEQUENCE", sequence)
    moment = now if programme.revised is None else programme.revised
    if moment is None:
        return lines + utc_line("DTSTAMP", UNDATED)
    at, _ = to_epoch(moment.replace(microsecond=0))
    return lines + utc_line("DTSTAMP", at) + utc_line("LAST-MODIFIED", at)


def organiser_line(programme: Programme) -> bytes | None:
    """Write the ORGANIZER, or None where the programme has none with an e-mail address."""
    organiser = programme.organiser
    if organiser is None or not organiser.emails:
        return None
    return address_line("ORGANIZER", organiser.emails[0], cn=organiser.name)


def standing(status: Status, *, free: bool = False) -> bytes:
    r"""Say how firm an event is, and whether it takes up the reader's time.

    Args:
        status: The status of the programme.
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
    head: Iterable[bytes], zone: str, events: Iterable[Event], span: Sequence[TimeBlock] = ()
) -> bytes:
    """Write the file: the calendar's own lines, the clocks of its zone if need be, the events.

    Args:
        head: The calendar's lines, without VERSION, PRODID and CALSCALE.
        zone: The zone of the events' times, "UTC" for UTC.
        events: At least one.
        span: Blocks for which the clocks are told beyond the events; files that share them share
            the work.
    """
    written, zoned = [], []
    for event in events:
        octets = event.octets(zone)
        written.append(octets)
        # Times in an hour that comes twice are in UTC: such an event needs no VTIMEZONE.
        if _ZONED.search(octets):
            zoned += [event.start_us, event.end_us]
    clocks = b""
    if zoned:
        zoned += [us for block in span for us in (block.start_us, block.end_us)]
        clocks = vtimezone(zone, min(zoned), max(zoned))
    return calendar(_PRODID, [text_line("CALSCALE", "GREGORIAN"), *head, clocks, *written])
