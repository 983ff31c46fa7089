"""Timing: when something happens, as a distribution that may hold less than all of the mass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from r2psched.forecasting.kernels import Floats
    from r2psched.forecasting.masses import Mass

__all__ = ["Timing"]


@attrs.frozen(eq=False)
class Timing:
    """When something happens, in seconds from an origin.

    Attributes:
        masses: Its mass, in one part or several.
        step: The grid of their cells.
    """

    masses: tuple[Mass, ...]
    step: float

    def _edges(self, mass: Mass) -> Floats:
        first = mass.low
        return np.linspace(first, first + len(mass.cells), len(mass.cells) + 1) * self.step

    @property
    def total(self) -> float:
        """The chance that it happens at all."""
        return min(1.0, sum(mass.total for mass in self.masses))

    def by(self, moments: npt.ArrayLike, *, inclusive: bool = True) -> Floats:
        """The chance that it happens by each moment; or before it, if that is not inclusive."""
        at = np.asarray(moments, dtype=float)
        total = np.zeros(at.shape)
        for mass in self.masses:
            if len(mass.cells):
                sums = np.concatenate([[0.0], np.cumsum(mass.cells)])
                total += np.interp(at, self._edges(mass), sums)
            if len(mass.at):
                sums = np.concatenate([[0.0], np.cumsum(mass.weights)])
                total += sums[np.searchsorted(mass.at, at, side="right" if inclusive else "left")]
        return total

    def quantiles(self, chances: Sequence[float]) -> list[float | None]:
        """The first moment by which it has happened with each chance, or None if there is none."""
        if len(self.masses) == 1 and not len(self.masses[0].at):
            return self._smooth(self.masses[0], chances)
        points = [mass.at for mass in self.masses]
        points += [self._edges(mass) for mass in self.masses if len(mass.cells)]
        at = np.unique(np.concatenate(points)) if points else np.zeros(0)
        by, before = self.by(at), self.by(at, inclusive=False)
        found: list[float | None] = []
        for chance in chances:
            k = int(np.searchsorted(by, chance))
            if k == len(at):
                found.append(None)
            elif k == 0 or before[k] <= chance:
                found.append(float(at[k]))
            else:
                found.append(float(np.interp(chance, [by[k - 1], before[k]], [at[k - 1], at[k]])))
        return found

    def _smooth(self, mass: Mass, chances: Sequence[float]) -> list[float | None]:
        by = np.cumsum(mass.cells)
        found: list[float | None] = []
        for chance in chances:
            k = int(np.searchsorted(by, chance))
            if k == len(by):
                found.append(None)
                continue
            below = float(by[k - 1]) if k else 0.0
            share = (chance - below) / float(mass.cells[k]) if mass.cells[k] else 0.0
            found.append((mass.low + k + share) * self.step)
        return found
