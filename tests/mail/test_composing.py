"""Mails that carry an invitation, read back by Python's own readers of mail and of HTML."""

from __future__ import annotations

import email.policy
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email.errors import NonASCIILocalPartDefect
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.errors import InvalidValue
from r2psched.ical import Letters
from r2psched.inviting import Message, Recipient
from r2psched.mail import lint_mail
from r2psched.mail.composing import Composer
from r2psched.programme import Invitations
from r2psched.speakers import Person
from tests.interop.meetings import BEGIN_US, MINUTE, SENDER, brought, life, meeting

if TYPE_CHECKING:
    from r2psched.inviting.messages import Why
    from r2psched.inviting.sent import Method, PartStat
    from r2psched.programme import Programme

HEADERS = [
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
]
LINE_AT_MOST = 998

HOSTILE = {
    "line feeds": "x\nBcc: other@example.org\n\nbody",
    "line ends": "x\r\nBcc: other@example.org\r\n\r\nbody",
    "returns": "x\rBcc: other@example.org",
    "other breaks": "x\u2028Bcc: other@example.org\x85Cc: other@example.org\x0bTo: a@b.org",
    "controls": "x\x00\x07\x1b[31m\x7f",
    "addresses": "x <other@example.org>, other@example.org;:()",
    "quotes": 'x" <other@example.org> "\\',
    "encoded words": "=?utf-8?q?x=0ABcc:_other=40example.org?=",
    "surrogates": "x\udc80\ud83d",
    "long": "x" * 5000,
    "long words": "word " * 1000,
    "long accents": "é" * 2000,
    "right to left": "\u202eabc\u202c \u0627\u0644\u0623\u0645\u0645",
    "isolates": "\u2067abc\u2069 \u2066\u2068",
    "joiners": "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u200e\u200f\u00ad\ufeff",
    "spaces": "日本国\u3000代表\u2003部\u00a0東\u202f京",
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e8\U0001f1ee",
    "markup": "</p><script src='//example.org'>alert(1)</script><img onerror=\"x\">&lt;b&amp;",
    "boundaries": "--=\n--=0=--\n\nBEGIN:VCALENDAR",
    "braces": "{name} {0} {} %s",
}
"""What might add a header, a recipient, a part or a tag."""


def first(programme: Programme) -> Message:
    """Give the message to the first speaker."""
    return brought(programme)[0]


def composed(programme: Programme, message: Message) -> bytes:
    """Give the mail of a message."""
    return Composer(programme).compose(message, Letters(programme).write(message))


