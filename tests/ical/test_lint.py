"""The lint: each rule told on a file that breaks it alone, and no input that breaks the lint."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.ical import reading
from r2psched.ical.components import calendar, component
from r2psched.ical.lines import text_line, time_line, utc_line
from r2psched.ical.lint import CODES, lint
from r2psched.ical.reports import SAME_CODE_AT_MOST
from r2psched.ical.zones import vtimezone

EVENT = ("UID:1@example.org", "DTSTAMP:20140801T120000Z", "DTSTART:20140908T140000Z")
ALARM = ("BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:x", "TRIGGER:-PT1H", "END:VALARM")
STANDARD = (
    "BEGIN:STANDARD",
    "DTSTART:20131103T020000",
    "TZOFFSETFROM:-0400",
    "TZOFFSETTO:-0500",
    "END:STANDARD",
)
DAYLIGHT = (
    "BEGIN:DAYLIGHT",
    "DTSTART:20140309T020000",
    "TZOFFSETFROM:-0500",
    "TZOFFSETTO:-0400",
    "END:DAYLIGHT",
)
NEW_YORK = "America/New_York"
LOCAL = (*EVENT[:2], f"DTSTART;TZID={NEW_YORK}:20140908T100000")


def file(*lines: str) -> bytes:
    """Write a calendar of these lines."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN")
    return "".join(f"{line}\r\n" for line in (*head, *lines, "END:VCALENDAR")).encode()


def event(*lines: str) -> bytes:
    """Write a calendar of one event that holds these lines and all that it must."""
    return file("BEGIN:VEVENT", *EVENT, *lines, "END:VEVENT")


def zoned(*lines: str) -> bytes:
    """Write a calendar of one event in a zone that is defined by these lines."""
    zone = ("BEGIN:VTIMEZONE", f"TZID:{NEW_YORK}", *lines, "END:VTIMEZONE")
    return file(*zone, "BEGIN:VEVENT", *LOCAL, "END:VEVENT")


def codes(data: bytes) -> list[str]:
    """Name the codes of all findings."""
    return [finding.code for finding in lint(data)]


BROKEN = {
    "bom": b"\xef\xbb\xbf" + event(),
    "control": event("SUMMARY:bell\x07"),
    "encoding": event("SUMMARY:x").replace(b"SUMMARY:x", b"SUMMARY:\xff"),
    "fold-split": event("SUMMARY:x").replace(b"SUMMARY:x", b"SUMMARY:\xc3\r\n \xa9"),
    "line-blank": event("", "SUMMARY:x"),
    "line-end": event("SUMMARY:x").replace(b"SUMMARY:x\r\n", b"SUMMARY:x\n"),
    "line-long": event("SUMMARY:" + "x" * 68),
    "syntax": event("SUMMARY"),
    "nesting": event().replace(b"END:VEVENT\r\n", b""),
    "calendar-count": event() + event(),
    "calendar-empty": file(),
    "component-misplaced": file(*ALARM),
    "component-uncommon": event("BEGIN:PARTICIPANT", "END:PARTICIPANT"),
    "missing": event().replace(b"UID:1@example.org\r\n", b""),
    "repeated": event("SUMMARY:x", "SUMMARY:y"),
    "property-unknown": event("SUMARY:x"),
    "end-twice": event("DTEND:20140908T150000Z", "DURATION:PT1H"),
    "duration-in-event": event("DURATION:PT1H"),
    "value": event("SEQUENCE:one"),
    "text-escape": event("SUMMARY:a, b"),
    "value-type": file("REFRESH-INTERVAL:PT1H", "BEGIN:VEVENT", *EVENT, "END:VEVENT"),
    "mailto": event("ORGANIZER:office@example.org"),
    "word": event("STATUS:MAYBE"),
    "not-utc": event("LAST-MODIFIED:20140801T120000"),
    "tzid-misplaced": zoned(*STANDARD).replace(b"100000\r\nEND:VEVENT", b"100000Z\r\nEND:VEVENT"),
    "floating": event().replace(b"140000Z", b"140000"),
    "end-kind": event("DTEND;VALUE=DATE:20140909"),
    "end-order": event("DTEND:20140908T140000Z"),
    "tzid-undefined": file("BEGIN:VEVENT", *LOCAL, "END:VEVENT"),
    "tzid-unknown": zoned(*STANDARD).replace(NEW_YORK.encode(), b"Eastern Standard Time"),
    "tzid-twice": zoned(
        *STANDARD, "END:VTIMEZONE", "BEGIN:VTIMEZONE", f"TZID:{NEW_YORK}", *STANDARD
    ),
    "tzid-unused": file("BEGIN:VTIMEZONE", f"TZID:{NEW_YORK}", *STANDARD, "END:VTIMEZONE"),
    "zone-empty": zoned(),
    "zone-no-standard": zoned(*DAYLIGHT),
    "zone-onset": zoned(*STANDARD).replace(b"20131103T020000", b"20131103T020000Z"),
    "zone-onset-offset": zoned(*STANDARD, *DAYLIGHT).replace(b"09T02", b"09T03"),
    "zone-late": zoned(*STANDARD).replace(b"20131103T020000", b"20141102T020000"),
    "zone-misread": zoned("COMMENT:from 2013", *STANDARD),
    "uid-twice": file("BEGIN:VEVENT", *EVENT, "END:VEVENT", "BEGIN:VEVENT", *EVENT, "END:VEVENT"),
}


