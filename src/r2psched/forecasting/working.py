"""What is done with one programme of many, wherever that is: values in, values out."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, NamedTuple

from r2psched.blocks import to_epoch
from r2psched.errors import InvalidValue, shown
from r2psched.forecasting import forecast  # says what is missing without numpy
from r2psched.forecasting.results import Expected, Failure, Result, Summary
from r2psched.programme import Programme

if TYPE_CHECKING:
    from datetime import timedelta

    import pendulum

    from r2psched.pace import Pace
    from r2psched.sessions import Session

__all__ = ["Task", "Work", "packed"]

_LOW, _MIDDLE, _HIGH = 0.1, 0.5, 0.9


class Task(NamedTuple):
    """One programme on its way to whoever does the work.

    Attributes:
        programme: Its id, or None for something that is no programme.
        octets: Its id and lists pickled, apart from those of others: what one of them has that
            cannot be pickled, or read where it comes to, is no matter of the others.
        failure: Why it is not sent.
    """

    programme: str | None
    octets: bytes
    failure: Failure | None = None


def packed(programme: object) -> Task:
    """Pack a programme.

    Its values hold moments in UTC and the times of blocks as numbers: no fold that gets lost.
    """
    if not isinstance(programme, Programme):
        error = InvalidValue(f"expected a programme, got {shown(programme)}")
        return Task(None, b"", Failure.of(error))
    try:
        return Task(programme.id, pickle.dumps((programme.id, programme.lists)))
    except Exception as error:  # noqa: BLE001  # what others put into it may raise anything
        return Task(programme.id, b"", Failure.of(error))


class Work(NamedTuple):
    """What is done with each programme: a forecast with a pace and a tolerance."""

    pace: Pace | None
    tolerance: timedelta

    def results(self, tasks: list[Task]) -> list[Result]:
        """Forecast a batch of packed programmes."""
        return [self._unpacked(task) for task in tasks]

    def result(self, programme: object) -> Result:
        """Forecast the lists of a programme of this process."""
        if not isinstance(programme, Programme):
            return self._unpacked(packed(programme))
        return self._result(programme.id, programme.lists)

    def _unpacked(self, task: Task) -> Result:
        if task.failure is not None:
            return Result(task.programme, failures=(task.failure,))
        try:
            programme, sessions = pickle.loads(task.octets)  # noqa: S301  # our own, of just now
        except Exception as error:  # noqa: BLE001  # what cannot be read fails alone
            return Result(task.programme, failures=(Failure.of(error),))
        return self._result(programme, sessions)

    def _result(self, programme: str, sessions: tuple[Session, ...]) -> Result:
        summaries, failures = [], []
        for session in sessions:
            try:
                summaries.append(self._summary(programme, session))
            except Exception as error:  # noqa: BLE001  # whatever it is, the others go on
                failures.append(Failure.of(error, session.id))
        return Result(programme, tuple(summaries), tuple(failures))

    def _summary(self, programme: str, session: Session) -> Summary:
        found = forecast(session, self.pace, tolerance=self.tolerance)
        zone, heard = found.zone, found.heard
        each = zip(found.positions, found.inscriptions, found.chances, found.slots, strict=True)
        speakers = tuple(
            Expected(
                id=who.id,
                place=place,
                chance=float(chance),
                start_us=None if slot is None else slot.start_us,
                window=None if slot is None else slot.window,
                zone=zone,
            )
            for place, who, chance, slot in each
        )
        return Summary(
            programme=programme,
            session=session.id,
            zone=zone,
            all_heard=float(found.all_heard),
            heard=(heard.quantile(_LOW), heard.quantile(_MIDDLE), heard.quantile(_HIGH)),
            ends_us=(_us(found.ends(_LOW)), _us(found.ends(_MIDDLE)), _us(found.ends(_HIGH))),
            speakers=speakers,
            assumptions=found.assumptions,
        )


def _us(moment: pendulum.DateTime | None) -> int | None:
    return None if moment is None else to_epoch(moment)[0]
