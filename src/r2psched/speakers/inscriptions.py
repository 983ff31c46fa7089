"""Inscription: one request for the floor, and how one is found by its name."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from r2psched.errors import AmbiguousName, InvalidValue, UnknownName, shown
from r2psched.fields import (
    as_emails,
    as_moment,
    as_name,
    as_pairs,
    as_text,
    as_title,
    as_tuple,
    optional_limit,
    whole,
)
from r2psched.identifiers import as_id, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import timedelta

    import pendulum

__all__ = ["Inscription", "as_inscriptions", "contains", "position"]

_SPEAKER = "speaker"
_MOST_PLACES = 10**9
_FACTS = {
    "delegation": "delegation",
    "speaker": "speaker",
    "category": "category",
    "level": "level",
    "on behalf": "on_behalf",
}


def _as_traits(given: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((as_title(name), as_title(value)) for name, value in as_pairs(given))


def _folded(name: str) -> str:
    return " ".join(name.replace("_", " ").casefold().split())


def _as_place(value: int | None) -> int | None:
    if value is None or (whole(value) and 1 <= value <= _MOST_PLACES):
        return value
    msg = f"expected a place on the list, a whole number from 1, got {shown(value)}"
    raise InvalidValue(msg)


@attrs.frozen
class Inscription:
    """One request for the floor.

    Attributes:
        delegation: Who asks: a State, a group, an organisation; or None.
        speaker: The person who will speak, or None; one of the two is given.
        category: The kind of speaker, which may have a limit of its own ("observer").
        level: The rank of the speaker ("minister").
        on_behalf: The group for which the statement is made, or None.
        received: When the request came in, or None.
        late: Why a request is accepted that came in after the list had closed, or None.
        emails: Addresses, given as `email=`, one or several.
        limit: A limit of this inscription alone, or None.
        place: Its place on the list as settled by hand, counted from 1, or None where the rules of
            the procedure, or else the order of the list, decide.
        placed: Why it has its settled place, such as "received 41st; moved from 41 to 3", or None.
        traits: Further facts, text to text, as sorted pairs; given as a mapping.
        given_id: The id as given (as `id=`), or None if it is derived; see `id`.

    >>> Inscription("Denmark", on_behalf="Nordic countries").id
    'denmark-for-nordic-countries'
    """

    delegation: str | None = attrs.field(default=None, converter=as_text)
    speaker: str | None = attrs.field(default=None, converter=as_text)
    category: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    level: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    on_behalf: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    received: pendulum.DateTime | None = attrs.field(
        default=None, converter=as_moment, kw_only=True
    )
    late: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    emails: tuple[str, ...] = attrs.field(
        default=(), converter=as_emails, alias="email", kw_only=True
    )
    limit: timedelta | None = attrs.field(default=None, converter=optional_limit, kw_only=True)
    place: int | None = attrs.field(default=None, converter=_as_place, kw_only=True)
    placed: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    traits: tuple[tuple[str, str], ...] = attrs.field(
        default=(), converter=_as_traits, kw_only=True
    )
    given_id: str | None = attrs.field(default=None, converter=as_id, alias="id", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse an inscription of nobody."""
        if self.delegation is None and self.speaker is None:
            msg = "an inscription needs a delegation or a speaker, and has neither"
            raise InvalidValue(msg)

    @property
    def name(self) -> str:
        """The delegation, or the speaker where there is none."""
        return self.delegation or self.speaker or ""

    @cached_property
    def id(self) -> str:
        """The id as given, or else one derived from the name and the group spoken for."""
        if self.given_id is not None:
            return self.given_id
        return slug(self.name + (f" for {self.on_behalf}" if self.on_behalf else ""))

    def trait(self, name: str) -> str | None:
        """The value of a trait, or None where it is not stated."""
        return dict(self.traits).get(name)

    def fact(self, name: str) -> str | None:
        """What it says under a name, or None.

        Args:
            name: "delegation", "speaker", "category", "level" or "on behalf" for these fields;
                else a trait, whatever its case of letters, space and underscores. "group" is the
                trait of that name, or where there is none the group that is spoken for.

        >>> from r2psched import Inscription
        >>> Inscription("Chile", traits={"First time": "yes"}).fact("first_time")
        'yes'
        """
        wanted = _folded(name)
        if wanted in _FACTS:
            stated: str | None = getattr(self, _FACTS[wanted])
            if stated is not None:
                return stated
        for trait, value in self.traits:
            if _folded(trait) == wanted:
                return value
        return self.on_behalf if wanted == "group" else None

    def __str__(self) -> str:
        """Delegation and speaker, as far as they are known, and the group spoken for."""
        both = f"{self.delegation} ({self.speaker})"
        who = both if self.delegation and self.speaker else self.name
        return f"{who} (on behalf of {self.on_behalf})" if self.on_behalf else who


def as_inscriptions(
    value: Inscription | str | Iterable[Inscription | str],
) -> tuple[Inscription, ...]:
    """Take one inscription or several; a text stands for that of a delegation."""
    return tuple(
        each if isinstance(each, Inscription) else Inscription(each) for each in as_tuple(value)
    )


def contains(inscriptions: tuple[Inscription, ...], name: object) -> bool:
    """Whether an inscription, or one of a name, is among inscriptions."""
    if not isinstance(name, str):
        return name in inscriptions
    try:
        position(inscriptions, name)
    except UnknownName:
        return False
    except AmbiguousName:
        return True
    return True


def position(inscriptions: tuple[Inscription, ...], name: str) -> int:
    """The position of a name among inscriptions, counted from 1; see `SpeakerList.position`."""
    wanted = as_name(name).casefold()
    for at, inscription in enumerate(inscriptions, 1):
        if inscription.id == name:
            return at
    found = [
        at
        for at, inscription in enumerate(inscriptions, 1)
        if wanted
        in (
            str(n).casefold()
            for n in (inscription.delegation, inscription.speaker, inscription)
            if n is not None
        )
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousName(_SPEAKER, name, [inscriptions[at - 1].id for at in found])
    raise UnknownName(_SPEAKER, name, dict.fromkeys(each.name for each in inscriptions))
