"""Procedures: the rules of bodies as values, and how they are applied to a list."""

from r2psched.procedures.applying import Attempt, Outcome, apply
from r2psched.procedures.procedure import Pooling, Procedure, Source, Yielding
from r2psched.procedures.steps import Step, as_steps

__all__ = [
    "Attempt",
    "Outcome",
    "Pooling",
    "Procedure",
    "Source",
    "Step",
    "Yielding",
    "apply",
    "as_steps",
]
