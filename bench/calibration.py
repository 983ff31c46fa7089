"""How often the windows of a fitted pace hold, over thousands of meetings drawn from a true one.

    python bench/calibration.py [--meetings 750]

Each meeting draws the lengths of its interventions, who is absent and the changeovers from a pace
that the forecast does not know. The forecast is fitted from the first twenty interventions and
tells for everybody behind them a window of starts, from 10 % to 90 %. It should hold four times in
five, of those who are heard.
"""

from __future__ import annotations

import argparse
import math
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import r2psched as r2
from r2psched.blocks import from_epoch

if TYPE_CHECKING:
    import pendulum

SECOND = 1_000_000
RECORDED = 20
LOWEST, HIGHEST = 0.77, 0.83
ZONE = "America/New_York"
DAY = r2.Day("2014-09-08", zone=ZONE)
BLOCKS = (DAY("10:00-13:00"), DAY("15:00-18:00"))
PACES = {
    "lognormal, spread 0.3": r2.Pace(1.1, 0.3),
    "gamma, spread 0.4": r2.Pace(1.13, 0.4, family="gamma"),
    "cut at 1.2": r2.Pace(1.0, 0.35, cut=1.2),
    "changeover 20 s, spread 10 s": r2.Pace(0.95, 0.3, changeover="20 s", changeover_spread="10 s"),
    "absent 5 %": r2.Pace(1.05, 0.3, 0.05),
    "absent 15 %, changeover 15 s": r2.Pace(
        1.05, 0.35, 0.15, changeover="15 s", changeover_spread="8 s"
    ),
}


def draw(rng: np.random.Generator, pace: r2.Pace, mean: float, spread: float) -> float:
    """Draw one length, in the unit of its mean."""
    if not spread:
        return mean
    if pace.family == "gamma":
        shape = (mean / spread) ** 2
        return float(rng.gamma(shape, mean / shape))
    variance = math.log1p((spread / mean) ** 2)
    return float(rng.lognormal(math.log(mean) - variance / 2, math.sqrt(variance)))


def meeting(
    rng: np.random.Generator, pace: r2.Pace, limits: list[float]
) -> list[tuple[float, float] | None]:
    """Draw one meeting: start and end of everybody in seconds; None if absent or unheard."""
    found: list[tuple[float, float] | None] = []
    spans = [(b.start_us / SECOND, b.end_us / SECOND) for b in BLOCKS]
    block, clock, fresh = 0, spans[0][0], True
    for limit in limits:
        if block == len(spans) or rng.random() < pace.absent:
            found.append(None)
            continue
        between = 0.0
        if pace.changeover and not fresh:
            mean, spread = (
                each.total_seconds() for each in (pace.changeover, pace.changeover_spread)
            )
            between = draw(rng, pace, mean, spread)
        start = clock + between
        while block < len(spans) and start + limit > spans[block][1]:
            block += 1
            if block < len(spans):
                start = max(clock, spans[block][0])
        if block == len(spans):
            found.append(None)
            continue
        ratio = draw(rng, pace, pace.mean, pace.spread)
        clock = start + limit * (ratio if pace.cut is None else min(ratio, pace.cut))
        fresh = False
        found.append((start, clock))
    return found


def moment(seconds: float) -> pendulum.DateTime:
    """A time in whole seconds, as a stopwatch gives it."""
    return from_epoch(round(seconds) * SECOND, "UTC")


class Judged(NamedTuple):
    """What came of some meetings.

    Attributes:
        name: That of the true pace.
        held: How many windows held in each meeting.
        told: Of how many.
        widths: How wide all were together, in seconds.
    """

    name: str
    held: list[int]
    told: list[int]
    widths: float

    @property
    def share(self) -> float:
        """How many of the windows held."""
        return sum(self.held) / sum(self.told)

    @property
    def error(self) -> float:
        """Its standard error: windows of one meeting hold or fail together."""
        share, each = self.share, sum(self.told) / len(self.told)
        off = [(h - share * t) / each for h, t in zip(self.held, self.told, strict=True)]
        return math.sqrt(sum(one**2 for one in off)) / len(off)

    def __add__(self, other: object) -> Judged:
        """Put two together."""
        if not isinstance(other, Judged):
            return NotImplemented
        held, told = self.held + other.held, self.told + other.told
        return Judged(self.name, held, told, self.widths + other.widths)

    def __str__(self) -> str:
        """A line of the table."""
        minutes = self.widths / sum(self.told) / 60
        numbers = f"{len(self.told):10}{sum(self.told):10}"
        return f"{self.name:32}{numbers}{self.share:9.1%}{self.error:11.1%}{minutes:10.1f} min"


def judged(task: tuple[str, int, int]) -> Judged:
    """How many windows held, of how many, over some meetings; and how wide they were."""
    name, seed, count = task
    pace = PACES[name]
    rng = np.random.default_rng(seed)
    limits = [180.0 if at % 5 else 300.0 for at in range(80)]
    names = [f"Delegation {at}" for at in range(80)]
    listed = [
        r2.Inscription(who, category="group" if at % 5 == 0 else None)
        for at, who in enumerate(names)
    ]
    speakers = r2.SpeakerList(listed, r2.SpeakingLimits("3 min", categories={"group": "5 min"}))
    floor = r2.Session("Floor", BLOCKS, speakers=speakers)
    held, told, widths = [0] * count, [0] * count, 0.0
    for number in range(count):
        path = meeting(rng, pace, limits)
        records, spoken = [], 0
        for who, span, limit in zip(names, path, limits, strict=True):
            length = timedelta(seconds=limit)
            if span is None:
                records.append(r2.Record(who, kind="absent", limit=length))
                continue
            records.append(r2.Record(who, moment(span[0]), moment(span[1]), limit=length))
            spoken += 1
            if spoken == RECORDED:
                break
        fitted = r2.Pace.fit(records, cut=pace.cut)
        found = r2.forecast(floor, fitted, records=records)
        for at, slot in zip(found.positions, found.slots, strict=True):
            span = path[at - 1]
            if span is None or slot is None or slot.window is None:
                continue
            early, late = (us / SECOND for us in slot.window)
            told[number] += 1
            held[number] += early - 0.5 <= span[0] <= late + 0.5
            widths += late - early
    return Judged(name, held, told, widths)


def main() -> int:
    """Print the table; the exit status says whether every share lies where it should."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--meetings", type=int, default=750, help="meetings for each pace")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    batch = 50
    tasks = [
        (name, 1000 * number + at, min(batch, given.meetings - at * batch))
        for number, name in enumerate(PACES)
        for at in range(-(-given.meetings // batch))
    ]
    head = f"{'meetings':>10}{'windows':>10}{'hold':>9}{'std. error':>11}{'mean width':>14}"
    print(f"{'true pace':32}{head}")
    totals = {name: Judged(name, [], [], 0.0) for name in PACES}
    with ProcessPoolExecutor(given.processes) as pool:
        for each in pool.map(judged, tasks):
            totals[each.name] += each
    everything = Judged("all together", [], [], 0.0)
    good = True
    for each in totals.values():
        print(each)
        everything += each
        # What lies within two standard errors of the bound may be chance.
        off = max(LOWEST - each.share, each.share - HIGHEST)
        good = good and off <= 2 * each.error
    print(everything)
    good = good and LOWEST <= everything.share <= HIGHEST
    print(
        "all together lie between 77 % and 83 %, and no pace outside for certain" * good or "missed"
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
