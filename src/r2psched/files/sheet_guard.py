"""The room that the sheets of a workbook take, and what there is to know of their cells.

calamine lays out a sheet whole, up to its farthest cell, and gives errors as empty cells. So a
workbook is looked at before, element by element as calamine does it: of two ways to read what no
program writes, the one that takes more room counts, or the workbook is refused.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from r2psched.errors import Fault, InvalidInput
from r2psched.files.sheet_values import Trouble, letters

__all__ = [
    "COUNT",
    "MOST_CELLS",
    "UNCOMPUTED",
    "Checked",
    "Marks",
    "Room",
    "SheetGuard",
    "failed",
    "refused",
]

MOST_CELLS = 2 << 20
"""How many cells all sheets may have together, empty ones among the others included."""

COUNT = re.compile(r"[0-9]{1,9}")
"""How a count is written that may be true."""

UNCOMPUTED = Trouble(
    "holds a formula whose value was never computed: open the file in a spreadsheet program and "
    "save it"
)
_MOST_COLUMNS = 200
_MOST_ROWS = 1 << 20
_MOST_TEXT = 64 << 20
_MOST_TROUBLES = 10_000
_LONGEST_ERROR = 20


class Marks(NamedTuple):
    """What calamine does not tell of a sheet; rows and columns are counted from 0.

    Attributes:
        troubles: The cells that hold no value, by row and column.
        merged: Cells merged downwards: row, column, and the last row.
    """

    troubles: dict[tuple[int, int], Trouble]
    merged: list[tuple[int, int, int]]


class Checked(NamedTuple):
    """A workbook that calamine may read: its bytes, and what it does not tell of each sheet."""

    data: bytes
    sheets: dict[str, Marks]


class Room:
    """How much all sheets of a workbook hold."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.cells = self.text = 0


class SheetGuard:
    """Looks at the cells of one sheet, laid out from its first row to its farthest cell.

    Attributes:
        marks: What there is to know of it.
    """

    def __init__(self, room: Room) -> None:
        """Take the room of the workbook."""
        self.marks = Marks({}, [])
        self._room = room
        self._first: int | None = None
        self._last = self._width = self._cells = 0

    def hold(self, row: int, column: int, text: int, alike: int = 1) -> None:
        """Make room for a cell, repeated in rows below, and for so many characters in all."""
        if column >= _MOST_COLUMNS or row + alike > _MOST_ROWS:
            message = f"lies beyond the {_MOST_COLUMNS} columns and {_MOST_ROWS:,} rows of a list"
            raise refused(row, f"{message}: remove it", column)
        self._first = row if self._first is None else min(self._first, row)
        self._last = max(self._last, row + alike - 1)
        self._width = max(self._width, column + 1)
        cells = (self._last - self._first + 1) * self._width
        self._room.cells += cells - self._cells
        self._cells = cells
        if self._room.cells > MOST_CELLS:
            message = f"makes the sheets larger than {MOST_CELLS:,} cells: remove what lies far off"
            raise refused(row, message, column)
        self._room.text += text
        if self._room.text > _MOST_TEXT:
            message = "and the rows above hold too much text: keep the list alone in a file"
            raise refused(row, message)

    def mark(self, row: int, column: int, trouble: Trouble, high: int = 1, wide: int = 1) -> None:
        """Note that a cell holds no value, repeated below and beside it."""
        if len(self.marks.troubles) + high * wide > _MOST_TROUBLES:
            message = f"and the rows above hold more than {_MOST_TROUBLES:,} errors: correct them"
            raise refused(row, message)
        for at in range(row, row + high):
            places = ((at, beside) for beside in range(column, column + wide))
            self.marks.troubles.update(dict.fromkeys(places, trouble))


def refused(row: int, message: str, column: int | None = None) -> InvalidInput:
    """What is wrong with a row or a cell, so that no more of the workbook can be read."""
    beside = "" if column is None else f", column {letters(column)}"
    return InvalidInput([Fault(f"row {row + 1}{beside}", message)])


def failed(error: str) -> Trouble:
    """What is told of a cell that holds an error."""
    return Trouble(f"holds the error {error[:_LONGEST_ERROR]}: correct it in the spreadsheet")
