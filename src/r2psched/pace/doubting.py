"""The paces that may be true where one is in doubt."""

from __future__ import annotations

import math
from datetime import timedelta
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import attrs

from r2psched.pace.pace import Habit

if TYPE_CHECKING:
    from r2psched.pace.pace import Pace

__all__ = ["longer", "possible"]

_NODES = tuple(step * 0.7 for step in range(-5, 6))
_CLOSER_NODES = tuple(step * 0.35 for step in range(-10, 11))
_FEW = 12
"""After fewer records the doubt is so wide that what lies between eleven paces would show."""
_STANDARD = NormalDist()
_FARTHEST = 1.5
_LEAST_ANSWER = 0.05
_MOST_ABSENT = 0.99
_LONGEST = 1000.0


def longer(habit: Habit, factor: float) -> Habit:
    """A habit of which mean and spread are multiplied, within what a pace may have."""
    mean = min(_LONGEST, max(1 / _LONGEST, habit.mean * factor))
    return Habit(mean, min(_LONGEST, 10 * mean, habit.spread * factor), habit.absent)


def _answer_to_length(pace: Pace) -> float:
    """By how many per cent the mean is longer after the cut, where it is by one before it."""
    before = pace.law(pace.habit, 1.0)
    longer = attrs.evolve(before, mean=1.01 * before.mean, spread=1.01 * before.spread)
    ratio = longer.moments()[0] / before.moments()[0]
    return max(_LEAST_ANSWER, math.log(ratio) / math.log(1.01))


def _student(z: float, degrees: float) -> float:
    """The quantile of Student's distribution where the standard normal has `z`.

    Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.5.
    """
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + sum(term / degrees**power for power, term in enumerate(terms, 1))


def possible(pace: Pace, limit: timedelta) -> tuple[tuple[float, Pace], ...]:
    """See `Pace.possible`.

    What is uncertain in mean, changeover and absence moves together along how fast the whole list
    goes: each part takes the share that it has in the variance of the time that one inscription
    takes on average. So the variance of that time is the whole one.
    """
    if pace.is_certain:
        return ((1.0, pace),)
    length = limit.total_seconds() * pace.law(pace.habit, 1.0).moments()[0]
    changeover = pace.changeover.total_seconds() if pace.changeover else 0.0
    changeover_doubt = pace.changeover_doubt.total_seconds()
    absent_doubt = pace.absent_doubt if pace.absent else 0.0
    parts = (
        (1 - pace.absent) * length * pace.doubt,
        (1 - pace.absent) * changeover_doubt,
        (length + changeover) * absent_doubt,
    )
    whole = math.hypot(*parts) or 1.0
    slower, between, absent = (part / whole for part in parts)
    nodes = _CLOSER_NODES if pace.records is not None and pace.records < _FEW else _NODES
    weights = [_STANDARD.pdf(z) for z in nodes]
    total = math.fsum(weights)
    answers = 1.0 if pace.cut is None else _answer_to_length(pace)
    found = []
    for z, weight in zip(nodes, weights, strict=True):
        step = z if pace.records is None else _student(z, max(2, pace.records - 1))
        factor = _moved(step * pace.doubt * slower / answers)
        habit = longer(pace.habit, factor)
        moved: dict[str, Any] = {
            "mean": habit.mean,
            "spread": habit.spread,
            "categories": {name: longer(each, factor) for name, each in pace.categories},
            "doubt": 0.0,
            "absent_doubt": 0.0,
            "changeover_doubt": timedelta(0),
        }
        if changeover and changeover_doubt:
            factor = _moved(step * between * changeover_doubt / changeover)
            moved["changeover"] = timedelta(seconds=changeover * factor)
            moved["changeover_spread"] = pace.changeover_spread * factor
        if absent_doubt:
            ratio = min(_FARTHEST, absent * absent_doubt / pace.absent)
            chance = pace.absent * _moved(-step * ratio) / _moved(ratio**2 / 2)
            moved["absent"] = min(_MOST_ABSENT, chance)
        found.append((weight / total, attrs.evolve(pace, **moved)))
    return tuple(found)


def _moved(by: float) -> float:
    return math.exp(max(-_FARTHEST, min(_FARTHEST, by)))
