"""Forecasts against meetings that are played one by one; bench/forecast.py plays a million."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from r2psched import Day, LimitsFrom, Record, Reserve, Session, SpeakerList, forecast
from r2psched.pace import Pace
from tests.forecasting.judging import judged
from tests.forecasting.referee import Standing, simulate
from tests.forecasting.sessions import Case, cases

if TYPE_CHECKING:
    from r2psched.pace.records import Kind

PATHS = 50_000
DAY = Day("2014-09-08", zone="UTC")
PACE = Pace(
    1.1,
    0.4,
    0.05,
    changeover="20 s",
    changeover_spread="10 s",
    late="4 min",
    late_spread="2 min",
)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_a_forecast_is_what_meetings_come_to(case: Case) -> None:
    """Times within 5 s and 0.003, probabilities within 0.003, and three standard errors."""
    found = forecast(case.session, case.pace, tolerance=case.tolerance)
    order = case.session.running_order()
    played = simulate(order, case.pace, tolerance=case.tolerance, paths=PATHS, seed=68)
    assert judged(found, played, each=7).holds


class Meeting(NamedTuple):
    """How a meeting stands: as records and the time tell it, and as the referee takes it."""

    name: str
    times: str
    now: str
    standing: Standing
    every: bool = False
    shorter: bool = False


TWO = "10:03-10:06:30 10:07-10:10"
MEETINGS = (
    Meeting("somebody speaks", f"{TWO} 10:10:20-", "10:13:50", Standing(3, 0, 620, 3, 210)),
    Meeting("over the limit", f"{TWO} 10:10:20-", "10:15", Standing(3, 0, 620, 3, 280)),
    Meeting("a reserve follows", f"{TWO} 10:10-", "10:12", Standing(3, 0, 600, 3, 120), every=True),
    Meeting("a reserve is due", f"{TWO} 10:10-10:14", "10:15", Standing(3, 0, 900, 3), every=True),
    Meeting("the next is called", TWO, "10:10:15", Standing(2, 0, 600, 2, waited=15)),
    Meeting("one is absent", f"{TWO} -", "10:10:15", Standing(3, 0, 600, 2, waited=15)),
    Meeting("limits change", f"{TWO} 10:19-", "10:20", Standing(3, 0, 1140, 3, 60), shorter=True),
    Meeting("not open yet", "", "10:05", Standing(waited=300)),
    Meeting("in the pause", TWO, "11:15", Standing(2, 1, None, 2)),
    Meeting("late after the pause", TWO, "11:33", Standing(2, 1, None, 2, waited=180)),
)


def record(number: int, time: str) -> Record:
    """Give the record of one speaker: "10:03-10:06", "10:03-" for one with the floor, "-"."""
    start, end = (DAY.at(part) if part else None for part in time.split("-"))
    kind: Kind = "intervention" if start else "absent"
    return Record(f"Speaker {number}", start, end, kind=kind)


@pytest.mark.parametrize("meeting", MEETINGS, ids=lambda meeting: meeting.name)
def test_an_update_is_what_meetings_come_to_from_there(meeting: Meeting) -> None:
    """The same holds of the rest, given who has the floor and for how long, or who is awaited."""
    names = [f"Speaker {n}" for n in range(1, 32)]
    later = [LimitsFrom("2 min", since=DAY.at("10:20"))] if meeting.shorter else []
    listed = SpeakerList(names, "3 min", later_limits=later)
    reserves = [Reserve("Replies", every=3, length="5 min")] if meeting.every else []
    blocks = [DAY("10:00-11:00"), DAY("11:30-12:30")]
    session = Session("Debate", blocks, speakers=listed, reserves=reserves)
    records = [record(n, time) for n, time in enumerate(meeting.times.split(), 1)]
    found = forecast(session, PACE, records=records, now=DAY.at(meeting.now))
    order, standing = session.running_order(), meeting.standing
    played = simulate(order, PACE, paths=PATHS, seed=68, standing=standing)
    assert judged(found, played, each=7).holds
