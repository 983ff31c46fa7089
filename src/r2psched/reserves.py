"""Reserve: time of a session that is not for the list; Floor: what the reserves leave."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import attrs

from r2psched.durations import as_duration, microseconds, show
from r2psched.errors import InvalidValue, shown
from r2psched.fields import as_one_of, as_several, as_text, as_title, whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from r2psched.blocks import TimeBlock
    from r2psched.language import Words

__all__ = ["At", "Floor", "Frame", "Reserve", "as_reserves"]

At = Literal["start", "end", "block-start", "block-end"]
_MOST_ROUNDS = 8
_PLACES = {
    "start": "at the start of the session",
    "end": "at the end of the session",
    "block-start": "at the start of each block",
    "block-end": "at the end of each block",
}


_place = as_one_of(*get_args(At))


def _as_at(value: At | None) -> At | None:
    at: At | None = None if value is None else _place(value)
    return at


def _as_every(value: int | None) -> int | None:
    if value is None or (whole(value) and value >= 1):
        return value
    msg = f"expected a whole number of interventions from 1, got {shown(value)}"
    raise InvalidValue(msg)


def _as_length(value: timedelta | str | None) -> timedelta | None:
    return None if value is None or value == "unknown" else as_duration(value)


@attrs.frozen
class Reserve:
    """Time of a session that is not for the list, such as replies of the panel.

    Attributes:
        title: What it is for.
        at: "start" or "end" of the session, "block-start" or "block-end" of each of its blocks;
            None if it comes after every `every` interventions.
        every: After how many interventions it comes, or None.
        length: How long it takes; None (or "unknown") if nobody says: it then counts as 0, and
            every answer that rests on it says "at most".
        assumed: Why the length is assumed, or None if it is stated.

    >>> str(Reserve("Replies of the panel", at="end", length="10 min", assumed="as in 2013"))
    'Replies of the panel, at the end of the session: 10 min, assumed: as in 2013'
    """

    title: str = attrs.field(converter=as_title)
    at: At | None = attrs.field(default=None, converter=_as_at, kw_only=True)
    every: int | None = attrs.field(default=None, converter=_as_every, kw_only=True)
    length: timedelta | None = attrs.field(default=None, converter=_as_length, kw_only=True)
    assumed: str | None = attrs.field(default=None, converter=as_text, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse a reserve that has no place, or two."""
        if (self.at is None) == (self.every is None):
            msg = 'a reserve has either a place, such as at = "end", or a number, such as every = 5'
            raise InvalidValue(msg)
        if self.assumed is not None and self.length is None:
            msg = 'a reserve is assumed without a length: give it one, such as length = "10 min"'
            raise InvalidValue(msg)

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return _PLACES[self.at] if self.at else f"after every {self.every} interventions"

    @property
    def microseconds(self) -> int:
        """Its length as it counts: 0 where it is unknown."""
        return 0 if self.length is None else microseconds(self.length)

    @property
    def is_open(self) -> bool:
        """Whether its length is unknown or assumed."""
        return self.length is None or self.assumed is not None

    def placed(self, words: Words) -> str:
        """Where it stands, in the words of a language."""
        if self.at is None:
            return words("reserve.every", count=self.every)
        return words(f"reserve.{self.at.replace('-', '_')}")

    def told(self, words: Words, *, full: bool = True) -> str:
        """What it is, where it stands, how long it takes and how that is known, in a language.

        Args:
            words: The texts of the language.
            full: Whether a length that is assumed or unknown is told, which is not for
                publication.
        """
        known = {"title": self.title, "place": self.placed(words)}
        if self.is_open and not full:
            return ", ".join(known.values())
        if self.length is None:
            return words("reserve.unknown", **known)
        known["length"] = show(self.length)
        if self.assumed is None:
            return words("reserve.known", **known)
        return words("reserve.assumed", **known, why=self.assumed)

    def __str__(self) -> str:
        """Title, place, length and, if it is assumed, why."""
        length = "of unknown length, counted as 0" if self.length is None else show(self.length)
        why = f", assumed: {self.assumed}" if self.assumed else ""
        return f"{self.title}, {self.place}: {length}{why}"


def as_reserves(value: Reserve | Iterable[Reserve]) -> tuple[Reserve, ...]:
    """Take one reserve or several.

    Raises:
        InvalidValue: If one is none, or if more than 8 different numbers of interventions are
            reserved after.
    """
    reserves = as_several(value, Reserve, 'a reserve, such as Reserve("Replies", at="end")')
    rounds = {reserve.every for reserve in reserves if reserve.every is not None}
    if len(rounds) > _MOST_ROUNDS:
        msg = f"expected reserves after at most {_MOST_ROUNDS} different numbers of interventions, "
        raise InvalidValue(msg + f"got {len(rounds)}")
    return reserves


