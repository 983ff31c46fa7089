"""The house's own lint of iCalendar octets: what other readers would stumble over.

It reads the octets themselves, not what a library makes of them, so it also checks what
icalendar writes. It never raises on any input, and its work is linear and bounded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.errors import shown
from r2psched.ical import calendar_rules, component_rules
from r2psched.ical.reading import read
from r2psched.ical.reports import Code, Report

if TYPE_CHECKING:
    from r2psched.findings import Findings
    from r2psched.ical.reading import Component

__all__ = ["CODES", "examined", "lint"]

_RFC = "RFC 5545 section "
_HOUSE = "a rule of this house: "

CODES: dict[str, Code] = {
    "bom": Code("error", "write UTF-8 without a byte order mark", _RFC + "3.1.4"),
    "control": Code("error", "take the control character out", _RFC + "3.1"),
    "encoding": Code("error", "write the file in UTF-8", _RFC + "3.1.4"),
    "fold-split": Code("error", "fold between two characters", _RFC + "3.1"),
    "line-blank": Code("error", "take the empty line out", _RFC + "3.1"),
    "line-end": Code("error", "end every line by CR and LF", _RFC + "3.1"),
    "line-long": Code("error", "fold the line: CRLF and a blank", _RFC + "3.1"),
    "too-large": Code("error", "split the calendar", _HOUSE + "the lint's work is bounded"),
    "too-deep": Code("error", "unnest the components", _HOUSE + "the lint's work is bounded"),
    "syntax": Code("error", "write NAME;PARAMETER=VALUE:VALUE", _RFC + "3.1"),
    "nesting": Code("error", "give every BEGIN its END", _RFC + "3.4 and 3.6"),
    "calendar-count": Code(
        "error", "write one VCALENDAR a file", _HOUSE + "readers take the first"
    ),
    "calendar-empty": Code("error", "put a component into the calendar", _RFC + "3.6"),
    "component-misplaced": Code("error", "move it to where it may stand", _RFC + "3.6"),
    "component-uncommon": Code(
        "warning", "leave the component out", _HOUSE + "some readers lose the event around it"
    ),
    "missing": Code("error", "add the property", _RFC + "3.4 and 3.6"),
    "repeated": Code("error", "keep one", _RFC + "3.4 and 3.6"),
    "property-unknown": Code(
        "warning", "check the name, or give it an X- name", _RFC + "3.6 and 3.8"
    ),
    "end-twice": Code("error", "keep DTEND and take DURATION out", _RFC + "3.6.1"),
    "duration-in-event": Code(
        "warning",
        "write DTEND",
        _HOUSE + "readers differ in what a DURATION over a change of the clocks is",
    ),
    "value": Code("error", "write a value of the property's type", _RFC + "3.3"),
    "text-escape": Code("error", "escape it by a backslash", _RFC + "3.3.11"),
    "value-type": Code("error", "state the right VALUE", _RFC + "3.2.20; RFC 7986 section 5"),
    "mailto": Code("error", "write mailto: before the address", _RFC + "3.3.3"),
    "word": Code("error", "write one of the words that the property knows", _RFC + "3.2 and 3.8"),
    "not-utc": Code("error", "write the time in UTC, ended by Z", _RFC + "3.8"),
    "tzid-misplaced": Code("error", "take TZID out", _RFC + "3.2.19"),
    "floating": Code("warning", "give the time a TZID, or write it in UTC", _RFC + "3.3.5"),
    "end-kind": Code("error", "write DTSTART and DTEND in the same way", _RFC + "3.8.2.2"),
    "end-order": Code("error", "write a DTEND after DTSTART", _RFC + "3.8.2.2"),
    "tzid-undefined": Code("error", "add the VTIMEZONE", _RFC + "3.2.19"),
    "tzid-unknown": Code(
        "note",
        "use a name of the IANA database, such as Europe/Zurich",
        _HOUSE + "some readers go by the name and ignore the VTIMEZONE",
    ),
    "tzid-twice": Code("error", "keep one VTIMEZONE for each TZID", _RFC + "3.6.5"),
    "tzid-unused": Code("warning", "take the VTIMEZONE out", _HOUSE + "no more than is needed"),
    "zone-empty": Code("error", "add a STANDARD", _RFC + "3.6.5"),
    "zone-no-standard": Code(
        "warning", "add a STANDARD", _HOUSE + "some readers need one beside DAYLIGHT"
    ),
    "zone-onset": Code("error", "write the onset as local time without TZID", _RFC + "3.6.5"),
    "zone-onset-offset": Code(
        "error",
        "write the onset as the clocks show it before the change, in TZOFFSETFROM",
        _RFC + "3.6.5",
    ),
    "zone-late": Code("warning", "begin the first observance earlier", _RFC + "3.6.5"),
    "zone-misread": Code(
        "warning",
        "write RRULE or one observance for each onset, and no COMMENT",
        _HOUSE + "some readers are an hour off with RDATE or COMMENT in a VTIMEZONE",
    ),
    "uid-twice": Code("error", "give each event a UID of its own", _RFC + "3.8.4.7"),
    "method-unknown": Code(
        "error", "write one of the eight methods of iTIP", "RFC 5546 section 1.4"
    ),
    "method-missing": Code("error", "add it, or take METHOD out", "RFC 5546 section 3.2"),
    "method-count": Code("error", "keep as many as the method allows", "RFC 5546 section 3.2"),
    "method-forbidden": Code("error", "take it out, or change METHOD", "RFC 5546 section 3.2"),
    "method-status": Code("error", "write a STATUS that the method allows", "RFC 5546 section 3.2"),
    "method-uids": Code("error", "send one message for each UID", "RFC 5546 section 3.2"),
    "more": Code("note", "mend those told first", _HOUSE + "the lint's answer is bounded"),
}
"""Every code of the lint, with severity, remedy and source."""


def lint(data: bytes) -> Findings:
    r"""Tell what is wrong with the octets of an iCalendar file.

    At most 16 MiB, 500,000 lines and 8 levels are examined, and at most 20 findings of one code
    told in full; a finding says so where a limit was met.

    Args:
        data: The octets of the file.

    Returns:
        One finding for each thing that is wrong; codes, severities and sources are in `CODES`.

    Source:
        RFC 5545; RFC 5546 section 3.2; RFC 7986.

    Examples:
        >>> print(lint(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-A:\r\nEND:VCALENDAR\r\n")[0])
        error [missing] line 1 (VCALENDAR): there is no PRODID; add the property
    """
    return examined(data)[0]


def examined(data: bytes) -> tuple[Findings, tuple[Component, ...]]:
    """Tell what is wrong with the octets of an iCalendar file, and give what was read from them.

    Args:
        data: The octets of the file.

    Returns:
        What `lint` says, and every VCALENDAR of the file.
    """
    report = Report(CODES)
    calendars = [outer for outer in read(data, report.note) if _is_calendar(outer.name, report)]
    if len(calendars) != 1:
        report.note("calendar-count", "the file", f"expected one VCALENDAR, got {len(calendars)}")
    for calendar in calendars:
        component_rules.check(calendar, report.note)
        calendar_rules.check(calendar, report.note)
    return report.findings(), tuple(calendars)


def _is_calendar(name: str, report: Report) -> bool:
    if name == "VCALENDAR":
        return True
    report.note("component-misplaced", "the file", f"{shown(name)} stands outside of VCALENDAR")
    return False
