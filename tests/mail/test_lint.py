"""The lint of a mail: each rule told on a mail that breaks it alone, and a page that tells all."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.ical.lint import CODES
from r2psched.mail import MAIL_CODES, lint_mail
from r2psched.mail.structure import OCTETS_AT_MOST
from tests.mail.letters import (
    ATTENDEE,
    HTML,
    INVITE,
    ORGANIZER,
    TEXT,
    calendar,
    head,
    letter,
    multipart,
    part,
)
from tests.mail.test_reading import HOSTILE, PIECES

if TYPE_CHECKING:
    from r2psched.findings import Finding

ROOT = Path(__file__).parents[2]
FROM = f"From: Clerk <{ORGANIZER}>\r\n".encode()
FILE = 'Content-Disposition: attachment; filename="invite.ics"'


def codes(data: bytes) -> list[str]:
    """Name the codes of all findings."""
    return [finding.code for finding in lint_mail(data)]


def only(data: bytes) -> Finding:
    """Give the only finding of a mail."""
    (finding,) = lint_mail(data)
    return finding


def answer(method: str, sender: str = ATTENDEE) -> bytes:
    """Write an answer of the attendee to the organiser."""
    data = calendar(
        METHOD=f"METHOD:{method}", ATTENDEE=f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{ATTENDEE}"
    )
    if method == "COUNTER":
        data = data.replace(b"SUMMARY", b"SEQUENCE:0\r\nSUMMARY")
    if method == "REFRESH":
        data = re.sub(rb"(?:DTSTART|DTEND|SUMMARY).*\r\n", b"", data)
    kind = INVITE.replace("REQUEST", method)
    mail = letter(data, kind=kind, to=ORGANIZER)
    return mail.replace(FROM, f"From: {sender}\r\n".encode())


LAST = multipart("alternative", "b", part(INVITE, calendar()), TEXT)
BROKEN = {
    "mail-refused": letter().replace(b'; boundary="outer"', b""),
    "mail-line-end": letter().replace(b"Subject: Invitation\r\n", b"Subject: Invitation\n"),
    "mail-line-long": letter(fields=("X-Long: " + "x" * 991,)),
    "mail-header-raw": letter(fields=("X-Name: Élan",)),
    "mail-address": letter(to="mission@example.org> <other@example.org"),
    "mail-no-calendar": head() + multipart("alternative", "b", TEXT, HTML),
    "mail-method": letter(kind=INVITE.replace("REQUEST", "PUBLISH")),
    "mail-charset": letter(kind="text/calendar; method=REQUEST"),
    "mail-organizer": letter().replace(ORGANIZER.encode(), b"other@example.org", 1),
    "mail-attendee": answer("REPLY", "other@example.org"),
    "mail-calendar-last": head() + LAST,
    "mail-no-text": head() + multipart("alternative", "b", HTML, part(INVITE, calendar())),
    "mail-recipients": letter(fields=("Cc: Chile <mission@example.org>",)),
    "mail-not-invited": letter(to="other@example.org"),
    "mail-attachment": letter(attached=calendar(SUMMARY="SUMMARY:Denmark")),
}


@pytest.mark.parametrize("code", BROKEN)
def test_each_rule(code: str) -> None:
    """A mail that breaks one rule has that finding alone, as the code has it."""
    finding = only(BROKEN[code])
    rule = MAIL_CODES[code]
    assert (finding.code, finding.severity, finding.remedy) == (code, rule.severity, rule.remedy)


def test_every_rule_is_tried() -> None:
    """No code stands in the list without a mail that breaks it."""
    assert MAIL_CODES.keys() == BROKEN.keys() | {"more"}


def test_a_sound_mail_has_no_finding() -> None:
    """An invitation as mail programs take it passes, with a file beside it or without."""
    assert codes(letter()) == []
    assert codes(head() + multipart("alternative", "b", TEXT, part(INVITE, calendar()))) == []


@pytest.mark.parametrize("method", ["REPLY", "COUNTER", "REFRESH"])
def test_answers(method: str) -> None:
    """An answer comes from the attendee, not from the organiser."""
    assert codes(answer(method)) == []
    assert codes(answer(method, ORGANIZER)) == ["mail-attendee"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"ORGANIZER:MAILTO:{ORGANIZER.upper()}", []),
        (f'ORGANIZER;SENT-BY="mailto:{ORGANIZER}":mailto:chair@example.org', []),
        ("ORGANIZER:mailto:chair@example.org", ["mail-organizer"]),
        ("ORGANIZER:urn:uuid:1", ["mail-organizer"]),
        (f"ORGANIZER:{ORGANIZER}", ["mailto", "mail-organizer"]),
    ],
)
def test_the_organizer_sends(line: str, expected: list[str]) -> None:
    """From is the ORGANIZER or SENT-BY, whatever the case of its letters."""
    found = codes(letter(calendar(ORGANIZER=line)))
    assert set(found) == set(expected)


def test_sender_may_be_the_organizer() -> None:
    """Sender tells who sends, too."""
    data = letter(fields=(f"Sender: {ORGANIZER}",)).replace(FROM, b"From: chair@example.org\r\n")
    assert codes(data) == []


def test_a_calendar_is_linted_where_it_stands() -> None:
    """What is wrong with a calendar is told with the part and the line of it."""
    broken = calendar(SUMMARY="STATUS:MAYBE")
    findings = lint_mail(letter(broken, attached=broken))
    assert [(f.code, f.place) for f in findings if f.code == "word"] == [
        ("word", "part 3, line 10 (VEVENT 1): STATUS"),
        ("word", "part 4, line 10 (VEVENT 1): STATUS"),
    ]


def test_messages() -> None:
    """The findings say what is so, and where."""
    line = only(BROKEN["mail-line-end"])
    assert (line.place, line.message) == ("line 3", "1 lines end in LF alone, not in CRLF")
    long = only(BROKEN["mail-line-long"])
    assert (long.place, long.message) == ("line 6", "the line has 999 octets, 998 at most")
    method = only(BROKEN["mail-method"])
    assert method.place == "part 3"
    assert method.message == 'it states method="PUBLISH", the calendar has METHOD:REQUEST'
    last = only(BROKEN["mail-calendar-last"])
    assert last.message == "the text/calendar is not the last part of the multipart/alternative"


def test_no_method_at_all() -> None:
    """A part that states no method is told, and one that states it for a calendar without."""
    assert codes(letter(kind="text/calendar; charset=utf-8")) == ["mail-method"]
    plain = calendar(METHOD="")
    assert only(letter(plain)).message.endswith("the calendar has no METHOD")


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16"])
def test_other_charsets(charset: str) -> None:
    """Calendars are in UTF-8."""
    mail = letter(calendar().decode().encode(charset), kind=f"{INVITE}".replace("utf-8", charset))
    assert "mail-charset" in codes(mail)


def test_places_where_no_invitation_is_looked_for() -> None:
    """A calendar alone, in a mixed, or only attached, is not shown as an invitation."""
    assert codes(head() + part(INVITE, calendar())) == ["mail-no-text", "mail-calendar-last"]
    mixed = head() + multipart("mixed", "b", TEXT, part(INVITE, calendar()))
    assert only(mixed).message == 'the text/calendar stands in a "multipart/mixed"'
    attached = head() + multipart("mixed", "b", TEXT, part(INVITE, calendar(), FILE))
    assert only(attached).message == "it holds a calendar only as an attachment"


def test_no_sender() -> None:
    """A mail of nobody, or of two, has that finding, and is examined all the same."""
    assert codes(letter().replace(FROM, b"")) == ["mail-address"]
    assert codes(FROM + letter()) == ["mail-address"]
    assert codes(letter(fields=("Sender: nobody",))) == ["mail-address"]
    assert codes(letter().replace(FROM, b"From: nobody\r\n")) == ["mail-address"]


def test_a_raw_header_of_a_part() -> None:
    """The header of a part is ASCII, too."""
    finding = only(letter().replace(b'"invite.ics"', '"é.ics"'.encode()))
    assert (finding.code, finding.place) == ("mail-header-raw", "part 4")


def test_a_mail_beyond_measure() -> None:
    """Of a mail that is too large the lines of its beginning are examined."""
    assert codes(b"\n" * (OCTETS_AT_MOST + 1)) == ["mail-line-end", "mail-refused"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mails_are_examined_soon(name: str) -> None:
    """Nothing holds the lint up."""
    began = time.monotonic()
    assert lint_mail(HOSTILE[name]).errors
    assert time.monotonic() - began < 6


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=3), max_size=40).map(b"".join))
def test_no_octets_break_the_lint(data: bytes) -> None:
    """Any octets get an answer, never an exception."""
    assert str(lint_mail(data))


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=4))
def test_no_change_of_a_sound_mail_breaks_the_lint(at: int, octets: bytes) -> None:
    """A sound mail with a few octets overwritten gets an answer too."""
    data = letter()
    assert str(lint_mail(data[:at] + octets + data[at + len(octets) :]))


def test_the_page_tells_every_rule() -> None:
    """The manual has each code in order, with its severity, remedy and source."""
    page = (ROOT / "docs" / "reference" / "lint.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| `([a-z-]+)` \| (\w+) \| (.+?) \| (.+?) \| (.+?) \|$", page, re.MULTILINE
    )
    told = {code: (severity, remedy, source) for code, severity, _, remedy, source in rows}
    known = CODES | MAIL_CODES
    assert told == {code: (rule.severity, rule.remedy, rule.source) for code, rule in known.items()}
    assert [row[0] for row in rows] == [*CODES, *(code for code in MAIL_CODES if code != "more")]
