"""Dates as a person reads them, as long as there is room for them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from r2psched.errors import InvalidValue, MissingExtra, shown
from r2psched.language.tags import ORIGINAL

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from r2psched.language.catalogue import Words

__all__ = ["capitalised", "date_forms", "dates_told"]

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SHORTER = ("yMMMEd", "MMMEd", "MMMd")
_NUMBER_OF_THE_DAY = re.compile(r"(?<![\w'])d(?![\w'])")


@lru_cache(maxsize=1024)
def date_forms(day: dt.date, language: str = ORIGINAL) -> tuple[str, ...]:
    """Write a date in several lengths, the longest first.

    Args:
        day: The date.
        language: The tag of a language. English stands here; every other is written as the
            Unicode Common Locale Data Repository has it, with what the catalogue calls the first
            of a month.

    Raises:
        MissingExtra: If the language is another than English, and the extra `i18n` is not
            installed.
        InvalidValue: If the Repository has no such language.

    >>> import datetime
    >>> date_forms(datetime.date(2014, 9, 8))[:3]
    ('Monday 8 September 2014', 'Mon 8 Sep 2014', 'Mon 8 Sep')
    >>> date_forms(datetime.date(2027, 3, 1), "fr")[:3]
    ('lundi 1er mars 2027', 'lun. 1er mars 2027', 'lun. 1er mars')
    """
    if language != ORIGINAL:
        return _elsewhere(day, language)
    name, month = _DAYS[day.weekday()], _MONTHS[day.month - 1]
    short = f"{day.day} {month[:3]}"
    return (
        f"{name} {day.day} {month} {day.year}",
        f"{name[:3]} {short} {day.year}",
        f"{name[:3]} {short}",
        short,
        f"{day.day}",
    )


def dates_told(spans: Iterable[tuple[dt.date, dt.date]], words: Words) -> str:
    """Write dates in their order: those of days that follow each other from the first to the last.

    Args:
        spans: The first and the last of some days each, in any order.
        words: The texts of a language.

    Returns:
        The dates in their longest form; an empty text if there is none.

    Raises:
        MissingExtra: As `date_forms`.

    >>> import datetime
    >>> from r2psched.language import words
    >>> days = [datetime.date(2026, *day) for day in [(3, 2), (12, 7), (3, 3)]]
    >>> dates_told(zip(days, days), words("en"))
    'Monday 2 March 2026 – Tuesday 3 March 2026; Monday 7 December 2026'
    """
    runs: list[tuple[dt.date, dt.date]] = []
    for first, last in sorted(spans):
        if runs and (first - runs[-1][1]).days <= 1:
            start, end = runs.pop()
            runs.append((start, max(end, last)))
        else:
            runs.append((first, last))
    told = []
    for run in runs:
        one, other = (date_forms(day, words.language)[0] for day in run)
        told.append(one if one == other else words("outline.from_to", first=one, last=other))
    return words("general.semicolon").join(told)


def _elsewhere(day: dt.date, language: str) -> tuple[str, ...]:
    try:
        from babel import Locale, UnknownLocaleError  # noqa: PLC0415  # an extra
        from babel.dates import format_date  # noqa: PLC0415  # an extra
    except ImportError as error:
        extra, purpose = "i18n", f"writing dates in the language {shown(language)}"
        raise MissingExtra(extra, purpose) from error
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        msg = (
            f"no dates are known in the language {shown(language)}: name its file by a tag of the "
            'Unicode Common Locale Data Repository, such as "de" or "pt-BR"'
        )
        raise InvalidValue(msg) from error
    patterns = [locale.date_formats["full"], *map(locale.datetime_skeletons.get, _SHORTER)]
    told = [pattern.pattern for pattern in patterns if pattern is not None]
    if day.day == 1:
        from r2psched.language.catalogue import words  # noqa: PLC0415  # few dates need it

        first = words(language)("date.first").replace("'", "''")
        told = [_NUMBER_OF_THE_DAY.sub(f"'{first}'", pattern) for pattern in told]
    return (*(format_date(day, pattern, locale) for pattern in told), f"{day.day}")


def capitalised(text: str) -> str:
    """A text as it begins a line: with a capital, where its script has them.

    >>> capitalised("lundi 8 septembre 2014")
    'Lundi 8 septembre 2014'
    """
    return text[:1].upper() + text[1:]
