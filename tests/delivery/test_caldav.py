"""Calendar objects are put as they are, never over somebody else's, or the user learns why."""

from __future__ import annotations

import contextlib
import logging
import re
import socket
import sys
import time
from typing import TYPE_CHECKING

import attrs
import pytest

from r2psched.delivery.caldav import Collection
from r2psched.delivery.multistatus import as_etag, listed, reason_in
from r2psched.delivery.receipts import Receipt
from r2psched.delivery.secrets import Secret
from r2psched.errors import DeliveryFailed, InvalidValue, MissingExtra
from tests.delivery.servers import (
    HOST,
    PASSWORD,
    asked,
    certificates,
    radicale,
    talking,
    xandikos,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NAMES = ["a.ics", "slot-17@example.org.ics", "é ☃+%;&=#.ics"]


def event(uid: str, sequence: int = 3) -> bytes:
    """Write an event as both servers keep it: in the order in which Radicale writes one."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//example.org//r2psched//EN",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "DTSTART:20140908T100000Z",
        "DTEND:20140908T110000Z",
        "DTSTAMP:20140901T000000Z",
        f"SEQUENCE:{sequence}",
        "SUMMARY:Séance ☃",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{line}\r\n" for line in lines).encode()


@pytest.fixture(scope="module")
def radicale_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run Radicale for the tests of this file."""
    with radicale(tmp_path_factory.mktemp("radicale")) as url:
        yield url


@pytest.fixture(scope="module")
def xandikos_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run Xandikos for the tests of this file."""
    with xandikos(tmp_path_factory.mktemp("xandikos")) as url:
        yield url


@pytest.fixture(params=["radicale", "xandikos"])
def collection(request: pytest.FixtureRequest) -> Iterator[Collection]:
    """Give an empty collection of each server."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    with Collection(url, secret=Secret(PASSWORD), timeout=10) as found:
        for name, etag in found.names().items():
            assert found.delete(name, etag).state == "sent"
        yield found


@pytest.mark.parametrize("name", NAMES)
def test_an_object_lives_its_life(collection: Collection, name: str) -> None:
    """It is put, listed, read, put again and deleted, under whatever name."""
    uid = name.encode().hex()
    assert collection.names() == {}
    assert collection.get(name) is None
    put = collection.put(name, event(uid))
    assert put == Receipt("sent", etag=put.etag)
    assert collection.names() == {name: put.etag}
    held = collection.get(name)
    assert held is not None
    assert held[1] == put.etag
    again = collection.put(name, event(uid, 4), put.etag)
    assert again.state == "sent"
    assert again.etag not in {None, put.etag}
    assert collection.delete(name, str(again.etag)) == Receipt("sent")
    assert collection.delete(name, str(again.etag)) == Receipt("sent")
    assert collection.names() == {}


def test_what_is_put_is_what_was_given(radicale_url: str) -> None:
    """Not an octet changes on the way: SEQUENCE and DTSTAMP stay, even when put again."""
    with Collection(radicale_url, secret=Secret(PASSWORD)) as collection:
        for sequence in (0, 0, 7, 3):
            etag = collection.names().get("same.ics")
            assert collection.put("same.ics", event("same", sequence), etag).state == "sent"
            held = collection.get("same.ics")
            assert held is not None
            assert held[0] == event("same", sequence)
            assert asked("GET", f"{radicale_url}same.ics")[1] == event("same", sequence)


def test_somebody_elses_change_is_kept(collection: Collection) -> None:
    """What was changed, put or deleted by another meanwhile is neither overwritten nor deleted."""
    first = collection.put("a.ics", event("a"))
    etag = str(first.etag)
    there = collection.put("a.ics", event("a", 9))
    assert there == Receipt("refused", "somebody else has put an object of this name there")
    other = collection.put("a.ics", event("a", 5), etag)
    for result in (collection.put("a.ics", event("a", 6), etag), collection.delete("a.ics", etag)):
        assert result == Receipt("refused", "somebody else changed it since it was last published")
    held = collection.get("a.ics")
    assert held is not None
    assert b"SEQUENCE:5\r\n" in held[0]
    assert collection.delete("a.ics", str(other.etag)).state == "sent"
    assert collection.put("a.ics", event("a", 6), str(other.etag)).state == "refused"
    assert collection.names() == {}


def test_an_object_that_the_server_does_not_take_is_refused(collection: Collection) -> None:
    """The server's reason is given in one line, and the next object goes."""
    result = collection.put("a.ics", b"BEGIN:NONSENSE\r\n")
    assert result.state == "refused"
    assert str(result.reason)[:3] in {"400", "412", "403", "415"}
    assert "somebody" not in str(result.reason)
    assert collection.put("b.ics", event("b")).state == "sent"


@pytest.mark.parametrize("octets", [b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", b"a\rb\r\n", b"a\0\r\n"])
def test_octets_that_would_be_mended_do_not_go(octets: bytes) -> None:
    """A line that does not end in CR LF would arrive as another, so it is refused."""
    with Collection("http://localhost:9/") as collection:
        assert "does not end in CR LF" in str(collection.put("a.ics", octets).reason)


@pytest.mark.parametrize("name", ["", ".", "..", "a\r\nb", "a\0"])
def test_a_name_stays_in_the_collection(name: str) -> None:
    """A name that means another place, or none, is refused."""
    with Collection("http://localhost:9/") as collection:
        with pytest.raises(InvalidValue, match="the name of a calendar object"):
            collection.get(name)
        with pytest.raises(InvalidValue, match="the name of a calendar object"):
            collection.put(name, b"")
        with pytest.raises(InvalidValue, match="the name of a calendar object"):
            collection.delete(name, '"x"')


def test_a_collection_that_is_not_there_cannot_be_used(collection: Collection) -> None:
    """An address of nothing names the remedy."""
    with (
        Collection(collection.url + "nothing/", collection.user, Secret(PASSWORD)) as nothing,
        pytest.raises(DeliveryFailed, match="make a calendar there first"),
    ):
        nothing.names()


def test_a_wrong_login_says_so_without_the_password(
    radicale_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A wrong password, or none, is refused; neither it nor the object stands in a log."""
    caplog.set_level(logging.DEBUG)
    for secret in (Secret("wrong horse"), None):
        with Collection(radicale_url, secret=secret) as collection:
            with pytest.raises(DeliveryFailed, match="it refuses the login") as caught:
                collection.names()
            assert "horse" not in str(caught.value)
            with pytest.raises(DeliveryFailed, match="it refuses the login"):
                collection.put("a.ics", event("a"))
            assert "horse" not in repr(collection)
    with Collection(radicale_url, secret=Secret(PASSWORD)) as collection:
        collection.names()
    assert "horse" not in caplog.text
    assert "BEGIN:VEVENT" not in caplog.text


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://anna:hunter2@cal.example.org/", "holds no password"),
        ("http://cal.example.org/anna/", "would travel without TLS.*write https://"),
        ("ftp://cal.example.org/", "expected an address such as"),
        ("cal.example.org", "expected an address such as"),
        ("https://cal.example.org/?hunter2", "expected an address such as"),
        ("https:///x", "expected the name of a host"),
        ("https://cal.example.org/\r\nx", "expected an address such as"),
    ],
)
def test_an_address_that_is_none_is_refused(url: str, reason: str) -> None:
    """The refusal names the remedy, and shows no password."""
    with pytest.raises(InvalidValue, match=reason) as caught:
        Collection(url)
    assert "anna:hunter2" not in str(caught.value)


def test_an_address_is_taken_apart() -> None:
    """The user may stand in the address; http:// goes to another machine only if it is said."""
    with Collection("https://a%40b.example@Cal.Example.org:8443/ä/c", timeout=1) as found:
        assert (found.url, found.user) == (
            "https://cal.example.org:8443/%C3%A4/c/",
            "a@b.example",
        )
    with Collection("http://x@cal.example.org", "anna", plain=True) as found:
        assert (found.url, found.user) == ("http://cal.example.org/", "anna")


def test_the_extra_is_named_if_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package caldav the remedy is told."""
    monkeypatch.setitem(sys.modules, "caldav.davclient", None)
    with pytest.raises(MissingExtra, match=r"publishing by CalDAV needs .*r2psched\[caldav\]"):
        Collection("https://cal.example.org/")


@attrs.define
class Told:
    """Where a server that says what it is told to listens, and what it was asked."""

    url: str = ""
    asked: list[bytes] = attrs.field(factory=list)

    def collection(self) -> Collection:
        """Open the collection."""
        return Collection(self.url, "anna", Secret("hunter2"), timeout=5)


def answer(status: str, body: bytes = b"", *headers: str) -> bytes:
    """Write an answer of HTTP."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "".join(f"{line}\r\n" for line in lines).encode() + b"\r\n" + body


def listing(*resources: str) -> bytes:
    """Write the answer to a PROPFIND."""
    itself = resource("/c/", '"0"')
    body = f'<multistatus xmlns="DAV:">{itself}{"".join(resources)}</multistatus>'.encode()
    return answer("207 Multi-Status", body, "Content-Type: application/xml")


def resource(href: str, etag: str) -> str:
    """Write one resource of such an answer."""
    return (
        f"<response><href>{href}</href><propstat><prop><getetag>{etag}</getetag></prop>"
        "<status>HTTP/1.1 200 OK</status></propstat></response>"
    )


@contextlib.contextmanager
def telling(*answers: bytes) -> Iterator[Told]:
    """Run a server that gives one answer after the other, and then the last again and again."""
    told = Told()
    left = list(answers)

    def talk(connection: socket.socket) -> None:
        octets = b""
        while b"\r\n\r\n" not in octets:
            more = connection.recv(4096)
            if not more:
                return
            octets += more
        head, _, body = octets.partition(b"\r\n\r\n")
        length = int((re.search(rb"(?i)content-length: *(\d+)", head) or [0, 0])[1])
        while len(body) < length:
            body += connection.recv(4096)
        told.asked.append(octets)
        connection.sendall(left.pop(0) if len(left) > 1 else left[0])

    with talking(talk) as port:
        told.url = f"http://{HOST}:{port}/c/"
        yield told


@pytest.mark.parametrize(
    ("reply", "state", "reason"),
    [
        (answer("507 Insufficient Storage", b"full"), "refused", "507 Insufficient Storage: full"),
        (answer("415 x", b"\x1b[31m\nno"), "refused", "415 Unsupported Media Type: [31m no"),
        (answer("403 x", b"<p>not yours</p>"), "refused", "403 Forbidden: not yours"),
        (answer("413 x", b"x" * 9000), "refused", "413 Request Entity Too Large: " + "x" * 100),
        (answer("429 x", b"", "Retry-After: 3600"), "refused", "429 Too Many Requests"),
        (answer("503 x", b"", "Retry-After: 3600"), "unknown", "503 Service Unavailable"),
        (answer("500 x", b"hunter2"), "unknown", "500 Internal Server Error: …"),
        (b"HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\n", "unknown", ""),
        (b"gibberish\r\n\r\n", "unknown", ""),
        (b"", "unknown", ""),
    ],
)  # fmt: skip
def test_what_a_server_says_to_a_put_is_understood(reply: bytes, state: str, reason: str) -> None:
    """A clear refusal is one; what may have been taken or not is unknown."""
    with telling(reply) as told, told.collection() as collection:
        for result in (collection.put("a.ics", event("a")), collection.delete("a.ics", '"x"')):
            assert result.state == state
            assert str(result.reason).startswith(reason)
            assert str(result.reason).isprintable()


def test_conditions_and_login_go_where_they_belong() -> None:
    """A put names the version it replaces; the password goes once it was asked for."""
    replies = [answer("401 No", b"", 'WWW-Authenticate: Basic realm="x"')]
    replies += [answer("201 Created", b"", 'ETag: "2"')] * 2
    with telling(*replies) as told, told.collection() as collection:
        assert collection.put("a b.ics", event("a")) == Receipt("sent", etag='"2"')
        assert collection.put("a b.ics", event("a"), 'W/"2"') == Receipt("sent", etag='"2"')
        assert collection.put("a b.ics", event("a"), "").state == "refused"
        assert collection.delete("a b.ics", 'x"\r\nY: z').state == "refused"
    first, second, third = (octets.decode("latin-1").lower() for octets in told.asked)
    assert first.startswith("put /c/a%20b.ics http/1.1\r\n")
    assert "authorization" not in first
    assert "authorization: basic ywxuytpoddw50zxiy" not in second
    assert "authorization: basic" in second
    assert "if-none-match: *" in second
    assert 'if-match: "2"' in third
    assert "content-type: text/calendar; charset=utf-8" in third


@pytest.mark.parametrize("told_etag", ["", 'ETag: W/"2"', "ETag: not\tone"])
def test_a_version_that_is_not_told_stays_unknown(told_etag: str) -> None:
    """What is there later may be somebody else's, so its version is no answer to a put."""
    created = answer("201 Created", b"", *([told_etag] if told_etag else []))
    with telling(created, listing(resource("/c/a.ics", '"3"'))) as told, told.collection() as c:
        assert c.put("a.ics", event("a")) == Receipt("sent")
    assert len(told.asked) == 1


def test_octets_are_never_older_than_their_version() -> None:
    """Where an object comes without its version, it is read again once that is known."""
    held = resource("/c/a.ics", '"3"')
    single = f'<multistatus xmlns="DAV:">{held}</multistatus>'.encode()
    before, after = answer("200 OK", event("a", 1)), answer("200 OK", event("a", 2))
    with telling(before, answer("207 x", single), after) as told, told.collection() as collection:
        assert collection.get("a.ics") == (event("a", 2), '"3"')
    assert [octets.split()[0] for octets in told.asked] == [b"GET", b"PROPFIND", b"GET"]
    with telling(before, answer("207 x", single), answer("404 x")) as told, told.collection() as c:
        assert c.get("a.ics") is None


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 There", "308 Moved"])
def test_a_redirect_is_told_and_not_followed(status: str) -> None:
    """Neither calendar nor password goes to a place that nobody named."""
    with telling(b"") as other:
        place = other.url.replace("://", "://x:hunter2@")
        with telling(answer(status, b"", f"Location: {place}")) as told:
            asks: list[Callable[[Collection], object]] = [
                lambda c: c.names(),
                lambda c: c.put("a.ics", event("a")),
                lambda c: c.delete("a.ics", '"x"'),
            ]
            for ask in asks:
                with told.collection() as c, pytest.raises(DeliveryFailed, match="moved") as caught:
                    ask(c)
                assert "hunter2" not in str(caught.value)
                assert "give that address" in str(caught.value)
        assert other.asked == []


def test_a_list_holds_objects_only() -> None:
    """The collection itself, others in it, and what is gone are left out; paths of any kind."""
    reply = listing(
        resource("/c/sub/", '"1"'),
        resource("http://x.example/y/z%20%C3%A9.ics", '"2"'),
        resource("a:b.ics", 'W/"3"'),
        resource("/c/none.ics", "bad\netag"),
        resource("http://[x", '"4"'),
        "<response><href>/c/gone.ics</href><status>HTTP/1.1 404 Not Found</status></response>",
    )
    with telling(reply) as told, told.collection() as collection:
        assert collection.names() == {"z é.ics": '"2"', "a:b.ics": '"3"', "none.ics": ""}


LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<multistatus xmlns="DAV:"><response><href>&b;</href></response></multistatus>'
)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (LAUGHS, "document type"),
        (LAUGHS.decode().encode("utf-16"), "document type"),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "document type"),
        (b"<a>" * 1_000_000, "nested deeper"),
        (b"", "not XML"),
        (b"<html><body>Hello</body></html>", "no DAV:multistatus"),
        (b'<multistatus xmlns="DAV:">', "not XML"),
        (b"\xff\xff", "not XML"),
    ],
)
def test_a_hostile_list_is_refused(body: bytes, reason: str) -> None:
    """Entities, depth and what is no list at all end in a reason."""
    with (
        telling(answer("207 Multi-Status", body)) as told,
        told.collection() as collection,
        pytest.raises(DeliveryFailed, match=reason),
    ):
        collection.names()


