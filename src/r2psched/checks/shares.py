"""Rules on time that is divided among groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.checks.rules import Said, lists_of, places_of, rule
from r2psched.durations import show
from r2psched.speakers.traits import unstated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2psched.programme import Programme

__all__: list[str] = []


@rule("share-without-group", "warning")
def _share_without_group(programme: Programme) -> Iterator[Said]:
    """Time is divided by a trait that nobody on the list has, so that no share is asked for."""
    for place, session, speakers in lists_of(programme):
        if session.shares is None:
            continue
        lacks = unstated(speakers, session.shares.by)
        if lacks is not None:
            yield Said(f"{place}: shares", lacks, 'name what tells groups: by = "…"')


@rule("shares-exceed-floor", "warning")
def _shares_exceed_floor(programme: Programme) -> Iterator[Said]:
    """More time is divided among groups than the session has for its list."""
    places = places_of(programme)
    for session in programme.sessions:
        time = None if session.shares is None else session.shares.time
        if time is None or not session.blocks:
            continue
        floor = session.floor()
        if time > floor.time:
            most = "at most " if floor.at_most else ""
            yield Said(
                f"{places[session.id]}: shares",
                f"{show(time)} is divided, and the floor time is {most}{show(floor.time)}",
                "shorten time, or lengthen a block",
            )
