"""The published agenda: what stands in it, and what doesn't."""

from __future__ import annotations

import datetime as dt

import attrs
import icalendar
import pendulum
import pytest

from r2psched.blocks import Day
from r2psched.errors import InvalidValue, UnknownName
from r2psched.ical import agenda
from r2psched.programme import Programme, Status
from r2psched.sessions import Session
from r2psched.speakers import Person
from tests.ical.meetings import OFFICE, dialogue, forum
from tests.ical.readers import by_icalendar, values

UTC_DAY = Day("2014-09-08", zone="UTC")


def small(**changes: object) -> Programme:
    """Make a meeting of one block, with some changes."""
    opening = Session("Opening", UTC_DAY("10:00-10:20"))
    return attrs.evolve(Programme("m", "Meeting", [opening]), **changes)  # type: ignore[arg-type]  # any field


def event(data: bytes, uid: str) -> icalendar.Event:
    """Give the event of a UID."""
    (found,) = (e for e in icalendar.Calendar.from_ical(data).walk("VEVENT") if e["UID"] == uid)
    assert isinstance(found, icalendar.Event)
    return found


def test_one_event_for_each_block() -> None:
    """Each block of each session is an event, which says which of several it is."""
    read = by_icalendar(agenda(dialogue()))
    assert {uid: each.summary for uid, each in read.items()} == {
        "r2p-2014.opening-remarks.1@r2psched": "Opening remarks",
        "r2p-2014.floor.1@r2psched": "Interactive dialogue (1/2)",
        "r2p-2014.floor.2@r2psched": "Interactive dialogue (2/2)",
    }


def test_one_event_for_each_sitting() -> None:
    """A sitting has its agenda in the description, and leaves the break out of it."""
    read = by_icalendar(agenda(forum(), per="sitting"))
    sitting = read["forum-2025.panel.1.sitting@r2psched"]
    assert (sitting.start.hour, sitting.end.hour, sitting.summary) == (8, 11, "Forum, 2025 (1/3)")
    assert "10:00-11:30 Panel; questions, answers\nWhat has been" in sitting.description
    assert "11:50-13:00 Interactive dialogue (1/2)\nLimit: 3 min" in sitting.description
    assert "Coffee" not in sitting.description


def test_a_session_without_a_time_gives_no_event() -> None:
    """What is still to be fixed is not in the calendar."""
    assert "later" not in "".join(by_icalendar(agenda(forum())))


def test_one_session_by_request() -> None:
    """Only the blocks of that session and the deadline of its list are written."""
    read = by_icalendar(agenda(forum(), session="INTERACTIVE dialogue"))
    assert list(read) == [
        "forum-2025.floor..1.1@r2psched",
        "forum-2025.floor..1.2@r2psched",
        "forum-2025.floor..1.deadline@r2psched",
    ]


def test_the_sittings_of_one_session_are_whole() -> None:
    """A sitting in which the session has a part keeps its times, agenda and number."""
    every, some = (
        by_icalendar(agenda(forum(), per="sitting", session=session)) for session in (None, "panel")
    )
    assert list(some) == ["forum-2025.panel.1.sitting@r2psched"]
    assert some.items() <= every.items()


def test_one_room_by_request() -> None:
    """Only what is in that room is written, and the calendar is named after it."""
    data = agenda(forum(), room="room xx")
    assert list(by_icalendar(data)) == ["forum-2025.closing.1@r2psched"]
    assert values(data, "NAME") == values(data, "X-WR-CALNAME") == [r"Forum\, 2025: Room XX"]


def test_unknown_names_are_told_with_the_known() -> None:
    """A session or room that isn't there is refused, with the nearest or all known names."""
    with pytest.raises(UnknownName, match=r'no session "flor\.1": did you mean "floor\.1"'):
        agenda(forum(), session="flor.1")
    with pytest.raises(UnknownName, match='no room "Plenary": there is "Foyer", "Room XX", "Sal'):
        agenda(forum(), room="Plenary")


