"""An agenda as the rows of a table for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from r2psched.programme import Programme

__all__ = ["AGENDA_COLUMNS", "agenda_rows"]

AGENDA_COLUMNS: tuple[str, ...] = (
    "id",
    "session",
    "block",
    "kind",
    "start",
    "end",
    "zone",
    "room",
    "venue",
)
"""The columns, in order."""


def agenda_rows(programme: Programme) -> list[dict[str, Any]]:
    """One dict for each block of each session, by start, of texts, whole numbers and times.

    >>> from r2psched import Day, Programme, Session
    >>> opening = Session("Opening", Day("2014-09-08", zone="UTC")("10:00-10:20"))
    >>> [row["session"] for row in agenda_rows(Programme("r2p-2014", "Dialogue", [opening]))]
    ['Opening']
    """
    return [{**row, "zone": programme.zone} for row in programme.rows()]
