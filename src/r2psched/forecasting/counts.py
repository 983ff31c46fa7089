"""Counts: how many, as a distribution."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs

from r2psched.errors import InvalidValue, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Counts", "as_chance"]

_NEGLIGIBLE = 1e-9


def as_chance(value: object) -> float:
    """Take a chance that is wanted.

    Raises:
        InvalidValue: If it lies not between 0 and 1.
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 1:
        return float(value)
    msg = f"expected a chance between 0 and 1, such as 0.9, got {shown(value)}"
    raise InvalidValue(msg)


@attrs.frozen
class Counts:
    """How many, as a distribution.

    Attributes:
        chances: Pairs of a number and its chance, by number.

    >>> counts = Counts.of({3: 0.5, 4: 0.3, 5: 0.2})
    >>> counts.at_least(4), counts.quantile(0.9), round(counts.mean, 1)
    (0.5, 5, 3.7)
    """

    chances: tuple[tuple[int, float], ...]

    @classmethod
    def of(cls, chances: Mapping[int, float]) -> Counts:
        """Take the chance of each number."""
        kept = {n: chance for n, chance in chances.items() if chance > _NEGLIGIBLE}
        total = math.fsum(kept.values())
        return cls(tuple((n, kept[n] / total) for n in sorted(kept)))

    @classmethod
    def mixed(cls, parts: Iterable[tuple[float, Mapping[int, float]]]) -> Counts:
        """Mix several distributions by their weights."""
        total: dict[int, float] = {}
        for weight, chances in parts:
            for n, chance in chances.items():
                total[n] = total.get(n, 0.0) + weight * chance
        return cls.of(total)

    @property
    def mean(self) -> float:
        """The mean."""
        return math.fsum(n * chance for n, chance in self.chances)

    def at_least(self, number: int) -> float:
        """The chance of so many or more."""
        return min(1.0, math.fsum(chance for n, chance in self.chances if n >= number))

    def quantile(self, chance: float) -> int:
        """The least number that is not exceeded with a chance."""
        wanted, reached = as_chance(chance), 0.0
        for n, each in self.chances:
            reached += each
            if reached >= wanted - _NEGLIGIBLE:
                return n
        return self.chances[-1][0]

    def rows(self) -> list[dict[str, object]]:
        """One dict for each number: the number and its chance."""
        return [{"number": n, "chance": chance} for n, chance in self.chances]

    def __str__(self) -> str:
        """The middle four fifths of it: "81 to 86"."""
        low, high = self.quantile(0.1), self.quantile(0.9)
        return f"{low} to {high}" if low < high else str(low)