def test_rooms_that_differ_in_case_only_are_told_apart() -> None:
    """The exact name wins; a name that could be either is refused."""
    rooms = [
        Session("One", UTC_DAY("10:00-11:00"), room="Hall"),
        Session("Two", UTC_DAY("10:00-11:00"), room="HALL"),
    ]
    meeting = Programme("m", "Meeting", rooms)
    assert list(by_icalendar(agenda(meeting, room="HALL"))) == ["m.two.1@r2psched"]
    with pytest.raises(UnknownName, match='no room "hall": did you mean'):
        agenda(meeting, room="hall")


def test_one_event_a_day() -> None:
    """Each day of a forum is one event from its first block to its last, breaks left out."""
    read = by_icalendar(agenda(forum(), per="day"))
    days = {uid: event for uid, event in read.items() if uid.endswith(".day@r2psched")}
    blocks = [part.block for part in forum().parts if not part.session.is_break]
    dates = sorted({block.start.date() for block in blocks})
    assert list(days) == [f"{forum().id}.{n}.day@r2psched" for n in range(1, len(dates) + 1)]
    for date, event in zip(dates, days.values(), strict=True):
        held = [block for block in blocks if block.start.date() == date]
        assert event.start.timestamp() == min(block.start.timestamp() for block in held)
        assert event.end.timestamp() == max(block.end.timestamp() for block in held)


def test_per_what_is_asked() -> None:
    """Anything but block, sitting and day is refused."""
    with pytest.raises(
        InvalidValue, match='expected per="block", per="sitting" or per="day", got "week"'
    ):
        agenda(small(), per="week")  # type: ignore[arg-type]  # what is tested


@pytest.mark.parametrize(
    ("programme", "session", "named"),
    [
        (Programme("m", "Meeting", zone="UTC"), None, "Meeting"),
        (forum(), "later", "Forum, 2025: To be fixed"),
    ],
)
def test_nothing_to_write(programme: Programme, session: str | None, named: str) -> None:
    """A calendar without events is none: the message says what would make it one."""
    with pytest.raises(InvalidValue) as raised:
        agenda(programme, session=session)
    assert str(raised.value) == (
        f'nothing of "{named}" can be put into a calendar, since nothing has a time: '
        'give one, such as "10:00-13:00"'
    )


def test_local_times_have_their_zone_and_utc_needs_none() -> None:
    """Times are those of the programme's zone with one VTIMEZONE, or in UTC without any."""
    assert agenda(dialogue()).count(b"BEGIN:VTIMEZONE") == 1
    assert b"VTIMEZONE" not in agenda(dialogue(), utc=True)
    assert by_icalendar(agenda(dialogue())) == by_icalendar(agenda(dialogue(), utc=True))


def test_no_clocks_that_nobody_uses() -> None:
    """Where every time is in UTC, for the hour comes twice, there is no VTIMEZONE."""
    night = Day("2025-10-26", zone="Europe/Zurich")("2:00 CEST - 2:30 CET")
    data = agenda(Programme("m", "Meeting", [Session("Vigil", night)]))
    assert b"VTIMEZONE" not in data
    assert values(data, "DTSTART") == ["20251026T000000Z"]


def test_what_is_published_has_an_organiser() -> None:
    """METHOD:PUBLISH stands where each event has an ORGANIZER, and never an ATTENDEE."""
    for organiser in (None, Person("Office")):
        data = agenda(small(organiser=organiser))
        assert values(data, "METHOD") == values(data, "ORGANIZER") == []
    data = agenda(forum())
    assert values(data, "METHOD") == ["PUBLISH"]
    assert values(data, "ORGANIZER") == ["mailto:office@example.org"] * data.count(b"BEGIN:VEVENT")
    assert b"ATTENDEE" not in data


def test_the_dates_are_those_of_the_revision() -> None:
    """SEQUENCE, DTSTAMP and LAST-MODIFIED come from the programme, whatever time it is now."""
    now = pendulum.datetime(2030, 1, 1)
    data = agenda(forum(), now=now)
    assert set(values(data, "SEQUENCE")) == {"2"}
    assert set(values(data, "DTSTAMP") + values(data, "LAST-MODIFIED")) == {"20250901T100000Z"}


