"""Documents: symbols of the United Nations as links."""

from __future__ import annotations

import re

from r2psched.fields import is_link

__all__ = ["document_link"]

# The series of the principal organs: General Assembly, Security Council, Economic and Social
# Council, Trusteeship Council, Secretariat.
_SYMBOL = re.compile(r"(?:A|S|E|T|ST)/(?=[^ ]*[0-9])[A-Za-z0-9./()\[\]_-]{1,80}")


def document_link(document: str) -> str | None:
    """The link of a document: itself if it is one, that of a UN symbol, or None.

    >>> document_link("A/68/947"), document_link("Concept note")
    ('https://undocs.org/A/68/947', None)
    """
    if is_link(document):
        return document
    return f"https://undocs.org/{document}" if _SYMBOL.fullmatch(document) else None
