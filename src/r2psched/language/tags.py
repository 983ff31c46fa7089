"""The languages that are shipped: one file for each."""

from __future__ import annotations

from functools import cache

from r2psched.errors import InvalidValue, shown

__all__ = ["ORIGINAL", "as_language", "languages"]

ORIGINAL = "en"
"""The language that says what there is to say; the others have the same keys."""


@cache
def languages() -> tuple[str, ...]:
    """The languages that are shipped, by their tags (RFC 5646).

    >>> languages()
    ('en', 'fr')
    """
    from importlib import resources  # noqa: PLC0415  # most programmes are in English

    names = (file.name for file in resources.files(__package__).iterdir())
    tags = {name.removesuffix(".toml") for name in names if name.endswith(".toml")}
    return (ORIGINAL, *sorted(tags - {ORIGINAL}))


def as_language(value: str) -> str:
    """Take the tag of a language that is shipped, in any case of letters.

    >>> as_language("FR")
    'fr'
    """
    # Most programmes are in English, and need not look what else there is.
    if value == ORIGINAL:
        return value
    if isinstance(value, str):
        wanted = value.casefold()
        for tag in languages():
            if tag.casefold() == wanted:
                return tag
    msg = f"expected a language, {' or '.join(map(shown, languages()))}, got {shown(value)}"
    raise InvalidValue(msg)
