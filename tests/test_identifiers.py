"""Ids: taken as given, or derived so that different names keep different ones."""

from __future__ import annotations

import pytest
from hypothesis import given

from r2psched.identifiers import as_id, slug
from tests.refusals import refusal
from tests.strategies import ids, texts


@given(ids)
def test_given(name: str) -> None:
    """An id of letters, digits, dots, dashes and underscores is kept."""
    assert as_id(name) == name


@pytest.mark.parametrize("name", ["", "-a", "a.", "a b", "é", "a\n", "x" * 101, 5])
def test_refused(name: str) -> None:
    """Anything else is refused."""
    assert refusal(as_id, name).startswith(
        "expected an id of letters, digits, dots, dashes and underscores, "
        "with a letter or digit first and last, got "
    )


@given(texts(120))
def test_slug_is_an_id(name: str) -> None:
    """Whatever the name, its slug may be given as an id."""
    made = slug(name)
    assert as_id(made) == made


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Interactive dialogue", "interactive-dialogue"),
        ("  Côte d’Ivoire ", "cote-d-ivoire"),
        ("Türkiye", "turkiye"),
        ("A/RES/63/308", "a-res-63-308"),
        ("日本", "id-cf2abf0c"),
    ],
)
def test_slug(name: str, made: str) -> None:
    """Words are joined by dashes, accents dropped, and lost letters kept as a digest."""
    assert slug(name) == made


def test_different_names() -> None:
    """Names that share all the letters that an id can hold keep different ids."""
    names = ["中国", "日本", "日本国", "", "!", "x" * 80, "x" * 81, "Panel 日"]
    assert len({slug(name) for name in names}) == len(names)
    assert slug("\udc80") != slug("\udc81")
