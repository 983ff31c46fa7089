"""Alphabetical order: the key that puts Côte d'Ivoire under C, Türkiye under T, Îles under I.

The order is that of the Unicode collation algorithm (UTS #10) with the ranks of CLDR's root locale,
which is what English and French sort by: first the letters count, then the accents, then capitals.
Spaces and punctuation count too, and come before letters. The ranks were computed with ICU 72.1
(CLDR 42, Unicode 15.0) by `tools/collation.py`, for the characters of the alphabets in use.
Ideographs, and whatever else has no rank, come behind all that has, by code point.
"""

from __future__ import annotations

import unicodedata

from r2psched.collation.weights import Ranks, ranks

__all__ = ["Key", "key"]

Key = tuple[str, str, str, str]
"""Letters, accents, capitals, and the text itself: to be compared with other keys only."""

_SHORT = 500


def key(text: str) -> Key:
    """Say where a text stands in alphabetical order: sort by what this gives.

    Two texts have equal keys only if they are equal. Whatever the text, the time is linear.

    Args:
        text: The text.

    Returns:
        What to compare with the keys of other texts.

    Source:
        Unicode Technical Standard 10, with the root collation of CLDR.

    >>> from r2psched.collation import key
    >>> sorted(["Zambia", "Türkiye", "Îles Cook", "Tunisia", "Italie"], key=key)
    ['Îles Cook', 'Italie', 'Tunisia', 'Türkiye', 'Zambia']
    """
    known = ranks()
    apart = _apart(text)
    if known.joining.isdisjoint(apart):
        letters, accents, capitals = (apart.translate(level) for level in known.levels)
    else:
        pieces = _pieces(apart, known)
        letters, accents, capitals = (
            "".join([level[piece] for piece in pieces]) for level in known.levels
        )
    return letters, accents, capitals, text


def _apart(text: str) -> str:
    """Take letters and accents apart (NFD), in linear time."""
    if len(text) <= _SHORT or text.isascii():
        return unicodedata.normalize("NFD", text)
    # normalize() sorts the accents of a letter by insertion: a million on one letter take hours.
    each = {ord(char): unicodedata.normalize("NFD", char) for char in set(text)}
    found: list[str] = []
    accents: list[str] = []
    for char in text.translate(each):
        if unicodedata.combining(char):
            accents.append(char)
            continue
        if accents:
            found += sorted(accents, key=unicodedata.combining)
            accents.clear()
        found.append(char)
    return "".join([*found, *sorted(accents, key=unicodedata.combining)])


def _pieces(text: str, known: Ranks) -> list[int]:
    """Split into code points, and what has ranks together only, such as the й that was taken apart.

    Accents that stand between a letter and the accent it joins with follow both (UTS #10, S2.1).
    """
    found: list[int] = []
    at, end = 0, len(text)
    while at < end:
        whole = text[at]
        at += 1
        if whole not in known.beginning:
            found.append(ord(whole))
            continue
        while at < end and whole + text[at] in known.joined:
            whole += text[at]
            at += 1
        between: list[int] = []
        last = 0
        while at < end and (weight := unicodedata.combining(text[at])):
            if weight > last and whole + text[at] in known.joined:
                whole += text[at]
            else:
                between.append(ord(text[at]))
                last = weight
            at += 1
        found.append(ord(whole) if len(whole) == 1 else known.joined[whole])
        found += between
    return found
