"""The words of calendar entries, in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.blocks import from_epoch, gaps, to_epoch, to_minute, write_date, write_moment
from r2psched.durations import show
from r2psched.programme import document_link

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pendulum

    from r2psched.programme import Part, Programme, Sitting
    from r2psched.seating import Slot
    from r2psched.sessions import Session
    from r2psched.speakers import Person, Registration, SpeakingLimits

__all__ = [
    "WEBCAST",
    "block_description",
    "block_summary",
    "calendar_name",
    "deadline_description",
    "deadline_summary",
    "limit_words",
    "location",
    "numbered",
    "sitting_description",
    "slot_basis",
    "slot_description",
    "slot_summary",
    "webcasts",
]

WEBCAST = "Webcast"

_PLANNED = "The time is planned; it depends on how long the speakers before take."
_FORECAST = "The time is expected, from how long speakers take; it moves as the meeting goes on."
_HARDLY = 0.005


def numbered(title: str, number: int, count: int) -> str:
    """Add to a title which of several it is.

    >>> numbered("Interactive dialogue", 1, 2), numbered("Closing remarks", 1, 1)
    ('Interactive dialogue (1/2)', 'Closing remarks')
    """
    return title if count == 1 else f"{title} ({number}/{count})"


def calendar_name(programme: Programme, session: Session | None, room: str | None) -> str:
    """Name a calendar: the programme's title, and the session and room it is confined to."""
    return ": ".join(n for n in (programme.title, session and session.title, room) if n)


def location(programme: Programme, room: str | None) -> str:
    """Say where: room and venue, as far as they are known."""
    return ", ".join(part for part in (room, programme.venue) if part)


def webcasts(programme: Programme, sessions: Iterable[Session]) -> tuple[str, ...]:
    """List the links of the webcasts of some sessions, each once; a break has only its own."""
    links = [s.webcast if s.is_break else programme.webcast_of(s) for s in sessions]
    return tuple(dict.fromkeys(link for link in links if link))


def limit_words(limits: SpeakingLimits, before: str = "Limit") -> str:
    """Write the limits in one line, behind some words.

    >>> from r2psched import SpeakingLimits
    >>> limit_words(SpeakingLimits("3 min", on_behalf="5 min"))
    'Limit: 3 min; on behalf of a group 5 min'
    """
    default, *others = limits.rows()
    rest = [f"{row['for']} {row['limit']}" for row in others]
    return "; ".join([f"{before}: {default['limit']}", *rest])


def block_summary(part: Part) -> str:
    """Title of a session's block, and which of its blocks it is."""
    return numbered(part.session.title, part.ordinal, len(part.session.blocks))


def block_description(programme: Programme, part: Part, *, internal: bool) -> str:
    """Describe one block: meeting, session, people, limit, documents, webcast.

    Args:
        programme: The meeting.
        part: The block and its session.
        internal: Whether to add what is not for publication: capacity and the list's note.
    """
    session = part.session
    documents = () if session.is_break else programme.documents
    return _paragraphs(
        programme.title,
        session.description,
        _lines(
            *_people(session),
            *_limit(session),
            *(f"{WEBCAST}: {link}" for link in webcasts(programme, [session])),
        ),
        _documents(session.documents or documents),
        _lines(*_internal(part)) if internal else None,
    )


def sitting_description(programme: Programme, sitting: Sitting, *, internal: bool) -> str:
    """Describe a sitting: its agenda, block by block, with the details of each.

    Args:
        programme: The meeting.
        sitting: The sitting.
        internal: Whether to add what is not for publication: capacity and the list's note.
    """
    day = sitting.span.start.date()
    agenda = [
        _lines(
            f"{part.block.text(day)} {block_summary(part)}",
            part.session.description,
            *_people(part.session),
            *_limit(part.session),
            _documents(part.session.documents),
            *(_internal(part) if internal else ()),
        )
        for part in sitting.parts
    ]
    links = webcasts(programme, [part.session for part in sitting.parts])
    return _paragraphs(
        programme.description,
        f"Times: {programme.zone}",
        *agenda,
        _lines(*(f"{WEBCAST}: {link}" for link in links)),
        _documents(programme.documents),
    )


def deadline_summary(programme: Programme, session: Session | None) -> str:
    """Say which deadline it is: of a session's list, or of registration to attend."""
    if session is None:
        return f"Deadline to register to attend: {programme.title}"
    return f"Deadline to register to speak: {session.title}"


def deadline_description(
    programme: Programme, session: Session | None, registration: Registration
) -> str:
    """Describe a deadline: until when, since when, where to write, what to send."""
    opens, closes = registration.opens, registration.closes
    return _paragraphs(
        None if session is None else programme.title,
        _lines(
            f"Open from: {_moment(opens, programme.zone)}" if opens else None,
            f"Open until: {_moment(closes, programme.zone)}" if closes else None,
            f"Write to: {registration.write_to}" if registration.write_to else None,
        ),
        registration.instructions,
    )


