"""Programme: the whole plan of one meeting."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta
from itertools import pairwise

import attrs
import pytest
from hypothesis import given

from r2psched.blocks import Day, gaps
from r2psched.errors import AmbiguousName, UnknownName
from r2psched.programme import House, Programme, document_link
from r2psched.sessions import Session
from r2psched.speakers import Person, SpeakerList
from tests.refusals import refusal
from tests.strategies import programmes, zones

day = Day("2014-09-08", zone="America/New_York")
OPENING = Session("Opening", day("10:00-10:20"))
BREAK = Session("Lunch", day("13:00-15:00"), kind="break")
FLOOR = Session(
    "Dialogue", [day("10:20-13:00"), day("15:00-17:50")], id="floor", speakers=SpeakerList()
)
HALF_HOUR = timedelta(minutes=30)


def meeting(*sessions: Session, **fields: object) -> Programme:
    """Make a programme of some sessions."""
    return Programme("p", "Meeting", sessions, **fields)  # type: ignore[arg-type]  # as the test says


@given(programmes())
def test_any(programme: Programme) -> None:
    """Every block is told in the programme's zone, found by its id, and lies in its span."""
    assert all(b.zone == programme.zone for s in programme for b in s.blocks)
    assert [programme[session.id] for session in programme] == list(programme.sessions)
    assert all(part.block in (programme.span or ()) for part in programme.parts)
    assert attrs.evolve(programme, id="x", status="confirmed").sessions == programme.sessions


@given(programmes())
def test_parts(programme: Programme) -> None:
    """Parts are all blocks by start; ordinals count the blocks of each session."""
    parts = programme.parts
    assert len(parts) == sum(len(session.blocks) for session in programme)
    assert all(a.block.start_us <= b.block.start_us for a, b in pairwise(parts))
    assert all(part.session.blocks[part.ordinal - 1] == part.block for part in parts)
    assert len(programme.rows()) == len(parts)


@given(programmes())
def test_sittings(programme: Programme) -> None:
    """Sittings hold each block that is no break once; within one no gap lasts half an hour."""
    sittings = programme.sittings
    held = [part for sitting in sittings for part in sitting.parts]
    seated = [part for part in programme.parts if not part.session.is_break]
    assert sorted(held, key=seated.index) == seated
    for sitting in sittings:
        blocks = [part.block for part in sitting.parts]
        assert {programme.room_of(part.session) for part in sitting.parts} == {sitting.room}
        assert all(gap.duration < HALF_HOUR for gap in gaps(blocks))
        assert sitting.span.start_us == min(block.start_us for block in blocks)
        assert sitting.span.end_us == max(block.end_us for block in blocks)
    for one, other in pairwise(sorted(sittings, key=lambda s: (s.room or "", s.span))):
        assert one.room != other.room or other.span.start - one.span.end >= HALF_HOUR


@given(programmes(), zones)
def test_other_zone(programme: Programme, zone: str) -> None:
    """Another zone moves nothing."""
    moved = attrs.evolve(programme, zone=zone)
    assert [(p.block.start_us, p.block.end_us) for p in moved.parts] == [
        (p.block.start_us, p.block.end_us) for p in programme.parts
    ]


def test_gap_of_half_an_hour() -> None:
    """A gap of 30 minutes ends a sitting; one second less does not."""
    before, after = Session("A", day("10:00-11:00")), Session("B", day("11:30-12:00"))
    earlier = Session("B", day("11:29:59-12:00"))
    assert len(meeting(before, after).sittings) == 2
    assert len(meeting(before, earlier).sittings) == 1


def test_breaks_do_not_sit() -> None:
    """A break between two blocks leaves the gap that it fills; a short one ends nothing."""
    morning, afternoon = meeting(OPENING, FLOOR, BREAK).sittings
    assert (str(morning.span), str(afternoon.span)) == (
        "2014-09-08 10:00-13:00",
        "2014-09-08 15:00-17:50",
    )
    coffee = Session("Coffee", day("10:20-10:40"), kind="break")
    assert len(meeting(OPENING, coffee, Session("B", day("10:40-11:00"))).sittings) == 1


