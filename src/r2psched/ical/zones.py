"""Time zones as VTIMEZONE components, made from the zone's own data.

What icalendar derives by itself is read an hour late by some calendars, so the observances are
found here and only serialised by icalendar. Two shapes exist, and nothing else: a yearly rule
for each observance where that rule is true in every year of the span and some years around it,
else one observance for each change of the clocks.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from attrs import frozen
from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_YEAR, _LAST_YEAR = 2, 9998  # so that no neighbouring day is out of Python's calendar
_YEARS_BEFORE = 2  # since some readers know a yearly rule only from its first anniversary on
_YEARS_AFTER = 9  # so that what holds is a law: in 12 years a weekday falls on every date
_STEP = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_NO_DAYLIGHT = timedelta(0)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LAST = -1


@frozen
class _Clock:
    """What the clocks of a zone show: offset from UTC, name of the time, part that is daylight."""

    offset: timedelta
    name: str
    saving: timedelta


@frozen
class _Onset:
    """One change of the clocks, at an instant in UTC."""

    at: datetime
    before: _Clock
    after: _Clock

    @property
    def wall(self) -> datetime:
        """The onset as the clocks before the change would show it (RFC 5545 3.6.5)."""
        return (self.at + self.before.offset).replace(tzinfo=None)


@frozen
class _Observance:
    """One STANDARD or DAYLIGHT component to be written."""

    onset: _Onset
    daylight: bool
    rule: tuple[int, str] | None = None
    """Which weekday of the onset's month, every year: (-1, "SU") is the last Sunday."""


@lru_cache(maxsize=64)
def vtimezone(zone: str, first: int, last: int) -> bytes:
    r"""Tell a calendar what the clocks of a zone show from one instant to another.

    DAYLIGHT is always the observance with the greater offset, also where a zone's own law calls
    winter the exception (Dublin, Casablanca): readers take the offset and ignore the label, and
    those that do look at it expect summer time to be ahead.

    Args:
        zone: Name in the IANA time zone database; "UTC" needs no component.
        first: First instant to be covered, in microseconds since the epoch.
        last: Last instant to be covered, in microseconds since the epoch.

    Returns:
        The lines of one VTIMEZONE, each ended by CRLF; nothing for "UTC".

    Raises:
        zoneinfo.ZoneInfoNotFoundError: The zone database knows no such zone.

    Source:
        RFC 5545 section 3.6.5.

    Examples:
        >>> meeting = 1_410_184_800_000_000  # 8 September 2014, 10:00 in New York
        >>> lines = vtimezone("America/New_York", meeting, meeting).decode().split("\r\n")
        >>> lines[3], lines[4]
        ('DTSTART:20120311T020000', 'RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3')
    """
    if zone == "UTC":
        return b""
    start, end = (_EPOCH + timedelta(microseconds=instant) for instant in (first, last))
    begin, stop = start.year - _YEARS_BEFORE, end.year + _YEARS_AFTER + 1
    years = range(max(begin, _FIRST_YEAR), min(stop, _LAST_YEAR + 1))
    onsets = _onsets(zone, years.start, years.stop)
    observances = _yearly(onsets[1:], years) or _single(onsets, start, end)
    component = Timezone()
    component.add("TZID", zone)
    for observance in observances:
        component.add_component(_component(observance))
    lines: bytes = component.to_ical()
    return lines


def _component(observance: _Observance) -> TimezoneStandard | TimezoneDaylight:
    component = TimezoneDaylight() if observance.daylight else TimezoneStandard()
    onset = observance.onset
    component.DTSTART = onset.wall
    component.TZOFFSETFROM = onset.before.offset
    component.TZOFFSETTO = onset.after.offset
    component.add("TZNAME", onset.after.name)
    if observance.rule:
        nth, weekday = observance.rule
        rule = {"FREQ": "YEARLY", "BYMONTH": onset.wall.month, "BYDAY": f"{nth}{weekday}"}
        component.add("RRULE", rule)
    return component


