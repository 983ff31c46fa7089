"""Facts of an inscription by name: its traits, and those of its fields that rules go by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.errors import InvalidValue, shown
from r2psched.fields import as_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from r2psched.speakers import Inscription

__all__ = ["REGION", "as_values", "fact", "same"]

REGION = "regional group"
_MOST = 1_000


def same(value: str | None) -> str:
    """A value as it compares: without letter case and space around it.

    >>> same(" Women ") == same("women"), same(None)
    (True, '')
    """
    return "" if value is None else value.strip().casefold()


def fact(inscription: Inscription, name: str) -> str | None:
    """What an inscription says under a name, or None.

    Args:
        inscription: The inscription.
        name: See `Inscription.fact`. A "regional group" that is not stated is the delegation's at
            the United Nations.

    >>> from r2psched.speakers import Inscription
    >>> fact(Inscription("Chile", traits={"Gender": "woman"}), "gender")
    'woman'
    >>> fact(Inscription("Chile"), "regional group")
    'GRULAC'
    """
    stated = inscription.fact(name)
    return _region(inscription) if stated is None and same(name) == REGION else stated


def _region(inscription: Inscription) -> str | None:
    from r2psched.delegations import recognise  # noqa: PLC0415  # a large table

    state = None if inscription.delegation is None else recognise(inscription.delegation)
    return None if state is None else state.group


def as_values(given: str | Iterable[str]) -> tuple[str, ...]:
    """Take values in order, no two of which compare the same.

    Raises:
        InvalidValue: If two do, or there are more than 1,000.

    >>> as_values(["Africa", "Asia"])
    ('Africa', 'Asia')
    """
    found = as_texts(given)
    if len(found) > _MOST:
        msg = f"expected at most {_MOST} names in order, got {len(found)}"
        raise InvalidValue(msg)
    seen: dict[str, str] = {}
    for value in found:
        if (other := seen.setdefault(same(value), value)) is not value:
            msg = f"{shown(value)} is named twice, also as {shown(other)}: remove one"
            raise InvalidValue(msg)
    return found
