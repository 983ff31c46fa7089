"""Where a session stands: what records, or a number of those who are done, say of its floor."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import from_epoch, to_epoch, write_moment
from r2psched.errors import InvalidValue, shown
from r2psched.fields import as_moment, whole
from r2psched.forecasting.masses import atom
from r2psched.forecasting.model import SECOND, Start, not_before, opened
from r2psched.forecasting.recorded import Recorded
from r2psched.pace import as_records

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from r2psched.forecasting.model import Model
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
        speaking: Position, start in microseconds and limit of whoever has the floor now, or None.
        last_us: When the last thing recorded ended, or None.
        paused: Whether that was none of the interventions, so that no changeover follows.
        assumptions: What it takes for granted.
    """

    records: tuple[Record, ...] = ()
    done: frozenset[int] = frozenset()
    held: int = 0
    held_by_block: tuple[int, ...] | None = None
    now_us: int | None = None
    speaking: tuple[int, int, timedelta] | None = None
    last_us: int | None = None
    paused: bool = False
    assumptions: tuple[str, ...] = ()

    def start(self, model: Model, pace: Pace, order: RunningOrder) -> Start | None:
        """Where a chain begins, or None at the beginning of the session."""
        if self.now_us is None:
            return None
        now = (self.now_us - model.origin_us) / SECOND
        if now < model.spans[0][0] and not self.held and self.last_us is None:
            return None
        known = self.held_by_block
        if self.speaking is not None:
            position, start_us, limit = self.speaking
            begun = (start_us - model.origin_us) / SECOND
            block = self._block(model, begun)
            kind = (pace.habit_of(order.inscriptions[position - 1]), limit.total_seconds())
            clock = atom(begun).after(model.kernel(kind, with_gap=False), model.step)
            clock = not_before(clock, now, model.step)
            if model.owed(model.counted(self.held)) is None:
                clock = clock.after(model.gap, model.step)
            return Start(block, clock, ready=False, held=self.held, tally=self._tally(known, block))
        block = self._block(model, now)
        tally = self._tally(known, block)
        last = -1.0 if self.last_us is None else (self.last_us - model.origin_us) / SECOND
        fresh = not self.held if self.last_us is None else last < model.spans[block][0] <= now
        if fresh:
            clock = opened(attrs.evolve(model, earliest=now), block)
        elif self.last_us is None or self.paused:
            clock = atom(max(now, last))
        elif model.owed(model.counted(self.held)) is not None:
            return Start(block, atom(max(now, last)), ready=False, held=self.held, tally=tally)
        else:
            clock = not_before(atom(last).after(model.gap, model.step), now, model.step)
        return Start(block, clock, ready=True, held=self.held, tally=tally)

    def _block(self, model: Model, moment: float) -> int:
        return max(0, bisect_right([start for start, _ in model.spans], moment) - 1)

    def _tally(self, known: tuple[int, ...] | None, block: int) -> int:
        return 0 if known is None else known[block]


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
    if done and now_us < opens:
        msg = (
            f"{done} are done at {write_moment(from_epoch(now_us, zone))}, "
            f"before the session begins at {write_moment(from_epoch(opens, zone))}"
        )
        raise InvalidValue(msg)
    only = len(order.floor.blocks) == 1 or now_us < order.floor.blocks[1].start_us
    return Standing(
        done=frozenset(range(1, done + 1)),
        held=done,
        held_by_block=(done, *[0] * (len(order.floor.blocks) - 1)) if only else None,
        now_us=now_us,
        assumptions=(f"the first {done} of the list are done, and the next begins now",),
    )


def _unrecorded(now_us: int, opens: int, zone: str) -> Standing:
    """Where a session stands of which nobody has had the floor."""
    now = write_moment(from_epoch(now_us, zone))
    if now_us < opens:
        return Standing(assumptions=(f"at {now} the session has not begun",))
    return Standing(now_us=now_us, assumptions=(f"nobody has had the floor by {now}",))


def _recorded(
    session: Session, order: RunningOrder, given: tuple[Record, ...], now_us: int | None
) -> Standing:
    found = Recorded(session, order)
    for number, record in enumerate(given, 1):
        found.read(number, record)
    found.judge(now_us)
    last = given[-1]
    goes_on = last.end is None and last.kind in {"reply", "break"}
    return Standing(
        records=tuple(found.records),
        done=frozenset({*found.spoken, *found.absent}),
        held=len(found.spoken),
        held_by_block=tuple(found.held_by_block),
        now_us=found.latest_us if now_us is None else now_us,
        speaking=found.speaking,
        last_us=found.last_us,
        paused=found.paused,
        assumptions=(f"{last} is over now",) if goes_on else (),
    )
