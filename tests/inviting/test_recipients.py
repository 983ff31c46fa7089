"""Who should have which entry."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given

from r2psched import Day, Inscription, Person, Programme, Session, SpeakerList
from r2psched.errors import InvalidValue, UnknownName
from r2psched.inviting import Recipient, wanted
from r2psched.programme import Invitations
from r2psched.speakers import Registration
from tests.strategies import programmes

DAY = Day("2014-09-08", zone="UTC")
NEXT = Day("2014-09-09", zone="UTC")
SPEAKERS = SpeakerList(
    [
        Inscription("Chile", email=["mission@example.org", "speaker@example.org"]),
        Inscription("Fiji", email="mission@example.org"),
        "Denmark",
    ],
    "3 min",
    registration=Registration(closes=DAY.at("2014-09-01 18:00")),
)
FLOOR = Session("Floor", DAY("10:00-11:00"), id="floor", speakers=SPEAKERS)
PANEL = Session(
    "Panel",
    [DAY("9:00-9:50"), NEXT("9:00-9:50")],
    id="panel",
    chair=Person("A. Chair", email="chair@example.org"),
    moderator=Person("M. Moderator", email="chair@example.org"),
    panellists=[Person("P. One", email="one@example.org"), "P. Two"],
)
MEETING = Programme(
    "p", "P", [FLOOR, PANEL], registration=Registration(closes=DAY.at("2014-09-02 9:00"))
)


def told(programme: Programme, *, slots: bool = True) -> list[tuple[str, str]]:
    """Tell who should have what: the middle of the UID, and the key."""
    due = wanted(programme, programme["floor"].running_order() if slots else ())
    return [(e.entry.uid[2:].removesuffix("@r2psched"), e.recipient.key) for e in due]


def test_each_address_of_a_speaker_gets_the_slot() -> None:
    """One address on two inscriptions gets both; without an address it is handed over."""
    assert told(MEETING)[:4] == [
        ("floor.speaker.chile", "mission@example.org"),
        ("floor.speaker.chile", "speaker@example.org"),
        ("floor.speaker.fiji", "mission@example.org"),
        ("floor.speaker.denmark", "by hand: Denmark"),
    ]


def test_whoever_has_a_part_gets_each_block() -> None:
    """Nobody has a block twice: who presides and moderates at one address, presides."""
    assert told(MEETING)[4:] == [
        ("panel.1.invitation", "chair@example.org"),
        ("panel.1.invitation", "one@example.org"),
        ("panel.1.invitation", "by hand: P. Two"),
        ("panel.2.invitation", "chair@example.org"),
        ("panel.2.invitation", "one@example.org"),
        ("panel.2.invitation", "by hand: P. Two"),
    ]
    (role,) = {e.recipient.role for e in wanted(MEETING, ()) if "chair" in e.recipient.address}
    assert role == "chair"


def test_a_day_each() -> None:
    """If the programme says so, whoever has a part gets each day, in their first part."""
    meeting = attrs.evolve(MEETING, invitations=Invitations(each="day"))
    due = [(e.entry.uid, e.recipient.key, e.recipient.role) for e in wanted(meeting, ())]
    assert sorted(due) == [
        (f"p.{day}.day.invitation@r2psched", key, role)
        for day in (1, 2)
        for key, role in (
            ("by hand: P. Two", "panellist"),
            ("chair@example.org", "chair"),
            ("one@example.org", "panellist"),
        )
    ]


def test_the_secretariat_gets_days_and_deadlines() -> None:
    """Contacts who are to be invited do, and no others."""
    contacts = [Person("C", email="c@example.org", invite=True), Person("D", email="d@example.org")]
    meeting = attrs.evolve(MEETING, contacts=contacts)
    assert [each for each in told(meeting, slots=False) if "panel" not in each[0]] == [
        ("1.day.invitation", "c@example.org"),
        ("2.day.invitation", "c@example.org"),
        ("deadline.invitation", "c@example.org"),
        ("floor.deadline.invitation", "c@example.org"),
    ]


def test_an_address_is_the_same_whatever_the_case_of_its_domain() -> None:
    """The part before the @ is the mail server's own business (RFC 5321, section 2.4)."""
    one, other = Recipient("A", "a@Example.ORG"), Recipient("B", "a@example.org")
    assert one.key == other.key != Recipient("A", "A@example.org").key


