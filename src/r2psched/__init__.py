"""r2psched: plan formal meetings, count what a list of speakers can hold, write the calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.lazy import loader

if TYPE_CHECKING:
    from r2psched.blocks import Day, TimeBlock
    from r2psched.checks import check
    from r2psched.counting import Capacity, capacity
    from r2psched.errors import R2PSchedError
    from r2psched.files import from_dict, loads, procedure, read, to_dict, write
    from r2psched.findings import Finding, Findings
    from r2psched.forecasting import Forecast as Forecast  # exported
    from r2psched.forecasting import forecast as forecast  # exported
    from r2psched.forecasting import forecast_many as forecast_many  # exported
    from r2psched.house import House
    from r2psched.ical import agenda, invitation
    from r2psched.pace import Pace, Record
    from r2psched.procedures import Procedure
    from r2psched.programme import Invitations, Programme
    from r2psched.reserves import Reserve
    from r2psched.seating import RunningOrder, Slot
    from r2psched.sessions import Session
    from r2psched.shares import Shares
    from r2psched.speakers import (
        Inscription,
        LimitsFrom,
        Person,
        Registration,
        SpeakerList,
        SpeakingLimits,
    )

__version__ = "0.1.0"

_HOME = {
    "Capacity": "counting",
    "Day": "blocks",
    "Finding": "findings",
    "Findings": "findings",
    "Forecast": "forecasting",
    "House": "house",
    "Inscription": "speakers",
    "Invitations": "programme",
    "LimitsFrom": "speakers",
    "Pace": "pace",
    "Person": "speakers",
    "Procedure": "procedures",
    "Programme": "programme",
    "R2PSchedError": "errors",
    "Record": "pace",
    "Registration": "speakers",
    "Reserve": "reserves",
    "RunningOrder": "seating",
    "Session": "sessions",
    "Shares": "shares",
    "Slot": "seating",
    "SpeakerList": "speakers",
    "SpeakingLimits": "speakers",
    "TimeBlock": "blocks",
    "agenda": "ical",
    "capacity": "counting",
    "check": "checks",
    "forecast": "forecasting",
    "forecast_many": "forecasting",
    "from_dict": "files",
    "invitation": "ical",
    "loads": "files",
    "procedure": "files",
    "read": "files",
    "to_dict": "files",
    "write": "files",
}

# What needs an extra is left out: `from r2psched import *` loads every name here.
__all__ = [
    "Capacity",
    "Day",
    "Finding",
    "Findings",
    "House",
    "Inscription",
    "Invitations",
    "LimitsFrom",
    "Pace",
    "Person",
    "Procedure",
    "Programme",
    "R2PSchedError",
    "Record",
    "Registration",
    "Reserve",
    "RunningOrder",
    "Session",
    "Shares",
    "Slot",
    "SpeakerList",
    "SpeakingLimits",
    "TimeBlock",
    "__version__",
    "agenda",
    "capacity",
    "check",
    "from_dict",
    "invitation",
    "loads",
    "procedure",
    "read",
    "to_dict",
    "write",
]


__getattr__ = loader(__name__, _HOME)


def __dir__() -> list[str]:
    """Every public name, loaded or not."""
    return sorted({*__all__, *_HOME})
