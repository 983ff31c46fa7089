"""How the time to put a list in order grows with the list.

Times are taken in turns within one run, without the collector of garbage, as timeit takes them;
what is told are ratios of them.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

from r2psched.blocks import TimeBlock, from_epoch
from r2psched.ordering import (
    AfterEvery,
    Alphabetical,
    Alternate,
    ByLevel,
    Categories,
    FirstTime,
    GroupsFirst,
    InTurn,
    Lots,
    Received,
    arrange,
)
from r2psched.procedures import Procedure, Step
from r2psched.sessions import Session
from r2psched.speakers import Inscription, SpeakerList

if TYPE_CHECKING:
    from collections.abc import Callable

    from r2psched.ordering import Rule

FEW, MANY = 1_000, 100_000
SEED = "8 September 2014"
LEVELS = ("Head of State", "Minister", "Chair of delegation", None)
GROUPS = ("Africa", "Asia", "GRULAC", "WEOG", "EEG")
SECOND = 1_000_000
COMPOSITIONS: dict[str, tuple[Rule, ...]] = {
    "groups, levels, receipt": (GroupsFirst(), ByLevel(), Received()),
    "categories, alphabet": (Categories(["state", "observer"]), Alphabetical("fr", "lot")),
    "lots": (Lots(),),
    "alternation, turns, levels": (
        Alternate("gender", {"women": 1, "men": 2}),
        InTurn(),
        ByLevel(),
    ),
    "after every, first time, lots": (AfterEvery("observer", 3), FirstTime(), Lots()),
    "turns of each delegation": (InTurn("delegation"), Received()),
}


class Bound(NamedTuple):
    """One line of the table: what was measured, and what it may be at most."""

    what: str
    measured: float
    at_most: float


def asked(count: int) -> tuple[Inscription, ...]:
    """Make so many inscriptions, of which every rule has something to decide."""
    return tuple(
        Inscription(
            f"Delegation {n * 7919 % count}",
            id=f"s{n}",
            level=LEVELS[n % 4],
            category="observer" if n % 3 else "state",
            on_behalf=None if n % 5 else "Group",
            received=from_epoch(n * 7919 % count * SECOND, "UTC"),
            traits={"regional group": GROUPS[n % 5], "gender": "women" if n % 2 else "men"},
        )
        for n in range(count)
    )


def seconds(listed: tuple[Inscription, ...], rules: tuple[Rule, ...]) -> float:
    """Put a list in order once, and give the seconds that it took."""
    begin = time.perf_counter()
    arrangement = arrange(listed, rules, seed=SEED)
    taken = time.perf_counter() - begin
    assert {each.id for each in arrangement.inscriptions} == {each.id for each in listed}
    return taken


def applied(listed: tuple[Inscription, ...], rules: tuple[Rule, ...]) -> float:
    """Order and seat a list by every step of a procedure; give the seconds that it took."""
    steps = [Step("limits", limits="4 s"), Step("equal"), Step("draw", number=500, limits="5 s")]
    procedure = Procedure(order=rules, when_too_long=steps, limits="5 s")
    day = from_epoch(0, "UTC")
    block = TimeBlock(day, day.add(seconds=len(listed)))
    speakers = SpeakerList(listed, seed=SEED)
    begin = time.perf_counter()
    outcome = Session("Floor", block, speakers=speakers, procedure=procedure).outcome()
    taken = time.perf_counter() - begin
    assert (len(outcome.attempts), len(outcome.order)) == (4, min(500, len(listed) // 5))
    return taken


def growth(
    lists: dict[int, tuple[Inscription, ...]],
    rules: tuple[Rule, ...],
    timed: Callable[[tuple[Inscription, ...], tuple[Rule, ...]], float] = seconds,
) -> float:
    """Time for each inscription of 100,000 over that of 1,000: 1 if it is linear."""
    each: dict[int, list[float]] = {count: [] for count in lists}
    for _ in range(3):
        for count, listed in lists.items():
            # As often as makes a short run not all noise.
            again = 20 if count == FEW else 1
            each[count].append(sum(timed(listed, rules) for _ in range(again)) / count / again)
    return statistics.median(each[MANY]) / statistics.median(each[FEW])


def main() -> int:
    """Measure, print the table, and say whether every bound holds."""
    gc.disable()
    lists = {count: asked(count) for count in (FEW, MANY)}
    bounds = [
        Bound(f"{what}: each of {MANY:,} over {FEW:,}", growth(lists, rules), 3)
        for what, rules in COMPOSITIONS.items()
    ]
    ruled = growth(lists, (GroupsFirst(), ByLevel(), Received()), applied)
    bounds.append(Bound(f"ordered, seated, four steps: each of {MANY:,} over {FEW:,}", ruled, 3))
    print(f"{'':65}{'measured':>10}{'at most':>10}")
    for what, measured, at_most in bounds:
        print(f"{what:65}{measured:10,.3f}{at_most:10,}")
    missed = [bound.what for bound in bounds if bound.measured > bound.at_most]
    print("\n".join(f"missed: {what}" for what in missed) or "every bound holds")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
