"""Pace: how long interventions take against their limits; Record: what happened."""

from r2psched.pace.fitting import fitted, learned
from r2psched.pace.laws import Law
from r2psched.pace.pace import Habit, Pace
from r2psched.pace.records import Record, as_records, disorder
from r2psched.pace.shipped import PACES, shipped

__all__ = [
    "PACES",
    "Habit",
    "Law",
    "Pace",
    "Record",
    "as_records",
    "disorder",
    "fitted",
    "learned",
    "shipped",
]
