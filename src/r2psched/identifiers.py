"""Ids: what ties a calendar entry to its session or inscription, whatever moves."""

from __future__ import annotations

import re
import unicodedata

from r2psched.errors import InvalidValue, shown

__all__ = ["as_id", "slug"]

_ID = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?")
_GAPS = re.compile(r"[^a-z0-9]+")
_LONGEST = 60


def as_id(value: str | None) -> str | None:
    """Take an id as given, or None where none was.

    Raises:
        InvalidValue: If it is not 1 to 100 letters, digits, dots, dashes or underscores.

    >>> as_id("r2p-2014")
    'r2p-2014'
    """
    given: object = value
    if value is None or (isinstance(given, str) and _ID.fullmatch(given)):
        return value
    msg = (
        "expected an id of letters, digits, dots, dashes and underscores, "
        f"with a letter or digit first and last, got {shown(value)}"
    )
    raise InvalidValue(msg)


def slug(text: str) -> str:
    """Derive an id from a name: its letters without accents, words joined by dashes.

    Where letters are lost (other scripts, very long names), the first 8 hexadecimal digits of
    the name's SHA-256 are added, so that different names keep different ids.

    >>> slug("Interactive dialogue"), slug("Türkiye"), slug("日本")
    ('interactive-dialogue', 'turkiye', 'id-cf2abf0c')
    """
    decomposed = unicodedata.normalize("NFKD", text)
    base = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    lost = any(c.isalnum() and not c.isascii() for c in base)
    words = _GAPS.sub("-", base).strip("-")
    if lost or not words or len(words) > _LONGEST:
        import hashlib  # noqa: PLC0415  # few names need it

        digest = hashlib.sha256(
            unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")
        ).hexdigest()[:8]
        words = f"{words[:_LONGEST].strip('-') or 'id'}-{digest}"
    return words
