"""How work grows: counted in calls, which tell the same on every machine."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from r2psched.blocks import Day
from r2psched.counting import capacity
from r2psched.reserves import Reserve
from r2psched.sessions import Session
from r2psched.speakers import Inscription, SpeakerList

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

day = Day("2014-09-08", zone="America/New_York")
ROUNDS = [Reserve("Replies", every=n, length="1 s") for n in (2, 3, 5, 7)]
MILLENNIUM = timedelta(days=365_000)


def calls(work: Callable[[], object]) -> int:
    """Count the calls of functions, in Python and in C, that some work takes."""
    counted = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


ASKED: list[tuple[str, Callable[[timedelta], object]]] = [
    ("plain", lambda time: capacity(time, "1 s").total),
    ("changeover", lambda time: capacity(time, "1 s", changeover="1 s").total),
    ("rounds", lambda time: capacity(time, "1 s", reserves=ROUNDS).total),
    ("start", lambda time: capacity(time, "1 s", reserves=ROUNDS).start_of(10**9)),
    ("missing", lambda time: capacity(time, "1 s", reserves=ROUNDS).missing(10**9)),
    ("new block", lambda time: capacity(time, "1 h", reserves=ROUNDS).missing_block(10**9)),
    ("longest limit", lambda time: capacity(time, "1 s", reserves=ROUNDS).longest_limit(1)),
]


@pytest.mark.parametrize(("name", "ask"), ASKED, ids=[name for name, _ in ASKED])
def test_capacity_does_not_count_one_by_one(name: str, ask: Callable[[timedelta], object]) -> None:
    """A thousand years of interventions of a second cost about as much as a day of them."""
    ask(MILLENNIUM)
    short, long = calls(lambda: ask(timedelta(days=1))), calls(lambda: ask(MILLENNIUM))
    assert long < 20_000, name
    assert long < 4 * short, name


def test_a_thousand_years() -> None:
    """The numbers stay exact."""
    answer = capacity(MILLENNIUM, "1 s")
    assert answer.total == 365_000 * 86_400
    assert answer.longest_limit(1, "1 s") == MILLENNIUM


def order_of(speakers: int) -> Callable[[], object]:
    """Make a list of so many speakers, ready to be seated."""
    inscribed = [Inscription("Speaker", id=f"s{n}", limit="1 s") for n in range(speakers)]
    session = Session(
        "Dialogue",
        [day(f"2014-09-{d:02} 10:00-18:00") for d in range(1, 31)],
        reserves=Reserve("Replies", every=10, length="10 s"),
        speakers=SpeakerList(inscribed, "3 min"),
    )

    def work() -> None:
        order = session.running_order()
        assert len(order) == speakers
        order.room_left()
        order.missing()
        order.withdrawals_needed(f"s{speakers - 1}")

    return work


def test_seating_grows_with_the_list() -> None:
    """Ten times the speakers cost ten times the calls, up to a hundred thousand."""
    few, many = calls(order_of(10_000)), calls(order_of(100_000))
    assert many < 10.5 * few


def test_withdrawals_grow_with_the_list() -> None:
    """To find how many must withdraw does not seat the list again for each of them."""

    def needed(speakers: int) -> int:
        inscribed = [Inscription("Speaker", id=f"s{n}") for n in range(speakers)]
        inscribed.append(Inscription("Last", limit="8 h"))
        session = Session("Dialogue", day("10:00-18:00"), speakers=SpeakerList(inscribed, "1 s"))
        order = session.running_order()
        return calls(lambda: order.withdrawals_needed("Last"))

    assert needed(4000) < 2.2 * needed(2000)
