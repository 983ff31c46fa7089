"""Ids written into a programme file where they are only derived, everything else left as it is."""

from __future__ import annotations

import codecs
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from r2psched.blocks import Day
from r2psched.errors import Fault, InvalidInput, MissingExtra, R2PSchedError
from r2psched.files.cells import Cells
from r2psched.files.lists import field_of, find_list
from r2psched.files.loading import decode, load
from r2psched.files.places import place_of
from r2psched.files.reading import loads_with
from r2psched.files.saving import save
from r2psched.files.setting import Setting
from r2psched.files.syntax import parse_toml
from r2psched.identifiers import slug
from r2psched.speakers import Inscription

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["add_ids"]

_EXTRA = "edit"
_NAMING = ("delegation", "speaker", "on_behalf")


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
    data = load(path)
    try:
        text, lists, added = _with_ids(decode(data), Path(path).parent)
    except InvalidInput as error:
        raise InvalidInput(error.faults, str(path)) from error
    for file, content in lists.items():
        _save(file, load(file), content)
    _save(Path(path), data, text)
    return added


def _save(path: Path, before: bytes, text: str) -> None:
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    after = mark + text.encode()
    if after != before:
        save(path, after)


def _with_ids(text: str, folder: Path) -> tuple[str, dict[Path, str], tuple[str, ...]]:
    """The text of a file and of the lists it names with all their ids, and the ids added.

    Raises:
        InvalidInput: If what comes out would not be sound.
    """
    try:
        import tomlkit  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise MissingExtra(_EXTRA, "to add ids to a file") from error
    parse_toml(text)
    tree = tomlkit.parse(text)
    lists: dict[Path, str] = {}
    added: list[str] = []
    sessions = [each for each in _list(tree.get("sessions")) if isinstance(each, dict)]
    for session, new in zip(sessions, _new(sessions, _of_session), strict=True):
        if new is not None:
            session["id"] = new
            added.append(new)
        speakers = session.get("speakers")
        listed = speakers.get("inscriptions") if isinstance(speakers, dict) else None
        if isinstance(listed, str):
            added += _in_csv(listed, folder, lists)
        else:
            added += _in_array(_list(listed), tomlkit.inline_table)
    text = _with_ends_of(text, tree.as_string())
    loads_with(text, folder, lists)
    return text, lists, tuple(added)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _with_ends_of(text: str, new: str) -> str:
    return re.sub(r"\r?\n", "\r\n", new) if "\r\n" in text else new


def _new(
    items: list[Any], derive: Callable[[Mapping[str, object]], str | None]
) -> list[str | None]:
    """For each item the id it gets, or None if it has one or nothing to derive it from.

    The first of a name gets the id that was derived for it so far.
    """
    taken = {item["id"] for item in items if isinstance(item.get("id"), str)}
    wanted = [None if item.get("id") else derive(item) for item in items]
    return _distinct(wanted, taken)


def _distinct(wanted: list[str | None], taken: set[str]) -> list[str | None]:
    got: list[str | None] = []
    for name in wanted:
        got.append(None if name in taken else name)
        if name is not None:
            taken.add(name)
    last: dict[str, int] = {}
    for at, name in enumerate(wanted):
        if name is not None and got[at] is None:
            numbers = itertools.count(last.get(name, 1) + 1)
            last[name] = next(n for n in numbers if f"{name}-{n}" not in taken)
            got[at] = f"{name}-{last[name]}"
            taken.add(f"{name}-{last[name]}")
    return got
