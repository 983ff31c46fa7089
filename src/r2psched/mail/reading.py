"""A mail that came in: who sent it, and the calendars in it, in bounded time whatever it is."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import attrs

from r2psched.errors import InvalidValue, shown
from r2psched.mail.addresses import mailboxes
from r2psched.mail.structure import OCTETS_AT_MOST, Entity, leaves, parse, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "CalendarPart",
    "Mail",
    "calendars",
    "calendars_of",
    "is_calendar",
    "octets_of",
    "read_mail",
]

_CALENDAR = re.compile(rb"(?:\xef\xbb\xbf)?\s*+BEGIN:VCALENDAR", re.IGNORECASE)
# Python has codecs that are no charsets, and some that take time beyond measure.
_CHARSET = re.compile(
    r"utf-?8|(?:us-?)?ascii|iso-?8859-?[0-9]{1,2}|latin-?1|(?:windows-?|cp)125[0-9]|koi8-[ru]"
    r"|gb18030|gbk|gb2312|big5|shift-jis|euc-jp|iso-2022-jp|euc-kr|utf-16(?:le|be)?"
)
_SPACE = re.compile(rb"[ \t\r\n]+")
_CALENDAR_KINDS = frozenset({"text/calendar", "application/ics"})


@attrs.frozen
class CalendarPart:
    """A calendar in a mail.

    Attributes:
        number: Which part of the mail it is, counted from 1 without multiparts.
        method: The parameter `method` of its media type, or None where there is none.
        charset: The parameter `charset`, or None where there is none.
        octets: The calendar as octets in UTF-8.
        is_attachment: Whether it is attached as a file, not shown as an invitation.
        filename: The name of the file, or None.
    """

    number: int
    method: str | None
    charset: str | None
    octets: bytes
    is_attachment: bool
    filename: str | None


@attrs.frozen
class Mail:
    """What a mail says of itself.

    Nothing in it is proved: a From is what its writer wrote.

    Attributes:
        senders: The address of From: one, since a mail from several is refused.
        sender: The address of Sender, or None where there is none.
        parts: The calendars in it.
    """

    senders: tuple[str, ...]
    sender: str | None
    parts: tuple[CalendarPart, ...]


def read_mail(data: bytes) -> Mail:
    r"""Read who sent a mail, and the calendars in it.

    Args:
        data: The octets of the mail, at most 4 MiB.

    Returns:
        The mail; it may hold no calendar.

    Raises:
        InvalidInput: If it is no mail, larger or deeper than an honest one, or not clear in who
            sent it or what it holds. Nothing else is raised, whatever the octets.

    Source:
        RFC 5322; RFC 2045 to 2047; RFC 6047.

    Examples:
        >>> mail = read_mail(
        ...     b"From: Chile <mission@Example.org>\r\n"
        ...     b"Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\n"
        ... )
        >>> mail.senders, mail.parts[0].method
        (('mission@example.org',), 'REPLY')
    """
    entity = parse(data)
    senders = _senders(entity)
    sender = _addresses(entity, "sender")
    if len(sender) > 1:
        refuse("Sender", f"expected one address, got {len(sender)}")
    return Mail(senders, sender[0] if sender else None, tuple(calendars(entity)))


def is_calendar(data: bytes) -> bool:
    r"""Whether octets are a calendar by themselves, and no mail.

    >>> is_calendar(b"BEGIN:VCALENDAR\r\n"), is_calendar(b"From: a@example.org\r\n")
    (True, False)
    """
    return _CALENDAR.match(data) is not None


def calendars_of(data: bytes) -> tuple[CalendarPart, ...]:
    r"""Give the calendars of a mail, or the one that octets are by themselves.

    Args:
        data: The octets of a mail or of an iCalendar file, at most 4 MiB.

    Raises:
        InvalidInput: If it is larger, or a mail that cannot be read.

    Examples:
        >>> [part.is_attachment for part in calendars_of(b"BEGIN:VCALENDAR\r\n")]
        [False]
    """
    if not is_calendar(data):
        return tuple(calendars(parse(data)))
    if len(data) > OCTETS_AT_MOST:
        refuse("the calendar", f"it has {len(data)} octets, {OCTETS_AT_MOST} at most")
    return (CalendarPart(1, None, None, data, is_attachment=False, filename=None),)


def _senders(entity: Entity) -> tuple[str, ...]:
    if not entity.all("from"):
        refuse("the header", "there is no From, so this is no mail that can be answered")
    senders = _addresses(entity, "from")
    if len(senders) != 1:
        refuse("From", f"expected one address, got {len(senders)}: who sent the mail is not clear")
    return senders


def _addresses(entity: Entity, name: str) -> tuple[str, ...]:
    texts = entity.all(name)
    if len(texts) > 1:
        refuse("the header", f"{name.title()} stands {len(texts)} times")
    try:
        return mailboxes(texts[0]) if texts else ()
    except InvalidValue as error:
        refuse(name.title(), str(error))


def calendars(entity: Entity) -> Iterator[CalendarPart]:
    """Yield the calendars of a mail.

    Args:
        entity: The structure of the mail.

    Raises:
        InvalidInput: If one is in a transfer encoding or charset that is not known, or not kept.
    """
    for number, leaf, _ in leaves(entity):
        shown_as, parameters = leaf.disposition()
        name = _filename(parameters, "filename") or _filename(leaf.parameters, "name")
        if leaf.kind not in _CALENDAR_KINDS and not (name or "").lower().endswith(".ics"):
            continue
        yield CalendarPart(
            number=number,
            method=leaf.parameters.get("method"),
            charset=leaf.parameters.get("charset"),
            octets=octets_of(leaf, f"part {number}"),
            is_attachment=shown_as == "attachment" or leaf.kind != "text/calendar",
            filename=name,
        )


def _filename(parameters: dict[str, str], name: str) -> str | None:
    extended = parameters.get(f"{name}*")  # RFC 2231: utf-8'en'na%20me
    return unquote(extended.rpartition("'")[2]) if extended else parameters.get(name)


def octets_of(leaf: Entity, place: str) -> bytes:
    """The octets of a calendar part, in UTF-8 wherever its charset is a known other one.

    Args:
        leaf: The part.
        place: Where it stands, for the message.

    Raises:
        InvalidInput: If its transfer encoding or its charset is not known, or not kept.
    """
    encoding = leaf.first("content-transfer-encoding").lower() or "7bit"
    if encoding == "base64":
        try:
            octets = base64.b64decode(_SPACE.sub(b"", leaf.body), validate=True)
        except binascii.Error as error:
            refuse(place, f"its base64 is broken: {error}")
    elif encoding in {"7bit", "8bit", "binary"}:
        octets = leaf.body
    elif encoding == "quoted-printable":
        octets = binascii.a2b_qp(leaf.body)
    else:
        refuse(place, f"expected base64, quoted-printable, 7bit or 8bit, got {shown(encoding)}")
    # The end of the last line may belong to the boundary behind it.
    if encoding != "base64" and not octets.endswith(b"\n"):
        octets += b"\r\n"
    return _in_utf8(octets, leaf.parameters.get("charset"), place)


def _in_utf8(octets: bytes, charset: str | None, place: str) -> bytes:
    codec = _codec(charset or "utf-8")
    if codec is None:
        refuse(place, f"expected charset=utf-8 or another known one, got {shown(charset)}")
    if codec in {"utf-8", "ascii"}:
        return octets
    try:
        return octets.decode(codec).encode("utf-8")
    except UnicodeError as error:
        refuse(place, f"it is not written in {codec}: {getattr(error, 'reason', error)}")


def _codec(charset: str | None) -> str | None:
    """The name under which Python knows a charset; None where it is none that mails have."""
    name = (charset or "").strip().lower().replace("_", "-")
    if not _CHARSET.fullmatch(name):
        return None
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None
