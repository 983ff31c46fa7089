"""What was published, as text and as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from r2psched import tables
from r2psched.views.plain import heading
from r2psched.views.updates import why_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from r2psched.inviting import Message
    from r2psched.inviting.sent import Method
    from r2psched.programme import Programme

__all__ = ["Published", "published_json", "published_text"]

_METHODS: tuple[Method, ...] = ("REQUEST", "CANCEL")


@attrs.frozen
class Published:
    """What an answer tells of a run.

    Attributes:
        programme: The programme.
        collection: The address of the collection.
        messages: What was put and deleted, or was to be.
        unchanged: How many stay as they are.
        reasons: By its place among the messages, why one was not done.
    """

    programme: Programme
    collection: str
    messages: Sequence[Message]
    unchanged: int
    reasons: Mapping[int, str]

    def each(self, method: Method) -> list[tuple[Message, str | None]]:
        """The messages of a method, each with the reason why it was not done, or None."""
        return [
            (message, self.reasons.get(at))
            for at, message in enumerate(self.messages)
            if message.method == method
        ]


def published_text(told: Published) -> str:
    """A row for each entry that is put or deleted, and how many stay as they are."""
    rows = [_row(message, told.reasons.get(at)) for at, message in enumerate(told.messages)]
    put, deleted = (sum(reason is None for _, reason in told.each(method)) for method in _METHODS)
    counts = f"put {put}, deleted {deleted}, unchanged {told.unchanged}"
    if told.reasons:
        counts += f", not done {len(told.reasons)}"
    return "\n".join([*([tables.plain(rows)] if rows else []), counts])


def _row(message: Message, reason: str | None) -> dict[str, object]:
    row: dict[str, object] = {
        "entry": message.entry.summary,
        "time": message.entry.span.text(),
        "what": f"{_verb(message)} {message.sequence}",
        "why": why_text(message),
    }
    return row if reason is None else row | {"not done": reason}


def _verb(message: Message) -> str:
    return "put" if message.method == "REQUEST" else "delete"


def published_json(told: Published) -> dict[str, Any]:
    """The answer of `publish`."""
    return {
        "answer": "publish",
        "programme": heading(told.programme),
        "collection": told.collection,
        "put": [_json(*each) for each in told.each("REQUEST")],
        "deleted": [_json(*each) for each in told.each("CANCEL")],
        "unchanged": told.unchanged,
    }


def _json(message: Message, reason: str | None) -> dict[str, Any]:
    entry = message.entry
    return {
        "entry": entry.summary,
        "uid": entry.uid,
        "sequence": message.sequence,
        "why": message.why,
        "not_done": reason,
    }
