"""Forecasting: who of a list will be heard and when, found without simulation.

The only room that imports numpy, which the extra `forecast` installs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.errors import MissingExtra
from r2psched.lazy import loader

if TYPE_CHECKING:
    from r2psched.forecasting.answers import Forecast
    from r2psched.forecasting.counts import Counts
    from r2psched.forecasting.making import DEFAULT_PACE, forecast
    from r2psched.forecasting.many import forecast_many
    from r2psched.forecasting.results import Expected, Failure, Result, Summary

__all__ = [
    "DEFAULT_PACE",
    "Counts",
    "Expected",
    "Failure",
    "Forecast",
    "Result",
    "Summary",
    "forecast",
    "forecast_many",
]

_load = loader(
    __name__,
    {
        "Counts": "counts",
        "DEFAULT_PACE": "making",
        "Forecast": "answers",
        "Expected": "results",
        "Failure": "results",
        "Result": "results",
        "Summary": "results",
        "forecast": "making",
        "forecast_many": "many",
    },
)


def __getattr__(name: str) -> object:
    """Load a name, or say which extra it needs."""
    try:
        return _load(name)
    except ModuleNotFoundError as error:
        if error.name != "numpy":
            raise
        extra, purpose = "forecast", "forecasting"
        raise MissingExtra(extra, purpose) from error
