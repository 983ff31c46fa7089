"""Model: a list, its floor and its pace as plain numbers, as the chain counts with them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import attrs

from r2psched.durations import microseconds
from r2psched.forecasting.kernels import CERTAIN, both, kernel_of
from r2psched.forecasting.masses import atom
from r2psched.pace import Law

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import timedelta

    from r2psched.forecasting.kernels import Kernel
    from r2psched.forecasting.masses import Mass
    from r2psched.pace import Habit, Pace
    from r2psched.reserves import Frame
    from r2psched.seating.periods import Periods
    from r2psched.speakers import Inscription

__all__ = ["SECOND", "Label", "Model", "Start", "model_of", "step_for"]

SECOND = 1_000_000
_STEP = 5.0
_FINEST = 1.0
_STEPS_A_SPREAD = 8
_STEPS_A_LARGE_SPREAD = 60
_MOST_CELLS = 20_000
_DAY = 86_400.0
_FURTHEST = 30
_MANY = 8
_UNLIKELY = 1e-6


class Label(NamedTuple):
    """What a path remembers besides the clock.

    Attributes:
        held: How many interventions there were, as far as reserves depend on it.
        tally: How many are counted for an answer; 0 where none is.
    """

    held: int
    tally: int


class Start(NamedTuple):
    """Where a chain begins.

    Attributes:
        block: Index of the block.
        clock: When the last intervention ended there, or, if `ready`, when the next may begin.
        ready: Whether neither changeover nor reserve must pass before the next.
        held: How many interventions there were.
        tally: How many of them were in this block.
        ended: When the last of them ended, or where there was none, when the next may begin.
    """

    block: int
    clock: Mass
    ready: bool
    held: int
    tally: int
    ended: Mass


class Turn(NamedTuple):
    """One inscription.

    Attributes:
        absent: The chance that it is skipped.
        limits: Its limit in each period, in seconds.
        kinds: What its length is made from in each period: a key of the kernels.
    """

    absent: float
    limits: tuple[float, ...]
    kinds: tuple[tuple[Habit, float], ...]


@attrs.frozen(eq=False)
class Model:
    """What a chain needs to know, in seconds from an origin.

    Attributes:
        origin_us: The origin, in microseconds since the epoch: when the first block opens.
        step: The grid.
        spans: Floor time of each block.
        turns: The list, in order.
        changes: When limits change.
        rounds: After every how many interventions a reserve comes, and how long it takes.
        cycle: After how many interventions the reserves repeat; 1 where there are none.
        gap: The changeover.
        late: How late a block opens.
        tolerance: How much later than the end of a block a limit may be up.
        pace: What lengths are made from.
        start: Where the chain begins, or None at the beginning of the session.
        earliest: Nothing begins before it: the time now, or minus infinity.
        horizon: How long nobody speaks, nor waits: longer than the session or than many times its
            blocks, or than any grid should be.
    """

    origin_us: int
    step: float
    spans: tuple[tuple[float, float], ...]
    turns: tuple[Turn, ...]
    changes: tuple[float, ...]
    rounds: tuple[tuple[int, float], ...]
    cycle: int
    gap: Kernel
    late: Kernel
    tolerance: float
    pace: Pace
    start: Start | None
    earliest: float
    horizon: float
    _kernels: dict[tuple[Habit, float, bool], Kernel] = attrs.field(factory=dict, repr=False)

    def owed(self, held: int) -> float | None:
        """The length of the reserve due after so many interventions, or None."""
        if not held:
            return None
        due = [length for n, length in self.rounds if held % n == 0]
        return sum(due) if due else None

    def counted(self, held: int) -> int:
        """So many interventions, as far as reserves depend on it; never 0 behind the first."""
        return (held - 1) % self.cycle + 1 if held else 0

    def by_period(self, clock: Mass) -> Iterator[tuple[int, Mass]]:
        """What of a mass lies in each period of limits, if anything does."""
        rest = clock
        for period, change in enumerate(self.changes):
            part, rest = rest.until(change, self.step, inclusive=False)
            if part.total > 0:
                yield period, part
        if rest.total > 0:
            yield len(self.changes), rest

    def kernel(self, kind: tuple[Habit, float], *, with_gap: bool) -> Kernel:
        """How long an intervention takes, with the changeover behind it or without."""
        key = (*kind, with_gap)
        found = self._kernels.get(key)
        if found is None:
            law = self.pace.law(*kind)
            if not with_gap:
                found = kernel_of(law, self.step, horizon=self.horizon)
            elif self.gap.mass == 1:
                found = kernel_of(law, self.step, self.gap.atom, self.horizon)
            else:
                found = both(self.kernel(kind, with_gap=False), self.gap, self.step)
            self._kernels[key] = found
        return found


def _law(mean: timedelta, spread: timedelta, pace: Pace) -> Law:
    return Law(microseconds(mean) / SECOND, microseconds(spread) / SECOND, pace.family)


def _in_order(spans: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Let no block open later than one behind it, as if a long reserve left it any time."""
    found: list[tuple[float, float]] = []
    for start, end in reversed(list(spans)):
        found.append((min(start, found[-1][0]) if found else start, end))
    return tuple(reversed(found))


