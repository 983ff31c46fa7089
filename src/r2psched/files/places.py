"""Places in a tree, written as a person finds them: `sessions[2] "Panel": speakers.limit`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from r2psched.errors import shown

__all__ = ["Step", "join", "place_of"]

Step = str | int
"""A key, or an index counted from 0."""

_LABELS = ("title", "delegation", "speaker", "name")
_BARE = re.compile(r"[\w-]{1,60}")


def place_of(path: tuple[Step, ...], tree: object) -> str:
    """Write a path as a person counts, from 1, with the titles and names that stand there.

    >>> place_of(("sessions", 1, "speakers", "limit"), {"sessions": [{}, {"title": "Panel"}]})
    'sessions[2] "Panel": speakers.limit'
    """
    parts = [""]
    at: Any = tree
    for step in path:
        if isinstance(step, int):
            at = at[step]
            parts[-1] += f"[{step + 1}]"
            label = _label(at)
            if label is not None:
                parts[-1] += f" {shown(label)}"
                parts.append("")
        else:
            name = step if _BARE.fullmatch(step) else shown(step)
            parts[-1] += f".{name}" if parts[-1] else name
            at = at.get(step) if isinstance(at, Mapping) else None
    return join(*parts)


def join(*parts: str) -> str:
    """Put the parts of a place behind one another, those that are empty left out."""
    return ": ".join(part for part in parts if part)


def _label(item: object) -> str | None:
    if isinstance(item, str):
        return item
    if isinstance(item, Mapping):
        return next((item[k] for k in _LABELS if isinstance(item.get(k), str)), None)
    return None
