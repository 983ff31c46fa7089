"""Invitations: to each speaker the time at which the floor is theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import attrs

from r2psched.errors import InvalidValue, UnknownName, shown
from r2psched.ical import texts
from r2psched.ical.events import Event, alarm, document, organiser_line, stamps, standing
from r2psched.ical.lines import address_line, text_line
from r2psched.ical.uids import slot_uid
from r2psched.seating import Slot

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from r2psched.programme import Programme
    from r2psched.sessions import Session

__all__ = ["Invitation", "invitation", "invitations"]

_REMINDER = timedelta(minutes=15)
_FIRST = 0


def invitation(
    programme: Programme,
    slot: Slot,
    *,
    to: str | None = None,
    utc: bool = False,
    now: dt.datetime | None = None,
) -> bytes:
    """Write the invitation of one speaker to take the floor.

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
    recipient = _recipient(slot, to)
    _refuse_stale(programme, slot)
    letters = _Letters.of(programme, slot.session, utc=utc, now=now)
    return letters.write(slot, slot.inscription.id, recipient)


def _refuse_other(slot: object) -> None:
    if not isinstance(slot, Slot):
        msg = (
            "expected a slot of a running order or of a forecast, such as "
            f'session.running_order()["Denmark"], got {shown(slot)}'
        )
        raise InvalidValue(msg)


def _refuse_stale(programme: Programme, slot: Slot) -> None:
    """Refuse a slot that an earlier form of the programme gave, or that of another one."""
    session = programme[slot.session]
    listed = session.speakers is not None and slot.inscription in session.speakers.inscriptions
    # Of a forecast the limit may be up behind the end of a block, but nobody begins there.
    first = slot.span if slot.window is None else slot.earliest
    if not listed or not any(first in block for block in session.blocks):
        msg = (
            f"the slot of {shown(str(slot.inscription))} is none of {shown(session.title)} "
            'as it is now: take it from a new one, such as meeting["floor"].running_order()'
        )
        raise InvalidValue(msg)


def _recipient(slot: Slot, to: str | None) -> str | None:
    who, emails = slot.inscription, slot.inscription.emails
    if to is not None:
        if to not in emails:
            kind = f"address of {who.name}"
            raise UnknownName(kind, to, emails)
        return to
    if len(emails) > 1:
        msg = f"{shown(str(who))} has {len(emails)} addresses: choose one with to=, of "
        raise InvalidValue(msg + ", ".join(map(shown, emails)))
    return emails[0] if emails else None


@attrs.frozen
class _Letters:
    """What the invitations to one session have in common.

    Attributes:
        programme: The programme.
        session: The session.
        zone: The zone of the times, "UTC" for UTC.
        basis: What the times rest on, in words.
        place: The line of the place, if there is one.
        stamped: The lines that say when it was written.
        organiser: The ORGANIZER, or None without an address.
    """

    programme: Programme
    session: Session
    zone: str
    basis: str
    place: bytes
    stamped: bytes
    organiser: bytes | None

    @classmethod
    def of(
        cls, programme: Programme, session_id: str, *, utc: bool, now: dt.datetime | None
    ) -> _Letters:
        """Gather it once for all invitations to a session."""
        session = programme[session_id]
        if programme.status == "cancelled":
            msg = f"{shown(programme.title)} is cancelled: nobody can be invited to it"
            raise InvalidValue(msg)
        where = texts.location(programme, programme.room_of(session))
        return cls(
            programme,
            session,
            zone="UTC" if utc else programme.zone,
            basis=texts.slot_basis(session),
            place=text_line("LOCATION", where) if where else b"",
            stamped=stamps(programme, now, _FIRST),
            organiser=organiser_line(programme),
        )

    def write(self, slot: Slot, inscription_id: str, recipient: str | None) -> bytes:
        """Write one of them; it is a plain calendar entry if there is no recipient."""
        summary = texts.slot_summary(self.session, slot)
        start, end, status = slot.start_us, slot.end_us, self.programme.status
        if slot.window is not None:
            # It may begin at any time in between, and nobody may book that time twice.
            start, end = slot.window[0], slot.window[1] + slot.end_us - slot.start_us
            status = "tentative"
        event = Event(
            uid=slot_uid(self.programme, self.session, inscription_id),
            start_us=start,
            end_us=end,
            summary=summary,
            description=texts.slot_description(self.programme, slot, self.basis),
            rest=[
                self.place + standing(status) + self.stamped,
                *(self._between(slot, recipient) if recipient else ()),
                alarm(_REMINDER, summary),
            ],
        )
        head = [text_line("METHOD", "REQUEST")] if recipient else []
        return document(head, self.zone, [event], self.session.blocks)

    def _between(self, slot: Slot, recipient: str) -> tuple[bytes, bytes]:
        if self.organiser is None:
            msg = (
                f"an invitation is answered to its organiser, and {shown(self.programme.title)} "
                'has none with an e-mail address: give one, such as organiser=Person("Office", '
                'email="office@example.org")'
            )
            raise InvalidValue(msg)
        return self.organiser, address_line(
            "ATTENDEE",
            recipient,
            cn=slot.inscription.name,
            role="REQ-PARTICIPANT",
            partstat="NEEDS-ACTION",
            rsvp=True,
        )


@attrs.frozen
class Invitation:
    """One invitation, ready to be saved or sent.

    Attributes:
        slot: Who takes the floor and when.
        recipient: The address it is for, or None.
        filename: A name for its file that any file system takes.
        data: The octets of the file.
    """

    slot: Slot
    recipient: str | None
    filename: str
    data: bytes


def invitations(
    programme: Programme,
    slots: Iterable[Slot],
    *,
    utc: bool = False,
    now: dt.datetime | None = None,
) -> tuple[Invitation, ...]:
    """Write the invitations of a running order or a forecast: one for each address of each slot.

    A speaker without an address gets one too, for somebody to pass on; the unheard get none.

    Args:
        programme: The programme.
        slots: The running order of one of its sessions, or a forecast, or some of their slots.
        utc: As for `invitation`.
        now: As for `invitation`.

    Returns:
        In the order of the list; no two have one file name.

    Raises:
        UnknownName: If the programme has no such session.
        InvalidValue: As for `invitation`.

    >>> from r2psched import Day, Programme, Session
    >>> opening = Session(
    ...     "Opening", Day("2014-09-08", zone="UTC")("10:00-10:20"), speakers=["Chile", "Viet Nam"]
    ... )
    >>> meeting = Programme("r2p-2014", "Dialogue", [opening])
    >>> [each.filename for each in invitations(meeting, opening.running_order("3 min"))]
    ['001-chile.ics', '002-viet-nam.ics']
    """
    common: dict[str, _Letters] = {}

    def letters(session_id: str) -> _Letters:
        if session_id not in common:
            common[session_id] = _Letters.of(programme, session_id, utc=utc, now=now)
        return common[session_id]

    return tuple(
        Invitation(slot, to, name, letters(slot.session).write(slot, who, to))
        for slot in slots
        for who in [slot.inscription.id]
        for to, name in _files(slot, who)
    )


def _files(slot: Slot, inscription_id: str) -> list[tuple[str | None, str]]:
    # An id holds nothing but letters, digits, dots, dashes and underscores.
    stem = f"{slot.place:03d}-{inscription_id}"
    emails = slot.inscription.emails
    if len(emails) < 2:  # noqa: PLR2004  # several
        return [(emails[0] if emails else None, f"{stem}.ics")]
    return [(email, f"{stem}-{number}.ics") for number, email in enumerate(emails, 1)]
