"""Rules for a calendar as a whole: its time zones, its UIDs, its METHOD."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from r2psched.errors import shown
from r2psched.ical import values
from r2psched.ical.methods import METHODS, ONE_UID, STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from r2psched.ical.reading import Component, Property

    Note = Callable[[str, str, str], None]

__all__ = ["check"]

_OTHERS = frozenset({"VTODO", "VJOURNAL", "VFREEBUSY"})
_OUTER = _OTHERS | {"VEVENT"}
_MISREAD = ("COMMENT", "RDATE")


def check(calendar: Component, note: Note) -> None:
    """Note what is wrong with a calendar as a whole.

    Args:
        calendar: The VCALENDAR.
        note: Called with code, place and message for each thing that is wrong.
    """
    if not calendar.components:
        note("calendar-empty", calendar.place(), "the calendar holds no component")
    _zones(calendar, note)
    _uids(calendar, note)
    _method(calendar, note)


def _zones(calendar: Component, note: Note) -> None:
    defined: dict[str, Component] = {}
    for zone in _of(calendar, "VTIMEZONE"):
        _zone(zone, note)
        for name in (found.value for found in zone.all("TZID")[:1]):
            if name in defined:
                note("tzid-twice", zone.place(), f"{shown(name)} is defined a second time")
            defined.setdefault(name, zone)
    begins = {name: _begin(zone) for name, zone in defined.items()}
    used = set()
    for component, found, name in _uses(calendar):
        used.add(name)
        if name in defined:
            begin = begins[name]
            local = values.wall(found.value)
            if begin and local and local < begin:
                message = f"{shown(found.value)} is before the first observance of {shown(name)}"
                note("zone-late", component.place(found), message)
        elif not name.startswith("/"):
            message = f"TZID={shown(name)} is defined by no VTIMEZONE"
            note("tzid-undefined", component.place(found), message)
    for name in sorted(defined.keys() - used):
        note("tzid-unused", defined[name].place(), f"no time refers to {shown(name)}")


def _zone(zone: Component, note: Note) -> None:
    kinds = Counter(inner.name for inner in zone.components)
    if not kinds["STANDARD"] and not kinds["DAYLIGHT"]:
        note("zone-empty", zone.place(), "there is neither STANDARD nor DAYLIGHT")
    elif not kinds["STANDARD"]:
        note("zone-no-standard", zone.place(), "there is DAYLIGHT, but no STANDARD")
    for component in (zone, *zone.components):
        for found in component.properties:
            if found.name in _MISREAD:
                note("zone-misread", component.place(found), f"{found.name} stands in a VTIMEZONE")


def _begin(zone: Component) -> datetime | None:
    onsets = (
        values.wall(start.value) for inner in zone.components for start in inner.all("DTSTART")
    )
    return min((onset for onset in onsets if onset), default=None)


def _uses(component: Component) -> Iterator[tuple[Component, Property, str]]:
    for found in component.properties:
        if name := found.parameter("TZID"):
            yield component, found, name
    for inner in component.components:
        yield from _uses(inner)


def _of(calendar: Component, name: str) -> list[Component]:
    return [component for component in calendar.components if component.name == name]


def _uids(calendar: Component, note: Note) -> None:
    seen: dict[tuple[str, str, str], Component] = {}
    for component in calendar.components:
        uid, instance = component.first("UID"), component.first("RECURRENCE-ID")
        if uid is None:
            continue
        key = (component.name, uid.value, instance.value if instance else "")
        if key in seen:
            message = f"{shown(uid.value)} is also the UID of {seen[key].place()}"
            note("uid-twice", component.place(uid), message)
        seen.setdefault(key, component)


def _method(calendar: Component, note: Note) -> None:
    stated = calendar.first("METHOD")
    if stated is None:
        return
    method = stated.value.upper()
    if method not in METHODS:
        message = f"expected {' or '.join(METHODS)}, got {shown(stated.value)}"
        note("method-unknown", calendar.place(stated), message)
        return
    held = Counter(component.name for component in calendar.components)
    if not held["VEVENT"] and any(held[name] for name in _OTHERS):
        return  # RFC 5546 has other tables for them, and this house writes none
    _presence(calendar, method, held, note)
    events = _of(calendar, "VEVENT")
    for event in events:
        counts = Counter(found.name for found in event.properties)
        counts.update(inner.name for inner in event.components)
        _presence(event, method, counts, note)
        status, allowed = event.first("STATUS"), STATUSES.get(method)
        if status and allowed and status.value.upper() not in allowed:
            message = f"{method} allows {' or '.join(sorted(allowed))}, got {shown(status.value)}"
            note("method-status", event.place(status), message)
    uids = {uid.value for event in events for uid in event.all("UID")}
    if method in ONE_UID and len(uids) > 1:
        message = f"{method} wants one UID in all events, got {len(uids)}"
        note("method-uids", calendar.place(stated), message)


def _presence(component: Component, method: str, counts: Counter[str], note: Note) -> None:
    for name, (least, most) in METHODS[method].items():
        if (name in _OUTER) != (component.name == "VCALENDAR"):
            continue
        if counts[name] < least:
            note("method-missing", component.place(), f"{method} wants {name}, there is none")
        elif counts[name] and most == 0:
            note("method-forbidden", component.place(), f"{method} forbids {name}")
        elif most is not None and counts[name] > most:
            message = f"{method} allows {most} {name}, there are {counts[name]}"
            note("method-count", component.place(), message)
