"""Names as they are compared: letters and digits alone."""

from __future__ import annotations

import unicodedata

__all__ = ["LONGEST", "is_short", "plain", "words"]

LONGEST = 200
"""No name of a State is as long; a longer text is none."""

_ABBREVIATION = 4


def words(name: str) -> list[str]:
    """Split a name into its words, without capitals, accents, punctuation and a leading "the".

    >>> from r2psched.delegations.names import words
    >>> words("the Republic of Côte d’Ivoire")
    ['republic', 'of', 'cote', 'd', 'ivoire']
    """
    folded = unicodedata.normalize("NFKD", name.casefold())
    bare = (char for char in folded if not unicodedata.combining(char))
    found = "".join(char if char.isalnum() else " " for char in bare).split()
    return found[1:] if found[:1] == ["the"] else found


def plain(name: str) -> str:
    """Write a name as it is compared.

    >>> from r2psched.delegations.names import plain
    >>> plain("VIET-NAM"), plain("Viet Nam")
    ('vietnam', 'vietnam')
    """
    return "".join(words(name))


def is_short(name: str) -> bool:
    """Whether a name is an abbreviation such as UAE, which its capitals tell from a word.

    >>> from r2psched.delegations.names import is_short
    >>> is_short("UAE"), is_short("Mali")
    (True, False)
    """
    return len(name) <= _ABBREVIATION and name.isascii() and not name.istitle()
