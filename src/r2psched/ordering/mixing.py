"""Rules that mix a list: kinds of speakers by turns, each kind in its own order."""

from __future__ import annotations

from fractions import Fraction
from heapq import heapify, heappop, heapreplace
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

import attrs

from r2psched.errors import InvalidValue, shown
from r2psched.fields import as_title, whole
from r2psched.ordering.base import Bucket, Context, Rule, buckets_of, cut, nth, quoted
from r2psched.ordering.facts import REGION, as_values, fact, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from r2psched.speakers import Inscription

__all__ = ["AfterEvery", "Alternate", "InTurn"]

_MOST = 1_000_000


@attrs.frozen
class InTurn(Rule):
    """One speaker of each group in turn, round after round, until all are through.

    Attributes:
        trait: What groups are told by. A "regional group" that is not stated is the delegation's
            at the United Nations.
        order: The groups in the order of a round; those not named follow, as they first appear.
            Those without one take their turn last.

    Source: rounds of speakers in the order of the size of the political groups, rule 171 (3) of the
    European Parliament; shares of the regional groups, upr-info.org.
    """

    word: ClassVar[str] = "in-turn"
    trait: str = attrs.field(default=REGION, converter=as_title)
    order: tuple[str, ...] = attrs.field(default=(), converter=as_values)

    def split(self, items: Sequence[Inscription], _context: Context, /) -> list[Bucket]:
        """Split inscriptions into buckets of one group each."""
        names = {same(name): name for name in self.order}
        found: dict[str, list[Inscription]] = {name: [] for name in names}
        behind: list[Inscription] = []
        for each in items:
            group = fact(each, self.trait)
            if group is None:
                behind.append(each)
                continue
            names.setdefault(same(group), group)
            found.setdefault(same(group), []).append(each)
        buckets = [Bucket(alike, names[name]) for name, alike in found.items()]
        rest = Bucket(behind, f"no {cut(self.trait)} stated" if buckets_of(buckets) else "")
        return buckets_of([*buckets, rest])

    def turns(self, buckets: Sequence[Bucket]) -> Iterator[int]:
        """Give each bucket a turn in every round, as long as it lasts."""
        left = [(at, len(bucket.items)) for at, bucket in enumerate(buckets)]
        while left:
            yield from (at for at, _ in left)
            left = [(at, count - 1) for at, count in left if count > 1]

    def reason(self, bucket: Bucket, number: int, /) -> str:
        """Tell group and turn."""
        return f"{cut(bucket.label)}, {nth(number)} turn" if bucket.label else ""


def _as_every(value: int) -> int:
    if whole(value) and 1 <= value <= _MOST:
        return value
    msg = f"expected after how many others, a whole number from 1 to {_MOST:,}, got {shown(value)}"
    raise InvalidValue(msg)


@attrs.frozen
class AfterEvery(Rule):
    """One speaker of a category after every so many others; when one side ends, the other goes on.

    Attributes:
        category: The category.
        every: How many others speak before each of the category.
    """

    word: ClassVar[str] = "after-every"
    category: str = attrs.field(converter=as_title)
    every: int = attrs.field(converter=_as_every)

    def split(self, items: Sequence[Inscription], _context: Context, /) -> list[Bucket]:
        """Split inscriptions into those of other categories and those of the category."""
        wanted = same(self.category)
        named = [each for each in items if same(each.category) == wanted]
        others = [each for each in items if same(each.category) != wanted]
        if not named:
            return [Bucket(items, "")]
        every = "each other speaker" if self.every == 1 else f"every {self.every} others"
        return buckets_of(
            [
                Bucket(others, f"not of category {quoted(self.category)}", share=self.every),
                Bucket(named, f"category {quoted(self.category)}, one after {every}"),
            ]
        )

    def turns(self, buckets: Sequence[Bucket]) -> Iterator[int]:
        """Give the buckets their shares in turn, as long as each lasts."""
        left = [len(bucket.items) for bucket in buckets]
        while any(left):
            for at, bucket in enumerate(buckets):
                taken = min(bucket.share, left[at])
                left[at] -= taken
                yield from (at for _ in range(taken))


def _as_shares(given: Mapping[str, int] | Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    try:
        pairs = list(dict(given).items())
    except (TypeError, ValueError) as error:
        msg = f'expected shares such as {{"women": 1, "men": 1}}, got {shown(given)}'
        raise InvalidValue(msg) from error
    if not pairs:
        msg = 'expected shares such as {"women": 1, "men": 1}, got none'
        raise InvalidValue(msg)
    for name, share in pairs:
        if not whole(share) or not 1 <= share <= _MOST:
            msg = f"{shown(name)}: expected a share, a whole number from 1, got {shown(share)}"
            raise InvalidValue(msg)
    names = as_values([name for name, _ in pairs])
    return tuple((name, share) for name, (_, share) in zip(names, pairs, strict=True))


@attrs.frozen
class Alternate(Rule):
    """Kinds of speakers alternate by shares, such as women and men one to one.

    Attributes:
        trait: What kinds are told by.
        shares: Whole numbers by kind, in the order that decides a tie; kinds not named stand
            behind.

    However many have spoken, each kind has had what the method of Sainte-Laguë gives it of so
    many: the sum of (spoken - share of all who spoke)² / share is the least that whole numbers
    allow. When one kind ends, the others go on.
    """

    word: ClassVar[str] = "alternate"
    trait: str = attrs.field(converter=as_title)
    shares: tuple[tuple[str, int], ...] = attrs.field(converter=_as_shares)

    def split(self, items: Sequence[Inscription], _context: Context, /) -> list[Bucket]:
        """Split inscriptions into buckets of one kind each."""
        found: dict[str, list[Inscription]] = {same(name): [] for name, _ in self.shares}
        behind: list[Inscription] = []
        for each in items:
            found.get(same(fact(each, self.trait)), behind).append(each)
        ratio = ":".join(str(share) for _, share in islice(self.shares, 4))
        ratio += ":…" if len(self.shares) > 4 else ""  # noqa: PLR2004  # as many as a reason holds
        buckets = [
            Bucket(found[same(name)], f"{cut(name)}, alternating {ratio}", share=share)
            for name, share in self.shares
        ]
        rest = Bucket(behind, "of no kind that alternates" if any(found.values()) else "", share=0)
        return buckets_of([*buckets, rest])

    def turns(self, buckets: Sequence[Bucket]) -> Iterator[int]:
        """Give the bucket whose next speaker has the highest quotient of share and 2 n + 1."""
        waiting = [
            (Fraction(1, bucket.share), at) for at, bucket in enumerate(buckets) if bucket.share
        ]
        heapify(waiting)
        had = [0] * len(buckets)
        while waiting:
            _, at = waiting[0]
            yield at
            had[at] += 1
            if had[at] < len(buckets[at].items):
                heapreplace(waiting, (Fraction(2 * had[at] + 1, buckets[at].share), at))
            else:
                heappop(waiting)
        for at, bucket in enumerate(buckets):
            yield from (at for _ in bucket.items if not bucket.share)
