"""What the cells of a spreadsheet hold, and the texts that a list reads in their place."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from r2psched.durations import show

__all__ = ["LONGEST", "Cell", "Trouble", "Value", "as_cell", "as_text", "letters"]

LONGEST = 131_072
"""How many characters a cell may hold, as in CSV."""

_EXACT = 10**15
_DAY = dt.timedelta(days=1)
_HOUR = dt.timedelta(hours=1)
_SECOND = dt.timedelta(seconds=1)
_LAST = dt.datetime(9999, 12, 31, 23, 59, 59)  # noqa: DTZ001  # as a sheet shows it


class Trouble(NamedTuple):
    """What is wrong with a cell, and the remedy."""

    message: str


Value = str | float | bool | dt.date | dt.time | dt.timedelta
"""What calamine gives; `int` is a `float`, and `datetime` is a `date`, too."""

Cell = str | float | bool | dt.date | dt.timedelta | Trouble
"""A cell of a list; times of day are lengths since midnight, as in spreadsheets."""


def as_cell(value: Value) -> Cell:
    """Take what a sheet holds: times to the whole second that is shown, a blank text as none.

    >>> as_cell(dt.time(0, 2, 59, 999_000)), as_cell("  ")
    (datetime.timedelta(seconds=180), '')
    """
    if isinstance(value, str):
        if len(value) > LONGEST:
            return Trouble(f"holds more than {LONGEST:,} characters: shorten it")
        return value if value.strip() else ""
    if isinstance(value, dt.datetime):
        whole = value.replace(microsecond=0)
        more = value - whole >= _SECOND / 2 and whole < _LAST
        return whole + _SECOND if more else whole
    if isinstance(value, dt.time):
        seconds = (value.hour * 60 + value.minute) * 60 + value.second
        value = dt.timedelta(seconds=seconds, microseconds=value.microsecond)
    if isinstance(value, dt.timedelta):
        return dt.timedelta(seconds=round(value / _SECOND))
    return value


def as_text(cell: Cell, field: str | None = None) -> str:
    """The text that a list reads in place of a cell.

    Args:
        cell: What the cell holds; no trouble.
        field: What is wanted. A limit under an hour is a length; a longer one stays as it is
            shown, since "3:00" has two readings. A day on which something was received is its
            midnight, which a sheet does not tell from the day.

    >>> as_text(12.0), as_text(True), as_text(dt.datetime(2014, 9, 8, 10))
    ('12', 'yes', '2014-09-08 10:00')
    >>> as_text(dt.timedelta(minutes=3), "limit"), as_text(dt.timedelta(hours=3), "limit")
    ('3 min', '3:00')
    >>> as_text(dt.timedelta(hours=3)), as_text(dt.timedelta(hours=30))
    ('03:00', '30 h')
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, (int, float)):
        whole = float(cell).is_integer() and abs(cell) < _EXACT
        return str(int(cell)) if whole else f"{cell:.15g}"
    if isinstance(cell, dt.datetime) or (isinstance(cell, dt.date) and field == "received"):
        moment = dt.datetime.fromisoformat(cell.isoformat())
        return moment.isoformat(" ", "seconds" if moment.second else "minutes")
    if isinstance(cell, dt.timedelta):
        return _length(cell, field)
    return str(cell)


def _length(length: dt.timedelta, field: str | None) -> str:
    # A time of day is not told from a length, and no time of day is as long as a day.
    if length < _HOUR if field == "limit" else not dt.timedelta(0) <= length < _DAY:
        return show(length)
    minutes, seconds = divmod(length // _SECOND, 60)
    hour = f"{minutes // 60:d}" if field == "limit" else f"{minutes // 60:02d}"
    return f"{hour}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")


def letters(column: int) -> str:
    """The letters by which a spreadsheet calls a column, counted from 0.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    found = ""
    while column >= 0:
        column, last = divmod(column, 26)
        found = chr(ord("A") + last) + found
        column -= 1
    return found
