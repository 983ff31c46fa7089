"""The outline of a programme: all that may be published of it, once, in words of one language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest

import r2psched as r2
from r2psched.blocks import write_times
from r2psched.language import words
from r2psched.outlines import Fact, ProgrammeOutline, Said, outline
from tests.cli.running import HEARING

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).parents[2] / "examples"
PROGRAMMES = sorted(path.stem for path in EXAMPLES.glob("*.toml"))


def told_in(value: object) -> Iterator[str]:
    """Every text that an outline holds, but for the catalogue."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from told_in(each)
    elif attrs.has(type(value)):
        held = attrs.asdict(value, recurse=False)  # type: ignore[arg-type]  # it was asked just now
        yield from told_in(tuple(each for name, each in held.items() if name != "words"))


def facts_of(told: ProgrammeOutline) -> dict[str, str]:
    """The facts of a programme by name."""
    return {fact.name: fact.told(words()) for fact in told.facts}


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_block_is_told_once(name: str) -> None:
    """Every block of every session stands in one run of the day on which its run begins."""
    meeting = r2.read(EXAMPLES / f"{name}.toml")
    told = outline(meeting)
    items = [item for day in told.days for run in day.runs for item in run.items]
    assert sorted((item.session, item.ordinal) for item in items) == sorted(
        (part.session.id, part.ordinal) for part in meeting.parts
    )
    starts = {(p.session.id, p.ordinal): p.block.start.isoformat() for p in meeting.parts}
    assert {(item.session, item.ordinal): item.start for item in items} == starts
    assert [day.date for day in told.days] == sorted({day.date for day in told.days})
    assert [each.session for each in told.lists] == [session.id for session in meeting.lists]


@pytest.mark.parametrize("name", PROGRAMMES)
def test_sittings_are_those_of_the_programme(name: str) -> None:
    """What is no break makes the sittings of the programme, with their times and rooms."""
    meeting = r2.read(EXAMPLES / f"{name}.toml")
    runs = [run for day in outline(meeting).days for run in day.runs if not run.is_break]
    held = sorted(meeting.sittings, key=lambda each: (each.span.start_us, each.room or ""))
    assert [(run.time, run.room) for run in runs] == [
        (write_times(each.span.start_us, each.span.end_us, each.span.zone), each.room or "")
        for each in held
    ]
    for run, sitting in zip(runs, held, strict=True):
        told = [item.session for item in run.items if not item.is_break]
        assert told == [part.session.id for part in sitting.parts]


@pytest.mark.parametrize(
    ("time", "room", "within"),
    [
        ("10:50-11:00", "Hall", True),
        ("10:50-11:00", "Yard", False),
        ("12:00-13:00", "Hall", False),
        ("09:30-10:10", "Hall", False),
    ],
)
def test_a_break_stands_where_it_is_held(time: str, room: str, within: bool) -> None:  # noqa: FBT001  # a case of the table
    """A break within a sitting of its room is one of its items; any other stands alone."""
    day = r2.Day("2026-03-10", zone="UTC")
    meeting = r2.Programme(
        "m",
        "Meeting",
        [
            r2.Session("One", day("10:00-10:50"), room="Hall"),
            r2.Session("Coffee", day(time), kind="break", room=room),
            r2.Session("Two", day("11:00-12:00"), room="Hall"),
        ],
    )
    runs = outline(meeting).days[0].runs
    assert sorted(len(run.items) for run in runs) == ([3] if within else [1, 2])
    assert [run.is_break for run in runs if len(run.items) == 1] == ([] if within else [True])


def test_a_session_over_midnight() -> None:
    """What ends on another date says so, and stands under the date on which it begins."""
    day = r2.Day("2026-03-10", zone="UTC")
    (only,) = outline(r2.Programme("m", "Vigil", [r2.Session("Vigil", day("22:00-01:30+1"))])).days
    assert (only.date, only.runs[0].time) == ("2026-03-10", "22:00–01:30 (+1)")


def test_an_hour_that_comes_twice_has_its_mark() -> None:
    """Where clocks show an hour twice the mark of the zone says which is meant."""
    day = r2.Day("2026-11-01", zone="America/New_York")
    blocks = day("01:30 EDT - 01:15 EST")
    (only,) = outline(r2.Programme("m", "Night", [r2.Session("Night", blocks)])).days
    assert only.runs[0].time == "01:30 EDT – 01:15 EST"


