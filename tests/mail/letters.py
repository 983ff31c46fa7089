"""Mails to be read and examined: a sound one, and what one can do to it."""

from __future__ import annotations

ORGANIZER = "clerk@example.org"
ATTENDEE = "mission@example.org"

CALENDAR = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//example//EN",
    "METHOD:REQUEST",
    "BEGIN:VEVENT",
    "UID:1@example.org",
    "DTSTAMP:20140801T120000Z",
    "DTSTART:20140908T140000Z",
    "DTEND:20140908T140300Z",
    "SUMMARY:Chile",
    f"ORGANIZER:mailto:{ORGANIZER}",
    f"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:{ATTENDEE}",
    "END:VEVENT",
    "END:VCALENDAR",
)


def octets(*lines: str) -> bytes:
    """Write lines, each ended by CRLF."""
    return "".join(f"{line}\r\n" for line in lines).encode()


def calendar(**changed: str) -> bytes:
    """Write the calendar of the sound mail with some properties changed, or left out if empty."""
    lines = []
    for line in CALENDAR:
        name = line.partition(":")[0].partition(";")[0]
        lines += [changed.get(name, line)] if changed.get(name, line) else []
    return octets(*lines)


def part(kind: str, body: bytes, *fields: str) -> bytes:
    """Write one part of a multipart."""
    return octets(f"Content-Type: {kind}", *fields, "") + body


def multipart(kind: str, boundary: str, *parts: bytes) -> bytes:
    """Write a multipart with its Content-Type, ready to be a part or the end of a mail."""
    body = b"".join(octets("", f"--{boundary}") + each for each in parts)
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"'
    return octets(head, "") + body.removeprefix(b"\r\n") + octets("", f"--{boundary}--")


def head(*more: str, to: str = ATTENDEE) -> bytes:
    """Write the header of a mail up to its Content-Type."""
    return octets(
        f"From: Clerk <{ORGANIZER}>",
        f"To: Chile <{to}>",
        "Subject: Invitation",
        "Message-ID: <1.2@example.org>",
        "MIME-Version: 1.0",
        *more,
    )


TEXT = part("text/plain; charset=utf-8", b"You have the floor at 10:00.\r\n")
HTML = part("text/html; charset=utf-8", b"<p>You have the floor at 10:00.</p>\r\n")
INVITE = "text/calendar; method=REQUEST; charset=utf-8"


def letter(
    data: bytes | None = None,
    *,
    kind: str = INVITE,
    attached: bytes | None = None,
    to: str = ATTENDEE,
    fields: tuple[str, ...] = (),
) -> bytes:
    """Write an invitation as mail programs take it: text, HTML and calendar, and the file."""
    data = calendar() if data is None else data
    alternative = multipart("alternative", "inner", TEXT, HTML, part(kind, data))
    disposition = 'Content-Disposition: attachment; filename="invite.ics"'
    file = part(INVITE, data if attached is None else attached, disposition)
    body = multipart("mixed", "outer", alternative, file)
    return head(*fields, to=to) + body
