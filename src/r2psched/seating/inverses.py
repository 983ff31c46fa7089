"""What it would take: the longest limit, the least time added, the least new block."""

from __future__ import annotations

import bisect
from datetime import timedelta
from typing import TYPE_CHECKING

import attrs

from r2psched.durations import as_duration, microseconds
from r2psched.errors import InvalidValue, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from r2psched.reserves import Floor, Frame

    EndOf = Callable[[Frame], int]
    """When the last of the wanted interventions ends, in a frame that holds them all."""

__all__ = ["as_count", "longest_limit", "missing_block", "missing_time"]

_MOST = 10**9
_AMPLE = 10**30
"""Microseconds that hold any number of interventions of any length; never made a time."""


def as_count(value: object) -> int:
    """Take a number of interventions.

    Raises:
        InvalidValue: If it is not a whole number from 1 to a thousand million.
    """
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST:
        return value
    msg = f"expected a whole number of speakers from 1 to {_MOST:,}, got {shown(value)}"
    raise InvalidValue(msg)


def longest_limit(
    floor: Floor, heard: Callable[[int], bool], step: timedelta | str = "5 s"
) -> timedelta | None:
    """The longest limit under which all who are wanted are heard.

    A longer limit never lets anybody begin earlier, so the search may halve.

    Args:
        floor: The blocks, reserves and changeover.
        heard: Whether all are heard under a limit in microseconds.
        step: The limit is a multiple of it.

    Returns:
        The largest multiple of the step, or None if even one step is too long.
    """
    unit = microseconds(as_duration(step, positive=True))
    longest = max((b - a for a, b in floor.frame.spans), default=0)
    # Falsehoods sort behind truths: count the multiples under which all are heard.
    most = bisect.bisect_left(
        range(1, max(0, longest) // unit + 1), 1, key=lambda n: 0 if heard(n * unit) else 1
    )
    return timedelta(microseconds=most * unit) if most else None


def missing_time(floor: Floor, end_of: EndOf) -> timedelta | None:
    """The least time added to the end of the last block so that all are heard who are not yet.

    Where there is a time that all interventions may take together, it grows by as much.

    Returns:
        None if there is no block to lengthen.
    """
    free = attrs.evolve(floor, most=None).frame
    if not free.spans:
        return None
    *before, (start, end) = free.spans
    ample = [*before, (start, end + _AMPLE)]
    ended = end_of(free._replace(spans=tuple(ample)))
    missing = ended - end
    if floor.most is not None:
        taken = sum(max(0, min(until, ended) - since) for since, until in ample)
        missing = max(missing, taken - microseconds(floor.most))
    return _length(missing)


def missing_block(floor: Floor, end_of: EndOf) -> timedelta:
    """The least new block behind the last so that all who are wanted are heard.

    The new block keeps the reserves of each block, and that of the session's end moves into it;
    it is at least as long as they are.
    """
    frame = floor.frame_with_new_block(_AMPLE)
    start, end = frame.spans[-1]
    reserves = _AMPLE - (end - start)
    return _length(reserves + max(0, end_of(frame) - start))


def _length(us: int) -> timedelta:
    try:
        return timedelta(microseconds=us)
    except OverflowError as error:
        msg = "so many speakers need more time than a calendar holds"
        raise InvalidValue(msg) from error
