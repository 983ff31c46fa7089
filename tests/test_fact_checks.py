"""Checks of who is inscribed: delegations, levels, categories and regional groups."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from r2psched.blocks import Day
from r2psched.checks import check
from r2psched.files import loads
from r2psched.programme import Programme
from r2psched.sessions import Session
from r2psched.speakers import Inscription, SpeakerList
from tests.check_cases import LIMIT, LISTED, SPEAKERS, STATES, listed, ruled
from tests.test_checks import HEAD, REVISED

SECONDS = 20
day = Day("2014-09-08", zone="UTC")


def _told(text: str) -> list[str]:
    return str(check(loads(HEAD + REVISED + text))).splitlines()


def _codes(text: str) -> list[str]:
    return [found.code for found in check(loads(HEAD + REVISED + text))]


@pytest.mark.parametrize(
    ("inscribed", "twice"),
    [
        (("Türkiye", "Turkiye"), True),
        (("France", "fr", "FRA"), True),
        (("Chile", "Chile"), True),
        (("DR Congo", "Congo"), False),
        (("Republic of Korea", "Democratic People's Republic of Korea"), False),
        (("Chile", "delegation = 'Chile', on_behalf = 'GRULAC'"), False),
        (("Chile", "delegation = 'Chile', category = 'right of reply'"), False),
        (("River Watch", "river watch"), True),
        (
            (
                "delegation = 'River Watch', speaker = 'Ann'",
                "delegation = 'River Watch', speaker = 'Bo'",
            ),
            False,
        ),
        (("speaker = 'Ann'", "speaker = 'Ann'"), False),
    ],
)
def test_twice(inscribed: tuple[str, ...], twice: object) -> None:
    """A delegation is inscribed twice under whatever name, but not where it speaks for a group."""
    assert ("inscribed-twice" in _codes(SPEAKERS + LIMIT + listed(*inscribed))) is twice


@pytest.mark.parametrize(
    ("inscribed", "found"),
    [
        ((*STATES, "Palestine"), "did you mean State of Palestine?"),
        ((*STATES, "Korea"), "Republic of Korea or Democratic People's Republic of Korea?"),
        ((*STATES, "European Union"), None),
        (("France", "Guinea Foundation"), None),
        (("Lybia",), None),
    ],
)
def test_names(inscribed: tuple[str, ...], found: str | None) -> None:
    """On a list of States a name that is close to one is told, and on no other list."""
    told = [
        each.remedy
        for each in check(loads(HEAD + REVISED + SPEAKERS + LIMIT + listed(*inscribed)))
        if each.code == "unknown-delegation"
    ]
    assert [each.endswith(found or "") for each in told] == [True] * (found is not None)


def test_levels_together() -> None:
    """Levels that are close to none are told together, with how many have them."""
    inscribed = [f"delegation = 'State {n}', level = 'Ambassador'" for n in range(3)]
    text = ruled(
        "order = ['level']", LIMIT + listed(*inscribed, "delegation = 'X', level = 'Clerk'")
    )
    assert _told(text) == [
        (
            f"note [unknown-level] {LISTED}: levels that are not ranked and stand behind those "
            'that are: "Ambassador" (3), "Clerk" (1); nothing to do if that is meant'
        )
    ]


def test_levels_of_no_order() -> None:
    """Levels are nobody's business where no rule ranks them."""
    inscribed = LIMIT + listed("delegation = 'Chile', level = 'Minster'")
    assert _codes(SPEAKERS + inscribed) == []
    assert _codes(ruled("order = ['received']", inscribed)) == []


