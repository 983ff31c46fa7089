"""Messages that bring recipients up to date, and who gets none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

if TYPE_CHECKING:
    from r2psched.entries import Entry
    from r2psched.inviting.recipients import Recipient
    from r2psched.inviting.sent import Key, Method, PartStat, Sent

__all__ = ["Kept", "Message", "Updates", "Why", "again", "shift"]

Why = Literal["new", "again", "moved", "changed", "gone", "repeated", "asked", "lost", "adopted"]


@attrs.frozen
class Message:
    """One message to one recipient.

    Attributes:
        method: "REQUEST" for an entry, "CANCEL" for its withdrawal, "DECLINECOUNTER" for a time
            proposed by the recipient that is not taken.
        entry: What it says.
        recipient: Whom it is for.
        sequence: Its SEQUENCE.
        stamp_us: Its DTSTAMP, in microseconds since the epoch.
        why: "new"; "again" after a withdrawal, also one at another address of the same recipient;
            "moved"; "changed" in anything but the time; "gone"; "repeated" if it is not known to
            have arrived; "asked" for by the recipient;
            "lost" from a server; "adopted" though somebody else changed it there.
        first: Whether the recipient has no entry yet.
        before: What the recipient was sent before, or None.
        answer: What the recipient answered to it, as far as it still holds.
        number: Of the message that is repeated, or None.
    """

    method: Method
    entry: Entry
    recipient: Recipient
    sequence: int
    stamp_us: int
    why: Why = "new"
    first: bool = False
    before: Entry | None = None
    answer: PartStat = "NEEDS-ACTION"
    number: int | None = None

    @property
    def key(self) -> Key:
        """UID and recipient."""
        return self.entry.uid, self.recipient.key


@attrs.frozen
class Kept:
    """Somebody who is sent nothing, and what they have.

    Attributes:
        entry: What they should have.
        sent: What they were sent.
    """

    entry: Entry
    sent: Sent

    @property
    def shift_us(self) -> int:
        """By how much their entry is off, in microseconds."""
        return shift(self.entry, self.sent.entry)


@attrs.frozen
class Updates:
    """What brings everybody up to date.

    Attributes:
        messages: What is to be sent, withdrawals first.
        kept: Who is sent nothing.
    """

    messages: tuple[Message, ...]
    kept: tuple[Kept, ...] = ()


def shift(one: Entry, other: Entry) -> int:
    """By how much one entry is off from another, in microseconds: by any moment that it tells."""
    times = [(one.start_us, other.start_us), (one.end_us, other.end_us)]
    times += zip(one.inner_us, other.inner_us, strict=False)
    return max(abs(here - there) for here, there in times)


def again(sent: Sent) -> Message:
    """The message that was sent, once more: the same revision, in the same words."""
    return Message(
        sent.method,
        sent.entry,
        sent.recipient,
        sent.sequence,
        sent.stamp_us,
        "repeated",
        sent.first,
        number=sent.number,
    )
