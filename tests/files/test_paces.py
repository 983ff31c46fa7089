"""Paces that are named, written in a few words or in TOML, or measured in a log."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.blocks import Day
from r2psched.errors import FileFailed, InvalidInput, InvalidValue, UnknownName
from r2psched.files.paces import pace
from r2psched.pace import PACES, Habit, Pace
from tests.files.sheet_files import xlsx

if TYPE_CHECKING:
    from pathlib import Path

SPREADLESS = "mean: needs its spread beside it, such as 0.3; or 0 if all take as long"
LOG = [
    ["speaker", "start", "end", "limit", "kind"],
    ["A", "10:00", "10:03", "3 min", ""],
    ["B", "10:03:10", "10:07:10", "3 min", ""],
    ["C", "10:07:20", "10:09:20", "3 min", ""],
    ["D", "", "", "", "absent"],
]


def faults(text: str | Path) -> list[str]:
    """Read a pace that is refused, and give its faults."""
    with pytest.raises(InvalidInput) as caught:
        pace(text)
    return [str(fault) for fault in caught.value.faults]


def toml(folder: Path, text: str) -> Path:
    """Write a pace in TOML."""
    path = folder / "pace.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", PACES)
def test_shipped(name: str) -> None:
    """A shipped pace is known by its name."""
    assert pace(f" {name} ") is PACES[name]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("mean 1.15, spread 0.3", Pace(1.15, 0.3)),
        ("1.15, spread 0.3", Pace(1.15, 0.3)),
        ("1.15 ± 0.3", Pace(1.15, 0.3)),
        ("115 % +/- 30%", Pace(1.15, 0.3)),
        ("Mean = 1.15; Spread: 0.3;", Pace(1.15, 0.3)),
        ("spread 0.3", Pace(1, 0.3)),
        ("1", Pace()),
        ("mean 1, absent 5 %", Pace(absent=0.05)),
        ("1.15, spread 0", Pace(1.15)),
        ("1.15, spread .3", Pace(1.15, 0.3)),
        ("gamma", Pace(family="gamma")),
        ("1.2 ± 0.4, family gamma", Pace(1.2, 0.4, family="gamma")),
        (
            "mean 1.15, spread 0.3, absent 5 %, changeover 10 s, late 5 min, cut 1.5, gamma",
            Pace(1.15, 0.3, 0.05, changeover="10 s", late="5 min", cut=1.5, family="gamma"),
        ),
        (
            "changeover 15 s ± 5 s, late 5 min, late spread 2 min, absent_doubt 2 %, doubt 0.1",
            Pace(
                changeover="15 s",
                changeover_spread="5 s",
                late="5 min",
                late_spread="2 min",
                absent_doubt=0.02,
                doubt=0.1,
            ),
        ),
        ("records 20, mean 1.1 ± 0.2, doubt 5 %", Pace(1.1, 0.2, doubt=0.05, records=20)),
    ],
)
def test_words(text: str, made: Pace) -> None:
    """A few words state a pace; a mean of one limit alone needs no spread."""
    assert pace(text) == made


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1.15", [SPREADLESS]),
        ("as-limited, mean 1.2", [SPREADLESS]),
        ("gamma, mean 1.15, absent 5 %", [SPREADLESS]),
        (
            "1,15",
            ['"1,15": write a decimal point, and a space behind each comma between two parts'],
        ),
        (
            "absent -1, spred 3, foo bar, changeover 10, gamma, gamma, late soon, absent 5 % ± 1 %",
            [
                'cannot tell what "foo bar" is: write it as in "absent 5 %"',
                "family: is stated a second time: remove one of the two",
                'cannot tell what "late soon" is: write it as in "absent 5 %"',
                'cannot tell what "absent 5 % ± 1 %" is: write it as in "absent 5 %"',
                'unknown key "spred": did you mean spread?',
                'absent: expected a number, such as 1.15 or "5 %", got "-1"',
                'changeover: 10 has no unit: write "10 min" or "10 s"',
            ],
        ),
        (
            "absent 5",
            [
                (
                    "absent: expected the chance that a speaker is absent, from 0 to 0.99, such as "
                    "0.05, got 5.0"
                )
            ],
        ),
        ("mean 1e5, spread 1", ['mean: expected a number, such as 1.15 or "5 %", got "1e5"']),
        ("spread 20", ["expected a spread of at most ten times the mean 1, got 20"]),
        ("late spread 2 min", ["late_spread is 2 min, but no late is given: give its mean"]),
        ("categories 3", ['categories: expected a table, got "3"']),
        (
            "records 2.5",
            ['records: expected how many interventions were measured, from 1, got "2.5"'],
        ),
    ],
)
def test_words_refused(text: str, told: list[str]) -> None:
    """All that is wrong with the words is told at once, each with the field."""
    assert faults(text) == told


def test_changed_words() -> None:
    """Words change single values of a shipped pace; what is stated has no doubt any more."""
    base = PACES["general-debates"]
    cut = pace("general-debates, cut 1.5")
    assert (cut.mean, cut.spread, cut.cut, cut.doubt) == (base.mean, base.spread, 1.5, 0.1)
    assert cut.source == "general-debates, with another cut"
    longer = pace("general-debate-2016; mean 1.3; absent 5 %")
    assert (longer.mean, longer.spread, longer.doubt, longer.records) == (1.3, 0.48, 0, None)
    assert longer.source == "general-debate-2016, with another mean and absent"
    assert pace("general-debates, mean 1.3, doubt 0.2").doubt == 0.2
    punctual = pace("general-debates, late 0 s")
    assert (punctual.late, punctual.late_spread) == (timedelta(0), timedelta(0))
    with pytest.raises(InvalidInput, match="base: is stated a second time"):
        pace("general-debates, as-limited")


def test_what_is_no_pace(tmp_path: Path) -> None:
    """What names, describes and leads to no pace is refused with the ways to write one."""
    with pytest.raises(UnknownName, match='no pace "general-debats": did you mean'):
        pace("general-debats")
    for wrong in ("", "notes.txt", "what you like", "x" * 2000, "1." * 501):
        with pytest.raises(InvalidValue, match=r"cannot tell what pace .* is: a pace is the name"):
            pace(wrong)
    with pytest.raises(InvalidValue, match=r"expected a text in quotes, got 1\.15"):
        pace(1.15)  # type: ignore[arg-type]  # on purpose
    with pytest.raises(InvalidValue, match="cannot tell what pace"):
        pace(tmp_path)
    for name in ("none.toml", "none.csv", "none.xlsx#Log"):
        with pytest.raises(FileFailed, match="there is no such file"):
            pace(tmp_path / name)


def test_toml(tmp_path: Path) -> None:
    """A file states the fields of a pace; what a category leaves out is as for all."""
    path = toml(
        tmp_path,
        """
        mean = 1.15
        spread = "30 %"
        absent = "5 %"
        family = "gamma"
        cut = 2
        changeover = "10 s"
        changeover_spread = "4 s"
        late = "5 min"
        late_spread = "2 min"
        doubt = 0.1
        absent_doubt = 0.02
        changeover_doubt = "3 s"
        records = 20
        until = 2014-09-08T10:00:00-04:00
        source = "the chair's notes"
        [categories.observer]
        mean = 0.9
        [categories."host country"]
        mean = 1.5
        spread = 0.6
        absent = 0
        """,
    )
    wanted = Pace(
        1.15,
        0.3,
        0.05,
        family="gamma",
        cut=2,
        changeover="10 s",
        changeover_spread="4 s",
        late="5 min",
        late_spread="2 min",
        doubt=0.1,
        absent_doubt=0.02,
        changeover_doubt="3 s",
        records=20,
        until=Day("2014-09-08", zone="UTC").at("14:00"),
        source="the chair's notes",
        categories={"observer": Habit(0.9, 0.3, 0.05), "host country": Habit(1.5, 0.6)},
    )
    assert pace(path) == pace(str(path)) == wanted


def test_changed_toml(tmp_path: Path) -> None:
    """A file changes single values of a shipped pace."""
    path = toml(tmp_path, 'base = "general-debates"\nabsent = 0.1\n[categories.ngo]\nmean = 0.9\n')
    changed = pace(path)
    assert (changed.mean, changed.absent, changed.doubt) == (1.2, 0.1, 0.1)
    assert changed.categories == (("ngo", Habit(0.9, 0.48, 0.1)),)
    assert changed.source == "general-debates, with another absent and categories"
    assert pace(toml(tmp_path, 'base = "general-debates"')) == PACES["general-debates"]
    assert pace(toml(tmp_path, 'base = "as-limited"\nsource = "mine"')).source == "mine"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            (
                'mean = 1.3\nspread = "x"\nabsent = true\nlate = 5\nfmily = "gamma"\nsource = 3\n'
                "[categories]\nobs = 3\n[categories.x]\nmean = -1\nsprd = 2\n"
                '[categories."a b"]\nspread = 20\n'
            ),
            [
                'unknown key "fmily": did you mean family?',
                'spread: expected a number, such as 1.15 or "5 %", got "x"',
                (
                    "absent: expected the chance that a speaker is absent, from 0 to 0.99, such as "
                    "0.05, got True"
                ),
                'late: 5 has no unit: write "5 min" or "5 s"',
                "source: expected a text in quotes, got 3",
                "categories.obs: expected a table such as { mean = 0.9, spread = 0.2 }, got 3",
                'categories.x: unknown key "sprd": did you mean spread?',
                (
                    "categories.x.mean: expected the mean length of an intervention, in limits, "
                    "more "
                    "than 0 and at most 1,000, such as 1.13, got -1"
                ),
                'categories."a b": expected a spread of at most ten times the mean 1.3, got 20',
            ],
        ),
        ('base = "general"', ['base: no pace "general": there is "as-limited", "general-debate-']),
        (
            "base = 3",
            ['base: expected the name of a shipped pace, such as "general-debates", got 3'],
        ),
        ("mean = nan\nspread = inf", ["mean: expected the mean length", "spread: expected the st"]),
        ("[categories.a]\n[categories.A]", ["two categories differ only by the case of letters"]),
        ('[categories." "]', ["expected a text that is not empty"]),
        ("mean = 3 min", ["line 1: `mean = 3 min` is not TOML"]),
        (f"records = {10**30}", ["records: the number is too large"]),
        ("[a]\n" + "a." * 99 + "a = 1", ["a: is nested too deep"]),
        ("".join(f"k{at} = 1\n" for at in range(5000)), ["unknown key"] * 20 + ["and 4,980 more"]),
    ],
)
def test_toml_refused(tmp_path: Path, text: str, told: list[str]) -> None:
    """Everything wrong with a file is told at once, each with its place."""
    path = toml(tmp_path, text)
    found = faults(path)
    assert len(found) == len(told)
    assert all(fault.startswith(begin) for fault, begin in zip(found, told, strict=True)), found
    with pytest.raises(InvalidInput) as caught:
        pace(path)
    assert caught.value.source == str(path)


def test_logs(tmp_path: Path) -> None:
    """A log of an earlier meeting is fitted, be it a workbook."""
    path = tmp_path / "log.csv"
    path.write_text("\n".join(",".join(row) for row in LOG), encoding="utf-8")
    (tmp_path / "log.xlsx").write_bytes(xlsx(LOG))
    fitted = pace(path)
    assert (fitted.mean, fitted.records) == (1, 3)
    assert fitted.changeover == timedelta(seconds=10)
    assert (fitted.source, fitted.until) == ("measured in log.csv", None)
    assert pace(f"{tmp_path / 'log.xlsx'}#Sheet").absent == fitted.absent > 0.1


def test_logs_refused(tmp_path: Path) -> None:
    """A log with faults, or of too few interventions, is no pace."""
    path = tmp_path / "log.csv"
    path.write_text("speaker,start,end\nA,10:00,10:03\n", encoding="utf-8")
    assert faults(path) == ['row 1: has no column for the limit: name one "limit"']
    path.write_text("speaker,start,end,limit\nA,10:00,10:03,3 min\n", encoding="utf-8")
    (told,) = faults(path)
    assert told.startswith("expected at least 3 interventions that ended, got 1: measure more")


lengths = st.integers(1, 3000).map(lambda seconds: timedelta(seconds=seconds))


@given(
    st.builds(
        lambda mean, spread, absent, cut, changeover, late, **more: Pace(
            mean / 100,
            spread / 1000,
            absent / 1000,
            cut=cut and cut / 100,
            changeover=changeover,
            changeover_spread=changeover * more["wide"],
            late=late,
            late_spread=late * more["wide"],
            doubt=more["doubt"] / 100,
        ),
        st.integers(50, 300),
        st.integers(1, 999),
        st.integers(0, 999 * 99 // 100),
        st.none() | st.integers(50, 300),
        lengths,
        lengths,
        wide=st.integers(0, 3),
        doubt=st.integers(0, 99),
    )
)
def test_what_a_pace_says_is_read(given_pace: Any) -> None:  # noqa: ANN401  # a pace, whose kind hypothesis hides
    """What a pace says of itself makes the same pace again."""
    assert pace(str(given_pace)) == given_pace


@given(st.text(max_size=200) | st.text("mean spread±.,;=0123456789% ", max_size=60))
def test_any_text(text: str) -> None:
    """Any text is a pace or is refused, and in no other way."""
    with suppress(InvalidInput, InvalidValue, UnknownName, FileFailed):
        assert isinstance(pace(text), Pace)
