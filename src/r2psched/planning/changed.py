"""Sessions as they would be if a way out were taken, each the least that lets all be heard."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import TimeBlock, to_epoch
from r2psched.durations import microseconds
from r2psched.procedures import Procedure

if TYPE_CHECKING:
    from r2psched.reserves import Floor
    from r2psched.seating import RunningOrder
    from r2psched.sessions import Session
    from r2psched.speakers import SpeakerList, SpeakingLimits

__all__ = ["More", "bare", "longer", "more_limited", "with_new_block"]

_SECOND = 1_000_000
_NOTHING = timedelta(0)


@attrs.frozen
class More:
    """A session with more time.

    Attributes:
        session: The session.
        block: How much longer its last block is.
        floor_time: How much more all interventions together may take; zero where nothing but the
            blocks bounds them.
    """

    session: Session
    block: timedelta
    floor_time: timedelta


def bare(session: Session, speakers: SpeakerList) -> Session:
    """A session that holds its list in order, with limits, reserves and bound written into it.

    What its procedure does when the list is too long is left out.

    Args:
        session: The session.
        speakers: Its list.
    """
    floor = session.floor()
    listed = attrs.evolve(
        speakers, inscriptions=session.arrangement().inscriptions, limits=session.limits
    )
    return attrs.evolve(
        session,
        speakers=listed,
        reserves=floor.reserves,
        procedure=_bound(floor.most),
        inherited=None,
    )


def _bound(most: timedelta | None) -> Procedure | None:
    return None if most is None else Procedure(floor_time=most)


def more_limited(session: Session, speakers: SpeakerList, limits: SpeakingLimits) -> Session:
    """The session with other limits, at all times."""
    return attrs.evolve(session, speakers=attrs.evolve(speakers, limits=limits, later_limits=()))


def longer(session: Session, order: RunningOrder) -> More | None:
    """The session with the least time more at its end under which all are heard.

    Where all interventions together may take less than the blocks leave, that bound grows, too.

    Args:
        session: A bare session.
        order: Its running order.

    Returns:
        None if it has no block.
    """
    most = order.floor.most
    free = attrs.evolve(session, procedure=None)
    missing = (order if most is None else free.running_order()).missing()
    if missing is None:
        return None
    *blocks, last = session.blocks
    if missing:
        end = last.end_us + microseconds(missing)
        last = TimeBlock.from_microseconds(last.start_us, end, last.zone)
    free = attrs.evolve(free, blocks=[*blocks, last])
    if most is None:
        return More(free, missing, _NOTHING)
    needed = max(most, _taken(free.running_order()))
    return More(attrs.evolve(free, procedure=_bound(needed)), missing, needed - most)


def _taken(order: RunningOrder) -> timedelta:
    """The floor time from the start of each block to the end of the last intervention."""
    slot, spans = order.slots[-1], order.floor.frame.spans
    before = sum(order.floor.times[: slot.block - 1], _NOTHING)
    return before + timedelta(microseconds=slot.end_us - spans[slot.block - 1][0])


def with_new_block(session: Session, order: RunningOrder, length: timedelta) -> Session:
    """The session with a further block behind the last.

    Nobody knows when it begins: it stands a second behind the last, under the limits that are in
    force when that ends. All of it is free: where all interventions together may take less than
    the other blocks leave, those are cut, and left out if nothing of them is left.

    Args:
        session: A bare session.
        order: Its running order.
        length: How long the block is.
    """
    blocks, speakers = session.blocks, session.speakers
    ends, zone = (blocks[-1].end_us, blocks[-1].zone) if blocks else (0, "UTC")
    start = ends + _SECOND
    new = TimeBlock.from_microseconds(start, start + microseconds(length), zone)
    if speakers is not None and speakers.later_limits:
        later = [limits for limits in speakers.later_limits if to_epoch(limits.since)[0] <= ends]
        speakers = attrs.evolve(speakers, later_limits=later)
    kept = blocks if order.floor.most is None else _cut(order.floor, microseconds(length))
    return attrs.evolve(session, blocks=[*kept, new], speakers=speakers, procedure=None)


def _cut(floor: Floor, length: int) -> tuple[TimeBlock, ...]:
    """The blocks as far as all interventions together may take their time."""
    if not floor.blocks:
        return ()
    frame = floor.frame_with_new_block(length)
    *before, last = floor.blocks[: frame.last + 1]
    kept = sum(each.microseconds for each in floor.reserves if each.at == "block-end")
    end = frame.spans[frame.last][1] + kept
    return (*before, TimeBlock.from_microseconds(last.start_us, end, last.zone))
