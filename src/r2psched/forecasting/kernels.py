"""Kernel: the distribution of a length on the grid of a chain."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from r2psched.pace import Law

    Floats = npt.NDArray[np.float64]

__all__ = ["CERTAIN", "NOTHING", "Kernel", "kernel_of"]

_TAIL = 1e-9
_DOUBLINGS = 64
_MOST_KEPT = 128
"""Kernels are asked for again by each pace that may be true, and by each trial of a search."""
NOTHING = np.zeros(0)


class Kernel(NamedTuple):
    """A length: one that has a mass of its own, and others on the points of a grid.

    Attributes:
        atom: A length in seconds that has a chance of its own, such as that of the cut.
        mass: Its chance; 1 for a length that is certain.
        low: The first point of the grid, in steps.
        cells: The mass at each point from there on.
        mean: The mean of all, in seconds.
        grid: Everything on the grid, from its first point on: what a smooth time is folded with.
        top: The longest that it may be, in seconds.
        bins: Others than the atom by the cells they lie in, from the first on: what an exact time
            is folded with, so that nothing lies beyond the cut.
    """

    atom: float
    mass: float
    low: int
    cells: Floats
    mean: float
    grid: tuple[int, Floats]
    top: float = math.inf
    bins: tuple[int, Floats] = (0, NOTHING)


CERTAIN = Kernel(0.0, 1.0, 0, NOTHING, 0.0, (0, np.ones(1)), 0.0)
"""The kernel of nothing: no time passes."""


def on_grid(at: float, mass: float, step: float) -> tuple[int, Floats]:
    """Share one mass between two neighbours so that its mean stays."""
    low = int(np.floor(at / step))
    above = at / step - low
    return low, mass * np.array([1 - above, above])


def added(one: tuple[int, Floats], two: tuple[int, Floats]) -> tuple[int, Floats]:
    """Add two arrays that begin at points of one grid."""
    if not len(one[1]):
        return two
    if not len(two[1]):
        return one
    low = min(one[0], two[0])
    high = max(one[0] + len(one[1]), two[0] + len(two[1]))
    total = np.zeros(high - low)
    for at, values in (one, two):
        total[at - low : at - low + len(values)] += values
    return low, total


def _reach(law: Law) -> tuple[float, float]:
    """Lengths below and above which next to nothing lies."""
    most = law.mean
    for _ in range(_DOUBLINGS):
        if law.below(most) >= 1 - _TAIL:
            break
        most *= 1.2
    least = law.mean
    for _ in range(_DOUBLINGS):
        if law.below(least) <= _TAIL:
            break
        least /= 1.2
    else:
        least = 0.0
    return least, most


@lru_cache(maxsize=_MOST_KEPT)
def kernel_of(law: Law, step: float, shift: float = 0.0, horizon: float = math.inf) -> Kernel:
    """Put a length on a grid so that its mean stays exactly, and its spread as good as.

    Args:
        law: The length, in seconds.
        step: The grid, in seconds.
        shift: A certain length that is added.
        horizon: What is longer is beyond everything, and counted as if it were no longer.
    """
    certain = law.certain
    if certain is not None:
        at = certain + shift
        return Kernel(at, 1.0, 0, NOTHING, at, on_grid(at, 1.0, step), at)
    mean = law.moments()[0] + shift
    at_cut = law.at_cut
    cut = 0.0 if law.cut is None else law.cut
    top = math.inf if law.cut is None else law.cut + shift
    least, most = _reach(law)
    most = max(min(most, horizon), least)
    low = int(np.floor((least + shift) / step)) - 1
    high = int(np.ceil((most + shift) / step)) + 1
    # The mass at a point is the mean of a roof over it: a second difference of the area.
    points = [step * k - shift for k in range(low - 1, high + 2)]
    area = np.array([law.area(x) - at_cut * max(0.0, x - cut) for x in points])
    cells = np.maximum(np.diff(area, 2) / step, 0.0)
    cells[-1] += max(0.0, 1 - at_cut - cells.sum())
    below = np.minimum(np.array([law.below(x) for x in points]), 1 - at_cut)
    masses = np.diff(below)
    masses[-1] += max(0.0, 1 - at_cut - masses.sum())
    bins = low - 1, masses
    if at_cut < _TAIL:
        return Kernel(0.0, 0.0, low, cells, mean, (low, cells), top, bins)
    atom = cut + shift
    grid = added((low, cells), on_grid(atom, at_cut, step))
    return Kernel(atom, at_cut, low, cells, mean, grid, top, bins)


def both(one: Kernel, two: Kernel, step: float) -> Kernel:
    """One length after the other."""
    parts = bins = (0, NOTHING)
    if len(one.cells):
        bins = added(bins, (one.bins[0] + two.grid[0], np.convolve(one.bins[1], two.grid[1])))
        parts = added(parts, (one.low + two.grid[0], np.convolve(one.cells, two.grid[1])))
    if len(two.cells) and one.mass:
        low, cells = on_grid(one.atom, one.mass, step)
        parts = added(parts, (low + two.low, np.convolve(cells, two.cells)))
        bins = added(bins, (low + two.bins[0], np.convolve(cells, two.bins[1])))
    atom, mass = one.atom + two.atom, one.mass * two.mass
    grid = parts if not mass else added(parts, on_grid(atom, mass, step))
    return Kernel(atom, mass, *parts, one.mean + two.mean, grid, one.top + two.top, bins)
