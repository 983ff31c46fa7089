"""The entries of a published agenda: blocks or sittings, and deadlines."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, get_args

import attrs

from r2psched.blocks import to_epoch
from r2psched.durations import microseconds
from r2psched.entries.entry import Entry, digest, standing_of
from r2psched.entries.texts import Texts, calendar_name, location, webcasts
from r2psched.entries.uids import block_uid, day_uid, deadline_uid, sitting_uid
from r2psched.errors import InvalidValue, UnknownName, shown
from r2psched.programme import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2psched.programme import Programme, Sitting
    from r2psched.sessions import Session
    from r2psched.speakers import Registration

__all__ = ["Agenda", "Per"]

Per = Literal["block", "sitting", "day"]

_DEADLINE = timedelta(minutes=15)
_REMINDER = timedelta(days=1)


@attrs.frozen
class Agenda:
    """What is published of a programme, as calendar entries, one at a time.

    Attributes:
        programme: The programme.
        per: "block" for an entry for each block of each session, "sitting" or "day" for one for
            each of these, with its agenda in the description.
        only: The only session chosen, or None.
        room: The only room chosen, or None.
        internal: Whether to add what is not for publication: capacity, and the lists' notes.
        texts: The words.

    >>> from r2psched import Day, Programme, Session
    >>> opening = Session("Opening", Day("2014-09-08", zone="UTC")("10:00-10:20"))
    >>> [entry.uid for entry in Agenda.of(Programme("r2p-2014", "Dialogue", [opening])).entries()]
    ['r2p-2014.opening.1@r2psched']
    """

    programme: Programme
    per: Per = "block"
    only: Session | None = None
    room: str | None = None
    internal: bool = False
    texts: Texts = attrs.field(init=False, repr=False)

    @texts.default
    def _texts(self) -> Texts:
        return Texts(self.programme)

    @classmethod
    def of(
        cls,
        programme: Programme,
        *,
        per: Per = "block",
        session: str | None = None,
        room: str | None = None,
        internal: bool = False,
    ) -> Agenda:
        """Choose what is published.

        Args:
            programme: The programme.
            per: As for the class.
            session: Only this session, by id or title, with the deadline of its list; per sitting
                or day, the whole of each in which it has a part.
            room: Only what is in this room.
            internal: As for the class.

        Raises:
            UnknownName: If there is no such session or room.
            InvalidValue: If `per` is none of the three.
        """
        if per not in get_args(Per):
            msg = f'expected per="block", per="sitting" or per="day", got {shown(per)}'
            raise InvalidValue(msg)
        only = None if session is None else programme[session]
        within = None if room is None else _room(programme, room)
        return cls(programme, per, only, within, internal)

    @property
    def name(self) -> str:
        """The name of the calendar."""
        return calendar_name(self.programme, self.only, self.room)

    def entries(self) -> Iterator[Entry]:
        """Every entry: blocks, sittings or days as they come, then deadlines.

        Raises:
            InvalidValue: If there is none, since nothing chosen has a time.
        """
        held = {"block": self.blocks, "sitting": self.sittings, "day": self.days}[self.per]
        found = False
        for entries in (held(), self.deadlines()):
            for entry in entries:
                found = True
                yield entry
        if not found:
            msg = (
                f"nothing of {shown(self.name)} can be put into a calendar, since nothing has a "
                'time: give one, such as "10:00-13:00"'
            )
            raise InvalidValue(msg)

    def _chosen(self, session: Session) -> bool:
        here = self.room is None or self.room == self.programme.room_of(session)
        return here and (self.only is None or self.only.id == session.id)

    @property
    def _sessions(self) -> tuple[Session, ...]:
        """What may be chosen: one session is written without a walk through all."""
        return self.programme.sessions if self.only is None else (self.only,)

    def blocks(self) -> Iterator[Entry]:
        """One entry for each block of what is chosen."""
        parts = self.programme.parts if self.only is None else _parts_of(self.only)
        for part in parts:
            if self._chosen(part.session):
                yield self.block(part)

    def block(self, part: Part) -> Entry:
        """The entry of one block."""
        programme, session = self.programme, part.session
        return Entry(
            uid=block_uid(programme, session, part.ordinal),
            kind="block",
            start_us=part.block.start_us,
            end_us=part.block.end_us,
            summary=self.texts.block_summary(part),
            description=self.texts.block_description(part, internal=self.internal),
            location=location(programme, programme.room_of(session)),
            free=session.is_break,
            categories=(session.kind,),
            links=webcasts(programme, [session]),
            session=session.id,
            **self._common,
        )

    @property
    def _common(self) -> dict[str, Any]:
        return {
            "zone": self.programme.zone,
            "status": standing_of(self.programme.status),
            "webcast": self.texts.words("general.webcast"),
        }

    def sittings(self) -> Iterator[Entry]:
        """One entry for each sitting of what is chosen."""
        sittings = self.programme.sittings
        for number, sitting in enumerate(sittings, 1):
            if any(self._chosen(part.session) for part in sitting.parts):
                yield self._sitting(sitting, number, len(sittings))

    def _sitting(self, sitting: Sitting, number: int, count: int) -> Entry:
        sessions = [part.session for part in sitting.parts]
        return Entry(
            uid=sitting_uid(self.programme, sitting),
            kind="sitting",
            start_us=sitting.span.start_us,
            end_us=sitting.span.end_us,
            summary=self.texts.sitting_summary(number, count),
            description=self.texts.agenda_of(sitting.parts, internal=self.internal),
            location=location(self.programme, sitting.room),
            categories=tuple(dict.fromkeys(session.kind for session in sessions)),
            links=webcasts(self.programme, sessions),
            **self._common,
        )

    def days(self) -> Iterator[Entry]:
        """One entry for each day of which anything is chosen, from first block to last.

        Breaks are left out. A block over midnight is of the day on which it begins.
        """
        parts = [part for part in self.programme.parts if not part.session.is_break]
        days = [tuple(day) for _, day in groupby(parts, lambda part: part.block.start.date())]
        for number, held in enumerate(days, 1):
            if any(self._chosen(part.session) for part in held):
                yield self._day(held, number, len(days))

    def _day(self, parts: tuple[Part, ...], number: int, count: int) -> Entry:
        sessions = [part.session for part in parts]
        rooms = {self.programme.room_of(session) for session in sessions}
        summary = self.texts.day_summary(number, count)
        return Entry(
            uid=day_uid(self.programme, number),
            kind="day",
            start_us=min(part.block.start_us for part in parts),
            end_us=max(part.block.end_us for part in parts),
            summary=summary,
            description=self.texts.agenda_of(parts, internal=self.internal),
            inner_us=tuple(us for part in parts for us in (part.block.start_us, part.block.end_us)),
            steady=digest(
                summary, self.texts.agenda_of(parts, internal=self.internal, times=False)
            ),
            location=location(self.programme, rooms.pop() if len(rooms) == 1 else None),
            categories=tuple(dict.fromkeys(session.kind for session in sessions)),
            links=webcasts(self.programme, sessions),
            **self._common,
        )

    def deadlines(self) -> Iterator[Entry]:
        """One entry for the deadline of each list chosen; that to attend if nothing is left out."""
        programme = self.programme
        if self.only is None and self.room is None:
            yield from self._deadline(None, programme.registration)
        for session in self._sessions:
            if session.speakers is not None and self._chosen(session):
                yield from self._deadline(session, session.speakers.registration)

    def _deadline(
        self, session: Session | None, registration: Registration | None
    ) -> Iterator[Entry]:
        if registration is None or registration.closes is None:
            return
        end, _ = to_epoch(registration.closes)
        cancelled = self.programme.status == "cancelled"
        yield Entry(
            uid=deadline_uid(self.programme, session),
            kind="deadline",
            start_us=end - microseconds(_DEADLINE),
            end_us=end,
            zone=self.programme.zone,
            summary=self.texts.deadline_summary(session),
            description=self.texts.deadline_description(session, registration),
            status="cancelled" if cancelled else "confirmed",
            free=True,
            categories=("deadline",),
            alarms=() if cancelled else (_REMINDER,),
            session="" if session is None else session.id,
        )


def _parts_of(session: Session) -> Iterator[Part]:
    for ordinal, block in enumerate(session.blocks, 1):
        yield Part(session, ordinal, block)


def _room(programme: Programme, name: str) -> str:
    if name in programme.rooms:
        return name
    wanted = name.strip().casefold()
    alike = [room for room in programme.rooms if room.casefold() == wanted]
    if len(alike) == 1:
        return alike[0]
    kind = "room"
    raise UnknownName(kind, name, programme.rooms)
