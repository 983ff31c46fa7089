"""How fast lists are seated and counted, and how the time grows with the list.

Times are taken in turns within one run; what is told are ratios of them.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import r2psched as r2

if TYPE_CHECKING:
    from collections.abc import Callable

    import pendulum

DAY = r2.Day("2014-09-08", zone="America/New_York")
MINUTES = 3
SPEAKERS = 200


class Bound(NamedTuple):
    """One line of the table: what was measured, and what it may be at most."""

    what: str
    measured: float
    at_most: float


def seconds(work: Callable[[], object]) -> float:
    """Run once, and give the seconds that it took."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def floor(speakers: int, blocks: int = 1) -> r2.Session:
    """Make a session that holds exactly so many speakers, in blocks of ten hours or in one."""
    length = timedelta(minutes=MINUTES) * speakers / blocks
    first = DAY.at("00:00")
    times = [r2.TimeBlock(first.add(years=n), first.add(years=n) + length) for n in range(blocks)]
    people = [r2.Inscription("Speaker", id=f"s{n}") for n in range(speakers)]
    return r2.Session("Dialogue", times, speakers=r2.SpeakerList(people, f"{MINUTES} min"))


def start_times(session: r2.Session) -> list[pendulum.DateTime]:
    """Seat a list our way, and give when each speaker begins."""
    return [slot.start for slot in session.running_order()]


def starts(session: r2.Session) -> list[pendulum.DateTime]:
    """Count our way, and give when each of so many speakers begins."""
    return list(session.capacity().starts(SPEAKERS))


def added_up(session: r2.Session) -> list[pendulum.DateTime]:
    """Find the same times by adding the limit again and again."""
    clock, found = session.blocks[0].start, []
    for _ in range(SPEAKERS):
        found.append(clock)
        clock = clock.add(minutes=MINUTES)
    return found


def against_adding(ask: Callable[[r2.Session], object]) -> float:
    """Time taken to ask for 200 start times over that of repeated pendulum.add."""
    session = floor(SPEAKERS)
    assert start_times(session) == starts(session) == added_up(session)
    pairs = [
        (seconds(partial(ask, session)), seconds(partial(added_up, session))) for _ in range(101)
    ]
    # So short a time tells most where nothing came between.
    ours, theirs = map(min, zip(*pairs, strict=True))
    return ours / theirs


def growth(ask: Callable[[r2.Session], object]) -> float:
    """Time for each speaker of 100,000 over that of 1,000: 1 if it is linear."""
    few, many = 1_000, 100_000
    sessions = {count: floor(count, blocks=10) for count in (few, many)}
    each: dict[int, list[float]] = {few: [], many: []}
    for _ in range(5):
        for count, session in sessions.items():
            # As many speakers each time, so that a short run is not all noise.
            again = 20 if count == few else 1
            taken = sum(seconds(partial(ask, session)) for _ in range(again))
            each[count].append(taken / count / again)
    return statistics.median(each[many]) / statistics.median(each[few])


def seated(session: r2.Session) -> None:
    """Seat a list of which everybody is heard."""
    order = session.running_order()
    assert not order.unheard
    assert order.missing() == timedelta(0)


def counted(session: r2.Session) -> None:
    """Count what fits, and ask for the last start."""
    capacity = session.capacity()
    assert session.speakers is not None
    assert capacity.total == len(session.speakers)
    assert capacity.start_of(capacity.total) is not None
    assert capacity.missing(capacity.total + 1) == timedelta(minutes=MINUTES)


def main() -> int:
    """Measure, print the table, and say whether every bound holds."""
    bounds = [
        Bound("200 start times: time over pendulum.add", against_adding(starts), 0.3),
        Bound("the same, of a list with its slots", against_adding(start_times), 1),
        Bound("seating: time each of 100,000 over 1,000", growth(seated), 2),
        Bound("capacity: time each of 100,000 over 1,000", growth(counted), 2),
    ]
    print(f"{'':45}{'measured':>10}{'at most':>10}")
    for what, measured, at_most in bounds:
        print(f"{what:45}{measured:10,.3f}{at_most:10,}")
    missed = [bound.what for bound in bounds if bound.measured > bound.at_most]
    print("\n".join(f"missed: {what}" for what in missed) or "every bound holds")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
