"""Reserves, and what they leave of the blocks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.blocks import Day, TimeBlock
from r2psched.reserves import Floor, Reserve, as_reserves
from tests.oracle import Hall
from tests.refusals import refusal
from tests.strategies import block_lists, reserves, tuples

MINUTE = timedelta(minutes=1)
day = Day("2014-09-08", zone="America/New_York")
BLOCKS = (day("10:50-13:00"), day("15:00-17:50"))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, 'a reserve has either a place, such as at = "end", or a number, such as every = 5'),
        (
            {"at": "end", "every": 5},
            'a reserve has either a place, such as at = "end", or a number, such as every = 5',
        ),
        (
            {"at": "middle"},
            'expected one of "start", "end", "block-start", "block-end", got "middle"',
        ),
        ({"every": 0}, "expected a whole number of interventions from 1, got 0"),
        ({"every": True}, "expected a whole number of interventions from 1, got True"),
        ({"every": 1.0}, "expected a whole number of interventions from 1, got 1.0"),
        ({"at": "end", "length": 5}, '5 has no unit: write "5 min" or "5 s"'),
    ],
)
def test_refused(fields: dict[str, object], message: str) -> None:
    """A reserve without a place, with two, or with a number that has no meaning is refused."""
    assert refusal(Reserve, "Replies", **fields) == message


def test_refuses_no_title() -> None:
    """A reserve says what it is for."""
    assert refusal(Reserve, "", at="end") == "expected a text that is not empty"


def test_unknown() -> None:
    """A length that nobody says counts as zero and is told."""
    unknown = Reserve("Replies", at="end", length="unknown")
    assert unknown == Reserve("Replies", at="end")
    assert (unknown.microseconds, unknown.is_open) == (0, True)
    assert str(unknown) == "Replies, at the end of the session: of unknown length, counted as 0"


@pytest.mark.parametrize(
    ("reserve", "text"),
    [
        (Reserve("R", at="start", length="1 min"), "R, at the start of the session: 1 min"),
        (Reserve("R", at="block-start", length="0 s"), "R, at the start of each block: 0 s"),
        (Reserve("R", at="block-end", length="1 min"), "R, at the end of each block: 1 min"),
        (Reserve("R", every=5, length="90 s"), "R, after every 5 interventions: 1 min 30 s"),
        (
            Reserve("R", at="end", length="1 min", assumed="as in 2013"),
            "R, at the end of the session: 1 min, assumed: as in 2013",
        ),
    ],
)
def test_words(reserve: Reserve, text: str) -> None:
    """A reserve is written with its place, its length and why it is assumed."""
    assert str(reserve) == text
    assert reserve.is_open == ("assumed" in text)


def test_most_rounds() -> None:
    """So many different numbers of interventions are refused that counting would not end."""
    eight = [Reserve("R", every=n) for n in range(1, 9)]
    assert as_reserves([*eight, Reserve("S", every=8), Reserve("T", at="end")])
    assert refusal(as_reserves, [*eight, Reserve("R", every=9)]) == (
        "expected reserves after at most 8 different numbers of interventions, got 9"
    )


def test_places() -> None:
    """The first block loses the start, the last the end, and each what each block keeps."""
    kept = [
        Reserve("Opening", at="start", length="20 min"),
        Reserve("Closing", at="end", length="10 min"),
        Reserve("Order", at="block-start", length="3 min"),
        Reserve("Summary", at="block-end", length="2 min"),
        Reserve("Replies", every=5, length="5 min"),
        Reserve("Reflections", at="end"),
    ]
    floor = Floor(BLOCKS, tuple(kept))
    assert floor.times == (105 * MINUTE, 155 * MINUTE)
    assert floor.time == 260 * MINUTE
    assert floor.at_most
    assert floor.assumptions == (
        "Reflections, at the end of the session: of unknown length, counted as 0",
    )


def test_one_block() -> None:
    """One block is both first and last."""
    kept = (Reserve("A", at="start", length="1 h"), Reserve("B", at="end", length="1 h"))
    assert Floor(BLOCKS[:1], kept).time == 10 * MINUTE


def test_longer_than_the_block() -> None:
    """Reserves longer than a block leave nothing of it and take nothing from the next."""
    floor = Floor(BLOCKS, (Reserve("A", at="start", length="3 h"),))
    assert floor.times == (timedelta(0), 170 * MINUTE)


@given(block_lists(least=1), tuples(reserves(timedelta(hours=2))))
def test_floor(blocks: tuple[TimeBlock, ...], kept: tuple[Reserve, ...]) -> None:
    """A floor says of every block what the laws say, and which lengths it rests on."""
    floor = Floor(blocks, kept)
    left = [max(0, end - start) for start, end in Hall(floor).blocks]
    assert [time.total_seconds() for time in floor.times] == left
    assert floor.at_most == any(reserve.length is None for reserve in kept)
    assert len(floor.assumptions) == sum(reserve.is_open for reserve in kept)


@given(tuples(reserves(), 4), st.integers(1, 60))
def test_owed(kept: tuple[Reserve, ...], held: int) -> None:
    """After so many interventions all the reserves are due whose number divides it."""
    due = [r.microseconds for r in kept if r.every and held % r.every == 0]
    owed = Floor((), kept).frame.owed(held)
    assert owed == (sum(due) if due else None)
