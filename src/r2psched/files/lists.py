"""Lists of speakers as CSV, with the columns as people name them."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from r2psched.errors import Fault, FileFailed, InvalidInput, InvalidValue, nearest, shown
from r2psched.files.faults import faults_of
from r2psched.files.loading import decode, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from r2psched.files.setting import Setting
    from r2psched.speakers import Inscription

__all__ = ["COLUMNS", "delimiter_of", "field_of", "find_list", "read_list"]

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
_NEAR = 0.8


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
        raise FileFailed(setting.folder / name, "read", "there is no such file") from error
    except (OSError, RuntimeError, ValueError) as error:
        raise FileFailed(shown(name), "read", str(error)) from error
    if not path.is_relative_to(folder):
        msg = (
            f"{shown(name)} lies outside the programme's folder: put the file beside the programme"
        )
        raise InvalidValue(msg)
    return path


def read_list(
    name: str, setting: Setting, make: Callable[[Mapping[str, Any]], Inscription]
) -> tuple[Inscription, ...]:
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
    text = setting.lists.get(path)
    if text is None:
        try:
            text = decode(load(path))
        except InvalidInput as error:
            raise InvalidInput(
                Fault(f"{name} {f.place}", f.message) for f in error.faults
            ) from error
    made: list[Inscription] = []
    faults: list[Fault] = []
    rows = _rows(text, name)
    header_row, header = next(rows, (1, []))
    fields = _fields(header, f"{name} row {header_row}", faults)
    if faults:
        raise InvalidInput(faults)
    for number, cells in rows:
        where = f"{name} row {number}"
        if len(cells) > len(fields) and any(cell.strip() for cell in cells[len(fields) :]):
            faults.append(
                Fault(where, f"has {len(cells)} cells, but the header has {len(fields)} columns")
            )
            continue
        try:
            made.append(make(_values(fields, cells)))
        except ExceptionGroup as error:
            columns = {field: title for field, title, _ in fields}
            for fault in faults_of(error, None):
                field = fault.place.split(".")[0]
                column = columns.get(field)
                place = f"{where}, column {shown(column)}" if column else where
                faults.append(Fault(place, fault.message))
    if faults:
        raise InvalidInput(faults)
    return tuple(made)


def delimiter_of(text: str) -> str:
    """The delimiter of a CSV text: the one of comma, semicolon and tab its first line has most."""
    first = next((line for line in io.StringIO(text) if line.strip()), "")
    return max(",;\t", key=first.count)


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):  # the row is told on failure
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as error:
        fault = Fault(f"{name} row {number + 1}", f"cannot be read as CSV: {error}")
        raise InvalidInput([fault]) from error


def field_of(title: str) -> str | None:
    """The field that a column of this title stands for, or None if it is a trait."""
    return COLUMNS.get(_WORDS.sub(" ", title.casefold()).strip())


def _fields(
    header: list[str], where: str, faults: list[Fault]
) -> list[tuple[str | None, str, str]]:
    """For each column its field (None for a trait), its title, and the key under which it goes."""
    fields: list[tuple[str | None, str, str]] = []
    seen: set[str] = set()
    for at, title in enumerate(map(str.strip, header), 1):
        field = field_of(title)
        key = field or title
        if not title:
            fields.append((None, "", ""))
            continue
        close = None if field else nearest(_WORDS.sub(" ", title.casefold()), COLUMNS, _NEAR)
        if close:
            hint = "did you mean "
            faults.append(Fault(where, f"unknown column {shown(title)}: {hint}{shown(close)}?"))
        if key in seen:
            faults.append(Fault(where, f"column {at}, {shown(title)}, gives {key} a second time"))
        seen.add(key)
        fields.append((field, title, key))
    if not seen & {"delegation", "speaker"}:
        msg = "has no column for the delegation or the speaker: name one of them so"
        faults.append(Fault(where, msg))
    return fields


def _values(fields: list[tuple[str | None, str, str]], cells: list[str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    traits: dict[str, str] = {}
    for (field, title, key), cell in zip(fields, map(str.strip, cells), strict=False):
        if not cell or not title:
            continue
        if field is None:
            traits[key] = cell
        elif field == "email":
            values[field] = [each for each in _ADDRESSES.split(cell) if each]
        else:
            values[field] = cell
    return values | ({"traits": traits} if traits else {})
