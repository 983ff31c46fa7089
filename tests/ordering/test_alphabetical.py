"""The alphabetical order, against the bodies that have it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.collation import key
from r2psched.delegations import delegations
from r2psched.ordering import Alphabetical, ByLevel, InTurn, draw
from r2psched.speakers import Inscription
from tests.ordering.lists import SEED, order, reasons
from tests.refusals import refusal

STATES = ("Germany", "Chile", "United States of America", "Mali", "Côte d'Ivoire", "Egypt")
listed = st.lists(st.sampled_from(delegations()), max_size=8, unique=True)


def asked(*names: str) -> tuple[Inscription, ...]:
    """Make an inscription of each name."""
    return tuple(map(Inscription, names))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Alphabetical(), "Chile, Côte d'Ivoire, Egypt, Germany, Mali, United States of America"),
        (
            Alphabetical("fr"),
            "Germany, Chile, Côte d'Ivoire, Egypt, United States of America, Mali",
        ),
        (
            Alphabetical(first="Germany"),
            "Germany, Mali, United States of America, Chile, Côte d'Ivoire, Egypt",
        ),
        (
            Alphabetical("fr", "Chili"),
            "Chile, Côte d'Ivoire, Egypt, United States of America, Mali, Germany",
        ),
        (
            Alphabetical(first="France"),
            "Germany, Mali, United States of America, Chile, Côte d'Ivoire, Egypt",
        ),
        (
            Alphabetical(first="Zambia"),
            "Chile, Côte d'Ivoire, Egypt, Germany, Mali, United States of America",
        ),
    ],
)
def test_languages_and_beginnings(rule: Alphabetical, expected: str) -> None:
    """States stand by their names in the language, from the one that begins round to it."""
    assert order(asked(*STATES), rule) == expected.split(", ")


@given(st.data(), listed, st.sampled_from(["en", "fr"]), st.sampled_from([None, "lot", "Mali"]))
def test_does_not_depend_on_the_list(
    data: st.DataObject, states: list[object], language: str, first: str | None
) -> None:
    """However they are listed, the order is the same, and one turn of the alphabet."""
    rule = Alphabetical(language, first)  # type: ignore[arg-type]  # one of the two
    names = [str(state) for state in states]
    found = order(asked(*names), rule)
    assert order(asked(*data.draw(st.permutations(names))), rule) == found
    straight = order(asked(*names), Alphabetical(language))  # type: ignore[arg-type]  # as above
    at = straight.index(found[0]) if found else 0
    assert found == straight[at:] + straight[:at]


def test_working_group_of_the_upr() -> None:
    """The first of the alphabetical list is drawn by lot, and the rest follow it."""
    states = asked(*STATES)
    first = draw(SEED, states)[0].name
    found = order(states, Alphabetical(first="lot"))
    assert found[0] == first
    assert found == order(states, Alphabetical(first=first))
    assert f", from “{first}”, drawn by lot" in reasons(states, Alphabetical(first="lot"))[3]


def test_a_lot_for_each_class() -> None:
    """Behind a rule that divides the list, one is drawn for each class."""
    high = [Inscription(name, level="minister") for name in ("Chile", "Fiji", "Mali")]
    low = asked("Denmark", "Egypt", "Nauru")
    found = order((*low, *high), ByLevel(), Alphabetical(first="lot"))
    assert found[0] == draw(SEED, high)[0].name
    assert found[3] == draw(SEED, low)[0].name


def test_no_states() -> None:
    """Whoever is no State stands by the name as written, and a person is never taken for one."""
    others = (
        Inscription("Amnesty International"),
        Inscription(speaker="EGY"),
        Inscription("US"),
        Inscription("Ärzte ohne Grenzen"),
        Inscription("Allemagne"),
    )
    assert order(others, Alphabetical()) == [
        "Amnesty International",
        "Ärzte ohne Grenzen",
        "EGY",
        "Allemagne",
        "US",
    ]
    assert reasons(others, Alphabetical())[2] == "alphabetical in English as “EGY”"


@given(st.lists(st.text(min_size=1).filter(str.strip), max_size=8, unique=True))
def test_any_names(names: list[str]) -> None:
    """Names that are none of States stand in the order of their keys."""
    people = [Inscription(speaker=name, id=f"p{n}") for n, name in enumerate(names)]
    expected = sorted((each.name for each in people), key=key)
    assert order(people, Alphabetical()) == expected


def test_reasons() -> None:
    """A reason tells the name that was gone by, which may not be the one that is written."""
    states = asked("United States of America", "Chile")
    assert reasons(states, Alphabetical("fr")) == [
        "alphabetical in French as «Chili»",
        "alphabetical in French as «États-Unis d'Amérique»",
    ]
    assert reasons(states, Alphabetical(first="Denmark")) == [
        "alphabetical in English as “United States of America”, from “Denmark”",
        "alphabetical in English as “Chile”, from “Denmark”",
    ]
    assert reasons(states, Alphabetical(first="USA")) == [
        "alphabetical in English as “United States of America”, chosen to begin",
        "alphabetical in English as “Chile”, from “United States of America”",
    ]
    assert reasons(states, Alphabetical("fr", "lot"), seed="14 May 2025") == [
        "alphabetical in French as «États-Unis d'Amérique», drawn by lot to begin",
        "alphabetical in French as «Chili», from «États-Unis d'Amérique», drawn by lot",
    ]
    twins = [Inscription("Chile", "A"), Inscription("Chili", "B", id="b"), Inscription("Fiji")]
    assert reasons(twins, Alphabetical())[:2] == [
        "alphabetical in English as “Chile”; received 1st of them",
        "alphabetical in English as “Chile”; received 2nd of them",
    ]


def test_languages_refused() -> None:
    """Languages other than those that the order is known for are refused."""
    assert refusal(Alphabetical, "de") == 'expected one of "en", "fr", got "de"'
    assert refusal(order, asked("Chile"), Alphabetical(first="lot"), seed="").startswith(
        "expected a seed of one line of text"
    )


def test_regional_groups_of_states() -> None:
    """A State takes its turn with its regional group where the list states none."""
    states = (
        *asked("Mali", "Chad", "Chile", "Amnesty International"),
        Inscription("Fiji", traits={"regional group": "African Group"}),
    )
    assert order(states, InTurn()) == ["Mali", "Chile", "Amnesty International", "Chad", "Fiji"]
    assert reasons(states, InTurn())[:3] == [
        "African Group, 1st turn; received 1st of them",
        "GRULAC, 1st turn",
        "no regional group stated, 1st turn",
    ]
