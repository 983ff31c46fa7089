"""The tables of RFC 5546 section 3.2, cell by cell: each method against each property."""

from __future__ import annotations

import pytest

from r2psched.ical.lint import lint
from r2psched.ical.methods import METHODS

EXPECTED = {
    "PUBLISH": {
        "1": ("DTSTAMP DTSTART ORGANIZER SUMMARY UID"),
        "1+": ("VEVENT"),
        "0 or 1": (
            "CLASS CONTACT CREATED DESCRIPTION DTEND DURATION GEO LAST-MODIFIED LOCATION "
            "PRIORITY RECURRENCE-ID RRULE SEQUENCE STATUS TRANSP URL"
        ),
        "0+": ("ATTACH CATEGORIES COMMENT EXDATE RDATE RELATED-TO RESOURCES VALARM VTIMEZONE"),
        "0": ("ATTENDEE REQUEST-STATUS VFREEBUSY VJOURNAL VTODO"),
    },
    "REQUEST": {
        "1": ("DTSTAMP DTSTART ORGANIZER SUMMARY UID"),
        "1+": ("ATTENDEE VEVENT"),
        "0 or 1": (
            "CLASS CREATED DESCRIPTION DTEND DURATION GEO LAST-MODIFIED LOCATION PRIORITY "
            "RECURRENCE-ID RRULE SEQUENCE STATUS TRANSP URL"
        ),
        "0+": (
            "ATTACH CATEGORIES COMMENT CONTACT EXDATE RDATE RELATED-TO RESOURCES VALARM VTIMEZONE"
        ),
        "0": ("REQUEST-STATUS VFREEBUSY VJOURNAL VTODO"),
    },
    "REPLY": {
        "1": ("ATTENDEE DTSTAMP ORGANIZER UID"),
        "1+": ("VEVENT"),
        "0 or 1": (
            "CLASS CREATED DESCRIPTION DTEND DTSTART DURATION GEO LAST-MODIFIED LOCATION "
            "PRIORITY RECURRENCE-ID RRULE SEQUENCE STATUS SUMMARY TRANSP URL VTIMEZONE"
        ),
        "0+": (
            "ATTACH CATEGORIES COMMENT CONTACT EXDATE RDATE RELATED-TO REQUEST-STATUS RESOURCES"
        ),
        "0": ("VALARM VFREEBUSY VJOURNAL VTODO"),
    },
    "ADD": {
        "1": ("DTSTAMP DTSTART ORGANIZER SEQUENCE SUMMARY UID VEVENT"),
        "0 or 1": (
            "CLASS CREATED DESCRIPTION DTEND DURATION GEO LAST-MODIFIED LOCATION PRIORITY "
            "STATUS TRANSP URL"
        ),
        "0+": ("ATTACH ATTENDEE CATEGORIES COMMENT CONTACT RELATED-TO RESOURCES VALARM VTIMEZONE"),
        "0": ("EXDATE RDATE RECURRENCE-ID REQUEST-STATUS RRULE VFREEBUSY VJOURNAL VTODO"),
    },
    "CANCEL": {
        "1": ("DTSTAMP ORGANIZER SEQUENCE UID"),
        "1+": ("VEVENT"),
        "0 or 1": (
            "CLASS CREATED DESCRIPTION DTEND DTSTART DURATION GEO LAST-MODIFIED LOCATION "
            "PRIORITY RECURRENCE-ID RRULE STATUS SUMMARY TRANSP URL"
        ),
        "0+": (
            "ATTACH ATTENDEE CATEGORIES COMMENT CONTACT EXDATE RDATE RELATED-TO RESOURCES VTIMEZONE"
        ),
        "0": ("REQUEST-STATUS VALARM VFREEBUSY VJOURNAL VTODO"),
    },
    "REFRESH": {
        "1": ("ATTENDEE DTSTAMP ORGANIZER UID VEVENT"),
        "0 or 1": ("RECURRENCE-ID"),
        "0+": ("COMMENT VTIMEZONE"),
        "0": (
            "ATTACH CATEGORIES CLASS CONTACT CREATED DESCRIPTION DTEND DTSTART DURATION "
            "EXDATE GEO LAST-MODIFIED LOCATION PRIORITY RDATE RELATED-TO REQUEST-STATUS "
            "RESOURCES RRULE SEQUENCE STATUS SUMMARY TRANSP URL VALARM VFREEBUSY VJOURNAL "
            "VTODO"
        ),
    },
    "COUNTER": {
        "1": ("DTSTAMP DTSTART ORGANIZER SEQUENCE SUMMARY UID VEVENT"),
        "0 or 1": (
            "CLASS CREATED DESCRIPTION DTEND DURATION GEO LAST-MODIFIED LOCATION PRIORITY "
            "RECURRENCE-ID RRULE STATUS TRANSP URL"
        ),
        "0+": (
            "ATTACH ATTENDEE CATEGORIES COMMENT CONTACT EXDATE RDATE RELATED-TO "
            "REQUEST-STATUS RESOURCES VALARM VTIMEZONE"
        ),
        "0": ("VFREEBUSY VJOURNAL VTODO"),
    },
    "DECLINECOUNTER": {
        "1": ("DTSTAMP ORGANIZER SEQUENCE UID"),
        "1+": ("ATTENDEE VEVENT"),
        "0 or 1": (
            "CLASS CREATED DESCRIPTION DTEND DTSTART DURATION GEO LAST-MODIFIED LOCATION "
            "PRIORITY RECURRENCE-ID RRULE STATUS SUMMARY TRANSP URL"
        ),
        "0+": (
            "ATTACH CATEGORIES COMMENT CONTACT EXDATE RDATE RELATED-TO REQUEST-STATUS RESOURCES "
            "VTIMEZONE"
        ),
        "0": ("VALARM VFREEBUSY VJOURNAL VTODO"),
    },
}
"""Written down method by method, as the document has it; the lint has it property by property."""

