"""The time line: every block of a day drawn to scale."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from r2psched.blocks import Day, TimeBlock
from r2psched.programme import Programme
from r2psched.sessions import Session
from r2psched.tables import width
from r2psched.views import programme_text
from r2psched.views.timeline import LETTERS, timeline
from tests.strategies import programmes, time_block_sets

day = Day("2014-09-08", zone="America/New_York")


def drawn(*sessions: Session, zone: str = "America/New_York") -> list[str]:
    """Draw sessions that all begin on one date, the first as "a", the next as "b"."""
    programme = Programme("p", "P", sessions, zone=zone)
    letters = {s.id: "-" if s.is_break else LETTERS[n] for n, s in enumerate(sessions)}
    return timeline(programme, programme.parts, letters)


def at(*times: str, title: str = "", room: str | None = None, kind: str = "session") -> Session:
    """Make a session of some times; its title is its first time unless given."""
    return Session(title or times[0], [day(time) for time in times], room=room, kind=kind)


def test_rooms_are_lanes() -> None:
    """Each room has a lane of its own, in the order of first use, breaks are drawn as "-"."""
    assert drawn(
        at("09:30-10:30", room="Hall"),
        at("10:30-11:00", room="Hall", kind="break"),
        at("10:00-11:30", room="Room 2"),
    ) == [
        "       09          10          11",
        "Hall         aaaaaaaaaaaa------",
        "Room 2             cccccccccccccccccc",
    ]


def test_overlaps_have_rows_of_their_own() -> None:
    """Blocks of one room that overlap are drawn in separate rows, the rest in one."""
    assert drawn(at("10:00-11:00"), at("10:30-11:30"), at("11:00-12:00")) == [
        "10          11          12",
        "aaaaaaaaaaaacccccccccccc",
        "      bbbbbbbbbbbb",
    ]


def test_a_room_that_is_not_stated() -> None:
    """Beside named rooms, sessions without a room have a lane that says so."""
    assert drawn(at("10:00-10:30", room="Hall"), at("10:30-11:00", title="x")) == [
        "          10          11",
        "Hall      aaaaaa",
        "(no room)       bbbbbb",
    ]


def test_rooms_whose_names_begin_alike() -> None:
    """Long names are cut, and two rooms that are then alike keep two lanes."""
    lanes = drawn(
        at("10:00-10:30", room="Conference Room Number 12 A"),
        at("10:30-11:00", room="Conference Room Number 12 B"),
        at("10:30-11:30", room="会議室" * 10),
    )[1:]
    assert lanes == [
        "Conference Room Number … aaaaaa",
        "Conference Room Number …       bbbbbb",
        "会議室会議室会議室会議…        cccccccccccc",
    ]


def test_short_blocks_stay_visible() -> None:
    """A block too short for a column of its own goes into a row of its own."""
    lines = drawn(
        at("10:00-10:01"), at("10:01-10:02"), at("10:02-10:30"), at("10:30-20:00", kind="break")
    )
    assert lines[1:] == ["acc---------------------------------------------------------", "b"]


def test_nights_go_on_over_midnight() -> None:
    """A night session is drawn whole, and the hours go on from 23 to 00."""
    assert drawn(at("22:00-01:30+1")) == [
        "22          23          00          01",
        "a" * 42,
    ]


def test_sessions_of_many_days() -> None:
    """What lasts longer than two days is cut off with ">", and the rest of a day is visible."""
    lines = drawn(at("10:00-18:00+40"), at("12:00-13:00", room="Hall"))
    assert " ".join(lines[0].split()) == "12 15 18 21 00 03 06 09 12 15 18 21 00 03 06 09"
    assert lines[1] == "(no room) " + "a" * 47 + ">"
    assert lines[2] == "Hall        b"


def test_clocks_that_go_forward() -> None:
    """The hour that is skipped has neither label nor column."""
    night = Day("2014-03-09", zone="America/New_York")
    assert drawn(Session("Night", night("01:00-04:00"))) == [
        "01          03          04",
        "a" * 24,
    ]


def test_clocks_that_go_back() -> None:
    """The hour that comes twice has two labels and twice the columns."""
    night = Day("2014-11-02", zone="America/New_York")
    assert drawn(Session("Night", night("00:00-03:00"))) == [
        "00          01          01          02          03",
        "a" * 48,
    ]


def test_clocks_that_change_by_half_an_hour() -> None:
    """Labels stand at whole hours of the clock on both sides of such a change."""
    night = Day("2014-04-06", zone="Australia/Lord_Howe")
    assert drawn(Session("Night", night("01:00-04:00")), zone="Australia/Lord_Howe") == [
        "01                02          03          04",
        "a" * 42,
    ]
    night = Day("2014-10-05", zone="Australia/Lord_Howe")
    assert drawn(Session("Night", night("01:00-04:00")), zone="Australia/Lord_Howe") == [
        "01                03          04",
        "a" * 30,
    ]


def test_zones_beside_the_whole_hour() -> None:
    """Labels stand at whole hours of the clock where that is a quarter of an hour from UTC's."""
    kathmandu = Day("2014-09-08", zone="Asia/Kathmandu")
    assert drawn(Session("Meeting", kathmandu("10:00-11:00")), zone="Asia/Kathmandu") == [
        "10          11",
        "a" * 12,
    ]


