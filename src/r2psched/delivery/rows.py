"""Messages as rows of the ledger, and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

from r2psched.entries import Entry
from r2psched.errors import shown
from r2psched.inviting import Recipient, Sent
from r2psched.inviting.sent import Method, State
from r2psched.speakers import Role

if TYPE_CHECKING:
    from r2psched.inviting import Message

__all__ = ["MESSAGES", "WRITE", "message_of", "row_of"]

_LARGEST = 2**31 - 1  # of an iCalendar integer: RFC 5545, 3.3.8
MESSAGES = (
    "SELECT number, channel, method, entry, name, address, role, sequence, stamp_us, state, first"
    " FROM messages ORDER BY number"
)
WRITE = (
    "INSERT INTO messages"
    " (channel, method, entry, name, address, role, sequence, stamp_us, first, state)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')"
)


def row_of(message: Message, channel: str) -> tuple[object, ...]:
    """What `WRITE` writes of a message that goes by a channel."""
    told, recipient = message.entry.as_dict(), message.recipient
    entry = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    whom = _octets(recipient.name), recipient.address, recipient.role
    numbers = message.sequence, message.stamp_us, int(message.first)
    return channel, message.method, _octets(entry), *whom, *numbers


def message_of(row: tuple[Any, ...]) -> Sent:
    """The message of a row, which somebody may have written by hand.

    Raises:
        ValueError: If it is none.
    """
    number, _, method, entry, name, address, role, sequence, stamp_us, state, first = row
    words = {method: Method, role: Role, state: State}
    wrong = [word for word, known in words.items() if word not in get_args(known)]
    wrong += [n for n in (sequence, stamp_us, first) if not isinstance(n, int) or n < 0]
    if wrong or sequence > _LARGEST or not isinstance(address, str):
        msg = f"{shown((wrong or [sequence])[0])} has no meaning there"
        raise ValueError(msg)
    told = Entry.from_dict(json.loads(_text(entry)))
    recipient = Recipient(_text(name), address, role)
    return Sent(number, method, told, recipient, sequence, stamp_us, state, bool(first))


def _octets(text: str) -> bytes:
    # SQLite keeps no text with a lone surrogate.
    return text.encode("utf-8", "surrogatepass")


def _text(octets: bytes) -> str:
    return octets.decode("utf-8", "surrogatepass")
