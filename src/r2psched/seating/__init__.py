"""Seating: interventions put into blocks, one after the other, in the order of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.lazy import loader
from r2psched.seating.inverses import as_count, longest_limit, missing_block, missing_time
from r2psched.seating.runs import Run, runs, time_used
from r2psched.seating.steps import Held, HeldReserve, State, opening, steps

if TYPE_CHECKING:
    from r2psched.seating.order import LongestLimits, RunningOrder
    from r2psched.seating.seat import seat
    from r2psched.seating.slots import Slot

__all__ = [
    "Held",
    "HeldReserve",
    "LongestLimits",
    "Run",
    "RunningOrder",
    "Slot",
    "State",
    "as_count",
    "longest_limit",
    "missing_block",
    "missing_time",
    "opening",
    "runs",
    "seat",
    "steps",
    "time_used",
]

# What fits is counted without any list.
__getattr__ = loader(
    __name__,
    {"LongestLimits": "order", "RunningOrder": "order", "Slot": "slots", "seat": "seat"},
)
