"""Dates in words, in several lengths: in English without Babel, in other languages by it."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.blocks import Day, write_date
from r2psched.errors import InvalidValue, MissingExtra
from r2psched.language import date_forms, dates_told, languages, words

FIRST = dt.date(2027, 3, 1)
EIGHTH = dt.date(2014, 9, 8)
# Of the languages that are not shipped no word of the catalogue is needed but for the first.
TOLD = {
    "de": ("Montag, 8. September 2014", "Mo., 8. Sept. 2014", "Mo., 8. Sept.", "8. Sept.", "8"),
    "es": ("lunes, 8 de septiembre de 2014", "lun, 8 sept 2014", "lun, 8 sept", "8 sept", "8"),
    "ja": ("2014年9月8日月曜日", "2014年9月8日(月)", "9月8日(月)", "9月8日", "8"),
    "ar": (
        "الاثنين، 8 سبتمبر 2014",
        "الاثنين، 8 سبتمبر 2014",
        "الاثنين، 8 سبتمبر",
        "8 سبتمبر",
        "8",
    ),
    "pt-BR": (
        "segunda-feira, 8 de setembro de 2014",
        "seg., 8 de set. de 2014",
        "seg., 8 de set.",
        "8 de set.",
        "8",
    ),
}


@given(st.dates())
def test_english(day: dt.date) -> None:
    """The names are those of the calendar, and three letters of them where there is less room."""
    name, month = calendar.day_name[day.weekday()], calendar.month_name[day.month]
    assert date_forms(day) == (
        f"{name} {day.day} {month} {day.year}",
        f"{name[:3]} {day.day} {month[:3]} {day.year}",
        f"{name[:3]} {day.day} {month[:3]}",
        f"{day.day} {month[:3]}",
        f"{day.day}",
    )


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (EIGHTH, ("lundi 8 septembre 2014", "lun. 8 sept. 2014", "lun. 8 sept.", "8 sept.", "8")),
        (FIRST, ("lundi 1er mars 2027", "lun. 1er mars 2027", "lun. 1er mars", "1er mars", "1")),
        (
            dt.date(2026, 8, 11),
            ("mardi 11 août 2026", "mar. 11 août 2026", "mar. 11 août", "11 août", "11"),
        ),
        (
            dt.date(2028, 2, 21),
            ("lundi 21 février 2028", "lun. 21 févr. 2028", "lun. 21 févr.", "21 févr.", "21"),
        ),
    ],
)
def test_french(day: dt.date, told: tuple[str, ...]) -> None:
    """Names in small letters, and the first of a month is "1er"; no other day is."""
    assert date_forms(day, "fr") == told


@pytest.mark.parametrize("language", languages())
@given(st.dates())
def test_each_form_says_less(language: str, day: dt.date) -> None:
    """Whatever the language: five forms that say the day, each no longer than the one before."""
    forms = date_forms(day, language)
    assert len(forms) == 5
    assert sorted(forms, key=len, reverse=True) == list(forms)
    assert all(re.search(rf"(?<!\d){day.day}(?!\d)", form) for form in forms)
    assert all(str(day.year) in form for form in forms[:2])


@pytest.mark.parametrize("language", TOLD)
def test_further_languages(language: str) -> None:
    """A language needs no code for its dates: Babel knows their form."""
    assert date_forms(EIGHTH, language) == TOLD[language]


def test_a_moment() -> None:
    """The date of a moment is that of its own zone, in the longest form."""
    moment = Day("2027-03-01", zone="Pacific/Apia").at("00:30")
    assert write_date(moment) == "Monday 1 March 2027"
    assert write_date(moment, "fr") == "lundi 1er mars 2027"


@pytest.mark.parametrize("language", ["tlh", "x-klingon", "qaa", "", "i"])
def test_a_language_without_dates(language: str) -> None:
    """A tag that Babel does not know is refused, with what a tag must be."""
    with pytest.raises(InvalidValue, match=r'no dates are known in .*such as "de" or "pt-BR"'):
        date_forms(EIGHTH, language)


def test_without_babel(monkeypatch: pytest.MonkeyPatch) -> None:
    """English needs no extra; every other language says which one it needs."""
    monkeypatch.setitem(sys.modules, "babel", None)
    date_forms.cache_clear()
    assert date_forms(FIRST)[0] == "Monday 1 March 2027"
    with pytest.raises(
        MissingExtra, match=r'^writing dates in the language "fr" needs .*r2psched\[i18n\]'
    ):
        date_forms(FIRST, "fr")


@given(st.lists(st.dates(dt.date(2026, 2, 20), dt.date(2026, 4, 10)), max_size=12), st.data())
def test_runs_of_days(days: list[dt.date], data: st.DataObject) -> None:
    """Whatever their order: each run of days from its first to its last, the runs in order."""
    held = sorted(set(days))
    firsts = [day for day in held if day - dt.timedelta(1) not in held]
    lasts = [day for day in held if day + dt.timedelta(1) not in held]
    expected = [
        " – ".join(date_forms(day)[0] for day in dict.fromkeys(run))
        for run in zip(firsts, lasts, strict=True)
    ]
    given_days = data.draw(st.permutations(days))
    assert dates_told(zip(given_days, given_days, strict=True), words("en")) == "; ".join(expected)
    runs = data.draw(st.permutations([*zip(firsts, lasts, strict=True)] * 2))
    assert dates_told(runs, words("en")) == "; ".join(expected)


def test_spans_in_french() -> None:
    """Dashes and semicolons are those of the language."""
    spans = [(FIRST, FIRST + dt.timedelta(1)), (EIGHTH, EIGHTH)]
    assert dates_told(spans, words("fr")) == (
        "lundi 8 septembre 2014 ; lundi 1er mars 2027 – mardi 2 mars 2027"
    )
