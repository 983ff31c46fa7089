"""Answers as calendars in use write them, and as whoever means harm would."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.errors import InvalidValue
from r2psched.ical import read_answer
from r2psched.ical.answering import OCTETS_AT_MOST
from r2psched.inviting import Reply

REPLIES = Path(__file__).parent / "replies"
FILES = {path.stem: path.read_bytes() for path in sorted(REPLIES.glob("*.ics"))}
UID, ANA = "hearing.floor.speaker.ana@r2psched", "ana@secret.example"
PLAIN = FILES["google-declined"]
COUNTER = FILES["outlook-counter"]
LONGEST = 10.0
"""Seconds: some ten times what the slowest takes here."""


def us(text: str) -> int:
    """Give an instant in microseconds since the epoch."""
    return int(dt.datetime.fromisoformat(text).timestamp()) * 1_000_000


WRITTEN = {
    "apple-accepted": Reply("REPLY", UID, ANA, us("2026-03-03T13:00:00Z"), "ACCEPTED"),
    "evolution-refresh": Reply(
        "REFRESH", UID, ANA, us("2026-03-03T16:00:00Z"), comment="Please send it again"
    ),
    "google-declined": Reply(
        "REPLY", UID, ANA, us("2026-03-03T12:00:00Z"), "DECLINED", comment="I am abroad, sorry"
    ),
    "lotus-delegated": Reply(
        "REPLY",
        UID,
        ANA,
        us("2026-03-03T15:00:00Z"),
        "DELEGATED",
        delegates=("deputy@secret.example",),
        comment="Delegated: Ana Ruiz takes the floor",
    ),
    "outlook-accepted": Reply("REPLY", UID, ANA, us("2026-03-03T10:15:00Z"), "ACCEPTED"),
    "outlook-counter": Reply(
        "COUNTER",
        UID,
        ANA,
        us("2026-03-03T10:15:00Z"),
        "TENTATIVE",
        comment="Could I speak later? I am at the clinic, sorry.",
        start_us=us("2026-03-11T00:09:00Z"),
        end_us=us("2026-03-11T00:12:00Z"),
    ),
    "thunderbird-tentative": Reply("REPLY", UID, ANA, us("2026-03-03T14:00:00Z"), "TENTATIVE"),
}


def reason(data: bytes) -> str:
    """Give the reason for which an answer is refused."""
    with pytest.raises(InvalidValue) as caught:
        read_answer(data)
    return str(caught.value)


def without(data: bytes, name: bytes) -> bytes:
    """Take a property out, with its folds."""
    kept, out = [], False
    for line in data.split(b"\r\n"):
        out = line.startswith((name + b":", name + b";")) or (out and line.startswith(b" "))
        kept += [] if out else [line]
    return b"\r\n".join(kept)


def test_clients_are_all_here() -> None:
    """Every file of a calendar in use is read."""
    assert set(FILES) == set(WRITTEN)


@pytest.mark.parametrize("name", WRITTEN)
def test_clients(name: str) -> None:
    """An answer is read as the calendar meant it, whatever it adds and leaves out."""
    assert read_answer(FILES[name]) == WRITTEN[name]


@pytest.mark.parametrize("name", WRITTEN)
def test_line_feeds(name: str) -> None:
    """Line feeds alone, a byte order mark and blank lines do no harm."""
    data = FILES[name].replace(b"\r\n", b"\n")
    assert read_answer(b"\xef\xbb\xbf" + data + b"\n\n") == WRITTEN[name]


TOLERATED = [
    (b"METHOD:REPLY", b"method: reply", {}),
    (b"PARTSTAT=DECLINED", b"partstat=declined", {}),
    (b"PARTSTAT=DECLINED", b"X=1", {"status": "NEEDS-ACTION"}),
    (b"PARTSTAT=DECLINED", b"PARTSTAT=X-MAYBE", {"status": "NEEDS-ACTION"}),
    (b":mailto\r\n :ana@", b":MAILTO: Ana@", {"address": "Ana@secret.example"}),
    (b":mailto\r\n :ana@", b":ana@", {}),
    (b"SEQUENCE:0\r\n", b"", {}),
    (b"SEQUENCE:0", b"SEQUENCE:2", {"sequence": 2}),
    (b"LOCATION:", b"X-JUNK without a colon", {}),
    (b"CREATED:", b"RECURRENCE-ID:20260310T180000\r\nCREATED:", {"recurrence": "20260310T180000"}),
    (
        b"PARTSTAT=DECLINED",
        b'PARTSTAT=DECLINED;SENT-BY="mailto:secretary@secret.example"',
        {"sent_by": "secretary@secret.example"},
    ),
    (
        b"PARTSTAT=DECLINED",
        b'PARTSTAT=ACCEPTED;DELEGATED-FROM="mailto:boss@secret.example","urn:x"',
        {"status": "ACCEPTED", "delegators": ("boss@secret.example",)},
    ),
]


@pytest.mark.parametrize(("old", "new", "changed"), TOLERATED, ids=map(str, range(len(TOLERATED))))
def test_tolerated(old: bytes, new: bytes, changed: dict[str, Any]) -> None:
    """What does not count is passed over, and what may be left out has its default."""
    data = PLAIN.replace(old, new)
    assert data != PLAIN
    assert read_answer(data) == attrs.evolve(WRITTEN["google-declined"], **changed)


REFUSED = [
    (b"METHOD:REPLY\r\n", b"", "it has no METHOD: it is an entry, not the answer to an invitation"),
    (
        b"METHOD:REPLY",
        b"METHOD:REQUEST",
        'expected an answer (REPLY, COUNTER or REFRESH), got METHOD "REQUEST"',
    ),
    (b"METHOD:REPLY", b"METHOD:REPLY\r\nMETHOD:COUNTER", "METHOD stands twice"),
    (b"UID:", b"X-UID:", "it has no UID, so it is not known what is answered"),
    (b"UID:", b"UID:other\r\nUID:", "UID stands twice"),
    (b"SEQUENCE:0", b"SEQUENCE:0\r\nSEQUENCE:1", "SEQUENCE stands twice"),
    (b"SEQUENCE:0", b"SEQUENCE:-1", 'expected a whole number as SEQUENCE, got "-1"'),
    (
        b"SEQUENCE:0",
        b"SEQUENCE:4294967296",
        'expected a whole number as SEQUENCE, got "4294967296"',
    ),
    (
        b"DTSTAMP:",
        b"X-STAMP:",
        "it has no DTSTAMP, so it is not known which of two answers is newer",
    ),
    (
        b"DTSTAMP:20260303T120000Z",
        b"DTSTAMP:20260303T120000",
        'expected DTSTAMP as a time in UTC or of a zone, got "20260303T120000"',
    ),
    (b"CREATED:", b"ATTENDEE:mailto:b@c.d\r\nX:", "expected one ATTENDEE, who answers, got 2"),
    (b"ATTENDEE;", b"X-ATTENDEE;", "expected one ATTENDEE, who answers, got 0"),
    (
        b":mailto\r\n :ana@secret.example",
        b":invalid:nomail",
        'expected the ATTENDEE as mailto:name@example.org, got "invalid:nomail"',
    ),
    (
        b"BEGIN:VEVENT\r\n",
        b"BEGIN:VEVENT\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\n",
        "expected one event, as each invitation is of one, got 2",
    ),
    (
        b":VEVENT",
        b":VTODO",
        'expected one event, as each invitation is of one, got 0 and "VTODO"',
    ),
    (b"END:VEVENT\r\n", b"", "the calendar cannot be read: there is no END:VEVENT"),
    (b"VCALENDAR", b"VCARD", "expected one calendar, got 0"),
]


@pytest.mark.parametrize(("old", "new", "why"), REFUSED, ids=map(str, range(len(REFUSED))))
def test_refused(old: bytes, new: bytes, why: str) -> None:
    """What counts and is missing, doubled or no value is refused with the reason."""
    assert reason(PLAIN.replace(old, new)) == why


def test_two_calendars() -> None:
    """Two calendars in one file are refused: it is not clear which one holds."""
    assert reason(PLAIN + PLAIN) == "expected one calendar, got 2"


def proposing(start: bytes, *rest: bytes) -> bytes:
    """Give a proposal with this DTSTART, and no DTEND but what is given."""
    plain = without(without(COUNTER, b"DTEND"), b"DTSTART")
    lines = b"".join(line + b"\r\n" for line in (b"DTSTART" + start, *rest))
    return plain.replace(b"ORGANIZER", lines + b"ORGANIZER")


PROPOSED = [
    (b":20260311T000900Z", "2026-03-11T00:09:00Z"),
    (b";TZID=America/Denver:20260310T180900", "2026-03-11T00:09:00Z"),
    (b";TZID=/mozilla.org/20070129_1/America/Denver:20260310T180900", "2026-03-11T00:09:00Z"),
    (b";TZID=/vendor/US/Mountain:20260310T180900", "2026-03-11T00:09:00Z"),
    (b";TZID=/vendor/America/Indiana/Knox:20260310T180900", "2026-03-10T23:09:00Z"),
    (b';TZID="W. Europe Standard Time":20260310T180900', "2026-03-10T17:09:00Z"),
    (b";TZID=nobody-knows:20260311T000900Z", "2026-03-11T00:09:00Z"),
]


@pytest.mark.parametrize(("start", "instant"), PROPOSED, ids=map(str, range(len(PROPOSED))))
def test_proposed_zone(start: bytes, instant: str) -> None:
    """A proposed time is in UTC, or in a zone of IANA, of Windows or with a vendor before it."""
    assert read_answer(proposing(start)).start_us == us(instant)


ENDS = [
    ((), None),
    ((b"DURATION:PT5M",), "2026-03-11T00:14:00Z"),
    ((b"DURATION:P1DT1H0M1S",), "2026-03-12T01:09:01Z"),
    ((b"DTEND:20260311T001000Z",), "2026-03-11T00:10:00Z"),
]


@pytest.mark.parametrize(("end", "instant"), ENDS, ids=map(str, range(len(ENDS))))
def test_proposed_end(end: tuple[bytes, ...], instant: str | None) -> None:
    """A proposed time ends as its DTEND or DURATION says, or that is left open."""
    found = read_answer(proposing(b":20260311T000900Z", *end)).end_us
    assert found == (None if instant is None else us(instant))


UNKNOWN = 'DTSTART is in the zone "{}", which nobody else knows: ask for the time in UTC'
NO_TIME = 'expected DTSTART as a time in UTC or of a zone, got "{}"'
BACKWARDS = "the time that it proposes ends before it begins"
NO_PROPOSAL = [
    (b';TZID="Customized Time Zone":20260310T1809', (), UNKNOWN.format("Customized Time Zone")),
    (b";TZID=../../etc/passwd:20260310T180900", (), UNKNOWN.format("../../etc/passwd")),
    (b";TZID=America:20260310T180900", (), UNKNOWN.format("America")),
    (b";TZID=" + b"x" * 3000 + b":20260310T180900", (), UNKNOWN.format("x" * 60 + "…")),
    (b":20260310T180900", (), NO_TIME.format("20260310T180900")),
    (b";VALUE=DATE:20260310", (), NO_TIME.format("20260310")),
    (b";TZID=America/Denver:20260230T180900", (), NO_TIME.format("20260230T180900")),
    (b":20260310T180900Z", (b"DTEND:20260310T180900Z",), BACKWARDS),
    (b":20260310T180900Z", (b"DURATION:PT0S",), BACKWARDS),
    (
        b":20260310T180900Z",
        (b"DURATION:P99999999999D",),
        'expected a DURATION such as PT5M, got "P99999999999D"',
    ),
]


@pytest.mark.parametrize(
    ("start", "rest", "why"), NO_PROPOSAL, ids=map(str, range(len(NO_PROPOSAL)))
)
def test_no_proposal(start: bytes, rest: tuple[bytes, ...], why: str) -> None:
    """A proposed time that nobody can know is refused with the reason."""
    assert reason(proposing(start, *rest)) == why


def test_no_start() -> None:
    """A proposal without a time is refused."""
    expected = "it proposes another time and has no DTSTART that says which"
    assert reason(without(COUNTER, b"DTSTART")) == expected


@given(st.text(max_size=600))
def test_comment(text: str) -> None:
    """What a stranger writes becomes one printable line that is cut."""
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "")
    data = PLAIN.replace(b"CREATED:", f"COMMENT:{escaped}\r\nCREATED:".encode(errors="replace"))
    try:
        comment = read_answer(data).comment
    except InvalidValue:  # such as an END:VEVENT of its own
        return
    assert comment.isprintable()
    assert len(comment) <= 201


def test_comment_unescaped() -> None:
    """A comment is read without its escapes, and nothing of it steers a terminal."""
    data = PLAIN.replace(
        b"CREATED:", b"COMMENT:one\\, two\\nthree \\\\N \xe2\x80\xae\x1b[31m\r\nCREATED:"
    )
    assert read_answer(data).comment == "one, two three \\N \ufffd\ufffd[31m"


@given(st.binary(max_size=300))
def test_octets(data: bytes) -> None:
    """Whatever the octets, nothing is raised but the reason."""
    with pytest.raises(InvalidValue):
        read_answer(data)


@given(st.data())
def test_broken(data: st.DataObject) -> None:
    """An answer with some octets replaced is read, or refused with a reason."""
    whole = data.draw(st.sampled_from(list(FILES.values())))
    at = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.integers(0, 20))
    changed = whole[:at] + data.draw(st.binary(max_size=20)) + whole[at + length :]
    try:
        read = read_answer(changed)
    except InvalidValue:
        return
    assert read.comment.isprintable()


def filled(piece: bytes, head: bytes = b"", tail: bytes = b"") -> bytes:
    """Repeat octets up to the most that is read."""
    room = OCTETS_AT_MOST - len(head) - len(tail)
    return head + piece * (room // len(piece)) + tail


def within(piece: bytes) -> bytes:
    """Repeat octets before the CREATED of an answer."""
    head, tail = PLAIN.split(b"CREATED:")
    return filled(piece, head, b"CREATED:" + tail)


BEGUN, ENDED = b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n", b"END:VCALENDAR\r\n"
TOO_MANY_LINES = (
    "the calendar cannot be read: the file has more than 500000 lines, and only those are examined"
)
HOSTILE = {
    "too large": (b"a" * (OCTETS_AT_MOST + 1), "the calendar has 1048577 octets, 1048576 at most"),
    "ten thousand events": (
        BEGUN + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 10_000 + ENDED,
        "expected one event, as each invitation is of one, got 10000",
    ),
    "tiny components": (
        filled(b"BEGIN:A\nEND:A\n", BEGUN, ENDED),
        'expected one event, as each invitation is of one, got 0 and "A"',
    ),
    "deep": (
        filled(b"BEGIN:A\n"),
        "the calendar cannot be read: components stand more than 8 deep",
    ),
    "ends": (filled(b"END:A\n"), 'the calendar cannot be read: END:"A" ends nothing that is open'),
    "crossed": (
        filled(b"BEGIN:A\nBEGIN:B\nEND:A\n"),
        "the calendar cannot be read: there is no END:B",
    ),
    "empty lines": (filled(b"\n"), TOO_MANY_LINES),
    "folds": (filled(b"\n ", b"A:b"), TOO_MANY_LINES),
    "one line": (filled(b"A"), "expected one calendar, got 0"),
    "parameters": (filled(b";A=b", b"ATTENDEE"), "expected one calendar, got 0"),
    "values": (filled(b",", b"ATTENDEE;A="), "expected one calendar, got 0"),
    "quotes": (filled(b'"",', b"ATTENDEE;A="), "expected one calendar, got 0"),
    "no octet of UTF-8": (filled(b"\xff"), "expected one calendar, got 0"),
    "attendees": (
        within(b"ATTENDEE:mailto:a@b.example\n"),
        "expected one ATTENDEE, who answers, got {}",
    ),
    "sequence": (
        PLAIN.replace(b"SEQUENCE:0", b"SEQUENCE:" + b"0" * 10**6),
        'expected a whole number as SEQUENCE, got "' + "0" * 60 + '…"',
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str) -> None:
    """Whoever sends much is refused with a reason, within seconds."""
    data, why = HOSTILE[name]
    begun = time.perf_counter()
    assert reason(data) == why.format(data.count(b"ATTENDEE") if "{}" in why else "")
    assert time.perf_counter() - begun < LONGEST


def test_long_comments() -> None:
    """Of a comment of a megabyte, and of thousands of comments, a line is kept."""
    long = read_answer(within(b"COMMENT:\\n\\na\r\n")).comment
    assert long.startswith("a a a")
    assert len(long) == 201
