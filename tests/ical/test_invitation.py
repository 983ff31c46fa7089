"""Invitations: one message for one speaker."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import attrs
import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from r2psched import Day, forecast
from r2psched.delivery.sending import file_name
from r2psched.entries.uids import slot_uid
from r2psched.errors import InvalidValue, NotHeard, UnknownName
from r2psched.ical import agenda, invitation
from r2psched.ical.lint import lint
from r2psched.ical.octets import writable
from r2psched.pace import Pace
from r2psched.programme import Programme
from r2psched.sessions import Session
from r2psched.speakers import Person, SpeakerList
from tests.ical.meetings import OFFICE, dialogue, forum
from tests.ical.readers import READERS, values
from tests.inviting.letters import first, letters
from tests.strategies import (
    anything,
    block_lists,
    headings,
    ids,
    instants,
    maybe,
    reserves,
    speaker_lists,
    tuples,
    zones,
)

if TYPE_CHECKING:
    from r2psched.seating import RunningOrder

# Rich programmes take their time, above all on a busy machine.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SAFE = re.compile(r"[A-Za-z0-9._-]+")


def order_of(programme: Programme) -> RunningOrder:
    """Give the running order of a meeting's only list."""
    (session,) = programme.lists
    return session.running_order()


@st.composite
def invited(draw: st.DrawFn) -> tuple[Programme, RunningOrder]:
    """Give programmes that can invite, and the running order of their list."""
    zone = st.just(draw(zones))
    session = Session(
        draw(headings),
        draw(block_lists(zone, most=2, least=1)),
        id=draw(maybe(ids)),
        room=draw(maybe(anything)),
        reserves=draw(tuples(reserves(), 1)),
        speakers=draw(speaker_lists(most=3)),
    )
    programme = Programme(
        draw(ids),
        draw(headings),
        [session],
        status=draw(st.sampled_from(["tentative", "provisional", "confirmed"])),
        revised=draw(maybe(instants())),
        venue=draw(maybe(anything)),
        organiser=attrs.evolve(OFFICE, name=draw(anything)),
    )
    return programme, session.running_order("1 s")


def test_a_request_names_its_own_recipient() -> None:
    """METHOD:REQUEST, one organiser, one attendee who is asked to answer, and an alarm."""
    meeting = attrs.evolve(dialogue(), organiser=OFFICE)
    data = invitation(meeting, order_of(meeting)["Denmark"])
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert values(data, "METHOD") == ["REQUEST"]
    assert event["UID"] == "r2p-2014.floor.speaker.denmark@r2psched"
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "TENTATIVE")
    assert event["ORGANIZER"] == "mailto:office@example.org"
    assert event["ATTENDEE"] == "mailto:mission@example.org"
    assert dict(event["ATTENDEE"].params) == {
        "CN": "Denmark",
        "PARTSTAT": "NEEDS-ACTION",
        "ROLE": "REQ-PARTICIPANT",
        "RSVP": "TRUE",
    }
    assert event["SUMMARY"] == "Denmark takes the floor: Interactive dialogue"
    assert event["LOCATION"] == "Trusteeship Council Chamber, United Nations Headquarters, New York"
    assert values(data, "DTSTART")[-1] == "20140908T105300"
    assert values(data, "DTEND") == ["20140908T105600"]
    assert values(data, "TRIGGER") == ["-PT15M"]
    assert values(data, "ACTION") == ["DISPLAY"]


def test_the_description() -> None:
    """Place and limit, that the time is planned, and what it rests on."""
    read = READERS["icalendar"](invitation(forum(), order_of(forum())["fiji-for-pacific-islands"]))
    (event,) = read.values()
    assert event.summary == (
        "Fiji (on behalf of Pacific islands) takes the floor: Interactive dialogue"
    )
    assert event.description == (
        "Forum, 2025\n\n"
        "Place on the list: 1\n"
        "Limit: 5 min\n\n"
        "The time is planned; it depends on how long the speakers before take. "
        "It is the earliest possible, since a length is unknown.\n"
        "It rests on: Replies of the panel, at the end of the session: "
        "of unknown length, counted as 0"
    )


