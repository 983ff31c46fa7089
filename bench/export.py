"""How fast calendars are written, against icalendar's documented way and ics.py.

Ratios of times taken in turns within one run; the median of each. No two runs are on the same
data, since lines are remembered. The rivals get their values and the VTIMEZONE ready made; ours
makes them from the programme. Every event is compared line by line with icalendar's, and by its
times with that of ics.py.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
import statistics
import sys
import time
import tracemalloc
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import ics
from icalendar import Calendar, Component, Event, Timezone, vCalAddress

import r2psched as r2
from r2psched.ical.zones import vtimezone

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
ZONE = ZoneInfo("America/New_York")
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
BEGIN_US, SECOND_US, MINUTE_US = 1_410_184_800_000_000, 1_000_000, 60_000_000
CLOCKS = Timezone.from_ical(vtimezone(ZONE.key, BEGIN_US, BEGIN_US))
STAMP = dt.datetime(2014, 7, 31, 16, tzinfo=dt.UTC)
OFFICE = r2.Person("Office of the President", email="office@example.org")
REPORT = "Member States considered how international assistance can help, and " * 3
RUNS = itertools.count(1)


class Entry(NamedTuple):
    """What one event says."""

    uid: str
    start: dt.datetime
    end: dt.datetime
    summary: str
    description: str
    location: str
    name: str = ""
    email: str = ""


class Bound(NamedTuple):
    """One line of the table: what was measured, and what it may be at most."""

    what: str
    measured: float
    at_most: float
    aim: float | None = None


def meeting(count: int) -> tuple[r2.Programme, list[Entry]]:
    """Make a programme of so many sessions unlike all before, and say what its events say."""
    run = next(RUNS)
    sessions, entries = [], []
    for at in range(count):
        start = BEGIN_US + run * SECOND_US + at * 5 * MINUTE_US
        block = r2.TimeBlock.from_microseconds(start, start + 15 * MINUTE_US, ZONE.key)
        session = r2.Session(
            f"Dialogue {run}, part {at}",
            block,
            id=f"s{run}-{at}",
            kind="dialogue",
            room=f"Conference Room {run}, {at}",
            description=f"{REPORT}{run}-{at}.\nC:\\Dialogues; the rest",
        )
        sessions.append(session)
        text = f"Dialogues\n\n{session.description}"
        uid = f"bench.{session.id}.1@r2psched"
        entries.append(Entry(uid, *ends(start, 15), session.title, text, session.room or ""))
    return programme(sessions), entries


def programme(sessions: Sequence[r2.Session]) -> r2.Programme:
    """Make a programme that is as firm and as well dated as it can be."""
    return r2.Programme(
        "bench", "Dialogues", sessions, status="confirmed", revised=STAMP, organiser=OFFICE
    )


def ends(start_us: int, minutes: int) -> tuple[dt.datetime, dt.datetime]:
    """Give the start and the end of an event of so many minutes."""
    start = (EPOCH + dt.timedelta(microseconds=start_us)).astimezone(ZONE)
    return start, start + dt.timedelta(minutes=minutes)


def documented_agenda(entries: Sequence[Entry]) -> bytes:
    """Write an agenda as icalendar's documentation does."""
    calendar = documented("PUBLISH")
    for entry in entries:
        event = documented_event(entry)
        event.add("categories", ["dialogue"])
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def documented(method: str) -> Calendar:
    """Begin a calendar as icalendar's documentation does."""
    calendar = Calendar()
    head = {"version": "2.0", "prodid": "-//bench//EN", "calscale": "GREGORIAN", "method": method}
    for name, value in head.items():
        calendar.add(name, value)
    calendar.add_component(CLOCKS)
    return calendar


