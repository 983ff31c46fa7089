"""jCal: a calendar as JSON.

icalendar's own `to_jcal` is not used: it knows no NAME, whose commas then keep their backslashes,
and it loses backslashes of parameters when it reads the calendar. The tests hold the two together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NoReturn

from r2psched.errors import InvalidValue, shown
from r2psched.ical.reading import read
from r2psched.ical.values import type_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from r2psched.ical.reading import Component, Property

__all__ = ["jcal"]

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_PARTS_OF = {
    separator: re.compile(rf"(?:[^\\{separator}]|\\.?)*+", re.DOTALL) for separator in ",;"
}
_LISTS = frozenset({"CATEGORIES", "EXDATE", "FREEBUSY", "RDATE", "RESOURCES"})
_CARET = re.compile(r"\^([n^'])")
_MEANT = {"n": "\n", "^": "^", "'": '"'}
_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_TIME = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{2})(Z?)")
_DURATION = re.compile(r"[+-]?P[0-9DHMSTW]+")
_OFFSET = re.compile(r"([+-][0-9]{2})([0-9]{2})([0-9]{2})?")
_WHOLE = re.compile(r"[+-]?[0-9]{1,10}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,100}(?:\.[0-9]{1,100})?")
_TRUTH = re.compile(r"(TRUE)|FALSE", re.IGNORECASE)
_TWO = re.compile(r"([^;]*);([^;]*)")
_RULE = re.compile(r"([A-Z]+)=(.+)", re.IGNORECASE)


def jcal(calendar: bytes) -> list[Any]:
    r"""Tell a calendar in jCal (application/calendar+json).

    Texts without their escapes, times in ISO 8601, numbers as numbers, lists and values of several
    parts taken apart; else every property and component as it stands. Of a property whose type
    nobody has stated, such as X-MICROSOFT-…, the type is "unknown" and the value as it stands.

    Args:
        calendar: The octets of a calendar, as `agenda` or anybody else writes them.

    Returns:
        Plain JSON values: "vcalendar", its properties, its components.

    Raises:
        InvalidValue: If it is no sound calendar, a value that jCal takes apart is not of its type,
            or it has more than 16 MiB.

    Source:
        RFC 7265.

    >>> from r2psched import Day, Programme, Session, agenda
    >>> opening = Session("Opening", Day("2014-09-08", zone="UTC")("10:00-10:20"))
    >>> event = jcal(agenda(Programme("r2p-2014", "Dialogue, the", [opening])))[2][0]
    >>> event[1][1]
    ['dtstart', {}, 'date-time', '2014-09-08T10:00:00Z']
    """
    outermost = read(calendar, _refuse)
    if len(outermost) != 1:
        msg = f"expected one calendar, got {len(outermost)}"
        raise InvalidValue(msg)
    return _component(outermost[0])


def _refuse(code: str, place: str, message: str) -> NoReturn:
    msg = f"the calendar is not sound: {place}: {message} ({code})"
    raise InvalidValue(msg)


def _component(component: Component) -> list[Any]:
    return [
        component.name.lower(),
        [_property(component, found) for found in component.properties],
        [_component(each) for each in component.components],
    ]


def _property(component: Component, found: Property) -> list[Any]:
    kind, told = _STRUCTURED.get(found.name, (type_of(found) or "UNKNOWN", None))
    kind = "TEXT" if kind == "TEXTS" else kind
    values = _parts(found.value, ",") if found.name in _LISTS else [found.value]
    parameters = {
        name.lower(): [_plain(each) for each in several] if len(several) > 1 else _plain(several[0])
        for name, several in found.parameters.items()
        if name != "VALUE"
    }
    try:
        told = told or _TOLD.get(kind, _as_it_stands)
        return [found.name.lower(), parameters, kind.lower(), *map(told, values)]
    except ValueError:
        _refuse("value", component.place(found), f"expected {kind}, got {shown(found.value)}")


def _parts(value: str, separator: str) -> list[str]:
    found, end = list[str](), -1
    while end < len(value) and (part := _PARTS_OF[separator].match(value, end + 1)):
        found.append(part[0])
        end = part.end()
    return found


def _plain(value: str) -> str:
    """A parameter without the escapes of RFC 6868."""
    return _CARET.sub(lambda found: _MEANT[found[1]], value)


def _as_it_stands(value: str) -> str:
    return value


def _text(value: str) -> str:
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def _part(pattern: re.Pattern[str], value: str) -> re.Match[str]:
    found = pattern.fullmatch(value)
    if found is None:
        raise ValueError(value)
    return found


def _date(value: str) -> str:
    return "-".join(_part(_DATE, value).groups())


def _time(value: str) -> str:
    *clock, utc = _part(_TIME, value).groups()
    return ":".join(clock) + utc


def _moment(value: str) -> str:
    date, at, time = value.partition("T")
    return _date(date) + (f"T{_time(time)}" if at else "")


def _period(value: str) -> list[str]:
    start, _, end = value.partition("/")
    return [_moment(start), _part(_DURATION, end)[0] if "P" in end else _moment(end)]


def _offset(value: str) -> str:
    return ":".join(part for part in _part(_OFFSET, value).groups() if part)


def _whole(value: str) -> int:
    return int(_part(_WHOLE, value)[0])


def _decimal(value: str) -> float:
    return float(_part(_DECIMAL, value)[0])


def _truth(value: str) -> bool:
    return _part(_TRUTH, value)[1] is not None


def _place(value: str) -> list[float]:
    return [_decimal(each) for each in _part(_TWO, value).groups()]


def _answer(value: str) -> list[str]:
    """A status, what it means, and what it is about (RFC 5545 section 3.8.8.3)."""
    return [_text(each) for each in _parts(value, ";")]


def _rule(value: str) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, rest in (_part(_RULE, part).groups() for part in value.split(";")):
        values = [
            _moment(each) if name == "UNTIL" else int(each) if _WHOLE.fullmatch(each) else each
            for each in rest.split(",")
        ]
        told[name.lower()] = values if len(values) > 1 else values[0]
    return told


_TOLD: dict[str, Callable[[str], Any]] = {
    "BOOLEAN": _truth,
    "DATE": _date,
    "DATE-TIME": _moment,
    "FLOAT": _decimal,
    "INTEGER": _whole,
    "PERIOD": _period,
    "RECUR": _rule,
    "TEXT": _text,
    "TIME": _time,
    "UTC-OFFSET": _offset,
}
_STRUCTURED: dict[str, tuple[str, Callable[[str], Any]]] = {
    "GEO": ("FLOAT", _place),
    "REQUEST-STATUS": ("TEXT", _answer),
}
