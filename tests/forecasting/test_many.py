"""Many programmes: the same answers whoever does the work, and no failure that loses others."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import subprocess
import sys
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures import ThreadPoolExecutor as Threads
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pendulum
import pytest
from hypothesis import given

from r2psched import (
    Day,
    Inscription,
    LimitsFrom,
    Pace,
    Programme,
    Registration,
    Session,
    SpeakerList,
    TimeBlock,
    forecast,
    to_dict,
)
from r2psched.blocks import to_epoch
from r2psched.errors import InvalidValue
from r2psched.forecasting.many import Expected, Result, Summary, forecast_many
from tests.strategies import programmes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PACE = Pace(1.1, 0.3, 0.05, late="2 min")
DAY = Day("2014-09-08", zone="America/New_York")
TWICE = "America/New_York"
FIRST = pendulum.datetime(2014, 11, 2, 5, 30).in_timezone(TWICE)  # 01:30 EDT
SECOND = FIRST.add(hours=1)  # 01:30 EST


def meeting(name: str, *lists: SpeakerList, times: str = "10:00-10:12 11:00-11:10") -> Programme:
    """Make a programme with a session for each list."""
    blocks = [DAY(time) for time in times.split()]
    return Programme(
        name,
        "Dialogue",
        [Session(f"Floor {n}", blocks, speakers=each) for n, each in enumerate(lists, 1)],
        zone=TWICE,
    )


def listed(count: int, limit: str | None = "3 min") -> SpeakerList:
    """Make a list of so many."""
    return SpeakerList([f"Speaker {n}" for n in range(1, count + 1)], limit)


def good(count: int, first: int = 1) -> list[Programme]:
    """Make so many programmes, no two of one length."""
    return [meeting(f"p{n}", listed(n)) for n in range(first, first + count)]


def at_the_change() -> Programme:
    """Make a programme in the hours of the night that come twice, with moments in both."""
    assert (FIRST.hour, FIRST.fold, SECOND.hour, SECOND.fold) == (1, 0, 1, 1)
    speakers = SpeakerList(
        [Inscription("Chile", received=FIRST), Inscription("Fiji", received=SECOND), *"ABCDEFG"],
        "10 min",
        later_limits=[LimitsFrom("8 min", since=SECOND)],
        registration=Registration(opens=FIRST.subtract(days=1), closes=SECOND),
    )
    blocks = [
        TimeBlock(FIRST, FIRST.add(minutes=30)),
        TimeBlock(SECOND, SECOND.add(minutes=25)),
    ]
    floor = Session("Night", blocks, speakers=speakers)
    return Programme("night", "Night", [floor], zone=TWICE, revised=SECOND)


class Now(Executor):
    """Does everything when it is sent, but for the batches that it treats otherwise."""

    def __init__(self, treat: dict[int, Callable[[Future[Any]], object]] | None = None) -> None:
        self.treat, self.sent = treat or {}, 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401  # as its base
        """Do it, or what is done with this batch."""
        self.sent += 1
        future: Future[Any] = Future()
        if self.sent in self.treat:
            self.treat[self.sent](future)
        else:
            future.set_result(fn(*args, **kwargs))
        return future


@pytest.fixture(scope="module")
def two_processes() -> Iterator[ProcessPoolExecutor]:
    """Two processes that know nothing of this one."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        yield pool


def test_summary() -> None:
    """A summary says what the forecast of its session says."""
    programme = meeting("p", listed(8))
    (result,) = forecast_many([programme], PACE, tolerance="1 min")
    (summary,) = result.summaries
    found = forecast(programme["floor-1"], PACE, tolerance="1 min")
    assert (result.programme, result.failures) == ("p", ())
    assert (summary.programme, summary.session, summary.zone) == ("p", "floor-1", TWICE)
    assert summary.all_heard == found.all_heard
    assert summary.heard == tuple(found.heard.quantile(share) for share in (0.1, 0.5, 0.9))
    assert summary.ends == tuple(found.ends(share) for share in (0.1, 0.5, 0.9))
    assert summary.assumptions == found.assumptions
    assert [each.chance for each in summary.speakers] == list(found.chances)
    assert [each.id for each in summary.speakers] == [who.id for who in found.inscriptions]
    slots = [slot for slot in found.slots if slot is not None]
    for each, slot in zip(summary.speakers, slots, strict=False):
        assert each.place == slot.place
        assert (each.start, each.earliest, each.latest) == (slot.start, slot.earliest, slot.latest)


def test_not_heard() -> None:
    """Who has hardly a chance has no times, and a list that does not end has no end."""
    (result,) = forecast_many([meeting("p", listed(40))], PACE)
    (summary,) = result.summaries
    last = summary.speakers[-1]
    assert (last.place, last.start, last.earliest, last.latest) == (40, None, None, None)
    assert (summary.all_heard, summary.ends) == (0, (None, None, None))


