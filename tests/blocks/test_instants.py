"""Instants: which times are taken, and how the others are refused."""

from __future__ import annotations

import datetime as dt
import zoneinfo

import pendulum
import pytest
from hypothesis import given

from r2psched.blocks import from_epoch, to_epoch, write_date, write_moment
from tests.refusals import FIXED, REMEDY, refusal
from tests.strategies import epochs, zones

NEW_YORK = zoneinfo.ZoneInfo("America/New_York")


@given(epochs(), zones)
def test_round_trip(us: int, zone: str) -> None:
    """Every instant survives being told in any zone, in the hour that comes twice too."""
    moment = from_epoch(us, zone)
    assert to_epoch(moment) == (us, zone)
    assert moment.timestamp() * 10**6 == us


@pytest.mark.parametrize(
    ("moment", "zone"),
    [
        (dt.datetime(2014, 9, 8, 14, tzinfo=dt.UTC), "UTC"),
        (dt.datetime(2014, 9, 8, 14, tzinfo=zoneinfo.ZoneInfo("UTC")), "UTC"),
        (pendulum.datetime(2014, 9, 8, 14), "UTC"),
        (dt.datetime(2014, 9, 8, 10, tzinfo=NEW_YORK), "America/New_York"),
        (pendulum.datetime(2014, 9, 8, 10, tz="America/New_York"), "America/New_York"),
    ],
)
def test_any_aware_time(moment: dt.datetime, zone: str) -> None:
    """A time in UTC or in a named zone is taken, whichever library made it."""
    assert to_epoch(moment) == (1_410_184_800_000_000, zone)


@pytest.mark.parametrize(("fold", "hour"), [(0, 5), (1, 6)])
def test_fold(fold: int, hour: int) -> None:
    """The fold says which of the two hours is meant when clocks go back."""
    moment = dt.datetime(2014, 11, 2, 1, 30, tzinfo=NEW_YORK, fold=fold)
    expected = dt.datetime(2014, 11, 2, hour, 30, tzinfo=dt.UTC)
    assert to_epoch(moment)[0] == expected.timestamp() * 10**6


def test_refuses_naive() -> None:
    """A naive time is refused with the remedy."""
    naive = dt.datetime(2014, 9, 8, 10)  # noqa: DTZ001  # what is refused
    assert refusal(to_epoch, naive) == f"2014-09-08 10:00:00 has no zone: {REMEDY}"


def test_refuses_fixed_offsets() -> None:
    """A fixed offset is refused with the remedy, whichever library made it."""
    message = f"2014-09-08 10:00:00-04:00 {FIXED}: {REMEDY}"
    offset = dt.timezone(dt.timedelta(hours=-4))
    assert refusal(to_epoch, dt.datetime(2014, 9, 8, 10, tzinfo=offset)) == message
    assert refusal(to_epoch, pendulum.parse("2014-09-08T10:00:00-04:00")) == message


def test_refuses_sub_seconds() -> None:
    """A time that is not in whole seconds is refused."""
    message = "expected a time in whole seconds, got 2014-09-08 10:00:00.000001+00:00"
    assert refusal(to_epoch, pendulum.datetime(2014, 9, 8, 10, microsecond=1)) == message


def test_refuses_what_is_no_time() -> None:
    """A text or a date is no instant."""
    message = f'expected an aware datetime, got "2014-09-08 10:00": {REMEDY}'
    assert refusal(to_epoch, "2014-09-08 10:00") == message
    assert refusal(to_epoch, dt.date(2014, 9, 8)).startswith("expected an aware datetime, got ")


@pytest.mark.parametrize("fold", [0, 1])
def test_refuses_a_skipped_time(fold: int) -> None:
    """A local time that the clocks skip is refused with both ways out."""
    moment = dt.datetime(2014, 3, 9, 2, 30, tzinfo=NEW_YORK, fold=fold)
    assert refusal(to_epoch, moment) == (
        "2014-03-09 02:30 does not exist in America/New_York, where the clocks go forward then: "
        'write "01:30" or "03:30"'
    )


@pytest.mark.parametrize(
    "moment",
    [
        dt.datetime.min.replace(tzinfo=dt.UTC),
        dt.datetime.min.replace(tzinfo=zoneinfo.ZoneInfo("Asia/Kathmandu")),
        dt.datetime(9999, 12, 31, 23, tzinfo=dt.UTC),
        dt.datetime(9999, 12, 31, 23, tzinfo=NEW_YORK),
    ],
)
def test_refuses_the_edge_of_the_calendar(moment: dt.datetime) -> None:
    """The first and last days of the calendar, which some zones cannot tell, are refused."""
    assert refusal(to_epoch, moment).startswith("expected a time in the years 1 to 9999")


def test_moment_in_words() -> None:
    """A moment is written in its own zone, and marked in the hour that comes twice."""
    once = pendulum.datetime(2015, 9, 4, 13, 0, 5, tz="America/New_York")
    twice = from_epoch(1_414_909_800_000_000, "America/New_York")
    assert write_moment(once) == "2015-09-04 13:00:05"
    assert write_moment(twice) == "2014-11-02 01:30 EST"
    assert write_date(once) == "Friday 4 September 2015"
