"""The key: what boxes mean that have room for no more than a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from r2psched.drawing import Label, text_width, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Entry", "Keys", "key_labels"]

_SIZE = 11.0
_MOST = 3
_COLUMN = 280.0
_GAP = 8.0
_LINE = 15.0


@attrs.frozen
class Entry:
    """What the key says of one box.

    Attributes:
        number: The number in the box; empty where it has no room even for that.
        times: When it is.
        text: All else that the box cannot say.
    """

    number: str
    times: str
    text: str


class Keys:
    """Numbers boxes in one series, and collects what they mean."""

    def __init__(self) -> None:
        """Start from 1."""
        self._count = 0
        self._entries: list[Entry] = []

    @property
    def next(self) -> str:
        """The number of the next box that has room for one."""
        return f"{self._count + 1}"

    def add(self, entry: Entry) -> None:
        """Say what one box means."""
        self._count += bool(entry.number)
        self._entries.append(entry)

    def take(self) -> list[Entry]:
        """The entries since the last time."""
        taken, self._entries = self._entries, []
        return taken


def key_labels(
    entries: Sequence[Entry], left: float, top: float, right: float
) -> tuple[list[Label], float]:
    """Write the key in columns.

    Args:
        entries: What it says.
        left: Where it starts, in pixels.
        top: Where its first line starts.
        right: Where it ends.

    Returns:
        The labels, and where the key ends.
    """
    columns = max(1, int((right - left) // _COLUMN))
    wide = (right - left) / columns
    numbers = max((text_width(each.number, _SIZE, bold=True) for each in entries), default=0.0)
    times = max((text_width(each.times, _SIZE) for each in entries), default=0.0)
    labels: list[Label] = []
    for at in range(0, len(entries), columns):
        lines = 1
        for column, entry in enumerate(entries[at : at + columns]):
            x = left + column * wide
            y = top + _LINE
            if entry.number:
                labels.append(Label(entry.number, x + numbers, y, _SIZE, "end", bold=True))
            x += numbers + _GAP
            labels.append(Label(entry.times, x, y, _SIZE, paint="muted"))
            x += times + _GAP
            parts = wrapped(entry.text, _SIZE, left + (column + 1) * wide - x - 2 * _GAP, _MOST)
            labels += [
                Label(part, x, y + _LINE * line, _SIZE, paint="muted")
                for line, part in enumerate(parts)
            ]
            lines = max(lines, len(parts))
        top += lines * _LINE
    return labels, top
