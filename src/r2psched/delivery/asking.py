"""Questions to a calendar server over HTTP, each with an answer that ends."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any, NoReturn

import attrs

from r2psched.delivery.multistatus import reason_in
from r2psched.delivery.receipts import as_reason
from r2psched.errors import DeliveryFailed, MissingExtra, shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from r2psched.delivery.secrets import Secret

__all__ = ["Asker", "BrokenError", "Response", "told_by"]

_MOST = 64 << 20
_PATIENCE = 4
_LOGIN, _FORBIDDEN = 401, 403


class BrokenError(Exception):
    """A question that was not answered: it may have reached the server or not."""


@attrs.frozen
class Response:
    """What the server answered, in the form that DAVClient looks at, which is without a body.

    DAVClient would log the body, mend its line ends and read it as XML.
    """

    status_code: int
    headers: Mapping[str, str]
    reason: str
    url: str
    octets: bytes
    content: bytes = b""
    text: str = ""


class _Line:
    """The HTTP session that DAVClient is given: bodies as they are, no redirect, bounded."""

    def __init__(self, session: Any) -> None:  # noqa: ANN401  # of niquests or of requests
        self._session = session
        self.octets = b""
        self.kind = ""
        self.answer: Response | None = None

    def request(
        self,
        method: str,
        url: str,
        *,
        data: object,  # noqa: ARG002  # DAVClient's own idea of the body, which is none
        headers: Mapping[str, str],
        auth: Any = None,  # noqa: ANN401  # of niquests or of requests
        **others: Any,  # noqa: ANN401  # what DAVClient hands through
    ) -> Response:
        """Ask, in the place of the session of an HTTP library."""
        self.answer = None
        typed = {**headers, "Content-Type": self.kind} if self.kind else dict(headers)
        response = self._session.request(
            method,
            url,
            data=self.octets,
            headers=typed,
            # Without any, the session would look for a password in ~/.netrc.
            auth=auth or (lambda request: request),
            # A redirect would carry the calendar, if not the password, to a place nobody named.
            allow_redirects=False,
            stream=True,
            **others,
        )
        try:
            octets = _read(response, others["timeout"])
        finally:
            response.close()
        self.answer = Response(
            response.status_code, response.headers, str(response.reason or ""), url, octets
        )
        return self.answer

    def taken(self) -> Response | None:
        """The answer to the last question, if there was one."""
        return self.answer

    def close(self) -> None:
        """Close the connection."""
        self._session.close()


def _read(response: Any, timeout: float) -> bytes:  # noqa: ANN401  # of niquests or of requests
    """Read a body that ends, in octets and in time."""
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        msg = "it answers with packed octets, which nobody asked for"
        raise BrokenError(msg)
    until = time.monotonic() + _PATIENCE * timeout
    parts: list[bytes] = []
    size = 0
    for part in response.iter_content(1 << 14):
        parts.append(part)
        size += len(part)
        if size > _MOST or time.monotonic() > until:
            msg = "its answer does not end"
            raise BrokenError(msg)
    return b"".join(parts)


class Asker:
    """Asks one calendar server, logging in when it wants a login."""

    def __init__(
        self,
        url: str,
        user: str | None,
        secret: Secret | None,
        *,
        timeout: float,
        ca_file: Path | None,
    ) -> None:
        """Take the server; nothing is asked yet.

        Raises:
            MissingExtra: If the extra `caldav` is not installed.
        """
        try:
            from caldav.davclient import DAVClient  # noqa: PLC0415  # an extra
        except ImportError as error:
            extra = "caldav"
            raise MissingExtra(extra, "publishing by CalDAV") from error
        self._url, self._secret = url, secret
        authorities = ca_file or os.environ.get("SSL_CERT_FILE")
        client: Any = DAVClient(
            url,
            username=user,
            password=secret.reveal() if secret else None,
            timeout=timeout,  # type: ignore[arg-type]  # halves of seconds are good too
            ssl_verify_cert=str(authorities) if authorities else True,
            headers={"Accept-Encoding": "identity"},
            enable_rfc6764=False,
            rate_limit_handle=False,
        )
        client.session.close()
        # Not the session that it made: that may be one that answers later than it is asked.
        client.session = self._line = _Line(type(client.session)())
        self._client = client

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def ask(
        self,
        method: str,
        url: str,
        octets: bytes = b"",
        kind: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Ask once.

        Raises:
            BrokenError: If there was no whole answer.
            DeliveryFailed: If the answer says that nothing can be done here.
        """
        self._line.octets, self._line.kind, self._line.answer = octets, kind, None
        error: Exception | None = None
        try:
            self._client.request(url, method, "", dict(headers or {}))
        except BrokenError:
            raise
        except Exception as caught:  # noqa: BLE001  # two HTTP libraries, each with many
            error = caught
        answer = self._line.taken()
        if answer is None:
            self._break(error)
        self._check(answer, method)
        return answer

    def line(self, told: str) -> str | None:
        """Make one line of what was told, without the password."""
        return as_reason(told, self._secret)

    def fail(self, reason: str, error: Exception | None = None) -> NoReturn:
        """Say that nothing can be done here, and why.

        Raises:
            DeliveryFailed: Always.
        """
        raise DeliveryFailed(self._url, self.line(reason) or "no reason given") from error

    def _check(self, answer: Response, method: str) -> None:
        status = answer.status_code
        if status == _LOGIN:
            self.fail(
                "it refuses the login: name the user, and set the password in the environment, "
                "in a file or in the keyring"
            )
        if status == _FORBIDDEN and method not in {"PUT", "DELETE"}:
            self.fail(f"this user may not use it: {told_by(answer)}")
        if 300 <= status < 400:  # noqa: PLR2004  # the answers that send elsewhere, RFC 9110 15.4
            self.fail(f"it has moved to {shown(_place(answer.headers))}: give that address")

    def _break(self, error: Exception | None) -> NoReturn:
        """Say why there was no answer: never connected, or broken off."""
        root = _root(error)
        told = getattr(root, "verify_message", None)
        if told is not None:
            self.fail(
                f"its certificate is not good: {told} "
                "(a private authority is named in the environment variable SSL_CERT_FILE)",
                error,
            )
        told = getattr(root, "strerror", None) or str(root) or type(root).__name__
        if isinstance(root, ConnectionRefusedError) or type(root).__name__ == "gaierror":
            self.fail(told, error)
        raise BrokenError(told) from error


def told_by(answer: Response) -> str:
    """Give the words of an answer that refuses."""
    words = reason_in(answer.octets)
    return f"{answer.status_code} {answer.reason}" + (f": {words}" if words else "")


def _place(headers: Mapping[str, str]) -> str:
    before, _, after = headers.get("Location", "").rpartition("@")
    return f"…@{after}" if before else after


def _root(error: BaseException | None) -> BaseException | None:
    """The first cause of an error that HTTP libraries have wrapped, and wrapped again."""
    for _ in range(20):
        if error is None:
            return None
        inner = [getattr(error, "reason", None), *error.args, error.__cause__, error.__context__]
        deeper = next((each for each in inner if isinstance(each, BaseException)), None)
        if deeper is None:
            return error
        error = deeper
    return error
