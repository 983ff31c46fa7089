"""Mixing: what several paces that may be true say together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.forecasting.chain import Played, Turned, play
from r2psched.forecasting.masses import EMPTY, merged

if TYPE_CHECKING:
    from r2psched.forecasting.model import Model

__all__ = ["Weighted", "played"]

Weighted = tuple[tuple[float, "Model"], ...]


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