def test_a_firm_time_is_only_planned() -> None:
    """Without an unknown length nothing is said of the earliest possible."""
    data = invitation(dialogue(), order_of(dialogue())["Chile"])
    (event,) = READERS["icalendar"](data).values()
    assert event.description.endswith("depends on how long the speakers before take.")


def test_without_an_address_it_is_a_plain_entry() -> None:
    """Neither METHOD nor ATTENDEE nor ORGANIZER, so that it can be passed on by hand."""
    for meeting in (dialogue(), attrs.evolve(dialogue(), organiser=OFFICE)):
        data = invitation(meeting, order_of(meeting)["Chile"])
        assert not any(values(data, name) for name in ("METHOD", "ATTENDEE", "ORGANIZER"))


@pytest.mark.parametrize("organiser", [None, Person("Office")])
def test_a_request_needs_an_organiser(organiser: Person | None) -> None:
    """Without an address to answer to, nobody is invited; the message says what to give."""
    meeting = attrs.evolve(dialogue(), organiser=organiser)
    with pytest.raises(InvalidValue) as raised:
        invitation(meeting, order_of(meeting)["Denmark"])
    assert str(raised.value) == (
        'an invitation is answered to its organiser, and "Fulfilling our collective '
        'responsibility" has none with an e-mail address: write [organiser] with name = "…" and '
        'email = "…"'
    )


def test_several_addresses() -> None:
    """One of them is chosen by `to`; without it they are told, and a strange one is refused."""
    slot = order_of(forum())["japan"]
    data = invitation(forum(), slot, to="one@example.org")
    assert values(data, "ATTENDEE") == ["mailto:one@example.org"]
    with pytest.raises(InvalidValue) as raised:
        invitation(forum(), slot)
    assert str(raised.value) == (
        '"日本" has 2 addresses: choose one with to=, of "one@example.org", "two@example.org"'
    )
    with pytest.raises(UnknownName, match=r'no address of 日本 "tow@example\.org": did you mean'):
        invitation(forum(), slot, to="tow@example.org")


def test_nobody_is_invited_to_a_cancelled_meeting() -> None:
    """A REQUEST cannot be cancelled, so there is none."""
    meeting = attrs.evolve(forum(), status="cancelled")
    with pytest.raises(InvalidValue, match='"Forum, 2025" is cancelled: nobody can be invited'):
        invitation(meeting, order_of(meeting)["Chile"])


def test_a_slot_of_another_meeting_is_refused() -> None:
    """The session of a slot must be one of the programme's."""
    with pytest.raises(UnknownName, match='no session "floor"'):
        invitation(forum(), order_of(dialogue())["Chile"])


def test_the_unheard_are_not_invited() -> None:
    """Who is below the cut line has no slot, and so no invitation."""
    (floor,) = dialogue().lists
    floor = attrs.evolve(floor, speakers=["Chile", "Denmark", "Fiji"])
    order = floor.running_order("2 h")
    meeting = attrs.evolve(dialogue(), sessions=[floor])
    assert [each.recipient.name for each in first(meeting, order)] == ["Chile", "Denmark"]
    with pytest.raises(NotHeard):
        order["Fiji"]


def test_the_set_of_a_running_order() -> None:
    """One for each address of each slot, in order, each as `invitation` writes it alone."""
    order = order_of(forum())
    made = letters(forum(), order)[:4]
    assert [(message.entry.about, message.recipient.address) for message, _ in made] == [
        ("fiji-for-pacific-islands", "fiji@example.org"),
        ("japan", "one@example.org"),
        ("japan", "two@example.org"),
        ("chile", ""),
    ]
    assert [data for _, data in made] == [
        invitation(forum(), order[message.entry.about], to=message.recipient.address or None)
        for message, _ in made
    ]


