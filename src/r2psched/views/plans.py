"""Programmes, as a table with a time line, and as plain values."""

from __future__ import annotations

from itertools import cycle, groupby
from typing import TYPE_CHECKING, Any

from r2psched import tables
from r2psched.blocks import write_date, write_moment
from r2psched.programme import document_link
from r2psched.views.plain import heading, iso, seconds
from r2psched.views.timeline import LETTERS, timeline

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from r2psched.programme import Part, Programme
    from r2psched.sessions import Session
    from r2psched.speakers import Person, Registration

__all__ = ["programme_json", "programme_text"]


def _person(person: Person | None) -> dict[str, Any] | None:
    return None if person is None else {"name": person.name, "function": person.function}


def _registration(registration: Registration | None) -> dict[str, Any] | None:
    if registration is None:
        return None
    return {
        "opens": iso(registration.opens),
        "closes": iso(registration.closes),
        "write_to": registration.write_to,
        "instructions": registration.instructions,
    }


def _documents(documents: Iterable[str]) -> list[dict[str, Any]]:
    return [{"title": each, "link": document_link(each)} for each in documents]


def _session(programme: Programme, session: Session) -> dict[str, Any]:
    speakers = session.speakers
    return {
        "id": session.id,
        "title": session.title,
        "kind": session.kind,
        "room": programme.room_of(session),
        "description": session.description,
        "webcast": programme.webcast_of(session),
        "chair": _person(session.chair),
        "moderator": _person(session.moderator),
        "panellists": [_person(person) for person in session.panellists],
        "documents": _documents(session.documents),
        "blocks": [
            {
                "start": iso(block.start),
                "end": iso(block.end),
                "duration_seconds": seconds(block.duration),
            }
            for block in session.blocks
        ],
        "limits": session.limits.rows() if session.limits else [],
        "limit_by": session.limit_cited,
        "inscribed": None if speakers is None else len(speakers),
        "registration": _registration(None if speakers is None else speakers.registration),
    }


def programme_json(programme: Programme) -> dict[str, Any]:
    """The answer of `show`: the plan as it may be published, without addresses and list notes."""
    return {
        "answer": "show",
        "programme": heading(programme),
        "dates": [date.isoformat() for date in programme.dates],
        "revised": iso(programme.revised),
        "venue": programme.venue,
        "room": programme.room,
        "description": programme.description,
        "organiser": _person(programme.organiser),
        "webcast": programme.webcast,
        "interpretation": programme.interpretation,
        "documents": _documents(programme.documents),
        "registration": _registration(programme.registration),
        "sessions": [_session(programme, session) for session in programme.sessions],
        "sittings": [
            {
                "room": room,
                "start": iso(span.start),
                "end": iso(span.end),
                "sessions": [part.session.id for part in parts],
            }
            for room, span, parts in programme.sittings
        ],
    }


def programme_text(programme: Programme) -> str:
    """What the programme says of itself, then for each day a table and a time line."""
    lines = [tables.text_of(programme.title), *_about(programme)]
    letters = _letters(programme)
    for date, group in groupby(programme.parts, key=lambda part: part.block.start.date()):
        parts = list(group)
        rows = [_row(programme, part, letters, date) for part in parts]
        lines += ["", write_date(parts[0].block.start), tables.plain(rows)]
        lines += ["", *timeline(programme, parts, letters)]
    untimed = [tables.text_of(s.title) for s in programme.sessions if not s.blocks]
    lines += [f"without a time: {title}" for title in untimed]
    return "\n".join(lines)


def _letters(programme: Programme) -> dict[str, str]:
    """The mark of each session, by its id: a letter, or "-" for a break."""
    letters = cycle(LETTERS)
    return {s.id: "-" if s.is_break else next(letters) for s in programme.sessions}


def _row(
    programme: Programme, part: Part, letters: dict[str, str], date: dt.date
) -> dict[str, object]:
    session, ordinal, block = part
    of = f" ({ordinal}/{len(session.blocks)})" if len(session.blocks) > 1 else ""
    return {
        "": letters[session.id],
        "time": block.text(date),
        "session": session.title + of,
        "kind": session.kind,
        "room": programme.room_of(session),
    }


def _about(programme: Programme) -> list[str]:
    zone = programme.zone
    place = ", ".join(filter(None, (programme.room, programme.venue)))
    entries = [
        ("status", f"{programme.status}, revision {programme.revision}"),
        ("place", place),
        ("zone", zone),
        ("organiser", programme.organiser),
        ("webcast", programme.webcast),
        ("interpretation", _known(programme.interpretation)),
        ("documents", programme.documents),
        ("to attend", _told(programme.registration, zone)),
    ]
    for session in programme.lists:
        # An empty list counts as false, and has its registration all the same.
        registration = None if session.speakers is None else session.speakers.registration
        entries.append((f"to speak in {session.title}", _told(registration, zone)))
    return [f"{tables.text_of(name)}: {tables.text_of(value)}" for name, value in entries if value]


def _known(interpretation: str) -> str:
    return "" if interpretation == "unknown" else interpretation


def _told(registration: Registration | None, zone: str) -> str:
    if registration is None:
        return ""
    moments = (("from", registration.opens), ("until", registration.closes))
    parts = [f"{word} {write_moment(m.in_timezone(zone))}" for word, m in moments if m]
    parts += [f"write to {registration.write_to}"] if registration.write_to else []
    return "; ".join(filter(None, [*parts, registration.instructions]))
