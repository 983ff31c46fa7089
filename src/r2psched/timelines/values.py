"""What a time line is drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from r2psched.blocks import TimeBlock

__all__ = ["Bar", "Block", "Filling"]


@attrs.frozen
class Filling:
    """How many interventions one block holds, and how much of it the list takes.

    Attributes:
        capacity: How many it holds.
        floor: From when to when there is time for interventions, in microseconds since the epoch.
        heard: How many of those inscribed are heard in it; None if nobody can be seated yet.
        until_us: When the last of them ends; None if there is none.
        cut: The place behind which the cut line falls, if it falls in this block; else None.
    """

    capacity: int
    floor: tuple[int, int]
    heard: int | None = None
    until_us: int | None = None
    cut: int | None = None

    @property
    def taken_until(self) -> int:
        """Until when the list takes the floor time: its start if nobody is heard."""
        return self.floor[0] if self.until_us is None else self.until_us


@attrs.frozen
class Block:
    """One block of a bar.

    Attributes:
        time: When it is.
        reserves: Starts and ends of time that is set aside, in microseconds since the epoch; where
            the two are one, nobody knows how long it takes.
        filling: How a list fills it, or None where that is not told.
        reserved: What the reserves are that it is the first to hold, in words.
    """

    time: TimeBlock
    reserves: tuple[tuple[int, int], ...] = ()
    filling: Filling | None = None
    reserved: tuple[str, ...] = attrs.field(default=(), kw_only=True)


@attrs.frozen
class Bar:
    """One session in a time line.

    Attributes:
        title: As it is printed.
        blocks: When it is.
        room: Where, or an empty text.
        is_break: Whether nobody sits.
        has_list: Whether it has a list of speakers.
        inscribed: How many are on its list; None where that is not told.
        limit: The limit that capacities are counted with, in words; may be empty.
        at_most: Whether capacities are bounds, since a length is unknown.
        notes: What its capacities rest on, in sentences.
    """

    title: str
    blocks: tuple[Block, ...]
    room: str = attrs.field(default="", kw_only=True)
    is_break: bool = attrs.field(default=False, kw_only=True)
    has_list: bool = attrs.field(default=False, kw_only=True)
    inscribed: int | None = attrs.field(default=None, kw_only=True)
    limit: str = attrs.field(default="", kw_only=True)
    at_most: bool = attrs.field(default=False, kw_only=True)
    notes: tuple[str, ...] = attrs.field(default=(), kw_only=True)