class Frame(NamedTuple):
    """A floor in plain integers, as seating counts with it.

    Attributes:
        spans: For each block the floor time that is left, `(start, end)` in microseconds since
            the epoch; the end lies before the start where the reserves are longer than the block.
        rounds: `(n, length)` in microseconds for the reserves after every n interventions.
        changeover: Microseconds between two interventions.
        last: Index of the last block, or of that in which the time that the list may take is used
            up.
    """

    spans: tuple[tuple[int, int], ...]
    rounds: tuple[tuple[int, int], ...]
    changeover: int
    last: int

    def owed(self, held: int) -> int | None:
        """The length of the reserve due after so many interventions, or None if none is due."""
        due = [length for n, length in self.rounds if held % n == 0]
        return sum(due) if due else None

    def after(self, held: int) -> tuple[int, int]:
        """What must pass after so many interventions: changeover and 0, or 0 and a reserve."""
        due = self.owed(held)
        return (self.changeover, 0) if due is None else (0, due)


@attrs.frozen
class Floor:
    """What a session's blocks leave for interventions, and what stands between two of them.

    Attributes:
        blocks: The blocks of the session, in order.
        reserves: Its reserves.
        changeover: The time between two interventions.
        most: The time that all interventions of the list may take together, from the start of each
            block on, or None where only the blocks bound it.

    >>> from r2psched import Day
    >>> day = Day("2014-09-08", zone="America/New_York")
    >>> floor = Floor((day("15:00-17:50"),), (Reserve("Replies", at="end", length="10 min"),))
    >>> show(floor.time)
    '2 h 40 min'
    """

    blocks: tuple[TimeBlock, ...]
    reserves: tuple[Reserve, ...] = ()
    changeover: timedelta = timedelta(0)
    most: timedelta | None = None

    @cached_property
    def frame(self) -> Frame:
        """The same in plain integers."""
        return self._frame([(block.start_us, block.end_us) for block in self.blocks])

    def frame_with_new_block(self, length: int) -> Frame:
        """The frame with a further block of so many microseconds behind the last, all of it free.

        What the list may take in the other blocks does not bound it.
        """
        spans = [(block.start_us, block.end_us) for block in self.blocks]
        start = spans[-1][1] + 1 if spans else 0
        return self._frame([*spans, (start, start + length)])

    def _frame(self, spans: list[tuple[int, int]]) -> Frame:
        kept: Counter[str | None] = Counter()
        lengths: Counter[int] = Counter()
        for reserve in self.reserves:
            kept[reserve.at] += reserve.microseconds
            if reserve.every is not None:
                lengths[reserve.every] += reserve.microseconds
        end = len(spans) - 1
        kept_spans = [
            (
                start + kept["block-start"] + (kept["start"] if i == 0 else 0),
                stop - kept["block-end"] - (kept["end"] if i == end else 0),
            )
            for i, (start, stop) in enumerate(spans)
        ]
        last = end
        if self.most is not None:
            last = _cut(kept_spans, len(self.blocks), microseconds(self.most))
        return Frame(
            spans=tuple(kept_spans),
            rounds=tuple(sorted(lengths.items())),
            changeover=microseconds(self.changeover),
            last=last,
        )

    @property
    def times(self) -> tuple[timedelta, ...]:
        """The floor time of each block."""
        return tuple(timedelta(microseconds=max(0, b - a)) for a, b in self.frame.spans)

    @property
    def time(self) -> timedelta:
        """The floor time of all blocks together, before reserves between interventions."""
        return sum(self.times, timedelta(0))

    @property
    def at_most(self) -> bool:
        """Whether a length is unknown, so that every count is an upper bound."""
        return any(reserve.length is None for reserve in self.reserves)

    @property
    def assumptions(self) -> tuple[str, ...]:
        """A line for each reserve whose length is unknown or assumed."""
        return tuple(str(reserve) for reserve in self.reserves if reserve.is_open)


def _cut(spans: list[tuple[int, int]], count: int, most: int) -> int:
    """Cut the first spans where so much time is used up; give the index of the last with any."""
    last = 0
    for at, (start, end) in enumerate(spans[:count]):
        length = min(max(0, end - start), most)
        if most and length:
            last = at
        if length < end - start:
            spans[at] = (start, start + length)
        most -= length
    return last
