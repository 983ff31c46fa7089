"""Our content lines, read by readers that others wrote: each value comes back as it was given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from r2psched.ical.components import calendar, component
from r2psched.ical.lines import (
    address_line,
    duration_line,
    integer_line,
    text_line,
    texts_line,
    uri_line,
    utc_line,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.interop.readers import Event

START = int(datetime(2014, 9, 8, 14, tzinfo=UTC).timestamp()) * 1_000_000
HOUR = 3_600_000_000


def display(trigger: bytes) -> bytes:
    """Write an alarm."""
    return component(
        "VALARM", [text_line("ACTION", "DISPLAY"), text_line("DESCRIPTION", "soon"), trigger]
    )


def written(summary: str, description: str = "x") -> bytes:
    """Write an event that has all that readers tell of."""
    event = component(
        "VEVENT",
        [
            text_line("UID", "floor@example.org"),
            utc_line("DTSTAMP", START),
            utc_line("DTSTART", START),
            utc_line("DTEND", START + HOUR),
            text_line("SUMMARY", summary),
            text_line("DESCRIPTION", description),
            text_line("LOCATION", "Trusteeship Council Chamber, United Nations; New York"),
            text_line("STATUS", "TENTATIVE"),
            integer_line("SEQUENCE", 3),
            texts_line("CATEGORIES", ["dialogue", "peace, security"]),
            uri_line("CONFERENCE", "https://example.org/live", feature=("AUDIO", "VIDEO")),
            address_line("ORGANIZER", "office@example.org", cn='Office of the "President"'),
            address_line(
                "ATTENDEE",
                "mission@example.org",
                cn="Mission of C\u00f4te d'Ivoire; New York",
                role="REQ-PARTICIPANT",
                partstat="NEEDS-ACTION",
                rsvp=True,
            ),
            display(duration_line("TRIGGER", -timedelta(hours=1, minutes=30))),
            display(utc_line("TRIGGER", START - 93 * HOUR, value_parameter=True)),
        ],
    )
    return calendar("-//r2psched//EN", [text_line("METHOD", "REQUEST"), event])


CUT = "\"Mission of C\u00f4te d'Ivoire"  # ts-ics 2.4.6 ends a quoted parameter at its semicolon


def test_every_value_comes_back(reader_name: str, reader: Callable[[bytes], list[Event]]) -> None:
    """Times, people, alarms and texts are read as they were given."""
    (event,) = reader(written("Dialogue"))
    name = CUT if reader_name == "ts-ics" else "Mission of C\u00f4te d'Ivoire; New York"
    event["alarms"] = sorted(event["alarms"])
    assert event == {
        "uid": "floor@example.org",
        "summary": "Dialogue",
        "description": "x",
        "location": "Trusteeship Council Chamber, United Nations; New York",
        "start": "2014-09-08T14:00:00.000Z",
        "end": "2014-09-08T15:00:00.000Z",
        "status": "TENTATIVE",
        "sequence": 3,
        "method": "REQUEST",
        "organizer": {
            "address": "mailto:office@example.org",
            "name": "Office of the “President”",
            "sent_by": None,
        },
        "attendees": [
            {
                "address": "mailto:mission@example.org",
                "name": name,
                "sent_by": None,
                "role": "REQ-PARTICIPANT",
                "partstat": "NEEDS-ACTION",
                "rsvp": True,
            }
        ],
        "alarms": ["2014-09-04T17:00:00.000Z", "2014-09-08T12:30:00.000Z"],
    }


TEXTS = (
    "one, two; three: four",
    "line\nand line",
    r"C:\New",
    r"C:\temp\\",
    'straight "quotes" and ^ and ^n',
    "\u00e9\u00f1 \u65e5\u672c \U0001f54a;" * 30,
    "x" * 500,
    "tab\there",
)
BACKSLASHES = "ics 0.7.3 undoes the escapes one after the other, so it reads \\\\N as a line break"


@pytest.mark.parametrize("text", TEXTS, ids=[text[:8] for text in TEXTS])
def test_texts_come_back(
    text: str, reader_name: str, reader: Callable[[bytes], list[Event]]
) -> None:
    """Escapes, folds and letters of all scripts are undone by every reader."""
    if reader_name == "ics" and r"\N" in text:
        pytest.skip(BACKSLASHES)
    (event,) = reader(written("Dialogue", text))
    assert event["description"] == text