def read(mail: bytes) -> EmailMessage:
    """Read a mail with Python's reader, which decodes no headers of RFC 6532 by itself."""
    found = email.message_from_string(mail.decode(), policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def parts(mail: bytes) -> list[EmailMessage]:
    """Give the text, the HTML, the calendar and the attached file of a mail."""
    alternative, attached = read(mail).iter_parts()
    leaves = [*alternative.iter_parts(), attached]
    return [leaf for leaf in leaves if isinstance(leaf, EmailMessage)]


def body(mail: bytes) -> str:
    """Give the text of a mail, its lines ended by line feeds."""
    text: str = parts(mail)[0].get_content()
    return text.replace("\r\n", "\n")


def octets(part: EmailMessage) -> bytes:
    """Give what a part carries."""
    carried = part.get_payload(decode=True)
    assert isinstance(carried, bytes)
    return carried


def of_every_method() -> list[Message]:
    """Give an invitation, one that replaces it, a withdrawal and a refusal, to one speaker."""
    found = {each.method: each for each in life() if each.recipient.address == "chile@example.org"}
    assert found.keys() == {"REQUEST", "CANCEL", "DECLINECOUNTER"}
    return [first(meeting()), *found.values()]


@pytest.mark.parametrize("message", of_every_method(), ids=lambda each: f"{each.method}-{each.why}")
def test_the_parts_are_those_of_an_invitation(message: Message) -> None:
    """Text, HTML and calendar are alternatives, the calendar last, and the file is beside them."""
    mail = composed(meeting(), message)
    assert [part.get_content_type() for part in read(mail).walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    plain, html, calendar, attached = parts(mail)
    assert plain.get_content_charset() == html.get_content_charset() == "utf-8"
    assert dict(calendar["Content-Type"].params) == {"method": message.method, "charset": "utf-8"}
    assert calendar.get_content_disposition() is None
    assert attached.get_content_disposition() == "attachment"
    assert attached.get_filename() == "invite.ics"


@pytest.mark.parametrize("message", of_every_method(), ids=lambda each: f"{each.method}-{each.why}")
def test_the_calendar_arrives_octet_by_octet(message: Message) -> None:
    """Both copies of the calendar are what `Letters` wrote, and `method` is its METHOD."""
    programme = meeting(words="Côte d’Ivoire; \U0001f54a")
    written = Letters(programme).write(message)
    _, _, calendar, attached = parts(Composer(programme).compose(message, written))
    assert octets(calendar) == octets(attached) == written
    assert written.count(b"\n") == written.count(b"\r\n") > 0
    assert f"METHOD:{calendar['Content-Type'].params['method']}\r\n".encode() in written


@pytest.mark.parametrize("sent_by", [None, SENDER])
def test_the_sender_is_the_organiser_or_who_sends_for_them(sent_by: str | None) -> None:
    """From is the ORGANIZER, or else its SENT-BY, under the organiser's name."""
    programme = meeting()
    programme = attrs.evolve(programme, invitations=Invitations(sent_by=sent_by))
    mail = composed(programme, first(programme))
    (sender,) = read(mail)["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Office", sent_by or "office@example.org")
    assert lint_mail(mail).rows() == []


@pytest.mark.parametrize("address", ["chile@example.org", "one@example.org", "chair@example.org"])
def test_a_mail_tells_of_no_other_recipient(address: str) -> None:
    """One recipient stands in To; of nobody else is there an address, in a header or a part."""
    programme = meeting()
    (message,) = [each for each in brought(programme) if each.recipient.address == address]
    written = composed(programme, message)
    mail = read(written)
    assert [each.addr_spec for each in mail["To"].addresses] == [address]
    del mail["Message-ID"]
    carried = b"\n".join(map(octets, parts(written)))
    # A line of the calendar may be folded within an address.
    told = f"{mail.items()} {carried.decode()}".replace("\r\n ", "")
    named = re.findall(r"[\w.]+@example\.org", told)
    assert set(named) == {address, SENDER, "office@example.org"}


def check_headers(mail: bytes, message: Message, to: str | None = None) -> None:
    """Check that nothing of a message got into another header, part or line than it should."""
    assert not {10, 13} & set(mail.replace(b"\r\n", b""))
    assert max(map(len, mail.split(b"\r\n"))) <= LINE_AT_MOST
    found = read(mail)
    assert found.keys() == HEADERS
    defects = [defect for name in HEADERS for defect in found[name].defects]
    assert not [each for each in defects if not isinstance(each, NonASCIILocalPartDefect)]
    assert [each.addr_spec for each in found["To"].addresses] == [to or message.recipient.address]
    assert [each.addr_spec for each in found["From"].addresses] == [SENDER]
    assert len(parts(mail)) == len(["plain", "html", "calendar", "attached"])
    assert not [part.defects for part in found.walk() if part.defects]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_word_adds_a_header_or_a_part(words: str) -> None:
    """Names and titles stay within the value of their header, and within their part."""
    programme = meeting(words=HOSTILE[words])
    message = first(programme)
    mail = composed(programme, message)
    assert mail.isascii()
    check_headers(mail, message)
    assert [row for row in lint_mail(mail).rows() if row["severity"] == "error"] == []


@given(words=st.text(max_size=120), lang=st.sampled_from(["en", "fr"]))
def test_no_text_adds_a_header_or_a_part(words: str, lang: str) -> None:
    """Whatever stands in names, titles, places and texts, a mail has its headers and parts."""
    programme = meeting(lang=lang)
    message = first(programme)
    entry = attrs.evolve(
        message.entry, summary=words, description=words, location=words, uid="x@r2psched"
    )
    message = attrs.evolve(message, entry=entry, recipient=Recipient(words, "chile@example.org"))
    office = Person(f"x{words}", email="office@example.org")
    check_headers(composed(attrs.evolve(programme, organiser=office), message), message)


def test_names_are_shown_as_they_are() -> None:
    """A name in any script, with commas or quotes, comes back whole, in one line."""
    for name in (
        "日本国, 代表部",
        'The "Group", of 77',
        "Côte d’Ivoire",
        "Mission\nof Fiji",
        "a@b",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u200fאב\u200e C",
        "日本国\u3000代表部",
    ):
        message = attrs.evolve(first(meeting()), recipient=Recipient(name, "m@example.org"))
        (to,) = read(composed(meeting(), message))["To"].addresses
        assert to.display_name == " ".join(name.split())


PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
LETTERS = {
    PERSIAN: PERSIAN,
    "\u200fאב\u200e!": "\u200fאב\u200e!",
    "क्\u200dष": "क्\u200dष",
    "日本国\u3000代表\u2003部": "日本国 代表 部",
    "a\u00a0%, b\u202f:": "a\u00a0%, b\u202f:",
    "\u202egpj.exe\u202c\u2067a\u2069": "gpj.exea",
    "a\x00\x1b[31m\x85b\u2028c\td": "a[31m\nb\nc\td",
    "\ue000 \u0600 \u00ad": "\ue000 \u0600 \u00ad",
}
"""What a text holds, and what is left of it in the body: every letter, no steering."""


@pytest.mark.parametrize("words", LETTERS)
def test_letters_without_a_shape_are_kept(words: str) -> None:
    """What joins and parts letters stays, rare spaces are spaces, controls and overrides go."""
    message = first(meeting())
    message = attrs.evolve(message, entry=attrs.evolve(message.entry, summary=words))
    mail = composed(meeting(), message)
    assert f"\n{LETTERS[words]}\nWhen: " in body(mail)
    assert LETTERS[words].replace("\n", "<br>") in parts(mail)[1].get_content()
    assert " ".join(LETTERS[words].split()) in read(mail)["Subject"]


WIRE = {
    "josé@example.org": "josé@example.org",
    "m@exämple.org": "m@xn--exmple-cua.org",
    "用户@例子.org": "用户@xn--fsqu00a.org",
    f"m@{'ä' * 70}.org": f"m@{'ä' * 70}.org",
}
"""Addresses, and how servers know them (RFC 3490)."""


@pytest.mark.parametrize("address", WIRE)
def test_addresses_beyond_ascii(address: str) -> None:
    """A domain is written as servers know it, so that only letters before the @ need RFC 6532."""
    message = attrs.evolve(first(meeting()), recipient=Recipient("José, 日本", address))
    mail = composed(meeting(), message)
    (to,) = read(mail)["To"].addresses
    assert (to.display_name, to.addr_spec) == ("José, 日本", WIRE[address])
    assert mail.partition(b"\r\n\r\n")[0].isascii() == WIRE[address].isascii()
    check_headers(mail, message, WIRE[address])


def test_a_sender_beyond_ascii() -> None:
    """The domains of From, Reply-To and Message-ID are as servers know them."""
    office = Person("Office", email="office@exämple.org")
    invitations = Invitations(sent_by="büro@exämple.org")
    programme = attrs.evolve(meeting(), invitations=invitations, organiser=office)
    assert Composer(programme).sender.addr_spec == "büro@xn--exmple-cua.org"
    mail = read(composed(programme, first(programme)))
    assert mail["From"].addresses[0].addr_spec == "büro@xn--exmple-cua.org"
    assert mail["Reply-To"].addresses[0].addr_spec == "office@xn--exmple-cua.org"
    assert re.fullmatch(r"<[0-9a-f]{32}@xn--exmple-cua\.org>", mail["Message-ID"])
    own = attrs.evolve(programme, invitations=Invitations())
    assert read(composed(own, first(own)))["Reply-To"] is None


def test_a_sender_without_an_address() -> None:
    """Who cannot be answered sends no mail; the reason says how to mend a file."""
    with pytest.raises(InvalidValue, match=r"\[organiser\] with name"):
        Composer(attrs.evolve(meeting(), organiser=None))
    with pytest.raises(InvalidValue, match=r"\[organiser\] with name"):
        Composer(attrs.evolve(meeting(), organiser=Person("Office")))


def test_the_date_is_that_of_the_calendar() -> None:
    """Date is DTSTAMP, not the clock."""
    message = first(meeting())
    date = read(composed(meeting(), message))["Date"].datetime
    assert date == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=BEGIN_US)


def test_each_message_has_its_id() -> None:
    """The same message has the same id, also when repeated; any other has another."""
    message = first(meeting())
    others = [
        attrs.evolve(message, recipient=Recipient("Chile", "other@example.org")),
        attrs.evolve(message, entry=attrs.evolve(message.entry, uid="other@r2psched")),
        attrs.evolve(message, sequence=1),
        attrs.evolve(message, stamp_us=message.stamp_us + MINUTE),
        attrs.evolve(message, method="CANCEL"),
        attrs.evolve(message, method="DECLINECOUNTER"),
    ]
    ids = [read(composed(meeting(), each))["Message-ID"] for each in (message, *others)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"<[0-9a-f]{32}@example\.org>", each) for each in ids)
    repeated = attrs.evolve(message, why="repeated")
    assert composed(meeting(), repeated) == composed(meeting(), message)


