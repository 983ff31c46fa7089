"""Answers matched with what was sent: which of them count.

An answer is matched on UID and attendee. Of two to one invitation the one to the higher SEQUENCE
counts, then the one with the later DTSTAMP, in whatever order they arrive.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from r2psched.errors import R2PSchedError, shown
from r2psched.inviting.following import Case
from r2psched.inviting.recipients import same_address, wanted
from r2psched.inviting.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from r2psched.inviting.answering import Reply
    from r2psched.inviting.sent import Answer, Key, PartStat, Past, Sent
    from r2psched.programme import Programme
    from r2psched.seating import Slot

__all__ = ["judge", "judge_all"]

_AHEAD_US = 86_400_000_000
"""By how much the clock of whoever answers may be fast."""

_READ = "it was read already"


def judge(
    reply: Reply,
    past: Past,
    programme: Programme,
    *,
    senders: Sequence[str] | None,
    now_us: int,
) -> Verdict:
    """Say what is to be made of one answer.

    Args:
        reply: The answer.
        past: What everybody was sent and has answered.
        programme: The programme as it is now.
        senders: Who sent the answer, as the mail has it; None for a file of unknown origin.
        now_us: The time now, in microseconds since the epoch.

    Source:
        RFC 5546 sections 2.1.5, 3.2.3, 3.2.6 and 3.2.7; RFC 6047 section 2.2.

    >>> from r2psched import Programme
    >>> from r2psched.inviting import Past, Reply
    >>> meeting = Programme("r2p-2014", "Dialogue", zone="UTC")
    >>> answer = Reply("REPLY", "a@b", "fiji@example.org", 0, "ACCEPTED")
    >>> print(judge(answer, Past(), meeting, senders=["fiji@example.org"], now_us=0))
    refused: nobody was ever sent an entry with the UID "a@b"
    """
    return judge_all([(reply, senders)], past, programme, now_us=now_us)[0]


def judge_all(
    replies: Sequence[tuple[Reply, Sequence[str] | None]],
    past: Past,
    programme: Programme,
    *,
    now_us: int,
    was_read: Callable[[Reply], bool] = lambda _: False,
) -> tuple[Verdict, ...]:
    """Say what is to be made of several answers at once, in whatever order they came.

    Each is judged knowing those that are newer.

    Args:
        replies: Each with its senders, as for `judge`.
        past: What everybody was sent and has answered.
        programme: The programme as it is now.
        now_us: The time now, in microseconds since the epoch.
        was_read: Whether a COUNTER or REFRESH has been answered already.

    Returns:
        A verdict for each, in the order of the answers.
    """
    bench = _Bench(past, programme, now_us, was_read)
    newest = sorted(range(len(replies)), key=lambda at: replies[at][0].revision, reverse=True)
    verdicts = {at: bench.judge(*replies[at]) for at in newest}
    return tuple(verdicts[at] for at in range(len(replies)))


class _Bench:
    """Judges answers one after the other, and remembers those that it took."""

    def __init__(
        self, past: Past, programme: Programme, now_us: int, was_read: Callable[[Reply], bool]
    ) -> None:
        self.past, self.programme, self.now_us = past, programme, now_us
        self.was_read = was_read
        self.answers = dict(past.answers)
        self.read: set[str] = set()
        self.present: dict[str, tuple[int, int]] | None = None
        self.keys: defaultdict[str, list[Key]] = defaultdict(list)
        self.alike: defaultdict[Key, list[Key]] = defaultdict(list)
        for key in past.last:
            self.keys[key[0]].append(key)
            self.alike[key[0], key[1].casefold()].append(key)

    def judge(self, reply: Reply, senders: Sequence[str] | None) -> Verdict:
        """Say what is to be made of an answer, behind those that are newer."""
        sent = self._sent(reply.uid, reply.address)
        if sent is None:
            return Verdict("refused", self._refusal(reply, None), names=self._delegators(reply))
        case = self._case(reply, sent)
        if refused := self._refusal(reply, sent) or self._forged(reply, sent, senders):
            return Verdict("refused", refused, key=sent.key, names=case.names)
        if futile := self._futile(reply, sent):
            told = f"{case.said}, but {futile}"
            return Verdict("ignored", told, key=sent.key, names=case.names)
        verdict = case.taken()
        remarks = (*verdict.remarks, *self._doubts(reply, sent, senders))
        if verdict.answer is not None:
            self.answers[sent.key] = verdict.answer
        self.read.add(reply.digest)
        return attrs.evolve(verdict, remarks=remarks, names=case.names)

    def _sent(self, uid: str, address: str) -> Sent | None:
        """What an address was sent last; calendars may write it in small."""
        key = uid, same_address(address)
        if key not in self.past.last:
            alike = self.alike.get((key[0], key[1].casefold()), ())
            if len(alike) != 1:
                return None
            (key,) = alike
        return self.past.last[key]

    def _refusal(self, reply: Reply, sent: Sent | None) -> str:
        """Why nobody should act on an answer, or an empty text."""
        if reply.recurrence:
            return "it is about one of several dates, and no invitation of ours recurs"
        if reply.uid not in self.past.revisions:
            return f"nobody was ever sent an entry with the UID {shown(reply.uid)}"
        if sent is None:
            return self._stranger(reply)
        if reply.method != "REFRESH" and reply.sequence > sent.sequence:
            return (
                f"it answers revision {reply.sequence}, and {reply.address} was sent none after "
                f"{sent.sequence}"
            )
        if reply.stamp_us > self.now_us + _AHEAD_US:
            return "it says that it was written more than a day from now: its clock is wrong"
        return ""

    def _stranger(self, reply: Reply) -> str:
        told = f"{reply.address} was never invited to the entry {shown(reply.uid)}"
        for address, _ in self._delegators(reply)[:1]:
            told += f": apply the answer of {address} first, who passed it on"
        return told

    def _delegators(self, reply: Reply) -> tuple[tuple[str, str], ...]:
        """Those of whom an answer says that they passed the invitation on, if they had it."""
        found = ((each, self._sent(reply.uid, each)) for each in reply.delegators)
        return tuple((each, sent.recipient.name) for each, sent in found if sent is not None)

    def _forged(self, reply: Reply, sent: Sent, senders: Sequence[str] | None) -> str:
        """Why somebody else seems to have sent an answer, or an empty text."""
        if senders is None:
            return ""
        theirs = {_folded(reply.address)}
        if _same_domain(reply) or self._invited_too(reply, sent):
            theirs.add(_folded(reply.sent_by))
        other = next((each for each in senders if _folded(each) not in theirs), None)
        if senders and other is None:
            return ""
        by = ""
        if other is None:
            came = "nobody says who sent it"
        elif _folded(other) == _folded(reply.sent_by):
            by = f" through {other}"
            came = "that address was not invited and is of another domain"
        else:
            came = f"it came from {other}"
        return f"it says that {reply.address} answers{by}, but {came}: ask {reply.address}"

    def _invited_too(self, reply: Reply, sent: Sent) -> bool:
        """Whether whoever writes in somebody's name has the same entry for the same person."""
        other = self._sent(reply.uid, reply.sent_by) if reply.sent_by else None
        if other is None or other.method == "CANCEL":
            return False
        return sent.entry.kind == "slot" or other.recipient.name == sent.recipient.name

    def _doubts(self, reply: Reply, sent: Sent, senders: Sequence[str] | None) -> Iterator[str]:
        """What is not known of who sent an answer that is taken."""
        if senders is None:
            yield f"a file does not say who sent it: be sure that it came from {reply.address}"
        elif {*map(_folded, senders)} != {_folded(reply.address)} and not self._invited_too(
            reply, sent
        ):
            yield (
                f"{reply.sent_by} writes in the name of {reply.address}: they share a domain, "
                "which proves nothing if it is one of public mail"
            )

    def _futile(self, reply: Reply, sent: Sent) -> str:
        """Why nothing follows from an honest answer any more, or an empty text."""
        if reply.method == "REFRESH":
            return _READ if self._was_read(reply) else ""
        if sent.method == "CANCEL":
            return "the invitation was withdrawn since"
        if reply.sequence < sent.sequence:
            return (
                f"the invitation was renewed since: the answer is to revision {reply.sequence}, "
                f"and {sent.sequence} was sent"
            )
        if reply.method == "COUNTER":
            return _READ if self._was_read(reply) else ""
        if reply.status == "NEEDS-ACTION":
            return "that is no answer"
        return _older(reply, self.answers.get(sent.key))

    def _was_read(self, reply: Reply) -> bool:
        return reply.digest in self.read or self.was_read(reply)

    def _case(self, reply: Reply, sent: Sent) -> Case:
        others = {
            self.past.last[key].recipient.address: self._status(key) or "NEEDS-ACTION"
            for key in self._others(sent)
        }
        return Case(
            reply,
            sent,
            others,
            self._status(sent.key),
            self.past.revisions[reply.uid].stamp_us,
            self.programme,
            self.now_us,
            lambda: self._present().get(reply.uid),
            lambda address: self._sent(reply.uid, address),
        )

    def _others(self, sent: Sent) -> Iterator[Key]:
        """Who else has a slot; of other entries many have one, and nothing hangs on it."""
        if sent.entry.kind != "slot":
            return
        for key in self.keys[sent.entry.uid]:
            other = self.past.last[key]
            if key != sent.key and other.method != "CANCEL" and other.recipient.address:
                yield key

    def _status(self, key: Key) -> PartStat | None:
        """What a recipient has answered to the invitation as it was sent last."""
        answer = self.answers.get(key)
        return answer.status if answer is not None and answer.holds(self.past.last[key]) else None

    def _present(self) -> dict[str, tuple[int, int]]:
        """By UID, the time that the programme has for an entry now, as the limits give it."""
        if self.present is None:
            found = wanted(self.programme, _slots(self.programme))
            self.present = {
                each.entry.uid: (each.entry.start_us, each.entry.end_us) for each in found
            }
        return self.present


def _same_domain(reply: Reply) -> bool:
    """Whether whoever writes in somebody's name has an address in their domain."""
    domains = [each.rpartition("@")[2].lower() for each in (reply.address, reply.sent_by)]
    return bool(reply.sent_by) and domains[0] == domains[1]


def _folded(address: str) -> str:
    # Not casefold, for which straße and strasse, two hosts, are one.
    return address.lower()


def _older(reply: Reply, known: Answer | None) -> str:
    """Why an answer does not replace the one that is known, or an empty text."""
    if known is None or reply.revision > (known.sequence, known.stamp_us):
        return ""
    if reply.revision == (known.sequence, known.stamp_us) and reply.status == known.status:
        return _READ
    return "a newer answer of theirs was read already"


def _slots(programme: Programme) -> Iterator[Slot]:
    for session in programme.lists:
        try:
            yield from session.running_order()
        except R2PSchedError:  # such as lots that are not drawn yet: nothing is known then
            continue
