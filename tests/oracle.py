"""The laws of seating told a second time, in whole seconds and the most naive way.

Nothing here is clever, so that it can be read beside the laws: an intervention never straddles
the end of a block; the list is seated strictly in order; a block too short for the next speaker
is passed over for good; a reserve after every n interventions counts through the session, falls
only between two interventions, replaces that changeover, and opens the next block where it does
not fit; no changeover opens or closes a block.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from r2psched.reserves import Floor


Limit = Callable[[int], int]


class Held(NamedTuple):
    """One intervention: the block it is in, counted from 0, and its seconds."""

    block: int
    start: int
    end: int


class Hall:
    """The blocks of a session as seconds, with what the reserves leave of them."""

    def __init__(self, floor: Floor, longer: int = 0, new: int | None = None) -> None:
        """Take a floor; make its last block longer, or add a new one an hour later."""
        blocks = [[b.start_us // 10**6, b.end_us // 10**6] for b in floor.blocks]
        blocks[-1][1] += longer
        if new is not None:
            blocks.append([blocks[-1][1] + 3600, blocks[-1][1] + 3600 + new])
        self.changeover = int(floor.changeover.total_seconds())
        self.rounds: list[tuple[int, int]] = []
        for reserve in floor.reserves:
            length = int(reserve.length.total_seconds()) if reserve.length else 0
            if reserve.every:
                self.rounds.append((reserve.every, length))
            if reserve.at == "start":
                blocks[0][0] += length
            if reserve.at == "end":
                blocks[-1][1] -= length
            for block in blocks:
                block[0] += length if reserve.at == "block-start" else 0
                block[1] -= length if reserve.at == "block-end" else 0
        if floor.most is not None:
            left = int(floor.most.total_seconds()) + longer
            for block in blocks[: len(floor.blocks)]:
                taken = min(left, max(0, block[1] - block[0]))
                block[1], left = min(block[1], block[0] + taken), left - taken
        self.blocks = blocks

    @property
    def last_floor_time(self) -> int:
        """What the reserves leave of the last block; less than 0 if they are longer than it."""
        start, end = self.blocks[-1]
        return end - start

    def seat(self, limits: Iterable[int | Limit]) -> list[Held]:
        """Give the floor to one after the other, until somebody fits no remaining block.

        A limit is a number of seconds, or tells it of the second at which one begins.
        """
        held: list[Held] = []
        block, clock = 0, self.blocks[0][0]
        for given in limits:
            limit = given if callable(given) else lambda _, seconds=given: seconds
            due = [length for n, length in self.rounds if held and len(held) % n == 0]
            if due:
                while clock + sum(due) > self.blocks[block][1]:
                    block += 1
                    if block == len(self.blocks):
                        return held
                    clock = self.blocks[block][0]
                clock += sum(due)
            elif held:
                clock += self.changeover
            while clock + limit(clock) > self.blocks[block][1]:
                block += 1
                if block == len(self.blocks):
                    return held
                clock = self.blocks[block][0]
            held.append(Held(block, clock, clock + limit(clock)))
            clock = held[-1].end
        return held

    def fill(self, limit: int | Limit) -> list[Held]:
        """Give the floor to as many as fit, all with one limit."""
        return self.seat(repeat(limit))

    def hears(self, limits: Sequence[int | Limit]) -> bool:
        """Whether all are heard."""
        return len(self.seat(limits)) == len(limits)


def longest_limit(
    hall: Hall, step: int, limits: Callable[[int], Sequence[int | Limit]]
) -> int | None:
    """Try every multiple of the step: the largest under which all are heard, or None."""
    longest = max(end - start for start, end in hall.blocks)
    heard = [n for n in range(step, longest + 1, step) if hall.hears(limits(n))]
    return max(heard, default=None)


def missing(floor: Floor, limits: Sequence[int | Limit]) -> int:
    """Make the last block longer by one second after the other until all are heard."""
    longer = 0
    while not Hall(floor, longer).hears(limits):
        longer += 1
    return longer


def missing_block(floor: Floor, limits: Sequence[int | Limit]) -> int:
    """Make a new last block ever longer until it holds its reserves and all are heard."""
    if Hall(floor).hears(limits):
        return 0
    new = 0
    while not (Hall(floor, new=new).last_floor_time >= 0 and Hall(floor, new=new).hears(limits)):
        new += 1
    return new
