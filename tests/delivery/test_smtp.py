"""Mail arrives unchanged, or the sender learns what became of it."""

from __future__ import annotations

import contextlib
import re
import socket
import time
from typing import TYPE_CHECKING

import attrs
import pytest

from r2psched.delivery.receipts import Receipt, as_reason
from r2psched.delivery.secrets import Secret
from r2psched.delivery.servers import MailServer
from r2psched.delivery.smtp import Postbox
from r2psched.errors import DeliveryFailed, InvalidValue
from tests.delivery.servers import HOST, PASSWORD, USER, certificates, mail_server, talking

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.delivery.servers import Mailroom

LETTER = b"From: a@example.org\r\nSubject: x\r\n\r\n.dot\r\n..\r\n.\r\nlast\r\n"
EIGHT = "Subject: x\r\n\r\nÀ vous, …\r\n".encode()
TLS = ["smtp", "smtps"]


@pytest.fixture(scope="module")
def _plain() -> Iterator[Mailroom]:
    with mail_server() as room:
        yield room


@pytest.fixture
def room(_plain: Mailroom) -> Mailroom:
    """Give a server that has taken nothing yet and means well."""
    fresh = attrs.asdict(type(_plain)(url=_plain.url), recurse=False)
    for name, value in fresh.items():
        setattr(_plain, name, value)
    return _plain


def box(room: Mailroom, user: str | None = None, password: str | None = None) -> Postbox:
    """Open a postbox of a server."""
    server = attrs.evolve(MailServer.parse(room.url), user=user)
    return Postbox(server, Secret(password) if password else None, timeout=5, ca_file=room.ca_file)


def test_octets_arrive_as_they_were_sent(room: Mailroom) -> None:
    """What the server takes is what was given, dots at the beginning of lines and all."""
    with box(room) as postbox:
        assert postbox.send("a@example.org", "b@example.net", LETTER) == Receipt("sent")
        assert postbox.send("a@example.org", "c@example.net", EIGHT) == Receipt("sent")
    first, second = room.letters
    assert (first.sender, first.recipient, first.octets) == (
        "a@example.org",
        "b@example.net",
        LETTER,
    )
    assert second.octets == EIGHT
    assert room.connections == 1


@pytest.mark.parametrize("octets", [b"a\nb\r\n", b"a\rb\r\n", b"a\0\r\n", b"x\n.\r\nMAIL FROM:<a>"])
def test_lines_that_could_smuggle_are_refused(room: Mailroom, octets: bytes) -> None:
    """A lone CR or LF, by which one server sees two messages where another sees one, never goes."""
    with box(room) as postbox:
        assert postbox.send("a@example.org", "b@example.net", octets).state == "refused"
    assert room.connections == 0


@pytest.mark.parametrize(
    "address",
    [
        "b@example.net>\r\nRCPT TO:<c@example.net",
        "b@example.net\n",
        "b c@example.net",
        "<b@example.net>",
        "-oX@example.net",
        "b@-example.net",
        "b\u2028@example.net",
        "b\x85@example.net",
        "b",
        "",
        "b@" + "x" * 300,
        "b@c@d.example",
    ],
)
def test_an_address_cannot_carry_commands(room: Mailroom, address: str) -> None:
    """An address that is none is refused before anything is connected, on either side."""
    with box(room) as postbox:
        for pair in (("a@example.org", address), (address, "a@example.org")):
            result = postbox.send(*pair, LETTER)
            assert result == Receipt("refused", "an address is none that mail can be sent to")
    assert room.connections == 0


def test_a_refused_recipient_does_not_hinder_the_next(room: Mailroom) -> None:
    """The reply that refuses is the reason; the connection goes on."""
    room.refusing = {"b@example.net": "550 5.1.1 nobody here", "c@example.net": "451 later"}
    with box(room) as postbox:
        results = [postbox.send("a@example.org", f"{n}@example.net", LETTER) for n in "bcd"]
    assert results == [
        Receipt("refused", "550 5.1.1 nobody here"),
        Receipt("refused", "451 later"),
        Receipt("sent"),
    ]
    assert room.connections == 1


