"""The distribution of one length: against sums over a fine grid, and where it is extreme."""

from __future__ import annotations

import math
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.pace import Law
from r2psched.pace.uncut import before_cut

FAMILIES = ("lognormal", "gamma")
laws = st.builds(
    lambda mean, relative, family, cut: Law(mean, relative * mean, family, cut and cut * mean),
    st.floats(1e-3, 1e5),
    st.floats(1e-3, 10),
    st.sampled_from(FAMILIES),
    st.none() | st.floats(0.01, 100),
)
factors = st.floats(1e-3, 1e3)


def density(law: Law, x: np.ndarray) -> np.ndarray:
    """The density of the length before it is cut, as textbooks have it."""
    if law.family == "gamma":
        shape, scale = (law.mean / law.spread) ** 2, law.spread**2 / law.mean
        log = (shape - 1) * np.log(x / scale) - x / scale - math.lgamma(shape) - math.log(scale)
    else:
        variance = math.log(1 + (law.spread / law.mean) ** 2)
        middle = math.log(law.mean) - variance / 2
        log = -((np.log(x) - middle) ** 2) / 2 / variance
        log -= np.log(x) + math.log(2 * math.pi * variance) / 2
    found: np.ndarray = np.exp(log)
    return found


def grid(law: Law, end: float) -> tuple[np.ndarray, np.ndarray]:
    """Lengths up to an end, evenly apart in their logarithm, and the chance of each."""
    edges = np.linspace(math.log(law.mean) - 150, math.log(end), 400_001)
    middles = np.exp((edges[1:] + edges[:-1]) / 2)
    return middles, density(law, middles) * middles * np.diff(edges)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("relative", [0.03, 0.3, 1, 2.5])
@pytest.mark.parametrize("end", [0.4, 0.97, 1, 1.2, 4])
def test_against_a_sum(family: str, relative: float, end: float) -> None:
    """Chance, shortfall and the moments after a cut are those of the density."""
    law = Law(200, 200 * relative, family)  # type: ignore[arg-type]  # one of the two
    end *= law.mean
    x, chance = grid(law, end)
    assert law.below(end) == pytest.approx(chance.sum(), abs=1e-5)
    assert law.area(end) == pytest.approx((chance * (end - x)).sum(), abs=1e-3)
    cut = Law(law.mean, law.spread, law.family, end)
    tail = 1 - chance.sum()
    mean = (chance * x).sum() + tail * end
    square = (chance * (x - mean) ** 2).sum() + tail * (end - mean) ** 2
    assert cut.moments() == pytest.approx((mean, math.sqrt(square)), abs=1e-3)
    assert cut.at_cut == pytest.approx(tail, abs=1e-5)


@pytest.mark.parametrize("family", FAMILIES)
def test_against_draws(family: str) -> None:
    """A tenth, a half and nine tenths of many lengths that are drawn lie below the same bounds."""
    law = Law(180, 60, family)  # type: ignore[arg-type]  # one of the two
    draw = np.random.default_rng(1)
    variance = math.log1p(1 / 9)
    drawn = (
        draw.gamma(9, 20, 10**6)
        if family == "gamma"
        else np.exp(draw.normal(math.log(180) - variance / 2, math.sqrt(variance), 10**6))
    )
    for part in (0.1, 0.5, 0.9):
        assert law.below(float(np.quantile(drawn, part))) == pytest.approx(part, abs=0.002)


@given(laws, factors, factors)
def test_chances(law: Law, one: float, other: float) -> None:
    """Chances and shortfalls are finite, rise, and stay within what they may be."""
    low, high = sorted((one * law.mean, other * law.mean))
    close = 1e-9 * max(high, law.mean)
    assert 0 <= law.below(low) <= law.below(high) + 1e-9 <= 1 + 1e-9
    assert -close <= law.area(low) <= law.area(high) + close
    assert law.area(high) - law.area(low) <= (high - low) * law.below(high) + close
    assert law.area(high) >= high - law.mean - close
    assert 0 <= law.at_cut <= 1


