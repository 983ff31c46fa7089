"""What RFC 5545 and RFC 7986 say of components, properties and parameters, as data."""

from __future__ import annotations

import attrs

__all__ = [
    "ADDRESS_PARAMETERS",
    "ALARMS",
    "ANSWERS",
    "COMPONENTS",
    "ONLY_UTC",
    "PARAMETER_WORDS",
    "STATED_VALUE",
    "TYPES",
    "WORDS",
    "ComponentRule",
]


@attrs.frozen
class ComponentRule:
    """What one kind of component holds.

    Attributes:
        parents: The components it may stand in.
        required: Properties of which exactly one must be there.
        once: Properties of which at most one may be there.
        many: Properties of which there may be several.
    """

    parents: frozenset[str]
    required: frozenset[str]
    once: frozenset[str]
    many: frozenset[str]


def _rule(parents: str, required: str, once: str, many: str) -> ComponentRule:
    return ComponentRule(*(frozenset(text.split()) for text in (parents, required, once, many)))


_OBSERVANCE = _rule("VTIMEZONE", "DTSTART TZOFFSETFROM TZOFFSETTO", "RRULE", "COMMENT RDATE TZNAME")
_SHARED_ONCE = (
    "CLASS COLOR CREATED DTSTART LAST-MODIFIED ORGANIZER RECURRENCE-ID RRULE SEQUENCE STATUS"
    " SUMMARY URL "
)
_SHARED_MANY = (
    "ATTACH ATTENDEE CATEGORIES COMMENT CONTACT EXDATE IMAGE RDATE RELATED-TO REQUEST-STATUS "
)

COMPONENTS: dict[str, ComponentRule] = {
    "VCALENDAR": _rule(
        "",
        "PRODID VERSION",
        "CALSCALE COLOR LAST-MODIFIED METHOD REFRESH-INTERVAL SOURCE UID URL",
        "CATEGORIES DESCRIPTION IMAGE NAME",
    ),
    "VEVENT": _rule(
        "VCALENDAR",
        "DTSTAMP UID",
        _SHARED_ONCE + "DESCRIPTION DTEND DURATION GEO LOCATION PRIORITY TRANSP",
        _SHARED_MANY + "CONFERENCE RESOURCES",
    ),
    "VTODO": _rule(
        "VCALENDAR",
        "DTSTAMP UID",
        _SHARED_ONCE + "COMPLETED DESCRIPTION DUE DURATION GEO LOCATION PERCENT-COMPLETE PRIORITY",
        _SHARED_MANY + "CONFERENCE RESOURCES",
    ),
    "VJOURNAL": _rule("VCALENDAR", "DTSTAMP UID", _SHARED_ONCE, _SHARED_MANY + "DESCRIPTION"),
    "VFREEBUSY": _rule(
        "VCALENDAR",
        "DTSTAMP UID",
        "CONTACT DTEND DTSTART ORGANIZER URL",
        "ATTENDEE COMMENT FREEBUSY REQUEST-STATUS",
    ),
    "VTIMEZONE": _rule("VCALENDAR", "TZID", "LAST-MODIFIED TZURL", "COMMENT"),
    "STANDARD": _OBSERVANCE,
    "DAYLIGHT": _OBSERVANCE,
    "VALARM": _rule(
        "VEVENT VTODO",
        "ACTION TRIGGER",
        "ACKNOWLEDGED DESCRIPTION DURATION PROXIMITY REPEAT SUMMARY UID",
        "ATTACH ATTENDEE RELATED-TO",
    ),
}
"""Sources: RFC 5545 sections 3.4 and 3.6; RFC 7986 section 4; RFC 9074 for VALARM."""

