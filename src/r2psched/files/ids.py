"""Ids written into a programme file where they are only derived, everything else left as it is."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from r2psched.blocks import Day
from r2psched.errors import Fault, InvalidInput, MissingExtra
from r2psched.files.lists import delimiter_of, field_of, find_list
from r2psched.files.loading import decode, load
from r2psched.files.reading import loads_with
from r2psched.files.saving import save
from r2psched.files.setting import Setting
from r2psched.identifiers import slug
from r2psched.speakers import Inscription

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["add_ids"]

_EXTRA = "edit"
_MARK = "\ufeff"


def add_ids(path: Path | str) -> tuple[str, ...]:
    """Write the ids of sessions and inscriptions that have none into a programme file.

    Comments, order and form stay as they are. Two of one name get "-2", "-3" …; from then on the
    ids are theirs, wherever they move. Lists in CSV files get or fill a column "id".

    Args:
        path: The TOML file.

    Returns:
        The ids that were added, in order; empty if each had one.

    Raises:
        FileFailed: If a file cannot be read or written.
        InvalidInput: If the file is not sound for another reason than ids.
        MissingExtra: If the extra `edit` is not installed.
    """
    try:
        import tomlkit  # noqa: PLC0415  # an extra
        from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtra(_EXTRA, "to add ids to a file") from error
    text = _text_of(path, str(path))
    try:
        tree = tomlkit.parse(text)
    except TOMLKitError as error:
        raise InvalidInput([Fault("", f"is not TOML: {error}")], str(path)) from error
    setting = Setting(Day(None, zone="UTC"), Path(path).parent)
    changed: dict[Path, str] = {}
    added: list[str] = []
    sessions = [each for each in _list(tree.get("sessions")) if isinstance(each, dict)]
    taken = {str(session["id"]) for session in sessions if "id" in session}
    for session in sessions:
        title = session.get("title")
        if "id" not in session and isinstance(title, str):
            session["id"] = _free(slug(title.strip()), taken, added)
        speakers = session.get("speakers")
        listed = speakers.get("inscriptions") if isinstance(speakers, dict) else None
        if isinstance(listed, str):
            file = find_list(listed, setting)
            text = changed.get(file) or _text_of(file, listed)
            mark = _MARK if load(file).startswith(codecs.BOM_UTF8) else ""
            changed[file] = mark + _in_csv(text.removeprefix(_MARK), added)
        else:
            _in_array(_list(listed), added, tomlkit.inline_table)
    if added:
        _save_if_sound(Path(path), tree.as_string(), changed)
    return tuple(added)


def _text_of(path: Path | str, name: str) -> str:
    try:
        return decode(load(path))
    except InvalidInput as error:
        raise InvalidInput(error.faults, name) from error


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _free(wanted: str, taken: set[str], added: list[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    added.append(name)
    return name


def _derived(delegation: object, speaker: object, on_behalf: object) -> str | None:
    texts = [
        value if isinstance(value, str) else None for value in (delegation, speaker, on_behalf)
    ]
    if not any(text and text.strip() for text in texts[:2]):
        return None
    return Inscription(texts[0], texts[1], on_behalf=texts[2]).id


def _in_array(items: list[Any], added: list[str], inline: Callable[[], Any]) -> None:
    taken = {str(item["id"]) for item in items if isinstance(item, dict) and "id" in item}
    for index, item in enumerate(items):
        if isinstance(item, str):
            derived, table = _derived(item, None, None), inline()
            table["delegation"] = str(item)
        elif isinstance(item, dict) and "id" not in item:
            derived = _derived(*map(item.get, ("delegation", "speaker", "on_behalf")))
            table = item
        else:
            continue
        if derived is not None:
            table["id"] = _free(derived, taken, added)
            if table is not item:
                items[index] = table


def _in_csv(text: str, added: list[str]) -> str:
    """Fill or append the column of ids; delimiter and line ends stay."""
    end = "\r\n" if "\r\n" in text else "\n"
    delimiter = delimiter_of(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InvalidInput([Fault("", f"cannot be read as CSV: {error}")]) from error
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return text
    fields = [field_of(title) for title in filled[0]]
    if "id" not in fields:
        fields.append("id")
        filled[0].append("id")
    at = fields.index("id")
    for row in filled[1:]:
        row.extend([""] * (len(fields) - len(row)))
    taken = {row[at].strip() for row in filled[1:] if row[at].strip()}
    for row in filled[1:]:
        cells = dict(zip(fields, row, strict=False))
        derived = _derived(*map(cells.get, ("delegation", "speaker", "on_behalf")))
        if derived is not None and not row[at].strip():
            row[at] = _free(derived, taken, added)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def _save_if_sound(path: Path, text: str, lists: dict[Path, str]) -> None:
    """Read what would be written first, and write nothing if that fails."""
    try:
        loads_with(
            text, path.parent, {file: new.removeprefix(_MARK) for file, new in lists.items()}
        )
    except InvalidInput as error:
        raise InvalidInput(error.faults, str(path)) from error
    for file, new in (*lists.items(), (path, text)):
        save(file, new.encode())
