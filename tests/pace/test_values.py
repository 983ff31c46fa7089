"""Habits, paces and records as values: what they refuse, what they say."""

from __future__ import annotations

import pickle
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.blocks import Day
from r2psched.errors import UnknownName
from r2psched.pace import PACES, Habit, Pace, Record, as_records, shipped
from r2psched.speakers import Inscription
from tests.refusals import refusal

DAY = Day("2014-09-08", zone="America/New_York")
MEAN = "expected the mean length of an intervention, in limits, more than 0 and at most 1,000"
SPREAD = "expected the standard deviation of the length, in limits, from 0 to 1,000"
CUT = "expected the length in limits at which the microphone is cut, more than 0"
NAN = float("nan")


@pytest.mark.parametrize("kind", [Habit, Pace])
@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"mean": 0}, f"{MEAN}, such as 1.13, got 0"),
        ({"mean": -1.0}, f"{MEAN}, such as 1.13, got -1.0"),
        ({"mean": NAN}, f"{MEAN}, such as 1.13, got nan"),
        ({"mean": "1.1"}, f'{MEAN}, such as 1.13, got "1.1"'),
        ({"mean": True}, f"{MEAN}, such as 1.13, got True"),
        ({"mean": 10**400}, f"{MEAN}, such as 1.13, got a very large number"),
        ({"spread": -0.1}, f"{SPREAD}, such as 0.3, got -0.1"),
        ({"spread": float("inf")}, f"{SPREAD}, such as 0.3, got inf"),
        ({"spread": 10.1}, "expected a spread of at most ten times the mean 1, got 10.1"),
        (
            {"absent": 1},
            "expected the chance that a speaker is absent, from 0 to 0.99, such as 0.05, got 1",
        ),
    ],
)
def test_habits_refused(kind: Any, fields: dict[str, Any], message: str) -> None:  # noqa: ANN401  # a class
    """A habit, and a pace which has one, has figures that mean something."""
    assert refusal(kind, **fields) == message


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"family": "normal"}, 'expected one of "lognormal", "gamma", got "normal"'),
        ({"cut": 0}, f"{CUT}, such as 1.5, got 0"),
        ({"cut": NAN}, f"{CUT}, such as 1.5, got nan"),
        ({"changeover": 10}, '10 has no unit: write "10 min" or "10 s"'),
        ({"changeover": timedelta(-1)}, "expected a length of at least 0 s, got -24 h"),
        (
            {"changeover_spread": "5 s"},
            "changeover_spread is 5 s, but no changeover is given: give its mean",
        ),
        (
            {"changeover": "5 s", "changeover_spread": "1 min"},
            "expected changeover_spread at most ten times changeover 5 s, got 1 min",
        ),
        ({"late_spread": "5 s"}, "late_spread is 5 s, but no late is given: give its mean"),
        (
            {"changeover_doubt": "5 s"},
            "changeover_doubt is given, but no changeover: give its mean",
        ),
        (
            {"late": "soon"},
            'expected a duration such as "3 min", "90 s" or "1 h 30 min", got "soon"',
        ),
        ({"doubt": 1.5}, "expected a standard error, from 0 to 1, such as 0.1, got 1.5"),
        ({"absent_doubt": NAN}, "expected a standard error, from 0 to 1, such as 0.1, got nan"),
        ({"records": 0}, "expected how many interventions were measured, from 1, got 0"),
        ({"records": 2.5}, "expected how many interventions were measured, from 1, got 2.5"),
        ({"source": "a\nb"}, r'expected one line of text that prints, got "a\nb"'),
        ({"categories": 3}, "expected a mapping, got 3"),
        (
            {"categories": {"observer": 1.1}},
            "expected a habit, such as Habit(1.1, 0.3), got 1.1",
        ),
        (
            {"categories": {"observer": None}},
            'the category "observer" has no habit: give one, such as Habit(1.1, 0.3)',
        ),
        (
            {"categories": {"NGO": Habit(), "ngo": Habit()}},
            "two categories differ only by the case of letters or by space: remove one",
        ),
    ],
)
def test_paces_refused(fields: dict[str, Any], message: str) -> None:
    """A pace says of each field what was expected, and what came."""
    assert refusal(Pace, **fields) == message


def test_pace() -> None:
    """A pace says all that it knows in one line, and crosses processes."""
    pace = Pace(
        1.15,
        0.3,
        absent=0.05,
        cut=1.5,
        changeover=timedelta(seconds=10.4),
        changeover_spread="4 s",
        late="5 min",
        categories={"observer": Habit(0.9, 0.2)},
        doubt=0.07,
        records=20,
    )
    assert str(pace) == (
        "1.15 of the limit, spread 0.3, cut at 1.5, absent 5 %, changeover 10 s ± 4 s, blocks open "
        "late by 5 min, observer 0.9 ± 0.2, standard error of the mean 7 %, from 20 interventions"
    )
    assert str(Pace()) == "1 of the limit, spread 0"
    assert pickle.loads(pickle.dumps(pace)) == pace  # noqa: S301  # our own
    assert hash(pace) == hash(pickle.loads(pickle.dumps(pace)))  # noqa: S301  # our own
    assert not pace.is_certain
    assert Pace(1.15, 0.3).is_certain


