"""How a forecast writes chances and times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.blocks import (
    to_epoch,
    to_minute,
    write_clock,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pendulum

    from r2psched.blocks import TimeBlock

__all__ = ["Clock", "percent"]

_CERTAIN = 1 - 1e-6
_WEEK = 7


def percent(chance: float) -> str:
    """Write a chance in percent, never rounded to what is certain or out of the question.

    >>> percent(0.934), percent(0.9999), percent(1), percent(0.0001)
    ('93 %', '> 99 %', '100 %', '< 1 %')
    """
    if chance >= _CERTAIN:
        return "100 %"
    if chance > 0.99:  # noqa: PLR2004  # what the text says
        return "> 99 %"
    if 0 < chance < 0.01:  # noqa: PLR2004  # what the text says
        return "< 1 %"
    return f"{chance * 100:.0f} %"


class Clock:
    """Writes times of a session: with the weekday or the date where its blocks have several.

    >>> from r2psched import Day
    >>> day = Day("2014-09-08", zone="UTC")
    >>> two = [day("10:00-13:00"), day("2014-09-09 10:00-13:00")]
    >>> Clock(two).exact(day.at("10:15")), Clock(two[:1]).near(day.at("10:15:40"))
    ('Mon 10:15', '10:16')
    """

    def __init__(self, blocks: Iterable[TimeBlock]) -> None:
        """Take the blocks of the session."""
        dates = sorted({block.start.date() for block in blocks})
        spread = (dates[-1] - dates[0]).days if dates else 0
        self._date = "" if not spread else "ddd " if spread < _WEEK else "D MMM "

    def exact(self, moment: pendulum.DateTime) -> str:
        """Write a time as it is."""
        clock = write_clock(*to_epoch(moment))
        return (moment.format(self._date, locale="en") if self._date else "") + clock

    def near(self, moment: pendulum.DateTime) -> str:
        """Write a time to the nearest minute."""
        return self.exact(to_minute(moment))

    def span(self, block: TimeBlock) -> str:
        """Write a block: "10:50-13:00"."""
        date = block.start.format(self._date, locale="en") if self._date else ""
        return date + block.text(block.start.date())
