"""What a programme is given, taken and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from r2psched.blocks import as_date
from r2psched.errors import InvalidValue, shown
from r2psched.fields import as_one_of, as_several, as_tuple, optional, whole
from r2psched.house import House
from r2psched.identifiers import as_id
from r2psched.programme.invitations import Invitations
from r2psched.sessions import Session

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

__all__ = [
    "Interpretation",
    "Status",
    "as_dates",
    "as_house",
    "as_interpretation",
    "as_invitations",
    "as_programme_id",
    "as_revision",
    "as_sessions",
    "as_status",
]

Status = Literal["tentative", "provisional", "confirmed", "cancelled"]
Interpretation = Literal["yes", "no", "unknown"]
_status = as_one_of(*get_args(Status))
_interpretation = as_one_of(*get_args(Interpretation))
_house = optional(House, 'a house, such as House("3 h")')
_invitations = optional(Invitations, 'invitations, such as Invitations(alarms="1 h")')
_LARGEST_SEQUENCE = 2**31 - 1  # of an iCalendar integer: RFC 5545, 3.3.8


def as_programme_id(value: str) -> str:
    """Take the id of a programme, which none is without."""
    if (given := as_id(value)) is not None:
        return given
    msg = 'a programme needs an id, such as "r2p-2014": it is in every calendar entry'
    raise InvalidValue(msg)


def as_status(value: Status) -> Status:
    """Take a status."""
    status: Status = _status(value)
    return status


def as_interpretation(value: Interpretation) -> Interpretation:
    """Take whether there is interpretation, as far as it is known."""
    interpretation: Interpretation = _interpretation(value)
    return interpretation


def as_revision(value: int) -> int:
    """Take the number of a revision."""
    if whole(value) and 0 <= value <= _LARGEST_SEQUENCE:
        return value
    msg = f"expected a revision from 0 to {_LARGEST_SEQUENCE}, got {shown(value)}"
    raise InvalidValue(msg)


def as_dates(value: dt.date | str | Iterable[dt.date | str]) -> tuple[dt.date, ...]:
    """Take dates, each once, in order."""
    return tuple(sorted({as_date(each) for each in as_tuple(value)}))


def as_house(value: House) -> House:
    """Take what a house asks; by default nothing."""
    return _house(value) or House()


def as_invitations(value: Invitations) -> Invitations:
    """Take how people are invited; by default as is usual."""
    return _invitations(value) or Invitations()


def as_sessions(value: Session | Iterable[Session]) -> tuple[Session, ...]:
    """Take one session or several."""
    return as_several(value, Session, 'a session, such as Session("Panel")')
