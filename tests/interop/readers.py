"""Readers of calendars that know nothing of this house, each giving the same plain dicts."""

from __future__ import annotations

import json
import shlex
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ics
import vobject
from ical.calendar_stream import IcsCalendarStream

if TYPE_CHECKING:
    from collections.abc import Callable

    from ical.types import CalAddress

HERE = Path(__file__).parent
NAMES = ("ical.js", "ts-ics", "libical", "ical", "vobject", "ics")

Event = dict[str, Any]
"""uid, summary, description, location, start and end (UTC, ISO 8601), status, sequence, method,
organizer (a person or None), attendees (persons), alarms (UTC, ISO 8601). A person is address,
name, sent_by, role, partstat, rsvp; what is not stated is as RFC 5545 has it by default."""

# vobject keeps the first zone of a name for good, which another file may define for other years.
_ZONES = vars(vobject.icalendar)["__tzidMap"]
_AT_FIRST = dict(_ZONES)
_DEFAULTS = {"role": "REQ-PARTICIPANT", "partstat": "NEEDS-ACTION"}


def utc(moment: date | None) -> str | None:
    """Write an instant as the readers in other languages do."""
    if not isinstance(moment, datetime):
        return None
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}"


def compiled(folder: Path) -> Path:
    """Compile the reader that is made with libical."""
    flags = subprocess.run(
        ["pkg-config", "--cflags", "--libs", "libical"],  # noqa: S607  # found as Debian installs it
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    program = folder / "read_libical"
    command = ["gcc", "-Wall", "-Werror", str(HERE / "read_libical.c"), "-o", str(program)]
    subprocess.run([*command, *shlex.split(flags)], check=True)
    return program


def run(command: list[str], data: bytes) -> list[Event]:
    """Give a calendar to a program, and take its JSON."""
    done = subprocess.run(command, input=data, capture_output=True, cwd=HERE, check=False)
    assert done.returncode == 0, done.stderr.decode()
    events: list[Event] = json.loads(done.stdout)
    return events


def defaulted(events: list[Event]) -> list[Event]:
    """Fill in what an attendee doesn't state; an organiser has no part in it."""
    for event in events:
        for person in event["attendees"]:
            person.update({key: person[key] or value for key, value in _DEFAULTS.items()})
        if event["organizer"]:
            event["organizer"] = {k: event["organizer"][k] for k in ("address", "name", "sent_by")}
    return events


def read_ical(data: bytes) -> list[Event]:
    """Read with the Python package ical."""

    def at(trigger: date | timedelta | None, start: date) -> date | None:
        return start + trigger if isinstance(trigger, timedelta) else trigger

    def person(found: CalAddress) -> Event:
        return {
            "address": str(found.uri),
            "name": found.common_name,
            "sent_by": str(found.sent_by) if found.sent_by else None,
            "role": found.role,
            "partstat": found.status,
            "rsvp": bool(found.rsvp),
        }

    calendar = IcsCalendarStream.calendar_from_ics(data.decode())
    return [
        {
            "uid": event.uid,
            "summary": event.summary,
            "description": event.description,
            "location": event.location,
            "start": utc(event.start),
            "end": utc(event.end),
            "status": event.status.value if event.status else None,
            "sequence": event.sequence or 0,
            "method": calendar.method,
            "organizer": person(event.organizer) if event.organizer else None,
            "attendees": [person(attendee) for attendee in event.attendees],
            "alarms": [utc(at(alarm.trigger, event.start)) for alarm in event.alarm],
        }
        for event in calendar.events
    ]


def read_vobject(data: bytes) -> list[Event]:
    """Read with the Python package vobject."""

    def value(component: Any, name: str) -> Any:  # noqa: ANN401  # vobject ships no types
        return component.contents[name][0].value if name in component.contents else None

    def person(found: Any) -> Event:  # noqa: ANN401  # vobject ships no types
        def stated(name: str) -> str | None:
            return ",".join(found.params[name]) if name in found.params else None

        return {
            "address": found.value,
            "name": stated("CN"),
            "sent_by": stated("SENT-BY"),
            "role": stated("ROLE"),
            "partstat": stated("PARTSTAT"),
            "rsvp": stated("RSVP") == "TRUE",
        }

    _ZONES.clear()
    _ZONES.update(_AT_FIRST)
    calendar = vobject.readOne(data.decode())
    return [
        {
            "uid": value(event, "uid"),
            "summary": value(event, "summary"),
            "description": value(event, "description"),
            "location": value(event, "location"),
            "start": utc(value(event, "dtstart")),
            "end": utc(value(event, "dtend")),
            "status": value(event, "status"),
            "sequence": int(value(event, "sequence") or 0),
            "method": value(calendar, "method"),
            "organizer": next(map(person, event.contents.get("organizer", [])), None),
            "attendees": [person(found) for found in event.contents.get("attendee", [])],
            "alarms": [
                utc(t if isinstance(t, datetime) else value(event, "dtstart") + t)
                for t in (value(alarm, "trigger") for alarm in event.contents.get("valarm", []))
            ],
        }
        for event in calendar.contents.get("vevent", [])
    ]


def read_ics(data: bytes) -> list[Event]:
    """Read with the Python package ics."""

    def at(alarm: Any, event: Any) -> datetime:  # noqa: ANN401  # ics ships no types
        trigger = alarm.trigger
        moment: datetime = getattr(trigger, "datetime", None) or (event.begin + trigger).datetime
        return moment

    def extra(event: Any, name: str) -> str | None:  # noqa: ANN401  # ics ships no types
        return next((line.value for line in event.extra if line.name == name), None)

    def person(found: Any) -> Event:  # noqa: ANN401  # ics ships no types
        return {
            "address": f"mailto:{found.email}",
            "name": found.common_name,
            "sent_by": found.sent_by,
            "role": getattr(found, "role", None),
            "partstat": getattr(found, "partstat", None),
            "rsvp": bool(getattr(found, "rsvp", None)),
        }

    calendar = ics.Calendar(data.decode())
    return [
        {
            "uid": event.uid,
            "summary": event.name,
            "description": event.description,
            "location": event.location,
            "start": utc(event.begin.datetime),
            "end": utc(event.end.datetime),
            "status": event.status,
            "sequence": int(extra(event, "SEQUENCE") or 0),
            "method": calendar.method,
            "organizer": person(event.organizer) if event.organizer else None,
            "attendees": [person(attendee) for attendee in event.attendees],
            "alarms": [utc(at(alarm, event)) for alarm in event.alarms],
        }
        for event in calendar.events
    ]


def readers(folder: Path) -> dict[str, Callable[[bytes], list[Event]]]:
    """Make all readers; the folder is for what has to be compiled."""
    libical = str(compiled(folder))
    functions: tuple[Callable[[bytes], list[Event]], ...] = (
        lambda data: run(["node", str(HERE / "read_ical_js.mjs")], data),
        lambda data: run(["node", str(HERE / "read_ts_ics.mjs")], data),
        lambda data: run([libical], data),
        read_ical,
        read_vobject,
        read_ics,
    )
    return {
        name: lambda data, read=read: defaulted(read(data))  # type: ignore[misc]  # bound at once
        for name, read in zip(NAMES, functions, strict=True)
    }
