"""The closed form against the steps: many interventions of one length at once."""

from __future__ import annotations

from datetime import timedelta
from itertools import repeat

from hypothesis import given
from hypothesis import strategies as st

from r2psched.counting import Capacity, capacity
from r2psched.reserves import Floor, Reserve
from r2psched.seating import opening, runs, steps, time_used
from tests import oracle
from tests.oracle import Hall
from tests.seating.small import floors, later_limits

MICROSECONDS = 10**6
SECOND = timedelta(seconds=1)
lengths = st.integers(1, 12)


@given(floors, st.lists(lengths, max_size=12), lengths)
def test_runs_are_steps(floor: Floor, before: list[int], length: int) -> None:
    """From wherever a list ends, the closed form counts what single steps seat."""
    frame, state = floor.frame, opening(floor.frame)
    for held in steps(frame, [(n * MICROSECONDS,) for n in before], state):
        state = held.after
    limits = (length * MICROSECONDS,)
    single = [h.block for h in steps(frame, repeat(limits), state)]
    found = list(runs(frame, limits, state))
    assert [run.block for run in found] == list(range(state.block, len(floor.blocks)))
    assert [run.fits for run in found] == [single.count(run.block) for run in found]


@given(floors, st.data())
def test_runs_are_steps_where_limits_change(floor: Floor, data: st.DataObject) -> None:
    """Where the limit changes at stated times, runs hold the very interventions of steps."""
    first, last = floor.blocks[0].start_us, floor.blocks[-1].end_us
    moments = st.integers(first // MICROSECONDS - 5, last // MICROSECONDS + 5)
    changes = data.draw(st.lists(moments, max_size=4, unique=True).map(sorted))
    changes = [each * MICROSECONDS for each in changes]
    limits = [data.draw(lengths) * MICROSECONDS for _ in range(len(changes) + 1)]
    frame, state = floor.frame, opening(floor.frame)
    single = [
        (held.block, held.start, held.after.clock - held.start)
        for held in steps(frame, repeat(limits), state, changes)
    ]
    told = []
    for run in runs(frame, limits, state, changes):
        for n in range(1, run.fits + 1):
            ends = run.opens + time_used(frame, run.limit, run.before, n)
            told.append((run.block, ends - run.limit, run.limit))
    assert told == single


@given(floors, lengths)
def test_capacity(floor: Floor, limit: int) -> None:
    """Counts, what is left and every start are as the laws say."""
    hall, answer = Hall(floor), Capacity(floor, timedelta(seconds=limit))
    held = hall.fill(limit)
    blocks = range(len(floor.blocks))
    assert answer.by_block == tuple(sum(h.block == block for h in held) for block in blocks)
    assert answer.total == len(held)
    ends = [max([h.end for h in held if h.block == b], default=hall.blocks[b][0]) for b in blocks]
    left = [max(0, end - last) for (_, end), last in zip(hall.blocks, ends, strict=True)]
    assert [length.total_seconds() for length in answer.left_over] == left
    starts = [answer.start_of(place) for place in range(1, len(held) + 1)]
    assert [start and start.timestamp() for start in starts] == [h.start for h in held]
    assert answer.start_of(len(held) + 1) is None
    assert list(answer.starts(len(held) + 1)) == starts


@given(floors, st.data())
def test_capacity_where_the_limit_changes(floor: Floor, data: st.DataObject) -> None:
    """Counts and starts are as the laws say where the limit changes at stated times."""
    later = data.draw(later_limits(floor))
    pairs = tuple((each.since, each.default) for each in later)
    answer = Capacity(floor, data.draw(st.integers(1, 12)) * SECOND, pairs)
    speakers = data.draw(st.integers(1, 12))

    def limit(second: int) -> int:
        in_force = [length for since, length in pairs if since.timestamp() <= second]
        return (in_force or [answer.limit])[-1] // SECOND

    held = Hall(floor).fill(limit)
    assert [start.timestamp() for start in answer.starts(10**6)] == [h.start for h in held]
    blocks = range(len(floor.blocks))
    assert answer.by_block == tuple(sum(h.block == block for h in held) for block in blocks)
    assert answer.missing(speakers) == oracle.missing(floor, [limit] * speakers) * SECOND
    assert (
        answer.missing_block(speakers) == oracle.missing_block(floor, [limit] * speakers) * SECOND
    )


@given(floors, lengths, st.integers(0, 20), st.integers(1, 60))
def test_time_used(floor: Floor, limit: int, before: int, number: int) -> None:
    """The time of some interventions is the sum of limits, reserves and changeovers."""
    frame, time = floor.frame, limit * number
    for held in range(before + 1, before + number):
        owed = frame.owed(held)
        time += frame.changeover if owed is None else owed
    assert time_used(frame, limit, before, number) == time


def test_reserves_due_at_once() -> None:
    """Reserves after every two, three and four overlap, and each changeover goes only once."""
    kept = tuple(Reserve("R", every=n, length=f"{n} s") for n in (2, 3, 4))
    frame = Floor((), kept, timedelta(seconds=10)).frame
    used = time_used(frame, 60 * MICROSECONDS, 0, 12) // MICROSECONDS
    # 2, 3, 4, 6, 8, 9, 10 are due: seven reserves in eleven gaps, and four changeovers.
    assert used == 12 * 60 + 2 * 5 + 3 * 3 + 4 * 2 + 10 * 4


def test_reserve_fills_a_block() -> None:
    """A reserve as long as the block that it opens is held there, and nobody speaks in it."""
    answer = capacity(
        ["10:00-10:03", "11:00-11:02", "12:00-12:03"],
        "3 min",
        reserves=Reserve("Replies", every=1, length="2 min"),
    )
    assert answer.by_block == (1, 0, 1)
    assert answer.left_over == (timedelta(0), timedelta(minutes=2), timedelta(0))
