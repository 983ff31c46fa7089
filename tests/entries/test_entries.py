"""Entries: what each says, and what of it changes merely because others move."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched import Day, Inscription, Person, Programme, Session, SpeakerList
from r2psched.entries import Agenda, Entry, SlotEntries, days, deadlines, session_entries
from r2psched.entries.entry import digest, standing_of
from r2psched.errors import InvalidValue, UnknownName
from r2psched.programme import Invitations
from r2psched.speakers import Registration
from tests.strategies import programmes

DAY = Day("2014-09-08", zone="America/New_York")
FLOOR = Session(
    "Floor",
    [DAY("10:00-10:30"), DAY("12:00-13:00")],
    id="floor",
    room="Room 1",
    chair=Person("A. Chair"),
    speakers=SpeakerList(
        ["Chile", "Denmark", "Fiji", "Japan", "Kenya"],
        "6 min",
        registration=Registration(closes=DAY.at("2014-09-01 18:00")),
    ),
)
MEETING = Programme("p", "Meeting", [FLOOR], venue="Palais", status="confirmed")
MINUTE = 60_000_000

texts = st.text(st.characters(exclude_categories=[]), max_size=5)
lengths = st.timedeltas(timedelta(0), timedelta(days=9)).map(
    lambda length: timedelta(seconds=int(length.total_seconds()))
)
entries = st.builds(
    Entry,
    texts,
    st.sampled_from(["block", "sitting", "deadline", "slot", "session", "day"]),
    st.integers(-(2**50), 2**50),
    st.integers(-(2**50), 2**50),
    st.just("UTC"),
    texts,
    description=texts,
    location=texts,
    status=st.sampled_from(["tentative", "confirmed", "cancelled"]),
    free=st.booleans(),
    categories=st.lists(texts, max_size=2).map(tuple),
    links=st.lists(texts, max_size=2).map(tuple),
    webcast=texts,
    alarms=st.lists(lengths, max_size=2).map(tuple),
    session=texts,
    about=texts,
    steady=texts,
    inner_us=st.lists(st.integers(-(2**50), 2**50), max_size=2).map(tuple),
)


@given(entries)
def test_an_entry_comes_back_from_plain_values(entry: Entry) -> None:
    """Through JSON too, whatever its texts."""
    assert Entry.from_dict(entry.as_dict()) == entry
    assert Entry.from_dict(json.loads(json.dumps(entry.as_dict()))) == entry


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        ("tentative", "tentative"),
        ("provisional", "tentative"),
        ("confirmed", "confirmed"),
        ("cancelled", "cancelled"),
    ],
)
def test_standing(status: str, standing: str) -> None:
    """A provisional programme is tentative: a calendar knows nothing in between."""
    assert standing_of(status) == standing


def test_digests_tell_texts_apart() -> None:
    """Also those that are alike once joined."""
    assert len({digest("ab", "c"), digest("a", "bc"), digest("abc"), digest("abc", "")}) == 4
    assert digest("\ud800") != digest("\ufffd")


def slots(session: Session = FLOOR, **changes: Any) -> dict[str, Entry]:  # noqa: ANN401  # as evolve takes them
    """Give the entries of a list, by inscription."""
    meeting = attrs.evolve(MEETING, sessions=[session], **changes)
    written = SlotEntries.of(meeting, "floor")
    return {slot.inscription.id: written(slot) for slot in meeting["floor"].running_order()}


def listed(*names: str, limit: str = "6 min") -> Session:
    """Give the session with another list."""
    return attrs.evolve(FLOOR, speakers=SpeakerList(names, limit))


def test_an_exact_slot() -> None:
    """It says who, where, when, which place, and how long."""
    slot = slots()["denmark"]
    assert slot.uid == "p.floor.speaker.denmark@r2psched"
    assert (slot.kind, slot.session, slot.about) == ("slot", "floor", "denmark")
    assert slot.span == DAY("10:06-10:12")
    assert (slot.summary, slot.location) == ("Denmark takes the floor: Floor", "Room 1, Palais")
    assert slot.status == "confirmed"
    assert "Place on the list: 2\nLimit: 6 min" in slot.description


def test_the_slot_of_a_forecast_takes_up_its_window_and_the_limit() -> None:
    """It is tentative, from its earliest start to its latest and the limit on top."""
    slot = FLOOR.running_order()["Chile"]
    window = slot.start_us + MINUTE, slot.start_us + 11 * MINUTE
    entry = SlotEntries.of(MEETING, "floor")(attrs.evolve(slot, window=window, chance=0.5))
    assert (entry.start_us, entry.end_us) == (window[0], window[1] + 6 * MINUTE)
    assert entry.status == "tentative"
    assert "between 10:01 and 10:11" in entry.description
    assert "50 %" in entry.description


def test_what_is_steady_of_a_slot() -> None:
    """The place on the list changes as others come and go; the limit and the titles don't."""
    alone, behind = slots(listed("Japan"))["japan"], slots(listed("Chile", "Japan"))["japan"]
    assert alone.description != behind.description
    assert alone.steady == behind.steady
    assert alone.steady != slots(listed("Japan", limit="5 min"))["japan"].steady
    assert alone.steady != slots(listed("Japan"), title="Other")["japan"].steady
    later = attrs.evolve(listed("Japan"), blocks=DAY("10:04-13:00"))
    assert alone.steady == slots(later)["japan"].steady


