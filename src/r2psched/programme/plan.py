"""Programme: the whole plan of one meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from r2psched import tables
from r2psched.blocks import TimeBlock, as_zone
from r2psched.errors import AmbiguousName, InvalidValue, MissingExtra, UnknownName, shown
from r2psched.fields import (
    as_link,
    as_moment,
    as_name,
    as_text,
    as_texts,
    as_title,
)
from r2psched.house import House
from r2psched.language import as_language
from r2psched.programme.given import (
    Interpretation,
    Status,
    as_dates,
    as_house,
    as_interpretation,
    as_invitations,
    as_programme_id,
    as_revision,
    as_sessions,
    as_status,
)
from r2psched.programme.invitations import Invitations
from r2psched.programme.sittings import Part, Sitting, sittings
from r2psched.sessions import Session, as_procedure
from r2psched.speakers import as_persons, as_registration, optional_person

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    import pendulum

    from r2psched.procedures import Procedure
    from r2psched.programme.untranslated import Original, Untranslated
    from r2psched.speakers import Person, Registration

__all__ = ["Interpretation", "Programme", "Status"]


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
        lang: The language of whatever leaves, by its tag: "en" or "fr".
        invitations: How those who are invited are written to.
        house: What the house asks of sittings; what it leaves open its procedure may ask.
        procedure: The rules of the body for every list whose session names none, or None.
        ignore: Codes of findings that are not to be told.
        untranslated: What the file it was read from does not say in every language.
        originals: What its sessions are called in the language of that file, if it is another.

    >>> from r2psched import Day, Session
    >>> day = Day("2014-09-08", zone="America/New_York")
    >>> meeting = Programme(
    ...     "r2p-2014", "Dialogue", [Session("Opening remarks", day("10:00-10:20"))]
    ... )
    >>> meeting["opening-remarks"].blocks, meeting.zone
    ((<TimeBlock 2014-09-08 10:00-10:20 America/New_York>,), 'America/New_York')
    """

    id: str = attrs.field(converter=as_programme_id)
    title: str = attrs.field(converter=as_title)
    sessions: tuple[Session, ...] = attrs.field(default=(), converter=as_sessions)
    zone: str = attrs.field(default="", kw_only=True)
    status: Status = attrs.field(default="tentative", converter=as_status, kw_only=True)
    revision: int = attrs.field(default=0, converter=as_revision, kw_only=True)
    revised: pendulum.DateTime | None = attrs.field(default=None, converter=as_moment, kw_only=True)
    dates: tuple[dt.date, ...] = attrs.field(default=(), converter=as_dates, kw_only=True)
    venue: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    room: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    description: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    organiser: Person | None = attrs.field(default=None, converter=optional_person, kw_only=True)
    contacts: tuple[Person, ...] = attrs.field(default=(), converter=as_persons, kw_only=True)
    webcast: str | None = attrs.field(default=None, converter=as_link, kw_only=True)
    interpretation: Interpretation = attrs.field(
        default="unknown", converter=as_interpretation, kw_only=True
    )
    documents: tuple[str, ...] = attrs.field(default=(), converter=as_texts, kw_only=True)
    registration: Registration | None = attrs.field(
        default=None, converter=as_registration, kw_only=True
    )
    lang: str = attrs.field(default="en", converter=as_language, kw_only=True)
    invitations: Invitations = attrs.field(
        factory=Invitations, converter=as_invitations, kw_only=True
    )
    house: House = attrs.field(factory=House, converter=as_house, kw_only=True)
    procedure: Procedure | None = attrs.field(default=None, converter=as_procedure, kw_only=True)
    ignore: tuple[str, ...] = attrs.field(default=(), converter=as_texts, kw_only=True)
    untranslated: tuple[Untranslated, ...] = attrs.field(
        default=(), kw_only=True, eq=False, repr=False
    )
    originals: tuple[Original, ...] = attrs.field(default=(), kw_only=True, eq=False, repr=False)

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

        A title in the language of the file that it was read from will do, too.

        Raises:
            UnknownName: If there is none.
            AmbiguousName: If several bear the title and none the id.
        """
        wanted = as_name(name).casefold()
        for session in self.sessions:
            if session.id == name:
                return session
        titled = self._titled(wanted)
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
        return any(s.id == name for s in self.sessions) or bool(self._titled(wanted))

    def _titled(self, wanted: str) -> list[Session]:
        """The sessions of a title, or else of one in the language of the file."""
        if titled := [s for s in self.sessions if s.title.casefold() == wanted]:
            return titled
        ids = {each.session for each in self.originals if each.title.casefold() == wanted}
        return [session for session in self.sessions if session.id in ids]

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
        """One dict for each block, in order.

        Returns:
            Start and end; the session's title, kind, room and venue; the session's id, and which
            of its blocks it is, from 1.
        """
        return [
            {
                "start": block.start,
                "end": block.end,
                "session": session.title,
                "kind": session.kind,
                "room": self.room_of(session),
                "id": session.id,
                "block": ordinal,
                "venue": self.venue,
            }
            for session, ordinal, block in self.parts
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

    def timeline(self, *, capacity: bool = True, heading: bool = True, width: float = 960.0) -> str:
        """Draw its days, rooms and sessions on one scale of the clock, as the text of an SVG file.

        Args:
            capacity: Whether to show how many interventions fit, and how its lists fill the time.
            heading: Whether its title, dates and place stand above.
            width: The width of the picture in pixels, from 480 to 10,000.

        Raises:
            InvalidValue: If no session has a time yet, or the width is out of range.
            MissingExtra: If its language is another than English, and the extra `i18n` is not
                installed.
        """
        from r2psched.programme.picture import picture  # noqa: PLC0415  # few draw it

        return picture(self, capacity=capacity, heading=heading, width=width)

    def _repr_svg_(self) -> str | None:
        try:
            return None if self.span is None else self.timeline()
        except MissingExtra:
            # A notebook has the table without it, too.
            return None

    def _repr_html_(self) -> str:
        return (self._repr_svg_() or "") + tables.html(self._words())