@pytest.mark.parametrize("batch", [1, 3, 100])
@pytest.mark.parametrize("ahead", [1, 4])
def test_threads(batch: int, ahead: int) -> None:
    """Threads give the same results in the same order, however the work is cut."""
    many = good(7)
    with Threads(2) as pool:
        found = list(forecast_many(many, PACE, executor=pool, batch=batch, ahead=ahead))
    assert found == list(forecast_many(many, PACE))
    assert [result.programme for result in found] == [each.id for each in many]


@pytest.mark.parametrize("batch", [1, 3])
def test_processes(two_processes: ProcessPoolExecutor, batch: int) -> None:
    """Processes give the same results to the last bit, over a change of clocks too."""
    many = [*good(3), at_the_change(), meeting("none"), *good(2, 4)]
    found = list(forecast_many(many, PACE, executor=two_processes, batch=batch))
    assert [result.programme for result in found] == [each.id for each in many]
    assert repr(found) == repr(list(forecast_many(many, PACE)))
    assert [each.speakers for result in found for each in result.summaries] == [
        each.speakers for result in forecast_many(many, PACE) for each in result.summaries
    ]
    starts = [each.start for each in found[3].summaries[0].speakers if each.start is not None]
    assert {start.fold for start in starts if start.hour == 1} == {0, 1}


def test_dask(tmp_path: Path) -> None:
    """A cluster of Dask gives the same results as this process, and tells what fails."""
    from distributed import Client

    many = [*good(2), meeting("open", listed(3, None)), at_the_change()]
    with Client(  # type: ignore[no-untyped-call]  # it ships few types
        processes=True,
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",  # any that is free, where tests run side by side
        local_directory=str(tmp_path),
    ) as client:
        found = list(forecast_many(many, PACE, executor=client.get_executor(), batch=1))
    assert found == list(forecast_many(many, PACE))


