"""Generated sessions, each with a pace, that forecasts are judged by; always the same."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from r2psched import Day, Inscription, LimitsFrom, Reserve, Session, SpeakerList, SpeakingLimits
from r2psched.pace import Habit, Pace

if TYPE_CHECKING:
    from r2psched.blocks import TimeBlock

__all__ = ["Case", "cases"]

_SEED = 20140908
_DAYS = tuple(Day(f"2014-09-{n:02}", zone="Europe/Zurich") for n in range(8, 14))
_FIRST = _DAYS[0]
_MANY = 24
_PEOPLE = 120


class Case(NamedTuple):
    """A session, how long everything takes in it, and what is tolerated at the end of a block."""

    name: str
    session: Session
    pace: Pace
    tolerance: timedelta


def _people(
    count: int, kinds: int = 1, every: int = 0, own: str | None = None
) -> list[Inscription]:
    """Make a list: categories in turn, one of so many for a group, one with a limit of its own."""
    names = (None, "observer", "agency")
    return [
        Inscription(
            f"Speaker {n}",
            category=names[n % kinds],
            on_behalf="a group" if every and n % every == 1 else None,
            limit=own if every and n % every == 2 else None,
        )
        for n in range(count)
    ]


def _case(  # noqa: PLR0913  # what differs from case to case
    name: str,
    blocks: str | list[TimeBlock],
    people: int | list[Inscription],
    limits: str | SpeakingLimits,
    pace: Pace,
    *,
    tolerance: int = 0,
    reserves: tuple[Reserve, ...] = (),
    **of_list: Any,  # noqa: ANN401  # as the class takes them
) -> Case:
    """Make a case; blocks as text are times of the first day, the tolerance is in minutes."""
    times = [_FIRST(time) for time in blocks.split()] if isinstance(blocks, str) else blocks
    inscribed = _people(people) if isinstance(people, int) else people
    listed = SpeakerList(inscribed, limits, **of_list)
    session = Session(name, times, reserves=reserves, speakers=listed)
    return Case(name, session, pace, timedelta(minutes=tolerance))


def _kept(length: str, **where: Any) -> Reserve:  # noqa: ANN401  # as the class takes it
    return Reserve("Replies", length=length, **where)


_SELDOM = 0.25
_SOMETIMES = (
    _kept("5 min", at="start"),
    _kept("5 min", at="block-end"),
    _kept("4 min", every=6),
    _kept("9 min", every=10),
)
_USUAL = Pace(1.1, 0.35)
_DAY = "10:00-13:00 15:00-18:00"
_SHORT = "10:00-13:00 15:00-16:30"
_MIXED = SpeakingLimits(
    "3 min", on_behalf="5 min", categories={"observer": "2 min", "agency": "90 s"}
)
_HABITS = {"observer": Habit(1.3, 0.5, 0.2), "Agency": Habit(0.8, 0.2)}


def _plain() -> list[Case]:
    return [
        _case("one block", "10:00-13:00", 60, "3 min", _USUAL),
        _case("two blocks", _DAY, 110, "3 min", _USUAL),
        _case("few, all heard", "10:00-13:00", 5, "3 min", _USUAL),
        _case("gamma", _DAY, 73, "4 min", Pace(1.13, 0.48, family="gamma")),
        _case("gamma, narrow", "10:00-13:00", 60, "3 min", Pace(1, 0.05, family="gamma")),
        _case("wide", _DAY, 70, "3 min", Pace(1.2, 1.5)),
        _case("cut at the limit", "10:00-12:00", 45, "3 min", Pace(1.1, 0.4, cut=1.0)),
        _case("cut at 1.2", _DAY, 86, "4 min", Pace(1.1, 0.4, cut=1.2)),
        _case("gamma, cut at 1.2", _DAY, 109, "3 min", Pace(1.2, 0.5, family="gamma", cut=1.2)),
        _case("no spread, over the limit", _DAY, 80, "4 min", Pace(1.17)),
        _case("no spread, as limited", _DAY, 70, "4 min", Pace()),
        _case("no spread, absences", _DAY, 100, "4 min", Pace(1, absent=0.1)),
        _case("30 seconds", "10:00-10:50", 120, "30 s", Pace(1.1, 0.5)),
        _case("15 minutes", "10:00-13:00 15:00-18:00 19:00-21:00", 30, "15 min", Pace(1.2, 0.48)),
        _case("absences", _DAY, 100, "4 min", Pace(1, 0.3, 0.12)),
        _case("many absent", "10:00-11:00", 60, "3 min", Pace(1.1, 0.4, 0.6)),
        _case("habits", _DAY, _people(120, 3), "3 min", Pace(1.1, 0.4, 0.05, categories=_HABITS)),
        _case("mixed limits", _DAY, _people(100, 3, 7, "7 min"), _MIXED, _USUAL),
        _case("mixed, cut", "10:00-12:30 15:00-16:40", _people(120, 3, 9, "4 min"), _MIXED,
              Pace(1.1, 0.6, cut=1.2)),
    ]  # fmt: skip


def _between() -> list[Case]:
    sure = Pace(1.05, 0.3, changeover="20 s")
    unsure = Pace(1.05, 0.3, 0.1, changeover="20 s", changeover_spread="15 s")
    late = Pace(1.1, 0.3, late="5 min", late_spread="2 min")
    return [
        _case("changeover of the list", _DAY, 100, "3 min", _USUAL, changeover="15 s"),
        _case("changeover of the pace", _DAY, 102, "3 min", sure, changeover="45 s"),
        _case("changeover with spread", _DAY, 113, "3 min", unsure),
        _case("no spread but of changeovers", _DAY, 86, "4 min",
              Pace(1, changeover="10 s", changeover_spread="8 s")),
        _case("gamma changeover", "10:00-13:00", 67, "2 min",
              Pace(1, 0.4, family="gamma", changeover="40 s", changeover_spread="40 s")),
        _case("late", _DAY, 80, "4 min", Pace(1.1, 0.3, late="5 min")),
        _case("late with spread", _DAY, 79, "4 min", late),
        _case("only late", "10:00-11:00 12:00-13:00", 40, "3 min",
              Pace(late="5 min", late_spread="4 min")),
        _case("late by more than a block", "10:00-10:10 10:30-12:00", 30, "3 min",
              Pace(1.1, 0.3, late="8 min", late_spread="8 min", family="gamma")),
        _case("tolerance of two minutes", _DAY, 108, "3 min", _USUAL, tolerance=2),
        _case("tolerance of five minutes", _DAY, 90, "4 min", unsure, tolerance=5),
        _case("tolerance beyond the limit", "10:00-11:00 11:30-12:30", 60, "2 min", late,
              tolerance=5),
        _case("tolerance, cut", _DAY, 85, "4 min", Pace(1.2, 0.5, cut=1.2), tolerance=2),
    ]  # fmt: skip


def _reserved() -> list[Case]:
    absent = Pace(1.1, 0.35, 0.1, changeover="10 s", changeover_spread="5 s")
    all_over = (
        _kept("5 min", at="start"),
        _kept("10 min", at="end"),
        _kept("3 min", at="block-start"),
        _kept("4 min", at="block-end"),
    )
    every = _kept("6 min", every=5)
    rounds = (every, _kept("10 min", every=12))
    return [
        _case("reserves at each place", _DAY, 99, "3 min", _USUAL, reserves=all_over),
        _case("reserve after every five", _DAY, 80, "3 min", _USUAL, reserves=(every,)),
        _case("after every one", "10:00-13:00", 40, "3 min", _USUAL,
              reserves=(_kept("1 min", every=1),)),
        _case("two rounds", _DAY, 70, "3 min", absent, reserves=rounds),
        _case("two rounds, three blocks, tolerance", "10:00-11:00 11:30-12:30 14:00-15:30", 60,
              "3 min", absent, reserves=rounds, tolerance=2),
        _case("every five and each place", _DAY, 90, "3 min", absent, reserves=(*all_over, every)),
        _case("a reserve longer than a block", "10:00-11:00 11:10-11:15 12:00-13:00", 40, "3 min",
              _USUAL, reserves=(_kept("8 min", every=4),)),
        _case("every seven, no spread but absences", _DAY, 113, "3 min", Pace(1, absent=0.2),
              reserves=(_kept("7 min", every=7),)),
        _case("of no length", _DAY, 116, "3 min", absent, changeover="30 s",
              reserves=(_kept("0 s", every=3),)),
    ]  # fmt: skip


def _many_blocks() -> list[Case]:
    late = Pace(1.1, 0.4, 0.05, late="5 min", late_spread="2 min")
    return [
        _case("three days", [day("10:00-13:00") for day in _DAYS[:3]], 120, "4 min", late),
        _case("four blocks on two days",
              [day(time) for day in _DAYS[:2] for time in _DAY.split()], 120, "6 min", late),
        _case("six blocks on six days", [day("10:00-11:00") for day in _DAYS], 100, "4 min",
              late, tolerance=2),
        _case("six short blocks",
              "10:00-10:20 10:40-11:00 11:10-11:40 12:00-12:15 12:30-13:30 14:00-14:30",
              70, "3 min", _USUAL),
        _case("five blocks, gaps of two minutes",
              "10:00-10:30 10:32-11:02 11:04-11:34 11:36-12:06 12:08-12:38", 60, "3 min",
              Pace(1.3, 0.8)),
    ]  # fmt: skip


def _later() -> list[Case]:
    shorter = LimitsFrom("2 min", since=_FIRST.at("11:20"))
    after = LimitsFrom(
        "90 s", on_behalf="3 min", categories={"observer": "1 min"}, since=_FIRST.at("15:00")
    )
    longer = LimitsFrom("6 min", since=_FIRST.at("10:30"))
    changing = Pace(1.1, 0.4, 0.1, changeover="20 s", changeover_spread="10 s")
    return [
        _case("shorter later", _SHORT, 110, "3 min", _USUAL, later_limits=[shorter]),
        _case("shorter twice, mixed", _SHORT, _people(120, 3, 7, "4 min"), _MIXED, changing,
              later_limits=[shorter, after]),
        _case("longer later", "10:00-13:00", 60, "3 min", changing, later_limits=[longer],
              tolerance=2),
        _case("later, no spread", _SHORT, 110, "3 min", Pace(1.04, absent=0.1),
              later_limits=[shorter]),
        _case("later limits, reserves", _SHORT, 110, "3 min", changing,
              later_limits=[shorter], reserves=(_kept("5 min", every=10),)),
    ]  # fmt: skip


def _degenerate() -> list[Case]:
    return [
        _case("exactly full, cut at the limit", "10:00-10:15", 6, "3 min",
              Pace(1.2, 0.4, cut=1.0)),
        _case("exactly full, nearly always cut", "10:00-11:00 12:00-13:00", 42, "3 min",
              Pace(3, 0.5, cut=1.0)),
        _case("exactly full, mostly cut", "10:00-11:00 12:00-13:00", 42, "3 min",
              Pace(1.5, 0.4, cut=1.0)),
        _case("exactly full, mostly cut, absences", "10:00-11:00 12:00-13:00", 44, "3 min",
              Pace(1.5, 0.4, 0.08, cut=1.0)),
        _case("exactly full, mostly cut, mixed limits", "10:00-11:00 12:00-13:00",
              _people(50, 2), SpeakingLimits("3 min", categories={"observer": "2 min"}),
              Pace(1.5, 0.4, cut=1.0)),
        _case("exactly full, mostly cut, later limits", "10:00-11:00 12:00-13:00", 52, "3 min",
              Pace(1.5, 0.4, cut=1.0),
              later_limits=[LimitsFrom("2 min", since=_FIRST.at("10:30"))]),
        _case("exactly full, no spread, late", "10:00-11:00 12:00-13:00", 42, "3 min",
              Pace(late="1 min", late_spread="1 min")),
        _case("exactly full, absences", "10:00-11:00 12:00-13:00", 42, "3 min",
              Pace(1, absent=0.03)),
        _case("exactly full with changeovers", "10:00-11:06:20 12:00-13:06:20", 42, "3 min",
              Pace(2, 0.8, cut=1.0, changeover="20 s")),
        _case("a block too short for a category", "10:00-11:00 11:10-11:14 12:00-13:00",
              _people(45, 2), SpeakingLimits("2 min", categories={"observer": "5 min"}), _USUAL),
        _case("a gap of five minutes, strong overrun", "10:00-10:40 10:45-11:25", 30, "4 min",
              Pace(1.5, 2)),
        _case("an overrun beyond a block", "10:00-10:20 10:25-10:32 10:35-11:30", 30, "5 min",
              Pace(1.6, 2.5), tolerance=5),
        _case("nobody fits", "10:00-10:10", 5, "15 min", _USUAL),
        _case("one speaker", "10:00-10:10", 1, "5 min", Pace(1, 0.5, 0.3)),
        _case("one fits for sure, the next hardly", "10:00-10:10", 3, "5 min", Pace(1.5, 0.3)),
    ]  # fmt: skip


def _drawn(rng: np.random.Generator, number: int) -> Case:
    """Draw a case in which everything may meet."""

    def one(*values: Any) -> Any:  # noqa: ANN401  # any of those
        return values[int(rng.integers(len(values)))]

    blocks, clock, day = [], 9 * 60, 0
    for _ in range(int(rng.integers(1, 7))):
        length = int(rng.integers(15, 200))
        if clock + length > 21 * 60:
            clock, day = 9 * 60, day + 1
        start = _DAYS[day].at("00:00").add(minutes=clock)
        blocks.append(_DAYS[day](f"{start:%H:%M}-{start.add(minutes=length):%H:%M}"))
        clock += length + one(1, 5, 30, 120)
    time = sum(block.duration.total_seconds() for block in blocks)
    mean = round(float(rng.uniform(0.8, 1.4)), 2)
    usual = [n for n in (30, 60, 90, 120, 180, 240, 300, 420) if time / n / mean < _PEOPLE]
    seconds = one(*usual, 900)
    people = int(min(_PEOPLE, max(5, rng.uniform(0.9, 1.3) * time / seconds / mean)))
    limits = SpeakingLimits(
        f"{seconds} s",
        on_behalf=one(None, f"{2 * seconds} s"),
        categories=one({}, {"observer": f"{seconds - 10} s"}),
    )
    later = LimitsFrom(f"{seconds // 2} s", since=blocks[-1].start.add(minutes=5))
    spread, changeover, late = one(0.0, 0.2, 0.5), one(None, "15 s", "40 s"), one(0, 2, 6)
    pace = Pace(
        mean,
        spread,
        one(0.0, 0.05, 0.3),
        family=one("lognormal", "gamma"),
        cut=one(None, 1.0, 1.2),
        changeover=changeover,
        changeover_spread=one("0 s", "12 s") if changeover else "0 s",
        late=f"{late} min",
        late_spread=one("0 s", "90 s") if late else "0 s",
        categories=one({}, _HABITS),
    )
    reserves = [each for each in _SOMETIMES if rng.random() < _SELDOM]
    return _case(
        f"drawn {number}",
        blocks,
        _people(people, 3, 8, f"{seconds + 30} s"),
        limits,
        pace,
        tolerance=one(0, 0, 2, 5),
        reserves=tuple(reserves),
        later_limits=one((), (later,)),
        changeover=one("0 s", "10 s"),
    )


def cases() -> list[Case]:
    """Give all of them: those made for one trait each, then those that were drawn."""
    rng = np.random.Generator(np.random.PCG64(_SEED))
    made = [_plain, _between, _reserved, _many_blocks, _later, _degenerate]
    return [
        *(case for kind in made for case in kind()),
        *(_drawn(rng, number) for number in range(1, _MANY + 1)),
    ]
