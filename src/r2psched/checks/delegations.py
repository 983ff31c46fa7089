"""Rules on who is inscribed: a delegation twice, or one whose name may be misspelt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.checks.rules import Said, inscribed_at, lists_of, rule
from r2psched.errors import shown
from r2psched.speakers.changes import REPLY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2psched.delegations import Delegation
    from r2psched.programme import Programme
    from r2psched.speakers import Inscription, SpeakerList

__all__: list[str] = []

_MOST_SUGGESTED = 50


def _states(speakers: SpeakerList) -> Iterator[tuple[int, Inscription, Delegation | None]]:
    """Each inscription of a delegation with its number and the State it is, or None."""
    named = [(at, who) for at, who in enumerate(speakers, 1) if who.delegation is not None]
    if len(named) < 2:  # noqa: PLR2004  # one alone is neither repeated nor among others
        return
    from r2psched.delegations import recognise  # noqa: PLC0415  # a large table

    for at, who in named:
        yield at, who, recognise(who.delegation or "")


@rule("inscribed-twice", "warning")
def _inscribed_twice(programme: Programme) -> Iterator[Said]:
    """One delegation is inscribed twice for itself, maybe under two names of one State."""
    for place, _, speakers in lists_of(programme):
        first: dict[object, tuple[int, Inscription]] = {}
        for at, who, state in _states(speakers):
            if who.on_behalf is not None or who.category == REPLY:
                continue
            key = state or (who.name.casefold(), (who.speaker or "").casefold())
            number, other = first.setdefault(key, (at, who))
            if number != at:
                yield Said(
                    inscribed_at(place, at, who),
                    f"{state or who.name} is inscribed twice for itself: as number {number}, "
                    f"{shown(other.name)}, and as number {at}, {shown(who.name)}",
                    'remove one of the two, or say for which group it speaks: on_behalf = "…"',
                )


@rule("unknown-delegation", "note")
def _unknown_delegation(programme: Programme) -> Iterator[Said]:
    """On a list of States, a name is that of no State, but close to one."""
    for place, _, speakers in lists_of(programme):
        named = list(_states(speakers))
        unknown = [(at, who) for at, who, state in named if state is None]
        if 2 * len(unknown) >= len(named):
            continue
        # To look for what a name may mean takes long, and whoever misspells all sees why.
        for at, who in unknown[:_MOST_SUGGESTED]:
            if meant := _suggested(who):
                yield Said(
                    inscribed_at(place, at, who),
                    "is no name of a State that is recognised, so rules take it as it is written",
                    f"did you mean {meant}?",
                )


def _suggested(inscription: Inscription) -> str:
    from r2psched.delegations import suggest  # noqa: PLC0415  # a large table

    return " or ".join(map(str, suggest(inscription.delegation or "")))
