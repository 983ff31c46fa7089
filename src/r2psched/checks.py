"""Checks: whether a programme is sound, one labelled rule for each thing that can be wrong."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from r2psched.blocks import from_epoch, write_moment
from r2psched.durations import show
from r2psched.errors import nearest, shown
from r2psched.findings import Finding, Findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pendulum

    from r2psched.findings import Severity
    from r2psched.programme import Part, Programme
    from r2psched.sessions import Session
    from r2psched.speakers import SpeakerList

__all__ = ["RULES", "Rule", "check"]


class Said(NamedTuple):
    """What a rule says once: where, what is so, and what to do about it."""

    place: str
    message: str
    remedy: str = ""


class Rule(NamedTuple):
    """One rule.

    Attributes:
        code: Its label, for `ignore`.
        severity: "error", "warning" or "note".
        summary: What it says, in a sentence.
        find: Finds everything that it has to say of a programme.
    """

    code: str
    severity: Severity
    summary: str
    find: Callable[[Programme], Iterator[Said]]


RULES: dict[str, Rule] = {}
"""Every rule by its code, in the order in which they are applied."""


def _rule(
    code: str, severity: Severity
) -> Callable[[Callable[[Programme], Iterator[Said]]], Callable[[Programme], Iterator[Said]]]:
    def register(
        find: Callable[[Programme], Iterator[Said]],
    ) -> Callable[[Programme], Iterator[Said]]:
        RULES[code] = Rule(code, severity, (find.__doc__ or "").strip(), find)
        return find

    return register


def check(programme: Programme, *, ignore: Iterable[str] = ()) -> Findings:
    """Say what is wrong, doubtful or noteworthy in a programme.

    Args:
        programme: The programme.
        ignore: Codes not to tell, besides those that the programme itself ignores.

    Returns:
        Findings, errors first; see `RULES` for all that can be said.

    >>> from r2psched import Day, Programme, Session
    >>> day = Day("2014-09-08", zone="UTC")
    >>> meeting = Programme("r2p", "Dialogue", room="A", revised=day.at("9:00"), sessions=[
    ...     Session("Panel", day("10:00-11:00"), id="panel"),
    ...     Session("Debate", day("10:30-12:00"), id="debate")])
    >>> print(check(meeting))
    error [room-overlap] sessions[2] "Debate": begins 2014-09-08 10:30, before sessions[1] "Panel" \
in the same room, A, ends at 11:00; move one of them, or give it another room
    """
    silent = {*programme.ignore, *ignore}
    return Findings(
        [
            Finding(rule.code, rule.severity, said.place, said.message, said.remedy)
            for rule in RULES.values()
            if rule.code not in silent
            for said in rule.find(programme)
        ]
    )


def _places(programme: Programme) -> dict[str, str]:
    return {
        session.id: f"sessions[{at}] {shown(session.title)}"
        for at, session in enumerate(programme.sessions, 1)
    }


def _local(programme: Programme, moment: pendulum.DateTime) -> str:
    return write_moment(moment.in_timezone(programme.zone))


def _overlaps(parts: Iterable[Part]) -> Iterator[tuple[Part, Part]]:
    """Each part that begins before an earlier one of another session has ended, with that one."""
    longest: Part | None = None
    for part in parts:
        if longest and part.block.start_us < longest.block.end_us:
            yield longest, part
        if longest is None or part.block.end_us > longest.block.end_us:
            longest = part


@_rule("room-overlap", "error")
def _room_overlap(programme: Programme) -> Iterator[Said]:
    """Two sessions overlap in one room; sessions that name no room count as one room."""
    places = _places(programme)
    rooms: dict[str | None, list[Part]] = defaultdict(list)
    for part in programme.parts:
        rooms[programme.room_of(part.session)].append(part)
    for room, parts in rooms.items():
        for first, second in _overlaps(parts):
            where = f"in the same room, {room}," if room else "in no stated room,"
            yield Said(
                places[second.session.id],
                f"begins {_local(programme, second.block.start)}, before "
                f"{places[first.session.id]} {where} ends at {first.block.end:%H:%M}",
                "move one of them, or give it another room",
            )


@_rule("person-in-two-rooms", "error")
def _person_in_two_rooms(programme: Programme) -> Iterator[Said]:
    """A person has a part in two sessions that overlap in different rooms."""
    places = _places(programme)
    people: dict[str, list[Part]] = defaultdict(list)
    for part in programme.parts:
        for name in dict.fromkeys(person.name for _, person in part.session.people):
            people[name].append(part)
    for name, parts in people.items():
        for first, second in _overlaps(parts):
            rooms = [programme.room_of(part.session) for part in (first, second)]
            if rooms[0] != rooms[1]:
                yield Said(
                    places[second.session.id],
                    f"{name} is still in {rooms[0] or 'no stated room'} for "
                    f"{places[first.session.id]} until {first.block.end:%H:%M}",
                    "move one of the sessions, or ask somebody else",
                )


@_rule("outside-dates", "error")
def _outside_dates(programme: Programme) -> Iterator[Said]:
    """A block begins on a date that is none of the programme's."""
    places, dates = _places(programme), set(programme.dates)
    for session, _, block in programme.parts if dates else ():
        if block.start.date() not in dates:
            yield Said(
                places[session.id],
                f"begins on {block.start.date().isoformat()}, which is no date of the programme",
                "correct the time, or add the date to dates",
            )


