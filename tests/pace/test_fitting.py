"""What records say of a pace: against the truth they were drawn from, and against Bayes by hand."""

from __future__ import annotations

import math
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.blocks import Day
from r2psched.pace import PACES, Habit, Law, Pace, Record, shipped
from tests.refusals import refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

START = Day("2014-09-08", zone="UTC").at("10:00")
LIMIT = timedelta(minutes=3)


def held(
    ratios: Iterable[float], gaps: Sequence[int] = (), absent: int = 0, limit: timedelta = LIMIT
) -> list[Record]:
    """Interventions of so many limits, to the second, with so many seconds behind each."""
    clock, records = START, []
    for at, ratio in enumerate(ratios):
        end = clock.add(seconds=max(1, round(ratio * limit.total_seconds())))
        records.append(Record(f"S{at}", clock, end, limit=limit))
        clock = end.add(seconds=gaps[at] if at < len(gaps) else 0)
    return records + [Record(f"A{at}", kind="absent") for at in range(absent)]


def drawn(mean: float, spread: float, count: int, cut: float = math.inf) -> list[float]:
    """Draw lognormal ratios."""
    variance = math.log1p((spread / mean) ** 2)
    draw = np.random.default_rng(7).normal(
        math.log(mean) - variance / 2, math.sqrt(variance), count
    )
    return [min(cut, float(each)) for each in np.exp(draw)]


@pytest.mark.parametrize("cut", [None, 2.0, 1.4, 1.1])
def test_the_truth_is_found(cut: float | None) -> None:
    """From many records the pace is found that they were drawn from, be they cut."""
    draw = np.random.default_rng(8)
    gaps = draw.gamma(4, 5, 4000).round().astype(int).tolist()
    ratios = drawn(1.15, 0.35, 4000, cut or math.inf)
    pace = Pace.fit(held(ratios, gaps, absent=200), cut=cut)
    assert pace.mean == pytest.approx(1.15, abs=0.03)
    assert pace.spread == pytest.approx(0.35, abs=0.03)
    assert pace.absent == pytest.approx(200 / 4200, abs=0.001)
    assert pace.changeover is not None
    assert pace.changeover.total_seconds() == pytest.approx(20, abs=0.6)
    assert pace.changeover_spread.total_seconds() == pytest.approx(10, abs=0.6)
    assert (pace.cut, pace.records) == (cut, 4000)


def test_fit_by_hand() -> None:
    """Mean, spread and their doubts are those of the sample; absence adds a half in one."""
    pace = Pace.fit(held([1, 1.5, 0.5, 1], gaps=[10, 20, 30], absent=1))
    assert (pace.mean, pace.spread) == pytest.approx((1, math.sqrt(1 / 6)))
    assert pace.doubt == pytest.approx(math.sqrt(1 / 6) / 2)
    assert pace.absent == pytest.approx(1.5 / 6)
    assert pace.absent_doubt == pytest.approx(math.sqrt(0.25 * 0.75 / 7))
    assert (pace.changeover, pace.changeover_spread) == (
        timedelta(seconds=20),
        timedelta(seconds=10),
    )
    assert pace.changeover_doubt == timedelta(seconds=10) / math.sqrt(3)
    assert (pace.family, pace.cut, pace.records, pace.late) == ("lognormal", None, 4, timedelta(0))


def test_what_is_no_changeover() -> None:
    """Time around replies and breaks is no changeover, nor are ten minutes of silence."""
    at = START.add
    records = [
        Record("A", START, at(minutes=3), limit=LIMIT),
        Record("Reply", at(minutes=4), at(minutes=5), kind="reply"),
        Record("B", at(minutes=6), at(minutes=9), limit=LIMIT),
        Record("C", at(minutes=9), kind="absent"),
        Record("D", at(minutes=9, seconds=12), at(minutes=12), limit=LIMIT),
        Record("E", at(minutes=22), at(minutes=25), limit=LIMIT),
        Record("F", at(minutes=25, seconds=8), limit=LIMIT),
    ]
    pace = Pace.fit(records)
    assert pace.changeover == timedelta(seconds=10)
    assert pace.records == 4
    apart = Pace.fit(records[:1] + records[2:3] + records[5:6])
    assert apart.changeover == timedelta(minutes=1, seconds=30) * 2
    lone = Pace.fit([*records[:3], attrs.evolve(records[5], kind="intervention")])
    assert (lone.changeover, lone.changeover_spread) == (None, timedelta(0))


