"""Day: the short hand in which people write blocks and moments."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks.block import TimeBlock
from r2psched.blocks.instants import as_zone, from_epoch, from_local
from r2psched.errors import InvalidValue, shown

if TYPE_CHECKING:
    import pendulum

__all__ = ["Day", "as_date"]

_DATE = r"(?:([0-9]{4}-[0-9]{2}-[0-9]{2})[t ] ?)?"
_CLOCK = (
    r"([0-9]{1,2})(?::([0-9]{2}))?(?::([0-9]{2}))?(?: ?(a\.?m\.?|p\.?m\.?))?"
    r"( (?!to\b|until\b|[ap]\.?m\b)[a-z]{2,5}| [+-][0-9]{2}:?[0-9]{2})?(?:\+([0-9]{1,3}))?"
)
_MARK_OFFSET = r"| [+-][0-9]{2}:?[0-9]{2}"
_MOMENT = re.compile(_DATE + _CLOCK)
_MOMENT_BEFORE_DASH = re.compile(_DATE + _CLOCK.replace(_MARK_OFFSET, ""))
_BETWEEN = re.compile(r" ?(?:-|to|until) ?")
_DASHES = dict.fromkeys([*range(0x2010, 0x2015), 0x2212], "-")
_LONGEST_TEXT = 80
_NOON = 12
_SPAN = 'a time such as "10:50-13:00" or "10:50 am to 1:00 pm"'
_AT = 'a time such as "13:00" or "2015-09-04 13:00"'


def as_date(value: object) -> dt.date:
    """Take a date, or its ISO text.

    Raises:
        InvalidValue: If it is neither.

    >>> as_date("2014-09-08")
    datetime.date(2014, 9, 8)
    """
    if isinstance(value, dt.datetime):
        msg = f'expected a date such as "2014-09-08", got a date with a time: {value}'
        raise InvalidValue(msg)
    if isinstance(value, dt.date):
        return dt.date(value.year, value.month, value.day)
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError as error:
            msg = f"there is no date {value}: {error}"
            raise InvalidValue(msg) from error
    msg = f'expected a date such as "2014-09-08", got {shown(value)}'
    raise InvalidValue(msg)


@attrs.frozen
class Day:
    """One date in one zone, which reads times of that day.

    Attributes:
        date: The date, or its ISO text; None where every time must bring its own.
        zone: The name of the zone.

    >>> day = Day("2014-09-08", zone="America/New_York")
    >>> day("10:50-13:00")
    <TimeBlock 2014-09-08 10:50-13:00 America/New_York>
    >>> day("10 p.m. to 1:30+1").duration
    datetime.timedelta(seconds=12600)
    >>> day.at("13:00").isoformat()
    '2014-09-08T13:00:00-04:00'
    """

    date: dt.date | None = attrs.field(converter=attrs.converters.optional(as_date))
    zone: str = attrs.field(kw_only=True, converter=as_zone)

    def __call__(self, text: str) -> TimeBlock:
        """Read a span of time.

        Args:
            text: Two times with "-", an en dash, "to" or "until" between them: "10:50-13:00",
                "10:50 am – 1:00 p.m.", over midnight "22:00-01:30+1", with a date of its own
                "2014-09-09 10:00-13:00"; in the hour that comes twice "01:30 EDT-01:15 EST".

        Raises:
            InvalidValue: If it is not readable, does not end after it begins, or names a local time
                that the clocks skip or show twice.
        """
        plain = _plain(text, _SPAN)
        first = _MOMENT.match(plain)
        between = first and _BETWEEN.match(plain, first.end())
        if first and not between and first[6]:
            # What looked like an offset may have been the dash and the second time.
            first = _MOMENT_BEFORE_DASH.match(plain)
            between = first and _BETWEEN.match(plain, first.end())
        second = between and _MOMENT.fullmatch(plain, between.end())
        if not first or not second:
            msg = f"expected {_SPAN}, got {shown(text)}"
            raise InvalidValue(msg)
        if second[5] and not first[5] and int(first[2]) <= _NOON:
            half = second[5]
            msg = f"{shown(text)} has two readings: write {half} after both times, or "
            msg += "use the 24-hour clock for both"
            raise InvalidValue(msg)
        start_day, start = self._moment(first, text, self.date)
        _, end = self._moment(second, text, start_day)
        if end <= start:
            msg = f"{shown(text)} does not end after it begins"
            if not second[1] and not second[7]:
                msg += f"; write {shown(text.strip() + '+1')} if it ends the next day"
            raise InvalidValue(msg)
        return TimeBlock.from_microseconds(start, end, self.zone)

    def at(self, text: str) -> pendulum.DateTime:
        """Read one moment: "13:00", "1 pm", or with a date of its own "2015-09-04 13:00".

        Raises:
            InvalidValue: If it is not readable, or the clocks skip it or show it twice.
        """
        found = _MOMENT.fullmatch(_plain(text, _AT))
        if not found:
            msg = f"expected {_AT}, got {shown(text)}"
            raise InvalidValue(msg)
        return from_epoch(self._moment(found, text, self.date)[1], self.zone)

    def local(self, naive: dt.datetime) -> pendulum.DateTime:
        """Take a naive wall time as one in this day's zone."""
        return from_epoch(from_local(naive, self.zone), self.zone)

    def _moment(
        self, found: re.Match[str], text: str, default: dt.date | None
    ) -> tuple[dt.date, int]:
        date, hour, minute, second, half, mark, later = found.groups()
        day = as_date(date) if date else default
        if day is None:
            msg = f'{shown(text)} has no date: write it before the time, "2014-09-08 10:00", '
            raise InvalidValue(msg + "or give the programme one date")
        if minute is None and half is None:
            msg = (
                f'expected {_SPAN}, got {shown(text)}: write {hour} with its minutes, "{hour}:00", '
            )
            raise InvalidValue(msg + "or with am or pm")
        naive = _wall(day, (int(hour), int(minute or 0), int(second or 0)), half, text)
        try:
            naive += dt.timedelta(days=int(later or 0))
        except OverflowError as error:
            msg = f"expected a time before the year 10000, got {shown(text)}"
            raise InvalidValue(msg) from error
        return day, from_local(naive, self.zone, _offset(mark) if mark else None)


def _plain(text: object, expected: str) -> str:
    if not isinstance(text, str):
        msg = f"expected {expected} in quotes, got {shown(text)}"
        raise InvalidValue(msg)
    if len(text) > _LONGEST_TEXT:
        msg = f"expected {expected}, got {shown(text)}"
        raise InvalidValue(msg)
    return " ".join(text.translate(_DASHES).lower().split())


def _offset(mark: str) -> str:
    mark = mark.strip()
    return mark if mark.isalpha() or ":" in mark else f"{mark[:3]}:{mark[3:]}"


def _wall(day: dt.date, clock: tuple[int, int, int], half: str | None, text: str) -> dt.datetime:
    hour, minute, second = clock
    if half is not None:
        if not 1 <= hour <= _NOON:
            msg = f"{hour} {half} is no time of a 12-hour clock, in {shown(text)}"
            raise InvalidValue(msg)
        hour = hour % _NOON + (_NOON if half.startswith("p") else 0)
    midnight = (hour, minute, second) == (24, 0, 0)
    try:
        at = dt.datetime.combine(day, dt.time(0 if midnight else hour, minute, second))
        return at + dt.timedelta(days=midnight)
    except (ValueError, OverflowError) as error:
        msg = f"there is no time {hour}:{minute:02}, in {shown(text)}"
        raise InvalidValue(msg) from error
