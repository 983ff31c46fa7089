"""The levels of speakers in the order of protocol, and the wordings that count as each.

Source: United Nations, A/CN.4/L.129 of 3 July 1968 (docslib.org/doc/4345563): heads of State, heads
of Government, their deputies, ministers for foreign affairs, other ministers, and chairs of
delegation before deputy ministers for foreign affairs and permanent representatives. It names the
deputies of heads of Government; those of heads of State are put with them here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from r2psched.errors import InvalidValue, nearest, shown
from r2psched.fields import as_several, as_text, as_texts, as_title, as_tuple
from r2psched.ordering.base import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from r2psched.speakers import Inscription

__all__ = [
    "PROTOCOL",
    "Level",
    "as_levels",
    "nearest_level",
    "place_of",
    "places_of",
    "unknown_levels",
]

_MOST = 100
_OPEN = "…"
_LONGEST_OPENING = 8
_WORD = re.compile(r"\w+")
_ARTICLES = {"the", "a", "an", "his", "her", "its", "their"}


@attrs.frozen
class Level:
    """A level of speakers.

    Attributes:
        name: As reasons tell it.
        wordings: What else counts as it; one that ends in "…" stands for all that begin so.
        several: How reasons call those of the level together, such as "ministers", or None.

    Letter case, punctuation, articles and the plural make no difference.

    >>> Level("Minister", ["Cabinet minister"]).name
    'Minister'
    """

    name: str = attrs.field(converter=as_title)
    wordings: tuple[str, ...] = attrs.field(default=(), converter=as_texts)
    several: str | None = attrs.field(default=None, converter=as_text)

    @property
    def among(self) -> str:
        """The words for being counted among those of the level."""
        return f" of the {cut(self.several)}" if self.several else " of this level"


PROTOCOL = (
    Level("Head of State", ("Chief of State", "President of the Republic"), "heads of State"),
    Level("Head of Government", ("Prime Minister", "Premier"), "heads of Government"),
    Level(
        "Deputy Head of State or Government",
        (
            "Deputy Head of State",
            "Deputy Head of Government",
            "Deputy Prime Minister",
            "Vice Prime Minister",
            "Vice-President",
            "Vice-President of the Republic",
        ),
        "deputies",
    ),
    Level(
        "Minister for Foreign Affairs",
        (
            "Foreign Minister",
            "Minister of Foreign Affairs",
            "Minister for External Affairs",
            "Minister of External Affairs",
            "Minister for External Relations",
            "Minister of External Relations",
            "Secretary of State for Foreign Affairs",
        ),
        "ministers for foreign affairs",
    ),
    Level(
        "Minister",
        ("Cabinet Minister", "Other Minister", "Minister of …", "Minister for …"),
        "ministers",
    ),
    Level(
        "Chair of delegation",
        (
            "Chairman of delegation",
            "Chairperson of delegation",
            "Chairwoman of delegation",
            "Head of delegation",
        ),
        "chairs of delegation",
    ),
)


def as_levels(value: Iterable[Level | str | Iterable[str]] | Level | str) -> tuple[Level, ...]:
    """Take levels in order: each a `Level`, a name, or a name followed by wordings.

    Raises:
        InvalidValue: If there is none, or two have a wording in common.

    >>> levels = as_levels(["Minister", ["Ambassador", "Permanent Representative"]])
    >>> [level.name for level in levels]
    ['Minister', 'Ambassador']
    """
    given = as_tuple(value)
    levels = as_several(map(_as_level, given), Level, "levels")
    if not 0 < len(levels) <= _MOST:
        msg = f"expected 1 to {_MOST} levels, the highest first, got {len(levels)}"
        raise InvalidValue(msg)
    places_of(levels)
    return levels


def _as_level(value: Level | str | Iterable[str]) -> Level:
    if isinstance(value, Level):
        return value
    texts = as_texts(value)
    if not texts:
        msg = "expected the name of a level, got an empty list"
        raise InvalidValue(msg)
    return Level(texts[0], texts[1:])


def folded(wording: str) -> str:
    """A wording without letter case, punctuation, articles and plural, so that it compares.

    >>> folded("The Heads of State") == folded("HEAD-OF-STATE")
    True
    """
    words = _WORD.findall(wording.casefold())
    return " ".join(_singular(word) for word in words if word not in _ARTICLES)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("men"):
        return word[:-2] + "an"
    return word.removesuffix("s")


def place_of(level: str, places: Mapping[str, int]) -> int | None:
    """The place of a level among those of `places_of`, or None if it is none of them.

    >>> places = places_of(PROTOCOL)
    >>> place_of("Minister of Justice", places), place_of("Foreign Minister", places)
    (4, 3)
    """
    words = folded(level)
    if words in places:
        return places[words]
    opening = words.split(" ", _LONGEST_OPENING)[:_LONGEST_OPENING]
    found = (places.get(f"{' '.join(opening[:n])} {_OPEN}") for n in range(len(opening), 0, -1))
    return next((place for place in found if place is not None), None)


def places_of(levels: Sequence[Level]) -> Mapping[str, int]:
    """The place of every folded wording among levels, counted from 0.

    Raises:
        InvalidValue: If two levels have a wording in common, or one has no word that tells it.
    """
    found: dict[str, int] = {}
    for at, level in enumerate(levels):
        for wording in (level.name, *level.wordings):
            words = folded(wording)
            if not words:
                msg = f"{shown(wording)} has no word that tells a level: write one"
                raise InvalidValue(msg)
            words += f" {_OPEN}" if wording.endswith(_OPEN) else ""
            if (other := found.setdefault(words, at)) != at:
                msg = (
                    f"{shown(wording)} counts both as {shown(levels[other].name)} and as "
                    f"{shown(level.name)}: leave it with one"
                )
                raise InvalidValue(msg)
    return found


def unknown_levels(
    inscriptions: Iterable[Inscription], levels: Sequence[Level] = PROTOCOL
) -> tuple[str, ...]:
    """Levels of inscriptions that are none of some levels, each once, as first written.

    >>> from r2psched.speakers import Inscription
    >>> unknown_levels(Inscription(level, level=level) for level in ("Minster", "Ministers"))
    ('Minster',)
    """
    places = places_of(levels)
    written = dict.fromkeys(each.level for each in inscriptions if each.level is not None)
    return tuple(level for level in written if place_of(level, places) is None)


def nearest_level(level: str, levels: Sequence[Level] = PROTOCOL) -> str | None:
    """Say which wording of some levels a misspelt level is closest to, or None if none is close.

    >>> nearest_level("minster")
    'Minister'
    """
    known = {
        wording.casefold(): wording for each in levels for wording in (each.name, *each.wordings)
    }
    found = nearest(level.casefold(), known)
    return None if found is None else known[found]