@pytest.mark.parametrize(
    ("final", "state"),
    [("554 spam", "refused"), ("452 full", "refused"), ("999 what", "unknown"), ("x", "unknown")],
)
def test_the_last_reply_decides(room: Mailroom, final: str, state: str) -> None:
    """A reply of failure means not delivered; one that means nothing leaves it unknown."""
    room.final = final
    with box(room) as postbox:
        result = postbox.send("a@example.org", "b@example.net", LETTER)
        assert result.state == state
        assert final in str(result.reason) or final == "x"
        assert postbox.send("a@example.org", "b@example.net", LETTER).state == "sent"


@pytest.mark.parametrize("place", ["MAIL", "RCPT", "DATA"])
def test_a_connection_that_breaks_early_is_made_anew_once(room: Mailroom, place: str) -> None:
    """Before the whole message has gone nothing was delivered, so it is said again; but once."""
    room.dropping = [place]
    with box(room) as postbox:
        assert postbox.send("a@example.org", "b@example.net", LETTER).state == "sent"
        room.dropping = [place, place]
        result = postbox.send("a@example.org", "b@example.net", LETTER)
    assert len(room.letters) == 1
    assert result.state == "refused"
    assert str(result.reason).startswith("the connection broke before the message was taken: ")


def test_a_connection_that_breaks_after_the_message_leaves_it_unknown(room: Mailroom) -> None:
    """The server may have taken it, so it is not said again; the next goes over a new one."""
    room.dropping = ["."]
    with box(room) as postbox:
        result = postbox.send("a@example.org", "b@example.net", LETTER)
        assert result.state == "unknown"
        assert str(result.reason).startswith("the connection broke after the whole message had")
        assert len(room.letters) == 1
        assert postbox.send("a@example.org", "c@example.net", LETTER).state == "sent"
    assert [letter.recipient for letter in room.letters] == ["b@example.net", "c@example.net"]


def test_a_server_that_closes_after_some_messages_is_called_again(room: Mailroom) -> None:
    """A 421 after every second message costs a connection, and no message."""
    room.most = 2
    with box(room) as postbox:
        results = [postbox.send("a@example.org", f"{n}@example.net", LETTER) for n in range(5)]
    assert [result.state for result in results] == ["sent"] * 5
    assert (len(room.letters), room.connections) == (5, 3)


