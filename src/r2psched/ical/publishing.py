"""The published agenda: a whole programme as a calendar to import or subscribe to."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, Literal, get_args

import attrs

from r2psched.blocks import to_epoch
from r2psched.durations import microseconds
from r2psched.errors import InvalidValue, UnknownName, shown
from r2psched.ical import texts
from r2psched.ical.events import Event, alarm, document, organiser_line, stamps, standing
from r2psched.ical.lines import duration_line, text_line, texts_line, uri_line
from r2psched.ical.uids import block_uid, deadline_uid, sitting_uid

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from r2psched.programme import Programme
    from r2psched.sessions import Session
    from r2psched.speakers import Registration

__all__ = ["Per", "agenda"]

Per = Literal["block", "sitting"]

_ASK_AGAIN = timedelta(hours=1)
_DEADLINE = timedelta(minutes=15)
_REMINDER = timedelta(days=1)


def agenda(  # noqa: PLR0913  # each a choice of its own, by name
    programme: Programme,
    *,
    per: Per = "block",
    session: str | None = None,
    room: str | None = None,
    utc: bool = False,
    internal: bool = False,
    now: dt.datetime | None = None,
) -> bytes:
    """Write a programme as a calendar that anybody may import or subscribe to.

    The same programme gives the same octets on any day and machine. A session without a time
    gives no event. A deadline is an event of 15 minutes that ends at the deadline, takes up no
    time and reminds a day before.

    Args:
        programme: The programme.
        per: "block" for one event for each block of each session; "sitting" for one for each
            sitting, with its agenda in the description.
        session: Only this session, by id or title, with the deadline of its list; per sitting,
            the whole of each sitting in which it has a part.
        room: Only what is in this room.
        utc: Whether times are in UTC, and not as the clocks of the programme's zone show them.
        internal: Whether to add what is not for publication: the capacity, and the notes of the
            lists. Addresses of speakers are never written.
        now: When the plan was revised, for a programme that doesn't say so. If nobody does,
            DTSTAMP is 2000-01-01 and LAST-MODIFIED is left out.

    Returns:
        The octets of one .ics file. METHOD:PUBLISH if the organiser has an e-mail address.

    Raises:
        UnknownName: If there is no such session or room.
        InvalidValue: If there is nothing to write, since nothing chosen has a time.

    Source:
        RFC 5545, RFC 5546 section 3.2.1, RFC 7986.

    >>> from r2psched import Day, Programme, Session
    >>> opening = Session("Opening remarks", Day("2014-09-08", zone="UTC")("10:00-10:20"))
    >>> agenda(Programme("r2p-2014", "Dialogue", [opening])).split()[11]
    b'DTSTART:20140908T100000Z'
    """
    if per not in get_args(Per):
        msg = f'expected per="block" or per="sitting", got {shown(per)}'
        raise InvalidValue(msg)
    only = None if session is None else programme[session]
    within = None if room is None else _room(programme, room)
    name = texts.calendar_name(programme, only, within)
    writer = _Writer(
        programme,
        session_id=None if only is None else only.id,
        room=within,
        internal=internal,
        common=stamps(programme, now, programme.revision) + (organiser_line(programme) or b""),
    )
    events = chain(writer.blocks() if per == "block" else writer.sittings(), writer.deadlines())
    first = next(events, None)
    if first is None:
        msg = (
            f"nothing of {shown(name)} can be put into a calendar, since nothing has a time: "
            'give one, such as "10:00-13:00"'
        )
        raise InvalidValue(msg)
    zone = "UTC" if utc else programme.zone
    return document(_head(programme, name), zone, chain([first], events))


@attrs.frozen
class _Writer:
    """Turns what is chosen of a programme into events, one at a time.

    Attributes:
        programme: The programme.
        session_id: Of the only session chosen, or None.
        room: The only room chosen, or None.
        internal: Whether to add what is not for publication.
        common: The lines that every event has.
    """

    programme: Programme
    session_id: str | None
    room: str | None
    internal: bool
    common: bytes

    def _chosen(self, session: Session) -> bool:
        here = self.room is None or self.room == self.programme.room_of(session)
        return here and self.session_id in {None, session.id}

    def blocks(self) -> Iterator[Event]:
        """One event for each block of what is chosen."""
        programme = self.programme
        for part in programme.parts:
            session, block = part.session, part.block
            if not self._chosen(session):
                continue
            yield Event(
                uid=block_uid(programme, session, part.ordinal),
                start_us=block.start_us,
                end_us=block.end_us,
                summary=texts.block_summary(part),
                description=texts.block_description(programme, part, internal=self.internal),
                rest=[
                    *self._place(programme.room_of(session)),
                    *_conferences(texts.webcasts(programme, [session])),
                    texts_line("CATEGORIES", [session.kind]),
                    standing(programme.status, free=session.is_break),
                    self.common,
                ],
            )

    def sittings(self) -> Iterator[Event]:
        """One event for each sitting of what is chosen."""
        programme = self.programme
        sittings = programme.sittings
        for number, sitting in enumerate(sittings, 1):
            sessions = [part.session for part in sitting.parts]
            if not any(map(self._chosen, sessions)):
                continue
            yield Event(
                uid=sitting_uid(programme, sitting),
                start_us=sitting.span.start_us,
                end_us=sitting.span.end_us,
                summary=texts.numbered(programme.title, number, len(sittings)),
                description=texts.sitting_description(programme, sitting, internal=self.internal),
                rest=[
                    *self._place(sitting.room),
                    *_conferences(texts.webcasts(programme, sessions)),
                    texts_line("CATEGORIES", dict.fromkeys(session.kind for session in sessions)),
                    standing(programme.status),
                    self.common,
                ],
            )

    def deadlines(self) -> Iterator[Event]:
        """One event for the deadline of each list chosen; that to attend if nothing is left out."""
        programme = self.programme
        if self.session_id is None and self.room is None:
            yield from self._deadline(None, programme.registration)
        for session in programme:
            if session.speakers is not None and self._chosen(session):
                yield from self._deadline(session, session.speakers.registration)

    def _deadline(
        self, session: Session | None, registration: Registration | None
    ) -> Iterator[Event]:
        if registration is None or registration.closes is None:
            return
        programme = self.programme
        end, _ = to_epoch(registration.closes)
        summary = texts.deadline_summary(programme, session)
        cancelled = programme.status == "cancelled"
        yield Event(
            uid=deadline_uid(programme, session),
            start_us=end - microseconds(_DEADLINE),
            end_us=end,
            summary=summary,
            description=texts.deadline_description(programme, session, registration),
            rest=[
                texts_line("CATEGORIES", ["deadline"]),
                standing("cancelled" if cancelled else "confirmed", free=True),
                self.common,
                *([] if cancelled else [alarm(_REMINDER, summary)]),
            ],
        )

    def _place(self, room: str | None) -> list[bytes]:
        where = texts.location(self.programme, room)
        return [text_line("LOCATION", where)] if where else []


def _conferences(links: Iterable[str]) -> list[bytes]:
    return [uri_line("CONFERENCE", link, feature="VIDEO", label=texts.WEBCAST) for link in links]


def _head(programme: Programme, name: str) -> list[bytes]:
    lines = [
        text_line("NAME", name),
        text_line("X-WR-CALNAME", name),
        text_line("X-WR-TIMEZONE", programme.zone),
        duration_line("REFRESH-INTERVAL", _ASK_AGAIN, value_parameter=True),
        duration_line("X-PUBLISHED-TTL", _ASK_AGAIN),
    ]
    if programme.description:
        lines.append(text_line("DESCRIPTION", programme.description))
        lines.append(text_line("X-WR-CALDESC", programme.description))
    # RFC 5546 3.2.1: what is published has an organiser.
    return [text_line("METHOD", "PUBLISH"), *lines] if organiser_line(programme) else lines


def _room(programme: Programme, name: str) -> str:
    if name in programme.rooms:
        return name
    wanted = name.strip().casefold()
    alike = [room for room in programme.rooms if room.casefold() == wanted]
    if len(alike) == 1:
        return alike[0]
    kind = "room"
    raise UnknownName(kind, name, programme.rooms)
