"""The referee plays what is right without it: what is certain, and what is small."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from r2psched import Day, Inscription, Reserve, Session, SpeakerList
from r2psched.pace import Law, Pace
from tests.forecasting.distances import of_chance, of_counts, of_ends, of_starts
from tests.forecasting.referee import Floats, Paths, Standing, play, simulate
from tests.forecasting.sessions import Case, cases

DAY = Day("2014-09-08", zone="UTC")
CASES = cases()


def session(blocks: str, people: int, *reserves: Reserve, limit: str = "4 min") -> Session:
    """Make a session of so many speakers."""
    names = [f"Speaker {n}" for n in range(people)]
    times = [DAY(block) for block in blocks.split()]
    return Session("Debate", times, reserves=reserves, speakers=SpeakerList(names, limit))


def played(  # noqa: PLR0913  # as the referee takes it
    given: Session,
    pace: Pace,
    minutes: float = 0,
    *,
    paths: int = 20_000,
    standing: Standing | None = None,
    seed: int = 1,
) -> Paths:
    """Play a session, with a tolerance in minutes."""
    rng = np.random.Generator(np.random.SFC64(seed))
    tolerance = timedelta(minutes=minutes)
    order = given.running_order()
    return play(order, pace, rng, tolerance=tolerance, paths=paths, standing=standing)


def minutes(starts: Floats) -> list[float | None]:
    """Give the starts of the first meeting in minutes."""
    return [None if np.isnan(start) else float(start / 60) for start in starts[:, 0]]


def test_there_are_cases_enough_and_each_has_its_name() -> None:
    """At least 45 sessions are generated, always the same."""
    assert len({case.name for case in CASES}) == len(CASES) >= 45
    assert cases() == CASES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_certain_is_the_running_order(case: Case) -> None:
    """Everybody present, punctual and as long as the limit: the seats, to the second."""
    order = case.session.running_order()
    found = played(case.session, Pace(), paths=2)
    expected = [slot.start_us / 1e6 - order.floor.blocks[0].start_us / 1e6 for slot in order]
    heard = len(expected)
    assert found.starts[:heard].tolist() == [[start, start] for start in expected]
    assert np.isnan(found.starts[heard:]).all()
    assert found.block[:heard, 0].tolist() == [slot.block - 1 for slot in order]
    assert found.all_heard.tolist() == [not order.unheard] * 2


def test_with_a_tolerance_who_begins_before_the_end_may_finish() -> None:
    """With 4 minutes one begins 3 before the end if 1 is tolerated; nobody begins at the end."""
    given = session("10:00-10:07 11:00-11:10", 5)
    assert minutes(played(given, Pace()).starts) == [0, 60, 64, None, None]
    assert minutes(played(given, Pace(), 1).starts) == [0, 4, 60, 64, None]
    assert minutes(played(given, Pace(), 9).starts) == [0, 4, 60, 64, 68]
    even = session("10:00-10:08 11:00-11:10", 3)
    assert minutes(played(even, Pace(), 9).starts) == [0, 4, 60]


def test_overrun_delays_the_next_block() -> None:
    """Who begins in time speaks to the end, and the next block opens no sooner than that."""
    given = session("10:00-10:05 10:06-10:12 10:14-10:24", 3)
    assert minutes(played(given, Pace(2)).starts) == [0, 8, 16]
    assert minutes(played(given, Pace(3)).starts) == [0, 14, None]


def test_lateness_and_changeovers() -> None:
    """Each block opens late; a changeover stands between two, and at no opening."""
    given = session("10:00-10:15 11:00-11:15", 5)
    pace = Pace(late="2 min", changeover="1 min")
    assert minutes(played(given, pace).starts) == [2, 7, 62, 67, None]
    assert minutes(played(given, Pace(changeover="0 s")).starts) == [0, 4, 8, 60, 64]


def test_a_reserve_replaces_the_changeover_and_opens_the_next_block() -> None:
    """It is held if it ends with the block, else in the next; then the speaker needs his limit."""
    every = Reserve("Replies", every=2, length="3 min")
    pace = Pace(changeover="1 min")
    fits = session("10:00-10:16 11:00-11:16", 3, every)
    assert minutes(played(fits, pace).starts) == [0, 5, 12]
    held = session("10:00-10:13 11:00-11:16", 3, every)
    assert minutes(played(held, pace).starts) == [0, 5, 60]
    moved = session("10:00-10:11 11:00-11:16", 4, every)
    assert minutes(played(moved, pace).starts) == [0, 5, 63, 68]


def test_absent_speakers_take_no_time() -> None:
    """Of two who fit one place the second is heard if the first is away; so half of the time."""
    found = played(session("10:00-10:04", 2), Pace(absent=0.5))
    second = ~found.absent[1]
    assert (found.block[1][second] == 0).mean() == pytest.approx(0.5, abs=0.02)
    assert (found.block[1] == 0)[second].tolist() == found.absent[0][second].tolist()
    assert found.all_heard.mean() == pytest.approx(0.75, abs=0.02)
    assert (found.ends == 0).mean() == pytest.approx(0.25, abs=0.02)


def test_absent_speakers_do_not_count_for_reserves() -> None:
    """The reserve after two comes before the third of those who are there."""
    every = Reserve("Replies", every=2, length="3 min")
    found = played(session("10:00-11:00", 4, every), Pace(absent=0.3))
    before = (~found.absent[:3]).sum(axis=0)
    there = ~found.absent[3]
    expected = 4 * before + 3 * (before >= 2)
    assert (found.starts[3] / 60)[there].tolist() == expected[there].tolist()


@pytest.mark.parametrize("family", ["lognormal", "gamma"])
@pytest.mark.parametrize("cut", [None, 1.0, 1.2])
def test_lengths_follow_the_law(family: str, cut: float | None) -> None:
    """The second begins when the first has ended, and that is as the law says."""
    pace = Pace(1.1, 0.4, family=family, cut=cut)  # type: ignore[arg-type]  # as given
    found = np.sort(played(session("10:00-12:00", 2), pace).starts[1]) / 240
    law = Law(1.1, 0.4, pace.family, cut)
    for x in (0.5, 0.8, 0.99, 1.1, 1.3):
        share = np.searchsorted(found, x, side="right") / found.size
        assert share == pytest.approx(law.below(x), abs=0.015)


def test_whoever_speaks_is_known_to_have_spoken_so_long() -> None:
    """From the midst of a meeting: the one with the floor ends later than now."""
    stands = Standing(done=2, clock=300.0, held=2, spoken=270.0)
    found = played(session("10:00-12:00", 4), Pace(1, 0.3), standing=stands, paths=2000)
    assert np.isnan(found.starts[:2]).all()
    assert found.starts[2].min() > 570
    law, waited = Law(240, 72), 300.0
    expected = (law.below(waited) - law.below(270)) / (1 - law.below(270))
    assert (found.starts[2] <= 300 + waited).mean() == pytest.approx(expected, abs=0.05)


def test_whoever_is_waited_for_has_not_begun_yet() -> None:
    """A changeover, or a late opening, is known to have taken so long already."""
    pace = Pace(1, late="3 min", late_spread="1 min", changeover="1 min", changeover_spread="30 s")
    for stands, law, since in (
        (Standing(1, 0, 300.0, 1, waited=70.0), Law(60, 30), 300),
        (Standing(waited=200.0), Law(180, 60), 0),
    ):
        found = played(session("10:00-12:00", 2), pace, standing=stands, paths=5000)
        waited = found.starts[stands.done] - since
        assert waited.min() >= stands.waited
        expected = (law.below(230) - law.below(stands.waited)) / (1 - law.below(stands.waited))
        assert (waited <= 230).mean() == pytest.approx(expected, abs=0.03)


def test_what_is_added_up_is_what_was_played() -> None:
    """Shares of starts and ends, and how many are heard, are those of the meetings themselves."""
    case = next(case for case in CASES if case.name == "two rounds, three blocks, tolerance")
    short = SpeakerList(case.session.speakers.inscriptions[:40], "3 min")  # type: ignore[union-attr]  # it has a list
    given = Session("Short", case.session.blocks, reserves=case.session.reserves, speakers=short)
    order = given.running_order()
    added = simulate(order, case.pace, tolerance=case.tolerance, paths=5000, seed=1)
    found = played(given, case.pace, 2, paths=5000)
    heard = found.block >= 0
    assert added.present.tolist() == (~found.absent).sum(axis=1).tolist()
    assert added.heard.tolist() == heard.sum(axis=1).tolist() == added.starts.sum(axis=1).tolist()
    assert added.all_heard == found.all_heard.sum() == added.ends.size
    for at in (0, 20, 39):
        times = found.starts[at][heard[at]]
        at_times = np.array([0.0, 4000.0, 5400.0, 9000.0, 17000.0, 99999.0])
        shares = [(times < t).sum() / added.present[at] for t in at_times]
        assert added.started_before(at, at_times).tolist() == shares
    for b in range(3):
        numbers = np.bincount((found.block == b).sum(axis=0), minlength=41)
        assert added.by_block[b].tolist() == numbers.tolist()
    assert added.in_all.tolist() == np.bincount(heard.sum(axis=0), minlength=41).tolist()


def test_many_meetings_are_added_up_batch_by_batch() -> None:
    """Nothing is lost between batches."""
    order = session("10:00-11:00", 12).running_order()
    found = simulate(order, Pace(1, 0.3), paths=50_001, seed=3)
    assert found.heard[0] == found.paths == found.in_all.sum() == 50_001


def test_two_simulations_are_near_and_a_wrong_one_is_not() -> None:
    """What must hold for a forecast holds between two seeds, and not for another pace."""
    order = session("10:00-11:00 12:00-13:00", 28).running_order()
    judge = simulate(order, Pace(1.05, 0.3), paths=40_000, seed=1)
    for pace, same in ((Pace(1.05, 0.3), True), (Pace(1.06, 0.3), False)):
        other = simulate(order, pace, paths=40_000, seed=2)
        distances = [
            of_starts(lambda t, o=other: o.started_before(27, np.ceil(t)), judge, 27),  # type: ignore[misc]  # of this turn
            of_ends(other.ended_before, judge),
            of_chance(other.all_heard / other.paths, judge.all_heard, judge.paths),
            of_counts(other.by_block[0] / other.paths, judge.by_block[0]),
        ]
        assert [each.holds for each in distances] == [same] * 4


def test_a_shift_of_five_seconds_is_allowed_and_of_seven_is_not() -> None:
    """What is certain may be told five seconds off."""
    order = session("10:00-11:00", 3).running_order()
    judge = simulate(order, Pace(), paths=10, seed=1)
    for shift, holds in ((0, True), (5, True), (-5, True), (7, False), (-7, False)):
        told = of_starts(lambda t, by=shift: (t >= 480 + by).astype(float), judge, 2)  # type: ignore[misc]  # of this turn
        assert told.holds is holds


def test_a_forecast_of_nothing_is_refused() -> None:
    """NaN is never near."""
    order = session("10:00-11:00", 3).running_order()
    judge = simulate(order, Pace(), paths=10, seed=1)
    assert not of_starts(lambda t: t * np.nan, judge, 1).holds
    assert not of_chance(float("nan"), 5, 10).holds


def test_who_has_no_habit_of_a_category_has_that_of_all() -> None:
    """An inscription of a category without a habit has the habit of all."""
    people = [Inscription("A", category="observer"), Inscription("B")]
    given = Session("Debate", [DAY("10:00-11:00")], speakers=SpeakerList(people, "3 min"))
    assert minutes(played(given, Pace(2, categories={"agency": Pace(3).habit})).starts) == [0, 6]
