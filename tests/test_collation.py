"""The alphabetical order: what comes where, for every text there can be."""
# ruff: noqa: RUF001  # letters of several alphabets are sorted

from __future__ import annotations

import sys
import time
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.collation import key
from r2psched.collation.weights import ranks

TEXTS = st.text(max_size=12)
LETTERS = st.text("aAáÁäæœßzZéèêËİıIлйиЙИёЁاآأبΑαάΩ \u0301\u0306\u0323\u0345'-0é中한", max_size=8)


@pytest.mark.parametrize(
    "ordered",
    [
        ["Costa Rica", "Côte d'Ivoire", "Croatia"],
        ["Tunisia", "Türkiye", "Turkmenistan", "Tuvalu"],
        ["Estonie", "Eswatini", "États-Unis d'Amérique", "Éthiopie", "Fidji"],
        ["Hongrie", "Îles Cook", "Îles Marshall", "Inde", "Iran"],
        ["Guinea", "Guinea Ecuatorial", "Guinea-Bissau", "Guinée", "Guyana"],
        ["Niger", "Niger (the)", "Nigeria", "Nigéria"],
        ["cote", "Cote", "coté", "Coté", "côte", "Côte", "côté", "Côté"],
        ["od", "oe", "OE", "œ", "Œ", "oeuvre", "of"],
        ["Strasse", "Straße", "Strassen", "Strast"],
        ["Istanbul", "İstanbul", "Izmir", "İzmir"],
        ["d", "đ", "ð", "dog", "dz", "e"],
        ["Иран", "Ирландия", "Йемен", "Кабо-Верде"],
        ["Елка", "Ёлка", "Елка 2", "Ель", "Жук"],
        ["Αίγυπτος", "Άμπου", "Βέλγιο", "Ωμέγα"],
        ["الأردن", "البحرين", "الجزائر", "السودان"],
        ["เกาหลี", "ไก่", "ขอนแก่น", "แขก"],
        ["", *" _-,.'(€12abzαяאا中"],
    ],
    ids=lambda ordered: ordered[-1],
)
def test_order(ordered: list[str]) -> None:
    """Letters count first, whatever their accents and capitals, and space sorts before letters."""
    assert all(key(one) < key(other) for one, other in pairwise(ordered))


@pytest.mark.parametrize(
    ("accented", "bare"),
    [
        ("Île", "Ile"),
        ("Türkiye", "Turkiye"),
        ("CÔTE", "cote"),
        ("œ", "oe"),
        ("ﬁ", "fi"),
        ("²", "2"),
    ],
)
def test_accents_are_a_tie_break(accented: str, bare: str) -> None:
    """Accents and capitals make no difference to the letters, only behind them."""
    assert key(accented)[0] == key(bare)[0]
    assert key(accented) != key(bare)


def test_what_counts_for_nothing() -> None:
    """Controls and joiners make no difference but the last."""
    assert key("a\x00b\u200d\u00adc")[:3] == key("abc")[:3]
    assert key("a\x00b") != key("ab")


def test_what_has_no_rank() -> None:
    """Ideographs come behind all letters, then all that is unknown, each by code point."""
    ordered = ["ŋ", "ж", "ゟ", "一", "中", "㐀", "\ud800", "\ue000", "𠀀", "\U0010ffff"]
    assert all(key(one) < key(other) for one, other in pairwise(ordered))


@given(TEXTS | LETTERS, TEXTS | LETTERS)
def test_equal_only_if_the_same(one: str, other: str) -> None:
    """Two texts have equal keys if and only if they are the same text."""
    assert (key(one) == key(other)) == (one == other)


@given(TEXTS | LETTERS)
def test_composed_or_not(text: str) -> None:
    """A text has the same place however its accents are encoded."""
    forms = {unicodedata.normalize(form, text) for form in ("NFC", "NFD")}
    assert {key(form)[:3] for form in forms} == {key(text)[:3]}


@given(st.text("abcéœñabcü '-0", max_size=12))
def test_capitals_come_last(text: str) -> None:
    """Capitals make no difference to letters and accents, and small letters sort before them."""
    assert key(text.upper())[:2] == key(text)[:2]
    assert key(text) <= key(text.upper())


def test_accents_between() -> None:
    """A letter joins with its accent across others, which follow both."""
    assert key("и\u0323\u0306")[0] == key("й")[0] != key("и")[0]
    assert key("и\u0308\u0306")[0] == key("и")[0]


@given(st.text("aб\u0301\u0316\u0306й\u0338é가\ud800\u0f71\u0f72", max_size=12))
def test_long_texts_are_taken_apart_alike(text: str) -> None:
    """A long text has the key of its parts, as a short one has."""
    long = "." * 600
    dots = len(key(long)[0])
    assert key(long + text)[0][dots:] == key("." + text)[0][1:]
    assert key(long + text)[1][dots:] == key("." + text)[1][1:]


@pytest.mark.parametrize(
    "unit",
    [
        "\u0301\u0316",
        "a\u0316\u0301",
        "и\u0316\u0306",
        "\u0306",
        "\ud800",
        "\x00",
        "เ",
        "각",
        "\U000e0fff",
    ],
    ids=ascii,
)
def test_time_is_linear(unit: str) -> None:
    """A long text takes no more than seconds, whatever it is made of: no step is quadratic."""
    key("")
    start = time.process_time()
    key(unit * (300_000 // len(unit)))
    assert time.process_time() - start < 5


def test_every_rank_is_read() -> None:
    """The file's ranks are those of thousands of characters, and none collides with the others."""
    known = ranks()
    letters, accents, capitals = known.levels
    assert letters.keys() == accents.keys() == capitals.keys()
    assert len(letters) > 5000
    assert all(char < "\ue000" for rank in letters.values() for char in rank)
    singles = {chr(at) for at in letters if at <= sys.maxunicode}
    assert all(singles.issuperset(text) for text in known.joined)
    for point in range(sys.maxunicode + 1):
        char = chr(point)
        if "LATIN" in unicodedata.name(char, "") and point < 0x2000:
            assert singles.issuperset(unicodedata.normalize("NFD", char)), char
