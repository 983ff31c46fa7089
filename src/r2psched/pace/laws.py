"""Law: the distribution of one length of time."""

from __future__ import annotations

import math
from typing import Literal

import attrs

__all__ = ["Family", "Law"]

Family = Literal["lognormal", "gamma"]

_ROOT_2 = math.sqrt(2)
_NARROW = 0.02
"""Below so much spread for a mean of 1 the two families are one, to less than a thousandth."""
_SMALL = 1e-13
_CERTAINLY = 1e-6
"""A spread of less than so much of the mean is none."""
_FAR = -40.0
"""The logarithm of what is nothing beside 1; by it the bound of Chernoff tells what lies above."""
_MOST_TERMS = 100_000


def _below(a: float, x: float) -> float:
    """The regularised lower incomplete gamma function P(a, x), by its series.

    Source: NIST Digital Library of Mathematical Functions, 8.11.4.
    """
    if x > a and a + a * math.log(x / a) - x < _FAR:
        return 1.0
    front = a * math.log(x) - x - math.lgamma(a + 1)
    term = total = 1.0
    for n in range(1, _MOST_TERMS):
        term *= x / (a + n)
        total += term
        if term < total * _SMALL:
            break
    return min(1.0, math.exp(front + math.log(total)))


@attrs.frozen
class Law:
    """The distribution of one length of time, in any unit.

    Attributes:
        mean: The mean before anything is cut.
        spread: The standard deviation before anything is cut; 0 for a length that is certain.
        family: "lognormal" or "gamma".
        cut: The longest that it may be: whatever is longer is cut there; or None.

    >>> law = Law(180, 60, cut=240)
    >>> round(law.below(180), 3), law.below(240)
    (0.564, 1.0)
    """

    mean: float
    spread: float = 0.0
    family: Family = "lognormal"
    cut: float | None = None

    @property
    def certain(self) -> float | None:
        """The one length there is, or None if it has a spread."""
        if self.spread > _CERTAINLY * self.mean:
            return None
        return self.mean if self.cut is None else min(self.mean, self.cut)

    @property
    def _shape(self) -> float | None:
        """The shape of the gamma distribution, or None if the lognormal is used."""
        relative = self.spread / self.mean
        return None if self.family == "lognormal" or relative < _NARROW else relative**-2

    @property
    def _log(self) -> tuple[float, float]:
        """Mean and standard deviation of the logarithm of a lognormal length."""
        variance = math.log1p((self.spread / self.mean) ** 2)
        return math.log(self.mean) - variance / 2, math.sqrt(variance)

    def _moment_below(self, power: int, x: float) -> float:
        """E[X**power; X <= x] of the length before it is cut."""
        if x <= 0:
            return 0.0
        shape = self._shape
        if shape is not None:
            scale = self.mean / shape
            whole = math.prod((shape + k) * scale for k in range(power))
            return whole * _below(shape + power, x / scale)
        mu, sigma = self._log
        whole = math.exp(power * mu + (power * sigma) ** 2 / 2)
        return whole * math.erfc((mu + power * sigma**2 - math.log(x)) / sigma / _ROOT_2) / 2

    def below(self, x: float) -> float:
        """The chance that it is at most `x`."""
        if self.cut is not None and x >= self.cut:
            return 1.0
        certain = self.certain
        if certain is not None:
            return float(x >= certain)
        return self._moment_below(0, x)

    def area(self, x: float) -> float:
        """The integral of `below` from 0 to `x`: how much on average it falls short of `x`."""
        if x <= 0:
            return 0.0
        certain = self.certain
        if certain is not None:
            return max(0.0, x - certain)
        inside = x if self.cut is None else min(x, self.cut)
        short = inside * self._moment_below(0, inside) - self._moment_below(1, inside)
        return max(0.0, short) + (x - inside)

    @property
    def at_cut(self) -> float:
        """The chance that it is cut."""
        if self.cut is None:
            return 0.0
        certain = self.certain
        return (
            float(self.mean > self.cut)
            if certain is not None
            else 1 - self._moment_below(0, self.cut)
        )

    def moments(self) -> tuple[float, float]:
        """Mean and standard deviation of what is left when it is cut."""
        certain = self.certain
        if certain is not None:
            return certain, 0.0
        if self.cut is None:
            return self.mean, self.spread
        tail = self.at_cut
        first = self._moment_below(1, self.cut) + tail * self.cut
        second = self._moment_below(2, self.cut) + tail * self.cut**2
        return first, math.sqrt(max(0.0, second - first**2))
