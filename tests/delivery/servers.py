"""Real servers of mail and of calendars, started on this machine for as long as a `with` lasts."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import http.client
import socket
import ssl
import subprocess
import sys
import threading
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import attrs
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from aiosmtpd.smtp import Envelope, Session

HOST = "127.0.0.1"
USER = "anna"
PASSWORD = "correct horse ä"  # noqa: S105  # of servers that live as long as a test
_PATIENCE = 20.0


@attrs.frozen
class Letter:
    """One message that a mail server has taken."""

    sender: str
    recipient: str
    octets: bytes


@attrs.define
class Mailroom:
    """What a mail server has taken, and how it is to misbehave.

    Attributes:
        url: Its address, without a user.
        ca_file: The certificate of the authority that vouches for it, or None.
        letters: What it has taken.
        refusing: For a recipient, the reply that refuses it.
        dropping: The commands ("MAIL", "RCPT", "DATA" or "." for after the whole message) at which
            it breaks the connection; each once.
        most: How many messages it takes on one connection before it closes with 421, or None.
        final: The reply to the next whole message, in the place of 250, or None.
        connections: How many connections there were.
    """

    url: str = ""
    ca_file: Path | None = None
    letters: list[Letter] = attrs.field(factory=list)
    refusing: dict[str, str] = attrs.field(factory=dict)
    dropping: list[str] = attrs.field(factory=list)
    most: int | None = None
    final: str | None = None
    connections: int = 0

    def drops(self, server: SMTP, place: str) -> bool:
        """Break the connection if it is to break at this place."""
        if place not in self.dropping:
            return False
        self.dropping.remove(place)
        transport: Any = server.transport
        transport.abort()
        return True

    async def handle_EHLO(  # noqa: N802  # as aiosmtpd calls it
        self,
        server: SMTP,  # noqa: ARG002  # given by aiosmtpd
        session: Session,
        envelope: Envelope,  # noqa: ARG002  # given by aiosmtpd
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        """Count a connection."""
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_MAIL(  # noqa: N802  # as aiosmtpd calls it
        self,
        server: SMTP,
        session: Any,  # noqa: ANN401  # carries a count of ours
        envelope: Envelope,
        address: str,
        options: list[str],  # noqa: ARG002  # given by aiosmtpd
    ) -> str:
        """Take a sender."""
        taken = getattr(session, "taken", 0)
        if self.most is not None and taken >= self.most:
            await server.push("421 enough for one connection")
            self.dropping.append("MAIL")
        if self.drops(server, "MAIL"):
            return "421 closed"
        envelope.mail_from = address
        return "250 a sender"

    async def handle_RCPT(  # noqa: N802  # as aiosmtpd calls it
        self,
        server: SMTP,
        session: Session,  # noqa: ARG002  # given by aiosmtpd
        envelope: Envelope,
        address: str,
        options: list[str],  # noqa: ARG002  # given by aiosmtpd
    ) -> str:
        """Take a recipient or refuse one."""
        if self.drops(server, "RCPT"):
            return "421 closed"
        if address in self.refusing:
            return self.refusing[address]
        envelope.rcpt_tos.append(address)
        return "250 a recipient"

    async def handle_DATA(  # noqa: N802  # as aiosmtpd calls it
        self,
        server: SMTP,
        session: Any,  # noqa: ANN401  # carries a count of ours
        envelope: Envelope,
    ) -> str:
        """Take a message."""
        if self.final is not None:
            reply, self.final = self.final, None
            return reply
        octets = envelope.content
        assert isinstance(octets, bytes)
        assert envelope.mail_from is not None
        session.taken = getattr(session, "taken", 0) + 1
        self.letters += [Letter(envelope.mail_from, to, octets) for to in envelope.rcpt_tos]
        return "421 closed" if self.drops(server, ".") else "250 taken"


class _Server(SMTP):
    """A mail server without the wait for the name of this machine."""

    def __init__(self, room: Mailroom, *, upgrades: bool, **named: Any) -> None:  # noqa: ANN401  # as aiosmtpd has it
        super().__init__(room, hostname="mail.test", enable_SMTPUTF8=True, **named)
        # It knows of no TLS but STARTTLS, and warns when it is told by argument to do without.
        self._auth_require_tls = upgrades
        self._room = room

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  # as aiosmtpd calls it
        """Take the command before a message."""
        if not self._room.drops(self, "DATA"):
            await super().smtp_DATA(arg)


def _authenticated(
    _server: SMTP, _session: Session, _envelope: Envelope, _way: str, data: object
) -> AuthResult:
    good = isinstance(data, LoginPassword) and data == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False)


def certificates(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for this machine, and the file of the authority that vouches for it."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost", HOST).configure_cert(context)
    file = folder / "authority.pem"
    authority.cert_pem.write_to_path(file)
    return context, file


@contextlib.contextmanager
def mail_server(
    scheme: str = "smtp+plain", folder: Path | None = None, *, login: bool = False, **named: object
) -> Iterator[Mailroom]:
    """Run a mail server that keeps what it takes.

    Args:
        scheme: How it speaks: "smtp+plain", "smtp" (STARTTLS) or "smtps".
        folder: Where to put the certificate of its authority, unless it speaks plainly.
        login: Whether it wants USER to log in with PASSWORD.
        named: What else aiosmtpd's SMTP is to be given.
    """
    room = Mailroom()
    options: dict[str, Any] = dict(named)
    context = None
    if folder is not None:
        context, room.ca_file = certificates(folder)
    if scheme == "smtp":
        options |= {"tls_context": context, "require_starttls": True}
    if login:
        options |= {"authenticator": _authenticated, "auth_required": True}
    with contextlib.ExitStack() as stack:
        port = stack.enter_context(
            _serving(
                lambda: _Server(room, upgrades=scheme == "smtp", **options),
                context if scheme == "smtps" else None,
            )
        )
        room.url = f"{scheme}://{HOST}:{port}"
        yield room


@contextlib.contextmanager
def _serving(
    protocol: Callable[[], asyncio.BaseProtocol], context: ssl.SSLContext | None
) -> Iterator[int]:
    """Run a server of asyncio in a thread of its own, and give its port."""
    ready: Future[tuple[int, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def serve() -> None:
        loop, over = asyncio.get_running_loop(), asyncio.Event()
        server = await loop.create_server(protocol, HOST, 0, ssl=context)
        ready.set_result((server.sockets[0].getsockname()[1], loop, over))
        await over.wait()
        server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    port, loop, over = ready.result(_PATIENCE)
    try:
        yield port
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(_PATIENCE)


@contextlib.contextmanager
def talking(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """Run a server that does with each connection what a function says, and give its port."""
    listener = socket.create_server((HOST, 0))
    talks: list[threading.Thread] = []

    def one(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.settimeout(_PATIENCE)
            talk(connection)

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                talks.append(threading.Thread(target=one, args=(connection,), daemon=True))
                talks[-1].start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        # Closing alone does not wake a thread that waits for the next connection.
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for each in [thread, *talks]:
            each.join(_PATIENCE)


@contextlib.contextmanager
def radicale(folder: Path, *, login: bool = True) -> Iterator[str]:
    """Run Radicale with one empty calendar, whose address it gives (USER's, if there is a login).

    Args:
        folder: Where it keeps what it is given.
        login: Whether it wants USER to log in with PASSWORD.
    """
    users, settings = folder / "users", folder / "radicale.ini"
    users.write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
    way = f"htpasswd\nhtpasswd_filename = {users}\nhtpasswd_encryption = plain\ndelay = 0"
    settings.write_text(
        f"[auth]\ntype = {way if login else 'none'}\n"
        f"[storage]\nfilesystem_folder = {folder / 'collections'}\n",
        encoding="utf-8",
    )
    command = ["radicale", "--config", str(settings), "--hosts", f"{HOST}:{{port}}"]
    with _running(command, folder, "Radicale server ready") as port:
        url = f"http://{USER}@{HOST}:{port}/{USER}/meeting/"
        made, _ = asked("MKCALENDAR", url)
        assert made == http.client.CREATED
        yield url if login else url.replace(f"{USER}@", "")


@contextlib.contextmanager
def xandikos(folder: Path) -> Iterator[str]:
    """Run Xandikos, which wants no login, with one empty calendar, whose address it gives."""
    command = ["xandikos", "serve", "--defaults", "--directory", str(folder / "collections")]
    command += ["--state-dir", str(folder / "state"), "-l", HOST, "-p", "{port}"]
    with _running(command, folder, "Listening on") as port:
        yield f"http://{HOST}:{port}/user/calendars/calendar/"


def asked(
    method: str, url: str, octets: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[int, bytes]:
    """Ask a calendar server without the library under test: the status and the body."""
    parts = urlsplit(url)
    assert parts.hostname is not None
    token = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=_PATIENCE)
    with contextlib.closing(connection):
        login = {"Authorization": f"Basic {token}"} if parts.username else {}
        connection.request(method, parts.path, octets, {**login, **(headers or {})})
        answer = connection.getresponse()
        return answer.status, answer.read()


@contextlib.contextmanager
def _running(command: list[str], folder: Path, ready: str) -> Iterator[int]:
    """Run a server of Python as a process of its own until the `with` ends, and give its port."""
    log = folder / "server.log"
    while True:
        port = _free_port()
        words = [sys.executable, "-m", *(word.format(port=port) for word in command)]
        with log.open("wb") as stream:
            process = subprocess.Popen(words, stdout=stream, stderr=stream)
        try:
            # Somebody else may have taken the free port first: then the server ends at once.
            if _is_ready(process, log, ready, port):
                yield port
                return
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _is_ready(process: subprocess.Popen[bytes], log: Path, ready: str, port: int) -> bool:
    """Wait until a server answers; False if it found its port taken."""
    until = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < until:
        if ready in log.read_text(encoding="utf-8", errors="replace"):
            with contextlib.suppress(OSError), socket.create_connection((HOST, port), 1):
                return True
        time.sleep(0.02)
    told = log.read_text(encoding="utf-8", errors="replace")
    if process.poll() is not None and ("in use" in told or "No servers started" in told):
        return False
    raise RuntimeError(told)
