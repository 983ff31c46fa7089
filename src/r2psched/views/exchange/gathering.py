"""What a schedule holds of a programme."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING

from r2psched.blocks import nearest_minute
from r2psched.durations import microseconds
from r2psched.entries import Texts
from r2psched.entries.uids import block_uid
from r2psched.errors import InvalidValue, shown
from r2psched.fields import as_link, folded
from r2psched.identifiers import slug
from r2psched.outlines import facts
from r2psched.programme import document_link
from r2psched.views.exchange.identity import (
    Numbers,
    acronym_of,
    event_guid,
    person_guid,
    room_guid,
    track_slugs,
)
from r2psched.views.exchange.values import Day, Event, Link, Named, Schedule, clock
from r2psched.views.exchange.wording import as_one_line, as_plain, as_uri

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from r2psched.programme import Part, Programme
    from r2psched.sessions import Session

__all__ = ["gather"]

_MINUTE = 60_000_000
_HOUR = 60
_MINUTES_AT_MOST = 100 * _HOUR - 1
_NOWHERE = "–"


def gather(programme: Programme, url: str | None = None) -> Schedule:
    """Gather what a schedule holds of a programme.

    Args:
        programme: The programme.
        url: Where it is shown to the public.

    Raises:
        InvalidValue: If nothing has a time, a block is longer than the form can say, or `url` is
            no link.
    """
    return _Gatherer(programme, as_link(url)).schedule()


class _Gatherer:
    """Gathers the schedule of one programme."""

    def __init__(self, programme: Programme, url: str | None) -> None:
        self.programme, self.url = programme, url and as_uri(url)
        self.texts = Texts(programme)
        self.acronym = acronym_of(programme)
        self.events_by_guid, self.people_by_guid = Numbers(), Numbers()
        self.namesakes = frozenset(_namesakes(programme))

    def schedule(self) -> Schedule:
        programme, parts = self.programme, self.programme.parts
        if not parts:
            msg = (
                f"nothing of {shown(programme.title)} can be put into a schedule, since nothing "
                'has a time: give one, such as "10:00-13:00"'
            )
            raise InvalidValue(msg)
        timed = [session for session in programme if session.blocks]
        rooms = {
            name: Named(name, str(room_guid(programme, name)))
            for name in dict.fromkeys(map(self._room, timed))
        }
        tracks: dict[str, str] = {}
        for each in timed:
            tracks.setdefault(self._track(each), as_one_line(each.kind))
        status = self.texts.words(f"outline.{programme.status}")
        days = tuple(self._days(rooms))
        return Schedule(
            self._titled(programme.title),
            self.acronym,
            self.texts.words("outline.standing", status=status, revision=programme.revision),
            programme.zone,
            programme.lang,
            as_plain(programme.description),
            self.url,
            _grid(days),
            tuple(map(Named, tracks, track_slugs(tracks.values()))),
            tuple(rooms.values()),
            days,
        )

    def _days(self, rooms: dict[str, Named]) -> Iterator[Day]:
        held: dict[dt.date, dict[str, list[Event]]] = {}
        for part in self.programme.parts:
            event = self._event(part)
            date: dt.date = event.start.date()
            held.setdefault(date, {}).setdefault(event.room, []).append(event)
        for date, by_room in held.items():
            events = [event for each in by_room.values() for event in each]
            midnight = events[0].start.start_of("day")
            last = midnight.end_of("day").replace(microsecond=0)
            yield Day(
                date,
                midnight,
                max(last, *(event.end for event in events)),
                tuple((rooms[name], tuple(by_room[name])) for name in rooms if name in by_room),
            )

    def _event(self, part: Part) -> Event:
        session, block = part.session, part.block
        guid = event_guid(block_uid(self.programme, session, part.ordinal))
        number = self.events_by_guid[guid]
        minutes = nearest_minute(microseconds(block.duration)) // _MINUTE
        if minutes > _MINUTES_AT_MOST:
            msg = (
                f"the block {block} of {shown(session.title)} is longer than "
                f"{clock(_MINUTES_AT_MOST)}, the longest that a schedule can say: divide it"
            )
            raise InvalidValue(msg)
        return Event(
            guid=str(guid),
            id=number,
            slug=f"{self.acronym}-{number}-{slug(session.id)}",
            room=self._room(session),
            title=self._titled(self.texts.block_summary(part)),
            kind=as_one_line(session.kind),
            track=self._track(session),
            start=block.start,
            end=block.end,
            minutes=minutes,
            abstract=as_plain(session.description),
            description=self._description(session),
            persons=tuple(self._persons(session)),
            links=tuple(self._links(session)),
            recorded=self._recorded(session),
        )

    def _track(self, session: Session) -> str:
        return as_one_line(facts.kind(self.texts, session) or self.texts.words("outline.session"))

    def _room(self, session: Session) -> str:
        return as_one_line(self.programme.room_of(session) or self.programme.venue or _NOWHERE)

    def _titled(self, title: str) -> str:
        # The form has no word for what is cancelled, and every program shows a title.
        if self.programme.status == "cancelled":
            title = f"{self.texts.words('outline.cancelled')} – {title}"
        return as_one_line(title)

    def _description(self, session: Session) -> str:
        told = [
            *facts.people(self.texts, session),
            *facts.limits(self.texts, self.programme, session),
            *facts.documents(self.texts, self._documents(session)),
        ]
        return as_plain(
            "\n".join(self.texts.named(fact.name, fact.told(self.texts.words)) for fact in told)
        )

    def _persons(self, session: Session) -> Iterator[Named]:
        seen = set()
        for _, person in session.people:
            apart = folded(person.name) in self.namesakes
            guid = person_guid(self.programme, person.name, person.function if apart else None)
            if guid not in seen:
                seen.add(guid)
                name = as_one_line(str(person) if apart else person.name)
                yield Named(name, str(guid), self.people_by_guid[guid])

    def _links(self, session: Session) -> Iterator[Link]:
        if webcast := self._webcast(session):
            yield Link(as_one_line(self.texts.words("outline.watch")), as_uri(webcast), "media")
        for document in self._documents(session):
            if link := document_link(document):
                yield Link(as_one_line(document), as_uri(link), "paper")

    def _documents(self, session: Session) -> tuple[str, ...]:
        # An event stands alone: there is no other place for those of the whole programme.
        return session.documents or (() if session.is_break else self.programme.documents)

    def _webcast(self, session: Session) -> str | None:
        return session.webcast if session.is_break else self.programme.webcast_of(session)

    def _recorded(self, session: Session) -> bool | None:
        if self._webcast(session):
            return True
        return False if session.is_break else None


def _namesakes(programme: Programme) -> Iterator[str]:
    """The names under which people of different functions have a part in one session."""
    for session in programme:
        functions: dict[str, str] = {}
        for _, person in session.people:
            name, function = folded(person.name), folded(person.function or "")
            if function and functions.setdefault(name, function) != function:
                yield name


def _grid(days: tuple[Day, ...]) -> str:
    found = _HOUR
    for day in days:
        for _, events in day.rooms:
            for event in events:
                found = gcd(found, event.start.minute, event.minutes)
    return clock(found)
