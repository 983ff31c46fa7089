"""The languages that are shipped."""

from __future__ import annotations

from r2psched.errors import InvalidValue, shown

__all__ = ["LANGUAGES", "as_language"]

LANGUAGES = ("en", "fr")
"""The languages that are shipped, by their tags (RFC 5646)."""


def as_language(value: str) -> str:
    """Take the tag of a language that is shipped."""
    if value in LANGUAGES:
        return value
    msg = f"expected a language, {' or '.join(map(shown, LANGUAGES))}, got {shown(value)}"
    raise InvalidValue(msg)