@pytest.mark.parametrize("code", BROKEN)
def test_each_rule(code: str) -> None:
    """A file that breaks one rule has that finding, whose severity and remedy the code gives."""
    findings = lint(BROKEN[code])
    assert {finding.code for finding in findings} - {"duration-in-event"} <= {code}
    told = next(finding for finding in findings if finding.code == code)
    assert (told.severity, told.remedy) == (CODES[code].severity, CODES[code].remedy)


PEOPLE = ("ORGANIZER:mailto:office@example.org", "ATTENDEE:mailto:mission@example.org")


def message(method: str, *lines: str) -> bytes:
    """Write a message of a method about one event that holds these lines and all that it must."""
    sound = ("BEGIN:VEVENT", *EVENT, "SUMMARY:Chile", *lines, "END:VEVENT")
    return file(f"METHOD:{method}", *sound)


def without(data: bytes, *names: bytes) -> bytes:
    """Leave the lines of some properties out."""
    return b"".join(x for x in data.splitlines(keepends=True) if not x.startswith(names))


TWICE = (*EVENT, "END:VEVENT", "BEGIN:VEVENT", *EVENT)
LATER = DAYLIGHT[0], "DTSTART:20140309T030000", *DAYLIGHT[2:]
MUST_BE_FOUND = {
    "LF ends": (event().replace(b"\r\n", b"\n"), "line-end"),
    "an overlong line": (event("SUMMARY:" + "é" * 34), "line-long"),
    "a fold inside a character": (BROKEN["fold-split"], "fold-split"),
    "no UID": (without(event(), b"UID"), "missing"),
    "no DTSTAMP": (without(event(), b"DTSTAMP"), "missing"),
    "no PRODID": (without(event(), b"PRODID"), "missing"),
    "no VERSION": (without(event(), b"VERSION"), "missing"),
    "an undefined TZID": (file("BEGIN:VEVENT", *LOCAL, "END:VEVENT"), "tzid-undefined"),
    "an unknown TZID": (BROKEN["tzid-unknown"], "tzid-unknown"),
    "an onset not in TZOFFSETFROM": (zoned(*STANDARD, *LATER), "zone-onset-offset"),
    "a list of RDATE": (
        zoned(*STANDARD[:-1], "RDATE:20141102T020000,20151101T020000", STANDARD[-1]),
        "zone-misread",
    ),
    "DTEND before DTSTART": (event("DTEND:20140908T130000Z"), "end-order"),
    "a UID twice": (file("BEGIN:VEVENT", *TWICE, "END:VEVENT"), "uid-twice"),
    "several UIDs in a REQUEST": (
        message(
            "REQUEST", *PEOPLE, "END:VEVENT", "BEGIN:VEVENT", *EVENT, "SUMMARY:Chile", *PEOPLE
        ).replace(b"UID:1", b"UID:2", 1),
        "method-uids",
    ),
    "a REQUEST without ORGANIZER": (message("REQUEST", PEOPLE[1]), "method-missing"),
    "a REQUEST without ATTENDEE": (message("REQUEST", PEOPLE[0]), "method-missing"),
    "a PUBLISH with ATTENDEE": (message("PUBLISH", *PEOPLE), "method-forbidden"),
    "a bad STATUS": (event("STATUS:PROVISIONAL"), "word"),
    "a bad escape": (event("SUMMARY:50\\% of them"), "text-escape"),
    "a control character": (event("SUMMARY:a\x1bb"), "control"),
    "a byte order mark": (b"\xef\xbb\xbf" + event(), "bom"),
    "no VALUE for a date": (event("EXDATE:20140909"), "value-type"),
    "no VALUE for an alarm": (
        event(*ALARM[:3], "TRIGGER:20140908T130000Z", ALARM[4]),
        "value-type",
    ),
    "no mailto": (message("REQUEST", PEOPLE[0], "ATTENDEE:mission@example.org"), "mailto"),
}


