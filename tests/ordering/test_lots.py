"""Lots: anyone can redo a draw."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.ordering import ByLevel, Lots, arrange, draw, rank
from r2psched.speakers import Inscription
from tests.ordering.lists import SEED, inscriptions, names, order, reasons
from tests.refusals import refusal

ASKED = [Inscription(name) for name in ("Chile", "Denmark", "Fiji", "Mali", "Nauru")]


def test_redone_in_a_shell() -> None:
    """The lot of an id is what printf and sha256sum say."""
    command = 'printf \'%s\\n%s\' "$1" "$2" | sha256sum'
    for seed in (SEED, "Türkiye, l’été"):
        done = subprocess.run(
            ["/bin/sh", "-c", command, "sh", seed, "viet-nam"],
            check=True,
            capture_output=True,
            text=True,
        )
        assert done.stdout.split()[0] == rank(seed, "viet-nam").hex()


def test_known_draw() -> None:
    """A draw gives the same order on every machine and in every version."""
    assert order(ASKED, Lots(), seed="8 September 2014") == [
        "Denmark",
        "Mali",
        "Nauru",
        "Chile",
        "Fiji",
    ]


@given(inscriptions(), st.sampled_from(["a", "b", "c"]))
def test_draw(asked: tuple[Inscription, ...], seed: str) -> None:
    """The drawn stand in the order of their lots, each but once."""
    drawn = draw(seed, asked)
    lots = [rank(seed, each.id) for each in drawn]
    assert lots == sorted(lots)
    assert set(drawn) == set(asked)
    assert arrange(asked, Lots(), seed=seed).inscriptions == drawn


def test_withdrawal() -> None:
    """If one withdraws, the others keep their order."""
    drawn = names(draw(SEED, ASKED))
    assert names(draw(SEED, ASKED[1:])) == [name for name in drawn if name != "Chile"]


def test_every_place_is_as_likely() -> None:
    """Over many seeds, each of five speaks first about as often."""
    first = [names(draw(f"seed {n}", ASKED))[0] for n in range(2000)]
    for each in ASKED:
        assert 330 < first.count(each.name) < 470


def test_reasons() -> None:
    """A place tells as which it was drawn, and among whom."""
    ministers = [Inscription(name, level="minister") for name in ("Mali", "Nauru")]
    assert reasons(ASKED[:3], Lots()) == [f"drawn {n} by lot" for n in ("1st", "2nd", "3rd")]
    assert reasons(ministers, ByLevel(), Lots()) == [
        "Minister; drawn 1st of the ministers by lot",
        "Minister; drawn 2nd of the ministers by lot",
    ]


def test_one_id() -> None:
    """Two of one id have one lot, and stay as listed."""
    asked = [Inscription("A", id="x"), Inscription("B", id="x"), *ASKED]
    found = order(asked, Lots())
    assert found.index("B") == found.index("A") + 1


def test_no_seed() -> None:
    """Lots without a seed are refused with what to write, even where there is nobody to draw."""
    told = (
        'lots need a seed: write seed = "…" in the list, such as the date and the purpose, '
        "and announce it before the draw"
    )
    assert refusal(arrange, ASKED, Lots()) == told
    assert refusal(arrange, [], Lots()) == told


@pytest.mark.parametrize("seed", ["", "  ", "two\nlines", "\ud800", 2014])
def test_seeds_refused(seed: object) -> None:
    """A seed is one line of text that anybody can type."""
    assert refusal(arrange, ASKED, seed=seed).startswith(
        "expected a seed of one line of text, got "
    )
    assert refusal(draw, seed, ASKED).startswith("expected a seed of one line of text, got ")
