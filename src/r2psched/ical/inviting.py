"""Invitations as files: what one recipient is sent of one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from r2psched.entries import SlotEntries
from r2psched.errors import InvalidValue, UnknownName, shown
from r2psched.ical.events import document, event, organiser_line, revised_us, stamps
from r2psched.ical.lines import address_line, text_line
from r2psched.inviting import Message, Recipient
from r2psched.seating import Slot

if TYPE_CHECKING:
    import datetime as dt

    from r2psched.blocks import TimeBlock
    from r2psched.programme import Programme

__all__ = ["Letters", "invitation", "refuse_without_organiser"]

_NO_ANSWER = frozenset({"deadline"})


def invitation(
    programme: Programme,
    slot: Slot,
    *,
    to: str | None = None,
    utc: bool = False,
    now: dt.datetime | None = None,
) -> bytes:
    """Write the first invitation of one speaker to take the floor.

    It names its own recipient and nobody else. For an inscription without an address it is a
    plain calendar entry, with neither METHOD nor ATTENDEE. The slot of a forecast is tentative: it
    takes up the time from its earliest start to its latest and the limit on top, and says so.

    Args:
        programme: The programme.
        slot: Who takes the floor and when, from `session.running_order()` or from a forecast.
        to: Which address of the inscription, if it has several.
        utc: Whether times are in UTC, and not as the clocks of the programme's zone show them.
        now: When the plan was revised, for a programme that doesn't say so. If nobody does,
            DTSTAMP is 2000-01-01 and LAST-MODIFIED is left out.

    Returns:
        The octets of one .ics file.

    Raises:
        UnknownName: If the programme has no such session, or the inscription no such address.
        InvalidValue: If the programme is cancelled, the organiser has no address to answer to, or
            the inscription has several and `to` doesn't say which, or the slot is none of the
            programme as it is now.

    Source:
        RFC 5546 section 3.2.2.

    >>> from r2psched import Day, Inscription, Person, Programme, Session
    >>> opening = Session(
    ...     "Opening",
    ...     Day("2014-09-08", zone="UTC")("10:00-10:20"),
    ...     speakers=Inscription("Chile", email="chile@example.org"),
    ... )
    >>> meeting = Programme(
    ...     "r2p-2014",
    ...     "Dialogue",
    ...     [opening],
    ...     organiser=Person("Office", email="office@example.org"),
    ... )
    >>> invitation(meeting, opening.running_order("3 min")["Chile"]).split()[4]
    b'METHOD:REQUEST'
    """
    _refuse_other(slot)
    if programme.status == "cancelled":
        msg = f"{shown(programme.title)} is cancelled: nobody can be invited to it"
        raise InvalidValue(msg)
    written = SlotEntries.of(programme, slot.session)
    written.refuse_stale(slot)
    recipient = _recipient(slot, to)
    first = Message("REQUEST", written(slot), recipient, 0, revised_us(programme, now))
    return Letters(programme, utc=utc).write(first)


def _refuse_other(slot: object) -> None:
    if not isinstance(slot, Slot):
        msg = (
            "expected a slot of a running order or of a forecast, such as "
            f'session.running_order()["Denmark"], got {shown(slot)}'
        )
        raise InvalidValue(msg)


def _recipient(slot: Slot, to: str | None) -> Recipient:
    who, emails = slot.inscription, slot.inscription.emails
    if to is not None and to not in emails:
        kind = f"address of {who.name}"
        raise UnknownName(kind, to, emails)
    if to is None and len(emails) > 1:
        msg = f"{shown(str(who))} has {len(emails)} addresses: choose one with to=, of "
        raise InvalidValue(msg + ", ".join(map(shown, emails)))
    return Recipient(who.name, to or (emails[0] if emails else ""))


@attrs.frozen
class Letters:
    """Writes the messages of one programme as files.

    Attributes:
        programme: The programme.
        utc: Whether times are in UTC, and not as the clocks of the programme's zone show them.
        organiser: The line of the organiser.
        blocks: The blocks of each session, by its id.
    """

    programme: Programme
    utc: bool = attrs.field(default=False, kw_only=True)
    organiser: bytes = attrs.field(init=False, repr=False)
    blocks: dict[str, tuple[TimeBlock, ...]] = attrs.field(init=False, repr=False, eq=False)

    @organiser.default
    def _organiser(self) -> bytes:
        return organiser_line(self.programme, sent_by=self.programme.invitations.sent_by)

    @blocks.default
    def _blocks(self) -> dict[str, tuple[TimeBlock, ...]]:
        return {session.id: session.blocks for session in self.programme}

    def write(self, message: Message) -> bytes:
        """Write a message: with METHOD to whoever has an address, else as a plain entry.

        A withdrawal is cancelled and free; only an invitation has alarms.

        Raises:
            InvalidValue: If it is answered to an organiser who has no address.

        Source:
            RFC 5546 sections 3.2.2, 3.2.5 and 3.2.8.
        """
        entry, recipient = message.entry, message.recipient
        if message.method == "CANCEL":
            entry = attrs.evolve(entry, status="cancelled", alarms=())
        elif message.method == "DECLINECOUNTER":
            entry = attrs.evolve(entry, alarms=())
        zone = "UTC" if self.utc else entry.zone
        stamped = stamps(message.sequence, message.stamp_us)
        head, people = [], b""
        if recipient.address:
            refuse_without_organiser(self.programme)
            head = [text_line("METHOD", message.method)]
            people = self.organiser + _attendee(message)
        written = event(entry, zone, stamped, people)
        # Files that share the blocks of a session share the clocks that they tell.
        span = self.blocks.get(entry.session, ())
        return document(head, zone, [(entry, written)], span)


def _attendee(message: Message) -> bytes:
    recipient, asked = message.recipient, message.entry.kind not in _NO_ANSWER
    if message.method == "CANCEL":
        return address_line("ATTENDEE", recipient.address, cn=recipient.name)
    return address_line(
        "ATTENDEE",
        recipient.address,
        cn=recipient.name,
        role=_role(recipient) if asked else "NON-PARTICIPANT",
        partstat=message.answer,
        # FALSE is what it is without, and some readers take the word for an answer.
        rsvp=True if asked and message.answer == "NEEDS-ACTION" else None,
    )


def _role(recipient: Recipient) -> str:
    return "CHAIR" if recipient.role == "chair" else "REQ-PARTICIPANT"


def refuse_without_organiser(programme: Programme) -> None:
    """Refuse to invite in the name of nobody who could be answered."""
    if not organiser_line(programme):
        msg = (
            f"an invitation is answered to its organiser, and {shown(programme.title)} has none "
            'with an e-mail address: write [organiser] with name = "…" and email = "…"'
        )
        raise InvalidValue(msg)
