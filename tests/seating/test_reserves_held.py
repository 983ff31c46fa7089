"""Where the reserves between two interventions are held."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given

from r2psched.blocks import Day
from r2psched.reserves import Reserve
from r2psched.seating import HeldReserve
from r2psched.sessions import Session
from r2psched.speakers import SpeakerList
from tests.oracle import Hall
from tests.seating.small import SECOND, running_orders

if TYPE_CHECKING:
    from r2psched.seating import RunningOrder


@given(running_orders())
def test_first_block_with_room(order: RunningOrder) -> None:
    """A reserve is held behind an intervention, or at the start of the next block that holds it."""
    hall = Hall(order.floor)
    expected = []
    for one, two in pairwise(order):
        due = sum(length for n, length in hall.rounds if one.place % n == 0)
        block, clock = one.block - 1, one.end_us // SECOND
        while due and clock + due > hall.blocks[block][1]:
            block += 1
            clock = hall.blocks[block][0]
        if due:
            expected.append((block, clock, clock + due))
            assert (block, clock + due) <= (two.block - 1, two.start_us // SECOND)
    assert [
        (held.block, held.start // SECOND, held.end // SECOND)
        for held in order.reserves_held
        if held.start < held.end
    ] == expected


def test_a_block_of_its_own() -> None:
    """A reserve may be all that happens in a block."""
    day = Day("2026-06-16", zone="UTC")
    session = Session(
        "Dialogue",
        [day("10:00-10:09"), day("11:00-11:22"), day("12:00-12:10")],
        speakers=SpeakerList(["A", "B", "C", "D", "E"], "3 min"),
        reserves=Reserve("Replies", every=3, length="20 min"),
    )
    order = session.running_order()
    second = session.blocks[1].start_us
    assert order.reserves_held == (HeldReserve(1, second, second + 20 * 60 * SECOND),)
    assert order["D"].start == session.blocks[2].start
