"""The differ: which messages bring everybody up to date.

A revision of an entry is shared by all its recipients: whoever is sent another time in one run is
sent the same SEQUENCE, and no SEQUENCE ever stands for two different times. Withdrawals come
before what is new, so that an entry that goes from one address to another stays in a calendar they
share; and whoever is withdrawn at one address is sent the entry again at the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from r2psched.inviting.messages import Kept, Message, Updates, again, shift
from r2psched.inviting.sent import Revision, whose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from r2psched.entries import Entry
    from r2psched.inviting.messages import Why
    from r2psched.inviting.recipients import Recipient, Wanted
    from r2psched.inviting.sent import Past, Sent

__all__ = ["updates"]

_SECOND = 1_000_000


def updates(
    wanted: Iterable[Wanted],
    past: Past,
    *,
    when_us: int,
    threshold_us: int = 0,
    within: Callable[[Entry, Recipient], bool] | None = None,
) -> Updates:
    """Compare what everybody should have with what they were sent.

    What counts is the distance from what was last sent, not from what was last planned.

    Args:
        wanted: What everybody should have.
        past: What they were sent.
        when_us: The time now, in microseconds since the epoch: the DTSTAMP of new messages.
        threshold_us: A time that moved by less, in microseconds, is not sent; with 0 every change
            is sent, also of words that change because others move.
        within: Which entries of which recipients this is about, as they are now or as they were
            sent; the rest stays as it is. By default all.

    Returns:
        The messages, and who gets none. Nothing is sent twice; the same input gives the same.

    Source:
        RFC 5546 sections 2.1.4, 2.1.5, 3.2.2 and 3.2.5.
    """
    now = when_us - when_us % _SECOND
    listed = list(wanted)
    plan = _Plan(past, now, threshold_us)
    theirs = {(each.entry.uid, each.recipient.key) for each in listed}
    mailed = {whose(each.entry, each.recipient) for each in listed if each.recipient.address}
    for key, sent in past.last.items():
        # What was handed over to somebody who has an address by now is not taken back.
        superseded = not sent.recipient.address and sent.whose in mailed
        if key in theirs or superseded:
            continue
        if within is None or within(sent.entry, sent.recipient):
            plan.withdraw(sent)
    for each in listed:
        before = past.last.get((each.entry.uid, each.recipient.key))
        if within is None or any(
            within(side.entry, side.recipient) for side in (each, before) if side is not None
        ):
            plan.bring(each, before)
    return Updates(tuple(plan.messages), tuple(plan.kept))


def differs(entry: Entry, sent: Entry, threshold_us: int) -> bool:
    """Whether an entry is so far from what was sent that it is worth a message."""
    if entry == sent:
        return False
    if not threshold_us or shift(entry, sent) >= threshold_us:
        return True
    return _news(entry) != _news(sent)


def _news(entry: Entry) -> tuple[object, ...]:
    """What of an entry is worth a message whatever the threshold."""
    return (
        entry.steady,
        entry.location,
        entry.status,
        entry.free,
        entry.links,
        entry.alarms,
    )


def _span(entry: Entry) -> tuple[int, int]:
    return entry.start_us, entry.end_us


class _Plan:
    """Messages being made, and the revisions that they make."""

    def __init__(self, past: Past, now_us: int, threshold_us: int) -> None:
        self.past, self.now_us, self.threshold_us = past, now_us, threshold_us
        self.revisions = dict(past.revisions)
        self.messages: list[Message] = []
        self.kept: list[Kept] = []
        self.withdrawn: dict[tuple[str, str], int] = {}
        for sent in past.last.values():
            if sent.method == "CANCEL":
                self._withdrawn(sent, sent.sequence)

    def withdraw(self, sent: Sent) -> None:
        """Take an entry back from somebody who should not have it any more."""
        if sent.method == "CANCEL":
            if sent.state == "open":
                self._repeat(sent)
            return
        uid, failed = sent.entry.uid, self.past.failed.get(sent.key)
        if failed is None:
            sequence, stamp = self._revise(uid, None, above=sent.sequence)
        else:
            # Whoever shares a calendar is above it already.
            sequence, stamp = failed.sequence, self._stamp(uid)
        self.messages.append(
            Message(
                "CANCEL",
                sent.entry,
                sent.recipient,
                sequence,
                stamp,
                "gone",
                before=sent.entry,
            )
        )
        self._withdrawn(sent, sequence)

    def _withdrawn(self, sent: Sent, sequence: int) -> None:
        before = self.withdrawn.get(sent.whose, -1)
        self.withdrawn[sent.whose] = max(sequence, before)

    def bring(self, wanted: Wanted, sent: Sent | None) -> None:
        """Bring one entry of one recipient up to date with what they were sent."""
        entry, recipient = wanted.entry, wanted.recipient
        if sent is None or sent.method == "CANCEL":
            sequence, stamp = self._revise(entry.uid, entry, above=sent.sequence if sent else -1)
            why: Why = "again" if sent else "new"
            self.messages.append(
                Message("REQUEST", entry, recipient, sequence, stamp, why, first=True)
            )
        elif sent.sequence < self.withdrawn.get(sent.whose, -1):
            self._change(entry, recipient, sent, lost=True)
        elif differs(entry, sent.entry, self.threshold_us):
            self._change(entry, recipient, sent)
        elif sent.state == "open":
            self._repeat(sent)
        else:
            self.kept.append(Kept(entry, sent))

    def _change(
        self, entry: Entry, recipient: Recipient, sent: Sent, *, lost: bool = False
    ) -> None:
        same = entry.times == sent.entry.times
        if lost:
            above = self.withdrawn[sent.whose]
            sequence, stamp = self._revise(entry.uid, entry, above=above)
        elif same:
            sequence, stamp = sent.sequence, self._stamp(entry.uid)
        else:
            sequence, stamp = self._revise(entry.uid, entry, above=sent.sequence)
        why: Why = "again" if lost else "changed"
        self.messages.append(
            Message(
                "REQUEST",
                entry,
                recipient,
                sequence,
                stamp,
                "moved" if _span(entry) != _span(sent.entry) else why,
                before=sent.entry,
                # An answer holds for the time that was answered.
                answer=self.past.answered(sent)
                if _span(entry) == _span(sent.entry)
                else "NEEDS-ACTION",
            )
        )

    def _repeat(self, sent: Sent) -> None:
        answer = "NEEDS-ACTION" if sent.method == "CANCEL" else self.past.answered(sent)
        self.messages.append(attrs.evolve(again(sent), answer=answer))

    def _revise(self, uid: str, entry: Entry | None, *, above: int) -> tuple[int, int]:
        """The revision that says this: the newest if it does, else one more; with its DTSTAMP."""
        times = None if entry is None else entry.times
        newest = self.revisions.get(uid)
        if newest is None:
            sequence = 0
        elif newest.times == times and newest.sequence > above:
            sequence = newest.sequence
        else:
            sequence = newest.sequence + 1
        stamp = self._stamp(uid)
        self.revisions[uid] = Revision(sequence, stamp, times)
        return sequence, stamp

    def _stamp(self, uid: str) -> int:
        """A DTSTAMP later than any that was written for this entry before this run."""
        newest = self.past.revisions.get(uid)
        return self.now_us if newest is None else max(self.now_us, newest.stamp_us + _SECOND)