@calm
@given(invited())
def test_every_invitation_is_valid(drawn: tuple[Programme, RunningOrder]) -> None:
    """The lint finds nothing, there is one event, and nobody but the recipient is named."""
    for message, data in letters(*drawn):
        assert not lint(data).items
        assert len(values(data, "UID")) == 1
        to = message.recipient.address
        assert values(data, "ATTENDEE") == ([f"mailto:{to}"] if to else [])


@calm
@given(invited(), st.sampled_from(list(READERS)), st.booleans())
def test_slots_come_back(
    drawn: tuple[Programme, RunningOrder],
    reader: str,
    utc: bool,  # noqa: FBT001  # drawn
) -> None:
    """Independent readers find the slot at its very time, under the speaker's name."""
    programme, order = drawn
    session = programme[order.session]
    slots = {slot_uid(programme, session, slot.inscription.id): slot for slot in order}
    for _, data in letters(programme, order, utc=utc):
        ((uid, event),) = READERS[reader](data).items()
        slot = slots[uid]
        assert event.start == slot.start.astimezone(dt.UTC)
        assert event.end == slot.end.astimezone(dt.UTC)
        assert event.summary == writable(f"{slot.inscription} takes the floor: {session.title}")


@calm
@given(invited())
def test_file_names_are_safe_and_unique(drawn: tuple[Programme, RunningOrder]) -> None:
    """Letters, digits, dots, dashes and underscores, and no two alike in any case of letters."""
    names = [file_name(message) for message in first(*drawn)]
    assert all(map(SAFE.fullmatch, names))
    assert all(len(name) < 250 for name in names)


@calm
@given(invited())
def test_an_invitation_tells_nothing_of_the_others(drawn: tuple[Programme, RunningOrder]) -> None:
    """It stays the same when everybody else has left the list and nobody is to be asked."""
    programme, order = drawn
    for message, data in letters(programme, order):
        slot = next(s for s in order if s.inscription.id == message.entry.about)
        alone = [attrs.evolve(session, speakers=[slot.inscription]) for session in programme]
        emptied = attrs.evolve(programme, sessions=alone, contacts=())
        assert data in [octets for _, octets in letters(emptied, [slot])]


def test_the_uid_is_of_the_inscription() -> None:
    """It stays when the speaker moves to another place, and is none of the agenda's."""
    meeting = attrs.evolve(forum(), organiser=OFFICE)
    session = attrs.evolve(meeting["floor.1"], speakers=order_of(meeting).inscriptions[::-1])
    moved = attrs.evolve(meeting, sessions=[session])
    before, after = (
        {each.entry.uid for each in first(m, o) if each.entry.kind == "slot"}
        for m, o in ((meeting, order_of(meeting)), (moved, session.running_order("3 min")))
    )
    assert before == after
    assert not before & set(values(agenda(meeting), "UID"))


def test_it_is_dated_like_the_agenda() -> None:
    """By the programme's revision, else by `now`, else by a fixed day."""
    now = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    slot = order_of(dialogue())["Chile"]
    assert values(invitation(forum(), order_of(forum())["Chile"], now=now), "DTSTAMP") == [
        "20250901T100000Z"
    ]
    assert values(invitation(dialogue(), slot, now=now), "DTSTAMP") == ["20300101T000000Z"]
    assert values(invitation(dialogue(), slot), "DTSTAMP") == ["20000101T000000Z"]


