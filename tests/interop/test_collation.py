"""Our alphabetical order is that of ICU: of all names of delegations, and of any text."""

from __future__ import annotations

import json
import subprocess
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from r2psched.collation import key
from r2psched.collation.weights import ranks
from r2psched.delegations import delegations

if TYPE_CHECKING:
    from collections.abc import Sequence

# Debian's PyICU is the system's Python's, whatever Python runs the tests.
ICU = """
import icu, json, sys
collator = icu.Collator.createInstance(icu.Locale.getRoot())
collator.setAttribute(icu.UCollAttribute.NORMALIZATION_MODE, icu.UCollAttributeValue.ON)
print(json.dumps([collator.getSortKey(text).hex() for text in json.load(sys.stdin)]))
"""
ALPHABETS: dict[str, Sequence[int]] = {
    "Latin": range(0x20, 0x250),
    "Vietnamese": range(0x1E00, 0x1F00),
    "Greek": (*range(0x370, 0x400), *range(0x1F00, 0x2000)),
    "Cyrillic": (*range(0x400, 0x530), *range(0x300, 0x330)),
    "Armenian and Hebrew": range(0x530, 0x600),
    "Arabic": range(0x600, 0x700),
    "Devanagari": range(0x900, 0x980),
    "Indian": range(0x980, 0xE00),
    "Thai and Lao": range(0xE00, 0xF00),
    "Burmese and Georgian": range(0x1000, 0x1100),
    "Ethiopic": range(0x1200, 0x1380),
    "Korean": (*range(0x1100, 0x1200), *range(0xAC00, 0xAE00)),
    "Japanese": range(0x3040, 0x3100),
    "accents": (*map(ord, "aeiouи"), *range(0x300, 0x370)),
}


def by_icu(texts: list[str]) -> list[str]:
    """Give the sort keys of ICU's root collator, as hexadecimal text."""
    done = subprocess.run(
        ["/usr/bin/python3", "-c", ICU],
        input=json.dumps(texts),
        check=True,
        capture_output=True,
        text=True,
    )
    keys: list[str] = json.loads(done.stdout)
    return keys


def differing(texts: set[str]) -> list[tuple[str, str]]:
    """Give the neighbours in ICU's order that we order otherwise."""
    listed = sorted(texts)
    order = sorted(zip(by_icu(listed), listed, strict=True))
    return [
        (one, other)
        for (mine, one), (yours, other) in pairwise(order)
        if (mine < yours) != (key(one)[:3] < key(other)[:3])
    ]


def covered(points: Sequence[int]) -> str:
    """Give the characters whose parts have ranks."""
    letters = ranks().levels[0]
    chars = [chr(point) for point in points if unicodedata.category(chr(point)) != "Cn"]
    return "".join(
        c for c in chars if all(ord(p) in letters for p in unicodedata.normalize("NFD", c))
    )


def test_names() -> None:
    """The names of all delegations, in every language but Chinese, are in ICU's order."""
    names = {name for each in delegations() for lang, name in each.names if lang != "zh"}
    names |= {each.formal for each in delegations() if each.formal}
    assert differing(names) == []


def test_characters() -> None:
    """All characters that have ranks, and those made of them, are in ICU's order."""
    every = set(covered(range(0xD800)) + covered(range(0xE000, 0x10000)))
    assert len(every) > 15_000
    assert differing(every) == []


@pytest.mark.parametrize("alphabet", ALPHABETS)
@settings(max_examples=3)
@given(data=st.data())
def test_texts(alphabet: str, data: st.DataObject) -> None:
    """Generated texts of an alphabet are in ICU's order."""
    text = st.text(covered(ALPHABETS[alphabet]), max_size=5)
    assert differing(set(data.draw(st.lists(text, min_size=50, max_size=50)))) == []
