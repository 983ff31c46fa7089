"""What several time blocks make together."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from r2psched.blocks.block import TimeBlock
from r2psched.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["gaps", "join", "merge", "subtract"]


def merge(blocks: Iterable[TimeBlock]) -> tuple[TimeBlock, ...]:
    """Join blocks that overlap or touch: the fewest blocks that cover the same time, in order.

    Each joined block is told in the zone of its earliest part.

    >>> from r2psched import Day
    >>> day = Day("2014-09-08", zone="UTC")
    >>> merge([day("11:00-12:00"), day("10:00-11:00"), day("15:00-16:00")])
    (<TimeBlock 2014-09-08 10:00-12:00 UTC>, <TimeBlock 2014-09-08 15:00-16:00 UTC>)
    """
    joined: list[TimeBlock] = []
    for block in sorted(blocks):
        if joined and block.start_us <= joined[-1].end_us:
            last = joined[-1]
            end = max(last.end_us, block.end_us)
            joined[-1] = TimeBlock.from_microseconds(last.start_us, end, last.zone)
        else:
            joined.append(block)
    return tuple(joined)


def join(blocks: Iterable[TimeBlock]) -> tuple[TimeBlock, ...]:
    """Put the blocks of one session in order and join those that touch.

    Raises:
        InvalidValue: If two of them overlap.
    """
    ordered = sorted(blocks)
    for one, other in pairwise(ordered):
        if one.overlaps(other):
            msg = f"the blocks {one} and {other} of one session overlap: join them or move one"
            raise InvalidValue(msg)
    return merge(ordered)


def gaps(blocks: Iterable[TimeBlock]) -> tuple[TimeBlock, ...]:
    """The free time between blocks, from the first start to the last end.

    >>> from r2psched import Day
    >>> day = Day("2014-09-08", zone="UTC")
    >>> gaps([day("10:00-13:00"), day("15:00-18:00")])
    (<TimeBlock 2014-09-08 13:00-15:00 UTC>,)
    """
    runs = merge(blocks)
    return tuple(
        TimeBlock.from_microseconds(a.end_us, b.start_us, a.zone) for a, b in pairwise(runs)
    )


def subtract(blocks: Iterable[TimeBlock], others: Iterable[TimeBlock]) -> tuple[TimeBlock, ...]:
    """The time of some blocks that lies in none of the others, merged and in order.

    >>> from r2psched import Day
    >>> day = Day("2014-09-08", zone="UTC")
    >>> subtract([day("10:00-18:00")], [day("13:00-15:00")])
    (<TimeBlock 2014-09-08 10:00-13:00 UTC>, <TimeBlock 2014-09-08 15:00-18:00 UTC>)
    """
    left: list[TimeBlock] = []
    minus = merge(others)
    at = 0
    for block in merge(blocks):
        while at < len(minus) and minus[at].end_us <= block.start_us:
            at += 1
        stop = at
        while stop < len(minus) and minus[stop].start_us < block.end_us:
            stop += 1
        left.extend(block.subtract(*minus[at:stop]))
        # The last of these may reach into the next block.
        at = max(at, stop - 1)
    return tuple(left)
