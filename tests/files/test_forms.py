"""The forms in which people write a programme by hand."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta
from typing import TYPE_CHECKING

import pendulum
import pytest

from r2psched.durations import show
from r2psched.files import loads, read
from r2psched.speakers import Inscription
from tests.files.telling import HEAD, faults, programme, session

if TYPE_CHECKING:
    from pathlib import Path

BY_HAND = """
id = "r2p-2014"                  # in every calendar UID: never change it
title = "Fulfilling our collective responsibility …"
status = "tentative"
zone = "America/New_York"
date = 2014-09-08
weekday = "Monday"               # checked against the date when it is read
venue = "United Nations Headquarters, New York"
room = "Trusteeship Council Chamber"
documents = ["A/RES/63/308", "A/63/677"]
[[sessions]]
id = "floor"
title = "Interactive dialogue"
kind = "dialogue"
time = ["10:50-13:00", "15:00-17:50"]
[sessions.speakers]
limit = "3 min"
inscriptions = "speakers.csv"
[[sessions.reserves]]
title = "Further reflections from panellists"
at = "end"
length = "unknown"
"""


def test_by_hand(tmp_path: Path) -> None:
    """The file of the manual is read with the list that lies beside it."""
    (tmp_path / "meeting.toml").write_text(BY_HAND, encoding="utf-8")
    (tmp_path / "speakers.csv").write_text("Country\nChile\nDenmark\n", encoding="utf-8")
    floor = read(tmp_path / "meeting.toml")["floor"]
    assert floor.capacity().by_block == (43, 56)
    assert floor.running_order()["Denmark"].start.isoformat() == "2014-09-08T10:53:00-04:00"
    assert floor.reserves[0].length is None


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("3 min", "3 min"),
        ("3min", "3 min"),
        ("3 minutes", "3 min"),
        ("1 min 30 s", "1 min 30 s"),
        ("90 s", "1 min 30 s"),
        ("1 h", "1 h"),
    ],
)
def test_durations(text: str, length: str) -> None:
    """Lengths are read as people write them."""
    limits = session(f"speakers.limit = '{text}'\n").speakers
    assert limits is not None
    assert str(limits.limits) == length


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("'1:30'", '"1:30" has two readings: write "1 h 30 min" or "1 min 30 s"'),
        ("3", '3 has no unit: write "3 min" or "3 s"'),
        ("'3'", '3 has no unit: write "3 min" or "3 s"'),
        ("'0 s'", "expected a length of more than 0 s, got 0 s"),
    ],
)
def test_durations_of_two_readings(written: str, message: str) -> None:
    """A length that can be read in two ways is refused, and both are offered."""
    place = 'sessions[1] "Dialogue": speakers.limit'
    assert faults(session=f"speakers.limit = {written}\n") == [f"{place}: {message}"]


@pytest.mark.parametrize(
    "text",
    ["10:50-13:00", "10:50–13:00", "10:50 to 13:00", "10:50 am – 1:00 p.m.", "10:50 AM-1 PM"],
)
def test_times(text: str) -> None:
    """Spans of time are read as people write them."""
    (block,) = session(f'time = "{text}"\n').blocks
    assert block.text() == "2014-09-08 10:50-13:00"


def test_times_elsewhere() -> None:
    """A time may end the next day, and may bring a date of its own."""
    first, second = session('time = ["22:00-01:30+1", "2014-09-10 9:00-10:00"]\n').blocks
    assert (first.duration, second.start.date()) == (timedelta(hours=3.5), dt.date(2014, 9, 10))


def test_limits() -> None:
    """A limit is one length for all, or a table with what differs from it."""
    table = '{ default = "3 min", on_behalf = "5 min", categories = { observer = "2 min" } }'
    speakers = session(f"speakers.limit = {table}\n").speakers
    assert speakers is not None
    assert speakers.limits is not None
    assert [
        show(speakers.limits.of(each))
        for each in (
            Inscription("A"),
            Inscription("A", on_behalf="B"),
            Inscription("A", category="observer"),
        )
    ] == ["3 min", "5 min", "2 min"]


def test_inscriptions() -> None:
    """A list stands in the file: names of delegations, and tables for those who have more."""
    speakers = session(
        'speakers.inscriptions = ["Chile", { delegation = "Viet Nam", level = "minister" }]\n'
    ).speakers
    assert speakers is not None
    assert speakers.inscriptions == (
        Inscription("Chile"),
        Inscription("Viet Nam", level="minister"),
    )


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2014-07-31T12:00:00", "2014-07-31T16:00:00+00:00"),
        ("2014-07-31 12:00:00", "2014-07-31T16:00:00+00:00"),
        ("2014-07-31T12:00:00Z", "2014-07-31T12:00:00+00:00"),
        ("2014-07-31T12:00:00+02:00", "2014-07-31T10:00:00+00:00"),
        ("'2014-07-31T12:00z'", "2014-07-31T12:00:00+00:00"),
        ("'2014-07-31 1:00 pm'", "2014-07-31T17:00:00+00:00"),
        ("'13:00'", "2014-09-08T17:00:00+00:00"),
    ],
)
def test_moments(written: str, moment: str) -> None:
    """Moments are dates with times of TOML, local or with an offset, or texts."""
    assert programme(f"revised = {written}\n").revised == pendulum.parse(moment)


def test_dates() -> None:
    """A programme meets on one date or several, each as a date of TOML or a text."""
    several = HEAD.replace("date = 2014-09-08", "dates = [2014-09-09, '2014-09-08']")
    assert loads(several).dates == (dt.date(2014, 9, 8), dt.date(2014, 9, 9))
    assert programme("weekday = 'monday'\n").dates == (dt.date(2014, 9, 8),)


def test_one_or_several() -> None:
    """Where several may stand, one alone will do."""
    plan = programme("contacts = 'Ann'\ndocuments = 'A/1'\n", "panellists = 'Bo'\n")
    assert [person.name for person in (*plan.contacts, *plan.sessions[0].panellists)] == [
        "Ann",
        "Bo",
    ]
    assert plan.documents == ("A/1",)
