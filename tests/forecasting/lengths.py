"""How long things take for the referee, drawn with numpy."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from r2psched import Inscription, RunningOrder
    from r2psched.pace import Pace

    Floats = npt.NDArray[np.float64]

__all__ = ["Law", "law_of", "lengths", "limits_of", "longer_than"]


class Law(NamedTuple):
    """What lengths are drawn from: mean and standard deviation, the family, and where it is cut."""

    mean: float
    spread: float
    family: str
    cut: float | None = None


def lengths(rng: np.random.Generator, paths: int, law: Law) -> Floats:
    """Draw lengths of one law."""
    mean, spread, family, cut = law
    if not spread or not mean:
        drawn = np.full(paths, mean)
    elif family == "gamma":
        drawn = rng.standard_gamma((mean / spread) ** 2, paths) * (spread**2 / mean)
    else:
        variance = np.log1p((spread / mean) ** 2)
        drawn = rng.standard_normal(paths)
        drawn *= np.sqrt(variance)
        drawn += np.log(mean) - variance / 2
        np.exp(drawn, out=drawn)
    return drawn if cut is None else np.minimum(drawn, cut)


def longer_than(rng: np.random.Generator, paths: int, least: float, law: Law) -> Floats:
    """Draw lengths until each is more than so much; where none will be, it ends there."""
    drawn = lengths(rng, paths, law)
    for _ in range(1000):
        short = np.flatnonzero(drawn <= least)
        if not short.size:
            break
        drawn[short] = lengths(rng, short.size, law)
    return np.maximum(drawn, least)


def limits_of(order: RunningOrder, who: Inscription) -> Floats:
    """Give the limit of one in microseconds, then what it becomes at each change."""
    in_turn = (order.limits, *order.later_limits)
    return np.array([each.of(who) / timedelta(microseconds=1) for each in in_turn])


def law_of(pace: Pace, who: Inscription) -> Law:
    """Give how many limits one takes."""
    habit = pace.habit_of(who)
    return Law(habit.mean, habit.spread, pace.family, pace.cut)
