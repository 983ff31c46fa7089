"""Where a session stands: what records, or a number of those who are done, say of its floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import from_epoch, to_epoch, write_moment
from r2psched.errors import InvalidValue, shown
from r2psched.fields import as_moment, whole
from r2psched.forecasting.masses import atom
from r2psched.forecasting.model import SECOND, Start, not_before, opened
from r2psched.forecasting.recorded import Recorded, block_at
from r2psched.forecasting.saying import told
from r2psched.pace import as_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from r2psched.forecasting.masses import Mass
    from r2psched.forecasting.model import Model
    from r2psched.forecasting.recorded import Speaking
    from r2psched.forecasting.saying import Told
    from r2psched.pace import Pace, Record
    from r2psched.seating import RunningOrder
    from r2psched.sessions import Session

__all__ = ["Standing", "standing"]


@attrs.frozen
class Standing:
    """Where a session stands.

    Attributes:
        records: What happened, each intervention with its limit.
        done: The positions on the list of those who have spoken or were absent, and of whoever has
            the floor.
        held: How many interventions have begun.
        held_by_block: How many of them in each block, or None where nobody recorded it.
        now_us: The time now, in microseconds since the epoch, or None before the session.
        speaking: Whoever has the floor now, or None.
        last_us: When the last thing recorded ended, or None.
        ended_us: When the last intervention recorded ended, or None.
        paused: Whether that was none of the interventions, so that no changeover follows.
        assumptions: What it takes for granted, in the words of no language yet.
    """

    records: tuple[Record, ...] = ()
    done: frozenset[int] = frozenset()
    held: int = 0
    held_by_block: tuple[int, ...] | None = None
    now_us: int | None = None
    speaking: Speaking | None = None
    last_us: int | None = None
    ended_us: int | None = None
    paused: bool = False
    assumptions: tuple[Told, ...] = ()

    def start(self, model: Model, pace: Pace, order: RunningOrder) -> Start | None:
        """Where a chain begins, or None at the beginning of the session."""
        if self.now_us is None:
            return None
        now = self._seconds(model, self.now_us)
        if now < model.spans[0][0] and not self.held:
            return None
        starts = [block.start_us for block in order.floor.blocks]
        reserved = model.owed(model.counted(self.held)) is not None
        if self.speaking is not None:
            who = self.speaking
            kind = pace.habit_in(who.category), who.limit.total_seconds()
            begun = atom(self._seconds(model, who.start_us))
            ends = begun.after(model.kernel(kind, with_gap=False), model.step)
            ends = not_before(ends, now, model.step)
            clock = ends if reserved else ends.after(model.gap, model.step)
            return self._start(clock, block_at(starts, who.start_us), ends, ready=False)
        block = block_at(starts, self.now_us)
        ended = atom(now if self.ended_us is None else self._seconds(model, self.ended_us))
        reserved = reserved and self.last_us is not None and not self.paused
        if self._is_fresh(starts, block, in_reserve=now < model.spans[block][0]):
            clock = opened(model, block)
        elif reserved or self.paused or self.last_us is None:
            clock = atom(now)
        else:
            clock = not_before(ended.after(model.gap, model.step), now, model.step)
        return self._start(clock, block, ended if self.held else clock, ready=not reserved)

    def _start(self, clock: Mass, block: int, ended: Mass, *, ready: bool) -> Start:
        tally = 0 if self.held_by_block is None else self.held_by_block[block]
        return Start(block, clock, ready, self.held, tally, ended)

    def _seconds(self, model: Model, us: int) -> float:
        return (us - model.origin_us) / SECOND

    def _is_fresh(self, starts: list[int], block: int, *, in_reserve: bool) -> bool:
        """Whether the block is still to open: nothing has happened in it, or only its reserve."""
        if self.held_by_block is None:
            return not self.held
        if self.held_by_block[block]:
            return False
        return in_reserve or self.last_us is None or self.last_us < starts[block]


def standing(  # noqa: PLR0913  # all that may be known
    session: Session,
    order: RunningOrder,
    called: int,
    *,
    records: Iterable[Record] = (),
    done: int | None = None,
    now: datetime | None = None,
) -> Standing:
    """Read where a session stands.

    Args:
        session: The session.
        order: Its running order.
        called: How many of the list may be heard.
        records: What happened so far.
        done: How many of the list are done, in its order, where nothing is recorded.
        now: The time now; by default when the last thing recorded ended.

    Raises:
        InvalidValue: All that is wrong with the records, at once; if more are done than inscribed,
            or the time now contradicts the rest.
    """
    given = as_records(tuple(records))
    moment = as_moment(now)
    now_us = None if moment is None else to_epoch(moment)[0]
    if given:
        if done is not None:
            msg = "records tell how many are done: leave out done="
            raise InvalidValue(msg)
        return _recorded(session, order, given, now_us)
    opens, zone = order.floor.blocks[0].start_us, order.floor.blocks[0].zone
    if done is None and now_us is not None:
        return _unrecorded(now_us, opens, zone)
    if done is None:
        return Standing()
    if not whole(done) or not 0 <= done <= called:
        msg = f"expected how many are done, from 0 to the {called} on the list, got {shown(done)}"
        raise InvalidValue(msg)
    if now_us is None:
        msg = f"{done} are done, but by when? Give the time now"
        raise InvalidValue(msg)
    if not done:
        return _unrecorded(now_us, opens, zone)
    if now_us < opens:
        msg = (
            f"{done} are done at {write_moment(from_epoch(now_us, zone))}, "
            f"before the session begins at {write_moment(from_epoch(opens, zone))}"
        )
        raise InvalidValue(msg)
    only = len(order.floor.blocks) == 1 or now_us < order.floor.blocks[1].start_us
    within = any(block.start_us <= now_us < block.end_us for block in order.floor.blocks)
    over = now_us >= order.floor.blocks[-1].end_us
    follows = told("is_over" if over else "next_opens")
    return Standing(
        done=frozenset(range(1, done + 1)),
        held=done,
        held_by_block=(done, *[0] * (len(order.floor.blocks) - 1)) if only else None,
        now_us=now_us,
        assumptions=(
            told("first_done", count=done),
            told("next_now") if within else follows,
        ),
    )


def _unrecorded(now_us: int, opens: int, zone: str) -> Standing:
    """Where a session stands of which nobody has had the floor."""
    now = write_moment(from_epoch(now_us, zone))
    if now_us < opens:
        return Standing(assumptions=(told("not_begun", time=now),))
    return Standing(now_us=now_us, assumptions=(told("nobody_yet", time=now),))


def _recorded(
    session: Session, order: RunningOrder, given: tuple[Record, ...], now_us: int | None
) -> Standing:
    found = Recorded(session, order)
    for number, record in enumerate(given, 1):
        found.read(number, record)
    found.judge(now_us)
    return Standing(
        records=tuple(found.records),
        done=frozenset({*found.spoken, *found.absent}),
        held=len(found.spoken),
        held_by_block=tuple(found.held_by_block),
        now_us=found.latest_us if now_us is None else now_us,
        speaking=found.speaking,
        last_us=found.last_us,
        ended_us=found.ended_us,
        paused=found.paused,
        assumptions=tuple(_taken_for_granted(order, found)),
    )


def _taken_for_granted(order: RunningOrder, found: Recorded) -> Iterator[Told]:
    """What records leave open."""
    if found.speaking is not None:
        return
    timed = [each for each in found.records if each.kind != "absent"]
    if found.paused and timed[-1].end is None:
        last = timed[-1]
        yield told(f"over_{last.kind}_of", who=last.who) if last.who else told(f"over_{last.kind}")
    held = len(found.spoken)
    if held and order.floor.frame.owed(held) is not None:
        yield told("reserve_held" if found.paused else "reserve_owed", count=held)