PRINTED = """
import hashlib, sys
from tests.interop.meetings import life, meeting
from tests.mail.test_composing import composed
for message in life(words="é;,"):
    if message.recipient.address:
        print(hashlib.sha256(composed(meeting(words="é;,"), message)).hexdigest())
"""


def test_the_same_message_gives_the_same_octets() -> None:
    """Nothing depends on how Python orders what it hashes."""
    told = {
        subprocess.run(
            [sys.executable, "-c", PRINTED],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert len(set(next(iter(told)).split())) > len(of_every_method())


SLOT = {
    "en": "Chile takes the floor: Floor, Tuesday 8 September 2026, {time}",
    "fr": "Chile a la parole : Floor, mardi 8 septembre 2026, {time}",
}
NEW, CHANGED = "You are invited.", "This replaces the invitation that you have."
ANSWER = "Please accept or decline in your calendar. Answers go to Office."
STILL = (
    "The invitation still awaits your answer: please accept or decline it in your calendar. "
    "Answers go to Office."
)
NO_ANSWER = "No answer is needed. Questions go to Office."
STAYS = "The time that you propose cannot be taken; the invitation stands as it is."
GONE = "This entry no longer holds; your calendar takes it out."
KINDS: list[tuple[Method, bool, Why, int, PartStat, str, str, str]] = [
    ("REQUEST", True, "new", 0, "NEEDS-ACTION", "Invitation: ", NEW, ANSWER),
    ("REQUEST", True, "again", 3, "NEEDS-ACTION", "Invitation: ", NEW, ANSWER),
    ("REQUEST", True, "repeated", 2, "NEEDS-ACTION", "Invitation: ", NEW, ANSWER),
    ("REQUEST", True, "repeated", 2, "ACCEPTED", "Invitation: ", NEW, NO_ANSWER),
    ("REQUEST", False, "moved", 1, "NEEDS-ACTION", "Updated: ", CHANGED, ANSWER),
    ("REQUEST", False, "changed", 0, "NEEDS-ACTION", "Updated: ", CHANGED, ANSWER),
    ("REQUEST", False, "changed", 0, "DECLINED", "Updated: ", CHANGED, NO_ANSWER),
    ("REQUEST", False, "again", 1, "NEEDS-ACTION", "Updated: ", CHANGED, ANSWER),
    ("CANCEL", False, "gone", 2, "NEEDS-ACTION", "Cancelled: ", GONE, NO_ANSWER),
    ("CANCEL", True, "repeated", 0, "NEEDS-ACTION", "Cancelled: ", GONE, NO_ANSWER),
    ("DECLINECOUNTER", True, "asked", 0, "NEEDS-ACTION", "Invitation: ", STAYS, STILL),
    ("DECLINECOUNTER", False, "asked", 1, "ACCEPTED", "Invitation: ", STAYS, NO_ANSWER),
]
"""Messages, and how their mails are called, open and end."""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: "-".join(map(str, kind[:5])))
def test_what_a_mail_is_called_and_asks(
    kind: tuple[Method, bool, Why, int, PartStat, str, str, str],
) -> None:
    """What counts is whether the recipient has an entry and has answered, not the SEQUENCE."""
    method, new, why, sequence, answer, subject, opening, ending = kind
    message = attrs.evolve(
        first(meeting()), method=method, first=new, why=why, sequence=sequence, answer=answer
    )
    mail = composed(meeting(), message)
    assert read(mail)["Subject"] == subject + SLOT["en"].format(time="10:00")
    told = body(mail).strip().split("\n\n")
    assert (told[1], told[-1]) == (opening, ending)


@pytest.mark.parametrize(
    ("new", "opening"),
    [(True, "For your calendar."), (False, "This replaces the entry that you have.")],
)
def test_a_deadline(new: bool, opening: str) -> None:  # noqa: FBT001  # a parameter of the test
    """Nobody is invited to a deadline, or asked for an answer."""
    (message,) = [each for each in brought(meeting()) if each.entry.kind == "deadline"]
    told = body(composed(meeting(), attrs.evolve(message, first=new)))
    assert told.strip().split("\n\n")[1] == opening
    assert told.strip().endswith(NO_ANSWER)


@pytest.mark.parametrize(
    ("method", "new", "begins"),
    [
        ("REQUEST", True, "Invitation : "),
        ("REQUEST", False, "Mise à jour : "),
        ("CANCEL", False, "Annulation : "),
    ],
)
def test_the_subject_in_french(method: Method, new: bool, begins: str) -> None:  # noqa: FBT001  # given by parametrize
    """It is in the language of the programme, and so are date and place."""
    programme = meeting(lang="fr")
    message = attrs.evolve(first(programme), method=method, first=new)
    subject = read(composed(programme, message))["Subject"]
    assert subject == begins + SLOT["fr"].format(time="10:00")


def test_words_of_ones_own() -> None:
    """A text of the programme's own stands in place of the catalogue's, as harmless as it."""
    own = {"mail.invited": "Come\r\nBcc: x@example.org <b>{summary}</b>", "mail.new": "<i>Come</i>"}
    programme = attrs.evolve(meeting(), invitations=Invitations(sent_by=SENDER, texts=own))
    message = first(programme)
    mail = composed(programme, message)
    check_headers(mail, message)
    assert read(mail)["Subject"].startswith("Come Bcc: x@example.org <b>Chile takes the floor")
    plain, html, _, _ = parts(mail)
    assert "<i>Come</i>" in plain.get_content().splitlines()
    assert "<p>&lt;i&gt;Come&lt;/i&gt;</p>" in html.get_content()


class Tags(HTMLParser):
    """Every tag with its attributes, and the text that is left without them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, tuple(attrs)))
        self.text += "\n" if tag == "br" else ""

    def handle_endtag(self, tag: str) -> None:
        """End a paragraph."""
        self.text += "\n" if tag == "p" else ""

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text += data


OURS = {
    ("html", ()),
    ("head", ()),
    ("meta", (("charset", "utf-8"),)),
    ("meta", (("name", "color-scheme"), ("content", "light dark"))),
    ("body", (("dir", "auto"),)),
    ("p", ()),
    ("br", ()),
}


@pytest.mark.parametrize("words", HOSTILE)
def test_no_tag_comes_from_the_data(words: str) -> None:
    """The HTML has our own tags and attributes, and the text that the plain part has."""
    programme = meeting(words=HOSTILE[words])
    plain, html, _, _ = parts(composed(programme, first(programme)))
    found = Tags()
    found.feed(html.get_content())
    found.close()
    assert set(found.tags) <= OURS
    assert found.text.split() == plain.get_content().split()