def test_hash_seed() -> None:
    """Results do not depend on the seed of Python's hashes."""
    code = (
        "from tests.forecasting.test_many import *\n"
        "categories = [Inscription(f'S{n}', category=f'c{n % 3}') for n in range(9)]\n"
        "many = [meeting('p', SpeakerList(categories, '2 min')), at_the_change()]\n"
        "print([[each.speakers for each in r.summaries] for r in forecast_many(many, PACE)])\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(told) == 1
    assert told.pop().count(b"start_us") == 18


@given(programmes())
def test_programmes_cross(programme: Programme) -> None:
    """A programme is the same on the other side, to the second: no fold is lost."""
    crossed = pickle.loads(pickle.dumps(programme))  # noqa: S301  # our own
    assert crossed == programme
    assert to_dict(crossed) == to_dict(programme)


def test_moments_cross() -> None:
    """Each moment of the hour that comes twice crosses, also when answers are remembered."""
    programme = at_the_change()
    before = programme["night"].running_order()
    assert programme["night"].capacity().total == 6
    crossed = pickle.loads(pickle.dumps(programme))  # noqa: S301  # our own
    assert crossed == programme
    night = crossed["night"]
    assert night.capacity() == programme["night"].capacity()
    assert night.running_order().slots == before.slots
    chile, fiji, *_ = night.speakers
    moments = [
        chile.received,
        fiji.received,
        night.speakers.later_limits[0].since,
        night.speakers.registration.closes,
        crossed.revised,
        night.blocks[0].start,
        night.blocks[1].start,
    ]
    first, second = to_epoch(FIRST), to_epoch(SECOND)
    expected = [first, second, second, second, second, first, second]
    assert [to_epoch(each)[0] for each in moments] == [us for us, _ in expected]


def test_failures() -> None:
    """What cannot be forecast says why, in its place, and the others are there."""
    many: list[Any] = [
        meeting("stated", listed(3)),
        meeting("open", listed(3, None)),
        meeting("empty", SpeakerList(limits="3 min")),
        meeting("both", listed(2), SpeakerList(limits="3 min"), listed(4)),
        "no programme",
        meeting("untimed", listed(3), times=""),
        meeting("last", listed(5)),
    ]
    here = list(forecast_many(many, PACE))
    with Threads(2) as pool:
        assert list(forecast_many(many, PACE, executor=pool, batch=2)) == here
    told = [(each.programme, len(each.summaries), list(map(str, each.failures))) for each in here]
    assert [(name, summaries, len(failures)) for name, summaries, failures in told] == [
        ("stated", 1, 0),
        ("open", 0, 1),
        ("empty", 0, 1),
        ("both", 2, 1),
        (None, 0, 1),
        ("untimed", 0, 1),
        ("last", 1, 0),
    ]
    assert told[1][2][0].startswith("floor-1: InvalidValue: the session")
    assert "states no limit" in told[1][2][0]
    assert "nobody is inscribed" in told[2][2][0]
    assert told[3][2][0].startswith("floor-2: ")
    assert told[4][2] == ['InvalidValue: expected a programme, got "no programme"']


class Unreadable:
    """Can be pickled, but not read."""

    def __reduce__(self) -> tuple[type[int], tuple[str]]:
        """Say how it is read."""
        return int, ("nothing",)


class Mute(Exception):
    """Cannot tell itself."""

    def __str__(self) -> str:
        """Fail once more."""
        raise self


class Silent:
    """Cannot be pickled, and does not say why."""

    def __reduce__(self) -> tuple[type[int], tuple[str]]:
        """Fail."""
        raise Mute


@pytest.mark.parametrize(
    ("given", "kind"),
    [(memoryview(b""), "TypeError"), (Unreadable(), "ValueError"), (Silent(), "Mute")],
)
def test_unpicklable(given: object, kind: str) -> None:
    """A programme that cannot be sent, or not be read there, fails alone in its batch."""
    many = good(3)
    object.__setattr__(many[1].sessions[0], "description", given)
    found = list(forecast_many(many, PACE, executor=Now()))
    assert [len(result.summaries) for result in found] == [1, 0, 1]
    assert [(each.session, each.kind) for each in found[1].failures] == [(None, kind)]


class Exits:
    """Ends the process that reads it."""

    def __reduce__(self) -> tuple[Callable[[int], object], tuple[int]]:
        """Say how it is read."""
        return os._exit, (1,)


def test_worker_dies() -> None:
    """A worker that dies is told for each programme that it takes along; nothing is raised."""
    many = good(6)
    object.__setattr__(many[2].sessions[0], "description", Exits())
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        found = list(forecast_many(many, PACE, executor=pool, batch=2, ahead=1))
    assert [result.programme for result in found] == [each.id for each in many]
    assert found[:2] == list(forecast_many(many[:2], PACE))
    assert {each.kind for result in found[2:] for each in result.failures} == {"BrokenProcessPool"}
    assert all(result.failures for result in found[2:])


def test_cancelled() -> None:
    """A batch that somebody cancels is told for each of its programmes; the others are there."""
    many = good(6)
    executor = Now({2: Future.cancel})
    found = list(forecast_many(many, PACE, executor=executor, batch=2))
    assert [bool(result.summaries) for result in found] == [True, True, False, False, True, True]
    told = "CancelledError: the batch was cancelled before it was done"
    assert [list(map(str, result.failures)) for result in found[2:4]] == [[told], [told]]


def test_shut_down() -> None:
    """An executor that takes nothing any more is told for each programme."""
    pool = Threads(1)
    pool.shutdown()
    found = list(forecast_many(good(3), PACE, executor=pool, batch=1))
    assert [result.programme for result in found] == ["p1", "p2", "p3"]
    assert all("after shutdown" in str(result.failures[0]) for result in found)


def interrupt(future: Future[Any]) -> None:
    """End a batch as Ctrl-C does in a worker."""
    future.set_exception(KeyboardInterrupt())


def test_interrupted() -> None:
    """Ctrl-C stops it, and cancels what is pending."""
    pending: list[Future[Any]] = []
    executor = Now({2: interrupt, 3: pending.append, 4: pending.append})
    found = forecast_many(good(4), PACE, executor=executor, batch=1)
    with pytest.raises(KeyboardInterrupt):
        next(found)
    assert [future.cancelled() for future in pending] == [True, True]
    assert list(found) == []


def test_closed() -> None:
    """Whoever asks for no more cancels what is pending."""
    pending: list[Future[Any]] = []
    executor = Now({2: pending.append, 3: pending.append})
    with closing(forecast_many(good(3), PACE, executor=executor, batch=1)) as found:
        assert next(found).programme == "p1"
        assert not any(future.cancelled() for future in pending)
    assert [future.cancelled() for future in pending] == [True, True]


@pytest.mark.parametrize("executor", [None, Now()])
def test_taken_as_asked(executor: Executor | None) -> None:
    """No more programmes are taken from a generator than are under way."""
    taken = 0

    def endless() -> Iterator[Programme]:
        nonlocal taken
        while True:
            taken += 1
            yield meeting(f"p{taken}", listed(1))

    with closing(forecast_many(endless(), Pace(), executor=executor, batch=2, ahead=3)) as found:
        for n in range(1, 9):
            assert next(found).programme == f"p{n}"
            assert taken <= n + 2 * 3


@pytest.mark.parametrize("executor", [None, Now()])
def test_broken_source(executor: Executor | None) -> None:
    """What a generator raises is raised behind the results of all that it gave before."""

    def broken() -> Iterator[Programme]:
        yield from good(3)
        msg = "unreadable"
        raise OSError(msg)

    found: list[Result] = []
    with pytest.raises(OSError, match="unreadable"):
        found.extend(forecast_many(broken(), Pace(), executor=executor, batch=2))
    assert [result.programme for result in found] == ["p1", "p2", "p3"]


def test_progress() -> None:
    """Progress is told as batches are done, also while the first is still under way."""
    slow: list[Future[Any]] = []
    told: list[tuple[int, int]] = []

    def observe(done: int, failed: int) -> None:
        told.append((done, failed))
        if told[-1] == (5, 1):
            slow[0].set_result(list(forecast_many(many[:2], PACE)))

    many = [*good(4), meeting("open", listed(3, None)), *good(2, 5)]
    executor = Now({1: slow.append})
    found = list(forecast_many(many, PACE, executor=executor, batch=2, observe=observe))
    assert told == [(2, 0), (4, 1), (5, 1), (7, 1)]
    assert found == list(forecast_many(many, PACE))


def test_progress_here() -> None:
    """Without an executor progress is told for each programme."""
    told: list[tuple[int, int]] = []
    many = [*good(1), meeting("open", listed(3, None)), *good(1)]
    list(forecast_many(many, PACE, observe=lambda *numbers: told.append(numbers)))
    assert told == [(1, 0), (2, 1), (3, 1)]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"pace": 1.1}, "expected a pace"),
        ({"tolerance": "-1 min"}, "expected a duration"),
        ({"executor": 2}, "expected an executor"),
        ({"batch": 0}, "how many programmes make a batch, a whole number from 1, got 0"),
        ({"batch": True}, "got True"),
        ({"programmes": 5}, "expected several programmes, such as .programme., got 5"),
        ({"programmes": meeting("p", listed(1))}, "expected several programmes"),
        ({"ahead": 1.5}, "how many batches may be under way, a whole number from 1, got 1.5"),
    ],
)
def test_refused(given: dict[str, Any], message: str) -> None:
    """An argument that has no meaning is refused at once, before any result is asked for."""
    with pytest.raises(InvalidValue, match=message):
        forecast_many(**{"programmes": [], **given})


