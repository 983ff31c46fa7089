"""What procedures make of small lists, step by step, and what they cannot be applied to."""

from __future__ import annotations

import attrs
import pytest

from r2psched.blocks import Day
from r2psched.ordering import Lots
from r2psched.procedures import Procedure, Source, Step
from r2psched.sessions import Session
from r2psched.speakers import Inscription, LimitsFrom, SpeakerList, SpeakingLimits
from tests.refusals import refusal

day = Day("2014-09-08", zone="UTC")
LIMITS = Step("limits", limits="2 min")
EQUAL = Step("equal")
DRAW = Step("draw", number=4)
CUT = Step("cut")
REDUCED = "the longest equal limit under which all are heard"


def _session(count: int, rules: Procedure | None, limit: str | None = None) -> Session:
    """An hour at most for so many, whose ids are their names."""
    listed = [f"s{n}" for n in range(1, count + 1)]
    speakers = SpeakerList(listed, limit, seed="Monday")
    return Session("Debate", day("10:00-11:00"), speakers=speakers, procedure=rules)


def _told(session: Session) -> list[tuple[object, ...]]:
    return [
        tuple(row[key] for key in ("step", "heard", "of", "lacks"))
        for row in session.outcome().rows()
    ]


def test_every_step() -> None:
    """Limits, other limits, an equal limit, a draw and the cut line follow one another."""
    rules = Procedure(
        limits="3 min",
        when_too_long=[LIMITS, EQUAL, Step("draw", number=30, limits="3 min"), CUT],
        lowest_limit="90 s",
    )
    assert _told(_session(20, rules)) == [("limits of 3 min", 20, 20, None)]
    assert _told(_session(30, rules))[1:] == [("limits of 2 min", 30, 30, None)]
    equal = (f"{REDUCED}: 1 min 35 s for all", 37, 37, None)
    assert _told(_session(37, rules))[2:] == [equal]
    assert _told(_session(41, rules)) == [
        ("limits of 3 min", 20, 41, "20 of 41 are heard: it would take 1 h 3 min more"),
        ("limits of 2 min", 30, 41, "30 of 41 are heard: it would take 22 min more"),
        (REDUCED, None, None, "it would be 1 min 25 s, and none is shortened below 1 min 30 s"),
        (
            "draw 30 by lot, 3 min each",
            20,
            41,
            "20 of 30 are heard: it would take 30 min more",
        ),
        ("the cut line, time permitting", 20, 41, None),
    ]


def test_cut_behind_a_draw() -> None:
    """The cut line behind a draw cuts off those who were drawn last."""
    rules = Procedure(limits="20 min", when_too_long=[DRAW, CUT])
    outcome = _session(6, rules).outcome()
    drawn = _session(6, Procedure(limits="20 min", when_too_long=[DRAW])).outcome()
    assert len(outcome.order) == 3
    assert outcome.order.slots == drawn.order.slots
    assert outcome.arrangement == drawn.arrangement
    assert [place.reason for place in outcome.arrangement][2:5] == [
        "drawn number 3 by lot among 6 with the seed “Monday”",
        "drawn number 4 by lot among 6 with the seed “Monday”",
        "not among the 4 drawn by lot among 6 with the seed “Monday”",
    ]


def test_cut_behind_changing_limits() -> None:
    """The cut line keeps limits that change at a stated time; so does a draw without its own."""
    later = LimitsFrom("1 min", since=day.at("10:30"))
    speakers = SpeakerList([f"s{n}" for n in range(50)], "3 min", later_limits=later, seed="Monday")
    block = day("10:00-11:00")
    for steps, heard in ((CUT, 40), (Step("draw", number=45), 40)):
        rules = Procedure(when_too_long=steps)
        order = Session("Debate", block, speakers=speakers, procedure=rules).running_order()
        assert len(order) == heard


def test_lowest_limit_is_allowed() -> None:
    """An equal limit may be as short as the lowest."""
    rules = Procedure(limits="3 min", when_too_long=EQUAL, lowest_limit="95 s")
    assert str(_session(37, rules).outcome().order.limits) == "1 min 35 s for all"


def test_swapped_after_the_draw() -> None:
    """Whoever swapped places after the draw keeps them, and so do all under another seed."""
    rules = Procedure(limits="15 min", when_too_long=DRAW)
    session = _session(8, rules)
    drawn = [who.id for who in session.running_order().inscriptions]
    swapped = session.settled().swap(drawn[0], drawn[3])
    for seed in ("Monday", "Tuesday", None):
        speakers = attrs.evolve(swapped, seed=seed)
        order = attrs.evolve(session, speakers=speakers).running_order()
        expected = [drawn[3], drawn[1], drawn[2], drawn[0]]
        assert [slot.inscription.id for slot in order] == expected


