"""TimeBlock: a half-open span of real time, and each law of its small algebra."""

from __future__ import annotations

import datetime as dt
import itertools
import zoneinfo
from datetime import timedelta

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.blocks import Day, TimeBlock, merge
from tests.refusals import refusal
from tests.strategies import durations, instants, time_block_sets, time_blocks, zones

day = Day("2014-09-08", zone="America/New_York")
pairs = time_block_sets(2).filter(lambda blocks: len(blocks) == 2)
triples = time_block_sets(3).filter(lambda blocks: len(blocks) == 3)


def instants_of(block: TimeBlock | None) -> tuple[int, int] | None:
    """Give what a block covers, whatever zone it is told in."""
    return None if block is None else (block.start_us, block.end_us)


@given(time_blocks())
def test_ends(block: TimeBlock) -> None:
    """A block is made again from its start and end, in the hour that comes twice too."""
    assert TimeBlock(block.start, block.end, block.zone) == block
    assert block.start.timezone_name == block.end.timezone_name == block.zone


@given(time_blocks())
def test_half_open(block: TimeBlock) -> None:
    """A block holds its first instant and not its last."""
    assert block.start in block
    assert block.end not in block
    assert block.in_zone("UTC") in block
    assert block.shift("1 s") not in block
    assert not block.overlaps(block.shift(block.duration))
    assert block.touches(block.shift(block.duration))
    assert block.shift(block.duration).touches(block)
    assert not block.touches(block.shift(block.duration + timedelta(seconds=1)))


