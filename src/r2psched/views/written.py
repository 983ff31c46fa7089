"""What was written, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from r2psched.views.plain import heading

if TYPE_CHECKING:
    from r2psched.programme import Programme

__all__ = ["written_json"]


def written_json(programme: Programme, file: str, events: int) -> dict[str, Any]:
    """The answer of `agenda`: the file, and how many events it has."""
    return {
        "answer": "agenda",
        "programme": heading(programme),
        "file": file,
        "events": events,
    }