def test_habits_by_category() -> None:
    """A category has its own habit, whatever its case of letters and space, or that of all."""
    pace = Pace(1.2, 0.3, 0.1, categories={"Non-state actor": Habit(0.9, 0.2)})
    own = Inscription("A", category="NON-STATE  ACTOR")
    assert pace.habit_of(own) == Habit(0.9, 0.2)
    assert pace.habit_of(Inscription("B", category="member")) == Habit(1.2, 0.3, 0.1)
    assert pace.habit_of(Inscription("C")) == pace.habit
    assert Pace(1.2, 0.3).habit_of(own) == Habit(1.2, 0.3)


def test_law_of_a_limit() -> None:
    """A law has the limit's unit, and is cut at so many limits."""
    law = Pace(1.2, 0.3, family="gamma", cut=1.5).law(Habit(1.1, 0.2), 180)
    assert (law.mean, law.spread, law.cut) == pytest.approx((198, 36, 270))
    assert law.family == "gamma"
    assert Pace().law(Habit(), 180).cut is None


def test_shipped() -> None:
    """Every pace that is shipped says where it comes from; a misspelt name is told the nearest."""
    assert all(pace.source for pace in PACES.values())
    assert [shipped(name) for name in PACES] == list(PACES.values())
    assert (shipped("general-debate-2016").mean, shipped("general-debate-2022").mean) == (
        1.13,
        1.27,
    )
    assert shipped("general-debates").late == timedelta(minutes=5)
    assert shipped("as-limited").law(Habit(), 180).certain == 180
    with pytest.raises(
        UnknownName, match='no pace "general-debats": did you mean "general-debates"'
    ):
        shipped("general-debats")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"kind": "applause"},
            'expected one of "intervention", "absent", "reply", "break", got "applause"',
        ),
        ({}, 'a record of kind "intervention" names who: an id, a delegation or a speaker'),
        (
            {"kind": "absent"},
            'a record of kind "absent" names who: an id, a delegation or a speaker',
        ),
        ({"who": "Chile"}, "expected when the intervention of Chile began, got nothing"),
        ({"kind": "break"}, "expected when the break began, got nothing"),
        (
            {"who": "Chile", "kind": "absent", "end": DAY.at("11:00")},
            '"Chile" was absent and cannot have ended: leave out the end',
        ),
        (
            {"who": "Chile", "start": DAY.at("11:00"), "end": DAY.at("11:00")},
            "the intervention of Chile ends at 2014-09-08 15:00 UTC, not after its start",
        ),
        (
            {"who": "Chile", "start": DAY.at("11:00"), "limit": "0 s"},
            "expected a length of more than 0 s, got 0 s",
        ),
        ({"who": 3}, "expected a text in quotes, got 3"),
    ],
)
def test_records_refused(fields: dict[str, Any], message: str) -> None:
    """A record tells what happened, or is refused."""
    assert refusal(Record, **fields) == message


def test_record() -> None:
    """A record knows its length, and how that compares with the limit, once it has both."""
    record = Record.of("Chile", DAY("11:00-11:04"), limit="3 min", category="member")
    assert (record.length, record.ratio) == (timedelta(minutes=4), 4 / 3)
    assert record.end_us is not None
    assert record.start_us == record.end_us - 240_000_000
    assert str(record) == "the intervention of Chile"
    assert str(Record.of(None, DAY("11:00-11:04"), kind="break")) == "the break"
    assert Record("Chile", DAY.at("11:00"), limit="3 min").ratio is None
    assert Record.of("Chile", DAY("11:00-11:04")).ratio is None
    assert Record.of("Chile", DAY("11:00-11:04"), kind="reply", limit="3 min").ratio is None
    absent = Record("Fiji", kind="absent")
    assert (absent.length, absent.ratio, absent.start_us, absent.end_us) == (None,) * 4
    assert pickle.loads(pickle.dumps(record)) == record  # noqa: S301  # our own


def test_records_in_order() -> None:
    """Records that follow one another are taken, those who were absent wherever they stand."""
    records = (
        Record("A", kind="absent"),
        Record.of("B", DAY("11:00-11:03")),
        Record("C", DAY.at("11:03"), kind="absent"),
        Record.of(None, DAY("11:03-11:10"), kind="break"),
        Record("D", DAY.at("11:10")),
        Record("E", kind="absent"),
    )
    assert as_records(records) == records
    assert as_records(records[1]) == (records[1],)
    assert as_records([]) == ()
    assert refusal(as_records, ["Chile"]) == (
        'expected a record, such as Record("Chile", start, end), got "Chile"'
    )


def test_all_disorder_at_once() -> None:
    """Every record that begins too early, or goes on though others follow, is told."""
    of = "the intervention of"
    records = [
        Record.of("A", DAY("11:00-11:05")),
        Record.of("B", DAY("11:04-11:06")),
        Record("C", DAY.at("11:06")),
        Record.of("D", DAY("10:00-10:05")),
    ]
    assert refusal(as_records, records).split("; ") == [
        f"records[2], {of} B: begins 1 min before records[1], {of} A, is over",
        f"records[3], {of} C: has no end, and others follow: give it one",
        f"records[4], {of} D: begins 1 h 6 min before records[3], {of} C, is over",
    ]
    many = refusal(as_records, [Record("A", DAY.at("11:00"))] * 50)
    assert many.endswith("; and 29 more")


@given(st.integers(0, 10**6), st.integers(1, 10**5), st.integers(1, 10**4))
def test_ratios(start: int, length: int, limit: int) -> None:
    """The ratio times the limit is the length, to the microsecond."""
    begins = DAY.at("11:00").add(seconds=start)
    record = Record("A", begins, begins.add(seconds=length), limit=timedelta(seconds=limit))
    assert record.ratio is not None
    assert record.ratio * limit == pytest.approx(length, rel=1e-12)
