"""Day: every form in which a time of the day is written, and what is refused."""

from __future__ import annotations

import datetime as dt

import pendulum
import pytest
from hypothesis import given

from r2psched.blocks import Day, TimeBlock, as_date, write_moment
from tests.refusals import refusal
from tests.strategies import instants, time_blocks

day = Day("2014-09-08", zone="America/New_York")
back = Day("2014-11-02", zone="America/New_York")
SPAN = 'expected a time such as "10:50-13:00" or "10:50 am to 1:00 pm", got '
AT = 'expected a time such as "13:00" or "2015-09-04 13:00", got '


@given(time_blocks())
def test_round_trip(block: TimeBlock) -> None:
    """The text of any block reads back as the same block, with its date and without."""
    assert Day(None, zone=block.zone)(block.text()) == block
    its_day = Day(block.start.date(), zone=block.zone)
    assert its_day(block.text(its_day.date)) == block


@given(instants())
def test_moment_round_trip(moment: pendulum.DateTime) -> None:
    """The text of any moment reads back as the same instant."""
    zone = moment.timezone_name
    assert zone is not None
    read = Day(None, zone=zone).at(write_moment(moment))
    assert (read.timestamp(), read.utcoffset()) == (moment.timestamp(), moment.utcoffset())


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("10:50-13:00", "10:50-13:00"),
        ("10:50\u201313:00", "10:50-13:00"),
        ("10:50 \u2014 13:00", "10:50-13:00"),
        ("10:50\u221213:00", "10:50-13:00"),
        (" 10:50  to  13:00 ", "10:50-13:00"),
        ("10:50 until 13:00", "10:50-13:00"),
        ("10:50 am \u2013 1:00 p.m.", "10:50-13:00"),
        ("10 am-1pm", "10:00-13:00"),
        ("10 A.M. TO 1 P.M.", "10:00-13:00"),
        ("12 am-12 pm", "00:00-12:00"),
        ("00:00-24:00", "00:00-00:00+1"),
        ("22:00-01:30+1", "22:00-01:30+1"),
        ("10 p.m. to 1:30+1", "22:00-01:30+1"),
        ("09:00-10:00+999", "09:00-10:00+999"),
        ("9:05:30-9:06", "09:05:30-09:06"),
        ("2014-09-09 10:00-13:00", "2014-09-09 10:00-13:00"),
        ("2014-09-09T10:00-13:00", "2014-09-09 10:00-13:00"),
        ("2014-09-09 22:00-2014-09-10 01:00", "2014-09-09 22:00-01:00+1"),
        ("10:00 EDT-13:00 EDT", "10:00-13:00"),
        ("10:00 -04:00-13:00 -0400", "10:00-13:00"),
        ("10:00 -14:00", "10:00-14:00"),
    ],
)
def test_accepted(text: str, plain: str) -> None:
    """A span is read in every spelling, and written in one."""
    assert day(text).text(day.date) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("01:30 EDT-01:15 EST", "01:30 EDT - 01:15 EST"),
        ("01:30 edt to 01:15 est", "01:30 EDT - 01:15 EST"),
        ("01:30 -04:00 - 01:15 -05:00", "01:30 EDT - 01:15 EST"),
        ("01:30 -0400-01:15 -0500", "01:30 EDT - 01:15 EST"),
        ("00:30-01:30 EST", "00:30-01:30 EST"),
        ("01:30 EST-03:00", "01:30 EST - 03:00"),
    ],
)
def test_hour_that_comes_twice(text: str, plain: str) -> None:
    """An abbreviation or an offset says which of the two hours is meant."""
    assert back(text).text(back.date) == plain


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", SPAN + '""'),
        ("10:00", SPAN + '"10:00"'),
        ("10.00-13.00", SPAN + '"10.00-13.00"'),
        ("10:00-13:00-14:00", SPAN + '"10:00-13:00-14:00"'),
        ("10:00Z-11:00Z", SPAN + '"10:00Z-11:00Z"'),
        ("10:00-13:00" + " " * 80, SPAN + '"10:00-13:00' + " " * 49 + '…"'),
        ("10-13", SPAN + '"10-13": write 10 with its minutes, "10:00", or with am or pm'),
        ("10:00-13", SPAN + '"10:00-13": write 13 with its minutes, "13:00", or with am or pm'),
        ("13 pm-14:00", '13 pm is no time of a 12-hour clock, in "13 pm-14:00"'),
        ("0 am-1:00", '0 am is no time of a 12-hour clock, in "0 am-1:00"'),
        ("25:00-26:00", 'there is no time 25:00, in "25:00-26:00"'),
        ("10:60-11:00", 'there is no time 10:60, in "10:60-11:00"'),
        ("23:00-24:01", 'there is no time 24:01, in "23:00-24:01"'),
        (
            "2014-13-01 10:00-11:00",
            "there is no date 2014-13-01: month must be in 1..12",
        ),
        (
            "22:00-01:30",
            (
                '"22:00-01:30" does not end after it begins; '
                'write "22:00-01:30+1" if it ends the next day'
            ),
        ),
        (
            "2014-09-09 10:00-2014-09-08 11:00",
            '"2014-09-09 10:00-2014-09-08 11:00" does not end after it begins',
        ),
        ("10:00+2-11:00+1", '"10:00+2-11:00+1" does not end after it begins'),
        (
            "9999-12-30 10:00-11:00+2",
            'expected a time before the year 10000, got "9999-12-30 10:00-11:00+2"',
        ),
    ],
)
def test_refused(text: str, message: str) -> None:
    """What is no time, or has no reading, is refused with the remedy."""
    assert refusal(day, text) == message


