"""A programme as `schedule.json`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from r2psched.views.exchange.gathering import gather
from r2psched.views.plain import iso

if TYPE_CHECKING:
    from r2psched.programme import Programme
    from r2psched.views.exchange.values import Day, Event, Named, Schedule

__all__ = ["schedule_json"]

_SCHEMA = "https://c3voc.de/schedule/schema.json"
# The schema knows the zones of continents and towns, and no others.
_ZONE = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+|UTC$")


def schedule_json(programme: Programme, *, url: str | None = None) -> dict[str, Any]:
    """Tell a programme as `schedule.json`, the form of c3voc, frab and pretalx.

    Every block of a session is an event with a guid and an id of its own; they stay the same
    while the ids of programme and session and the order of its blocks do. Nothing in it is an
    e-mail address, a list of speakers or its note. Sessions without a time are left out.

    Args:
        programme: The programme.
        url: Where it is shown to the public; without it the `url` of an event is its guid as a
            URN.

    Returns:
        Plain JSON values; the same programme gives the same.

    Raises:
        InvalidValue: If nothing has a time, a block is longer than 99 h 59 min, which the form
            cannot say, or `url` is no link.

    Source:
        The JSON Schema of c3voc, https://c3voc.de/schedule/schema.json.

    >>> from r2psched import Day, Programme, Session
    >>> opening = Session("Opening", Day("2014-09-08", zone="UTC")("10:00-10:20"), room="Hall")
    >>> told = schedule_json(Programme("r2p-2014", "Dialogue", [opening]))
    >>> [event["title"] for event in told["schedule"]["conference"]["days"][0]["rooms"]["Hall"]]
    ['Opening']
    """
    schedule = gather(programme, url)
    conference = {
        "acronym": schedule.acronym,
        "title": schedule.title,
        **({"description": schedule.description} if schedule.description else {}),
        "start": schedule.days[0].date.isoformat(),
        "end": schedule.days[-1].date.isoformat(),
        "daysCount": len(schedule.days),
        "timeslot_duration": schedule.grid,
        **({"time_zone_name": schedule.zone} if _ZONE.match(schedule.zone) else {}),
        **({} if schedule.url is None else {"url": schedule.url}),
        "rooms": [{"name": room.name, "guid": room.guid} for room in schedule.rooms],
        "tracks": [{"name": track.name, "slug": track.guid} for track in schedule.tracks],
        "days": [_day(schedule, number, day) for number, day in enumerate(schedule.days, 1)],
    }
    return {
        "$schema": _SCHEMA,
        "generator": {"name": "r2psched"},
        "schedule": {"version": schedule.version, "conference": conference},
    }


def _day(schedule: Schedule, number: int, day: Day) -> dict[str, Any]:
    return {
        "index": number,
        "date": day.date.isoformat(),
        "day_start": iso(day.start),
        "day_end": iso(day.end),
        "rooms": {
            room.name: [_event(schedule, event) for event in events] for room, events in day.rooms
        },
    }


def _event(schedule: Schedule, event: Event) -> dict[str, Any]:
    return {
        "guid": event.guid,
        "id": event.id,
        "date": iso(event.start),
        "start": f"{event.start:%H:%M}",
        "end": iso(event.end),
        "duration": event.duration,
        "room": event.room,
        "slug": event.slug,
        "url": schedule.url or f"urn:uuid:{event.guid}",
        "title": event.title,
        "subtitle": "",
        "track": event.track,
        "type": event.kind,
        "language": schedule.lang,
        "abstract": event.abstract,
        "description": event.description,
        "do_not_record": None if event.recorded is None else not event.recorded,
        "persons": [_person(person) for person in event.persons],
        "links": [
            {"title": link.title, "url": link.url, "type": link.kind} for link in event.links
        ],
        "attachments": [],
    }


def _person(person: Named) -> dict[str, Any]:
    return {"id": person.id, "guid": person.guid, "name": person.name}
