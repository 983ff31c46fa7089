"""Windows of starts as bands of text, on a line that has the blocks to scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from r2psched.blocks import TimeBlock
    from r2psched.forecasting.wording import Clock

__all__ = ["Bands"]

_NARROWEST = 3


class Bands:
    """A line of text on which blocks stand to scale, with one column for each break between them.

    >>> from r2psched import Day
    >>> from r2psched.forecasting.wording import Clock
    >>> blocks = [Day("2014-09-08", zone="UTC")(time) for time in ("10:00-11:00", "12:00-13:00")]
    >>> bands = Bands(blocks, 25)
    >>> print(bands.ruler(Clock(blocks)))
    10:00        12:00
    >>> start = blocks[0].start_us
    >>> print(bands.line((start, start + 10 * 60_000_000, start + 40 * 60_000_000)))
    ==O======--- ------------
    """

    def __init__(self, blocks: Sequence[TimeBlock], most: int) -> None:
        """Lay blocks out on at most so many columns; without columns if they do not fit."""
        self._blocks: list[tuple[TimeBlock, int, int]] = []
        self.width = 0
        room = most - (len(blocks) - 1)
        if room < _NARROWEST * len(blocks):
            return
        total = sum(block.end_us - block.start_us for block in blocks)
        # Of the columns that are left when each block has its least, each gets its part.
        rest, seen, at = room - _NARROWEST * len(blocks), 0, 0
        for block in blocks:
            length = block.end_us - block.start_us
            size = _NARROWEST + rest * (seen + length) // total - rest * seen // total
            self._blocks.append((block, at, size))
            at, seen = at + size + 1, seen + length
        self.width = at - 1

    def _column(self, us: int) -> int:
        """The column of a moment; that before it for one in a break."""
        found = 0
        for block, at, size in self._blocks:
            if us >= block.start_us:
                part = (us - block.start_us) * size // (block.end_us - block.start_us)
                found = at + min(size - 1, part)
        return found

    def ruler(self, clock: Clock) -> str:
        """When each block begins, as far as there is room."""
        line = [" "] * self.width
        free = 0
        for block, at, _ in self._blocks:
            told = clock.exact(block.start)
            if at >= free and at + len(told) <= self.width:
                line[at : at + len(told)] = told
                free = at + len(told) + 1
        return "".join(line).rstrip()

    def line(self, window: tuple[int, int, int] | None) -> str:
        """The blocks, and on them a window of starts with the moment in its middle."""
        line = [" "] * self.width
        for _, at, size in self._blocks:
            line[at : at + size] = "-" * size
        if window is not None and self.width:
            first, middle, last = map(self._column, window)
            line[first : last + 1] = ["=" if c == "-" else c for c in line[first : last + 1]]
            line[middle] = "O"
        return "".join(line)
