"""What a plan tells of lists of every kind."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import attrs
import pytest

from r2psched.blocks import Day
from r2psched.errors import InvalidValue
from r2psched.files import procedure, read
from r2psched.ordering import Lots
from r2psched.planning import Plan, plan
from r2psched.procedures import Procedure, Step
from r2psched.reserves import Reserve
from r2psched.sessions import Session
from r2psched.speakers import LimitsFrom, SpeakerList, SpeakingLimits
from tests.refusals import refusal
from tests.test_examples import EXAMPLES

if TYPE_CHECKING:
    from r2psched.planning import Way

DAY = Day("2026-03-10", zone="UTC")


def by_kind(found: Plan) -> dict[str, Way]:
    """Give the ways out that are no steps of a procedure."""
    return {way.kind: way for way in found.ways if way.kind != "procedure"}


def hearing(*names: str, time: str = "18:00-18:07", **rules: object) -> Session:
    """Give seven minutes of public comment at 2 min each."""
    speakers = SpeakerList(names, "2 min")
    return Session("Comment", DAY(time), speakers=speakers, procedure=Procedure("own", **rules))  # type: ignore[arg-type]  # rules of any type


def test_120_at_the_dialogue_of_2014() -> None:
    """Of 120 speakers 99 are heard; the ways out have the figures of the arithmetic by hand."""
    found = plan(read(EXAMPLES / "illustrative-list-of-120.toml")["floor"])
    told = [(way.what, way.heard) for way in found.ways]
    assert told == [
        ("a limit of 2 min 30 s for all", 120),
        ("1 h 1 min more at the end of the last block", 120),
        ("a new block of 1 h 3 min", 120),
        ("the cut line, time permitting", 99),
    ]
    assert (found.fits, found.at_most, len(found.assumptions)) == (False, True, 1)
    assert [f"{way.ends:%H:%M}" if way.ends else None for way in found.ways] == [
        "17:50",
        "18:51",
        None,
        "17:48",
    ]


def test_the_council_reaches_two_minutes() -> None:
    """The dialogue of the Human Rights Council fits under the first step of its procedure, with
    room for 5 more.
    """
    found = plan(read(EXAMPLES / "hrc-dialogue.toml")["dialogue"])
    assert found.order is not None
    assert (len(found.order), found.inscribed, found.fits) == (52, 60, True)
    assert found.reached is not None
    assert (found.reached.what, found.reached.figure) == (
        "step 1: limits of 2 min",
        timedelta(minutes=2),
    )
    assert "9 March 2016" in found.reached.rests_on[0]
    assert {room.kind: room.more for room in found.room} == {"default": 5, "member": 5}
    assert "Room for more under step 1: limits of 2 min, each kind alone:" in str(found)


def test_lots_make_it_fit() -> None:
    """Of 34 States 13 are drawn and heard, and no limit is stated without the draw."""
    found = plan(read(EXAMPLES / "upr-adoption.toml")["states"])
    assert found.order is None
    assert found.stated_by is None
    assert found.fits
    assert found.reached is not None
    assert (found.reached.heard, found.reached.of, found.reached.lacks) == (13, 34, None)
    assert found.reached.left_over == (timedelta(seconds=30),)
    assert found.room == ()
    assert str(found).startswith("No limit is stated, and 34 are inscribed.\n")


def test_steps_say_what_they_lack() -> None:
    """Each step stands in its order with what it lacks, reached or not, and a cut is no fit."""
    steps = [
        Step("limits", limits="1 min 50 s"),
        Step("draw", number=9),
        Step("equal"),
        Step("cut"),
    ]
    found = plan(hearing(*"ABCDE", when_too_long=steps, lowest_limit="90 s"))
    told = [
        (way.what, way.heard, way.lacks, way.reached)
        for way in found.ways
        if way.kind == "procedure"
    ]
    assert told == [
        (
            "step 1: limits of 1 min 50 s",
            3,
            "3 of 5 are heard: it would take 2 min 10 s more",
            False,
        ),
        (
            "step 2: draw 9 by lot",
            None,
            "5 are inscribed, and lots are drawn if more than 9 are",
            False,
        ),
        (
            "step 3: the longest equal limit under which all are heard",
            None,
            "it would be 1 min 20 s, and none is shortened below 1 min 30 s",
            False,
        ),
        (
            "step 4: the cut line, time permitting",
            3,
            "2 are not heard, first number 4, D",
            True,
        ),
    ]
    assert not found.fits
    assert str(found.ways[-3]) == f"step 2: draw 9 by lot: {told[1][2]}"
    way = by_kind(found)["limit"]
    assert (way.heard, way.lacks) == (5, "own shortens none below 1 min 30 s")
    assert "\nstep 2: draw 9 by lot: 5 are inscribed, and lots" in str(found)
    assert "\na limit of 1 min 20 s for all: own shortens none below 1 min 30 s.\n" in str(found)


def test_the_last_step_that_could_be_taken() -> None:
    """Where no step is enough, the last that could be taken is reached, and the list fits not."""
    steps = [Step("limits", limits="1 min 50 s"), Step("draw", number=9)]
    found = plan(hearing(*"ABCDE", when_too_long=steps))
    assert [way.reached for way in found.ways if way.kind == "procedure"] == [True, False]
    assert not found.fits


def test_one_below_the_cut_line() -> None:
    """One who is not heard is named alone."""
    assert by_kind(plan(hearing(*"ABCD")))["cut line"].lacks == "number 4, D, is not heard"


def test_lots_without_a_seed() -> None:
    """A draw that waits for its seed leaves the other ways; an order that does is refused."""
    found = plan(hearing(*"ABCDE", when_too_long=[Step("draw", number=3)]))
    assert {way.kind for way in found.ways} == {"limit", "minutes more", "new block", "cut line"}
    assert found.without[0].startswith('own: lots need a seed: write seed = "…"')
    assert refusal(plan, hearing(*"AB", order=Lots())).startswith("lots need a seed")


def test_no_limit() -> None:
    """Without a limit the longest for all is told, and what is left out is said."""
    found = plan(Session("Floor", DAY("10:00-10:20"), speakers=["A", "B", "C"]))
    assert [(way.what, way.heard) for way in found.ways] == [("a limit of 6 min 40 s for all", 3)]
    assert not found.fits
    assert "need a limit that is stated" in found.without[0]


def test_thirteen_states_or_fewer() -> None:
    """Where no step applies and no limit is stated, the plan says so."""
    rules = procedure("hrc-upr-adoption")
    session = Session("States", DAY("10:00-10:20"), speakers=["A", "B"], procedure=rules)
    found = plan(session)
    assert [way.what for way in found.ways] == ["a limit of 10 min for all"]
    assert "lots are drawn if more than 13 are" in found.without[0]


def test_no_block() -> None:
    """While the hours are open, a new block is what hears all."""
    found = plan(Session("Floor", speakers=SpeakerList(["A", "B"], "3 min")))
    ways = by_kind(found)
    assert ways.keys() == {"new block", "cut line"}
    assert (ways["new block"].figure, ways["new block"].heard) == (timedelta(minutes=6), 2)
    assert "the session has no block that could be longer" in found.without


def test_no_block_and_a_bound() -> None:
    """A bound on the list holds in no block, so that the new one is as long without it."""
    rules = Procedure(floor_time="3 min")
    session = Session("Floor", speakers=SpeakerList(["A", "B"], "3 min"), procedure=rules)
    ways = by_kind(plan(session))
    assert (ways["new block"].figure, ways["new block"].heard) == (timedelta(minutes=6), 2)


def test_nobody() -> None:
    """An empty list fits, and the room for more is all there is."""
    found = plan(Session("Floor", DAY("10:00-11:00"), speakers=SpeakerList(limits="3 min")))
    assert (found.fits, found.ways, found.rows()[0]["more"]) == (True, (), 20)
    assert str(found).startswith("Nobody is inscribed.\n")
    assert plan(Session("Floor", speakers=SpeakerList())).fits


def test_categories_of_the_procedure() -> None:
    """Who has a limit of the procedure is told beside those of the list, under the list's limit."""
    rules = Procedure(limits=SpeakingLimits("1 min", categories={"member": "5 min"}))
    speakers = SpeakerList(["A"], SpeakingLimits("3 min", categories={"child": "2 min"}))
    session = Session("Floor", DAY("10:00-10:15"), speakers=speakers, procedure=rules)
    rows = [tuple(row.values()) for row in plan(session).rows()]
    assert rows == [
        ("default", timedelta(minutes=3), 4),
        ("child", timedelta(minutes=2), 6),
        ("member", timedelta(minutes=3), 4),
    ]


