"""Which delegation a name means: one, or none, and which it may have meant."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from r2psched.delegations.delegation import delegations, patterns
from r2psched.delegations.names import LONGEST, is_short, plain, words
from r2psched.fields import as_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from r2psched.delegations.delegation import Delegation

__all__ = ["recognise", "suggest"]

_MOST = 5
_ALIKE = 0.8
_COMPARED = 60
_SMALL = frozenset({"and", "d", "de", "del", "des", "du", "et", "la", "les", "of", "the", "y", "и"})

Owners = dict[str, tuple["Delegation", ...]]


def recognise(name: str) -> Delegation | None:
    """Say which delegation bears a name, or None if none or several do. It is never a guess.

    A name counts in any of the six languages, short, formal or otherwise in use in the source.
    Capitals, accents, spaces, punctuation and a leading "the" make no difference; codes and
    abbreviations are taken in capitals only.

    Args:
        name: The name, or an ISO 3166-1 code.

    Returns:
        The delegation, or None.

    >>> from r2psched.delegations import recognise
    >>> recognise("cote d'ivoire").code, recognise("Nigéria").code, recognise("FRA").code
    ('CIV', 'NGA', 'FRA')
    >>> recognise("Korea") is None
    True
    """
    wanted = as_name(name)
    if len(name) > LONGEST:
        return None
    exact, spelt = _owners()
    found = exact.get(wanted) or spelt.get(plain(wanted), ())
    return found[0] if len(found) == 1 else None


def suggest(name: str) -> tuple[Delegation, ...]:
    """Say which delegations a name may mean that is misspelt, partial or out of use.

    Args:
        name: The name.

    Returns:
        The likeliest first, five at most; if the name is recognised, that delegation alone.

    >>> from r2psched.delegations import suggest
    >>> [each.code for each in suggest("Korea")], [each.code for each in suggest("Azerbaidjan")]
    (['KOR', 'PRK'], ['AZE'])
    """
    sure = recognise(name)
    if sure is not None or len(name) > LONGEST:
        return () if sure is None else (sure,)
    given = words(name)
    text, asked = " ".join(given)[:_COMPARED], set(given) - _SMALL
    known = delegations()
    told = [each for each, one in zip(known, _expressions(), strict=True) if one.search(text)]
    partly = [each for each, has in zip(known, _parts(), strict=True) if asked and asked <= has]
    if len(partly) > _MOST:  # "Republic" tells nothing
        partly = []
    close = _close("".join(given)[:_COMPARED])
    return tuple(dict.fromkeys([*told, *partly, *close]))[:_MOST]


def _close(word: str) -> Iterable[Delegation]:
    """Give the delegations with a name that is spelt nearly like a word, the closest first."""
    import difflib  # noqa: PLC0415  # only a misspelt name needs it

    _, spelt = _owners()
    # Of a short name two letters more make another, as Suriname is not Syria in Arabic.
    room = max(1, len(word) // 4)
    alike = [known for known in spelt if abs(len(known) - len(word)) <= room]
    for known in difflib.get_close_matches(word, alike, n=_MOST, cutoff=_ALIKE):
        yield from spelt[known]


@functools.cache
def _owners() -> tuple[Owners, Owners]:
    """Tell who bears each code and abbreviation, and each name as names are compared."""
    exact: Owners = {}
    spelt: Owners = {}
    for each in delegations():
        for code in (each.code, each.code2, *filter(is_short, each.also)):
            exact[code] = tuple(dict.fromkeys([*exact.get(code, ()), each]))
        for name in _names(each):
            spelt[plain(name)] = tuple(dict.fromkeys([*spelt.get(plain(name), ()), each]))
    return exact, spelt


def _names(delegation: Delegation) -> list[str]:
    """List the names of a delegation, abbreviations left out."""
    names = [name for _, name in delegation.names]
    names += [delegation.formal] if delegation.formal else []
    return names + [name for name in delegation.also if not is_short(name)]


@functools.cache
def _expressions() -> tuple[re.Pattern[str], ...]:
    """Compile, for each delegation in turn, the expression that tells whose a name may be."""
    return tuple(map(re.compile, patterns()))


@functools.cache
def _parts() -> tuple[frozenset[str], ...]:
    """List, for each delegation in turn, the words of its names."""
    return tuple(
        frozenset(word for name in _names(each) for word in words(name)) for each in delegations()
    )
