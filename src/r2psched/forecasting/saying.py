"""What a forecast takes for granted, and how a picture writes it, in the words of a language."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from r2psched.durations import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2psched.forecasting.counts import Counts
    from r2psched.forecasting.opening import Standing
    from r2psched.language import Words
    from r2psched.pace import Pace
    from r2psched.seating import RunningOrder

__all__ = ["Told", "assumed", "pace_said", "range_said", "said", "told"]

_SECOND = timedelta(seconds=1)

Told = tuple[str, tuple[tuple[str, object], ...]]
"""A text of the catalogue yet to be said: its key in the table of pictures, and its fields."""


def told(key: str, **fields: object) -> Told:
    """Keep what is to be said, whatever the language."""
    return key, tuple(fields.items())


def said(words: Words, key: str, **fields: object) -> str:
    """Say a text of the table of pictures."""
    return words(f"forecast_picture.{key}", **fields)


def range_said(words: Words, counts: Counts) -> str:
    """The middle four fifths of how many: "81 to 86"."""
    low, high = counts.quantile(0.1), counts.quantile(0.9)
    return said(words, "range", low=low, high=high) if low < high else str(low)


def assumed(
    words: Words, order: RunningOrder, pace: Pace, standing: Standing, tolerance: timedelta
) -> Iterator[str]:
    """Say everything that a forecast takes for granted, a line each.

    Args:
        words: The texts.
        order: The running order, whose reserves may be unknown or assumed.
        pace: The pace, with what it has learned.
        standing: Where the session stands.
        tolerance: How much later than the end of a block a limit may be up.
    """
    yield said(words, "pace", pace=pace_said(words, pace))
    if pace.source is not None:
        yield said(words, "source", source=pace.source)
    measured = sum(record.ratio is not None for record in standing.records)
    if measured:
        yield said(words, "pace_given" if pace.is_certain else "pace_learned", count=measured)
    if tolerance:
        yield said(words, "tolerance", length=show(tolerance))
    yield from (said(words, key, **dict(fields)) for key, fields in standing.assumptions)
    yield from (each.told(words) for each in order.floor.reserves if each.is_open)


def pace_said(words: Words, pace: Pace) -> str:
    """Everything that a pace says, in one line.

    >>> from r2psched import Pace
    >>> from r2psched.language import words
    >>> pace_said(words("fr"), Pace(1.13, 0.3))
    '1,13 fois le temps de parole, écart type 0,3'
    """

    def number(value: float, digits: int = 3) -> str:
        return f"{value:.{digits}g}".replace(".", said(words, "decimal"))

    def length(mean: timedelta, spread: timedelta) -> str:
        whole = [_SECOND * round(each / _SECOND) for each in (mean, spread)]
        return " ± ".join(show(each) for each in whole[: 1 + bool(spread)])

    parts = [
        said(words, "pace_mean", mean=number(pace.mean)),
        said(words, "pace_spread", spread=number(pace.spread)),
    ]
    if pace.cut is not None:
        parts.append(said(words, "pace_cut", cut=number(pace.cut)))
    if pace.absent:
        parts.append(said(words, "pace_absent", part=number(pace.absent * 100)))
    if pace.changeover is not None:
        changeover = length(pace.changeover, pace.changeover_spread)
        parts.append(said(words, "pace_changeover", length=changeover))
    if pace.late:
        parts.append(said(words, "pace_late", length=length(pace.late, pace.late_spread)))
    parts += [
        said(words, "pace_category", name=name, mean=number(each.mean), spread=number(each.spread))
        for name, each in pace.categories
    ]
    if pace.doubt:
        parts.append(said(words, "pace_doubt", part=number(pace.doubt * 100, 2)))
    if pace.records:
        parts.append(said(words, "pace_records", count=pace.records))
    return ", ".join(parts)
