"""Onsets held against the zones' own data: what is wrong is found, and nothing else."""

from __future__ import annotations

import time
import zoneinfo
from datetime import UTC, datetime, timedelta

import pytest

from r2psched.ical.lint import lint
from r2psched.ical.zone_rules import OBSERVANCES_AT_MOST
from r2psched.ical.zones import vtimezone
from tests.zones import NAMED

ALL_ZONES = sorted(zoneinfo.available_timezones() - {"UTC"})
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def codes(*lines: str) -> set[str]:
    """Name the codes of a calendar that holds these lines and nothing else."""
    body = "".join(f"{line}\r\n" for line in lines)
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
    return {f.code for f in lint(f"{head}{body}END:VCALENDAR\r\n".encode())} - {"tzid-unused"}


def offset(size: timedelta) -> str:
    """Write a UTC-OFFSET."""
    sign, left = ("-", -size) if size < timedelta(0) else ("+", size)
    seconds = left // SECOND
    text = f"{sign}{seconds // 3600:02}{seconds // 60 % 60:02}"
    return text + (f"{seconds % 60:02}" if seconds % 60 else "")


def changes(zone: str, first: int, last: int) -> list[tuple[datetime, timedelta, timedelta]]:
    """List the changes of a zone's clocks between two years: instant, offset before and after."""
    info = zoneinfo.ZoneInfo(zone)

    def at(instant: datetime) -> timedelta:
        found = instant.astimezone(info).utcoffset()
        assert found is not None
        return found

    found = []
    low, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last, 1, 1, tzinfo=UTC)
    while low < end:
        high = low + timedelta(days=1)
        if at(low) != at(high):
            early, late = low, high
            while late - early > SECOND:
                middle = (early + (late - early) / 2).replace(microsecond=0)
                early, late = (middle, late) if at(middle) == at(low) else (early, middle)
            found.append((late, at(early), at(late)))
        low = high
    return found


def observance(wall: datetime, before: timedelta, after: timedelta, *more: str) -> list[str]:
    """Write one observance."""
    kind = "DAYLIGHT" if after > before else "STANDARD"
    start = f"DTSTART:{wall:%Y%m%dT%H%M%S}"
    offsets = (f"TZOFFSETFROM:{offset(before)}", f"TZOFFSETTO:{offset(after)}")
    return [f"BEGIN:{kind}", start, *offsets, *more, f"END:{kind}"]


def single(zone: str, first: int, last: int, *, late: bool) -> list[str]:
    """Write a zone with one observance for each change, its onset in TZOFFSETTO if `late`."""
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
    for instant, before, after in changes(zone, first, last):
        wall = (instant + (after if late else before)).replace(tzinfo=None)
        lines += observance(wall, before, after)
    return [*lines, "END:VTIMEZONE"]


@pytest.mark.parametrize("zone", [*NAMED, *ALL_ZONES[3::17]])
def test_every_true_onset_passes(zone: str) -> None:
    """A zone written out by another programme, change by change, is not accused."""
    assert "zone-onset-offset" not in codes(*single(zone, 1968, 2030, late=False))


@pytest.mark.parametrize("zone", [*NAMED, *ALL_ZONES[3::17]])
def test_onsets_in_the_time_after_are_found(zone: str) -> None:
    """The same written in the time after the change is, wherever the clocks changed at all."""
    wanted = bool(changes(zone, 1968, 2030))
    assert ("zone-onset-offset" in codes(*single(zone, 1968, 2030, late=True))) == wanted


