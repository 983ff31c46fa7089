"""A running order told: as rows, as text for a terminal, as HTML for a notebook."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from r2psched import tables
from r2psched.blocks import to_epoch, write_clock, write_moment
from r2psched.durations import show

if TYPE_CHECKING:
    from collections.abc import Callable

    import pendulum

    from r2psched.seating.order import RunningOrder
    from r2psched.speakers import Inscription

__all__ = ["html", "rows", "text"]

_TO_JOIN = frozenset({"id", "delegation", "heard"})


def rows(order: RunningOrder) -> list[dict[str, object]]:
    """See `RunningOrder.rows`."""
    heard = [_row(slot.inscription, slot.row()) for slot in order.slots]
    return heard + [
        _row(
            who,
            {
                "speaker": str(who),
                "category": who.category,
                "level": who.level,
                "start": None,
                "end": None,
                "limit": order.limit_of(at),
                "block": None,
            },
        )
        for at, who in enumerate(order.unheard, len(order) + 1)
    ]


def text(order: RunningOrder) -> str:
    """A table of places and times, the cut line, and what it rests on."""
    write = _writer(order)
    told = [
        {
            "place": slot.place,
            "time": write(slot.start),
            "speaker": str(slot.inscription),
            "limit": show(slot.limit),
        }
        for slot in order.slots
    ]
    lines = [tables.plain(told)] if told else []
    lines += [f"not heard: {who}" for who in order.unheard]
    return "\n".join([*lines, *_rests_on(order)])


def html(order: RunningOrder) -> str:
    """A table of all who are on the list, and how many are heard."""
    write = _writer(order)
    told = [
        {key: _told(value, write) for key, value in row.items() if key not in _TO_JOIN}
        for row in rows(order)
    ]
    heard = f"{len(order)} of {len(order.inscriptions)} are heard"
    return tables.html(told, [heard, *_rests_on(order)])


def _row(who: Inscription, row: dict[str, object]) -> dict[str, object]:
    """Add what an inscription is known by elsewhere, and whether it is heard."""
    place = row.get("place")
    known = {"delegation": who.delegation, "heard": place is not None}
    return {"place": place, "id": who.id, **row, **known}


def _writer(order: RunningOrder) -> Callable[[Any], str]:
    """How a time is written: with its date if there are several."""
    days = {moment.date() for slot in order.slots for moment in (slot.start, slot.end)}
    return write_moment if len(days) > 1 else _clock


def _clock(moment: pendulum.DateTime) -> str:
    return write_clock(*to_epoch(moment))


def _rests_on(order: RunningOrder) -> list[str]:
    return [f"rests on: {line}" for line in order.assumptions]


def _told(value: object, write: Callable[[Any], str]) -> object:
    """Write times and lengths as a person reads them."""
    if isinstance(value, datetime):
        return write(value)
    return show(value) if isinstance(value, timedelta) else value
