"""What a lint says: its rules, and their findings being collected within limits."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import attrs

from r2psched.findings import Finding, Findings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from r2psched.findings import Severity

__all__ = ["SAME_CODE_AT_MOST", "Code", "Report"]

SAME_CODE_AT_MOST = 20
"""Findings of one code that are told in full; the others are only counted."""


@attrs.frozen
class Code:
    """One rule of a lint.

    Attributes:
        severity: How bad it is to break it.
        remedy: What to do about it.
        source: Where the rule stands.
    """

    severity: Severity
    remedy: str
    source: str


class Report:
    """Findings being collected, with a limit for each code."""

    def __init__(self, codes: Mapping[str, Code]) -> None:
        """Take the rules, "more" among them."""
        self.codes = codes
        self.found: list[Finding] = []
        self.counts: Counter[str] = Counter()

    def note(self, code: str, place: str, message: str) -> None:
        """Take one thing that is wrong."""
        self.counts[code] += 1
        if self.counts[code] <= SAME_CODE_AT_MOST:
            rule = self.codes[code]
            self.found.append(Finding(code, rule.severity, place, message, rule.remedy))

    def findings(self) -> Findings:
        """Give all findings, and how many are not told."""
        for code, count in sorted(self.counts.items()):
            if count > SAME_CODE_AT_MOST:
                rest = count - SAME_CODE_AT_MOST
                self.note("more", "the file", f'there are {rest} further findings "{code}"')
        return Findings(tuple(self.found))
