"""What holds for every rule and every composition of rules."""

from __future__ import annotations

import pickle
import re

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.console import ROOT
from r2psched.blocks import from_epoch
from r2psched.errors import AmbiguousName, UnknownName
from r2psched.ordering import (
    RULES,
    AfterEvery,
    ByLevel,
    GroupsFirst,
    InTurn,
    Lots,
    Received,
    Rule,
    arrange,
    as_rules,
)
from r2psched.ordering.base import Context
from r2psched.speakers import Inscription
from tests.ordering.lists import RULES as EVERY
from tests.ordering.lists import SECONDS, SEED, inscriptions, names, order, reasons, rules
from tests.refusals import refusal


@given(inscriptions(), rules)
def test_nobody_is_lost(asked: tuple[Inscription, ...], applied: tuple[Rule, ...]) -> None:
    """Whatever the rules, everybody has one place, and places are numbered from 1."""
    found = arrange(asked, applied, seed=SEED)
    assert sorted(each.id for each in found.inscriptions) == sorted(each.id for each in asked)
    assert [place.number for place in found] == list(range(1, len(asked) + 1))
    assert all(place.reason for place in found)


@given(inscriptions(), st.sampled_from(EVERY))
def test_idempotent(asked: tuple[Inscription, ...], rule: Rule) -> None:
    """A list that a rule has put in order stays as it is under the rule."""
    once = arrange(asked, rule, seed=SEED).inscriptions
    # Groups take their turns as they first appear: in the second order they still do.
    assert arrange(once, rule, seed=SEED).inscriptions == once


@given(inscriptions(), rules, st.sampled_from(EVERY))
def test_refinement(asked: tuple[Inscription, ...], rest: tuple[Rule, ...], first: Rule) -> None:
    """The rules that follow order the inside of what the first rule splits, and nothing else."""
    together = arrange(asked, (first, *rest), seed=SEED).inscriptions
    alone = arrange(asked, first, seed=SEED).inscriptions
    buckets = first.split(asked, Context(SEED)) if asked else []
    home = {each.id: at for at, bucket in enumerate(buckets) for each in bucket.items}
    assert [home[each.id] for each in together] == [home[each.id] for each in alone]
    for at, bucket in enumerate(buckets):
        inside = arrange(bucket.items, rest, seed=SEED).inscriptions
        assert tuple(each for each in together if home[each.id] == at) == inside


@given(inscriptions(), rules)
def test_stable(asked: tuple[Inscription, ...], applied: tuple[Rule, ...]) -> None:
    """Those whom no rule tells apart keep the order of the list."""
    alike = tuple(
        Inscription(f"Twin {n}", received=from_epoch(SECONDS, "UTC"), level="minister")
        for n in range(3)
    )
    applied = tuple(rule for rule in applied if not rule.draws)
    found = names(arrange((*alike, *asked), applied).inscriptions)
    assert [name for name in found if name.startswith("Twin")] == ["Twin 0", "Twin 1", "Twin 2"]


@given(st.data(), inscriptions())
def test_lots_do_not_depend_on_the_list(
    data: st.DataObject, asked: tuple[Inscription, ...]
) -> None:
    """Rules that decide everything give one order, however the inscriptions are listed."""
    listed = data.draw(st.permutations(asked))
    for applied in ((Lots(),), (GroupsFirst(), ByLevel(), Received(), Lots())):
        assert order(listed, *applied) == order(asked, *applied)


@given(inscriptions(), st.lists(st.integers(1, 99), max_size=4, unique=True), rules)
def test_settled_places(
    asked: tuple[Inscription, ...], settled: list[int], applied: tuple[Rule, ...]
) -> None:
    """Whoever has a settled place comes first, and the others follow as if they were alone."""
    by_hand = [Inscription(f"Settled {n}", place=n) for n in settled]
    found = arrange((*by_hand[:1], *asked, *by_hand[1:]), applied, seed=SEED)
    first = found.places[: len(settled)]
    assert [place.inscription.place for place in first] == sorted(settled)
    assert [place.reason for place in first] == [f"settled as number {n}" for n in sorted(settled)]
    told = [attrs.evolve(who, placed=f"asked {n}") for n, who in enumerate(by_hand)]
    again = arrange((*told, *asked), applied, seed=SEED)
    assert [place.reason for place in again.places[: len(settled)]] == [
        place.inscription.placed for place in again.places[: len(settled)]
    ]
    end = "; inscribed after the list was settled" if settled else ""
    assert [place.reason for place in found.places[len(settled) :]] == [
        reason + end for reason in reasons(asked, *applied)
    ]
    assert names(found.inscriptions[len(settled) :]) == order(asked, *applied)


def test_no_rules() -> None:
    """Without rules the order of the list is that of receipt."""
    asked = [Inscription("Chile"), Inscription("Fiji"), Inscription("Denmark")]
    assert order(asked) == ["Chile", "Fiji", "Denmark"]
    assert reasons(asked) == ["received 1st", "received 2nd", "received 3rd"]
    assert arrange([]).places == ()


