"""What measured interventions say of a pace, and how much doubt they leave."""

from __future__ import annotations

import math
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from r2psched.durations import show
from r2psched.errors import InvalidValue, joined
from r2psched.pace.doubting import longer
from r2psched.pace.laws import Law
from r2psched.pace.pace import Pace
from r2psched.pace.records import as_records
from r2psched.pace.uncut import before_cut

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pendulum

    from r2psched.pace.records import Record

__all__ = ["fitted", "learned"]

_FEWEST = 3
_NOT_CHANGEOVER = timedelta(minutes=10)
"""A longer gap between two interventions is taken for a break that nobody recorded."""
_SLACK = timedelta(seconds=5)
"""By so much an intervention may be recorded longer than the microphone allows."""
_ABSENT_BEFORE, _PRESENT_BEFORE = 0.5, 0.5
"""What is thought of absence before anything is measured: next to nothing (prior of Jeffreys)."""
_SPREAD_BEFORE = 5
"""The spread of a pace that learns counts as much as so many measured interventions."""
_SHORTEST = 1e-3
"""A shorter changeover, in seconds, is none."""
_MOST_SPREAD = 9.9
_MOST_ABSENT = 0.99
_FINEST = 1e-4
"""Nothing is measured, nor any doubt taken, more finely than this."""


class Measured(NamedTuple):
    """What records say in figures.

    Attributes:
        ratios: Length over limit of each intervention.
        gaps: Each time between two interventions, in seconds.
        called: How many were called, present or not.
        absent: How many of them were absent.
        until: When the last of all ended.
    """

    ratios: list[float]
    gaps: list[float]
    called: int
    absent: int
    until: pendulum.DateTime | None


def _mean(values: list[float]) -> float:
    return math.fsum(values) / len(values)


def _spread(values: list[float]) -> float:
    mean = _mean(values)
    return math.sqrt(math.fsum((each - mean) ** 2 for each in values) / (len(values) - 1))


def measured(
    given: Iterable[Record], cut: float | None = None, pace: Pace | None = None
) -> Measured:
    """Read figures out of records.

    Args:
        given: The records.
        cut: At how many limits the microphone is cut, or None.
        pace: Measures those of a category with a habit of its own by that, so that each ratio is
            as one of no category would be, and counts none of them as present or absent; passes
            over what it knows already; or None.

    Raises:
        InvalidValue: All that is wrong with them.
    """
    every = as_records(tuple(given))
    records = every if pace is None else _unknown_to(pace, every)
    faults = []
    for at, record in enumerate(every, 1):
        if record.kind != "intervention" or record.length is None:
            continue
        if record.limit is None:
            faults.append(f"records[{at}], {record}: has no limit to measure it by: give one")
        elif cut is not None and record.length > cut * record.limit + _SLACK:
            told = show(record.length)
            longer = f"took {told}, longer than the cut allows: correct it, or cut later"
            faults.append(f"records[{at}], {record}: {longer}")
    if faults:
        raise InvalidValue(joined(faults))
    ratios = [
        (each.ratio if cut is None else min(each.ratio, cut))
        * (1.0 if pace is None else pace.mean / pace.habit_in(each.category).mean)
        for each in records
        if each.ratio is not None
    ]
    timed = [each for each in records if each.kind != "absent"]
    spoken = {"intervention"}
    gaps = [
        after.start - before.end
        for before, after in pairwise(timed)
        if {before.kind, after.kind} == spoken and after.start and before.end
    ]
    usual = [each for each in records if pace is None or pace.habit_in(each.category) is pace.habit]
    absent = sum(each.kind == "absent" for each in usual)
    called = absent + sum(each.kind == "intervention" for each in usual)
    return Measured(
        ratios,
        [gap.total_seconds() for gap in gaps if gap < _NOT_CHANGEOVER],
        called,
        absent,
        max((each.end for each in records if each.end is not None), default=None),
    )


def _absence(absent: float, called: float) -> tuple[float, float]:
    """The mean and standard deviation of the chance to be absent."""
    mean = min(_MOST_ABSENT, absent / called)
    return mean, math.sqrt(mean * (1 - mean) / (called + 1))


def fitted(records: Iterable[Record], cut: float | None = None) -> Pace:
    """See `Pace.fit`."""
    found = measured(records, cut)
    count = len(found.ratios)
    if count < _FEWEST:
        msg = (
            f"expected at least {_FEWEST} interventions that ended, got {count}: measure more, or "
            'let a pace learn from them, such as shipped("general-debates").learn(records)'
        )
        raise InvalidValue(msg)
    mean, spread = _mean(found.ratios), _spread(found.ratios)
    before = Law(mean, spread) if cut is None else before_cut(mean, spread, cut)
    absent, absent_doubt = _absence(
        found.absent + _ABSENT_BEFORE, found.called + _ABSENT_BEFORE + _PRESENT_BEFORE
    )
    return Pace(
        before.mean,
        before.spread,
        absent,
        cut=cut,
        doubt=min(1.0, spread / mean / math.sqrt(count)),
        absent_doubt=absent_doubt,
        records=count,
        until=found.until,
        **_changeover(found.gaps),
    )