def test_a_long_list_is_read_in_time() -> None:
    """A hundred thousand objects, or one text of megabytes in pieces, take no more than linear."""
    many = "".join(resource(f"/c/{n}.ics", f'"{n}"') for n in range(20_000))
    assert len(listed(f'<multistatus xmlns="DAV:">{many}</multistatus>'.encode())) == 20_000
    pieces = "a&#65;" * 300_000
    began = time.monotonic()
    one = f"<response><href>{pieces}</href></response>"
    listed(f'<multistatus xmlns="DAV:">{one}</multistatus>'.encode())
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (answer("403 Forbidden", b"no"), "may not use it: 403 Forbidden: no"),
        (answer("500 Internal Server Error"), "500 Internal Server Error"),
        (answer("200 OK", b"hello"), "200 OK: hello"),
        (listing("<response><href>/c/</href><status>HTTP/1.1 507 x</status></response>"), "a part"),
        (answer("207 Multi-Status", b"x", "Content-Encoding: gzip"), "packed"),
        (b"HTTP/1.1 207 x\r\nContent-Length: 99\r\n\r\n<", "."),
        (b"", "."),
    ],
)
def test_a_server_that_gives_no_list_cannot_be_used(reply: bytes, reason: str) -> None:
    """What is no list is told; a connection that breaks is tried once more."""
    with (
        telling(reply) as told,
        told.collection() as collection,
        pytest.raises(DeliveryFailed, match=reason) as caught,
    ):
        collection.names()
    assert caught.value.reason
    assert len(told.asked) <= 2


