"""A day's blocks drawn to scale in plain text: rooms as lanes, sessions as letters."""

from __future__ import annotations

import string
from collections import defaultdict
from typing import TYPE_CHECKING

from r2psched.blocks import from_epoch
from r2psched.tables import text_of, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from r2psched.programme import Part, Programme

__all__ = ["LETTERS", "timeline"]

LETTERS = string.ascii_lowercase + string.ascii_uppercase
_MINUTE = 60_000_000
_HOUR = 60 * _MINUTE
_WIDEST = 72
_MINUTES_A_COLUMN = (5, 10, 15, 20, 30, 60, 120, 240)
_LONGEST_NAME = 24


def timeline(programme: Programme, parts: Sequence[Part], letters: dict[str, str]) -> list[str]:
    """Draw some blocks on one scale, at most 72 columns wide.

    Args:
        programme: Says the room of each session.
        parts: The blocks, by start; not empty.
        letters: The letter of each session, by its id; a break is drawn with "-".

    Returns:
        Lines: the hours, then a lane for each room, more where blocks of one room overlap; none
        if the blocks last longer than such a line can tell.
    """
    start = min(part.block.start_us for part in parts)
    end = max(part.block.end_us for part in parts)
    first = start - start % _HOUR
    scale = next(
        (m * _MINUTE for m in _MINUTES_A_COLUMN if (end - first) / (m * _MINUTE) <= _WIDEST), None
    )
    if scale is None:
        return []
    columns = -(-(end - first) // scale)
    lanes = [
        (name if number == 0 else "", lane)
        for name, rows in _lanes(programme, parts).items()
        for number, lane in enumerate(rows)
    ]
    margin = max(width(name) for name, _ in lanes)
    margin += 1 if margin else 0
    lines = [" " * margin + _hours(first, scale, columns, programme.zone)]
    for name, lane in lanes:
        drawn = [" "] * columns
        for session, _, block in lane:
            left = (block.start_us - first) // scale
            right = max(left + 1, (block.end_us - first) // scale)
            mark = "-" if session.is_break else letters[session.id]
            drawn[left:right] = mark * (right - left)
        lines.append(name + " " * (margin - width(name)) + "".join(drawn[:columns]))
    return lines


def _lanes(programme: Programme, parts: Iterable[Part]) -> dict[str, list[list[Part]]]:
    """By room, as few rows as keep blocks that overlap apart."""
    rooms: dict[str, list[list[Part]]] = defaultdict(list)
    for part in parts:
        name = text_of(programme.room_of(part.session))[:_LONGEST_NAME]
        for row in rooms[name]:
            if row[-1].block.end_us <= part.block.start_us:
                row.append(part)
                break
        else:
            rooms[name].append([part])
    return rooms


def _hours(first: int, scale: int, columns: int, zone: str) -> str:
    line = [" "] * (columns + 2)
    step = max(_HOUR, -(-4 * scale // _HOUR) * _HOUR)
    for at in range(first, first + columns * scale + 1, step):
        left = (at - first) // scale
        line[left : left + 2] = f"{from_epoch(at, zone):%H}"
    return "".join(line[: columns + 2])
