"""The rule by which a debate's time is divided among groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from math import gcd
from typing import TYPE_CHECKING

import attrs

from r2psched.durations import as_duration, show
from r2psched.errors import InvalidValue, shown
from r2psched.fields import as_title, folded, optional_limit, whole
from r2psched.shares.allotment import Allotment, Share

if TYPE_CHECKING:
    from fractions import Fraction

__all__ = ["Shares", "as_size"]

_LARGEST = 10**12
_SECOND = timedelta(seconds=1)
_PERCENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,6}))? ?%")
_RATIO = re.compile(r"([0-9]{1,6}) ?/ ?([0-9]{1,6})")
_MILLIONTHS = 10**6
_NO_SIZE = 'every group is of size 0: give sizes, or divide equally with equal="100%"'
_GROUPS = 'groups with their sizes, such as {"Group A": 30, "Group B": 12}'


def as_size(value: object) -> int:
    """Take the size of a group, or its number in some other key: a whole number from 0.

    >>> as_size(188)
    188
    """
    if isinstance(value, int) and whole(value) and 0 <= value <= _LARGEST:
        return value
    msg = f"expected a whole number such as 30, from 0 to {_LARGEST:,}, got {shown(value)}"
    raise InvalidValue(msg)


def _as_groups(given: Mapping[str, int] | Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Take groups with their sizes, in the order in which they are given."""
    try:
        items = list(given.items() if isinstance(given, Mapping) else given)
        pairs = [(as_title(name), size) for name, size in items]
    except (TypeError, ValueError) as error:
        if isinstance(error, InvalidValue):
            raise
        msg = f"expected {_GROUPS}, got {shown(given)}"
        raise InvalidValue(msg) from error
    if not pairs:
        msg = f"expected {_GROUPS}, got none"
        raise InvalidValue(msg)
    seen: dict[str, str] = {}
    for name, _ in pairs:
        if other := seen.get(folded(name)):
            msg = f"the groups {shown(other)} and {shown(name)} have one name: remove one of them"
            raise InvalidValue(msg)
        seen[folded(name)] = name
    return tuple((name, _sized(name, size)) for name, size in pairs)


def _sized(name: str, size: object) -> int:
    try:
        return as_size(size)
    except InvalidValue as error:
        msg = f"{shown(name)}: {error}"
        raise InvalidValue(msg) from error


def _ratio(text: str) -> tuple[int, int] | None:
    """Numerator and denominator of a part such as "50%" or "1/3", or None if it is neither."""
    plain = text.strip()
    if found := _PERCENT.fullmatch(plain):
        return int(found[1] + (found[2] or "").ljust(6, "0")), 100 * _MILLIONTHS
    if (found := _RATIO.fullmatch(plain)) and int(found[2]):
        return int(found[1]), int(found[2])
    return None


def _as_equal(value: timedelta | str) -> timedelta | str:
    """Take a length, or a part of the time as the shortest text of it: "50%", else "1/3"."""
    ratio = _ratio(value) if isinstance(value, str) else None
    if ratio is None:
        try:
            return as_duration(value)
        except InvalidValue as error:
            msg = f'{error}; or a part of the time, such as "50%" or "1/3"'
            raise InvalidValue(msg) from error
    part, of = ratio
    if part > of:
        msg = f'expected a part of the time, from "0%" to "100%", got {shown(value)}'
        raise InvalidValue(msg)
    if not part:
        return timedelta(0)
    millionths, rest = divmod(part * 100 * _MILLIONTHS, of)
    if rest:
        common = gcd(part, of)
        return f"{part // common}/{of // common}"
    percent, decimals = divmod(millionths, _MILLIONTHS)
    return f"{percent}.{decimals:06d}".rstrip("0").rstrip(".") + "%"


