"""Runs of messages: each is written down before it goes out, and again when it has."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import attrs

from r2psched.delivery.ledger import INVITATIONS
from r2psched.entries.entry import digest
from r2psched.errors import DeliveryFailed
from r2psched.files import save
from r2psched.identifiers import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from r2psched.delivery.ledger import Ledger
    from r2psched.delivery.receipts import Receipt
    from r2psched.inviting import Message
    from r2psched.inviting.sent import State

__all__ = ["Dispatch", "file_name", "hand_over", "send"]

_STATES: dict[str, State] = {"sent": "sent", "refused": "refused", "unknown": "open"}
_LONGEST = 80


@attrs.frozen
class Dispatch:
    """One message, and what became of it.

    Attributes:
        message: The message.
        receipt: "sent", "refused", or "unknown", with the reason.
    """

    message: Message
    receipt: Receipt


def send(
    messages: Iterable[Message],
    ledger: Ledger,
    write: Callable[[Message], bytes],
    deliver: Callable[[Message, bytes], Receipt],
    *,
    channel: str = INVITATIONS,
) -> Iterator[Dispatch]:
    """Send messages one by one, and tell what became of each as it is known.

    Whatever stops it, the ledger says which message may have arrived.

    Args:
        messages: What is to be sent.
        ledger: Where each is written down, before and after.
        write: Gives the octets of a message.
        deliver: Brings them to the recipient.
        channel: Of the ledger.

    Raises:
        DeliveryFailed: If the server cannot be used at all; this message and the following were
            not sent.
        FileFailed: If the ledger cannot be written; nothing is sent that is not in it.
    """
    for message in messages:
        octets = write(message)
        numbers = ledger.begin([message], channel)
        try:
            result = deliver(message, octets)
        except DeliveryFailed as error:
            ledger.end(numbers, _state(message, "refused"), error.reason)
            raise
        ledger.end(numbers, _state(message, result.state), result.reason)
        yield Dispatch(message, result)


def _state(message: Message, reached: str) -> State:
    """What the ledger keeps: of a repeated message an earlier try may have arrived."""
    if reached == "refused" and message.number is not None:
        return "open"
    return _STATES[reached]


def hand_over(
    messages: Sequence[Message],
    folder: Path,
    write: Callable[[Message], bytes],
    ledger: Ledger | None = None,
    suffix: str = ".ics",
) -> list[str]:
    """Write messages as files for somebody to pass on; all are made before the first is written.

    They hold addresses: new files are for their owner alone.

    Args:
        messages: What is to be passed on.
        folder: Where to; it is there.
        write: Gives the octets of a message.
        ledger: Where they are written down as sent, or None to leave no trace.
        suffix: What the names of the files end in.

    Returns:
        The names of the files, in the order of the messages.

    Raises:
        FileFailed: If a file or the ledger cannot be written.
    """
    made = list(zip(_names(messages, suffix), map(write, messages), strict=True))
    numbers = [] if ledger is None else ledger.begin(messages)
    for name, octets in made:
        save(folder / name, octets, private=True)
    if ledger is not None:
        ledger.end(numbers, "sent")
    return [name for name, _ in made]


def _names(messages: Sequence[Message], suffix: str) -> Iterator[str]:
    taken = set[str]()
    for message in messages:
        name = stem = file_name(message)
        for number in count(2):
            if name not in taken:
                break
            name = f"{stem}-{number}"
        taken.add(name)
        yield name + suffix


def file_name(message: Message) -> str:
    """A name for the file of a message, without its suffix, by entry, recipient and SEQUENCE.

    >>> from r2psched.entries import Entry
    >>> from r2psched.inviting import Message, Recipient
    >>> entry = Entry("r2p.floor.speaker.chile@r2psched", "slot", 0, 60_000_000, "UTC", "A")
    >>> file_name(Message("REQUEST", entry, Recipient("Chile", "chile@example.org"), 1, 0))
    'r2p-floor-speaker-chile-chile-example-org-1'
    """
    recipient = message.recipient
    parts = [
        message.entry.uid.rpartition("@")[0],
        recipient.address or recipient.name,
        str(message.sequence),
        *([] if message.method == "REQUEST" else [message.method]),
    ]
    return "-".join(map(_short, parts))


def _short(part: str) -> str:
    """A part of a file name; of a long one the beginning, and a digest of the whole."""
    whole = slug(part)
    return whole if len(whole) <= _LONGEST else f"{whole[: _LONGEST - 17]}-{digest(part)}"
