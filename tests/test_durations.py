"""Lengths of time: every form in which people write them, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.durations import as_duration, microseconds, parse, show
from tests.refusals import refusal
from tests.strategies import durations

EXPECTED = 'expected a duration such as "3 min", "90 s" or "1 h 30 min", got '


@given(durations(timedelta(days=40)))
def test_round_trip(length: timedelta) -> None:
    """What is shown reads back as the same length."""
    assert parse(show(length)) == length


@given(st.timedeltas())
def test_microseconds(length: timedelta) -> None:
    """Microseconds are counted exactly, also of negative and huge lengths."""
    assert timedelta(microseconds=microseconds(length)) == length


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3 min", 180),
        ("3min", 180),
        ("3 m", 180),
        ("3 mins", 180),
        ("3 minute", 180),
        ("3 minutes", 180),
        ("3 min.", 180),
        ("3 MIN", 180),
        ("  3 \t min ", 180),
        ("90 s", 90),
        ("90 sec", 90),
        ("90 secs.", 90),
        ("1 second", 1),
        ("2 seconds", 2),
        ("1 h", 3600),
        ("1 hr", 3600),
        ("2 hrs", 7200),
        ("1 hour", 3600),
        ("2 hours", 7200),
        ("1.5 min", 90),
        ("0.25 h", 900),
        ("0 s", 0),
        ("1 min 30 s", 90),
        ("1 h 30 min", 5400),
        ("1h30min15s", 5415),
        ("1 h, 30 min and 5 sec", 5405),
        ("1 h 5 s", 3605),
        ("87840000 h", 87_840_000 * 3600),
    ],
)
def test_accepted(text: str, seconds: int) -> None:
    """Hours, minutes and seconds are read in every spelling, the largest unit first."""
    assert parse(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1:30", '"1:30" has two readings: write "1 h 30 min" or "1 min 30 s"'),
        ("01:05", '"01:05" has two readings: write "1 h 5 min" or "1 min 5 s"'),
        ("3", '3 has no unit: write "3 min" or "3 s"'),
        (" 03 ", '3 has no unit: write "3 min" or "3 s"'),
        ("", EXPECTED + '""'),
        ("three", EXPECTED + '"three"'),
        ("3 days", EXPECTED + '"3 days"'),
        ("-3 min", EXPECTED + '"-3 min"'),
        ("1,5 min", EXPECTED + '"1,5 min"'),
        ("1e3 s", EXPECTED + '"1e3 s"'),
        ("1h30", EXPECTED + '"1h30"'),
        ("30 s 1 min", EXPECTED + '"30 s 1 min"'),
        ("1 min 1 min", EXPECTED + '"1 min 1 min"'),
        ("٣ min", EXPECTED + '"٣ min"'),
        ("1 min " * 20, EXPECTED + '"' + "1 min " * 10 + '…"'),
        ("0.5 s", 'expected a length in whole seconds, got "0.5 s"'),
        ("1.01 min", 'expected a length in whole seconds, got "1.01 min"'),
        ("87840001 h", 'expected at most 10,000 years, got "87840001 h"'),
    ],
)
def test_refused_texts(text: str, message: str) -> None:
    """A text with two readings, no unit or no meaning is refused with both ways out."""
    assert refusal(parse, text) == message


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (3, '3 has no unit: write "3 min" or "3 s"'),
        (True, EXPECTED + "True"),
        (3.0, EXPECTED + "3.0"),
        (None, EXPECTED + "None"),
        (10**9, EXPECTED + "1000000000"),
        (10**400, EXPECTED + "a very large number"),
        (timedelta(seconds=1.5), "expected a length in whole seconds, got 0:00:01.500000"),
        (timedelta(seconds=-90), "expected a length of at least 0 s, got -1 min 30 s"),
    ],
)
def test_refused_values(value: object, message: str) -> None:
    """A bare number, a negative length and sub-seconds are refused."""
    assert refusal(as_duration, value) == message


def test_positive() -> None:
    """Zero is a length, unless more than zero is asked for."""
    assert as_duration("0 s") == timedelta(0)
    message = "expected a length of more than 0 s, got 0 s"
    assert refusal(as_duration, "0 s", positive=True) == message


def test_plain_timedelta() -> None:
    """A subclass of timedelta is taken as a plain one of the same length."""
    length = as_duration(pendulum.duration(minutes=3))
    assert type(length) is timedelta
    assert length == timedelta(minutes=3)


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(0), "0 s"),
        (timedelta(seconds=90), "1 min 30 s"),
        (timedelta(minutes=61), "1 h 1 min"),
        (timedelta(hours=50, seconds=1), "50 h 1 s"),
        (timedelta(seconds=-90), "-1 min 30 s"),
        (timedelta(seconds=1, microseconds=500_000), "1.5 s"),
        (timedelta(microseconds=-1), "-0.000001 s"),
    ],
)
def test_show(length: timedelta, text: str) -> None:
    """Hours, minutes and seconds are written with zeros left out and the sign in front."""
    assert show(length) == text
