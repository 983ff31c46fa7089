"""Mails read: who sent them and which calendars they hold, whatever the octets."""

from __future__ import annotations

import base64
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.errors import InvalidInput, InvalidValue
from r2psched.mail import calendars_of, is_calendar, read_mail
from r2psched.mail.addresses import mailboxes
from r2psched.mail.structure import (
    DELIMITERS_AT_MOST,
    DEPTH_AT_MOST,
    OCTETS_AT_MOST,
    PARTS_AT_MOST,
    parse,
)
from tests.mail.letters import (
    INVITE,
    ORGANIZER,
    TEXT,
    calendar,
    head,
    letter,
    multipart,
    part,
)

if TYPE_CHECKING:
    from collections.abc import Callable

MIB = 2**20


def refused(data: bytes) -> str:
    """Give the reason for which a mail is refused."""
    with pytest.raises(InvalidInput) as caught:
        read_mail(data)
    (fault,) = caught.value.faults
    return str(fault)


def test_a_sound_invitation() -> None:
    """Who sent it and both calendars are read."""
    mail = read_mail(letter(fields=("Sender: Desk <desk@Example.ORG>",)))
    assert mail.senders == (ORGANIZER,)
    assert mail.sender == "desk@example.org"
    shown, attached = mail.parts
    assert (shown.number, shown.method, shown.charset) == (3, "REQUEST", "utf-8")
    assert (shown.is_attachment, shown.filename) == (False, None)
    assert (attached.number, attached.is_attachment, attached.filename) == (4, True, "invite.ics")
    assert shown.octets == attached.octets == calendar()


def test_python_writes_what_is_read_here() -> None:
    """A mail that the standard library composes is read as it was meant."""
    from email.message import EmailMessage
    from email.policy import SMTP

    mail = EmailMessage(policy=SMTP)
    mail["From"] = "José Ñandú <jose@example.org>"
    mail["To"] = "Clerk <clerk@example.org>"
    mail["Subject"] = "Réponse : accepté — très bien, et bien d’autres mots pour une longue ligne"
    mail.set_content("oui")
    text = calendar(SUMMARY="SUMMARY:Élan").decode()
    mail.add_alternative(text, subtype="calendar", params={"method": "REPLY"})
    read = read_mail(mail.as_bytes())
    assert read.senders == ("jose@example.org",)
    assert read.parts[0].octets.decode() == text
    assert read.parts[0].method == "REPLY"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a@b.org", ["a@b.org"]),
        ("<a@b.org>", ["a@b.org"]),
        ("A. B. <A@B.ORG>", ["A@b.org"]),
        ('"B, A" <a@b.org>', ["a@b.org"]),
        ('"say \\"x\\" <c@d.org>" <a@b.org>', ["a@b.org"]),
        ("a@b.org (A. B.)", ["a@b.org"]),
        ("=?utf-8?q?Jos=C3=A9=2C_c=40d?= <a@b.org>", ["a@b.org"]),
        ("a@b.org <a@b.org>", ["a@b.org"]),
        ("a@b.org, C <c@d.org>,", ["a@b.org", "c@d.org"]),
        ("josé@exämple.org", ["josé@exämple.org"]),
        ("", []),
        (" , ", []),
    ],
)
def test_addresses(text: str, expected: list[str]) -> None:
    """Names, quotations, comments and several addresses are read as RFC 5322 has them."""
    assert list(mailboxes(text)) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("c@d.org <a@b.org>", 'expected one address, got several: "c@d.org a@b.org"'),
        ("<a@b.org> <c@d.org>", 'expected one address, got several: " a@b.org c@d.org"'),
        ("nobody", 'expected an address such as name@example.org, got "nobody"'),
        ("<>", 'expected an address such as name@example.org, got ""'),
        ("<@relay.org:a@b.org>", 'name@example.org, got "@relay.org:a@b.org"'),
        ("=?utf-8?q?a=40b?=@c.org", 'name@example.org, got "=?utf-8?q?a=40b?=@c.org"'),
        ("a@b.org c@d.org", 'name@example.org, got "a@b.org c@d.org"'),
        ('"a"@b.org', 'name@example.org, got ""a"@b.org"'),
        ("a@b.org\x00", 'name@example.org, got "a@b.org\\x00"'),
        ("Panel: a@b.org;", 'got a group of them: "Panel: a@b.org;"'),
        ('"open <a@b.org>', 'Name <name@example.org>, got ""open <a@b.org>"'),
        ("(a (b) c) a@b.org", 'Name <name@example.org>, got "(a (b) c) a@b.org"'),
        ("a@b.org>", 'Name <name@example.org>, got ">"'),
    ],
)
def test_unclear_addresses(text: str, message: str) -> None:
    """What two readers might take for two senders is refused with a reason."""
    with pytest.raises(InvalidValue) as caught:
        mailboxes(text)
    assert str(caught.value).endswith(message)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Panel: a@b.org, C <c@d.org>;", ["a@b.org", "c@d.org"]),
        ("undisclosed-recipients:;", []),
        ("Panel: a@b.org;, c@d.org", ["a@b.org", "c@d.org"]),
    ],
)
def test_groups_of_recipients(text: str, expected: list[str]) -> None:
    """A group is its members where it may stand."""
    assert list(mailboxes(text, groups=True)) == expected


