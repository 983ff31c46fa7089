"""VTIMEZONE: what it says of every instant, by a reader of RFC 5545 section 3.6.5 made here."""

from __future__ import annotations

import calendar as months
import re
import time
import zoneinfo
from bisect import bisect_right
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.ical.lint import lint
from r2psched.ical.zones import vtimezone
from tests.zones import NAMED

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
ALL_ZONES = sorted(zoneinfo.available_timezones() - {"UTC"})


def us(year: int, month: int = 1, day: int = 1, hour: int = 0) -> int:
    """Microseconds since the epoch."""
    return int((datetime(year, month, day, hour, tzinfo=UTC) - EPOCH).total_seconds()) * 1_000_000


def offset_of(text: str) -> timedelta:
    """Read a UTC-OFFSET."""
    found = re.fullmatch(r"([+-])(\d\d)(\d\d)(\d\d)?", text)
    assert found, f"{text} is no UTC offset"
    sign, hours, minutes, seconds = found.groups()
    size = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    return -size if sign == "-" else size


def nth_weekday(year: int, month: int, rule: str) -> int:
    """Tell the day of the month that a BYDAY such as 2SU or -1SU names."""
    nth, weekday = int(rule[:-2]), WEEKDAYS.index(rule[-2:])
    last = months.monthrange(year, month)[1]
    days = [d for d in range(1, last + 1) if months.weekday(year, month, d) == weekday]
    return days[nth - 1] if nth > 0 else days[nth]


class Reader:
    """The onsets of one VTIMEZONE, expanded to the year 2110 or further if asked."""

    def __init__(self, data: bytes, until: int = 2110) -> None:
        """Read the component's lines."""
        self.kinds: list[str] = []
        self.rules = 0
        onsets: list[tuple[datetime, timedelta]] = []
        values: dict[str, str] = {}
        for line in data.decode("ascii").split("\r\n"):
            name, _, value = line.partition(":")
            if name == "BEGIN":
                values = {}
            elif name == "END" and value in {"STANDARD", "DAYLIGHT"}:
                self.kinds.append(value)
                onsets += self._expand(values, until)
            values[name] = value
        onsets.sort()
        self.times = [at for at, _ in onsets]
        self.offsets = [offset for _, offset in onsets]

    def _expand(self, values: dict[str, str], until: int) -> list[tuple[datetime, timedelta]]:
        wall = datetime.strptime(values["DTSTART"], "%Y%m%dT%H%M%S")  # noqa: DTZ007  # wall time
        walls = [wall]
        if "RRULE" in values:
            self.rules += 1
            rule = dict(part.split("=") for part in values["RRULE"].split(";"))
            assert rule.keys() == {"FREQ", "BYDAY", "BYMONTH"}
            assert rule["FREQ"] == "YEARLY"
            assert int(rule["BYMONTH"]) == wall.month
            walls = [
                wall.replace(year=y, day=nth_weekday(y, wall.month, rule["BYDAY"]))
                for y in range(wall.year, until)
            ]
            assert walls[0] == wall, "DTSTART is not the first instance of its own rule"
        before = offset_of(values["TZOFFSETFROM"])
        after = offset_of(values["TZOFFSETTO"])
        return [(w.replace(tzinfo=UTC) - before, after) for w in walls]

    def offset(self, instant: datetime) -> timedelta:
        """Tell the offset in force: the onset nearest before the instant gives it."""
        index = bisect_right(self.times, instant) - 1
        assert index >= 0, f"{instant} stands before the first observance"
        return self.offsets[index]


def differences(zone: str, first: int, last: int, step: timedelta = HOUR) -> list[str]:
    """List the instants of a span, and its clock changes, that a reader would show wrongly."""
    reader = Reader(vtimezone(zone, first, last))
    info = zoneinfo.ZoneInfo(zone)
    instant, end = EPOCH + timedelta(microseconds=first), EPOCH + timedelta(microseconds=last)
    wrong = []
    while instant <= end:
        true = instant.astimezone(info).utcoffset()
        if reader.offset(instant) != true:
            wrong.append(f"{zone} {instant}: {reader.offset(instant)}, not {true}")
        instant += step
    return wrong


