"""Mass: the distribution of a moment, in atoms that are exact and cells that are smooth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from r2psched.forecasting.kernels import NOTHING, added, on_grid

if TYPE_CHECKING:
    from r2psched.forecasting.kernels import Floats, Kernel

__all__ = ["EMPTY", "Mass", "atom", "merged", "trimmed"]

_SAME = 1e-6
"""Moments nearer to each other than a microsecond are one."""
_NEGLIGIBLE = 1e-11
_MOST_ATOMS = 20_000
_LONG = 1 << 20
"""Longer products are found faster by a Fourier transform."""


class Mass(NamedTuple):
    """A mass of at most 1, spread over moments in seconds from the origin of a chain.

    Attributes:
        at: Moments that have a mass of their own, ascending.
        weights: Their masses.
        low: The first point of the grid, in steps.
        cells: The mass of each cell from there on: a cell reaches from its point to the next,
            and its mass is even over it.
        top: No moment is later: a cell may reach over it, but what it stands for does not.
    """

    at: Floats
    weights: Floats
    low: int
    cells: Floats
    top: float = math.inf

    @property
    def total(self) -> float:
        """All of it."""
        return float(self.weights.sum() + self.cells.sum())

    def scaled(self, factor: float) -> Mass:
        """So much of it."""
        if factor == 1:
            return self
        return Mass(self.at, self.weights * factor, self.low, self.cells * factor, self.top)

    def until(self, moment: float, step: float, *, inclusive: bool = True) -> tuple[Mass, Mass]:
        """Split it at a moment; what lies exactly there goes below if it is inclusive."""
        edge = moment + (_SAME if inclusive else -_SAME)
        if self.top <= edge:
            return self, EMPTY
        cut = int(np.searchsorted(self.at, edge, side="right")) if len(self.at) else 0
        size = len(self.cells)
        # A cell on the border is split as its mass lies: evenly.
        full = moment / step - self.low
        if not size or full >= size:
            below, above, low = self.cells, NOTHING, 0
        elif full <= 0:
            below, above, low = NOTHING, self.cells, self.low
        else:
            whole = int(full)
            below, above = self.cells[: whole + 1].copy(), self.cells[whole:].copy()
            below[-1] *= full - whole
            above[0] *= 1 - (full - whole)
            low = self.low + whole
        return (
            Mass(self.at[:cut], self.weights[:cut], self.low, below, moment),
            Mass(self.at[cut:], self.weights[cut:], low, above, self.top),
        )

    def shifted(self, by: float, step: float) -> Mass:
        """The same, later by so many seconds."""
        if not by:
            return self
        low, cells = self.low, self.cells
        if len(cells):
            first, two = on_grid(by, 1.0, step)
            low += first
            cells = np.convolve(cells, two) if two[1] > _NEGLIGIBLE else cells
        return Mass(self.at + by, self.weights, low, cells, self.top + by)

    def gridded(self, step: float, back: float = 0.0) -> tuple[int, Floats]:
        """Its atoms on the grid, each shared between two points that lie so many steps back.

        With half a step back they are cells: an atom on a point is shared by those beside it.
        """
        if not len(self.at):
            return 0, NOTHING
        points = np.floor(self.at / step - back)
        above = self.at / step - back - points
        low = int(points[0])
        index = points.astype(np.int64) - low
        cells = np.zeros(int(index[-1]) + 2)
        np.add.at(cells, index, self.weights * (1 - above))
        np.add.at(cells, index + 1, self.weights * above)
        return low, cells

    def after(self, kernel: Kernel, step: float) -> Mass:
        """The moment when a length has passed."""
        low, cells = 0, NOTHING
        if len(self.cells):
            low, cells = self.low + kernel.grid[0], _folded(self.cells, kernel.grid[1])
        at, weights = NOTHING, NOTHING
        if len(self.at):
            if kernel.mass:
                at, weights = self.at + kernel.atom, self.weights * kernel.mass
            if len(kernel.cells):
                first, gridded = self.gridded(step)
                more = (first + kernel.bins[0], _folded(gridded, kernel.bins[1]))
                low, cells = added((low, cells), more)
        return trimmed(Mass(at, weights, low, cells, self.top + kernel.top))


EMPTY = Mass(NOTHING, NOTHING, 0, NOTHING, -math.inf)


def atom(moment: float, weight: float = 1.0) -> Mass:
    """A moment that is certain."""
    return Mass(np.array([moment]), np.array([weight]), 0, NOTHING, moment)


def _folded(one: Floats, two: Floats) -> Floats:
    if len(one) * len(two) < _LONG:
        return np.convolve(one, two)
    size = len(one) + len(two) - 1
    fast = 1 << (size - 1).bit_length()
    product = np.fft.irfft(np.fft.rfft(one, fast) * np.fft.rfft(two, fast), fast)[:size]
    return np.maximum(product, 0.0)


def trimmed(mass: Mass) -> Mass:
    """Without what is too little to count at either end."""
    at, weights, low, cells, top = mass
    if len(cells):
        held = np.flatnonzero(cells > _NEGLIGIBLE)
        if len(held):
            first, last = int(held[0]), int(held[-1])
            low, cells = low + first, cells[first : last + 1]
        else:
            low, cells = 0, NOTHING
    if len(at):
        kept = weights > _NEGLIGIBLE
        if not kept.all():
            at, weights = at[kept], weights[kept]
    return Mass(at, weights, low, cells, top)


def merged(masses: list[Mass], step: float) -> Mass:
    """Several as one."""
    if not masses:
        return EMPTY
    if len(masses) == 1:
        return masses[0]
    grid = (0, NOTHING)
    for each in masses:
        grid = added(grid, (each.low, each.cells))
    at = np.concatenate([each.at for each in masses])
    weights = np.concatenate([each.weights for each in masses])
    if len(at) > 1:
        rounded = np.round(at, 6)
        at, inverse = np.unique(rounded, return_inverse=True)
        weights = np.bincount(inverse, weights, len(at))
    top = max(each.top for each in masses)
    found = Mass(at, weights, *grid, top)
    if len(at) > _MOST_ATOMS:
        return Mass(NOTHING, NOTHING, *added(grid, found.gridded(step, 0.5)), top)
    return found
