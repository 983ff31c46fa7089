"""How near forecasts are to a million meetings played one by one, and what they cost.

Takes how many meetings are played for each session, by default a million: some ten minutes. Times
are taken in turns within one run; what is told are ratios of their medians.
"""

from __future__ import annotations

import statistics
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import r2psched as r2

# The referee and its sessions are the ones of the tests.
sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.forecasting.distances import ALLOWED
from tests.forecasting.judging import judged
from tests.forecasting.referee import Floats, Played, simulate
from tests.forecasting.sessions import cases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

MILLION = 1_000_000
PATHS = 10_000
SPEAKERS = 200
SEED = 2014
WINDOW = (0.1, 0.5, 0.9)
HEARD = 0.05
"""Errors of quantiles are told of those who are heard with more than this chance."""
DAY = r2.Day("2014-09-08", zone="America/New_York")
PACE = r2.Pace(1.1, 0.35)


class Bound(NamedTuple):
    """One line of the table: what was measured, and what it may be at most."""

    what: str
    measured: float
    at_most: float


def accuracy(paths: int) -> list[str]:
    """Compare every session with the referee, print the table, and name those that miss."""
    print(f"The worst difference to {paths:,} meetings: beyond a shift of 5 s and, in brackets,")
    print(f"three standard errors, where at most {ALLOWED} are allowed")
    print(f"{'':42}{'times':>16}{'probabilities':>18}")
    missed = []
    for case in cases():
        order = case.session.running_order()
        found = r2.forecast(case.session, case.pace, tolerance=case.tolerance)
        played = simulate(order, case.pace, tolerance=case.tolerance, paths=paths, seed=SEED)
        verdict = judged(found, played)
        times, others = verdict.functions, verdict.probabilities
        print(
            f"{case.name:42}{times.differs:8.4f} ({times.beyond:.4f})"
            f"{others.differs:9.4f} ({others.beyond:.4f}){'' if verdict.holds else '  missed'}",
            flush=True,
        )
        if not verdict.holds:
            missed.append(case.name)
    return missed


def large() -> r2.Session:
    """Make a session of 200 speakers in three categories, over three blocks."""
    kinds = (None, "observer", "agency")
    people = [r2.Inscription(f"Speaker {n}", category=kinds[n % 3]) for n in range(SPEAKERS)]
    limits = r2.SpeakingLimits("3 min", categories={"observer": "2 min", "agency": "90 s"})
    times = "09:00-12:00", "13:00-16:00", "17:00-19:10"
    return r2.Session("Floor", map(DAY, times), speakers=r2.SpeakerList(people, limits))


class Answers(NamedTuple):
    """What both ways tell: for each speaker the chance to be heard, and the window of starts."""

    chances: Floats
    windows: Floats


def chained(session: r2.Session, pace: r2.Pace = PACE) -> Answers:
    """Forecast our way."""
    found = r2.forecast(session, pace)
    windows = np.full((SPEAKERS, len(WINDOW)), np.nan)
    for at, (who, chance) in enumerate(zip(found.inscriptions, found.chances, strict=True)):
        told = found.timing(who.id).quantiles([share * chance for share in WINDOW])
        windows[at] = [np.nan if each is None else each for each in told]
    return Answers(np.array(found.chances), windows)


def simulated(session: r2.Session, seed: int = SEED) -> Answers:
    """Play so many meetings with numpy, no more general than this session needs."""
    order = session.running_order()
    spans = np.array(order.floor.frame.spans) / 1e6
    spans -= spans[0, 0]
    opens, ends = np.append(spans[:, 0], np.inf), np.append(spans[:, 1], np.inf)
    limits = [order.limits.of(who).total_seconds() for who in order.inscriptions]
    variance = np.log1p((PACE.spread / PACE.mean) ** 2)
    rng = np.random.Generator(np.random.SFC64(seed))
    ratios = rng.standard_normal((SPEAKERS, PATHS))
    ratios *= np.sqrt(variance)
    ratios += np.log(PACE.mean) - variance / 2
    np.exp(ratios, out=ratios)
    starts = np.empty((SPEAKERS, PATHS))
    clock, block = np.zeros(PATHS), np.zeros(PATHS, dtype=np.intp)
    for at, limit in enumerate(limits):
        over = np.flatnonzero(clock + limit > ends[block])
        while over.size:
            block[over] += 1
            clock[over] = np.maximum(clock[over], opens[block[over]])
            over = over[clock[over] + limit > ends[block[over]]]
        starts[at] = clock
        clock += limit * ratios[at]
    # Whoever is unheard waits for ever, and stands last.
    heard = np.isfinite(starts).sum(axis=1)
    starts.sort(axis=1)
    windows = np.full((SPEAKERS, len(WINDOW)), np.nan)
    for at, count in enumerate(heard):
        if count:
            windows[at] = starts[at, [int(share * (count - 1)) for share in WINDOW]]
    return Answers(heard / PATHS, windows)


