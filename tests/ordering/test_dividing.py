"""Rules that divide a list, against the bodies that have them."""

from __future__ import annotations

import pytest
from hypothesis import given

from r2psched.blocks import from_epoch
from r2psched.ordering import (
    PROTOCOL,
    ByLevel,
    Categories,
    FirstTime,
    GroupsFirst,
    Level,
    Received,
    nearest_level,
    unknown_levels,
)
from r2psched.speakers import Inscription
from tests.ordering.lists import SECONDS, inscriptions, order, reasons
from tests.refusals import refusal


def test_protocol() -> None:
    """The levels stand in the order of A/CN.4/L.129, and whoever has none of them stands behind."""
    asked = [
        Inscription("A", level="permanent representative"),
        Inscription("B", level="Chairman of the delegation"),
        Inscription("C"),
        Inscription("D", level="minister"),
        Inscription("E", level="Minister of Foreign Affairs"),
        Inscription("F", level="Deputy Prime Minister"),
        Inscription("G", level="PRIME MINISTER"),
        Inscription("H", level="head of state"),
    ]
    assert order(asked, ByLevel()) == list("HGFEDBAC")
    assert reasons(asked, ByLevel()) == [
        "Head of State",
        "Head of Government",
        "Deputy Head of State or Government",
        "Minister for Foreign Affairs",
        "Minister",
        "Chair of delegation",
        "of no ranked level; received 1st of them",
        "of no ranked level; received 2nd of them",
    ]
    assert reasons(asked[:1], ByLevel()) == ["received 1st"]


@pytest.mark.parametrize(
    ("wording", "name"),
    [
        ("Heads of State", "Head of State"),
        ("HEAD-OF-STATE", "Head of State"),
        ("heads of government", "Head of Government"),
        ("deputy prime ministers", "Deputy Head of State or Government"),
        ("Vice President", "Deputy Head of State or Government"),
        ("Foreign minister", "Minister for Foreign Affairs"),
        ("Minister for Foreign Affairs.", "Minister for Foreign Affairs"),
        ("Ministers of Foreign Affairs", "Minister for Foreign Affairs"),
        ("Secretaries of State for Foreign Affairs", "Minister for Foreign Affairs"),
        ("Ministers", "Minister"),
        ("other ministers", "Minister"),
        ("Chairmen of delegations", "Chair of delegation"),
        ("Head of the Delegation", "Chair of delegation"),
        ("Deputy Minister", None),
        ("Minister-Counsellor", None),
        ("Minister of Justice", "Minister"),
        ("The Minister for Health and Sport", "Minister"),
        ("Minister of State", "Minister"),
        ("Ambassador", None),
        ("", None),
        ("—", None),
    ],
)
def test_wordings(wording: str, name: str | None) -> None:
    """Letter case, punctuation, articles and the plural make no difference; other words do."""
    [reason] = reasons([Inscription("Chile", level=wording)], ByLevel())
    assert reason == (name or "received 1st")
    assert unknown_levels([Inscription("Chile", level=wording)]) == (
        (wording,) if name is None and wording else ()
    )


def test_unknown_levels() -> None:
    """Levels that are none of the order are told once each, as written, with the nearest."""
    asked = [Inscription("A", level=level) for level in ("Minster", "minister", "Minster", "Envoy")]
    assert unknown_levels(asked) == ("Minster", "Envoy")
    assert nearest_level("Minster") == "Minister"
    assert nearest_level("Envoy") is None
    assert unknown_levels(asked, [Level("Envoy")]) == ("Minster", "minister")


def test_own_levels() -> None:
    """A house may have levels of its own, each with other wordings."""
    rule = ByLevel(["Mayor", ["Councillor", "Alderman"], Level("Clerk", several="clerks")])
    asked = [
        Inscription(level, level=level)
        for level in ("clerk", "aldermen", "Councillors", "mayor", "Clerks")
    ]
    assert order(asked, rule) == ["mayor", "aldermen", "Councillors", "clerk", "Clerks"]
    assert reasons(asked, rule)[2:4] == [
        "Councillor; received 2nd of this level",
        "Clerk; received 1st of the clerks",
    ]
    assert ByLevel(PROTOCOL) == ByLevel()
    assert ByLevel("Mayor") == ByLevel(["Mayor"])


def test_levels_refused() -> None:
    """Levels that have no order, or a wording in common, are refused."""
    assert refusal(ByLevel, []) == "expected 1 to 100 levels, the highest first, got 0"
    assert refusal(ByLevel, ["Mayor"] * 101).startswith("expected 1 to 100 levels")
    assert refusal(ByLevel, [[]]) == "expected the name of a level, got an empty list"
    assert refusal(ByLevel, ["Mayor", ["Chair", "mayors"]]) == (
        '"mayors" counts both as "Mayor" and as "Chair": leave it with one'
    )


