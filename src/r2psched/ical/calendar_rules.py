"""Rules for a calendar as a whole: its UIDs and its METHOD."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from r2psched.errors import shown
from r2psched.ical import zone_rules
from r2psched.ical.methods import METHODS, ONE_UID, STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable

    from r2psched.ical.reading import Component

    Note = Callable[[str, str, str], None]

__all__ = ["check"]

_OTHERS = frozenset({"VTODO", "VJOURNAL", "VFREEBUSY"})
_OUTER = _OTHERS | {"VEVENT", "VTIMEZONE"}


def check(calendar: Component, note: Note) -> None:
    """Note what is wrong with a calendar as a whole.

    Args:
        calendar: The VCALENDAR.
        note: Called with code, place and message for each thing that is wrong.
    """
    if not calendar.components:
        note("calendar-empty", calendar.place(), "the calendar holds no component")
    zone_rules.check(calendar, note)
    _uids(calendar, note)
    _method(calendar, note)


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