def test_fits_refused() -> None:
    """Too few records, records without limits and longer than the cut are refused, all at once."""
    few = refusal(Pace.fit, held([1, 1], absent=3))
    assert few.startswith("expected at least 3 interventions that ended, got 2: measure more, or")
    bare = [attrs.evolve(each, limit=None) for each in held([1, 1, 1])]
    no_limit = "has no limit to measure it by: give one"
    assert refusal(Pace.fit, bare).split("; ") == [
        f"records[{at}], the intervention of S{at - 1}: {no_limit}" for at in (1, 2, 3)
    ]
    assert refusal(Pace.fit, held([1, 1.6, 1.51]), cut=1.5) == (
        "records[2], the intervention of S1: took 4 min 48 s, longer than the cut allows: "
        "correct it, or cut later"
    )
    assert "begins" in refusal(Pace.fit, held([1, 1, 1])[::-1])
    assert "in limits, more than 0" in refusal(Pace.fit, held([5000] * 3))


@pytest.mark.parametrize(
    ("records", "cut", "mean"),
    [
        (held([1] * 5), None, 1),
        (held([1.5] * 5), 1.5, 1.5),
        (held([0.8] * 5), 1.5, 0.8),
    ],
)
def test_all_alike(records: list[Record], cut: float | None, mean: float) -> None:
    """Interventions that took equally long make a pace without spread, even where all were cut."""
    pace = Pace.fit(records, cut=cut)
    assert (pace.mean, pace.spread, pace.doubt) == (mean, 0, 0)
    assert pace.law(pace.habit, 180).certain == 180 * mean


def test_rare_and_common() -> None:
    """One gap in three hundred, and a room that nearly all have left, make a pace all the same."""
    rare = Pace.fit(held([1] * 301, [0] * 150 + [1]))
    assert rare.changeover is not None
    assert rare.changeover_spread < 10 * rare.changeover
    empty = Pace.fit(held([1] * 3, absent=1000))
    assert empty.absent == 0.99
    assert all(0 < pace.absent <= 0.99 for _, pace in empty.possible(LIMIT))


def test_learning_by_hand() -> None:
    """A mean learns as a normal prior does from a normal mean, on the scale of logarithms."""
    before = Pace(1.2, 0.36, doubt=0.1)
    after = before.learn(held([1, 1.5, 1.25, 1]))
    sample = [1, 1.5, 1.25, 1]
    mean = sum(sample) / 4
    variance = sum((each - mean) ** 2 for each in sample) / 3
    relative = (5 * 0.3**2 + 3 * variance / mean**2) / 8  # the spread counts as five
    prior, data = 1 / 0.1**2, 4 / relative
    log = (prior * math.log(1.2) + data * math.log(mean)) / (prior + data)
    assert after.mean == pytest.approx(math.exp(log))
    assert after.spread == pytest.approx(math.exp(log) * math.sqrt(relative))
    assert after.doubt == pytest.approx(1 / math.sqrt(prior + data))
    assert (after.absent, after.changeover, after.records) == (0, timedelta(0), None)


def test_absence_learns_by_hand() -> None:
    """Absence learns as a beta prior of the same mean and doubt does."""
    before = Pace(absent=0.1, absent_doubt=0.05)
    speakers = 0.1 * 0.9 / 0.05**2 - 1
    after = before.learn(held([1, 1, 1], absent=2))
    chance = (0.1 * speakers + 2) / (speakers + 5)
    assert after.absent == pytest.approx(chance)
    assert after.absent_doubt == pytest.approx(math.sqrt(chance * (1 - chance) / (speakers + 6)))
    assert (after.mean, after.spread) == (1, 0)


def test_changeover_learns_by_hand() -> None:
    """A changeover learns as a normal prior does, with the spread of both."""
    before = Pace(changeover="20 s", changeover_spread="6 s", changeover_doubt="5 s")
    after = before.learn(held([1] * 4, gaps=[10, 12, 14]))
    variance = (5 * 36 + 2 * 4) / 7
    prior, data = 1 / 25, 3 / variance
    seconds = (prior * 20 + data * 12) / (prior + data)
    assert after.changeover is not None
    assert after.changeover.total_seconds() == pytest.approx(seconds, abs=1e-5)
    assert after.changeover_spread.total_seconds() == pytest.approx(math.sqrt(variance), abs=1e-5)
    assert after.changeover_doubt.total_seconds() == pytest.approx(
        1 / math.sqrt(prior + data), abs=1e-5
    )
    none = before.learn(held([1] * 2000))
    assert none.changeover is not None
    assert none.changeover_spread <= 10 * none.changeover


def test_taken_as_given() -> None:
    """A pace without doubt learns nothing, nor does any pace where nothing happened."""
    given_pace = Pace(1.2, 0.3)
    assert given_pace.learn(held([2, 2, 2])) is given_pace
    assert shipped("general-debates").learn([]) is PACES["general-debates"]


