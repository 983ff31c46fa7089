"""The catalogue: texts by language and key, with what stands in braces filled in."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib import resources
from string import Formatter
from typing import TYPE_CHECKING, Any

import attrs

from r2psched.errors import InvalidValue, joined, nearest, shown
from r2psched.language.tags import ORIGINAL, as_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Words", "as_texts", "faults_of", "words"]

_LONGEST = 10_000
_MAIL = "name summary programme when date start end first last zone place organiser"
# What a text may say beyond what the English one says.
_MORE = {
    "slot.summary": {"programme", "place", "limit"},
    "slot.description": {"who", "session", "programme"},
    "day.summary": {"number", "count"},
}


@attrs.frozen
class Words:
    """The texts of one language, some of them perhaps replaced.

    Attributes:
        language: Its tag, such as "fr".
        texts: Every text by its key, such as "slot.summary".

    >>> words("fr")("people.chair", who="Mara Lind")
    'Présidence : Mara Lind'
    """

    language: str
    texts: Mapping[str, str] = attrs.field(repr=False)

    def __call__(self, key: str, /, **fields: object) -> str:
        """The text of a key, with its fields filled in."""
        return self.texts[key].format_map(fields)


def words(language: str = ORIGINAL, replaced: tuple[tuple[str, str], ...] = ()) -> Words:
    """Give the texts of a language.

    Args:
        language: One of `languages()`.
        replaced: Keys and texts that stand in place of those that are shipped.

    Raises:
        InvalidValue: If the language is not shipped, or a text is not one that can be filled in.

    >>> words("en", (("slot.summary", "{who} speaks"),))("slot.summary", who="Chile", session="")
    'Chile speaks'
    """
    return _words(as_language(language), as_texts(replaced))


@lru_cache(maxsize=16)
def _words(language: str, replaced: tuple[tuple[str, str], ...]) -> Words:
    return Words(language, {**_shipped(language), **dict(replaced)})


def as_texts(
    value: Mapping[str, object] | Iterable[tuple[str, str]],
) -> tuple[tuple[str, str], ...]:
    """Take texts that replace shipped ones, in tables or by dotted keys, sorted by key.

    Raises:
        InvalidValue: If a key is unknown, or a text cannot be filled in: all of them at once.

    >>> as_texts({"slot": {"summary": "{who} speaks"}})
    (('slot.summary', '{who} speaks'),)
    """
    try:
        given = dict(_flat(dict(value)))
    except (TypeError, ValueError):
        msg = f"expected a table of texts by key, got {shown(value)}"
        raise InvalidValue(msg) from None
    if faults := list(_faults(given)):
        raise InvalidValue(joined([f"{key}: {fault}" for key, fault in faults]))
    return tuple(sorted(given.items()))


def faults_of(given: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Each key whose text cannot stand in place of a shipped one, with the reason.

    Args:
        given: Texts by dotted key, or tables of them.
    """
    yield from _faults(dict(_flat(given)))


def _faults(given: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key, text in sorted(given.items()):
        fault = _fault(key, text)
        if fault is not None:
            yield key, fault


def _fault(key: str, text: object) -> str | None:
    known = _shipped(ORIGINAL)
    if key not in known:
        close = nearest(key, known)
        hint = f"did you mean {shown(close)}?" if close else "see the list of texts in the manual"
        return f"there is no text of this key: {hint}"
    if not isinstance(text, str) or not text.strip() or len(text) > _LONGEST:
        return f"expected a text of 1 to {_LONGEST} signs, got {shown(text)}"
    more = _MAIL.split() if key.startswith("mail.") else _MORE.get(key, ())
    allowed = _fields(known[key]) | set(more)
    try:
        found = _fields(text)
    except ValueError as error:
        return f"{error} in {shown(text)}; write a brace of the text itself twice"
    if wrong := sorted(found - allowed):
        told = ", ".join("{" + name + "}" for name in sorted(allowed)) or "nothing in braces"
        return f"{shown('{' + wrong[0] + '}')} is not known here; there is {told}"
    return None


def _fields(text: str) -> set[str]:
    """The names in braces; anything but a plain name there is refused."""
    found = set()
    for _, name, layout, conversion in Formatter().parse(text):
        if name is None:
            continue
        if layout or conversion or not name.isidentifier():
            msg = "expected a plain name in braces"
            raise ValueError(msg)
        found.add(name)
    return found


@cache
def _shipped(language: str) -> dict[str, str]:
    source = resources.files(__package__).joinpath(f"{language}.toml")
    return dict(_flat(tomllib.loads(source.read_text("utf-8"))))


def _flat(tree: Mapping[str, Any], head: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        name = f"{head}{key}"
        if isinstance(value, dict) and not head:
            yield from _flat(value, f"{name}.")
        else:
            yield name, value
