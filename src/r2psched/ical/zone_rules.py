"""Rules for the time zones of a calendar: defined, known, used, and true to the zones' own data."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from r2psched.errors import shown
from r2psched.ical import values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zoneinfo import ZoneInfo

    from r2psched.ical.reading import Component, Property

    Note = Callable[[str, str, str], None]

__all__ = ["check"]

OBSERVANCES_AT_MOST = 500
"""Observances of one calendar that are held against the zones' own data."""

_DATES_AT_MOST = 200
_MISREAD = ("COMMENT", "RDATE")
_YEARS = range(1901, 2038)  # of which every build of the zone database tells the same
_SECOND = timedelta(seconds=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_OFFSET = re.compile(r"([+-])([0-9]{2})([0-9]{2})([0-9]{2})?")
_BYDAY = re.compile(r"([+-]?[1-5])(MO|TU|WE|TH|FR|SA|SU)")


def check(calendar: Component, note: Note) -> None:
    """Note what is wrong with the time zones of a calendar.

    Args:
        calendar: The VCALENDAR.
        note: Called with code, place and message for each thing that is wrong.

    Source:
        RFC 5545 sections 3.2.19 and 3.6.5.
    """
    defined: dict[str, Component] = {}
    for zone in calendar.components:
        if zone.name != "VTIMEZONE":
            continue
        _observances(zone, note)
        for name in (found.value for found in zone.all("TZID")[:1]):
            if name in defined:
                note("tzid-twice", zone.place(), f"{shown(name)} is defined a second time")
            defined.setdefault(name, zone)
    _onsets(defined, note)
    _used(calendar, defined, note)


def _observances(zone: Component, note: Note) -> None:
    kinds = Counter(inner.name for inner in zone.components)
    if not kinds["STANDARD"] and not kinds["DAYLIGHT"]:
        note("zone-empty", zone.place(), "there is neither STANDARD nor DAYLIGHT")
    elif not kinds["STANDARD"]:
        note("zone-no-standard", zone.place(), "there is DAYLIGHT, but no STANDARD")
    for component in (zone, *zone.components):
        for found in component.properties:
            if found.name in _MISREAD:
                note("zone-misread", component.place(found), f"{found.name} stands in a VTIMEZONE")


def _used(calendar: Component, defined: dict[str, Component], note: Note) -> None:
    begins = {name: _begin(zone) for name, zone in defined.items()}
    used = set()
    for component, found, name in _uses(calendar):
        used.add(name)
        if name in defined:
            begin, local = begins[name], values.wall(found.value)
            if begin and local and local < begin:
                message = f"{shown(found.value)} is before the first observance of {shown(name)}"
                note("zone-late", component.place(found), message)
        elif not name.startswith("/"):
            known = values.zone(name)
            also = "" if known else ", and the IANA database knows no such zone"
            message = f"TZID={shown(name)} is defined by no VTIMEZONE{also}"
            note("tzid-undefined", component.place(found), message)
    for name in sorted(defined.keys() - used):
        note("tzid-unused", defined[name].place(), f"no time refers to {shown(name)}")


def _begin(zone: Component) -> datetime | None:
    onsets = (
        values.wall(start.value) for inner in zone.components for start in inner.all("DTSTART")
    )
    return min((onset for onset in onsets if onset), default=None)


def _uses(component: Component) -> Iterator[tuple[Component, Property, str]]:
    for found in component.properties:
        if name := found.parameter("TZID"):
            yield component, found, name
    for inner in component.components:
        yield from _uses(inner)


def _onsets(defined: dict[str, Component], note: Note) -> None:
    """Note onsets that the zone's own clocks know only by the time after the change."""
    left = OBSERVANCES_AT_MOST
    for name, zone in defined.items():
        info = values.zone(name)
        if info is None:
            if not name.startswith("/"):
                message = f"the IANA database knows no {shown(name)}"
                note("tzid-unknown", zone.place(), message)
            continue
        for observance in zone.components[:left]:
            if wall := _shifted(observance, info):
                start = observance.first("DTSTART")
                message = f"{wall:%Y-%m-%dT%H:%M} is what the clocks show after the change"
                note("zone-onset-offset", observance.place(start), message)
        left = max(left - len(zone.components), 0)


def _shifted(observance: Component, info: ZoneInfo) -> datetime | None:
    """An onset that is told in TZOFFSETTO; None where it is right, or none can be judged."""
    before, after = (_offset(observance.first(f"TZOFFSET{end}")) for end in ("FROM", "TO"))
    if before is None or after is None or before == after:
        return None
    for wall in (wall for wall in _walls(observance) if wall.year in _YEARS):
        if _changes(info, wall - before, before, after):
            return None
        if _changes(info, wall - after, before, after):
            return wall
    return None


def _changes(info: ZoneInfo, at: datetime, before: timedelta, after: timedelta) -> bool:
    """Whether the clocks of a zone go from one offset to another at an instant in UTC."""
    instant = at.replace(tzinfo=UTC)
    offsets = (
        (instant - _SECOND).astimezone(info).utcoffset(),
        instant.astimezone(info).utcoffset(),
    )
    return offsets == (before, after)


def _offset(found: Property | None) -> timedelta | None:
    stated = _OFFSET.fullmatch(found.value) if found else None
    if not stated:
        return None
    hours, minutes, seconds = (int(stated[group] or 0) for group in (2, 3, 4))
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -size if stated[1] == "-" else size


def _walls(observance: Component) -> Iterator[datetime]:
    """Yield the onsets of an observance, those of today's rule first."""
    start = observance.first("DTSTART")
    first = values.wall(start.value) if start else None
    if first is None:
        return
    if rule := observance.first("RRULE"):
        yield from _yearly(first, rule.value)
    yield first
    for dates in observance.all("RDATE")[:_DATES_AT_MOST]:
        for text in islice(dates.value.split(",", _DATES_AT_MOST), _DATES_AT_MOST):
            if wall := values.wall(text):
                yield wall


def _yearly(first: datetime, rule: str) -> Iterator[datetime]:
    parts = dict(part.partition("=")[::2] for part in rule[:_DATES_AT_MOST].split(";"))
    day = _BYDAY.fullmatch(parts.get("BYDAY", ""))
    if parts.get("FREQ") != "YEARLY" or parts.get("BYMONTH") != str(first.month) or not day:
        return
    last = values.wall(parts.get("UNTIL", "").removesuffix("Z"))
    for year in reversed(range(max(first.year, _YEARS.start), _YEARS.stop)):
        at = _nth(first.replace(day=1, year=year), int(day[1]), _WEEKDAYS.index(day[2]))
        if at and (last is None or at <= last):
            yield at


def _nth(month: datetime, nth: int, weekday: int) -> datetime | None:
    """The nth of a weekday in a month, counted from its end if negative; None if it has none."""
    length = monthrange(month.year, month.month)[1]
    days = [day for day in range(1, length + 1) if (month.weekday() + day - 1) % 7 == weekday]
    index = nth - 1 if nth > 0 else nth
    return month.replace(day=days[index]) if -len(days) <= index < len(days) else None
