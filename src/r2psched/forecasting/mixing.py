"""Mixing: what several paces that may be true say together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.forecasting.chain import Played, Turned, play
from r2psched.forecasting.masses import merged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from r2psched.forecasting.masses import Mass
    from r2psched.forecasting.model import Model

__all__ = ["Weighted", "mixed", "played"]

Weighted = tuple[tuple[float, "Model"], ...]


def played(models: Weighted) -> Played:
    """Call a list at each pace, and mix what becomes of it."""
    found = [(weight, play(model)) for weight, model in models]
    return found[0][1] if len(found) == 1 else mixed(found, models[0][1].step)


def mixed(found: Sequence[tuple[float, Played]], step: float) -> Played:
    """Mix what became of a list at several paces."""
    turns = []
    for at in range(max(len(each.turns) for _, each in found)):
        parts = [(weight, each.turns[at]) for weight, each in found if at < len(each.turns)]
        starts: dict[int, list[Mass]] = {}
        for weight, turn in parts:
            for block, mass in turn.starts.items():
                starts.setdefault(block, []).append(mass.scaled(weight))
        # At a pace at which nobody is left to be heard they may still be present.
        present = sum(weight * turn.present for weight, turn in parts)
        present += sum(weight for weight, _ in found) - sum(weight for weight, _ in parts)
        turns.append(
            Turned(
                present,
                {block: merged(masses, step) for block, masses in starts.items()},
                sum(weight * turn.unheard for weight, turn in parts),
            )
        )
    ends = merged([each.ends.scaled(weight) for weight, each in found], step)
    return Played(tuple(turns), ends)
