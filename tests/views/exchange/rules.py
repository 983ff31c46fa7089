"""What `schedule.xml` and `schedule.json` must be, in this house's words.

The schemas that c3voc publishes (https://c3voc.de/schedule/schema.xsd and schema.json) are under
the EUPL 1.2, so they are not part of this repository. These rules say of the parts that are written
here what the schemas say of them, and are narrower where a reader takes less. `make interop` holds
the files against the schemas themselves where `C3VOC_SCHEDULE` names a checkout of their source.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from tests.views.schemas import formats

if TYPE_CHECKING:
    from collections.abc import Iterator

_UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
_DATE = r"\d{4}-\d\d-\d\d"
_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
_LENGTH = r"\d\d:[0-5]\d"
_LINK = r"https?://\S+"
_URI = r"(https?://\S+|urn:uuid:\S+)"
_NUMBER = r"[1-9]\d{0,9}"
_ACRONYM = r"[a-z0-9_]{4,}"
_SLUG = r"[a-z0-9_]{4,}-[a-z0-9_-]{3,}[a-z0-9]"
_TRACK = r"[a-z][a-z0-9-]*[a-z0-9]"
_LINE = r"\S(.*\S)?"
_ANY = r"(?s:.*)"

XML: dict[str, tuple[dict[str, str], dict[str, str] | str]] = {
    # The attributes of an element; then its elements with how often each may be there, or its text.
    "schedule": ({}, {"generator": "1", "version": "1", "conference": "1", "day": "+"}),
    "schedule/generator": ({"name": "r2psched"}, ""),
    "schedule/version": ({}, _LINE),
    "schedule/conference": (
        {},
        {
            "title": "1",
            "acronym": "1",
            "start": "1",
            "end": "1",
            "days": "1",
            "timeslot_duration": "1",
            "url": "?",
            "time_zone_name": "1",
            "track": "+",
        },
    ),
    "conference/title": ({}, _LINE),
    "conference/acronym": ({}, _ACRONYM),
    "conference/start": ({}, _DATE),
    "conference/end": ({}, _DATE),
    "conference/days": ({}, _NUMBER),
    "conference/timeslot_duration": ({}, _LENGTH),
    "conference/url": ({}, _LINK),
    "conference/time_zone_name": ({}, r"\S+"),
    "conference/track": ({"name": _LINE, "slug": _TRACK}, ""),
    "schedule/day": (
        {"index": _NUMBER, "date": _DATE, "start": _MOMENT, "end": _MOMENT},
        {"room": "+"},
    ),
    "day/room": ({"name": _LINE, "guid": _UUID}, {"event": "+"}),
    "room/event": (
        {"guid": _UUID, "id": _NUMBER},
        {
            "room": "1",
            "title": "1",
            "subtitle": "1",
            "type": "1",
            "date": "1",
            "start": "1",
            "duration": "1",
            "abstract": "1",
            "slug": "1",
            "track": "1",
            "persons": "1",
            "language": "1",
            "description": "1",
            "recording": "?",
            "links": "1",
            "attachments": "1",
            "url": "?",
        },
    ),
    "event/room": ({}, _LINE),
    "event/title": ({}, _LINE),
    "event/subtitle": ({}, ""),
    "event/type": ({}, _LINE),
    "event/date": ({}, _MOMENT),
    "event/start": ({}, _CLOCK),
    "event/duration": ({}, _LENGTH),
    "event/abstract": ({}, _ANY),
    "event/slug": ({}, _SLUG),
    "event/track": ({}, _LINE),
    "event/persons": ({}, {"person": "*"}),
    "persons/person": ({"id": _NUMBER, "guid": _UUID}, _LINE),
    "event/language": ({}, r"[a-z]{2,3}(-[A-Za-z0-9]+)*"),
    "event/description": ({}, _ANY),
    "event/recording": ({}, {"license": "1", "optout": "1"}),
    "recording/license": ({}, ""),
    "recording/optout": ({}, "true|false"),
    "event/links": ({}, {"link": "*"}),
    "links/link": ({"href": _LINK, "type": "paper|media"}, _LINE),
    "event/attachments": ({}, {}),
    "event/url": ({}, _LINK),
}
_TIMES = {"1": "{1}", "?": "?", "+": "+", "*": "*"}


def _like(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^(?:{pattern})$"}


def _closed(properties: dict[str, Any], *optional: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": [key for key in properties if key not in optional],
        "additionalProperties": False,
    }


_MOMENT_JSON = {"type": "string", "format": "date-time"}
_DATE_JSON = {"type": "string", "format": "date"}
_ID = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
_EVENT = _closed(
    {
        "guid": _like(_UUID),
        "id": _ID,
        "date": _MOMENT_JSON,
        "start": _like(_CLOCK),
        "end": _MOMENT_JSON,
        "duration": _like(_LENGTH),
        "room": _like(_LINE),
        "slug": _like(_SLUG),
        "url": _like(_URI),
        "title": _like(_LINE),
        "subtitle": {"const": ""},
        "track": _like(_LINE),
        "type": _like(_LINE),
        "language": {"type": "string"},
        "abstract": {"type": "string"},
        "description": {"type": "string"},
        "do_not_record": {"type": ["boolean", "null"]},
        "persons": {
            "type": "array",
            "items": _closed({"id": _ID, "guid": _like(_UUID), "name": _like(_LINE)}),
        },
        "links": {
            "type": "array",
            "items": _closed(
                {"title": _like(_LINE), "url": _like(_LINK), "type": {"enum": ["paper", "media"]}}
            ),
        },
        "attachments": {"type": "array", "maxItems": 0},
    }
)
_DAY = _closed(
    {
        "index": {"type": "integer", "minimum": 1},
        "date": _DATE_JSON,
        "day_start": _MOMENT_JSON,
        "day_end": _MOMENT_JSON,
        "rooms": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": {"type": "array", "minItems": 1, "items": _EVENT},
        },
    }
)
_CONFERENCE = _closed(
    {
        "acronym": _like(_ACRONYM),
        "title": _like(_LINE),
        "description": {"type": "string", "minLength": 1},
        "start": _DATE_JSON,
        "end": _DATE_JSON,
        "daysCount": {"type": "integer", "minimum": 1},
        "timeslot_duration": _like(_LENGTH),
        "time_zone_name": {"type": "string", "pattern": "^([A-Z][a-z]+/[A-Z][a-z]+)|UTC$"},
        "url": _like(_LINK),
        "rooms": {
            "type": "array",
            "items": _closed({"name": _like(_LINE), "guid": _like(_UUID)}),
        },
        "tracks": {
            "type": "array",
            "items": _closed({"name": _like(_LINE), "slug": _like(_TRACK)}),
        },
        "days": {"type": "array", "minItems": 1, "items": _DAY},
    },
    "description",
    "time_zone_name",
    "url",
)
JSON = Draft202012Validator(
    _closed(
        {
            "$schema": {"const": "https://c3voc.de/schedule/schema.json"},
            "generator": _closed({"name": {"const": "r2psched"}}),
            "schedule": _closed({"version": _like(_LINE), "conference": _CONFERENCE}),
        }
    ),
    format_checker=formats,
)


def xml_faults(octets: bytes) -> Iterator[str]:
    """Tell whatever in a `schedule.xml` is against the rules."""
    yield from _faults(ET.fromstring(octets), "schedule")  # noqa: S314  # the test's own file


def _faults(element: ET.Element, path: str) -> Iterator[str]:
    attributes, inner = XML[path]
    if element.attrib.keys() != attributes.keys():
        yield f"{path} has the attributes {[*element.attrib]}"
    for name, value in element.attrib.items():
        if not re.fullmatch(attributes.get(name, ""), value):
            yield f"{path}/@{name} is {value!r}"
    text = element.text or ""
    if isinstance(inner, str):
        if len(element) or not re.fullmatch(inner, text):
            yield f"{path} is {text!r}"
        return
    pattern = "".join(f"(?:{name} ){_TIMES[times]}" for name, times in inner.items())
    held = "".join(f"{each.tag} " for each in element)
    if text.strip() or not re.fullmatch(pattern, held):
        yield f"{path} holds {held}"
        return
    for each in element:
        yield from _faults(each, f"{element.tag}/{each.tag}")
