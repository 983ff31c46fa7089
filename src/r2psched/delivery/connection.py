"""One connection to a mail server: encrypted, logged in, and with replies that end."""

from __future__ import annotations

import base64
import smtplib
import ssl
import time
from typing import TYPE_CHECKING, NoReturn

from r2psched.delivery.receipts import as_reason
from r2psched.errors import DeliveryFailed

if TYPE_CHECKING:
    from pathlib import Path

    from r2psched.delivery.secrets import Secret
    from r2psched.delivery.servers import MailServer

__all__ = ["Connection", "fail", "opened", "reply_of", "told_by"]

# What one reply of a server may hold, in octets.
_MOST_REPLIED = 1 << 16
_CHUNK = 4096
# The name of this machine is nobody's business, and finding it may take long.
_MYSELF = "[127.0.0.1]"


class _Replies:
    """The lines of a server's replies, each reply bounded in octets and in time."""

    def __init__(self, session: Connection) -> None:
        self._session = session
        self._held = b""
        self._left = 0
        self._until = 0.0

    def expect(self, seconds: float) -> None:
        """Start on a new reply."""
        self._left = _MOST_REPLIED
        self._until = time.monotonic() + seconds

    def readline(self, limit: int) -> bytes:
        """Give the next line, or as much of it as the limit allows."""
        while b"\n" not in self._held and len(self._held) < limit:
            octets = self._received()
            if not octets:
                break
            self._held += octets
        end = self._held.find(b"\n", 0, limit) + 1 or limit
        line, self._held = self._held[:end], self._held[end:]
        return line

    def _received(self) -> bytes:
        sock = self._session.sock
        seconds = self._until - time.monotonic()
        late = "no whole answer in time"
        if sock is None or seconds <= 0:
            raise TimeoutError(late)
        sock.settimeout(seconds)
        try:
            octets = sock.recv(min(_CHUNK, self._left))
        except TimeoutError as error:
            raise TimeoutError(late) from error
        finally:
            sock.settimeout(self._session.timeout)
        self._left -= len(octets)
        if not self._left:
            msg = f"an answer of more than {_MOST_REPLIED} octets"
            raise OSError(msg)
        return octets

    def close(self) -> None:
        """Let go of nothing: the socket is the session's."""


class Connection(smtplib.SMTP):
    """A session whose replies end, whatever the server does."""

    patience = 1

    def getreply(self) -> tuple[int, bytes]:
        """Read one reply."""
        if self.file is None:
            self.file = _Replies(self)
        self.file.expect(self.timeout * self.patience)
        return super().getreply()


class _TLSConnection(Connection, smtplib.SMTP_SSL):
    """The same over TLS from the start."""


def opened(
    server: MailServer, password: Secret | None, *, timeout: float, ca_file: Path | None
) -> Connection:
    """Connect to a mail server, encrypt and log in.

    Raises:
        DeliveryFailed: If any of it fails.
    """
    session: Connection | None = None
    try:
        context = ssl.create_default_context(cafile=ca_file)
        if server.security == "tls":
            session = _TLSConnection(
                server.host, server.port, _MYSELF, timeout=timeout, context=context
            )
        else:
            session = Connection(server.host, server.port, _MYSELF, timeout)
        _greet(server, session)
        if server.security == "starttls":
            _encrypt(server, session, context)
        if server.user is not None:
            _log_in(server, session, server.user, password)
    except ssl.SSLCertVerificationError as error:
        reason = (
            f"its certificate is not good: {error.verify_message} "
            "(a private authority is named in the environment variable SSL_CERT_FILE)"
        )
        fail(server, reason, password, error)
    except (OSError, UnicodeError) as error:
        fail(server, told_by(error), password, error)
    else:
        ready, session = session, None
        return ready
    finally:
        if session is not None:
            session.close()


def fail(
    server: MailServer, reason: str, password: Secret | None = None, error: Exception | None = None
) -> NoReturn:
    """Say that a mail server cannot be used, and why.

    Raises:
        DeliveryFailed: Always.
    """
    raise DeliveryFailed(str(server), as_reason(reason, password) or "no reason given") from error


def reply_of(code: int, text: bytes) -> str:
    """Give a reply as one text."""
    return f"{code} {text.decode('utf-8', 'replace')}"


def told_by(error: Exception) -> str:
    """Say what broke a connection."""
    if isinstance(error, smtplib.SMTPResponseException):
        told = error.smtp_error
        return reply_of(error.smtp_code, told if isinstance(told, bytes) else told.encode())
    told = getattr(error, "strerror", None) or str(error) or type(error).__name__
    # smtplib calls whatever went wrong with an answer by this name.
    return told.removeprefix("Connection unexpectedly closed: ")


def _greet(server: MailServer, session: Connection) -> None:
    code, text = session.ehlo()
    if code != 250:  # noqa: PLR2004  # the reply to EHLO, RFC 5321 4.1.1.1
        fail(server, f"it does not answer EHLO: {reply_of(code, text)}")


def _encrypt(server: MailServer, session: Connection, context: ssl.SSLContext) -> None:
    if not session.has_extn("starttls"):
        fail(server, "it does not offer STARTTLS: write smtps:// if it speaks TLS from the start")
    session.starttls(context=context)
    _greet(server, session)


def _log_in(server: MailServer, session: Connection, user: str, password: Secret | None) -> None:
    """Log in with letters of every language, which smtplib's own ways do not take."""
    if password is None:
        fail(server, "its user has no password: set one in the environment, a file or the keyring")
    offered = session.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered:
        code, text = session.docmd("AUTH PLAIN", _plain(user, password))
    elif "LOGIN" in offered:
        code, text = session.docmd("AUTH LOGIN")
        for word in (user, password.reveal()):
            if code == 334:  # noqa: PLR2004  # go on, RFC 4954 4
                code, text = session.docmd(_coded(word))
    else:
        fail(server, "it offers neither the login PLAIN nor LOGIN")
    if code != 235:  # noqa: PLR2004  # logged in, RFC 4954 6
        told = reply_of(code, text).replace(_plain(user, password), "…")
        fail(server, f"it refuses the login: {told}", password)


def _plain(user: str, password: Secret) -> str:
    return _coded(f"\0{user}\0{password.reveal()}")


def _coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
