"""What every rule of order is: it splits a list into buckets, and merges them when each is ordered.

What stands inside a bucket is ordered by the rules that follow. A dividing rule puts one bucket
behind the other, a mixing rule takes from them by turns; neither changes the order inside.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from r2psched.speakers import Inscription

__all__ = ["Bucket", "Context", "Rule", "buckets_of", "cut", "nth", "quoted"]

_LONGEST = 80
_TEENS = (11, 12, 13)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def nth(number: int) -> str:
    """Write a number as the ordinal that it is.

    >>> [nth(n) for n in (1, 2, 3, 4, 11, 21, 112)]
    ['1st', '2nd', '3rd', '4th', '11th', '21st', '112th']
    """
    ending = "th" if number % 100 in _TEENS else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


def cut(text: str) -> str:
    """Cut a text to a length that a reason can hold.

    >>> cut("Chile")
    'Chile'
    """
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def quoted(text: str, marks: str = "“”") -> str:
    """Put a text between two marks, cut to a length that a reason can hold.

    >>> quoted("Chile"), quoted("Chili", "«»")
    ('“Chile”', '«Chili»')
    """
    return f"{marks[0]}{cut(text)}{marks[1]}"


@attrs.frozen
class Context:
    """What a rule may know beside the inscriptions that it splits.

    Attributes:
        seed: What lots are drawn with, or None.
        among: Whom places are counted among, such as " of the ministers", or "" for the whole list.
        counted: How a place was come by that no rule decides: "received" or "listed".
        told: Whether a rule has already given a reason.
    """

    seed: str | None = None
    among: str = ""
    counted: str = "received"
    told: bool = False

    def inside(self, bucket: Bucket) -> Context:
        """What the rules that follow may know inside a bucket."""
        if not bucket.label:
            return self
        return Context(self.seed, bucket.among, bucket.counted, told=True)


@attrs.frozen
class Bucket:
    """Inscriptions that a rule treats alike, in the order in which it was given them.

    Attributes:
        items: The inscriptions, at least one.
        label: Why they stand where they stand; "" if the rule had nothing to decide.
        among: Whom places inside are counted among; see `Context`.
        counted: How a place inside is come by that no further rule decides; see `Context`.
        share: What a mixing rule weighs the bucket by.
    """

    items: Sequence[Inscription]
    label: str
    among: str = attrs.field(default=" of them", kw_only=True)
    counted: str = attrs.field(default="received", kw_only=True)
    share: int = attrs.field(default=1, kw_only=True)


@attrs.frozen
class Rule(ABC):
    """One rule of order: a value, the same whenever and wherever it is applied."""

    word: ClassVar[str]

    @property
    def draws(self) -> bool:
        """Whether the rule draws lots, so that it needs a seed."""
        return False

    @abstractmethod
    def split(self, items: Sequence[Inscription], context: Context, /) -> list[Bucket]:
        """Split inscriptions into buckets, in order, none of them empty.

        Args:
            items: The inscriptions, at least one, as the rules before and the list have them.
            context: What else the rule may know.
        """

    def turns(self, buckets: Sequence[Bucket]) -> Iterator[int]:
        """Give the bucket from which the next place is filled, place by place."""
        for at, bucket in enumerate(buckets):
            for _ in bucket.items:
                yield at

    def reason(self, bucket: Bucket, _number: int, /) -> str:
        """Say why the place with a number in a bucket stands where it stands."""
        return bucket.label


def buckets_of(parts: Iterable[Bucket]) -> list[Bucket]:
    """Leave out the empty among some buckets."""
    return [part for part in parts if part.items]
