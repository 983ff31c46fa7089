"""Rules on time and room: what overlaps, lies outside, or is too long or too short."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from r2psched.blocks import from_epoch
from r2psched.checks.rules import Said, local, places_of, rule
from r2psched.durations import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from r2psched.programme import Part, Programme

__all__: list[str] = []


def _overlaps(parts: Iterable[Part]) -> Iterator[tuple[Part, Part]]:
    """Each part that begins before an earlier one of another session has ended, with that one."""
    longest: Part | None = None
    for part in parts:
        if longest and part.block.start_us < longest.block.end_us:
            yield longest, part
        if longest is None or part.block.end_us > longest.block.end_us:
            longest = part


@rule("room-overlap", "error")
def _room_overlap(programme: Programme) -> Iterator[Said]:
    """Two sessions overlap in one room; sessions that name no room count as one room."""
    places = places_of(programme)
    rooms: dict[str | None, list[Part]] = defaultdict(list)
    for part in programme.parts:
        rooms[programme.room_of(part.session)].append(part)
    for room, parts in rooms.items():
        for first, second in _overlaps(parts):
            where = f"which has the same room, {room}" if room else "and neither names a room"
            yield Said(
                places[second.session.id],
                f"begins {local(programme, second.block.start)}, before the end, "
                f"{local(programme, first.block.end)}, of {places[first.session.id]}, {where}",
                "move one of them, or give it another room",
            )


def _overlaps_elsewhere(programme: Programme, parts: Iterable[Part]) -> Iterator[tuple[Part, Part]]:
    """Each part that begins before an earlier one in another room has ended, with that one."""
    # In any room but one's own, what ends last is among the last of two rooms.
    last: list[Part] = []
    for part in parts:
        room = programme.room_of(part.session)
        other = next((each for each in last if programme.room_of(each.session) != room), None)
        if other and part.block.start_us < other.block.end_us:
            yield other, part
        rooms: dict[str | None, Part] = {}
        for each in sorted([*last, part], key=lambda each: -each.block.end_us):
            rooms.setdefault(programme.room_of(each.session), each)
        last = list(rooms.values())[:2]


@rule("person-in-two-rooms", "error")
def _person_in_two_rooms(programme: Programme) -> Iterator[Said]:
    """A person has a part in two sessions that overlap in different rooms."""
    places = places_of(programme)
    people: dict[str, list[Part]] = defaultdict(list)
    for part in programme.parts:
        for name in dict.fromkeys(person.name for _, person in part.session.people):
            people[name].append(part)
    for name, parts in people.items():
        for first, second in _overlaps_elsewhere(programme, parts):
            room = programme.room_of(first.session) or "no stated room"
            yield Said(
                places[second.session.id],
                f"{name} is still in {room} for {places[first.session.id]} until "
                f"{local(programme, first.block.end)}",
                "move one of the sessions, or ask somebody else",
            )


@rule("outside-dates", "error")
def _outside_dates(programme: Programme) -> Iterator[Said]:
    """A block begins on a date that is none of the programme's."""
    places, dates = places_of(programme), set(programme.dates)
    for session, _, block in programme.parts if dates else ():
        if block.start.date() not in dates:
            yield Said(
                places[session.id],
                f"begins on {block.start.date().isoformat()}, which is no date of the programme",
                "correct the time, or add the date to dates",
            )


@rule("no-time", "warning")
def _no_time(programme: Programme) -> Iterator[Said]:
    """A session has no time."""
    places = places_of(programme)
    for session in programme.sessions:
        if not session.blocks:
            yield Said(places[session.id], "has no time", 'give it one: time = "10:00-13:00"')


@rule("reserve-too-long", "error")
def _reserve_too_long(programme: Programme) -> Iterator[Said]:
    """The reserves of a block are longer than the block."""
    places = places_of(programme)
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


@rule("sitting-too-long", "warning")
def _sitting_too_long(programme: Programme) -> Iterator[Said]:
    """A sitting is longer than the house allows."""
    longest = programme.asked.longest_sitting
    for room, span, _ in programme.sittings if longest else ():
        if longest and span.duration > longest:
            yield Said(
                room or "",
                f"the sitting {span} lasts {show(span.duration)}; the house allows {show(longest)}",
                "shorten it, or put a pause of 30 minutes or more into it",
            )


@rule("pause-too-short", "warning")
def _pause_too_short(programme: Programme) -> Iterator[Said]:
    """The pause between two sittings in one room on one day is shorter than the house asks."""
    shortest = programme.asked.shortest_pause
    rooms: dict[str | None, list[tuple[int, int]]] = defaultdict(list)
    for room, span, _ in programme.sittings if shortest else ():
        rooms[room].append((span.start_us, span.end_us))
    for room, spans in rooms.items():
        for (_, end), (start, _) in pairwise(spans):
            pause = timedelta(microseconds=start - end)
            days = {from_epoch(us, programme.zone).date() for us in (end, start)}
            if shortest and pause < shortest and len(days) == 1:
                after = local(programme, from_epoch(end, programme.zone))
                yield Said(
                    room or "",
                    f"the pause after {after} lasts {show(pause)}; the house asks {show(shortest)}",
                    "lengthen it",
                )
