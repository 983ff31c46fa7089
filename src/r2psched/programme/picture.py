"""What the time line of a programme is drawn from."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from r2psched.counting import Capacity
from r2psched.durations import show
from r2psched.errors import InvalidValue
from r2psched.language import words as words_of
from r2psched.timelines import Bar, Block, Filling, timeline

if TYPE_CHECKING:
    from r2psched.blocks import TimeBlock
    from r2psched.language import Words
    from r2psched.programme.plan import Programme
    from r2psched.reserves import Floor, Reserve
    from r2psched.seating import RunningOrder
    from r2psched.sessions import Session

    Span = tuple[int, int]

__all__ = ["bars_of", "picture"]


def picture(programme: Programme, *, capacity: bool, heading: bool, width: float) -> str:
    """Draw the time line of a programme; see `Programme.timeline`."""
    words = _words(programme)
    return timeline(
        bars_of(programme, capacity=capacity),
        title=programme.title,
        words=words,
        standing=words("outline.cancelled") if programme.status == "cancelled" else "",
        dates=programme.dates,
        lines=(programme.venue,) if programme.venue else (),
        headed=heading,
        width=width,
    )


def bars_of(programme: Programme, *, capacity: bool) -> tuple[Bar, ...]:
    """The sessions of a programme as a time line draws them.

    Args:
        programme: The programme.
        capacity: Whether capacity, and how the list fills it, is told.
    """
    words = _words(programme)
    return tuple(
        _bar(session, programme.room_of(session) or "", words, capacity=capacity)
        for session in programme
    )


def _words(programme: Programme) -> Words:
    return words_of(programme.lang, programme.invitations.texts)


def _bar(session: Session, room: str, words: Words, *, capacity: bool) -> Bar:
    floor = session.floor()
    has_list = session.speakers is not None
    counted, order = _counted(session) if capacity and has_list else (None, None)
    fillings = _fillings(counted, order) if counted else [None] * len(session.blocks)
    spans = _reserves(floor, capacity=capacity)
    for held in order.reserves_held if order is not None else ():
        spans[held.block].append((held.start, held.end))
    first = next((held.block for held in order.reserves_held), 0) if order is not None else 0
    told = _reserved(floor, words, first, capacity=capacity)
    return Bar(
        session.title,
        tuple(
            Block(block, tuple(reserves), filling, reserved=tuple(told[at]))
            for at, (block, reserves, filling) in enumerate(
                zip(session.blocks, spans, fillings, strict=True)
            )
        ),
        room=room,
        is_break=session.is_break,
        has_list=has_list,
        inscribed=len(session.speakers or ()) if counted else None,
        limit=show(counted.limit) if counted and not counted.later else "",
        at_most=floor.at_most,
        notes=tuple(
            words("general.rests_on", what=each.told(words))
            for each in floor.reserves
            if counted and each.is_open
        ),
    )


def _counted(session: Session) -> tuple[Capacity | None, RunningOrder | None]:
    """How many its blocks hold under the limits that apply, and who is heard when."""
    try:
        order = session.running_order()
    except InvalidValue:
        # Lots are yet to be drawn, or a limit to be set.
        return (None if session.limits is None else session.capacity()), None
    later = tuple((each.since, each.default) for each in order.later_limits)
    return Capacity(order.floor, order.limits.default, later), order


def _fillings(counted: Capacity, order: RunningOrder | None) -> list[Filling | None]:
    """How each block is filled."""
    floor = counted.floor
    held = [
        Filling(capacity, _within(block, span))
        for capacity, block, span in zip(
            counted.by_block, floor.blocks, floor.frame.spans, strict=True
        )
    ]
    if order is None:
        return [*held]
    heard, until = [0] * len(held), dict.fromkeys(range(len(held)), 0)
    for slot in order:
        heard[slot.block - 1] += 1
        until[slot.block - 1] = slot.end_us
    last = order.slots[-1].block - 1 if order.slots else 0
    return [
        Filling(
            each.capacity,
            each.floor,
            heard[at],
            until[at] or None,
            len(order) if order.unheard and at == last else None,
        )
        for at, each in enumerate(held)
    ]


def _within(block: TimeBlock, span: Span) -> Span:
    """What a frame leaves of a block; reserves that are longer than it leave nothing."""
    opens = min(span[0], block.end_us)
    return opens, max(opens, span[1])


def _reserves(floor: Floor, *, capacity: bool) -> list[list[Span]]:
    """The reserves at the edges of each block; an empty span is one of unknown length.

    How long a reserve is assumed to be is told by its drawing, too: without capacity its length
    counts as unknown.
    """

    def unknown(reserve: Reserve) -> bool:
        return reserve.length is None or (reserve.is_open and not capacity)

    known = tuple(each for each in floor.reserves if not unknown(each))
    frame = attrs.evolve(floor, reserves=known, most=None).frame
    open_at = {each.at for each in floor.reserves if unknown(each)}
    last = len(floor.blocks) - 1
    spans: list[list[Span]] = []
    for at, (block, span) in enumerate(zip(floor.blocks, frame.spans, strict=True)):
        opens, closes = _within(block, span)
        edges = [(block.start_us, opens), (closes, block.end_us)]
        spans.append([(start, end) for start, end in edges if start < end])
        if "block-start" in open_at or ("start" in open_at and at == 0):
            spans[-1].append((opens, opens))
        if "block-end" in open_at or ("end" in open_at and at == last):
            spans[-1].append((closes, closes))
    return spans


def _reserved(floor: Floor, words: Words, first: int, *, capacity: bool) -> dict[int, list[str]]:
    """What is reserved, told with the block in which it is first held, as far as that is known.

    Args:
        floor: Has the reserves.
        words: The texts of the language.
        first: The index of the first block that holds a reserve between interventions.
        capacity: Whether a length that is assumed or unknown is told.
    """
    told: dict[int, list[str]] = defaultdict(list)
    for each in floor.reserves:
        at = len(floor.blocks) - 1 if each.at == "end" else 0 if each.at else first
        told[at].append(each.told(words, full=capacity))
    return told