def test_told() -> None:
    """Results and summaries are told as rows, text and HTML."""
    result, failed, other = forecast_many(
        [meeting("p", listed(2)), meeting("open", listed(1, None)), None],  # type: ignore[list-item]  # what is refused
        Pace(),
    )
    (summary,) = result.summaries
    assert [row["place"] for row in summary.rows()] == [1, 2]
    assert summary.rows()[1]["start"] == DAY.at("10:03")
    assert result.rows() == [summary.row()]
    assert result.rows()[0] | {} == {
        "programme": "p",
        "session": "floor-1",
        "all heard": 1.0,
        "heard 10 %": 2,
        "heard 50 %": 2,
        "heard 90 %": 2,
        "ends 10 %": DAY.at("10:06"),
        "ends 50 %": DAY.at("10:06"),
        "ends 90 %": DAY.at("10:06"),
    }
    assert str(summary).splitlines() == [
        "p, floor-1: all heard with 100 %, heard 2 to 2",
        "place  id         chance  earliest          start             latest",
        "    1  speaker-1  100 %   2014-09-08 10:00  2014-09-08 10:00  2014-09-08 10:00",
        "    2  speaker-2  100 %   2014-09-08 10:03  2014-09-08 10:03  2014-09-08 10:03",
    ]
    assert "2014-09-08 10:06" in str(result)
    assert "<td>speaker-2</td>" in summary._repr_html_()
    assert "<td>100 %</td>" in result._repr_html_()
    assert failed.rows()[0].keys() == {"programme", "session", "failed"}
    assert "states no limit" in str(failed)
    assert other.rows()[0]["programme"] is None


def test_times_are_told_to_the_nearest_minute() -> None:
    """The table of a summary tells the same minutes as the forecast does."""
    expected = Expected("a", 1, 1.0, DAY.at("10:02:40").int_timestamp * 10**6, None, DAY.zone)
    summary = Summary("p", "floor", DAY.zone, 1.0, (1, 1, 1), (None,) * 3, (expected,), ())
    assert "2014-09-08 10:03" in str(summary)


def test_without_numpy() -> None:
    """Without numpy whoever takes it says which extra to install."""
    program = "import sys; sys.modules['numpy'] = None\n"
    program += "from r2psched.forecasting.many import forecast_many"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert b"MissingExtra: forecasting needs an optional part: pip install" in done.stderr