def test_who_sent_it_must_be_clear() -> None:
    """No From, two of them, two addresses in one, or two senders: refused."""
    mail = letter()
    one = f"From: Clerk <{ORGANIZER}>\r\n".encode()
    assert refused(mail.replace(one, b"")).startswith("the header: there is no From")
    assert refused(one + mail) == "the header: From stands 2 times"
    two = mail.replace(one, b"From: a@b.org, c@d.org\r\n")
    assert refused(two) == "From: expected one address, got 2: who sent the mail is not clear"
    assert refused(mail.replace(one, b"From: \r\n")).startswith("From: expected one address, got 0")
    assert refused(mail.replace(one, b"From: nobody\r\n")).startswith("From: expected an address")
    sender = b"Sender: a@b.org, c@d.org\r\n" + mail
    assert refused(sender) == "Sender: expected one address, got 2"


def test_what_nobody_reads_may_be_broken() -> None:
    """A To or a Subject that is broken does not keep an answer from being read."""
    broken = letter(to="a (b@c.org").replace(b"Subject: ", b"Subject: =?utf-8?b?A?= =?x?y?")
    assert len(read_mail(broken).parts) == len(["shown", "attached"])


def only(kind: str, body: bytes, *fields: str) -> bytes:
    """Write a mail that is one part."""
    return head() + part(kind, body, *fields)


ENCODED = calendar(SUMMARY="SUMMARY:Élan =3D").decode()
TRANSFERS: dict[str, Callable[[bytes], bytes]] = {
    "8bit": bytes,
    "BASE64": base64.encodebytes,
    "quoted-printable": lambda data: data.replace(b"=", b"=3D").replace(b"\xc3", b"=C3"),
}


@pytest.mark.parametrize("transfer", TRANSFERS)
def test_transfer_encodings(transfer: str) -> None:
    """The calendar is the same, however it travelled."""
    field = f"Content-Transfer-Encoding: {transfer}"
    mail = only(INVITE, TRANSFERS[transfer](ENCODED.encode()), field)
    assert read_mail(mail).parts[0].octets.decode() == ENCODED


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("ISO-8859-1", "latin-1"),
        ('"windows-1252"', "cp1252"),
        ("utf-16", "utf-16"),
        ("UTF8", "utf-8"),
        ("us-ascii", "utf-8"),
    ],
)
def test_charsets(charset: str, codec: str) -> None:
    """A known charset is turned into UTF-8."""
    body = base64.encodebytes(ENCODED.encode(codec))
    field = "Content-Transfer-Encoding: base64"
    (found,) = read_mail(only(f"text/calendar; charset={charset}", body, field)).parts
    assert found.octets.decode() == ENCODED


@pytest.mark.parametrize("charset", ["zlib", "punycode", "idna", "utf-7", "x" * 300, "iso-8859-99"])
def test_unknown_charsets(charset: str) -> None:
    """Neither an unknown charset nor a codec that is none is tried."""
    message = refused(only(f"text/calendar; charset={charset}", calendar()))
    assert message.startswith("part 1: expected charset=utf-8 or another known one, got")


