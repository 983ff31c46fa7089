"""Forecast: who of a list will be heard and when, how many, and when the list ends."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import from_epoch, to_epoch
from r2psched.counting import Capacity
from r2psched.durations import microseconds
from r2psched.errors import MissingExtra, NotHeard
from r2psched.forecasting import inverses, tallying, telling
from r2psched.forecasting.counts import as_chance
from r2psched.forecasting.mixing import played
from r2psched.forecasting.model import SECOND
from r2psched.forecasting.recorded import block_at
from r2psched.forecasting.timing import Timing
from r2psched.seating import Slot
from r2psched.seating.periods import Periods
from r2psched.speakers import position

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta

    import pendulum

    from r2psched.forecasting.chain import Played
    from r2psched.forecasting.counts import Counts
    from r2psched.forecasting.mixing import Weighted
    from r2psched.forecasting.opening import Standing
    from r2psched.language import Words
    from r2psched.pace import Pace
    from r2psched.seating import RunningOrder
    from r2psched.sessions import Session
    from r2psched.speakers import Inscription

__all__ = ["Forecast"]

_WINDOW = (0.1, 0.5, 0.9)
_HARDLY = 0.0005
"""A smaller chance to be heard gets no times."""


@attrs.frozen(eq=False)
class Forecast:
    """Who of a list will be heard and when, how many, and when the list ends.

    Every chance and time is that of the distribution which list, floor and pace have together,
    found without simulation on a grid of a few seconds. Whoever stands on the list may be absent;
    the chance to be heard and the times of a speaker hold for one who is there.

    Attributes:
        session: The session, with its list.
        order: The running order under the limits, to see beside; it is exact.
        pace: How long interventions take, with what was learned from the records.
        tolerance: How much later than the end of a block a limit may be up.
        standing: Where the session stands: records, who is done, the time now.
        assumptions: Everything that is taken for granted, a line each.
        positions: The positions on the list of those who are to come, counted from 1.
        words: The texts of its picture; whatever else is told, is told in English.
    """

    session: Session
    order: RunningOrder
    pace: Pace
    tolerance: timedelta
    standing: Standing
    assumptions: tuple[str, ...]
    positions: tuple[int, ...] = attrs.field(repr=False)
    _models: Weighted = attrs.field(repr=False)
    words: Words = attrs.field(repr=False)

    @cached_property
    def _played(self) -> Played:
        return played(self._models)

    @cached_property
    def _periods(self) -> Periods:
        return Periods.of(self.order.limits, self.order.later_limits)

    @property
    def _step(self) -> float:
        return self._models[0][1].step

    @property
    def _origin_us(self) -> int:
        return self._models[0][1].origin_us

    @property
    def zone(self) -> str:
        """The zone in which times are given."""
        return self.order.floor.blocks[0].zone if self.order.floor.blocks else "UTC"

    @cached_property
    def inscriptions(self) -> tuple[Inscription, ...]:
        """Those who are to come, in order; whoever has the floor now is not among them."""
        return tuple(self.order.inscriptions[at - 1] for at in self.positions)

    @property
    def now(self) -> pendulum.DateTime | None:
        """The time now, or None before the session."""
        us = self.standing.now_us
        return None if us is None else from_epoch(us, self.zone)

    @property
    def capacity(self) -> Capacity:
        """How many interventions of the default limit fit, exactly; a step's, if one is taken."""
        later = tuple((limits.since, limits.default) for limits in self.order.later_limits)
        return Capacity(self.order.floor, self.order.limits.default, later)

    def _moment_us(self, seconds: float) -> int:
        return self._origin_us + round(seconds) * SECOND

    def timing(self, name: str) -> Timing:
        """When a speaker begins, as a whole distribution, given that the speaker is there.

        Args:
            name: The id, delegation or speaker of an inscription that is to come.

        Returns:
            Seconds from the start of the first block, less the reserves before it; its `total` is
            the chance to be heard.

        Raises:
            UnknownName: If nobody of that name is to come.
        """
        return self._timing(position(self.inscriptions, name) - 1)

    def _timing(self, at: int) -> Timing:
        if at >= len(self._played.turns):
            return Timing((), self._step)
        turn = self._played.turns[at]
        starts = (turn.starts[block].scaled(1 / turn.present) for block in sorted(turn.starts))
        return Timing(tuple(starts), self._step)

    @cached_property
    def chances(self) -> tuple[float, ...]:
        """For each who is to come the chance to be heard, given that the speaker is there."""
        turns = self._played.turns
        found = [min(1.0, turn.chance) for turn in turns]
        return (*found, *[0.0] * (len(self.positions) - len(turns)))

    @cached_property
    def slots(self) -> tuple[Slot | None, ...]:
        """For each who is to come the slot, with window and chance; None where there is hardly any.

        Its start is the median of the starts, given that the speaker is heard; its window those
        of 10 % and 90 %; its block and its limit those at the median.
        """
        return tuple(map(self._slot, range(len(self.positions))))

    def _slot(self, at: int) -> Slot | None:
        chance = self.chances[at]
        if chance < _HARDLY:
            return None
        timing = self._timing(at)
        found = timing.quantiles([share * timing.total for share in _WINDOW])
        early, middle, late = (self._moment_us(0.0 if s is None else s) for s in found)
        place = self.positions[at]
        block = block_at([block.start_us for block in self.order.floor.blocks], middle) + 1
        zone, who = self.zone, self.inscriptions[at]
        length = microseconds(self._periods.at(middle).of(who))
        return Slot(
            place, who, self.session.id, block, middle, middle + length, zone, (early, late), chance
        )

    def __getitem__(self, name: str) -> Slot:
        """The slot of somebody who is to come, by id, delegation or speaker.

        Raises:
            UnknownName: If nobody of that name is to come.
            AmbiguousName: If more than one is.
            NotHeard: If there is hardly a chance to be heard.
        """
        at = position(self.inscriptions, name) - 1
        slot = self.slots[at]
        if slot is None:
            first = self.slots.index(None)
            raise NotHeard(str(self.inscriptions[at]), self.positions[at], self.positions[first])
        return slot

    def __iter__(self) -> Iterator[Slot]:
        """The slot of each who has more than hardly a chance to be heard."""
        return (slot for slot in self.slots if slot is not None)

    def __len__(self) -> int:
        """How many are to come."""
        return len(self.positions)

    @property
    def all_heard(self) -> float:
        """The chance that all who are there are heard."""
        return self.reaches(len(self.positions))

    def reaches(self, count: int) -> float:
        """The chance that the first so many to come are heard, as far as they are there."""
        turns = self._played.turns
        if count > len(turns):
            return 0.0
        return max(0.0, min(1.0, 1 - sum(turn.unheard for turn in turns[:count])))

    @cached_property
    def heard(self) -> Counts:
        """How many are heard in all, those who have had the floor included."""
        return tallying.heard(self._models, self._played.turns, self.standing.held)

    @cached_property
    def heard_by_block(self) -> tuple[Counts, ...]:
        """How many are heard in each block.

        Where the session has begun and nobody recorded it, blocks count those to come alone.
        """
        return tallying.heard_by_block(
            self._models, len(self.order.floor.blocks), self.standing.held_by_block
        )

    @property
    def ending(self) -> Timing:
        """When the list ends, as a distribution; its `total` is the chance that it does."""
        return Timing((self._played.ends,), self._step)

    def ends(self, chance: float = 0.5) -> pendulum.DateTime | None:
        """The moment by which the whole list is heard with a chance.

        Args:
            chance: Between 0 and 1.

        Returns:
            None if there is none in these blocks.
        """
        (found,) = self.ending.quantiles([as_chance(chance)])
        return None if found is None else from_epoch(self._moment_us(found), self.zone)

    def ends_by(self, moment: datetime) -> float:
        """The chance that the whole list is heard by a moment."""
        us, _ = to_epoch(moment)
        return float(self.ending.by((us - self._origin_us) / SECOND))

    def close_at(self, chance: float = 0.9, *, by: datetime | None = None) -> int:
        """The number of inscriptions at which to close the list so that all are heard.

        Beyond the list further speakers of its default limit are thought of.

        Args:
            chance: With which chance all are to be heard.
            by: The moment by which the last has ended; by default it suffices that each has begun
                in time.

        Returns:
            How many may be inscribed, those who are done included, and no more than 100,000 to
            come; 0 if even one is too many.
        """
        return inverses.close_at(self, as_chance(chance), by)

    def longest_limit(self, chance: float = 0.9) -> timedelta | None:
        """The longest limit for all under which the whole list is heard with a chance.

        Args:
            chance: With which chance all are to be heard.

        Returns:
            The largest multiple of 5 seconds, or None if even 5 seconds are too long.
        """
        return inverses.longest_limit(self, as_chance(chance))

    def missing(self, chance: float = 0.9) -> timedelta | None:
        """The least time added to the end of the last block for a chance that all are heard.

        Args:
            chance: With which chance all are to be heard.

        Returns:
            Whole minutes, zero if the chance is as good already, None if there is no block.
        """
        return inverses.missing(self, as_chance(chance))

    def rows(self) -> list[dict[str, object]]:
        """One dict for each who is to come: place, chance, window, and the exact time beside it."""
        return telling.rows(self)

    def __str__(self) -> str:
        """A table of chances and windows, then how many, the end, and what it rests on."""
        return telling.text(self)

    def picture(self) -> str:
        """Draw when each starts and how likely each is heard, as the text of an SVG file.

        Raises:
            MissingExtra: If its words are in another language than English, and the extra `i18n`
                is not installed.
        """
        return telling.svg(self)

    def _repr_html_(self) -> str:
        return telling.html(self, self._repr_svg_())

    def _repr_svg_(self) -> str | None:
        try:
            return self.picture()
        except MissingExtra:
            # A notebook has the table without it, too.
            return None
