"""What it would take for a chance: where to close the list, the longest limit, minutes to add."""

from __future__ import annotations

import math
from datetime import timedelta
from operator import mul
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import TimeBlock, to_epoch
from r2psched.durations import microseconds
from r2psched.forecasting.chain import play
from r2psched.forecasting.mixing import models_of
from r2psched.forecasting.model import SECOND
from r2psched.forecasting.timing import Timing
from r2psched.speakers import Inscription, SpeakingLimits

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from r2psched.forecasting.answers import Forecast
    from r2psched.forecasting.mixing import Weighted
    from r2psched.forecasting.model import Model
    from r2psched.seating import RunningOrder

__all__ = ["close_at", "longest_limit", "missing"]

_GRID = 5 * SECOND
_MINUTE = 60 * SECOND
_MOST_MINUTES = 1 << 23
_MOST_SPEAKERS = 100_000
_EVEN = 0.5
_DECIDED = 1e-12


def _models(forecast: Forecast, order: RunningOrder, positions: tuple[int, ...]) -> Weighted:
    return models_of(order, forecast.pace, forecast.tolerance, forecast.standing, positions)


def _slow(models: Weighted, chance: float) -> Weighted:
    """The one of several paces, from fast to slow, than which with such a chance none is slower."""
    reached = 0.0
    for weight, model in models:
        reached += weight
        if reached >= chance:
            return ((1.0, model),)
    return ((1.0, models[-1][1]),)


def _chance(model: Model, by: int | None) -> float:
    """The chance that a whole list is heard, and has ended by a moment if one is given."""
    found = play(model)
    if by is not None:
        at = (by - model.origin_us) / SECOND
        return float(Timing((found.ends,), model.step).by(at))
    if len(found.turns) < len(model.turns):
        return 0.0
    return max(0.0, 1 - sum(turn.unheard for turn in found.turns))


def _reached(models: Weighted, chance: float, by: int | None = None) -> bool:
    """Whether a whole list is heard with a chance, and has ended by a moment if one is given.

    The slower a pace the smaller the chance at it, so that few of the paces must be tried: those
    that are not between two that agree, the weightiest first.
    """
    low, high = [0.0] * len(models), [1.0] * len(models)
    weights = [weight for weight, _ in models]
    while True:
        if math.fsum(map(mul, weights, low)) >= chance:
            return True
        if math.fsum(map(mul, weights, high)) < chance:
            return False
        open_ = [weight * (b - a) for weight, a, b in zip(weights, low, high, strict=True)]
        at = max(range(len(models)), key=open_.__getitem__)
        if open_[at] <= _DECIDED:
            return math.fsum(map(mul, weights, low)) >= chance - _DECIDED * len(models)
        found = _chance(models[at][1], by)
        low[: at + 1] = [max(each, found) for each in low[: at + 1]]
        high[at:] = [min(each, found) for each in high[at:]]


def _most(good: Callable[[int], bool], high: int, guess: int) -> int:
    """The largest number from 0 to `high` that is good, where 0 is and none above a bad one.

    It is sought in strides that double from a guess, since each trial costs a whole list.
    """
    low, high, stride = 0, high + 1, 1
    guess = max(1, min(guess, high - 1))
    while low < guess < high:
        if good(guess):
            low, guess = guess, guess + stride
        else:
            high, guess = guess, guess - stride
        stride *= 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if good(middle) else (low, middle)
    return low


def _sought(
    models_for: Callable[[int], Weighted],
    good: Callable[[Weighted, float], bool],
    chance: float,
    high: int,
    guess: int,
) -> int:
    """The largest number that is good for a chance: by one slow pace first, then by all.

    At a slow pace all that is left to chance is what single interventions do.
    """
    if len(models_for(1)) > 1:
        guess = _most(lambda n: good(_slow(models_for(n), chance), _EVEN), high, guess)
    return _most(lambda n: good(models_for(n), chance), high, guess)


def close_at(forecast: Forecast, chance: float, by: datetime | None) -> int:
    """See `Forecast.close_at`."""
    order, done = forecast.order, forecast.standing.done
    called = order.inscriptions[: order.most]
    to_come = len(forecast)

    def models_for(count: int) -> Weighted:
        more = tuple(Inscription(f"Speaker {n}") for n in range(count - to_come))
        longer = attrs.evolve(order, inscriptions=called + more)
        further = range(len(called) + 1, len(longer.inscriptions) + 1)
        return _models(forecast, longer, (*forecast.positions, *further)[:count])

    if by is not None:
        until, _ = to_epoch(by)
        return len(done) + _sought(
            models_for,
            lambda models, wanted: _reached(models, wanted, until),
            chance,
            _MOST_SPEAKERS,
            to_come,
        )
    # One list tells of all shorter ones.
    count, longer = to_come, forecast
    while count < _MOST_SPEAKERS and longer.reaches(count) >= chance:
        count = min(_MOST_SPEAKERS, max(1, 2 * count))
        longer = attrs.evolve(forecast, models=models_for(count))
    return len(done) + _most(lambda number: longer.reaches(number) >= chance, count, to_come)


def longest_limit(forecast: Forecast, chance: float) -> timedelta | None:
    """See `Forecast.longest_limit`."""
    order = forecast.order
    longest = max((block.end_us - block.start_us for block in order.floor.blocks), default=0)
    longest += microseconds(forecast.tolerance)

    def models_for(steps: int) -> Weighted:
        limits = SpeakingLimits(timedelta(microseconds=steps * _GRID), for_all=True)
        changed = attrs.evolve(order, limits=limits, later_limits=())
        return _models(forecast, changed, forecast.positions)

    usual = microseconds(order.limits.default) // _GRID
    most = _sought(
        models_for,
        _reached,
        chance,
        longest // _GRID,
        usual,
    )
    return timedelta(microseconds=most * _GRID) if most else None


def missing(forecast: Forecast, chance: float) -> timedelta | None:
    """See `Forecast.missing`."""
    order = forecast.order
    floor = order.floor
    if not floor.blocks:
        return None
    if forecast.all_heard >= chance:
        return timedelta(0)
    *others, last = floor.blocks

    def models_for(minutes: int) -> Weighted:
        more = minutes * _MINUTE
        longer = TimeBlock.from_microseconds(last.start_us, last.end_us + more, last.zone)
        most = None if floor.most is None else floor.most + timedelta(microseconds=more)
        changed = attrs.evolve(floor, blocks=(*others, longer), most=most)
        return _models(forecast, attrs.evolve(order, floor=changed), forecast.positions)

    unheard = order.missing()
    too_few = _sought(
        models_for,
        lambda models, wanted: not _reached(models, wanted),
        chance,
        _MOST_MINUTES,
        1 if unheard is None else microseconds(unheard) // _MINUTE,
    )
    return None if too_few == _MOST_MINUTES else timedelta(minutes=too_few + 1)