@pytest.mark.parametrize(
    ("rules", "limit", "words"),
    [
        (
            "limit = { default = '3 min', categories = { member = '2 min' } }",
            "",
            (
                (
                    f"note [unknown-category] {LISTED}: categories that have no limit of their "
                    'own: "observer" (2); nothing to do if that is meant'
                ),
            ),
        ),
        (
            "order = [{ rule = 'categories', names = ['Member'] }]",
            LIMIT,
            (
                (
                    f"note [unknown-category] {LISTED}: categories that have no place in the "
                    'order: "observer" (2); nothing to do if that is meant'
                ),
                (
                    f"note [unknown-group] {LISTED}: categories: no speaker has the category "
                    '"Member"; nothing to do if that is meant'
                ),
            ),
        ),
        (
            "order = [{ rule = 'after-every', category = 'Observers', every = 2 }]",
            LIMIT,
            (
                (
                    f'warning [misspelt-category] {LISTED}.inscriptions[2] "Fiji": the category '
                    '"observer", 2 speakers, has no place in the order; did you mean "Observers"?'
                ),
            ),
        ),
        ("order = [{ rule = 'categories', names = ['Observer'] }]", LIMIT, ()),
        ("swaps = true", LIMIT, ()),
    ],
)
def test_categories(rules: str, limit: str, words: tuple[str, ...]) -> None:
    """A category that the procedure does not name is told, near ones with what may be meant."""
    inscribed = listed(
        "Chile",
        *(f"delegation = '{name}', category = 'observer'" for name in ("Fiji", "Mali")),
        "delegation = 'Peru', category = 'right of reply'",
    )
    told = _told(ruled(rules, limit + inscribed))
    assert told == (list(words) or ["no findings"])


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("rule = 'alternate', trait = 'side', shares = { For = 1, Agianst = 1 }", "misspelt-group"),
        ("rule = 'alternate', trait = 'side', shares = { For = 1, Neither = 1 }", "unknown-group"),
        ("rule = 'alternate', trait = 'side', shares = { For = 1, Against = 1 }", None),
        ("rule = 'alternate', trait = 'seid', shares = { For = 1 }", "missing-trait"),
        ("rule = 'categories', names = ['State', 'NGO']", "unknown-group"),
        ("rule = 'categories', names = ['Sta te']", "misspelt-category"),
        ("rule = 'in-turn', trait = 'group'", "missing-trait"),
        ("rule = 'in-turn', trait = 'side'", None),
        ("rule = 'in-turn', trait = 'category'", None),
        ("rule = 'in-turn', trait = 'side', order = ['For', 'Fore']", "unknown-group"),
        ("rule = 'in-turn', trait = 'regional group', order = ['Asia-Pacific']", "misspelt-group"),
        ("rule = 'first-time'", None),
        ("rule = 'first-time', trait = 'sides'", "missing-trait"),
    ],
)
def test_names_in_rules(rule: str, told: str | None) -> None:
    """A rule of order is told by what nobody has of it, near ones only to what it does not name."""
    inscribed = listed(
        "delegation = 'Fiji', category = 'State', traits = { Side = 'for' }",
        "delegation = 'Iraq', category = 'State', traits = { Side = 'against' }",
    )
    assert _codes(ruled(f"order = [{{ {rule} }}]", LIMIT + inscribed)) == [told] * (
        told is not None
    )


def test_rules_beside_limits() -> None:
    """A category that a limit names, and the order nearly so, is told where the order is."""
    limits = "limit = { default = '3 min', categories = { observer = '2 min' } }"
    order = "order = [{ rule = 'categories', names = ['Observers'] }]"
    text = ruled(f"{limits}, {order}", listed("delegation = 'Fiji', category = 'observer'"))
    assert _told(text) == [
        (
            f"warning [misspelt-group] {LISTED}: categories: no speaker has the category "
            '"Observers"; did you mean "observer"?'
        )
    ]


def test_rules_of_an_empty_list() -> None:
    """Before anybody is inscribed, nothing is missing."""
    order = "order = [{ rule = 'in-turn', trait = 'party', order = ['A'] }]"
    shares = "shares = { groups = { A = 1 } }\n"
    assert _codes(ruled(order, LIMIT, shares)) == []


