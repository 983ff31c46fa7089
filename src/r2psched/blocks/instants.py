"""Instants as integer microseconds since the epoch, and zoned times where they enter and leave."""

from __future__ import annotations

import datetime as dt
import functools
import zoneinfo
from typing import TYPE_CHECKING

from r2psched.errors import InvalidValue, nearest, shown

if TYPE_CHECKING:
    import pendulum

__all__ = ["as_zone", "from_epoch", "from_local", "to_epoch", "to_local", "within_reach"]

SECOND = 1_000_000
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_FIRST = -62_135_510_400 * SECOND  # 0001-01-02T00:00Z, so that every zone can tell it
_LAST = 253_402_214_400 * SECOND  # 9999-12-31T00:00Z
_LONGEST_NAME = 60
# Files beside the zones: what they say depends on the machine, or counts leap seconds.
_OF_THE_MACHINE = {"Factory", "localtime", "posix", "posixrules", "right"}
_REMEDY = (
    'write it in a named zone, such as pendulum.datetime(2014, 9, 8, 10, tz="America/New_York"), '
    "or in UTC with .astimezone(datetime.UTC)"
)


def as_zone(name: object) -> str:
    """Take the name of a time zone of the IANA database, such as "America/New_York" or "UTC".

    Raises:
        InvalidValue: If there is no such zone; a near name is suggested.

    >>> as_zone("Europe/Zurich")
    'Europe/Zurich'
    """
    if isinstance(name, str) and len(name) <= _LONGEST_NAME and _known(name):
        return name
    msg = f'expected a zone such as "America/New_York" or "UTC", got {shown(name)}'
    close = (
        nearest(name, zoneinfo.available_timezones() - _OF_THE_MACHINE)
        if isinstance(name, str)
        else None
    )
    raise InvalidValue(msg if close is None else f'{msg}; did you mean "{close}"?')


@functools.lru_cache(maxsize=1024)
def _known(name: str) -> bool:
    if name.partition("/")[0] in _OF_THE_MACHINE:
        return False
    if "/" not in name and name != "UTC" and name not in zoneinfo.available_timezones():
        return False
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _name_of(zone: dt.tzinfo | None, moment: dt.datetime) -> str:
    if zone is None or moment.utcoffset() is None:
        msg = f"{moment} has no zone: {_REMEDY}"
        raise InvalidValue(msg)
    if zone is dt.UTC:
        return "UTC"
    name = getattr(zone, "key", None) or getattr(zone, "zone", None)
    if not isinstance(name, str):
        msg = f"{moment} has a fixed offset, which says nothing about clock changes: {_REMEDY}"
        raise InvalidValue(msg)
    return as_zone(name)


def to_epoch(moment: object) -> tuple[int, str]:
    """Take an aware datetime as the instant it names and the zone it names it in.

    Args:
        moment: An aware datetime in a named zone or UTC, in whole seconds. In the hour that
            comes twice when clocks go back, its `fold` says which of the two it is.

    Returns:
        Microseconds since the epoch, and the name of the zone.

    Raises:
        InvalidValue: If it is naive, has a fixed offset, has sub-seconds, or names a local time
            that the clocks skip.

    >>> import pendulum
    >>> to_epoch(pendulum.datetime(2014, 9, 8, 10, tz="America/New_York"))
    (1410184800000000, 'America/New_York')
    """
    if not isinstance(moment, dt.datetime):
        msg = f"expected an aware datetime, got {shown(moment)}: {_REMEDY}"
        raise InvalidValue(msg)
    zone = _name_of(moment.tzinfo, moment)
    if moment.microsecond:
        msg = f"expected a time in whole seconds, got {moment}"
        raise InvalidValue(msg)
    us = _seconds(moment) * SECOND
    local, _ = to_local(us, zone)
    naive = dt.datetime.combine(moment.date(), moment.time())
    if local != naive:
        raise InvalidValue(_skipped(naive, zone))
    return us, zone


def _seconds(moment: dt.datetime) -> int:
    seconds = int(moment.timestamp())
    within_reach(seconds * SECOND)
    return seconds


def within_reach(us: int) -> None:
    """Refuse an instant that some zone's calendar cannot tell.

    Raises:
        InvalidValue: If it lies outside the years 1 to 9999.
    """
    if not _FIRST <= us <= _LAST:
        msg = "expected a time in the years 1 to 9999"
        raise InvalidValue(msg)


