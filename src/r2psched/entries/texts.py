"""The words of calendar entries, from the catalogue of a language."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import (
    from_epoch,
    to_epoch,
    write_clock,
    write_date,
    write_moment,
)
from r2psched.durations import show
from r2psched.fields import is_link
from r2psched.language import words as words_of
from r2psched.programme import document_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pendulum

    from r2psched.language import Words
    from r2psched.programme import Part, Programme
    from r2psched.reserves import Floor
    from r2psched.sessions import Session
    from r2psched.speakers import Inscription, Person, Registration, SpeakingLimits

__all__ = ["Texts", "calendar_name", "location", "paragraphs", "webcasts"]


def calendar_name(programme: Programme, session: Session | None, room: str | None) -> str:
    """Name a calendar: the programme's title, and the session and room it is confined to."""
    return ": ".join(n for n in (programme.title, session and session.title, room) if n)


def location(programme: Programme, room: str | None) -> str:
    """Say where: room and venue, as far as they are known."""
    return ", ".join(part for part in (room, programme.venue) if part)


def webcasts(programme: Programme, sessions: Iterable[Session]) -> tuple[str, ...]:
    """List the links of the webcasts of some sessions, each once; a break has only its own."""
    links = [s.webcast if s.is_break else programme.webcast_of(s) for s in sessions]
    return tuple(dict.fromkeys(link for link in links if link))


