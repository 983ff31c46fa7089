"""Plain JSON values of the things that every answer speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from r2psched.durations import microseconds

if TYPE_CHECKING:
    from datetime import timedelta

    import pendulum

    from r2psched.procedures import Outcome, Procedure
    from r2psched.programme import Programme
    from r2psched.sessions import Session

__all__ = ["heading", "iso", "procedure_heading", "seconds", "session_heading", "steps_json"]


def seconds(length: timedelta | None) -> int | None:
    """A length as whole seconds, or None for none."""
    return None if length is None else microseconds(length) // 1_000_000


def iso(moment: pendulum.DateTime | None) -> str | None:
    """A moment as RFC 3339 writes it, with its offset, or None for none."""
    if moment is None:
        return None
    # Before the zones of our clocks, local time was so many minutes and seconds from UTC.
    return (moment.in_timezone("UTC") if (moment.offset or 0) % 60 else moment).isoformat()


def heading(programme: Programme | None) -> dict[str, Any] | None:
    """What names a programme."""
    if programme is None:
        return None
    return {
        "id": programme.id,
        "title": programme.title,
        "zone": programme.zone,
        "status": programme.status,
        "revision": programme.revision,
    }


def session_heading(session: Session | None) -> dict[str, Any] | None:
    """What names a session."""
    return None if session is None else {"id": session.id, "title": session.title}


def procedure_heading(procedure: Procedure | None) -> dict[str, Any] | None:
    """What names a procedure."""
    return None if procedure is None else {"id": procedure.id, "title": procedure.title}


def steps_json(outcome: Outcome) -> list[dict[str, Any]]:
    """What came of each step of a procedure, and which of them the list is held under."""
    return [each.row() | {"reached": each is outcome.reached} for each in outcome.attempts]
