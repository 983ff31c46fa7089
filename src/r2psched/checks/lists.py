"""Rules on lists of speakers: when they close, under which limits, and whether they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.checks.rules import (
    Said,
    inscribed_at,
    lists_of,
    local,
    no_seed,
    outcome_of,
    rule,
)
from r2psched.durations import show
from r2psched.errors import InvalidValue, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    import pendulum

    from r2psched.programme import Programme
    from r2psched.seating import RunningOrder
    from r2psched.sessions import Session
    from r2psched.speakers import SpeakerList, SpeakingLimits

__all__: list[str] = []


@rule("list-opens-after-it-closes", "error")
def _list_opens_after_it_closes(programme: Programme) -> Iterator[Said]:
    """A registration, to attend or to speak, opens at or after the moment it closes."""
    registrations = [("registration", programme.registration)]
    registrations += [(f"{p}: speakers", s.registration) for p, _, s in lists_of(programme)]
    for place, registration in registrations:
        opens = registration.opens if registration else None
        closes = registration.closes if registration else None
        if opens and closes and opens >= closes:
            yield Said(
                place,
                f"opens {local(programme, opens)}, not before it closes {local(programme, closes)}",
                "correct one of the two",
            )


def _closings(programme: Programme) -> Iterator[tuple[str, Session, pendulum.DateTime]]:
    for place, session, speakers in lists_of(programme):
        closes = speakers.registration.closes if speakers.registration else None
        if closes is not None and session.blocks:
            yield f"{place}: speakers", session, closes


@rule("list-closes-after-end", "error")
def _list_closes_after_end(programme: Programme) -> Iterator[Said]:
    """A list closes after its session has ended."""
    for place, session, closes in _closings(programme):
        end = session.blocks[-1].end
        if closes > end:
            yield Said(
                place,
                f"closes {local(programme, closes)}, after the session has ended at "
                f"{local(programme, end)}",
                "correct the deadline",
            )


@rule("list-closes-after-start", "warning")
def _list_closes_after_start(programme: Programme) -> Iterator[Said]:
    """A list closes while its session is under way, later than the procedure allows if any does."""
    for place, session, closes in _closings(programme):
        start, rules = session.blocks[0].start, session.procedure
        if not start < closes <= session.blocks[-1].end:
            continue
        if rules is None or rules.list_closes is None:
            allowed, remedy = "", "correct the deadline, or ignore this where the body allows it"
        elif closes - start <= rules.list_closes:
            continue
        else:
            allowed = f"; {rules.id} has it close {show(rules.list_closes)} after the start"
            remedy = "correct the deadline"
        yield Said(
            place,
            f"closes {local(programme, closes)}, after the session has begun at "
            f"{local(programme, start)}{allowed}",
            remedy,
        )


@rule("late-without-reason", "error")
def _late_without_reason(programme: Programme) -> Iterator[Said]:
    """An inscription came in after its list had closed, and no reason is given to accept it."""
    for place, session, speakers in lists_of(programme):
        closes = _closes(session)
        for at, who in enumerate(speakers.inscriptions, 1):
            if closes and who.received and who.received > closes and not who.late:
                yield Said(
                    inscribed_at(place, at, who),
                    f"came in {local(programme, who.received)}, after the list had closed "
                    f"{local(programme, closes)}",
                    'remove it, or give a reason: late = "…"',
                )


def _closes(session: Session) -> pendulum.DateTime | None:
    try:
        return session.list_closes
    except InvalidValue:  # it is later than a calendar goes
        return None


@rule("no-limit", "warning")
def _no_limit(programme: Programme) -> Iterator[Said]:
    """A list states no limit, nor does its procedure, so that nothing can be counted."""
    for place, session, speakers in lists_of(programme):
        if session.limits is None and not _stepped(session, len(speakers)):
            rules = session.procedure
            nor = "" if rules is None else f", nor does {rules.id} for a list of {len(speakers)}"
            yield Said(f"{place}: speakers", f"states no limit{nor}", 'give one: limit = "3 min"')


def _stepped(session: Session, inscribed: int) -> bool:
    """Whether a step of the procedure gives a list of so many a limit."""
    steps = () if session.procedure is None else session.procedure.when_too_long
    return any(step.applies_to(inscribed) for step in steps)


@rule("limit-too-long", "error")
def _limit_too_long(programme: Programme) -> Iterator[Said]:
    """A limit is longer than the floor time of every block, so whoever has it is not heard."""
    for place, session, speakers in lists_of(programme):
        if session.limits is None or not session.blocks:
            continue
        longest = max(session.floor().times)
        for where, whose, limit in _limits(programme, speakers, session.limits):
            if limit > longest:
                yield Said(
                    f"{place}: speakers{where}",
                    f"the limit of {show(limit)}{whose} is longer than every block: "
                    f"the longest leaves {show(longest)}",
                    "shorten the limit or the reserves, or lengthen a block",
                )


def _limits(
    programme: Programme, speakers: SpeakerList, limits: SpeakingLimits
) -> Iterator[tuple[str, str, timedelta]]:
    """Give each limit of a list with where it stands and for whom it is."""
    periods = [("", limits)]
    periods += [(f" from {local(programme, each.since)}", each) for each in speakers.later_limits]
    for since, each in periods:
        yield "", f" by default{since}", each.default
        for name, limit in each.categories:
            yield "", f" for category {shown(name)}{since}", limit
        if each.on_behalf is not None:
            yield "", f" on behalf of a group{since}", each.on_behalf
    for at, who in enumerate(speakers.inscriptions, 1):
        if who.limit is not None:
            yield f".inscriptions[{at}] {shown(who.name)}", "", who.limit


@rule("limits-change-outside", "warning")
def _limits_change_outside(programme: Programme) -> Iterator[Said]:
    """Limits change at a moment at which the session is not under way."""
    for place, session, speakers in lists_of(programme):
        for each in speakers.later_limits if session.blocks else ():
            start, end = session.blocks[0].start, session.blocks[-1].end
            if not start <= each.since < end:
                when = "before the session begins at" if each.since < start else "after it ends at"
                yield Said(
                    f"{place}: speakers",
                    f"limits change {local(programme, each.since)}, {when} "
                    f"{local(programme, start if each.since < start else end)}",
                    "correct the moment, or remove what never applies",
                )


@rule("list-too-long", "warning")
def _list_too_long(programme: Programme) -> Iterator[Said]:
    """A list does not fit, whatever its procedure tries: somebody is below the cut line."""
    for place, session, speakers in lists_of(programme):
        if not session.blocks or not speakers.inscriptions:
            continue
        said = None
        if session.is_ruled:
            said = _ruled_too_long(session, speakers)
        elif session.limits is not None:
            said = _too_long(session.running_order())
        if said is not None:
            yield Said(f"{place}: speakers", *said)


def _ruled_too_long(session: Session, speakers: SpeakerList) -> tuple[str, str] | None:
    outcome = outcome_of(session)
    if isinstance(outcome, str):
        told = session.limits is not None or not _stepped(session, len(speakers))
        if told or outcome == no_seed():
            return None
        message, _, remedy = outcome.rpartition(": ")
        return message, remedy
    order, reached = outcome.order, outcome.reached
    if reached.lacks is None:
        return None
    if order.most is not None:
        return f"{reached.step}: {reached.lacks}", "shorten their limit, or lengthen a block"
    stepped = len(outcome.attempts) > 1 or session.limits is None
    return _too_long(order, f" under {reached.step}" if stepped else "")


def _too_long(order: RunningOrder, under: str = "") -> tuple[str, str] | None:
    if not order.unheard:
        return None
    limits, missing = order.longest_limits(), order.missing()
    remedies = [f"limit everybody to {show(limits.for_all)}"] if limits.for_all else []
    if limits.default_only and limits.default_only != limits.for_all:
        remedies.append(f"shorten the default limit alone to {show(limits.default_only)}")
    if missing is not None:
        remedies.append(f"add {show(missing)} to the end of the last block")
    remedies.append(f"add a block of {show(order.missing_block())}")
    first = order.unheard[0]
    remedies.append(f"or draw the cut line before number {len(order) + 1}, {first}")
    most = "at most " if order.at_most else ""
    heard = f"{most}{len(order)} of {len(order.inscriptions)} are heard"
    return f"{heard} in {show(order.floor.time)}{under}", ", ".join(remedies)
