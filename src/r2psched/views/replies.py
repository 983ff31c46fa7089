"""What recipients answered and what follows from it, as text and as plain values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

from r2psched.tables import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from r2psched.inviting import Change, Message, Reply, Verdict

__all__ = ["Read", "replies_json", "replies_text"]

_DUE = {
    "REQUEST": "the invitation",
    "CANCEL": "the withdrawal",
    "DECLINECOUNTER": "that the time stays",
}
_WORD = r"[^\s<>\"“”(),;:]++"
_SAVE = "save the message as a file, and give that to r2psched reply with --apply"


@attrs.frozen
class Read:
    """One message that was read.

    Attributes:
        message: The name of its file.
        verdict: What is to be made of it.
        reply: What it says, or None if it cannot be read.
        programme: The programme file that it is about, or None if that is not known.
        command: The command that makes the change that follows, or None if none follows, or the
            message is to be saved as a file first.
        changed: What was changed, in words, or None if nothing was.
        written: The file in which the answer that was due stands, "mailed" if it was, or None.
        failed: Why the answer that was due could not be delivered, or None.
    """

    message: str
    verdict: Verdict
    reply: Reply | None = None
    programme: str | None = None
    command: str | None = None
    changed: str | None = None
    written: str | None = None
    failed: str | None = None


def replies_text(read: Sequence[Read], *, applied: bool) -> str:
    """What each message says, what follows from it, and how many count."""
    lines = [line for each in read for line in _lines(each, applied=applied)]
    counts: dict[str, int] = {}
    for each in read:
        counts[each.verdict.outcome] = counts.get(each.verdict.outcome, 0) + 1
    told = ", ".join(
        f"{counts[name]} {name}" for name in ("taken", "ignored", "refused") if name in counts
    )
    return "\n".join([*lines, told or "no message"])


def _lines(read: Read, *, applied: bool) -> list[str]:
    verdict, comment = read.verdict, read.reply.comment if read.reply else ""
    known = "" if verdict.outcome == "taken" else f"{verdict.outcome}: "
    lines = [f"{text_of(read.message)}: {known}{text_of(verdict.told)}"]
    if verdict.outcome == "refused":
        return lines
    lines += [f"  {text_of(remark)}" for remark in verdict.remarks]
    if comment:
        lines.append(f"  they write: “{text_of(comment)}”")
    if read.changed is not None:
        lines.append(f"  changed: {text_of(read.changed)}")
    elif verdict.change is not None:
        how = read.command or _SAVE
        lines.append(f"  change: {text_of(_proposed(verdict.change))}: {text_of(how)}")
    if verdict.due is not None:
        lines.append(f"  answer due: {text_of(_due(read, verdict.due, applied=applied))}")
    return lines


def _proposed(change: Change) -> str:
    if change.what == "withdraw":
        return f"{change.name} leaves the list"
    return f"{change.address} becomes an address of {change.name}"


def _due(read: Read, due: Message, *, applied: bool) -> str:
    told = f"{_DUE[due.method]}, to {due.recipient.address}"
    if read.failed is not None:
        return f"{told}: not delivered: {read.failed}; apply it again"
    if read.written is not None:
        return f"{told}: {read.written}"
    if not applied:
        return told
    if due.why in {"new", "repeated"}:
        return f"{told}; the next r2psched invite sends it"
    return f"{told}; apply it again with --send or --handed-over DIR"


def replies_json(read: Sequence[Read], *, applied: bool, addresses: bool = False) -> dict[str, Any]:
    """The answer of `reply`: each message, what it says and what follows; addresses if asked."""
    return {
        "answer": "reply",
        "applied": applied,
        "messages": [_json(each, addresses=addresses) for each in read],
    }


def _json(read: Read, *, addresses: bool) -> dict[str, Any]:
    verdict, reply = read.verdict, read.reply
    change, due = verdict.change, verdict.due

    def text(words: str | None) -> str | None:
        return words if addresses or words is None else _without_addresses(words, read)

    return {
        "message": read.message,
        "outcome": verdict.outcome,
        "told": text(verdict.told),
        "remarks": list(map(text, verdict.remarks)),
        "programme": read.programme,
        "uid": None if reply is None else reply.uid,
        "address": reply.address if addresses and reply is not None else None,
        "method": None if reply is None else reply.method,
        "status": None if verdict.answer is None else verdict.answer.status,
        "sequence": None if reply is None else reply.sequence,
        "comment": None if reply is None else text(reply.comment or None),
        "change": None
        if change is None
        else {
            "what": change.what,
            "session": change.session,
            "id": change.who,
            "speaker": change.name,
            "command": read.command,
            "changed": text(read.changed),
        },
        "due": None
        if due is None
        else {
            "method": due.method,
            "sequence": due.sequence,
            "to": due.recipient.name,
            "address": due.recipient.address if addresses else None,
            "written": read.written,
            "not_delivered": text(read.failed),
        },
    }


def _without_addresses(words: str, read: Read) -> str:
    """Words with what stands for each address: a name if they were invited.

    A UID looks like an address, and is none.
    """
    names = {address.lower(): name for address, name in read.verdict.names}
    uid = "" if read.reply is None else read.reply.uid

    def instead(found: re.Match[str]) -> str:
        word = found[0]
        if name := names.get(word.lower()):
            return name
        return "another address" if "@" in word and word.rstrip("…") not in uid else word

    known = map(re.escape, sorted(names, key=len, reverse=True))
    return re.sub("|".join([*known, _WORD]), instead, words, flags=re.IGNORECASE)
