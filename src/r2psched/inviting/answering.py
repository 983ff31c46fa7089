"""Reply: what a recipient answered to an invitation."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Literal

import attrs

from r2psched.inviting.recipients import Recipient

if TYPE_CHECKING:
    from r2psched.inviting.sent import PartStat

__all__ = ["Reply", "ReplyMethod"]

ReplyMethod = Literal["REPLY", "COUNTER", "REFRESH"]


@attrs.frozen
class Reply:
    """What somebody answered to an invitation, as they say it: nothing of it is proved.

    Attributes:
        method: "REPLY"; "COUNTER" for another time that is proposed; "REFRESH" if they ask for
            the invitation again.
        uid: The UID of the entry.
        address: The address of whoever was invited.
        stamp_us: When it was written, in microseconds since the epoch.
        status: Such as "ACCEPTED".
        sequence: The SEQUENCE of the invitation that is answered.
        recurrence: The RECURRENCE-ID as it stands, or an empty text.
        sent_by: The address of whoever answers in their name, or an empty text.
        delegates: The addresses to which they pass the invitation on.
        delegators: The addresses from which it was passed on to them.
        comment: What they write, in one printable line that is cut; may be empty.
        start_us: When the proposed time begins, in microseconds since the epoch, or None.
        end_us: When it ends, or None where that is not said.
    """

    method: ReplyMethod
    uid: str
    address: str
    stamp_us: int
    status: PartStat = "NEEDS-ACTION"
    sequence: int = 0
    recurrence: str = ""
    sent_by: str = ""
    delegates: tuple[str, ...] = ()
    delegators: tuple[str, ...] = ()
    comment: str = ""
    start_us: int | None = None
    end_us: int | None = None

    @property
    def revision(self) -> tuple[int, int]:
        """What tells the newer of two answers: SEQUENCE, then DTSTAMP.

        Source:
            RFC 5546 section 2.1.5.
        """
        return self.sequence, self.stamp_us

    @property
    def digest(self) -> str:
        """What tells one answer from another, whatever way it came."""
        who = Recipient("", self.address).key.casefold()
        told = (self.method, self.uid, who, self.sequence, self.stamp_us, self.start_us)
        return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]
