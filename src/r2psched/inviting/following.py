"""What follows from an answer that counts: words, a change of the list, a message in return."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import TimeBlock
from r2psched.errors import R2PSchedError, shown
from r2psched.inviting.messages import Message, again
from r2psched.inviting.recipients import Recipient, same_address
from r2psched.inviting.sent import Answer
from r2psched.inviting.verdicts import Change, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from r2psched.inviting.answering import Reply
    from r2psched.inviting.sent import Method, PartStat, Sent
    from r2psched.programme import Programme
    from r2psched.speakers import Inscription

__all__ = ["Case"]

_SECOND = 1_000_000
_VERBS: dict[str, str] = {
    "ACCEPTED": "accepts",
    "DECLINED": "declines",
    "TENTATIVE": "tentatively accepts",
    "NEEDS-ACTION": "neither accepts nor declines",
}
_ANSWERED: dict[str, str] = {
    "ACCEPTED": "accepted",
    "DECLINED": "declined",
    "TENTATIVE": "accepted tentatively",
    "NEEDS-ACTION": "not answered",
}


@attrs.frozen
class Case:
    """An answer, what was sent, and what else is known.

    Attributes:
        reply: The answer.
        sent: The newest message to whoever answers, about the same entry.
        others: By address as it was invited, what the others who have this entry have answered.
        known: What the same one has answered before, as far as it still holds, or None.
        stamp_us: The latest DTSTAMP that anybody was sent of this entry.
        programme: The programme as it is now.
        now_us: The time now.
        present: Gives the time that the programme has for the entry now, or None.
        sent_to: Gives the newest message to an address about the same entry, or None.
    """

    reply: Reply
    sent: Sent
    others: Mapping[str, PartStat]
    known: PartStat | None
    stamp_us: int
    programme: Programme
    now_us: int
    present: Callable[[], tuple[int, int] | None]
    sent_to: Callable[[str], Sent | None]

    @property
    def who(self) -> str:
        """Who answers, with the address where several were invited, and who in their name."""
        name = self.sent.recipient.name
        if self.others:
            name += f" ({self.sent.recipient.address})"
        by = self.reply.sent_by
        return f"{name}, in whose name {by} writes," if by else name

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """The addresses of whoever is invited, each with what stands for it in words."""
        name, who = self.sent.recipient.name, self._inscription()
        theirs = {self.reply.address, self.sent.recipient.address, *self.others}
        theirs |= set(who.emails if who else ()) - {""}
        keys = sorted({same_address(each).casefold() for each in theirs})
        places = {key: f"address {number} of {name}" for number, key in enumerate(keys, 1)}
        return tuple(
            (each, name if len(keys) == 1 else places[same_address(each).casefold()])
            for each in sorted(theirs)
        )

    @property
    def what(self) -> str:
        """Title and time of the entry, as they were sent."""
        entry = self.sent.entry
        return f"{shown(entry.summary)} ({entry.span.text()})"

    @property
    def said(self) -> str:
        """What is answered to which entry, in words."""
        reply = self.reply
        if reply.method == "REFRESH":
            return f"{self.who} asks again for {self.what}"
        if reply.method == "COUNTER":
            return f"{self.who} proposes {self._proposed()} for {self.what}"
        if reply.status == "DELEGATED":
            to = reply.delegates[0] if len(reply.delegates) == 1 else "others"
            return f"{self.who} passes {self.what} on to {to}"
        return f"{self.who} {_VERBS[reply.status]} {self.what}"

    def _proposed(self) -> str:
        span = self.sent.entry.span
        try:
            return TimeBlock.from_microseconds(*self._times(), span.zone).text(span.start.date())
        except (R2PSchedError, ValueError, OverflowError):  # such as the year 9999
            return "a time beyond any calendar"

    def _times(self) -> tuple[int, int]:
        """The proposed time, as long as the entry where no end is said."""
        entry, start, end = self.sent.entry, self.reply.start_us, self.reply.end_us
        start = entry.start_us if start is None else start
        return start, start + entry.end_us - entry.start_us if end is None else end

    def taken(self) -> Verdict:
        """What follows, for an answer that counts."""
        verdict = Verdict("taken", self.said, key=self.sent.key)
        if self.reply.method == "REFRESH":
            return self._refreshed(verdict)
        if self.reply.method == "COUNTER":
            return self._countered(verdict)
        span = self.sent.entry.start_us, self.sent.entry.end_us
        answer = Answer(self.reply.status, *self.reply.revision, span)
        verdict = attrs.evolve(verdict, answer=answer)
        if answer.status == "DECLINED":
            return self._declined(verdict)
        if answer.status == "DELEGATED":
            return self._delegated(verdict)
        if self.sent.entry.kind == "slot" and self._inscription() is None:
            return _with(
                verdict, "they are not on the list any more: inscribe them if they are to speak"
            )
        return verdict

    def _refreshed(self, verdict: Verdict) -> Verdict:
        if self.sent.method != "CANCEL":
            return attrs.evolve(verdict, due=self._again())
        told = "it was withdrawn: they should have the withdrawal again"
        return _with(verdict, told, due=self._again("CANCEL", "NEEDS-ACTION"))

    def _again(self, method: Method = "REQUEST", answer: PartStat | None = None) -> Message:
        """What was sent last once more: the same SEQUENCE, so a later DTSTAMP makes it newer.

        Servers drop what they have seen already.
        """
        sent = self.sent
        return Message(
            method,
            sent.entry,
            sent.recipient,
            sent.sequence,
            self._stamp(),
            "asked",
            before=sent.entry,
            answer=answer or self.known or "NEEDS-ACTION",
        )

    def _stamp(self) -> int:
        """A DTSTAMP later than any that was sent of this entry."""
        return max(self.now_us - self.now_us % _SECOND, self.stamp_us + _SECOND)

    def _countered(self, verdict: Verdict) -> Verdict:
        entry, proposed = self.sent.entry, self._times()
        if proposed == (entry.start_us, entry.end_us):
            return _with(verdict, "that is the time they were sent already", due=self._again())
        if proposed == self.present():
            return _with(
                verdict,
                "that is the time the programme gives them by now: the next r2psched invite "
                "sends it to them",
            )
        due = self._again("DECLINECOUNTER")
        decides = "the list" if entry.kind == "slot" else "the programme"
        return _with(
            verdict, f"{decides} decides on times: the answer due is that it stays", due=due
        )

    def _declined(self, verdict: Verdict) -> Verdict:
        entry = self.sent.entry
        if entry.kind != "slot":
            return _with(verdict, "no list changes by that: see to it by hand if it matters")
        who = self._inscription()
        if who is None:
            return _with(verdict, "they are not on the list any more: nothing is to be changed")
        staying = self._staying(who)
        if staying:
            told = ", ".join(f"{each} has {answer}" for each, answer in staying.items())
            return _with(verdict, f"{told}: so the inscription stays on the list")
        change = Change("withdraw", entry.session, who.id, who.name)
        return attrs.evolve(verdict, change=change)

    def _staying(self, who: Inscription) -> dict[str, str]:
        """The other addresses of an inscription that have not declined, and their answers.

        Whoever has passed the invitation on is no longer asked: the delegate is.
        """
        invited = {Recipient("", each).key for each in self.others}
        invited.add(self.sent.recipient.key)
        open_: dict[str, PartStat] = {
            each: "NEEDS-ACTION" for each in who.emails if Recipient("", each).key not in invited
        }
        return {
            address: _ANSWERED[status]
            for address, status in {**self.others, **open_}.items()
            if status not in {"DECLINED", "DELEGATED"}
        }

    def _delegated(self, verdict: Verdict) -> Verdict:
        reply, entry = self.reply, self.sent.entry
        if len(reply.delegates) != 1:
            told = "nobody is named" if not reply.delegates else "several are named"
            return _with(verdict, f"{told} to speak instead: ask them who it is to be")
        (delegate,) = reply.delegates
        if entry.kind != "slot":
            return _with(
                verdict,
                f"no list changes by that: write {delegate} into the programme if they come "
                "instead, and the next r2psched invite invites them",
            )
        who = self._inscription()
        if who is None:
            return _with(verdict, "they are not on the list any more: nothing is to be changed")
        recipient = attrs.evolve(self.sent.recipient, address=delegate)
        had = self.sent_to(delegate)
        if had is None or had.method == "CANCEL":
            stamp = self._stamp()
            due = Message("REQUEST", entry, recipient, self.sent.sequence, stamp, first=True)
        elif had.state == "open" and recipient.key != self.sent.key[1]:
            due = again(had)
        else:
            return _with(verdict, f"{delegate} is invited already")
        if recipient.key in {Recipient("", each).key for each in who.emails}:
            return attrs.evolve(verdict, due=due)
        change = Change("delegate", entry.session, who.id, who.name, delegate)
        return attrs.evolve(verdict, change=change, due=due)

    def _inscription(self) -> Inscription | None:
        entry = self.sent.entry
        for session in self.programme:
            if session.id == entry.session and session.speakers is not None:
                return next((who for who in session.speakers if who.id == entry.about), None)
        return None


def _with(verdict: Verdict, remark: str, *, due: Message | None = None) -> Verdict:
    return attrs.evolve(verdict, remarks=(*verdict.remarks, remark), due=due)
