"""What each scheduling method asks of an event: the tables of RFC 5546 section 3.2 as data."""

from __future__ import annotations

__all__ = ["METHODS", "ONE_UID", "STATUSES"]

_COLUMNS = (
    "PUBLISH",
    "REQUEST",
    "REPLY",
    "ADD",
    "CANCEL",
    "REFRESH",
    "COUNTER",
    "DECLINECOUNTER",
)
_PRESENCE = {"1": (1, 1), "1+": (1, None), "?": (0, 1), "*": (0, None), "-": (0, 0)}
_TABLE = """
    VEVENT          1+  1+  1+  1   1+  1   1   1+
    ATTACH          *   *   *   *   *   -   *   *
    ATTENDEE        -   1+  1   *   *   1   *   1+
    CATEGORIES      *   *   *   *   *   -   *   *
    CLASS           ?   ?   ?   ?   ?   -   ?   ?
    COMMENT         *   *   *   *   *   *   *   *
    CONTACT         ?   *   *   *   *   -   *   *
    CREATED         ?   ?   ?   ?   ?   -   ?   ?
    DESCRIPTION     ?   ?   ?   ?   ?   -   ?   ?
    DTEND           ?   ?   ?   ?   ?   -   ?   ?
    DTSTAMP         1   1   1   1   1   1   1   1
    DTSTART         1   1   ?   1   ?   -   1   ?
    DURATION        ?   ?   ?   ?   ?   -   ?   ?
    EXDATE          *   *   *   -   *   -   *   *
    GEO             ?   ?   ?   ?   ?   -   ?   ?
    LAST-MODIFIED   ?   ?   ?   ?   ?   -   ?   ?
    LOCATION        ?   ?   ?   ?   ?   -   ?   ?
    ORGANIZER       1   1   1   1   1   1   1   1
    PRIORITY        ?   ?   ?   ?   ?   -   ?   ?
    RDATE           *   *   *   -   *   -   *   *
    RECURRENCE-ID   ?   ?   ?   -   ?   ?   ?   ?
    RELATED-TO      *   *   *   *   *   -   *   *
    REQUEST-STATUS  -   -   *   -   -   -   *   *
    RESOURCES       *   *   *   *   *   -   *   *
    RRULE           ?   ?   ?   -   ?   -   ?   ?
    SEQUENCE        ?   ?   ?   1   1   -   1   1
    STATUS          ?   ?   ?   ?   ?   -   ?   ?
    SUMMARY         1   1   ?   1   ?   -   1   ?
    TRANSP          ?   ?   ?   ?   ?   -   ?   ?
    UID             1   1   1   1   1   1   1   1
    URL             ?   ?   ?   ?   ?   -   ?   ?
    VALARM          *   *   -   *   -   -   *   -
    VFREEBUSY       -   -   -   -   -   -   -   -
    VJOURNAL        -   -   -   -   -   -   -   -
    VTIMEZONE       *   *   ?   *   *   *   *   *
    VTODO           -   -   -   -   -   -   -   -
"""
_ROWS = [line.split() for line in _TABLE.split("\n") if line]

METHODS: dict[str, dict[str, tuple[int, int | None]]] = {
    method: {row[0]: _PRESENCE[row[column]] for row in _ROWS}
    for column, method in enumerate(_COLUMNS, start=1)
}
"""For each method and each property or component: how many at least and (unless None) at most.

Source: RFC 5546 sections 3.2.1 to 3.2.8.
"""

ONE_UID = frozenset({"REQUEST", "REPLY", "CANCEL", "DECLINECOUNTER"})
"""Methods whose events must all have the same UID (RFC 5546 section 3.2, comments on VEVENT)."""

_PLANNED = frozenset({"TENTATIVE", "CONFIRMED"})
STATUSES: dict[str, frozenset[str]] = {
    "REQUEST": _PLANNED,
    "ADD": _PLANNED,
    "CANCEL": frozenset({"CANCELLED"}),
    "DECLINECOUNTER": _PLANNED,
}
"""Methods that narrow the STATUS of an event (RFC 5546 section 3.2, comments on STATUS)."""
