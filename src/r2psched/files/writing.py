"""Programmes written as trees of plain values and as TOML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from r2psched.blocks import Day
from r2psched.errors import FileFailed, shown
from r2psched.files.reading import SCHEMA
from r2psched.files.saving import save
from r2psched.files.setting import SETTING, Setting
from r2psched.files.trees import unstructure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from r2psched.programme import Programme

__all__ = ["to_dict", "to_toml", "write"]

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_TABLES_OF = ("sessions", "reserves")


def to_dict(programme: Programme) -> dict[str, Any]:
    """Make a tree of plain JSON values, which `from_dict` reads back equal.

    Returns:
        The keys of a programme file with `schema` first; what has its default is left out.

    >>> from r2psched import Day, Programme, Session
    >>> day = Day("2014-09-08", zone="UTC")
    >>> to_dict(Programme("r2p", "Dialogue", [Session("Opening", day("10:00-10:20"))]))["sessions"]
    [{'title': 'Opening', 'time': ['2014-09-08 10:00-10:20']}]
    """
    date = programme.dates[0] if len(programme.dates) == 1 else None
    token = SETTING.set(Setting(Day(date, zone=programme.zone)))
    try:
        tree = unstructure(programme)
    finally:
        SETTING.reset(token)
    if date is not None:
        tree = {("date" if k == "dates" else k): v for k, v in tree.items()} | {
            "date": date.isoformat()
        }
    return {"schema": SCHEMA} | tree


def write(programme: Programme, path: Path | str) -> None:
    """Write a programme as a TOML file, whole or not at all.

    Inscriptions that came from a CSV file stand in the written file itself.

    Raises:
        FileFailed: If it cannot be written.
    """
    text = to_toml(to_dict(programme))
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        near = text[max(0, error.start - 20) : error.end]
        raise FileFailed(path, "write", f"{shown(near)} holds half a character") from error
    save(path, data)


def to_toml(tree: Mapping[str, Any]) -> str:
    """Write a tree of plain values as TOML."""
    return "\n".join(_table(tree, ())) + "\n"


def _table(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    later: list[tuple[str, Any]] = []
    for key, value in table.items():
        if isinstance(value, dict) or (key in _TABLES_OF and value and isinstance(value, list)):
            later.append((key, value))
        else:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in later:
        name = ".".join(map(_key, (*path, key)))
        for each in [value] if isinstance(value, dict) else value:
            yield ""
            yield f"[{name}]" if isinstance(value, dict) else f"[[{name}]]"
            yield from _table(each, (*path, key))


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else _text(key)


def _text(text: str) -> str:
    import json  # noqa: PLC0415  # reading does without it

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        inside = ",\n".join(f"    {_value(item)}" for item in value)
        short = ", ".join(map(_value, value))
        return f"[{short}]" if len(short) < 80 else f"[\n{inside},\n]"  # noqa: PLR2004  # a line
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
    return _text(str(value))