def test_limits_that_change() -> None:
    """Where limits change at an hour, the text says when, and the room names no limit."""
    later = LimitsFrom("1 min", since=DAY.at("10:06"))
    speakers = SpeakerList(["A", "B", "C"], "3 min", later_limits=later)
    found = plan(Session("Floor", DAY("10:00-10:09"), speakers=speakers))
    assert [(room.limit, room.more) for room in found.room] == [(None, 2)]
    assert "Limits: 3 min; from 2026-03-10 10:06 1 min; stated by the list.\n" in str(found)


def test_reserves_of_the_end_move() -> None:
    """A reserve at the end of the session moves into the new block, and the way says so."""
    reply = Reserve("Reply", at="end", length="2 min")
    session = attrs.evolve(hearing(*"ABCDE"), reserves=reply)
    way = by_kind(plan(session))["new block"]
    assert way.figure == timedelta(minutes=6)
    assert "Reply: at the end of the new block" in way.rests_on


def test_ages() -> None:
    """Limits that add up to more than a calendar holds leave out what cannot be told."""
    speakers = SpeakerList(map(str, range(10_000)), "87000000 h")
    found = plan(Session("Floor", DAY("10:00-11:00"), speakers=speakers))
    assert by_kind(found).keys() == {"cut line"}
    assert "more than a calendar" in found.without[-1] or "calendar holds" in found.without[-1]
    assert "not even 5 s for everybody would let all be heard" in found.without


def test_no_list() -> None:
    """A session without a list is refused."""
    with pytest.raises(InvalidValue, match='the session "Floor" has no list of speakers'):
        plan(Session("Floor"))


def test_observed() -> None:
    """Whoever waits is told what is counted next."""
    told: list[str] = []
    plan(hearing(*"ABCDE", when_too_long=[Step("equal")]), observe=told.append)
    assert told == [
        "the list under its limits",
        "the longest limits",
        "more time at the end",
        "a new block",
        "the steps of the procedure",
    ]
