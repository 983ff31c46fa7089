"""The JSON Schemas of every answer that a command gives with `--json`."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from r2psched.errors import UnknownName

__all__ = ["schema", "schema_names"]


def schema_names() -> tuple[str, ...]:
    """The commands whose answers have a schema."""
    names = (entry.name for entry in resources.files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".json") for name in names if name.endswith(".json")))


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a command's answer.

    Args:
        name: The command, such as "capacity".

    Raises:
        UnknownName: If no answer has that name.

    >>> schema("capacity")["title"]
    'capacity'
    """
    names = schema_names()
    if name not in names:
        kind = "schema"
        raise UnknownName(kind, name, names)
    text = resources.files(__name__).joinpath(f"{name}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
