"""Seating a list: who has the floor when, strictly in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.seating.order import RunningOrder
from r2psched.seating.periods import Periods
from r2psched.seating.slots import Slot
from r2psched.seating.steps import opening, steps

if TYPE_CHECKING:
    from r2psched.reserves import Floor
    from r2psched.speakers import Inscription, LimitsFrom, SpeakingLimits

__all__ = ["seat"]


def seat(  # noqa: PLR0913  # what a list is seated by
    session: str,
    inscriptions: tuple[Inscription, ...],
    limits: SpeakingLimits,
    floor: Floor,
    *,
    later_limits: tuple[LimitsFrom, ...] = (),
    most: int | None = None,
) -> RunningOrder:
    """Seat a list into the blocks of a session, strictly in its order.

    Nobody jumps ahead for being short; a block too short for the next speaker is passed over for
    good; the first speaker who fits no remaining block draws the cut line.

    Args:
        session: The id of the session.
        inscriptions: The list, in order.
        limits: The limits to apply.
        floor: The blocks, reserves and changeover.
        later_limits: Limits that replace them from stated moments on.
        most: How many are heard at most, such as those who were drawn; by default all who fit.
    """
    frame, periods = floor.frame, Periods.of(limits, later_limits)
    lengths = map(periods.lengths, inscriptions[:most])
    held = steps(frame, lengths, opening(frame), periods.changes)
    zone = floor.blocks[0].zone if floor.blocks else "UTC"
    slots, states = [], []
    for place, (who, each) in enumerate(zip(inscriptions, held, strict=False), 1):
        end = each.after.clock
        slots.append(Slot(place, who, session, each.block + 1, each.start, end, zone))
        states.append(each.after)
    return RunningOrder(
        session, inscriptions, limits, floor, tuple(slots), later_limits, most, tuple(states)
    )