@attrs.frozen
class Texts:
    """Words about one programme, in its language.

    Attributes:
        programme: The programme.

    >>> from r2psched import Programme
    >>> Texts(Programme("r2p-2014", "Dialogue", zone="UTC", lang="fr")).deadline_summary(None)
    'Date limite d’inscription : Dialogue'
    """

    programme: Programme
    _capacities: dict[str, tuple[str, ...]] = attrs.field(
        factory=dict, init=False, repr=False, eq=False
    )

    @cached_property
    def words(self) -> Words:
        """The catalogue: the language of the programme, with the texts that it replaces."""
        return words_of(self.programme.lang, self.programme.invitations.texts)

    def named(self, name: str, what: str) -> str:
        """Tell something under its name, such as "Webcast: https://example.org/"."""
        return f"{self.words('general.name', name=name)} {what}"

    def numbered(self, title: str, number: int, count: int) -> str:
        """Add to a title which of several it is, such as "Interactive dialogue (1/2)"."""
        if count == 1:
            return title
        return self.words("general.numbered", title=title, number=number, count=count)

    def block_summary(self, part: Part) -> str:
        """Title of a session's block, and which of its blocks it is."""
        return self.numbered(part.session.title, part.ordinal, len(part.session.blocks))

    def block_description(self, part: Part, *, internal: bool = False) -> str:
        """Describe one block: meeting, session, people, limit, documents, webcast.

        Args:
            part: The block and its session.
            internal: Whether to add what is not for publication: capacity and the list's note.
        """
        session = part.session
        documents = () if session.is_break else self.programme.documents
        return paragraphs(
            self.programme.title,
            session.description,
            _lines(
                *self._people(session),
                *self._limit(session),
                *self._webcasts(webcasts(self.programme, [session])),
            ),
            self._documents(session.documents or documents),
            _lines(*self.internal(part)) if internal else None,
        )

    def sitting_summary(self, number: int, count: int) -> str:
        """Title of the programme, and which of its sittings it is."""
        return self.numbered(self.programme.title, number, count)

    def agenda_of(
        self, parts: tuple[Part, ...], *, internal: bool = False, times: bool = True
    ) -> str:
        """Describe the blocks of a sitting or day, one by one, with the details of each.

        Args:
            parts: The blocks.
            internal: Whether to add what is not for publication: capacity and the list's note.
            times: Whether to tell the time of each.
        """
        programme = self.programme
        day = parts[0].block.start.date()
        agenda = [
            _lines(
                (f"{part.block.text(day)} " if times else "") + self.block_summary(part),
                part.session.description,
                *self._people(part.session),
                *self._limit(part.session),
                self._documents(part.session.documents),
                *(self.internal(part) if internal else ()),
            )
            for part in parts
        ]
        links = webcasts(programme, [part.session for part in parts])
        return paragraphs(
            programme.description,
            self.words("sitting.times", zone=programme.zone),
            *agenda,
            _lines(*self._webcasts(links)),
            self._documents(programme.documents),
        )

    def day_summary(self, number: int, count: int) -> str:
        """Title of the programme, and which of its days it is."""
        key = "day.summary" if count == 1 else "day.of_several"
        return self.words(key, programme=self.programme.title, number=number, count=count)

    def deadline_summary(self, session: Session | None) -> str:
        """Say which deadline it is: of a session's list, or of registration to attend."""
        if session is None:
            return self.words("deadline.attend", programme=self.programme.title)
        return self.words("deadline.speak", session=session.title)

    def deadline_description(self, session: Session | None, registration: Registration) -> str:
        """Describe a deadline: until when, since when, where to write, what to send."""
        return paragraphs(
            None if session is None else self.programme.title,
            _lines(
                self.opens(registration),
                self.closes(registration),
                self.where(registration),
            ),
            registration.instructions,
        )

    def opens(self, registration: Registration) -> str | None:
        """Since when one may register, or None."""
        if registration.opens is None:
            return None
        return self.words("deadline.opens", moment=self.moment_in_zone(registration.opens))

    def closes(self, registration: Registration) -> str | None:
        """Until when one may register, or None."""
        if registration.closes is None:
            return None
        return self.words("deadline.closes", moment=self.moment_in_zone(registration.closes))

    def where(self, registration: Registration) -> str | None:
        """Whom to write to, or the page on which to register, or None."""
        to = registration.write_to
        if to is None:
            return None
        key = "deadline.register_at" if is_link(to) else "deadline.write_to"
        return self.words(key, where=to)

    def who(self, inscription: Inscription) -> str:
        """Delegation and speaker, as far as they are known, and the group spoken for."""
        who = inscription.name
        if inscription.delegation and inscription.speaker:
            who = self.words("who.named", delegation=who, speaker=inscription.speaker)
        if inscription.on_behalf:
            return self.words("who.on_behalf", who=who, group=inscription.on_behalf)
        return who

    def _people(self, session: Session) -> list[str]:
        named = {"people.chair": session.chair, "people.moderator": session.moderator}
        lines = [self.words(key, who=person) for key, person in named.items() if person]
        return [*lines, *self._panel(session.panellists)]

    def _panel(self, panellists: tuple[Person, ...]) -> list[str]:
        if not panellists:
            return []
        key = "people.panellist" if len(panellists) == 1 else "people.panellists"
        return [self.words(key, who=self.words("general.semicolon").join(map(str, panellists)))]

    def _limit(self, session: Session) -> list[str]:
        # An empty list counts as false, and has its limits all the same.
        if session.speakers is None or session.limits is None:
            return []
        zone = session.blocks[0].zone if session.blocks else "UTC"
        later = [
            self.words(
                "limits.later",
                moment=write_moment(limits.since.in_timezone(zone)),
                limits=self.limits(limits),
            )
            for limits in session.speakers.later_limits
        ]
        first = self.limits(session.limits)
        return [self.words("limits.from_the_start", limits=first), *later]

    def limits(self, limits: SpeakingLimits) -> str:
        """Limits in one line, the default first."""
        named = list(limits.categories)
        if limits.on_behalf is not None:
            named.append((self.words("limits.on_behalf"), limits.on_behalf))
        rest = [self.words("limits.other", whom=whom, limit=show(each)) for whom, each in named]
        return self.words("general.semicolon").join([show(limits.default), *rest])

    def rests_on(self, floor: Floor) -> list[str]:
        """A line for each reserve whose length is unknown or assumed."""
        return [
            self.words("general.rests_on", what=reserve.told(self.words))
            for reserve in floor.reserves
            if reserve.is_open
        ]

    def _documents(self, documents: tuple[str, ...]) -> str | None:
        if not documents:
            return None
        return _lines(self.words("general.documents"), *map(_document, documents))

    def _webcasts(self, links: Iterable[str]) -> list[str]:
        return [self.named(self.words("general.webcast"), link) for link in links]

    def internal(self, part: Part) -> list[str]:
        """What is not for publication of a block: its capacity, and the note of the list."""
        session = part.session
        capacities = self.capacities(session)
        lines = (
            [capacities[part.ordinal - 1], *self.rests_on(session.floor())] if capacities else []
        )
        return [*lines, *self.note(session)]

    def note(self, session: Session) -> list[str]:
        """The note of the list of a session, which is not for publication."""
        note = None if session.speakers is None else session.speakers.note
        return [self.words("capacity.note", note=note)] if note else []

    def capacities(self, session: Session) -> tuple[str, ...]:
        """The capacity of each block of a session; none where it has no list, or no limit."""
        if session.speakers is None or session.limits is None:
            return ()
        if session.id not in self._capacities:
            self._capacities[session.id] = tuple(self._counted(session, len(session.speakers)))
        return self._capacities[session.id]

    def _counted(self, session: Session, inscribed: int) -> Iterator[str]:
        capacity = session.capacity()
        at_most = capacity.at_most

        def told(count: int) -> str:
            return self.words("capacity.at_most", count=count) if at_most else str(count)

        total = told(capacity.total)
        for here, time in zip(capacity.by_block, capacity.floor.times, strict=True):
            yield self.words(
                "capacity.summary",
                here=told(here),
                limit=capacity.limit_text,
                time=show(time),
                total=total,
                count=inscribed,
            )

    def moment_in_zone(self, moment: pendulum.DateTime) -> str:
        """Write a moment in the zone of the programme, and name that zone."""
        there = from_epoch(to_epoch(moment)[0], self.programme.zone)
        return f"{self.moment(there)} ({self.programme.zone})"

    def moment(self, moment: pendulum.DateTime) -> str:
        """Write a moment as a person reads it: "Monday 8 September 2014, 10:00"."""
        return self.words(
            "general.date_and_time",
            date=write_date(moment, self.words.language),
            time=write_clock(*to_epoch(moment)),
        )


def _document(document: str) -> str:
    link = document_link(document)
    return document if link in (None, document) else f"{document}: {link}"


def _lines(*lines: str | None) -> str | None:
    return "\n".join(line for line in lines if line) or None


def paragraphs(*those: str | None) -> str:
    """Set paragraphs apart, those that are empty left out."""
    return "\n\n".join(each for each in those if each)