@_rule("no-time", "warning")
def _no_time(programme: Programme) -> Iterator[Said]:
    """A session has no time."""
    places = _places(programme)
    for session in programme.sessions:
        if not session.blocks:
            yield Said(places[session.id], "has no time", 'give it one: time = "10:00-13:00"')


def _lists(programme: Programme) -> Iterator[tuple[str, Session, SpeakerList]]:
    places = _places(programme)
    for session in programme.sessions:
        if session.speakers is not None:
            yield places[session.id], session, session.speakers


@_rule("list-opens-after-it-closes", "error")
def _list_opens_after_it_closes(programme: Programme) -> Iterator[Said]:
    """A registration, to attend or to speak, opens at or after the moment it closes."""
    registrations = [("registration", programme.registration)]
    registrations += [(f"{p}: speakers", s.registration) for p, _, s in _lists(programme)]
    for place, registration in registrations:
        if registration and registration.opens and registration.closes:  # noqa: SIM102  # two questions
            if registration.opens >= registration.closes:
                yield Said(
                    place,
                    f"opens {_local(programme, registration.opens)}, not before it closes "
                    f"{_local(programme, registration.closes)}",
                    "correct one of the two",
                )


def _closings(
    programme: Programme,
) -> Iterator[tuple[str, pendulum.DateTime, pendulum.DateTime, pendulum.DateTime]]:
    for place, session, speakers in _lists(programme):
        closes = speakers.registration.closes if speakers.registration else None
        if closes is not None and session.blocks:
            yield f"{place}: speakers", closes, session.blocks[0].start, session.blocks[-1].end


@_rule("list-closes-after-end", "error")
def _list_closes_after_end(programme: Programme) -> Iterator[Said]:
    """A list closes after its session has ended."""
    for place, closes, _, end in _closings(programme):
        if closes > end:
            yield Said(
                place,
                f"closes {_local(programme, closes)}, after the session has ended at "
                f"{_local(programme, end)}",
                "correct the deadline",
            )


@_rule("list-closes-after-start", "warning")
def _list_closes_after_start(programme: Programme) -> Iterator[Said]:
    """A list closes while its session is under way, which only some bodies allow."""
    for place, closes, start, end in _closings(programme):
        if start < closes <= end:
            yield Said(
                place,
                f"closes {_local(programme, closes)}, after the session has begun at "
                f"{_local(programme, start)}",
                "correct the deadline, or ignore this where the body allows it",
            )


@_rule("late-without-reason", "error")
def _late_without_reason(programme: Programme) -> Iterator[Said]:
    """An inscription came in after its list had closed, and no reason is given to accept it."""
    for place, _, speakers in _lists(programme):
        closes = speakers.registration.closes if speakers.registration else None
        for at, who in enumerate(speakers.inscriptions, 1):
            if closes and who.received and who.received > closes and not who.late:
                yield Said(
                    f"{place}: speakers.inscriptions[{at}] {shown(who.name)}",
                    f"came in {_local(programme, who.received)}, after the list had closed "
                    f"{_local(programme, closes)}",
                    'remove it, or give a reason: late = "…"',
                )


@_rule("no-limit", "warning")
def _no_limit(programme: Programme) -> Iterator[Said]:
    """A list states no limit, so that nothing can be counted without naming one."""
    for place, _, speakers in _lists(programme):
        if speakers.limits is None:
            yield Said(f"{place}: speakers", "states no limit", 'give one: limit = "3 min"')


@_rule("limit-too-long", "error")
def _limit_too_long(programme: Programme) -> Iterator[Said]:
    """A limit is longer than the floor time of every block, so whoever has it is not heard."""
    for place, session, speakers in _lists(programme):
        if speakers.limits is None or not session.blocks:
            continue
        longest = max(session.floor().times)
        limits = {row: limit for row, limit in _limits(speakers) if limit > longest}
        for whose, limit in limits.items():
            yield Said(
                f"{place}: speakers",
                f"the limit of {show(limit)} {whose} is longer than every block: "
                f"the longest leaves {show(longest)}",
                "shorten the limit or the reserves, or lengthen a block",
            )


