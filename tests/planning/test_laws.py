"""Laws of planning: each way out is the least that does, and nobody is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from r2psched.planning import Plan, plan
from r2psched.procedures import Procedure, Step
from r2psched.sessions import Session
from r2psched.speakers import Inscription, SpeakerList
from tests import oracle
from tests.oracle import Hall
from tests.seating.small import SECOND as MICROSECONDS
from tests.seating.small import limits_of, running_orders, short_floors
from tests.strategies import sessions

if TYPE_CHECKING:
    from r2psched.planning import Way
    from r2psched.seating import RunningOrder

SECOND = timedelta(seconds=1)
orders = running_orders(8, short_floors)


def session_of(order: RunningOrder, *steps: Step) -> Session:
    """Give the session that a running order is of, with steps for when its list is too long."""
    floor = order.floor
    rules = Procedure("small", "Small", floor_time=floor.most or None, when_too_long=steps)
    return Session(
        "Small",
        floor.blocks,
        id="small",
        reserves=floor.reserves,
        procedure=rules,
        speakers=SpeakerList(
            order.inscriptions,
            order.limits,
            later_limits=order.later_limits,
            changeover=floor.changeover,
        ),
    )


def by_kind(found: Plan) -> dict[str, Way]:
    """Give the ways out that are no steps of a procedure."""
    return {way.kind: way for way in found.ways if way.kind != "procedure"}


short = orders.filter(lambda order: order.floor.most != timedelta(0))


@given(short.filter(lambda order: order.floor.most is None and bool(order.unheard)))
def test_ways_are_the_least_that_do(order: RunningOrder) -> None:
    """Limits are the longest, time the least, by brute force, and the seating hears all with it."""
    ways, listed, hall = by_kind(plan(session_of(order))), limits_of(order), Hall(order.floor)
    count = len(listed)
    longest = oracle.longest_limit(hall, 5, lambda limit: [limit] * count)
    assert ("limit" in ways) == (longest is not None)
    expected = {
        "limit": longest,
        "minutes more": oracle.missing(order.floor, listed),
        "new block": oracle.missing_block(order.floor, listed),
    }
    for kind, seconds in expected.items():
        if kind in ways:
            assert ways[kind].figure == (seconds or 0) * SECOND
            assert ways[kind].heard == ways[kind].of == count
            assert ways[kind].lacks is None
    assert {"minutes more", "new block", "cut line"} <= ways.keys()


@given(short.filter(lambda order: not order.later_limits and bool(order.unheard)))
def test_the_default_alone(order: RunningOrder) -> None:
    """The default limit is told beside one for all where others have another, and is the longest
    under which all are heard.
    """
    found = by_kind(plan(session_of(order))).get("default limit")
    rules = [order.limits.rule(who) for who in order.inscriptions]
    pairs = list(zip(rules, limits_of(order), strict=True))
    longest = oracle.longest_limit(
        Hall(order.floor), 5, lambda limit: [limit if rule == "default" else n for rule, n in pairs]
    )
    if {"default"} < set(rules) and longest is not None:
        assert found is not None
        assert (found.figure, found.heard) == (longest * SECOND, len(rules))
    else:
        assert found is None


@given(short, st.sampled_from([(), (Step("equal"),), (Step("equal"), Step("cut"))]))
def test_nobody_is_lost(order: RunningOrder, steps: tuple[Step, ...]) -> None:
    """No way hears fewer than before, nor more than are inscribed, and each that lacks nothing
    hears all.
    """
    found = plan(session_of(order, *steps))
    assert found.order is not None
    assert len(found.order) == len(order)
    assert bool(found.ways) == bool(order.unheard)
    for way in found.ways:
        if way.heard is not None:
            assert len(order) <= way.heard <= way.of == len(order.inscriptions)
            assert (way.lacks is None) == (way.heard == way.of)
            assert all(left >= timedelta(0) for left in way.left_over)
    assert found.fits == any(
        [not order.unheard, found.reached is not None and found.reached.lacks is None]
    )


@given(orders.filter(lambda order: bool(order.floor.most) and bool(order.unheard)))
def test_a_bound_on_the_list_grows_too(order: RunningOrder) -> None:
    """Where all may take so much together, bound and last block grow by no second too many."""
    session = session_of(order)
    figure = by_kind(plan(session))["minutes more"].figure
    assert figure is not None

    def heard(block: int, bound: int) -> bool:
        last = session.blocks[-1]
        end = last.end_us + block * MICROSECONDS
        longer = attrs.evolve(
            session,
            blocks=[*session.blocks[:-1], last.from_microseconds(last.start_us, end, last.zone)],
            procedure=Procedure(floor_time=(order.floor.most or SECOND) + bound * SECOND),
        )
        return not longer.running_order().unheard

    more = figure // SECOND
    assert heard(more, more)
    assert not heard(more - 1, more - 1)


@given(orders.filter(lambda order: bool(order.floor.most) and bool(order.unheard)))
def test_a_new_block_is_free_of_the_bound(order: RunningOrder) -> None:
    """What all may take together in the other blocks does not bound the new one."""
    way = by_kind(plan(session_of(order)))["new block"]
    assert way.figure == oracle.missing_block(order.floor, limits_of(order)) * SECOND
    assert (way.heard, way.ends) == (way.of, None)
    assert len(way.left_over) == len(order.floor.blocks) + 1


@given(short.filter(lambda order: not order.unheard))
def test_room(order: RunningOrder) -> None:
    """So many more of a kind are heard behind the list, and not one more."""
    found = plan(session_of(order))
    assert {room.kind: room.more for room in found.room} == order.room_left()
    for room in found.room:
        group = "Group" if room.kind == "on behalf of a group" else None
        named = [
            Inscription(f"Further {n}", category=room.kind, on_behalf=group)
            for n in range(min(room.more, 200) + 1)
        ]
        if room.more > len(named):
            continue
        longer = attrs.evolve(order, inscriptions=(*order.inscriptions, *named))
        heard = len(session_of(longer).running_order())
        assert heard == len(order.inscriptions) + room.more


@given(sessions())
def test_any_session(session: Session) -> None:
    """Whatever its list, hours and reserves, a session has a plan that can be told."""
    assume(session.speakers is not None)
    found = plan(session)
    assert ("<table>" in found._repr_html_()) == bool(found.rows())
    lines = str(found).splitlines()
    assert lines
    assert found.inscribed == len(session.speakers or ())
    table = lines.index(next((line for line in lines if line.startswith("way  ")), lines[0]))
    assert all(len(line) <= 100 for line in lines[table : table + len(found.ways)] if table)
    for row, way in zip(found.rows(), found.ways, strict=False):
        assert str(row["what"]) in str(way)
