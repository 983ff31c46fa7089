"""One intervention after the other: where it stands, and what is owed before the next."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from r2psched.reserves import Frame

__all__ = ["Held", "HeldReserve", "State", "opening", "steps"]


class State(NamedTuple):
    """Where a session stands between two interventions.

    Attributes:
        block: Index of the block in which the last intervention ended.
        clock: When it ended, or when the floor of a fresh block opens; in microseconds.
        gap: What must pass in this block before the next intervention: changeover, or 0.
        owed: A reserve after every n interventions that is due and not yet held, or 0.
        held: How many interventions there were.
    """

    block: int
    clock: int
    gap: int
    owed: int
    held: int


class HeldReserve(NamedTuple):
    """A reserve after every n interventions, where it is held: perhaps in a block of its own.

    Attributes:
        block: Index of its block.
        start: When it begins, in microseconds.
        end: When it ends.
    """

    block: int
    start: int
    end: int


class Held(NamedTuple):
    """One intervention that has its place.

    Attributes:
        block: Index of its block.
        start: When it begins, in microseconds.
        after: The state when it has ended.
        reserve: The reserve after every n interventions that was held before it, or None.
    """

    block: int
    start: int
    after: State
    reserve: HeldReserve | None = None


def opening(frame: Frame) -> State:
    """The state before the first intervention."""
    return State(0, frame.spans[0][0] if frame.spans else 0, 0, 0, 0)


def steps(
    frame: Frame,
    limits: Iterable[Sequence[int]],
    state: State,
    changes: Sequence[int] = (),
) -> Iterator[Held]:
    """Seat interventions of the given limits, in order, until one fits no remaining block.

    Args:
        frame: The blocks, reserves and changeover.
        limits: How long each intervention takes, in microseconds: if it begins before the first
            change, then for each change if it begins at or after it.
        state: Where the session stands before the first of them.
        changes: The moments at which limits change, in order, in microseconds since the epoch.

    Yields:
        Each intervention that has a place. Whoever fits no remaining block draws the cut line,
        and nothing is yielded from there on.
    """
    spans, rounds, changeover, _ = frame
    last = len(spans)
    block, clock, gap, owed, held = state
    for lengths in limits:
        limit, reserve = lengths[0], None
        while block < last:
            end = spans[block][1]
            if owed and clock + owed <= end:
                reserve = HeldReserve(block, clock, clock + owed)
                clock, gap, owed = reserve.end, 0, 0
            if changes:
                limit = lengths[bisect_right(changes, clock + gap)]
            if not owed and clock + gap + limit <= end:
                break
            block += 1
            if block < last:
                clock, gap = spans[block][0], 0
        else:
            return
        start = clock + gap
        clock, gap, held = start + limit, changeover, held + 1
        if rounds:
            gap, owed = frame.after(held)
        yield Held(block, start, State(block, clock, gap, owed, held), reserve)