def test_now_dates_what_has_no_date() -> None:
    """Without a date of revision it is `now`, to the second, or else a fixed day long ago."""
    now = dt.datetime(2030, 1, 1, 1, 2, 3, 456, tzinfo=dt.UTC)
    assert values(agenda(small(), now=now), "DTSTAMP") == ["20300101T010203Z"]
    assert values(agenda(small(), now=now), "LAST-MODIFIED") == ["20300101T010203Z"]
    assert values(agenda(small()), "DTSTAMP") == ["20000101T000000Z"]
    assert values(agenda(small()), "LAST-MODIFIED") == []
    with pytest.raises(InvalidValue, match="has no zone"):
        agenda(small(), now=dt.datetime(2030, 1, 1))  # noqa: DTZ001  # what is tested


@pytest.mark.parametrize(
    ("status", "written", "busy", "intended"),
    [
        ("tentative", "TENTATIVE", ["TENTATIVE"], ["TENTATIVE"]),
        ("provisional", "TENTATIVE", ["TENTATIVE"], ["TENTATIVE"]),
        ("confirmed", "CONFIRMED", [], []),
        ("cancelled", "CANCELLED", ["FREE"], []),
    ],
)
def test_status(status: Status, written: str, busy: list[str], intended: list[str]) -> None:
    """STATUS is said in the words of iCalendar, and again in Outlook's own."""
    data = agenda(small(status=status))
    assert values(data, "STATUS") == [written]
    assert values(data, "X-MICROSOFT-CDO-BUSYSTATUS") == busy
    assert values(data, "X-MICROSOFT-CDO-INTENDEDSTATUS") == intended


def test_a_break_and_what_is_cancelled_take_up_no_time() -> None:
    """The time of a break is free, and so is all time of a cancelled meeting."""
    coffee = event(agenda(forum()), "forum-2025.coffee.1@r2psched")
    assert (coffee["TRANSP"], coffee["X-MICROSOFT-CDO-BUSYSTATUS"]) == ("TRANSPARENT", "FREE")
    panel = event(agenda(forum()), "forum-2025.panel.1@r2psched")
    assert "TRANSP" not in panel
    assert values(agenda(small(status="cancelled")), "TRANSP") == ["TRANSPARENT"]


def test_a_break_has_no_webcast_and_documents_but_its_own() -> None:
    """What the whole meeting has doesn't fall back on its breaks."""
    coffee = event(agenda(forum()), "forum-2025.coffee.1@r2psched")
    assert "CONFERENCE" not in coffee
    assert coffee["DESCRIPTION"] == "Forum, 2025"


def test_the_description_of_a_block() -> None:
    """Meeting, session, people, limit, webcast and documents with their links."""
    panel = by_icalendar(agenda(forum()))["forum-2025.panel.1@r2psched"]
    assert panel.description == (
        "Forum, 2025\n\n"
        "What has been done,\nand what remains: C:\\New\n\n"
        "Chair: A. Chair, President\n"
        "Moderator: M. Moderator\n"
        "Panellists: P. One, Rapporteur; P. Two\n"
        "Webcast: https://example.org/live\n\n"
        "Documents:\n"
        "A/68/947: https://undocs.org/A/68/947\n"
        "Concept note\n"
        "https://example.org/note"
    )


def test_where_it_is_and_what_kind() -> None:
    """LOCATION is room and venue, as far as there are any; CATEGORIES is the kind."""
    panel = event(agenda(forum()), "forum-2025.panel.1@r2psched")
    assert panel["LOCATION"] == "Salle des Assemblées, Palais, Geneva"
    assert panel.categories == ["panel"]
    assert values(agenda(small()), "LOCATION") == []
    assert values(agenda(small(venue="Palais")), "LOCATION") == ["Palais"]


def test_the_webcast_is_a_conference() -> None:
    """CONFERENCE states its type and what it is, and a session's own webcast comes first."""
    data = agenda(forum()).replace(b"\r\n ", b"")
    line = b"CONFERENCE;FEATURE=VIDEO;LABEL=Webcast;VALUE=URI:https://example.org/live"
    assert data.count(line + b"\r\n") == 2
    assert data.count(line + b"?a=1,2\r\n") == 2


