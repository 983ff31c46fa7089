"""Findings, as text and as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from r2psched.tables import text_of
from r2psched.views.plain import heading

if TYPE_CHECKING:
    from r2psched.findings import Findings
    from r2psched.programme import Programme

__all__ = ["findings_json", "findings_text"]


def findings_json(programme: Programme, findings: Findings) -> dict[str, Any]:
    """The answer of `check`."""
    return {
        "answer": "check",
        "programme": heading(programme),
        "ok": findings.ok,
        "findings": findings.rows(),
    }


def findings_text(findings: Findings) -> str:
    """One finding in two lines: what is so, and what to do about it; then how many there are."""
    lines = []
    for finding in findings:
        place = f"{finding.place}: " if finding.place else ""
        lines.append(text_of(f"{finding.severity} [{finding.code}] {place}{finding.message}"))
        if finding.remedy:
            lines.append(f"    {text_of(finding.remedy)}")
    counts = [
        f"{len(found)} {name}{'' if len(found) == 1 else 's'}"
        for name, found in (
            ("error", findings.errors),
            ("warning", findings.warnings),
            ("note", findings.notes),
        )
    ]
    return "\n".join([*lines, ", ".join(counts)])
