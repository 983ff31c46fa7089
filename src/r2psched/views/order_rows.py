"""A running order as the rows of a table for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from r2psched.seating import RunningOrder

__all__ = ["ORDER_COLUMNS", "order_rows"]

ORDER_COLUMNS: tuple[str, ...] = (
    "place",
    "id",
    "speaker",
    "category",
    "level",
    "start",
    "end",
    "zone",
    "limit",
    "block",
    "heard",
)
"""The columns, in order."""


def order_rows(order: RunningOrder) -> list[dict[str, Any]]:
    """One dict for each inscription in order, of texts, whole numbers, times and lengths.

    The unheard have their place behind the others, their limit, and neither times nor block.

    >>> from r2psched import Day, Session, SpeakerList
    >>> time = Day("2026-03-02", zone="Europe/Zurich")("10:00-10:05")
    >>> floor = Session("Floor", time, speakers=SpeakerList(["Chile", "Fiji"], limits="3 min"))
    >>> [
    ...     (row["id"], row["heard"], row["limit"].seconds)
    ...     for row in order_rows(floor.running_order())
    ... ]
    [('chile', 'yes', 180), ('fiji', 'no', 180)]
    """
    slots = {slot.place: slot for slot in order.slots}
    rows = []
    for place, who in enumerate(order.inscriptions, 1):
        slot = slots.get(place)
        rows.append(
            {
                "place": place,
                "id": who.id,
                "speaker": str(who),
                "category": who.category,
                "level": who.level,
                "start": slot.start if slot else None,
                "end": slot.end if slot else None,
                "zone": slot.zone if slot else None,
                "limit": order.limit_of(place),
                "block": slot.block if slot else None,
                "heard": "yes" if slot else "no",
            }
        )
    return rows
