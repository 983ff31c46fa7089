"""Plan: what makes a list fit, way beside way, or how many more it holds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import attrs

from r2psched import tables
from r2psched.blocks import (
    to_epoch,
    write_clock,
    write_moment,
)
from r2psched.durations import show

if TYPE_CHECKING:
    import pendulum

    from r2psched.seating import RunningOrder

__all__ = ["Kind", "Plan", "Room", "Way"]

Kind = Literal["limit", "default limit", "minutes more", "new block", "cut line", "procedure"]
_WIDEST = 50


@attrs.frozen
class Way:
    """One way out for a list that is too long, and what the seating gives if it is taken.

    Attributes:
        kind: What is changed.
        what: The change in words.
        figure: The limit or the length that it is about, or None where it is about none.
        heard: How many are then heard, or None if the way cannot be taken.
        of: How many are inscribed.
        ends: When the last intervention ends, or None if there is none, or if it stands in a new
            block, of which nobody knows when it begins.
        left_over: Floor time that no intervention takes, at the end of each block.
        lacks: Why the way is not enough, or None if it is.
        rests_on: What it takes for granted: the rule of the procedure with its source, or what
            stays as it is; reserves whose length is unknown or assumed.
        reached: Whether it is the step of the procedure under which the list is held.
    """

    kind: Kind
    what: str
    figure: timedelta | None
    heard: int | None
    of: int
    ends: pendulum.DateTime | None = None
    left_over: tuple[timedelta, ...] = ()
    lacks: str | None = None
    rests_on: tuple[str, ...] = ()
    reached: bool = False

    def row(self) -> dict[str, object]:
        """The way as a dict."""
        return attrs.asdict(self, recurse=False)

    def __str__(self) -> str:
        """The change in words, and how many are then heard."""
        if self.heard is None:
            return f"{self.what}: {self.lacks}"
        return f"{self.what}: {self.heard} of {self.of} are heard"


@attrs.frozen
class Room:
    """How many more of one kind of speaker would be heard behind the end of a list.

    Attributes:
        kind: "default", a category, or "on behalf of a group".
        limit: The limit that they have, or None where it depends on the hour.
        more: How many, if they alone are added.
    """

    kind: str
    limit: timedelta | None
    more: int

    def row(self) -> dict[str, object]:
        """The kind with its limit and number as a dict."""
        return attrs.asdict(self, recurse=False)


@attrs.frozen
class Plan:
    """What makes a list fit, way beside way, or how many more it holds.

    Attributes:
        order: The list under its limits, before any step of its procedure; None where no limit is
            stated.
        stated_by: What states those limits: "the list", or its procedure with the sources.
        inscribed: How many are inscribed.
        ways: The ways out if not all are heard under those limits.
        room: How many more would be heard, if all are: under the limits, or else under the step of
            the procedure that is reached.
        without: Why a way is not there that one might look for, a line for each.
        assumptions: A line for each reserve whose length is unknown or assumed.
        at_most: Whether one is unknown, so that fewer may be heard, and later.
    """

    order: RunningOrder | None
    stated_by: str | None
    inscribed: int
    ways: tuple[Way, ...] = ()
    room: tuple[Room, ...] = ()
    without: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    at_most: bool = False

    @property
    def reached(self) -> Way | None:
        """The step of the procedure under which the list is held, or None if it has none."""
        return next((way for way in self.ways if way.reached), None)

    @property
    def fits(self) -> bool:
        """Whether the list fits, under its limits or under a step of its procedure.

        A cut line makes no list fit.
        """
        if not self.inscribed:
            return True
        if self.order is not None and not self.order.unheard:
            return True
        return self.reached is not None and self.reached.lacks is None

    def rows(self) -> list[dict[str, object]]:
        """One dict for each way out, or where none is needed for each kind of further speakers."""
        if self.ways:
            return [way.row() for way in self.ways]
        return [room.row() for room in self.room]

    def __str__(self) -> str:
        """What is so, the ways out as a table, the room for more, and what it rests on."""
        return "\n".join([*self._summary(), *self._out(), *self._more(), *self._rests_on()])

    def _repr_html_(self) -> str:
        rows = self._way_rows() or [_room_row(room) for room in self.room]
        lines = [*self._summary(), *self._told(), *self._left_out(), *self._rests_on()]
        return tables.html(rows, [line for line in lines if line])

    def _summary(self) -> list[str]:
        order = self.order
        if not self.inscribed:
            return ["Nobody is inscribed."]
        if order is None:
            are = "1 is" if self.inscribed == 1 else f"{self.inscribed} are"
            return [f"No limit is stated, and {are} inscribed."]
        bound, at = ("At most ", " at the earliest") if self.at_most else ("", "")
        until = f", until {write_moment(order.ends)}{at}" if order.ends else ""
        limits = "; ".join([str(order.limits), *_later(order)])
        head = f"{bound}{len(order)} of {self.inscribed} are heard{until}."
        by = tables.text_of(self.stated_by)
        lines = [head, f"Limits: {tables.text_of(limits)}; stated by {by}."]
        if order.unheard:
            number, who = len(order) + 1, tables.text_of(order.unheard[0])
            lines.append(f"The cut line falls before number {number}, {who}.")
        return lines

    def _out(self) -> list[str]:
        lines = [tables.text_of(line) for line in (*self._told(), *self._left_out())]
        at_best = ", each at best" if self.at_most else ""
        head = [f"The ways out{at_best}:", "", tables.plain(self._way_rows())]
        return [*(["", *head] if self.ways else []), *(["", *lines] if lines else [])]

    def _way_rows(self) -> list[dict[str, object]]:
        days = {way.ends.date() for way in self.ways if way.ends}
        write = write_moment if len(days) > 1 else _clock
        return [
            {
                "way": _cut(tables.text_of(way.what)),
                "heard": way.heard,
                "ends": None if way.ends is None else write(way.ends),
                "left over": None if way.heard is None else show(_total(way.left_over)),
            }
            for way in self.ways
        ]

    def _told(self) -> list[str]:
        """Which step of the procedure is reached, and what each way lacks; the summary cuts."""
        lines = []
        for way in self.ways:
            if way.kind == "procedure":
                came = way.lacks or "all who are called are heard"
                reached = " (reached)" if way.reached else ""
                lines.append(f"{way.what}: {came}{reached}.")
                lines.append(f"  stated by {way.rests_on[0]}")
            elif way.lacks and way.kind != "cut line":
                lines.append(f"{way.what}: {way.lacks}.")
        return lines

    def _left_out(self) -> list[str]:
        return [f"Left out: {line}." for line in self.without]

    def _more(self) -> list[str]:
        if not self.room:
            return []
        step = self.reached if self.order is None or self.order.unheard else None
        under = "" if step is None else f" under {tables.text_of(step.what)}"
        lines = ["", f"Room for more{under}, each kind alone:"]
        lines += ["", tables.plain([_room_row(room) for room in self.room])]
        order = self.order
        if step is None and order is not None and order.floor.blocks:
            left = ", ".join(map(show, order.left_over))
            lines += ["", f"Left over in each block: {left}."]
        return lines

    def _rests_on(self) -> list[str]:
        lines = [f"Rests on: {tables.text_of(line)}." for line in self.assumptions]
        return ["", *lines] if lines else []


def _later(order: RunningOrder) -> list[str]:
    zone = order.floor.blocks[0].zone if order.floor.blocks else "UTC"
    return [
        f"from {write_moment(each.since.in_timezone(zone))} {each}" for each in order.later_limits
    ]


def _clock(moment: pendulum.DateTime) -> str:
    return write_clock(*to_epoch(moment))


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _total(lengths: tuple[timedelta, ...]) -> timedelta:
    return sum(lengths, timedelta(0))


def _room_row(room: Room) -> dict[str, object]:
    return {
        "for": _cut(tables.text_of(room.kind)),
        "limit": "by the hour" if room.limit is None else show(room.limit),
        "more": room.more,
    }