@pytest.mark.parametrize("fault", MUST_BE_FOUND)
def test_what_must_be_found(fault: str) -> None:
    """A sound file with one fault has the finding of that fault and no other."""
    data, code = MUST_BE_FOUND[fault]
    assert set(codes(data)) - {"more"} == {code}


def test_the_same_without_fault() -> None:
    """The files that are broken above are sound before."""
    for data in (
        event(),
        zoned(*STANDARD, *DAYLIGHT),
        message("REQUEST", *PEOPLE),
        message("PUBLISH", PEOPLE[0]),
    ):
        assert codes(data) == []


def test_every_rule_is_tried() -> None:
    """No code stands in the list without a file that breaks it, here or beside."""
    elsewhere = {"more", "too-large", "too-deep"}
    methods = {code for code in CODES if code.startswith("method-")}
    assert CODES.keys() == BROKEN.keys() | elsewhere | methods


def test_a_sound_file_has_no_finding() -> None:
    """What the writers of this house make passes."""
    start = 1_410_184_800_000_000
    alarm = component("VALARM", [f"{line}\r\n".encode() for line in ALARM[1:-1]])
    lines = [
        text_line("UID", "1@example.org"),
        utc_line("DTSTAMP", start),
        time_line("DTSTART", start, "America/New_York"),
        time_line("DTEND", start + 3_600_000_000, "America/New_York"),
        text_line("SUMMARY", "Opening, remarks; and more " * 9),
        alarm,
    ]
    zone = vtimezone("America/New_York", start, start)
    assert lint(calendar("-//x//EN", [zone, component("VEVENT", lines)])).items == ()


