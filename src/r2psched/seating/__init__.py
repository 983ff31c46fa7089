"""Seating: interventions put into blocks, one after the other, in the order of the list."""

from r2psched.seating.inverses import as_count, longest_limit, missing_block, missing_time
from r2psched.seating.order import LongestLimits, RunningOrder, seat
from r2psched.seating.runs import Run, runs, time_used
from r2psched.seating.slots import Slot
from r2psched.seating.steps import Held, State, opening, steps

__all__ = [
    "Held",
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
