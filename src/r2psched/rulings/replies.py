"""Rights of reply: at the end of a day, as late as they can be heard on it."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import as_date
from r2psched.errors import InvalidValue, Refused, shown
from r2psched.identifiers import slug
from r2psched.rulings.orders import list_of
from r2psched.seating import seat
from r2psched.speakers import Inscription
from r2psched.speakers.changes import REPLY

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from r2psched.seating import RunningOrder
    from r2psched.sessions import Session
    from r2psched.speakers import SpeakerList

__all__ = ["reply"]


def reply(session: Session, inscription: Inscription | str, day: dt.date | str) -> SpeakerList:
    """Put a right of reply to the end of a day, behind the earlier replies of that day.

    It has the category "right of reply" and stands as late as it and those replies can still be
    heard on the day. A block belongs to the day on which it begins.

    Args:
        session: The session, with its blocks.
        inscription: Who replies, or the name of a delegation; it may be on the list otherwise.
        day: The day.

    Raises:
        Refused: If it fits nowhere on that day.
        InvalidValue: If the session is not held on that day, or no limit is stated.

    Source: General Assembly decision 34/401: rights of reply are exercised at the end of the day.

    >>> from r2psched import Day, Session, SpeakerList
    >>> day = Day("2014-09-24", zone="America/New_York")
    >>> later = Day("2014-09-25", zone="America/New_York")
    >>> blocks = [day("10:00-10:45"), later("10:00-11:00")]
    >>> debate = Session(
    ...     "Debate", blocks, speakers=SpeakerList(["Chile", "Fiji", "Peru"], "15 min")
    ... )
    >>> print(*reply(debate, Inscription("Chad", limit="10 min"), "2014-09-24"))
    Chile Fiji Chad Peru
    """
    order = session.running_order()
    wanted = as_date(day)
    if wanted not in {block.start.date() for block in session.blocks}:
        msg = f"the session {shown(session.title)} is not held on {wanted}"
        raise InvalidValue(msg)
    replies: dict[dt.date, list[Inscription]] = {wanted: []}
    for slot in order:
        if slot.inscription.category == REPLY and _day_of(order, slot.place) >= wanted:
            replies.setdefault(_day_of(order, slot.place), []).append(slot.inscription)
    new = _as_reply(inscription, order)
    replies[wanted].append(new)
    held = {who.id for those in replies.values() for who in those}
    arranged = [who for who in order.inscriptions if who.id not in held]
    # Whoever is pushed to a later day must not push the replies of that day to one still later.
    for each in sorted(replies):
        arranged = _ending(order, arranged, replies[each], each)
    reasons = {who.id: who.placed for who in session.settled()}
    reasons[new.id] = f"right of reply at the end of {wanted}"
    placed = [
        attrs.evolve(who, place=place, placed=reasons[who.id])
        for place, who in enumerate(arranged, 1)
    ]
    return attrs.evolve(list_of(session), inscriptions=placed)


def _ending(
    order: RunningOrder, others: list[Inscription], replies: list[Inscription], day: dt.date
) -> list[Inscription]:
    """Put the replies of a day between others, as late as they are all heard on it."""

    def days(ahead: int) -> list[dt.date] | None:
        """The days on which the replies are heard behind so many others, or None."""
        listed = (*others[:ahead], *replies)
        later = order.later_limits
        seated = seat(order.session, listed, order.limits, order.floor, later_limits=later)
        if len(seated) < len(listed):
            return None
        return [_day_of(seated, ahead + number) for number in range(1, len(replies) + 1)]

    ahead = _last(len(others), lambda at: (found := days(at)) is not None and found[-1] <= day)
    if days(ahead) != [day] * len(replies):
        msg = f"no further right of reply can be heard on {day}"
        raise Refused(msg, "rights of reply")
    return [*others[:ahead], *replies, *others[ahead:]]


def _day_of(order: RunningOrder, place: int) -> dt.date:
    date: dt.date = order.floor.blocks[order.slots[place - 1].block - 1].start.date()
    return date


def _last(most: int, fits: Callable[[int], bool]) -> int:
    """The largest number up to `most` that fits, if all below it fit; or else 0."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _as_reply(inscription: Inscription | str, order: RunningOrder) -> Inscription:
    new = inscription if isinstance(inscription, Inscription) else Inscription(inscription)
    given = new.given_id
    if given is None:
        taken = {who.id for who in order.inscriptions}
        base = slug(f"{new.name} reply")
        ids = (base if number == 1 else f"{base}-{number}" for number in count(1))
        given = next(each for each in ids if each not in taken)
    return attrs.evolve(new, category=REPLY, id=given)