def test_the_window_of_a_forecast_is_not_steady() -> None:
    """It moves as the meeting goes on; that it is a forecast is steady."""
    slot = FLOOR.running_order()["Chile"]
    written = SlotEntries.of(MEETING, "floor")
    one, other = (
        written(attrs.evolve(slot, window=(slot.start_us, slot.start_us + by), chance=chance))
        for by, chance in ((MINUTE, 0.9), (2 * MINUTE, 0.8))
    )
    assert one.description != other.description
    assert one.steady == other.steady != written(slot).steady


def test_replaced_texts_and_language() -> None:
    """The texts of the programme stand in place of those of its language."""
    texts = Invitations(texts={"slot.summary": "{place}. {who}, {limit}: {session}, {programme}"})
    assert slots(invitations=texts)["fiji"].summary == "3. Fiji, 6 min: Floor, Meeting"
    assert slots(lang="fr")["fiji"].summary == "Fiji a la parole : Floor"


def test_alarms_are_those_of_the_programme() -> None:
    """Of slots, blocks and days; a deadline has its own, and what is published has none."""
    alarms = Invitations(alarms=["1 h", "10 min"])
    meeting = attrs.evolve(MEETING, invitations=alarms)
    due = (timedelta(hours=1), timedelta(minutes=10))
    made = [*days(meeting), *(entry for _, entry in session_entries(meeting))]
    made += slots(invitations=alarms).values()
    assert {entry.alarms for entry in made} == {due}
    assert [entry.alarms for entry in deadlines(meeting)] == [(timedelta(days=1),)]
    assert {entry.alarms for entry in Agenda(meeting).blocks()} == {()}


def test_the_days_of_a_meeting() -> None:
    """From the first block to the last of each day; the title says which, if there are several."""
    (only,) = days(MEETING)
    assert (only.summary, only.kind) == ("Meeting", "day")
    assert only.span.duration == timedelta(hours=3)
    assert only.location == "Room 1, Palais"
    next_day = Session("Close", Day("2014-09-09", zone="America/New_York")("9:00-9:30"))
    first, second = days(attrs.evolve(MEETING, sessions=[FLOOR, next_day]))
    assert (first.summary, second.summary) == ("Meeting (day 1 of 2)", "Meeting (day 2 of 2)")
    other = Session("Side", DAY("9:00-9:30"), room="Room 2")
    (mixed,) = days(attrs.evolve(MEETING, sessions=[FLOOR, other]))
    assert mixed.location == "Palais"


def test_nothing_to_be_invited_to() -> None:
    """A meeting without times, or of breaks alone, has no day, no block and no deadline."""
    bare = Programme("p", "P", [Session("Later")], zone="UTC")
    assert not [*days(bare), *session_entries(bare), *deadlines(bare)]
    tea = Session("Tea", DAY("10:00-10:30"), kind="break")
    assert not [*days(attrs.evolve(bare, sessions=[tea]))]


def test_stale_slots_are_refused() -> None:
    """Those of another session, of a speaker who has changed, or outside the blocks."""
    written = SlotEntries.of(MEETING, "floor")
    slot = FLOOR.running_order()["Chile"]
    written.refuse_stale(slot)
    for changes in (
        {"session": "other"},
        {"inscription": Inscription("Chile", email="a@example.org")},
        {"start_us": slot.start_us - 60 * MINUTE, "end_us": slot.end_us - 60 * MINUTE},
    ):
        with pytest.raises(InvalidValue, match="is none of"):
            written.refuse_stale(attrs.evolve(slot, **changes))
    with pytest.raises(UnknownName):
        SlotEntries.of(MEETING, "panel")


@given(programmes())
def test_no_two_entries_share_a_uid(programme: Programme) -> None:
    """Published or invited to, of whatever kind, whatever the ids."""
    uids = [entry.uid for _, entry in session_entries(programme)]
    uids += [entry.uid for entry in (*days(programme), *deadlines(programme))]
    agenda = Agenda(programme)
    uids += [e.uid for e in (*agenda.blocks(), *agenda.sittings(), *agenda.deadlines())]
    for session in programme.lists:
        written = SlotEntries.of(programme, session.id)
        uids += [written(slot).uid for slot in session.running_order("1 s")]
    assert len(set(uids)) == len(uids)


@given(programmes())
def test_entries_are_in_whole_seconds_and_end_after_they_begin(programme: Programme) -> None:
    """As a calendar needs it."""
    made = [entry for _, entry in session_entries(programme)]
    for entry in (*made, *days(programme), *deadlines(programme)):
        assert entry.start_us % 1_000_000 == entry.end_us % 1_000_000 == 0
        assert entry.start_us < entry.end_us