def test_a_file_of_icalendar_is_understood() -> None:
    """The lint reads what icalendar writes, and finds its time zone's known weaknesses alone."""
    written = icalendar.Calendar.new(prodid="-//x//EN")
    start = datetime(2014, 9, 8, 10, tzinfo=ZoneInfo("America/New_York"))
    meeting = icalendar.Event.new(
        uid="1@example.org",
        stamp=datetime(2014, 8, 1, 12, tzinfo=UTC),
        start=start,
        end=start + timedelta(hours=1),
        summary="Dialogue",
    )
    written.add_component(meeting)
    written.add_missing_timezones()
    assert set(codes(written.to_ical())) == {"zone-misread", "zone-onset-offset"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("SUMMARY:\\, \\; \\\\ \\n \\N", []),
        ("SUMMARY:C:\\New", []),
        ("SUMMARY:C:\\x", ["text-escape"]),
        ("SUMMARY:ends in \\", ["text-escape"]),
        ("SUMMARY:a;b", ["text-escape"]),
        ("CATEGORIES:a,b\\,c", []),
        ("CATEGORIES:a\\b", ["text-escape"]),
        ("X-ANY:a,b;c\\d", []),
        ("URL;VALUE=URI:https://example.org/a,b;c", []),
        ("URL:example.org", ["value"]),
        ("URL:https://example.org/a b", ["value"]),
        ("CONFERENCE;VALUE=URI:https://example.org/", []),
        ("CONFERENCE:https://example.org/", ["value-type"]),
        ("IMAGE;VALUE=URI:https://example.org/a.png", []),
        ("IMAGE:https://example.org/a.png", ["value-type"]),
        ("DTEND;VALUE=PERIOD:20140908T140000Z/PT1H", ["end-kind", "value-type"]),
        ("DTEND;VALUE=date-time:20140908T150000Z", []),
        ("DTEND:20140908T240000Z", ["value"]),
        ("DTEND:20140931T140000Z", ["value"]),
        ("DTEND:20140908T145960Z", []),
        ("SEQUENCE:2147483647", []),
        ("SEQUENCE:2147483648", ["value"]),
        ("SEQUENCE:-1", ["value"]),
        ("SEQUENCE:\u0661", ["value"]),
        ("ORGANIZER:mailto:a@example.org", []),
        ('ORGANIZER;CN="a;b:c";SENT-BY="mailto:c@d.org":MAILTO:a@example.org', []),
        ("ORGANIZER:a@example.org", ["mailto"]),
        ("ORGANIZER;SENT-BY=c@d.org:mailto:a@example.org", ["mailto"]),
        ('ATTENDEE;DELEGATED-TO="mailto:c@d.org","e@f.org":mailto:a@b.org', ["mailto"]),
        ('ATTENDEE;MEMBER="c@d.org";CN="x@y.org":mailto:a@b.org', ["mailto"]),
        ("ATTENDEE:a@b:c@d.org", ["value"]),
        ("ATTENDEE:nobody", ["value"]),
        ("ORGANIZER:mailto:nobody", ["value"]),
        ("ATTENDEE:urn:uuid:1", []),
        ("ATTENDEE;ROLE=CHAIR;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:a@b.org", []),
        ("ATTENDEE;ROLE=X-GUEST:mailto:a@b.org", []),
        ("ATTENDEE;ROLE=GUEST:mailto:a@b.org", ["word"]),
        ("ATTENDEE;PARTSTAT=COMPLETED:mailto:a@b.org", ["word"]),
        ("ATTENDEE;RSVP=YES:mailto:a@b.org", ["word"]),
        ("ATTENDEE;CUTYPE=PERSON:mailto:a@b.org", ["word"]),
        ("ATTENDEE;ROLE=CHAIR;ROLE=CHAIR:mailto:a@b.org", ["syntax"]),
        ("ATTENDEE;ROLE:mailto:a@b.org", ["syntax"]),
        ('ATTENDEE;CN="open:mailto:a@b.org', ["syntax"]),
        ("TRANSP:TRANSPARENT", []),
        ("TRANSP:YES", ["word"]),
        ("RRULE:FREQ=DAILY;COUNT=2", []),
        ("RRULE:COUNT=2", ["value"]),
        ("RDATE;VALUE=PERIOD:20140908T140000Z/PT1H,20140909T140000Z/20140909T150000Z", []),
        ("EXDATE:20140909T140000Z,20140910T140000Z", []),
        ("EXDATE:20140909T140000Z,never", ["value"]),
        ("EXDATE:20140909,20140910", ["value-type"]),
        ("RDATE:20140909", ["value-type"]),
        ("RDATE:20140908T140000Z/PT1H", ["value-type"]),
        ("RECURRENCE-ID:20140908", ["value-type"]),
        ("DTEND;VALUE=DATE-TIME:20140909", ["end-kind", "value"]),
        ("ATTACH;ENCODING=BASE64:QQ==", ["value-type"]),
        ("ATTACH;ENCODING=BASE64;VALUE=BINARY:QQ==", []),
        ("ATTACH:QQ==", ["value"]),
        ("DTEND:20140908T150000", ["floating", "end-kind"]),
    ],
)
def test_one_line_of_an_event(line: str, expected: list[str]) -> None:
    """Each kind of value is taken where it is right and told where it is wrong."""
    found = codes(event(line))
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        ("TRIGGER:-PT1H", []),
        ("TRIGGER:-P1DT5M", []),
        ("TRIGGER:P2W", []),
        ("TRIGGER:-PT", ["value"]),
        ("TRIGGER:P", ["value"]),
        ("TRIGGER:P1H", ["value"]),
        ("TRIGGER;RELATED=END:PT0S", []),
        ("TRIGGER;RELATED=MIDDLE:PT0S", ["word"]),
        ("TRIGGER;VALUE=DATE-TIME:20140904T170000Z", []),
        ("TRIGGER;VALUE=DATE-TIME:20140904T170000", ["not-utc"]),
        ("TRIGGER:20140904T170000Z", ["value-type"]),
        ("TRIGGER:20140904", ["value"]),
    ],
)
def test_triggers(trigger: str, expected: list[str]) -> None:
    """An alarm's absolute TRIGGER states its type and is in UTC."""
    assert codes(event(*ALARM[:3], trigger, ALARM[4])) == expected


