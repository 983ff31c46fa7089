"""Changes of a list, each from inscriptions to inscriptions; `SpeakerList` has them as methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import from_epoch, to_epoch
from r2psched.durations import show
from r2psched.errors import InvalidValue, Refused, UnknownName, shown
from r2psched.fields import as_title, as_tuple, whole
from r2psched.speakers.inscriptions import Inscription, position

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from r2psched.speakers.limits import SpeakingLimits
    from r2psched.speakers.persons import Registration

__all__ = [
    "ABSENT",
    "POOLED",
    "REPLY",
    "YIELDED",
    "joined",
    "last_of_category",
    "moved",
    "pooled",
    "refuse_untimely",
    "second",
    "settled",
    "swapped",
    "when",
    "withdrawn",
    "yielded",
]

REPLY = "right of reply"
"""The category of a right of reply."""
YIELDED = "yielded by"
"""The trait that holds the ids of those who yielded their time, with commas between them."""
POOLED = "pooled from"
"""The trait that holds the ids of those who make one statement, with commas between them."""

ABSENT = "absent when called"
"""What is noted of whoever was absent."""

_LEAST_POOLED = 2

Inscriptions = tuple[Inscription, ...]


def settled(inscriptions: Iterable[Inscription]) -> Inscriptions:
    """Give everybody a place from 1: in the order of the places that are settled, then as listed.

    >>> [who.place for who in settled([Inscription("Fiji"), Inscription("Chile", place=7)])]
    [1, 2]
    """
    ordered = sorted(inscriptions, key=lambda who: (who.place is None, who.place or 0))
    return _numbered(ordered)


def _numbered(ordered: Iterable[Inscription]) -> Inscriptions:
    return tuple(_at(who, place) for place, who in enumerate(ordered, 1))


def _at(inscription: Inscription, place: int) -> Inscription:
    return inscription if inscription.place == place else attrs.evolve(inscription, place=place)


def _noted(inscription: Inscription, note: str) -> Inscription:
    """Put what happened behind the reason for a settled place."""
    before = inscription.placed or f"settled as number {inscription.place}"
    return attrs.evolve(inscription, placed=f"{before}; {note}")


def _all(inscriptions: Iterable[Inscription]) -> str:
    *most, last = [who.name for who in inscriptions]
    return f"{', '.join(most)} and {last}" if most else last


def when(moment: datetime, zone: str) -> str:
    """Write a moment as a chair announces it.

    >>> import pendulum
    >>> when(pendulum.datetime(2014, 9, 4, 17), "America/New_York")
    '13:00 on 4 September 2014'
    """
    local = from_epoch(to_epoch(moment)[0], zone)
    form = "HH:mm [UTC on] D MMMM YYYY" if zone == "UTC" else "HH:mm [on] D MMMM YYYY"
    return local.format(form, locale="en")


def refuse_untimely(
    inscription: Inscription, registration: Registration | None, zone: str = "UTC"
) -> None:
    """Refuse a request that came before its list opened, or after it closed and without a reason.

    Raises:
        Refused: If it came then.
    """
    moment = inscription.received
    if moment is None or registration is None:
        return
    opens, closes = registration.opens, registration.closes
    if opens is not None and moment < opens:
        msg = f"the list is not open before {when(opens, zone)}"
        raise Refused(msg, "opening")
    if closes is not None and moment > closes and inscription.late is None:
        msg = f"the list is closed since {when(closes, zone)}: give a reason to accept the request"
        raise Refused(msg, "closing")


def second(inscriptions: Iterable[Inscription], new: Inscription) -> Inscription | None:
    """Whose request a new one would repeat: of one delegation, each for itself; or None.

    A right of reply repeats none.
    """
    return next((who for who in inscriptions if who.id == new.id or _alike(new, who)), None)


def _refuse_a_second(inscriptions: Inscriptions, new: Inscription) -> None:
    if (other := second(inscriptions, new)) is not None:
        number = next(who.place for who in settled(inscriptions) if who.id == other.id)
        msg = f"{other} is already inscribed as number {number}"
        raise Refused(msg, "one inscription")


def _alike(new: Inscription, who: Inscription) -> bool:
    """Whether both ask for themselves, as the same; an id of its own tells namesakes apart."""
    for_itself = all(each.on_behalf is None and each.category != REPLY for each in (new, who))
    if not for_itself or new.name.casefold() != who.name.casefold():
        return False
    if new.delegation is None and who.delegation is None:
        return new.given_id is None
    speakers = {each.speaker.casefold() for each in (new, who) if each.speaker is not None}
    return len(speakers) <= 1


def withdrawn(inscriptions: Inscriptions, name: str) -> Inscriptions:
    """Take somebody off; whoever has a place behind moves up."""
    gone = _found(inscriptions, name)
    kept = tuple(who for who in inscriptions if who.id != gone.id)
    return _without_gaps(kept)


def _without_gaps(inscriptions: Inscriptions) -> Inscriptions:
    places = sorted(who.place for who in inscriptions if who.place is not None)
    ranks = {place: rank for rank, place in enumerate(places, 1)}
    return tuple(who if who.place is None else _at(who, ranks[who.place]) for who in inscriptions)


def swapped(inscriptions: Inscriptions, one: str, two: str) -> Inscriptions:
    """Settle a list with two places swapped."""
    ordered = list(settled(inscriptions))
    first, second = (position(tuple(ordered), name) - 1 for name in (one, two))
    if first == second:
        msg = f"{shown(one)} and {shown(two)} are the same: name two speakers"
        raise InvalidValue(msg)
    one_of_them, other = ordered[first], ordered[second]
    ordered[first] = _noted(other, f"swapped with {one_of_them.name}")
    ordered[second] = _noted(one_of_them, f"swapped with {other.name}")
    return _numbered(ordered)


def moved(inscriptions: Inscriptions, name: str, to: int, why: str | None = None) -> Inscriptions:
    """Settle a list with somebody moved, noting why; those between move by one."""
    ordered = settled(inscriptions)
    if not whole(to) or not 1 <= to <= len(ordered):
        msg = f"expected a place from 1 to {len(ordered)}, got {shown(to)}"
        raise InvalidValue(msg)
    who = _found(ordered, name)
    rest = [other for other in ordered if other.id != who.id]
    if why is not None or who.place != to:
        who = _noted(who, why or f"moved from {who.place} to {to}")
    return _numbered([*rest[: to - 1], who, *rest[to - 1 :]])


def last_of_category(inscriptions: Inscriptions, name: str) -> Inscriptions:
    """Settle a list with somebody moved behind the last of the same category."""
    ordered = settled(inscriptions)
    who = _found(ordered, name)
    last = max(at for at, other in enumerate(ordered, 1) if other.category == who.category)
    return moved(ordered, who.id, last, ABSENT)


def yielded(  # noqa: PLR0913  # the parts of the rule
    inscriptions: Inscriptions,
    givers: Iterable[str],
    to: str,
    *,
    limits: SpeakingLimits,
    most: int | None,
    longest: timedelta | None,
) -> Inscriptions:
    """Settle a list without those who yield their time, and with the time of whom they yield to."""
    ordered = settled(inscriptions)
    receiver = _found(ordered, to)
    named = _several(ordered, givers)
    if receiver in named:
        msg = f"{receiver} cannot yield to itself: name others"
        raise InvalidValue(msg)
    if limits.for_all:
        msg = f"the limit of {show(limits.default)} holds for all, so nobody can have more"
        raise Refused(msg, "one limit for all")
    all_givers = [*_givers_of(receiver)]
    for giver in named:
        all_givers += [*_givers_of(giver), giver.id]
    if most is not None and len(all_givers) > most:
        msg = f"at most {most} may yield their time to one, and it would be {len(all_givers)}"
        raise Refused(msg, "yielding")
    own = limits.of(receiver)
    limit = sum(map(limits.of, named), own)
    if longest is not None:
        limit = max(own, min(limit, longest))
    traits = dict(receiver.traits) | {YIELDED: ", ".join(all_givers)}
    noted = _noted(receiver, f"time yielded by {_all(named)}")
    heir = attrs.evolve(noted, limit=limit, traits=traits)
    kept = (who for who in ordered if who not in named)
    return _numbered(heir if who.id == receiver.id else who for who in kept)


def _givers_of(inscription: Inscription) -> list[str]:
    told = inscription.trait(YIELDED)
    return told.split(", ") if told else []


def pooled(  # noqa: PLR0913  # the parts of the rule
    inscriptions: Inscriptions,
    names: Iterable[str],
    group: str,
    *,
    limit: timedelta | None,
    least: int | None,
    speaker: str | None,
) -> Inscriptions:
    """Settle a list with one statement at the place of the first of those who make it."""
    ordered = settled(inscriptions)
    named = _several(ordered, names)
    if len(named) < (least or _LEAST_POOLED):
        msg = f"a common statement is made by {least or _LEAST_POOLED} or more, got {len(named)}"
        raise Refused(msg, "pooling")
    first = min(named, key=lambda who: who.place or 0)
    one = _spokesperson(named, first, speaker)
    traits = dict(one.traits) | {POOLED: ", ".join(who.id for who in named)}
    traits.pop(YIELDED, None)
    one = attrs.evolve(
        one,
        on_behalf=as_title(group),
        limit=limit,
        placed=_noted(first, f"pooled from {_all(named)}").placed,
        traits=traits,
    )
    kept = tuple(who for who in ordered if who not in named)
    _refuse_a_second(kept, one)
    at = sum((who.place or 0) < (first.place or 0) for who in kept)
    return _numbered([*kept[:at], one, *kept[at:]])


def _spokesperson(named: Inscriptions, first: Inscription, speaker: str | None) -> Inscription:
    """The inscription of whoever speaks: one of those named, the first, or a person beside them."""
    if speaker is None:
        return attrs.evolve(first, id=None)
    try:
        return attrs.evolve(_found(named, speaker), id=None)
    except UnknownName:
        pass
    categories = {who.category for who in named}
    return Inscription(
        speaker=speaker,
        category=categories.pop() if len(categories) == 1 else None,
        received=first.received,
        late=first.late,
    )


def joined(inscriptions: Inscriptions, new: Inscription) -> Inscriptions:
    """Put a request behind all others."""
    _refuse_a_second(inscriptions, new)
    return (*inscriptions, new)


def _found(inscriptions: Inscriptions, name: str) -> Inscription:
    return inscriptions[position(inscriptions, name) - 1]


def _several(inscriptions: Inscriptions, names: Iterable[str]) -> Inscriptions:
    found = tuple(_found(inscriptions, name) for name in as_tuple(names))
    if not found:
        msg = "expected the names of speakers, got none"
        raise InvalidValue(msg)
    for at, who in enumerate(found):
        if who in found[:at]:
            msg = f"{who} is named twice: name everybody once"
            raise InvalidValue(msg)
    return found