def documented_event(entry: Entry) -> Component:
    """Make an event as icalendar's documentation does."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstart", entry.start)
    event.add("dtend", entry.end)
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("location", entry.location)
    event.add("status", "CONFIRMED")
    event.add("sequence", 0)
    event.add("dtstamp", STAMP)
    event.add("last-modified", STAMP)
    event.add("organizer", vCalAddress.new(OFFICE.emails[0], cn=OFFICE.name))
    return event


def ics_agenda(entries: Sequence[Entry]) -> bytes:
    """Write an agenda with ics.py."""
    calendar = ics.Calendar(creator="-//bench//EN")
    for entry in entries:
        event = ics.Event(
            name=entry.summary,
            begin=entry.start,
            end=entry.end,
            uid=entry.uid,
            description=entry.description,
            created=STAMP,
            last_modified=STAMP,
            location=entry.location,
            categories={"dialogue"},
            status="CONFIRMED",
            organizer=ics.Organizer(OFFICE.emails[0], common_name=OFFICE.name),
        )
        calendar.events.add(event)
    data: bytes = calendar.serialize().encode()
    return data


def events(data: bytes) -> set[frozenset[str]]:
    """Split a file into its events, each the set of its unfolded lines."""
    text = data.decode().replace("\r\n ", "")
    found = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT\r\n", text, re.DOTALL)
    return {frozenset(event.split("\r\n")) for event in found}


def times(data: bytes) -> dict[str, list[dt.datetime]]:
    """Read the start and end of each event, in UTC, by UID."""
    found = {}
    for event in events(data):
        values = dict(line.partition(":")[::2] for line in event)
        ends = []
        for name in ("DTSTART", "DTEND"):
            (key,) = (key for key in values if key.startswith(name))
            zone = ZoneInfo(key.partition("TZID=")[2] or "UTC")
            wall = dt.datetime.strptime(values[key].rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007  # the next lines give the zone
            ends.append(wall.replace(tzinfo=zone).astimezone(dt.UTC))
        found[values["UID"]] = ends
    return found


def timed(write: Callable[[], bytes | list[bytes]]) -> tuple[float, list[bytes]]:
    """Run once; return the seconds it took, and the files."""
    begin = time.perf_counter()
    written = write()
    taken = time.perf_counter() - begin
    return taken, [written] if isinstance(written, bytes) else written


def compared(
    runs: int,
    given: Callable[[], tuple[T, list[Entry]]],
    ours: Callable[[T], bytes | list[bytes]],
    theirs: Callable[[Sequence[Entry]], bytes | list[bytes]],
    read: Callable[[bytes], object],
) -> float:
    """Time taken by ours over theirs, when both write files that read alike."""
    ratios = []
    for _ in range(runs):
        planned, entries = given()
        one, mine = timed(partial(ours, planned))
        other, documented = timed(partial(theirs, entries))
        assert sum(data.count(b"BEGIN:VEVENT") for data in mine) == len(entries)
        assert list(map(read, mine)) == list(map(read, documented))
        ratios.append(one / other)
    return statistics.median(ratios)


def agenda(programme: r2.Programme) -> bytes:
    """Write an agenda our way."""
    return r2.agenda(programme)


def memory_each(few: int, many: int) -> float:
    """Bytes by which the peak of memory rises with each event more."""
    peaks = []
    for count in (few, many):
        programme, _ = meeting(count)
        tracemalloc.start()
        data = agenda(programme)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert data.count(b"BEGIN:VEVENT") == count
    return (peaks[1] - peaks[0]) / (many - few)


def growth(few: int, many: int) -> float:
    """Time for each event of many, over that of a few: 1 if it is linear."""
    each: dict[int, list[float]] = {few: [], many: []}
    for count in (few, many) * 3:
        programme, _ = meeting(count)
        seconds, files = timed(partial(agenda, programme))
        assert files[0].count(b"BEGIN:VEVENT") == count
        each[count].append(seconds / count)
    return statistics.median(each[many]) / statistics.median(each[few])


def report(bounds: Sequence[Bound]) -> int:
    """Print the table; give 1 if a bound is missed."""
    print(f"{'':45}{'measured':>10}{'at most':>10}{'aim':>10}")
    for what, measured, at_most, aim in bounds:
        print(f"{what:45}{measured:10,.3f}{at_most:10,}{aim or '':>10}")
    missed = [bound.what for bound in bounds if bound.measured > bound.at_most]
    print("\n".join(f"missed: {what}" for what in missed) or "every bound holds")
    return 1 if missed else 0


def main() -> int:
    """Measure, print the table, and say whether every bound holds."""
    agenda(meeting(10)[0])
    few, many = partial(meeting, 1_000), partial(meeting, 10_000)
    few_ratio = compared(7, few, agenda, documented_agenda, events)
    many_ratio = compared(3, many, agenda, documented_agenda, events)
    bounds = [
        Bound("agenda, 1,000 events: time over icalendar", few_ratio, 0.45, 0.2),
        Bound("agenda, 10,000 events: time over icalendar", many_ratio, 0.45, 0.2),
        Bound(
            "agenda, 1,000 events: time over ics.py", compared(5, few, agenda, ics_agenda, times), 1
        ),
        Bound("agenda: bytes of memory for each event", memory_each(1_000, 10_000), 2_200),
        Bound("agenda: time each of 100,000 over 10,000", growth(10_000, 100_000), 1.5),
    ]
    return report(bounds)


if __name__ == "__main__":
    sys.exit(main())
