"""What the limits say and what is expected, side by side and never mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.durations import show
from r2psched.forecasting.wording import Clock, percent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from r2psched.forecasting.answers import Forecast

__all__ = ["beside"]

_MOST_BLOCKS = 12
_HALF = 0.5

Row = tuple[str, str, str]


def beside(forecast: Forecast, chance: float) -> list[dict[str, object]]:
    """Rows of a table: a question, the exact answer of the limits, that of the forecast.

    Args:
        forecast: What is told.
        chance: The chance that is wanted for all to be heard.
    """
    found = [*_heard(forecast), *_by_block(forecast), _end(forecast, chance)]
    found += _ways(forecast, chance)
    return [{"": what, "by the limits": exact, "forecast": told} for what, exact, told in found]


def _called(forecast: Forecast) -> int:
    """How many of the list may be heard."""
    return len(forecast.order.inscriptions[: forecast.order.most])


def _heard(forecast: Forecast) -> Iterator[Row]:
    order, called = forecast.order, _called(forecast)
    bound = "at most " if order.at_most else ""
    yield "heard", f"{bound}{len(order)} of {called}", str(forecast.heard)
    yes = "at best" if order.at_most else "yes"
    exact = yes if len(order) == called else "no"
    yield "all are heard", exact, f"with {percent(forecast.all_heard)}"


def _by_block(forecast: Forecast) -> list[Row]:
    order = forecast.order
    blocks = order.floor.blocks
    if not 1 < len(blocks) <= _MOST_BLOCKS:
        return []
    clock = Clock(blocks)
    exact = [0] * len(blocks)
    for slot in order:
        exact[slot.block - 1] += 1
    rows = zip(blocks, exact, forecast.heard_by_block, strict=True)
    # Of a session that has begun nobody may know who had the floor in which block.
    known = forecast.standing.held_by_block is not None or not forecast.standing.held
    yet = "" if known else ", from now on"
    return [(f"in {clock.span(block)}{yet}", str(n), str(counts)) for block, n, counts in rows]


def _end(forecast: Forecast, chance: float) -> Row:
    order, clock = forecast.order, Clock(forecast.order.floor.blocks)
    exact = f"cut before {len(order) + 1}"
    if len(order) == _called(forecast) and order.ends is not None:
        exact = clock.exact(order.ends) + (" at the earliest" if order.at_most else "")
    ends = {share: forecast.ends(share) for share in (_HALF, chance)}
    told = [f"{clock.near(end)} {_with(share)}" for share, end in ends.items() if end is not None]
    return "the list ends", exact, ", ".join(told) or f"not {_with(min(ends))}"


def _ways(forecast: Forecast, chance: float) -> Iterator[Row]:
    """Where to close the list, and what makes all of it heard."""
    order, capacity = forecast.order, forecast.capacity
    bound = "at most " if order.at_most else ""
    yield f"the session holds, at {capacity.limit_text}", f"{bound}{capacity.total}", ""
    number, room = forecast.close_at(chance), order.room_left()["default"]
    yield (
        "close the list at",
        f"{bound}{len(order) + room}",
        f"{number or 'nobody'} {_with(chance)}",
    )
    longest = order.longest_limits().for_all, forecast.longest_limit(chance)
    yield (
        "the longest limit for all",
        _length(longest[0], bound) if longest[0] else "none is short enough",
        f"{_length(longest[1])} {_with(chance)}" if longest[1] else "none is short enough",
    )
    missing = order.missing(), forecast.missing(chance)
    yield (
        "more time at the end of the last block",
        _length(missing[0], "at least " if order.at_most else ""),
        f"{_length(missing[1])} {_with(chance)}" if missing[1] is not None else "no time is enough",
    )


def _with(chance: float) -> str:
    """A chance that is given, and so not rounded."""
    return f"with {chance * 100:.10g} %"


def _length(length: timedelta | None, bound: str = "") -> str:
    return f"{bound}{show(length)}" if length else "none"
