"""UIDs: what makes a calendar know an entry again, whatever has moved.

They rest on ids and on the ordinal of a block in its session, never on times, titles or places.
The parts are joined by single dots; a dot within an id is doubled, so that no two entries of any
two programmes share a UID.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from r2psched.programme import Programme, Sitting
    from r2psched.sessions import Session

__all__ = ["block_uid", "day_uid", "deadline_uid", "invitation_uid", "sitting_uid", "slot_uid"]


def block_uid(programme: Programme, session: Session, ordinal: int) -> str:
    """Name the entry of one block of a session, the first being 1.

    >>> from r2psched import Programme, Session
    >>> floor = Session("Interactive dialogue", id="floor")
    >>> block_uid(Programme("r2p-2014", "Dialogue", [floor], zone="UTC"), floor, 2)
    'r2p-2014.floor.2@r2psched'
    """
    return _uid(programme.id, session.id, str(ordinal))


def sitting_uid(programme: Programme, sitting: Sitting) -> str:
    """Name the entry of a sitting by its first block.

    It stays the same while that block opens the sitting, whatever follows.

    >>> from r2psched import Day, Programme, Session
    >>> opening = Session("Opening", Day("2014-09-08", zone="UTC")("10:00-10:20"))
    >>> meeting = Programme("r2p-2014", "Dialogue", [opening])
    >>> sitting_uid(meeting, meeting.sittings[0])
    'r2p-2014.opening.1.sitting@r2psched'
    """
    first = sitting.parts[0]
    return _uid(programme.id, first.session.id, str(first.ordinal), "sitting")


def deadline_uid(programme: Programme, session: Session | None = None) -> str:
    """Name the entry of the deadline of a session's list, or of the programme's registration.

    >>> from r2psched import Programme
    >>> deadline_uid(Programme("r2p.2014", "Dialogue", zone="UTC"))
    'r2p..2014.deadline@r2psched'
    """
    return _uid(programme.id, *([] if session is None else [session.id]), "deadline")


def slot_uid(programme: Programme, session: Session, inscription_id: str) -> str:
    """Name the entry of one inscription's turn on the floor.

    >>> from r2psched import Programme, Session
    >>> floor = Session("Interactive dialogue", id="floor")
    >>> slot_uid(Programme("r2p-2014", "Dialogue", [floor], zone="UTC"), floor, "chile")
    'r2p-2014.floor.speaker.chile@r2psched'
    """
    return _uid(programme.id, session.id, "speaker", inscription_id)


def day_uid(programme: Programme, number: int) -> str:
    """Name the entry of one day of the whole meeting, the first being 1.

    >>> from r2psched import Programme
    >>> day_uid(Programme("r2p-2014", "Dialogue", zone="UTC"), 1)
    'r2p-2014.1.day@r2psched'
    """
    return _uid(programme.id, str(number), "day")


def invitation_uid(published: str) -> str:
    """Name the invitation to what is published under a UID: both may be in one calendar.

    >>> invitation_uid("r2p-2014.floor.2@r2psched")
    'r2p-2014.floor.2.invitation@r2psched'
    """
    head, _, domain = published.rpartition("@")
    return f"{head}.invitation@{domain}"


def _uid(*parts: str) -> str:
    # An id neither begins nor ends with a dot: a single dot always stands between two parts.
    return ".".join(part.replace(".", "..") for part in parts) + "@r2psched"
