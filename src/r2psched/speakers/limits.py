"""SpeakingLimits: the time that one intervention may take."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from r2psched.durations import show
from r2psched.errors import InvalidValue, shown
from r2psched.fields import as_flag, as_limit, as_pairs, as_title, folded, optional_limit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import timedelta

    from r2psched.speakers.inscriptions import Inscription

__all__ = ["SpeakingLimits", "as_limits"]


def _as_categories(
    given: Mapping[str, timedelta | str] | Iterable[tuple[str, timedelta | str]],
) -> tuple[tuple[str, timedelta], ...]:
    found = tuple((as_title(name), as_limit(value)) for name, value in as_pairs(given))
    seen: dict[str, str] = {}
    for name, _ in found:
        if (other := seen.setdefault(folded(name), name)) != name:
            msg = f"the categories {shown(other)} and {shown(name)} are one: remove one of them"
            raise InvalidValue(msg)
    return found


@attrs.frozen
class SpeakingLimits:
    """The time that one intervention may take.

    Attributes:
        default: For everybody whom nothing else covers.
        on_behalf: For statements on behalf of a group, or None where they have no other limit.
        categories: By category of the inscription, whatever its letter case, as sorted pairs;
            given as a mapping.
        for_all: Whether the default covers everybody, whatever limit an inscription has of its own.

    >>> from r2psched import Inscription
    >>> limits = SpeakingLimits("3 min", on_behalf="5 min", categories={"observer": "2 min"})
    >>> show(limits.of(Inscription("State of Palestine", category="observer")))
    '2 min'
    """

    default: timedelta = attrs.field(converter=as_limit)
    on_behalf: timedelta | None = attrs.field(default=None, converter=optional_limit, kw_only=True)
    categories: tuple[tuple[str, timedelta], ...] = attrs.field(
        default=(),
        converter=_as_categories,
        kw_only=True,
    )
    for_all: bool = attrs.field(default=False, converter=as_flag, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse one limit for all beside others."""
        if self.for_all and (self.on_behalf is not None or self.categories):
            msg = "one limit for all leaves none on behalf of groups or for categories: remove them"
            raise InvalidValue(msg)

    def _applied(self, inscription: Inscription) -> tuple[str, timedelta]:
        if self.for_all:
            return "for all", self.default
        if inscription.limit is not None:
            return "own", inscription.limit
        if inscription.on_behalf is not None and self.on_behalf is not None:
            return "on behalf", self.on_behalf
        if inscription.category is not None and self.categories:
            found = self._by_category.get(folded(inscription.category))
            if found is not None:
                return f"category {found[0]}", found[1]
        return "default", self.default

    @cached_property
    def _by_category(self) -> dict[str, tuple[str, timedelta]]:
        return {folded(name): (name, limit) for name, limit in self.categories}

    def rule(self, inscription: Inscription) -> str:
        """Which limit one has: "for all", "own", "on behalf", "category …" or "default"."""
        return self._applied(inscription)[0]

    def of(self, inscription: Inscription) -> timedelta:
        """The limit of one inscription, by its `rule`."""
        return self._applied(inscription)[1]

    def kinds(self) -> dict[str, timedelta]:
        """Each limit by whom it covers: "default", a category, "on behalf of a group"."""
        kinds = {"default": self.default, **dict(self.categories)}
        if self.on_behalf is not None:
            kinds["on behalf of a group"] = self.on_behalf
        return kinds

    def rows(self) -> list[dict[str, str]]:
        """One dict for each limit: whom it covers, and the limit as text."""
        return [{"for": name, "limit": show(limit)} for name, limit in self.kinds().items()]

    def __str__(self) -> str:
        """One line: the default, and what differs from it."""
        first, *others = self.rows()
        if self.for_all:
            return f"{first['limit']} for all"
        return ", ".join([first["limit"], *(f"{row['for']} {row['limit']}" for row in others)])


def as_limits(value: SpeakingLimits | timedelta | str | None) -> SpeakingLimits | None:
    """Take limits, or one length for everybody, or None where none is stated."""
    if value is None or isinstance(value, SpeakingLimits):
        return value
    return SpeakingLimits(value)