@lru_cache(maxsize=64)
def _onsets(zone: str, first_year: int, stop_year: int) -> tuple[_Onset, ...]:
    """List the changes of the clocks in some years, by the zone's own calendar.

    The first entry is no change: it says what the clocks show when the first year begins.
    """
    info = ZoneInfo(zone)
    low = datetime(first_year, 1, 1, tzinfo=UTC) - 2 * _STEP
    high = datetime(stop_year, 1, 1, tzinfo=UTC) + 2 * _STEP
    changes = tuple(_changes(info, low, high))
    begins = [change for change in changes if change.wall.year < first_year]
    clock = begins[-1].after if begins else _clock(info, low)
    begin = datetime(first_year, 1, 1, tzinfo=UTC) - clock.offset
    within = (change for change in changes if first_year <= change.wall.year < stop_year)
    return (_Onset(begin, clock, clock), *within)


def _changes(info: ZoneInfo, low: datetime, high: datetime) -> Iterator[_Onset]:
    offset = low.astimezone(info).utcoffset()
    while low < high:
        probe = min(low + _STEP, high)
        if probe.astimezone(info).utcoffset() == offset:
            low = probe
            continue
        while probe - low > _SECOND:
            middle = (low + (probe - low) // 2).replace(microsecond=0)
            if middle.astimezone(info).utcoffset() == offset:
                low = middle
            else:
                probe = middle
        yield _Onset(probe, _clock(info, low), _clock(info, probe))
        low, offset = probe, probe.astimezone(info).utcoffset()


def _clock(info: ZoneInfo, at: datetime) -> _Clock:
    local = at.astimezone(info)
    return _Clock(
        offset=local.utcoffset() or timedelta(0),
        name=local.tzname() or info.key,
        saving=local.dst() or _NO_DAYLIGHT,
    )


def _labelled(onsets: Sequence[_Onset]) -> list[_Observance]:
    """Say of each onset whether daylight time begins with it."""
    following = [*(onset.after.saving for onset in onsets[1:]), _NO_DAYLIGHT]
    return [
        _Observance(
            onset,
            daylight=onset.after.saving > _NO_DAYLIGHT
            or (
                onset.after.saving == _NO_DAYLIGHT and min(onset.before.saving, then) < _NO_DAYLIGHT
            ),
        )
        for onset, then in zip(onsets, following, strict=False)
    ]


def _yearly(onsets: Sequence[_Onset], years: range) -> list[_Observance]:
    """Find the yearly rules that give exactly these onsets; nothing where there are none."""
    alike = defaultdict(list)
    for observance in _labelled(onsets):
        onset = observance.onset
        wall = onset.wall
        key = (wall.month, wall.time(), onset.before.offset, onset.after.offset, onset.after.name)
        alike[key].append(observance)
    found = []
    for group in alike.values():
        walls = [observance.onset.wall for observance in group]
        nth = _nth(walls)
        if nth is None or [wall.year for wall in walls] != list(years):
            return []
        rule = (nth, _WEEKDAYS[walls[0].weekday()])
        found.append(_Observance(group[0].onset, group[-1].daylight, rule))
    return found


def _nth(walls: Sequence[datetime]) -> int | None:
    """Which one of its weekday in the month each of these days is, if all are the same one."""
    if len({wall.weekday() for wall in walls}) != 1:
        return None
    if all(wall.day + 7 > monthrange(wall.year, wall.month)[1] for wall in walls):
        return _LAST
    places = {(wall.day + 6) // 7 for wall in walls}
    return places.pop() if len(places) == 1 else None


def _single(onsets: Sequence[_Onset], start: datetime, end: datetime) -> list[_Observance]:
    """Choose the onsets that a span needs, and one of standard time in any case."""
    begin, *changes = onsets
    labelled = [change for change in _labelled(changes) if change.onset.at <= end]
    earlier = [_Observance(begin, daylight=False)]
    earlier += [change for change in labelled if change.onset.at <= start]
    needed = [earlier.pop(), *(change for change in labelled if change.onset.at > start)]
    for observance in reversed(earlier):
        if not all(o.daylight for o in needed):
            break
        needed.insert(0, observance)
    return needed
