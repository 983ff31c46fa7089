"""Whether anybody has what a rule goes by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.errors import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from r2psched.speakers.inscriptions import Inscription

__all__ = ["traits_of", "unstated"]

_MOST = 8


def traits_of(inscriptions: Iterable[Inscription]) -> tuple[str, ...]:
    """The names of all traits that inscriptions have, as they are first met.

    >>> from r2psched import Inscription
    >>> traits_of([Inscription("Chile", traits={"Party": "A"}), Inscription("Fiji")])
    ('Party',)
    """
    return tuple(dict.fromkeys(name for who in inscriptions for name, _ in who.traits))


def unstated(inscriptions: Iterable[Inscription], name: str) -> str | None:
    """Say that nobody has anything under a name, and which traits there are; else None.

    Args:
        inscriptions: Those on the list; of none, nothing is said.
        name: See `Inscription.fact`.

    >>> from r2psched import Inscription
    >>> unstated([Inscription("Chile", traits={"Party": "A"})], "group")
    '1 of 1 have no trait "group"; there is "Party"'
    """
    given = tuple(inscriptions)
    if not given or any(who.fact(name) is not None for who in given):
        return None
    known = traits_of(given)
    there = "there is " + ", ".join(map(shown, known[:_MOST])) if known else "there is none"
    more = " …" if len(known) > _MOST else ""
    return f"{len(given)} of {len(given)} have no trait {shown(name)}; {there}{more}"
