"""Who is sent what, and why, as text and as plain values."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import attrs

from r2psched import tables
from r2psched.blocks import from_epoch
from r2psched.durations import show
from r2psched.tables import text_of
from r2psched.views.plain import heading, iso

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from r2psched.entries import Entry
    from r2psched.inviting import Kept, Message, Recipient, Updates
    from r2psched.inviting.sent import PartStat
    from r2psched.programme import Programme
    from r2psched.speakers import Inscription

__all__ = ["Told", "updates_json", "updates_text"]

_MOST_NAMED = 5
_HINT = "nothing is sent yet: --send mails them, --handed-over DIR or --eml DIR writes files"
_WHY = {
    "new": "new",
    "again": "new again",
    "gone": "no longer in the programme",
    "repeated": "not known to have arrived",
    "lost": "gone from the server",
    "adopted": "changed on the server",
}
_ANSWERS = {
    "ACCEPTED": "accepted",
    "TENTATIVE": "accepted tentatively",
    "DECLINED": "declined",
    "DELEGATED": "passed on",
}
_PARTS = {
    "status": "another status",
    "location": "another place",
    "summary": "another title",
    "links": "another webcast",
    "alarms": "other reminders",
}


@attrs.frozen
class Told:
    """What an answer tells of a run.

    Attributes:
        programme: The programme.
        updates: What brings everybody up to date.
        unheard: Who of the lists has no slot.
        threshold: What moved by less is not sent.
        done: How the run ended, in a line, or None if nothing was to be sent.
        reasons: By message, why it was not delivered.
        files: By message, the file that was written.
        answers: Those who were invited by mail, each with the UID and what they answered.
        without: Who has no address, so that no mail is written.
        remarks: What else is worth saying, a line each.
    """

    programme: Programme
    updates: Updates
    unheard: Sequence[Inscription] = ()
    threshold: timedelta = timedelta(0)
    done: str | None = None
    reasons: Mapping[int, str] = attrs.Factory(dict)
    files: Sequence[str] = ()
    answers: Sequence[tuple[Recipient, str, PartStat]] = ()
    without: Sequence[str] = ()
    remarks: Sequence[str] = ()

    @property
    def held(self) -> list[Kept]:
        """Who is sent nothing though their time has moved, by less than the threshold."""
        return [kept for kept in self.updates.kept if kept.shift_us]

    @property
    def nameless(self) -> list[str]:
        """Who has no address, so that a file must be handed over."""
        found = [m.recipient.name for m in self.updates.messages if not m.recipient.address]
        return list(dict.fromkeys([*found, *self.without]))


def updates_text(told: Told) -> str:
    """A row for each message: to whom, which entry, which message, why; then who gets none."""
    messages, kept = told.updates.messages, told.updates.kept
    off = told.programme.status == "cancelled"
    rows = [
        _row(message, cancelled=off)
        | ({"not delivered": told.reasons.get(at)} if told.reasons else {})
        for at, message in enumerate(messages)
    ]
    held, nameless = told.held, told.nameless
    lines = [tables.plain(rows)] if rows else []
    lines.append(_counts(told))
    if nameless:
        # Those of the table are in it; of those who are passed over everybody is named.
        named = ", ".join(map(text_of, nameless)) if told.without else _first(nameless)
        advice = ": --handed-over DIR writes their files" if told.without else ""
        lines.append(f"without an e-mail address: {len(nameless)} ({named}){advice}")
    if held:
        # A speaker with two addresses is one speaker here.
        shifts = list(
            dict.fromkeys(f"{k.sent.recipient.name} by {_length(k.shift_us)}" for k in held)
        )
        lines.append(
            f"moved by less than {show(told.threshold)}, so not sent again: {_some(shifts)}; "
            "a smaller --threshold sends it"
        )
    if unchanged := len(kept) - len(held):
        lines.append(f"unchanged: {unchanged}")
    if told.unheard:
        lines.append(f"not heard, so not invited: {_some(list(map(str, told.unheard)))}")
    lines += [*_answered(told), *told.remarks]
    if told.done is not None and messages:
        lines.append(told.done)
    elif messages:
        lines.append(_HINT)
    return "\n".join(lines)


def _answered(told: Told) -> list[str]:
    """Who has accepted, declined …, by name, and how many have not answered yet."""
    if all(status == "NEEDS-ACTION" for _, _, status in told.answers):
        return []
    named: dict[str, dict[str, None]] = {word: {} for word in _ANSWERS.values()}
    for recipient, _, status in told.answers:
        if status in _ANSWERS:
            named[_ANSWERS[status]].setdefault(recipient.name)
    waiting = sum(status == "NEEDS-ACTION" for _, _, status in told.answers)
    lines = [f"{word}: {len(n)} ({', '.join(map(text_of, n))})" for word, n in named.items() if n]
    return [*lines, *([f"not answered yet: {waiting}"] if waiting else [])]


def _row(message: Message, *, cancelled: bool) -> dict[str, object]:
    entry = message.entry
    return {
        "to": message.recipient.name,
        "address": message.recipient.address or "(to hand over)",
        "entry": entry.summary,
        "time": entry.span.text(),
        "message": f"{kind_of(message)} {message.sequence}",
        "why": "the meeting is cancelled" if cancelled else why_text(message),
    }


def _counts(told: Told) -> str:
    counts = dict.fromkeys(["invitation", "update", "withdrawal"], 0)
    for message in told.updates.messages:
        counts[kind_of(message)] += 1
    named = [f"{n} {kind}{'' if n == 1 else 's'}" for kind, n in counts.items() if n]
    return ", ".join(named) or "nothing to send"


def kind_of(message: Message) -> str:
    """What a message is to its recipient: an invitation, an update, a withdrawal."""
    if message.method == "REQUEST":
        return "invitation" if message.first else "update"
    return "withdrawal"


def why_text(message: Message) -> str:
    """Why a message is sent, in words."""
    before, now = message.before, message.entry
    if message.why in _WHY or before is None:
        return _WHY[message.why]
    told = []
    if message.why == "moved":
        told.append(f"was {_when(before, now)}")
    others = [
        name for field, name in _PARTS.items() if getattr(before, field) != getattr(now, field)
    ]
    same_title = before.summary == now.summary
    reworded = before.description != now.description and not told
    if same_title and (before.steady != now.steady or reworded):
        others.append("another text")
    return ", ".join([*told, *others]) or "other details"


def _when(before: Entry, now: Entry) -> str:
    """The time of before, without the date where that is the same."""
    return before.span.text(now.span.start.date())


def _length(us: int) -> str:
    return show(timedelta(microseconds=us))


def _some(names: Sequence[str]) -> str:
    return f"{len(names)} ({_first(names)})"


def _first(names: Sequence[str]) -> str:
    named = ", ".join(text_of(each) for each in names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{named}{f' and {more} more' if more > 0 else ''}"


def updates_json(told: Told, *, addresses: bool = False) -> dict[str, Any]:
    """The answer of `invite`: each message and each that is not sent; addresses only if asked."""
    return {
        "answer": "invite",
        "programme": heading(told.programme),
        "done": told.done is not None and len(told.reasons) < len(told.updates.messages),
        "messages": [
            _json(message, addresses=addresses)
            | {"file": told.files[at] if told.files else None}
            | {"not_delivered": _reason(message, told.reasons.get(at), addresses=addresses)}
            for at, message in enumerate(told.updates.messages)
        ],
        "held": [
            {
                "to": kept.sent.recipient.name,
                "uid": kept.entry.uid,
                "off_seconds": kept.shift_us // 1_000_000,
            }
            for kept in told.held
        ],
        "unchanged": len(told.updates.kept) - len(told.held),
        "answers": [
            {
                "to": recipient.name,
                "address": recipient.address if addresses else None,
                "uid": uid,
                "status": status,
            }
            for recipient, uid, status in told.answers
        ],
        "without_address": told.nameless,
        "unheard": [{"id": who.id, "speaker": str(who)} for who in told.unheard],
    }


def _reason(message: Message, reason: str | None, *, addresses: bool) -> str | None:
    """Why a message was not delivered; a server often repeats the address."""
    if reason is None or addresses or not message.recipient.address:
        return reason
    return re.sub(re.escape(message.recipient.address), "…", reason, flags=re.IGNORECASE)


def _json(message: Message, *, addresses: bool) -> dict[str, Any]:
    entry, recipient = message.entry, message.recipient
    return {
        "to": recipient.name,
        "address": recipient.address if addresses else None,
        "role": recipient.role,
        "addressed": bool(recipient.address),
        "kind": entry.kind,
        "uid": entry.uid,
        "message": kind_of(message),
        "method": message.method,
        "sequence": message.sequence,
        "stamp": iso(from_epoch(message.stamp_us, "UTC")),
        "start": iso(entry.span.start),
        "end": iso(entry.span.end),
        "status": entry.status,
        "why": message.why,
    }
