"""A day's blocks drawn to scale in plain text: rooms as lanes, sessions as letters."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from r2psched.blocks import from_epoch
from r2psched.tables import fitted, text_of, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from r2psched.blocks import TimeBlock
    from r2psched.programme import Part, Programme

__all__ = ["LETTERS", "timeline"]

LETTERS = string.ascii_lowercase + string.ascii_uppercase
_MINUTE = 60_000_000
_HOUR = 60 * _MINUTE
_WIDEST = 70  # and the last label of an hour reaches two columns further
_MINUTES_A_COLUMN = (5, 10, 15, 20, 30, 60)
_FURTHEST = 48 * _HOUR  # the latest start on any date lies 25 hours behind the first
_LONGEST_NAME = 24
_LABEL = 3


def timeline(programme: Programme, parts: Sequence[Part], letters: dict[str, str]) -> list[str]:
    """Draw the blocks that begin on one date on one scale, at most 72 columns wide.

    Args:
        programme: Says the room of each session.
        parts: The blocks, by start; not empty.
        letters: The mark of each session, by its id.

    Returns:
        Lines: the hours, then a lane for each room; more lanes where blocks of one room overlap or
        are too short for a column each. A block that lasts longer than two days ends in ">".
    """
    start = parts[0].block.start_us
    first = start - _past_the_hour(start, programme.zone)
    end = min(max(part.block.end_us for part in parts), first + _FURTHEST)
    scale = next(m * _MINUTE for m in _MINUTES_A_COLUMN if (end - first) / (m * _MINUTE) <= _WIDEST)
    columns = -(-(end - first) // scale)
    rooms: dict[str, list[_Lane]] = {}
    for part in parts:
        lanes = rooms.setdefault(programme.room_of(part.session) or "", [])
        span = _columns(part.block, first, scale, columns)
        mark = letters[part.session.id]
        if not any(lane.take(part.block, span, mark) for lane in lanes):
            lane = _Lane(columns)
            lane.take(part.block, span, mark)
            lanes.append(lane)
    names = {
        room: fitted(text_of(room), _LONGEST_NAME) if room or len(rooms) == 1 else "(no room)"
        for room in rooms
    }
    margin = max(map(width, names.values()))
    margin += 1 if margin else 0
    lines = [" " * margin + _hours(first, scale, columns, programme.zone)]
    for room, lanes in rooms.items():
        for name, lane in zip([names[room]] + [""] * len(lanes), lanes, strict=False):
            lines.append(name + " " * (margin - width(name)) + "".join(lane.drawn))
    return [line.rstrip() for line in lines]


class _Lane:
    """One row of marks, taken from the left."""

    def __init__(self, columns: int) -> None:
        self.drawn = [" "] * columns
        self.taken = 0
        self.end_us = 0

    def take(self, block: TimeBlock, span: tuple[int, int, bool], mark: str) -> bool:
        """Draw a block if it begins behind all others and has a column left for itself."""
        left, right, goes_on = span
        left = max(left, self.taken)
        if (self.taken and block.start_us < self.end_us) or left >= right:
            return False
        self.drawn[left:right] = mark * (right - left)
        if goes_on:
            self.drawn[right - 1] = ">"
        self.taken, self.end_us = right, block.end_us
        return True


def _columns(block: TimeBlock, first: int, scale: int, columns: int) -> tuple[int, int, bool]:
    """Where a block is drawn: from a column to before another, and whether it goes on there."""
    left = (block.start_us - first) // scale
    right = max(left + 1, (block.end_us - first) // scale)
    return left, min(right, columns), right > columns


def _past_the_hour(us: int, zone: str) -> int:
    local = from_epoch(us, zone)
    return (local.minute * 60 + local.second) * 1_000_000


def _hours(first: int, scale: int, columns: int, zone: str) -> str:
    """Label the whole hours of the clock, as many as there is room for."""
    line = [" "] * (columns + 2)
    step = max(1, -(-_LABEL * scale // _HOUR))
    free = 0
    for hour in range(first, first + columns * scale + _HOUR, _HOUR):
        # Some clocks change by half an hour.
        at = hour - _past_the_hour(hour, zone)
        local, left = from_epoch(at, zone), (at - first) // scale
        if free <= left <= columns and local.minute == 0 and local.hour % step == 0:
            line[left : left + 2] = f"{local.hour:02}"
            free = left + _LABEL
    return "".join(line)
