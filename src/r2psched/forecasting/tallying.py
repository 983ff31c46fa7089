"""How many are heard, in all and in each block, by the models of a forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.forecasting.chain import tallies
from r2psched.forecasting.counts import Counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from r2psched.forecasting.chain import Turned
    from r2psched.forecasting.mixing import Weighted

__all__ = ["heard", "heard_by_block"]


def heard(models: Weighted, turns: Sequence[Turned], held: int) -> Counts:
    """How many are heard in all.

    Args:
        models: The models, each with its weight.
        turns: What became of each who is to come, all models together.
        held: How many have had the floor.
    """
    if any(turn.absent for _, model in models for turn in model.turns):
        return Counts.mixed([(weight, tallies(model, "all")[0]) for weight, model in models])
    counts = {held + at: turn.unheard for at, turn in enumerate(turns)}
    counts[held + len(turns)] = max(0.0, 1 - sum(counts.values()))
    return Counts.of(counts)


def heard_by_block(
    models: Weighted, blocks: int, known: Sequence[int] | None
) -> tuple[Counts, ...]:
    """How many are heard in each block.

    Args:
        models: The models, each with its weight.
        blocks: How many blocks there are.
        known: How many were heard in each block, or None where nobody recorded it.
    """
    counted = [(weight, tallies(model, "block")) for weight, model in models]
    start = models[0][1].start
    past = 0 if start is None or known is None else start.block
    return tuple(
        Counts.of({known[block]: 1.0})
        if known is not None and block < past
        else Counts.mixed((weight, each[block]) for weight, each in counted)
        for block in range(blocks)
    )