def test_an_alarm_needs_what_its_action_needs() -> None:
    """A DISPLAY alarm without DESCRIPTION is not shown."""
    assert codes(event(*ALARM[:2], *ALARM[3:])) == ["missing"]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("DTSTART;TZID=America/New_York:20141102T003000", "DTEND:20141102T053000Z", []),
        (
            "DTSTART:20141102T053000Z",
            "DTEND;TZID=America/New_York:20141102T003000",
            ["end-order"],
        ),
        ("DTSTART;TZID=Unknown:20140908T100000", "DTEND:20140908T090000Z", []),
        (
            "DTSTART;TZID=Unknown:20140908T100000",
            "DTEND;TZID=Unknown:20140908T090000",
            ["end-order"],
        ),
        ("DTSTART;VALUE=DATE:20140908", "DTEND;VALUE=DATE:20140909", []),
        ("DTSTART;VALUE=DATE:20140908", "DTEND;VALUE=DATE:20140908", ["end-order"]),
        ("DTSTART:20140908", "DTEND;VALUE=DATE:20140909", ["value-type"]),
        ("DTSTART;TZID=America/New_York:00010101T000000", "DTEND:20140908T090000Z", []),
    ],
)
def test_order_of_start_and_end(start: str, end: str, expected: list[str]) -> None:
    """Start and end are compared as instants where their zones are known."""
    found = codes(file("BEGIN:VEVENT", *EVENT[:2], start, end, "END:VEVENT"))
    assert [code for code in found if not code.startswith("tzid")] == expected


def test_a_global_tzid_needs_no_definition() -> None:
    """A TZID that begins with a solidus is known to all."""
    assert codes(file("BEGIN:VEVENT", *LOCAL, "END:VEVENT").replace(b"=Am", b"=/Am")) == []


def test_an_undefined_tzid_that_nobody_knows() -> None:
    """The finding says whether the name is at least known to the database."""
    data = file("BEGIN:VEVENT", *LOCAL, "END:VEVENT")
    (known,) = lint(data)
    (unknown,) = lint(data.replace(b"New_York", b"Washington"))
    assert known.message == 'TZID="America/New_York" is defined by no VTIMEZONE'
    assert unknown.message == (
        'TZID="America/Washington" is defined by no VTIMEZONE, '
        "and the IANA database knows no such zone"
    )


def test_places_are_told_as_a_reader_counts() -> None:
    """A finding names the physical line, the component by number, and the property."""
    data = event("SUMMARY:folded\r\n  text", "STATUS:MAYBE")
    (finding,) = lint(data)
    assert str(finding) == (
        "error [word] line 10 (VEVENT 1): STATUS: expected CANCELLED or CONFIRMED or TENTATIVE, "
        'got "MAYBE"; write one of the words that the property knows'
    )


