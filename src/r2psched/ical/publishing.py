"""The published agenda: a whole programme as a calendar to import or subscribe to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from r2psched.entries import Agenda
from r2psched.ical.events import document, event, organiser_line, revised_us, stamps
from r2psched.ical.lines import duration_line, text_line

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from r2psched.entries import Entry, Per
    from r2psched.programme import Programme

__all__ = ["agenda", "feed", "published"]

_ASK_AGAIN = timedelta(hours=1)


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
        per: "block" for one event for each block of each session; "sitting" or "day" for one for
            each of these, with its agenda in the description.
        session: Only this session, by id or title, with the deadline of its list; per sitting or
            day, the whole of each in which it has a part.
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
    chosen = Agenda.of(programme, per=per, session=session, room=room, internal=internal)
    return published(chosen, utc=utc, now=now)


def published(chosen: Agenda, *, utc: bool = False, now: dt.datetime | None = None) -> bytes:
    """Write what is chosen of a programme as `agenda` does.

    Args:
        chosen: What is published.
        utc: As for `agenda`.
        now: As for `agenda`.

    Raises:
        InvalidValue: If nothing chosen has a time.

    >>> from r2psched import Day, Programme, Session
    >>> opening = Session("Opening remarks", Day("2014-09-08", zone="UTC")("10:00-10:20"))
    >>> programme = Programme("r2p-2014", "Dialogue", [opening])
    >>> published(Agenda(programme, only=opening)) == agenda(programme, session="opening-remarks")
    True
    """
    programme = chosen.programme
    zone = "UTC" if utc else programme.zone
    stamped = stamps(programme.revision, revised_us(programme, now))
    organiser = organiser_line(programme)
    events = ((entry, event(entry, zone, stamped, organiser)) for entry in chosen.entries())
    return document(_head(programme, chosen.name), zone, events)


def feed(
    programme: Programme, name: str, entries: Iterable[tuple[Entry, int, int]], *, utc: bool = False
) -> bytes:
    """Write some entries as a calendar to subscribe to.

    Args:
        programme: The programme.
        name: The name of the calendar.
        entries: At least one, each with its SEQUENCE and its DTSTAMP, in microseconds since the
            epoch.
        utc: Whether times are in UTC, and not as the clocks of the programme's zone show them.
    """
    zone = "UTC" if utc else programme.zone
    organiser = organiser_line(programme)
    events = (
        (entry, event(entry, zone, stamps(sequence, stamp_us), organiser))
        for entry, sequence, stamp_us in entries
    )
    span = () if programme.span is None else (programme.span,)
    return document(_head(programme, name), zone, events, span)


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
