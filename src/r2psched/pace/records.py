"""Record: one thing that happened on the floor; records: what happened so far, in order."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

import attrs

from r2psched.blocks import to_epoch, write_moment
from r2psched.durations import show
from r2psched.errors import InvalidValue, joined, shown
from r2psched.fields import as_moment, as_one_of, as_several, as_text, optional_limit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pendulum

    from r2psched.blocks import TimeBlock

__all__ = ["Kind", "Record", "as_records", "disorder"]

Kind = Literal["intervention", "absent", "reply", "break"]

_kind = as_one_of("intervention", "absent", "reply", "break")


def _as_kind(value: Kind) -> Kind:
    found: Kind = _kind(value)
    return found


@attrs.frozen
class Record:
    """One thing as it happened: an intervention, or what else took time or a place on the list.

    Attributes:
        who: The id, delegation or speaker of an inscription; for a reply or a break a title, or
            None.
        start: When it began; for who was absent, when the name was called, or None.
        end: When it ended; None for who was absent, and for who has the floor now.
        kind: "intervention"; "absent", called and not there; "reply", a right of reply or another
            statement that is not on the list; "break", time in which nobody spoke, such as a
            pause or the replies of the panel.
        limit: Under which limit, or None for that which the list gives.
        category: The category of the speaker, or None for that which the list gives.

    >>> from r2psched import Day
    >>> day = Day("2014-09-08", zone="America/New_York")
    >>> record = Record.of("Chile", day("10:50-10:53:20"), limit="3 min")
    >>> record.length, record.ratio
    (datetime.timedelta(seconds=200), 1.1111111111111112)
    """

    who: str | None = attrs.field(default=None, converter=as_text)
    start: pendulum.DateTime | None = attrs.field(default=None, converter=as_moment)
    end: pendulum.DateTime | None = attrs.field(default=None, converter=as_moment)
    kind: Kind = attrs.field(default="intervention", converter=_as_kind, kw_only=True)
    limit: timedelta | None = attrs.field(default=None, converter=optional_limit, kw_only=True)
    category: str | None = attrs.field(default=None, converter=as_text, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse what did not happen."""
        if self.kind in {"intervention", "absent"} and self.who is None:
            msg = f"a record of kind {shown(self.kind)} names who: an id, a delegation or a speaker"
            raise InvalidValue(msg)
        if self.kind == "absent":
            if self.end is not None:
                msg = f"{shown(self.who)} was absent and cannot have ended: leave out the end"
                raise InvalidValue(msg)
            return
        if self.start is None:
            msg = f"expected when {self} began, got nothing"
            raise InvalidValue(msg)
        if self.end is not None and self.end <= self.start:
            msg = f"{self} ends at {write_moment(self.end)} UTC, not after its start"
            raise InvalidValue(msg)

    @classmethod
    def of(cls, who: str | None, block: TimeBlock, **fields: Any) -> Record:  # noqa: ANN401  # as the class takes them
        """Make a record from a block of time."""
        return cls(who, block.start, block.end, **fields)

    @property
    def start_us(self) -> int | None:
        """When it began, in microseconds since the epoch."""
        return None if self.start is None else to_epoch(self.start)[0]

    @property
    def end_us(self) -> int | None:
        """When it ended, in microseconds since the epoch."""
        return None if self.end is None else to_epoch(self.end)[0]

    @property
    def length(self) -> timedelta | None:
        """How long it took, or None while it goes on and for who was absent."""
        start, end = self.start_us, self.end_us
        return None if start is None or end is None else timedelta(microseconds=end - start)

    @property
    def ratio(self) -> float | None:
        """Length over limit, of an intervention that ended under a known limit; else None."""
        if self.kind != "intervention" or self.length is None or self.limit is None:
            return None
        return self.length / self.limit

    def __str__(self) -> str:
        """What it is of whom: "the intervention of Chile"."""
        return f"the {self.kind}" + (f" of {self.who}" if self.who else "")


def as_records(value: Record | Iterable[Record]) -> tuple[Record, ...]:
    """Take records in the order in which they happened.

    Raises:
        InvalidValue: If one begins before another has begun or ended, or another than the last
            goes on; each such place is told.
    """
    records = as_several(value, Record, 'a record, such as Record("Chile", start, end)')
    faults = disorder(records, [f"records[{at}]" for at in range(1, len(records) + 1)])
    if faults:
        raise InvalidValue(joined(faults))
    return records


def disorder(records: Sequence[Record], places: Sequence[str]) -> list[str]:
    """What is wrong with the order of records.

    Args:
        records: As they were given.
        places: What to call the place of each.
    """
    faults: list[str] = []
    clock, last, unended = None, "", None
    for record, place in zip(records, places, strict=True):
        start, end = record.start_us, record.end_us
        if start is None:
            continue
        if unended is not None:
            faults.append(f"{unended}: has no end, and others follow: give it one")
            unended = None
        told = f"{place}, {record}"
        if clock is not None and start < clock:
            before = timedelta(microseconds=clock - start)
            faults.append(f"{told}: begins {show(before)} before {last}, is over")
        if end is None and record.kind != "absent":
            unended = told
        reached = start if end is None else end
        if clock is None or reached >= clock:
            clock, last = reached, told
    return faults
