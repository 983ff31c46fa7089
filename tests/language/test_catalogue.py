"""The catalogue: every language says everything, and a replaced text can be filled in."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import r2psched
from r2psched.errors import InvalidValue
from r2psched.language import as_language, as_texts, languages, words

SOURCES = Path(r2psched.__file__).parent
KEYS = sorted(words("en").texts)
JOINING = {"general.semicolon"}
"""The texts that stand between others."""


def fields(text: str) -> set[str]:
    """Give the names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", languages())
def test_every_language_says_everything(language: str) -> None:
    """With the same keys and fields, nothing empty, no space at an end but of what joins others."""
    texts, original = words(language).texts, words("en").texts
    assert sorted(texts) == KEYS
    for key, text in texts.items():
        assert fields(text) == fields(original[key]), key
        assert text.strip(), key
        assert text.strip() == text or key in JOINING, key


@pytest.mark.parametrize("language", languages())
def test_what_is_shipped_could_be_a_replacement(language: str) -> None:
    """Each text as it is shipped is one that a user may write."""
    shipped = tuple(sorted(words(language).texts.items()))
    assert as_texts(shipped) == shipped
    assert words("en", shipped).texts == words(language).texts


def test_every_text_is_used() -> None:
    """Each key stands in the source, or is made from its table's name there."""
    files = [*SOURCES.rglob("*.py"), *SOURCES.rglob("*.html")]
    source = "".join(path.read_text("utf-8") for path in files)
    made = {f"{table}." for table in re.findall(r'f"(\w+)\.\{', source)}
    unused = [
        key
        for key in KEYS
        if not re.search(rf"[\"']{re.escape(key)}[\"']", source)
        and not any(key.startswith(table) for table in made)
    ]
    assert set(unused) <= {"name"}


def test_tables_and_dotted_keys_are_one() -> None:
    """A file has tables, a program may have dotted keys; both give pairs sorted by key."""
    pairs = (("mail.greeting", "Dear {name},"), ("slot.summary", "{who}"))
    assert as_texts({"slot": {"summary": "{who}"}, "mail.greeting": "Dear {name},"}) == pairs
    assert as_texts(reversed(pairs)) == as_texts(dict(pairs)) == pairs
    assert as_texts(as_texts(pairs)) == pairs


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{whom}", r'slot\.summary: "\{whom\}" is not known here; there is \{limit\}, \{place\}'),
        ("{", "write a brace of the text itself twice"),
        ("}", "write a brace of the text itself twice"),
        ("{}", "expected a plain name in braces"),
        ("{0}", "expected a plain name in braces"),
        ("{who.__class__}", "expected a plain name in braces"),
        ("{who[0]}", "expected a plain name in braces"),
        ("{who!r}", "expected a plain name in braces"),
        ("{who:>99999999}", "expected a plain name in braces"),
        ("{who:{place}}", "expected a plain name in braces"),
        ("x" * 10_001, "expected a text of 1 to 10000 signs"),
        (5, "expected a text of 1 to 10000 signs, got 5"),
        ({"x": "y"}, "expected a text of 1 to 10000 signs"),
        (None, "expected a text of 1 to 10000 signs"),
    ],
)
def test_what_cannot_be_filled_in_is_refused(text: object, told: str) -> None:
    """The message names the key, what is wrong, and what there is."""
    with pytest.raises(InvalidValue, match=told):
        as_texts({"slot": {"summary": text}})


def test_an_unknown_key_is_told_with_the_nearest() -> None:
    """All faults are told at once, sorted by key."""
    with pytest.raises(InvalidValue) as raised:
        as_texts({"slot": {"sumary": "{who}", "description": "{"}, "xyz": "a"})
    told = str(raised.value)
    assert 'slot.sumary: there is no text of this key: did you mean "slot.summary"?' in told
    assert told.index("slot.description") < told.index("slot.sumary") < told.index("xyz")


@pytest.mark.parametrize("value", [5, "ab", [1], [("slot.summary",)], None, {"slot": 5}])
def test_what_is_no_table_is_refused(value: object) -> None:
    """Whatever else is given is an invalid value, and no other error."""
    with pytest.raises(InvalidValue):
        as_texts(value)  # type: ignore[arg-type]  # as a user might


def test_a_language_that_is_not_shipped() -> None:
    """The languages there are, are told."""
    with pytest.raises(InvalidValue, match='expected a language, "en" or "fr", got "de"'):
        as_language("de")
    with pytest.raises(InvalidValue, match="expected a language"):
        as_language(["en"])  # type: ignore[arg-type]  # as a user might


def test_tags_have_no_case() -> None:
    """A language is known by its tag in any case of letters, and is told in one (RFC 5646)."""
    assert [as_language(tag) for tag in ("EN", "Fr", "fR", "fr")] == ["en", "fr", "fr", "fr"]


@given(st.text(), st.text())
def test_what_fills_a_text_is_not_filled_in_again(text: str, who: str) -> None:
    """Braces of a name stay braces; doubled braces of the text become single ones."""
    doubled = text.replace("{", "{{").replace("}", "}}")
    filled = words("en", (("people.chair", doubled + "{who}"),))("people.chair", who=who)
    assert filled == text + who


@given(st.text("{}!:[].a0 ") | st.text())
def test_any_text_is_taken_or_refused(text: str) -> None:
    """What is taken can be filled in with what there is, and nothing else is raised."""
    try:
        replaced = as_texts({"people.chair": text})
    except InvalidValue:
        return
    assert words("en", replaced)("people.chair", who="A") is not None
