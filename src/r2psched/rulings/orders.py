"""The list of a session, and the order that its rules give it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.errors import InvalidValue, shown

if TYPE_CHECKING:
    from r2psched.sessions import Session
    from r2psched.speakers import Inscription, SpeakerList

__all__ = ["in_order", "list_of", "number_of"]


def list_of(session: Session) -> SpeakerList:
    """The list of a session.

    Raises:
        InvalidValue: If it has none.
    """
    if session.speakers is None:
        msg = f"the session {shown(session.title)} has no list of speakers"
        raise InvalidValue(msg)
    return session.speakers


def in_order(session: Session) -> SpeakerList:
    """The list of a session in the order of its rules, settled so.

    Raises:
        InvalidValue: If it has no list, or lots are to be drawn without a seed.
    """
    return session.settled().settle()


def number_of(session: Session, who: Inscription) -> int:
    """The number of somebody on the list of a session; as it is listed, if no order is settled."""
    try:
        ordered = in_order(session)
    except InvalidValue:  # such as lots that are not drawn yet
        ordered = list_of(session).settle()
    return ordered.position(who.id)
