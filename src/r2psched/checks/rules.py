"""What a rule is, the register of all rules, and what several rules need."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from r2psched.blocks import write_moment
from r2psched.errors import InvalidValue, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pendulum

    from r2psched.findings import Severity
    from r2psched.procedures import Outcome
    from r2psched.programme import Programme
    from r2psched.sessions import Session
    from r2psched.speakers import Inscription, SpeakerList

__all__ = [
    "RULES",
    "Rule",
    "Said",
    "inscribed_at",
    "lists_of",
    "local",
    "no_seed",
    "outcome_of",
    "places_of",
    "rule",
]


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


def rule(
    code: str, severity: Severity
) -> Callable[[Callable[[Programme], Iterator[Said]]], Callable[[Programme], Iterator[Said]]]:
    """Register a rule, whose summary is its docstring."""

    def register(
        find: Callable[[Programme], Iterator[Said]],
    ) -> Callable[[Programme], Iterator[Said]]:
        RULES[code] = Rule(code, severity, (find.__doc__ or "").strip(), find)
        return find

    return register


def places_of(programme: Programme) -> dict[str, str]:
    """The place of each session, as the user sees it, by its id."""
    return {
        session.id: f"sessions[{at}] {shown(session.title)}"
        for at, session in enumerate(programme.sessions, 1)
    }


def local(programme: Programme, moment: pendulum.DateTime) -> str:
    """Write a moment in the programme's zone."""
    return write_moment(moment.in_timezone(programme.zone))


def lists_of(programme: Programme) -> Iterator[tuple[str, Session, SpeakerList]]:
    """Each list with its session and the session's place."""
    places = places_of(programme)
    for session in programme.sessions:
        if session.speakers is not None:
            yield places[session.id], session, session.speakers


def inscribed_at(place: str, number: int, inscription: Inscription) -> str:
    """The place of an inscription, as the user sees it, by that of its session."""
    return f"{place}: speakers.inscriptions[{number}] {shown(inscription.name)}"


def outcome_of(session: Session) -> Outcome | str:
    """What becomes of a session's list under its procedure, or why nothing can be told."""
    try:
        return session.outcome()
    except InvalidValue as error:
        return str(error)


def no_seed() -> str:
    """Why no lots can be drawn without a seed."""
    from r2psched.ordering import as_seed  # noqa: PLC0415  # only procedures need it

    try:
        return as_seed(None)
    except InvalidValue as error:
        return str(error)
