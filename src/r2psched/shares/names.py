"""Names of groups, compared as people write them."""

from __future__ import annotations

__all__ = ["key"]


def key(name: str) -> str:
    """What two spellings of one name have in common, whatever their space and case of letters.

    >>> key(" Group  A") == key("group a")
    True
    """
    return " ".join(name.split()).casefold()
