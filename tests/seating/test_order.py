"""The running order against the laws told a second time."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from r2psched.blocks import Day
from r2psched.errors import NotHeard, UnknownName
from r2psched.reserves import Reserve
from r2psched.sessions import Session
from r2psched.speakers import Inscription, SpeakerList
from tests.oracle import Hall
from tests.seating.small import limits_of, running_orders

if TYPE_CHECKING:
    from r2psched.seating import RunningOrder

SECOND = 10**6
day = Day("2014-09-08", zone="America/New_York")


def seated(
    times: list[str], limits: list[int], *reserves: Reserve, changeover: str = "0 s"
) -> list[str]:
    """Seat speakers whose limits are given in minutes, and tell the blocks of the slots."""
    inscribed = [Inscription(f"S{n}", limit=timedelta(minutes=m)) for n, m in enumerate(limits)]
    session = Session(
        "Dialogue",
        [day(time) for time in times],
        reserves=reserves,
        speakers=SpeakerList(inscribed, "1 min", changeover=changeover),
    )
    return [slot.span.text(day.date) for slot in session.running_order()]


@given(running_orders())
def test_slots(order: RunningOrder) -> None:
    """Whoever is heard, when and in which block, is as the laws say."""
    held = Hall(order.floor).seat(limits_of(order))
    assert [(s.block - 1, s.start_us // SECOND, s.end_us // SECOND) for s in order] == held
    assert [slot.place for slot in order] == list(range(1, len(held) + 1))
    assert tuple(s.inscription for s in order) + order.unheard == order.inscriptions
    assert order.ends == (order.slots[-1].end if held else None)


@given(running_orders())
def test_no_slot_straddles(order: RunningOrder) -> None:
    """Each slot lies in its block, has its limit, and begins after the one before."""
    for slot in order:
        assert slot.span in order.floor.blocks[slot.block - 1]
        assert slot.limit == order.limit_of(slot.place)
    times = [(slot.start_us, slot.end_us) for slot in order]
    assert times == sorted(times)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(times))


@given(running_orders())
def test_left_over(order: RunningOrder) -> None:
    """What is left of a block is the time after its last intervention."""
    hall = Hall(order.floor)
    ends = [start for start, _ in hall.blocks]
    for held in hall.seat(limits_of(order)):
        ends[held.block] = held.end
    left = [max(0, end - last) for (_, end), last in zip(hall.blocks, ends, strict=True)]
    assert [length.total_seconds() for length in order.left_over] == left


@given(running_orders())
def test_rows(order: RunningOrder) -> None:
    """Rows hold every inscription once, in order; the unheard have no place and no times."""
    rows = order.rows()
    assert [row["speaker"] for row in rows] == [str(each) for each in order.inscriptions]
    assert [row["start"] for row in rows] == [s.start for s in order] + [None] * len(order.unheard)
    assert [row["limit"] for row in rows] == [
        order.limit_of(at) for at, _ in enumerate(order.inscriptions, 1)
    ]
    assert len({tuple(row) for row in rows}) <= 1
    assert [row["id"] for row in rows] == [each.id for each in order.inscriptions]
    assert [row["heard"] for row in rows] == [row["place"] is not None for row in rows]
    assert order._repr_html_().count("<tr>") == bool(rows) + len(rows)  # of a notebook


def test_strict_order() -> None:
    """Nobody jumps ahead for being short, and a block that is passed over stays so."""
    assert seated(["10:00-10:05", "11:00-11:10"], [4, 8, 1]) == [
        "10:00-10:04",
        "11:00-11:08",
        "11:08-11:09",
    ]


def test_cut_line() -> None:
    """The first who fits no remaining block draws the line, also for the short ones behind."""
    assert seated(["10:00-10:05"], [4, 2, 1]) == ["10:00-10:04"]


def test_changeover() -> None:
    """A changeover stands between two interventions and opens or closes no block."""
    assert seated(["10:00-10:07", "11:00-11:03"], [3, 3, 3], changeover="1 min") == [
        "10:00-10:03",
        "10:04-10:07",
        "11:00-11:03",
    ]


def test_reserve_replaces_the_changeover() -> None:
    """A reserve after every two stands in place of the changeover, an unknown one too."""
    two = Reserve("Replies", every=2, length="2 min")
    assert seated(["10:00-11:00"], [3, 3, 3], two, changeover="1 min") == [
        "10:00-10:03",
        "10:04-10:07",
        "10:09-10:12",
    ]
    unknown = Reserve("Replies", every=2)
    assert seated(["10:00-11:00"], [3, 3, 3], unknown, changeover="1 min")[2] == "10:07-10:10"


def test_reserve_counts_through_the_session() -> None:
    """Interventions are counted across blocks, and reserves due at once are held together."""
    two = Reserve("A", every=2, length="1 min")
    three = Reserve("B", every=3, length="2 min")
    assert seated(["10:00-10:03", "11:00-12:00"], [3] * 7, two, three) == [
        "10:00-10:03",
        "11:00-11:03",
        "11:04-11:07",
        "11:09-11:12",
        "11:13-11:16",
        "11:16-11:19",
        "11:22-11:25",
    ]


def test_reserve_opens_the_next_block() -> None:
    """A reserve that fits no more opens the next block; one that fits closes its own."""
    one = Reserve("Replies", every=1, length="2 min")
    assert seated(["10:00-10:04", "11:00-11:05"], [3, 3], one)[1] == "11:02-11:05"
    assert seated(["10:00-10:05", "11:00-11:05"], [3, 3], one)[1] == "11:00-11:03"
    assert seated(["10:00-10:04", "11:00-11:01", "12:00-12:05"], [3, 3], one)[1] == "12:02-12:05"


def test_reserve_after_the_last() -> None:
    """After the last speaker no reserve is held, so none keeps him from the floor."""
    one = Reserve("Replies", every=1, length="5 min")
    assert seated(["10:00-10:03"], [3], one) == ["10:00-10:03"]


@pytest.fixture
def order() -> RunningOrder:
    """Give a list of which one is heard and two are not."""
    inscribed = [Inscription("Chile", level="minister"), Inscription("Fiji"), Inscription("Peru")]
    return Session(
        "Dialogue",
        day("10:00-10:05"),
        id="floor",
        reserves=Reserve("Replies", at="end"),
        speakers=SpeakerList(inscribed, "3 min"),
    ).running_order()


def test_look_up(order: RunningOrder) -> None:
    """A slot is found by name; who is unheard or unknown is refused as such."""
    assert order["chile"].span == day("10:00-10:03")
    assert (order["Chile"].session, order["Chile"].place) == ("floor", 1)
    with pytest.raises(NotHeard, match=r'^"Peru" is number 3 and is not heard: .* number 2$'):
        order["Peru"]
    with pytest.raises(UnknownName, match=r'^no speaker "Chili": did you mean "Chile"\?$'):
        order["Chili"]


def test_text(order: RunningOrder) -> None:
    """The text shows who is heard when, who is not, and on what it rests."""
    assert str(order).splitlines() == [
        "place  time   speaker  limit",
        "    1  10:00  Chile    3 min",
        "not heard: Fiji",
        "not heard: Peru",
        "rests on: Replies, at the end of the session: of unknown length, counted as 0",
    ]
    assert order.at_most
    assert "<td>10:00</td><td>10:03</td><td>3 min</td>" in order._repr_html_()


def test_rows_to_join(order: RunningOrder) -> None:
    """Each row tells by which id and delegation it is found elsewhere, heard or not."""
    keys = ("place", "id", "speaker", "delegation", "heard")
    assert [tuple(row[key] for key in keys) for row in order.rows()] == [
        (1, "chile", "Chile", "Chile", True),
        (None, "fiji", "Fiji", "Fiji", False),
        (None, "peru", "Peru", "Peru", False),
    ]
    (person,) = (
        Session("Dialogue", speakers=SpeakerList([Inscription(speaker="Ann")], "1 min"))
        .running_order()
        .rows()
    )
    assert (person["id"], person["delegation"]) == ("ann", None)


def test_text_in_the_hour_that_comes_twice() -> None:
    """Text and table mark a time that clocks show twice, and show seconds where there are any."""
    night = Day("2014-11-02", zone="America/New_York")
    listed = SpeakerList(list("abc"), "45 min 30 s")
    order = Session("Night", night("00:30-03:00"), speakers=listed).running_order()
    assert [line.split("  ")[3].strip() for line in str(order).splitlines()[1:]] == [
        "00:30",
        "01:15:30 EDT",
        "01:01 EST",
    ]
    assert "<td>01:15:30 EDT</td><td>01:01 EST</td>" in order._repr_html_()


def test_text_over_midnight() -> None:
    """Times have their dates where an intervention ends on another date than it begins."""
    listed = SpeakerList(["Chile"], "20 min")
    order = Session("Night", day("23:50-00:30+1"), speakers=listed).running_order()
    assert str(order).splitlines()[1] == "    1  2014-09-08 23:50  Chile    20 min"
    assert "<td>2014-09-08 23:50</td><td>2014-09-09 00:10</td>" in order._repr_html_()


def test_row(order: RunningOrder) -> None:
    """The row of a slot holds its numbers as they are."""
    assert order["Chile"].row() == {
        "place": 1,
        "speaker": "Chile",
        "category": None,
        "level": "minister",
        "start": day.at("10:00"),
        "end": day.at("10:03"),
        "limit": timedelta(minutes=3),
        "block": 1,
    }


def test_no_block() -> None:
    """Without a block nobody is heard, and only a new block helps."""
    listed = Session("Dialogue", speakers=SpeakerList(["Chile", "Fiji"], "3 min")).running_order()
    assert (len(listed), listed.ends, listed.left_over) == (0, None, ())
    assert listed.missing() is None
    assert listed.missing_block() == timedelta(minutes=6)
    assert listed.room_left() == {"default": 0}
    assert listed.withdrawals_needed("Fiji") is None
    assert listed.longest_limits() == (None, None)
    assert str(listed) == "not heard: Chile\nnot heard: Fiji"


def test_over_the_change_of_clocks() -> None:
    """Slots follow the time that passes, not the wall."""
    night = Day("2014-11-02", zone="America/New_York")
    session = Session("Night", night("00:30-03:00"), speakers=SpeakerList(list("abcd"), "45 min"))
    assert [slot.span.text(night.date) for slot in session.running_order()] == [
        "00:30-01:15 EDT",
        "01:15 EDT - 01:00 EST",
        "01:00 EST - 01:45 EST",
        "01:45 EST - 02:30",
    ]
