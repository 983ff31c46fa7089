"""Nights when the clocks change: time that passes is counted, whatever the wall says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from r2psched.blocks import Day
from tests.refusals import refusal

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("zone", "date", "hours"),
    [
        ("America/New_York", "2014-03-09", 5),
        ("America/New_York", "2014-09-08", 6),
        ("America/New_York", "2014-11-02", 7),
        ("Europe/Zurich", "2014-03-30", 5),
        ("Europe/Zurich", "2014-10-26", 7),
        ("Europe/Dublin", "2014-03-30", 5),
        ("Europe/Dublin", "2014-10-26", 7),
        ("Pacific/Auckland", "2014-09-28", 5),
        ("Pacific/Auckland", "2014-04-06", 7),
        ("Australia/Lord_Howe", "2014-10-05", 5.5),
        ("Australia/Lord_Howe", "2014-04-06", 6.5),
        ("Africa/Casablanca", "2024-03-10", 7),
        ("Africa/Casablanca", "2024-04-14", 5),
        ("Asia/Kathmandu", "2014-03-30", 6),
        ("UTC", "2014-03-30", 6),
    ],
)
def test_first_six_hours(zone: str, date: str, hours: float) -> None:
    """From midnight to six o'clock an hour more or less passes, on Lord Howe half an hour."""
    assert Day(date, zone=zone)("00:00-06:00").duration == hours * HOUR


def test_midnight_skipped() -> None:
    """Where midnight itself is skipped, the day begins at one."""
    day = Day("2014-10-19", zone="America/Sao_Paulo")
    assert day("01:00-06:00").duration == 5 * HOUR
    assert "does not exist" in refusal(day, "00:00-06:00")


def test_day_left_out() -> None:
    """Where a whole day is left out, the next follows at once."""
    day = Day("2011-12-29", zone="Pacific/Apia")
    assert day("23:00-01:00+2").duration == 2 * HOUR
    assert "does not exist" in refusal(day, "23:00-01:00+1")


@pytest.mark.parametrize(
    ("zone", "date", "time", "remedies"),
    [
        ("America/Sao_Paulo", "2014-10-19", "00:30", ("2014-10-18 23:30", "01:30")),
        ("Pacific/Apia", "2011-12-30", "10:00", ("2011-12-29 10:00", "2011-12-31 10:00")),
    ],
)
def test_remedies_can_be_written(
    zone: str, date: str, time: str, remedies: tuple[str, str]
) -> None:
    """Both ways out of a skipped time are told so that they can be written as they stand."""
    day = Day(date, zone=zone)
    told = refusal(day.at, time)
    assert all(f'"{remedy}"' in told for remedy in remedies)
    assert day.at(remedies[0]) < day.at(remedies[1])


def test_minutes_before_the_change_and_after() -> None:
    """Two blocks that touch at the change add up to the time that passes."""
    day = Day("2014-11-02", zone="America/New_York")
    before, after = day("00:00-01:00 EST"), day("01:00 EST-02:00")
    assert before.touches(after)
    assert before.duration + after.duration == 3 * HOUR
    assert day("01:00 EDT-01:00 EST").duration == HOUR