def test_a_wrong_end_closes_what_is_open() -> None:
    """A missing END is told once, and what follows is read as it was meant."""
    data = event(*ALARM[:4])
    assert [(f.code, f.message) for f in lint(data)] == [("nesting", "there is no END:VALARM")]


def test_an_end_of_nothing() -> None:
    """An END without BEGIN is told and passed over."""
    (finding,) = lint(event("END:VTODO"))
    assert finding.message == 'END:"VTODO" ends nothing that is open'


def test_what_stands_outside() -> None:
    """Lines and components outside of the calendar are told."""
    assert codes(b"X-A:b\r\n" + event()) == ["nesting"]
    outside = event() + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n"
    assert codes(outside) == ["component-misplaced"]


def test_the_last_line_needs_an_end() -> None:
    """A file cut before its last CRLF is told, and read to its end."""
    assert codes(event().removesuffix(b"\r\n")) == ["line-end"]


def test_nothing_is_no_calendar() -> None:
    """An empty file has one finding."""
    assert codes(b"") == ["calendar-count"]


def test_many_findings_of_one_code_are_counted() -> None:
    """The answer stays short: the first are told, the others counted in a note."""
    findings = lint(event(*["SUMARY:x"] * 100))
    assert len(findings) == SAME_CODE_AT_MOST + 1
    assert findings[-1].severity == "note"
    assert findings[-1].message == 'there are 80 further findings "property-unknown"'


@given(st.binary(max_size=400))
def test_no_octets_break_the_lint(data: bytes) -> None:
    """Any octets get an answer, never an exception."""
    assert lint(data).errors


WORDS = (
    "BEGIN: END: VCALENDAR VEVENT VALARM VTIMEZONE STANDARD DTSTART DTEND DURATION TRIGGER TZID "
    'UID METHOD:PUBLISH VALUE= DATE ;TZID= America/New_York .. / a..b : ; = , " \\ 20140908 '
    "T100000 Z 00010101T000000Z 99991231T235959Z PT1H -0400 RRULE:FREQ=YEARLY mailto:a@b"
)


@given(
    st.lists(
        st.sampled_from(WORDS.split()) | st.sampled_from(["\r\n", "\n", " ", "\0", "é"]),
        max_size=80,
    )
)
def test_no_calendar_breaks_the_lint(words: list[str]) -> None:
    """Anything that looks like a calendar gets an answer too."""
    assert str(lint(event("".join(words))))


@pytest.mark.parametrize(
    "data",
    [
        b"BEGIN:VEVENT\r\n" * 100_000,
        b"SUMMARY:" + b"a," * 2_000_000,
        b"A;B=" + b"x," * 500_000,
        b"A" + b";B=C" * 500_000 + b":",
        b"\n" * 3_000_000,
        file(*["BEGIN:VEVENT", "END:VEVENT"] * 10_000),
        file(*["BEGIN:VTIMEZONE", f"TZID:{NEW_YORK}", *STANDARD, "END:VTIMEZONE"] * 3_000),
        file(*["BEGIN:VEVENT", *LOCAL, "END:VEVENT"] * 10_000),
        file(*(f"BEGIN:VEVENT\r\nDTSTART;TZID=Z{n}:x\r\nEND:VEVENT" for n in range(40_000))),
    ],
    ids=["deep", "text", "values", "parameters", "empty", "events", "zones", "times", "names"],
)
def test_hostile_files_are_answered_soon(data: bytes) -> None:
    """Length, depth and number are no way to hold the lint up."""
    began = time.monotonic()
    assert lint(data).errors
    assert time.monotonic() - began < 10


def test_limits_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only a part of a file is examined, a finding says so."""
    monkeypatch.setattr(reading, "OCTETS_AT_MOST", 60)
    assert "too-large" in codes(event())
    monkeypatch.undo()
    monkeypatch.setattr(reading, "LINES_AT_MOST", 4)
    assert "too-large" in codes(event())


def test_depth_is_told() -> None:
    """Components nested too deep are told once and passed over whole."""
    deep = event(*["BEGIN:X-A"] * 12, "UID:inside", *["END:X-A"] * 12)
    assert codes(deep) == ["too-deep"]