def test_a_connection_that_breaks_once_does_no_harm() -> None:
    """What changes nothing is asked again."""
    with (
        telling(b"", listing(resource("/c/a.ics", '"1"'))) as told,
        told.collection() as collection,
    ):
        assert collection.names() == {"a.ics": '"1"'}


@pytest.mark.parametrize("drips", [False, True])
def test_a_server_that_does_not_finish_is_left(*, drips: bool) -> None:
    """Silence, or an answer that comes octet by octet, ends in time."""

    def talk(connection: socket.socket) -> None:
        connection.recv(65536)
        if drips:
            connection.sendall(b"HTTP/1.1 207 x\r\nContent-Length: 100000\r\n\r\n")
            for _ in range(100):
                time.sleep(0.02)
                connection.sendall(b"x")
        connection.recv(65536)

    with talking(talk) as port:
        began = time.monotonic()
        with Collection(f"http://{HOST}:{port}/c/", timeout=0.1) as collection:
            assert collection.put("a.ics", event("a")).state == "unknown"
            with pytest.raises(DeliveryFailed):
                collection.names()
        assert time.monotonic() - began < 4


def test_a_server_that_is_not_there_cannot_be_used() -> None:
    """Nobody listening is a failure of the server, also when something is put."""
    with socket.create_server((HOST, 0)) as taken:
        url = f"http://{HOST}:{taken.getsockname()[1]}/c/"
    with Collection(url, timeout=5) as collection:
        for ask in (collection.names, lambda: collection.put("a.ics", event("a"))):
            with pytest.raises(DeliveryFailed, match="refused"):
                ask()