def test_octets_that_are_not_of_their_charset() -> None:
    """A wrong charset is told; wrong UTF-8 is left to who reads the calendar."""
    broken = only("text/calendar; charset=euc-jp", b"\xff\xff")
    assert refused(broken).startswith("part 1: it is not written in euc_jp: ")
    (found,) = read_mail(only("text/calendar", b"\xff\r\n")).parts
    assert found.octets == b"\xff\r\n"


@pytest.mark.parametrize("body", [b"QUJ", b"Q*==", b"====", b"QQ==QQ==", b"QQ=\xff"])
def test_bad_base64(body: bytes) -> None:
    """Base64 that is broken anywhere is refused whole."""
    mail = only(INVITE, body, "Content-Transfer-Encoding: base64")
    assert refused(mail).startswith("part 1: its base64 is broken: ")


def test_an_unknown_transfer_encoding() -> None:
    """An encoding that nobody uses is refused by name."""
    mail = only(INVITE, b"x", "Content-Transfer-Encoding: x-uuencode")
    assert refused(mail).endswith('7bit or 8bit, got "x-uuencode"')


def test_a_line_end_that_belongs_to_the_boundary() -> None:
    """The last line of a part is whole, even if the boundary took its end."""
    data = calendar().removesuffix(b"\r\n")
    assert read_mail(letter(data)).parts[0].octets == calendar()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (("application/ics; name=a.ics",), (True, "a.ics")),
        (("text/calendar; name=a.ics", "Content-Disposition: inline"), (False, "a.ics")),
        (("TEXT/Calendar", 'Content-Disposition: ATTACHMENT; filename="a\\"b"'), (True, 'a"b')),
        (
            ("application/octet-stream", "Content-Disposition: x; filename*=utf-8''%C3%A9.ICS"),
            (True, "é.ICS"),
        ),
    ],
)
def test_which_parts_are_calendars(fields: tuple[str, ...], expected: tuple[bool, str]) -> None:
    """The type tells, or the name of the file."""
    (found,) = read_mail(only(fields[0], calendar(), *fields[1:])).parts
    assert (found.is_attachment, found.filename) == expected


@pytest.mark.parametrize(
    "kind",
    [
        "Text/Calendar;method=REPLY",
        "text/calendar (an answer); method=REPLY (yes); charset=utf-8",
        'text/calendar; charset="utf-8"; ; =; x; method="RE\\PLY"',
        "text/calendar;\r\n\tmethod=REPLY",
    ],
)
def test_how_a_type_is_written(kind: str) -> None:
    """Case, comments, quotations and folds make no difference, and broken parameters are none."""
    (found,) = read_mail(only(kind, calendar())).parts
    assert found.method == "REPLY"


@pytest.mark.parametrize(
    "kind", ["text/plain", "nonsense", "text/calendar/x", "message/rfc822", ""]
)
def test_what_is_no_calendar(kind: str) -> None:
    """Other parts are passed over, and so is a mail within the mail, which somebody else sent."""
    assert read_mail(only(kind, letter())).parts == ()


def test_multiparts_are_split_from_outside() -> None:
    """An inner part cannot reach over the end of its multipart, closed or not."""
    inner = multipart("alternative", "in", TEXT).replace(b"--in--\r\n", b"")
    mail = head() + multipart("mixed", "out", inner, part(INVITE, calendar()))
    assert [found.number for found in read_mail(mail).parts] == [2]


def test_a_boundary_is_a_whole_line() -> None:
    """A longer line that begins like a boundary is text, and so is what stands within a line."""
    body = part(INVITE, b"--out2\r\nx --out\r\n--out--x\r\n")
    mail = head() + multipart("mixed", "out", body)
    assert read_mail(mail).parts[0].octets == b"--out2\r\nx --out\r\n--out--x\r\n"


