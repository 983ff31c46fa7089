"""Forecasts as text and as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from r2psched.forecasting.telling import text
from r2psched.views.plain import heading, iso, procedure_heading, seconds, session_heading

if TYPE_CHECKING:
    from datetime import timedelta

    from r2psched.forecasting import Counts, Forecast
    from r2psched.pace import Habit, Pace
    from r2psched.programme import Programme
    from r2psched.seating import Slot

__all__ = ["expected", "forecast_json", "forecast_text", "head", "who"]

_DIGITS = 4
_LOW, _MIDDLE, _HIGH = 0.1, 0.5, 0.9


def _rounded(value: float) -> float:
    return round(float(value), _DIGITS)


def _whole(length: timedelta | None) -> int | None:
    """A length that was measured, to the nearest second."""
    return None if length is None else round(length.total_seconds())


def _habit(habit: Habit) -> dict[str, Any]:
    return {
        "mean": _rounded(habit.mean),
        "spread": _rounded(habit.spread),
        "absent": _rounded(habit.absent),
    }


def _pace(pace: Pace) -> dict[str, Any]:
    return {
        **_habit(pace.habit),
        "family": pace.family,
        "cut": pace.cut,
        "changeover_seconds": _whole(pace.changeover),
        "changeover_spread_seconds": _whole(pace.changeover_spread),
        "late_seconds": _whole(pace.late),
        "late_spread_seconds": _whole(pace.late_spread),
        "categories": {name: _habit(habit) for name, habit in pace.categories},
        "doubt": _rounded(pace.doubt),
        "records": pace.records,
        "source": pace.source,
    }


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "low": counts.quantile(_LOW),
        "middle": counts.quantile(_MIDDLE),
        "high": counts.quantile(_HIGH),
        "mean": _rounded(counts.mean),
    }


def head(programme: Programme, forecast: Forecast, chance: float) -> dict[str, Any]:
    """What every answer about a forecast says."""
    return {
        "answer": "forecast",
        "programme": heading(programme),
        "session": session_heading(forecast.session),
        "procedure": procedure_heading(forecast.session.procedure),
        "pace": _pace(forecast.pace),
        "tolerance_seconds": seconds(forecast.tolerance),
        "now": iso(forecast.now),
        "begun": forecast.standing.held,
        "at_most": forecast.order.at_most,
        "assumptions": list(forecast.assumptions),
        "all_heard": _rounded(forecast.all_heard),
        "wanted": chance,
    }


def expected(slot: Slot | None, chance: float) -> dict[str, Any]:
    """The chance of a speaker, and the window."""
    return {
        "chance": _rounded(chance),
        "earliest": iso(slot.earliest) if slot else None,
        "start": iso(slot.start) if slot else None,
        "latest": iso(slot.latest) if slot else None,
        "block": slot.block if slot else None,
    }


def who(forecast: Forecast, at: int) -> dict[str, Any]:
    """Whoever stands at a position, counted from 1, with the exact time by the limits."""
    order = forecast.order
    inscription = order.inscriptions[at - 1]
    exact = order.slots[at - 1] if at <= len(order) else None
    return {
        "position": at,
        "id": inscription.id,
        "speaker": str(inscription),
        "category": inscription.category,
        "limit_seconds": seconds(order.limit_of(at)),
        "by_the_limits": {"start": iso(exact.start), "end": iso(exact.end)} if exact else None,
    }


def forecast_json(programme: Programme, forecast: Forecast, chance: float = 0.9) -> dict[str, Any]:
    """The answer of `forecast`: chances and windows, how many, the end, and what it would take.

    Args:
        programme: The programme of the session.
        forecast: The forecast of its list.
        chance: The chance that is wanted for all to be heard.
    """
    order, capacity = forecast.order, forecast.capacity
    blocks = zip(order.floor.blocks, forecast.heard_by_block, strict=True)
    to_come = zip(forecast.positions, forecast.chances, forecast.slots, strict=True)
    called = len(order.inscriptions[: order.most])
    return head(programme, forecast, chance) | {
        "good_enough": forecast.all_heard >= chance,
        "heard": _counts(forecast.heard),
        "blocks": [
            {"start": iso(block.start), "end": iso(block.end), "heard": _counts(counts)}
            for block, counts in blocks
        ],
        "ends": [
            {"chance": share, "by": iso(forecast.ends(share))} for share in (_LOW, _MIDDLE, _HIGH)
        ],
        "close_at": forecast.close_at(chance),
        "longest_limit_seconds": seconds(forecast.longest_limit(chance)),
        "missing_seconds": seconds(forecast.missing(chance)),
        "by_the_limits": {
            "heard": len(order),
            "of": called,
            "ends": iso(order.ends),
            "capacity": capacity.total,
            "longest_limit_seconds": seconds(order.longest_limits().for_all),
            "missing_seconds": seconds(order.missing()),
        },
        "to_come": [who(forecast, at) | expected(slot, share) for at, share, slot in to_come],
    }


def forecast_text(forecast: Forecast, chance: float = 0.9) -> str:
    """A table of chances and windows, then what the limits say and what is expected.

    Args:
        forecast: What is told.
        chance: The chance that is wanted for all to be heard.
    """
    return text(forecast, chance)