def test_what_is_known_already() -> None:
    """A pace that rests on records learns from those alone that came after them."""
    records = held([1, 1.2, 0.8, 1.1, 1.3], gaps=[10] * 4)
    pace = Pace.fit(records[:3])
    assert pace.until == records[2].end
    assert pace.learn(records[:3]) is pace
    assert pace.learn(records) == pace.learn(records[3:])
    assert pace.learn(records).records == 5


def test_what_was_learned_is_not_learned_again() -> None:
    """Who learns from a log that grows learns each record once, and faults are told by its rows."""
    records = held([1, 1.2, 0.8, 1.1], gaps=[10] * 4)
    before = Pace(1.2, 0.4, doubt=0.1)
    after = before.learn(records[:3])
    assert after.until == records[2].end
    assert after.learn(records[:3]) is after
    bare = [*records[:3], attrs.evolve(records[3], limit=None)]
    assert refusal(after.learn, bare).startswith("records[4], the intervention of S3: has no limit")


def test_who_is_absent_of_a_category_tells_nothing_of_others() -> None:
    """Who has a habit of its own, absences included, does not count for all."""
    before = Pace(absent=0.1, absent_doubt=0.05, categories={"ngo": Habit(absent=0.6)})
    records = held([1, 1, 1], absent=1)
    others = [Record(f"N{at}", kind="absent", category="NGO") for at in range(9)]
    assert before.learn([*records, *others]) == before.learn(records)


def test_a_changeover_that_nobody_told_is_learned() -> None:
    """Three gaps make a changeover where the pace has none; two do not, nor where none is open."""
    before = Pace(1.2, 0.4, doubt=0.1)
    assert before.learn(held([1] * 3, gaps=[10, 12])).changeover is None
    after = before.learn(held([1] * 4, gaps=[10, 12, 14]))
    assert (after.changeover, after.changeover_spread) == tuple(
        timedelta(seconds=each) for each in (12, 2)
    )
    assert Pace(1.2, 0.4).learn(held([1] * 4, gaps=[10, 12, 14])).changeover is None


def test_many_records_count_more_than_before() -> None:
    """After many records the pace is theirs, whatever was thought before, by category too."""
    pace = Pace(2, 1, cut=1.4, doubt=0.2, categories={"ngo": Habit(1, 0.1)}, records=10)
    after = pace.learn(held(drawn(1.15, 0.35, 3000, 1.4)))
    assert (after.mean, after.spread) == pytest.approx((1.15, 0.35), abs=0.05)
    assert after.records == 3010
    ((_, habit),) = after.categories
    assert habit.mean < 1
    assert habit.spread == pytest.approx(habit.mean / 10)


@pytest.mark.parametrize("family", ["lognormal", "gamma"])
def test_nothing_new(family: str) -> None:
    """Records as they were expected leave the mean as it was, where the microphone is cut too."""
    pace = Pace(1.2, 0.5, family=family, cut=1.3, doubt=0.1)  # type: ignore[arg-type]  # one of two
    mean, spread = pace.law(pace.habit, 1).moments()
    step = spread * math.sqrt(3 / 4)
    day = timedelta(hours=1)
    after = pace.learn(held([mean - step, mean + step] * 2, limit=day))
    assert (after.mean, after.spread) == pytest.approx((1.2, 0.5), abs=0.01)
    assert after.doubt < 0.1


paces = st.builds(
    lambda mean, relative, absent, doubt, unsure, length, wide, records: Pace(
        mean,
        relative * mean,
        absent,
        changeover=timedelta(seconds=length),
        changeover_spread=timedelta(seconds=length * wide),
        doubt=doubt,
        absent_doubt=unsure,
        changeover_doubt=timedelta(seconds=length / 2),
        categories={"ngo": Habit(mean, relative * mean)},
        records=records,
    ),
    st.floats(0.001, 1000),
    st.floats(0, 1),
    st.floats(0, 0.99),
    st.floats(0.001, 1),
    st.floats(0, 0.5),
    st.integers(1, 60),
    st.floats(0, 9.9),
    st.none() | st.integers(1, 200),
)


@given(paces, st.integers(10, 3600))
def test_possible_paces(pace: Pace, seconds: int) -> None:
    """Any doubt makes sound paces from fast to slow, whose weights add up to 1."""
    found = pace.possible(timedelta(seconds=seconds))
    assert len(found) in {11, 21}
    assert math.fsum(weight for weight, _ in found) == pytest.approx(1)
    assert all(weight > 0 and each.is_certain for weight, each in found)
    for (_, faster), (_, slower) in pairwise(found):
        assert faster.mean <= slower.mean
        assert faster.absent >= slower.absent


