"""Texts as they can be set: one line each, which can be broken and does no harm to another."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from r2psched.errors import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["cleaned", "is_seen", "settable", "some", "titled"]

_MOST_TOLD = 3

_GAPS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
# What turns the rest of a line around, glues it together, or is no character.
_FORMLESS = re.compile(
    r"[\u2060\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)
_MARKS = r"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# More marks than three upon a letter would be printed over the line above.
_PILE = re.compile(rf"([{_MARKS}]{{3}})[{_MARKS}]+")
# So long a word is broken anywhere; those of scripts that are written without spaces are none.
_WORD = re.compile(r"[^ \u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\uffef]{40,}")
_PIECE = re.compile(rf"(.{{16}})(?![{_MARKS}\u0590-\u05cf\u064b-\u065f\u0900-\u0dff\u200d])")
_GLUE = re.compile(r"[\xa0\u202f\u2007]")
_MOST_GLUED = 20
# Letters and a sign without ink.
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"


def cleaned(text: str) -> str:
    r"""Make one line of a text.

    Controls become spaces; what turns the direction of a line is left out.

    >>> cleaned("Viet\tNam\u202e")
    'Viet Nam'
    """
    text = _FORMLESS.sub("", _GAPS.sub(" ", text)).strip()
    text = _PILE.sub(r"\1", text)
    return _GLUE.sub(" ", text) if len(_GLUE.findall(text)) > _MOST_GLUED else text


def settable(text: str) -> str:
    r"""Make one line of a text, which a paper of any width can hold.

    It is `cleaned`, and a word of 40 signs or more may be broken.

    >>> settable("a" * 40).count("\u200b")
    2
    """
    return _WORD.sub(lambda word: _PIECE.sub("\\1\u200b", word[0]), cleaned(text))


def titled(text: str, otherwise: str) -> str:
    r"""Make a line of a title; where nothing of it can be seen, of something else.

    >>> titled("\u202e", "floor")
    'floor'
    """
    return settable(text if is_seen(text) else otherwise)


def is_seen(text: str) -> bool:
    r"""Whether anything of a text is to be seen.

    >>> is_seen("Chile"), is_seen("\u202e")
    (True, False)
    """
    return any(
        unicodedata.category(sign)[0] not in "CMZ" and sign not in _BLANK for sign in cleaned(text)
    )


def some(those: Iterable[str]) -> str:
    """Tell the first three of several texts, and how many more there are.

    >>> some("abcde")
    '"a", "b", "c" and 2 more'
    """
    told = list(those)
    more = len(told) - _MOST_TOLD
    return ", ".join(map(shown, told[:_MOST_TOLD])) + (f" and {more} more" if more > 0 else "")
