"""Dates in English, as long as there is room for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["date_forms"]

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def date_forms(day: dt.date) -> tuple[str, ...]:
    """Write a date in several lengths, the longest first.

    >>> import datetime
    >>> date_forms(datetime.date(2014, 9, 8))[:3]
    ('Monday 8 September 2014', 'Mon 8 Sep 2014', 'Mon 8 Sep')
    """
    name, month = _DAYS[day.weekday()], _MONTHS[day.month - 1]
    short = f"{day.day} {month[:3]}"
    return (
        f"{name} {day.day} {month} {day.year}",
        f"{name[:3]} {short} {day.year}",
        f"{name[:3]} {short}",
        short,
        f"{day.day}",
    )
