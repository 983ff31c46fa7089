"""Planning: each way out is taken and the list seated, so that its figures are what comes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import attrs

from r2psched import tables
from r2psched.durations import show
from r2psched.errors import InvalidValue, shown
from r2psched.planning.changed import bare, longer, more_limited, with_new_block
from r2psched.planning.values import Plan, Room, Way
from r2psched.speakers import SpeakingLimits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from r2psched.planning.values import Kind
    from r2psched.procedures import Attempt, Outcome, Procedure
    from r2psched.seating import RunningOrder
    from r2psched.sessions import Session
    from r2psched.speakers import SpeakerList

__all__ = ["plan"]

_GRID = "5 s"
_SHORTEST = SpeakingLimits(_GRID, for_all=True)
_TO_BE_STATED = (
    "minutes more, a new block, the cut line and room for more, which need a limit that is stated"
)


def plan(session: Session, *, observe: Callable[[str], object] | None = None) -> Plan:
    r"""What makes the list of a session fit, way beside way, or how many more it holds.

    Args:
        session: A session with a list.
        observe: Is called with what is counted next, for those who wait.

    Returns:
        For a list that is not all heard under its limits, before any step of its procedure: the
        longest equal limit for all and the longest default limit, multiples of 5 seconds; the
        least time more at the end; the least new block; the cut line; each step of the procedure.
        For one that fits: how many more of each kind are heard. Each way is the outcome of seating
        the list into the session so changed.

    Raises:
        InvalidValue: If it has no list, or its order is drawn by lot without a seed.

    >>> from r2psched import Day, Session, SpeakerList
    >>> day = Day("2014-09-08", zone="America/New_York")
    >>> speakers = SpeakerList([f"Delegation {n}" for n in range(1, 121)], limits="3 min")
    >>> floor = Session("Floor", [day("10:50-13:00"), day("15:00-17:50")], speakers=speakers)
    >>> print(*plan(floor).ways, sep="\n")
    a limit of 2 min 30 s for all: 120 of 120 are heard
    1 h 1 min more at the end of the last block: 120 of 120 are heard
    a new block of 1 h 3 min: 120 of 120 are heard
    the cut line, time permitting: 99 of 120 are heard
    """
    speakers = session.speakers
    if speakers is None:
        msg = f"the session {shown(session.title)} has no list of speakers"
        raise InvalidValue(msg)
    planner = _Planner(session, speakers, observe or (lambda _: None))
    return planner.plan()


@attrs.define
class _Planner:
    given: Session
    listed: SpeakerList
    observe: Callable[[str], object]
    without: list[str] = attrs.field(factory=list)

    def plan(self) -> Plan:
        self.observe("the list under its limits")
        session = bare(self.given, self.listed)
        speakers = session.speakers or self.listed
        order = None if self.given.limits is None else session.running_order()
        ways: list[Way] = []
        seated = order
        if speakers and (order is None or order.unheard):
            ways += self._limits(session, speakers, order)
            if order is not None:
                ways += self._times(session, order)
                ways.append(_cut_line(order))
            outcome = self._outcome()
            ways += self._steps(outcome)
            if outcome is not None and outcome.reached.lacks is None:
                seated = outcome.order
        if order is None:
            self.without.append(_TO_BE_STATED)
        floor = session.floor()
        return Plan(
            order,
            self.given.limit_cited,
            len(speakers),
            tuple(ways),
            () if seated is None else _room(seated, self.given.procedure),
            tuple(self.without),
            floor.assumptions,
            floor.at_most,
        )

    def _limits(
        self, session: Session, speakers: SpeakerList, order: RunningOrder | None
    ) -> Iterator[Way]:
        self.observe("the longest limits")
        shortest = more_limited(session, speakers, _SHORTEST)
        found = (order or shortest.running_order()).longest_limits(_GRID)
        if found.for_all is None:
            self.without.append(f"not even {_GRID} for everybody would let all be heard")
        else:
            limits = SpeakingLimits(found.for_all, for_all=True)
            yield _way(
                "limit",
                f"a limit of {show(found.for_all)} for all",
                found.for_all,
                more_limited(session, speakers, limits).running_order(),
                ("one limit for everybody, whatever limit one has of its own",),
                lacks=self._too_short(found.for_all),
            )
        if order is None or order.later_limits:
            return
        rules = set(map(order.limits.rule, order.inscriptions))
        if "default" not in rules or rules == {"default"}:
            return
        if found.default_only is None:
            self.without.append(f"not even a default limit of {_GRID} would let all be heard")
            return
        limits = attrs.evolve(order.limits, default=found.default_only)
        yield _way(
            "default limit",
            f"a default limit of {show(found.default_only)}",
            found.default_only,
            more_limited(session, speakers, limits).running_order(),
            ("the limits of categories, groups and single speakers as they are",),
            lacks=self._too_short(found.default_only),
        )

    def _too_short(self, limit: timedelta) -> str | None:
        procedure = self.given.procedure
        lowest = None if procedure is None else procedure.lowest_limit
        if procedure is None or lowest is None or limit >= lowest:
            return None
        return f"{procedure.id} shortens none below {show(lowest)}"

    def _times(self, session: Session, order: RunningOrder) -> Iterator[Way]:
        self.observe("more time at the end")
        try:
            more = longer(session, order)
            if more is None:
                self.without.append("the session has no block that could be longer")
            else:
                yield _way(
                    "minutes more",
                    _more_in_words(more.block, more.floor_time),
                    max(more.block, more.floor_time),
                    more.session.running_order(),
                    (_as_they_are(order),),
                )
            self.observe("a new block")
            length = order.missing_block()
            wider = with_new_block(session, order, length).running_order()
        except InvalidValue as error:
            # Lists whose limits add up to ages; the message says so.
            self.without.append(str(error))
            return
        rests_on = [_as_they_are(order)]
        rests_on += [
            f"{reserve.title}: at the end of the new block"
            for reserve in order.floor.reserves
            if reserve.at == "end" and order.floor.blocks
        ]
        way = _way("new block", f"a new block of {show(length)}", length, wider, tuple(rests_on))
        # Blocks of which a bound on the list leaves nothing were left out.
        *old, new = way.left_over
        none = [timedelta(0)] * (len(order.floor.blocks) - len(old))
        yield attrs.evolve(way, ends=None, left_over=(*old, *none, new))

    def _outcome(self) -> Outcome | None:
        procedure = self.given.procedure
        if procedure is None or not procedure.when_too_long:
            return None
        self.observe("the steps of the procedure")
        try:
            return self.given.outcome()
        except InvalidValue as error:
            # Such as lots without a seed: what else makes the list fit can be told all the same.
            self.without.append(f"{procedure.id}: {error}")
            return None

    def _steps(self, outcome: Outcome | None) -> Iterator[Way]:
        procedure = self.given.procedure
        if outcome is None or procedure is None:
            return
        cut = procedure.when_too_long[-1].step == "cut"
        steps = ((_number(each), each) for each in outcome.attempts)
        for number, attempt in sorted(steps, key=lambda pair: pair[0]):
            if not number:
                continue
            lacks = attempt.lacks
            if cut and number == len(procedure.when_too_long) and attempt.order is not None:
                lacks = _not_heard(attempt.order)
            what = f"step {number}: {attempt.step}"
            rests_on = (attempt.by,)
            if attempt.order is None:
                count = len(self.listed)
                yield Way("procedure", what, None, None, count, lacks=lacks, rests_on=rests_on)
                continue
            way = _way("procedure", what, _figure(attempt.order), attempt.order, rests_on)
            yield attrs.evolve(way, lacks=lacks, reached=attempt is outcome.reached)


def _number(attempt: Attempt) -> int:
    """The number of a step in its procedure, or 0 for the limits before any."""
    _, _, number = attempt.rule.partition("[")
    return int(number.removesuffix("]")) if number else 0


def _figure(order: RunningOrder) -> timedelta | None:
    """The limit of everybody, or None where there are several."""
    kinds = set(order.limits.kinds().values())
    return kinds.pop() if len(kinds) == 1 else None


def _way(  # noqa: PLR0913, PLR0917  # what every way is told with
    kind: Kind,
    what: str,
    figure: timedelta | None,
    order: RunningOrder,
    rests_on: tuple[str, ...],
    lacks: str | None = None,
) -> Way:
    return Way(
        kind,
        what,
        figure,
        len(order),
        len(order.inscriptions),
        order.ends,
        order.left_over,
        lacks,
        (*rests_on, *order.assumptions),
    )


def _as_they_are(order: RunningOrder) -> str:
    return f"limits as they are: {order.limits}"


def _more_in_words(block: timedelta, floor_time: timedelta) -> str:
    if not floor_time:
        return f"{show(block)} more at the end of the last block"
    more = f"{show(floor_time)} more for the list"
    return f"{more}, the last block {show(block)} longer" if block else more


def _cut_line(order: RunningOrder) -> Way:
    rests_on = (_as_they_are(order),)
    what = "the cut line, time permitting"
    return _way("cut line", what, None, order, rests_on, _not_heard(order))


def _not_heard(order: RunningOrder) -> str:
    count = len(order.unheard)
    first = f"number {len(order) + 1}, {tables.text_of(order.unheard[0])}"
    return f"{first}, is not heard" if count == 1 else f"{count} are not heard, first {first}"


def _room(order: RunningOrder, procedure: Procedure | None) -> tuple[Room, ...]:
    """How many more of each kind, those of the procedure among them, are heard behind the list."""
    if order.unheard:
        return ()
    limits, more = order.limits.kinds(), order.room_left()
    if procedure is not None and procedure.limits is not None:
        for kind, _ in procedure.limits.categories:
            more.setdefault(kind, more["default"])
    return tuple(
        Room(kind, None if order.later_limits else limits.get(kind, limits["default"]), count)
        for kind, count in more.items()
    )