def slot_summary(session: Session, slot: Slot) -> str:
    """Say who takes the floor, and where in the programme."""
    return f"{slot.inscription} takes the floor: {session.title}"


def slot_description(programme: Programme, slot: Slot, basis: str) -> str:
    """Describe a turn on the floor: meeting, place on the list, limit, and what it rests on.

    Args:
        programme: The meeting.
        slot: Who takes the floor and when.
        basis: From `slot_basis`.
    """
    facts = f"Place on the list: {slot.place}\nLimit: {show(slot.limit)}"
    known = _PLANNED if slot.window is None else _FORECAST
    expected = _expected(programme[slot.session], slot)
    return _paragraphs(programme.title, facts, expected, known + basis)


def _expected(session: Session, slot: Slot) -> str | None:
    """Say what a forecast expects of a slot, or None where it is exact."""
    if slot.window is None:
        return None
    moments = [to_minute(each) for each in (slot.earliest, slot.start, slot.latest)]
    one_day = len({moment.date() for moment in moments}) == 1
    early, middle, late = (_hour(moment, one_day=one_day) for moment in moments)
    breaks = [
        f" It has a break in it, from {_hour(gap.start, one_day=one_day)} to "
        f"{_hour(gap.end, one_day=one_day)}."
        for gap in gaps(session.blocks)
        if slot.window[0] < gap.start_us and gap.end_us <= slot.window[1]
    ]
    return (
        f"Forecast: you are given the floor between {early} and {late} ({slot.zone}), as likely "
        f"before as after {middle}.{''.join(breaks)} Four times in five it is so; one time in ten "
        f"it is earlier, one time in ten later. {_chance(slot.chance)}\n"
        "This entry takes up the whole of that time, and the limit on top."
    )


def _hour(moment: pendulum.DateTime, *, one_day: bool) -> str:
    clock = write_moment(moment).partition(" ")[2]
    return clock if one_day else f"{write_date(moment)}, {clock}"


def _chance(chance: float) -> str:
    there = "if you are there when called"
    if chance > 1 - _HARDLY:
        return f"You are as good as certain to be heard, {there}."
    told = "less than 1 %" if chance < _HARDLY else f"{chance * 100:.0f} %"
    return f"The chance that you are heard is {told}, {there}."


def slot_basis(session: Session) -> str:
    """Say what the times of a session's slots rest on, behind how they are known."""
    floor = session.floor()
    bound = " It is the earliest possible, since a length is unknown." if floor.at_most else ""
    return "\n".join([bound, *(f"It rests on: {line}" for line in floor.assumptions)])


def _people(session: Session) -> list[str]:
    named = [("Chair", session.chair), ("Moderator", session.moderator)]
    lines = [f"{part}: {person}" for part, person in named if person]
    return [*lines, *_panel(session.panellists)]


def _panel(panellists: tuple[Person, ...]) -> list[str]:
    if not panellists:
        return []
    head = "Panellist" if len(panellists) == 1 else "Panellists"
    return [f"{head}: " + "; ".join(map(str, panellists))]


def _limit(session: Session) -> list[str]:
    # An empty list counts as false, and has its limits all the same.
    if session.speakers is None or session.limits is None:
        return []
    zone = session.blocks[0].zone if session.blocks else "UTC"
    later = [
        limit_words(limits, f"Limit from {write_moment(limits.since.in_timezone(zone))}")
        for limits in session.speakers.later_limits
    ]
    return [limit_words(session.limits), *later]


def _documents(documents: tuple[str, ...]) -> str | None:
    if not documents:
        return None
    return _lines("Documents:", *map(_document, documents))


def _document(document: str) -> str:
    link = document_link(document)
    return document if link in (None, document) else f"{document}: {link}"


def _internal(part: Part) -> list[str]:
    speakers = part.session.speakers
    if speakers is None:
        return []
    lines = []
    if part.session.limits is not None:
        capacity = part.session.capacity()
        bound = "at most " if capacity.at_most else ""
        here, floor = capacity.by_block[part.ordinal - 1], capacity.floor.times[part.ordinal - 1]
        lines.append(
            f"Capacity: {bound}{here} of {capacity.limit_text} in {show(floor)} of floor time; "
            f"{bound}{capacity.total} in the whole session, {len(speakers)} inscribed"
        )
        lines += [f"It rests on: {line}" for line in capacity.assumptions]
    return [*lines, *([f"Note: {speakers.note}"] if speakers.note else [])]


def _moment(moment: pendulum.DateTime, zone: str) -> str:
    there = from_epoch(to_epoch(moment)[0], zone)
    clock = write_moment(there).partition(" ")[2]
    return f"{write_date(there)}, {clock} ({zone})"


def _lines(*lines: str | None) -> str | None:
    return "\n".join(line for line in lines if line) or None


def _paragraphs(*paragraphs: str | None) -> str:
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
