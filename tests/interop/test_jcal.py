"""jCal, read by ical.js, whose own form it is."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import r2psched as r2
from r2psched.ical import jcal
from tests.ical.meetings import OFFICE, forum

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.interop.readers import Event

FILES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))
PARSE = """
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
process.stdout.write(JSON.stringify(ICAL.parse(readFileSync(0, "utf8"))));
"""
FOREIGN = rb"""
UID:a
DTSTAMP:20140101T000000Z
DTSTART;TZID=Europe/Zurich:20140908T100000
DTEND;VALUE=DATE:20140909
RRULE:FREQ=MONTHLY;BYDAY=MO,-1TU;BYMONTHDAY=5;UNTIL=20141001T000000Z
EXDATE:20140915T100000Z,20140922T100000Z
EXDATE;VALUE=DATE:20140915
RDATE;VALUE=PERIOD:20140916T100000Z/PT1H,20140917T100000Z/20140917T120000Z
GEO:37.386013;-122.082932
REQUEST-STATUS:2.0;Success
REQUEST-STATUS:3.1;No\; such;X:a\,b
CATEGORIES:a\,b,c
RESOURCES:x,y
ATTENDEE;MEMBER="mailto:a@e.org","mailto:b@e.org":mailto:c@e.org
ATTACH;ENCODING=BASE64;VALUE=BINARY:AAEC
TRIGGER;VALUE=DATE-TIME:20140908T100000Z
DURATION:PT1H
PERCENT-COMPLETE:5
TZOFFSETTO:-003408
URL:https://example.org/a,b;c
X-BOOL;VALUE=BOOLEAN:TRUE
X-FLOAT;VALUE=FLOAT:1.5
X-TIME;VALUE=TIME:123000
X-FOO:bar\,baz
"""
HOSTILE = 'C:\\New, a; b "q"\nsecond\\nd 日本 ' * 5


@pytest.fixture
def read(all_readers: dict[str, Callable[[bytes], list[Event]]]) -> Callable[[bytes], list[Event]]:
    """ical.js, which takes both forms."""
    return all_readers["ical.js"]


def agree(read: Callable[[bytes], list[Event]], data: bytes) -> None:
    """Hold what ical.js reads in jCal against what it reads in the calendar."""
    events = read(json.dumps(jcal(data)).encode())
    assert events
    assert events == read(data)


@pytest.mark.parametrize("utc", [False, True])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_examples(path: Path, read: Callable[[bytes], list[Event]], *, utc: bool) -> None:
    """The events of every example are the same in both, with the clocks that each brings."""
    agree(read, r2.agenda(r2.read(path), utc=utc))


def test_hostile_texts(read: Callable[[bytes], list[Event]]) -> None:
    """So are texts full of escapes, and people."""
    meeting = attrs.evolve(forum(), title=HOSTILE, venue=HOSTILE, organiser=OFFICE)
    agree(read, r2.agenda(meeting))


def test_what_agendas_do_not_have() -> None:
    """Properties and types of other calendars are told as ical.js tells them."""
    lines = [*FOREIGN.strip().splitlines(), b"BEGIN:VFREEBUSY", b"UID:b"]
    busy = b"FREEBUSY:20140916T100000Z/PT1H,20140917T100000Z/PT30M"
    head = [b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:x", b"BEGIN:VEVENT"]
    tail = [b"END:VFREEBUSY", b"END:VEVENT", b"END:VCALENDAR", b""]
    data = b"\r\n".join([*head, *lines, busy, *tail])
    command = ["node", "--input-type=module", "--eval", PARSE]
    done = subprocess.run(
        command, input=data, capture_output=True, check=True, cwd=Path(__file__).parent
    )
    theirs: list[Any] = json.loads(done.stdout)
    assert jcal(data) == theirs
