"""The referee: meetings played one by one, the plainest way, for forecasts to be judged by.

Nothing here is clever, and nothing is shared with the forecast. A block opens late by a length of
its own, and not while somebody still speaks. Whoever is absent is skipped and counts for nothing.
Before whoever speaks next in a block stands a changeover, or the reserve that is due; a reserve
that does not fit opens the next block. The floor is given if the limit in force would end by the
end of the block, or so much later as is tolerated, and before the block is over; else the speaker
waits for the next block, for good; beyond the last is the cut line. Whoever has begun ends.

Times are whole microseconds inside, so that the end of a block is met exactly.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from tests.forecasting.lengths import Law, law_of, lengths, limits_of, longer_than

if TYPE_CHECKING:
    from r2psched import RunningOrder
    from r2psched.pace import Pace

__all__ = ["Counts", "Floats", "Paths", "Played", "Standing", "play", "simulate"]

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_US = 1_000_000
_BATCH = 20_000
_NOW = timedelta(0)


class Standing(NamedTuple):
    """How a meeting stands from which it is played on; seconds since its first block begins.

    Attributes:
        done: How many of the list are behind: heard, absent, or speaking.
        block: Index of the block.
        clock: When the last intervention ended, or, if it goes on, began; None if the block is
            not open yet.
        held: How many interventions there were, with one that goes on.
        spoken: For how long the last of those behind has had the floor, or None if it has ended.
        waited: For how long the next has been waited for, since the last ended or the block was
            to open.
    """

    done: int = 0
    block: int = 0
    clock: float | None = None
    held: int = 0
    spoken: float | None = None
    waited: float = 0.0


class Paths(NamedTuple):
    """Meetings as they were played, a column for each; seconds since the first block begins.

    Attributes:
        starts: When each inscription began, a row for each; NaN if it did not.
        block: In which block, or -1.
        absent: Whether it was absent.
        all_heard: Whether nobody present was unheard, for each meeting.
        ends: When the last intervention ended, or, if there was none, when the floor opened.
    """

    starts: Floats
    block: npt.NDArray[np.int8]
    absent: Flags
    all_heard: Flags
    ends: Floats


class Played(NamedTuple):
    """What many meetings add up to; seconds since the first block begins.

    Attributes:
        paths: How many were played.
        present: For each inscription, how often it was present.
        heard: How often it was heard.
        seconds: The beginning of each second of the floor, in order.
        starts: How often each inscription began in each of them, a row for each inscription.
        all_heard: How often nobody present was unheard.
        ends: When the list ended where all were heard, sorted.
        by_block: For each block, how often so many interventions began in it, from 0.
        in_all: How often so many began in all, from 0.
    """

    paths: int
    present: Counts
    heard: Counts
    seconds: Floats
    starts: Counts
    all_heard: int
    ends: Floats
    by_block: Counts
    in_all: Counts

    def started_before(self, at: int, seconds: Floats) -> Floats:
        """The share of those meetings in which one was present, that it began before a moment.

        Args:
            at: Its place on the list, from 0.
            seconds: Whole seconds.
        """
        below = np.concatenate([[0], np.cumsum(self.starts[at])])
        found = below[np.searchsorted(self.seconds, seconds)] / max(1, self.present[at])
        return np.asarray(found, dtype=np.float64)

    def ended_before(self, seconds: Floats) -> Floats:
        """The share of all meetings in which all were heard before a moment."""
        found = np.searchsorted(self.ends, seconds) / self.paths
        return np.asarray(found, dtype=np.float64)


def play(  # noqa: C901, PLR0913, PLR0915  # one meeting from beginning to end, as it goes
    order: RunningOrder,
    pace: Pace,
    rng: np.random.Generator,
    *,
    tolerance: timedelta = _NOW,
    paths: int = _BATCH,
    standing: Standing | None = None,
) -> Paths:
    """Play so many meetings at once."""
    stands = standing or Standing()
    people = order.inscriptions[: order.most]
    frame = order.floor.frame
    origin = order.floor.blocks[0].start_us if order.floor.blocks else 0
    begins = [float(start - origin) for start, _ in frame.spans]
    closes = [float(end - origin) for _, end in frame.spans]
    count = len(begins)
    tolerated = tolerance / timedelta(microseconds=1)
    changes = np.array([each.since.timestamp() * _US - origin for each in order.later_limits])
    between = order.floor.changeover if pace.changeover is None else pace.changeover
    changeover = Law(between.total_seconds(), pace.changeover_spread.total_seconds(), pace.family)
    late = Law(pace.late.total_seconds(), pace.late_spread.total_seconds(), pace.family)
    opens = [begin + np.rint(lengths(rng, paths, late) * _US) for begin in begins]

    block = np.full(paths, stands.block, dtype=np.int8)
    clock = opens[stands.block].copy() if count else np.zeros(paths)
    if stands.clock is not None:
        clock[:] = stands.clock * _US
    fresh = np.full(paths, fill_value=stands.clock is None)  # no changeover before the next
    owing = np.zeros(paths)  # of a reserve that is due
    held = np.full(paths, stands.held)
    unheard = np.zeros(paths, dtype=np.bool_)
    starts = np.full((len(people), paths), np.nan)
    where = np.full((len(people), paths), -1, dtype=np.int8)
    absent = np.zeros((len(people), paths), dtype=np.bool_)

    def due(spoke: Flags) -> None:
        """See which reserve is due after an intervention."""
        for n, length in frame.rounds:
            now = spoke & (held % n == 0)
            owing[now] += length
            fresh[now] = True

    if stands.spoken is not None:
        limits, law = (
            limits_of(order, people[stands.done - 1]),
            law_of(pace, people[stands.done - 1]),
        )
        limit = limits[np.searchsorted(changes, clock[0], side="right")]
        clock += np.rint(longer_than(rng, paths, stands.spoken * _US / limit, law) * limit)
    elif stands.waited:
        law = late if stands.clock is None else changeover
        clock[:] = begins[stands.block] if stands.clock is None else clock
        clock += np.rint(longer_than(rng, paths, stands.waited, law) * _US)
        fresh[:] = True
    if stands.held and stands.clock is not None:
        due(np.ones(paths, dtype=np.bool_))

    ends = clock.copy()
    for at in range(stands.done, len(people)):
        chance = pace.habit_of(people[at]).absent
        if chance:
            absent[at] = rng.random(paths) < chance
        limits = limits_of(order, people[at])
        ratio = lengths(rng, paths, law_of(pace, people[at]))
        gap = np.rint(lengths(rng, paths, changeover) * _US)
        waits = ~absent[at]
        for b in range(stands.block, count):
            mine = waits & (block == b)
            if not mine.any():
                continue
            fits = mine
            if frame.rounds:
                fits = mine & ((owing == 0) | (clock + owing <= closes[b]))
                clock[fits] += owing[fits]
                owing[fits] = 0
            start = np.where(fresh, clock, clock + gap)
            limit = (
                limits[np.searchsorted(changes, start, side="right")] if changes.size else limits[0]
            )
            speaks = fits & (start + limit <= closes[b] + tolerated) & (start < closes[b])
            starts[at] = np.where(speaks, start, starts[at])
            where[at][speaks] = b
            clock = np.where(speaks, start + np.rint(ratio * limit), clock)
            ends = np.where(speaks, clock, ends)
            held += speaks
            fresh &= ~speaks
            waits &= ~speaks
            moves = mine & ~speaks
            block[moves] = b + 1
            fresh |= moves
            if b + 1 < count:
                clock = np.where(moves, np.maximum(clock, opens[b + 1]), clock)
        if frame.rounds:
            due(where[at] >= 0)
        unheard |= waits
    return Paths(starts / _US, where, absent, ~unheard, ends / _US)


def simulate(  # noqa: PLR0913  # what is played, and how often
    order: RunningOrder,
    pace: Pace,
    *,
    tolerance: timedelta = _NOW,
    paths: int,
    seed: int,
    standing: Standing | None = None,
) -> Played:
    """Play many meetings, and add them up.

    Args:
        order: The list, its limits and its floor; its slots are not looked at.
        pace: How long everything takes, without its doubts.
        tolerance: By how much whoever begins may be meant to finish after the end of a block.
        paths: How many meetings.
        seed: The same gives the same.
        standing: From where they are played on, or None from the beginning.
    """
    rng = np.random.Generator(np.random.SFC64(seed))
    people = len(order.inscriptions[: order.most])
    origin = order.floor.blocks[0].start_us if order.floor.blocks else 0
    spans = [((a - origin) // _US, (b - origin) // _US) for a, b in order.floor.frame.spans]
    begins = np.array([start for start, _ in spans], dtype=np.float64)
    sizes = [max(0, end - start) for start, end in spans]
    bases = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    seconds = [np.arange(start, end, dtype=np.float64) for start, end in spans]
    present = np.zeros(people, dtype=np.int64)
    heard = np.zeros(people, dtype=np.int64)
    starts = np.zeros((people, int(bases[-1])), dtype=np.int64)
    by_block = np.zeros((len(spans), people + 1), dtype=np.int64)
    in_all = np.zeros(people + 1, dtype=np.int64)
    all_heard, ends = 0, []
    for done in range(0, paths, _BATCH):
        batch = min(_BATCH, paths - done)
        found = play(order, pace, rng, tolerance=tolerance, paths=batch, standing=standing)
        begun = found.block >= 0
        present += batch - found.absent.sum(axis=1)
        heard += begun.sum(axis=1)
        for at in range(people):
            block = found.block[at][begun[at]]
            second = (found.starts[at][begun[at]] - begins[block]).astype(np.int64) + bases[block]
            starts[at] += np.bincount(second, minlength=starts.shape[1])
        for b in range(len(spans)):
            by_block[b] += np.bincount((found.block == b).sum(axis=0), minlength=people + 1)
        in_all += np.bincount(begun.sum(axis=0), minlength=people + 1)
        all_heard += int(found.all_heard.sum())
        ends.append(found.ends[found.all_heard])
    every_second, every_end = np.concatenate([*seconds, []]), np.sort(np.concatenate([*ends, []]))
    counts = (all_heard, every_end, by_block, in_all)
    return Played(paths, present, heard, every_second, starts, *counts)
