"""Capacities under several limits side by side, as text and as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from r2psched import tables
from r2psched.blocks import (
    to_epoch,
    write_clock,
    write_moment,
)
from r2psched.counting import NO_DATE
from r2psched.durations import show
from r2psched.views.plain import heading, iso, seconds, session_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from r2psched.blocks import TimeBlock
    from r2psched.counting import Capacity
    from r2psched.programme import Programme
    from r2psched.sessions import Session

__all__ = ["capacity_json", "capacity_text"]


def _wanted_json(capacity: Capacity, wanted: int) -> dict[str, Any]:
    return {
        "wanted": wanted,
        "fits": capacity.total >= wanted,
        "missing_seconds": seconds(capacity.missing(wanted)),
        "new_block_seconds": seconds(capacity.missing_block(wanted)),
    }


def _limit_json(capacity: Capacity, speakers: int | None, position: int | None) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "limit_seconds": seconds(capacity.limit),
        "later_limits": [
            {"from": iso(moment), "limit_seconds": seconds(limit)}
            for moment, limit in capacity.later
        ],
        "total": capacity.total,
        "by_block": list(capacity.by_block),
        "left_over_seconds": list(map(seconds, capacity.left_over)),
    }
    if speakers is not None:
        answer["speakers"] = _wanted_json(capacity, speakers)
    if position is not None:
        start = capacity.start_of(position)
        answer["position"] = {"position": position, "heard": start is not None, "start": iso(start)}
    return answer


def capacity_json(  # noqa: PLR0913  # what was asked
    capacities: Sequence[Capacity],
    *,
    programme: Programme | None = None,
    session: Session | None = None,
    speakers: int | None = None,
    position: int | None = None,
    by: str | None = None,
) -> dict[str, Any]:
    """The answer of `capacity`: one entry for each limit, over the same blocks; see its text."""
    first = capacities[0]
    answer: dict[str, Any] = {
        "answer": "capacity",
        "programme": heading(programme),
        "session": session_heading(session),
        "at_most": first.at_most,
        "assumptions": list(first.assumptions),
        "limit_by": by,
        "changeover_seconds": seconds(first.floor.changeover),
        "blocks": [
            {
                "start": iso(block.start) if programme else None,
                "end": iso(block.end) if programme else None,
                "duration_seconds": seconds(block.duration),
                "floor_seconds": seconds(floor),
            }
            for block, floor in zip(first.floor.blocks, first.floor.times, strict=True)
        ],
        "limits": [_limit_json(capacity, speakers, position) for capacity in capacities],
    }
    if speakers is not None:
        limit = seconds(first.longest_limit(speakers))
        answer["speakers"] = {"wanted": speakers, "longest_limit_seconds": limit}
    return answer


def capacity_text(
    capacities: Sequence[Capacity],
    *,
    dated: bool = True,
    speakers: int | None = None,
    position: int | None = None,
    by: str | None = None,
) -> str:
    """A table of blocks with a column for each limit, and what was asked beside it.

    Args:
        capacities: One for each limit, over the same blocks.
        dated: Whether the blocks have a date; else they are times of any day, or mere lengths.
        speakers: How many are to be heard, if that is asked.
        position: The position whose start is asked, if any.
        by: What states the limit, where it was not asked for: "the list", or a procedure.
    """
    first = capacities[0]
    bound = "at most " if first.at_most else ""
    names = [capacity.limit_text for capacity in capacities]
    rows: list[dict[str, object]] = []
    for at, (block, floor) in enumerate(zip(first.floor.blocks, first.floor.times, strict=True)):
        counts = {f"at {n}": c.by_block[at] for n, c in zip(names, capacities, strict=True)}
        rows.append(
            {"block": str(block) if dated else _undated(block), "floor time": show(floor), **counts}
        )
    totals = {f"at {n}": c.total for n, c in zip(names, capacities, strict=True)}
    rows.append({"block": "total", "floor time": show(first.floor.time), **totals})
    lines = [tables.plain(rows), ""]
    if first.floor.changeover:
        lines.append(f"Between two interventions: {show(first.floor.changeover)}.")
    if by is not None and by != "the list":
        lines.append(f"The limit is stated by {tables.text_of(by)}.")
    for name, capacity in zip(names, capacities, strict=True):
        lines.append(f"At {name}: {bound}{_interventions(capacity.total)}.{_left(capacity)}")
        if speakers is not None:
            lines.append(_wanted_text(capacity, speakers))
        if position is not None:
            lines.append(_position_text(capacity, position, dated=dated))
    if speakers is not None:
        longest = first.longest_limit(speakers)
        told = f"is {bound}{show(longest)}" if longest else "does not exist: not even 5 s fits"
        lines.append(f"The longest limit under which {speakers} are heard {told}.")
    lines += [f"Rests on: {tables.text_of(line)}." for line in first.assumptions]
    return "\n".join(lines)


def _interventions(count: int) -> str:
    return f"{count} intervention{'' if count == 1 else 's'}"


def _undated(block: TimeBlock) -> str:
    return block.text(NO_DATE) if _at_a_time(block) else show(block.duration)


def _at_a_time(block: TimeBlock) -> bool:
    """Whether a block without a date is a time of any day, and not a mere length."""
    return block.start.date() == NO_DATE


def _left(capacity: Capacity) -> str:
    parts = [show(left) for left in capacity.left_over]
    return f" Left over: {', '.join(parts)}." if parts else ""


def _wanted_text(capacity: Capacity, speakers: int) -> str:
    if capacity.total >= speakers:
        return "  1 speaker fits." if speakers == 1 else f"  {speakers} speakers fit."
    missing = capacity.missing(speakers)
    more = f"{show(missing)} more at the end of the last block, or " if missing else ""
    block = show(capacity.missing_block(speakers))
    least = "at least " if capacity.at_most else ""
    return f"  {speakers} speakers do not fit: it would take {least}{more}a new block of {block}."


def _position_text(capacity: Capacity, position: int, *, dated: bool) -> str:
    start = capacity.start_of(position)
    if start is None:
        return f"  Number {position} is not heard."
    earliest = "at the earliest " if capacity.at_most else ""
    block = next(block for block in capacity.floor.blocks if start in block)
    if dated:
        when = f"at {write_moment(start)}"
    elif _at_a_time(block):
        days = start.date().toordinal() - NO_DATE.toordinal()
        clock = write_clock(*to_epoch(start))
        when = f"at {clock}+{days}" if days else f"at {clock}"
    else:
        when = f"{show(start - block.start)} after the start of the {show(block.duration)}"
    return f"  Number {position} speaks {earliest}{when}."
