"""Rules that divide a list: one class of speakers stands behind the other."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

import attrs

from r2psched.fields import as_title
from r2psched.ordering.base import Bucket, Context, Rule, buckets_of, cut, nth, quoted
from r2psched.ordering.facts import as_values, fact, same
from r2psched.ordering.protocol import PROTOCOL, Level, as_levels, place_of, places_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from r2psched.speakers import Inscription

__all__ = ["ByLevel", "Categories", "FirstTime", "GroupsFirst", "Received"]

_YES = frozenset({"yes", "y", "true", "1", "first", "first time", "first-time"})


@attrs.frozen
class Received(Rule):
    """By the moment of receipt; those without one stand behind, as listed."""

    word: ClassVar[str] = "received"

    def split(self, items: Sequence[Inscription], context: Context, /) -> list[Bucket]:
        """Split inscriptions into buckets of one moment each."""
        dated = [(each.received, each) for each in items if each.received is not None]
        if not dated:
            return [Bucket(items, "")]
        dated.sort(key=lambda pair: pair[0])
        buckets: list[Bucket] = []
        number = 1
        for _, alike in groupby(dated, key=lambda pair: pair[0]):
            each = [item for _, item in alike]
            label = f"received {nth(number)}{context.among}"
            if len(each) > 1:
                label += f", at one moment with {_others(len(each) - 1)}"
            buckets.append(Bucket(each, label))
            number += len(each)
        undated = [each for each in items if each.received is None]
        behind = Bucket(undated, "no time of receipt stated", counted="listed")
        return buckets_of([*buckets, behind])


def _others(count: int) -> str:
    return f"{count} other{'' if count == 1 else 's'}"


@attrs.frozen
class ByLevel(Rule):
    """By the level of the speaker, in the order of protocol; those of no ranked level behind.

    Attributes:
        levels: The levels, the highest first: names, or a name followed by other wordings of it.

    Source: A/CN.4/L.129 (docslib.org/doc/4345563).
    """

    word: ClassVar[str] = "level"
    levels: tuple[Level, ...] = attrs.field(default=PROTOCOL, converter=as_levels)

    def split(self, items: Sequence[Inscription], _context: Context, /) -> list[Bucket]:
        """Split inscriptions into buckets of one level each."""
        places = places_of(self.levels)
        known: dict[str | None, int] = {None: len(self.levels)}
        ranked: list[list[Inscription]] = [[] for _ in range(len(self.levels) + 1)]
        for each in items:
            if each.level not in known:
                place = place_of(each.level or "", places)
                known[each.level] = len(self.levels) if place is None else place
            ranked[known[each.level]].append(each)
        *found, behind = ranked
        buckets = [
            Bucket(alike, cut(level.name), among=level.among)
            for level, alike in zip(self.levels, found, strict=True)
        ]
        rest = Bucket(behind, "of no ranked level" if any(found) else "")
        return buckets_of([*buckets, rest])


@attrs.frozen
class GroupsFirst(Rule):
    """Statements on behalf of a group first.

    Source: groups are given priority slots in panels of the Human Rights Council (order of the day
    of 6 October 2017).
    """

    word: ClassVar[str] = "groups-first"

    def split(self, items: Sequence[Inscription], _context: Context, /) -> list[Bucket]:
        """Split inscriptions into those on behalf of a group and the others."""
        groups = [each for each in items if each.on_behalf is not None]
        others = [each for each in items if each.on_behalf is None]
        return buckets_of(
            [
                Bucket(groups, "on behalf of a group", among=""),
                Bucket(others, "in its own name" if groups else "", among=""),
            ]
        )


@attrs.frozen
class Categories(Rule):
    """Whole categories of speakers in turn; those of no named category behind.

    Attributes:
        names: The categories, in order.
    """

    word: ClassVar[str] = "categories"
    names: tuple[str, ...] = attrs.field(converter=as_values)

    def split(self, items: Sequence[Inscription], _context: Context, /) -> list[Bucket]:
        """Split inscriptions into buckets of one category each."""
        found: dict[str, list[Inscription]] = {same(name): [] for name in self.names}
        behind: list[Inscription] = []
        for each in items:
            found.get(same(each.category), behind).append(each)
        buckets = [
            Bucket(found[same(name)], f"category {quoted(name)}", among=" of this category")
            for name in self.names
        ]
        rest = Bucket(behind, "of no ranked category" if any(found.values()) else "")
        return buckets_of([*buckets, rest])


@attrs.frozen
class FirstTime(Rule):
    """First-time speakers first.

    Attributes:
        trait: The trait that says "yes", "true", "1" or "first" of them.
    """

    word: ClassVar[str] = "first-time"
    trait: str = attrs.field(default="first time", converter=as_title)

    def split(self, items: Sequence[Inscription], _context: Context, /) -> list[Bucket]:
        """Split inscriptions into those of first-time speakers and the others."""
        first: list[Inscription] = []
        others: list[Inscription] = []
        for each in items:
            (first if same(fact(each, self.trait)) in _YES else others).append(each)
        return buckets_of(
            [
                Bucket(first, "first-time speaker"),
                Bucket(others, "not a first-time speaker" if first else ""),
            ]
        )
