"""Rules on who is invited, and who is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.checks.rules import Said, inscribed_at, lists_of, places_of, rule
from r2psched.errors import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2psched.programme import Programme
    from r2psched.speakers import Person

__all__: list[str] = []


@rule("no-address-to-answer", "warning")
def _no_address_to_answer(programme: Programme) -> Iterator[Said]:
    """Somebody has an address to be invited at, and the organiser has none to be answered at."""
    if programme.organiser is not None and programme.organiser.emails:
        return
    first = next(_invited(programme), None)
    if first is not None:
        yield Said(
            "organiser",
            f"{first} can be invited by mail, and nobody can be answered",
            'give the organiser an address: organiser = { name = "…", email = "…" }',
        )


def _invited(programme: Programme) -> Iterator[str]:
    """The places of those who have an address to be invited at."""
    for place, _, speakers in lists_of(programme):
        for number, who in enumerate(speakers, 1):
            if who.emails:
                yield inscribed_at(place, number, who)
    for place, part, person in _people(programme):
        if person.emails:
            yield f"{place}: {part} {shown(person.name)}"
    for contact in programme.contacts:
        if contact.invite and contact.emails:
            yield f"contacts: {shown(contact.name)}"


def _people(programme: Programme) -> Iterator[tuple[str, str, Person]]:
    places = places_of(programme)
    for session in programme.sessions:
        for part, person in session.people:
            yield places[session.id], part, person


@rule("secretariat-without-address", "warning")
def _secretariat_without_address(programme: Programme) -> Iterator[Said]:
    """A contact is to be invited, and has no address."""
    for contact in programme.contacts:
        if contact.invite and not contact.emails:
            yield Said(
                f"contacts: {shown(contact.name)}",
                "is to be invited, and has no address",
                'give one: email = "…", or take invite = true out',
            )


@rule("invited-anyway", "note")
def _invited_anyway(programme: Programme) -> Iterator[Said]:
    """Somebody who is no contact has invite = true, which is for contacts alone."""
    people = [*_people(programme)]
    if programme.organiser is not None:
        people.append(("", "organiser", programme.organiser))
    for place, part, person in people:
        if person.invite:
            yield Said(
                f"{place}: {part} {shown(person.name)}".removeprefix(": "),
                "has invite = true, which only says of contacts that they are invited",
                "take it out: whoever has a part in a session is invited to it in any case",
            )
