"""Rules on procedures: what they need of a list, and what becomes of it under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched import tables
from r2psched.checks.rules import Said, lists_of, no_seed, outcome_of, rule
from r2psched.speakers.changes import REPLY

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from r2psched.procedures import Attempt
    from r2psched.programme import Programme
    from r2psched.seating import Slot

__all__: list[str] = []


@rule("no-seed", "error")
def _no_seed(programme: Programme) -> Iterator[Said]:
    """Lots are to be drawn for a list that states no seed."""
    for place, session, speakers in lists_of(programme):
        if session.procedure is None or not speakers.inscriptions or speakers.seed is not None:
            continue
        refusal = outcome_of(session)
        if isinstance(refusal, str) and refusal == no_seed():
            message, _, remedy = refusal.partition(": ")
            yield Said(f"{place}: speakers", message, remedy)


@rule("procedure-step", "note")
def _procedure_step(programme: Programme) -> Iterator[Said]:
    """A list does not fit under its limits, and a step of the procedure is enough for it."""
    for place, session, speakers in lists_of(programme):
        procedure = session.procedure
        if procedure is None or not session.blocks or not speakers.inscriptions:
            continue
        outcome = outcome_of(session)
        if isinstance(outcome, str) or outcome.reached.lacks is not None:
            continue
        *earlier, reached = outcome.attempts
        if session.limits is not None and not earlier:
            continue
        not_enough = ", ".join(map(_lacking, earlier))
        before = f"not enough: {not_enough}; " if not_enough else ""
        order = outcome.order
        yield Said(
            f"{place}: speakers",
            f"{before}{procedure.id} goes on to {reached.step}: "
            f"{len(order)} of {len(order.inscriptions)} are heard",
            "tell the speakers before the list is called",
        )


@rule("reply-before-others", "warning")
def _reply_before_others(programme: Programme) -> Iterator[Said]:
    """Somebody speaks behind a right of reply on its day, at the end of which it belongs."""
    for place, session, speakers in lists_of(programme):
        if not any(who.category == REPLY for who in speakers):
            continue
        outcome = outcome_of(session)
        slots = () if isinstance(outcome, str) else outcome.order.slots
        last: dict[dt.date, Slot] = {}
        for slot in slots:
            if slot.inscription.category != REPLY:
                last[slot.start.date()] = slot
        for slot in slots:
            behind = last.get(slot.start.date())
            if slot.inscription.category == REPLY and behind and behind.place > slot.place:
                who = tables.text_of(behind.inscription)
                yield Said(
                    f"{place}: speakers",
                    f"the reply of {tables.text_of(slot.inscription)}, number {slot.place}, stands "
                    f"before number {behind.place}, {who}, on the same day",
                    "withdraw the reply and give it again: r2psched list FILE reply NAME --day …",
                )


def _lacking(attempt: Attempt) -> str:
    return f"{attempt.step} ({attempt.lacks})"