_zone = functools.lru_cache(maxsize=1024)(zoneinfo.ZoneInfo)


def _local(us: int, zone: str) -> dt.datetime:
    if us >= 0:
        # Half the time of the other way, which every system takes before 1970, too.
        return dt.datetime.fromtimestamp(us // SECOND, _zone(zone))
    return (_EPOCH + dt.timedelta(0, 0, us)).astimezone(_zone(zone))


def to_local(us: int, zone: str) -> tuple[dt.datetime, str | None]:
    """Give the local wall time of an instant, and its mark where the clocks show it twice.

    Returns:
        A naive datetime, and None or what tells the two apart: an abbreviation such as "EST",
        or an offset such as "-03:00" where the zone has no abbreviation of its own.
    """
    local = _local(us, zone)
    other = local.replace(fold=1 - local.fold)
    same = other.utcoffset() == local.utcoffset()
    return local.replace(tzinfo=None, fold=0), None if same else _marks(local)[0]


@functools.lru_cache(maxsize=1024)
def _in_pendulum(zone: str) -> tuple[type[pendulum.DateTime], pendulum.Timezone]:
    """What makes the times of a zone."""
    import pendulum  # noqa: PLC0415  # takes half of the time that a command takes to start

    return pendulum.DateTime, pendulum.timezone(zone)


def from_epoch(us: int, zone: str) -> pendulum.DateTime:
    """Give the instant as a pendulum time in a zone.

    >>> from_epoch(1410184800000000, "America/New_York").isoformat()
    '2014-09-08T10:00:00-04:00'
    """
    d = _local(us, zone)
    make, tz = _in_pendulum(zone)
    return make(
        d.year,
        d.month,
        d.day,
        d.hour,
        d.minute,
        d.second,
        d.microsecond,
        tz,
        fold=d.fold,
    )


def _offset(moment: dt.datetime) -> str:
    text = moment.strftime("%z")
    return f"{text[:3]}:{text[3:5]}"


def _marks(moment: dt.datetime) -> list[str]:
    """Name an aware time's place in its zone: abbreviation, if it has one, and offset."""
    name = moment.tzname() or ""
    return [*([name] if name.isalpha() else []), _offset(moment)]


def _skipped(naive: dt.datetime, zone: str) -> str:
    info = zoneinfo.ZoneInfo(zone)
    before = naive.replace(tzinfo=info, fold=0).utcoffset() or dt.timedelta()
    after = naive.replace(tzinfo=info, fold=1).utcoffset() or dt.timedelta()
    jump = after - before
    ways = " or ".join(
        f'"{at:%H:%M}"' if at.date() == naive.date() else f'"{at:%Y-%m-%d %H:%M}"'
        for at in (naive - jump, naive + jump)
    )
    return (
        f"{naive:%Y-%m-%d %H:%M} does not exist in {zone}, where the clocks go forward then: "
        f"write {ways}"
    )


def from_local(naive: dt.datetime, zone: str, mark: str | None = None) -> int:
    """Take a local wall time as an instant.

    Args:
        naive: The date and time on the wall.
        zone: The name of the zone.
        mark: None, or the abbreviation or offset that is meant, such as "EST" or "-05:00";
            needed only in the hour that comes twice.

    Returns:
        Microseconds since the epoch.

    Raises:
        InvalidValue: If the clocks skip the time, or show it twice and no mark says which is
            meant, or the mark is not in force then.
    """
    info = zoneinfo.ZoneInfo(zone)
    both = [naive.replace(tzinfo=info, fold=fold) for fold in (0, 1)]
    first, second = (moment.utcoffset() or dt.timedelta() for moment in both)
    if first < second:
        raise InvalidValue(_skipped(naive, zone))
    if first == second:
        both = both[:1]
    if mark is not None:
        marks = [m for moment in both for m in _marks(moment)]
        both = [m for m in both if mark.upper() in _marks(m)]
        if len(both) != 1:
            msg = f"{naive:%Y-%m-%d %H:%M} in {zone} is "
            raise InvalidValue(msg + " or ".join(marks) + f", not {shown(mark)}")
    if len(both) > 1:
        ways = " or ".join(f'"{naive:%H:%M} {_marks(moment)[0]}"' for moment in both)
        msg = (
            f"{naive:%Y-%m-%d %H:%M} comes twice in {zone}, where the clocks go back then: "
            f"write {ways}"
        )
        raise InvalidValue(msg)
    return _seconds(both[0]) * SECOND
