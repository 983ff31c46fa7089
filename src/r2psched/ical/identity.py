"""What tells one revision of an entry from another, wherever it was kept meanwhile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from r2psched.ical.reading import read
from r2psched.ical.values import instant

if TYPE_CHECKING:
    from r2psched.ical.reading import Component, Property

__all__ = ["highest_sequence", "identity"]

_TIMES = ("DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED")
_TEXTS = ("UID", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_INTEGER = re.compile(r"\s*0*([0-9]{1,10})\s*")
_SEQUENCE_AT_MOST = 10**9  # half of what a SEQUENCE can be, so that there is always a next one


def identity(octets: bytes) -> tuple[object, ...] | None:
    r"""What an object with one event says of it, or None if it has not just one.

    Servers may write lines in another order, fold and escape them anew, and tell times by other
    clocks, but leave these values as they are; whoever edits an entry changes one of them.

    Args:
        octets: The object.

    >>> def event(line):
    ...     lines = b"BEGIN:VEVENT\r\nUID:a\r\n", line, b"\r\nEND:VEVENT\r\n"
    ...     return b"BEGIN:VCALENDAR\r\n" + b"".join(lines) + b"END:VCALENDAR\r\n"
    >>> utc, local = b"DTSTART:20140908T140000Z", b"DTSTART;TZID=America/New_York:20140908T100000"
    >>> identity(event(utc)) == identity(event(local))
    True
    >>> identity(event(utc)) == identity(event(b"DESCRIPTION:a note"))
    False
    """
    events = _events(octets)
    if len(events) != 1:
        return None
    event = events[0]
    return (
        _sequence(event),
        *(_time(event.first(name)) for name in _TIMES),
        *(_text(event.first(name)) for name in _TEXTS),
    )


def highest_sequence(octets: bytes) -> int:
    r"""The highest SEQUENCE of any event of an object, overrides among them; -1 if it has none.

    What is far beyond any count of revisions counts as a thousand million.

    >>> highest_sequence(b"BEGIN:VEVENT\r\nSEQUENCE:7\r\nEND:VEVENT\r\n")
    7
    """
    return max(map(_sequence, _events(octets)), default=-1)


def _events(octets: bytes) -> list[Component]:
    outermost = read(octets, lambda *_: None)
    held = [each for outer in outermost for each in (outer, *outer.components)]
    return [each for each in held if each.name == "VEVENT"]


def _sequence(event: Component) -> int:
    """The SEQUENCE of an event: 0 where it says none, as RFC 5545 section 3.8.7.4 has it."""
    found = event.first("SEQUENCE")
    stated = None if found is None else _INTEGER.fullmatch(found.value)
    return 0 if stated is None else min(int(stated[1]), _SEQUENCE_AT_MOST)


def _time(found: Property | None) -> object:
    if found is None:
        return ""
    return instant(found) or f"{found.parameter('TZID') or ''}:{found.value}"


def _text(found: Property | None) -> str:
    return "" if found is None else _ESCAPE.sub(_unescaped, found.value)


def _unescaped(found: re.Match[str]) -> str:
    return "\n" if found[1] in {"n", "N"} else found[1]