def _horizon(spans: tuple[tuple[float, float], ...], tolerance: float, step: float) -> float:
    """See `Model`."""
    if not spans:
        return 0.0
    longest = max(end - start for start, end in spans)
    whole = max(spans[-1][1] - spans[0][0], _MANY * longest) + tolerance
    return min(whole, max(_MOST_CELLS * step, _DAY))


def step_for(
    pace: Pace, lengths: list[tuple[Habit, float]], spans: tuple[tuple[float, float], ...]
) -> float:
    """The grid: 5 s, finer where lengths vary little, coarser where all vary by minutes."""
    spreads = [habit.spread * limit for habit, limit in lengths]
    spreads = [each for each in spreads if each] or [
        each.total_seconds() for each in (pace.changeover_spread, pace.late_spread) if each
    ]
    least = min(spreads, default=_STEP * _STEPS_A_SPREAD)
    longest = max((end - start for start, end in spans), default=0.0)
    usual = min(max(_STEP, least / _STEPS_A_LARGE_SPREAD), max(_FINEST, least / _STEPS_A_SPREAD))
    reach = max((limit * (h.mean + _FURTHEST * h.spread) for h, limit in lengths), default=0.0)
    return max(usual, min(reach, longest * _FURTHEST) / _MOST_CELLS)


def model_of(  # noqa: PLR0913  # what a forecast rests on
    inscriptions: tuple[Inscription, ...],
    periods: Periods,
    frame: Frame,
    pace: Pace,
    *,
    tolerance: timedelta,
    step: float | None = None,
) -> Model:
    """Put a list, its floor and its pace into numbers.

    Args:
        inscriptions: Who is still to come, in order.
        periods: Their limits.
        frame: The blocks, reserves and changeover.
        pace: How long interventions take; its doubts are passed over.
        tolerance: How much later than the end of a block a limit may be up.
        step: The grid in seconds; by default as the spreads ask for it.
    """
    origin = frame.spans[0][0] if frame.spans else 0
    spans = _in_order(((a - origin) / SECOND, (b - origin) / SECOND) for a, b in frame.spans)
    allowed = max((end - start for start, end in spans), default=0.0)
    allowed += microseconds(tolerance) / SECOND
    turns = []
    for who in inscriptions:
        habit = pace.habit_of(who)
        lengths = tuple(length / SECOND for length in periods.lengths(who))
        turns.append(Turn(habit.absent, lengths, tuple((habit, length) for length in lengths)))
    used = {kind for turn in turns for kind in turn.kinds if kind[1] <= allowed}
    step = step_for(pace, list(used), spans) if step is None else step
    rounds = tuple((n, length / SECOND) for n, length in frame.rounds)
    horizon = _horizon(spans, microseconds(tolerance) / SECOND, step)
    gap, late = Law(frame.changeover / SECOND), _law(pace.late, pace.late_spread, pace)
    if pace.changeover is not None:
        gap = _law(pace.changeover, pace.changeover_spread, pace)
    return Model(
        origin_us=origin,
        step=step,
        spans=spans,
        turns=tuple(turns),
        changes=tuple((change - origin) / SECOND for change in periods.changes),
        rounds=rounds,
        cycle=math.lcm(*(n for n, _ in rounds)),
        gap=kernel_of(gap, step, horizon=horizon),
        late=kernel_of(late, step, horizon=horizon) if pace.late else CERTAIN,
        tolerance=microseconds(tolerance) / SECOND,
        pace=pace,
        start=None,
        earliest=-math.inf,
        horizon=horizon,
    )


def opened(model: Model, block: int) -> Mass:
    """When a block opens, if nobody speaks any more by then."""
    placed = atom(model.spans[block][0]).after(model.late, model.step)
    return not_before(placed, model.earliest, model.step)


def not_before(mass: Mass, earliest: float, step: float) -> Mass:
    """The same, given that it did not happen before a moment; at that moment if it should have."""
    if earliest == -math.inf:
        return mass
    _, above = mass.until(earliest, step, inclusive=False)
    total = above.total
    return above.scaled(mass.total / total) if total > _UNLIKELY else atom(earliest, mass.total)
