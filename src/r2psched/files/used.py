"""Logs of what was used of a debate's time, as CSV or in workbooks: who spoke, and how long."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from r2psched.durations import as_duration
from r2psched.errors import (
    AmbiguousName,
    Fault,
    InvalidInput,
    InvalidValue,
    UnknownName,
    nearest,
    shown,
)
from r2psched.files.lists import _rows, field_of
from r2psched.files.loading import decode, load
from r2psched.files.sheet_values import Trouble, as_text, letters
from r2psched.files.sheets import sheet_rows
from r2psched.files.workbooks import is_workbook, split
from r2psched.shares import Membership, tallied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import timedelta

    from r2psched.shares import Shares, Tally
    from r2psched.speakers import Inscription

__all__ = ["USED", "read_used"]

USED = ("used", "time used", "taken", "time taken", "spoken", "time spoken", "duration", "length")
"""What the column of lengths may be called, in small letters with spaces."""

_WORDS = re.compile(r"[\W_]+")
_NAMES = ("group", "id", "delegation", "speaker")
_GROUP = "group"
_MOST_HINTS = 20


class _Columns(NamedTuple):
    """Where the columns stand that are read: of names, the one that counts first, and lengths."""

    names: list[int]
    used: int
    titles: list[str]


def read_used(path: Path | str, shares: Shares, speakers: Sequence[Inscription] = ()) -> Tally:
    """Read how much time each group has used.

    Args:
        path: The CSV file or workbook, a sheet behind it and "#": one column names the group, or
            the id, delegation or speaker of an inscription; another, "used", tells how long. Of
            several columns of names the first that is filled counts, in this order. Other columns
            are passed over.
        shares: The groups.
        speakers: The list of speakers, whose names stand for their groups.

    Raises:
        InvalidInput: All that is wrong with the rows, each with row and column.
        FileFailed: If it cannot be read.
        MissingExtra: If it is a workbook, and the extra `sheets` is not installed.
    """
    members = Membership(shares, tuple(speakers))
    entries: list[tuple[str | None, str, timedelta]] = []
    faults: list[Fault] = []
    try:
        rows = _texts(str(path))
        columns = _columns(*next(rows, (1, [])), by=shares.by)
        hints = 0
        for row, cells in rows:
            try:
                entries.append(_entry(columns, row, cells, members, hints=hints < _MOST_HINTS))
            except InvalidInput as error:
                faults += error.faults
                hints += 1
        if not faults:
            return tallied("used", entries)
    except InvalidInput as error:
        faults += error.faults
    except InvalidValue as error:
        faults.append(Fault("", str(error)))
    raise InvalidInput(faults, str(path))


def _texts(name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything; all cells in trouble are told before the first."""
    file, sheet = split(name)
    data = load(file)
    if not is_workbook(Path(file), data):
        yield from _rows(decode(data))
        return
    rows = list(sheet_rows(data, sheet))
    faults = [
        Fault(f"row {row}, column {letters(at)}", cell.message)
        for row, cells in rows
        for at, cell in enumerate(cells)
        if isinstance(cell, Trouble)
    ]
    if faults:
        raise InvalidInput(faults)
    for row, cells in rows:
        yield (
            row,
            [as_text(cell, "limit").strip() for cell in cells if not isinstance(cell, Trouble)],
        )


def _plain(title: str) -> str:
    return _WORDS.sub(" ", title.casefold()).strip()


def _kind(title: str, by: str) -> str | None:
    """What a column of names holds, or None if it is no such column."""
    if _plain(title) == _plain(by) or field_of(title) == "on_behalf":
        return _GROUP
    field = field_of(title)
    return field if field in _NAMES else None


def _columns(row: int, header: list[str], *, by: str) -> _Columns:
    faults: list[Fault] = []
    kinds: dict[str, int] = {}
    used: int | None = None
    for at, title in enumerate(map(str.strip, header)):
        place = f"row {row}, column {shown(title)}"
        kind = "used" if _plain(title) in USED else _kind(title, by)
        if kind is None:
            continue
        if kind in kinds or (kind == "used" and used is not None):
            faults.append(Fault(place, f"gives the {kind} a second time: remove one of the two"))
        elif kind == "used":
            used = at
        else:
            kinds[kind] = at
    if used is None:
        faults.append(_missing(row, header, "the time used", "used"))
    if not kinds:
        faults.append(_missing(row, header, "the group or the speaker", _GROUP))
    if faults or used is None:
        raise InvalidInput(faults)
    titles = [title.strip() for title in header]
    return _Columns([kinds[kind] for kind in _NAMES if kind in kinds], used, titles)


def _missing(row: int, header: list[str], what: str, name: str) -> Fault:
    close = nearest(name, (title.strip().casefold() for title in header[:_MOST_HINTS]))
    hint = f"is {shown(close)} it? Name it {shown(name)}" if close else f"name one {shown(name)}"
    return Fault(f"row {row}", f"has no column for {what}: {hint}")


def _entry(
    columns: _Columns, row: int, cells: list[str], members: Membership, *, hints: bool
) -> tuple[str | None, str, timedelta]:
    faults: list[Fault] = []
    if any(cell.strip() for cell in cells[len(columns.titles) :]):
        count = len(columns.titles)
        message = f"has {len(cells)} cells, but the header has {count} columns"
        raise InvalidInput([Fault(f"row {row}", message)])
    filled = dict(_filled(columns, cells))
    at = next((each for each in columns.names if each in filled), columns.names[0])
    name = filled.get(at, "")
    group, length = None, None
    try:
        group = _group(name, members, hints=hints)
    except (AmbiguousName, InvalidValue, UnknownName) as error:
        faults.append(_fault(columns, row, at, error))
    try:
        length = as_duration(filled.get(columns.used, ""))
    except InvalidValue as error:
        faults.append(_fault(columns, row, columns.used, error))
    if length is None or faults:
        raise InvalidInput(faults)
    return group, name, length


def _filled(columns: _Columns, cells: list[str]) -> Iterator[tuple[int, str]]:
    for at in (*columns.names, columns.used):
        cell = cells[at].strip() if at < len(cells) else ""
        if cell:
            yield at, cell


def _fault(columns: _Columns, row: int, at: int, error: Exception) -> Fault:
    return Fault(f"row {row}, column {shown(columns.titles[at])}", str(error))


def _group(name: str, members: Membership, *, hints: bool) -> str | None:
    if not name:
        msg = "is empty: name the group or the speaker"
        raise InvalidValue(msg)
    if not hints and name not in members:
        # To look for the nearest takes long, and who has twenty such needs another remedy.
        msg = f"no group or speaker {shown(name)}"
        raise InvalidValue(msg)
    return members.of(name)
