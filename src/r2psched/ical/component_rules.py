"""Rules for one component at a time: which properties it holds, and what stands in them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from r2psched.errors import shown
from r2psched.ical import values
from r2psched.ical.grammar import (
    ADDRESS_PARAMETERS,
    ALARMS,
    ANSWERS,
    COMPONENTS,
    ONLY_UTC,
    PARAMETER_WORDS,
    STATED_VALUE,
    TYPES,
    WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from r2psched.ical.reading import Component, Property

    Note = Callable[[str, str, str], None]

__all__ = ["check"]

_ENDS = {"VEVENT": "DTEND", "VTODO": "DUE", "VFREEBUSY": "DTEND"}
_OBSERVANCES = frozenset({"STANDARD", "DAYLIGHT"})
_FLOATING = frozenset({"DTSTART", "DTEND", "DUE", "RECURRENCE-ID", "EXDATE", "RDATE"})


def check(component: Component, note: Note, parent: str = "", method: str | None = None) -> None:
    """Note what is wrong with a component and the components in it.

    Args:
        component: The component.
        note: Called with code, place and message for each thing that is wrong.
        parent: The component around it.
        method: The METHOD of the calendar, where there is one.
    """
    rule = COMPONENTS.get(component.name)
    if rule is None:
        if not component.name.startswith("X-"):
            message = f"{shown(component.name)} is no component of RFC 5545"
            note("component-uncommon", component.place(), message)
        return
    if parent and parent not in rule.parents:
        message = f"{component.name} stands in {shown(parent)}"
        note("component-misplaced", component.place(), message)
    if component.name == "VCALENDAR" and (stated := component.first("METHOD")):
        method = stated.value
    _presence(component, note, method)
    for found in component.properties:
        _value(component, found, note)
        _parameters(component, found, note)
    _end(component, note)
    for inner in component.components:
        check(inner, note, component.name, method)


def _presence(component: Component, note: Note, method: str | None) -> None:
    rule = COMPONENTS[component.name]
    counts = Counter(found.name for found in component.properties)
    required = rule.required
    if component.name == "VEVENT" and method is None:
        required |= {"DTSTART"}
    if action := component.first("ACTION"):
        required |= ALARMS.get(action.value.upper(), frozenset())
    for name in sorted(required - counts.keys()):
        note("missing", component.place(), f"there is no {name}")
    for name in sorted(rule.required | rule.once):
        if counts[name] > 1:
            note("repeated", component.place(), f"there are {counts[name]} {name}, 1 at most")
    known = rule.required | rule.once | rule.many
    for found in component.properties:
        if found.name not in known and not found.name.startswith("X-"):
            message = f"{shown(found.name)} is no property of {component.name}"
            note("property-unknown", component.place(found), message)


def _value(component: Component, found: Property, note: Note) -> None:
    kind, stated = values.type_of(found), found.parameter("VALUE")
    allowed = TYPES.get(found.name)
    if found.name in STATED_VALUE and not stated:
        message = f"{found.name} doesn't state VALUE={' or '.join(allowed or ())}"
        note("value-type", component.place(found), message)
    elif allowed and stated and kind not in {t.replace("TEXTS", "TEXT") for t in allowed}:
        message = f"VALUE={shown(kind)} is not allowed here, but {' or '.join(allowed)}"
        note("value-type", component.place(found), message)
    elif fault := values.fault(found):
        _fault(fault, component.place(found), found, note)
    elif kind == "DATE-TIME":
        _time(component, found, note)
    words = WORDS.get((component.name, found.name))
    if words and found.value.upper() not in words:
        message = f"expected {' or '.join(sorted(words))}, got {shown(found.value)}"
        note("word", component.place(found), message)


def _fault(fault: str, place: str, found: Property, note: Note) -> None:
    kind = values.type_of(found)
    if unstated := values.unstated(found):
        message = f"{found.name} doesn't state VALUE={unstated}, got {shown(found.value)}"
        note("value-type", place, message)
    elif kind == "CAL-ADDRESS" and values.is_bare_address(found.value):
        note("mailto", place, f"there is no mailto: before {shown(found.value)}")
    else:
        code = "text-escape" if kind in {"TEXT", "TEXTS"} else "value"
        note(code, place, f"{fault}, got {shown(found.value)}")


def _time(component: Component, found: Property, note: Note) -> None:
    utc = found.value.endswith("Z")
    zone = found.parameter("TZID")
    if component.name in _OBSERVANCES:
        if utc or zone:
            note(
                "zone-onset",
                component.place(found),
                f"the onset {shown(found.value)} is not local time",
            )
    elif found.name in ONLY_UTC or found.name == "TRIGGER":
        if not utc:
            note("not-utc", component.place(found), f"the time {shown(found.value)} is not in UTC")
    elif utc and zone:
        note("tzid-misplaced", component.place(found), f"a time in UTC has TZID={shown(zone)}")
    elif not utc and not zone and found.name in _FLOATING:
        message = f"the time {shown(found.value)} is in no zone: every reader takes its own"
        note("floating", component.place(found), message)


def _parameters(component: Component, found: Property, note: Note) -> None:
    vocabularies = PARAMETER_WORDS
    if component.name in ANSWERS:
        vocabularies = vocabularies | {"PARTSTAT": ANSWERS[component.name]}
    for name, stated in found.parameters.items():
        for address in filter(values.is_bare_address, stated if name in ADDRESS_PARAMETERS else ()):
            message = f"{name}: there is no mailto: before {shown(address)}"
            note("mailto", component.place(found), message)
        for word in stated if name in vocabularies else ():
            if word.upper() not in vocabularies[name] and not word.upper().startswith("X-"):
                expected = " or ".join(sorted(vocabularies[name]))
                message = f"{name}: expected {expected}, got {shown(word)}"
                note("word", component.place(found), message)


def _end(component: Component, note: Note) -> None:
    start, duration = component.first("DTSTART"), component.first("DURATION")
    end = component.first(_ENDS.get(component.name, ""))
    if component.name == "VEVENT" and duration:
        message = "DURATION stands in an event"
        note("duration-in-event", component.place(duration), message)
    if end and duration:
        note("end-twice", component.place(end), f"{end.name} and DURATION stand together")
    if not (start and end):
        return
    kinds = [_kind(found) for found in (start, end)]
    if kinds[0] != kinds[1]:
        message = f"DTSTART is {kinds[0]}, {end.name} is {kinds[1]}"
        note("end-kind", component.place(end), message)
        return
    began, ended = (values.instant(found) for found in (start, end))
    if began is None or ended is None:
        if start.parameters.get("TZID") != end.parameters.get("TZID"):
            return
        began, ended = (values.wall(found.value) for found in (start, end))
    if began and ended and ended <= began:
        message = f"{end.name} {shown(end.value)} is not after DTSTART {shown(start.value)}"
        note("end-order", component.place(end), message)


def _kind(found: Property) -> str:
    if "DATE" in {values.type_of(found), values.unstated(found)}:
        return "a date"
    zoned = found.value.endswith("Z") or found.parameter("TZID")
    return "a time with a zone" if zoned else "a time without a zone"
