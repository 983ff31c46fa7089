"""Blocks and moments written as `Day` reads them, and dates as a person does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.blocks.instants import from_epoch, to_epoch, to_local

if TYPE_CHECKING:
    import datetime as dt

    import pendulum

__all__ = [
    "nearest_minute",
    "to_minute",
    "write_clock",
    "write_date",
    "write_moment",
    "write_span",
    "write_times",
]

_MOST_DAYS_LATER = 999
_MINUTE = 60_000_000


def _clock(local: dt.datetime, mark: str | None) -> str:
    text = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return text if mark is None else f"{text} {mark}"


def write_span(start_us: int, end_us: int, zone: str, day: dt.date | None = None) -> str:
    """Write a span of microseconds since the epoch; its date is left out where it is `day`.

    >>> write_span(1410213600000000, 1410226200000000, "UTC")
    '2014-09-08 22:00-01:30+1'
    """
    start, start_mark = to_local(start_us, zone)
    end, end_mark = to_local(end_us, zone)
    days = (end.date() - start.date()).days
    date = "" if start.date() == day else f"{start.date().isoformat()} "
    far = days > _MOST_DAYS_LATER
    until = f"{end.date().isoformat()} " if far else ""
    later = f"+{days}" if days and not far else ""
    between = " - " if start_mark else "-"
    return f"{date}{_clock(start, start_mark)}{between}{until}{_clock(end, end_mark)}{later}"


def write_moment(moment: pendulum.DateTime) -> str:
    """Write a moment in its own zone.

    >>> import pendulum
    >>> write_moment(pendulum.datetime(2015, 9, 4, 13, tz="America/New_York"))
    '2015-09-04 13:00'
    """
    local, mark = to_local(*to_epoch(moment))
    return f"{local.date().isoformat()} {_clock(local, mark)}"


def write_clock(us: int, zone: str) -> str:
    """Write the time of an instant, with its mark where clocks show it twice.

    >>> write_clock(1410184800_000_000, "America/New_York")
    '10:00'
    """
    return _clock(*to_local(us, zone))


def write_times(start_us: int, end_us: int, zone: str) -> str:
    """Write a span of microseconds since the epoch without its date, as a person reads it.

    >>> write_times(1410213600_000_000, 1410226200_000_000, "UTC")
    '22:00–01:30 (+1)'
    """
    start, end = (to_local(us, zone) for us in (start_us, end_us))
    days = (end[0].date() - start[0].date()).days
    dash = "–" if start[1] is None else " – "
    return f"{_clock(*start)}{dash}{_clock(*end)}" + (f" (+{days})" if days else "")


def write_date(moment: pendulum.DateTime, language: str = "en") -> str:
    """Write the date of a moment as a person reads it.

    Raises:
        MissingExtra: If the language is another than English, and the extra `i18n` is not
            installed.

    >>> import pendulum
    >>> write_date(pendulum.datetime(2014, 9, 8)), write_date(pendulum.datetime(2014, 9, 8), "fr")
    ('Monday 8 September 2014', 'lundi 8 septembre 2014')
    """
    from r2psched.language.dates import date_forms  # noqa: PLC0415  # counting writes no date

    return date_forms(moment.date(), language)[0]


def nearest_minute(us: int) -> int:
    """The whole minute that is nearest to an instant, in microseconds since the epoch.

    >>> nearest_minute(90_000_000), nearest_minute(89_000_000)
    (120000000, 60000000)
    """
    return (us + _MINUTE // 2) // _MINUTE * _MINUTE


def to_minute(moment: pendulum.DateTime) -> pendulum.DateTime:
    """The whole minute that is nearest to a moment, in its zone.

    >>> import pendulum
    >>> f"{to_minute(pendulum.datetime(2014, 9, 8, 10, 15, 40)):%H:%M:%S}"
    '10:16:00'
    """
    us, zone = to_epoch(moment)
    return from_epoch(nearest_minute(us), zone)
