"""Capacity: how many interventions fit, block by block, and what would have to change."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from r2psched import tables
from r2psched.blocks import Day, TimeBlock, from_epoch, join, to_epoch, write_moment
from r2psched.durations import as_duration, microseconds, show
from r2psched.fields import as_limit, as_tuple
from r2psched.reserves import Floor, as_reserves
from r2psched.seating import (
    as_count,
    longest_limit,
    missing_block,
    missing_time,
    opening,
    runs,
    time_used,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pendulum

    from r2psched.reserves import Frame, Reserve
    from r2psched.seating import Run

__all__ = ["NO_DATE", "Capacity", "capacity"]

_LONGEST_TEXT = 80


@attrs.frozen
class Capacity:
    """How many interventions of one limit fit into some blocks.

    A block of floor time F holds the largest n with n·limit + (n - 1)·changeover ≤ F, less what
    reserves after every so many interventions take. No intervention straddles the end of a block.

    Attributes:
        floor: The blocks, reserves and changeover that were counted with.
        limit: The time that each intervention may take.
        later: Other limits from stated moments on: pairs of the moment and the limit.

    >>> answer = capacity(["10:50-13:00", "15:00-17:50"], limit="3 min")
    >>> answer.total, answer.by_block
    (99, (43, 56))
    """

    floor: Floor
    limit: timedelta = attrs.field(converter=as_limit)
    later: tuple[tuple[pendulum.DateTime, timedelta], ...] = ()

    def _runs(self, frame: Frame, last_change: int | None = None) -> list[Run]:
        limits = [microseconds(limit) for limit in (self.limit, *(each for _, each in self.later))]
        changes = [to_epoch(moment)[0] for moment, _ in self.later]
        if last_change is not None:
            changes = changes[: bisect_right(changes, last_change)]
        return list(runs(frame, limits, opening(frame), changes))

    @cached_property
    def _all_runs(self) -> tuple[Run, ...]:
        return tuple(self._runs(self.floor.frame))

    @property
    def limit_text(self) -> str:
        """The limit in words, and those that replace it: "3 min, from 15:00 2 min"."""
        if not self.later:
            return show(self.limit)
        zone = self.floor.blocks[0].zone if self.floor.blocks else "UTC"
        days = {block.start.date() for block in self.floor.blocks}
        told = [show(self.limit)]
        for moment, limit in self.later:
            local = moment.in_timezone(zone)
            text = write_moment(local)
            since = text.partition(" ")[2] if days == {local.date()} else text
            told.append(f"from {since} {show(limit)}")
        return ", ".join(told)

    @property
    def by_block(self) -> tuple[int, ...]:
        """How many interventions each block holds."""
        counts = [0] * len(self.floor.blocks)
        for run in self._all_runs:
            counts[run.block] += run.fits
        return tuple(counts)

    @property
    def total(self) -> int:
        """How many interventions all blocks hold."""
        return sum(self.by_block)

    @property
    def left_over(self) -> tuple[timedelta, ...]:
        """Floor time that no intervention takes, at the end of each block."""
        left = {run.block: run.left for run in self._all_runs}
        return tuple(timedelta(microseconds=each) for each in left.values())

    @property
    def at_most(self) -> bool:
        """Whether a reserve's length is unknown, so that the counts are upper bounds."""
        return self.floor.at_most

    @property
    def assumptions(self) -> tuple[str, ...]:
        """A line for each reserve whose length is unknown or assumed."""
        return self.floor.assumptions

    def longest_limit(self, speakers: int, step: timedelta | str = "5 s") -> timedelta | None:
        """The longest limit under which so many are heard.

        Args:
            speakers: How many are to be heard, from 1.
            step: The limit is a multiple of it.

        Returns:
            The largest multiple of the step, or None if even one step is too long.

        >>> show(capacity("1 h", limit="3 min").longest_limit(27))
        '2 min 10 s'
        """
        count, frame = as_count(speakers), self.floor.frame

        def heard(limit: int) -> bool:
            return sum(run.fits for run in runs(frame, (limit,), opening(frame))) >= count

        return longest_limit(self.floor, heard, step)

    def missing(self, speakers: int) -> timedelta | None:
        """The least time added to the end of the last block so that so many are heard.

        Returns:
            Zero if they are heard as it is; None if there is no block to lengthen.

        >>> show(capacity(["10:50-13:00", "15:00-17:50"], limit="3 min").missing(120))
        '1 h 1 min'
        """
        if as_count(speakers) <= self.total:
            return timedelta(0)
        return missing_time(self.floor, lambda frame: self._end(frame, speakers))

    def missing_block(self, speakers: int) -> timedelta:
        """The least new block behind the last so that so many are heard.

        The new block keeps the reserves of each block, and that of the session's end moves into
        it; the limit in force when the last block ends holds in it. Zero if so many are heard as it
        is.

        >>> show(capacity(["10:50-13:00", "15:00-17:50"], limit="3 min").missing_block(120))
        '1 h 3 min'
        """
        if as_count(speakers) <= self.total:
            return timedelta(0)
        ends = self.floor.blocks[-1].end_us if self.floor.blocks else 0
        return missing_block(self.floor, lambda frame: self._end(frame, speakers, ends))

    def _end(self, frame: Frame, count: int, last_change: int | None = None) -> int:
        last = 0
        for run in self._runs(frame, last_change):
            if run.before < count and run.fits:
                taken = min(run.fits, count - run.before)
                last = run.opens + time_used(frame, run.limit, run.before, taken)
        return last

    def start_of(self, position: int) -> pendulum.DateTime | None:
        """When the speaker at a position of a list begins, or None if the position is not heard.

        Args:
            position: Counted from 1.

        >>> answer = capacity(["10:50-13:00", "15:00-17:50"], limit="3 min")
        >>> f"{answer.start_of(41):%H:%M}", f"{answer.start_of(44):%H:%M}"
        ('12:50', '15:00')
        """
        wanted = as_count(position)
        for run in self._all_runs:
            if run.before < wanted <= run.before + run.fits:
                used = time_used(self.floor.frame, run.limit, run.before, wanted - run.before)
                return from_epoch(run.opens + used - run.limit, self.floor.blocks[0].zone)
        return None

    def starts(self, speakers: int) -> tuple[pendulum.DateTime, ...]:
        """When each of so many speakers begins, in order; fewer if not all are heard.

        >>> [f"{start:%H:%M}" for start in capacity("10:00-13:00", limit="3 min").starts(3)]
        ['10:00', '10:03', '10:06']
        """
        frame = self.floor.frame
        starts: list[int] = []
        for run in self._all_runs:
            limit = run.limit
            wanted = min(run.fits, as_count(speakers) - run.before)
            if frame.rounds:
                used = (time_used(frame, limit, run.before, n) for n in range(1, wanted + 1))
                starts += (run.opens + time - limit for time in used)
            else:
                apart = limit + frame.changeover
                starts += range(run.opens, run.opens + wanted * apart, apart)
        zone = self.floor.blocks[0].zone if starts else ""
        return tuple(from_epoch(us, zone) for us in starts)

    def rows(self) -> list[dict[str, object]]:
        """One dict for each block: start, end, floor, limit, interventions, time left over."""
        each = zip(self.floor.blocks, self.floor.times, self.by_block, self.left_over, strict=True)
        return [
            {
                "start": block.start,
                "end": block.end,
                "floor": floor,
                "limit": self.limit,
                "interventions": count,
                "left over": left,
            }
            for block, floor, count, left in each
        ]

    def _words(self) -> list[dict[str, object]]:
        return [
            {"block": _told(block)}
            | {
                key: show(value) if isinstance(value, timedelta) else value
                for key, value in row.items()
                if key not in {"start", "end"}
            }
            for row, block in zip(self.rows(), self.floor.blocks, strict=True)
        ]

    def __str__(self) -> str:
        """A table by block, the total, and what it rests on."""
        lines = [tables.plain(self._words()), *self._conclusion()]
        return "\n".join(line for line in lines if line)

    def _conclusion(self) -> list[str]:
        bound = "at most " if self.at_most else ""
        total = f"total: {bound}{self.total} interventions of {self.limit_text}"
        return [total, *(f"rests on: {line}" for line in self.assumptions)]

    def _repr_html_(self) -> str:
        return tables.html(self._words(), self._conclusion())


