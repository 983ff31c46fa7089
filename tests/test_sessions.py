"""Session: a titled part of a meeting in one or more blocks."""

from __future__ import annotations

from datetime import timedelta

import attrs
import pytest
from hypothesis import given

from r2psched.blocks import Day, merge
from r2psched.identifiers import as_id
from r2psched.procedures import Procedure
from r2psched.reserves import Reserve
from r2psched.sessions import Session
from r2psched.speakers import Inscription, Person, SpeakerList
from tests.refusals import refusal
from tests.strategies import sessions

MINUTE = timedelta(minutes=1)
day = Day("2014-09-08", zone="America/New_York")


@given(sessions())
def test_any(session: Session) -> None:
    """Blocks are in order and apart, and the id is one that could be given."""
    assert session.blocks == merge(session.blocks)
    assert session.duration == sum((b.duration for b in session.blocks), timedelta(0))
    assert session.id == as_id(session.id)
    assert session.is_break == (session.kind == "break")
    assert attrs.evolve(session, id="x", room="R").blocks == session.blocks


def test_touching_blocks() -> None:
    """Blocks of one session that touch are joined when it is made, whatever their order."""
    parts = [day("11:00-12:00"), day("15:00-16:00"), day("10:00-11:00")]
    session = Session("Panel", parts)
    assert session.blocks == (day("10:00-12:00"), day("15:00-16:00"))
    assert Session("Panel", day("10:00-12:00")).blocks == (day("10:00-12:00"),)


def test_overlapping_blocks() -> None:
    """Blocks of one session that overlap are refused."""
    told = refusal(Session, "Panel", [day("10:00-12:00"), day("11:00-13:00")])
    assert told.endswith("of one session overlap: join them or move one")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("blocks", "10:00-11:00"),
        ("blocks", ["10:00-11:00", "12:00-13:00"]),
        ("reserves", "Replies"),
        ("speakers", 5),
        ("chair", 5),
        ("documents", 5),
        ("documents", ["A", " "]),
        ("webcast", "ftp://example.org"),
        ("id", "é"),
        ("title", ""),
        ("kind", ""),
    ],
)
def test_refused(field: str, value: object) -> None:
    """A field that is not what it should be is refused when the session is made."""
    assert refusal(Session, **{"title": "Panel", field: value}).startswith("expected ")


def test_people() -> None:
    """Whoever has a part is told with the part; a text stands for a person."""
    session = Session("Panel", chair="A", panellists=["B", Person("C", "D")])
    assert [(part, str(person)) for part, person in session.people] == [
        ("chair", "A"),
        ("panellist", "B"),
        ("panellist", "C, D"),
    ]
    assert Session("Panel", moderator="A").people == (("moderator", Person("A")),)


def test_list() -> None:
    """Names alone make a list."""
    assert Session("Panel", speakers=["Chile"]).speakers == SpeakerList(["Chile"])
    assert Session("Panel").speakers is None


def test_capacity_takes_what_the_list_says() -> None:
    """Limit, changeover and reserves are those of the session, unless others are given."""
    session = Session(
        "Panel",
        day("10:00-11:00"),
        reserves=Reserve("Replies", at="end", length="8 min"),
        speakers=SpeakerList(limits="4 min", changeover="1 min"),
    )
    assert session.capacity().total == 10  # 10 × 4 + 9 × 1 = 49 of 52
    assert session.capacity("3 min").total == 13  # 13 × 3 + 12 × 1 = 51
    assert session.capacity(changeover="0 s").total == 13  # 13 × 4 = 52
    assert session.floor().time == 52 * MINUTE
    assert session.floor("2 min").changeover == 2 * MINUTE
    assert Session("Panel").floor().changeover == timedelta(0)


def test_running_order_takes_other_limits() -> None:
    """Other limits stand in place of the list's own, but not of an inscription's own."""
    speakers = SpeakerList(["A", Inscription("B", limit="1 min")], "3 min")
    session = Session("Panel", day("10:00-11:00"), speakers=speakers)
    assert [slot.limit for slot in session.running_order()] == [3 * MINUTE, MINUTE]
    assert [slot.limit for slot in session.running_order("5 min")] == [5 * MINUTE, MINUTE]


def test_no_limit() -> None:
    """Without a limit nothing is counted, and the remedy is told."""
    message = 'the session "Panel" states no limit: give one, such as limit="3 min"'
    listed = Session("Panel", day("10:00-11:00"), speakers=["Chile"])
    assert refusal(Session("Panel", day("10:00-11:00")).capacity) == message
    assert refusal(listed.capacity) == message
    assert refusal(listed.running_order) == message


def test_no_list() -> None:
    """Without a list there is no running order."""
    message = 'the session "Panel" has no list of speakers'
    assert refusal(Session("Panel").running_order, "3 min") == message


def test_a_list_that_closes_behind_all_calendars() -> None:
    """A list that would close behind the year 9999 is refused when that is asked."""
    rules = Procedure(list_closes="80000000 h")
    session = Session("Panel", day("10:00-11:00"), speakers=["Chile"], procedure=rules)
    message = "is later than a calendar goes"
    assert message in refusal(lambda: session.list_closes)