def test_rooms_sit_apart() -> None:
    """Two rooms have each their sittings, by start and then by room."""
    other = Session("Side event", day("10:00-11:00"), room="B")
    programme = meeting(OPENING, FLOOR, other, room="A")
    assert [(s.room, len(s.parts)) for s in programme.sittings] == [("B", 1), ("A", 2), ("A", 1)]
    assert programme.rooms == ("A", "B")
    assert programme.room_of(OPENING) == "A"
    assert meeting(OPENING).rooms == ()


def test_overlap_in_one_room() -> None:
    """A long block that reaches over a later, shorter one keeps the sitting together."""
    long, short = Session("A", day("10:00-12:00")), Session("B", day("10:10-10:20"))
    late = Session("C", day("12:10-13:00"))
    (sitting,) = meeting(long, short, late).sittings
    assert str(sitting.span) == "2014-09-08 10:00-13:00"


def test_zone() -> None:
    """The zone is the one in which all blocks are given, or the one that is named."""
    assert meeting(OPENING).zone == "America/New_York"
    there = meeting(OPENING, zone="UTC")
    assert str(there["opening"].blocks[0]) == "2014-09-08 14:00-14:20"
    message = 'a programme has one zone, such as zone="America/New_York", and '
    assert refusal(meeting) == message + "it has no blocks: name it"
    other = Session("Side event", day("10:00-11:00").in_zone("UTC"))
    told = refusal(meeting, OPENING, other)
    assert told == message + "its blocks are in America/New_York, UTC: name it"
    assert refusal(meeting, OPENING, zone="New York").startswith("expected a zone such as ")


def test_one_id_twice() -> None:
    """Two sessions with one id are refused, with both positions and the remedy."""
    assert refusal(meeting, OPENING, FLOOR, Session(" opening ")) == (
        'sessions 1 and 3, "opening", have one id, "opening": '
        "give each an id of its own, or make them one session with several times"
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"status": "sure"},
            'expected one of "tentative", "provisional", "confirmed", "cancelled", got "sure"',
        ),
        ({"interpretation": None}, 'expected one of "yes", "no", "unknown", got None'),
        ({"revision": -1}, "expected a revision from 0 to 2147483647, got -1"),
        ({"revision": 2**31}, "expected a revision from 0 to 2147483647, got 2147483648"),
        ({"revision": True}, "expected a revision from 0 to 2147483647, got True"),
        ({"revision": "1"}, 'expected a revision from 0 to 2147483647, got "1"'),
        ({"dates": ["2014-9-8"]}, 'expected a date such as "2014-09-08", got "2014-9-8"'),
        (
            {"webcast": "webtv.un.org"},
            'expected a link such as "https://example.org/", got "webtv.un.org"',
        ),
        ({"organiser": 5}, "expected a text in quotes, got 5"),
        ({"documents": [""]}, "expected a text that is not empty"),
    ],
)
def test_refused(fields: dict[str, object], message: str) -> None:
    """A field that has no meaning is refused."""
    assert refusal(meeting, OPENING, **fields) == message


@pytest.mark.parametrize("name", [None, "", "a b", "é", 5])
def test_refuses_ids(name: str) -> None:
    """A programme has an id, and one that calendars can hold."""
    assert refusal(Programme, name, "Meeting", zone="UTC")


def test_house() -> None:
    """What is not given is not asked, and a length of zero has no meaning."""
    assert meeting(OPENING).house == House() == House(None, None)
    assert House("3 h", "15 min").shortest_pause == timedelta(minutes=15)
    assert refusal(House, "0 s") == "expected a length of more than 0 s, got 0 s"


def test_dates() -> None:
    """Dates are put in order, each once."""
    found = meeting(OPENING, dates=["2014-09-09", dt.date(2014, 9, 8), "2014-09-09"]).dates
    assert found == (dt.date(2014, 9, 8), dt.date(2014, 9, 9))