MANY = 1000
PRESENCE = {"1": (1, 1), "1+": (1, MANY), "0 or 1": (0, 1), "0+": (0, MANY), "0": (0, 0)}
CELLS = [
    (method, name, *PRESENCE[presence])
    for method, rows in EXPECTED.items()
    for presence, names in rows.items()
    for name in names.split()
]
COMPONENTS = {"VEVENT", "VALARM", "VFREEBUSY", "VJOURNAL", "VTIMEZONE", "VTODO"}
VALUES = {
    "ATTACH": "ATTACH:https://example.org/a.pdf",
    "ATTENDEE": "ATTENDEE:mailto:mission@example.org",
    "CATEGORIES": "CATEGORIES:Dialogue",
    "CREATED": "CREATED:20140801T120000Z",
    "DTEND": "DTEND:20140908T150000Z",
    "DTSTAMP": "DTSTAMP:20140801T120000Z",
    "DTSTART": "DTSTART:20140908T140000Z",
    "DURATION": "DURATION:PT1H",
    "EXDATE": "EXDATE:20140909T140000Z",
    "GEO": "GEO:40.75;-73.97",
    "LAST-MODIFIED": "LAST-MODIFIED:20140801T120000Z",
    "ORGANIZER": "ORGANIZER:mailto:office@example.org",
    "PRIORITY": "PRIORITY:5",
    "RDATE": "RDATE:20140910T140000Z",
    "RECURRENCE-ID": "RECURRENCE-ID:20140908T140000Z",
    "REQUEST-STATUS": "REQUEST-STATUS:2.0;Success",
    "RRULE": "RRULE:FREQ=DAILY;COUNT=2",
    "SEQUENCE": "SEQUENCE:1",
    "STATUS": "STATUS:CONFIRMED",
    "TRANSP": "TRANSP:OPAQUE",
    "URL": "URL:https://example.org/",
    "VALARM": ("BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT1H\r\nEND:VALARM"),
}


