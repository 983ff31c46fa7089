"""Mails that carry an invitation, read by readers of mail that others wrote."""

from __future__ import annotations

import base64
import json
import subprocess
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import category

import attrs
import pytest

from r2psched.ical import Letters
from r2psched.inviting import Recipient
from tests.interop.meetings import BEGIN_US, SENDER, meeting
from tests.mail.test_composing import HEADERS, HOSTILE, composed, first, of_every_method

if TYPE_CHECKING:
    from r2psched.inviting import Message
    from r2psched.programme import Programme

HERE = Path(__file__).parent
READERS = {
    "postal-mime": ["node", "read_postal_mime.mjs"],
    "mailparser": ["node", "read_mailparser.mjs"],
    "Email::MIME": ["perl", "read_email_mime.pl"],
}
"""Programs that print what a mail holds as JSON: headers (their names), from and to (name and
address each), subject, date, id, text, html, files (type, method, name, octets as base64)."""

RAW_HEADERS = "Email::MIME 1.953 does not decode the headers of RFC 6532"
LEFT_OUT = {("Email::MIME", "headers beyond ASCII"): RAW_HEADERS}
"""Readers that are wrong themselves, and why."""

WIRED = {
    "postal-mime": "josé@xn--exmple-cua.org",
    "mailparser": "josé@exämple.org",  # which turns the domain back into letters
    "Email::MIME": "josé@xn--exmple-cua.org",
}
"""What each reader gives for the address josé@exämple.org."""

LINE_FEEDS = {"postal-mime": "postal-mime 4.0.0 gives every calendar with bare line feeds"}
"""Readers that change the line ends of a calendar, and why."""

STEERING, HIDDEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), {"Cc", "Cs"}
"""What is taken out of names: overrides of the direction, and the categories of no character."""

SHOWN_AT_LEAST = 60
"""How many characters of a name are shown, however long it is."""


@pytest.fixture(params=READERS)
def mail_reader(request: pytest.FixtureRequest) -> str:
    """The name of each reader of mails in turn."""
    name: str = request.param
    return name


def read(reader: str, mail: bytes) -> dict[str, Any]:
    """Give a mail to a reader."""
    done = subprocess.run(READERS[reader], input=mail, capture_output=True, cwd=HERE, check=False)
    assert done.returncode == 0, done.stderr.decode()
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def one_line(text: str) -> str:
    """Give a name as it may come back: in one line, without controls and overrides."""
    broken = "".join(c for c in "\n".join(text.splitlines()) if c not in STEERING)
    return " ".join("".join(c for c in broken if c.isspace() or category(c) not in HIDDEN).split())


def check(
    reader: str, programme: Programme, message: Message, to: str | None = None
) -> dict[str, Any]:
    """Check what a reader finds in the mail of a message, and give it."""
    mail = composed(programme, message)
    found = read(reader, mail)
    assert sorted(found["headers"]) == sorted(name.lower() for name in HEADERS)
    assert [each["address"] for each in found["from"]] == [SENDER]
    assert [each["address"] for each in found["to"]] == [to or message.recipient.address]
    calendar, attached = found["files"]
    assert (calendar["type"], calendar["method"]) == ("text/calendar", message.method)
    assert (attached["type"], attached["name"]) == ("application/ics", "invite.ics")
    written = Letters(programme).write(message)
    if reader in LINE_FEEDS:
        written = written.replace(b"\r\n", b"\n")
    assert base64.b64decode(calendar["octets"]) == written
    assert base64.b64decode(attached["octets"]) == written
    return found


@pytest.mark.parametrize("message", of_every_method(), ids=lambda each: f"{each.method}-{each.why}")
def test_a_mail_of_each_method(message: Message, mail_reader: str) -> None:
    """Each reader finds sender, recipient, subject, date, both texts and the calendar, twice."""
    found = check(mail_reader, meeting(), message)
    assert [each["name"] for each in found["from"]] == ["Office"]
    assert [each["name"] for each in found["to"]] == ["Chile"]
    assert "Chile takes the floor: Floor, Tuesday 8 September 2026, 1" in found["subject"]
    date = found["date"]
    sent = parsedate_to_datetime(date) if "," in date else datetime.fromisoformat(date)
    assert sent == datetime.fromtimestamp(message.stamp_us // 1_000_000, UTC)
    assert message.stamp_us >= BEGIN_US
    assert found["id"].endswith("@example.org>")
    assert "When: Tuesday 8 September 2026, 1" in found["text"]
    assert "<p>To Chile:</p>" in found["html"]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_word_adds_a_header_or_a_recipient(words: str, mail_reader: str) -> None:
    """Whatever stands in names and titles, each reader finds one recipient and one sender."""
    programme = meeting(words=HOSTILE[words])
    found = check(mail_reader, programme, first(programme))
    shown = one_line(f"Chile {HOSTILE[words]}")
    (to,) = found["to"]
    assert shown.startswith(to["name"].removesuffix("…").strip())
    assert len(to["name"]) >= min(len(shown), SHOWN_AT_LEAST)


@pytest.mark.parametrize(
    "name",
    [
        "日本国, 代表部",
        "Côte d’Ivoire",
        'The "Group" of 77 (NY), Ms. X',
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u200fאב\u200e C",
    ],
)
def test_names_come_back(name: str, mail_reader: str) -> None:
    """A name in any script is shown as it is, however long the subject is that it stands in."""
    message = attrs.evolve(first(meeting()), recipient=Recipient(name, "chile@example.org"))
    (to,) = check(mail_reader, meeting(), message)["to"]
    assert to["name"] == name


def test_addresses_beyond_ascii(mail_reader: str) -> None:
    """Letters before the @ come back as they are, those behind it as servers know them."""
    if reason := LEFT_OUT.get((mail_reader, "headers beyond ASCII")):
        pytest.skip(reason)
    message = attrs.evolve(first(meeting()), recipient=Recipient("José, 日本", "josé@exämple.org"))
    (to,) = check(mail_reader, meeting(), message, WIRED[mail_reader])["to"]
    assert to["name"] == "José, 日本"


def test_a_domain_beyond_ascii(mail_reader: str) -> None:
    """A domain beyond ASCII needs no reader of headers beyond ASCII."""
    message = attrs.evolve(first(meeting()), recipient=Recipient("José, 日本", "jose@exämple.org"))
    wired = WIRED[mail_reader].replace("é", "e")
    (to,) = check(mail_reader, meeting(), message, wired)["to"]
    assert to["name"] == "José, 日本"
