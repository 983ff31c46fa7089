"""TimeBlock: a half-open span of real time that knows its zone."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks.instants import as_zone, from_epoch, to_epoch, within_reach
from r2psched.blocks.wording import write_span
from r2psched.durations import as_duration, microseconds
from r2psched.errors import InvalidValue

if TYPE_CHECKING:
    import datetime as dt

    import pendulum

__all__ = ["TimeBlock"]

_SECOND = 1_000_000


@attrs.frozen(order=True, init=False, repr=False)
class TimeBlock:
    """A half-open span of real time `[start, end)`.

    Arithmetic is on elapsed time: a block over the night the clocks change lasts an hour more or
    less than the wall says. Blocks sort by start, then end, then zone.

    Attributes:
        start_us: Start, in microseconds since the epoch.
        end_us: End, in microseconds since the epoch.
        zone: The name of the zone in which its times are given.

    >>> import pendulum
    >>> block = TimeBlock(
    ...     pendulum.datetime(2014, 11, 2, 0, tz="America/New_York"),
    ...     pendulum.datetime(2014, 11, 2, 6, tz="America/New_York"),
    ... )
    >>> block.duration
    datetime.timedelta(seconds=25200)
    """

    start_us: int
    end_us: int
    zone: str

    def __init__(self, start: datetime, end: datetime, zone: str | None = None) -> None:
        """Take two aware datetimes; `zone` is by default that of the start.

        Raises:
            InvalidValue: If a time is naive, has a fixed offset or sub-seconds, or does not
                exist, or if the end is not after the start.
        """
        start_us, start_zone = to_epoch(start)
        end_us, _ = to_epoch(end)
        chosen = start_zone if zone is None else as_zone(zone)
        self.__attrs_init__(start_us, end_us, chosen)

    def __attrs_post_init__(self) -> None:
        """Refuse a block that does not end after it begins, or leaves the calendar."""
        within_reach(self.start_us)
        within_reach(self.end_us)
        as_zone(self.zone)
        if self.start_us % _SECOND or self.end_us % _SECOND:
            msg = f"expected times in whole seconds, got {self.start_us} and {self.end_us} µs"
            raise InvalidValue(msg)
        if self.end_us <= self.start_us:
            start, end = from_epoch(self.start_us, self.zone), from_epoch(self.end_us, self.zone)
            msg = f"a time block ends after it starts, got {start} to {end}"
            raise InvalidValue(msg)

    @classmethod
    def from_microseconds(cls, start_us: int, end_us: int, zone: str) -> TimeBlock:
        """Make a block from integer microseconds since the epoch.

        Raises:
            InvalidValue: If the end is not after the start.
        """
        block = cls.__new__(cls)
        block.__attrs_init__(start_us, end_us, zone)
        return block

    @property
    def start(self) -> pendulum.DateTime:
        """The first instant."""
        return from_epoch(self.start_us, self.zone)

    @property
    def end(self) -> pendulum.DateTime:
        """The first instant after the block."""
        return from_epoch(self.end_us, self.zone)

    @property
    def duration(self) -> timedelta:
        """The real time that passes in the block."""
        return timedelta(microseconds=self.end_us - self.start_us)

    def text(self, day: dt.date | None = None) -> str:
        """Date and local times, as `Day` reads them; the date is left out where it is `day`."""
        return write_span(self.start_us, self.end_us, self.zone, day)

    def __str__(self) -> str:
        """Date and local times, as `Day` reads them."""
        return self.text()

    def __repr__(self) -> str:
        """Show date, local times and zone."""
        return f"<TimeBlock {self} {self.zone}>"

    def __contains__(self, other: TimeBlock | datetime) -> bool:
        """Whether an instant, or the whole of another block, lies in this one."""
        if isinstance(other, TimeBlock):
            return self.start_us <= other.start_us and other.end_us <= self.end_us
        return self.start_us <= to_epoch(other)[0] < self.end_us

    def overlaps(self, other: TimeBlock) -> bool:
        """Whether the two share any time; blocks that only touch do not."""
        return self.start_us < other.end_us and other.start_us < self.end_us

    def touches(self, other: TimeBlock) -> bool:
        """Whether one ends at the instant when the other starts."""
        return self.end_us == other.start_us or other.end_us == self.start_us

    def intersection(self, other: TimeBlock) -> TimeBlock | None:
        """The time that both share, in this block's zone, or None."""
        start, end = max(self.start_us, other.start_us), min(self.end_us, other.end_us)
        return self.from_microseconds(start, end, self.zone) if start < end else None

    def split(self, *moments: datetime) -> tuple[TimeBlock, ...]:
        """Cut the block at each of the moments that lies inside it; others cut nothing."""
        cuts = {us for us, _ in map(to_epoch, moments) if self.start_us < us < self.end_us}
        edges = [self.start_us, *sorted(cuts), self.end_us]
        return tuple(self.from_microseconds(a, b, self.zone) for a, b in pairwise(edges))

    def subtract(self, *others: TimeBlock) -> tuple[TimeBlock, ...]:
        """What is left of this block without the time of the others, in order."""
        left, clock = [], self.start_us
        for other in sorted(others):
            if other.start_us >= self.end_us:
                break
            if other.start_us > clock:
                left.append(self.from_microseconds(clock, other.start_us, self.zone))
            clock = max(clock, other.end_us)
        if clock < self.end_us:
            left.append(self.from_microseconds(clock, self.end_us, self.zone))
        return tuple(left)

    def shift(self, by: timedelta | str) -> TimeBlock:
        """The same length, later by some real time (earlier if the timedelta is negative).

        >>> from r2psched import Day
        >>> Day("2014-09-08", zone="UTC")("10:00-13:00").shift("90 min")
        <TimeBlock 2014-09-08 11:30-14:30 UTC>
        """
        if isinstance(by, timedelta) and by < timedelta(0):
            us = -microseconds(as_duration(-by))
        else:
            us = microseconds(as_duration(by))
        return self.from_microseconds(self.start_us + us, self.end_us + us, self.zone)

    def in_zone(self, zone: str) -> TimeBlock:
        """The same real time, told in another zone."""
        return self.from_microseconds(self.start_us, self.end_us, as_zone(zone))
