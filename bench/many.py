"""How much faster two cores forecast ten thousand lists of 70 than one.

Parts of them are forecast in turns, in this process alone and by a pool of two processes; the ratio
is the median of the parts. Every result is compared.

    python bench/many.py          takes four to eight minutes
    python bench/many.py 1000     so many sessions
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

import r2psched as r2
from r2psched.forecasting import Result, forecast_many

if TYPE_CHECKING:
    from concurrent.futures import Executor

SESSIONS, SPEAKERS, CORES = 10_000, 70, 2
PARTS = 20
AT_LEAST = 1.5
PACE = r2.Pace(1.13, 0.3, late="5 min", late_spread="2 min")
DAY = r2.Day("2014-09-08", zone="America/New_York")
BLOCKS = [DAY("10:50-13:00"), DAY("15:00-17:50")]


def programme(number: int) -> r2.Programme:
    """Make a programme with one list; the limits of a hundred in a row differ."""
    people = [r2.Inscription(f"Delegation {n} of {number}") for n in range(SPEAKERS)]
    speakers = r2.SpeakerList(people, f"{180 + number % 100} s")
    session = r2.Session("Dialogue", BLOCKS, id="floor", speakers=speakers)
    return r2.Programme(f"meeting-{number}", "Dialogue", session)


def timed(part: list[r2.Programme], executor: Executor | None) -> tuple[float, list[Result]]:
    """Forecast a part, and give the seconds that it took and what came of it."""
    begin = time.perf_counter()
    found = list(forecast_many(part, PACE, executor=executor))
    return time.perf_counter() - begin, found


def measure(sessions: int) -> tuple[list[float], list[float]]:
    """Give the seconds that one core took for each part, and those of two."""
    one, two = [], []
    size = -(-sessions // PARTS)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(CORES, mp_context=context) as pool:
        for number, first in enumerate(range(0, sessions, size)):
            part = [programme(n) for n in range(first, min(sessions, first + size))]
            ways: list[Executor | None] = [None, pool] if number % 2 else [pool, None]
            taken = {way: timed(part, way) for way in ways}
            assert taken[None][1] == taken[pool][1]
            assert not any(result.failures for result in taken[None][1])
            one.append(taken[None][0])
            two.append(taken[pool][0])
    return one, two


def main() -> int:
    """Measure, print the table, and say whether the bound holds."""
    sessions = int(sys.argv[1]) if len(sys.argv) > 1 else SESSIONS
    if (os.cpu_count() or 1) < CORES:
        print(f"needs {CORES} cores")
        return 1
    one, two = measure(sessions)
    ratio = statistics.median(alone / both for alone, both in zip(one, two, strict=True))
    print(f"{sessions:,} sessions of {SPEAKERS}{'':10}{'seconds':>10}{'a second':>10}")
    for what, taken in (("one core", sum(one)), ("two cores", sum(two))):
        print(f"{what:32}{taken:10,.1f}{sessions / taken:10,.1f}")
    print(f"\n{'':32}{'measured':>10}{'at least':>10}")
    print(f"{'time on one core over two':32}{ratio:10,.2f}{AT_LEAST:10,}")
    print("every bound holds" if ratio >= AT_LEAST else "missed: time on one core over two")
    return 0 if ratio >= AT_LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
