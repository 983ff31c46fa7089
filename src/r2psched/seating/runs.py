"""Many interventions of one length at once, by arithmetic instead of steps."""

from __future__ import annotations

import bisect
import math
import sys
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from r2psched.reserves import Frame
    from r2psched.seating.steps import State

__all__ = ["Run", "runs", "time_used"]


class Run(NamedTuple):
    """Interventions of one length that follow each other in one block.

    Attributes:
        block: Index of the block.
        opens: When the run begins, in microseconds: after reserve or changeover due before it.
        before: How many interventions the session held before it.
        fits: How many it holds.
        limit: How long each takes, in microseconds.
        left: Floor time of the block after it, in microseconds; not less than 0.
    """

    block: int
    opens: int
    before: int
    fits: int
    limit: int
    left: int


def _dues(frame: Frame, first: int, last: int) -> tuple[int, int]:
    """How many numbers first..last make a reserve due, and the time of those reserves."""
    rounds = frame.rounds
    time = sum(length * (last // n - (first - 1) // n) for n, length in rounds)
    count = 0
    for size in range(1, len(rounds) + 1):
        for some in combinations(rounds, size):
            common = math.lcm(*(n for n, _ in some))
            count -= (-1) ** size * (last // common - (first - 1) // common)
    return count, time


def time_used(frame: Frame, limit: int, before: int, count: int) -> int:
    """The time from the start of the first to the end of the last of some interventions.

    Args:
        frame: The reserves and changeover that stand between two of them.
        limit: How long each takes, in microseconds.
        before: How many interventions the session held before.
        count: How many there are, from 1.

    Returns:
        Microseconds.
    """
    time = count * limit
    gaps, reserves = count - 1, 0
    if frame.rounds:
        due, reserves = _dues(frame, before + 1, before + count - 1)
        gaps -= due
    return time + gaps * frame.changeover + reserves


def _most(frame: Frame, limit: int, before: int, room: int) -> int:
    """The largest number of interventions that `room` holds."""
    if room < limit:
        return 0
    changeover = frame.changeover
    if not frame.rounds:
        return (room + changeover) // (limit + changeover)
    # bisect counts no further than sys.maxsize, and the room of an ample block is larger.
    numbers = range(1, min(room // limit, sys.maxsize - 1) + 1)
    return bisect.bisect_right(numbers, room, key=lambda n: time_used(frame, limit, before, n))


def runs(
    frame: Frame, limits: Sequence[int], state: State, changes: Sequence[int] = ()
) -> Iterator[Run]:
    """How many interventions of one limit each remaining block holds.

    Says the same as `steps` with endless interventions of that limit, but takes a number of
    operations that doesn't depend on how many there are.

    Args:
        frame: The blocks, reserves and changeover.
        limits: How long each takes, in microseconds, more than 0: if it begins before the first
            change, then for each change if it begins at or after it.
        state: Where the session stands before the first of them.
        changes: The moments at which the limit changes, in order, in microseconds.

    Yields:
        A run for each block from that of the state on, and a further one for each change in it; a
        block that holds none has a run of 0.
    """
    _, clock, gap, owed, held = state
    for block in range(state.block, len(frame.spans)):
        start, end = frame.spans[block]
        if block > state.block:
            clock, gap = start, 0
        first = True
        while True:
            ends = clock
            if owed and clock + owed <= end:
                clock, gap, owed = clock + owed, 0, 0
            opens = clock + gap
            period = bisect.bisect_right(changes, opens)
            limit = limits[period]
            # The last that begins before a change begins a limit before the end of its time.
            before = (each - 1 - opens + limit for each in changes[period : period + 1])
            room = min([end - opens, *before])
            count = 0 if owed or end - opens < limit else _most(frame, limit, held, room)
            if count:
                ends = opens + time_used(frame, limit, held, count)
            if count or first:
                yield Run(block, opens, held, count, limit, max(0, end - ends))
            if not count:
                break
            held, first = held + count, False
            clock = ends
            gap, owed = frame.after(held)
            if period == len(changes):
                break
        if owed and clock + owed <= end:
            owed = 0
