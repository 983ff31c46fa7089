"""Invitations as mails, in the structure that Outlook, Google and Apple take for an invitation."""

from __future__ import annotations

import hashlib
import re
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, cast

import attrs

from r2psched.blocks import (
    from_epoch,
    to_epoch,
    write_clock,
    write_date,
)
from r2psched.entries import Texts
from r2psched.ical.inviting import refuse_without_organiser

if TYPE_CHECKING:
    from r2psched.inviting import Message
    from r2psched.programme import Programme
    from r2psched.speakers import Person

__all__ = ["Composer"]

_FILE = "invite.ics"
_SUBJECTS = {"CANCEL": "mail.cancelled", "DECLINECOUNTER": "mail.invited"}
_LONGEST_NAME = 160
_LONGEST_LINE = 66
_PLAIN_NAME = re.compile(r"[A-Za-z0-9'&+/_-]+(?: [A-Za-z0-9'&+/_-]+)*")
_PLAIN_SUBJECT = re.compile(r"[!-~]+(?: [!-~]+)*")
_NO_LETTER = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACE = re.compile(r"[\u1680\u2000-\u200a\u205f\u3000]")


@attrs.frozen
class Composer:
    """Writes the mails of one programme.

    Attributes:
        programme: The programme; its organiser, or whoever sends for the organiser, is the sender.
        texts: The words.
        sender: Who sends them, the domain of the address as servers know it.

    >>> from r2psched import Person, Programme
    >>> office = Person("Office", email="office@example.org")
    >>> Composer(Programme("r2p-2014", "Dialogue", zone="UTC", organiser=office)).sender.addr_spec
    'office@example.org'
    """

    programme: Programme
    texts: Texts = attrs.field(init=False, repr=False)
    sender: Address = attrs.field(init=False, repr=False)

    @texts.default
    def _texts(self) -> Texts:
        return Texts(self.programme)

    @sender.default
    def _sender(self) -> Address:
        refuse_without_organiser(self.programme)
        organiser = cast("Person", self.programme.organiser)
        email = self.programme.invitations.sent_by or organiser.emails[0]
        local, _, domain = _known_to_servers(email).rpartition("@")
        return Address(_line(organiser.name), local, domain)

    def compose(self, message: Message, calendar: bytes) -> bytes:
        """Write the mail of a message: text, HTML, the calendar, and the calendar as a file.

        Args:
            message: The message; its recipient has an address.
            calendar: The octets of its calendar.

        Returns:
            The whole mail, as it goes over the wire; the same message gives the same octets.

        Source:
            RFC 6047 section 2.4; MS-OXCICAL; RFC 5322.
        """
        recipient = message.recipient
        # Not left to the library, whose folding opens a quoted name and obeys encoded words in it.
        head = (
            f"From: {_mailbox(self.sender.display_name, self.sender.addr_spec)}",
            f"To: {_mailbox(recipient.name, recipient.address)}",
            *self._answered_elsewhere(),
            f"Subject: {_header(self._subject(message))}",
            f"Date: {format_datetime(from_epoch(message.stamp_us, 'UTC'))}",
            f"Message-ID: {self._id(message)}",
        )
        mail = EmailMessage(policy=SMTP)
        paragraphs = self._paragraphs(message)
        mail.set_content("\n\n".join(paragraphs) + "\n", cte="quoted-printable")
        mail.add_alternative(_html(paragraphs), subtype="html", cte="quoted-printable")
        mail.add_alternative(
            calendar,
            maintype="text",
            subtype="calendar",
            params={"method": message.method, "charset": "utf-8"},
        )
        mail.add_attachment(calendar, maintype="application", subtype="ics", filename=_FILE)
        for number, part in enumerate(each for each in mail.walk() if each.is_multipart()):
            part.set_boundary(f"={_digest(message, str(number))}=")
        return "".join(f"{field}\r\n" for field in head).encode() + mail.as_bytes()

    def _answered_elsewhere(self) -> list[str]:
        """Who is answered, if somebody sends for the organiser."""
        organiser = self.programme.organiser
        if organiser is None or self.sender.addr_spec in map(_known_to_servers, organiser.emails):
            return []
        return [f"Reply-To: {_mailbox(organiser.name, organiser.emails[0])}"]

    def _subject(self, message: Message) -> str:
        first = "mail.noted" if message.entry.kind == "deadline" else "mail.invited"
        asked = first if message.first else "mail.updated"
        key = _SUBJECTS.get(message.method, asked)
        entry = message.entry
        cut = {name: _cut(str(fact)) for name, fact in self._facts(message).items()}
        return _cut(_line(self.texts.words(key, **cut)), 2 * _LONGEST_NAME) or entry.uid

    def _id(self, message: Message) -> str:
        domain = self.sender.domain
        return f"<{_digest(message, 'id')}@{domain if domain.isascii() else 'r2psched.invalid'}>"

    def _facts(self, message: Message) -> dict[str, object]:
        entry, organiser = message.entry, self.programme.organiser
        start, end = entry.span.start, entry.span.end
        language = self.texts.words.language
        return {
            "name": message.recipient.name,
            "summary": entry.summary,
            "programme": self.programme.title,
            "when": self.texts.moment(start),
            "date": write_date(start, language),
            "start": write_clock(*to_epoch(start)),
            "end": write_clock(*to_epoch(end)),
            "first": self.texts.moment(start),
            "last": self.texts.moment(end),
            "zone": entry.zone,
            "place": entry.location,
            "organiser": "" if organiser is None else organiser.name,
        }

    def _paragraphs(self, message: Message) -> list[str]:
        entry, words, facts = message.entry, self.texts.words, self._facts(message)
        one_day = entry.span.start.date() == entry.span.end.date()
        what = [
            entry.summary,
            words("mail.when" if one_day else "mail.when_days", **facts),
            *([words("mail.where", **facts)] if entry.location else ()),
        ]
        told = [
            words("mail.greeting", **facts),
            words(_opening(message), **facts),
            "\n".join(what),
            entry.description if message.method == "REQUEST" else "",
            words(_ending(message), **facts),
        ]
        return [text for text in map(_printable, told) if text]