def test_reasons_do_not_contradict_the_moments() -> None:
    """A list out of the order of receipt is told to be listed so, and not to be received so."""
    early, late = (from_epoch(n * SECONDS, "UTC") for n in (1, 2))
    asked = [Inscription("Chile", received=late), Inscription("Fiji", received=early)]
    assert reasons(asked) == ["listed 1st", "listed 2nd"]
    assert reasons(reversed(asked)) == ["received 1st", "received 2nd"]


def test_reasons_compose() -> None:
    """A reason tells what each rule decided, and the place inside the innermost class."""
    asked = [
        Inscription("Chile", level="minister"),
        Inscription("Fiji", level="minister"),
        Inscription("Malta", level="head of state"),
        Inscription("Denmark", on_behalf="Nordic countries", level="minister"),
        Inscription("Mali", level="Minister"),
        Inscription("Peru"),
    ]
    found = arrange(asked, [GroupsFirst(), ByLevel()])
    assert str(found) == (
        "number  speaker                                  reason\n"
        "     1  Denmark (on behalf of Nordic countries)  on behalf of a group\n"
        "     2  Malta                                    in its own name; Head of State\n"
        "     3  Chile                                    "
        "in its own name; Minister; received 1st of the ministers\n"
        "     4  Fiji                                     "
        "in its own name; Minister; received 2nd of the ministers\n"
        "     5  Mali                                     "
        "in its own name; Minister; received 3rd of the ministers\n"
        "     6  Peru                                     in its own name; of no ranked level"
    )
    assert found["fiji"].number == 4
    assert str(found["Peru"]) == "6. Peru: in its own name; of no ranked level"
    assert "Fiji" in found
    assert "Tonga" not in found
    assert "<td>Malta</td>" in found._repr_html_()
    assert found.rows()[0]["number"] == 1
    assert len(found) == 6
    with pytest.raises(UnknownName):
        found["Tonga"]
    twice = arrange([Inscription("Fiji", id="a"), Inscription("Fiji", id="b")])
    with pytest.raises(AmbiguousName):
        twice["Fiji"]


def test_one_rule_or_several() -> None:
    """One rule stands for a list of one; what is no rule is refused with one that is."""
    assert as_rules(Received()) == (Received(),)
    assert as_rules([GroupsFirst(), Received()]) == (GroupsFirst(), Received())
    assert as_rules(()) == ()
    assert refusal(as_rules, "level") == 'expected rules such as ByLevel(), got "level"'
    assert refusal(as_rules, [Received]) == (
        "expected rules such as Received(), got <class 'r2psched.ordering.dividing.Received'>"
    )
    assert refusal(as_rules, {Received()}).startswith("expected a list, whose order is kept")
    assert refusal(as_rules, [Received()] * 21) == "expected at most 20 rules, got 21"
    assert refusal(arrange, ["Chile"]) == 'expected inscriptions, got "Chile"'


def test_registry() -> None:
    """Every rule has a word for files and one line on what it does."""
    assert list(RULES) == [
        "received",
        "level",
        "groups-first",
        "categories",
        "alphabetical",
        "lots",
        "in-turn",
        "first-time",
        "after-every",
        "alternate",
    ]
    for word, rule in RULES.items():
        assert rule.word == word
        assert (rule.__doc__ or "").partition("\n")[0].endswith(".")


def test_manual() -> None:
    """The manual's page has a row for every rule, with its word."""
    page = (ROOT / "docs/how-to/order-a-list.md").read_text("utf-8")
    told = re.findall(r"^\| `(\w+)\(.*?\)` \| `([\w-]+)` \| \w", page, re.MULTILINE)
    assert told == [(rule.__name__, word) for word, rule in RULES.items()]


def test_values() -> None:
    """Rules are values: equal, hashed and pickled by what they say."""
    assert len({*EVERY, *EVERY}) == len(EVERY)
    assert pickle.loads(pickle.dumps(EVERY)) == EVERY  # noqa: S301  # our own bytes
    assert AfterEvery("NGO", 3) == AfterEvery(" NGO ", 3)
    assert InTurn(order="Asia") == InTurn(order=["Asia"])


def test_hostile() -> None:
    """Names of ten million letters, other scripts and half characters are put in order."""
    asked = [
        Inscription("x" * 10_000_000, level="y" * 10_000_000, id="long"),
        Inscription("الجمهورية العربية السورية", level="وزير", category="\ud800"),
        Inscription("日本国", traits={"regional group": "亚洲", "gender": "\udfff"}),
        Inscription("\ud800", on_behalf="\ud800"),
    ]
    for rule in EVERY:
        found = arrange(asked, [rule, InTurn("level"), InTurn("delegation")], seed=SEED)
        assert sorted(found.inscriptions, key=str) == sorted(asked, key=str)
        assert all(len(place.reason) < 500 for place in found)