def test_refuses_what_is_no_text() -> None:
    """A number is no span."""
    assert refusal(day, 10) == (
        'expected a time such as "10:50-13:00" or "10:50 am to 1:00 pm" in quotes, got 10'
    )


@pytest.mark.parametrize("text", ["02:30-04:00", "01:30-02:30"])
def test_refuses_skipped(text: str) -> None:
    """A time that the clocks skip is refused with both ways out."""
    assert refusal(Day("2014-03-09", zone="America/New_York"), text) == (
        "2014-03-09 02:30 does not exist in America/New_York, where the clocks go forward then: "
        'write "01:30" or "03:30"'
    )


def test_refuses_ambiguous() -> None:
    """A time that the clocks show twice is refused with both ways out."""
    assert refusal(back, "01:30-03:00") == (
        "2014-11-02 01:30 comes twice in America/New_York, where the clocks go back then: "
        'write "01:30 EDT" or "01:30 EST"'
    )
    assert refusal(Day("2014-04-06", zone="Australia/Lord_Howe"), "00:00-01:45") == (
        "2014-04-06 01:45 comes twice in Australia/Lord_Howe, where the clocks go back then: "
        'write "01:45 +11:00" or "01:45 +10:30"'
    )


def test_refuses_a_wrong_mark() -> None:
    """A mark that is not in force then is refused, with those that are."""
    told = refusal(day, "10:00 EST-11:00").lower()
    assert told == '2014-09-08 10:00 in america/new_york is edt or -04:00, not "est"'
    told = refusal(back, "01:30 PST-03:00").lower()
    assert told.endswith('is edt or -04:00 or est or -05:00, not "pst"')


def test_undated() -> None:
    """Without a date of its own or of the day, a time is refused."""
    assert refusal(Day(None, zone="UTC"), "10:00-11:00") == (
        '"10:00-11:00" has no date: write it before the time, "2014-09-08 10:00", '
        "or give the programme one date"
    )


def test_refuses_an_unknown_zone() -> None:
    """A misspelt zone is refused with a suggestion."""
    assert refusal(Day, "2014-09-08", zone="America/NewYork") == (
        'expected a zone such as "America/New_York" or "UTC", got "America/NewYork"; '
        'did you mean "America/New_York"?'
    )
    assert refusal(Day, "2014-09-08", zone=None) == (
        'expected a zone such as "America/New_York" or "UTC", got None'
    )


def test_at() -> None:
    """One moment is read with the date of the day or with one of its own."""
    assert day.at("1 p.m.").isoformat() == "2014-09-08T13:00:00-04:00"
    assert day.at("2015-09-04 13:00").isoformat() == "2015-09-04T13:00:00-04:00"
    assert back.at("01:30 EST").isoformat() == "2014-11-02T01:30:00-05:00"
    assert refusal(day.at, "10:00-11:00") == AT + '"10:00-11:00"'
    assert (
        refusal(day.at, 13)
        == 'expected a time such as "13:00" or "2015-09-04 13:00" in quotes, got 13'
    )


def test_local() -> None:
    """A naive wall time is taken in the zone of the day."""
    naive = dt.datetime(2014, 9, 8, 13)  # noqa: DTZ001  # a wall time of the day's zone
    assert day.local(naive) == day.at("13:00")
    assert "comes twice" in refusal(day.local, naive.replace(month=11, day=2, hour=1))


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("2014-9-8", 'expected a date such as "2014-09-08", got "2014-9-8"'),
        ("20140908", 'expected a date such as "2014-09-08", got "20140908"'),
        ("٢٠١٤-٠٩-٠٨", 'expected a date such as "2014-09-08", got "٢٠١٤-٠٩-٠٨"'),
        ("2014-02-30", "there is no date 2014-02-30: day is out of range for month"),
        (20140908, 'expected a date such as "2014-09-08", got 20140908'),
        (
            dt.datetime(2014, 9, 8, tzinfo=dt.UTC),
            (
                'expected a date such as "2014-09-08", got a date with a time: '
                "2014-09-08 00:00:00+00:00"
            ),
        ),
    ],
)
def test_refuses_dates(value: object, message: str) -> None:
    """What is no date is refused."""
    assert refusal(as_date, value) == message


def test_plain_date() -> None:
    """A date of another library is taken as a plain one."""
    assert type(as_date(pendulum.date(2014, 9, 8))) is dt.date
