"""A programme as `schedule.xml`."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from r2psched.views.exchange.gathering import gather
from r2psched.views.plain import iso

if TYPE_CHECKING:
    from r2psched.programme import Programme
    from r2psched.views.exchange.values import Event, Schedule

__all__ = ["schedule_xml"]


def schedule_xml(programme: Programme, *, url: str | None = None) -> bytes:
    """Write a programme as `schedule.xml`, the form of frab, pretalx, Giggity and c3voc.

    It says what `schedule_json` does, as far as the form has a place for it: none for the
    description of the whole, the end of an event beside its length, or rooms by themselves; and an
    event has a link with `url` only.

    Args:
        programme: The programme.
        url: Where it is shown to the public.

    Returns:
        The octets of the file; the same programme gives the same.

    Raises:
        InvalidValue: If nothing has a time, a block is longer than 99 h 59 min, which the form
            cannot say, or `url` is no link.

    Source:
        The XML Schema of c3voc, https://c3voc.de/schedule/schema.xsd.

    >>> from r2psched import Day, Programme, Session
    >>> opening = Session("Opening", Day("2014-09-08", zone="UTC")("10:00-10:20"), room="Hall")
    >>> octets = schedule_xml(Programme("r2p-2014", "Dialogue", [opening]))
    >>> octets.split(b"<date>")[1][:25]
    b'2014-09-08T10:00:00+00:00'
    """
    schedule = gather(programme, url)
    root = ET.Element("schedule")
    ET.SubElement(root, "generator", name="r2psched")
    _add(root, "version", schedule.version)
    _conference(ET.SubElement(root, "conference"), schedule)
    for number, day in enumerate(schedule.days, 1):
        of_day = ET.SubElement(
            root,
            "day",
            index=str(number),
            date=day.date.isoformat(),
            start=str(iso(day.start)),
            end=str(iso(day.end)),
        )
        for room, events in day.rooms:
            of_room = ET.SubElement(of_day, "room", name=room.name, guid=room.guid)
            for event in events:
                within = ET.SubElement(of_room, "event", guid=event.guid, id=str(event.id))
                _event(within, schedule, event)
    ET.indent(root)
    octets: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return octets + b"\n"


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = text


def _conference(parent: ET.Element, schedule: Schedule) -> None:
    _add(parent, "title", schedule.title)
    _add(parent, "acronym", schedule.acronym)
    _add(parent, "start", schedule.days[0].date.isoformat())
    _add(parent, "end", schedule.days[-1].date.isoformat())
    _add(parent, "days", str(len(schedule.days)))
    _add(parent, "timeslot_duration", schedule.grid)
    if schedule.url is not None:
        _add(parent, "url", schedule.url)
    _add(parent, "time_zone_name", schedule.zone)
    for track in schedule.tracks:
        ET.SubElement(parent, "track", name=track.name, slug=track.guid)


def _event(parent: ET.Element, schedule: Schedule, event: Event) -> None:
    _add(parent, "room", event.room)
    _add(parent, "title", event.title)
    _add(parent, "subtitle", "")
    _add(parent, "type", event.kind)
    _add(parent, "date", str(iso(event.start)))
    _add(parent, "start", f"{event.start:%H:%M}")
    _add(parent, "duration", event.duration)
    _add(parent, "abstract", event.abstract)
    _add(parent, "slug", event.slug)
    _add(parent, "track", event.track)
    persons = ET.SubElement(parent, "persons")
    for person in event.persons:
        _add(persons, "person", person.name, id=str(person.id), guid=person.guid)
    _add(parent, "language", schedule.lang)
    _add(parent, "description", event.description)
    if event.recorded is not None:
        recording = ET.SubElement(parent, "recording")
        _add(recording, "license", "")
        _add(recording, "optout", "false" if event.recorded else "true")
    links = ET.SubElement(parent, "links")
    for link in event.links:
        _add(links, "link", link.title, href=link.url, type=link.kind)
    ET.SubElement(parent, "attachments")
    if schedule.url is not None:
        _add(parent, "url", schedule.url)