def test_facts_of_the_dialogue() -> None:
    """The facts of 2014 are those of its file, with links for its documents."""
    told = outline(r2.read(EXAMPLES / "r2p-2014.toml"))
    assert told.standing == "Tentative, revision 0, Thursday 31 July 2014"
    assert facts_of(told) == {
        "Place": "Trusteeship Council Chamber, United Nations Headquarters, New York",
        "Date": "Monday 8 September 2014",
        "Time zone": "America/New_York",
        "Organiser": "John W. Ashe, President of the General Assembly",
        "Documents": "A/68/947; A/63/677; A/64/864; A/65/877; A/66/874; A/67/929; A/RES/60/1; "
        "A/RES/63/308",
    }
    (papers,) = (fact for fact in told.facts if fact.name == "Documents")
    assert papers.values[0] == Said("A/68/947", "https://undocs.org/A/68/947")
    panel = told.days[0].runs[0].items[1]
    assert [fact.name for fact in panel.facts] == ["Moderator", "Panellists"]
    assert len(panel.facts[1].values) == 4
    assert [len(lines) for lines in panel.description] == [4]


def test_sessions_in_one_room_of_their_own() -> None:
    """The room stands among the facts only if all meet there."""
    day = r2.Day("2026-03-10", zone="UTC")
    sessions = [r2.Session("One", day("10:00-11:00")), r2.Session("Two", day("11:00-12:00"))]
    here = r2.Programme("m", "M", sessions, room="Hall", venue="House")
    assert facts_of(outline(here))["Place"] == "Hall, House"
    sessions[1] = r2.Session("Two", day("11:00-12:00"), room="Yard")
    there = attrs.evolve(here, sessions=sessions)
    assert facts_of(outline(there))["Place"] == "House"


def test_what_is_said_once_is_not_said_again() -> None:
    """People, limit and description stand with the first block of a session alone."""
    told = outline(r2.read(EXAMPLES / "conference.toml"))
    items = [item for day in told.days for run in day.runs for item in run.items]
    first, second = (item for item in items if item.session == "general-discussion")
    assert [fact.name for fact in first.facts] == ["Chair", "Limit", "Between speakers"]
    assert (second.facts, second.description) == ((), ())
    assert (first.title, second.title) == ("General discussion (1/2)", "General discussion (2/2)")


def test_sessions_without_a_time() -> None:
    """A session that has no time yet is told all the same."""
    meeting = r2.Programme("m", "M", [r2.Session("Later", chair="Mara Lind")], zone="UTC")
    (item,) = outline(meeting).untimed
    assert (item.title, item.time, item.start) == ("Later", "", "")
    assert item.facts == (Fact("chair", "Chair", (Said("Mara Lind"),)),)
    assert outline(meeting).dates == ""


@pytest.mark.parametrize("internal", [False, True])
def test_nothing_of_the_secretariat_is_published(internal: bool) -> None:  # noqa: FBT001  # a case of the table
    """No address is ever in an outline; capacity and notes are only if they are asked for."""
    text = HEARING.replace("[sessions.speakers]\n", '[sessions.speakers]\nnote = "Keep quiet"\n')
    told = list(told_in(outline(r2.loads(text), internal=internal)))
    assert not [each for each in told if "@" in each]
    assert any("Keep quiet" in each for each in told) == internal
    assert any("Capacity" in each for each in told) == internal


def test_french() -> None:
    """A programme in French is told in French, its dates and statuses among it."""
    meeting = attrs.evolve(r2.read(EXAMPLES / "conference.toml"), lang="fr")
    told = outline(meeting)
    assert told.standing == "Programme provisoire, révision 2, lundi 4 mai 2026"
    assert told.dates == "mardi 16 juin 2026 – jeudi 18 juin 2026"
    assert "Interprétation" in facts_of(told)
    items = [item for day in told.days for run in day.runs for item in run.items]
    assert {item.kind for item in items} == {
        "Ouverture", "", "Pause", "Dialogue", "Atelier", "Table ronde", "Clôture",
    }  # fmt: skip


def test_a_cancelled_meeting_says_so() -> None:
    """The standing of a meeting that is off begins with it."""
    meeting = attrs.evolve(r2.read(EXAMPLES / "city-council.toml"), status="cancelled")
    assert outline(meeting).standing.startswith("Cancelled")


def test_own_texts_are_used() -> None:
    """A text that the programme replaces stands in its outline."""
    own = r2.Invitations(texts={"outline.place": "Where"})
    meeting = attrs.evolve(r2.read(EXAMPLES / "city-council.toml"), invitations=own)
    assert outline(meeting).facts[0].name == "Where"
