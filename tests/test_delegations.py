"""Who is a member or an observer, what each is called, and which names are recognised."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.delegations import LANGUAGES, Delegation, delegations, recognise, suggest
from r2psched.errors import InvalidValue, UnknownName

ALL = delegations()
GROUPS = {"African Group", "Asia-Pacific Group", "Eastern European Group", "GRULAC", "WEOG"}


def code(name: str) -> str | None:
    """Say which code a name is recognised as."""
    found = recognise(name)
    return found.code if found else None


def codes(name: str) -> list[str]:
    """Say which codes are suggested for a name."""
    return [each.code for each in suggest(name)]


def test_members() -> None:
    """There are 193 Member States and two observer States, each with codes of its own."""
    assert Counter(each.status for each in ALL) == {"member": 193, "observer": 2}
    assert [each.code for each in ALL if each.status == "observer"] == ["PSE", "VAT"]
    assert len({each.code for each in ALL}) == len({each.code2 for each in ALL}) == 195
    assert [each.code for each in ALL] == sorted(each.code for each in ALL)


def test_names() -> None:
    """Each has a name in all six languages, and a formal one in English."""
    assert all({language for language, _ in each.names} == {*LANGUAGES} for each in ALL)
    assert all(each.formal for each in ALL)
    chad = recognise("TCD")
    assert chad is not None
    assert [chad.name_in(language) for language in LANGUAGES] == [
        "Chad",
        "Tchad",
        "Chad",
        "Чад",
        "乍得",
        "تشاد",
    ]
    assert (str(chad), chad.name, chad.formal) == ("Chad", "Chad", "the Republic of Chad")
    with pytest.raises(UnknownName, match='no language "de"'):
        chad.name_in("de")


def test_groups() -> None:
    """Each member but Türkiye, which the source has in two groups, is in one regional group."""
    assert {each.code for each in ALL if each.group is None} == {"PSE", "TUR", "VAT"}
    assert Counter(each.group for each in ALL if each.group) == {
        "African Group": 54,
        "Asia-Pacific Group": 54,
        "Eastern European Group": 23,
        "GRULAC": 33,
        "WEOG": 28,
    }
    assert {each.group for each in ALL} == {*GROUPS, None}


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.code)
def test_every_name_is_recognised(each: Delegation) -> None:
    """Each is recognised by its codes, by its names in six languages and by all others it has."""
    names = [each.code, each.code2, each.formal or "", *each.also]
    names += [name for _, name in each.names]
    for name in names:
        assert recognise(name) is each, name
        assert suggest(name) == (each,)
    for _, name in each.names:
        assert recognise(f"  {name.upper()} ") is each
        assert recognise(name.lower()) is each
        assert recognise(name.replace("-", " ").replace("’", "'")) is each


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Congo", "COG"),
        ("the Republic of the Congo", "COG"),
        ("Democratic Republic of the Congo", "COD"),
        ("DR Congo", "COD"),
        ("Congo (the Democratic Republic of the)", "COD"),
        ("Niger", "NER"),
        ("the Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Nigéria", "NGA"),
        ("Guinea", "GIN"),
        ("guinée", "GIN"),
        ("GUINEA BISSAU", "GNB"),
        ("Guinea Ecuatorial", "GNQ"),
        ("Papua New Guinea", "PNG"),
        ("Dominica", "DMA"),
        ("Dominique", "DMA"),
        ("The Dominican Republic", "DOM"),
        ("Republic of Korea", "KOR"),
        ("Korea, Republic of", "KOR"),
        ("Democratic People’s Republic of Korea", "PRK"),
        ("DPRK", "PRK"),
        ("Samoa", "WSM"),
        ("Sudan", "SDN"),
        ("South Sudan", "SSD"),
        ("Soudan du Sud", "SSD"),
        ("Mali", "MLI"),
        ("MALI", "MLI"),
        ("Malawi", "MWI"),
        ("Georgia", "GEO"),
        ("Viet-Nam", "VNM"),
        ("Vietnam", "VNM"),
        ("cote d ivoire", "CIV"),
        ("Turkiye", "TUR"),
        ("TÜRKİYE", "TUR"),
        ("Czech Republic", "CZE"),
        ("UK", "GBR"),
        ("US", "USA"),
        (" FR ", "FRA"),
    ],
)
def test_recognised(name: str, expected: str) -> None:
    """Capitals, accents, spaces, punctuation and a leading "the" make no difference."""
    assert code(name) == expected


@pytest.mark.parametrize(
    "name",
    [
        *("", " ", "the", "fra", "Fra", "us", "uk", "car", "F R", "XX", "XXX", "R. Korea"),
        *(
            "Korea",
            "American Samoa",
            "Turkey",
            "Swaziland",
            "Macedonia",
            "Cook Islands",
            "Republic",
        ),
        *("Cong", "Guineas", "European Union", "Chile and Denmark", "New Guinea", "Virgin Islands"),
    ],
)
def test_not_recognised(name: str) -> None:
    """What is partial, out of use, misspelt, a code in small letters or no State is not guessed."""
    assert recognise(name) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Korea", ["KOR", "PRK"]),
        ("North Korea", ["PRK"]),
        ("South Korea", ["KOR"]),
        ("Congo-Kinshasa", ["COD"]),
        ("Turkey", ["TUR"]),
        ("Swaziland", ["SWZ"]),
        ("Macedonia", ["MKD"]),
        ("Burma", ["MMR"]),
        ("Great Britain", ["GBR"]),
        ("Trinidad & Tobago", ["TTO"]),
        ("Palestine", ["PSE"]),
        ("Azerbaidjan", ["AZE"]),
        ("Germny", ["DEU"]),
        ("Untied States of America", ["USA"]),
        ("Venezula", ["VEN"]),
        ("Алжирр", ["DZA"]),
        ("Guinee-Bisau", ["GNB"]),
        ("سوريا", []),
        ("سورينا", ["SUR"]),
        ("American Samoa", []),
        ("Republic", []),
        ("Atlantis", []),
        ("", []),
        ("the", []),
    ],
)
def test_suggested(name: str, expected: list[str]) -> None:
    """A misspelt, partial or old name suggests whom it may mean, the likeliest first."""
    assert codes(name)[: len(expected) or None] == expected


def test_two_that_share_a_name() -> None:
    """No name of one delegation is that of another, so each name is recognised."""
    names = [name for each in ALL for name in (*each.also, *(name for _, name in each.names))]
    assert all(recognise(name) for name in names)


@given(st.text(max_size=30) | st.sampled_from([each.name for each in ALL]).map(lambda n: n[1:-1]))
def test_never_more_than_five(name: str) -> None:
    """Whatever the name, at most five are suggested, and the one recognised is the only one."""
    found = suggest(name)
    assert len(found) == len(set(found)) <= 5
    sure = recognise(name)
    assert sure is None or found == (sure,)


@pytest.mark.parametrize(
    "name",
    [
        "a" * 10_000_000,
        " " * 10_000_000 + "Chile",
        "\u0301\u0316" * 5_000_000,
        "korea dpr " * 20,
        "d m congo dr " * 15,
        "republic of " * 16,
        "\x00" * 200,
        "\ud800" * 200,
        "ﷺ" * 200,
    ],
    ids=lambda name: ascii(name[:3]),
)
def test_hostile_names(name: str) -> None:
    """No text is a burden, however long or strange it is."""
    suggest("x")
    start = time.process_time()
    assert recognise(name) is None
    suggest(name)
    assert time.process_time() - start < 1


def test_a_value() -> None:
    """A delegation of one's own is checked like every value."""
    own = Delegation("XAA", "XA", {"en": " Ruritania "})
    assert (own.name, own.status, own.group, own.also) == ("Ruritania", "member", None, ())
    with pytest.raises(InvalidValue, match="expected one of"):
        Delegation("XAA", "XA", {"en": "Ruritania"}, status="guest")  # type: ignore[arg-type]  # refused
