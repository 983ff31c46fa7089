"""What each group has, and what is left of it."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from r2psched import tables
from r2psched.durations import show
from r2psched.errors import UnknownName
from r2psched.fields import folded
from r2psched.shares.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

__all__ = ["Account", "Accounts", "Allotment", "Share"]

_NOTHING = timedelta(0)
_KIND = "group"


@attrs.frozen
class Share:
    """The time that one group has.

    Attributes:
        group: Its name.
        size: Its size, or its number in the key that was given.
        quota: The exact number of seconds that it would have if time had no smallest part.
        share: Its time, in whole seconds; less than a second away from the quota.
    """

    group: str
    size: int
    quota: Fraction
    share: timedelta


@attrs.frozen
class Account:
    """What one group has, and what it asked for or used.

    Attributes:
        group: Its name.
        share: The time that it has.
        used: The time that it asked for or used.
    """

    group: str
    share: timedelta
    used: timedelta

    @property
    def left(self) -> timedelta:
        """What is left of the share, or zero."""
        return max(self.share - self.used, _NOTHING)

    @property
    def over(self) -> timedelta:
        """By how much it goes over its share, or zero."""
        return max(self.used - self.share, _NOTHING)


def _words(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return [
        {key: show(v) if isinstance(v, timedelta) else v for key, v in row.items()} for row in rows
    ]


@attrs.frozen
class Accounts:
    """What every group has, and what each asked for or used.

    Attributes:
        accounts: One for each group, in the order of the shares.
        word: "asked" or "used".
        without: Who has no group, and how long.

    >>> from r2psched.shares import Shares
    >>> allotment = Shares({"A": 2, "B": 1}, "9 min").allot()
    >>> [each.group for each in allotment.account({"A": "5 min", "B": "4 min"}).over]
    ['B']
    """

    accounts: tuple[Account, ...]
    word: str = "used"
    without: tuple[tuple[str, timedelta], ...] = ()

    @cached_property
    def _by_key(self) -> dict[str, Account]:
        return {folded(each.group): each for each in self.accounts}

    def __iter__(self) -> Iterator[Account]:
        """Each account, in the order of the shares."""
        return iter(self.accounts)

    def __len__(self) -> int:
        """How many groups there are."""
        return len(self.accounts)

    def __getitem__(self, group: str) -> Account:
        """The account of a group.

        Raises:
            UnknownName: If there is no such group.
        """
        found = self._by_key.get(folded(group))
        if found is None:
            raise UnknownName(_KIND, group, [each.group for each in self.accounts])
        return found

    @property
    def over(self) -> tuple[Account, ...]:
        """The groups that go over their share."""
        return tuple(each for each in self.accounts if each.over)

    def rows(self) -> list[dict[str, object]]:
        """One dict for each group: its name, share, time asked for or used, left, over."""
        return [
            {
                "group": each.group,
                "share": each.share,
                self.word: each.used,
                "left": each.left,
                "over": each.over or None,
            }
            for each in self.accounts
        ]

    def _below(self) -> list[str]:
        return [f"without a group: {name}, {show(length)}" for name, length in self.without]

    def __str__(self) -> str:
        """A table by group, and who has none."""
        return "\n".join([tables.plain(_words(self.rows())), *self._below()])

    def _repr_html_(self) -> str:
        return tables.html(_words(self.rows()), self._below())


def _decimal(quota: Fraction) -> str:
    """Seconds to the hundredth, cut off, as a person writes them beside a division by hand."""
    whole, rest = divmod(quota.numerator, quota.denominator)
    hundredths = 100 * rest // quota.denominator
    return f"{whole}.{hundredths:02d}" if rest else str(whole)


@attrs.frozen
class Allotment:
    """How much time each group has.

    Attributes:
        shares: One for each group, in the order in which they were given.
        time: What was divided; the shares add up to it.
        equal: The part of it that was divided equally: a length, or a text such as "50%".
    """

    shares: tuple[Share, ...]
    time: timedelta
    equal: timedelta | str = _NOTHING

    @cached_property
    def _by_key(self) -> dict[str, Share]:
        return {folded(each.group): each for each in self.shares}

    def __iter__(self) -> Iterator[Share]:
        """Each share, in the order in which the groups were given."""
        return iter(self.shares)

    def __len__(self) -> int:
        """How many groups there are."""
        return len(self.shares)

    def __getitem__(self, group: str) -> Share:
        """The share of a group, whatever the case of its letters.

        Raises:
            UnknownName: If there is no such group.
        """
        found = self._by_key.get(folded(group))
        if found is None:
            raise UnknownName(_KIND, group, [each.group for each in self.shares])
        return found

    def account(self, used: Tally | Mapping[str, timedelta | str]) -> Accounts:
        """What each group has left, and by how much it goes over.

        Args:
            used: What each asked for or used: a mapping from group to length, or a tally. A group
                that is not in it used nothing.

        Raises:
            UnknownName: If a group in it has no share.
            InvalidValue: If a length is not readable, or one group is in it twice.

        >>> from r2psched.shares import Shares
        >>> print(Shares({"A": 2, "B": 1}, "9 min").allot().account({"b": "4 min"}))
        group  share  used   left   over
        A      6 min  0 s    6 min
        B      3 min  4 min  0 s    1 min
        """
        tally = used if isinstance(used, Tally) else Tally(used)
        taken = {self[group].group: length for group, length in tally.groups}
        return Accounts(
            tuple(
                Account(each.group, each.share, taken.get(each.group, _NOTHING))
                for each in self.shares
            ),
            tally.word,
            tally.without,
        )

    def rows(self) -> list[dict[str, object]]:
        """One dict for each group: its name, size, quota in seconds, share."""
        return [
            {
                "group": each.group,
                "size": each.size,
                "quota": float(each.quota),
                "share": each.share,
            }
            for each in self.shares
        ]

    @property
    def rule(self) -> str:
        """One line: what was divided, and how."""
        count = len(self.shares)
        among = f"{show(self.time)} is divided among {count} group{'' if count == 1 else 's'}"
        if self.equal == "100%":
            return f"{among} equally."
        if not self.equal:
            return f"{among} by size."
        part = self.equal if isinstance(self.equal, str) else show(self.equal)
        return f"{among}: {part} equally, the rest by size."

    def _table(self) -> list[dict[str, object]]:
        return [
            {
                "group": each.group,
                "size": each.size,
                "quota (s)": _decimal(each.quota),
                "share": show(each.share),
            }
            for each in self.shares
        ]

    def __str__(self) -> str:
        """A table by group, and what was divided how."""
        return f"{tables.plain(self._table())}\n{self.rule}"

    def _repr_html_(self) -> str:
        return tables.html(self._table(), [self.rule])