_SPAN = re.compile(r".*[0-9].*(?:[-\u2010-\u2014\u2212]|to|until).*[0-9]")
NO_DATE = dt.date(1970, 1, 1)
"""The date of times that were given without one; lengths alone stand on later days."""
_NO_DAY = Day(NO_DATE, zone="UTC")
_DAY = microseconds(timedelta(days=1))


def _told(block: TimeBlock) -> str:
    """Write a block without the date that nobody gave."""
    if block.zone == _NO_DAY.zone and block.start.year == NO_DATE.year:
        return block.text(NO_DATE) if block.start.date() == NO_DATE else show(block.duration)
    return str(block)


def _as_blocks(times: object) -> tuple[TimeBlock, ...]:
    blocks, lengths = [], []
    for time in as_tuple(times):
        if isinstance(time, TimeBlock):
            blocks.append(time)
        elif isinstance(time, str) and _SPAN.match(time[:_LONGEST_TEXT]):
            blocks.append(_NO_DAY(time))
        else:
            lengths.append(as_limit(time))
    # A length without a time of day has a day of its own behind all others.
    end = max((block.end_us for block in blocks), default=0)
    for length in lengths:
        start = (end // _DAY + 1) * _DAY
        end = start + microseconds(length)
        blocks.append(TimeBlock.from_microseconds(start, end, _NO_DAY.zone))
    return join(blocks)


def capacity(
    times: TimeBlock | timedelta | str | Iterable[TimeBlock | timedelta | str],
    limit: timedelta | str,
    *,
    changeover: timedelta | str = timedelta(0),
    reserves: Reserve | Iterable[Reserve] = (),
) -> Capacity:
    """How many interventions fit into some time, without any programme.

    Args:
        times: One or several blocks or lengths, or texts of them: "10:00-13:00", "1 h".
        limit: The time that each intervention may take.
        changeover: The time between two interventions.
        reserves: Time that is not for the list.

    Raises:
        InvalidValue: If a time or length is not readable, or two of the blocks overlap.

    >>> capacity("10:00-13:00", limit="3 min").total
    60
    """
    floor = Floor(_as_blocks(times), as_reserves(reserves), as_duration(changeover))
    return Capacity(floor, limit)
