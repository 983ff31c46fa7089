"""Draws by lot where some places are settled, and what the undrawn are told."""

from __future__ import annotations

import pytest

from r2psched.blocks import Day
from r2psched.ordering import draw
from r2psched.procedures import Procedure, Step
from r2psched.sessions import Session
from r2psched.speakers import Inscription, SpeakerList
from r2psched.views.orders import order_text, place_text
from tests.refusals import refusal

RULES = Procedure(when_too_long=[Step("draw", number=3, limits="2 min")])
day = Day("2014-09-08", zone="UTC")


def _session(places: dict[str, int], seed: str | None = "Monday", time: str = "1 h") -> Session:
    names = ["ana", "ben", "cem", "dora", "eve", "fay"]
    listed = [Inscription(name, place=places.get(name)) for name in names]
    block = day("10:00-11:00" if time == "1 h" else "10:00-10:05")
    return Session("Debate", block, speakers=SpeakerList(listed, seed=seed), procedure=RULES)


def test_one_place_is_settled() -> None:
    """One place settled by hand leaves the others to the draw."""
    session = _session({"eve": 1})
    others = [who for who in session.speakers or () if who.name != "eve"]
    expected = ["eve", *(who.name for who in draw("Monday", others))]
    outcome = session.outcome()
    assert [who.name for who in outcome.order.inscriptions] == expected
    assert outcome.order.most == len(outcome.order) == 3
    reasons = [place.reason for place in outcome.arrangement]
    assert reasons[:2] == [
        "settled as number 1",
        "drawn number 1 by lot among 5 with the seed “Monday”",
    ]
    assert reasons[3] == "not among the 2 drawn by lot among 5 with the seed “Monday”"


def test_the_draw_was_made() -> None:
    """Where as many are settled as are drawn, nothing is drawn, and no seed is needed."""
    places = {"fay": 1, "cem": 2, "ana": 3}
    order = _session(places, seed=None).outcome().order
    assert [slot.inscription.name for slot in order] == ["fay", "cem", "ana"]


def test_too_few_are_settled_without_a_seed() -> None:
    """Where fewer are settled than are drawn, the rest needs a seed."""
    assert "lots need a seed" in refusal(_session({"fay": 1}, seed=None).outcome)


@pytest.mark.parametrize("at", [4, 5, 6])
def test_the_undrawn(at: int) -> None:
    """Whoever is not drawn would be heard if enough of those ahead withdrew, and no time helps."""
    session = _session({})
    order = session.outcome().order
    who = order.inscriptions[at - 1].id
    assert order.withdrawals_needed(who) == at - 3
    text = place_text(session, who, "UTC")
    assert "3 are drawn" in text
    assert "withdraw" in text
    assert "longer" not in text
    assert "new block" not in text


def test_what_the_drawn_lack() -> None:
    """Where not all who were drawn are heard, it is they who would be."""
    told = order_text(_session({}, time="5 min"))
    assert "2 of the 3 drawn are heard, of 6 inscribed." in told
    assert "All who were drawn are heard with a limit of 1 min 40 s for all" in told
    assert "1 min more at the end of the last block" in told


def test_the_cut_line_keeps_the_limits_before_it() -> None:
    """The cut line says how many are heard, and the limit is stated by the step that set it."""
    steps = [Step("limits", limits="2 min"), Step("cut")]
    rules = Procedure(limits="3 min", when_too_long=steps)
    speakers = SpeakerList(["ana", "ben", "cem"])
    session = Session("Debate", day("10:00-10:05"), speakers=speakers, procedure=rules)
    assert "3. the cut line, time permitting: 2 of 3 are heard" in order_text(session)
    assert "Why this limit: default, by own: when_too_long[1]." in place_text(session, "cem", "UTC")


def test_a_draw_under_the_limits_of_the_list() -> None:
    """Those who are drawn under the limits of the list have them from the list."""
    rules = Procedure(when_too_long=[Step("draw", number=2)])
    speakers = SpeakerList(["ana", "ben", "cem"], "2 min", seed="Monday")
    session = Session("Debate", day("10:00-10:05"), speakers=speakers, procedure=rules)
    assert len(session.outcome().order) == 2
    assert "Why this limit: default, by the list." in place_text(session, "cem", "UTC")