def test_what_stands_before_and_behind_is_no_part() -> None:
    """Preamble and epilogue are not read; a multipart that is not closed is."""
    mail = multipart("mixed", "out", part(INVITE, calendar()))
    before = mail.replace(b"\r\n\r\n", b"\r\n\r\n" + part(INVITE, b"x") + b"\r\n", 1)
    behind = head() + before + b"--out\r\n" + part(INVITE, b"y")
    assert [found.octets for found in read_mail(behind).parts] == [calendar()]
    open_ = head() + mail.replace(b"--out--\r\n", b"")
    assert [found.octets for found in read_mail(open_).parts] == [calendar() + b"\r\n"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('boundary="outer"', "", 'expected a boundary of 1 to 200 characters of ASCII, got ""'),
        ('boundary="outer"', 'boundary="é"', 'characters of ASCII, got "é"'),
        ('boundary="outer"', f'boundary="{"x" * 201}"', "characters of ASCII, got"),
        ('boundary="outer"', "boundary=outer; Boundary=other", '"boundary" stands twice'),
        ('boundary="outer"', 'boundary="outer', 'the parameter "boundary" has no end'),
        ("MIME-Version: 1.0", "Content-Type: text/plain", "content-type stands twice"),
    ],
)
def test_forged_structures(old: str, new: str, reason: str) -> None:
    """What two readers might split in two ways is refused."""
    assert reason in refused(letter().replace(old.encode(), new.encode(), 1))


def nested(depth: int) -> bytes:
    """Write multiparts one in another, so many deep."""
    body = part(INVITE, calendar())
    for level in range(depth):
        body = multipart("mixed", f"b{level}x", body)
    return head() + body


def test_limits() -> None:
    """Size, depth, parts, header fields and boundaries have limits that honest mails keep."""
    assert len(read_mail(nested(DEPTH_AT_MOST)).parts) == 1
    assert refused(nested(DEPTH_AT_MOST + 1)) == "the mail: its parts stand more than 8 deep"
    many = head() + multipart("mixed", "b", *[TEXT] * PARTS_AT_MOST)
    assert read_mail(many).parts == ()
    more = head() + multipart("mixed", "b", *[TEXT] * (PARTS_AT_MOST + 1))
    assert refused(more) == "the mail: it has more than 200 parts"
    assert "1000 fields" in refused(b"X: y\r\n" * 1001 + letter())
    assert "octets" in refused(b"X: y\r\n" + b" x\r\n" * 100_000 + letter())
    assert refused(b" " * (OCTETS_AT_MOST + 1)).endswith("4194304 at most")
    lines = multipart("mixed", "b", b"").replace(b"\r\n", b"\r\n--bx\r\n" * DELIMITERS_AT_MOST)
    assert "boundaries begin more than 5000 lines" in refused(b"From: a@b.org\r\n" + lines)
    with pytest.raises(InvalidInput, match="4194304 at most"):
        calendars_of(b"BEGIN:VCALENDAR\r\n" + b" " * OCTETS_AT_MOST)


@pytest.mark.parametrize(
    "data",
    [
        b"begin:vcalendar",
        b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n",
        b"\r\n \tBEGIN:VCALENDAR\n",
        calendar(),
    ],
)
def test_a_calendar_by_itself(data: bytes) -> None:
    """Octets that begin as a calendar are one, whatever mark or space stands before."""
    assert is_calendar(data)
    (found,) = calendars_of(data)
    assert (found.octets, found.method, found.is_attachment) == (data, None, False)


@pytest.mark.parametrize(
    "data", [b"", b"X", b"From: a@b.org\r\n\r\nBEGIN:VCALENDAR\r\n", b"BEGIN:"]
)
def test_no_calendar_by_itself(data: bytes) -> None:
    """Anything else is taken for a mail."""
    assert not is_calendar(data)
    assert calendars_of(data) == ()


def test_calendars_of_a_mail() -> None:
    """Of a mail its calendars are given, whoever sent it."""
    anonymous = letter().replace(b"From:", b"X-From:")
    assert [found.octets for found in calendars_of(anonymous)] == [calendar()] * 2