def test_a_certificate_of_nobody_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An authority is trusted only if it is named, by argument or by SSL_CERT_FILE."""
    context, file = certificates(tmp_path)

    def talk(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as safe:
            safe.recv(65536)
            safe.sendall(listing(resource("/c/a.ics", '"1"')))

    with talking(talk) as port:
        url = f"https://localhost:{port}/c/"
        with Collection(url, timeout=20) as collection, pytest.raises(DeliveryFailed) as caught:
            collection.put("a.ics", event("a"))
        assert "certificate is not good" in str(caught.value)
        with Collection(url, timeout=20, ca_file=file) as collection:
            assert collection.names() == {"a.ics": '"1"'}
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        with Collection(url, timeout=20) as collection:
            assert collection.names() == {"a.ics": '"1"'}


def test_nothing_is_taken_from_a_netrc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password comes from where it was asked for, and from no file that lies about."""
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine {HOST} login anna password hunter2\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with telling(listing()) as told, Collection(told.url) as collection:
        collection.names()
    assert b"authorization" not in told.asked[0].lower()


@pytest.mark.parametrize(
    ("told", "etag"),
    [
        ('"x"', '"x"'),
        ('W/"x"', '"x"'),
        (" x ", "x"),
        ("", ""),
        (None, ""),
        ('"a\r\nb"', ""),
        ("é", ""),
    ],
)
def test_a_version_can_go_into_a_header(told: str | None, etag: str) -> None:
    """What could break a header is no version."""
    assert as_etag(told) == etag


def test_a_reason_is_found_in_what_servers_write() -> None:
    """Conditions and words of a DAV:error, the text of a page, or nothing."""
    error = b'<?xml version="1.0"?>\n<d:error xmlns:d="DAV:"><c:no-uid/><d:x>Used.</d:x></d:error>'
    assert reason_in(error) == "no-uid: Used."
    assert reason_in(b"<html><style>x</style><br/>No, <b>no</b></html>") == "No, no"
    assert reason_in(b"") == ""
    assert len(reason_in(b"<" * 1_000_000)) < 5000
