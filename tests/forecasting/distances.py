"""How far a forecast is from the referee, once chance and a shift of five seconds are allowed for.

A distribution function F of a forecast holds against G of the referee if at each whole second t
F(t) is at most G(t + 5 s), and at least G(t - 5 s), give or take 0.003 and three standard errors
of G there. A probability holds if it is the referee's, give or take the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.forecasting.referee import Counts, Floats, Played

__all__ = [
    "ALLOWED",
    "SHIFT",
    "Distance",
    "of_chance",
    "of_counts",
    "of_ends",
    "of_starts",
    "worst",
]

ALLOWED = 0.003
SHIFT = 5
_ERRORS = 3
_JUST = 1e-3
"""Seconds by which a forecast is read before a whole second: the referee counts what is before."""


class Distance(NamedTuple):
    """How far a forecast is from the referee.

    Attributes:
        differs: By how much at most, after the shift.
        beyond: By how much at most beyond three standard errors of the referee.
        at: Where that is: seconds, or a number; NaN for one probability.
    """

    differs: float
    beyond: float
    at: float

    @property
    def holds(self) -> bool:
        """Whether it is as near as it must be."""
        return self.beyond <= ALLOWED


def worst(distances: list[Distance]) -> Distance:
    """Give the one that is farthest beyond what chance allows."""
    return max(distances, key=lambda each: each.beyond, default=Distance(0.0, 0.0, np.nan))


def _error(share: Floats, count: int) -> Floats:
    """Three standard errors of shares of so many meetings."""
    found = _ERRORS * np.sqrt(share * (1 - share) / max(1, count))
    return np.asarray(found, dtype=np.float64)


def _farthest(over: Floats, noise: Floats, at: Floats) -> Distance:
    beyond = over - noise
    if not np.all(np.isfinite(beyond)):
        return Distance(np.inf, np.inf, np.nan)
    most = int(np.argmax(beyond))
    return Distance(max(0.0, float(over.max())), max(0.0, float(beyond[most])), float(at[most]))


def _of_function(
    forecast: Callable[[Floats], Floats],
    referee: Callable[[Floats], Floats],
    seconds: Floats,
    count: int,
) -> Distance:
    if not count:
        return Distance(0.0, 0.0, np.nan)
    ours = np.asarray(forecast(seconds - _JUST), dtype=np.float64)
    later, sooner = referee(seconds + SHIFT), referee(seconds - SHIFT)
    return worst(
        [
            _farthest(ours - later, _error(later, count), seconds),
            _farthest(sooner - ours, _error(sooner, count), seconds),
        ]
    )


def _around(seconds: Floats) -> Floats:
    """Give whole seconds, and those that a shift and a little more may reach from there."""
    near = np.arange(-2 * SHIFT, 2 * SHIFT + 1, dtype=np.float64)
    edges = np.flatnonzero(np.diff(seconds, prepend=-np.inf, append=np.inf) > 1)
    border = np.concatenate([seconds[edges[:-1]], seconds[edges[1:] - 1]])
    return np.unique(np.concatenate([seconds, np.add.outer(border, near).ravel()]))


def of_starts(forecast: Callable[[Floats], Floats], played: Played, at: int) -> Distance:
    """Compare when an inscription begins.

    Args:
        forecast: The chance that it has begun by so many seconds after the first block begins,
            given that it is present.
        played: The referee's meetings.
        at: Its place on the list, from 0.
    """
    count = int(played.present[at])
    seconds = _around(played.seconds)
    return _of_function(forecast, lambda t: played.started_before(at, t), seconds, count)


def of_ends(forecast: Callable[[Floats], Floats], played: Played) -> Distance:
    """Compare when the list ends.

    Args:
        forecast: The chance that all are heard and the last has ended by so many seconds after
            the first block begins.
        played: The referee's meetings.
    """
    whole = np.unique(np.floor(played.ends))
    seconds = _around(np.unique(np.concatenate([played.seconds, whole, whole + 1])))
    return _of_function(forecast, played.ended_before, seconds, played.paths)


def of_chance(forecast: float, times: int, count: int) -> Distance:
    """Compare a probability with how often something came to pass in so many meetings."""
    if not count:
        return Distance(0.0, 0.0, np.nan)
    share = np.array([times / count])
    differs = np.abs(np.array([forecast]) - share)
    return _farthest(differs, _error(share, count), np.array([np.nan]))


def of_counts(forecast: Floats, times: Counts) -> Distance:
    """Compare how many are heard, each number and up to each number.

    Args:
        forecast: The probability of each number from 0; any left out at the end are 0.
        times: How often each came to pass.
    """
    numbers = np.arange(max(len(forecast), len(times)), dtype=np.float64)
    count = int(times.sum())
    chances, shares = np.zeros(numbers.size), np.zeros(numbers.size)
    chances[: len(forecast)] = forecast
    shares[: len(times)] = times / count
    return worst(
        [
            _farthest(np.abs(one - two), _error(np.clip(two, 0, 1), count), numbers)
            for one, two in ((chances, shares), (np.cumsum(chances), np.cumsum(shares)))
        ]
    )