def _fill(text: bytes) -> bytes:
    return text * ((4 * MIB - 1000) // len(text))


OPEN = b'From: a@b.org\r\nContent-Type: multipart/mixed; boundary="%s"\r\n\r\n'
HOSTILE = {
    "line feeds": _fill(b"\n"),
    "spaces": b"From: a@b.org\r\n\r\n" + _fill(b" "),
    "one line": b"From: " + _fill(b"a"),
    "folds": b"From: a\r\n" + _fill(b" \r\n"),
    "fields": b"From: a@b.org\r\n" + _fill(b"A:\r\n"),
    "open quotations": b"From: " + b'"\\' * 120_000 + b"\r\n\r\n",
    "open comments": b"From: " + b"(" * 250_000 + b"\r\n\r\n",
    "addresses": b"From: a@b.org\r\nTo: " + b"a@b.org," * 30_000 + b"\r\n\r\n",
    "parameters": b"From: a@b.org\r\nContent-Type: text/calendar" + b';a="' * 60_000 + b"\r\n\r\n",
    "many parameters": b"From: a@b.org\r\nContent-Type: a/b"
    + b"".join(b";a%d=" % n for n in range(30_000))
    + b"\r\n\r\n",
    "semicolons": b"From: a@b.org\r\nContent-Type: text/calendar" + b";" * 250_000 + b"\r\n\r\n",
    "encoded words": b"From: a@b.org\r\nSubject: " + b"=?a?q?" * 40_000 + b"\r\n\r\n",
    "parts": OPEN % b"b" + _fill(b"--b\r\n"),
    "empty parts": OPEN % b"b" + _fill(b"--b\n\n"),
    "near boundaries": OPEN % b"-" + _fill(b"\n---x"),
    "dashes": OPEN % b"-" + _fill(b"-"),
    "long boundaries": OPEN % (b"-" * 200) + _fill(b"\n" + b"-" * 201),
    "blank boundaries": OPEN % b"b" + b"--b" + _fill(b" "),
    "deep": b"From: a@b.org\r\n"
    + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(70_000)
    ),
    "same boundary": b"From: a@b.org\r\n"
    + _fill(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n"),
    "messages": b"From: a@b.org\r\n" + _fill(b"Content-Type: message/rfc822\n\n"),
    "base64": only(INVITE, _fill(b"QUJD\n"), "Content-Transfer-Encoding: base64"),
    "broken base64": only(INVITE, _fill(b"="), "Content-Transfer-Encoding: base64"),
    "quoted": only(INVITE, _fill(b"=\n"), "Content-Transfer-Encoding: quoted-printable"),
    "utf-16": only("text/calendar; charset=utf-16", _fill(b"\x00\xd8")),
    "iso-2022-jp": only("text/calendar; charset=iso-2022-jp", _fill(b"\x1b$B")),
    "zeros": bytes(4 * MIB),
    "eights": b"From: a@b.org\r\n" + b"\xff" * (4 * MIB - 20),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mails_are_answered_soon(name: str) -> None:
    """No size, depth or number holds the reader up; it answers, or refuses with a reason."""
    assert len(HOSTILE[name]) <= OCTETS_AT_MOST
    began = time.monotonic()
    try:
        read_mail(HOSTILE[name])
    except InvalidInput as error:
        assert error.faults  # noqa: PT017  # an answer is as good
    assert time.monotonic() - began < 4


PIECES = (
    b"\r\n",
    b"\n",
    b" ",
    b"--b",
    b"--",
    b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n',
    b"Content-Type: text/calendar; method=REPLY; charset=",
    b"utf-8",
    b"utf-16",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: quoted-printable\r\n",
    b"Content-Disposition: attachment; filename*=utf-8''%ff\r\n",
    b"From: a@b.org\r\n",
    b"Subject: =?utf-8?b?QQ==?=\r\n",
    b"BEGIN:VCALENDAR\r\n",
    b"QUJD",
    b"=?",
    b'"',
    b"\xff",
    b"\x00",
)


@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=3), max_size=40).map(b"".join))
def test_no_octets_break_the_reader(data: bytes) -> None:
    """Whatever is read, it is a mail or refused with a reason."""
    for reads in (read_mail, parse, calendars_of):
        try:
            reads(data)
        except InvalidInput as error:
            assert error.faults  # noqa: PT017  # an answer is as good


@given(
    st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from('<>@,"():;\\'), max_size=60)
)
def test_no_text_breaks_the_addresses(text: str) -> None:
    """Any text is addresses, each with one @, or refused."""
    try:
        found = mailboxes(text, groups=True)
    except InvalidValue:
        return
    assert all(address.count("@") == 1 for address in found)
