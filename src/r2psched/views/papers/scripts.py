"""Scripts: what the letters of a sign are called, and which fonts hold them."""

from __future__ import annotations

import unicodedata

__all__ = ["is_mark", "is_unseen", "script_of"]

_CJK = ("Chinese, Japanese or Korean", "Noto Sans CJK")
# The beginning of a letter's name in Unicode, unless both names are that word.
_NAMED = {
    "BOPOMOFO": _CJK,
    "CANADIAN": ("Canadian Aboriginal", "Noto Sans Canadian Aboriginal"),
    "CJK": _CJK,
    "FULLWIDTH": _CJK,
    "HALFWIDTH": _CJK,
    "HANGUL": _CJK,
    "HIRAGANA": _CJK,
    "IDEOGRAPHIC": _CJK,
    "KATAKANA": _CJK,
    "NEW TAI LUE": ("New Tai Lue", "Noto Sans New Tai Lue"),
    "NKO": ("N'Ko", "Noto Sans NKo"),
    "OL CHIKI": ("Ol Chiki", "Noto Sans Ol Chiki"),
    "TAI LE": ("Tai Le", "Noto Sans Tai Le"),
    "TAI THAM": ("Tai Tham", "Noto Sans Tai Tham"),
    "TAI VIET": ("Tai Viet", "Noto Sans Tai Viet"),
    "TIBETAN": ("Tibetan", "Noto Serif Tibetan"),
}
_BY_THEIR_NAME = """
    Adlam Arabic Armenian Balinese Bengali Buginese Cherokee Coptic Cyrillic Devanagari Ethiopic
    Georgian Greek Gujarati Gurmukhi Hebrew Javanese Kannada Khmer Lao Latin Lisu Malayalam
    Mongolian Myanmar Oriya Osage Sinhala Sundanese Syriac Tagalog Tamil Telugu Thaana Thai
    Tifinagh Vai Yi
"""
_SCRIPTS = _NAMED | {each.upper(): (each, f"Noto Sans {each}") for each in _BY_THEIR_NAME.split()}
_LONGEST = 3


def script_of(sign: str) -> tuple[str, str]:
    """What to call a sign that no font holds, and which fonts have such signs.

    >>> script_of("\u12ae"), script_of("\u1c65")
    (('Ethiopic letters', 'Noto Sans Ethiopic'), ('Ol Chiki letters', 'Noto Sans Ol Chiki'))
    >>> script_of("\U0001f600"), script_of("\u1a15")[0]
    (('signs', 'Noto Sans Symbols or Noto Emoji'), 'Buginese letters')
    """
    kind = unicodedata.category(sign)
    if kind == "So":
        return "signs", "Noto Sans Symbols or Noto Emoji"
    if kind[0] in "LM":
        words = unicodedata.name(sign, "").split(" ")
        for count in range(_LONGEST, 0, -1):
            if found := _SCRIPTS.get(" ".join(words[:count])):
                return f"{found[0]} letters", found[1]
    return "letters" if kind[0] == "L" else "signs", "the Noto fonts"


def is_mark(sign: str) -> bool:
    r"""Whether a sign stands upon or around another.

    >>> is_mark("\u20e3"), is_mark("e")
    (True, False)
    """
    return unicodedata.category(sign) in {"Mn", "Me"}


def is_unseen(sign: str) -> bool:
    r"""Whether a sign only says how others are to be drawn.

    >>> is_unseen("\ufe0f"), is_unseen("\u200d"), is_unseen("\u0301")
    (True, True, False)
    """
    return unicodedata.category(sign) == "Cf" or "VARIATION SELECTOR" in unicodedata.name(sign, "")
