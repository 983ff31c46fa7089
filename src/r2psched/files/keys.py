"""The keys of a programme file, where they differ from the names of fields."""

from __future__ import annotations

import attrs

from r2psched.programme import Programme
from r2psched.sessions import Session

__all__ = ["KEYS", "LEFT_OUT", "known_keys"]

KEYS = {
    "blocks": "time",
    "covers": "for",
    "emails": "email",
    "given_id": "id",
    "given_procedure": "procedure",
    "later_limits": "limits",
    "limits": "limit",
    "since": "from",
}
"""What a file calls a field, where it has another name than in Python."""

LEFT_OUT = {(Session, "inherited"), (Programme, "untranslated"), (Programme, "originals")}
"""Fields that no file has: they follow from the rest of it."""

_SETTLED: dict[type, list[str]] = {Programme: ["schema", "date", "weekday"]}
"""Keys of a table that are settled before it is structured."""


def known_keys(cls: type) -> list[str]:
    """The keys that a table of this class may have."""
    return [
        *(
            KEYS.get(field.name, field.name)
            for field in attrs.fields(cls)
            if (cls, field.name) not in LEFT_OUT
        ),
        *_SETTLED.get(cls, ()),
    ]