def test_messages_are_spread_over_the_minute(room: Mailroom) -> None:
    """At thirty a minute each waits two seconds for the last, less what has passed meanwhile."""
    now, slept = [100.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    server = MailServer.parse(room.url)
    with Postbox(server, per_minute=30, sleep=sleep, clock=lambda: now[0]) as postbox:
        for lasting in (0.5, 0.0, 5.0, 0.0):
            assert postbox.send("a@example.org", "b@example.net", LETTER).state == "sent"
            now[0] += lasting
        postbox.send("a@example.org", "no address", LETTER)
        postbox.send("a@example.org", "b@example.net", LETTER)
    assert slept == [1.5, 2.0, 2.0]


@pytest.mark.parametrize("per_minute", [0, -1, float("inf"), float("nan")])
def test_a_rate_is_above_nothing(per_minute: float) -> None:
    """A rate that no clock could keep is refused."""
    with pytest.raises(InvalidValue, match="a number of messages a minute above 0"):
        Postbox(MailServer("localhost"), per_minute=per_minute)


@pytest.mark.parametrize("scheme", TLS)
def test_mail_goes_through_tls_with_a_login(scheme: str, tmp_path: Path) -> None:
    """With the right authority and the right password, whatever its letters, the mail goes."""
    with mail_server(scheme, tmp_path, login=True) as room:
        with box(room, USER, PASSWORD) as postbox:
            assert postbox.send("a@example.org", "b@example.net", LETTER) == Receipt("sent")
        assert [letter.octets for letter in room.letters] == [LETTER]
        with box(room, USER, "wrong horse") as postbox, pytest.raises(DeliveryFailed) as caught:
            postbox.send("a@example.org", "b@example.net", LETTER)
        assert "it refuses the login: 535" in str(caught.value)
        assert "wrong" not in str(caught.value)
        with box(room) as postbox, pytest.raises(DeliveryFailed, match="wants a login"):
            postbox.send("a@example.org", "b@example.net", LETTER)
        with box(room, USER) as postbox, pytest.raises(DeliveryFailed, match="no password"):
            postbox.send("a@example.org", "b@example.net", LETTER)


def test_the_older_login_works_too(tmp_path: Path) -> None:
    """A server that offers LOGIN alone is logged in to by that, and by nothing it lacks."""
    with mail_server("smtp", tmp_path, login=True, auth_exclude_mechanism=["PLAIN"]) as room:
        with box(room, USER, PASSWORD) as postbox:
            assert postbox.send("a@example.org", "b@example.net", LETTER).state == "sent"
        with box(room, USER, "wrong") as postbox, pytest.raises(DeliveryFailed, match="535"):
            postbox.send("a@example.org", "b@example.net", LETTER)
    neither = ["PLAIN", "LOGIN"]
    with (
        mail_server("smtp", tmp_path, login=True, auth_exclude_mechanism=neither) as room,
        box(room, USER, PASSWORD) as postbox,
        pytest.raises(DeliveryFailed, match="neither the login PLAIN nor LOGIN"),
    ):
        postbox.send("a@example.org", "b@example.net", LETTER)


@pytest.mark.parametrize("scheme", TLS)
def test_a_certificate_of_nobody_is_refused(
    scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An authority is trusted only if it is named, by argument or by SSL_CERT_FILE."""
    with mail_server(scheme, tmp_path) as room:
        server = MailServer.parse(room.url)
        with Postbox(server, timeout=5) as postbox, pytest.raises(DeliveryFailed) as caught:
            postbox.send("a@example.org", "b@example.net", LETTER)
        assert "its certificate is not good" in str(caught.value)
        assert "SSL_CERT_FILE" in str(caught.value)
        monkeypatch.setenv("SSL_CERT_FILE", str(room.ca_file))
        with Postbox(server, timeout=5) as postbox:
            assert postbox.send("a@example.org", "b@example.net", LETTER).state == "sent"


def test_a_server_without_starttls_gets_nothing(room: Mailroom) -> None:
    """What asks for TLS never falls back to none."""
    server = MailServer.parse(room.url.replace("smtp+plain", "smtp"))
    with Postbox(server) as postbox, pytest.raises(DeliveryFailed, match="not offer STARTTLS"):
        postbox.send("a@example.org", "b@example.net", LETTER)
    assert room.letters == []


def test_letters_beyond_ascii_go_where_the_server_takes_them(room: Mailroom) -> None:
    """With SMTPUTF8 an address of any letters goes; a domain goes in its ASCII form."""
    with box(room) as postbox:
        for address in ("zoë@example.net", "b@bücher.example"):
            assert postbox.send("a@example.org", address, LETTER).state == "sent"
    assert [letter.recipient for letter in room.letters] == [
        "zoë@example.net",
        "b@xn--bcher-kva.example",
    ]


@contextlib.contextmanager
def replying(*replies: bytes, seconds: float = 0) -> Iterator[MailServer]:
    """Run a server that says what it is told to, one reply for a line."""

    def talk(connection: socket.socket) -> None:
        for reply in replies:
            connection.sendall(reply)
            if not connection.recv(4096):
                return
        time.sleep(seconds)

    with talking(talk) as port:
        yield MailServer(HOST, port, "none")


BARE = (b"220 hello\r\n", b"250 here\r\n")


@pytest.mark.parametrize(
    ("address", "octets", "reason"),
    [
        ("zoë@example.net", LETTER, "no SMTPUTF8"),
        ("b@example.net", EIGHT, "no 8BITMIME"),
        ("b@" + "ü" * 80 + ".example", LETTER, "its domain is no name of a host"),
    ],
)
def test_what_a_server_does_not_take_is_not_sent(address: str, octets: bytes, reason: str) -> None:
    """A server without an extension is not sent what needs it, and the reason says so."""
    with replying(*BARE) as server, Postbox(server, timeout=0.5) as postbox:
        result = postbox.send("a@example.org", address, octets)
    assert result.state == "refused"
    assert reason in str(result.reason)


def test_a_header_beyond_ascii_needs_the_extension_too() -> None:
    """A message may be of eight bits in its text, but not in its header."""
    message = "Subject: é\r\n\r\n".encode()
    replies = (b"220 hello\r\n", b"250-here\r\n250 8BITMIME\r\n")
    with replying(*replies) as server, Postbox(server, timeout=0.5) as postbox:
        result = postbox.send("a@example.org", "b@example.net", message)
    assert result.reason == "the server takes no header with letters beyond ASCII (no SMTPUTF8)"


@pytest.mark.parametrize(
    ("replies", "reason"),
    [
        ((b"220 " + b"x" * 100_000,), "Line too long"),
        ((b"220-" + b"x" * 70 + b"\r\n",), "no whole answer in time"),
        ((b"220-hello\r\n" * 10_000,), "an answer of more than 65536 octets"),
        ((b"554 go away\r\n",), "554 go away"),
        ((b"220 hello\r\n", b"502 what\r\n"), "502 what"),
        ((b"",), "no whole answer in time"),
        ((b"\x00\xff\x1b[31m\r\n",), "-1"),
    ],
)
def test_a_hostile_server_is_left_in_time(replies: tuple[bytes, ...], reason: str) -> None:
    """Whatever it says before it takes mail, it is left soon, and the reason is one plain line."""
    with replying(*replies, seconds=1) as server:
        began = time.monotonic()
        with Postbox(server, timeout=0.3) as postbox, pytest.raises(DeliveryFailed) as caught:
            postbox.send("a@example.org", "b@example.net", LETTER)
        assert time.monotonic() - began < 3
        assert reason in caught.value.reason
        assert caught.value.reason.isprintable()
        assert len(caught.value.reason) <= 200


def test_a_server_that_drips_is_left_in_time() -> None:
    """One octet at a time, each in time, does not keep anybody for ever."""

    def talk(connection: socket.socket) -> None:
        for _ in range(200):
            connection.sendall(b"2")
            time.sleep(0.05)

    with talking(talk) as port:
        server = MailServer(HOST, port, "none")
        with Postbox(server, timeout=0.3) as postbox, pytest.raises(DeliveryFailed) as caught:
            postbox.send("a@example.org", "b@example.net", LETTER)
    assert "no whole answer in time" in caught.value.reason


def test_a_connection_that_breaks_within_the_message_delivers_nothing() -> None:
    """Without its end a message is none, so it is said again, and then refused."""
    connections = 0

    def talk(connection: socket.socket) -> None:
        nonlocal connections
        connections += 1
        for reply in (*BARE, b"250 a\r\n", b"250 b\r\n", b"354 c\r\n"):
            connection.sendall(reply)
            connection.recv(100)

    with talking(talk) as port, Postbox(MailServer(HOST, port, "none"), timeout=5) as postbox:
        result = postbox.send("a@example.org", "b@example.net", (b"x" * 76 + b"\r\n") * 200_000)
    assert result.state == "refused"
    assert connections == 2


def test_what_is_said_before_tls_is_not_heard_after_it(tmp_path: Path) -> None:
    """Somebody on the way cannot slip an answer in before the encryption begins."""
    context, file = certificates(tmp_path)

    def talk(connection: socket.socket) -> None:
        for reply in (b"220 hello\r\n", b"250-here\r\n250 STARTTLS\r\n"):
            connection.sendall(reply)
            connection.recv(4096)
        connection.sendall(b"220 go\r\n250-here\r\n250 AUTH PLAIN\r\n")
        with context.wrap_socket(connection, server_side=True) as safe:
            safe.recv(4096)
            safe.sendall(b"250 here\r\n")
            safe.recv(4096)

    with talking(talk) as port:
        server = MailServer(HOST, port, "starttls", USER)
        with (
            Postbox(server, Secret(PASSWORD), timeout=5, ca_file=file) as postbox,
            pytest.raises(DeliveryFailed, match="neither the login PLAIN nor LOGIN"),
        ):
            postbox.send("a@example.org", "b@example.net", LETTER)


def test_silence_after_the_message_leaves_it_unknown() -> None:
    """A server that takes the whole message and says nothing may have taken it."""
    replies = (*BARE, b"250 a\r\n", b"250 b\r\n", b"354 c\r\n")
    with replying(*replies, seconds=1) as server, Postbox(server, timeout=0.1) as postbox:
        result = postbox.send("a@example.org", "b@example.net", LETTER)
    assert result.state == "unknown"


def test_a_login_that_is_told_again_is_not_shown() -> None:
    """A server that repeats the password in its refusal does not get it into a message."""

    def talk(connection: socket.socket) -> None:
        connection.sendall(b"220 hello\r\n")
        connection.recv(4096)
        connection.sendall(b"250-here\r\n250 AUTH PLAIN\r\n")
        told = connection.recv(4096)
        connection.sendall(b"535 wrong: hunter2 " + told)
        connection.recv(4096)

    with talking(talk) as port:
        server = MailServer(HOST, port, "none", "anna")
        with (
            Postbox(server, Secret("hunter2"), timeout=2) as postbox,
            pytest.raises(DeliveryFailed) as caught,
        ):
            postbox.send("a@example.org", "b@example.net", LETTER)
    assert caught.value.reason == "it refuses the login: 535 wrong: … AUTH PLAIN …"


def test_a_server_that_is_not_there_cannot_be_used() -> None:
    """Nobody listening is a failure of the server, not of a message."""
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
    with (
        Postbox(MailServer(HOST, port, "none")) as postbox,
        pytest.raises(DeliveryFailed) as caught,
    ):
        postbox.send("a@example.org", "b@example.net", LETTER)
    assert str(caught.value) == (
        f"cannot deliver by smtp+plain://{HOST}:{port}: Connection refused"
    )


@pytest.mark.parametrize(
    ("url", "server", "shown"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 587, "starttls", None), None),
        ("smtps://Mail.Example.org/", ("mail.example.org", 465, "tls", None), None),
        ("smtp+plain://[::1]:2525", ("::1", 2525, "none", None), "smtp+plain://[::1]:2525"),
        (
            "smtp://a%40b.example@bücher.example",
            ("xn--bcher-kva.example", 587, "starttls", "a@b.example"),
            None,
        ),
        (
            "smtp://a@b.example@c.example:25",
            ("c.example", 25, "starttls", "a@b.example"),
            "smtp://a%40b.example@c.example:25",
        ),
    ],
)
def test_a_server_is_read_from_its_address(
    url: str, server: tuple[str, int, str, str | None], shown: str | None
) -> None:
    """Scheme, user, host and port are read, and written so that they are read again."""
    found = MailServer.parse(url)
    assert attrs.astuple(found) == server
    assert MailServer.parse(str(found)) == found
    assert shown in {None, str(found)}
    assert "@" not in found.place


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("smtp://anna:hunter2@mail.example.org", "holds no password"),
        ("smpt://anna:hunter2@mail.example.org", "holds no password"),
        ("anna:hunter2@mail.example.org", "expected an address such as"),
        ("smtp://anna:hunter2@mail.example.org:99999", "expected an address such as"),
        ("smtp://anna:hunter2@[::1", "expected an address such as"),
        ("smtp:// anna:hunter2@mail.example.org", "expected an address such as"),
        ("http://mail.example.org", "expected an address such as"),
        ("smtp://mail.example.org/x?hunter2", "expected an address such as"),
        ("smtp://mail.example.org:0", "expected a port from 1 to 65535"),
        ("smtp://", "expected the name of a host"),
        ("smtp://a..b\u00fc..", "expected the name of a host"),
        ("smtp://-x", "expected the name of a host"),
        ("smtp+plain://mail.example.org", "would travel without TLS: write smtp:// (STARTTLS)"),
        ("smtp+plain://localhost.example.org", "would travel without TLS"),
        ("smtp://%0D%0A@mail.example.org", "expected a user's name"),
    ],
)
def test_an_address_that_is_none_is_refused(url: str, reason: str) -> None:
    """The refusal names the remedy and never shows a password."""
    with pytest.raises(InvalidValue, match=re.escape(reason)) as caught:
        MailServer.parse(url)
    assert "anna:hunter2" not in str(caught.value)
    assert "hunter2@" not in str(caught.value)


def test_a_result_says_one_plain_line() -> None:
    """Whatever a server told is cut and printable, and a state is one of three."""
    assert as_reason(b"\x1b]0;x\x07" + b"y" * 5000) == "]0;x " + "y" * 194 + "…"
    assert Receipt("sent", " \r\n ").reason is None
    with pytest.raises(InvalidValue, match='expected "sent", "refused" or "unknown", got "gone"'):
        Receipt("gone")
