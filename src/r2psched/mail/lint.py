"""The house's own lint of a mail that carries a calendar: what mail programs would stumble over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from r2psched.errors import InvalidInput, InvalidValue, shown
from r2psched.findings import Findings
from r2psched.ical.lint import CODES, examined
from r2psched.ical.reports import Code, Report
from r2psched.mail.addresses import mailboxes
from r2psched.mail.reading import calendars
from r2psched.mail.structure import OCTETS_AT_MOST, leaves, parse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from r2psched.ical.reading import Component, Property
    from r2psched.mail.reading import CalendarPart
    from r2psched.mail.structure import Entity

__all__ = ["MAIL_CODES", "lint_mail"]

LINE_AT_MOST = 998
_HOUSE = "a rule of this house: "

MAIL_CODES: dict[str, Code] = {
    "mail-refused": Code(
        "error", "send the mail anew", _HOUSE + "what is ambiguous or beyond measure is not read"
    ),
    "mail-line-end": Code("error", "end every line by CR and LF", "RFC 5322 section 2.3"),
    "mail-line-long": Code("error", "fold the line, or encode the part", "RFC 5322 section 2.1.1"),
    "mail-header-raw": Code(
        "warning",
        "write encoded words, where no address needs more",
        "RFC 5322 section 2.2; RFC 6532",
    ),
    "mail-address": Code("error", "write Name <name@example.org>", "RFC 5322 sections 3.4 and 3.6"),
    "mail-no-calendar": Code("error", "add a text/calendar part", "RFC 6047 section 2.4"),
    "mail-method": Code("error", "state the METHOD of the calendar", "RFC 6047 section 2.4"),
    "mail-charset": Code("error", "write charset=utf-8", "RFC 5545 sections 3.1.4 and 8.1"),
    "mail-organizer": Code(
        "error", "send from the ORGANIZER, or name the sender in SENT-BY", "RFC 6047 section 2.2"
    ),
    "mail-attendee": Code(
        "error", "send from the ATTENDEE, or name the sender in SENT-BY", "RFC 6047 section 2.2"
    ),
    "mail-calendar-last": Code(
        "warning",
        "put it last into a multipart/alternative",
        _HOUSE + "Outlook and Google show an invitation only there",
    ),
    "mail-no-text": Code(
        "warning",
        "put a text/plain beside it",
        _HOUSE + "who has no calendar reads nothing",
    ),
    "mail-recipients": Code(
        "warning", "send one mail to each recipient", _HOUSE + "nobody sees another's address"
    ),
    "mail-not-invited": Code(
        "warning",
        "send it to its ATTENDEE",
        _HOUSE + "some calendars show no invitation to whom it doesn't name",
    ),
    "mail-attachment": Code(
        "error", "attach the same calendar", _HOUSE + "readers take either of the two"
    ),
    "more": CODES["more"],
}
"""Every code that only a mail can have, with severity, remedy and source."""

_OF_ORGANIZER = frozenset({"REQUEST", "CANCEL", "ADD", "DECLINECOUNTER"})
_OF_ATTENDEE = frozenset({"REPLY", "COUNTER", "REFRESH"})


def lint_mail(data: bytes) -> Findings:
    r"""Tell what is wrong with a mail and with the calendars in it.

    Args:
        data: The octets of the mail; at most 4 MiB are examined.

    Returns:
        One finding for each thing that is wrong; codes, severities and sources are in `MAIL_CODES`
        and, for what is wrong with a calendar, in `r2psched.ical.lint.CODES`. Never raises.

    Source:
        RFC 5322; RFC 6047.

    Examples:
        >>> print(lint_mail(b"From: a@example.org\r\n\r\nHello\r\n")[0])
        error [mail-no-calendar] the mail: it holds no calendar; add a text/calendar part
    """
    report = Report(MAIL_CODES)
    _lines(data[:OCTETS_AT_MOST], report)
    inner: list[Findings] = []
    try:
        mail = parse(data)
        _headers(mail, report)
        _parts(mail, report, inner)
    except InvalidInput as error:
        for fault in error.faults:
            report.note("mail-refused", fault.place, fault.message)
    return Findings((*report.findings(), *(finding for found in inner for finding in found)))


def _lines(data: bytes, report: Report) -> None:
    lines = data.split(b"\n")
    bare = data.count(b"\n") - data.count(b"\r\n")
    if bare:
        first = next(n for n, line in enumerate(lines, 1) if not line.endswith(b"\r"))
        report.note("mail-line-end", f"line {first}", f"{bare} lines end in LF alone, not in CRLF")
    for number, line in enumerate(lines, 1):
        if len(line) > LINE_AT_MOST and len(text := line.removesuffix(b"\r")) > LINE_AT_MOST:
            message = f"the line has {len(text)} octets, {LINE_AT_MOST} at most"
            report.note("mail-line-long", f"line {number}", message)


def _headers(mail: Entity, report: Report) -> None:
    for number, part, _ in leaves(mail):
        if part is not mail and not part.head.isascii():
            report.note("mail-header-raw", f"part {number}", "its header holds other than ASCII")
    if not mail.head.isascii():
        report.note("mail-header-raw", "the header", "it holds other than ASCII")
    senders = _addresses(mail, ("from",), report)
    if senders is not None and len(senders) != 1:
        report.note("mail-address", "From", f"expected one address, got {len(senders)}")
    _addresses(mail, ("sender",), report)
    to = _addresses(mail, ("to", "cc"), report) or ()
    if len(to) > 1:
        report.note("mail-recipients", "To", f"it is sent to {len(to)} addresses")


def _addresses(
    mail: Entity, names: Iterable[str], report: Report | None = None
) -> tuple[str, ...] | None:
    """The addresses of header fields; None where they are not clear."""
    names = tuple(names)
    try:
        return tuple(
            address
            for name in names
            for text in mail.all(name)
            for address in mailboxes(text, groups=name in {"to", "cc"})
        )
    except InvalidValue as error:
        if report:
            report.note("mail-address", names[0].title(), str(error))
        return None


def _parts(mail: Entity, report: Report, inner: list[Findings]) -> None:
    found = tuple(calendars(mail))
    shown_parts = [part for part in found if not part.is_attachment]
    if not shown_parts:
        message = "it holds a calendar only as an attachment" if found else "it holds no calendar"
        report.note("mail-no-calendar", "the mail", message)
    if shown_parts and not any(leaf.kind == "text/plain" for _, leaf, _ in leaves(mail)):
        report.note("mail-no-text", "the mail", "it holds no text/plain")
    texts = {_text(part) for part in shown_parts}
    around = {number: (leaf, parent) for number, leaf, parent in leaves(mail)}
    for part in found:
        findings, read = examined(part.octets)
        place = f"part {part.number}"
        inner.append(_within(place, findings))
        if part.is_attachment:
            if texts and _text(part) not in texts:
                report.note("mail-attachment", place, "it is another calendar than that shown")
            continue
        _place_of(place, *around[part.number], report)
        _parameters(part, read, report)
        _people(mail, place, read, report)


def _within(place: str, findings: Findings) -> Findings:
    return Findings(attrs.evolve(each, place=f"{place}, {each.place}") for each in findings)


def _text(part: CalendarPart) -> bytes:
    return part.octets.replace(b"\r\n", b"\n").strip()


def _place_of(place: str, leaf: Entity, parent: Entity | None, report: Report) -> None:
    if parent is None:
        report.note("mail-calendar-last", place, "the mail is nothing but the text/calendar")
    elif parent.kind != "multipart/alternative" or parent.parts[-1] is not leaf:
        where = f"stands in a {shown(parent.kind)}"
        if parent.kind == "multipart/alternative":
            where = "is not the last part of the multipart/alternative"
        report.note("mail-calendar-last", place, f"the text/calendar {where}")


def _parameters(part: CalendarPart, read: tuple[Component, ...], report: Report) -> None:
    place = f"part {part.number}"
    method = _method(read)
    if part.method is None:
        report.note("mail-method", place, "the text/calendar states no method")
    elif part.method.upper() != method:
        wanted = f"METHOD:{method}" if method else "no METHOD"
        message = f"it states method={shown(part.method)}, the calendar has {wanted}"
        report.note("mail-method", place, message)
    if part.charset is None:
        report.note("mail-charset", place, "the text/calendar states no charset")
    elif part.charset.lower() not in {"utf-8", "us-ascii"}:
        report.note("mail-charset", place, f"expected charset=utf-8, got {shown(part.charset)}")


def _method(read: tuple[Component, ...]) -> str | None:
    stated = read[0].first("METHOD") if read else None
    return stated.value.upper() if stated else None


def _people(mail: Entity, place: str, read: tuple[Component, ...], report: Report) -> None:
    """Hold the addresses of the mail against those of the calendar."""
    method = _method(read)
    events = [component for calendar in read for component in calendar.components]
    organizers = [found for event in events for found in event.all("ORGANIZER")]
    attendees = [found for event in events for found in event.all("ATTENDEE")]
    senders = {a.lower() for a in _addresses(mail, ("from", "sender")) or ()}
    if not senders:
        return
    if method in _OF_ORGANIZER:
        if organizers and not senders & _speakers_of(organizers):
            message = "neither From nor Sender is the ORGANIZER or its SENT-BY"
            report.note("mail-organizer", place, message)
        invited = {_mail_of(found.value) for found in attendees}
        others = {a.lower() for a in _addresses(mail, ("to",)) or ()} - invited
        if attendees and others:
            message = f"{len(others)} of the addresses in To are no ATTENDEE"
            report.note("mail-not-invited", place, message)
    elif method in _OF_ATTENDEE and attendees and not senders & _speakers_of(attendees):
        message = "neither From nor Sender is the ATTENDEE or its SENT-BY"
        report.note("mail-attendee", place, message)


def _speakers_of(users: Iterable[Property]) -> set[str]:
    """The addresses of calendar users and of those who act for them, in small letters."""
    found = set()
    for user in users:
        found |= {_mail_of(user.value), _mail_of(user.parameter("SENT-BY") or "")}
    return found


def _mail_of(value: str) -> str:
    scheme, _, address = value.partition(":")
    return address.strip().lower() if scheme.lower() == "mailto" else ""
