"""Where instants are drawn."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched import Day, TimeBlock
from r2psched.drawing import Axis, Box, Placer, axis_labels
from r2psched.errors import InvalidValue

MINUTE = 60_000_000
NOON = 1_410_184_800_000_000


@st.composite
def blocks(draw: st.DrawFn) -> list[TimeBlock]:
    """Some blocks, in order, of a minute to two days, with pauses of any length between them."""
    lengths = st.integers(1, 2880) | st.integers(30, 240)
    at = NOON
    found = []
    for pause, length in draw(st.lists(st.tuples(lengths, lengths), min_size=1, max_size=12)):
        start, at = at + pause * MINUTE, at + (pause + length) * MINUTE
        found.append(TimeBlock.from_microseconds(start, at, "America/New_York"))
    return found


@given(blocks(), st.data())
def test_later_is_further_right(given_blocks: list[TimeBlock], data: st.DataObject) -> None:
    """No later instant is drawn left of an earlier one, and all between the two edges."""
    axis = Axis(given_blocks, 100, 700)
    first, last = given_blocks[0].start_us, given_blocks[-1].end_us
    moments = sorted(data.draw(st.lists(st.integers(first - MINUTE, last + MINUTE))))
    places = [axis.x(us) for us in moments]
    assert all(one <= two + 1e-6 for one, two in pairwise(places))
    assert all(100 <= x <= 700 + 1e-6 for x in places)
    assert axis.x(first) == 100
    assert axis.x(last) == 700


@given(blocks())
def test_one_scale(given_blocks: list[TimeBlock]) -> None:
    """All blocks have one scale, and no break is wider than its own length on that scale."""
    axis = Axis(given_blocks, 100, 700)
    scales = [(b.right - b.left) / (b.end_us - b.start_us) for b in axis.blocks]
    assert max(scales) == pytest.approx(min(scales), rel=1e-6)
    for each in axis.breaks:
        assert each.right - each.left <= (each.end_us - each.start_us) * max(scales) + 1e-6
        assert each.right > each.left


@given(blocks())
def test_parts_are_in_blocks(given_blocks: list[TimeBlock]) -> None:
    """A span over everything is drawn as the blocks are, without the breaks."""
    axis = Axis(given_blocks, 100, 700)
    parts = list(axis.parts(given_blocks[0].start_us, given_blocks[-1].end_us))
    assert [left for left, _ in parts] == pytest.approx([block.left for block in axis.blocks])
    assert [right for _, right in parts] == pytest.approx([block.right for block in axis.blocks])


@given(blocks())
def test_labels_fit(given_blocks: list[TimeBlock]) -> None:
    """Labels of an axis never collide, and the start of the first block always has one."""
    axis = Axis(given_blocks, 100, 700)
    labels = axis_labels(axis, Placer(Box(0, 0, 720, 100)), 60, dates=40)
    ordered = sorted(labels, key=lambda label: (label.y, label.box.left))
    for one, two in pairwise(ordered):
        assert one.y != two.y or one.box.right <= two.box.left
    assert axis.blocks[0].clock(axis.blocks[0].start_us) in [label.text for label in labels]


def test_round_times() -> None:
    """Times between the start and the end of a block are labelled where they are round."""
    axis = Axis([Day("2014-09-08", zone="UTC")("10:50-13:05")], 0, 300)
    assert [block.clock(us) for block, us in axis.ticks()] == [
        "11:00",
        "11:30",
        "12:00",
        "12:30",
        "13:00",
    ]


def test_the_night_the_clocks_go_back() -> None:
    """An hour that comes twice has two labels, told apart by their marks."""
    axis = Axis([Day("2014-11-02", zone="America/New_York")("00:00-03:00")], 0, 500)
    hours = [block.clock(us) for block, us in axis.ticks()]
    assert [hour for hour in hours if ":00" in hour] == ["01:00 EDT", "01:00 EST", "02:00"]


def test_dates_are_shortened_together() -> None:
    """Where one date has no room for its long form, all are written in a shorter one."""
    days = [Day(f"2014-09-0{n}", zone="UTC")("10:00-13:00") for n in range(1, 7)]
    axis = Axis(days, 0, 500)
    dates = [label.text for label in axis_labels(axis, Placer(Box(0, 0, 520, 100)), 60, dates=40)]
    assert dates[:6] == [
        "Mon 1 Sep",
        "Tue 2 Sep",
        "Wed 3 Sep",
        "Thu 4 Sep",
        "Fri 5 Sep",
        "Sat 6 Sep",
    ]


def test_many_dates_tell_their_month() -> None:
    """Where there is room for the day alone, the first of each month has its month beside it."""
    days = [Day(f"2014-09-{n}", zone="UTC")("09:00-12:00") for n in range(16, 31)]
    days += [Day(f"2014-10-{n:02}", zone="UTC")("09:00-12:00") for n in range(1, 16)]
    axis = Axis(days, 0, 700)
    dates = [label.text for label in axis_labels(axis, Placer(Box(0, 0, 720, 100)), 60, dates=40)]
    assert dates[:3] == ["16 Sep", "19", "20"]
    assert dates[dates.index("30") + 1] == "1 Oct"


def test_a_block_of_minutes() -> None:
    """A short block has lines at whole minutes."""
    axis = Axis([Day("2014-09-08", zone="UTC")("10:00-10:05")], 0, 400)
    assert [block.clock(us) for block, us in axis.ticks()] == ["10:01", "10:02", "10:03", "10:04"]


def test_no_blocks() -> None:
    """Nothing can be drawn without a block."""
    with pytest.raises(InvalidValue, match="at least one block"):
        Axis([], 0, 100)


def test_overlapping_blocks_are_one() -> None:
    """Blocks of several rooms that overlap share one stretch of the axis."""
    day = Day("2014-09-08", zone="UTC")
    axis = Axis([day("10:00-12:00"), day("11:00-13:00")], 0, 100)
    assert len(axis.blocks) == 1
    assert not axis.breaks


def test_a_block_of_centuries() -> None:
    """A block too long for any round hour is labelled at its ends, at no greater cost."""
    block = TimeBlock.from_microseconds(0, 8000 * 365 * 1440 * MINUTE, "UTC")
    axis = Axis([block], 0, 600)
    assert list(axis.ticks()) == []
