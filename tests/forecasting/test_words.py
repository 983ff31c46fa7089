"""The words of a forecast's picture: all from the catalogue, in the language of the programme."""

from __future__ import annotations

import html
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import r2psched
from r2psched import Day, Inscription, Pace, Record, Reserve, Session, SpeakerList, forecast
from r2psched.errors import InvalidValue, MissingExtra
from r2psched.forecasting.counts import Counts
from r2psched.forecasting.saying import pace_said, range_said
from r2psched.language import Words, date_forms, words
from r2psched.pace import Habit
from tests.cli.running import HEARING, call, fails
from tests.strategies import reserves

SOURCES = Path(r2psched.__file__).parent / "forecasting"
DAY = Day("2014-09-08", zone="UTC")
BLOCKS = [DAY("10:00-10:30"), DAY("11:00-11:30")]
NAMES = [Inscription(f"{n}", id=f"s{n}") for n in range(100, 130)]
SHARE = st.floats(0.01, 0.9)
LENGTH = st.integers(60, 600).map(lambda seconds: timedelta(seconds=seconds))
SPREADS = st.integers(0, 59).map(lambda seconds: timedelta(seconds=seconds))
PACES = st.fixed_dictionaries(
    {"mean": st.floats(0.2, 3), "spread": SHARE},
    optional={
        "cut": st.floats(3.5, 9),
        "absent": SHARE,
        "changeover": st.tuples(LENGTH, SPREADS),
        "late": st.tuples(LENGTH, SPREADS),
        "categories": st.just({"observer": Habit(0.9, 0.2)}),
        "doubt": st.floats(0.01, 0.3),
        "records": st.integers(1, 10**6),
    },
)


@given(PACES)
def test_a_pace_is_said_as_it_is_printed(parts: dict[str, Any]) -> None:
    """In English the catalogue says of a pace what the terminal does."""
    for name in {"changeover", "late"} & parts.keys():
        parts[name], parts[f"{name}_spread"] = parts[name]
    pace = Pace(**parts)
    assert pace_said(words("en"), pace) == str(pace)


@given(st.dictionaries(st.integers(0, 200), SHARE, min_size=1))
def test_a_range_is_said_as_it_is_printed(chances: dict[int, float]) -> None:
    """In English the catalogue says how many are heard as the terminal does."""
    counts = Counts.of(chances)
    assert range_said(words("en"), counts) == str(counts)


@given(reserves())
def test_a_reserve_is_said_as_it_is_printed(reserve: Reserve) -> None:
    """In English the catalogue says of an open reserve what the terminal does."""
    if reserve.is_open:
        assert reserve.told(words("en")) == str(reserve)


def test_every_text_is_used() -> None:
    """Each key of the table stands in the source."""
    source = "".join(path.read_text("utf-8") for path in SOURCES.glob("*.py"))
    keys = [key.partition(".")[2] for key in words("en").texts if key.startswith("forecast_pict")]
    made = {f"over_{kind}{whose}" for kind in ("reply", "break") for whose in ("", "_of")}
    assert [key for key in keys if f'"{key}"' not in source and key not in made] == []


RESERVE = Reserve("7", at="end", length="1 min", assumed="8")
STARTED = [Record.of("s100", DAY("10:00-10:02"))]
PAUSED = [*STARTED, Record("9", DAY.at("10:02"), kind="break")]
CASES: dict[str, dict[str, Any]] = {
    "before": {"tolerance": "30 s"},
    "waiting": {"now": DAY.at("9:00")},
    "late": {"now": DAY.at("10:05")},
    "counted": {"done": 3, "now": DAY.at("10:15")},
    "between": {"done": 8, "now": DAY.at("10:45")},
    "over": {"done": 8, "now": DAY.at("11:30")},
    "learned": {"records": STARTED, "pace": Pace(1.1, 0.2, doubt=0.1)},
    "given": {"records": STARTED, "pace": Pace(1.1, 0.2)},
    "paused": {"records": PAUSED},
    "replied": {"records": [*STARTED, Record(None, DAY.at("10:02"), kind="reply")]},
    "few": {"few": 2},
    "nobody": {"done": 2, "few": 2, "now": DAY.at("10:15")},
    "unknown": {"reserve": Reserve("7", every=5, length="unknown")},
    "pace": {
        "pace": Pace(
            1.1, 0.2, cut=3, absent=0.1, changeover="9 s", late="9 s", doubt=0.1, records=9
        )
    },
}


def made(case: str, texts: Words) -> str:
    """Draw the forecast of a case."""
    given = dict(CASES[case])
    reserve, few = given.pop("reserve", RESERVE), given.pop("few", len(NAMES))
    listed = SpeakerList(NAMES[:few], limits="2 min")
    session = Session("6", BLOCKS, reserves=[reserve], speakers=listed)
    given.setdefault("pace", Pace(1.1, 0.2))
    return forecast(session, given.pop("pace"), **given, words=texts).picture()