def test_a_cancelled_meeting_leaves_nobody_anything() -> None:
    """Not even its deadlines."""
    assert wanted(attrs.evolve(MEETING, status="cancelled"), FLOOR.running_order()) == ()


def test_a_slot_of_an_earlier_form_is_refused() -> None:
    """Of another list, of another speaker under its id, or outside its blocks as they are now."""
    order = FLOOR.running_order()
    with pytest.raises(UnknownName):
        wanted(attrs.evolve(MEETING, sessions=[PANEL]), order)
    for changes in (
        {"speakers": SpeakerList(["Chile"], "3 min")},
        {"blocks": DAY("12:00-13:00")},
        {"speakers": ()},
    ):
        later = attrs.evolve(MEETING, sessions=[attrs.evolve(FLOOR, **changes), PANEL])
        with pytest.raises(InvalidValue, match="is none of"):
            wanted(later, order)


def test_days_leave_out_breaks_and_dates_are_those_of_the_zone() -> None:
    """A day goes from its first block to its last; a night belongs to the day it begins on."""
    night = Session("Night", Day("2014-09-08", zone="Asia/Tokyo")("23:00-2:00+1"))
    early = Session("Tea", Day("2014-09-08", zone="Asia/Tokyo")("7:00-7:30"), kind="break")
    meeting = Programme(
        "p", "P", [early, night], contacts=[Person("C", email="c@example.org", invite=True)]
    )
    (day,) = wanted(meeting, ())
    assert day.entry.span.start.astimezone(dt.UTC).hour == 14
    assert day.entry.span.duration == dt.timedelta(hours=3)


@given(programmes())
def test_nobody_has_an_entry_twice_and_every_address_is_served(programme: Programme) -> None:
    """Whatever the programme, each pair of UID and recipient comes once, and none is left out."""
    lists = [s for s in programme.lists if s.blocks]
    slots = [slot for session in lists for slot in session.running_order("1 s")]
    due = wanted(programme, slots)
    keys = [(each.entry.uid, each.recipient.key) for each in due]
    assert len(set(keys)) == len(keys)
    served = {each.recipient.key for each in due}
    for slot in () if programme.status == "cancelled" else slots:
        who = slot.inscription
        assert {Recipient(who.name, a).key for a in who.emails or ("",)} <= served


def test_two_who_share_an_address() -> None:
    """They are one recipient by both names; nobody vanishes."""
    panel = Session(
        "Panel",
        DAY("10:00-11:00"),
        id="panel",
        chair=Person("Mara Lind", email="office@example.org"),
        panellists=[Person("Piet Vos", email="office@example.org")],
    )
    (each,) = wanted(Programme("p", "P", [panel]), [])
    assert each.recipient.name == "Mara Lind, Piet Vos"
    assert each.recipient.role == "chair"


def test_two_of_one_name_without_an_address() -> None:
    """Each has an entry of their own."""
    panel = Session("Panel", DAY("10:00-11:00"), id="panel", panellists=["To be confirmed"] * 2)
    found = wanted(Programme("p", "P", [panel]), [])
    assert [each.recipient.name for each in found] == ["To be confirmed", "To be confirmed (2)"]


def test_who_presides_and_sits_on_the_panel() -> None:
    """One name in two parts is one person, with or without an address."""
    panel = Session("Panel", DAY("10:00-11:00"), id="panel", chair="Ana", panellists=["Ana", "Ben"])
    found = wanted(Programme("p", "P", [panel]), [])
    assert [(each.recipient.name, each.recipient.role) for each in found] == [
        ("Ana", "chair"),
        ("Ben", "panellist"),
    ]