def test_people() -> None:
    """A name stands for a person, alone or among several."""
    programme = meeting(OPENING, organiser="A", contacts=["B", Person("C")])
    assert (programme.organiser, programme.contacts) == (Person("A"), (Person("B"), Person("C")))


def test_look_up() -> None:
    """A session is found by id, or by title in any case of letters."""
    programme = meeting(OPENING, FLOOR)
    assert programme["floor"] is programme[" DIALOGUE "] is programme.sessions[1]
    with pytest.raises(UnknownName, match=r'^no session "flor": did you mean "floor"\?$'):
        programme["flor"]


def test_ambiguous_look_up() -> None:
    """A title that two sessions bear is refused with the ids that tell them apart."""
    programme = meeting(Session("Panel", id="a"), Session("panel", id="b"), zone="UTC")
    with pytest.raises(AmbiguousName) as caught:
        programme["PANEL"]
    assert caught.value.ids == ("a", "b")


def test_defaults_of_the_programme() -> None:
    """A session without a room or webcast has the programme's."""
    own = Session("Side event", room="B", webcast="https://example.org/b", id="own")
    programme = meeting(OPENING, own, room="A", webcast="https://example.org/a")
    assert [programme.room_of(s) for s in programme] == ["A", "B"]
    assert [programme.webcast_of(s) for s in programme] == [
        "https://example.org/a",
        "https://example.org/b",
    ]


def test_lists() -> None:
    """The sessions with a list are those that have one, if nobody is inscribed yet too."""
    assert meeting(OPENING, FLOOR).lists == (FLOOR,)


def test_span() -> None:
    """The span runs from the first start to the last end, or is none while no time is set."""
    assert str(meeting(FLOOR, OPENING).span) == "2014-09-08 10:00-17:50"
    assert meeting(Session("Open"), zone="UTC").span is None


def test_text() -> None:
    """The text shows title, status, zone, and the blocks by start."""
    assert str(meeting(FLOOR, OPENING, room="A")).splitlines() == [
        "Meeting (tentative, revision 0; times in America/New_York)",
        "time                    session   kind     room",
        "2014-09-08 10:00-10:20  Opening   session  A",
        "2014-09-08 10:20-13:00  Dialogue  session  A",
        "2014-09-08 15:00-17:50  Dialogue  session  A",
    ]
    assert "<td>Opening</td>" in meeting(OPENING)._repr_html_()  # of a notebook


def test_rows() -> None:
    """Each block is one dict with its times as they are, and with what it is known by."""
    assert meeting(OPENING, room="A", venue="Palais, Geneva").rows() == [
        {
            "start": day.at("10:00"),
            "end": day.at("10:20"),
            "session": "Opening",
            "kind": "session",
            "room": "A",
            "id": "opening",
            "block": 1,
            "venue": "Palais, Geneva",
        }
    ]
    found = [(row["id"], row["block"]) for row in meeting(FLOOR, OPENING).rows()]
    assert found == [("opening", 1), ("floor", 1), ("floor", 2)]


def test_notebook_without_sessions() -> None:
    """A programme without sessions shows no empty table in a notebook."""
    assert Programme("m", "T", zone="UTC")._repr_html_() == "<p>no rows</p>"


@pytest.mark.parametrize(
    ("document", "link"),
    [
        ("A/68/947", "https://undocs.org/A/68/947"),
        ("A/RES/63/308", "https://undocs.org/A/RES/63/308"),
        ("S/PV.7000(Resumption)", "https://undocs.org/S/PV.7000(Resumption)"),
        ("ST/SGB/2017/1", "https://undocs.org/ST/SGB/2017/1"),
        ("https://example.org/x", "https://example.org/x"),
        ("Concept note", None),
        ("A/RES", None),
        ("A/68/947 and others", None),
        ("a/68/947", None),
    ],
)
def test_document_link(document: str, link: str | None) -> None:
    """A symbol of a principal organ has a link, a link is one, and a title has none."""
    assert document_link(document) == link