@pytest.mark.parametrize("zone", NAMED)
@pytest.mark.parametrize("year", [2014, 2018, 2024, 2037, 2100])
def test_every_hour_of_a_year(zone: str, year: int) -> None:
    """Each hour of a year's programme is read at the offset that the zone's data give."""
    assert differences(zone, us(year), us(year + 1)) == []


@pytest.mark.parametrize("zone", NAMED)
@pytest.mark.parametrize("day", [(2014, 9, 8), (2018, 10, 28), (2024, 3, 31), (2024, 11, 3)])
def test_every_minute_of_a_day(zone: str, day: tuple[int, int, int]) -> None:
    """Each minute of one day is read right, where the clocks change on it too."""
    start = us(*day)
    assert differences(zone, start, start + us(1970, 1, 2), timedelta(minutes=1)) == []


@pytest.mark.parametrize("year", [1947, 2016, 2026])
def test_every_zone(year: int) -> None:
    """Every zone of the database is read right through years of many kinds."""
    wrong = [
        text
        for zone in ALL_ZONES
        for text in differences(zone, us(year), us(year + 1), timedelta(hours=13))
    ]
    assert wrong == []


@given(
    st.sampled_from(ALL_ZONES),
    st.integers(us(1905) // 10**6, us(2100) // 10**6),
    st.integers(0, 40 * 86_400),
)
def test_both_ends_of_any_span(zone: str, second: int, length: int) -> None:
    """The first and the last instant of any span are covered, to the second."""
    first, last = second * 10**6, (second + length) * 10**6
    reader = Reader(vtimezone(zone, first, last))
    for instant in (first, last):
        at = EPOCH + timedelta(microseconds=instant)
        assert reader.offset(at) == at.astimezone(zoneinfo.ZoneInfo(zone)).utcoffset()


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Dublin", "Pacific/Chatham"])
def test_a_true_rule_is_written_as_a_rule(zone: str) -> None:
    """Two yearly rules serve a span of decades in which no law changed."""
    reader = Reader(vtimezone(zone, us(2020), us(2090)))
    assert (sorted(reader.kinds), reader.rules) == (["DAYLIGHT", "STANDARD"], 2)
    assert differences(zone, us(2020), us(2090), timedelta(hours=31)) == []


@pytest.mark.parametrize(
    ("zone", "first", "last", "onsets"),
    [
        ("America/New_York", us(2006, 5), us(2006, 6), 2),
        ("America/New_York", us(2006, 5), us(2007, 6), 3),
        ("Africa/Casablanca", us(2024, 9), us(2024, 10), 2),
        ("Africa/Casablanca", us(2024, 3, 1), us(2024, 5, 1), 3),
        ("America/Sao_Paulo", us(2019, 6), us(2019, 7), 1),
    ],
)
def test_no_rule_where_the_law_changes(zone: str, first: int, last: int, onsets: int) -> None:
    """Where a neighbouring year follows another law, only the onsets needed are written."""
    reader = Reader(vtimezone(zone, first, last))
    assert (len(reader.kinds), reader.rules) == (onsets, 0)


@pytest.mark.parametrize("year", range(2024, 2060))
def test_no_rule_by_accident(year: int) -> None:
    """Greenland changes on the eve of a last Sunday, which is no nth weekday but for some years."""
    assert Reader(vtimezone("America/Nuuk", us(year), us(year, 12, 30))).rules == 0


def test_the_law_of_new_york_changed_in_2007() -> None:
    """A span over a change of law is read right on both sides of it."""
    assert differences("America/New_York", us(2005), us(2009)) == []


def test_no_change_of_clocks_is_one_observance() -> None:
    """A zone that never changes its clocks has one STANDARD with equal offsets."""
    text = vtimezone("Africa/Nairobi", us(2014, 9, 8), us(2014, 9, 9)).decode()
    assert text.splitlines()[2:7] == [
        "BEGIN:STANDARD",
        "DTSTART:20120101T000000",
        "TZNAME:EAT",
        "TZOFFSETFROM:+0300",
        "TZOFFSETTO:+0300",
    ]


@pytest.mark.parametrize("zone", ["Europe/Dublin", "Africa/Casablanca"])
@pytest.mark.parametrize("year", [2014, 2019, 2024, 2030])
def test_daylight_is_the_greater_offset(zone: str, year: int) -> None:
    """Where a law calls winter the exception, summer is written as DAYLIGHT all the same."""
    text = vtimezone(zone, us(year), us(year + 1)).decode()
    offsets = {
        kind: set(re.findall(rf"BEGIN:{kind}.*?TZOFFSETTO:(\S+)", text, re.DOTALL))
        for kind in ("STANDARD", "DAYLIGHT")
    }
    assert offsets == {"STANDARD": {"+0000"}, "DAYLIGHT": {"+0100"}}


def test_standard_is_never_missing() -> None:
    """Every component has a STANDARD, for a day of summer in every zone too."""
    for zone in ALL_ZONES[::3]:
        assert "STANDARD" in Reader(vtimezone(zone, us(1944, 7), us(1944, 7, 2)), 1950).kinds


@pytest.mark.parametrize("zone", NAMED)
def test_no_property_that_misleads_readers(zone: str) -> None:
    """There is no RDATE and no COMMENT; each observance says its name."""
    text = vtimezone(zone, us(2018), us(2020)).decode()
    assert "RDATE" not in text
    assert "COMMENT" not in text
    assert text.count("TZNAME:") == text.count("DTSTART:")
    assert text.endswith("END:VTIMEZONE\r\n")


def test_utc_needs_no_component() -> None:
    """For UTC nothing is written: its times end in Z."""
    assert vtimezone("UTC", us(2014), us(2015)) == b""


def test_an_unknown_zone_is_refused() -> None:
    """A name that the database doesn't know raises."""
    with pytest.raises(zoneinfo.ZoneInfoNotFoundError, match="Geneva"):
        vtimezone("Europe/Geneva", us(2014), us(2015))


def test_a_thousand_years_stay_cheap() -> None:
    """A thousand years take two rules where the law holds, and seconds at worst elsewhere."""
    began = time.monotonic()
    assert Reader(vtimezone("Europe/Zurich", us(2030), us(3030))).rules == 2
    assert Reader(vtimezone("America/Nuuk", us(2030), us(3030))).rules == 0
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("year", [1, 2, 9999])
def test_the_ends_of_the_calendar(year: int) -> None:
    """The first and the last year that Python knows are no special case."""
    assert Reader(vtimezone("America/New_York", us(year, 6), us(year, 7)), 10_000).kinds


@pytest.mark.parametrize("zone", NAMED)
def test_icalendar_reads_the_same(zone: str) -> None:
    """What icalendar makes of the component are the zone's own offsets."""
    first, last = us(2023), us(2025)
    component = icalendar.Timezone.from_ical(vtimezone(zone, first, last))
    assert isinstance(component, icalendar.Timezone)
    times, infos = component.get_transitions()
    info = zoneinfo.ZoneInfo(zone)
    for day in range(730):
        instant = datetime(2023, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
        index = bisect_right(times, instant.replace(tzinfo=None)) - 1
        assert infos[index][0] == instant.astimezone(info).utcoffset()


@pytest.mark.parametrize("zone", ALL_ZONES[::7])
def test_the_lint_finds_nothing_in_the_component(zone: str) -> None:
    """What is written passes the house's own lint of VTIMEZONE."""
    body = vtimezone(zone, us(2014, 9, 8), us(2014, 9, 9))
    findings = lint(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + body + b"END:VCALENDAR\r\n")
    assert [f.code for f in findings] == ["tzid-unused"]
