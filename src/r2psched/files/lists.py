"""Lists of speakers as CSV or in workbooks, with the columns as people name them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from r2psched.errors import Fault, FileFailed, InvalidInput, InvalidValue, nearest, shown
from r2psched.files.loading import decode, load
from r2psched.files.workbooks import is_workbook, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from r2psched.files.setting import Setting
    from r2psched.files.sheet_values import Cell, Trouble
    from r2psched.speakers import Inscription

__all__ = ["COLUMNS", "FIELDS", "delimiter_of", "field_of", "find_list", "read_list", "title_of"]

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
    "place": "number, position",
    "placed": "why this place",
}
COLUMNS = {
    name: field
    for field, names in _NAMES.items()
    for name in (field.replace("_", " "), *names.split(", "))
}
"""What a column may be called, in small letters with spaces, and the field it stands for."""

FIELDS = tuple(_NAMES)
"""The fields that have a column, each called by its own name with blanks."""

_WORDS = re.compile(r"[\W_]+")
_ADDRESSES = re.compile(r"[;,\s]+")
_QUOTED = re.compile(r'"[^"]*"')
_TRAIT = re.compile(r"trait: *(?=\S)", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,9}")
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
    """Read the inscriptions of a CSV file or a workbook: a header, then one row for each.

    CSV: commas, semicolons or tabs; UTF-8 with or without a byte order mark; any line ends; an
    apostrophe before what a sheet would compute is taken off. Workbooks: .xlsx and .ods. A column
    that is not one of the known names is a trait, as is any called "trait: …".

    Args:
        name: The file, relative to the programme's folder; a sheet may stand behind it and "#".
        setting: Where the folder is, and the day and zone of times.
        make: Makes an inscription of a mapping from field to value.

    Raises:
        InvalidInput: All that is wrong with the rows, each with row and column.
        InvalidValue: If the file lies outside the folder.
        FileFailed: If it cannot be read.
    """
    file, sheet = split(name)
    path = find_list(file, setting)
    made: list[Inscription] = []
    faults: list[Fault] = []
    try:
        rows = _listed(path, sheet, setting)
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
        where = shown(name)[1:-1]
        raise InvalidInput(
            Fault(f"{where} {fault.place}".rstrip(), fault.message) for fault in faults
        )
    return tuple(made)


def _listed(path: Path, sheet: str | None, setting: Setting) -> Iterator[tuple[int, list[Cell]]]:
    if path in setting.lists:
        yield from _rows(setting.lists[path])
    elif is_workbook(path, data := load(path)):
        from r2psched.files.sheets import sheet_rows  # noqa: PLC0415  # most lists are CSV

        yield from sheet_rows(data, sheet)
    else:
        yield from _rows(decode(data))


def delimiter_of(text: str) -> str:
    """The delimiter of a CSV text: the one of comma, semicolon and tab its header has most."""
    lines = re.split(r"[\r\n]", _QUOTED.sub("", text[:_LONGEST_HEADER]))
    header = next(filter(str.strip, lines), "")
    return max(",;\t", key=header.count)


def _rows(text: str) -> Iterator[tuple[int, list[Any]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, 1):  # the row is told on failure
            if any(cell.strip() for cell in cells):
                yield row, [_unguarded(cell.strip()) for cell in cells]
    except csv.Error as error:
        fault = Fault(f"row {row + 1}", f"cannot be read as CSV: {error}")
        raise InvalidInput([fault]) from error


def _unguarded(cell: str) -> str:
    if not cell.startswith("'"):
        return cell
    from r2psched.files.cells import unguarded  # noqa: PLC0415  # few cells are guarded

    return unguarded(cell)


def _said(cell: Cell, field: str | None = None) -> str | Trouble:
    """The text of a cell, or what is wrong with it; those of CSV are texts."""
    if isinstance(cell, str):
        return cell.strip()
    from r2psched.files.sheet_values import Trouble, as_text  # noqa: PLC0415  # of sheets alone

    return cell if isinstance(cell, Trouble) else as_text(cell, field).strip()


def _letters(at: int) -> str:
    from r2psched.files.sheet_values import letters  # noqa: PLC0415  # of sheets alone

    return letters(at)


def field_of(title: str) -> str | None:
    """The field that a column of this title stands for, or None if it is a trait."""
    return COLUMNS.get(_WORDS.sub(" ", title.casefold()).strip())


def _near(title: str) -> str | None:
    return nearest(_WORDS.sub(" ", title.casefold()), COLUMNS, _NEAR)


def title_of(trait: str) -> str:
    """What to call the column of a trait, so that it is read as this trait and nothing else.

    >>> title_of("Region"), title_of("Country")
    ('Region', 'trait: Country')
    """
    mistaken = field_of(trait) or _near(trait) or _TRAIT.match(trait)
    return f"trait: {trait}" if mistaken else trait


def _columns(row: int, header: Sequence[Cell]) -> list[_Column]:
    if len(header) > _MOST_COLUMNS:
        message = f"has {len(header):,} columns, expected at most {_MOST_COLUMNS}"
        raise InvalidInput([Fault(f"row {row}", message)])
    faults: list[Fault] = []
    columns: list[_Column] = []
    seen: set[_Column] = set()
    for at, cell in enumerate(header):
        title = _said(cell)
        if not isinstance(title, str):
            faults.append(Fault(f"row {row}, column {_letters(at)}", title.message))
            continue
        place = f"row {row}, column {shown(title)}"
        marked = _TRAIT.match(title)
        column = _Column(
            title[marked.end() :] if marked else title, None if marked else field_of(title)
        )
        close = None if marked or column.field else _near(title)
        if close:
            faults.append(Fault(place, f"unknown column: did you mean {shown(close)}?"))
        key = column._replace(title="") if column.field else column
        if title and key in seen:
            twice = column.field or column.title
            message = f"gives {shown(twice)} a second time: remove one of the two"
            faults.append(Fault(place, message))
        seen.add(key)
        columns.append(column)
    if not {"delegation", "speaker"} & {column.field for column in columns}:
        message = "has no column for the delegation or the speaker: name one of them so"
        faults.append(Fault(f"row {row}", message))
    if faults:
        raise InvalidInput(faults)
    return columns


def _made(row: int, columns: list[_Column], cells: list[Cell], make: Make) -> Inscription:
    from r2psched.files.faults import faults_of  # noqa: PLC0415  # it knows what `make` raises

    if any(cell != "" for cell in cells[len(columns) :]):
        message = f"has {len(cells)} cells, but the header has {len(columns)} columns"
        raise InvalidInput([Fault(f"row {row}", message)])
    faults: list[Fault] = []
    texts: list[tuple[_Column, str]] = []
    for column, cell in zip(columns, cells, strict=False):
        said = _said(cell, column.field) if column.title else ""
        if isinstance(said, str):
            texts.append((column, said))
        else:
            faults.append(Fault(f"row {row}, column {shown(column.title)}", said.message))
    troubled = bool(faults)
    values = _values(texts)
    try:
        made = make(values)
        if not troubled:
            return made
    except ExceptionGroup as error:
        titles = {column.field: column.title for column in columns if column.field}
        for fault in faults_of(error, values):
            title = titles.get(fault.place.partition("[")[0])
            place = f"row {row}, column {shown(title)}" if title else f"row {row}"
            # Without the cells in trouble, the inscription may lack what they were to hold.
            if title or not troubled:
                faults.append(Fault(place, fault.message))
    raise InvalidInput(faults)


def _values(texts: Iterable[tuple[_Column, str]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    traits: dict[str, str] = {}
    for (title, field), text in texts:
        if not text:
            continue
        if field is None:
            traits[title] = text
        elif field == "email":
            values[field] = [each for each in _ADDRESSES.split(text) if each]
        elif field == "place" and _NUMBER.fullmatch(text):
            values[field] = int(text)
        else:
            values[field] = text
    return values | ({"traits": traits} if traits else {})
