"""The rows of a log of the floor: which column holds what, and the texts of each row."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import attrs

from r2psched.errors import Fault, InvalidInput, InvalidValue, nearest, shown
from r2psched.files.lists import COLUMNS, _rows
from r2psched.files.loading import decode, load
from r2psched.files.sheet_values import Trouble, as_text, letters
from r2psched.files.sheets import sheet_rows
from r2psched.files.used import USED
from r2psched.files.workbooks import is_workbook, split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from r2psched.files.sheet_values import Cell
    from r2psched.pace.records import Kind

__all__ = ["NAMES", "Columns", "Row", "columns_of", "log_rows", "row_of"]

T = TypeVar("T")
NAMES = ("who", "id", "delegation", "speaker")
"""The columns that say who; of several the first that is filled counts."""

_COLUMNS = {
    "who": ("who", "title"),
    "start": ("start", "starts", "start time", "started", "began", "begin", "begins", "from"),
    "end": ("end", "ends", "end time", "ended", "finished", "until", "to"),
    "length": ("took", *USED),
    "kind": ("kind", "type", "event"),
    "category": ("category",),
}
_OF_LISTS = frozenset({"id", "delegation", "speaker", "limit"})
_OWN = {name: field for field, names in _COLUMNS.items() for name in names}
_FIELDS = {name: field for name, field in COLUMNS.items() if field in _OF_LISTS} | _OWN
_TIMES = frozenset({"start", "end"})
_KINDS: dict[str, Kind] = {
    "": "intervention",
    "intervention": "intervention",
    "speech": "intervention",
    "spoke": "intervention",
    "statement": "intervention",
    "absent": "absent",
    "no show": "absent",
    "not present": "absent",
    "reply": "reply",
    "right of reply": "reply",
    "break": "break",
    "pause": "break",
    "recess": "break",
    "suspended": "break",
    "suspension": "break",
}
_WORDS = re.compile(r"[\W_]+")
_NEAR = 0.8
_MOST_COLUMNS = 200


class Columns(NamedTuple):
    """The columns of a log.

    Attributes:
        at: By field, where its column stands, counted from 0.
        titles: Of all columns.
    """

    at: dict[str, int]
    titles: list[str]

    def place(self, row: int, field: str) -> str:
        """Where a cell stands, as the user sees it; the row where there is no such column."""
        column = f", column {shown(self.titles[self.at[field]])}" if field in self.at else ""
        return f"row {row}{column}"


def log_rows(name: str) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows of a log that hold anything, with their numbers.

    Raises:
        InvalidInput: If it is neither CSV nor a workbook.
        FileFailed: If it cannot be read.
        MissingExtra: If it is a workbook, and the extra `sheets` is not installed.
    """
    file, sheet = split(name)
    data = load(file)
    return sheet_rows(data, sheet) if is_workbook(Path(file), data) else _rows(decode(data))


def _plain(title: str) -> str:
    return _WORDS.sub(" ", title.casefold()).strip()


def columns_of(row: int, header: Sequence[Cell], *, limited: bool) -> Columns:
    """Say which column of a header holds what.

    Args:
        row: The number of the header's row.
        header: Its cells.
        limited: Whether limits are known without a column for them.

    Raises:
        InvalidInput: All that is wrong with it.
    """
    if len(header) > _MOST_COLUMNS:
        message = f"has {len(header):,} columns, expected at most {_MOST_COLUMNS}"
        raise InvalidInput([Fault(f"row {row}", message)])
    faults: list[Fault] = []
    columns = Columns({}, [])
    for at, cell in enumerate(header):
        trouble = cell.message if isinstance(cell, Trouble) else None
        title = "" if isinstance(cell, Trouble) else as_text(cell).strip()
        place = f"row {row}, column {letters(at) if trouble else shown(title)}"
        columns.titles.append(title)
        field = _FIELDS.get(_plain(title))
        if field is None:
            plain = _plain(title)
            close = nearest(plain, _OWN, _NEAR) or nearest(plain, _FIELDS, _NEAR)
            trouble = f"unknown column: did you mean {shown(close)}?" if close else trouble
        elif field in columns.at:
            trouble = f"gives the {field} a second time: remove one of the two"
        else:
            columns.at[field] = at
        faults += [Fault(place, trouble)] if trouble else []
    needed = [
        (NAMES, 'who had the floor: name one "who"'),
        (("start",), 'the start: name one "start"'),
        (("end", "length"), 'the end: name one "end", or one "length"'),
    ]
    needed += [] if limited else [(("limit",), 'the limit: name one "limit"')]
    # What is misspelt is told already.
    for fields, what in () if faults else needed:
        if not columns.at.keys() & fields:
            faults.append(Fault(f"row {row}", f"has no column for {what}"))
    if faults:
        raise InvalidInput(faults)
    return columns


@attrs.define
class Row:
    """One row: the texts of its cells by field, and what is wrong with them.

    Attributes:
        columns: Of the log.
        number: Of the row.
        texts: By field, what each cell says that is not empty.
        faults: What is wrong, as far as it is known.
    """

    columns: Columns
    number: int
    texts: Mapping[str, str]
    faults: list[Fault] = attrs.field(factory=list)

    def blame(self, field: str, message: str) -> None:
        """Note what is wrong with a cell."""
        self.faults.append(Fault(self.columns.place(self.number, field), message))

    def read(self, field: str, by: Callable[[str], T]) -> T | None:
        """Read a cell; None if it is empty or wrong."""
        text = self.texts.get(field)
        try:
            return None if text is None else by(text)
        except InvalidValue as error:
            self.blame(field, str(error))
            return None

    def kind(self) -> Kind:
        """What kind of record it is."""
        return self.read("kind", _kind) or "intervention"


def _kind(text: str) -> Kind:
    kind = _KINDS.get(_plain(text))
    if kind is not None:
        return kind
    close = nearest(_plain(text), filter(None, _KINDS))
    known = 'expected "intervention", "absent", "reply" or "break", or an empty cell'
    hint = f"did you mean {shown(close)}?" if close else known
    msg = f"unknown kind {shown(text)}: {hint}"
    raise InvalidValue(msg)


def row_of(columns: Columns, number: int, cells: Sequence[Cell]) -> Row:
    """Read the texts of a row.

    Raises:
        InvalidInput: If it has more cells than the header, or some are in trouble.
    """
    if any(cell != "" for cell in cells[len(columns.titles) :]):
        count = len(columns.titles)
        message = f"has {len(cells)} cells, but the header has {count} columns"
        raise InvalidInput([Fault(f"row {number}", message)])
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    for field, at in columns.at.items():
        cell = cells[at] if at < len(cells) else ""
        if isinstance(cell, Trouble):
            faults.append(Fault(columns.place(number, field), cell.message))
        elif text := as_text(cell, None if field in _TIMES else "limit").strip():
            texts[field] = text
    if faults:
        raise InvalidInput(faults)
    return Row(columns, number, texts)
