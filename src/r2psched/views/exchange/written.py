"""The schedule that was written, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from r2psched.views.plain import heading, session_heading

if TYPE_CHECKING:
    from r2psched.programme import Programme

__all__ = ["schedule_written_json"]


def schedule_written_json(programme: Programme, file: str, form: str) -> dict[str, Any]:
    """The answer of `schedule`: the file, its form, how many events it has, and what has no time.

    Args:
        programme: The programme.
        file: The file.
        form: "xml" or "json".
    """
    return {
        "answer": "schedule",
        "programme": heading(programme),
        "file": file,
        "form": form,
        "events": len(programme.parts),
        "left_out": [session_heading(each) for each in programme if not each.blocks],
    }