def _limits(speakers: SpeakerList) -> Iterator[tuple[str, timedelta]]:
    limits = speakers.limits
    if limits is not None:
        yield "by default", limits.default
        yield from ((f"for category {shown(name)}", limit) for name, limit in limits.categories)
        if limits.on_behalf is not None:
            yield "on behalf of a group", limits.on_behalf
    for who in speakers.inscriptions:
        if who.limit is not None:
            yield f"of {shown(who.name)}", who.limit


@_rule("list-too-long", "warning")
def _list_too_long(programme: Programme) -> Iterator[Said]:
    """A list does not fit: somebody is below the cut line."""
    for place, session, speakers in _lists(programme):
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


@_rule("reserve-too-long", "error")
def _reserve_too_long(programme: Programme) -> Iterator[Said]:
    """The reserves of a block are longer than the block."""
    places = _places(programme)
    for session in programme.sessions:
        for block, (start, end) in zip(session.blocks, session.floor().frame.spans, strict=True):
            if end < start:
                kept = block.duration + timedelta(microseconds=start - end)
                yield Said(
                    places[session.id],
                    f"the reserves of the block {block} take {show(kept)}, but it lasts "
                    f"{show(block.duration)}",
                    "shorten them, or lengthen the block",
                )


@_rule("open-length", "note")
def _open_length(programme: Programme) -> Iterator[Said]:
    """The length of a reserve is unknown or assumed, and answers rest on it."""
    places = _places(programme)
    for session in programme.sessions:
        for line in session.floor().assumptions:
            yield Said(
                places[session.id], f"answers rest on: {line}", "state its length once it is known"
            )


@_rule("derived-id", "warning")
def _derived_id(programme: Programme) -> Iterator[Said]:
    """An id is derived from a title or name: renaming would double the calendar entry."""
    places = _places(programme)
    remedy = "write it into the file: r2psched ids FILE"
    for session in programme.sessions:
        if session.given_id is None:
            yield Said(
                places[session.id],
                f"its id, {session.id}, is derived from its title: another title would double "
                "its calendar entries",
                remedy,
            )
    for place, _, speakers in _lists(programme):
        derived = [who for who in speakers.inscriptions if who.given_id is None]
        if derived:
            more = f" and {len(derived) - 1} more" if len(derived) > 1 else ""
            yield Said(
                f"{place}: speakers",
                f"the ids of {shown(str(derived[0]))}{more} are derived from the names: another "
                "name would double the calendar entry",
                remedy,
            )


@_rule("confirmed-without-venue", "warning")
def _confirmed_without_venue(programme: Programme) -> Iterator[Said]:
    """The programme is confirmed but names no venue."""
    if programme.status == "confirmed" and programme.venue is None:
        yield Said("", "is confirmed, but names no venue", 'give it one: venue = "…"')


@_rule("no-revision-time", "note")
def _no_revision_time(programme: Programme) -> Iterator[Said]:
    """The programme does not say when it was revised, so calendars carry a fixed date instead."""
    if programme.revised is None:
        yield Said(
            "",
            f"revision {programme.revision} has no time: calendars tell revisions by their number "
            "alone",
            "write when it was made: revised = 2014-07-31T12:00:00Z",
        )


@_rule("sitting-too-long", "warning")
def _sitting_too_long(programme: Programme) -> Iterator[Said]:
    """A sitting is longer than the house allows."""
    longest = programme.house.longest_sitting
    for room, span, _ in programme.sittings if longest else ():
        if longest and span.duration > longest:
            yield Said(
                room or "",
                f"the sitting {span} lasts {show(span.duration)}; the house allows {show(longest)}",
                "shorten it, or put a pause of 30 minutes or more into it",
            )


@_rule("pause-too-short", "warning")
def _pause_too_short(programme: Programme) -> Iterator[Said]:
    """The pause between two sittings in one room on one day is shorter than the house asks."""
    shortest = programme.house.shortest_pause
    rooms: dict[str | None, list[tuple[int, int]]] = defaultdict(list)
    for room, span, _ in programme.sittings if shortest else ():
        rooms[room].append((span.start_us, span.end_us))
    for room, spans in rooms.items():
        for (_, end), (start, _) in pairwise(spans):
            pause = timedelta(microseconds=start - end)
            if shortest and pause < shortest:
                after = _local(programme, from_epoch(end, programme.zone))
                yield Said(
                    room or "",
                    f"the pause after {after} lasts {show(pause)}; the house asks {show(shortest)}",
                    "lengthen it",
                )


@_rule("unknown-code", "warning")
def _unknown_code(programme: Programme) -> Iterator[Said]:
    """A code to ignore is the code of no rule."""
    for code in programme.ignore:
        if code not in RULES:
            close = nearest(code, RULES)
            remedy = f"did you mean {close}?" if close else "remove it"
            yield Said("ignore", f"{shown(code)} is no code of a rule", remedy)