def _changeover(gaps: list[float]) -> dict[str, Any]:
    """What is known of the changeover: nothing, where no two interventions followed each other."""
    if not gaps:
        return {}
    mean = _mean(gaps)
    spread = _spread(gaps) if len(gaps) > 1 else mean
    return _as_changeover(mean, spread, spread / math.sqrt(len(gaps)))


def _as_changeover(mean: float, spread: float, doubt: float) -> dict[str, Any]:
    """Fields of a pace, so that no rounding to microseconds takes the mean from its spread."""
    if mean < _SHORTEST:
        mean = spread = doubt = 0.0
    lengths = mean, min(spread, _MOST_SPREAD * mean), doubt
    names = "changeover", "changeover_spread", "changeover_doubt"
    return {name: timedelta(seconds=length) for name, length in zip(names, lengths, strict=True)}


def learned(pace: Pace, records: Iterable[Record]) -> Pace:
    """See `Pace.learn`."""
    if pace.is_certain:
        return pace
    found = measured(records, pace.cut, pace)
    if not (found.ratios or found.absent):
        return pace
    changes: dict[str, Any] = {
        "records": pace.records and pace.records + len(found.ratios),
        "until": max(filter(None, (pace.until, found.until)), default=None),
    }
    if found.ratios and pace.doubt:
        changes |= _learned_mean(pace, found.ratios)
    if pace.absent_doubt:
        changes |= _learned_absence(pace, found)
    if pace.changeover and pace.changeover_doubt and found.gaps:
        changes |= _learned_changeover(pace, pace.changeover, found.gaps)
    elif pace.changeover is None and len(found.gaps) >= _FEWEST:
        changes |= _changeover(found.gaps)
    return attrs.evolve(pace, **changes)


def _unknown_to(pace: Pace, records: Iterable[Record]) -> tuple[Record, ...]:
    """The records that it does not rest on yet.

    An absence that tells no time is as old as what was recorded before it.
    """
    found, known = [], pace.until is not None
    for record in records:
        if pace.until is not None and record.start is not None:
            known = record.start < pace.until
        if not known:
            found.append(record)
    return tuple(found)


def _learned_mean(pace: Pace, ratios: list[float]) -> dict[str, Any]:
    now_mean, now_spread = Law(pace.mean, pace.spread, pace.family, pace.cut).moments()
    count = len(ratios)
    # Spread in relation to the mean is known from both; each mean then weighs by its doubt.
    squares = _SPREAD_BEFORE * (now_spread / now_mean) ** 2
    if count > 1:
        squares += (count - 1) * (_spread(ratios) / _mean(ratios)) ** 2
    relative = math.sqrt(squares / (_SPREAD_BEFORE + count - 1))
    weight, more = max(_FINEST, pace.doubt) ** -2, count / max(_FINEST, relative) ** 2
    shift = more * math.log(_mean(ratios) / now_mean) / (weight + more)
    mean = now_mean * math.exp(shift)
    law = Law(mean, relative * mean)
    if pace.cut is not None:
        law = before_cut(mean, relative * mean, pace.cut, pace.family)
    factor = math.exp(shift)
    return {
        "mean": law.mean,
        "spread": law.spread,
        "doubt": math.sqrt(1 / (weight + more)),
        "categories": {name: longer(each, factor) for name, each in pace.categories},
    }


def _learned_changeover(pace: Pace, before: timedelta, gaps: list[float]) -> dict[str, Any]:
    squares = _SPREAD_BEFORE * max(1.0, pace.changeover_spread.total_seconds()) ** 2
    if len(gaps) > 1:
        squares += (len(gaps) - 1) * _spread(gaps) ** 2
    spread = math.sqrt(squares / (_SPREAD_BEFORE + len(gaps) - 1))
    weight = 1 / pace.changeover_doubt.total_seconds() ** 2
    more = len(gaps) / spread**2
    mean = (weight * before.total_seconds() + more * _mean(gaps)) / (weight + more)
    return _as_changeover(mean, spread, math.sqrt(1 / (weight + more)))


def _learned_absence(pace: Pace, found: Measured) -> dict[str, Any]:
    """Take what was thought before for so many speakers as leave such a doubt."""
    chance = pace.absent
    before = max(1.0, chance * (1 - chance) / max(_FINEST, pace.absent_doubt) ** 2 - 1)
    absent, doubt = _absence(chance * before + found.absent, before + found.called)
    return {"absent": absent, "absent_doubt": doubt}
