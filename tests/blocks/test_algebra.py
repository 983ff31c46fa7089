"""What several blocks make together: merge, join, gaps, subtract."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from r2psched.blocks import Day, TimeBlock, gaps, join, merge, subtract
from tests.refusals import refusal
from tests.strategies import block_lists, time_block_sets

if TYPE_CHECKING:
    from random import Random

day = Day("2014-09-08", zone="America/New_York")
SECOND = 10**6


def covered(blocks: tuple[TimeBlock, ...] | list[TimeBlock]) -> set[int]:
    """Give every half hour that the blocks cover."""
    return {us for b in blocks for us in range(b.start_us, b.end_us, 1800 * SECOND)}


@given(time_block_sets())
def test_merge(blocks: list[TimeBlock]) -> None:
    """Merged blocks cover the same time, lie apart and in order, and merge to themselves."""
    merged = merge(blocks)
    assert covered(merged) == covered(blocks)
    assert all(a.end_us < b.start_us for a, b in pairwise(merged))
    assert merge(merged) == merged


@given(time_block_sets().flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_merge_in_any_order(both: tuple[list[TimeBlock], list[TimeBlock]]) -> None:
    """The order in which blocks are given does not matter."""
    assert merge(both[0]) == merge(both[1])


@given(time_block_sets())
def test_gaps(blocks: list[TimeBlock]) -> None:
    """Gaps and blocks share nothing and fill the time from the first start to the last end."""
    between = gaps(blocks)
    assert not covered(between) & covered(blocks)
    assert len(merge([*between, *blocks])) == bool(blocks)
    assert gaps([*between, *blocks]) == ()


@given(time_block_sets(), time_block_sets())
def test_subtract(blocks: list[TimeBlock], others: list[TimeBlock]) -> None:
    """What is left is exactly the time that lies in none of the others, merged."""
    left = subtract(blocks, others)
    assert covered(left) == covered(blocks) - covered(others)
    assert merge(left) == left


@given(time_block_sets())
def test_subtract_itself(blocks: list[TimeBlock]) -> None:
    """Nothing is left of blocks without themselves, and all without none."""
    assert subtract(blocks, blocks) == ()
    assert subtract(blocks, []) == merge(blocks)


@given(block_lists(), st.randoms(use_true_random=False))
def test_join(blocks: tuple[TimeBlock, ...], rng: Random) -> None:
    """Blocks that lie apart are put in order and nothing else."""
    mixed = list(blocks)
    rng.shuffle(mixed)
    assert join(mixed) == blocks


@given(block_lists(least=1))
def test_join_touching(blocks: tuple[TimeBlock, ...]) -> None:
    """The parts of a block become the block again."""
    first = blocks[0]
    parts = first.split(first.start.add(seconds=1))
    assert join([*blocks[1:], *parts]) == blocks


def test_join_refuses_an_overlap() -> None:
    """Blocks of one session that overlap are refused, named as they are written."""
    assert refusal(join, [day("11:00-13:00"), day("10:00-11:30")]) == (
        "the blocks 2014-09-08 10:00-11:30 and 2014-09-08 11:00-13:00 of one session overlap: "
        "join them or move one"
    )


def test_zone_of_the_earliest() -> None:
    """A joined block is told in the zone of its earliest part."""
    early, late = day("10:00-11:00"), day("11:00-12:00").in_zone("UTC")
    assert merge([late, early]) == (day("10:00-12:00"),)
