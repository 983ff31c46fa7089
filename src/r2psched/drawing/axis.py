"""An axis of time over blocks: all blocks on one scale, the breaks between them narrow."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import merge, write_clock
from r2psched.blocks.instants import to_local
from r2psched.errors import InvalidValue
from r2psched.language.dates import date_forms

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from r2psched.blocks import TimeBlock

__all__ = ["Axis", "Stretch"]

_MINUTE = 60_000_000
_BREAK = 14.0
_NIGHT = 22.0
_BREAKS_AT_MOST = 0.18
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720)
_TICK = 42.0


@attrs.frozen
class Stretch:
    """A span of time and where it is drawn, from left to right.

    Attributes:
        start_us: Its start, in microseconds since the epoch.
        end_us: Its end.
        left: Where it starts, in pixels.
        right: Where it ends.
        zone: The name of the zone its times are told in.
    """

    start_us: int
    end_us: int
    left: float
    right: float
    zone: str

    def local(self, us: int) -> dt.datetime:
        """The time of an instant on the wall, without a zone."""
        return to_local(us, self.zone)[0]

    def clock(self, us: int) -> str:
        """The time of an instant as it is written: with its mark where clocks show it twice."""
        return write_clock(us, self.zone)


class Axis:
    """Where instants are drawn: blocks to one scale, breaks at most as wide as can be seen.

    Attributes:
        blocks: A stretch for each block, in order; what overlaps or touches is one.
        breaks: A stretch for each break between two blocks.
        left: Where the first block starts, in pixels.
        right: Where the last one ends.
        language: The language of its dates.

    >>> from r2psched import Day
    >>> day = Day("2014-09-08", zone="UTC")
    >>> axis = Axis([day("10:00-13:00"), day("15:00-18:00")], 100, 700)
    >>> [(s.left, s.right) for s in axis.blocks]
    [(100.0, 393.0), (407.0, 700.0)]
    """

    def __init__(
        self, blocks: Iterable[TimeBlock], left: float, right: float, language: str = "en"
    ) -> None:
        """Lay blocks out between two places.

        Raises:
            InvalidValue: If there is no block.
        """
        self.left, self.right, self.language = float(left), float(right), language
        runs = merge(blocks)
        if not runs:
            msg = "expected at least one block to draw, got none"
            raise InvalidValue(msg)
        nights = [
            to_local(one.end_us - 1, one.zone)[0].date()
            != to_local(two.start_us, two.zone)[0].date()
            for one, two in pairwise(runs)
        ]
        pauses = [two.start_us - one.end_us for one, two in pairwise(runs)]
        room = self.right - self.left
        caps = [_NIGHT if night else _BREAK for night in nights]
        shrunk = min(1.0, _BREAKS_AT_MOST * room / sum(caps)) if caps else 1.0
        caps = [cap * shrunk for cap in caps]
        floor = sum(run.end_us - run.start_us for run in runs)
        self._scale = _scale(floor, list(zip(pauses, caps, strict=True)), room)
        self.blocks, self.breaks = self._laid_out(runs, caps)
        self._one_date = len({block.local(block.start_us).date() for block in self.blocks}) == 1
        self._starts = [block.start_us for block in self.blocks]

    def _laid_out(
        self, runs: tuple[TimeBlock, ...], caps: list[float]
    ) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
        blocks: list[Stretch] = []
        breaks: list[Stretch] = []
        at = self.left
        for run, cap in zip(runs, [0.0, *caps], strict=True):
            if blocks:
                end = blocks[-1].end_us
                wide = min(cap, (run.start_us - end) * self._scale)
                breaks.append(Stretch(end, run.start_us, at, at + wide, blocks[-1].zone))
                at += wide
            wide = (run.end_us - run.start_us) * self._scale
            blocks.append(Stretch(run.start_us, run.end_us, at, at + wide, run.zone))
            at += wide
        # The sum of many widths misses the edge by a rounding.
        blocks[-1] = attrs.evolve(blocks[-1], right=self.right)
        return tuple(blocks), tuple(breaks)

    def covers(self, us: int) -> bool:
        """Whether an instant lies between the start of the first block and the end of the last."""
        return self.blocks[0].start_us <= us <= self.blocks[-1].end_us

    def block_at(self, us: int) -> Stretch:
        """The block an instant lies in or comes behind; the first for what comes before all."""
        return self.blocks[max(0, bisect_right(self._starts, us) - 1)]

    def x(self, us: int) -> float:
        """Where an instant is drawn; what lies outside all blocks is drawn at the edge."""
        at = max(0, bisect_right(self._starts, us) - 1)
        within = self.blocks[at]
        if us > within.end_us and at < len(self.breaks):
            within = self.breaks[at]
        part = (us - within.start_us) / (within.end_us - within.start_us)
        return within.left + min(1.0, max(0.0, part)) * (within.right - within.left)

    @property
    def zones(self) -> str:
        """The zones that the times of the blocks are told in."""
        return ", ".join(dict.fromkeys(block.zone for block in self.blocks))

    def moment(self, us: int) -> str:
        """Write a time; with its date if the blocks start on several dates."""
        block = self.block_at(us)
        if self._one_date:
            return block.clock(us)
        return f"{date_forms(block.local(us).date(), self.language)[3]} {block.clock(us)}"

    def parts(self, start_us: int, end_us: int) -> Iterator[tuple[float, float]]:
        """Where the parts of a span that lie in blocks are drawn, from left to right."""
        first = max(0, bisect_right(self._starts, start_us) - 1)
        for at in range(first, len(self.blocks)):
            block = self.blocks[at]
            if block.start_us > end_us:
                return
            low, high = max(start_us, block.start_us), min(end_us, block.end_us)
            if low < high or low == high == start_us:
                yield self.x(low), self.x(high)

    def ticks(self) -> Iterator[tuple[Stretch, int]]:
        """The round times within each block, as dense as there is room for their labels."""
        step = next((s for s in _STEPS if s * _MINUTE * self._scale >= _TICK), None)
        if step is None:
            return
        for block in self.blocks:
            at = _rounded_up(block, block.start_us, step)
            while at < block.end_us:
                if at > block.start_us:
                    yield block, at
                # Clocks may change on the way, so that the next is looked for behind this one.
                at = _rounded_up(block, at + _MINUTE, step)


def _scale(floor: int, breaks: list[tuple[int, float]], room: float) -> float:
    """Find the pixels a microsecond takes, where a break takes its own length or its cap."""
    capped = sum(cap for _, cap in breaks)
    scale = (room - capped) / floor
    for pause, cap in sorted(breaks, key=lambda each: each[0] / each[1]):
        if pause * scale >= cap:
            break
        floor, capped = floor + pause, capped - cap
        scale = (room - capped) / floor
    return scale


def _rounded_up(block: Stretch, us: int, step: int) -> int:
    local = block.local(us)
    past = (local.hour * 60 + local.minute) % step * _MINUTE + local.second * 1_000_000
    past += local.microsecond
    return us if past == 0 else us - past + step * _MINUTE
