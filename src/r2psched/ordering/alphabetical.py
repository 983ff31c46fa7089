"""The alphabetical order of delegations, in a language, from its beginning or from one of them."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Literal

import attrs

from r2psched.collation import key
from r2psched.fields import as_one_of, as_text
from r2psched.ordering.base import Bucket, Context, Rule, quoted
from r2psched.ordering.lots import as_seed, rank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from r2psched.speakers import Inscription

__all__ = ["Alphabetical"]

_LANGUAGES = {"en": ("English", "“”"), "fr": ("French", "«»")}
_LOT = "lot"
_language = as_one_of(*_LANGUAGES)


def _as_language(value: Literal["en", "fr"]) -> Literal["en", "fr"]:
    language: Literal["en", "fr"] = _language(value)
    return language


@attrs.frozen
class Alphabetical(Rule):
    """In alphabetical order of the delegations' names, from A or from one of them round to it.

    Attributes:
        language: "en" or "fr". States have their names in it, whatever they are inscribed as;
            others have the name that is written.
        first: The delegation that the order starts at, or "lot" if it is drawn, or None for A.

    Where rules before it divide the list, one is drawn for each class. A delegation named in
    `first` need not be inscribed.

    Source: alphabetical, the first drawn by lot and the rest following, in the Working Group of the
    Universal Periodic Review (upr-info.org, "New proposal for the list of speakers").
    """

    word: ClassVar[str] = "alphabetical"
    language: Literal["en", "fr"] = attrs.field(default="en", converter=_as_language)
    first: str | None = attrs.field(default=None, converter=as_text)

    @property
    def draws(self) -> bool:
        """Whether the rule draws lots, so that it needs a seed."""
        return self.first == _LOT

    def split(self, items: Sequence[Inscription], context: Context, /) -> list[Bucket]:
        """Split inscriptions into buckets of one name each."""
        name_of = cache(self._name)
        named = [
            (name_of(each.delegation) if each.delegation else each.name, each) for each in items
        ]
        keys = {name: key(name) for name, _ in named}
        named.sort(key=lambda pair: keys[pair[0]])
        alike = [(name, list(pairs)) for name, pairs in groupby(named, key=lambda pair: pair[0])]
        language, marks = _LANGUAGES[self.language]
        start, far, near = "", "", ""
        if self.first is not None:
            start = self._name(self.first) if not self.draws else _drawn(named, context)
            at = bisect_left(alike, key(start), key=lambda pair: keys[pair[0]])
            alike = alike[at:] + alike[:at]
            far = f", from {quoted(start, marks)}" + (", drawn by lot" if self.draws else "")
            near = ", drawn by lot to begin" if self.draws else ", chosen to begin"
        return [
            Bucket(
                [each for _, each in pairs],
                f"alphabetical in {language} as {quoted(name, marks)}"
                + (near if name == start else far),
            )
            for name, pairs in alike
        ]

    def _name(self, name: str) -> str:
        from r2psched.delegations import recognise  # noqa: PLC0415  # a large table

        state = recognise(name)
        return name if state is None else state.name_in(self.language)


def _drawn(named: Sequence[tuple[str, Inscription]], context: Context) -> str:
    seed = as_seed(context.seed)
    name, _ = min(named, key=lambda pair: rank(seed, pair[1].id))
    return name
