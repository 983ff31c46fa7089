"""Widths of texts, and texts cut and wrapped to them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from r2psched.drawing import fitted, is_right_to_left, text_width, wrapped
from tests.strategies import texts

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=60) | texts()
SIZES = st.floats(min_value=6, max_value=40)


@given(ANY_TEXT, SIZES, st.floats(min_value=50, max_value=400))
def test_fitted_fits(text: str, size: float, width: float) -> None:
    """What is cut fits its width, and what fits is not cut."""
    cut = fitted(text, size, width)
    if text_width(text, size) <= width - 1e-6:
        assert cut == text
    else:
        assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))
        assert text_width(cut, size) <= max(width, text_width("…", size)) + 1e-6


def test_bold_is_cut_earlier() -> None:
    """A bold text is wider, so that less of it fits."""
    name = "Democratic Republic of the Congo"
    assert len(fitted(name, 12, 120, bold=True)) < len(fitted(name, 12, 120))


@given(ANY_TEXT, st.floats(min_value=50, max_value=400), st.integers(1, 4))
def test_wrapped(text: str, width: float, most: int) -> None:
    """Wrapped lines fit their width, are no more than allowed, and are cut only at their end."""
    lines = wrapped(text, 12, width, most)
    assert len(lines) <= most
    assert all(text_width(line, 12) <= max(width, text_width("…", 12)) + 1e-6 for line in lines)
    assert all("\n" not in line for line in lines)


def test_wrapped_keeps_all_words() -> None:
    """Where there are lines enough, no word is lost."""
    text = "The list of speakers closes at noon on the day before the meeting"
    assert " ".join(wrapped(text, 12, 150)) == text


def test_wrapped_says_that_it_is_cut() -> None:
    """A text longer than its lines ends in an ellipsis."""
    assert wrapped("word " * 400, 12, 200, 2)[-1].endswith("…")


def test_signs_without_width_and_wide_signs() -> None:
    """Marks above letters take no room, ideographs a full square, a whole sentence's sign more."""
    assert text_width("e\u0301", 10) == text_width("é", 10) == text_width("e", 10)
    assert text_width("国", 10) >= 10
    assert text_width("\ufdfd", 10) >= 100


def test_direction_is_that_of_the_first_letter() -> None:
    """Digits and brackets have no direction, and a text of them is read from the left."""
    assert is_right_to_left("12. ישראל")
    assert not is_right_to_left("Israel (ישראל)")
    assert not is_right_to_left("12")
