"""Ids written into a programme file where they are only derived, everything else left as it is."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from r2psched.blocks import Day
from r2psched.errors import (
    Fault,
    FileFailed,
    InvalidInput,
    InvalidValue,
    MissingExtra,
    R2PSchedError,
    shown,
)
from r2psched.files.cells import joined, plain, rows_of, unguarded
from r2psched.files.lists import delimiter_of, field_of, find_list
from r2psched.files.loading import decode, history_file, load
from r2psched.files.locking import locked
from r2psched.files.places import place_of
from r2psched.files.reading import loads_with
from r2psched.files.saving import save
from r2psched.files.setting import Setting
from r2psched.files.sheets import sheet_texts
from r2psched.files.syntax import parse_toml
from r2psched.files.translated import text_in
from r2psched.files.workbooks import is_workbook, split
from r2psched.identifiers import slug
from r2psched.language.tags import ORIGINAL
from r2psched.speakers import Inscription

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["add_ids"]

_EXTRA = "edit"
Derive = Callable[[Mapping[str, object]], str | None]


def add_ids(path: Path | str) -> tuple[str, ...]:
    """Write the ids of sessions and inscriptions that have none into a programme file.

    Comments, order and form stay as they are. Two of one name get "-2", "-3" …; from then on the
    ids are theirs, wherever they move. Lists in CSV files get or fill a column "id"; workbooks are
    refused unless each of their inscriptions has one.

    Args:
        path: The TOML file.

    Returns:
        The ids that were added, in order; empty if each had one.

    Raises:
        FileFailed: If a file cannot be read or written, or somebody else changes a list meanwhile.
        InvalidInput: If the file is not sound for another reason than ids; nothing is written.
        MissingExtra: If the extra `edit` is not installed.
    """
    before = load(path)
    lists: dict[Path, str] = {}
    seen: dict[Path, bytes] = {}
    try:
        text, added = _with_ids(decode(before), Path(path).parent, lists, seen)
    except InvalidInput as error:
        raise InvalidInput(error.faults, str(path)) from error
    for file, content in lists.items():
        made = _encoded(content, seen[file])
        if made != seen[file]:
            with locked(history_file(file)):
                if load(file) != seen[file]:
                    raise FileFailed(file, "write", "somebody else has changed it: try again")
                save(file, made)
    made = _encoded(text, before)
    if made != before:
        save(path, made)
    return tuple(added)


def _encoded(text: str, before: bytes) -> bytes:
    """The bytes of a text, with a byte order mark if there was one before."""
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    return mark + text.encode()


def _with_ids(
    text: str, folder: Path, lists: dict[Path, str], seen: dict[Path, bytes]
) -> tuple[str, list[str]]:
    """Give the text with all its ids, and the ids added.

    Of the lists that it names, put the text with all ids into `lists`, and what was read into
    `seen`.
    """
    try:
        import tomlkit  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise MissingExtra(_EXTRA, "adding ids to a file") from error
    parse_toml(text)
    tree = tomlkit.parse(text)
    added: list[str] = []
    faults: list[Fault] = []
    sessions = _list(tree.get("sessions"))
    titled = partial(_of_session, lang=tree.get("lang", ORIGINAL))
    for at, new in enumerate(_new_ids(map(_table, sessions), titled)):
        if new is not None:
            sessions[at]["id"] = new
            added.append(new)
        speakers = _table(_table(sessions[at]).get("speakers"))
        listed = speakers.get("inscriptions")
        try:
            if isinstance(listed, str):
                added += _in_file(listed, Setting(Day(None, zone="UTC"), folder), lists, seen)
            else:
                added += _in_array(_list(listed), tomlkit.inline_table)
        except R2PSchedError as error:
            place = place_of(("sessions", at, "speakers", "inscriptions"), tree)
            faults.append(Fault(place, str(error)))
    if faults:
        raise InvalidInput(faults)
    made = tree.as_string()
    if "\n" in text and text.count("\r\n") == text.count("\n"):
        made = re.sub(r"\r?\n", "\r\n", made)
    loads_with(made, folder, lists)
    return made, added


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _new_ids(items: Iterable[Mapping[str, object]], derive: Derive) -> list[str | None]:
    """For each item the id it gets, or None if it has one, or nothing to derive one from.

    The first of a name keeps the id that was derived so far; those behind it get a number.
    """
    listed = list(items)
    taken = {item["id"] for item in listed if isinstance(item.get("id"), str)}
    wanted = [None if "id" in item else derive(item) for item in listed]
    new: list[str | None] = []
    for name in wanted:
        new.append(None if name in taken else name)
        taken.add(name)
    numbers: dict[str, Iterable[int]] = {}
    for at, name in enumerate(wanted):
        if name is not None and new[at] is None:
            free = (f"{name}-{n}" for n in numbers.setdefault(name, count(2)))
            new[at] = next(each for each in free if each not in taken)
            taken.add(new[at])
    return new


def _of_session(table: Mapping[str, object], lang: str) -> str | None:
    title = text_in(table.get("title"), lang)
    return slug(title.strip()) if isinstance(title, str) and title.strip() else None


def _of_inscription(table: Mapping[str, object]) -> str | None:
    values = map(table.get, ("delegation", "speaker", "on_behalf"))
    delegation, speaker, group = (each if isinstance(each, str) else None for each in values)
    if not (delegation or "").strip() and not (speaker or "").strip():
        return None
    return Inscription(delegation, speaker, on_behalf=group).id


def _in_array(items: list[Any], inline: Callable[[], Any]) -> list[str]:
    tables = [{"delegation": each} if isinstance(each, str) else _table(each) for each in items]
    new = _new_ids(tables, _of_inscription)
    for at, name in enumerate(new):
        if name is not None:
            if isinstance(items[at], str):
                named = str(items[at])
                items[at] = inline()
                items[at]["delegation"] = named
            items[at]["id"] = name
    return [name for name in new if name is not None]


def _in_file(
    name: str, setting: Setting, lists: dict[Path, str], seen: dict[Path, bytes]
) -> list[str]:
    """Give the ids added to a list; see `_with_ids`."""
    named, sheet = split(name)
    file = find_list(named, setting)
    if file in lists:
        return []
    data = load(file)
    if is_workbook(file, data):
        _refuse_without_ids(name, sheet_texts(data, sheet))
        return []
    text = decode(data)
    delimiter = delimiter_of(text)
    rows = rows_of(text, delimiter)
    filled = [row.cells for row in rows if any(map(plain, row.cells))]
    header, *records = filled or [[]]
    fields = [field_of(plain(cell)) or "" for cell in header]
    said = ([unguarded(plain(cell)) for cell in cells] for cells in records)
    new = _new_ids((_filled(fields, cells) for cells in said), _of_inscription)
    if any(new):
        if "id" not in fields:
            _set(header, len(fields), "id")
            fields.append("id")
        for cells, each in zip(records, new, strict=True):
            _set(cells, fields.index("id"), each or "")
    lists[file], seen[file] = joined(rows, delimiter), data
    return [each for each in new if each is not None]


def _filled(fields: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    said = zip(fields, cells, strict=False)
    return {field: value for field, value in said if field and value}


def _refuse_without_ids(name: str, rows: Sequence[Sequence[str]]) -> None:
    header, *records = rows or [[]]
    fields = [field_of(cell) or "" for cell in header]
    missing = list(
        filter(None, _new_ids((_filled(fields, each) for each in records), _of_inscription))
    )
    if missing:
        msg = (
            f"{shown(name)} is a workbook, into which no ids are written, and {len(missing):,} of "
            f"its inscriptions have none, the first of them {shown(missing[0])}: save the list as "
            'CSV and name that file, or fill a column "id" yourself'
        )
        raise InvalidValue(msg)


def _set(cells: list[str], at: int, value: str) -> None:
    """Set a cell that says nothing; a row that is too short gets the cells before it."""
    cells += [""] * (at + 1 - len(cells))
    cells[at] = value or cells[at]
