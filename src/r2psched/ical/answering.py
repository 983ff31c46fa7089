"""Answers of recipients as files: REPLY, COUNTER and REFRESH, read in bounded time.

Calendars in use leave out and add much, so all that does not count is ignored; what counts is
asked for strictly, since whoever writes to an organiser may write anything.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NoReturn, get_args

import attrs

from r2psched.errors import InvalidValue, shown
from r2psched.fields import as_emails
from r2psched.ical.reading import Component, Property, read
from r2psched.ical.values import fault, instant, zone
from r2psched.inviting import Reply
from r2psched.inviting.answering import ReplyMethod
from r2psched.inviting.sent import PartStat

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["OCTETS_AT_MOST", "read_answer"]

OCTETS_AT_MOST = 2**20
_COMMENT_AT_MOST = 200
_ZONE_AT_MOST = 100
_METHODS: dict[str, ReplyMethod] = {each: each for each in get_args(ReplyMethod)}
_STATUSES: dict[str, PartStat] = {each: each for each in get_args(PartStat)}
_ONCE = ("UID", "DTSTAMP", "SEQUENCE", "RECURRENCE-ID", "DTSTART", "DTEND", "DURATION")
_BEYOND = frozenset({"too-large", "too-deep", "nesting"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DURATION = re.compile(
    r"\+?P(?=.)(?:([0-9]{1,3})W)?(?:([0-9]{1,4})D)?"
    r"(?:T(?=.)(?:([0-9]{1,5})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,8})S)?)?"
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def read_answer(data: bytes) -> Reply:
    r"""Read what somebody answered to an invitation.

    Args:
        data: The octets of a calendar, at most 1 MiB.

    Returns:
        The answer. A SEQUENCE that is missing is 0, a PARTSTAT that is missing or unknown is
        "NEEDS-ACTION".

    Raises:
        InvalidValue: If it is no answer, or not clear in what it answers. Nothing else is raised,
            whatever the octets.

    Source:
        RFC 5546 sections 3.2.3, 3.2.6 and 3.2.7; RFC 5545 section 3.2.12.

    Examples:
        >>> answer = read_answer(
        ...     b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:a@r2psched\r\n"
        ...     b"DTSTAMP:20140901T120000Z\r\nATTENDEE;PARTSTAT=DECLINED:MAILTO:m@example.org\r\n"
        ...     b"END:VEVENT\r\nEND:VCALENDAR\r\n"
        ... )
        >>> answer.status, answer.address
        ('DECLINED', 'm@example.org')
    """
    calendar = _calendar(data)
    method = _method(calendar)
    event = _event(calendar)
    for name in _ONCE:
        if len(event.all(name)) > 1:
            _refuse(f"{name} stands twice")
    person = _attendee(event)
    start, end = _proposed(event) if method == "COUNTER" else (None, None)
    recurrence = event.first("RECURRENCE-ID")
    return Reply(
        method,
        _uid(event),
        _address(person),
        _stamp(event),
        _STATUSES.get((person.parameter("PARTSTAT") or "").upper(), "NEEDS-ACTION"),
        _sequence(event),
        recurrence="" if recurrence is None else _line(recurrence.value) or "?",
        sent_by=_first(_people(person, "SENT-BY")),
        delegates=_people(person, "DELEGATED-TO"),
        delegators=_people(person, "DELEGATED-FROM"),
        comment=_comment(event, person),
        start_us=start,
        end_us=end,
    )


def _refuse(reason: str) -> NoReturn:
    raise InvalidValue(reason)


def _calendar(data: bytes) -> Component:
    if len(data) > OCTETS_AT_MOST:
        _refuse(f"the calendar has {len(data)} octets, {OCTETS_AT_MOST} at most")
    beyond: list[str] = []
    found = read(data, _noting(beyond))
    if beyond:
        _refuse(f"the calendar cannot be read: {beyond[0]}")
    calendars = [each for each in found if each.name == "VCALENDAR"]
    if len(calendars) != 1:
        _refuse(f"expected one calendar, got {len(calendars)}")
    return calendars[0]


def _noting(beyond: list[str]) -> Callable[[str, str, str], None]:
    def note(code: str, _place: str, message: str) -> None:
        if code in _BEYOND and not beyond:
            beyond.append(message)

    return note


def _method(calendar: Component) -> ReplyMethod:
    stated = calendar.all("METHOD")
    if len(stated) > 1:
        _refuse("METHOD stands twice")
    if not stated:
        _refuse("it has no METHOD: it is an entry, not the answer to an invitation")
    name = stated[0].value.strip().upper()
    if name not in _METHODS:
        _refuse(f"expected an answer (REPLY, COUNTER or REFRESH), got METHOD {shown(name)}")
    return _METHODS[name]


def _event(calendar: Component) -> Component:
    events = [each for each in calendar.components if each.name == "VEVENT"]
    if len(events) != 1:
        others = sorted({each.name for each in calendar.components} - {"VEVENT", "VTIMEZONE"})
        instead = f" and {shown(others[0])}" if others and not events else ""
        _refuse(f"expected one event, as each invitation is of one, got {len(events)}{instead}")
    return events[0]


def _uid(event: Component) -> str:
    found = event.first("UID")
    text = "" if found is None else _unescaped(found.value).strip()
    return text or _refuse("it has no UID, so it is not known what is answered")


def _attendee(event: Component) -> Property:
    found = event.all("ATTENDEE")
    if len(found) != 1:
        _refuse(f"expected one ATTENDEE, who answers, got {len(found)}")
    return found[0]


def _address(person: Property) -> str:
    """The address of a person: a URI of mail, the parameter EMAIL, or the address alone."""
    for text in (person.value, person.parameter("EMAIL") or ""):
        address = _bare(text)
        if address:
            return address
    _refuse(f"expected the ATTENDEE as mailto:name@example.org, got {shown(person.value)}")


def _people(person: Property, name: str) -> tuple[str, ...]:
    """The addresses in a parameter; none of those that are no e-mail addresses."""
    found = (_bare(text) for text in person.parameters.get(name, ()))
    return tuple(dict.fromkeys(each for each in found if each))


def _bare(text: str) -> str:
    text = text.strip()
    address = text[7:].strip() if text[:7].lower() == "mailto:" else text
    try:
        return _first(as_emails(address))
    except InvalidValue:
        return ""


def _first(texts: tuple[str, ...]) -> str:
    return texts[0] if texts else ""


def _stamp(event: Component) -> int:
    found = event.first("DTSTAMP")
    if found is None:
        _refuse("it has no DTSTAMP, so it is not known which of two answers is newer")
    return _instant(found)


def _sequence(event: Component) -> int:
    found = event.first("SEQUENCE")
    if found is None:
        return 0
    if fault(found) is not None:
        _refuse(f"expected a whole number as SEQUENCE, got {shown(found.value)}")
    return int(found.value)


def _proposed(event: Component) -> tuple[int, int | None]:
    start, end, length = map(event.first, ("DTSTART", "DTEND", "DURATION"))
    if start is None:
        _refuse("it proposes another time and has no DTSTART that says which")
    start_us = _instant(start)
    if end is not None:
        end_us = _instant(end)
    elif length is not None:
        end_us = start_us + _length(length)
    else:
        return start_us, None
    if end_us <= start_us:
        _refuse("the time that it proposes ends before it begins")
    return start_us, end_us


def _instant(found: Property) -> int:
    name = found.parameter("TZID")
    if name is not None and not found.value.endswith("Z"):
        known = _zone(name)
        if known is None:
            _refuse(
                f"{found.name} is in the zone {shown(name)}, which nobody else knows: "
                "ask for the time in UTC"
            )
        found = attrs.evolve(found, parameters={**found.parameters, "TZID": (known,)})
    moment = instant(found)
    if moment is None:
        _refuse(f"expected {found.name} as a time in UTC or of a zone, got {shown(found.value)}")
    return (moment - _EPOCH) // _MICROSECOND


def _zone(name: str) -> str | None:
    """The zone of the IANA database that a calendar means; None where nobody can know."""
    if len(name) > _ZONE_AT_MOST:
        return None
    if zone(name) is not None:
        return name
    # Windows has names of its own, and libical and Mozilla put their own before those of IANA.
    from icalendar.timezone.windows_to_olson import (  # noqa: PLC0415  # few answers need it
        WINDOWS_TO_OLSON,
    )

    parts = name.strip("/").split("/")
    tails = ["/".join(parts[-count:]) for count in (3, 2)] if name.startswith("/") else []
    for each in (WINDOWS_TO_OLSON.get(name), *tails):
        if each is not None and zone(each) is not None:
            return str(each)
    return None


def _length(found: Property) -> int:
    stated = _DURATION.fullmatch(found.value.strip())
    if stated is None:
        _refuse(f"expected a DURATION such as PT5M, got {shown(found.value)}")
    units = zip(("weeks", "days", "hours", "minutes", "seconds"), stated.groups("0"), strict=True)
    return timedelta(**{unit: int(digits) for unit, digits in units}) // _MICROSECOND


def _comment(event: Component, person: Property) -> str:
    """What they write; Google puts it into a parameter."""
    told = _line(" ".join(each.value for each in event.all("COMMENT")))
    return told or _line(person.parameter("X-RESPONSE-COMMENT") or "")


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def _line(text: str) -> str:
    """One printable line of what a stranger wrote, cut."""
    plain = " ".join(_unescaped(text[: 10 * _COMMENT_AT_MOST]).split())
    clean = "".join(c if c.isprintable() else "\ufffd" for c in plain[: _COMMENT_AT_MOST + 1])
    return clean if len(clean) <= _COMMENT_AT_MOST else f"{clean[:_COMMENT_AT_MOST]}…"
