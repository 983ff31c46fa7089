"""Running orders, and the place of one speaker, as text and as plain values."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from r2psched import tables
from r2psched.blocks import (
    to_epoch,
    write_clock,
    write_date,
)
from r2psched.durations import show
from r2psched.speakers.changes import POOLED, REPLY, YIELDED
from r2psched.views.plain import (
    heading,
    iso,
    procedure_heading,
    seconds,
    session_heading,
    steps_json,
)

if TYPE_CHECKING:
    import pendulum

    from r2psched.ordering import Arrangement
    from r2psched.procedures import Outcome, Procedure
    from r2psched.programme import Programme
    from r2psched.seating import RunningOrder, Slot
    from r2psched.sessions import Session
    from r2psched.speakers import Inscription

__all__ = ["order_json", "order_text", "place_json", "place_text"]


def _who(order: RunningOrder, arrangement: Arrangement, position: int) -> dict[str, Any]:
    inscription = order.inscriptions[position - 1]
    return {
        "position": position,
        "id": inscription.id,
        "speaker": str(inscription),
        "category": inscription.category,
        "level": inscription.level,
        "why": arrangement.places[position - 1].reason,
        "limit_seconds": seconds(order.limit_of(position)),
        "limit_rule": order.rule_of(position),
    }


def _slot(slot: Slot) -> dict[str, Any]:
    return {"start": iso(slot.start), "end": iso(slot.end), "block": slot.block}


def _head(programme: Programme, session: Session, outcome: Outcome) -> dict[str, Any]:
    order = outcome.order
    return {
        "answer": "order",
        "programme": heading(programme),
        "session": session_heading(session),
        "procedure": procedure_heading(session.procedure),
        "steps": steps_json(outcome),
        "limit_by": outcome.reached.limit_by,
        "at_most": order.at_most,
        "assumptions": list(order.assumptions),
        "heard": len(order),
        "fits": not order.unheard,
    }


def order_json(programme: Programme, session: Session) -> dict[str, Any]:
    """The answer of `order`: every slot, the unheard, and what it would take to hear them."""
    outcome = session.outcome()
    order, arrangement = outcome.order, outcome.arrangement
    longest = order.longest_limits()
    return _head(programme, session, outcome) | {
        "slots": [_who(order, arrangement, slot.place) | _slot(slot) for slot in order.slots],
        "unheard": [
            _who(order, arrangement, at)
            for at in range(len(order) + 1, len(order.inscriptions) + 1)
        ],
        "ends": iso(order.ends),
        "left_over_seconds": list(map(seconds, order.left_over)),
        "room_left": order.room_left(),
        "missing_seconds": seconds(order.missing()),
        "new_block_seconds": seconds(order.missing_block()),
        "longest_limit_for_all_seconds": seconds(longest.for_all),
        "longest_default_limit_seconds": seconds(longest.default_only),
    }


def place_json(programme: Programme, session: Session, name: str, zone: str) -> dict[str, Any]:
    """The answer of `order --for`: the place of one speaker, or what it would take."""
    outcome = session.outcome()
    order = outcome.order
    at = order.position(name)
    heard = at <= len(order)
    slot = order.slots[at - 1] if heard else None
    start, end = (slot.start, slot.end) if slot else (None, None)
    return _head(programme, session, outcome) | {
        "for": {
            **_who(order, outcome.arrangement, at),
            "heard": heard,
            "start": iso(start),
            "end": iso(end),
            "block": slot.block if slot else None,
            "zone": zone,
            "start_in_zone": iso(start.in_timezone(zone) if start else None),
            "end_in_zone": iso(end.in_timezone(zone) if end else None),
            "withdrawals_needed": order.withdrawals_needed(name),
            "missing_seconds": seconds(order.missing(name)),
            "new_block_seconds": seconds(order.missing_block(name)),
        }
    }


def _clock(moment: pendulum.DateTime) -> str:
    return write_clock(*to_epoch(moment))


def order_text(session: Session, *, why: bool = False) -> str:
    """A table of places and times for each block, then the cut line and what it would take.

    Args:
        session: The session whose list is told.
        why: Whether the reason for every place, and for every limit, stands beside it.
    """
    told = why or session.is_ruled
    outcome = session.outcome() if told else None
    order = outcome.order if outcome else session.running_order()
    lines = [tables.text_of(session.title), ""]
    if session.procedure is not None and outcome is not None:
        lines += [*_steps(session.procedure, outcome), ""]
    by_block = {number: list(slots) for number, slots in groupby(order, lambda slot: slot.block)}
    for ordinal, block in enumerate(order.floor.blocks, 1):
        lines.append(f"{write_date(block.start)}, {block.text(block.start.date())} {block.zone}")
        rows: list[dict[str, object]] = [
            {
                "place": slot.place,
                "time": _clock(slot.start),
                **_row(order, slot.place, outcome if why else None),
            }
            for slot in by_block.get(ordinal, ())
        ]
        lines += [tables.plain(rows) if rows else "(nobody)", ""]
    if order.floor.changeover:
        lines.append(f"Between two interventions: {show(order.floor.changeover)}.")
    lines += [_count(order), *_outlook(order, outcome if why else None)]
    lines += [f"Rests on: {tables.text_of(line)}." for line in order.assumptions]
    return "\n".join(lines)


def _row(order: RunningOrder, at: int, why: Outcome | None) -> dict[str, object]:
    who = order.inscriptions[at - 1]
    name = f"{who} ({REPLY})" if who.category == REPLY else str(who)
    row: dict[str, object] = {"limit": show(order.limit_of(at)), "speaker": name}
    if why is None:
        return row | {"level": who.level}
    place = why.arrangement.places[at - 1]
    rule = order.rule_of(at)
    return row | {
        "why": place.reason,
        "limit by": _own_limit(who) or rule if rule == "own" else rule,
    }


def _own_limit(who: Inscription) -> str | None:
    """What gave a speaker a limit of its own by a ruling, or None."""
    if (givers := who.trait(YIELDED)) is not None:
        return f"time yielded by {givers}"
    several = who.trait(POOLED)
    return None if several is None else f"pooled from {several}"


def _steps(procedure: Procedure, outcome: Outcome) -> list[str]:
    lines = [f"By {tables.text_of(procedure)}:"]
    for number, attempt in enumerate(outcome.attempts, 1):
        came = attempt.lacks or _heard(attempt.order)
        lines.append(f"  {number}. {tables.text_of(attempt.step)}: {came}")
        lines.append(f"     stated by {tables.text_of(attempt.by)}")
    return lines


def _heard(order: RunningOrder | None) -> str:
    called = order.most or len(order.inscriptions) if order else 0
    if order is None or len(order) >= called:
        return "all who are called are heard"
    return f"{len(order)} of {called} are heard"


def _count(order: RunningOrder) -> str:
    inscribed = len(order.inscriptions)
    if not inscribed:
        return "Nobody is inscribed."
    if order.most is not None:
        most = "At most " if order.at_most else ""
        return f"{most}{len(order)} of the {order.most} drawn are heard, of {inscribed} inscribed."
    return f"{'At most ' if order.at_most else ''}{len(order)} of {inscribed} are heard."


def _outlook(order: RunningOrder, why: Outcome | None) -> list[str]:
    if not order.unheard:
        room = ", or ".join(f"{n} {_whose(kind)}" for kind, n in order.room_left().items())
        return [*_left(order), f"Room for more: {room}."]
    unheard = range(len(order) + 1, len(order.inscriptions) + 1)
    rows = tables.plain([{"number": at, **_row(order, at, why)} for at in unheard])
    if order.most is not None and len(order) == order.most:
        return [*_left(order), "Not drawn:", rows]
    longest, missing = order.longest_limits(), order.missing()
    lines = ["The cut line falls here:", rows]
    ways = [f"a limit of {show(longest.for_all)} for all"] if longest.for_all else []
    if longest.default_only and longest.default_only != longest.for_all:
        ways.append(f"a default limit of {show(longest.default_only)}, the others as they are")
    if missing is not None:
        ways.append(f"{show(missing)} more at the end of the last block")
    ways.append(f"a new block of {show(order.missing_block())}")
    called = "all are" if order.most is None else "all who were drawn are"
    all_are = f"at best {called}" if order.at_most else called
    return [*lines, f"{all_are.capitalize()} heard with {', or '.join(ways)}."]


def _left(order: RunningOrder) -> list[str]:
    left = ", ".join(map(show, order.left_over))
    return [f"Left over in each block: {left}."] if left else []


def _whose(kind: str) -> str:
    if kind == "on behalf of a group":
        return kind
    return "at the default limit" if kind == "default" else f"of category {tables.text_of(kind)}"


def _limit_by(procedure: Procedure | None, outcome: Outcome, at: int) -> str:
    rule = outcome.order.rule_of(at)
    if rule != "own":
        return f"{rule}, by {outcome.reached.limit_by}"
    by = _own_limit(outcome.order.inscriptions[at - 1]) or "the speaker's own"
    if by.startswith(POOLED) and procedure is not None and procedure.pooling is not None:
        by += f", by {procedure.cited('pooling')}"
    return by


def place_text(session: Session, name: str, zone: str) -> str:
    """The place of one speaker in two zones, or what it would take to be heard, and why."""
    outcome = session.outcome()
    order = outcome.order
    at = order.position(name)
    who = tables.text_of(order.inscriptions[at - 1])
    total = len(order.inscriptions)
    if at <= len(order):
        slot = order.slots[at - 1]
        bound = " at the earliest" if order.at_most else ""
        lines = [f"{who} is number {at} of {total}, with {show(slot.limit)}:"]
        for name_of_zone in dict.fromkeys((slot.zone, zone)):
            start, end = (m.in_timezone(name_of_zone) for m in (slot.start, slot.end))
            later = "" if end.date() == start.date() else f"{write_date(end)}, "
            span = f"{write_date(start)}, {_clock(start)} to {later}{_clock(end)}"
            lines.append(f"  {span} {name_of_zone}{bound}")
    else:
        cut = f"the time ends before number {len(order) + 1}"
        if order.most is not None and at > order.most:
            cut = f"{order.most} are drawn"
        lines = [f"{who} is number {at} of {total} and is not heard: {cut}."]
        withdrawals, missing = order.withdrawals_needed(name), order.missing(name)
        block, ways = order.missing_block(name), []
        if withdrawals is not None:
            ahead = "speaker just ahead withdraws"
            if withdrawals > 1:
                ahead = f"{withdrawals} speakers just ahead withdraw"
            ways.append(f"if the {ahead}")
        if missing is not None:
            ways.append(f"if the last block is {show(missing)} longer")
        if block is not None:
            ways.append(f"if there is a new block of {show(block)}")
        it_would = "At best it would" if order.at_most else "It would"
        if ways:
            lines.append(f"  {it_would} be heard {', or '.join(ways)}.")
    reason = tables.text_of(outcome.arrangement.places[at - 1].reason)
    lines.append(f"Why this place: {reason}.")
    by = _limit_by(session.procedure, outcome, at)
    lines.append(f"Why this limit: {tables.text_of(by)}.")
    lines += [f"Rests on: {tables.text_of(line)}." for line in order.assumptions]
    return "\n".join(lines)
