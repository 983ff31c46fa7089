"""Lists of speakers as CSV, with the columns as people name them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from r2psched.errors import Fault, FileFailed, InvalidInput, InvalidValue, nearest, shown
from r2psched.files.loading import decode, load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from r2psched.files.setting import Setting
    from r2psched.speakers import Inscription

__all__ = ["COLUMNS", "delimiter_of", "field_of", "find_list", "read_list"]

Make = Callable[[Mapping[str, Any]], "Inscription"]

_NAMES = {
    "delegation": (
        "delegation name, country, state, member state, organisation, organization, entity, "
        "name of delegation, participant"
    ),
    "speaker": "speaker name, name, name of speaker, full name",
    "category": "type, kind",
    "level": "rank, level of speaker, speaker level",
    "on_behalf": "on behalf, on behalf of, behalf of, group, speaking for",
    "received": "received at, registered, registered at, inscribed, inscribed at, timestamp",
    "late": "late reason, reason for late inscription",
    "email": "e mail, mail, emails, e mails, email address, e mail address, email addresses",
    "limit": "time limit, speaking limit, speaking time",
    "id": "uid, identifier",
}
COLUMNS = {
    name: field
    for field, names in _NAMES.items()
    for name in (field.replace("_", " "), *names.split(", "))
}
"""What a column may be called, in small letters with spaces, and the field it stands for."""

_WORDS = re.compile(r"[\W_]+")
_ADDRESSES = re.compile(r"[;,\s]+")
_QUOTED = re.compile(r'"[^"]*"')
_NEAR = 0.8
_MOST_COLUMNS = 200
_LONGEST_HEADER = 100_000


class _Column(NamedTuple):
    """A column: its title, and the field it stands for, or None if it is a trait."""

    title: str
    field: str | None


def find_list(name: str, setting: Setting) -> Path:
    """Find the file that a programme names, in the programme's folder and nowhere else.

    Raises:
        InvalidValue: If there is no folder, or the file lies outside it.
        FileFailed: If there is no such file.
    """
    if setting.folder is None:
        msg = f"cannot look for {shown(name)}: a text has no folder; read a file, or give folder="
        raise InvalidValue(msg)
    try:
        folder = setting.folder.resolve()
        path = (folder / name).resolve(strict=True)
    except FileNotFoundError as error:
        raise FileFailed(shown(name), "read", "there is no such file") from error
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it leads to no file"
        raise FileFailed(shown(name), "read", reason) from error
    if not path.is_relative_to(folder):
        msg = (
            f"{shown(name)} lies outside the programme's folder: put the file beside the programme"
        )
        raise InvalidValue(msg)
    return path


def read_list(name: str, setting: Setting, make: Make) -> tuple[Inscription, ...]:
    """Read the inscriptions of a CSV file: a header, then one row for each.

    Commas, semicolons or tabs; UTF-8 with or without a byte order mark; any line ends. A column
    that is not one of the known names is a trait.

    Args:
        name: The file, relative to the programme's folder.
        setting: Where the folder is, and the day and zone of times.
        make: Makes an inscription of a mapping from field to value.

    Raises:
        InvalidInput: All that is wrong with the rows, each with row and column.
        InvalidValue: If the file lies outside the folder.
        FileFailed: If it cannot be read.
    """
    path = find_list(name, setting)
    made: list[Inscription] = []
    faults: list[Fault] = []
    try:
        rows = _rows(setting.lists[path] if path in setting.lists else decode(load(path)))
        header_row, header = next(rows, (1, []))
        columns = _columns(header_row, header)
        for row, cells in rows:
            try:
                made.append(_made(row, columns, cells, make))
            except InvalidInput as error:
                faults += error.faults
    except InvalidInput as error:
        faults += error.faults
    if faults:
        file = shown(name)[1:-1]
        raise InvalidInput(Fault(f"{file} {fault.place}", fault.message) for fault in faults)
    return tuple(made)


def delimiter_of(text: str) -> str:
    """The delimiter of a CSV text: the one of comma, semicolon and tab its header has most."""
    lines = re.split(r"[\r\n]", _QUOTED.sub("", text[:_LONGEST_HEADER]))
    header = next(filter(str.strip, lines), "")
    return max(",;\t", key=header.count)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, 1):  # the row is told on failure
            if any(cell.strip() for cell in cells):
                yield row, cells
    except csv.Error as error:
        fault = Fault(f"row {row + 1}", f"cannot be read as CSV: {error}")
        raise InvalidInput([fault]) from error


def field_of(title: str) -> str | None:
    """The field that a column of this title stands for, or None if it is a trait."""
    return COLUMNS.get(_WORDS.sub(" ", title.casefold()).strip())


def _columns(row: int, header: list[str]) -> list[_Column]:
    if len(header) > _MOST_COLUMNS:
        message = f"has {len(header):,} columns, expected at most {_MOST_COLUMNS}"
        raise InvalidInput([Fault(f"row {row}", message)])
    columns = [_Column(title.strip(), field_of(title)) for title in header]
    faults: list[Fault] = []
    seen: set[str] = set()
    for title, field in columns:
        place, key = f"row {row}, column {shown(title)}", field or title
        close = None if field else nearest(_WORDS.sub(" ", title.casefold()), COLUMNS, _NEAR)
        if close:
            faults.append(Fault(place, f"unknown column: did you mean {shown(close)}?"))
        if title and key in seen:
            faults.append(Fault(place, f"gives {shown(key)} a second time: remove one of the two"))
        seen.add(key)
    if not seen & {"delegation", "speaker"}:
        message = "has no column for the delegation or the speaker: name one of them so"
        faults.append(Fault(f"row {row}", message))
    if faults:
        raise InvalidInput(faults)
    return columns


def _made(row: int, columns: list[_Column], cells: list[str], make: Make) -> Inscription:
    from r2psched.files.faults import faults_of  # noqa: PLC0415  # it knows what `make` raises

    if any(cell.strip() for cell in cells[len(columns) :]):
        message = f"has {len(cells)} cells, but the header has {len(columns)} columns"
        raise InvalidInput([Fault(f"row {row}", message)])
    values = _values(columns, cells)
    try:
        return make(values)
    except ExceptionGroup as error:
        titles = {column.field: column.title for column in columns if column.field}
        faults = []
        for fault in faults_of(error, values):
            title = titles.get(fault.place.partition("[")[0])
            column = f", column {shown(title)}" if title else ""
            faults.append(Fault(f"row {row}{column}", fault.message))
    raise InvalidInput(faults)


def _values(columns: list[_Column], cells: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    traits: dict[str, str] = {}
    for (title, field), cell in zip(columns, map(str.strip, cells), strict=False):
        if not cell or not title:
            continue
        if field is None:
            traits[title] = cell
        elif field == "email":
            values[field] = [each for each in _ADDRESSES.split(cell) if each]
        else:
            values[field] = cell
    return values | ({"traits": traits} if traits else {})
