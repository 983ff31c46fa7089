"""Programme: the whole plan of one meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

import attrs

from r2psched import tables
from r2psched.blocks import TimeBlock, as_date, as_zone
from r2psched.errors import AmbiguousName, InvalidValue, UnknownName, shown
from r2psched.fields import (
    as_link,
    as_moment,
    as_name,
    as_one_of,
    as_several,
    as_text,
    as_texts,
    as_title,
    as_tuple,
    optional,
    whole,
)
from r2psched.house import House
from r2psched.identifiers import as_id
from r2psched.language import as_language
from r2psched.programme.invitations import Invitations
from r2psched.programme.sittings import Part, Sitting, sittings
from r2psched.sessions import Session, as_procedure
from r2psched.speakers import as_persons, as_registration, optional_person

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    import pendulum

    from r2psched.procedures import Procedure
    from r2psched.speakers import Person, Registration

__all__ = ["Interpretation", "Programme", "Status"]

Status = Literal["tentative", "provisional", "confirmed", "cancelled"]
Interpretation = Literal["yes", "no", "unknown"]
_status = as_one_of(*get_args(Status))
_interpretation = as_one_of(*get_args(Interpretation))
_house = optional(House, 'a house, such as House("3 h")')
_invitations = optional(Invitations, 'invitations, such as Invitations(alarms="1 h")')
_LARGEST_SEQUENCE = 2**31 - 1  # of an iCalendar integer: RFC 5545, 3.3.8


def _as_programme_id(value: str) -> str:
    if (given := as_id(value)) is not None:
        return given
    msg = 'a programme needs an id, such as "r2p-2014": it is in every calendar entry'
    raise InvalidValue(msg)


def _as_status(value: Status) -> Status:
    status: Status = _status(value)
    return status


def _as_interpretation(value: Interpretation) -> Interpretation:
    interpretation: Interpretation = _interpretation(value)
    return interpretation


def _as_revision(value: int) -> int:
    if whole(value) and 0 <= value <= _LARGEST_SEQUENCE:
        return value
    msg = f"expected a revision from 0 to {_LARGEST_SEQUENCE}, got {shown(value)}"
    raise InvalidValue(msg)


def _as_dates(value: dt.date | str | Iterable[dt.date | str]) -> tuple[dt.date, ...]:
    return tuple(sorted({as_date(each) for each in as_tuple(value)}))


def _as_house(value: House) -> House:
    return _house(value) or House()


def _as_invitations(value: Invitations) -> Invitations:
    return _invitations(value) or Invitations()


def _as_sessions(value: Session | Iterable[Session]) -> tuple[Session, ...]:
    return as_several(value, Session, 'a session, such as Session("Panel")')


@attrs.frozen
class Programme:
    """The whole plan of one meeting, over one or more days and rooms, in one time zone.

    Attributes:
        id: Ties calendar entries to this meeting; never change it once calendars are out.
        title: As it is printed.
        sessions: Its parts; their blocks are told in the programme's zone.
        zone: The name of its zone; by default the one in which all its blocks are given.
        status: "tentative", "provisional", "confirmed" or "cancelled".
        revision: Counts what was published; raise it with every change.
        revised: When this revision was made, or None.
        dates: The dates on which it meets; may be empty, which asks nothing.
        venue: The building and town.
        room: The room of every session that names none.
        description: What it is about.
        organiser: Who calls the meeting.
        contacts: Whom to ask.
        webcast: The link of the webcast, or None.
        interpretation: "yes", "no" or "unknown".
        documents: Symbols of documents ("A/68/947"), titles, or links.
        registration: How to register to attend, or None. To speak is a matter of each list.
        lang: The language of calendars and mails, by its tag: "en" or "fr".
        invitations: How those who are invited are written to.
        house: What the house asks of sittings; what it leaves open its procedure may ask.
        procedure: The rules of the body for every list whose session names none, or None.
        ignore: Codes of findings that are not to be told.

    >>> from r2psched import Day, Session
    >>> day = Day("2014-09-08", zone="America/New_York")
    >>> meeting = Programme(
    ...     "r2p-2014", "Dialogue", [Session("Opening remarks", day("10:00-10:20"))]
    ... )
    >>> meeting["opening-remarks"].blocks, meeting.zone
    ((<TimeBlock 2014-09-08 10:00-10:20 America/New_York>,), 'America/New_York')
    """

    id: str = attrs.field(converter=_as_programme_id)
    title: str = attrs.field(converter=as_title)
    sessions: tuple[Session, ...] = attrs.field(default=(), converter=_as_sessions)
    zone: str = attrs.field(default="", kw_only=True)
    status: Status = attrs.field(default="tentative", converter=_as_status, kw_only=True)
    revision: int = attrs.field(default=0, converter=_as_revision, kw_only=True)
    revised: pendulum.DateTime | None = attrs.field(default=None, converter=as_moment, kw_only=True)
    dates: tuple[dt.date, ...] = attrs.field(default=(), converter=_as_dates, kw_only=True)
    venue: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    room: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    description: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    organiser: Person | None = attrs.field(default=None, converter=optional_person, kw_only=True)
    contacts: tuple[Person, ...] = attrs.field(default=(), converter=as_persons, kw_only=True)
    webcast: str | None = attrs.field(default=None, converter=as_link, kw_only=True)
    interpretation: Interpretation = attrs.field(
        default="unknown", converter=_as_interpretation, kw_only=True
    )
    documents: tuple[str, ...] = attrs.field(default=(), converter=as_texts, kw_only=True)
    registration: Registration | None = attrs.field(
        default=None, converter=as_registration, kw_only=True
    )
    lang: str = attrs.field(default="en", converter=as_language, kw_only=True)
    invitations: Invitations = attrs.field(
        factory=Invitations, converter=_as_invitations, kw_only=True
    )
    house: House = attrs.field(factory=House, converter=_as_house, kw_only=True)
    procedure: Procedure | None = attrs.field(default=None, converter=as_procedure, kw_only=True)
    ignore: tuple[str, ...] = attrs.field(default=(), converter=as_texts, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Settle the zone, and refuse what has no meaning."""
        zone = as_zone(self.zone) if self.zone else self._common_zone()
        object.__setattr__(self, "zone", zone)
        object.__setattr__(self, "sessions", tuple(self._settled(s, zone) for s in self.sessions))
        first: dict[str, int] = {}
        for at, session in enumerate(self.sessions, 1):
            if (other := first.setdefault(session.id, at)) != at:
                msg = (
                    f"sessions {other} and {at}, {shown(session.title)}, have one id, "
                    f"{shown(session.id)}: give each an id of its own, or make them one session "
                    "with several times"
                )
                raise InvalidValue(msg)

    def _common_zone(self) -> str:
        zones = sorted({block.zone for session in self.sessions for block in session.blocks})
        if len(zones) == 1:
            return zones[0]
        found = f"its blocks are in {', '.join(zones)}" if zones else "it has no blocks"
        msg = f'a programme has one zone, such as zone="America/New_York", and {found}: name it'
        raise InvalidValue(msg)

    def __getitem__(self, name: str) -> Session:
        """The session of an id, or else of a title in any case of letters.

        Raises:
            UnknownName: If there is none.
            AmbiguousName: If several bear the title and none the id.
        """
        wanted = as_name(name).casefold()
        for session in self.sessions:
            if session.id == name:
                return session
        titled = [s for s in self.sessions if s.title.casefold() == wanted]
        if len(titled) == 1:
            return titled[0]
        kind = "session"
        if titled:
            raise AmbiguousName(kind, name, [session.id for session in titled])
        raise UnknownName(kind, name, [session.id for session in self.sessions])

    def __contains__(self, name: object) -> bool:
        """Whether a session, or one of an id or title, is part of it."""
        if not isinstance(name, str):
            return name in self.sessions
        wanted = name.strip().casefold()
        return any(s.id == name or s.title.casefold() == wanted for s in self.sessions)

    def __iter__(self) -> Iterator[Session]:
        """Each session as it is listed."""
        return iter(self.sessions)

    def room_of(self, session: Session) -> str | None:
        """The room of a session: its own, or else the programme's."""
        return session.room or self.room

    def webcast_of(self, session: Session) -> str | None:
        """The webcast of a session: its own, or else the programme's."""
        return session.webcast or self.webcast

    @property
    def rooms(self) -> tuple[str, ...]:
        """The rooms in use, by name."""
        return tuple(sorted({room for s in self.sessions if (room := self.room_of(s))}))

    @property
    def lists(self) -> tuple[Session, ...]:
        """The sessions that have a list of speakers."""
        return tuple(session for session in self.sessions if session.speakers is not None)

    def _settled(self, session: Session, zone: str) -> Session:
        """A session in the programme's zone, under its procedure."""
        changes: dict[str, Any] = {}
        if any(block.zone != zone for block in session.blocks):
            changes["blocks"] = [block.in_zone(zone) for block in session.blocks]
        inherited = None if session.speakers is None else self.procedure
        if session.inherited != inherited:
            changes["inherited"] = inherited
        return attrs.evolve(session, **changes) if changes else session

    @property
    def asked(self) -> House:
        """What is asked of sittings: by the house, or else by the procedure."""
        if self.procedure is None:
            return self.house
        house, other = self.house, self.procedure.house
        return House(
            house.longest_sitting or other.longest_sitting,
            house.shortest_pause or other.shortest_pause,
        )

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every block of every session, by start, then as the sessions are listed."""
        parts = [
            Part(session, ordinal, block)
            for session in self.sessions
            for ordinal, block in enumerate(session.blocks, 1)
        ]
        return tuple(sorted(parts, key=lambda part: part.block.start_us))

    @property
    def span(self) -> TimeBlock | None:
        """From the first start to the last end, or None if nothing has a time yet."""
        blocks = [block for session in self.sessions for block in session.blocks]
        if not blocks:
            return None
        start, end = min(b.start_us for b in blocks), max(b.end_us for b in blocks)
        return TimeBlock.from_microseconds(start, end, self.zone)

    @property
    def sittings(self) -> tuple[Sitting, ...]:
        """Its sittings, by start, then by room."""
        return sittings(self.parts, self.room_of)

    def rows(self) -> list[dict[str, object]]:
        """One dict for each block, in order: start, end, session, kind, room."""
        return [
            {
                "start": block.start,
                "end": block.end,
                "session": session.title,
                "kind": session.kind,
                "room": self.room_of(session),
            }
            for session, _, block in self.parts
        ]

    def __str__(self) -> str:
        """Title, status, zone, and a table of its blocks."""
        head = f"{self.title} ({self.status}, revision {self.revision}; times in {self.zone})"
        return "\n".join(line for line in (head, tables.plain(self._words())) if line)

    def _words(self) -> list[dict[str, object]]:
        return [
            {"time": block, "session": session.title, "kind": session.kind}
            | {"room": self.room_of(session)}
            for session, _, block in self.parts
        ]

    def _repr_html_(self) -> str:
        return tables.html(self._words())
