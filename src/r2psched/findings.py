"""Finding: one thing that a check says, and the tuple of them that a check returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import attrs

from r2psched import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Finding", "Findings", "Severity"]

Severity = Literal["error", "warning", "note"]


@attrs.frozen
class Finding:
    """One thing that a check says.

    Attributes:
        code: The label of the rule, such as "room-overlap".
        severity: "error", "warning" or "note".
        place: Where, as the user sees it.
        message: What is so.
        remedy: What to do about it; may be empty for a note.
    """

    code: str
    severity: Severity
    place: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        """One line: severity, code, place, message, remedy."""
        where = f"{self.place}: " if self.place else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{self.severity} [{self.code}] {where}{self.message}{remedy}"


_RANK = {severity: rank for rank, severity in enumerate(get_args(Severity))}


def _sorted(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda finding: _RANK[finding.severity]))


@attrs.frozen
class Findings:
    """All that a check says, errors first, then warnings, then notes.

    Iterates, counts and indexes like the tuple `items`.
    """

    items: tuple[Finding, ...] = attrs.field(
        default=(),
        converter=_sorted,
    )

    def __iter__(self) -> Iterator[Finding]:
        """Each finding in turn."""
        return iter(self.items)

    def __len__(self) -> int:
        """How many findings there are."""
        return len(self.items)

    def __getitem__(self, index: int) -> Finding:
        """The finding at an index."""
        return self.items[index]

    def _of(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.items if finding.severity == severity)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of severity "error"."""
        return self._of("error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings of severity "warning"."""
        return self._of("warning")

    @property
    def notes(self) -> tuple[Finding, ...]:
        """The findings of severity "note"."""
        return self._of("note")

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not self.errors

    def rows(self) -> list[dict[str, str]]:
        """One dict of text for each finding."""
        return [attrs.asdict(f) for f in self.items]

    def __str__(self) -> str:
        """One finding a line; "no findings" where there are none."""
        return "\n".join(str(f) for f in self.items) or "no findings"

    def _repr_html_(self) -> str:
        return tables.html(self.rows()) if self.items else f"<p>{self}</p>"
