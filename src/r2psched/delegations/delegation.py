"""One delegation, and the list of all."""

from __future__ import annotations

import functools
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

import attrs

from r2psched.errors import UnknownName
from r2psched.fields import as_one_of, as_pairs, as_text, as_texts, as_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["LANGUAGES", "Delegation", "delegations", "patterns"]

LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
"""English, French, Spanish, Russian, Chinese, Arabic."""

_one_of_both = as_one_of("member", "observer")


def _as_status(value: Literal["member", "observer"]) -> Literal["member", "observer"]:
    status: Literal["member", "observer"] = _one_of_both(value)
    return status


def _as_names(
    value: Mapping[str, str] | Iterable[tuple[str, str]],
) -> tuple[tuple[str, str], ...]:
    return tuple((language, as_title(name)) for language, name in as_pairs(value))


@attrs.frozen
class Delegation:
    """A State that is a member or an observer of the United Nations, and what it is called.

    Attributes:
        code: Its code of three letters (ISO 3166-1 alpha-3).
        code2: Its code of two letters (ISO 3166-1 alpha-2).
        names: Its short name in each language, as pairs of the language's code and the name.
        formal: Its formal name in English.
        status: "member" or "observer".
        group: Its regional group, or None where the source states none, or two.
        also: Further names by which it is recognised.
    """

    code: str = attrs.field(converter=as_title)
    code2: str = attrs.field(converter=as_title)
    names: tuple[tuple[str, str], ...] = attrs.field(converter=_as_names)
    formal: str | None = attrs.field(default=None, converter=as_text)
    status: Literal["member", "observer"] = attrs.field(default="member", converter=_as_status)
    group: str | None = attrs.field(default=None, converter=as_text)
    also: tuple[str, ...] = attrs.field(default=(), converter=as_texts)

    @property
    def name(self) -> str:
        """Its short name in English."""
        return self.name_in("en")

    def name_in(self, language: str) -> str:
        """Say what it is called in a language.

        Args:
            language: The code of the language: "en", "fr", "es", "ru", "zh" or "ar".

        Returns:
            The short name.

        Raises:
            UnknownName: If it has no name in that language.

        >>> from r2psched.delegations import recognise
        >>> recognise("United States of America").name_in("fr")
        "États-Unis d'Amérique"
        """
        known = dict(self.names)
        if language not in known:
            kind = "language"
            raise UnknownName(kind, language, known)
        return known[language]

    def __str__(self) -> str:
        """Its short name in English."""
        return self.name


def _made(row: dict[str, str]) -> Delegation:
    """Make a delegation of a row of the file."""
    given: dict[str, Any] = {
        key: row[key] for key in ("code", "code2", "formal", "status", "group")
    }
    given["names"] = {language: row[language] for language in LANGUAGES}
    return Delegation(**given, also=row["also"].split(" | ") if row["also"] else ())


@functools.cache
def _rows() -> tuple[dict[str, str], ...]:
    """Read the file that ships with the package, once."""
    import csv  # noqa: PLC0415  # only who asks for delegations needs it

    file = resources.files("r2psched.delegations").joinpath("data.csv")
    lines = file.read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader(line for line in lines if not line.startswith("#")))


@functools.cache
def delegations() -> tuple[Delegation, ...]:
    """List the Member States of the United Nations and the observer States, by code.

    >>> from r2psched.delegations import delegations
    >>> len([each for each in delegations() if each.status == "member"])
    193
    """
    return tuple(map(_made, _rows()))


@functools.cache
def patterns() -> tuple[str, ...]:
    """List, for each delegation in turn, the expression that tells whose a name may be."""
    return tuple(row["pattern"] for row in _rows())
