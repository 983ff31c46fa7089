"""Verdict: what is to be made of one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from r2psched import rulings

if TYPE_CHECKING:
    from r2psched.inviting.messages import Message
    from r2psched.inviting.sent import Answer, Key
    from r2psched.sessions import Session
    from r2psched.speakers import SpeakerList

__all__ = ["Change", "Verdict"]


@attrs.frozen
class Change:
    """The change of a list that follows from an answer.

    Attributes:
        what: "withdraw", or "delegate" if somebody else speaks for the inscription.
        session: The id of the session.
        who: The id of the inscription.
        name: What it is looked up by.
        address: The address of whoever speaks instead; empty for a withdrawal.
    """

    what: Literal["withdraw", "delegate"]
    session: str
    who: str
    name: str
    address: str = ""

    def of(self, session: Session) -> SpeakerList:
        """The list of a session with this change.

        The address of a delegate stands behind the others, who stay informed.

        Raises:
            UnknownName: If the inscription is not on the list any more.

        >>> from r2psched import Inscription, Session
        >>> floor = Session("Floor", speakers=Inscription("Fiji", email="fiji@example.org"))
        >>> changed = Change("delegate", "floor", "fiji", "Fiji", "deputy@example.org").of(floor)
        >>> changed.inscriptions[0].emails
        ('fiji@example.org', 'deputy@example.org')
        """
        if self.what == "withdraw":
            return rulings.withdraw(session, self.who)
        listed = rulings.list_of(session)
        at = listed.position(self.who) - 1
        who, others = listed.inscriptions[at], listed.inscriptions
        now = attrs.evolve(who, email=(*who.emails, self.address))
        return attrs.evolve(listed, inscriptions=(*others[:at], now, *others[at + 1 :]))


@attrs.frozen
class Verdict:
    """What is to be made of one answer.

    Attributes:
        outcome: "taken"; "ignored" if it is honest but nothing follows from it any more; "refused"
            if nobody should act on it.
        told: What was answered in words, and why it is not taken.
        remarks: What whoever acts on it should know.
        key: UID and recipient of what was answered, or None if that is not known.
        answer: What is to be remembered, or None.
        change: The change of the list that follows, or None.
        due: The message that is due in return, or None.
        names: Addresses in the words, each with what stands for it where none is to be told.
    """

    outcome: Literal["taken", "ignored", "refused"]
    told: str
    remarks: tuple[str, ...] = ()
    key: Key | None = None
    answer: Answer | None = None
    change: Change | None = None
    due: Message | None = None
    names: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """The outcome, and what was answered in words."""
        return f"{self.outcome}: {self.told}"