def test_received() -> None:
    """By the moment of receipt; at one moment as listed; those without a moment behind."""
    at = [from_epoch(n * SECONDS, "UTC") for n in range(3)]
    asked = [
        Inscription("A", received=at[2]),
        Inscription("B"),
        Inscription("C", received=at[1]),
        Inscription("D", received=at[0]),
        Inscription("E", received=at[1]),
        Inscription("F"),
    ]
    assert order(asked, Received()) == list("DCEABF")
    assert reasons(asked, Received()) == [
        "received 1st",
        "received 2nd, at one moment with 1 other; listed 1st of them",
        "received 2nd, at one moment with 1 other; listed 2nd of them",
        "received 4th",
        "no time of receipt stated; listed 1st of them",
        "no time of receipt stated; listed 2nd of them",
    ]
    assert reasons(asked[1:2], Received()) == ["received 1st"]
    ministers = [
        Inscription(n, received=t, level="minister") for n, t in zip("AB", at, strict=False)
    ]
    assert reasons(ministers, ByLevel(), Received()) == [
        "Minister; received 1st of the ministers",
        "Minister; received 2nd of the ministers",
    ]


@given(inscriptions())
def test_received_is_a_sort(asked: tuple[Inscription, ...]) -> None:
    """The order of receipt is a stable sort by the moment."""
    dated = [each for each in asked if each.received is not None]
    undated = [each for each in asked if each.received is None]
    expected = sorted(dated, key=lambda each: str(each.received)) + undated
    assert order(asked, Received()) == [each.name for each in expected]


def test_panel_of_the_human_rights_council() -> None:
    """Dignitaries and groups have priority in panels (order of the day of 6 October 2017)."""
    asked = [
        Inscription("Chile"),
        Inscription("Fiji", level="Minister"),
        Inscription("Rwanda", on_behalf="African Group"),
        Inscription("Peru"),
    ]
    assert order(asked, GroupsFirst(), ByLevel()) == ["Rwanda", "Fiji", "Chile", "Peru"]
    assert reasons(asked, GroupsFirst()) == [
        "on behalf of a group",
        "in its own name; received 1st",
        "in its own name; received 2nd",
        "in its own name; received 3rd",
    ]
    assert reasons(asked[:1], GroupsFirst()) == ["received 1st"]


def test_categories() -> None:
    """One whole category speaks after the other, and those of none that is named behind."""
    asked = [
        Inscription(name, category=category)
        for name, category in [
            ("A", "NGO"),
            ("B", None),
            ("C", "observer"),
            ("D", "Member"),
            ("E", "press"),
            ("F", "ngo"),
        ]
    ]
    rule = Categories(["member", "Observer", "NGO"])
    assert order(asked, rule) == list("DCAFBE")
    assert reasons(asked, rule)[2:] == [
        "category “NGO”; received 1st of this category",
        "category “NGO”; received 2nd of this category",
        "of no ranked category; received 1st of them",
        "of no ranked category; received 2nd of them",
    ]
    assert reasons(asked[1:2], rule) == ["received 1st"]
    assert refusal(Categories, ["NGO", "ngo"]) == (
        '"ngo" is named twice, also as "NGO": remove one'
    )
    assert refusal(Categories, [str(n) for n in range(1001)]) == (
        "expected at most 1000 names in order, got 1001"
    )


def test_first_time() -> None:
    """Whoever speaks for the first time comes first, as the trait says it."""
    said = ["no", "Yes", None, "first", "true", "1", "0", "False"]
    asked = [
        Inscription(f"{n}", traits={} if value is None else {"First time": value})
        for n, value in enumerate(said)
    ]
    assert order(asked, FirstTime()) == list("13450267")
    assert reasons(asked, FirstTime())[3:5] == [
        "first-time speaker; received 4th of them",
        "not a first-time speaker; received 1st of them",
    ]
    assert reasons(asked[:1], FirstTime()) == ["received 1st"]
    assert order(asked, FirstTime("newcomer")) == list("01234567")


def test_levels_without_a_word() -> None:
    """A wording that nothing could be told by is refused."""
    for wording in ("…", "The …", "-", "the"):
        message = f'"{wording}" has no word that tells a level: write one'
        assert refusal(ByLevel, [["Minister", wording]]) == message


def test_levels_of_any_length() -> None:
    """A reason holds no more of the name of a level than a reader would."""
    level = Level("x" * 10_000, several="y" * 10_000)
    listed = [Inscription(name, level=level.name) for name in ("Chile", "Fiji")]
    assert all(len(reason) < 250 for reason in reasons(listed, ByLevel(level)))
