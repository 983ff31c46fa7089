"""Whether the text of a value is of its type, and which instant a time is."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from r2psched.ical.grammar import TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

    from r2psched.ical.reading import Property

__all__ = ["fault", "instant", "is_bare_address", "type_of", "unstated", "wall", "zone"]

_DURATION = (
    r"[+-]?P(?:[0-9]{1,9}W|(?=[0-9T])(?:[0-9]{1,9}D)?"
    r"(?:T(?=[0-9])(?:[0-9]{1,9}H)?(?:[0-9]{1,9}M)?(?:[0-9]{1,9}S)?)?)"
)
_TIME = r"[0-9]{8}T[0-9]{6}Z?"
_FORMS = {
    "CAL-ADDRESS": re.compile(r"(?i:mailto:[^\s@]+@[^\s@]+|(?!mailto:)[a-z][a-z0-9+.-]*:\S+)"),
    "DURATION": re.compile(_DURATION),
    "PERIOD": re.compile(rf"{_TIME}/(?:{_TIME}|{_DURATION})"),
    "RECUR": re.compile(r"(?=(?:.*;)?FREQ=)[A-Z]+=[A-Z0-9,+-]+(?:;[A-Z]+=[A-Z0-9,+-]+)*+"),
    "URI": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\"<>]+"),
    "UTC-OFFSET": re.compile(r"(?!-0{4}(?:00)?$)[+-][0-9]{2}[0-5][0-9](?:[0-5][0-9])?"),
}
_SAMPLES = {
    "CAL-ADDRESS": "mailto:name@example.org",
    "DATE": "20140908",
    "DATE-TIME": "20140908T140000Z",
    "DURATION": "PT1H",
    "INTEGER": "a whole number from 0 to 2147483647",
    "PERIOD": "20140908T140000Z/PT1H",
    "RECUR": "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
    "URI": "https://example.org/",
    "UTC-OFFSET": "-0400",
}
_BARE_ADDRESS = re.compile(r"[^\s@:]+@[^\s@]+")
_INTEGER = re.compile(r"[0-9]{1,10}")
_YEARS = range(2, 9999)  # whose neighbouring days are in Python's calendar, whatever the offset
_GREATEST = 2**31 - 1
_MOMENT = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")
_LISTS = frozenset({"EXDATE", "FREEBUSY", "RDATE"})
_ESCAPE = re.compile(r"\\(.?)", re.DOTALL)
_UNESCAPED = re.compile(r"(?:[^\\,;]|\\.)*+([,;])", re.DOTALL)


def type_of(found: Property) -> str | None:
    """Name the type of a property's value, stated or by default; None where it has none known."""
    stated = found.parameter("VALUE")
    default = TYPES.get(found.name, (None,))[0]
    return stated.upper() if stated else default


def fault(found: Property) -> str | None:
    """Say what is wrong with a property's value, by its type.

    Args:
        found: The property.

    Returns:
        A sentence, or None where the value is of its type or the type is not checked.

    Source:
        RFC 5545 section 3.3.
    """
    kind = type_of(found)
    if kind in {"TEXT", "TEXTS"}:
        return _text_fault(found.value, alone=TYPES.get(found.name) == ("TEXT",))
    if kind is None or kind not in _SAMPLES:
        return None
    return None if _is_of(found, kind) else f"expected a {kind} such as {_SAMPLES[kind]}"


def _is_of(found: Property, kind: str) -> bool:
    values = found.value.split(",") if found.name in _LISTS else [found.value]
    return all(map(_CHECKS[kind], values))


def unstated(found: Property) -> str | None:
    """Name the type that a value is of, though it doesn't say so as it must.

    Args:
        found: The property, whose value is not of the type that it has by default.

    Returns:
        One of the other types that the property may have; None where the value is of none, or
        states one.

    Source:
        RFC 5545 section 3.2.20.
    """
    if found.parameter("VALUE"):
        return None
    others = TYPES.get(found.name, ())[1:]
    if "BINARY" in others and found.parameter("ENCODING"):
        return "BINARY"
    return next((kind for kind in others if kind in _CHECKS and _is_of(found, kind)), None)


def is_bare_address(text: str) -> bool:
    """Whether a text is an e-mail address that lacks `mailto:` to be a calendar user's.

    >>> is_bare_address("mission@example.org"), is_bare_address("mailto:mission@example.org")
    (True, False)
    """
    return _BARE_ADDRESS.fullmatch(text) is not None


def _text_fault(text: str, *, alone: bool) -> str | None:
    if alone and (bare := _UNESCAPED.match(text)):
        return f"the {'comma' if bare[1] == ',' else 'semicolon'} is not escaped by a backslash"
    if any(escape not in tuple("\\;,nN") for escape in _ESCAPE.findall(text)):
        return "a backslash stands before none of \\ ; , n N"
    return None


def wall(text: str) -> datetime | None:
    """Read a DATE or DATE-TIME as the clocks show it, whatever the zone; None where it is none."""
    found = _MOMENT.fullmatch(text)
    if not found:
        return None
    time = found[2] or "000000"
    # A leap second is valid (RFC 5545 section 3.3.5), and no time that datetime knows.
    time = time[:4] + "59" if time[4:] == "60" else time
    try:
        return datetime.strptime(found[1] + time, "%Y%m%d%H%M%S")  # noqa: DTZ007  # a wall time
    except ValueError:
        return None


def instant(found: Property) -> datetime | None:
    """Read the instant that a time is; None where it has no zone, or one that is not known."""
    local = wall(found.value)
    if local is None or "T" not in found.value:
        return None
    if found.value.endswith("Z"):
        return local.replace(tzinfo=UTC)
    name = found.parameter("TZID")
    info = zone(name) if name else None
    return local.replace(tzinfo=info).astimezone(UTC) if info and local.year in _YEARS else None


def zone(name: str) -> ZoneInfo | None:
    """The zone that the IANA database has under a name; None where it has none."""
    return ZoneInfo(name) if name in _zone_names() else None


@lru_cache(maxsize=1)
def _zone_names() -> frozenset[str]:
    # To look each name up would cost a search of the disk for every one that is made up.
    return frozenset(available_timezones())


def _form(kind: str) -> Callable[[str], bool]:
    return lambda text: _FORMS[kind].fullmatch(text) is not None


_CHECKS: dict[str, Callable[[str], bool]] = {
    **{kind: _form(kind) for kind in _FORMS},
    "DATE": lambda text: "T" not in text and wall(text) is not None,
    "DATE-TIME": lambda text: "T" in text and wall(text) is not None,
    "INTEGER": lambda text: _INTEGER.fullmatch(text) is not None and int(text) <= _GREATEST,
}