def test_deadlines() -> None:
    """A deadline is an event that ends at it, takes up no time and reminds a day before."""
    data = agenda(forum())
    to_speak = event(data, "forum-2025.floor..1.deadline@r2psched")
    assert to_speak.end == pendulum.datetime(2025, 10, 24, 11)
    assert to_speak.end - to_speak.start == dt.timedelta(minutes=15)
    assert (to_speak["TRANSP"], to_speak["STATUS"]) == ("TRANSPARENT", "CONFIRMED")
    (alarm,) = to_speak.alarms.times
    assert (alarm.alarm["ACTION"], alarm.alarm.TRIGGER) == ("DISPLAY", -dt.timedelta(days=1))
    assert to_speak["SUMMARY"] == "Deadline to register to speak: Interactive dialogue"
    assert to_speak["DESCRIPTION"] == (
        "Forum, 2025\n\n"
        "Open from: Wednesday 1 October 2025, 09:00 (Europe/Zurich)\n"
        "Open until: Friday 24 October 2025, 13:00 (Europe/Zurich)\n"
        "Write to: Secretariat, room 5\n\n"
        "Name and level of the speaker."
    )
    to_attend = event(data, "forum-2025.deadline@r2psched")
    assert to_attend["SUMMARY"] == "Deadline to register to attend: Forum, 2025"


def test_the_deadlines_of_a_cancelled_meeting() -> None:
    """They are cancelled with it and remind nobody."""
    data = agenda(attrs.evolve(forum(), status="cancelled"))
    assert event(data, "forum-2025.deadline@r2psched")["STATUS"] == "CANCELLED"
    assert b"VALARM" not in data


def test_internal_lines_only_when_asked_for() -> None:
    """Capacity and the note of the list are for the secretariat's own calendar."""
    uid = "forum-2025.floor..1.1@r2psched"
    public, internal = (by_icalendar(agenda(forum(), internal=i))[uid] for i in (False, True))
    assert internal.description == public.description + (
        "\n\nCapacity: at most 23 of 3 min in 1 h 10 min of floor time; "
        "at most 113 in the whole session, 3 inscribed\n"
        "It rests on: Replies of the panel, at the end of the session: "
        "of unknown length, counted as 0\n"
        "Note: Fiji leaves early"
    )


def test_internal_lines_without_a_limit() -> None:
    """Without a limit nothing is counted; without a list there is nothing to say."""
    listed = Session("Floor", UTC_DAY("11:00-12:00"), speakers=["Chile"])
    meeting = small(sessions=[Session("Opening", UTC_DAY("10:00-10:20")), listed])
    assert agenda(meeting, internal=True) == agenda(meeting)


def test_the_head_of_the_calendar() -> None:
    """Name, zone, description and how often to ask again, each in all its spellings."""
    data = agenda(forum())
    assert values(data, "CALSCALE") == ["GREGORIAN"]
    assert values(data, "NAME") == values(data, "X-WR-CALNAME") == [r"Forum\, 2025"]
    assert values(data, "X-WR-TIMEZONE") == ["Europe/Zurich"]
    assert values(data, "X-WR-CALDESC") == ["A forum of two days."]
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n" in data
    assert not any(name in data for name in (b"SOURCE", b"DURATION:P15", b"VTODO"))


def test_the_organiser_may_be_anybody() -> None:
    """The name of the organiser stands beside the address, in typographic quotes."""
    data = agenda(small(organiser=attrs.evolve(OFFICE, name='The "Office"')))
    assert 'ORGANIZER;CN="The “Office”":mailto:office@example.org\r\n'.encode() in data


def test_an_empty_list_has_its_limit_and_its_deadline() -> None:
    """Before anybody is inscribed, the limit and the deadline are published all the same."""
    floor = forum()["floor.1"]
    assert floor.speakers is not None
    empty = attrs.evolve(floor, speakers=attrs.evolve(floor.speakers, inscriptions=()))
    meeting = attrs.evolve(forum(), sessions=[empty])
    assert agenda(meeting) == agenda(attrs.evolve(forum(), sessions=[floor]))