@given(programmes())
def test_a_day_is_never_wider_than_a_terminal(programme: Programme) -> None:
    """No line is wider than 72 columns behind the name of the lane."""
    days = groupby(programme.parts, key=lambda part: part.block.start.date())
    for _, group in days:
        parts = list(group)
        named = any(programme.room_of(part.session) for part in parts)
        lines = timeline(programme, parts, {session.id: "x" for session in programme})
        assert all(width(line) <= 72 + (25 if named else 0) for line in lines)


@given(time_block_sets(most=20), st.lists(st.sampled_from(["Hall", "Yard"]), min_size=20))
def test_every_block_is_visible(blocks: list[TimeBlock], rooms: list[str]) -> None:
    """Each session is drawn in one run of its letter, in a lane of its room."""
    local = sorted(block.in_zone("UTC") for block in blocks)
    first = [block for block in local if block.start.date() == local[0].start.date()]
    sessions = [Session(f"s{n}", block, room=rooms[n]) for n, block in enumerate(first)]
    lanes = drawn(*sessions, zone="UTC")[1:] if sessions else []
    found, room = {}, ""
    for lane in lanes:
        room = lane[:4].strip() or room
        found.update({mark: room for mark, _ in groupby(lane[5:]) if mark != " "})
    assert found == {LETTERS[n]: session.room for n, session in enumerate(sessions)}
    runs = [mark for lane in lanes for mark, _ in groupby(lane[5:]) if mark != " "]
    assert len(runs) == len(sessions)


def test_more_sessions_than_letters() -> None:
    """With more than 52 sessions letters come again, the same in the table and in the line."""
    start = dt.datetime(2014, 9, 8, tzinfo=dt.UTC)
    sessions = [
        Session(f"Number {n}", TimeBlock(start + n * step, start + (n + 1) * step))
        for n in range(60)
        for step in [dt.timedelta(minutes=20)]
    ]
    lines = programme_text(Programme("p", "P", sessions)).splitlines()
    letters = LETTERS + LETTERS[:8]
    assert [line[0] for line in lines if "Number" in line] == list(letters)
    assert lines[-1] == letters


def test_breaks_have_no_letter() -> None:
    """In the table a break bears the mark with which it is drawn, and uses up no letter."""
    sessions = [at("10:00-10:30"), at("10:30-11:00", kind="break"), at("11:00-11:30")]
    lines = programme_text(Programme("p", "P", sessions)).splitlines()
    assert [line[0] for line in lines if "session" in line or "break" in line][-3:] == [
        "a",
        "-",
        "b",
    ]
    assert lines[-1] == "aaaaaa------bbbbbb"


def test_many_days_have_a_line_each() -> None:
    """Each day on which something begins has a heading, a table and a time line."""
    sessions = [
        Session(f"Day {n}", Day(dt.date(2014, 9, n), zone="UTC")("10:00-12:00"))
        for n in range(1, 29)
    ]
    lines = programme_text(Programme("p", "P", sessions)).splitlines()
    assert sum(line.endswith(" September 2014") for line in lines) == 28
    assert lines.count("10          11          12") == 28