def _opening(message: Message) -> str:
    if message.method == "CANCEL":
        return "mail.withdrawn"
    if message.method == "DECLINECOUNTER":
        return "mail.proposed"
    if message.entry.kind == "deadline":
        return "mail.note" if message.first else "mail.note_changed"
    return "mail.new" if message.first else "mail.changed"


def _ending(message: Message) -> str:
    """What is asked of the recipient: an answer, as long as none holds."""
    answered = message.answer != "NEEDS-ACTION"
    if message.method == "CANCEL" or message.entry.kind == "deadline" or answered:
        return "mail.no_answer"
    return "mail.answer" if message.method == "REQUEST" else "mail.still_asked"


def _known_to_servers(email: str) -> str:
    """An address with its domain in ASCII, which every server takes, as far as it can be.

    Source:
        RFC 3490; RFC 6530 section 7.
    """
    local, at, domain = email.rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        return email


def _mailbox(name: str, email: str) -> str:
    """An address with its name, the name in words that no reader can take for anything else."""
    shown_name = _cut(_line(name))
    address = _known_to_servers(email)
    return f"{_header(shown_name, _PLAIN_NAME)} <{address}>" if shown_name else address


def _header(text: str, plain: re.Pattern[str] = _PLAIN_SUBJECT) -> str:
    """The value of a header, in encoded words unless it is plain.

    Source:
        RFC 2047 sections 2 and 5.
    """
    if plain.fullmatch(text) and "=?" not in text:
        return "\r\n ".join(
            wrap(text, _LONGEST_LINE, break_long_words=False, break_on_hyphens=False)
        )
    return Header(text, "utf-8", maxlinelen=_LONGEST_LINE).encode(linesep="\r\n")


def _digest(message: Message, use: str) -> str:
    entry, recipient = message.entry, message.recipient
    told = (entry.uid, recipient.key, message.method, message.sequence, message.stamp_us, use)
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _cut(text: str, most: int = _LONGEST_NAME) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _line(text: str) -> str:
    return " ".join(_printable(text).split())


def _printable(text: str) -> str:
    """Take out controls and what turns the direction of others' text; line breaks stay.

    Signs without a shape of their own that join, part or direct the letters beside them stay:
    Persian, Arabic and Hebrew words are written with them. Rare spaces become plain ones.
    """
    if text.isprintable():
        return text
    return _SPACE.sub(" ", _NO_LETTER.sub("", "\n".join(text.splitlines())))


def _html(paragraphs: list[str]) -> str:
    told = "".join(f"<p>{escape(text).replace(chr(10), '<br>')}</p>\n" for text in paragraphs)
    head = '<meta charset="utf-8"><meta name="color-scheme" content="light dark">'
    return f'<!doctype html>\n<html><head>{head}</head>\n<body dir="auto">\n{told}</body></html>\n'
