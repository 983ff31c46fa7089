"""Changes of a session's list, in its order and under the rules of its procedure."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import attrs

from r2psched.errors import InvalidValue, Refused, UnknownName
from r2psched.fields import as_tuple
from r2psched.rulings.orders import in_order, list_of, number_of
from r2psched.speakers import Inscription, Registration
from r2psched.speakers.changes import ABSENT, REPLY, moved, second

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from r2psched.sessions import Session
    from r2psched.speakers import SpeakerList

__all__ = [
    "absent",
    "close",
    "inscribe",
    "move",
    "pool",
    "reopen",
    "swap",
    "withdraw",
    "yield_time",
]


def inscribe(
    session: Session,
    inscription: Inscription | str,
    *,
    at: dt.datetime | None = None,
    late: str | None = None,
) -> SpeakerList:
    """Inscribe somebody; other names of one State count as one; see `SpeakerList.inscribe`.

    Raises:
        Refused: If the delegation is inscribed already, or the list is closed and there is no
            reason to accept it, or it is not open yet.

    >>> from r2psched import Session
    >>> inscribe(Session("Panel", speakers=["Côte d'Ivoire"]), "CIV")
    Traceback (most recent call last):
    r2psched.errors.Refused: Côte d'Ivoire is already inscribed as number 1
    """
    listed = list_of(session)
    new = inscription if isinstance(inscription, Inscription) else Inscription(inscription)
    other = second(listed.inscriptions, new) or _same_state(listed, new)
    if other is not None:
        msg = f"{other} is already inscribed as number {number_of(session, other)}"
        raise Refused(msg, "one inscription")
    asked = _until_now(session).inscribe(new, at=at, late=late)
    return attrs.evolve(listed, inscriptions=asked.inscriptions)


def withdraw(session: Session, name: str) -> SpeakerList:
    """Take somebody off; see `SpeakerList.withdraw`."""
    return list_of(session).withdraw(session.id_of(name))


def swap(session: Session, one: str, two: str) -> SpeakerList:
    """Swap two places; see `SpeakerList.swap`.

    Raises:
        Refused: If the procedure lets nobody swap.
    """
    rules = session.procedure
    if rules is not None and rules.swaps is False:
        msg = f"{rules.id}: speakers may not swap places"
        raise Refused(msg, "swaps")
    return in_order(session).swap(session.id_of(one), session.id_of(two))


def move(session: Session, name: str, to: int) -> SpeakerList:
    """Move somebody to a place; see `SpeakerList.move`."""
    return in_order(session).move(session.id_of(name), to)


def absent(session: Session, name: str) -> SpeakerList:
    """Move somebody who was absent behind all of the same category; see `SpeakerList.absent`.

    Where the procedure orders the list by level, a category is that of one level.
    """
    ordered = in_order(session)
    who = ordered.inscriptions[ordered.position(session.id_of(name)) - 1]
    alike = [other for other in ordered if other.category == who.category]
    rules = () if session.procedure is None else session.procedure.order
    if rules:
        from r2psched.ordering import ByLevel, Context  # noqa: PLC0415  # few lists are ruled

        for rule in rules:
            if isinstance(rule, ByLevel):
                buckets = rule.split(alike, Context())
                alike = next(list(bucket.items) for bucket in buckets if who in bucket.items)
    last = max(other.place or 0 for other in alike)
    return attrs.evolve(ordered, inscriptions=moved(ordered.inscriptions, who.id, last, ABSENT))


def yield_time(session: Session, givers: str | Iterable[str], to: str) -> SpeakerList:
    """Let some yield their time to another, as the procedure has it.

    See `SpeakerList.yield_time`.

    Raises:
        Refused: If more would yield than may, or one limit holds for all.
        InvalidValue: If no limit is stated.
    """
    rule = None if session.procedure is None else session.procedure.yielding
    most, longest = (None, None) if rule is None else (rule.givers, rule.longest)
    ordered, those = in_order(session), tuple(map(session.id_of, as_tuple(givers)))
    heir = session.id_of(to)
    if session.limits is None:
        msg = 'no limit is stated that could be yielded: give the list one, such as limit = "3 min"'
        raise InvalidValue(msg)
    with _named(session):
        return ordered.yield_time(those, heir, limits=session.limits, most=most, longest=longest)


def pool(
    session: Session, names: Iterable[str], group: str, *, speaker: str | None = None
) -> SpeakerList:
    """Let several make one statement, as the procedure has it; see `SpeakerList.pool`.

    Raises:
        Refused: If they are too few.
    """
    rule = None if session.procedure is None else session.procedure.pooling
    least, limit = (None, None) if rule is None else (rule.least, rule.limit)
    ordered, those = in_order(session), tuple(map(session.id_of, as_tuple(names)))
    if speaker is not None:
        with suppress(UnknownName):  # somebody beside the list may speak
            speaker = session.id_of(speaker)
    with _named(session):
        return ordered.pool(those, group, limit=limit, least=least, speaker=speaker)


def close(session: Session, at: dt.datetime) -> SpeakerList:
    """Close the list; see `SpeakerList.close`.

    Raises:
        Refused: If it is closed by then, by its own rules or those of the procedure.
        InvalidValue: If it opens later.
    """
    return _until_now(session).close(at)


def reopen(session: Session, until: dt.datetime | None = None) -> SpeakerList:
    """Open the list again; see `SpeakerList.reopen`.

    Raises:
        Refused: If it is not closed, or the procedure closes it and it is not said until when.
        InvalidValue: If it would open later than it closes.
    """
    rules = session.procedure
    if until is None and rules is not None and rules.list_closes is not None:
        msg = f"{rules.id}: a list has an end: say until when it is open"
        raise Refused(msg, "closing")
    return _until_now(session).reopen(until)


def _until_now(session: Session) -> SpeakerList:
    """The list with the moment at which it closes by the procedure, where it states none."""
    listed = list_of(session)
    if session.list_closes is None:
        return listed
    until = attrs.evolve(listed.registration or Registration(), closes=session.list_closes)
    return attrs.evolve(listed, registration=until)


def _same_state(listed: SpeakerList, new: Inscription) -> Inscription | None:
    """Whoever stands on the list for the same State under another of its names, or None."""
    from r2psched.delegations import recognise  # noqa: PLC0415  # few changes need it

    if new.delegation is None or new.on_behalf is not None or new.category == REPLY:
        return None
    state = recognise(new.delegation)
    for who in listed if state is not None else ():
        own = who.on_behalf is None and who.category != REPLY
        if own and who.delegation is not None and recognise(who.delegation) == state:
            return who
    return None


@contextmanager
def _named(session: Session) -> Iterator[None]:
    """Put the procedure before what its rule says."""
    try:
        yield
    except Refused as refusal:
        if session.procedure is None:
            raise
        msg = f"{session.procedure.id}: {refusal}"
        raise Refused(msg, refusal.rule) from refusal
