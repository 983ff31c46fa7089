"""The laws that every division keeps, and the same by brute force."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from itertools import pairwise, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.errors import InvalidValue
from r2psched.shares import Shares

if TYPE_CHECKING:
    from random import Random

    from r2psched.shares import Allotment

SECOND = timedelta(seconds=1)
NAMES = "ABCDEFGHIJKL"
sizes = st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any)
few = st.lists(st.integers(0, 6), min_size=1, max_size=4).filter(any)
parts = st.fractions(0, 1, max_denominator=12).map(str) | st.integers(0, 100).map("{}%".format)
times = st.integers(0, 20_000).map(lambda seconds: seconds * SECOND)


def as_ratio(part: str) -> Fraction:
    """Read a part as Python does."""
    return Fraction(part.removesuffix("%")) / 100 if part.endswith("%") else Fraction(part)


def rule(numbers: list[int], part: str = "0%") -> Shares:
    """Divide among groups that are named by letters."""
    text = part if "%" in part or "/" in part else f"{part}/1"
    return Shares(zip(NAMES, numbers, strict=False), equal=text)


def seconds(allotment: Allotment) -> list[int]:
    """Give the shares in seconds."""
    return [each.share // SECOND for each in allotment]


@given(few, st.integers(0, 6), parts)
def test_brute_force(numbers: list[int], time: int, part: str) -> None:
    """Of all ways to divide, none is nearer to the quotas; of those as near, the larger group comes
    first, then the one named first.
    """
    equal, whole = as_ratio(part), sum(numbers)
    quotas = [time * equal / len(numbers) + time * (1 - equal) * size / whole for size in numbers]
    ranked = sorted(range(len(numbers)), key=lambda at: (-numbers[at], at))
    best = min(
        (each for each in product(range(time + 1), repeat=len(numbers)) if sum(each) == time),
        key=lambda each: (
            sum((x - quota) ** 2 for x, quota in zip(each, quotas, strict=True)),
            [-each[at] for at in ranked],
        ),
    )
    allotment = rule(numbers, part).allot(time * SECOND)
    assert seconds(allotment) == list(best)
    assert [each.quota for each in allotment] == quotas


@given(sizes, times, parts)
def test_nothing_lost_and_quota(numbers: list[int], time: timedelta, part: str) -> None:
    """The shares add up to the time, and each is its quota, rounded down or up."""
    allotment = rule(numbers, part).allot(time)
    assert sum((each.share for each in allotment), timedelta(0)) == time
    assert sum(each.quota for each in allotment) == time // SECOND
    for each in allotment:
        assert abs(each.share // SECOND - each.quota) < 1


@given(sizes, times, parts)
def test_larger_groups_have_no_less(numbers: list[int], time: timedelta, part: str) -> None:
    """A group has no less than a smaller one, and groups of one size are less than 2 s apart."""
    found = sorted(zip(numbers, seconds(rule(numbers, part).allot(time)), strict=True))
    for (size, share), (other, more) in pairwise(found):
        assert share <= more
        assert other > size or more - share <= 1


@given(sizes, times, parts, st.data())
def test_a_group_that_grows_loses_nothing(
    numbers: list[int], time: timedelta, part: str, data: st.DataObject
) -> None:
    """A group that grows alone has no less than before."""
    at = data.draw(st.integers(0, len(numbers) - 1))
    larger = [size + (7 if i == at else 0) for i, size in enumerate(numbers)]
    before, after = (seconds(rule(each, part).allot(time))[at] for each in (numbers, larger))
    assert after >= before


@given(sizes, times, parts, st.integers(1, 1000))
def test_scale(numbers: list[int], time: timedelta, part: str, factor: int) -> None:
    """Sizes count only beside one another: all of them so many times larger change nothing."""
    scaled = [size * factor for size in numbers]
    assert seconds(rule(numbers, part).allot(time)) == seconds(rule(scaled, part).allot(time))


@given(sizes.filter(lambda found: len(set(found)) == len(found)), times, parts, st.randoms())
def test_order_is_free(numbers: list[int], time: timedelta, part: str, random: Random) -> None:
    """Groups of different sizes have the same shares in whatever order they are named."""
    groups = list(zip(NAMES, numbers, strict=False))
    first = Shares(groups, equal=rule(numbers, part).equal).allot(time)
    random.shuffle(groups)
    second = Shares(groups, equal=rule(numbers, part).equal).allot(time)
    assert {e.group: e.share for e in first} == {e.group: e.share for e in second}


@given(sizes, times.filter(bool))
def test_all_equally(numbers: list[int], time: timedelta) -> None:
    """The whole time divided equally is the same as a length of the whole time, whatever the sizes,
    and gives shares at most a second apart.
    """
    found = seconds(rule(numbers, "100%").allot(time))
    assert found == seconds(Shares(zip(NAMES, numbers, strict=False), equal=time).allot(time))
    assert max(found) - min(found) <= 1


def test_remainders_are_taken_once() -> None:
    """Divided part by part, the groups would have 2 + 2, 2 + 2 and 1 + 1 s of a quota of 3 1/3."""
    allotment = Shares({"A": 1, "B": 1, "C": 1}, "10 s", equal="5 s").allot()
    assert seconds(allotment) == [4, 3, 3]


def test_more_time_may_cost_a_second() -> None:
    """One second more to divide may cost a small group one, as with every largest remainder."""
    shares = Shares({"A": 6, "B": 6, "C": 2})
    assert seconds(shares.allot("10 s")) == [4, 4, 2]
    assert seconds(shares.allot("11 s")) == [5, 5, 1]


@given(st.integers(1, 40))
def test_no_size_at_all(count: int) -> None:
    """Where all groups are of size 0, the time can only be divided equally."""
    groups = {f"G{at}": 0 for at in range(count)}
    assert seconds(Shares(groups, equal="100%").allot(count * SECOND)) == [1] * count
    with pytest.raises(InvalidValue, match="every group is of size 0"):
        Shares(groups, equal="99%").allot("1 h")
