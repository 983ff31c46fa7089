"""The words of calendar entries, from the catalogue of a language."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import from_epoch, to_epoch, write_date, write_moment
from r2psched.durations import show
from r2psched.language import words as words_of
from r2psched.programme import document_link

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pendulum

    from r2psched.language import Words
    from r2psched.programme import Part, Programme
    from r2psched.reserves import Floor, Reserve
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

    @cached_property
    def words(self) -> Words:
        """The catalogue: the language of the programme, with the texts that it replaces."""
        return words_of(self.programme.lang, self.programme.invitations.texts)

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
            _lines(*self._internal(part)) if internal else None,
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
                *(self._internal(part) if internal else ()),
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
        opens, closes, to = registration.opens, registration.closes, registration.write_to
        return paragraphs(
            None if session is None else self.programme.title,
            _lines(
                self.words("deadline.opens", moment=self._moment(opens)) if opens else None,
                self.words("deadline.closes", moment=self._moment(closes)) if closes else None,
                self.words("deadline.write_to", where=to) if to else None,
            ),
            registration.instructions,
        )

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
        return [self.words(key, who="; ".join(map(str, panellists)))]

    def _limit(self, session: Session) -> list[str]:
        # An empty list counts as false, and has its limits all the same.
        if session.speakers is None or session.limits is None:
            return []
        zone = session.blocks[0].zone if session.blocks else "UTC"
        later = [
            self.words(
                "limits.later",
                moment=write_moment(limits.since.in_timezone(zone)),
                limits=self._limits(limits),
            )
            for limits in session.speakers.later_limits
        ]
        first = self._limits(session.limits)
        return [self.words("limits.from_the_start", limits=first), *later]

    def _limits(self, limits: SpeakingLimits) -> str:
        named = list(limits.categories)
        if limits.on_behalf is not None:
            named.append((self.words("limits.on_behalf"), limits.on_behalf))
        rest = [self.words("limits.other", whom=whom, limit=show(each)) for whom, each in named]
        return "; ".join([show(limits.default), *rest])

    def rests_on(self, floor: Floor) -> list[str]:
        """A line for each reserve whose length is unknown or assumed."""
        return [
            self.words("general.rests_on", what=self._reserve(reserve))
            for reserve in floor.reserves
            if reserve.is_open
        ]

    def _reserve(self, reserve: Reserve) -> str:
        if reserve.at is None:
            place = self.words("reserve.every", count=reserve.every)
        else:
            place = self.words(f"reserve.{reserve.at.replace('-', '_')}")
        if reserve.length is None:
            return self.words("reserve.unknown", title=reserve.title, place=place)
        told = {"title": reserve.title, "place": place, "length": show(reserve.length)}
        return self.words("reserve.assumed", **told, why=reserve.assumed)

    def _documents(self, documents: tuple[str, ...]) -> str | None:
        if not documents:
            return None
        return _lines(self.words("general.documents"), *map(_document, documents))

    def _webcasts(self, links: Iterable[str]) -> list[str]:
        return [f"{self.words('general.webcast')}: {link}" for link in links]

    def _internal(self, part: Part) -> list[str]:
        session, speakers = part.session, part.session.speakers
        if speakers is None:
            return []
        lines = []
        if session.limits is not None:
            capacity = session.capacity()

            def told(count: int) -> str:
                return (
                    self.words("capacity.at_most", count=count) if capacity.at_most else str(count)
                )

            lines.append(
                self.words(
                    "capacity.summary",
                    here=told(capacity.by_block[part.ordinal - 1]),
                    limit=capacity.limit_text,
                    time=show(capacity.floor.times[part.ordinal - 1]),
                    total=told(capacity.total),
                    count=len(speakers),
                )
            )
            lines += self.rests_on(capacity.floor)
        if speakers.note:
            lines.append(self.words("capacity.note", note=speakers.note))
        return lines

    def _moment(self, moment: pendulum.DateTime) -> str:
        there = from_epoch(to_epoch(moment)[0], self.programme.zone)
        return f"{self.moment(there)} ({self.programme.zone})"

    def moment(self, moment: pendulum.DateTime) -> str:
        """Write a moment as a person reads it: "Monday 8 September 2014, 10:00"."""
        return self.words(
            "general.date_and_time",
            date=write_date(moment, self.words.language),
            time=write_moment(moment).partition(" ")[2],
        )


def _document(document: str) -> str:
    link = document_link(document)
    return document if link in (None, document) else f"{document}: {link}"


def _lines(*lines: str | None) -> str | None:
    return "\n".join(line for line in lines if line) or None


def paragraphs(*those: str | None) -> str:
    """Set paragraphs apart, those that are empty left out."""
    return "\n\n".join(each for each in those if each)
