"""A schedule, whatever form it is written in, as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    import datetime as dt

    import pendulum

__all__ = ["Day", "Event", "Link", "Named", "Schedule", "clock"]

_HOUR = 60


@attrs.frozen
class Named:
    """A person, room or track: what it is called, and by what it is known.

    Attributes:
        name: The name.
        guid: A UUID, or for a track a slug.
        id: A number, or 0 where it needs none.
    """

    name: str
    guid: str
    id: int = 0


@attrs.frozen
class Link:
    """A link with its title.

    Attributes:
        title: What is there.
        url: Where.
        kind: "paper" for a document, "media" for a webcast.
    """

    title: str
    url: str
    kind: str


@attrs.frozen
class Event:
    """One block of a session.

    Attributes:
        guid: A UUID.
        id: A number.
        slug: The ids of programme, event and session, for links and files.
        room: Where.
        title: The title of the session, with "(1/2)" if it has several blocks.
        kind: What it is, as the programme says it.
        track: What it is, in the words of the language.
        start: When it begins.
        end: When it ends.
        minutes: How long it is, to the nearest minute.
        abstract: What it is about.
        description: People, limit and documents, in lines.
        persons: Who has a part in it.
        links: Webcast and documents.
        recorded: Whether it may be recorded: not a break, surely what has a webcast, else None.
    """

    guid: str
    id: int
    slug: str
    room: str
    title: str
    kind: str
    track: str
    start: pendulum.DateTime
    end: pendulum.DateTime
    minutes: int
    abstract: str
    description: str
    persons: tuple[Named, ...]
    links: tuple[Link, ...]
    recorded: bool | None

    @property
    def duration(self) -> str:
        """How long it is, as hours and minutes: "02:10"."""
        return clock(self.minutes)


@attrs.frozen
class Day:
    """What begins on one date.

    Attributes:
        date: The date.
        start: Its first instant.
        end: Its last second, or the end of the last event if that is later.
        rooms: Each room in which something begins, with its events by start.
    """

    date: dt.date
    start: pendulum.DateTime
    end: pendulum.DateTime
    rooms: tuple[tuple[Named, tuple[Event, ...]], ...]


@attrs.frozen
class Schedule:
    """A programme as other programs see it.

    Attributes:
        title: Its title.
        acronym: Its id, in fewer kinds of letters.
        version: Status and revision in words.
        zone: The zone of all times.
        lang: The language of all words.
        description: What it is about.
        url: Where it is shown, or None.
        grid: The longest time, up to an hour, of which all starts and lengths are multiples.
        tracks: The kinds of its sessions.
        rooms: Its rooms.
        days: The days on which something begins.
    """

    title: str
    acronym: str
    version: str
    zone: str
    lang: str
    description: str
    url: str | None
    grid: str
    tracks: tuple[Named, ...]
    rooms: tuple[Named, ...]
    days: tuple[Day, ...]


def clock(minutes: int) -> str:
    """Write minutes as hours and minutes.

    >>> clock(130)
    '02:10'
    """
    return f"{minutes // _HOUR:02}:{minutes % _HOUR:02}"
