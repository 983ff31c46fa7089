"""Applying a procedure to a list: its steps, one after the other, until all are heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from r2psched import tables
from r2psched.durations import parse, show
from r2psched.errors import InvalidValue
from r2psched.ordering import Arrangement, Place, arrange, as_seed, draw, quoted
from r2psched.seating import seat
from r2psched.speakers import SpeakingLimits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta

    from r2psched.procedures.procedure import Procedure
    from r2psched.procedures.steps import Step
    from r2psched.reserves import Floor
    from r2psched.seating import RunningOrder
    from r2psched.speakers import Inscription, LimitsFrom, SpeakerList

    _Seated = tuple[RunningOrder, Arrangement, str]

__all__ = ["Attempt", "Outcome", "apply"]

_GRID = "5 s"


@attrs.frozen
class Attempt:
    """What came of one step.

    Attributes:
        step: What was tried, in words.
        rule: What was applied: "limit" of list or procedure, or "when_too_long[1]".
        by: Where the rule is stated: "the list", or the procedure with its sources.
        limit_by: Where the limits are stated, which those of an earlier step may still be.
        order: What the seating gave, or None if the step could not be taken.
        lacks: Why it was not enough, or None if it was.
    """

    step: str
    rule: str
    by: str
    order: RunningOrder | None
    lacks: str | None
    limit_by: str

    def row(self) -> dict[str, object]:
        """The attempt as a dict."""
        order = self.order
        return {
            "step": self.step,
            "rule": self.rule,
            "by": self.by,
            "heard": None if order is None else len(order),
            "of": None if order is None else len(order.inscriptions),
            "lacks": self.lacks,
        }


@attrs.frozen
class Outcome:
    """What a procedure makes of a list: who has which place and why, and which step was reached.

    Attributes:
        attempts: Every step that was tried, in order; the last is the one that was reached.
        arrangement: The list in order, each place with its reason.
    """

    attempts: tuple[Attempt, ...]
    arrangement: Arrangement

    @property
    def reached(self) -> Attempt:
        """The step under which the list is held."""
        return self.attempts[-1]

    @property
    def order(self) -> RunningOrder:
        """Who has the floor when under the step that was reached."""
        order = self.reached.order
        if order is None:
            msg = f"no step could be taken: {self.reached.lacks}"
            raise InvalidValue(msg)
        return order

    def rows(self) -> list[dict[str, object]]:
        """One dict for each step: what it was, how many were heard, what it lacked."""
        return [attempt.row() for attempt in self.attempts]

    def __str__(self) -> str:
        """A table of the steps."""
        return tables.plain(self.rows())

    def _repr_html_(self) -> str:
        return tables.html(self.rows())


def apply(
    session: str,
    speakers: SpeakerList,
    floor: Floor,
    procedure: Procedure | None = None,
) -> Outcome:
    """Put a list in order and seat it under the first step of its procedure that is enough.

    First come the limits of the list, or else of the procedure, then each step in turn. A list
    that is settled keeps its order, so that a draw that was made is not made again; where fewer
    places are settled than are drawn, lots fill the rest.

    Args:
        session: The id of the session.
        speakers: The list.
        floor: The blocks, reserves and changeover.
        procedure: The rules of the body, or None.

    Raises:
        InvalidValue: If neither list nor procedure states a limit that applies, or lots are to be
            drawn without a seed.
    """
    rules = () if procedure is None else procedure.order
    arrangement = arrange(speakers.inscriptions, rules, seed=speakers.seed)
    application = _Application(session, speakers, floor, procedure, arrangement)
    attempts: list[Attempt] = []
    for attempt, arranged in application.attempts():
        attempts.append(attempt)
        if attempt.order is not None:
            arrangement = arranged
        if attempt.lacks is None:
            break
    if not attempts:
        named = "" if procedure is None else f", and {procedure} states none for it"
        msg = f'the list states no limit{named}: give one, such as limit = "3 min"'
        raise InvalidValue(msg)
    return Outcome(tuple(_ending_in_an_order(attempts)), arrangement)


def _ending_in_an_order(attempts: list[Attempt]) -> list[Attempt]:
    """Put the last attempt that could be taken last, if no step was enough."""
    taken = [attempt for attempt in attempts if attempt.order is not None]
    if not taken:
        reasons = "; ".join(f"{attempt.step}: {attempt.lacks}" for attempt in attempts)
        msg = f'no step of the procedure applies ({reasons}): give the list a limit = "…"'
        raise InvalidValue(msg)
    last = taken[-1]
    return [*(attempt for attempt in attempts if attempt is not last), last]


@attrs.frozen
class _Application:
    session: str
    speakers: SpeakerList
    floor: Floor
    procedure: Procedure | None
    arrangement: Arrangement

    def attempts(self) -> Iterator[tuple[Attempt, Arrangement]]:
        """Each step in turn, with the order in which it puts the list."""
        before: _Seated | None = None
        limits, by = self.speakers.limits, "the list"
        if limits is None and self.procedure is not None:
            limits, by = self.procedure.limits, self.procedure.cited("limit")
        if limits is not None:
            order = self._seated(self.arrangement, limits, self.speakers.later_limits)
            before = order, self.arrangement, by
            yield _attempt(f"limits of {limits}", "limit", by, order), self.arrangement
        if self.procedure is None:
            return
        for number, step in enumerate(self.procedure.when_too_long, 1):
            rule = f"when_too_long[{number}]"
            attempt, arrangement = self._taken(step, (rule, self.procedure.cited(rule)), before)
            if attempt.order is not None:
                before = attempt.order, arrangement, attempt.limit_by
            yield attempt, arrangement

    def _taken(
        self, step: Step, rule: tuple[str, str], before: _Seated | None
    ) -> tuple[Attempt, Arrangement]:
        """Take one step, behind the last that could be taken."""
        if step.step == "draw":
            return self._drawn(step, rule, before)
        if step.step == "cut":
            if before is None:
                lacks = "no limit is stated for it"
                return Attempt(str(step), *rule, None, lacks, rule[1]), self.arrangement
            order, arrangement, by = before
            return Attempt(str(step), *rule, order, None, by), arrangement
        limits = step.limits or self._equal()
        if isinstance(limits, str):
            return Attempt(str(step), *rule, None, limits, rule[1]), self.arrangement
        words = f"{step}: {limits}" if step.step == "equal" else str(step)
        return _attempt(words, *rule, self._seated(self.arrangement, limits)), self.arrangement

    def _equal(self) -> SpeakingLimits | str:
        """The longest equal limit, or why it is none."""
        shortest = SpeakingLimits(_GRID, for_all=True)
        longest = self._seated(self.arrangement, shortest).longest_limits(_GRID).for_all
        lowest = (self.procedure and self.procedure.lowest_limit) or parse(_GRID)
        if longest is None:
            return f"not even {_GRID} for all would do"
        if longest < lowest:
            return f"it would be {show(longest)}, and none is shortened below {show(lowest)}"
        return SpeakingLimits(longest, for_all=True)

    def _drawn(
        self, step: Step, rule: tuple[str, str], before: _Seated | None
    ) -> tuple[Attempt, Arrangement]:
        number, inscribed = step.number or 0, len(self.arrangement)
        limits: SpeakingLimits | None = step.limits
        later: tuple[LimitsFrom, ...] = ()
        by = rule[1]
        if limits is None and before is not None:
            limits, later, by = before[0].limits, before[0].later_limits, before[2]
        lacks = None
        # Withdrawals after the draw leave fewer than were drawn, and it holds all the same.
        made = inscribed and all(each.inscription.place is not None for each in self.arrangement)
        if inscribed <= number and not made:
            lacks = f"{inscribed} are inscribed, and lots are drawn if more than {number} are"
        elif limits is None:
            lacks = "no limit is stated for those who are drawn"
        if lacks is not None or limits is None:
            return Attempt(str(step), *rule, None, lacks, by), self.arrangement
        arrangement = self._lots(min(number, inscribed))
        order = self._seated(arrangement, limits, later, number)
        attempt = _attempt(str(step), *rule, order, wanted=min(number, inscribed))
        return attrs.evolve(attempt, limit_by=by), arrangement

    def _lots(self, number: int) -> Arrangement:
        """The list in the order in which it is drawn, behind those whose places are settled.

        Where as many are settled as are drawn, the draw was made before.
        """
        settled = [each for each in self.arrangement if each.inscription.place is not None]
        first = len(settled)
        if first >= number:
            return self.arrangement
        seed = as_seed(self.speakers.seed)
        drawn = draw(seed, (each.inscription for each in self.arrangement.places[first:]))
        lots = (
            Place(first + at, who, _lot(at, number - first, len(drawn), seed))
            for at, who in enumerate(drawn, 1)
        )
        return Arrangement((*settled, *lots))

    def _seated(
        self,
        arrangement: Arrangement,
        limits: SpeakingLimits,
        later: tuple[LimitsFrom, ...] = (),
        most: int | None = None,
    ) -> RunningOrder:
        inscriptions: tuple[Inscription, ...] = arrangement.inscriptions
        return seat(self.session, inscriptions, limits, self.floor, later_limits=later, most=most)


def _lot(at: int, number: int, inscribed: int, seed: str) -> str:
    by = f"by lot among {inscribed} with the seed {quoted(seed)}"
    return f"drawn number {at} {by}" if at <= number else f"not among the {number} drawn {by}"


def _attempt(
    step: str, rule: str, by: str, order: RunningOrder, wanted: int | None = None
) -> Attempt:
    wanted = len(order.inscriptions) if wanted is None else wanted
    if len(order) >= wanted:
        return Attempt(step, rule, by, order, None, by)
    missing: timedelta | None = order.missing(order.inscriptions[wanted - 1].id)
    more = f": it would take {show(missing)} more" if missing is not None else ""
    return Attempt(step, rule, by, order, f"{len(order)} of {wanted} are heard{more}", by)
