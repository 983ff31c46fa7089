"""What a page is made of: the outline, the calendars in it, and the picture."""

from __future__ import annotations

from base64 import b64encode
from itertools import chain
from typing import TYPE_CHECKING

from r2psched.entries import Agenda
from r2psched.ical.publishing import published
from r2psched.outlines import list_outline, outline
from r2psched.views.pages.filling import Templates

if TYPE_CHECKING:
    from os import PathLike

    from r2psched.programme import Programme
    from r2psched.sessions import Session

__all__ = ["order_page", "programme_page"]


def programme_page(
    programme: Programme, *, internal: bool = False, templates: str | PathLike[str] | None = None
) -> str:
    """Write a programme as one page of HTML that needs no other file.

    Args:
        programme: The programme.
        internal: Whether to add what is not for publication: capacity, and the lists' notes.
        templates: A folder whose files stand in place of those shipped of the same name.

    Returns:
        The page: the same text for the same programme, without scripts, and with nothing in it
        that is fetched from elsewhere. The calendar of the programme and of each of its sessions
        is within.

    Raises:
        MissingExtra: If the extra `html` is not installed; or `i18n`, for another language than
            English.
        FileFailed: If there is no folder of templates, or it cannot be read.
        InvalidInput: If a template of the folder cannot be filled in.

    >>> from r2psched import Day, Programme, Session
    >>> opening = Session("Opening", Day("2014-09-08", zone="UTC")("10:00-10:20"))
    >>> page = programme_page(Programme("r2p-2014", "Dialogue & debate", [opening]))
    >>> "<title>Dialogue &amp; debate</title>" in page
    True
    """
    told = Templates.of(templates)
    outlined = outline(programme, internal=internal)
    timed = [each for each in programme if each.blocks and not each.is_break]
    return told.page(
        "programme.html",
        programme=outlined,
        words=outlined.words,
        standing=outlined.standing,
        cancelled=programme.status == "cancelled",
        internal=internal,
        timeline=told.markup(_picture(programme, internal=internal)),
        calendar=_calendar(programme, internal=internal),
        name=programme.id,
        calendars={
            session.id: _calendar(programme, session, internal=internal) for session in timed
        },
    )


def order_page(
    programme: Programme,
    session: Session,
    *,
    internal: bool = False,
    templates: str | PathLike[str] | None = None,
) -> str:
    """Write the list of speakers of a session as one page of HTML that needs no other file.

    Args:
        programme: The programme.
        session: One of its sessions, with a list.
        internal: As for `programme_page`.
        templates: As for `programme_page`.

    Returns:
        The page, as for `programme_page`; the calendar in it is that of the session.

    Raises:
        InvalidValue: If the session has no list.
        MissingExtra: As for `programme_page`.
        FileFailed: As for `programme_page`.
        InvalidInput: As for `programme_page`.

    >>> from r2psched import Day, Programme, Session, SpeakerList
    >>> time = Day("2014-09-08", zone="UTC")("10:00-10:20")
    >>> floor = Session("Floor", time, speakers=SpeakerList(["Chile"], limits="3 min"))
    >>> page = order_page(Programme("r2p-2014", "Dialogue", [floor]), floor)
    >>> '<th scope="row"><bdi>Chile</bdi></th>' in page
    True
    """
    told = Templates.of(templates)
    held = programme[session.id]
    outlined = list_outline(programme, held, internal=internal)
    return told.page(
        "order.html",
        list=outlined,
        words=outlined.words,
        standing=outlined.standing,
        cancelled=programme.status == "cancelled",
        internal=internal,
        calendar=_calendar(programme, held, internal=internal),
        name=f"{programme.id}-{held.id}",
    )


def _calendar(
    programme: Programme, session: Session | None = None, *, internal: bool
) -> str | None:
    """A calendar as a link that holds it; None if nothing in it would have a time."""
    chosen = Agenda(programme, only=session, internal=internal)
    if next(chain(chosen.blocks(), chosen.deadlines()), None) is None:
        return None
    octets = published(chosen)
    return f"data:text/calendar;charset=utf-8;base64,{b64encode(octets).decode()}"


def _picture(programme: Programme, *, internal: bool) -> str:
    return "" if programme.span is None else programme.timeline(capacity=internal, heading=False)
