"""Elements are written so that nothing in them is taken for markup."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.drawing import DARK, LIGHT, Sheet, element, number
from r2psched.errors import InvalidValue
from r2psched.tables import text_of
from tests.strategies import texts

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=40) | texts()


@given(ANY_TEXT)
def test_texts_come_back(text: str) -> None:
    """A parser reads every text and attribute as it was shown, whatever characters it holds."""
    drawn = ET.fromstring(str(element("text", text, id=text)))  # noqa: S314  # our own
    assert (drawn.text or "") == text_of(text)
    assert drawn.get("id") == text_of(text)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_no_number_that_is_none(value: float) -> None:
    """What is no place in a picture is refused."""
    with pytest.raises(InvalidValue, match="place in a picture"):
        number(value)


@given(ANY_TEXT, ANY_TEXT)
def test_sheet_tells_what_it_is(title: str, description: str) -> None:
    """A picture is an image with a name and a description that its root points to."""
    root = ET.fromstring(Sheet(title, description).write(10, 20, []))  # noqa: S314  # our own
    by_id = {part.get("id"): part for part in root.iter() if part.get("id")}
    assert root.get("role") == "img"
    assert (by_id[root.get("aria-labelledby")].text or "") == text_of(title)
    assert (by_id[root.get("aria-describedby")].text or "") == text_of(description)


def test_two_pictures_on_one_page() -> None:
    """Pictures of other things have other ids, and their styles reach only themselves."""
    one, two = Sheet("A", "one"), Sheet("A", "two")
    assert one.ident != two.ident
    style = one.write(1, 1, []).partition("<style>")[2].partition("</style>")[0]
    rules = style.partition("{")[2].split("}")
    assert all(rule.startswith(f"#{one.ident} ") for rule in rules if rule)


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        ("ink", "paper", 7),
        ("muted", "paper", 4.5),
        ("band", "panel", 3),
        ("band", "paper", 3),
        ("ink", "band", 3),
        ("ink", "panel", 7),
        ("gauge", "paper", 3),
        ("gauge", "line", 2.5),
    ],
)
def test_colours_differ_in_lightness(
    colours: dict[str, str], front: str, back: str, least: float
) -> None:
    """What must be told apart has the contrast that WCAG 2.1 asks for, so that it reads in grey."""
    assert _contrast(colours[front], colours[back]) >= least


def test_both_screens_have_all_colours() -> None:
    """Nothing keeps its light colour on a dark screen."""
    assert LIGHT.keys() == DARK.keys()
