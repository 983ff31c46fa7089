"""Step: one thing that a body does when a list is too long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import attrs

from r2psched.errors import InvalidValue, shown
from r2psched.fields import as_one_of, as_several, whole
from r2psched.speakers import as_limits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from r2psched.speakers import SpeakingLimits

__all__ = ["Step", "Word", "as_steps"]

Word = Literal["limits", "equal", "draw", "cut"]
_word = as_one_of(*get_args(Word))
_MOST_STEPS = 20
_MOST_DRAWN = 10**6


def _as_word(value: Word) -> Word:
    word: Word = _word(value)
    return word


def _as_number(value: int | None) -> int | None:
    if value is None or (whole(value) and 1 <= value <= _MOST_DRAWN):
        return value
    msg = f"expected how many are drawn, a whole number from 1, got {shown(value)}"
    raise InvalidValue(msg)


@attrs.frozen
class Step:
    """One thing that a body does when a list is too long.

    Attributes:
        step: "limits" applies other limits; "equal" the longest equal limit under which all are
            heard, on a grid of 5 seconds; "draw" draws some by lot, in the drawn order; "cut" draws
            the cut line under the limits of the step before, "time permitting".
        limits: Those of "limits", and of "draw", where they may be left out.
        number: How many are drawn, for "draw".

    >>> str(Step("draw", number=13, limits="1 min 30 s"))
    'draw 13 by lot, 1 min 30 s each'
    """

    step: Word = attrs.field(converter=_as_word)
    limits: SpeakingLimits | None = attrs.field(default=None, converter=as_limits, kw_only=True)
    number: int | None = attrs.field(default=None, converter=_as_number, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a step that nobody could take."""
        if self.step == "limits" and self.limits is None:
            msg = 'the step "limits" needs them: write limit = "2 min"'
            raise InvalidValue(msg)
        if self.step == "draw" and self.number is None:
            msg = 'the step "draw" needs how many are drawn: write number = 13'
            raise InvalidValue(msg)
        if self.step != "draw" and self.number is not None:
            msg = f"the step {shown(self.step)} draws nobody: remove number, or make it a draw"
            raise InvalidValue(msg)
        if self.step in {"equal", "cut"} and self.limits is not None:
            msg = f"the step {shown(self.step)} has no limit of its own: remove it"
            raise InvalidValue(msg)

    def applies_to(self, inscribed: int) -> bool:
        """Whether it can be taken for so many where no other limit is stated."""
        if self.step == "draw":
            return self.limits is not None and inscribed > (self.number or 0)
        return self.limits is not None or self.step == "equal"

    def __str__(self) -> str:
        """What is done, in words."""
        if self.step == "limits":
            return f"limits of {self.limits}"
        if self.step == "equal":
            return "the longest equal limit under which all are heard"
        if self.step == "draw":
            each = f", {self.limits} each" if self.limits else ""
            return f"draw {self.number} by lot{each}"
        return "the cut line, time permitting"


def as_steps(value: Step | Iterable[Step]) -> tuple[Step, ...]:
    """Take one step or several, in the order in which they are tried.

    Raises:
        InvalidValue: If one is none, if any stands behind the cut line, or if there are more than
            20.
    """
    steps = as_several(value, Step, 'a step, such as Step("limits", limits="2 min")')
    if len(steps) > _MOST_STEPS:
        msg = f"expected at most {_MOST_STEPS} steps, got {len(steps)}"
        raise InvalidValue(msg)
    if any(each.step == "cut" for each in steps[:-1]):
        msg = "nothing is tried behind the cut line: let it be the last step"
        raise InvalidValue(msg)
    return steps