@given(laws)
def test_moments(law: Law) -> None:
    """A cut makes lengths shorter and closer together, and none is longer than it."""
    mean, spread = law.moments()
    assert 0 < mean <= law.mean * (1 + 1e-9)
    assert 0 <= spread <= law.spread * (1 + 1e-6) + 1e-6 * law.mean
    if law.cut is None:
        assert (mean, spread) == (law.mean, law.spread)
    else:
        assert mean <= law.cut * (1 + 1e-9)
        assert law.below(law.cut) == 1
        assert law.area(law.cut) == pytest.approx(law.cut - mean, abs=1e-6 * law.mean)


@given(laws, factors)
def test_units(law: Law, factor: float) -> None:
    """The unit of a length makes no difference."""
    scaled = Law(law.mean * factor, law.spread * factor, law.family, law.cut and law.cut * factor)
    assert scaled.area(scaled.mean) / factor == pytest.approx(
        law.area(law.mean), abs=1e-6 * law.mean
    )


@pytest.mark.parametrize("family", FAMILIES)
def test_no_spread(family: str) -> None:
    """Without a spread there is one length, the mean or where it is cut."""
    whole, cut = Law(180.0, 0.0, family), Law(180.0, 0.0, family, 120.0)  # type: ignore[arg-type]
    assert (whole.certain, cut.certain, Law(180.0, 1.0).certain) == (180, 120, None)
    assert [whole.below(x) for x in (0, 179.9, 180, 1e300)] == [0, 0, 1, 1]
    assert [cut.below(x) for x in (0, 119.9, 120, 180)] == [0, 0, 1, 1]
    assert (whole.area(200), whole.area(100), cut.area(200), cut.area(-1)) == (20, 0, 80, 0)
    assert (whole.moments(), cut.moments()) == ((180, 0), (120, 0))
    assert (whole.at_cut, cut.at_cut) == (0, 1)
    assert Law(0.0, 0.0).certain == 0


def test_far_away() -> None:
    """Nothing lies below 0, and everything below what is far enough, in little time."""
    for family in FAMILIES:
        for spread in (0.5, 30, 180, 1800):
            law = Law(180, spread, family)  # type: ignore[arg-type]  # one of the two
            assert law.below(0) == law.below(-5) == law.area(0) == 0
            assert law.below(1e12) == pytest.approx(1)
            assert law.area(1e6) == pytest.approx(1e6 - 180, rel=1e-4)


@pytest.mark.parametrize("family", FAMILIES)
def test_narrow(family: str) -> None:
    """The two families become one where the spread is small."""
    law = Law(180, 180 * 0.0199, family)  # type: ignore[arg-type]  # one of the two
    assert law.below(183) == pytest.approx(Law(180, 180 * 0.0201, "gamma").below(183), abs=0.005)


@given(
    st.floats(0.2, 3),
    st.floats(0.05, 3),
    st.sampled_from(FAMILIES),
    st.floats(0.3, 3),
)
def test_before_the_cut(mean: float, relative: float, family: str, cut: float) -> None:
    """A law is found that is cut to the mean and spread to which another was cut."""
    law = Law(mean, relative * mean, family, cut)  # type: ignore[arg-type]  # one of the two
    wanted = law.moments()
    found = before_cut(*wanted, cut, law.family)
    assert found.moments() == pytest.approx(wanted, rel=1e-3, abs=1e-4)
    if law.at_cut < 0.5:
        assert (found.mean, found.spread) == pytest.approx((law.mean, law.spread), rel=0.02)


def test_before_a_cut_of_all() -> None:
    """Where all were cut or nothing varied the law is certain, and what no law gives ends too."""
    assert before_cut(1.5, 0, 1.5) == Law(1.5, 0.0, cut=1.5)
    assert before_cut(1.5, 0.2, 1.5).moments() == (1.5, 0)
    assert before_cut(0.9, 0, 1.5) == Law(0.9, 0.0, cut=1.5)
    mean, spread = before_cut(0.75, 0.75, 1.5).moments()
    assert mean == pytest.approx(0.75, rel=0.01)
    assert 0 < spread < 0.75


def test_pickle() -> None:
    """A law crosses processes."""
    law = Law(180, 60, "gamma", 240)
    assert pickle.loads(pickle.dumps(law)) == law  # noqa: S301  # our own
