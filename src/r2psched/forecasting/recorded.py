"""What records say of where a session stands."""

from __future__ import annotations

from bisect import bisect_right
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import attrs

from r2psched.blocks import from_epoch, write_moment
from r2psched.durations import show
from r2psched.errors import AmbiguousName, InvalidValue, UnknownName, joined, shown
from r2psched.seating.periods import Periods

if TYPE_CHECKING:
    from collections.abc import Sequence

    from r2psched.pace import Record
    from r2psched.seating import RunningOrder
    from r2psched.sessions import Session

__all__ = ["Recorded", "Speaking", "block_at"]

_EARLY = timedelta(hours=1)
_HOUR = _EARLY // timedelta(microseconds=1)
_MOST_LOOKED_UP = 20


class Speaking(NamedTuple):
    """Whoever has the floor now.

    Attributes:
        position: The position on the list.
        start_us: Since when, in microseconds since the epoch.
        limit: Under which limit.
        category: Of which category, or None.
    """

    position: int
    start_us: int
    limit: timedelta
    category: str | None


def block_at(starts: Sequence[int], us: int) -> int:
    """The index of the block in which something happens: of the last to begin by then."""
    return max(0, bisect_right(starts, us) - 1)


@attrs.define(slots=False)
class Recorded:
    """What records say, read one after the other.

    Attributes:
        session: The session.
        order: Its running order.
        records: Those read, each intervention with its limit and category.
        spoken: Whoever has had the floor, by position on the list, with the number of the record.
        absent: The positions of those who were absent and have not come since.
        held_by_block: How many interventions began in each block.
        speaking: Whoever has the floor, or None.
        last_us: When the last thing recorded ended, or began where it goes on; or None.
        ended_us: When the last intervention ended, or None.
        paused: Whether the last thing was no intervention.
        faults: What is wrong.
    """

    session: Session
    order: RunningOrder
    records: list[Record] = attrs.field(factory=list, init=False)
    spoken: dict[int, int] = attrs.field(factory=dict, init=False)
    absent: set[int] = attrs.field(factory=set, init=False)
    speaking: Speaking | None = attrs.field(default=None, init=False)
    last_us: int | None = attrs.field(default=None, init=False)
    ended_us: int | None = attrs.field(default=None, init=False)
    paused: bool = attrs.field(default=False, init=False)
    faults: list[str] = attrs.field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        self.held_by_block = [0] * len(self.order.floor.blocks)
        self._starts = [block.start_us for block in self.order.floor.blocks]
        self._periods = Periods.of(self.order.limits, self.order.later_limits)
        self._unknown = 0

    @cached_property
    def _ids(self) -> dict[str, int]:
        return {who.id: at for at, who in enumerate(self.order.inscriptions, 1)}

    def read(self, number: int, record: Record) -> None:
        """Read one record, counted from 1."""
        place = f"records[{number}], {record}"
        if record.start_us is not None and record.start_us < self._starts[0] - _HOUR:
            self.faults.append(f"{place}: begins more than an hour before the session")
        if record.kind in {"reply", "break"}:
            self.last_us = record.start_us if record.end_us is None else record.end_us
            self.paused = True
            self.records.append(record)
            return
        at = self._position(record.who or "", place)
        if at is None:
            return
        if at in self.spoken:
            again = f"has had the floor already, records[{self.spoken[at]}]"
            self.faults.append(f"{place}: {again}: name whoever it was, or make it a reply")
        if record.kind == "absent":
            self.absent.add(at)
            category = record.category or self.order.inscriptions[at - 1].category
            self.records.append(attrs.evolve(record, category=category))
        else:
            self._intervention(number, record, at)

    def _intervention(self, number: int, record: Record, at: int) -> None:
        start, who = record.start_us or 0, self.order.inscriptions[at - 1]
        limit = record.limit or self._periods.at(start).of(who)
        category = record.category or who.category
        self.records.append(attrs.evolve(record, limit=limit, category=category))
        self.spoken[at] = number
        self.absent.discard(at)
        self.held_by_block[block_at(self._starts, start)] += 1
        self.last_us = self.ended_us = record.end_us
        self.paused = False
        if record.end_us is None:
            self.speaking = Speaking(at, start, limit, category)

    def _position(self, name: str, place: str) -> int | None:
        if name in self._ids:
            return self._ids[name]
        try:
            if self._unknown < _MOST_LOOKED_UP:
                return self._ids[self.session.id_of(name)]
            # To look for the nearest takes long, and who has so many needs another remedy.
            self.faults.append(f"{place}: no speaker {shown(name)} was looked up")
        except (UnknownName, AmbiguousName) as error:
            self._unknown += 1
            remedy = "inscribe whoever it was, or record it as a reply"
            self.faults.append(f"{place}: {error}; {remedy}")
        return None

    @property
    def latest_us(self) -> int | None:
        """The latest moment of any record, or None if none tells a time."""
        moments = (each.end_us or each.start_us for each in self.records)
        return max((us for us in moments if us is not None), default=None)

    def judge(self, now_us: int | None) -> None:
        """Raise all that is wrong.

        Raises:
            InvalidValue: If anything is, or the time now lies before the last record.
        """
        latest = self.latest_us
        if now_us is not None and latest is not None and now_us < latest:
            now = write_moment(from_epoch(now_us, self.order.floor.blocks[0].zone))
            before = show(timedelta(microseconds=latest - now_us))
            self.faults.append(f"the time now, {now}, lies {before} before the last record")
        if self.faults:
            raise InvalidValue(joined(self.faults))
