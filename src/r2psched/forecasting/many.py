"""Forecasting many programmes, in this process or by any executor."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from r2psched.durations import as_duration
from r2psched.errors import InvalidValue, shown
from r2psched.fields import optional, whole
from r2psched.forecasting.results import Expected, Failure, Result, Summary
from r2psched.forecasting.working import Task, Work, packed
from r2psched.pace import Pace
from r2psched.programme import Programme

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

__all__ = ["Expected", "Failure", "Result", "Summary", "forecast_many"]

_PATIENCE = 1.0
"""Seconds after which a wait looks up: not on every system does Ctrl-C end a longer one."""
_as_pace = optional(Pace, "a pace, such as Pace(1.1, 0.3)")
_as_executor = optional(Executor, "an executor, such as concurrent.futures.ProcessPoolExecutor()")


def _as_number(value: object, what: str) -> int:
    if isinstance(value, int) and whole(value) and value >= 1:
        return value
    msg = f"expected {what}, a whole number from 1, got {shown(value)}"
    raise InvalidValue(msg)


def _as_programmes(value: object) -> Iterable[Programme]:
    # A programme itself can be gone through: it gives its sessions.
    if isinstance(value, Iterable) and not isinstance(value, (str, Programme)):
        return value
    msg = f"expected several programmes, such as [programme], got {shown(value)}"
    raise InvalidValue(msg)


def forecast_many(  # noqa: PLR0913  # what is forecast, and how the work is spread
    programmes: Iterable[Programme],
    pace: Pace | None = None,
    *,
    tolerance: timedelta | str = timedelta(0),
    executor: Executor | None = None,
    batch: int = 20,
    ahead: int = 64,
    observe: Callable[[int, int], object] | None = None,
) -> Generator[Result, None, None]:
    """Forecast every list of many programmes: each as `forecast` does, whoever does the work.

    One result for each programme, in their order, as soon as it is there. What fails is told in
    the result of its programme, and no other is lost. No more programmes are held at a time than
    `batch` and `ahead` allow, so there may be more than memory holds. Whoever stops asking for
    results, or is interrupted, cancels the batches that have not begun.

    Args:
        programmes: The programmes; may be a generator. What that raises is raised here, behind
            the results of all that it gave before.
        pace: As for `forecast`, for all of them.
        tolerance: As for `forecast`.
        executor: What does the work, such as a `ProcessPoolExecutor`, or `Client.get_executor()`
            of Dask; None for this process. It is not shut down.
        batch: How many programmes make one task of the executor.
        ahead: How many batches may be under way, or done and not asked for; at least twice as
            many as the executor has workers keep it busy.
        observe: Is called, in this thread, whenever more are done: with the number of programmes
            done so far, and of those among them in which something failed.

    Raises:
        InvalidValue: If an argument has no meaning.

    >>> from r2psched import Day, Pace, Programme, Session, SpeakerList
    >>> block = Day("2014-09-08", zone="UTC")("10:00-11:00")
    >>> people = [f"Speaker {n}" for n in range(1, 20)]
    >>> lists = {"stated": SpeakerList(people, "3 min"), "open": SpeakerList(people)}
    >>> meetings = [
    ...     Programme(name, "Debate", Session("Floor", block, speakers=listed))
    ...     for name, listed in lists.items()
    ... ]
    >>> for result in forecast_many(meetings, Pace(1, 0.3)):
    ...     for summary in result.summaries:
    ...         print(result.programme, summary.heard, round(summary.all_heard, 2))
    ...     for failure in result.failures:
    ...         print(result.programme, failure)
    stated (18, 19, 19) 0.79
    open floor: InvalidValue: the session "Floor" states no limit: give one, such as limit="3 min"
    """
    work = Work(_as_pace(pace), as_duration(tolerance))
    progress = _Progress(observe)
    size = _as_number(batch, "how many programmes make a batch")
    most = _as_number(ahead, "how many batches may be under way")
    chosen = _as_executor(executor)
    given = _as_programmes(programmes)
    if chosen is None:
        return _here(given, work, progress)
    return _Spread(given, work, progress, chosen, size, most).results()


class _Progress:
    """Counts what is done, and tells it."""

    def __init__(self, observe: Callable[[int, int], object] | None) -> None:
        self._observe = observe
        self._done = self._failed = 0

    def add(self, results: list[Result]) -> None:
        """Count some more."""
        self._done += len(results)
        self._failed += sum(bool(result.failures) for result in results)
        if self._observe is not None:
            self._observe(self._done, self._failed)


def _here(
    programmes: Iterable[Programme], work: Work, progress: _Progress
) -> Generator[Result, None, None]:
    for programme in programmes:
        result = work.result(programme)
        progress.add([result])
        yield result


class _Sent(NamedTuple):
    """A batch under way."""

    tasks: list[Task]
    future: Future[list[Result]]

    def results(self) -> list[Result]:
        """What became of each, once it is done; what befell the batch befell each of it."""
        try:
            return self.future.result()
        except CancelledError:
            msg = "the batch was cancelled before it was done"
            failure = Failure(None, CancelledError.__name__, msg)
        except Exception as error:  # noqa: BLE001  # whatever it is, the others go on
            failure = Failure.of(error)
        return [Result(task.programme, failures=(failure,)) for task in self.tasks]


class _Spread:
    """Spreads the work over an executor, a few batches ahead of what is asked for."""

    def __init__(  # noqa: PLR0913, PLR0917  # all that the loop needs
        self,
        programmes: Iterable[Programme],
        work: Work,
        progress: _Progress,
        executor: Executor,
        size: int,
        most: int,
    ) -> None:
        self._tasks = map(packed, self._kept(programmes))
        self._work, self._progress = work, progress
        self._executor, self._size, self._most = executor, size, most
        self._waiting: deque[_Sent] = deque()
        self._running: dict[Future[list[Result]], _Sent] = {}
        self._error: Exception | None = None

    def results(self) -> Generator[Result, None, None]:
        """Give the results in order, and keep the executor busy."""
        try:
            while self._fill():
                self._await(self._waiting[0].future)
                yield from self._waiting.popleft().results()
            if self._error is not None:
                raise self._error
        finally:
            for sent in self._waiting:
                sent.future.cancel()

    def _kept(self, programmes: Iterable[Programme]) -> Iterator[Programme]:
        """Give the programmes, and keep what ends them before their time until all are told."""
        try:
            yield from programmes
        except Exception as error:  # noqa: BLE001  # it is raised in the end
            self._error = error

    def _fill(self) -> bool:
        """Send as many batches as may be under way; say whether there is any."""
        while len(self._waiting) < self._most:
            tasks = list(islice(self._tasks, self._size))
            if not tasks:
                break
            sent = _Sent(tasks, self._submitted(tasks))
            self._waiting.append(sent)
            self._running[sent.future] = sent
        return bool(self._waiting)

    def _submitted(self, tasks: list[Task]) -> Future[list[Result]]:
        try:
            return self._executor.submit(self._work.results, tasks)
        except Exception as error:  # noqa: BLE001  # a broken pool takes no more work
            broken: Future[list[Result]] = Future()
            broken.set_exception(error)
            return broken

    def _await(self, head: Future[list[Result]]) -> None:
        while head in self._running:
            wait(self._running, _PATIENCE, FIRST_COMPLETED)
            for future in [each for each in self._running if each.done()]:
                self._progress.add(self._running.pop(future).results())
