"""Arranging: a list of speakers put in order by rules, each place with its reason."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from r2psched import tables
from r2psched.fields import as_several
from r2psched.ordering.base import Bucket, Context, Rule, nth
from r2psched.ordering.lots import as_seed
from r2psched.ordering.rules import as_rules
from r2psched.speakers import Inscription
from r2psched.speakers import contains as _contains
from r2psched.speakers import position as _position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Arrangement", "Place", "arrange"]


@attrs.frozen
class Place:
    """One place of an arrangement.

    Attributes:
        number: The number of the speaker, counted from 1.
        inscription: Who has the place.
        reason: Why, rule by rule: "Minister; received 3rd of the ministers".
    """

    number: int
    inscription: Inscription
    reason: str

    def __str__(self) -> str:
        """Number, speaker and reason."""
        return f"{self.number}. {self.inscription}: {self.reason}"


@attrs.frozen
class Arrangement:
    """A list of speakers in order.

    Attributes:
        places: Every place, in order.
    """

    places: tuple[Place, ...]

    @property
    def inscriptions(self) -> tuple[Inscription, ...]:
        """The inscriptions, in order."""
        return tuple(place.inscription for place in self.places)

    def __len__(self) -> int:
        """How many are inscribed."""
        return len(self.places)

    def __iter__(self) -> Iterator[Place]:
        """Each place in order."""
        return iter(self.places)

    def __contains__(self, name: object) -> bool:
        """Whether an inscription, or one of a name, has a place."""
        return _contains(self.inscriptions, name)

    def __getitem__(self, name: str) -> Place:
        """The place of an inscription, by its id, delegation or speaker.

        Raises:
            UnknownName: If nobody of that name is inscribed.
            AmbiguousName: If more than one is.
        """
        return self.places[_position(self.inscriptions, name) - 1]

    def rows(self) -> list[dict[str, object]]:
        """One dict for each place: number, speaker, reason."""
        return [
            {
                "number": place.number,
                "speaker": str(place.inscription),
                "reason": place.reason,
            }
            for place in self.places
        ]

    def __str__(self) -> str:
        """Every place in a table."""
        return tables.plain(self.rows())

    def _repr_html_(self) -> str:
        return tables.html(self.rows())


def arrange(
    inscriptions: Iterable[Inscription],
    rules: Rule | Iterable[Rule] = (),
    *,
    seed: str | None = None,
) -> Arrangement:
    """Put inscriptions in order, and say of each place how it was come by.

    Whoever has a place that was settled comes first, with the reason that was noted for it. The
    first rule divides the others into classes, the second orders each class, and so on; what no
    rule decides stays in the order of the list, which is taken as that of receipt.

    Args:
        inscriptions: The list, in order of receipt.
        rules: One rule or several, the most important first.
        seed: What lots are drawn with; announced before the draw.

    Raises:
        InvalidValue: If a rule draws lots and there is no seed.

    >>> from r2psched.ordering import ByLevel
    >>> from r2psched.speakers import Inscription
    >>> asked = [Inscription("Chile"), Inscription("Fiji", level="minister")]
    >>> print(arrange(asked, ByLevel()))
    number  speaker  reason
         1  Fiji     Minister
         2  Chile    of no ranked level
    """
    listed = as_several(inscriptions, Inscription, "inscriptions")
    applied = as_rules(rules)
    if seed is not None or any(rule.draws for rule in applied):
        seed = as_seed(seed)
    settled = sorted(
        ((each.place, each) for each in listed if each.place is not None), key=lambda pair: pair[0]
    )
    reasons = [(each, each.placed or f"settled as number {number}") for number, each in settled]
    later = "; inscribed after the list was settled" if settled else ""
    open_to_rules = [each for each in listed if each.place is None]
    if open_to_rules:
        ordered = _ordered(open_to_rules, applied, Context(seed))
        reasons += [(each, reason + later) for each, reason in ordered]
    return Arrangement(
        tuple(Place(number, *reasoned) for number, reasoned in enumerate(reasons, 1))
    )


def _ordered(
    items: Sequence[Inscription], rules: Sequence[Rule], context: Context
) -> list[tuple[Inscription, str]]:
    if not rules:
        return _as_listed(items, context)
    rule, rest = rules[0], rules[1:]
    buckets = rule.split(items, context)
    insides = [enumerate(_inside(bucket, rest, context), 1) for bucket in buckets]
    merged = []
    for at in rule.turns(buckets):
        number, (item, inner) = next(insides[at])
        outer = rule.reason(buckets[at], number)
        merged.append((item, f"{outer}; {inner}" if outer and inner else outer or inner))
    return merged


def _inside(
    bucket: Bucket, rules: Sequence[Rule], context: Context
) -> Iterable[tuple[Inscription, str]]:
    if len(bucket.items) == 1 and (bucket.label or context.told):
        return ((bucket.items[0], ""),)
    return _ordered(bucket.items, rules, context.inside(bucket))


def _as_listed(items: Sequence[Inscription], context: Context) -> list[tuple[Inscription, str]]:
    # A list may be out of the order of receipt; its reasons must not say otherwise.
    moments = [each.received for each in items if each.received is not None]
    in_order = all(earlier < later for earlier, later in pairwise(moments))
    counted = context.counted if in_order else "listed"
    return [(each, f"{counted} {nth(n)}{context.among}") for n, each in enumerate(items, 1)]