@attrs.frozen
class Shares:
    """How a debate's time is divided among groups: one part equally, the rest by size.

    Every group's quota is the exact fraction E / n + R · s / S, where E is the part that is divided
    equally among the n groups, R the rest, s the group's size and S the sum of all. Each group has
    the whole seconds of its quota; the seconds that are left go one by one to the largest
    fractions (the method of Hamilton, or of largest remainders). Among equal fractions the larger
    group comes first, then the one that is named first. Remainders are taken once, over the sum of
    both parts: so no share is a second or more away from its quota, which dividing part by part
    does not ensure.

    Attributes:
        groups: Each group and its size, in the order given; given as a mapping. Any other key to
            divide by takes the place of sizes: then the numbers are the key.
        time: The length to divide, or None where it comes with `allot`.
        equal: The part of it that is divided equally: a length, or a text such as "50%" or "1/3".
        by: What names the group of an inscription: a trait, or "delegation", "speaker", "category",
            "level", "on behalf". "group" is the trait of that name, or where there is none the
            group that is spoken for.

    Source:
        One part equally and one by size, as the Rules of Procedure of the European Parliament have
        it: rule 171(4), ninth term, https://www.europarl.europa.eu/doceo/document/RULES-9-2023-02-14-RULE-171_EN.html.
        The rule names no method of rounding.

    >>> print(Shares({"A": 60, "B": 30, "C": 10}, "30 min", equal="50%").allot())
    group  size  quota (s)  share
    A        60  840        14 min
    B        30  570        9 min 30 s
    C        10  390        6 min 30 s
    30 min is divided among 3 groups: 50% equally, the rest by size.
    """

    groups: tuple[tuple[str, int], ...] = attrs.field(converter=_as_groups)
    time: timedelta | None = attrs.field(default=None, converter=optional_limit)
    equal: timedelta | str = attrs.field(default=timedelta(0), converter=_as_equal, kw_only=True)
    by: str = attrs.field(default="group", converter=as_title, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be divided, whatever the time or as soon as it is known."""
        if self.time is not None:
            self._parts(self.time)
        elif self.equal != "100%" and not any(size for _, size in self.groups):
            raise InvalidValue(_NO_SIZE)

    def _parts(self, time: timedelta) -> tuple[Fraction, Fraction]:
        """The seconds that are divided equally, and those that are divided by size."""
        from fractions import Fraction  # noqa: PLC0415  # reading a file needs none

        total = Fraction(time // _SECOND)
        if isinstance(self.equal, str):
            equally = total * Fraction(*(_ratio(self.equal) or (0, 1)))
        else:
            equally = Fraction(self.equal // _SECOND)
            if equally > total:
                msg = (
                    f"of {show(time)} not as much as {show(self.equal)} can be divided equally: "
                    'shorten equal, or write a part of the time, such as "50%"'
                )
                raise InvalidValue(msg)
        if equally < total and not any(size for _, size in self.groups):
            raise InvalidValue(_NO_SIZE)
        return equally, total - equally

    def allot(self, time: timedelta | str | None = None) -> Allotment:
        """How much time each group has, to the second; the shares add up to the time exactly.

        Args:
            time: The length to divide; by default the rule's own.

        Raises:
            InvalidValue: If there is no time to divide, the equal part is longer than it, or it
                would be divided by size among groups that all are of size 0.

        >>> [show(each.share) for each in Shares({"A": 1, "B": 1, "C": 1}).allot("10 s")]
        ['4 s', '3 s', '3 s']
        """
        given = self.time if time is None else as_duration(time)
        if given is None:
            msg = 'there is no time to divide: give one, such as time="1 h"'
            raise InvalidValue(msg)
        equally, rest = self._parts(given)
        each, whole_size = equally / len(self.groups), sum(size for _, size in self.groups) or 1
        quotas = [each + rest * size / whole_size for _, size in self.groups]
        seconds = [quota.numerator // quota.denominator for quota in quotas]
        ranked = sorted(
            range(len(quotas)),
            key=lambda at: (seconds[at] - quotas[at], -self.groups[at][1], at),
        )
        for at in ranked[: given // _SECOND - sum(seconds)]:
            seconds[at] += 1
        return Allotment(
            tuple(
                Share(name, size, quota, timedelta(seconds=count))
                for (name, size), quota, count in zip(self.groups, quotas, seconds, strict=True)
            ),
            given,
            self.equal,
        )

    def __str__(self) -> str:
        """Every group with its size."""
        return ", ".join(f"{name} {size}" for name, size in self.groups)
