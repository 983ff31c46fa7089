"""A programme as `schedule.xml` and `schedule.json`."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import assume, given

from r2psched.blocks import Day
from r2psched.errors import InvalidValue
from r2psched.files import read
from r2psched.programme import Programme
from r2psched.sessions import Session
from r2psched.speakers import Person
from r2psched.views.exchange import schedule_json, schedule_xml
from tests.strategies import programmes
from tests.views.exchange.rules import JSON, xml_faults
from tests.views.meetings import ADDRESSES, NOTE, hearing

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.toml"))
NIGHT = Day("2026-03-28", zone="Europe/Zurich")
DAY = Day("2026-03-29", zone="Europe/Zurich")


def events(programme: Programme, **options: str) -> list[dict[str, Any]]:
    """Give the events of a `schedule.json`, as they stand in it."""
    days = schedule_json(programme, **options)["schedule"]["conference"]["days"]
    return [event for day in days for room in day["rooms"].values() for event in room]


def days(programme: Programme) -> list[dict[str, Any]]:
    """Give the days of a `schedule.json`."""
    found: list[dict[str, Any]] = schedule_json(programme)["schedule"]["conference"]["days"]
    return found


def meeting(*sessions: Session, **fields: Any) -> Programme:  # noqa: ANN401  # of each kind
    """Make a programme of some sessions."""
    return Programme("meeting", "Meeting", sessions, **{"zone": "Europe/Zurich"} | fields)


def told(programme: Programme) -> Iterator[tuple[str, ...]]:
    """Tell, from the XML, what each event says, in the order of the keys of the JSON."""
    root = ET.fromstring(schedule_xml(programme))  # noqa: S314  # the test's own file
    for event in root.iterfind("day/room/event"):
        text = {each.tag: each.text or "" for each in event}
        optout = event.findtext("recording/optout")
        yield (
            event.attrib["guid"],
            event.attrib["id"],
            *(text[k] for k in ("date", "start", "duration", "room", "slug", "title", "subtitle")),
            *(text[k] for k in ("track", "type", "language", "abstract", "description")),
            "None" if optout is None else optout.title(),
            *(f"{p.attrib['id']} {p.attrib['guid']} {p.text}" for p in event.iter("person")),
            *(f"{x.text} {x.attrib['href']} {x.attrib['type']}" for x in event.iter("link")),
        )


def expected(event: dict[str, Any]) -> tuple[str, ...]:
    """Tell the same of an event of the JSON."""
    left = {"end", "url", "attachments", "persons", "links"}
    return (
        *(str(value) for key, value in event.items() if key not in left),
        *(f"{p['id']} {p['guid']} {p['name']}" for p in event["persons"]),
        *(f"{x['title']} {x['url']} {x['type']}" for x in event["links"]),
    )


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_keep_the_rules(path: Path) -> None:
    """Both forms of every example are as readers want them, and say the same."""
    programme = read(path)
    written = json.loads(json.dumps(schedule_json(programme)))
    JSON.validate(written)
    assert list(xml_faults(schedule_xml(programme))) == []
    assert len(events(programme)) == len(programme.parts)
    assert [expected(event) for event in events(programme)] == list(told(programme))


@given(programmes())
def test_programmes_of_every_kind_keep_the_rules(programme: Programme) -> None:
    """Whatever a programme holds, both forms keep the rules and say the same."""
    assume(programme.parts)
    JSON.validate(json.loads(json.dumps(schedule_json(programme))))
    assert list(xml_faults(schedule_xml(programme))) == []
    found = events(programme)
    assert [expected(event) for event in found] == list(told(programme))
    for key in ("guid", "id", "slug"):
        assert len({event[key] for event in found}) == len(programme.parts)


def test_the_dialogue_of_2014() -> None:
    """The second block of the dialogue is an event of its own, with what is known of it."""
    event = events(read(EXAMPLES[[path.stem for path in EXAMPLES].index("r2p-2014")]))[3]
    assert {k: event[k] for k in ("title", "date", "start", "end", "duration", "type")} == {
        "title": "Interactive dialogue (2/2)",
        "date": "2014-09-08T15:00:00-04:00",
        "start": "15:00",
        "end": "2014-09-08T17:50:00-04:00",
        "duration": "02:50",
        "type": "dialogue",
    }
    assert (event["guid"], event["id"]) == ("efc7aea6-b16d-5244-bf70-ce182b7704f2", 1850433402)
    assert event["slug"] == "r2p_2014-1850433402-floor"
    assert event["room"] == "Trusteeship Council Chamber"
    assert "Limit: 3 min" in event["description"]


def test_what_an_event_is_known_by_stays() -> None:
    """New times, titles and rooms leave guid, id and slug as they were."""
    floor = Session("Floor", [DAY("10:00-11:00"), DAY("14:00-15:00")], id="floor")
    moved = Session("The floor", [DAY("9:00-9:30"), DAY("16:00-17:00")], id="floor", room="B")
    later = Session("Later", NIGHT("10:00-11:00"), chair="Ada")
    known = [(e["guid"], e["id"], e["slug"]) for e in events(meeting(floor))]
    assert [(e["guid"], e["id"], e["slug"]) for e in events(meeting(later, moved))][1:] == known


def test_people_are_known_by_name() -> None:
    """A person of two parts is told once, has one guid in all events, and no address."""
    ada = Person("Ada Lind", "Mayor", email=ADDRESSES[0])
    bo = Person("Bo", email=ADDRESSES[1])
    first = Session("A", DAY("10:00-11:00"), chair=ada, moderator=ada, panellists=[bo, "Cy"])
    second = Session("B", DAY("11:00-12:00"), panellists="ADA  lind")
    one, two = events(meeting(first, second))
    assert [p["name"] for p in one["persons"]] == ["Ada Lind", "Bo", "Cy"]
    assert "Ada Lind, Mayor" in one["description"]
    assert [(p["id"], p["guid"]) for p in two["persons"]] == [
        (one["persons"][0]["id"], one["persons"][0]["guid"])
    ]
    written = schedule_xml(meeting(first, second)).decode()
    assert not any(address in written for address in ADDRESSES)


def test_two_of_one_name() -> None:
    """Who is in one event under one name is told apart by function, in every event."""
    mayor, judge = Person("Ada Lind", "Mayor"), Person("Ada Lind", "Judge", email=ADDRESSES[0])
    first = Session("A", DAY("10:00-11:00"), chair=mayor, panellists=[judge, "Bo"])
    second = Session("B", DAY("11:00-12:00"), chair="ada lind", panellists=judge)
    one, two = (event["persons"] for event in events(meeting(first, second)))
    assert [p["name"] for p in one] == ["Ada Lind, Mayor", "Ada Lind, Judge", "Bo"]
    assert [p["name"] for p in two] == ["ada lind", "Ada Lind, Judge"]
    assert two[1] == one[1]
    assert len({p["guid"] for p in (*one, *two)}) == len({p["id"] for p in (*one, *two)}) == 4
    (alone,) = events(meeting(attrs.evolve(first, panellists=("Ada Lind", "Bo"))))
    assert [p["name"] for p in alone["persons"]] == ["Ada Lind", "Bo"]


def test_what_is_not_published() -> None:
    """Neither addresses nor notes of lists are in either form."""
    for written in (schedule_xml(hearing()).decode(), json.dumps(schedule_json(hearing()))):
        assert not any(secret in written for secret in (*ADDRESSES, NOTE))


def test_days_begin_and_end_as_the_clocks_do() -> None:
    """A day is from midnight to its last second, or to the end of what begins in it."""
    evening = Session("Evening", NIGHT("22:00-01:30+1"))
    morning = Session("Morning", DAY("10:00-11:00"))
    assert [
        (d["index"], d["date"], d["day_start"], d["day_end"])
        for d in days(meeting(morning, evening))
    ] == [
        (1, "2026-03-28", "2026-03-28T00:00:00+01:00", "2026-03-29T01:30:00+01:00"),
        (2, "2026-03-29", "2026-03-29T00:00:00+01:00", "2026-03-29T23:59:59+02:00"),
    ]


def test_only_days_on_which_something_begins() -> None:
    """Years between two dates make no days."""
    far = Session("Far", Day("9999-12-30", zone="UTC")("10:00-11:00"))
    near = Session("Near", Day("1800-01-01", zone="Europe/Zurich")("10:00-11:00"))
    found = days(meeting(far, near))
    assert [day["date"] for day in found] == ["1800-01-01", "9999-12-30"]
    # What clocks showed before there were zones is told in UTC, which a schema knows.
    assert found[0]["day_start"].endswith("+00:00")


def test_rooms() -> None:
    """Rooms stand as sessions are listed; where none is stated it is the venue, or a dash."""
    sessions = [
        Session("A", DAY("12:00-13:00"), room="Main hall"),
        Session("B", DAY("10:00-11:00"), room="Attic"),
        Session("C", DAY("10:00-11:00")),
    ]
    assert list(days(meeting(*sessions))[0]["rooms"]) == ["Main hall", "Attic", "–"]
    assert list(days(meeting(*sessions, venue="Castle"))[0]["rooms"])[2] == "Castle"
    assert list(days(meeting(*sessions, room="Attic"))[0]["rooms"]) == ["Main hall", "Attic"]


def test_links() -> None:
    """Webcast and documents with a link are links, fit for a URI; others stand in the words."""
    floor = Session(
        "Floor",
        DAY("10:00-11:00"),
        documents=["A/68/947", "Concept note", "https://example.org/{1}%"],
        webcast="https://tv.example.org/",
    )
    (event,) = events(meeting(floor, documents="A/63/677"))
    assert [(link["title"], link["url"], link["type"]) for link in event["links"]] == [
        ("Watch live", "https://tv.example.org/", "media"),
        ("A/68/947", "https://undocs.org/A/68/947", "paper"),
        ("https://example.org/{1}%", "https://example.org/%7B1%7D%25", "paper"),
    ]
    assert "A/68/947; Concept note; " in event["description"]
    (event,) = events(meeting(attrs.evolve(floor, documents=()), documents="A/63/677"))
    assert event["links"][1]["title"] == "A/63/677"


@pytest.mark.parametrize(
    ("kind", "webcast", "answer"),
    [
        ("panel", None, None),
        ("panel", "https://tv.example.org/", False),
        ("break", None, True),
        ("break", "https://tv.example.org/", True),
    ],
)
def test_what_may_be_recorded(kind: str, webcast: str | None, answer: bool | None) -> None:  # noqa: FBT001  # what is expected
    """A break is not to be recorded; what has a webcast may be; else nobody has said."""
    session = Session("X", DAY("10:00-11:00"), kind=kind)
    (event,) = events(meeting(session, webcast=webcast))
    assert event["do_not_record"] is answer


def test_tracks() -> None:
    """Kinds of one name in the language are one track; no two have a slug in common."""
    kinds = ["panel", "Panel!", "panel-2", "Panel", "PANEL?"]
    sessions = [Session(f"S{n}", DAY("10:00-11:00"), kind=kind) for n, kind in enumerate(kinds)]
    programme = meeting(*sessions)
    tracks = schedule_json(programme)["schedule"]["conference"]["tracks"]
    assert [(each["name"], each["slug"]) for each in tracks] == [
        ("Panel", "panel"),
        ("Panel!", "panel-2"),
        ("panel-2", "panel-2-2"),
        ("PANEL?", "panel-3"),
    ]
    assert [event["track"] for event in events(programme)] == [
        "Panel",
        "Panel!",
        "panel-2",
        "Panel",
        "PANEL?",
    ]


def test_what_the_xml_has_no_place_for() -> None:
    """The description of the whole is in the JSON alone."""
    programme = meeting(Session("X", DAY("10:00-11:00")), description="About it all.")
    conference = schedule_json(programme)["schedule"]["conference"]
    assert conference["description"] == "About it all."
    assert b"About it all." not in schedule_xml(programme)


def test_where_it_is_shown() -> None:
    """A given link is that of the conference and each event; without it an event has a URN."""
    programme = meeting(Session("X", DAY("10:00-11:00")))
    (event,) = events(programme)
    assert event["url"] == f"urn:uuid:{event['guid']}"
    (event,) = events(programme, url="https://example.org/meeting")
    assert event["url"] == "https://example.org/meeting"
    written = schedule_xml(programme, url="https://example.org/meeting")
    assert written.count(b"<url>https://example.org/meeting</url>") == 2
    assert list(xml_faults(written)) == []
    with pytest.raises(InvalidValue, match="expected a link"):
        schedule_xml(programme, url="example.org")


def test_what_is_cancelled_says_so() -> None:
    """In every title, since the form has no word for it."""
    programme = meeting(Session("X", DAY("10:00-11:00")), status="cancelled", revision=2)
    written = schedule_json(programme)["schedule"]
    assert written["version"] == "Cancelled, revision 2"
    assert written["conference"]["title"] == "Cancelled – Meeting"
    assert [event["title"] for event in events(programme)] == ["Cancelled – X"]


def test_what_has_no_time() -> None:
    """A session without a time is left out; a programme without any gives no schedule."""
    timed, open_ = Session("X", DAY("10:00-11:00")), Session("Y")
    assert [event["title"] for event in events(meeting(timed, open_))] == ["X"]
    for write in (schedule_json, schedule_xml):
        with pytest.raises(InvalidValue, match="since nothing has a time"):
            write(meeting(open_))


def test_what_is_too_long() -> None:
    """A block of 99 h 59 min can be said, a longer one is refused."""
    start = Day("2026-03-02", zone="UTC")
    block = start("00:00-01:00")

    def lasting(minutes: int) -> Programme:
        long = type(block).from_microseconds(
            block.start_us, block.start_us + minutes * 60_000_000, "UTC"
        )
        return meeting(Session("X", long), zone="UTC")

    assert events(lasting(5999))[0]["duration"] == "99:59"
    with pytest.raises(InvalidValue, match='"X" is longer than 99:59'):
        schedule_xml(lasting(6000))


def test_the_grid() -> None:
    """It is the longest time, up to an hour, of which starts and lengths are multiples."""

    def grid(*times: str) -> str:
        sessions = [Session(f"S {at}", DAY(time)) for at, time in enumerate(times)]
        told: str = schedule_json(meeting(*sessions))["schedule"]["conference"]["timeslot_duration"]
        return told

    assert grid("10:00-13:00") == "01:00"
    assert grid("10:00-10:20", "10:20-10:50") == "00:10"
    assert grid("10:00-10:01:10") == "00:01"


HOSTILE = "<b>&amp;\"'\x00\x1b[31m\u202e]]>\ud800\uffff\r\n</title>"


def test_hostile_texts() -> None:
    """Markup stays text, and what XML cannot hold is replaced, in both forms alike."""
    programme = Programme(
        "meeting",
        HOSTILE,
        [
            Session(
                HOSTILE,
                DAY("10:00-11:00"),
                id="x",
                kind=HOSTILE,
                room=HOSTILE,
                description=HOSTILE * 2,
                chair=Person(HOSTILE, HOSTILE),
                documents=HOSTILE,
            )
        ],
        zone="Europe/Zurich",
    )
    assert list(xml_faults(schedule_xml(programme))) == []
    JSON.validate(schedule_json(programme))
    (event,) = events(programme)
    assert event["title"] == "<b>&amp;\"'\ufffd\ufffd[31m\u202e]]>\ufffd\ufffd </title>"
    assert [expected(event)] == list(told(programme))


@pytest.mark.parametrize(
    ("programme", "acronym"), [("r2p-2014", "r2p_2014"), ("P", "id_p"), ("A.b", "id_a_b")]
)
def test_the_acronym(programme: str, acronym: str) -> None:
    """It is the id in small letters, digits and underscores, four at least."""
    written = schedule_json(Programme(programme, "X", [Session("X", DAY("10:00-11:00"))]))
    assert written["schedule"]["conference"]["acronym"] == acronym


@pytest.mark.parametrize(
    ("zone", "told_in_json"),
    [("America/New_York", True), ("UTC", True), ("Etc/GMT+5", False), ("EST5EDT", False)],
)
def test_the_zone(zone: str, *, told_in_json: bool) -> None:
    """XML tells every zone, JSON those whose names its schema knows."""
    programme = Programme(
        "meeting", "X", [Session("X", Day("2026-03-29", zone=zone)("10:00-11:00"))]
    )
    assert f"<time_zone_name>{zone}</time_zone_name>".encode() in schedule_xml(programme)
    conference = schedule_json(programme)["schedule"]["conference"]
    assert ("time_zone_name" in conference) == told_in_json