@pytest.mark.parametrize("zone", ALL_ZONES[2::11])
@pytest.mark.parametrize("year", [1947, 1999, 2025])
def test_what_this_house_writes_passes(zone: str, year: int) -> None:
    """Rules and single onsets of this house's own are never accused."""
    instant = (datetime(year, 7, 1, tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)
    lines = vtimezone(zone, instant, instant).decode().splitlines()
    assert codes(*lines) == set()


HOUR = timedelta(hours=1)
RULES = {
    "America/New_York": (-5 * HOUR, HOUR, "19700308T020000", "BYDAY=2SU;BYMONTH=3"),
    "Europe/Zurich": (HOUR, HOUR, "19700329T020000", "BYMONTH=3;BYDAY=-1SU"),
    "Europe/London": (0 * HOUR, HOUR, "19810329T010000", "BYMONTH=3;BYDAY=-1SU"),
    "Europe/Dublin": (0 * HOUR, HOUR, "16010325T010000", "BYDAY=-1SU;BYMONTH=3"),
    "Australia/Lord_Howe": (21 * HOUR / 2, HOUR / 2, "20081005T020000", "BYMONTH=10;BYDAY=1SU"),
    "America/Santiago": (-4 * HOUR, HOUR, "20230903T000000", "BYMONTH=9;BYDAY=1SU"),
    "Asia/Jerusalem": (2 * HOUR, HOUR, "20130329T020000", "BYMONTH=3;BYDAY=-1FR"),
}
"""Standard offset, saving, onset of summer and its rule, as calendars in use have them."""


@pytest.mark.parametrize("zone", RULES)
def test_rules_of_others(zone: str) -> None:
    """A yearly rule from a year long past is judged by the years in which it held."""
    standard, saving, start, rule = RULES[zone]
    wall = datetime.strptime(start, "%Y%m%dT%H%M%S")  # noqa: DTZ007  # a wall time

    def written(at: datetime) -> set[str]:
        lines = observance(at, standard, standard + saving, f"RRULE:FREQ=YEARLY;{rule}")
        return codes("BEGIN:VTIMEZONE", f"TZID:{zone}", *lines, "END:VTIMEZONE")

    assert "zone-onset-offset" not in written(wall)
    assert "zone-onset-offset" in written(wall + saving)


def test_the_finding_names_the_onset() -> None:
    """It tells the line, and what the clocks show."""
    lines = observance(datetime(2014, 3, 9, 3), -5 * HOUR, -4 * HOUR)  # noqa: DTZ001  # a wall time
    body = "\r\n".join(["TZID:America/New_York", *lines, "END:VTIMEZONE", "END:VCALENDAR", ""])
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VTIMEZONE\r\n"
    found = lint((head + body).encode()).errors
    assert [(f.place, f.message) for f in found] == [
        (
            "line 7 (DAYLIGHT 1): DTSTART",
            "2014-03-09T03:00 is what the clocks show after the change",
        )
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:20140309T030000", "TZOFFSETFROM:-0500"),
        ("DTSTART:20140309T030000", "TZOFFSETFROM:five", "TZOFFSETTO:-0400"),
        ("DTSTART:never", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400"),
        ("TZOFFSETFROM:-0500", "TZOFFSETTO:-0400"),
        ("DTSTART:00010101T000000", "TZOFFSETFROM:-9959", "TZOFFSETTO:+9959"),
        ("DTSTART:99991231T235959", "TZOFFSETFROM:-9959", "TZOFFSETTO:+9959"),
        ("DTSTART:20140309T030000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0400"),
        ("DTSTART:20140310T030000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400"),
        *(
            ("DTSTART:20140310T030000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400", f"RRULE:{rule}")
            for rule in ("", "FREQ=DAILY", "FREQ=YEARLY;BYMONTH=3;BYDAY=5SU", "FREQ=YEARLY;BYDAY")
        ),
    ],
)
def test_what_cannot_be_judged_is_not_accused(lines: tuple[str, ...]) -> None:
    """An onset that is broken, too old, or simply another one is no onset after the change."""
    inner = ("BEGIN:DAYLIGHT", *lines, "END:DAYLIGHT")
    zone = ("BEGIN:VTIMEZONE", "TZID:America/New_York", *inner, "END:VTIMEZONE")
    assert "zone-onset-offset" not in codes(*zone)


def test_a_rule_ends_with_its_last_onset() -> None:
    """Years after UNTIL are not looked at."""
    rule = "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL={}"
    wall = datetime(1970, 4, 5, 3)  # noqa: DTZ001  # a wall time

    def written(until: str) -> set[str]:
        lines = observance(wall, -5 * HOUR, -4 * HOUR, rule.format(until))
        return codes("BEGIN:VTIMEZONE", "TZID:America/New_York", *lines, "END:VTIMEZONE")

    # New York changed on the first Sunday of April from 1987 to 2006.
    assert "zone-onset-offset" in written("20060402T070000Z")
    assert "zone-onset-offset" not in written("19860406T070000Z")


@pytest.mark.parametrize("dates", ["20150308T030000", "20150308T030000,20160313T030000"])
def test_lists_of_dates_are_judged(dates: str) -> None:
    """An RDATE is an onset too, beside a DTSTART of which nothing is known."""
    wall = datetime(2014, 3, 10, 3)  # noqa: DTZ001  # a wall time
    lines = observance(wall, -5 * HOUR, -4 * HOUR, f"RDATE:{dates}")
    assert "zone-onset-offset" in codes(
        "BEGIN:VTIMEZONE", "TZID:America/New_York", *lines, "END:VTIMEZONE"
    )


def test_no_number_of_observances_holds_the_lint_up() -> None:
    """Only so many are held against the zone's data."""
    wall = datetime(2014, 3, 9, 3, 0, 1)  # noqa: DTZ001  # a wall time
    rule = "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"
    many = observance(wall, -5 * HOUR, -4 * HOUR, rule) * 10_000
    late = observance(wall - SECOND, -5 * HOUR, -4 * HOUR)
    assert "zone-onset-offset" in codes(
        *("BEGIN:VTIMEZONE", "TZID:America/New_York", *late, "END:VTIMEZONE")
    )
    began = time.monotonic()
    found = codes("BEGIN:VTIMEZONE", "TZID:America/New_York", *many, *late, "END:VTIMEZONE")
    assert time.monotonic() - began < 5
    assert OBSERVANCES_AT_MOST < 10_000
    assert "zone-onset-offset" not in found
