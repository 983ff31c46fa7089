"""What was changed on a list, in one sentence, as the history has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from r2psched.durations import show
from r2psched.speakers.changes import when

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pendulum

    from r2psched.speakers import SpeakerList

__all__ = ["sentence"]

_FORMS = {
    "inscribe": "{here} inscribed as number {number}",
    "withdraw": "{gone} withdrew from number {left}",
    "yield": "{gone} yielded to {here}, who{limit} as number {number}",
    "pool": "{gone} make one statement: {here}, number {number}",
    "reply": "{here} replies as number {number}",
    "delegate": "{here}, number {number}, has the address of a delegate, too",
}


def sentence(
    what: str,
    speakers: Sequence[Mapping[str, Any]],
    new: SpeakerList,
    closes: pendulum.DateTime | None,
    zone: str,
) -> str:
    """Say what was changed.

    Args:
        what: The kind of change.
        speakers: Whom it concerns, in the order in which they were named: id, name, and number
            before and after, None where there is none.
        new: The list behind the change.
        closes: When the list closes behind it, or None.
        zone: The zone of the programme.

    >>> from r2psched import SpeakerList
    >>> denmark = {"id": "denmark", "name": "Denmark", "before": 7, "after": 3}
    >>> sentence("move", [denmark], SpeakerList(["Denmark"]), None, "UTC")
    'Denmark moved from 7 to 3'
    """
    if what in {"close", "reopen"}:
        return _closing(what, closes, zone)
    if what == "settle":
        return f"the places from 1 to {len(new)} are settled"
    gone = [each for each in speakers if each["after"] is None]
    here = [each for each in speakers if each["after"] is not None]
    form = _FORMS.get(what)
    if form is None:
        return ", ".join(map(_moved, here)) or "the order was changed"
    limit = new.inscriptions[new.position(here[0]["id"]) - 1].limit if here else None
    return form.format(
        gone=_all(gone),
        here=_all(here),
        left=gone[0]["before"] if gone else "",
        number=here[0]["after"] if here else "",
        limit="" if limit is None else f" has {show(limit)}",
    )


def _closing(what: str, closes: pendulum.DateTime | None, zone: str) -> str:
    at = "" if closes is None else when(closes, zone)
    if what == "close":
        return f"the list closes at {at}"
    return f"the list is open again until {at}" if at else "the list is open again"


def _all(speakers: Sequence[Mapping[str, Any]]) -> str:
    *most, last = [each["name"] for each in speakers] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def _moved(speaker: Mapping[str, Any]) -> str:
    name, before, after = speaker["name"], speaker["before"], speaker["after"]
    if before == after:
        return f"{name} stays number {before}"
    return f"{name} moved from {before} to {after}"
