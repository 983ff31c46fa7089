"""Our VTIMEZONEs, evaluated by readers that others wrote: every instant is the one we meant."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from r2psched.ical.components import calendar, component
from r2psched.ical.lines import text_line, time_line, utc_line
from r2psched.ical.zones import vtimezone
from tests.zones import NAMED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.interop.readers import Event

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
AROUND_A_CHANGE = 4 * HOUR

NO_SINGLE_ONSET = "ical 14.3.1 knows no onset from an observance without RRULE or RDATE"
TAKEN_FOR_UTC = "vobject 0.9.9 takes a zone whose clocks showed UTC from 2000 to 2020 for UTC"
OWN_ZONES_ALONE = "ics 0.7.3 reads the events before it knows the zones of the file"
WALL_CLOCKS = "ts-ics 2.4.6 compares a local time with an onset in UTC, so is off for some hours"
NEGATIVE_SAVING = (
    "ics 0.7.3 asks dateutil 2.9.0, which is an hour off around changes of negative daylight time"
)

SINGLE = (
    "Africa/Casablanca",
    "Africa/Nairobi",
    "America/Nuuk",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
)
LEFT_OUT: dict[tuple[str, str], str] = {
    **{("ical", zone): NO_SINGLE_ONSET for zone in SINGLE},
    **{("vobject", zone): TAKEN_FOR_UTC for zone in ("Africa/Casablanca", "Europe/Dublin")},
    **{("ics", zone): OWN_ZONES_ALONE for zone in NAMED},
}
"""Readers that are wrong themselves about a zone that the file alone defines, and why."""

LEFT_OUT_AT_CHANGES: dict[tuple[str, str], str] = {
    **{("ts-ics", zone): WALL_CLOCKS for zone in NAMED},
    **{("ics", zone): NEGATIVE_SAVING for zone in ("Africa/Casablanca", "Europe/Dublin")},
}
"""Readers that are wrong themselves for some hours around a change of the clocks, and why."""


def us(instant: datetime) -> int:
    """Microseconds since the epoch."""
    return (instant - EPOCH) // timedelta(microseconds=1)


def changes(zone: str, year: int) -> list[datetime]:
    """Find the changes of the clocks in a year, to the hour or half of it."""
    info = zoneinfo.ZoneInfo(zone)
    step = HOUR / 2
    instant, found = datetime(year, 1, 1, tzinfo=UTC), []
    while instant.year == year:
        if instant.astimezone(info).utcoffset() != (instant - step).astimezone(info).utcoffset():
            found.append(instant)
        instant += step
    return found


def instants(zone: str, year: int) -> Iterator[datetime]:
    """Choose the noon and midnight of every day, and each half hour around a change."""
    start = datetime(year, 1, 1, tzinfo=UTC)
    yield from (start + 12 * HOUR * step for step in range(365 * 2))
    for change in changes(zone, year):
        yield from (change + HOUR / 2 * step for step in range(-12, 13))


def written(zone: str, year: int, name: str) -> tuple[bytes, dict[str, datetime]]:
    """Write an event of two hours at each instant, and the zone under a name."""
    begins = {f"{us(instant)}@example.org": instant for instant in instants(zone, year)}
    events = [
        component(
            "VEVENT",
            [
                text_line("UID", uid),
                utc_line("DTSTAMP", us(instant)),
                time_line("DTSTART", us(instant), zone),
                time_line("DTEND", us(instant + 2 * HOUR), zone),
                text_line("SUMMARY", "Interactive dialogue"),
            ],
        )
        for uid, instant in begins.items()
    ]
    first, last = min(begins.values()), max(begins.values()) + 2 * HOUR
    data = calendar("-//r2psched//EN", [vtimezone(zone, us(first), us(last)), *events])
    return data.replace(zone.encode(), name.encode()), begins


def misread(events: list[Event], begins: dict[str, datetime], spared: list[datetime]) -> list[str]:
    """List the events that a reader shows at another time than was meant."""
    assert {event["uid"] for event in events} == begins.keys()
    wrong = []
    for event in events:
        for key, meant in (
            ("start", begins[event["uid"]]),
            ("end", begins[event["uid"]] + 2 * HOUR),
        ):
            near = any(abs(meant - change) <= AROUND_A_CHANGE for change in spared)
            if not near and event[key] != f"{meant:%Y-%m-%dT%H:%M:%S.000Z}":
                wrong.append(f"{key} {meant:%Y-%m-%dT%H:%M}Z is read as {event[key]}")
    return wrong


@pytest.mark.parametrize("year", [2014, 2024, 2034])
@pytest.mark.parametrize("zone", NAMED)
def test_a_zone_that_the_file_alone_defines(
    zone: str, year: int, reader_name: str, reader: Callable[[bytes], list[Event]]
) -> None:
    """A reader that cannot know the zone but by our VTIMEZONE finds every instant."""
    if reason := LEFT_OUT.get((reader_name, zone)):
        pytest.skip(reason)
    # A name for each case: readers in Python keep the first zone of a name.
    data, begins = written(zone, year, f"House/{zone.replace('/', '_')}_{year}")
    spared = changes(zone, year) if (reader_name, zone) in LEFT_OUT_AT_CHANGES else []
    assert misread(reader(data), begins, spared) == []


@pytest.mark.parametrize("zone", NAMED)
def test_a_zone_that_readers_know(
    zone: str, reader_name: str, reader: Callable[[bytes], list[Event]]
) -> None:
    """Under its true name each reader finds every instant, by our VTIMEZONE or its own data."""
    data, begins = written(zone, 2024, zone)
    spared = changes(zone, 2024) if (reader_name, zone) in LEFT_OUT_AT_CHANGES else []
    assert misread(reader(data), begins, spared) == []
