"""Rules on lists of speakers: when they close, under which limits, and whether they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.checks.rules import Said, lists_of, local, rule
from r2psched.durations import show
from r2psched.errors import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    import pendulum

    from r2psched.programme import Programme
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


def _closings(
    programme: Programme,
) -> Iterator[tuple[str, pendulum.DateTime, pendulum.DateTime, pendulum.DateTime]]:
    for place, session, speakers in lists_of(programme):
        closes = speakers.registration.closes if speakers.registration else None
        if closes is not None and session.blocks:
            yield f"{place}: speakers", closes, session.blocks[0].start, session.blocks[-1].end


@rule("list-closes-after-end", "error")
def _list_closes_after_end(programme: Programme) -> Iterator[Said]:
    """A list closes after its session has ended."""
    for place, closes, _, end in _closings(programme):
        if closes > end:
            yield Said(
                place,
                f"closes {local(programme, closes)}, after the session has ended at "
                f"{local(programme, end)}",
                "correct the deadline",
            )


@rule("list-closes-after-start", "warning")
def _list_closes_after_start(programme: Programme) -> Iterator[Said]:
    """A list closes while its session is under way, which only some bodies allow."""
    for place, closes, start, end in _closings(programme):
        if start < closes <= end:
            yield Said(
                place,
                f"closes {local(programme, closes)}, after the session has begun at "
                f"{local(programme, start)}",
                "correct the deadline, or ignore this where the body allows it",
            )


@rule("late-without-reason", "error")
def _late_without_reason(programme: Programme) -> Iterator[Said]:
    """An inscription came in after its list had closed, and no reason is given to accept it."""
    for place, _, speakers in lists_of(programme):
        closes = speakers.registration.closes if speakers.registration else None
        for at, who in enumerate(speakers.inscriptions, 1):
            if closes and who.received and who.received > closes and not who.late:
                yield Said(
                    f"{place}: speakers.inscriptions[{at}] {shown(who.name)}",
                    f"came in {local(programme, who.received)}, after the list had closed "
                    f"{local(programme, closes)}",
                    'remove it, or give a reason: late = "…"',
                )


@rule("no-limit", "warning")
def _no_limit(programme: Programme) -> Iterator[Said]:
    """A list states no limit, so that nothing can be counted without naming one."""
    for place, _, speakers in lists_of(programme):
        if speakers.limits is None:
            yield Said(f"{place}: speakers", "states no limit", 'give one: limit = "3 min"')


@rule("limit-too-long", "error")
def _limit_too_long(programme: Programme) -> Iterator[Said]:
    """A limit is longer than the floor time of every block, so whoever has it is not heard."""
    for place, session, speakers in lists_of(programme):
        if speakers.limits is None or not session.blocks:
            continue
        longest = max(session.floor().times)
        for where, whose, limit in _limits(speakers, speakers.limits):
            if limit > longest:
                yield Said(
                    f"{place}: speakers{where}",
                    f"the limit of {show(limit)}{whose} is longer than every block: "
                    f"the longest leaves {show(longest)}",
                    "shorten the limit or the reserves, or lengthen a block",
                )


def _limits(speakers: SpeakerList, limits: SpeakingLimits) -> Iterator[tuple[str, str, timedelta]]:
    """Give each limit of a list with where it stands and for whom it is."""
    yield "", " by default", limits.default
    for name, limit in limits.categories:
        yield "", f" for category {shown(name)}", limit
    if limits.on_behalf is not None:
        yield "", " on behalf of a group", limits.on_behalf
    for at, who in enumerate(speakers.inscriptions, 1):
        if who.limit is not None:
            yield f".inscriptions[{at}] {shown(who.name)}", "", who.limit


@rule("list-too-long", "warning")
def _list_too_long(programme: Programme) -> Iterator[Said]:
    """A list does not fit: somebody is below the cut line."""
    for place, session, speakers in lists_of(programme):
        if speakers.limits is None or not session.blocks:
            continue
        order = session.running_order()
        if not order.unheard:
            continue
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
        yield Said(
            f"{place}: speakers",
            f"{most}{len(order)} of {len(speakers)} are heard in {show(session.floor().time)}",
            ", ".join(remedies),
        )