@given(time_blocks(), st.lists(instants(), max_size=2), st.integers(0, 100))
def test_split(block: TimeBlock, moments: list[dt.datetime], part: int) -> None:
    """Split parts touch, lose nothing, and their durations add up to that of the whole."""
    middle = block.start_us + (block.end_us - block.start_us) * part // 100
    inside = pendulum.from_timestamp(middle // 10**6, tz=block.zone)
    parts = block.split(inside, *moments)
    assert sum((p.duration for p in parts), timedelta(0)) == block.duration
    assert (parts[0].start_us, parts[-1].end_us) == (block.start_us, block.end_us)
    assert all(a.end_us == b.start_us for a, b in itertools.pairwise(parts))
    assert len(parts) == 1 + len(
        {m.timestamp() for m in (inside, *moments) if m in block} - {block.start.timestamp()}
    )


@given(pairs)
def test_intersection(blocks: list[TimeBlock]) -> None:
    """Two blocks overlap if and only if they share time, and both tell the same time shared."""
    one, other = blocks
    both = one.intersection(other)
    assert one.overlaps(other) == other.overlaps(one) == (both is not None)
    assert instants_of(both) == instants_of(other.intersection(one))
    assert one.intersection(one) == one
    if both is not None:
        assert both.zone == one.zone
        assert both in one
        assert both in other
        assert both.intersection(one) == both


@given(triples)
def test_intersection_associative(blocks: list[TimeBlock]) -> None:
    """It does not matter which of three intersections is taken first."""
    a, b, c = blocks
    left, right = a.intersection(b), b.intersection(c)
    first = left.intersection(c) if left else None
    second = a.intersection(right) if right else None
    assert first == second


@given(pairs)
def test_contains(blocks: list[TimeBlock]) -> None:
    """One block contains another if and only if they share all of the other."""
    one, other = blocks
    assert (other in one) == (instants_of(one.intersection(other)) == instants_of(other))


@given(time_block_sets(6).filter(bool))
def test_subtract(blocks: list[TimeBlock]) -> None:
    """What is left of a block and what the others take of it make the block again."""
    block, *others = blocks
    left = block.subtract(*others)
    taken = [both for other in others if (both := block.intersection(other)) is not None]
    assert not any(part.overlaps(other) for part in left for other in others)
    assert all(part in block for part in left)
    assert [instants_of(b) for b in merge([*left, *taken])] == [instants_of(block)]


@given(time_blocks(), durations())
def test_shift(block: TimeBlock, by: timedelta) -> None:
    """A shift keeps the real length and the zone, and the shift back undoes it."""
    later = block.shift(by)
    assert later.duration == block.duration
    assert later.zone == block.zone
    assert later.start - block.start == by
    assert later.shift(-by) == block
    assert block.shift(timedelta(0)) == block


@given(time_blocks(), zones)
def test_in_zone(block: TimeBlock, zone: str) -> None:
    """Another zone tells the same instants."""
    moved = block.in_zone(zone)
    assert instants_of(moved) == instants_of(block)
    assert moved.zone == zone
    assert moved.start.timestamp() == block.start.timestamp()
    assert moved.in_zone(block.zone) == block


def test_sorts() -> None:
    """Blocks sort by start, then by end."""
    long, short, later = day("10:00-12:00"), day("10:00-11:00"), day("10:30-11:00")
    assert sorted([later, long, short]) == [short, long, later]


def test_zone_of_start() -> None:
    """A block is told in the zone of its start, unless another is asked for."""
    start = pendulum.datetime(2014, 9, 8, 10, tz="America/New_York")
    end = pendulum.datetime(2014, 9, 8, 15, tz="UTC")
    assert str(TimeBlock(start, end)) == "2014-09-08 10:00-11:00"
    assert str(TimeBlock(start, end, "UTC")) == "2014-09-08 14:00-15:00"


def test_repr() -> None:
    """A block shows its date, local times and zone."""
    assert repr(day("10:00-13:00")) == "<TimeBlock 2014-09-08 10:00-13:00 America/New_York>"


def test_text_leaves_out_the_day() -> None:
    """The date is left out where it is the one that is asked for."""
    assert day("22:00-01:30+1").text(dt.date(2014, 9, 8)) == "22:00-01:30+1"
    assert day("22:00-01:30+1").text(dt.date(2014, 9, 9)) == "2014-09-08 22:00-01:30+1"


@pytest.mark.parametrize("minutes", [0, -60])
def test_refuses_no_time(minutes: int) -> None:
    """A block that does not end after it starts is refused."""
    start = pendulum.datetime(2014, 9, 8, 10)
    end = start.add(minutes=minutes)
    message = f"a time block ends after it starts, got {start} to {end}"
    assert refusal(TimeBlock, start, end) == message


def test_refuses_to_leave_the_calendar() -> None:
    """A block outside the years that every zone can tell is refused."""
    message = "expected a time in the years 1 to 9999"
    assert refusal(day("10:00-11:00").shift, timedelta(days=3_000_000)) == message
    assert refusal(day("10:00-11:00").shift, timedelta(days=-800_000)) == message


def test_refuses_an_unknown_zone() -> None:
    """A zone that is not in the database is refused with the nearest name."""
    expected = 'expected a zone such as "America/New_York" or "UTC", got '
    move = day("10:00-11:00").in_zone
    assert refusal(move, "Europe/Zürich").startswith(expected + '"Europe/Zürich"; did you mean ')
    assert refusal(move, 5) == expected + "5"


@pytest.mark.parametrize(
    "name", ["localtime", "posixrules", "Factory", "right/UTC", "posix/UTC", "../etc/passwd", ""]
)
def test_refuses_zones_of_the_machine(name: str) -> None:
    """What depends on the machine, or counts leap seconds, is no zone, and none is suggested."""
    told = refusal(day("10:00-11:00").in_zone, name)
    assert told == f'expected a zone such as "America/New_York" or "UTC", got "{name}"'


@pytest.mark.parametrize("zone", sorted(zoneinfo.available_timezones())[::40])
def test_every_zone(zone: str) -> None:
    """A block can be told in any zone of the database and read back from there."""
    block = day("10:00-13:00").in_zone(zone)
    assert Day(None, zone=zone)(str(block)) == block
