"""What it would take: each inverse against brute force over the laws told a second time."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain, repeat
from typing import TYPE_CHECKING

import attrs
from hypothesis import given
from hypothesis import strategies as st

from r2psched.counting import Capacity
from r2psched.seating import seat
from r2psched.speakers import Inscription
from tests import oracle
from tests.oracle import Hall
from tests.seating.small import limits_of, running_orders, short_floors

if TYPE_CHECKING:
    from r2psched.reserves import Floor
    from r2psched.seating import RunningOrder
    from tests.oracle import Limit

SECOND = timedelta(seconds=1)
orders = running_orders(8, short_floors)


@given(orders, st.integers(1, 3))
def test_longest_limits(order: RunningOrder, step: int) -> None:
    """No longer limit for all, and no longer default, lets everybody be heard; where limits change
    at stated times, only the limit for all is told.
    """
    hall, given_limits = Hall(order.floor), limits_of(order)
    rules = [] if order.later_limits else map(order.limits.rule, order.inscriptions)
    default = [rule == "default" for rule in rules]

    def default_only(limit: int) -> list[int | Limit]:
        return [limit if d else n for d, n in zip(default, given_limits, strict=True)]

    found = order.longest_limits(f"{step} s")
    expected = oracle.longest_limit(hall, step, lambda limit: [limit] * len(given_limits))
    assert (found.for_all and found.for_all // SECOND) == expected
    expected = oracle.longest_limit(hall, step, default_only) if any(default) else None
    assert (found.default_only and found.default_only // SECOND) == expected


@given(orders, st.data())
def test_missing(order: RunningOrder, data: st.DataObject) -> None:
    """One second less at the end of the last block, and somebody is not heard."""
    at = data.draw(st.integers(0, len(order.inscriptions)))
    name = order.inscriptions[at - 1].id if at else None
    wanted = limits_of(order)[: at or None]
    assert order.missing(name) == oracle.missing(order.floor, wanted) * SECOND


@given(orders, st.data())
def test_missing_block(order: RunningOrder, data: st.DataObject) -> None:
    """One second less in a new last block, and somebody is not heard."""
    at = data.draw(st.integers(0, len(order.inscriptions)))
    name = order.inscriptions[at - 1].id if at else None
    wanted = limits_of(order)[: at or None]
    assert order.missing_block(name) == oracle.missing_block(order.floor, wanted) * SECOND


@given(running_orders(10))
def test_room_left(order: RunningOrder) -> None:
    """So many more with one limit are heard behind the list, and not one more."""
    periods = (order.limits, *order.later_limits)
    kinds = {kind for limits in periods for kind in limits.kinds()}
    given_limits = limits_of(order)
    for kind in kinds:
        group = "Group" if kind == "on behalf of a group" else None
        more = Inscription("More", category=kind, on_behalf=group)
        limit = limits_of(attrs.evolve(order, inscriptions=(more,)))
        heard = Hall(order.floor).seat(chain(given_limits, repeat(limit[0])))
        assert order.room_left()[kind] == max(0, len(heard) - len(given_limits))
    assert set(order.room_left()) == kinds


@given(running_orders().filter(lambda order: order.unheard), st.data())
def test_withdrawals_needed(order: RunningOrder, data: st.DataObject) -> None:
    """With so many fewer just ahead the speaker is heard, and with one more he is not."""
    at = data.draw(st.integers(1, len(order.inscriptions)))
    *before, limit = limits_of(order)[:at]
    heard = (k for k in range(at) if Hall(order.floor).hears([*before[: len(before) - k], limit]))
    assert order.withdrawals_needed(order.inscriptions[at - 1].id) == next(heard, None)


@given(short_floors, st.integers(1, 10), st.integers(1, 12))
def test_capacity(floor: Floor, speakers: int, limit: int) -> None:
    """The inverses of a capacity are those of a list in which all have one limit."""
    answer, wanted = Capacity(floor, limit * SECOND), [limit] * speakers
    assert answer.missing(speakers) == oracle.missing(floor, wanted) * SECOND
    assert answer.missing_block(speakers) == oracle.missing_block(floor, wanted) * SECOND
    longest = answer.longest_limit(speakers, "1 s")
    expected = oracle.longest_limit(Hall(floor), 1, lambda n: [n] * speakers)
    assert (longest and longest // SECOND) == expected


@given(orders, st.integers(1, 8))
def test_those_who_are_drawn(order: RunningOrder, most: int) -> None:
    """Where some are drawn, it takes what they take; behind them no time helps, and those ahead
    must withdraw until one stands among them.
    """
    inscribed, floor, later = order.inscriptions, order.floor, order.later_limits
    drawn = seat("small", inscribed, order.limits, floor, later_limits=later, most=most)
    listed = limits_of(order)
    called = listed[:most]
    assert drawn.missing() == oracle.missing(floor, called) * SECOND
    assert drawn.missing_block() == oracle.missing_block(floor, called) * SECOND
    longest = drawn.longest_limits("1 s").for_all
    expected = oracle.longest_limit(Hall(floor), 1, lambda limit: [limit] * len(called))
    assert (longest and longest // SECOND) == expected
    for at, who in enumerate(inscribed[most:], most + 1):
        assert (drawn.missing(who.id), drawn.missing_block(who.id)) == (None, None)
        *before, limit = listed[:at]
        heard = (
            k for k in range(at - most, at) if Hall(floor).hears([*before[: at - 1 - k], limit])
        )
        assert drawn.withdrawals_needed(who.id) == next(heard, None)