def message(method: str, name: str, count: int) -> bytes:
    """Write a message of a method that holds one thing so many times, and else what it must."""
    wanted = {n: least for m, n, least, _ in CELLS if m == method} | {name: count}
    events = wanted.pop("VEVENT")
    lines = [
        VALUES.get(wanted_name, f"{wanted_name}:x")
        for wanted_name, number in wanted.items()
        if wanted_name not in COMPONENTS - {"VALARM"}
        for _ in range(number)
    ]
    outer = [f"BEGIN:{n}\r\nEND:{n}" for n in COMPONENTS & wanted.keys() for _ in range(wanted[n])]
    body = "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])
    others = [other for other in outer if "VALARM" not in other]
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", f"METHOD:{method}"]
    return ("\r\n".join([*head, *[body] * events, *others, "END:VCALENDAR"]) + "\r\n").encode()


def about(method: str, name: str, count: int) -> set[str]:
    """Name the codes of the method's findings that speak of a property or component."""
    return {
        finding.code
        for finding in lint(message(method, name, count))
        if finding.code.startswith("method-") and name in finding.message.replace(",", "").split()
    }


@pytest.mark.parametrize(("method", "name", "least", "most"), CELLS)
def test_cell(method: str, name: str, least: int, most: int) -> None:
    """None, one and two of a property are found right or wrong as the method has it."""
    found = [about(method, name, count) for count in range(3)]
    assert found[0] == ({"method-missing"} if least else set())
    assert found[1] == ({"method-forbidden"} if most == 0 else set())
    assert found[2] == (
        {"method-forbidden"} if most == 0 else {"method-count"} if most == 1 else set()
    )


@pytest.mark.parametrize("method", EXPECTED)
def test_a_message_of_what_must_be_has_no_finding(method: str) -> None:
    """What a method wants and no more passes the lint."""
    findings = lint(message(method, "DTSTAMP", 1))
    assert [f.code for f in findings if f.severity == "error"] == []


def test_no_cell_is_left_out() -> None:
    """The lint knows the same methods and rows as the document."""
    assert {(m, n) for m, n, *_ in CELLS} == {(m, n) for m, row in METHODS.items() for n in row}


@pytest.mark.parametrize(
    ("method", "status", "codes"),
    [
        ("PUBLISH", "CANCELLED", []),
        ("REQUEST", "CONFIRMED", []),
        ("REQUEST", "CANCELLED", ["method-status"]),
        ("ADD", "CANCELLED", ["method-status"]),
        ("CANCEL", "CANCELLED", []),
        ("CANCEL", "CONFIRMED", ["method-status"]),
        ("COUNTER", "CANCELLED", []),
        ("DECLINECOUNTER", "CANCELLED", ["method-status"]),
    ],
)
def test_status(method: str, status: str, codes: list[str]) -> None:
    """A request plans, a cancellation cancels."""
    data = message(method, "STATUS", 1).replace(b"STATUS:CONFIRMED", f"STATUS:{status}".encode())
    assert [f.code for f in lint(data)] == codes


@pytest.mark.parametrize("method", ["REQUEST", "REPLY", "CANCEL", "DECLINECOUNTER"])
def test_one_uid_a_message(method: str) -> None:
    """Two events with two UIDs are two messages."""
    data = message(method, "VEVENT", 2)
    assert [f.code for f in lint(data)] == ["uid-twice"]
    apart = data.replace(b"UID:x", b"UID:y", 1)
    assert [f.code for f in lint(apart)] == ["method-uids"]


def test_an_agenda_may_have_many_uids() -> None:
    """What is published has one UID for each event."""
    assert lint(message("PUBLISH", "VEVENT", 2).replace(b"UID:x", b"UID:y", 1)).ok


def test_an_unknown_method() -> None:
    """The finding names the eight methods there are."""
    (finding,) = lint(message("PUBLISH", "UID", 1).replace(b"METHOD:PUBLISH", b"METHOD:SEND"))
    assert finding.code == "method-unknown"
    assert finding.place == "line 4 (VCALENDAR): METHOD"
    assert finding.message.endswith('DECLINECOUNTER, got "SEND"')


def test_other_components_have_other_tables() -> None:
    """A published VTODO alone isn't measured by the tables for events."""
    data = message("PUBLISH", "UID", 1).replace(b"VEVENT", b"VTODO")
    assert [f.code for f in lint(data)] == []