def test_near_traits() -> None:
    """A trait that is nearly one that somebody has is told with that."""
    inscribed = LIMIT + listed("delegation = 'Fiji', traits = { Party = 'A' }")
    (told,) = _told(ruled("order = [{ rule = 'in-turn', trait = 'praty' }]", inscribed))
    assert told.endswith('1 of 1 have no trait "praty"; there is "Party"; did you mean "Party"?')


@pytest.mark.parametrize(
    ("traits", "there"),
    [
        ("{ }", "there is none"),
        ("{ A = '1', B = '2' }", 'there is "A", "B"'),
        (
            "{ " + ", ".join(f"{name} = '1'" for name in "ABCDEFGHI") + " }",
            'there is "A", "B", "C", "D", "E", "F", "G", "H" …',
        ),
    ],
)
def test_traits_that_there_are(traits: str, there: str) -> None:
    """Where a trait is missing, those that somebody has are named, as many as a line holds."""
    inscribed = LIMIT + listed(f"delegation = 'Fiji', traits = {traits}")
    (told,) = _told(ruled("order = [{ rule = 'in-turn', trait = 'group' }]", inscribed))
    assert told.split("; ")[1:] == [there, 'state it, or correct trait = "…"']


def test_many_names() -> None:
    """A thousand names of groups, and a group for each of thousands, are soon compared."""
    names = ", ".join(f"'Group {n} of one'" for n in range(1000))
    rule = f"{{ rule = 'in-turn', trait = 'group', order = [{names}] }}"
    inscribed = [f"delegation = 'X', traits = {{ group = 'Group {n}' }}" for n in range(3000)]
    meeting = loads(
        HEAD + REVISED + ruled(f"order = [{rule}]", "limit = '1 s'\n" + listed(*inscribed))
    )
    start = time.perf_counter()
    codes = Counter(found.code for found in check(meeting))
    assert time.perf_counter() - start < SECONDS
    assert codes["misspelt-group"] <= 20
    assert codes["unknown-group"] == 1


@pytest.mark.parametrize(
    "rule",
    [
        "{ rule = 'in-turn', trait = 'gender' }",
        "{ rule = 'in-turn', trait = 'Regional group' }",
        "{ rule = 'alternate', trait = 'regional group', shares = { GRULAC = 1 } }",
    ],
)
def test_regions(rule: str) -> None:
    """A regional group is asked for where it decides, and not where it is stated."""
    stated = "delegation = 'Kiribas', traits = { 'regional group' = 'Asia-Pacific Group' }"
    found = _codes(ruled(f"order = [{rule}]", LIMIT + listed("River Watch", "Chile", stated)))
    assert found == (["missing-trait"] if "gender" in rule else ["unknown-region"])


def test_many_words() -> None:
    """A list in which everybody has a word of their own is told the first, and how many more."""
    inscribed = [f"delegation = 'X{n}', level = 'Qqq {n}'" for n in range(30)]
    (told,) = _told(ruled("order = ['level']", "limit = '1 min'\n" + listed(*inscribed)))
    assert told.count("Qqq") == 20
    assert "and 10 more; nothing to do" in told


def test_many_inscriptions() -> None:
    """A long list, on which thousands of names are nearly those of States, is soon checked."""
    names = ["France"] * 15_000 + [f"Lybia{n}" for n in range(10_000)]
    asked = [Inscription(name, id=f"i{n}", limit="1 min") for n, name in enumerate(names)]
    session = Session("One", day("10:00-11:00"), speakers=SpeakerList(asked, "1 min"))
    plan = Programme("a", "A", [session], revised=day.at("9:00"))
    start = time.perf_counter()
    codes = Counter(found.code for found in check(plan))
    assert time.perf_counter() - start < SECONDS
    assert codes["inscribed-twice"] == 14_999
    assert codes["unknown-delegation"] <= 50
