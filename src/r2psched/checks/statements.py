"""Rules on what a programme states of itself: ids, lengths, venue, revision, codes to ignore."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.checks.rules import RULES, Said, lists_of, places_of, rule
from r2psched.errors import nearest, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2psched.programme import Programme

__all__: list[str] = []


@rule("open-length", "note")
def _open_length(programme: Programme) -> Iterator[Said]:
    """The length of a reserve is unknown or assumed, and answers rest on it."""
    places = places_of(programme)
    for session in programme.sessions:
        for line in session.floor().assumptions:
            yield Said(
                places[session.id], f"answers rest on: {line}", "state its length once it is known"
            )


@rule("derived-id", "warning")
def _derived_id(programme: Programme) -> Iterator[Said]:
    """An id is derived from a title or name: renaming would double the calendar entry."""
    places = places_of(programme)
    remedy = "write it into the file: r2psched ids FILE"
    elsewhere = {each.session for each in programme.originals if each.is_derived}
    for session in programme.sessions:
        if session.given_id is None or session.id in elsewhere:
            yield Said(
                places[session.id],
                f"its id, {session.id}, is derived from its title: another title would double "
                "its calendar entries",
                remedy,
            )
    for place, _, speakers in lists_of(programme):
        derived = [who for who in speakers.inscriptions if who.given_id is None]
        if derived:
            more = f" and {len(derived) - 1} more" if len(derived) > 1 else ""
            yield Said(
                f"{place}: speakers",
                f"the ids of {shown(str(derived[0]))}{more} are derived from the names: another "
                "name would double the calendar entry",
                remedy,
            )


@rule("confirmed-without-venue", "warning")
def _confirmed_without_venue(programme: Programme) -> Iterator[Said]:
    """The programme is confirmed but names no venue."""
    if programme.status == "confirmed" and programme.venue is None:
        yield Said("", "is confirmed, but names no venue", 'give it one: venue = "…"')


@rule("no-revision-time", "note")
def _no_revision_time(programme: Programme) -> Iterator[Said]:
    """The programme does not say when it was revised, so calendars carry a fixed date instead."""
    if programme.revised is None:
        yield Said(
            "",
            f"revision {programme.revision} has no time: calendars tell revisions by their number "
            "alone",
            "write when it was made: revised = 2014-07-31T12:00:00Z",
        )


@rule("untranslated", "note")
def _untranslated(programme: Programme) -> Iterator[Said]:
    """A text is not there in a language in which others of the file are."""
    for place, lacking, instead in programme.untranslated:
        named, written = map(shown, lacking), (f'{each} = "…"' for each in lacking)
        yield Said(
            place,
            f"is not there in {' and '.join(named)}, and is told in {shown(instead)}",
            f"add {', '.join(written)}",
        )


@rule("unknown-code", "warning")
def _unknown_code(programme: Programme) -> Iterator[Said]:
    """A code to ignore is the code of no rule."""
    for code in programme.ignore:
        if code not in RULES:
            close = nearest(code, RULES)
            remedy = f"did you mean {close}?" if close else "remove it"
            yield Said("ignore", f"{shown(code)} is no code of a rule", remedy)
