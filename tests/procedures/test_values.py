"""Procedures, steps and sources as values: what they refuse, and how they read."""

from __future__ import annotations

from r2psched.procedures import Pooling, Procedure, Source, Step, Yielding
from r2psched.reserves import Reserve
from r2psched.speakers import SpeakingLimits
from tests.refusals import refusal

A_DRAW = "expected how many are drawn, a whole number from 1, got "


def test_values() -> None:
    """The values themselves refuse what has no meaning, in the same words."""
    assert refusal(Step, "draw", number=0) == f"{A_DRAW}0"
    assert refusal(Step, "draw", number=True) == f"{A_DRAW}True"
    assert refusal(Procedure, "") == (
        "expected an id of letters, digits, dots, dashes and underscores, with a letter or digit "
        'first and last, got ""'
    )
    assert refusal(Procedure, None) == 'a procedure needs an id, such as "city-council"'
    assert refusal(Procedure, when_too_long=["cut"]) == (
        'expected a step, such as Step("limits", limits="2 min"), got "cut"'
    )
    assert refusal(Procedure, sources=["x"]) == (
        'expected a source, such as Source("limit", "Rules of procedure"), got "x"'
    )
    assert refusal(Procedure, yielding=3).startswith("expected a rule such as Yielding")
    assert refusal(Procedure, pooling=3).startswith("expected a rule such as Pooling")
    assert refusal(Procedure, house=3) == 'expected a house, such as House("3 h"), got 3'


def test_words() -> None:
    """Procedures, sources and rules read as sentences."""
    rules = Procedure(
        "town",
        "Town",
        limits="3 min",
        reserves=[Reserve("R", at="end", length="1 min")],
        sources=[Source(["limit", "reserves"], "Standing rules", "https://example.org/")],
    )
    assert str(rules) == "Town (town)"
    assert rules.stated() == ("limit", "reserves")
    assert [str(source) for source in rules.sources_of("limit")] == [
        "Standing rules, https://example.org/"
    ]
    assert rules.sources_of("order") == ()
    assert str(Yielding(3, "10 min")) == "up to 3 may yield their time to one, 10 min at most"
    assert str(Pooling(10, "6 min")) == "a statement of 10 or more through one has 6 min"
    assert [
        str(step)
        for step in (
            Step("limits", limits=SpeakingLimits("2 min", for_all=True)),
            Step("equal"),
            Step("draw", number=13),
            Step("draw", number=13, limits="1 min 30 s"),
            Step("cut"),
        )
    ] == [
        "limits of 2 min for all",
        "the longest equal limit under which all are heard",
        "draw 13 by lot",
        "draw 13 by lot, 1 min 30 s each",
        "the cut line, time permitting",
    ]
