"""The chain: one inscription after the other, the clock of every path at once."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from r2psched.forecasting.kernels import NOTHING, added
from r2psched.forecasting.masses import EMPTY, Mass, merged, trimmed
from r2psched.forecasting.model import Label, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2psched.forecasting.model import Model, Turn

__all__ = ["Played", "Turned", "play", "tallies"]

_GONE = 1e-11
Counting = Literal["nothing", "block", "all"]
_Bag = dict[Label, list[Mass]]


class Turned(NamedTuple):
    """What became of one inscription.

    Attributes:
        present: The chance that it is there when called.
        starts: For each block in which it may begin, when, with the mass of it.
        unheard: The mass that fitted no remaining block: those behind are unheard too.
    """

    present: float
    starts: dict[int, Mass]
    unheard: float

    @property
    def chance(self) -> float:
        """The chance to be heard, given that it is there."""
        return sum(mass.total for mass in self.starts.values()) / self.present


class Played(NamedTuple):
    """What became of a list.

    Attributes:
        turns: Each inscription, as far as anybody may be heard.
        ends: When the last intervention ends, with the mass of all being heard.
    """

    turns: tuple[Turned, ...]
    ends: Mass


class _Visit:
    """One inscription called in one block: who begins, who leaves for the next, who stays."""

    def __init__(self, chain: _Chain, turn: Turn, block: int) -> None:
        self.chain, self.turn, self.block = chain, turn, block
        self.model, self.step = chain.model, chain.model.step
        self.end = chain.model.spans[block][1]
        self.ready: _Bag = defaultdict(list)
        self.leaving: _Bag = defaultdict(list)
        self.owing: _Bag = defaultdict(list)
        self.after: _Bag = defaultdict(list)
        self.starts: list[Mass] = []

    def enter(self, coming: _Bag, owing: _Bag) -> None:
        """Take those who left the block before, and those whom a reserve did not let begin."""
        for label, masses in coming.items():
            self.ready[label].append(self._entered(masses))
        for label, masses in owing.items():
            self._reserve(label, self._entered(masses))

    def _entered(self, leaving: list[Mass]) -> Mass:
        """When they may begin here: when the block opens, and nobody speaks any more."""
        before, over = merged(leaving, self.step).until(self.model.spans[self.block][0], self.step)
        opens = opened(self.model, self.block)
        parts = [opens.scaled(before.total)] if before.total > _GONE else []
        if over.total > _GONE:
            parts.append(_later_of(over, opens, self.step))
        return merged(parts, self.step)

    def call(self) -> None:
        """Give the floor to those who are there, where the block has room."""
        opening = self.chain.opening
        if opening is not None and opening.block == self.block:
            self.ready[opening.label].append(opening.clock.scaled(1 - self.turn.absent))
            rest = opening.clock.scaled(self.turn.absent)
            self.chain.opening = opening._replace(clock=rest) if self.turn.absent else None
        for label, mass in self.chain.spoken[self.block].items():
            if self.turn.absent:
                self.after[label].append(trimmed(mass.scaled(self.turn.absent)))
            here = mass.scaled(1 - self.turn.absent)
            if self.model.owed(label.held) is not None:
                self._reserve(label, here)
            else:
                # Whoever does not begin leaves without the changeover.
                self._seat(label, here, -self.model.gap.mean)
        for label, masses in self.ready.items():
            self._seat(label, merged(masses, self.step), 0.0)

    def _reserve(self, label: Label, clock: Mass) -> None:
        """Hold the reserve that is due where it fits the block."""
        length = self.model.owed(label.held) or 0.0
        fits, not_here = clock.until(self.end - length, self.step)
        if fits.total > _GONE:
            self.ready[label].append(fits.shifted(length, self.step))
        if not_here.total > _GONE:
            self.owing[label].append(not_here)

    def _seat(self, label: Label, clock: Mass, back: float) -> None:
        """Give the floor to those who may begin, and let the others leave so much earlier."""
        model, step = self.model, self.step
        held = model.counted(label.held + 1)
        after = Label(held, label.tally + (self.chain.counting != "nothing"))
        with_gap = model.owed(held) is None
        gone = []
        for period, part in model.by_period(clock):
            limit = self.turn.limits[period]
            begins, stays = part.until(self.end + model.tolerance - limit, step)
            if limit <= model.tolerance:
                begins, over = begins.until(self.end, step, inclusive=False)
                stays = merged([stays, over], step)
            if stays.total > _GONE:
                gone.append(stays)
            if begins.total > _GONE:
                self.starts.append(begins)
                kernel = model.kernel(self.turn.kinds[period], with_gap=with_gap)
                self.after[after].append(begins.after(kernel, step))
        if gone:
            self.leaving[label].append(merged(gone, step).shifted(back, step))


class _Opening(NamedTuple):
    """The paths on which nobody has begun since the chain did."""

    block: int
    label: Label
    clock: Mass


class _Chain:
    """The state between two inscriptions: for each block and label the clocks of paths in it."""

    def __init__(self, model: Model, counting: Counting) -> None:
        self.model = model
        self.counting = counting
        self.spoken: list[dict[Label, Mass]] = [{} for _ in model.spans]
        self.opening: _Opening | None = None
        self.counts: list[defaultdict[int, float]] = [defaultdict(float) for _ in model.spans]
        start = model.start
        self.first = self.last = 0 if start is None else start.block
        if start is None:
            self.opening = _Opening(0, Label(0, 0), opened(model, 0))
            return
        tally = {"nothing": 0, "block": start.tally, "all": start.held}[counting]
        label = Label(model.counted(start.held), tally)
        if start.ready:
            self.opening = _Opening(start.block, label, start.clock)
        else:
            self.spoken[start.block][label] = start.clock

    def left(self) -> float:
        """The mass of paths on which nobody is unheard so far."""
        blocks = self.spoken[self.first : self.last + 1]
        spoken = sum(mass.total for block in blocks for mass in block.values())
        return spoken + (self.opening.clock.total if self.opening else 0.0)

    def call(self, turn: Turn) -> Turned:
        """Call one inscription."""
        begun: dict[int, Mass] = {}
        coming: _Bag = {}
        owing: _Bag = {}
        for block in range(self.first, len(self.spoken)):
            if block > self.last and not coming and not owing:
                break
            if not coming and not owing and not self._held(block):
                continue
            visit = _Visit(self, turn, block)
            visit.enter(coming, owing)
            visit.call()
            self.spoken[block] = dict(self._kept(visit.after))
            if visit.starts:
                begun[block] = merged(visit.starts, self.model.step)
            coming = self._passed_on(block, visit.leaving)
            owing = self._passed_on(block, visit.owing)
            self.last = max(self.last, block)
        while self.first < self.last and not self._held(self.first):
            self.first += 1
        unheard = [mass for bag in (coming, owing) for masses in bag.values() for mass in masses]
        return Turned(1 - turn.absent, begun, sum(mass.total for mass in unheard))

    def _held(self, block: int) -> bool:
        """Whether any path is in a block."""
        opens = self.opening is not None and self.opening.block == block
        return opens or bool(self.spoken[block])

    def _kept(self, after: _Bag) -> Iterator[tuple[Label, Mass]]:
        for label, masses in after.items():
            mass = merged(masses, self.model.step)
            if mass.total > _GONE:
                yield label, mass

    def _passed_on(self, block: int, leaving: _Bag) -> _Bag:
        """Count those who leave a block, or the list behind the last block."""
        if self.counting == "nothing":
            return leaving
        passed: _Bag = defaultdict(list)
        for label, masses in leaving.items():
            if self.counting == "block":
                self.counts[block][label.tally] += sum(mass.total for mass in masses)
                passed[Label(label.held, 0)] += masses
                continue
            if block == len(self.spoken) - 1:
                self.counts[0][label.tally] += sum(mass.total for mass in masses)
            passed[label] += masses
        return passed

    def finish(self) -> None:
        """Count those who are left when the list is through."""
        left = [
            (block, label, mass)
            for block, each in enumerate(self.spoken)
            for label, mass in each.items()
        ]
        for block, label, mass in [*left, *([self.opening] if self.opening else [])]:
            self.counts[block if self.counting == "block" else 0][label.tally] += mass.total
        if self.counting == "block":
            for counts in self.counts:
                counts[0] += max(0.0, 1 - math.fsum(counts.values()))


def _later_of(one: Mass, two: Mass, step: float) -> Mass:
    """The later of two independent moments; the masses of both multiplied."""
    if not len(two.cells) and len(two.at) == 1:
        before, after = one.until(float(two.at[0]), step)
        moved = Mass(two.at, two.weights * before.total, 0, NOTHING, two.top)
        return merged([moved, after.scaled(float(two.weights[0]))], step)
    first, second = (added((m.low, m.cells), m.gridded(step, 0.5)) for m in (one, two))
    low = max(first[0], second[0])
    high = max(first[0] + len(first[1]), second[0] + len(second[1]))
    both = [np.zeros(high - low) for _ in range(2)]
    for sums, (at, cells) in zip(both, (first, second), strict=True):
        place = np.maximum(np.arange(at, at + len(cells)) - low, 0)
        np.add.at(sums, place, cells)
    product = np.cumsum(both[0]) * np.cumsum(both[1])
    return Mass(NOTHING, NOTHING, low, np.diff(product, prepend=0.0), max(one.top, two.top))


def play(model: Model) -> Played:
    """Call a whole list, and keep when each begins."""
    chain = _Chain(model, "nothing")
    turned: list[Turned] = []
    for turn in model.turns:
        if chain.left() <= _GONE:
            break
        turned.append(chain.call(turn))
    ends = EMPTY if len(turned) < len(model.turns) else _ends(model, turned)
    return Played(tuple(turned), ends)


def _ends(model: Model, turned: list[Turned]) -> Mass:
    """When the last intervention ends: whoever has it, all behind are absent."""
    masses = []
    others_absent = 1.0
    for turn, each in zip(reversed(model.turns), reversed(turned), strict=True):
        if others_absent <= _GONE:
            break
        for start in each.starts.values():
            for period, part in model.by_period(start.scaled(others_absent)):
                kernel = model.kernel(turn.kinds[period], with_gap=False)
                masses.append(part.after(kernel, model.step))
        others_absent *= turn.absent
    if others_absent > _GONE:
        before = opened(model, 0) if model.start is None else model.start.ended
        masses.append(before.scaled(others_absent))
    return merged(masses, model.step)


def tallies(model: Model, counting: Counting) -> tuple[dict[int, float], ...]:
    """How many are heard from the start of the chain on, in each block or in all.

    Returns:
        For each block, or once for all, the chance of each number. In the block in which the
        chain starts those that it held before count too.
    """
    chain = _Chain(model, counting)
    for turn in model.turns:
        if chain.left() <= _GONE:
            break
        chain.call(turn)
    chain.finish()
    return tuple(map(dict, chain.counts[: 1 if counting == "all" else None]))