def test_nothing_is_enough() -> None:
    """Where no step is enough, the list is held under the last that could be taken."""
    rules = Procedure(
        limits="20 min", when_too_long=[Step("draw", number=9, limits="10 min"), DRAW]
    )
    outcome = _session(5, Procedure(limits="20 min", when_too_long=[DRAW, LIMITS])).outcome()
    assert outcome.reached.step == "limits of 2 min"
    outcome = _session(8, rules).outcome()
    assert [attempt.order is None for attempt in outcome.attempts] == [False, True, False]
    assert (outcome.reached.step, len(outcome.order)) == ("draw 4 by lot", 3)
    assert outcome.reached.lacks == "3 of 4 are heard: it would take 20 min more"


def test_limits_of_the_list() -> None:
    """The limits of the list come before those of the procedure, and each says whose it is."""
    source = Source("limit", "Standing rules", "https://example.org/")
    rules = Procedure("town", limits="3 min", when_too_long=LIMITS, sources=source)
    (own,) = _session(3, rules, "5 min").outcome().attempts
    assert (own.step, own.rule, own.by) == ("limits of 5 min", "limit", "the list")
    ruled = _session(25, rules).outcome().attempts
    assert [(each.rule, each.by) for each in ruled] == [
        ("limit", "town: limit (Standing rules, https://example.org/)"),
        ("when_too_long[1]", "town: when_too_long[1]"),
    ]


def test_own_limits_yield_to_one_for_all() -> None:
    """An equal limit covers those, too, who have a limit of their own."""
    listed = [Inscription("a", limit="50 min"), Inscription("b"), Inscription("c")]
    rules = Procedure(limits="20 min", when_too_long=EQUAL)
    session = Session("Debate", day("10:00-11:00"), speakers=listed, procedure=rules)
    assert session.outcome().order.limits == SpeakingLimits("20 min", for_all=True)
    assert len(session.running_order()) == 3


NOTHING = 'no step of the procedure applies ({}: {}): give the list a limit = "…"'


@pytest.mark.parametrize(
    ("rules", "count", "words"),
    [
        (None, 3, 'the list states no limit: give one, such as limit = "3 min"'),
        (
            Procedure("town", "Town"),
            3,
            (
                "the list states no limit, and Town (town) states none for it: give one, such as "
                'limit = "3 min"'
            ),
        ),
        (
            Procedure(when_too_long=CUT),
            3,
            NOTHING.format("the cut line, time permitting", "no limit is stated for it"),
        ),
        (
            Procedure(when_too_long=DRAW),
            5,
            NOTHING.format("draw 4 by lot", "no limit is stated for those who are drawn"),
        ),
        (
            Procedure(when_too_long=DRAW),
            4,
            NOTHING.format(
                "draw 4 by lot", "4 are inscribed, and lots are drawn if more than 4 are"
            ),
        ),
        (
            Procedure(when_too_long=EQUAL),
            721,
            NOTHING.format(REDUCED, "not even 5 s for all would do"),
        ),
    ],
)
def test_no_limit(rules: Procedure | None, count: int, words: str) -> None:
    """A list to which nothing applies is refused with what each step lacked, and the remedy."""
    assert refusal(_session(count, rules).outcome) == words


@pytest.mark.parametrize(
    "rules",
    [
        Procedure(limits="20 min", when_too_long=DRAW),
        Procedure(limits="1 min", order=Lots()),
    ],
)
def test_no_seed(rules: Procedure) -> None:
    """Lots are not drawn without a seed, neither for the order nor for a step."""
    session = Session(
        "Debate", day("10:00-11:00"), speakers=[f"s{n}" for n in range(6)], procedure=rules
    )
    assert refusal(session.outcome) == (
        'lots need a seed: write seed = "…" in the list, such as the date and the purpose, and '
        "announce it before the draw"
    )


def test_no_seed_is_needed() -> None:
    """A draw that is not reached needs no seed."""
    rules = Procedure(limits="1 min", when_too_long=DRAW)
    speakers = [f"s{n}" for n in range(6)]
    session = Session("Debate", day("10:00-11:00"), speakers=speakers, procedure=rules)
    assert len(session.running_order()) == 6


def test_names_in_any_script() -> None:
    """Names in Arabic and Chinese are drawn like any other, and nobody is lost."""
    names = ["الجمهورية العربية السورية", "中国", "Côte d’Ivoire", "Türkiye", "日本国", "Îles Cook"]
    speakers = SpeakerList(names, "20 min", seed="Monday")
    rules = Procedure(when_too_long=DRAW)
    session = Session("Debate", day("10:00-11:00"), speakers=speakers, procedure=rules)
    assert sorted(who.name for who in session.running_order().inscriptions) == sorted(names)
    assert sorted(who.name for who in session.settled()) == sorted(names)


def test_table() -> None:
    """An outcome reads as a table of its steps, as text and in a notebook."""
    rules = Procedure(limits="3 min", when_too_long=LIMITS)
    outcome = _session(25, rules).outcome()
    assert str(outcome).splitlines()[0].split() == ["step", "rule", "by", "heard", "of", "lacks"]
    assert "limits of 2 min" in str(outcome)
    assert "<td>limits of 2 min</td>" in outcome._repr_html_()
