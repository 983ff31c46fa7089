"""The entries to which people are invited: slots, blocks of sessions, days, deadlines."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import nearest_minute
from r2psched.entries.entry import Entry, digest, standing_of
from r2psched.entries.published import Agenda
from r2psched.entries.texts import Texts, location
from r2psched.entries.turns import TurnTexts
from r2psched.entries.uids import invitation_uid, slot_uid
from r2psched.errors import InvalidValue, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from r2psched.programme import Programme
    from r2psched.seating import Slot
    from r2psched.sessions import Session
    from r2psched.speakers import Inscription

__all__ = ["SlotEntries", "days", "deadlines", "session_entries", "slot_entries"]


@attrs.frozen
class SlotEntries:
    """What the entries of the slots of one session have in common.

    Attributes:
        programme: The programme.
        session: The session.
        words: The words.
        basis: What the times rest on, in words.
        place: Where.
    """

    programme: Programme
    session: Session
    words: TurnTexts
    basis: str
    place: str

    @classmethod
    def of(cls, programme: Programme, session: str, texts: Texts | None = None) -> SlotEntries:
        """Gather it once for all slots of a session, given by id or title.

        Raises:
            UnknownName: If there is no such session.
        """
        found, words = programme[session], TurnTexts(texts or Texts(programme))
        place = location(programme, programme.room_of(found))
        return cls(programme, found, words, words.basis(found.floor()), place)

    def __call__(self, slot: Slot) -> Entry:
        """The entry of a slot; of a forecast it is tentative and takes up the window in minutes."""
        start, end = slot.start_us, slot.end_us
        status = standing_of(self.programme.status)
        if slot.window is not None:
            # It may begin at any time in between, and nobody may book that time twice.
            start = nearest_minute(slot.window[0])
            end = nearest_minute(slot.window[1]) + slot.end_us - slot.start_us
            status = "tentative"
        summary, description, steady = self.words(self.session, slot, self.basis)
        who = slot.inscription.id
        return Entry(
            uid=slot_uid(self.programme, self.session, who),
            kind="slot",
            start_us=start,
            end_us=end,
            zone=self.programme.zone,
            summary=summary,
            description=description,
            location=self.place,
            status=status,
            alarms=self.programme.invitations.alarms,
            session=self.session.id,
            about=who,
            steady=digest(steady),
        )

    @cached_property
    def _listed(self) -> dict[str, Inscription]:
        return {who.id: who for who in self.session.speakers or ()}

    def refuse_stale(self, slot: Slot) -> None:
        """Refuse a slot that an earlier form of the programme gave, or that of another one."""
        session, who = self.session, slot.inscription
        listed = slot.session == session.id and self._listed.get(who.id) == who
        # Of a forecast the limit may be up behind the end of a block, but nobody begins there.
        start = slot.start_us if slot.window is None else slot.window[0]
        end = slot.end_us if slot.window is None else start + 1
        held = any(b.start_us <= start and end <= b.end_us for b in session.blocks)
        if not listed or not held:
            msg = (
                f"the slot of {shown(str(who))} is none of {shown(session.title)} "
                'as it is now: take it from a new one, such as meeting["floor"].running_order()'
            )
            raise InvalidValue(msg)


def slot_entries(programme: Programme, slots: Iterable[Slot]) -> Iterator[tuple[Slot, Entry]]:
    """The entry of each slot of running orders or forecasts.

    Raises:
        UnknownName: If a slot is of a session that the programme does not have.
        InvalidValue: If a slot is none of the programme as it is now.
    """
    texts, common = Texts(programme), dict[str, SlotEntries]()
    for slot in slots:
        written = common.get(slot.session)
        if written is None:
            written = common[slot.session] = SlotEntries.of(programme, slot.session, texts)
        written.refuse_stale(slot)
        yield slot, written(slot)


def session_entries(programme: Programme) -> Iterator[tuple[Session, Entry]]:
    """Every block of every session as one is invited to it, whoever it is."""
    agenda = Agenda(programme)
    for part in programme.parts:
        entry = agenda.block(part)
        yield (
            part.session,
            attrs.evolve(
                entry,
                uid=invitation_uid(entry.uid),
                kind="session",
                alarms=programme.invitations.alarms,
                steady=digest(entry.summary, entry.description),
            ),
        )


def days(programme: Programme) -> Iterator[Entry]:
    """The whole meeting as one entry a day, as one is invited to it."""
    for entry in Agenda(programme).days():
        yield attrs.evolve(
            entry,
            uid=invitation_uid(entry.uid),
            categories=(),
            alarms=programme.invitations.alarms,
        )


def deadlines(programme: Programme) -> Iterator[Entry]:
    """Every deadline as one is invited to note it."""
    for entry in Agenda(programme).deadlines():
        yield attrs.evolve(
            entry, uid=invitation_uid(entry.uid), steady=digest(entry.summary, entry.description)
        )