def test_a_slot_of_a_forecast_is_tentative_and_takes_up_its_window() -> None:
    """From the earliest start to the latest and the limit on top, each to the nearest minute."""
    meeting = attrs.evolve(dialogue(), organiser=OFFICE, status="confirmed")
    (session,) = meeting.lists
    slot = forecast(session, Pace(1.1, 0.3, late="5 min", late_spread="2 min"))["Denmark"]
    data = invitation(meeting, slot)
    assert slot.window is not None
    zone, limit = slot.zone, slot.limit.seconds
    early, late = (m.add(seconds=30) for m in (slot.earliest, slot.latest))
    assert values(data, "DTSTART")[-1] == f"{early:%Y%m%dT%H%M}00"
    assert values(data, "DTEND")[-1] == f"{late.add(seconds=limit):%Y%m%dT%H%M}00"
    assert values(data, "STATUS") == ["TENTATIVE"]
    told = values(data, "DESCRIPTION")[0]
    times = [f"{moment:%H:%M}" for moment in (early, late)]
    assert "between {} and {}".format(*times) in told
    assert zone in told
    assert not lint(data)
    exact = invitation(meeting, session.running_order()["Denmark"])
    assert values(data, "UID") == values(exact, "UID")
    assert values(exact, "STATUS") == ["CONFIRMED"]


def test_what_the_slot_of_a_forecast_rests_on() -> None:
    """It is expected and not planned, and given whoever is there and heard, to the minute."""
    meeting = attrs.evolve(dialogue(), organiser=OFFICE)
    (session,) = meeting.lists
    slot = forecast(session, Pace(1.1, 0.3))["Denmark"]
    slot = attrs.evolve(slot, start_us=slot.start_us // 60_000_000 * 60_000_000 + 30_000_000)
    told = values(invitation(meeting, slot), "DESCRIPTION")[0]
    assert "The time is planned" not in told
    assert "The time is expected" in told
    assert "if you are there when called" in told
    assert f"as likely before as after {slot.start.add(seconds=30):%H:%M}." in told
    exact = values(invitation(meeting, session.running_order()["Denmark"]), "DESCRIPTION")[0]
    assert "The time is planned" in exact


def test_a_window_in_the_hour_that_comes_twice() -> None:
    """Each of its times says which of the two it is, and its date where there are two."""
    block = Day("2014-11-01", zone="America/New_York")("23:30-02:30+1")
    session = Session("Floor", block, speakers=SpeakerList([f"S{n}" for n in range(60)], "3 min"))
    meeting = Programme("night", "Night", [session], zone="America/New_York")
    expected = forecast(session, Pace(1.2, 0.9))
    data = invitation(meeting, expected["S39"])
    told = values(data, "DESCRIPTION")[0]
    assert re.search(r"between [^.]*01:\d\d EDT and [^.]*01:\d\d EST", told)
    assert not lint(data)
    over = values(invitation(meeting, expected["S8"]), "DESCRIPTION")[0]
    assert "between Saturday 1 November 2014\\, 23:" in over


def test_all_of_a_forecast_are_invited() -> None:
    """Each slot of a forecast gets its invitation, as those of a running order do."""
    (session,) = dialogue().lists
    expected = forecast(session, Pace(1.0, 0.2))
    made = first(attrs.evolve(dialogue(), organiser=OFFICE), expected)
    assert [each.entry.about for each in made] == [slot.inscription.id for slot in expected]


def test_a_window_over_a_break_names_it() -> None:
    """The description tells the break in a window, and how likely the speaker is heard at all."""
    day = Day("2014-09-08", zone="America/New_York")
    speakers = SpeakerList([f"Delegation {n}" for n in range(20)], "5 min")
    session = Session("Floor", [day("10:00-11:00"), day("12:00-12:30")], speakers=speakers)
    meeting = Programme("m", "Meeting", [session])
    expected = forecast(session, Pace(1.1, 0.4))
    told = values(invitation(meeting, expected["Delegation 10"]), "DESCRIPTION")[0]
    assert "It has a break in it\\, from 11:00 to 12:00." in told
    told = values(invitation(meeting, expected["Delegation 15"]), "DESCRIPTION")[0]
    chance = f"{expected['Delegation 15'].chance * 100:.0f} %"
    assert f"The chance that you are heard is {chance}" in told


def test_what_is_no_slot_is_refused() -> None:
    """Whatever else is given for a slot is told with the remedy."""
    with pytest.raises(InvalidValue, match="expected a slot of a running order or of a forecast"):
        invitation(dialogue(), "Denmark")  # type: ignore[arg-type]  # as a user might
