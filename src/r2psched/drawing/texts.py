"""How wide texts are, estimated without any font, and texts cut or wrapped to a width."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from r2psched.tables import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["fitted", "is_right_to_left", "shortened", "text_width", "wrapped"]

# Hundredths of the size that characters advance by in DejaVu Sans or Liberation Sans, whichever is
# wider, so that a text drawn in the reader's own font hardly ever takes more room than estimated.
_ADVANCES = {
    c: hundredths
    for hundredths, characters in (
        (28, "'ijl\u0131"),
        (34, ' ,./:;I\\|·\u2018’"'),
        (39, "()-[]ft!"),
        (43, "r"),
        (53, "*J`sz–“”"),
        (58, "?L_ck"),
        (62, "FTaeovxyłŁ"),
        (65, "$0123456789bdghnpqu{}"),
        (69, "ABEKPSVXYZ"),
        (74, "CRU"),
        (79, "DGHNOQ&Ø"),
        (84, "#+<=>^~w×"),
        (89, "M"),
        (98, "%mWÆ—…"),
        (103, "@Œ"),
    )
    for c in characters
}
_BOLD = 1.12
_WIDE = 103
_UPPER = 80
_OTHER = 72
_BROAD_FROM = "\u0900"  # the scripts of South and South East Asia, and all behind them
_BROAD = 95
_SIGN = 300  # cuneiform and its like, of which a reader's font may show anything
_LIGATURE = 1200  # some signs of Arabic hold a whole sentence
_RIGHT_TO_LEFT = {"R", "AL"}
_LEFT_TO_RIGHT = "L"


@lru_cache(maxsize=4096)
def _advance(character: str) -> int:
    base = unicodedata.normalize("NFD", character)[0]
    if base in _ADVANCES:
        return _ADVANCES[base]
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    if "LIGATURE" in (name := unicodedata.name(character, "")) and "ARABIC" in name:
        return _LIGATURE if "\ufdf0" <= character <= "\ufdff" else 2 * _OTHER
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    if character >= _BROAD_FROM and character.isalpha():
        return _SIGN if character > "\uffff" else _BROAD
    return _UPPER if character.isupper() else _OTHER


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate how wide a text is drawn, in pixels: on average, and rather too wide.

    Args:
        text: One line.
        size: The size of the font, in pixels.
        bold: Whether it is drawn bold.

    >>> text_width("Chile", 10), text_width("日本", 10)
    (25.7, 20.6)
    """
    width = sum(map(_advance, text)) * size / 100
    return width * _BOLD if bold else width


def fitted(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """Cut a text to a width; what is cut ends in "…".

    >>> fitted("Bosnia and Herzegovina", 10, 70)
    'Bosnia and…'
    """
    room = width * 100 / size / (_BOLD if bold else 1)
    ellipsis = _advance("…")
    used, keep = 0, 0
    for at, character in enumerate(text):
        used += _advance(character)
        if used > room:
            return text[:keep].rstrip() + "…"
        if used + ellipsis <= room:
            keep = at + 1
    return text


def shortened(forms: Sequence[str], size: float, width: float, *, bold: bool = False) -> str:
    """Choose the first of several forms of a text that fits a width; if none does, cut the last.

    >>> shortened(["Bosnia and Herzegovina", "Bosnia"], 10, 70)
    'Bosnia'
    """
    fits = (form for form in forms if text_width(form, size, bold=bold) <= width)
    return next(fits, None) or fitted(forms[-1], size, width, bold=bold)


def wrapped(
    text: str, size: float, width: float, most: int = 4, *, bold: bool = False
) -> list[str]:
    """Break a text between words into lines of a width.

    Args:
        text: Any text; it is shown in one flow.
        size: The size of the font, in pixels.
        width: The room a line has, in pixels.
        most: The most lines there may be; the last is cut to end in "…".
        bold: Whether it is drawn bold.

    >>> wrapped("The list closes at noon today", 10, 80)
    ['The list closes', 'at noon today']
    """
    if bold:
        width /= _BOLD
    space = _advance(" ") * size / 100
    lines: list[str] = []
    line: list[str] = []
    used = 0.0
    words = text_of(text).split()
    for at, word in enumerate(words):
        more = text_width(word, size)
        if line and used + space + more > width:
            if len(lines) == most - 1:
                # A few words behind the line are enough to see that it must be cut.
                lines.append(fitted(" ".join([*line, *words[at : at + 1], "…"]), size, width))
                return lines
            lines.append(fitted(" ".join(line), size, width))
            line, used = [], 0.0
        used += (space if line else 0.0) + more
        line.append(word)
    return [*lines, fitted(" ".join(line), size, width)] if line else lines


def is_right_to_left(text: str) -> bool:
    """Whether a text is read from the right, which its first letter says.

    >>> is_right_to_left("(1) فلسطين"), is_right_to_left("Palestine")
    (True, False)
    """
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in _RIGHT_TO_LEFT or kind == _LEFT_TO_RIGHT:
            return kind in _RIGHT_TO_LEFT
    return False