@given(paces, st.lists(st.floats(0.01, 50), max_size=8), st.integers(0, 5))
def test_learning_makes_paces(pace: Pace, ratios: list[float], absent: int) -> None:
    """Whatever is measured, what is learned is a pace with less doubt of its mean."""
    after = pace.learn(held(ratios, [7] * len(ratios), absent))
    assert math.isfinite(after.mean)
    assert after.doubt <= pace.doubt
    assert after.possible(LIMIT)


@given(st.lists(st.floats(0.01, 1.5), min_size=3, max_size=6), st.integers(0, 9))
def test_fits_are_paces(ratios: list[float], absent: int) -> None:
    """Three records or more make a pace, with a cut and without."""
    for cut in (None, 1.5):
        pace = Pace.fit(held(ratios, [5] * len(ratios), absent), cut=cut)
        assert pace.law(pace.habit, 1).moments()[0] == pytest.approx(
            np.mean([max(1, round(each * 180)) / 180 for each in ratios]), rel=0.02
        )
        assert pace.possible(LIMIT)


@pytest.mark.parametrize(
    "pace",
    [
        Pace(1.2, 0.4, doubt=0.1),
        Pace(1.2, 0.4, 0.1, doubt=0.1, absent_doubt=0.03),
        Pace(1.2, 0.4, changeover="20 s", doubt=0.05, changeover_doubt="5 s"),
    ],
)
def test_possible_variance(pace: Pace) -> None:
    """The paces vary in the time that an inscription takes as much as the doubts say."""
    changeover = pace.changeover or timedelta(0)
    each = LIMIT * pace.mean + changeover
    doubts = (
        (1 - pace.absent) * pace.doubt * (LIMIT * pace.mean).total_seconds(),
        (1 - pace.absent) * pace.changeover_doubt.total_seconds(),
        pace.absent_doubt * each.total_seconds(),
    )
    weights, times = zip(
        *(
            (
                weight,
                (1 - one.absent)
                * (LIMIT * one.mean + (one.changeover or timedelta(0))).total_seconds(),
            )
            for weight, one in pace.possible(LIMIT)
        ),
        strict=True,
    )
    mean = np.average(times, weights=weights)
    spread = math.sqrt(np.average((np.array(times) - mean) ** 2, weights=weights))
    assert mean == pytest.approx((1 - pace.absent) * each.total_seconds(), rel=0.01)
    assert spread == pytest.approx(math.hypot(*doubts), rel=0.03)


def test_certain_paces() -> None:
    """A pace without doubt is the only one that is possible."""
    pace = Pace(1.2, 0.4)
    assert pace.possible(LIMIT) == ((1.0, pace),)


def test_doubts_of_nothing_take_no_share() -> None:
    """A doubt of absence where nobody is absent leaves that of the mean as it is."""
    alone = Pace(1, 0.3, doubt=0.1).possible(LIMIT)
    beside = Pace(1, 0.3, doubt=0.1, absent_doubt=0.5).possible(LIMIT)
    assert [pace.mean for _, pace in beside] == [pace.mean for _, pace in alone]
    tiny = Pace(0.001, doubt=5e-324).possible(timedelta(seconds=1))
    assert {pace.mean for _, pace in tiny} == {0.001}


def test_nearly_all_absent_stay_so() -> None:
    """Where one in a hundred comes, no possible pace lets one in ten come."""
    found = Pace(absent=0.99, absent_doubt=0.003).possible(LIMIT)
    assert all(0.97 < pace.absent <= 0.99 for _, pace in found)


def test_few_records_leave_more_doubt() -> None:
    """With five records the possible paces lie farther apart than with fifty."""
    ratios = [0.8, 1.1, 0.9, 1.3, 1.0]
    apart = []
    for times in (1, 10):
        found = Pace.fit(held(ratios * times)).possible(LIMIT)
        apart.append(found[-1][1].mean - found[0][1].mean)
    assert apart[0] > 3 * apart[1]


def test_one_record_takes_no_certainty() -> None:
    """A pace that has learned from one record as expected is at most as uncertain as before."""
    before = shipped("general-debates")
    after = before.learn(held([1.2]))
    widths = [
        pace.possible(LIMIT)[-1][1].mean - pace.possible(LIMIT)[0][1].mean
        for pace in (before, after)
    ]
    assert widths[1] < widths[0]


def test_laws_of_a_fit() -> None:
    """The law of a fit has the mean and spread that were measured, once it is cut."""
    ratios = [0.5, 0.8, 1.1, 1.4, 1.5, 1.5]
    pace = Pace.fit(held(ratios), cut=1.5)
    law = pace.law(pace.habit, 1)
    assert isinstance(law, Law)
    assert law.moments() == pytest.approx((np.mean(ratios), np.std(ratios, ddof=1)), abs=0.01)
