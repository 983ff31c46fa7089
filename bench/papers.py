"""How fast a list of speakers is printed, against typst alone.

What a user would write by hand is a table in typst, filled from the same values: it is set in turns
with the podium's list within one run, and its time is the least that a PDF of these names can take.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import attrs
import typst

import r2psched as r2
from r2psched.views.papers import order_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

BY_HAND = b"""
#set document(title: "List")
#set text(lang: "en", size: 13pt)
#table(
  columns: (auto, 1fr, auto, auto, auto),
  table.header([No.], [Speaker], [Level], [Limit], [Time]),
  ..json(bytes(sys.inputs.rows)).flatten(),
)
"""
LONG = "H.E. Ms. Firstname van der Longest-Surname, Deputy Minister for Foreign Affairs"


class Bound(NamedTuple):
    """One line of the table: what was measured, and what it may be at most."""

    what: str
    measured: float
    at_most: float
    aim: float | None = None


def meeting(count: int) -> r2.Programme:
    """A list of so many, all of whom are seated."""
    who = [
        r2.Inscription(f"Delegation {number}", speaker=LONG, level="minister")
        for number in range(count)
    ]
    day = r2.Day("2014-09-08", zone="UTC")
    floor = r2.Session(
        "Interactive dialogue",
        day("00:00-22:00"),
        id="floor",
        speakers=r2.SpeakerList(who, limits="5 s"),
    )
    return r2.Programme("meeting", "Meeting", [floor])


def printed(programme: r2.Programme) -> Callable[[], object]:
    """Print the list of a meeting."""
    return partial(order_pdf, programme, programme["floor"])


def by_hand(programme: r2.Programme) -> Callable[[], object]:
    """Set a plain table of the same list; everything but typst's part is done before."""
    rows = [
        [str(slot.place), str(slot.inscription), "minister", "5 s", f"{slot.start:%H:%M}"]
        for slot in programme["floor"].running_order()
    ]
    return partial(
        typst.compile,
        BY_HAND,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"rows": json.dumps(rows)},
        pdf_standards="ua-1",
    )


def timed(work: Callable[[], object]) -> float:
    """Run once, and give the seconds it took."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def fresh(count: int, run: int) -> r2.Programme:
    """A meeting like no other of this process: typst remembers what it has set."""
    return attrs.evolve(meeting(count), title=f"Meeting {run}")


def compared(runs: int, count: int) -> tuple[float, float]:
    """Seconds of a list, and its time over that of the table by hand."""
    ours, ratios = [], []
    for run in range(runs):
        programme = fresh(count, run)
        ours.append(timed(printed(programme)))
        ratios.append(ours[-1] / timed(by_hand(programme)))
    return statistics.median(ours), statistics.median(ratios)


def growth(few: int, many: int) -> float:
    """Time for each of many, over that of a few: 1 if it is linear."""
    taken: dict[int, list[float]] = {few: [], many: []}
    for run, count in enumerate((few, many) * 2):
        taken[count].append(timed(printed(fresh(count, run))) / count)
    return statistics.median(taken[many]) / statistics.median(taken[few])


def main() -> int:
    """Measure, print the table, and say whether every bound holds."""
    seconds, ratio = compared(7, 193)
    bounds = [
        Bound("193 speakers: milliseconds", seconds * 1000, 1000, 250),
        Bound("193 speakers: time over a table by hand", ratio, 6, 3),
        Bound("time each of 10,000 over 1,000", growth(1_000, 10_000), 1.5),
    ]
    print(f"{'':45}{'measured':>10}{'at most':>10}{'aim':>10}")
    for what, measured, at_most, aim in bounds:
        print(f"{what:45}{measured:10,.3f}{at_most:10,}{aim or '':>10}")
    missed = [bound.what for bound in bounds if bound.measured > bound.at_most]
    print("\n".join(f"missed: {what}" for what in missed) or "every bound holds")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
