"""RunningOrder: who of a list has the floor when, and who is unheard."""

from __future__ import annotations

from bisect import bisect_right
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, overload

import attrs

from r2psched.errors import InvalidValue, NotHeard, shown
from r2psched.fields import whole
from r2psched.seating import telling
from r2psched.seating.inverses import longest_limit, missing_block, missing_time
from r2psched.seating.periods import Periods
from r2psched.seating.runs import runs
from r2psched.seating.steps import opening, steps
from r2psched.speakers import contains, position

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pendulum

    from r2psched.reserves import Floor, Frame
    from r2psched.seating.inverses import EndOf
    from r2psched.seating.slots import Slot
    from r2psched.seating.steps import HeldReserve, State
    from r2psched.speakers import Inscription, LimitsFrom, SpeakingLimits

__all__ = ["LongestLimits", "RunningOrder"]


class LongestLimits(NamedTuple):
    """The longest limits under which a whole list is heard.

    Attributes:
        for_all: One limit for everybody, or None if there is none.
        default_only: The default limit, all others fixed, or None if there is none.
    """

    for_all: timedelta | None
    default_only: timedelta | None


@attrs.frozen
class RunningOrder:
    """The slots of a list, and the unheard.

    Attributes:
        session: The id of the session.
        inscriptions: The list, in order.
        limits: The limits that were applied, from the start of the session.
        later_limits: Those that replaced them from stated moments on.
        most: How many may be heard, such as those who were drawn, or None for all.
        floor: The blocks, reserves and changeover that were counted with.
        slots: Who is heard and when, in the order of the list.

    Without an unknown reserve every time is exact; with one, every start is the earliest possible.
    """

    session: str
    inscriptions: tuple[Inscription, ...]
    limits: SpeakingLimits
    floor: Floor
    slots: tuple[Slot, ...]
    later_limits: tuple[LimitsFrom, ...] = ()
    most: int | None = None
    _states: tuple[State, ...] = attrs.field(default=(), repr=False, eq=False)

    def __len__(self) -> int:
        """How many are heard."""
        return len(self.slots)

    def __iter__(self) -> Iterator[Slot]:
        """Each slot in order."""
        return iter(self.slots)

    def __getitem__(self, name: str) -> Slot:
        """The slot of an inscription, by its id, delegation or speaker.

        Raises:
            UnknownName: If nobody of that name is on the list.
            AmbiguousName: If more than one is.
            NotHeard: If the speaker is below the cut line.
        """
        at = self.position(name)
        if at > len(self.slots):
            raise NotHeard(str(self.inscriptions[at - 1]), at, len(self.slots) + 1)
        return self.slots[at - 1]

    def __contains__(self, name: object) -> bool:
        """Whether an inscription, or one of a name, is on the list, heard or not."""
        return contains(self.inscriptions, name)

    def position(self, name: str) -> int:
        """The position of an inscription on the list, counted from 1; see `SpeakerList`."""
        return position(self.inscriptions, name)

    @property
    def unheard(self) -> tuple[Inscription, ...]:
        """Whoever stands at or below the cut line."""
        return self.inscriptions[len(self.slots) :]

    @property
    def ends(self) -> pendulum.DateTime | None:
        """When the last intervention ends, or None if there is none."""
        return self.slots[-1].end if self.slots else None

    @property
    def at_most(self) -> bool:
        """Whether a reserve's length is unknown, so that fewer may be heard, and later."""
        return self.floor.at_most

    @property
    def assumptions(self) -> tuple[str, ...]:
        """A line for each reserve whose length is unknown or assumed."""
        return self.floor.assumptions

    @cached_property
    def _periods(self) -> Periods:
        return Periods.of(self.limits, self.later_limits)

    @cached_property
    def _lengths(self) -> tuple[tuple[int, ...], ...]:
        return tuple(map(self._periods.lengths, self.inscriptions))

    def limits_at(self, position: int) -> SpeakingLimits:
        """The limits that whoever stands at a position has, counted from 1.

        They are those in force when the intervention begins; for the unheard, when the last block
        ends.

        Raises:
            InvalidValue: If nobody stands there.
        """
        if not (whole(position) and 1 <= position <= len(self.inscriptions)):
            msg = f"expected a position from 1 to {len(self.inscriptions)}, got {shown(position)}"
            raise InvalidValue(msg)
        if position <= len(self.slots):
            return self._periods.at(self.slots[position - 1].start_us)
        return self._periods.at(self._ends_us)

    @property
    def _ends_us(self) -> int:
        return self.floor.blocks[-1].end_us if self.floor.blocks else 0

    def limit_of(self, position: int) -> timedelta:
        """The limit of whoever stands at a position, counted from 1; see `limits_at`."""
        return self.limits_at(position).of(self.inscriptions[position - 1])

    def rule_of(self, position: int) -> str:
        """Which limit whoever stands at a position has; see `SpeakingLimits.rule`."""
        return self.limits_at(position).rule(self.inscriptions[position - 1])

    @property
    def left_over(self) -> tuple[timedelta, ...]:
        """Floor time that no intervention takes, at the end of each block."""
        ends = [start for start, _ in self.floor.frame.spans]
        for slot in self.slots:
            ends[slot.block - 1] = slot.end_us
        spans = self.floor.frame.spans
        return tuple(
            timedelta(microseconds=max(0, end - taken))
            for (_, end), taken in zip(spans, ends, strict=True)
        )

    @property
    def reserves_held(self) -> tuple[HeldReserve, ...]:
        """When the reserves between two interventions are held, and in which block each."""
        frame, lengths = self.floor.frame, self._lengths[: len(self.slots)]
        held = steps(frame, lengths, opening(frame), self._periods.changes)
        return tuple(each.reserve for each in held if each.reserve is not None)

    def missing(self, name: str | None = None) -> timedelta | None:
        """The least time added to the end of the last block so that all who may be are heard.

        Where there is a time that all interventions may take together, it grows by as much.

        Args:
            name: Count only as far as this speaker, and not for the whole list.

        Returns:
            Zero if they are heard; None if the session has no block, or the speaker stands behind
            those who were drawn.
        """
        wanted = self._wanted(name)
        if wanted is None:
            return None
        if wanted <= len(self.slots):
            return timedelta(0)
        return missing_time(self.floor, self._end_of(wanted))

    @overload
    def missing_block(self, name: None = None) -> timedelta: ...
    @overload
    def missing_block(self, name: str) -> timedelta | None: ...
    def missing_block(self, name: str | None = None) -> timedelta | None:
        """The least new block behind the last so that all who may be are heard; see `missing`.

        The limits in force when the last block ends hold in it.

        Args:
            name: Count only as far as this speaker, and not for the whole list.

        Returns:
            Zero if they are heard as it is; None if the speaker stands behind those who were drawn.
        """
        wanted = self._wanted(name)
        if wanted is None:
            return None
        if wanted <= len(self.slots):
            return timedelta(0)
        return missing_block(self.floor, self._end_of(wanted, self._ends_us))

    @property
    def _called(self) -> int:
        """How many may be heard."""
        inscribed = len(self.inscriptions)
        return inscribed if self.most is None else min(inscribed, self.most)

    def _wanted(self, name: str | None) -> int | None:
        if name is None:
            return self._called
        at = self.position(name)
        return at if at <= self._called else None

    def _end_of(self, wanted: int, last_change: int | None = None) -> EndOf:
        changes = self._periods.changes
        if last_change is not None:
            changes = changes[: bisect_right(changes, last_change)]

        def end_of(frame: Frame) -> int:
            state = opening(frame)
            for held in steps(frame, self._lengths[:wanted], state, changes):
                state = held.after
            return state.clock

        return end_of

    def longest_limits(self, step: timedelta | str = "5 s") -> LongestLimits:
        """The longest limits under which the whole list, or all who were drawn, are heard.

        Args:
            step: The limits are multiples of it.

        Returns:
            One limit for all, at all times; and the default, all others fixed, which is told only
            where limits do not change at stated times.
        """
        count = self._called
        rules = () if self.later_limits else map(self.limits.rule, self.inscriptions[:count])
        default = [rule == "default" for rule in rules]

        def heard(lengths: list[tuple[int, ...]]) -> bool:
            frame = self.floor.frame
            return sum(1 for _ in steps(frame, lengths, opening(frame))) == count

        def default_heard(limit: int) -> bool:
            pairs = zip(default, self._lengths[:count], strict=True)
            return heard([(limit,) if d else n for d, n in pairs])

        return LongestLimits(
            for_all=longest_limit(self.floor, lambda limit: heard([(limit,)] * count), step),
            default_only=longest_limit(self.floor, default_heard, step) if any(default) else None,
        )

    def room_left(self) -> dict[str, int]:
        """How many more would be heard behind the end of the list, for each limit alone.

        Returns:
            By "default", by category, and by "on behalf of a group"; all 0 if anybody is unheard.
        """
        kinds = self._periods.kinds()
        if self.unheard:
            return dict.fromkeys(kinds, 0)
        frame, changes = self.floor.frame, self._periods.changes
        state = self._states[-1] if self._states else opening(frame)
        return {
            kind: sum(run.fits for run in runs(frame, lengths, state, changes))
            for kind, lengths in kinds.items()
        }

    def withdrawals_needed(self, name: str) -> int | None:
        """How many of those just ahead must withdraw so that a speaker is heard.

        Returns:
            The least number k such that the speaker is heard if the k speakers before it on the
            list withdraw; 0 if it is heard; None if it fits no block even then.
        """
        at = self.position(name)
        if at <= len(self.slots):
            return 0
        frame, limit = self.floor.frame, self._lengths[at - 1]
        most = len(self.slots) if self.most is None else min(len(self.slots), self.most - 1)
        for kept in range(most, -1, -1):
            state = self._states[kept - 1] if kept else opening(frame)
            if next(steps(frame, (limit,), state, self._periods.changes), None) is not None:
                return at - 1 - kept
        return None

    def rows(self) -> list[dict[str, object]]:
        """One dict for each inscription in order; the unheard have no place and no times.

        Returns:
            The place, the id, the speaker as a line tells it, category and level; start, end, limit
            and block; the delegation; and whether it is heard.
        """
        return telling.rows(self)

    def __str__(self) -> str:
        """A table of places and times, the cut line, and what it rests on."""
        return telling.text(self)

    def _repr_html_(self) -> str:
        return telling.html(self)
