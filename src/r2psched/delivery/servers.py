"""Where things are delivered to: addresses of servers, without any password in them."""

from __future__ import annotations

import ipaddress
import re
from typing import NoReturn
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

import attrs

from r2psched.errors import InvalidValue, shown

__all__ = ["MailServer", "collection_url", "is_loopback"]

_SCHEMES = {"smtp": ("starttls", 587), "smtps": ("tls", 465), "smtp+plain": ("none", 25)}
_NAMES = {security: (scheme, port) for scheme, (security, port) in _SCHEMES.items()}
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9])?\.?")
_MOST = 2000


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, so that nobody listens on the way to it.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("mail.example.org")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _as_host(value: str) -> str:
    host = value.lower()
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        host = host if host.isascii() else host[:253].encode("idna").decode()
    except UnicodeError:
        host = ""
    if _HOST.fullmatch(host):
        return host
    msg = f'expected the name of a host such as "mail.example.org", got {shown(value)}'
    raise InvalidValue(msg)


def _as_port(value: int) -> int:
    given: object = value
    if isinstance(given, int) and not isinstance(given, bool) and 0 < given < 1 << 16:
        return value
    msg = f"expected a port from 1 to 65535, got {shown(value)}"
    raise InvalidValue(msg)


def _as_security(value: str) -> str:
    if value in _NAMES:
        return value
    msg = f'expected "starttls", "tls" or "none", got {shown(value)}'
    raise InvalidValue(msg)


def _as_user(value: str | None) -> str | None:
    if value is None or (value and value.isprintable()):
        return value
    msg = "expected a user's name of printable characters"
    raise InvalidValue(msg)


@attrs.frozen
class MailServer:
    """A server that takes mail.

    Attributes:
        host: Its name or address.
        port: Its port.
        security: "starttls" (TLS after the greeting, never without), "tls" (from the start) or
            "none", which only a server on this machine may be given.
        user: Who logs in, or None if nobody does.

    Raises:
        InvalidValue: If one of them is none, or security is "none" and the host another machine.

    >>> print(MailServer.parse("smtp://anna@mail.example.org"))
    smtp://anna@mail.example.org:587
    """

    host: str = attrs.field(converter=_as_host)
    port: int = attrs.field(default=587, converter=_as_port)
    security: str = attrs.field(default="starttls", converter=_as_security)
    user: str | None = attrs.field(default=None, converter=_as_user)

    def __attrs_post_init__(self) -> None:
        if self.security == "none" and not is_loopback(self.host):
            msg = (
                f"mail for {self.host} would travel without TLS: write smtp:// (STARTTLS) or "
                "smtps:// (TLS from the start); smtp+plain:// is for a server on this machine"
            )
            raise InvalidValue(msg)

    @classmethod
    def parse(cls, url: str) -> MailServer:
        """Read a server such as "smtp://user@mail.example.org:587".

        smtp:// asks for STARTTLS (port 587), smtps:// for TLS from the start (465); smtp+plain://
        does without (25), for a server on this machine.

        Raises:
            InvalidValue: If it is no such address, or holds a password.

        >>> MailServer.parse("smtps://mail.example.org").security
        'tls'
        """
        parts, port = _split(url, "smtp://user@mail.example.org:587")
        if parts.scheme not in _SCHEMES or parts.path.strip("/") or parts.query or parts.fragment:
            _refuse(url, "smtp://user@mail.example.org:587")
        security, usual = _SCHEMES[parts.scheme]
        user = None if parts.username is None else unquote(parts.username)
        return cls(parts.hostname or "", usual if port is None else port, security, user)

    @property
    def place(self) -> str:
        """The server without its user, under which a keyring stores the password.

        >>> MailServer.parse("smtp://anna@mail.example.org").place
        'smtp://mail.example.org:587'
        """
        return str(attrs.evolve(self, user=None))

    def __str__(self) -> str:
        """The address that `parse` reads."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        user = "" if self.user is None else quote(self.user, safe="") + "@"
        return f"{_NAMES[self.security][0]}://{user}{host}:{self.port}"


def collection_url(url: str, *, plain: bool = False) -> tuple[str, str | None]:
    """Take the address of a calendar collection apart: the address itself, and its user.

    Args:
        url: The address, such as "https://anna@cal.example.org/anna/meeting/".
        plain: Whether http:// is allowed to another machine, where everybody on the way reads
            along.

    Returns:
        The address, ending in a stroke and without a user; and the user, or None.

    Raises:
        InvalidValue: If it is no such address, holds a password, or would travel without TLS.

    >>> collection_url("https://anna@cal.example.org/anna/meeting")
    ('https://cal.example.org/anna/meeting/', 'anna')
    """
    such = "https://cal.example.org/anna/meeting/"
    parts, port = _split(url, such)
    if parts.scheme not in {"http", "https"} or parts.query or parts.fragment:
        _refuse(url, such)
    host = _as_host(parts.hostname or "")
    if parts.scheme == "http" and not plain and not is_loopback(host):
        msg = (
            f"the calendar on {host} would travel without TLS, and its password with it: "
            "write https://"
        )
        raise InvalidValue(msg)
    where = (f"[{host}]" if ":" in host else host) + ("" if port is None else f":{port}")
    path = quote(parts.path.rstrip("/") + "/", safe="/%!$&'()*+,;=:@~")
    user = None if parts.username is None else _as_user(unquote(parts.username))
    return urlunsplit((parts.scheme, where, path, "", "")), user


def _split(url: str, such: str) -> tuple[SplitResult, int | None]:
    """Split an address, and refuse one that is none or holds a password."""
    if len(url) > _MOST or not url.isprintable() or " " in url:
        _refuse(url, such)
    try:
        parts = urlsplit(url)
        port, password = parts.port, parts.password
    except ValueError:
        _refuse(url, such)
    if password is not None:
        msg = (
            "the address of a server holds no password, which others could read: name the user "
            "only, and set the password in the environment, in a file or in the keyring"
        )
        raise InvalidValue(msg)
    return parts, port


def _refuse(url: str, such: str) -> NoReturn:
    scheme, between, rest = url.rpartition("@")
    # What stands before @ may hold a password, wherever it was written.
    text = f"{scheme.partition('://')[0]}://…@{rest}" if between and "://" in scheme else rest
    msg = f'expected an address such as "{such}", got {shown(text)}'
    raise InvalidValue(msg)
