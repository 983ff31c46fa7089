"""Addresses in a text, as links to write to."""

from __future__ import annotations

import re
from urllib.parse import quote

from markupsafe import Markup, escape

__all__ = ["mailto"]

_SPACE = re.compile(r"(\s+)")
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_AROUND = "\"'<>()[]{}.,;:!?«»“”„"


def mailto(text: str) -> Markup:
    """Make each e-mail address of a text a link to write to.

    Args:
        text: What is said, without markup.

    Returns:
        The same text as markup, all else in it escaped.

    Source:
        RFC 6068 section 2.

    >>> print(mailto("Write to <office@example.org>."))
    Write to &lt;<a href="mailto:office@example.org">office@example.org</a>&gt;.
    """
    return Markup().join(map(_linked, _SPACE.split(text)))


def _linked(word: str) -> Markup:
    address = word.strip(_AROUND)
    if not _ADDRESS.fullmatch(address):
        return escape(word)
    before, _, after = word.partition(address)
    link = Markup('<a href="mailto:{}">{}</a>').format(quote(address, safe="@"), address)
    return escape(before) + link + escape(after)
