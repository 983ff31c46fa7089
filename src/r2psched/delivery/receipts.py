"""What became of one message or one calendar object, in words that are safe to show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from r2psched.errors import InvalidValue, shown

if TYPE_CHECKING:
    from r2psched.delivery.secrets import Secret

__all__ = ["REFUSED", "SENT", "UNKNOWN", "Receipt", "as_reason", "fault_of_octets"]

SENT, REFUSED, UNKNOWN = "sent", "refused", "unknown"
_MOST = 200
_BARE = re.compile(rb"(?<!\r)\n|\r(?!\n)|\0")


def as_reason(told: str | bytes | None, secret: Secret | None = None) -> str | None:
    r"""Make one printable line of what a server told, cut, without the password.

    Args:
        told: What it told, however long and of whatever lines.
        secret: The password it was given, which it may have told again.

    >>> as_reason(b"550 5.1.1 nobody\r\nof that name")
    '550 5.1.1 nobody of that name'
    """
    if told is None:
        return None
    # A server may tell megabytes; the line is cut only once the password is out of it.
    start = told[: 20 * _MOST]
    text = start.decode("utf-8", "replace") if isinstance(start, bytes) else start
    if secret is not None:
        text = secret.hidden_in(text)
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return (line if len(line) <= _MOST else line[: _MOST - 1] + "…") or None


def _as_state(value: str) -> str:
    if value in {SENT, REFUSED, UNKNOWN}:
        return value
    msg = f'expected "{SENT}", "{REFUSED}" or "{UNKNOWN}", got {shown(value)}'
    raise InvalidValue(msg)


@attrs.frozen
class Receipt:
    """What became of one message or one calendar object.

    Attributes:
        state: "sent"; "refused", if it was certainly not delivered; or "unknown", if it may have
            been: the connection broke after the whole of it had gone out.
        reason: Why not, in one printable line, or None.
        etag: The version that a calendar server now holds, or None.

    >>> Receipt("refused", "550 no such user").state
    'refused'
    """

    state: str = attrs.field(converter=_as_state)
    reason: str | None = attrs.field(default=None, converter=as_reason)
    etag: str | None = None


def fault_of_octets(octets: bytes) -> str | None:
    r"""Say why octets cannot travel unchanged, or None if they can.

    A lone CR, LF or NUL is mended by some servers and taken for the end of the message by others.

    >>> fault_of_octets(b"one\ntwo\r\n")
    'a line of it does not end in CR LF, or it holds a NUL, near octet 3'
    """
    found = _BARE.search(octets)
    if found is None:
        return None
    return f"a line of it does not end in CR LF, or it holds a NUL, near octet {found.start()}"
