"""What the lint says of each file, as text and as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from r2psched.tables import text_of
from r2psched.views.listing import findings_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from r2psched.findings import Findings

__all__ = ["lint_json", "lint_text"]


def lint_json(examined: Sequence[tuple[str, Findings]]) -> dict[str, Any]:
    """The answer of `lint`: each file by its name, and what is wrong with it."""
    return {
        "answer": "lint",
        "ok": all(findings.ok for _, findings in examined),
        "files": [
            {"file": name, "ok": findings.ok, "findings": findings.rows()}
            for name, findings in examined
        ],
    }


def lint_text(examined: Sequence[tuple[str, Findings]]) -> str:
    """The findings of each file under its name; the names alone where there are none."""
    lines = []
    for name, findings in examined:
        lines += [text_of(name), *(f"  {line}" for line in findings_text(findings).split("\n"))]
    return "\n".join(lines)
