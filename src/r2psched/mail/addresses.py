"""The addresses in a header field, read strictly: what is not clear is refused."""

from __future__ import annotations

import re

from r2psched.errors import InvalidValue, shown

__all__ = ["mailboxes"]

# Comments within comments are refused: nobody writes them but to confuse.
_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*+"|\((?:[^()\\]|\\.)*+\)|<[^<>]*+>|[,:;]|[^"()<>,:;]++', re.DOTALL
)
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@[^\s@<>()\[\],;:\"\\]{1,190}")


def mailboxes(text: str, *, groups: bool = False) -> tuple[str, ...]:
    """Read the addresses of a From, Sender or To.

    Args:
        text: What stands behind the colon, unfolded.
        groups: Whether several addresses may stand under one name: `Panel: a@b.org, c@d.org;`.

    Returns:
        The addresses, the part behind the @ in small letters.

    Raises:
        InvalidValue: If it is not clear which addresses are meant.

    Source:
        RFC 5322 section 3.4.

    Examples:
        >>> mailboxes('"Permanent Mission, Chile" <Mission@Example.ORG>')
        ('Mission@example.org',)
    """
    found: list[str] = []
    words: list[str] = []
    angles: list[str] = []
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if not token:
            msg = f"expected addresses such as Name <name@example.org>, got {shown(text[at:])}"
            raise InvalidValue(msg)
        at = token.end()
        part = token[0]
        if part in {":", ";"} and not groups:
            msg = f"expected an address, got a group of them: {shown(text)}"
            raise InvalidValue(msg)
        if part == ":":
            words.clear()
        elif part in {",", ";"}:
            found += _one(words, angles)
            words, angles = [], []
        elif part[0] == "<":
            angles.append(part[1:-1].strip())
        elif part[0] != "(":
            words.append(part)
    return (*found, *_one(words, angles))


def _one(words: list[str], angles: list[str]) -> list[str]:
    """The one address that stands between two commas, or none."""
    plain = " ".join(word.strip() for word in words if word[0] != '"').strip()
    if not angles and not "".join(words).strip():
        return []
    address = angles[0] if angles else "".join(words).strip()
    # A name that looks like another address would show a reader the wrong one.
    if len(angles) > 1 or (angles and "@" in plain and plain != address):
        msg = f"expected one address, got several: {shown(' '.join([plain, *angles]))}"
        raise InvalidValue(msg)
    if not _ADDRESS.fullmatch(address) or not address.isprintable() or "=?" in address:
        msg = f"expected an address such as name@example.org, got {shown(address)}"
        raise InvalidValue(msg)
    local, _, domain = address.partition("@")
    return [f"{local}@{domain.lower()}"]
