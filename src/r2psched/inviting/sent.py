"""What was sent: the past that new messages rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from r2psched.entries import Entry
    from r2psched.inviting.recipients import Recipient

__all__ = ["Answer", "Key", "Method", "PartStat", "Past", "Revision", "Sent", "State", "whose"]

Method = Literal["REQUEST", "CANCEL", "DECLINECOUNTER"]
State = Literal["open", "sent", "refused"]
PartStat = Literal["NEEDS-ACTION", "ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"]
Key = tuple[str, str]


def whose(entry: Entry, recipient: Recipient) -> tuple[str, str]:
    """UID and whose entry it is: addresses of one speaker or person may share a calendar."""
    return entry.uid, entry.about or recipient.name


@attrs.frozen
class Sent:
    """One message as it was written down.

    Attributes:
        number: Which message it is, counted from 1.
        method: "REQUEST" for an entry, "CANCEL" for its withdrawal, "DECLINECOUNTER" for a time
            proposed by a recipient, who keeps the entry.
        entry: What it says.
        recipient: Whom it is for.
        sequence: Its SEQUENCE.
        stamp_us: Its DTSTAMP, in microseconds since the epoch.
        state: "open" if it may have arrived or not, "sent", or "refused" if it certainly has not.
        first: Whether the recipient had no entry before.
    """

    number: int
    method: Method
    entry: Entry
    recipient: Recipient
    sequence: int
    stamp_us: int
    state: State = "sent"
    first: bool = False

    @property
    def key(self) -> Key:
        """UID and recipient."""
        return self.entry.uid, self.recipient.key

    @property
    def whose(self) -> tuple[str, str]:
        """UID and whose entry it is: addresses of one speaker or person may share a calendar."""
        return whose(self.entry, self.recipient)


@attrs.frozen
class Answer:
    """What a recipient answered last.

    Attributes:
        status: Such as "ACCEPTED".
        sequence: The SEQUENCE that was answered.
        stamp_us: The DTSTAMP of the answer, in microseconds since the epoch.
        span_us: Start and end of what was answered, in microseconds since the epoch, if known.
    """

    status: PartStat
    sequence: int
    stamp_us: int
    span_us: tuple[int, int] | None = None

    def holds(self, sent: Sent) -> bool:
        """Whether it answers what was sent: that revision, or another of the same time."""
        span = sent.entry.start_us, sent.entry.end_us
        return self.sequence == sent.sequence or self.span_us == span


class Revision(NamedTuple):
    """The newest revision of an entry that anybody may have been sent.

    Attributes:
        sequence: Its SEQUENCE.
        stamp_us: The latest DTSTAMP of any, in microseconds since the epoch.
        times: What it said (`Entry.times`), or None if it withdrew the entry.
    """

    sequence: int
    stamp_us: int
    times: tuple[int, int, str, str] | None


@attrs.frozen
class Past:
    """What everybody may have been sent.

    Attributes:
        last: By UID and recipient, the newest message that may have arrived.
        failed: By UID and recipient, the newest withdrawal, if it certainly has not arrived.
        unsure: By UID and recipient, all messages since the last that is known to have arrived.
        revisions: By UID, the newest revision, also of messages that were refused.
        answers: By UID and recipient, the newest answer.
    """

    last: Mapping[Key, Sent] = attrs.Factory(dict)
    failed: Mapping[Key, Sent] = attrs.Factory(dict)
    unsure: Mapping[Key, Sequence[Sent]] = attrs.Factory(dict)
    revisions: Mapping[str, Revision] = attrs.Factory(dict)
    answers: Mapping[Key, Answer] = attrs.Factory(dict)

    def answered(self, sent: Sent) -> PartStat:
        """What a recipient has answered to what they were sent, as far as it holds."""
        answer = self.answers.get(sent.key)
        return answer.status if answer and answer.holds(sent) else "NEEDS-ACTION"

    @classmethod
    def of(
        cls, sent: Iterable[tuple[Sent, bool]], answers: Mapping[Key, Answer] | None = None
    ) -> Past:
        """Gather it from messages in the order in which they were written down.

        Args:
            sent: Each with whether it counts as sent; what went another way only counts as a
                revision.
            answers: By UID and recipient, the newest answer.
        """
        last: dict[Key, Sent] = {}
        failed: dict[Key, Sent] = {}
        unsure: dict[Key, list[Sent]] = {}
        by_hand: dict[tuple[str, str], Key] = {}
        revisions: dict[str, Revision] = {}
        for each, counts in sent:
            if each.method == "DECLINECOUNTER":
                continue  # that a time stays is no entry: what was sent before still stands
            key = each.key
            if counts and each.state != "refused":
                last[key] = each
                whose = each.whose
                if not each.recipient.address:
                    by_hand[whose] = key
                elif whose in by_hand and each.method == "REQUEST":
                    # Who has an address by now was sent anew what was handed over before.
                    last.pop(by_hand.pop(whose), None)
                failed.pop(key, None)
                if each.state == "sent":
                    unsure.pop(key, None)
                else:
                    unsure.setdefault(key, []).append(each)
            elif counts and each.method == "CANCEL":
                failed[key] = each
            uid = each.entry.uid
            known = revisions.get(uid)
            times = None if each.method == "CANCEL" else each.entry.times
            stamp = max(each.stamp_us, known.stamp_us) if known else each.stamp_us
            if known is None or each.sequence >= known.sequence:
                revisions[uid] = Revision(each.sequence, stamp, times)
            else:
                revisions[uid] = known._replace(stamp_us=stamp)
        return cls(last, failed, unsure, revisions, answers or {})
