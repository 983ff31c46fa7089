"""Mixing: the models of several paces that may be true, and what they say together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from r2psched.forecasting.chain import Played, Turned, play
from r2psched.forecasting.masses import EMPTY, merged
from r2psched.forecasting.model import SECOND, model_of
from r2psched.seating.periods import Periods

if TYPE_CHECKING:
    from datetime import timedelta

    from r2psched.forecasting.model import Model
    from r2psched.forecasting.opening import Standing
    from r2psched.pace import Pace
    from r2psched.seating import RunningOrder

__all__ = ["Weighted", "models_of", "played"]

Weighted = tuple[tuple[float, "Model"], ...]


def models_of(
    order: RunningOrder,
    pace: Pace,
    tolerance: timedelta,
    stands: Standing,
    positions: tuple[int, ...],
) -> Weighted:
    """The models of a list, one for each pace that may be true, with its weight.

    Args:
        order: The list with its limits and its floor.
        pace: How long interventions take.
        tolerance: How much later than the end of a block a limit may be up.
        stands: Where the session stands.
        positions: The positions on the list of those who are to come.
    """
    inscriptions = tuple(order.inscriptions[at - 1] for at in positions)
    periods, frame = Periods.of(order.limits, order.later_limits), order.floor.frame
    first = model_of(inscriptions, periods, frame, pace, tolerance=tolerance)

    def model(true: Pace) -> Model:
        # All stand on one grid, so that they can be mixed.
        found = first
        if true is not pace:
            found = model_of(
                inscriptions, periods, frame, true, tolerance=tolerance, step=first.step
            )
        if stands.now_us is None:
            return found
        now = (stands.now_us - found.origin_us) / SECOND
        found = attrs.evolve(found, earliest=now)
        return attrs.evolve(found, start=stands.start(found, true, order))

    return tuple((weight, model(each)) for weight, each in pace.possible(order.limits.default))


def played(models: Weighted) -> Played:
    """Call a list at each pace, and mix what becomes of it, one after the other."""
    (_, first), *others = models
    if not others:
        return play(first)
    turns: list[Turned] = []
    ends = EMPTY
    for weight, model in models:
        found = play(model)
        for at, turn in enumerate(found.turns):
            if at == len(turns):
                # At a pace at which nobody is left to be heard they may still be present.
                present = sum(share * (1 - each.turns[at].absent) for share, each in models)
                turns.append(Turned(present, {}, 0.0))
            turns[at] = _with(turns[at], turn, weight, first.step)
        ends = merged([ends, found.ends.scaled(weight)], first.step)
    return Played(tuple(turns), ends)


def _with(mixed: Turned, turn: Turned, weight: float, step: float) -> Turned:
    """Add what becomes of one inscription at a further pace."""
    starts = dict(mixed.starts)
    for block, mass in turn.starts.items():
        more = mass.scaled(weight)
        starts[block] = merged([starts[block], more], step) if block in starts else more
    return Turned(mixed.present, starts, mixed.unheard + weight * turn.unheard)
