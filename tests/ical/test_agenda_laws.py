"""Laws of the published agenda, for programmes of every kind."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from r2psched.blocks import Day
from r2psched.entries.uids import block_uid, deadline_uid, sitting_uid, slot_uid
from r2psched.errors import InvalidValue
from r2psched.ical import agenda
from r2psched.ical.lint import lint
from r2psched.ical.octets import writable
from r2psched.programme import Programme
from r2psched.sessions import Session
from tests.ical.readers import READERS, values
from tests.strategies import ids, programmes

if TYPE_CHECKING:
    from r2psched.entries import Per
    from r2psched.speakers import Registration

# Rich programmes take their time, above all on a busy machine.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
VIGIL = Session(
    "Vigil",
    Day("2014-11-02", zone="America/New_York")("00:30-02:30"),
    id="the-session-of-every-empty-programme",
)
readers = st.sampled_from(list(READERS))
ways = st.fixed_dictionaries(
    {
        "per": st.sampled_from(["block", "sitting", "day"]),
        "utc": st.booleans(),
        "internal": st.booleans(),
    }
)


def closes(session: Session) -> Registration | None:
    """Give the registration of a session's list if it has a deadline."""
    registration = None if session.speakers is None else session.speakers.registration
    return registration if registration and registration.closes else None


@st.composite
def some(draw: st.DrawFn) -> Programme:
    """Give programmes of which something can be written, by block and by sitting."""
    programme = draw(programmes(most=2))
    if programme.sittings or any(map(closes, programme.sessions)):
        return programme
    return attrs.evolve(programme, sessions=[*programme.sessions, VIGIL])


@calm
@given(some(), ways)
def test_the_lint_finds_nothing(programme: Programme, way: dict[str, bool]) -> None:
    """Nothing that is written gets so much as a note."""
    assert not lint(agenda(programme, **way)).items  # type: ignore[arg-type]  # by name


@calm
@given(some(), readers, st.booleans())
def test_events_come_back(programme: Programme, reader: str, utc: bool) -> None:  # noqa: FBT001  # drawn
    """Independent readers find each block at its very time, under its title, and each deadline as
    the end of an event of 15 minutes.
    """
    read = READERS[reader](agenda(programme, utc=utc))
    for session, ordinal, block in programme.parts:
        event = read[block_uid(programme, session, ordinal)]
        assert (event.start, event.end) == (
            block.start.astimezone(dt.UTC),
            block.end.astimezone(dt.UTC),
        )
        count = len(session.blocks)
        number = f" ({ordinal}/{count})" if count > 1 else ""
        assert event.summary == writable(session.title) + number
        assert event.description.startswith(writable(programme.title))
        assert writable(session.description or "") in event.description
    stated = [(session, closes(session)) for session in programme]
    for closing, registration in [*stated, (None, programme.registration)]:
        if registration and registration.closes:
            event = read[deadline_uid(programme, closing)]
            assert event.end == registration.closes.astimezone(dt.UTC)
            assert event.end - event.start == dt.timedelta(minutes=15)


@calm
@given(some(), readers, st.booleans())
def test_sittings_come_back(programme: Programme, reader: str, utc: bool) -> None:  # noqa: FBT001  # drawn
    """Independent readers find each sitting at its very time, with all its parts."""
    read = READERS[reader](agenda(programme, per="sitting", utc=utc))
    for sitting in programme.sittings:
        event = read[sitting_uid(programme, sitting)]
        assert (event.start, event.end) == (
            sitting.span.start.astimezone(dt.UTC),
            sitting.span.end.astimezone(dt.UTC),
        )
        assert all(writable(part.session.title) in event.description for part in sitting.parts)


@calm
@given(some(), st.sampled_from(["block", "sitting", "day"]))
def test_nothing_of_the_list_is_published(programme: Programme, per: Per) -> None:
    """Without `internal`, the inscriptions and the note might as well not be there."""
    stripped = [
        s
        if s.speakers is None
        else attrs.evolve(s, speakers=attrs.evolve(s.speakers, inscriptions=(), note=None))
        for s in programme
    ]
    assert agenda(programme, per=per) == agenda(attrs.evolve(programme, sessions=stripped), per=per)


@calm
@given(some())
def test_addresses_of_people_are_never_published(programme: Programme) -> None:
    """Only the organiser's address is written: chairs, panellists and contacts keep theirs."""
    bare = [
        attrs.evolve(
            s,
            chair=s.chair and attrs.evolve(s.chair, email=()),
            moderator=s.moderator and attrs.evolve(s.moderator, email=()),
            panellists=[attrs.evolve(person, email=()) for person in s.panellists],
        )
        for s in programme
    ]
    data = agenda(programme, internal=True)
    assert data == agenda(attrs.evolve(programme, sessions=bare, contacts=()), internal=True)


@calm
@given(some())
def test_parts_are_what_the_whole_has(programme: Programme) -> None:
    """The calendars of single sessions hold the same events as the calendar of all."""
    whole = READERS["icalendar"](agenda(programme))
    parts: dict[str, object] = {}
    for session in programme:
        if session.blocks or closes(session):
            parts |= READERS["icalendar"](agenda(programme, session=session.id))
    whole.pop(deadline_uid(programme), None)
    assert parts == whole


@calm
@given(some(), st.integers(1, 10**6))
def test_uids_stay_while_everything_moves(programme: Programme, seconds: int) -> None:
    """New times, titles, rooms and revisions leave every UID as it was."""
    moved = [
        attrs.evolve(
            s,
            title=f"{s.title} again",
            id=s.id,
            room="Elsewhere",
            blocks=[block.shift(dt.timedelta(seconds=seconds)) for block in s.blocks],
        )
        for s in programme
    ]
    later = attrs.evolve(programme, sessions=moved, title="Other", revision=0, zone="UTC")
    assert set(values(agenda(later), "UID")) == set(values(agenda(programme), "UID"))


@given(st.tuples(ids, ids, ids), st.tuples(ids, ids, ids))
def test_uids_tell_everything_apart(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    """No two entries of two programmes share a UID, dots in their ids or not."""
    assume(one != other)

    def uids(programme_id: str, session_id: str, inscription_id: str) -> set[str]:
        session = Session("S", id=session_id)
        programme = Programme(programme_id, "P", [session], zone="UTC")
        return {slot_uid(programme, session, inscription_id)} | (
            {block_uid(programme, session, 1), deadline_uid(programme, session)}
            if one[:2] != other[:2]
            else set()
        )

    assert not uids(*one) & uids(*other)


@pytest.mark.parametrize(
    ("one", "other"), [(("a.b", "c"), ("a", "b.c")), (("a", "b.1"), ("a.b", "1"))]
)
def test_dots_in_ids_are_no_borders(one: tuple[str, str], other: tuple[str, str]) -> None:
    """Where one id ends and the next begins is always seen."""
    made = [
        block_uid(Programme(programme, "P", zone="UTC"), Session("S", id=session), 1)
        for programme, session in (one, other)
    ]
    assert made[0] != made[1]


@calm
@given(programmes())
def test_nothing_but_an_empty_programme_is_refused(programme: Programme) -> None:
    """Whatever has a time or a deadline can be written."""
    try:
        data = agenda(programme)
    except InvalidValue:
        registration = programme.registration
        assert not programme.parts
        assert not any(map(closes, programme.sessions))
        assert not (registration and registration.closes)
    else:
        assert data.startswith(b"BEGIN:VCALENDAR\r\n")
