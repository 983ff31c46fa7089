"""A client that obeys RFC 5546, and that knows nothing of us but the octets it is sent."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import icalendar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["READERS", "Client", "Shown", "Told"]

_LINE = re.compile(r'([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^":;])*)*):(.*)', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


class Shown(NamedTuple):
    """What a client shows of one entry, its times in UTC."""

    start: dt.datetime
    end: dt.datetime
    status: str
    summary: str
    location: str
    description: str
    alarms: int


class Told(NamedTuple):
    """What one message says to a client; without a method it is a file passed on by hand."""

    method: str
    uid: str
    sequence: int
    stamp: dt.datetime
    attendees: tuple[str, ...]
    shown: Shown


@lru_cache(maxsize=20_000)
def by_icalendar(data: bytes) -> Told:
    """Read a message with icalendar."""
    calendar: Any = icalendar.Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    attendees = event.get("ATTENDEE", [])
    return Told(
        str(calendar.get("METHOD", "")),
        str(event["UID"]),
        int(event["SEQUENCE"]),
        event.decoded("DTSTAMP").astimezone(dt.UTC),
        tuple(map(str, attendees if isinstance(attendees, list) else [attendees])),
        Shown(
            event.decoded("DTSTART").astimezone(dt.UTC),
            event.decoded("DTEND").astimezone(dt.UTC),
            str(event["STATUS"]),
            str(event["SUMMARY"]),
            str(event.get("LOCATION", "")),
            str(event.get("DESCRIPTION", "")),
            len(event.walk("VALARM")),
        ),
    )


@lru_cache(maxsize=20_000)
def by_hand(data: bytes) -> Told:
    """Read a message by its lines alone."""
    lines = [_LINE.fullmatch(line) for line in data.decode().replace("\r\n ", "").split("\r\n")]
    found: dict[str, list[tuple[str, str]]] = {}
    inside: list[str] = []
    for line in lines:
        if line is None:
            continue
        name, parameters, value = line.groups()
        if name == "BEGIN":
            inside.append(value)
            found.setdefault(f"BEGIN:{value}", []).append(("", ""))
        elif name == "END":
            assert inside.pop() == value
        elif inside[-1] in {"VCALENDAR", "VEVENT"}:
            found.setdefault(name, []).append((parameters, value))
    assert not inside
    assert len(found["BEGIN:VEVENT"]) == 1

    def text(name: str) -> str:
        ((_, value),) = found.get(name, [("", "")])
        return _ESCAPE.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)

    def moment(name: str) -> dt.datetime:
        ((parameters, value),) = found[name]
        zone = "UTC" if value.endswith("Z") else parameters.partition("TZID=")[2]
        wall = dt.datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007  # the next line gives the zone
        return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)

    return Told(
        text("METHOD"),
        text("UID"),
        int(text("SEQUENCE")),
        moment("DTSTAMP"),
        tuple(value for _, value in found.get("ATTENDEE", [])),
        Shown(
            moment("DTSTART"),
            moment("DTEND"),
            text("STATUS"),
            text("SUMMARY"),
            text("LOCATION"),
            text("DESCRIPTION"),
            len(found.get("BEGIN:VALARM", [])),
        ),
    )


READERS: dict[str, Callable[[bytes], Told]] = {"icalendar": by_icalendar, "by hand": by_hand}


class Client:
    """One calendar: of each UID it keeps the newest revision that it has seen.

    A withdrawal is remembered too, so that an older invitation that comes late is not taken.

    Source:
        RFC 5546 sections 2.1.5, 3.2.2 and 3.2.5.
    """

    def __init__(self, addresses: Iterable[str], read: Callable[[bytes], Told]) -> None:
        """Open a calendar for whoever has these addresses."""
        self.addresses = frozenset(f"mailto:{address}" for address in addresses)
        self.read = read
        self.newest: dict[str, tuple[tuple[int, dt.datetime], Shown | None]] = {}

    def receive(self, data: bytes) -> None:
        """Take a message, in whatever order they come."""
        told = self.read(data)
        assert len(told.attendees) == bool(told.method), "one attendee, or a file without a method"
        assert self.addresses >= set(told.attendees), "for somebody else"
        assert told.method in {"", "REQUEST", "CANCEL"}
        withdrawn = told.shown.status == "CANCELLED"
        assert withdrawn == (told.method == "CANCEL") or not told.method
        known, _ = self.newest.get(told.uid, ((-1, told.stamp), None))
        revision = (told.sequence, told.stamp)
        # A withdrawal of the same SEQUENCE counts, whenever it was written.
        if revision >= known or (withdrawn and told.sequence == known[0]):
            self.newest[told.uid] = (revision, None if withdrawn else told.shown)

    @property
    def shows(self) -> dict[str, Shown]:
        """What its owner sees, by UID."""
        return {uid: shown for uid, (_, shown) in self.newest.items() if shown is not None}
