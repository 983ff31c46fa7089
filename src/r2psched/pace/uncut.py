"""The law of a length of which only the mean and spread after it was cut are known."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from r2psched.pace.laws import Law

if TYPE_CHECKING:
    from collections.abc import Callable

    from r2psched.pace.laws import Family

__all__ = ["before_cut"]

_LONGEST = 30.0
"""Nothing is thought to be longer on average, in cuts, before it is cut."""
_WIDEST = 10.0
_ROUNDS = 60
_CLOSE = 1e-7
_REACHED = 0.9999


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that rises crosses zero, or the nearer end where it does not.

    Source: the Illinois method of false position (Dowell and Jarratt, BIT 11, 1971).
    """
    below, above = function(low), function(high)
    if below >= 0:
        return low
    if above <= 0:
        return high
    at, side = low, 0
    for _ in range(_ROUNDS):
        at = (low * above - high * below) / (above - below)
        value = function(at)
        if abs(value) < _CLOSE:
            break
        if value < 0:
            low, below = at, value
            above /= 2 if side == -1 else 1
            side = -1
        else:
            high, above = at, value
            below /= 2 if side == 1 else 1
            side = 1
    return at


def before_cut(mean: float, spread: float, cut: float, family: Family = "lognormal") -> Law:
    """The law that has a mean and a spread after it is cut.

    Where nearly all were cut it cannot be known how long they would have been; the law found is
    then one that is cut nearly as often.

    Args:
        mean: After the cut, at most as long as it.
        spread: After the cut.
        cut: Where.
        family: Of the law.

    >>> law = before_cut(*Law(1.2, 0.5, cut=1.5).moments(), 1.5)
    >>> round(law.mean, 3), round(law.spread, 3)
    (1.2, 0.5)
    """
    if not spread or mean >= cut:
        return Law(min(mean, cut), 0.0, family, cut)

    def with_spread(relative: float) -> Law:
        def longer(power: float) -> float:
            length = math.exp(power)
            return Law(length, relative * length, family, cut).moments()[0] / mean - 1

        length = math.exp(_root(longer, math.log(mean), math.log(_LONGEST * cut)))
        return Law(length, relative * length, family, cut)

    def wider(relative: float) -> float:
        found_mean, found_spread = with_spread(relative).moments()
        # The wider it is the longer it must be, until nothing is long enough.
        return 1.0 if found_mean < mean * _REACHED else found_spread / spread - 1

    return with_spread(_root(wider, 1e-6, _WIDEST))
