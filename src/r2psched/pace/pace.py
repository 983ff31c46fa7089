"""Pace: how long interventions really take, measured against their limits."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from r2psched.durations import as_duration, show
from r2psched.errors import InvalidValue, shown
from r2psched.fields import (
    as_line,
    as_moment,
    as_one_of,
    as_pairs,
    as_title,
    folded,
    optional,
    whole,
)
from r2psched.pace.laws import Law

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pendulum

    from r2psched.pace.laws import Family
    from r2psched.pace.records import Record
    from r2psched.speakers import Inscription

__all__ = ["Habit", "Pace"]

_MOST = 1000.0
_MOST_DOUBT = 1.0


def _number(value: object, what: str, least: float, most: float, such: str) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and least <= value <= most:
        return float(value)
    msg = f"expected {what}, such as {such}, got {shown(value)}"
    raise InvalidValue(msg)


def _as_mean(value: float) -> float:
    what = "the mean length of an intervention, in limits, more than 0 and at most 1,000"
    found = _number(value, what, 0.0, _MOST, "1.13")
    if found < 1 / _MOST:
        msg = f"expected {what}, such as 1.13, got {shown(value)}"
        raise InvalidValue(msg)
    return found


def _as_spread(value: float) -> float:
    what = "the standard deviation of the length, in limits, from 0 to 1,000"
    return _number(value, what, 0.0, _MOST, "0.3")


def _as_absent(value: float) -> float:
    what = "the chance that a speaker is absent, from 0 to 0.99"
    return _number(value, what, 0.0, 0.99, "0.05")


def _as_doubt(value: float) -> float:
    what = "a standard error, from 0 to 1"
    return _number(value, what, 0.0, _MOST_DOUBT, "0.1")


def _as_cut(value: float | None) -> float | None:
    what = "the length in limits at which the microphone is cut, more than 0"
    return None if value is None else _number(value, what, 1 / _MOST, _MOST, "1.5")


def _as_records(value: int | None) -> int | None:
    if value is None or (whole(value) and value >= 1):
        return value
    msg = f"expected how many interventions were measured, from 1, got {shown(value)}"
    raise InvalidValue(msg)


def _as_time(value: timedelta | str) -> timedelta:
    """Take a length that was measured, so that it need not be in whole seconds."""
    if isinstance(value, timedelta) and timedelta(0) <= value <= timedelta(days=_MOST):
        return value
    return as_duration(value)


def _optional_time(value: timedelta | str | None) -> timedelta | None:
    return None if value is None else _as_time(value)


_as_family = as_one_of("lognormal", "gamma")


def _family(value: Family) -> Family:
    found: Family = _as_family(value)
    return found


@attrs.frozen
class Habit:
    """How long the interventions of one kind of speaker take, and how often they are absent.

    Attributes:
        mean: The mean of length over limit, before the microphone is cut.
        spread: Its standard deviation.
        absent: The chance that an inscribed speaker is not there when called.
    """

    mean: float = attrs.field(default=1.0, converter=_as_mean)
    spread: float = attrs.field(default=0.0, converter=_as_spread)
    absent: float = attrs.field(default=0.0, converter=_as_absent)

    def __attrs_post_init__(self) -> None:
        """Refuse a spread that no such distribution has to any purpose."""
        if self.spread > 10 * self.mean:
            most = f"at most ten times the mean {self.mean:g}"
            msg = f"expected a spread of {most}, got {self.spread:g}"
            raise InvalidValue(msg)


_habit = optional(Habit, "a habit, such as Habit(1.1, 0.3)")


def _as_categories(
    given: Mapping[str, Habit] | Iterable[tuple[str, Habit]],
) -> tuple[tuple[str, Habit], ...]:
    found = []
    for name, value in as_pairs(given):
        habit = _habit(value)
        if habit is None:
            msg = f"the category {shown(name)} has no habit: give one, such as Habit(1.1, 0.3)"
            raise InvalidValue(msg)
        found.append((as_title(name), habit))
    if len({folded(name) for name, _ in found}) < len(found):
        msg = "two categories differ only by the case of letters or by space: remove one"
        raise InvalidValue(msg)
    return tuple(found)


@attrs.frozen
class Pace:
    """How long interventions really take, measured against their limits.

    The length of an intervention is its limit times a ratio, which is lognormal or gamma and
    independent of all others; where the microphone is cut, it is cut there.

    Attributes:
        mean: The mean of length over limit, before the microphone is cut.
        spread: The standard deviation of length over limit.
        absent: The chance that an inscribed speaker is not there when called.
        family: The distribution of the ratio, "lognormal" or "gamma".
        cut: At how many limits the microphone is cut, or None if it never is.
        changeover: The mean time between two interventions, or None for that of the list.
        changeover_spread: Its standard deviation.
        late: How much later than planned a block opens, on average.
        late_spread: Its standard deviation.
        categories: Other habits by category of the inscription, whatever its letter case, as
            sorted pairs; given as a mapping.
        doubt: The standard error of the mean, relative to it: 0.1 if it may well be a tenth
            higher or lower; 0 if it is taken as given.
        absent_doubt: The standard error of `absent`.
        changeover_doubt: The standard error of the mean changeover.
        records: How many measured interventions it rests on, or None.
        until: When the last of them ended, so that `learn` passes over those it knows; or None.
        source: Where it comes from, or None.

    >>> pace = Pace(1.1, 0.3, absent=0.05, changeover="15 s")
    >>> str(pace)
    '1.1 of the limit, spread 0.3, absent 5 %, changeover 15 s'
    """

    mean: float = attrs.field(default=1.0, converter=_as_mean)
    spread: float = attrs.field(default=0.0, converter=_as_spread)
    absent: float = attrs.field(default=0.0, converter=_as_absent)
    family: Family = attrs.field(default="lognormal", converter=_family, kw_only=True)
    cut: float | None = attrs.field(default=None, converter=_as_cut, kw_only=True)
    changeover: timedelta | None = attrs.field(default=None, converter=_optional_time, kw_only=True)
    changeover_spread: timedelta = attrs.field(
        default=timedelta(0), converter=_as_time, kw_only=True
    )
    late: timedelta = attrs.field(default=timedelta(0), converter=_as_time, kw_only=True)
    late_spread: timedelta = attrs.field(default=timedelta(0), converter=_as_time, kw_only=True)
    categories: tuple[tuple[str, Habit], ...] = attrs.field(
        default=(), converter=_as_categories, kw_only=True
    )
    doubt: float = attrs.field(default=0.0, converter=_as_doubt, kw_only=True)
    absent_doubt: float = attrs.field(default=0.0, converter=_as_doubt, kw_only=True)
    changeover_doubt: timedelta = attrs.field(
        default=timedelta(0), converter=_as_time, kw_only=True
    )
    records: int | None = attrs.field(default=None, converter=_as_records, kw_only=True)
    until: pendulum.DateTime | None = attrs.field(default=None, converter=as_moment, kw_only=True)
    source: str | None = attrs.field(default=None, converter=as_line, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse spreads of what has no length."""
        Habit(self.mean, self.spread, self.absent)
        spreads = (
            ("changeover", self.changeover, self.changeover_spread),
            ("late", self.late, self.late_spread),
        )
        for name, length, spread in spreads:
            if spread and not length:
                msg = f"{name}_spread is {show(spread)}, but no {name} is given: give its mean"
                raise InvalidValue(msg)
            if length and spread > 10 * length:
                msg = f"expected {name}_spread at most ten times {name} {show(length)}, got "
                raise InvalidValue(msg + show(spread))
        if self.changeover_doubt and not self.changeover:
            msg = "changeover_doubt is given, but no changeover: give its mean"
            raise InvalidValue(msg)

    @classmethod
    def fit(cls, records: Iterable[Record], *, cut: float | None = None) -> Pace:
        """The pace of measured interventions, with the doubt that their number leaves.

        Args:
            records: Interventions with their limits, and who was absent; in order of time.
            cut: At how many limits the microphone is cut, or None if it never is.

        Raises:
            InvalidValue: If fewer than three interventions were measured; all else that is wrong
                with the records, at once.

        Source: `doubt` is the standard error of a sample mean.

        >>> from r2psched import Day, Record
        >>> day = Day("2014-09-08", zone="UTC")
        >>> times = "10:00-10:03", "10:03-10:07", "10:07-10:09", "10:09-10:12"
        >>> fitted = Pace.fit(Record.of("Speaker", day(time), limit="3 min") for time in times)
        >>> round(fitted.mean, 3), round(fitted.spread, 3), round(fitted.doubt, 3)
        (1.0, 0.272, 0.136)
        """
        from r2psched.pace.fitting import fitted  # noqa: PLC0415  # most paces are given

        return fitted(records, cut)

    def learn(self, records: Iterable[Record]) -> Pace:
        """This pace and measured interventions together, each weighed by its doubt.

        A pace without doubt is taken as given, and stays as it is. One that knows no changeover
        takes that of three measured ones or more. What began before `until` is known already.

        Args:
            records: As for `fit`; any number of them.

        >>> from r2psched import Day, Record
        >>> before = Pace(1.2, 0.4, doubt=0.1)
        >>> day = Day("2014-09-08", zone="UTC")
        >>> after = before.learn([Record.of("Chile", day("10:00-10:03"), limit="3 min")])
        >>> round(after.mean, 3), round(after.doubt, 3)
        (1.182, 0.096)
        """
        from r2psched.pace.fitting import learned  # noqa: PLC0415  # most paces are given

        return learned(self, records)

    @cached_property
    def _by_category(self) -> dict[str, Habit]:
        return {folded(name): habit for name, habit in self.categories}

    @cached_property
    def habit(self) -> Habit:
        """The habit of whoever has none by category."""
        return Habit(self.mean, self.spread, self.absent)

    def habit_of(self, inscription: Inscription) -> Habit:
        """The habit of one inscription: that of its category, or else of all."""
        return self.habit_in(inscription.category)

    def habit_in(self, category: str | None) -> Habit:
        """The habit of a category, or of all where it has none of its own."""
        if category is None or not self.categories:
            return self.habit
        return self._by_category.get(folded(category), self.habit)

    def law(self, habit: Habit, limit: float) -> Law:
        """How long an intervention takes.

        Args:
            habit: Of whom.
            limit: The limit, in any unit.

        Returns:
            The distribution, in that unit.
        """
        cut = None if self.cut is None else self.cut * limit
        return Law(habit.mean * limit, habit.spread * limit, self.family, cut)

    @property
    def is_certain(self) -> bool:
        """Whether the pace itself is taken as given, without doubt."""
        return not (self.doubt or self.absent_doubt or self.changeover_doubt)

    def possible(self, limit: timedelta) -> tuple[tuple[float, Pace], ...]:
        """Paces that may be true, each with its weight; this one alone if it has no doubt.

        Args:
            limit: A usual limit, by which doubts of different parts are set against each other.

        Returns:
            Eleven paces from fast to slow, or twice as many after few records; the weights add up
            to 1.
        """
        from r2psched.pace.doubting import possible  # noqa: PLC0415  # most paces are given

        return possible(self, limit)

    def __str__(self) -> str:
        """Everything that it says, in one line."""
        parts = [f"{self.mean:.3g} of the limit", f"spread {self.spread:.3g}"]
        parts += [f"cut at {self.cut:.3g}"] if self.cut is not None else []
        parts += [f"absent {self.absent * 100:.3g} %"] if self.absent else []
        if self.changeover is not None:
            parts.append(f"changeover {_told(self.changeover, self.changeover_spread)}")
        if self.late:
            parts.append(f"blocks open late by {_told(self.late, self.late_spread)}")
        parts += [
            f"{name} {habit.mean:.3g} ± {habit.spread:.3g}" for name, habit in self.categories
        ]
        if self.doubt:
            parts.append(f"standard error of the mean {self.doubt * 100:.2g} %")
        if self.records:
            parts.append(f"from {self.records} interventions")
        return ", ".join(parts)


def _told(length: timedelta, spread: timedelta) -> str:
    whole_seconds = [
        timedelta(seconds=round(each / timedelta(seconds=1))) for each in (length, spread)
    ]
    return " ± ".join(show(each) for each in whole_seconds[: 1 + bool(spread)])