_TEXTS = (
    "ACTION CALSCALE CLASS COLOR COMMENT CONTACT DESCRIPTION LOCATION METHOD NAME PRODID PROXIMITY"
    " RELATED-TO STATUS SUMMARY TRANSP TZID TZNAME UID VERSION X-WR-CALDESC X-WR-CALNAME"
    " X-WR-TIMEZONE"
)
_TIME = ("DATE-TIME", "DATE")
_TIMES = ("DATE-TIME", "DATE", "PERIOD")
TYPES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_TEXTS.split(), ("TEXT",)),
    **dict.fromkeys(("CATEGORIES", "RESOURCES"), ("TEXTS",)),
    **dict.fromkeys(
        ("ACKNOWLEDGED", "COMPLETED", "CREATED", "DTSTAMP", "LAST-MODIFIED"), _TIME[:1]
    ),
    **dict.fromkeys(("DTEND", "DTSTART", "DUE", "EXDATE", "RECURRENCE-ID"), _TIME),
    **dict.fromkeys(("PERCENT-COMPLETE", "PRIORITY", "REPEAT", "SEQUENCE"), ("INTEGER",)),
    **dict.fromkeys(("ATTENDEE", "ORGANIZER"), ("CAL-ADDRESS",)),
    **dict.fromkeys(("TZOFFSETFROM", "TZOFFSETTO"), ("UTC-OFFSET",)),
    **dict.fromkeys(("CONFERENCE", "SOURCE", "TZURL", "URL"), ("URI",)),
    **dict.fromkeys(("ATTACH", "IMAGE"), ("URI", "BINARY")),
    **dict.fromkeys(("DURATION", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"), ("DURATION",)),
    "FREEBUSY": ("PERIOD",),
    "RDATE": _TIMES,
    "RRULE": ("RECUR",),
    "TRIGGER": ("DURATION", "DATE-TIME"),
}
"""The types a property's value may have, the default first; TEXTS is a list of TEXT.

Sources: RFC 5545 section 3.8; RFC 7986 section 5; X- properties as calendars in use have them.
"""

STATED_VALUE = frozenset({"CONFERENCE", "IMAGE", "REFRESH-INTERVAL", "SOURCE"})
"""Properties that must state VALUE, their type having no default (RFC 7986 section 5)."""

ONLY_UTC = frozenset({"ACKNOWLEDGED", "COMPLETED", "CREATED", "DTSTAMP", "LAST-MODIFIED"})
"""Times that must be in UTC (RFC 5545 sections 3.8.2.1 and 3.8.7)."""

WORDS: dict[tuple[str, str], frozenset[str]] = {
    ("VCALENDAR", "VERSION"): frozenset({"2.0"}),
    ("VCALENDAR", "CALSCALE"): frozenset({"GREGORIAN"}),
    ("VEVENT", "STATUS"): frozenset({"TENTATIVE", "CONFIRMED", "CANCELLED"}),
    ("VTODO", "STATUS"): frozenset({"NEEDS-ACTION", "COMPLETED", "IN-PROCESS", "CANCELLED"}),
    ("VJOURNAL", "STATUS"): frozenset({"DRAFT", "FINAL", "CANCELLED"}),
    ("VEVENT", "TRANSP"): frozenset({"OPAQUE", "TRANSPARENT"}),
}
"""Properties of a closed vocabulary, by component (RFC 5545 sections 3.7 and 3.8)."""

ADDRESS_PARAMETERS = frozenset({"DELEGATED-FROM", "DELEGATED-TO", "MEMBER", "SENT-BY"})
"""Parameters whose values are addresses of calendar users (RFC 5545 section 3.2)."""

PARAMETER_WORDS: dict[str, frozenset[str]] = {
    "CUTYPE": frozenset({"INDIVIDUAL", "GROUP", "RESOURCE", "ROOM", "UNKNOWN"}),
    "RELATED": frozenset({"START", "END"}),
    "ROLE": frozenset({"CHAIR", "REQ-PARTICIPANT", "OPT-PARTICIPANT", "NON-PARTICIPANT"}),
    "RSVP": frozenset({"TRUE", "FALSE"}),
}
"""Parameters of a vocabulary, to which X- words may be added (RFC 5545 section 3.2)."""

_ANSWERS = frozenset({"NEEDS-ACTION", "ACCEPTED", "DECLINED"})
_EVENT_ANSWERS = _ANSWERS | {"TENTATIVE", "DELEGATED"}
ANSWERS: dict[str, frozenset[str]] = {
    "VEVENT": _EVENT_ANSWERS,
    "VTODO": _EVENT_ANSWERS | {"COMPLETED", "IN-PROCESS"},
    "VJOURNAL": _ANSWERS,
}
"""What PARTSTAT may say in each component (RFC 5545 section 3.2.12)."""

ALARMS: dict[str, frozenset[str]] = {
    "DISPLAY": frozenset({"DESCRIPTION"}),
    "EMAIL": frozenset({"ATTENDEE", "DESCRIPTION", "SUMMARY"}),
}
"""What an alarm needs for its ACTION (RFC 5545 section 3.6.6)."""
