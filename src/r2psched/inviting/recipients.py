"""Who should have which calendar entry."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import attrs

from r2psched.entries import days, deadlines, session_entries, slot_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from r2psched.entries import Entry
    from r2psched.programme import Programme
    from r2psched.seating import Slot
    from r2psched.sessions import Session
    from r2psched.speakers import Person, Role

__all__ = ["Recipient", "Wanted", "same_address", "wanted"]


@attrs.frozen
class Recipient:
    """Somebody who is invited.

    Attributes:
        name: As it is printed.
        address: The e-mail address, or what stands for it where nothing is mailed; empty if there
            is none, so that a file is handed over.
        role: As what: "speaker", "chair", "moderator", "panellist" or "secretariat".
    """

    name: str
    address: str = ""
    role: Role = "speaker"

    @property
    def key(self) -> str:
        """Tells recipients of one entry apart: the address, or else the name.

        >>> Recipient("Chile", "Mission@Example.ORG").key, Recipient("Viet Nam").key
        ('Mission@example.org', 'by hand: Viet Nam')
        """
        return same_address(self.address) if self.address else f"by hand: {self.name}"


def same_address(address: str) -> str:
    """What two spellings of one address have in common: hosts know no capital letters.

    >>> same_address("Mission@Example.ORG")
    'Mission@example.org'
    """
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{domain.lower()}" if at else address


@attrs.frozen
class Wanted:
    """An entry that a recipient should have.

    Attributes:
        entry: The entry.
        recipient: The recipient.
    """

    entry: Entry
    recipient: Recipient


def wanted(programme: Programme, slots: Iterable[Slot]) -> tuple[Wanted, ...]:
    """List what everybody should have, as the programme is now.

    Each address of a speaker gets the speaker's slot. Whoever presides, moderates or sits on a
    panel gets each block of the session, or each day of the meeting if the programme says so.
    Contacts who are to be invited get each day and each deadline. A cancelled programme leaves
    nobody anything.

    Args:
        programme: The programme.
        slots: Of running orders or forecasts of its sessions.

    Returns:
        Slots first, in their order; nobody has one entry twice. Who shares an address is one
        recipient, by all their names.

    Raises:
        UnknownName: If a slot is of a session that the programme does not have.
        InvalidValue: If a slot is none of the programme as it is now.

    >>> from r2psched import Day, Inscription, Programme, Session
    >>> floor = Session(
    ...     "Floor",
    ...     Day("2014-09-08", zone="UTC")("10:00-10:20"),
    ...     speakers=Inscription("Chile", email="chile@example.org"),
    ... )
    >>> meeting = Programme("r2p-2014", "Dialogue", [floor])
    >>> [each.recipient.address for each in wanted(meeting, floor.running_order("3 min"))]
    ['chile@example.org']
    """
    if programme.status == "cancelled":
        return ()
    found: dict[tuple[str, str], Wanted] = {}
    named: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for each in (
        *_slots(programme, slots),
        *(_days(programme) if programme.invitations.each == "day" else _sessions(programme)),
        *_secretariat(programme),
    ):
        key = each.entry.uid, each.recipient.key
        found.setdefault(key, each)
        named[key].setdefault(each.recipient.name)
    return tuple(
        each if len(named[key]) == 1 else _by_names(each, named[key]) for key, each in found.items()
    )


def _by_names(wanted: Wanted, names: Iterable[str]) -> Wanted:
    recipient = attrs.evolve(wanted.recipient, name=", ".join(names))
    return attrs.evolve(wanted, recipient=recipient)


def _slots(programme: Programme, slots: Iterable[Slot]) -> Iterator[Wanted]:
    for slot, entry in slot_entries(programme, slots):
        for address in slot.inscription.emails or ("",):
            yield Wanted(entry, Recipient(slot.inscription.name, address))


def _sessions(programme: Programme) -> Iterator[Wanted]:
    for session, entry in session_entries(programme):
        for recipient in _people(session):
            yield Wanted(entry, recipient)


def _days(programme: Programme) -> Iterator[Wanted]:
    people = [recipient for session in programme.sessions for recipient in _people(session)]
    for entry in days(programme):
        for recipient in people:
            yield Wanted(entry, recipient)


def _people(session: Session) -> Iterator[Recipient]:
    nameless: Counter[tuple[Role, str]] = Counter()
    for role, person in session.people:
        for address in person.emails:
            yield Recipient(person.name, address, role)
        if not person.emails:
            # Two of one name on a panel, such as "To be confirmed", are two people.
            nameless[role, person.name] += 1
            number = nameless[role, person.name]
            name = f"{person.name} ({number})" if number > 1 else person.name
            yield Recipient(name, "", role)


def _secretariat(programme: Programme) -> Iterator[Wanted]:
    invited = [contact for contact in programme.contacts if contact.invite]
    for entry in (*days(programme), *deadlines(programme)) if invited else ():
        for recipient in _each(invited):
            yield Wanted(entry, recipient)


def _each(contacts: list[Person]) -> Iterator[Recipient]:
    for contact in contacts:
        for address in contact.emails or ("",):
            yield Recipient(contact.name, address, "secretariat")
