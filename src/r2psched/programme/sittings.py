"""Parts and sittings: the blocks of a programme in order, and the runs that they make."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from r2psched.blocks import TimeBlock
from r2psched.durations import microseconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from r2psched.sessions import Session

__all__ = ["Part", "Sitting", "sittings"]

_ENDS_A_SITTING = microseconds(timedelta(minutes=30))


class Part(NamedTuple):
    """One block of one session.

    Attributes:
        session: The session.
        ordinal: Which of its blocks it is, counted from 1.
        block: The block.
    """

    session: Session
    ordinal: int
    block: TimeBlock


class Sitting(NamedTuple):
    """A longest run of blocks in one room with gaps under 30 minutes, breaks not counted.

    Attributes:
        room: The room, or None where none is stated.
        span: From the start of its first block to the end of its last.
        parts: Its blocks in order.
    """

    room: str | None
    span: TimeBlock
    parts: tuple[Part, ...]


def sittings(
    parts: Iterable[Part], room_of: Callable[[Session], str | None]
) -> tuple[Sitting, ...]:
    """Find the sittings that some blocks make, by start, then by room.

    Args:
        parts: The blocks, by start; those of breaks are passed over.
        room_of: The room of a session.
    """

    def room(part: Part) -> str:
        return room_of(part.session) or ""

    found: list[Sitting] = []
    seated = sorted((part for part in parts if not part.session.is_break), key=room)
    for name, group in groupby(seated, key=room):
        found += [_sitting(name or None, run) for run in _runs(group)]
    return tuple(sorted(found, key=lambda sitting: (sitting.span, sitting.room or "")))


def _runs(parts: Iterable[Part]) -> list[list[Part]]:
    runs: list[list[Part]] = []
    end = 0
    for part in parts:
        if runs and part.block.start_us - end < _ENDS_A_SITTING:
            runs[-1].append(part)
            end = max(end, part.block.end_us)
        else:
            runs.append([part])
            end = part.block.end_us
    return runs


def _sitting(room: str | None, run: list[Part]) -> Sitting:
    start, end = run[0].block.start_us, max(part.block.end_us for part in run)
    span = TimeBlock.from_microseconds(start, end, run[0].block.zone)
    return Sitting(room, span, tuple(run))
