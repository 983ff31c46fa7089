"""Which box stands in which row: days, rooms, and lanes for what overlaps."""

from __future__ import annotations

import datetime as dt
from heapq import heappop, heappush
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import TimeBlock, merge
from r2psched.blocks.instants import to_local

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from r2psched.timelines.values import Bar, Block

__all__ = ["DayRow", "Piece", "RoomRow", "clock", "dates_of", "day_rows"]

_MINUTE = 60_000_000
_DAY = 24 * 60 * _MINUTE
_MORNING = 12 * 60 * _MINUTE
_MIDNIGHT = dt.time()
# Hours that nobody uses are drawn to scale if they are no longer than this, and narrow else.
_PAUSE = 150 * _MINUTE
_DATES_OF_ONE_BLOCK = 31


@attrs.frozen
class Piece:
    """A block in the row of a day; of a block over several days, the part in that day.

    Attributes:
        bar: The session.
        ordinal: Which of its blocks it is, from 1.
        start_us: Where it starts on the clock of its row: microseconds since midnight.
        end_us: Where it ends; beyond 24 hours for what ends in the night behind.
        before_us: How much of the block lies in rows before.
        is_part: Whether other rows have further parts of the block.
    """

    bar: Bar
    ordinal: int
    start_us: int
    end_us: int
    before_us: int = 0
    is_part: bool = attrs.field(default=False, kw_only=True)

    @property
    def block(self) -> Block:
        """The block."""
        return self.bar.blocks[self.ordinal - 1]

    def on_clock(self, us: int) -> int:
        """Where an instant of the block stands on the clock of the row; its edges if outside."""
        time, wide = self.block.time, self.end_us - self.start_us
        if self.is_part:
            at = us - time.start_us - self.before_us
        else:
            # Where the clocks change in it, its row shows it longer or shorter than it is.
            at = (us - time.start_us) * wide // (time.end_us - time.start_us)
        return self.start_us + min(max(0, at), wide)


@attrs.frozen
class RoomRow:
    """What happens in one room on one day: a lane, or several where sessions overlap."""

    room: str
    lanes: tuple[tuple[Piece, ...], ...]


@attrs.frozen
class DayRow:
    """What happens on one day."""

    date: dt.date
    rooms: tuple[RoomRow, ...]

    @property
    def pieces(self) -> Iterator[Piece]:
        """All pieces, room by room and lane by lane."""
        return (piece for room in self.rooms for lane in room.lanes for piece in lane)


def dates_of(block: TimeBlock) -> tuple[dt.date, dt.date]:
    """The first and the last date of a block.

    What ends before noon of the next day is held on the date of its evening.

    >>> from r2psched import Day
    >>> dates_of(Day("2014-09-08", zone="UTC")("22:00-01:30+1"))
    (datetime.date(2014, 9, 8), datetime.date(2014, 9, 8))
    """
    first, _, days, end = _on_the_wall(block)
    return first, first + dt.timedelta(days - (days > 0 and end == 0))


def day_rows(bars: Iterable[Bar]) -> tuple[DayRow, ...]:
    """Sort blocks into days by date, rooms as they are first named, and lanes.

    A block that ends before noon of the next day stays in the row of the evening; a longer one
    stands in the row of each of its dates, or of the first and the last where they are many.
    """
    days: dict[dt.date, dict[str, list[Piece]]] = {}
    rooms: dict[str, int] = {}
    for bar in bars:
        rooms.setdefault(bar.room, len(rooms))
        for ordinal in range(1, len(bar.blocks) + 1):
            for date, piece in _pieces(bar, ordinal):
                days.setdefault(date, {}).setdefault(bar.room, []).append(piece)
    return tuple(
        DayRow(
            date,
            tuple(
                RoomRow(room, _lanes(days[date][room]))
                for room in sorted(days[date], key=rooms.__getitem__)
            ),
        )
        for date in sorted(days)
    )


def clock(days: Iterable[DayRow]) -> tuple[TimeBlock, ...]:
    """The hours that the rows have in common, as blocks of one day in UTC."""
    runs = merge(
        TimeBlock.from_microseconds(piece.start_us, piece.end_us, "UTC")
        for day in days
        for piece in day.pieces
    )
    joined = [runs[0]]
    for run in runs[1:]:
        if run.start_us - joined[-1].end_us <= _PAUSE:
            start = joined.pop().start_us
            joined.append(TimeBlock.from_microseconds(start, run.end_us, "UTC"))
        else:
            joined.append(run)
    return tuple(joined)


def _pieces(bar: Bar, ordinal: int) -> Iterator[tuple[dt.date, Piece]]:
    time = bar.blocks[ordinal - 1].time
    first, start, days, end = _on_the_wall(time)
    if not days:
        # Where the clocks go back within it, it may end earlier on the wall than it starts.
        until = end if end > start else start + time.end_us - time.start_us
        yield first, Piece(bar, ordinal, start, until)
        return
    if days < _DATES_OF_ONE_BLOCK:
        dates: Sequence[int] = range(days + (end > 0))
    else:
        dates = (0, days - (end == 0))
    for day in dates:
        since = 0 if day else start
        until = end if day == days else _DAY
        before = day * _DAY - start if day else 0
        yield first + dt.timedelta(day), Piece(bar, ordinal, since, until, before, is_part=True)


def _on_the_wall(time: TimeBlock) -> tuple[dt.date, int, int, int]:
    """The date of a block, its start, how many dates later it ends, and its end on that date.

    What ends before noon of the next day ends on its own date, after 24 hours.
    """
    first, start = _wall(time.start_us, time.zone)
    last, end = _wall(time.end_us, time.zone)
    days = (last - first).days
    if days <= 0 or (days == 1 and end <= _MORNING and time.end_us - time.start_us <= _DAY):
        return first, start, 0, end + days * _DAY
    return first, start, days, end


def _wall(us: int, zone: str) -> tuple[dt.date, int]:
    local = to_local(us, zone)[0]
    since = local - dt.datetime.combine(local.date(), _MIDNIGHT)
    return local.date(), since // dt.timedelta(microseconds=1)


def _lanes(pieces: list[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """Put each piece into the first lane that is free; those of one lane do not overlap."""
    lanes: list[list[Piece]] = []
    busy: list[tuple[int, int]] = []
    free: list[int] = []
    for piece in sorted(pieces, key=lambda each: (each.start_us, each.end_us)):
        while busy and busy[0][0] <= piece.start_us:
            heappush(free, heappop(busy)[1])
        if not free:
            heappush(free, len(lanes))
            lanes.append([])
        lane = heappop(free)
        lanes[lane].append(piece)
        heappush(busy, (piece.end_us, lane))
    return tuple(map(tuple, lanes))
