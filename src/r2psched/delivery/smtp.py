"""Mail by SMTP: one message to one recipient at a time, and what became of it."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Self

from r2psched.delivery.connection import fail, opened, reply_of, told_by
from r2psched.delivery.receipts import REFUSED, SENT, UNKNOWN, Receipt, as_reason, fault_of_octets
from r2psched.errors import InvalidValue, shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from r2psched.delivery.connection import Connection
    from r2psched.delivery.secrets import Secret
    from r2psched.delivery.servers import MailServer

__all__ = ["Postbox"]

# How many times the usual wait the answer to a whole message may take: the server looks for
# viruses first, and RFC 5321 4.5.3.2.6 gives it 10 minutes.
_PATIENCE = 4
_MOST_TRIES = 2
_CLOSING, _LOGIN_FIRST = 421, 530
_ADDRESS = re.compile(r"(?!-)[^\s<>()\[\],;:\"\\@]{1,64}@(?!-)[^\s<>()\[\],;:\"\\@]{1,190}")


class _BrokenError(Exception):
    """The connection broke, or the server closed it, before the whole message had gone out."""


class Postbox:
    """Takes messages to a mail server, one recipient at a time.

    It connects when the first message is sent, again when the server has closed the connection,
    and says goodbye when the `with` ends.
    """

    def __init__(  # noqa: PLR0913  # each is named where it is given
        self,
        server: MailServer,
        password: Secret | None = None,
        *,
        per_minute: float | None = None,
        timeout: float = 30.0,
        ca_file: Path | None = None,
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the server and how to treat it.

        Args:
            server: The server.
            password: The password of its user, if it has one.
            per_minute: How many messages to send in a minute at most, evenly, or None.
            timeout: How many seconds the server has for each answer; four times that for its
                answer to a whole message.
            ca_file: The certificates (PEM) of the authorities to trust; without it, those of the
                system, or of the file that the environment variable SSL_CERT_FILE names.
            sleep: Waits for some seconds.
            clock: Tells the seconds since some moment.
        """
        if per_minute is not None and not 0 < per_minute < float("inf"):
            msg = f"expected a number of messages a minute above 0, got {shown(per_minute)}"
            raise InvalidValue(msg)
        self._server, self._password = server, password
        self._pause = 0.0 if per_minute is None else 60.0 / per_minute
        self._timeout, self._ca_file = timeout, ca_file
        self._sleep, self._clock = sleep, clock
        self._next: float | None = None
        self._session: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._say("QUIT")
        self._drop()

    def send(self, sender: str, recipient: str, octets: bytes) -> Receipt:
        """Send one message to one recipient, as it is.

        Args:
            sender: The address that is told when it cannot be delivered.
            recipient: The address of the recipient.
            octets: The message, its lines ending in CR LF.

        Raises:
            DeliveryFailed: If the server cannot be used: it is not reached, its certificate is
                not good, or it refuses the login. This message was not delivered then.
        """
        fault = fault_of_octets(octets) or _fault_of(sender) or _fault_of(recipient)
        if fault is not None:
            return Receipt(REFUSED, fault)
        self._wait()
        told = ""
        for _ in range(_MOST_TRIES):
            session = self._session = self._session or self._connected()
            try:
                return self._transacted(session, sender, recipient, octets)
            except (_BrokenError, OSError) as error:
                told = told_by(error)
                self._drop()
        reason = f"the connection broke before the message was taken: {told}"
        return Receipt(REFUSED, as_reason(reason, self._password))

    def _transacted(
        self, session: Connection, sender: str, recipient: str, octets: bytes
    ) -> Receipt:
        utf8 = session.has_extn("smtputf8")
        try:
            source, target = (_on_the_wire(address, utf8=utf8) for address in (sender, recipient))
            options = _options(session, source + target, octets)
        except ValueError as error:
            return Receipt(REFUSED, str(error))
        session.command_encoding = "utf-8" if utf8 else "ascii"
        for command, expected in (
            (f"MAIL FROM:<{source}>{options}", {250}),
            (f"RCPT TO:<{target}>", {250, 251, 252}),
            ("DATA", {354}),
        ):
            code, text = session.docmd(command)
            if code == _LOGIN_FIRST:
                told = reply_of(code, text)
                fail(self._server, f"it wants a login ({told}): name a user in its address")
            if code not in expected:
                refused = self._refused(code, text)
                self._say("RSET")
                return refused
        ending = b"" if octets.endswith(b"\r\n") or not octets else b"\r\n"
        # Not all of it has gone if this fails, so not the final dot: it may be said again.
        session.send(re.sub(rb"(?m)^\.", b"..", octets) + ending + b".\r\n")
        return self._answered(session)

    def _answered(self, session: Connection) -> Receipt:
        """Read what the server says to a whole message."""
        try:
            session.patience = _PATIENCE
            code, text = session.getreply()
        except OSError as error:
            return self._unknown(told_by(error))
        finally:
            session.patience = 1
        if 200 <= code < 300:  # noqa: PLR2004  # the replies of success, RFC 5321 4.2.1
            return Receipt(SENT)
        if 400 <= code < 600:  # noqa: PLR2004  # the replies of failure, the same
            return self._refused(code, text)
        return self._unknown(reply_of(code, text))

    def _refused(self, code: int, text: bytes) -> Receipt:
        if code == _CLOSING or not 400 <= code < 600:  # noqa: PLR2004  # no reply of failure
            raise _BrokenError(reply_of(code, text))
        return Receipt(REFUSED, as_reason(reply_of(code, text), self._password))

    def _unknown(self, told: str) -> Receipt:
        self._drop()
        reason = f"the connection broke after the whole message had gone out: {told}"
        return Receipt(UNKNOWN, as_reason(reason, self._password))

    def _wait(self) -> None:
        """Wait until the next message may go."""
        if not self._pause:
            return
        now = self._clock()
        due = now if self._next is None else max(now, self._next)
        if due > now:
            self._sleep(due - now)
        self._next = due + self._pause

    def _connected(self) -> Connection:
        return opened(self._server, self._password, timeout=self._timeout, ca_file=self._ca_file)

    def _say(self, command: str) -> None:
        """Say what needs no answer; a connection that breaks is made anew when it is needed."""
        try:
            if self._session is not None:
                self._session.docmd(command)
        except OSError:
            self._drop()

    def _drop(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None


def _fault_of(address: str) -> str | None:
    if _ADDRESS.fullmatch(address) and address.isprintable():
        return None
    return "an address is none that mail can be sent to"


def _on_the_wire(address: str, *, utf8: bool) -> str:
    local, _, domain = address.rpartition("@")
    if not (local.isascii() or utf8):
        msg = "the server takes no address with letters beyond ASCII before the @ (no SMTPUTF8)"
        raise ValueError(msg)
    try:
        return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError as error:
        msg = "an address is none that mail can be sent to: its domain is no name of a host"
        raise ValueError(msg) from error


def _options(session: Connection, addresses: str, octets: bytes) -> str:
    options = [f"SIZE={len(octets)}"] if session.has_extn("size") else []
    if not octets.isascii():
        if not session.has_extn("8bitmime"):
            msg = "the server takes no message with octets beyond ASCII (no 8BITMIME)"
            raise ValueError(msg)
        options.append("BODY=8BITMIME")
    if not (addresses.isascii() and octets.partition(b"\r\n\r\n")[0].isascii()):
        if not session.has_extn("smtputf8"):
            msg = "the server takes no header with letters beyond ASCII (no SMTPUTF8)"
            raise ValueError(msg)
        options.append("SMTPUTF8")
    return "".join(f" {option}" for option in options)
