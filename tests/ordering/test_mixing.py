"""Rules that mix a list, against brute force and the bodies that have them."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from r2psched.ordering import AfterEvery, Alternate, ByLevel, InTurn
from r2psched.speakers import Inscription
from tests.ordering.lists import order, reasons
from tests.refusals import refusal

kinds = st.lists(st.sampled_from("abcd"), max_size=14)


def of_kinds(found: list[str]) -> list[Inscription]:
    """Make an inscription of each kind, named by its place, whose category and trait tell it."""
    return [
        Inscription(f"{kind}{n}", category=kind, traits={"kind": kind.upper()})
        for n, kind in enumerate(found)
    ]


def queues(found: list[str]) -> dict[str, list[str]]:
    """Give the names of each kind in order, kinds as they first appear."""
    made: dict[str, list[str]] = {}
    for n, kind in enumerate(found):
        made.setdefault(kind, []).append(f"{kind}{n}")
    return made


@given(kinds)
def test_in_turn(found: list[str]) -> None:
    """Round by round, each group that still has somebody gives its next."""
    rounds = [
        queue[turn]
        for turn in range(len(found))
        for queue in queues(found).values()
        if turn < len(queue)
    ]
    for trait in ("category", "kind"):
        assert order(of_kinds(found), InTurn(trait)) == rounds


def test_rounds_of_a_parliament() -> None:
    """Rounds go in the order of the size of the groups, those of none last (rule 171)."""
    members = [
        ("A", "Left"),
        ("B", None),
        ("C", "Greens"),
        ("D", "EPP"),
        ("E", "epp"),
        ("F", "New"),
    ]
    asked = [
        Inscription(speaker=name, traits={} if group is None else {"group": group})
        for name, group in members
    ]
    rule = InTurn("group", order=["EPP", "S&D", "Greens", "Left"])
    assert order(asked, rule) == list("DCAFBE")
    assert reasons(asked, rule) == [
        "EPP, 1st turn; received 1st of them",
        "Greens, 1st turn",
        "Left, 1st turn",
        "New, 1st turn",
        "no group stated, 1st turn",
        "EPP, 2nd turn; received 2nd of them",
    ]
    assert reasons(asked[1:2], rule) == ["received 1st"]


def test_turns_and_levels() -> None:
    """Inside its group, each speaks in the order of the rules that follow."""
    asked = [
        Inscription("A", traits={"regional group": "Africa"}),
        Inscription("B", traits={"regional group": "Asia"}),
        Inscription("C", traits={"regional group": "Africa"}, level="minister"),
    ]
    assert order(asked, InTurn(), ByLevel()) == ["C", "B", "A"]
    assert reasons(asked, InTurn(), ByLevel()) == [
        "Africa, 1st turn; Minister",
        "Asia, 1st turn",
        "Africa, 2nd turn; of no ranked level",
    ]


def test_fields_as_traits() -> None:
    """Category, level, delegation and group spoken for serve as traits, and go before them."""
    asked = [
        Inscription("A", "x", category="c", level="l", on_behalf="g"),
        Inscription("A", "y", category="c", level="l", on_behalf="g", id="a2"),
        Inscription("B", "z", category="d", level="m", on_behalf="h", traits={"Category": "c"}),
    ]
    for trait in ("level", "delegation", " On behalf "):
        assert order(asked, InTurn(trait)) == ["A", "B", "A"]
    assert order(asked, InTurn("category")) == ["A", "B", "A"]


@given(kinds, st.integers(1, 4))
def test_after_every(found: list[str], every: int) -> None:
    """One of a category follows each so many others, as long as both last."""
    others = [f"{kind}{n}" for n, kind in enumerate(found) if kind != "a"]
    named = queues(found).get("a", [])
    expected: list[str] = []
    while others or named:
        expected += others[:every] + named[:1]
        others, named = others[every:], named[1:]
    assert order(of_kinds(found), AfterEvery("A", every)) == expected


def test_after_every_reasons() -> None:
    """A place tells what comes after how many."""
    asked = of_kinds(["b", "a", "b", "b"])
    assert reasons(asked, AfterEvery("A", 2)) == [
        "not of category “A”; received 1st of them",
        "not of category “A”; received 2nd of them",
        "category “A”, one after every 2 others",
        "not of category “A”; received 3rd of them",
    ]
    assert "category “A”, one after each other speaker" in reasons(asked, AfterEvery("A", 1))
    assert reasons(asked[:1], AfterEvery("NGO", 1)) == ["received 1st"]


def test_after_every_refused() -> None:
    """So many others is a whole number from 1."""
    told = "expected after how many others, a whole number from 1 to 1,000,000, got "
    assert refusal(AfterEvery, "NGO", 0) == told + "0"
    assert refusal(AfterEvery, "NGO", 1.5) == told + "1.5"
    assert refusal(AfterEvery, "NGO", True) == told + "True"  # noqa: FBT003  # a wrong value
    assert refusal(AfterEvery, "NGO", 10**30) == told + "a very large number"


def sum_of_squares(had: tuple[int, ...], shares: tuple[int, ...]) -> Fraction:
    """How far what kinds have had is from their shares, as Sainte-Laguë counts it."""
    total = sum(had)
    whole = sum(shares)
    return sum(
        (
            (n - Fraction(total * share, whole)) ** 2 / share
            for n, share in zip(had, shares, strict=True)
        ),
        Fraction(),
    )


@given(st.lists(st.integers(1, 5), min_size=1, max_size=3).map(tuple), st.integers(1, 8))
def test_alternate(shares: tuple[int, ...], speakers: int) -> None:
    """However many have spoken, no other whole numbers are nearer to the shares."""
    letters = "abc"[: len(shares)]
    asked = of_kinds([kind for kind in letters for _ in range(speakers)])
    found = order(asked, Alternate("kind", dict(zip(letters, shares, strict=True))))
    for count in range(1, speakers + 1):
        spoken = tuple(sum(name[0] == kind for name in found[:count]) for kind in letters)
        least = min(
            sum_of_squares(had, shares)
            for had in product(range(count + 1), repeat=len(shares))
            if sum(had) == count
        )
        assert sum_of_squares(spoken, shares) == least


@given(kinds, st.lists(st.integers(1, 4), min_size=3, max_size=3))
def test_alternate_by_search(found: list[str], shares: list[int]) -> None:
    """Each time the highest quotient speaks, of those who last; kinds not named stand behind."""
    waiting = {kind: queues(found).get(kind, []) for kind in "abc"}
    had = dict.fromkeys("abc", 0)
    weight = dict(zip("abc", shares, strict=True))
    expected: list[str] = []
    while any(waiting.values()):
        best = max(
            (kind for kind in "abc" if waiting[kind]),
            key=lambda kind: Fraction(weight[kind], 2 * had[kind] + 1),
        )
        expected.append(waiting[best].pop(0))
        had[best] += 1
    expected += queues(found).get("d", [])
    assert order(of_kinds(found), Alternate("kind", weight)) == expected


def test_alternate_reasons() -> None:
    """Women and men one to one, government and opposition two to one; a tie goes by the shares."""
    asked = of_kinds(["b", "b", "a", "d", "a"])
    assert reasons(asked, Alternate("kind", {"a": 1, "b": 1})) == [
        "a, alternating 1:1; received 1st of them",
        "b, alternating 1:1; received 1st of them",
        "a, alternating 1:1; received 2nd of them",
        "b, alternating 1:1; received 2nd of them",
        "of no kind that alternates",
    ]
    assert order(asked, Alternate("kind", {"b": 2, "a": 1})) == ["b0", "a2", "b1", "a4", "d3"]
    assert reasons(asked[:1], Alternate("mood", {"a": 1})) == ["received 1st"]
    many = Alternate("kind", dict.fromkeys("abcdef", 1))
    assert reasons(asked[:1], many) == ["b, alternating 1:1:1:1:…"]


def test_alternate_refused() -> None:
    """Shares are whole numbers from 1 by kind, in an order."""
    such = 'expected shares such as {"women": 1, "men": 1}, got '
    assert refusal(Alternate, "gender", {}) == such + "none"
    assert refusal(Alternate, "gender", "women") == such + '"women"'
    assert refusal(Alternate, "gender", {"women": 0}) == (
        '"women": expected a share, a whole number from 1, got 0'
    )
    assert refusal(Alternate, "gender", {"women": 1, "Women": 1}) == (
        '"Women" is named twice, also as "women": remove one'
    )
    assert refusal(Alternate, "gender", {3: 1}).startswith("expected a text in quotes")