def said_in(svg: str) -> list[str]:
    """All texts of a picture, without what is the same in every language."""
    texts = re.findall(r">([^<>]+)</(?:title|desc|text)>", svg)
    return [re.sub(r"&\w+;|UTC|\b\d+ (?:s|min)\b", "", text) for text in texts]


@pytest.mark.parametrize("case", CASES)
def test_every_word_comes_from_the_catalogue(case: str) -> None:
    """With texts of which nothing is left but their fields, nothing is said but names and dates."""
    bare = {
        key: " ".join(re.findall(r"\{\w+\}", text)) or "-"
        for key, text in words("en").texts.items()
    }
    dated = re.compile(r"(?:Monday|Mon)? ?8 (?:September|Sep)(?: 2014)?")
    left = [dated.sub("", text) for text in said_in(made(case, Words("en", bare)))]
    assert [text for text in left if re.search(r"[^\W\d_]{2}", text)] == []


@pytest.mark.parametrize("case", CASES)
def test_french(case: str) -> None:
    """No text of the English picture stands in the French one, but for names and numbers."""
    english, french = (said_in(made(case, words(lang))) for lang in ("en", "fr"))
    same = {text for text in english if re.search(r"[^\W\d_]{2}", text)} & set(french)
    assert same == set()


def test_english_without_words() -> None:
    """Whoever gives no words draws in English, and what is printed is English in any case."""
    session = Session("Panel", BLOCKS, speakers=SpeakerList(["Chile"], limits="2 min"))
    plain, french = forecast(session), forecast(session, words=words("fr"))
    assert plain.picture() == forecast(session, words=words("en")).picture()
    assert (str(french), french.assumptions) == (str(plain), plain.assumptions)
    tables = [each._repr_html_().removeprefix(each.picture()) for each in (french, plain)]
    assert tables[0] == tables[1]


PANEL = Session("Panel", BLOCKS, speakers=SpeakerList(["Chile"], limits="2 min"))


def test_words_by_their_tag() -> None:
    """The tag of a language stands for its words; what is neither is refused before all else."""
    assert forecast(PANEL, words="FR").picture() == forecast(PANEL, words=words("fr")).picture()
    for wrong in ("de", "", ["fr"], 5):
        with pytest.raises(InvalidValue, match='expected a language, "en" or "fr", got '):
            forecast(PANEL, words=wrong)  # type: ignore[arg-type]  # as a user might


def test_a_notebook_says_each_thing_once() -> None:
    """What the picture says in words does not stand below the table again."""
    found = forecast(PANEL)
    table = found._repr_html_().removeprefix(found.picture())
    assert "All are heard with" in found.picture()
    assert table.startswith("<table>")
    assert table.endswith("</table>")


def test_a_notebook_without_babel(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture whose dates nobody can write is left out, and the table says what it would."""
    found = forecast(PANEL, words="fr")
    monkeypatch.setitem(sys.modules, "babel", None)
    date_forms.cache_clear()
    assert found._repr_svg_() is None
    assert found._repr_html_().startswith("<table>")
    assert "<p>All are heard with" in found._repr_html_()
    with pytest.raises(MissingExtra, match=r"r2psched\[i18n\]"):
        found.picture()


def test_texts_are_joined_as_the_language_does() -> None:
    """In French a space stands before a semicolon."""
    svg = html.unescape(forecast(PANEL, Pace(1, 0.3), words="fr").picture())
    described = svg[svg.index("<desc") : svg.index("</desc>")]
    assert not re.search(r"\S; ", described)
    assert " ; " in described


def test_those_who_are_counted_keep_their_ids() -> None:
    """Speakers who are only counted have a name in the language, and the same id in each."""
    session = Session("Panel", BLOCKS, speakers=SpeakerList(limits="2 min"))
    french = forecast(session, speakers=2, words=words("fr"))
    assert [(who.delegation, who.id) for who in french.inscriptions] == [
        ("Orateur 1", "speaker-1"),
        ("Orateur 2", "speaker-2"),
    ]


FRENCH = HEARING.replace("zone = ", 'lang = "fr"\nzone = ', 1)


def test_the_command_draws_in_the_language_of_the_file(tmp_path: Path) -> None:
    """And with the texts that the file has of its own."""
    file, svg = tmp_path / "hearing.toml", tmp_path / "hearing.svg"
    own = '[invitations.texts]\n"forecast_picture.gauge" = "chances"\n'
    file.write_text(FRENCH.replace("[[sessions]]", f"{own}\n[[sessions]]", 1), "utf-8")
    call("forecast", file, "--pace", "general-debates", "-o", svg)
    drawn = svg.read_text("utf-8")
    assert "mardi 10 mars 2026" in drawn
    assert ">chances</text>" in drawn
    assert "start by the limits alone" not in drawn


def test_without_babel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another language than English needs an extra for its dates, and the command names it."""
    monkeypatch.setitem(sys.modules, "babel", None)
    date_forms.cache_clear()
    file, svg = tmp_path / "hearing.toml", tmp_path / "hearing.svg"
    file.write_text(FRENCH, "utf-8")
    assert 'pip install "r2psched[i18n]"' in fails(2, "forecast", file, "-o", svg)
    assert not svg.exists()
