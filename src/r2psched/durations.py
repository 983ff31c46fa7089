"""Lengths of time as people write them: "3 min" to and from `datetime.timedelta`."""

from __future__ import annotations

import re
from datetime import timedelta

from r2psched.errors import InvalidValue, shown

__all__ = ["as_duration", "microseconds", "parse", "show"]

_UNITS = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1),
}
_PART = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?) ?([a-z]+)\.?(?: ?(?:,|and)? ?)")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_BARE = re.compile(r"[0-9]{1,4}")
_LONGEST_TEXT = 60
_SECOND = 1_000_000
_SECONDS_AT_MOST = 10_000 * 366 * 86_400
_LENGTH = 'a duration such as "3 min", "90 s" or "1 h 30 min"'


def parse(text: str) -> timedelta:
    """Read a length of time as people write it.

    Args:
        text: Hours, minutes and seconds, each with its unit, largest first: "3 min", "3min",
            "3 minutes", "1 min 30 s", "90 s", "1 h", "1.5 min".

    Returns:
        The length, in whole seconds.

    Raises:
        InvalidValue: If a unit is missing or unknown, or the length is not in whole seconds.
            "1:30" and "3" have two readings; the message offers both.

    >>> parse("1 min 30 s")
    datetime.timedelta(seconds=90)
    """
    plain = " ".join(text.lower().split()) if len(text) <= _LONGEST_TEXT else ""
    if found := _CLOCK.fullmatch(plain):
        high, low = int(found[1]), int(found[2])
        msg = f'{shown(text)} has two readings: write "{high} h {low} min" or "{high} min {low} s"'
        raise InvalidValue(msg)
    if _BARE.fullmatch(plain):
        raise InvalidValue(_bare(int(plain)))
    us, end, last = 0, 0, 4000
    while end < len(plain) and (found := _PART.match(plain, end)):
        unit = _UNITS.get(found[2])
        if unit is None or unit >= last:
            break
        whole, _, part = found[1].partition(".")
        us += int(whole + part.ljust(6, "0")) * unit
        end, last = found.end(), unit
    if not plain or end < len(plain):
        msg = f"expected {_LENGTH}, got {shown(text)}"
        raise InvalidValue(msg)
    if us % _SECOND:
        msg = f"expected a length in whole seconds, got {shown(text)}"
        raise InvalidValue(msg)
    if us > _SECONDS_AT_MOST * _SECOND:
        msg = f"expected at most 10,000 years, got {shown(text)}"
        raise InvalidValue(msg)
    return timedelta(seconds=us // _SECOND)


def _bare(number: int) -> str:
    return f'{number} has no unit: write "{number} min" or "{number} s"'


def as_duration(value: object, *, positive: bool = False) -> timedelta:
    """Take a length as a `timedelta` or as text, and refuse what is neither.

    Args:
        value: A `datetime.timedelta` (or a subclass of it) or a text for `parse`.
        positive: Whether zero is refused too.

    Returns:
        A plain `timedelta`, in whole seconds and not negative.

    Raises:
        InvalidValue: If it is a bare number, negative, not in whole seconds, or not readable.

    >>> as_duration("2 min")
    datetime.timedelta(seconds=120)
    """
    if isinstance(value, str):
        length = parse(value)
    elif isinstance(value, timedelta):
        length = timedelta(days=value.days, seconds=value.seconds, microseconds=value.microseconds)
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**9:
        raise InvalidValue(_bare(value))
    else:
        msg = f"expected {_LENGTH}, got {shown(value)}"
        raise InvalidValue(msg)
    if length.microseconds:
        msg = f"expected a length in whole seconds, got {length}"
        raise InvalidValue(msg)
    if length < timedelta(0) or (positive and not length):
        msg = f"expected a length of {'more than' if positive else 'at least'} 0 s, got "
        raise InvalidValue(msg + show(length))
    return length


def microseconds(length: timedelta) -> int:
    """Count the microseconds of a length, exactly.

    >>> microseconds(timedelta(minutes=3))
    180000000
    """
    return (length.days * 86_400 + length.seconds) * 1_000_000 + length.microseconds


def show(length: timedelta) -> str:
    """Write a length as `parse` reads it: hours, minutes and seconds, zeros left out.

    >>> show(timedelta(seconds=130)), show(timedelta(minutes=61)), show(timedelta(0))
    ('2 min 10 s', '1 h 1 min', '0 s')
    """
    sign, total = ("-" if length < timedelta(0) else ""), microseconds(abs(length))
    minutes, rest = divmod(total, 60_000_000)
    hours, minutes = divmod(minutes, 60)
    seconds, micro = divmod(rest, 1_000_000)
    parts = [f"{n} {unit}" for n, unit in ((hours, "h"), (minutes, "min")) if n]
    if micro:
        parts.append(f"{seconds}.{micro:06d}".rstrip("0") + " s")
    elif seconds or not parts:
        parts.append(f"{seconds} s")
    return sign + " ".join(parts)
