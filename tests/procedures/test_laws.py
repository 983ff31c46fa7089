"""Laws of what a procedure makes of a list, whatever its rules and steps are."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from r2psched.errors import InvalidValue
from r2psched.ordering import arrange
from r2psched.procedures import Outcome, Procedure, Step, apply
from r2psched.seating import seat
from r2psched.sessions import Session
from r2psched.speakers import SpeakerList, SpeakingLimits
from tests.procedures.strategies import lowest, small_limits, small_lists, small_procedures
from tests.seating import small

if TYPE_CHECKING:
    from r2psched.reserves import Floor

GRID = timedelta(seconds=5)
LONGEST = timedelta(seconds=40)  # of a block of these floors


def _applied(speakers: SpeakerList, floor: Floor, rules: Procedure | None) -> Outcome:
    """Apply a procedure where it can be applied."""
    try:
        return apply("small", speakers, floor, rules)
    except InvalidValue:
        assume(condition=False)
        raise


def _limits(speakers: SpeakerList, rules: Procedure) -> SpeakingLimits | None:
    return speakers.limits or rules.limits


def _number(rule: str) -> int:
    """The place of what was applied: 0 for the limits, n for the nth step."""
    return 0 if rule == "limit" else int(rule.removeprefix("when_too_long[").removesuffix("]"))


@given(small_lists(), small.floors, small_procedures())
def test_steps_in_order(speakers: SpeakerList, floor: Floor, rules: Procedure) -> None:
    """Limits and steps are tried in order, each once, until one is enough."""
    outcome = _applied(speakers, floor, rules)
    *earlier, last = [_number(attempt.rule) for attempt in outcome.attempts]
    first = 0 if _limits(speakers, rules) else 1
    tried = list(range(first, first + len(outcome.attempts)))
    assert sorted([*earlier, last]) == tried
    assert earlier == sorted(earlier)
    if outcome.reached.lacks is not None:
        assert tried[-1] == len(rules.when_too_long)


@given(small_lists(), small.floors, small_procedures())
def test_what_each_lacked(speakers: SpeakerList, floor: Floor, rules: Procedure) -> None:
    """Every attempt but the last lacks something; the last is enough, or none that came after it
    could be taken.
    """
    outcome = _applied(speakers, floor, rules)
    *earlier, last = outcome.attempts
    assert all(attempt.lacks for attempt in earlier)
    for attempt in earlier:
        if attempt.order is not None:
            wanted = min(len(speakers), attempt.order.most or len(speakers))
            assert len(attempt.order) < wanted
            assert f"{len(attempt.order)} of {wanted} are heard" in str(attempt.lacks)
            assert _number(attempt.rule) < _number(last.rule)
    order = outcome.order
    wanted = min(len(speakers), order.most or len(speakers))
    cut = last.step.startswith("the cut line")
    assert (last.lacks is None) == (cut or len(order) == wanted)


@given(small_lists(), small.floors, small_procedures())
def test_seated(speakers: SpeakerList, floor: Floor, rules: Procedure) -> None:
    """Each attempt is what the seating gives under its limits, without anybody lost or added."""
    outcome = _applied(speakers, floor, rules)
    for attempt in outcome.attempts:
        order = attempt.order
        if order is not None:
            assert sorted(order.inscriptions, key=speakers.inscriptions.index) == [*speakers]
            seated = seat(
                "small",
                order.inscriptions,
                order.limits,
                floor,
                later_limits=order.later_limits,
                most=order.most,
            )
            assert order == seated
    assert outcome.order.inscriptions == outcome.arrangement.inscriptions
    assert [place.number for place in outcome.arrangement] == [*range(1, len(speakers) + 1)]
    assert all(place.reason for place in outcome.arrangement)


@given(small_lists(), small.floors, small_procedures())
def test_order_of_the_rules(speakers: SpeakerList, floor: Floor, rules: Procedure) -> None:
    """Whatever is not drawn stands in the order of the rules."""
    outcome = _applied(speakers, floor, rules)
    arranged = arrange(speakers, rules.order, seed=speakers.seed)
    for attempt in outcome.attempts:
        if attempt.order is not None and attempt.order.most is None:
            assert attempt.order.inscriptions == arranged.inscriptions


@given(small_lists(), small.floors, st.data())
def test_equal(speakers: SpeakerList, floor: Floor, data: st.DataObject) -> None:
    """The equal limit is the longest of the grid under which all are heard, and not below the
    lowest.
    """
    rules = Procedure(when_too_long=[Step("equal")], lowest_limit=data.draw(lowest([])))
    speakers = attrs.evolve(speakers, limits=None)
    assume(len(speakers))
    heard = []
    for n in range(1, LONGEST // GRID + 1):
        limits = SpeakingLimits(n * GRID, for_all=True)
        if len(seat("small", speakers.inscriptions, limits, floor)) == len(speakers):
            heard.append(n * GRID)
    longest = max(heard, default=None)
    try:
        outcome = apply("small", speakers, floor, rules)
    except InvalidValue as refusal:
        assert longest is None or (rules.lowest_limit and longest < rules.lowest_limit)
        assert "no step of the procedure applies" in str(refusal)  # noqa: PT017  # either is right
    else:
        assert outcome.reached.lacks is None
        assert outcome.order.limits == SpeakingLimits(longest or GRID, for_all=True)
        assert rules.lowest_limit is None or (longest or GRID) >= rules.lowest_limit


@given(small_lists(settled=False), small.floors, small_limits, st.integers(1, 8), st.randoms())
def test_draw(
    speakers: SpeakerList, floor: Floor, limits: SpeakingLimits, number: int, chance: object
) -> None:
    """Those with the lowest lots are drawn, at most so many, however the list was ordered."""
    assume(len(speakers) > number)
    rules = Procedure(when_too_long=[Step("draw", number=number, limits=limits)])
    speakers = attrs.evolve(speakers, limits=None)
    outcome = apply("small", speakers, floor, rules)
    lots = {who.id: sha256(f"{speakers.seed}\n{who.id}".encode()).hexdigest() for who in speakers}
    drawn = sorted(lots, key=lambda name: lots[name])
    assert [who.id for who in outcome.order.inscriptions] == drawn
    assert len(outcome.order) <= number
    assert outcome.order.limits == limits
    shuffled = list(speakers)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random of Hypothesis
    again = apply("small", attrs.evolve(speakers, inscriptions=shuffled), floor, rules)
    assert again == outcome


@given(small_lists(), small.short_floors, small_procedures())
def test_settled(speakers: SpeakerList, floor: Floor, rules: Procedure) -> None:
    """A list that is settled keeps its order, is not drawn again, and stays as it is."""
    session = Session(
        "Small", floor.blocks, reserves=floor.reserves, speakers=speakers, procedure=rules
    )
    _applied(speakers, session.floor(), rules)
    settled = session.settled()
    again = attrs.evolve(session, speakers=settled)
    assert sorted(who.place or 0 for who in settled) == [*range(1, len(settled) + 1)]
    assert [attrs.evolve(who, place=None, placed=None) for who in settled] == [
        attrs.evolve(who, place=None, placed=None) for who in speakers
    ]
    assert again.settled() == settled
    assert [who.placed is None for who in settled] == [who.place is not None for who in speakers]
    order = [who.place for who in again.outcome().order.inscriptions]
    assert order == [*range(1, len(settled) + 1)]


@given(small_lists(), small.short_floors, small_procedures(), small.limits)
def test_given_limits(
    speakers: SpeakerList, floor: Floor, rules: Procedure, limit: timedelta
) -> None:
    """A running order of stated limits tries no steps, and has the order of the rules."""
    session = Session("Small", floor.blocks, speakers=speakers, procedure=rules)
    order = session.running_order(limit)
    arranged = session.arrangement().inscriptions
    assert order == seat("small", arranged, SpeakingLimits(limit), session.floor())


@given(small_lists(), small.floors, st.integers(1, 8), small_limits)
def test_cut(speakers: SpeakerList, floor: Floor, number: int, limits: SpeakingLimits) -> None:
    """The cut line is drawn under what was tried before it, those who were drawn included."""
    step = Step("draw", number=number, limits=limits)
    assume(len(speakers))
    speakers = attrs.evolve(speakers, limits="9 s")
    before = apply("small", speakers, floor, Procedure(when_too_long=[step]))
    after = apply("small", speakers, floor, Procedure(when_too_long=[step, Step("cut")]))
    assert after.reached.lacks is None
    assert after.order == before.order
    assert after.arrangement == before.arrangement
