"""A list as it stands, its changes and its history, as text and as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from r2psched import tables
from r2psched.speakers.changes import when
from r2psched.views.plain import heading, iso, session_heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from r2psched.files.history import Entry
    from r2psched.programme import Programme
    from r2psched.sessions import Session
    from r2psched.speakers import Inscription

__all__ = ["change_text", "changes_json", "history_text", "list_json", "list_text"]


def _ranked(session: Session, numbers: Mapping[str, int]) -> list[tuple[int, Inscription]]:
    listed = () if session.speakers is None else session.speakers.inscriptions
    return sorted(((numbers[who.id], who) for who in listed), key=lambda pair: pair[0])


def list_json(
    programme: Programme, session: Session, numbers: Mapping[str, int], revision: int
) -> dict[str, Any]:
    """The answer of `list FILE show`: everybody in order, and when the list closes."""
    return {
        "answer": "list",
        "programme": heading(programme),
        "session": session_heading(session),
        "revision": revision,
        "closes": iso(session.list_closes),
        "speakers": [
            {
                "number": number,
                "id": who.id,
                "speaker": str(who),
                "category": who.category,
                "level": who.level,
                "settled": who.place is not None,
            }
            for number, who in _ranked(session, numbers)
        ],
        "changes": [],
    }


def changes_json(
    programme: Programme, session: Session, entries: Sequence[Entry], revision: int
) -> dict[str, Any]:
    """The answer of `list FILE history`, and of a change: what was changed."""
    return {
        "answer": "list",
        "programme": heading(programme),
        "session": session_heading(session),
        "revision": revision,
        "closes": None,
        "speakers": None,
        "changes": [
            {
                "number": entry.number,
                "what": entry.what,
                "told": entry.told,
                "when": entry.when,
                "by": entry.by,
                "why": entry.why,
                "session": entry.session,
                "closes": entry.closes,
                "speakers": list(entry.speakers),
            }
            for entry in entries
        ],
    }


def list_text(session: Session, numbers: Mapping[str, int], revision: int, zone: str) -> str:
    """A table of everybody in order; then when the list closes, and its revision."""
    rows = [
        {
            "number": number,
            "speaker": str(who),
            "category": who.category,
            "level": who.level,
            "id": who.id,
        }
        for number, who in _ranked(session, numbers)
    ]
    said = {key for row in rows for key, value in row.items() if value is not None}
    stated = [{key: value for key, value in row.items() if key in said} for row in rows]
    closes = session.list_closes
    lines = [tables.plain(stated) if stated else "Nobody is inscribed.", ""]
    lines += [] if closes is None else [f"The list closes at {when(closes, zone)}."]
    return "\n".join([tables.text_of(session.title), "", *lines, f"Revision {revision}."])


def change_text(entry: Entry) -> str:
    """What was changed, and the revision of the list behind it."""
    return f"{tables.text_of(entry.told)}; revision {entry.number}"


def history_text(entries: Sequence[Entry], zone: str) -> str:
    """A line for each change: number, time in a zone, what was changed, by whom and why."""
    if not entries:
        return "No change was made with r2psched."
    lines = [tables.text_of(entry.text(zone)) for entry in entries]
    return "\n".join([*lines, "", f"Times are those of {zone}."])