def errors(answers: Answers, played: Played) -> tuple[float, float]:
    """The worst error of a window in seconds, and that of a chance.

    A moment that lies in two blocks, give or take half a percent, has no error in seconds.
    """
    worst = 0.0
    for at, window in enumerate(answers.windows):
        below = np.cumsum(played.starts[at])
        if below[-1] < HEARD * played.paths:
            continue
        for told, share in zip(window, WINDOW, strict=True):
            near = np.searchsorted(
                below, below[-1] * np.array([share - 0.005, share, share + 0.005])
            )
            sooner, right, later = played.seconds[near]
            if later - sooner == near[2] - near[0]:
                worst = max(worst, abs(told - right - 0.5))
    return worst, float(np.abs(answers.chances - played.heard / played.paths).max())


def seconds(work: Callable[[], object]) -> float:
    """Run once, and give the seconds that it took."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def ratio(ours: Callable[[], object], theirs: Callable[[], object], turns: int) -> float:
    """The median time of one over that of the other, taken in turns."""
    ours(), theirs()
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(turns)]
    return statistics.median(one for one, _ in pairs) / statistics.median(two for _, two in pairs)


def records(session: r2.Session, count: int) -> list[r2.Record]:
    """Give what happened in the first so many interventions."""
    order = session.running_order()
    rng = np.random.Generator(np.random.PCG64(SEED))
    found, clock = [], session.blocks[0].start
    for at, who in enumerate(order.inscriptions[:count], 1):
        limit = order.limit_of(at).total_seconds()
        end = clock.add(seconds=int(limit * rng.gamma(9, 1.1 / 9)) + 1)
        found.append(r2.Record(who.id, clock, end, limit=order.limit_of(at), category=who.category))
        clock = end
    return found


def updated(
    session: r2.Session,
    now: datetime | None = None,
    records: Iterable[r2.Record] = (),
    done: int | None = None,
) -> None:
    """Forecast the rest of a session, our way."""
    found = r2.forecast(session, PACE, records=records, done=done, now=now)
    assert found.slots


def costs() -> list[Bound]:
    """Measure what forecasts cost beside each other and beside a simulation."""
    session = large()
    far = records(session, SPEAKERS // 4)
    fitted = r2.Pace.fit(far[:20])
    fresh = partial(updated, session)
    from_records = partial(updated, session, records=far)
    from_number = partial(updated, session, done=len(far), now=far[-1].end)
    fixed = partial(chained, session)
    return [
        Bound(
            f"chain: time over {PATHS:,} paths", ratio(fixed, partial(simulated, session), 21), 1.5
        ),
        Bound("update from 50 records: time over fresh", ratio(from_records, fresh, 21), 1),
        Bound("update after 50: time over fresh", ratio(from_number, fresh, 21), 1),
        Bound(
            "fitted pace: time over fixed", ratio(partial(chained, session, fitted), fixed, 7), 12
        ),
    ]


def main(paths: int) -> int:
    """Measure, print the tables, and say whether every bound holds."""
    missed = accuracy(paths)
    session = large()
    judge = simulate(session.running_order(), PACE, paths=paths, seed=SEED)
    bounds = costs()
    print(f"\n{SPEAKERS} speakers in three categories: the worst error of a window, of a chance")
    for what, answers in (("chain", chained(session)), (f"{PATHS:,} paths", simulated(session))):
        window, chance = errors(answers, judge)
        print(f"{what:42}{window:8.1f} s{chance:12.4f}")
    print(f"\n{'':42}{'measured':>10}{'at most':>10}")
    for what, measured, at_most in bounds:
        print(f"{what:42}{measured:10,.3f}{at_most:10,}")
    missed += [bound.what for bound in bounds if bound.measured > bound.at_most]
    print("\n".join(f"missed: {what}" for what in missed) or "every bound holds")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else MILLION))
