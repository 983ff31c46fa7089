"""Forecasts of what is valid and hardly ever meant, and of what lies exactly on a border."""

from __future__ import annotations

from datetime import timedelta

import pytest

from r2psched import Day, Pace, Reserve, Session, SpeakerList, TimeBlock, forecast

DAY = Day("2014-09-08", zone="UTC")


def session(people: int, blocks: str, *reserves: Reserve, limit: str = "4 min") -> Session:
    """Make a session of so many speakers."""
    names = [f"Speaker {n}" for n in range(1, people + 1)]
    times = [DAY(each) for each in blocks.split()]
    return Session("Debate", times, reserves=reserves, speakers=SpeakerList(names, limit))


def test_a_tolerance_of_a_limit_lets_nobody_begin_at_the_end() -> None:
    """Whoever would begin when the block is over waits for the next."""
    found = forecast(session(3, "10:00-10:08 11:00-11:10"), Pace(), tolerance="4 min")
    assert [f"{slot.start:%H:%M}" for slot in found] == ["10:00", "10:04", "11:00"]


@pytest.mark.parametrize("at", ["start", "block-start", "end", "block-end"])
def test_a_reserve_longer_than_a_block_leaves_it_empty(at: str) -> None:
    """Nobody begins in such a block, and it holds up none behind it; as in the running order."""
    blocks = "10:00-11:00 11:30-14:00 14:10-15:00 15:05-19:00"
    reserve = Reserve("Film", at=at, length="2 h")  # type: ignore[arg-type]  # one of them
    given = session(8, blocks, reserve)
    found = [(slot.start, slot.block) for slot in forecast(given, Pace())]
    assert found == [(slot.start, slot.block) for slot in given.running_order()]


def test_those_who_may_be_present_are_mixed_at_every_pace() -> None:
    """Half of them come, at slow paces too at which the list is cut long before."""
    given = session(70, "10:00-11:00 11:30-12:30")
    found = forecast(given, Pace(1.2, 0.3, 0.5, doubt=0.6))
    paces = found.pace.possible(timedelta(minutes=4))
    expected = [(weight, forecast(given, pace).chances) for weight, pace in paces]
    for at in (40, 55, 69):
        mean = sum(weight * chances[at] for weight, chances in expected)
        assert found.chances[at] == pytest.approx(mean, abs=1e-6)


@pytest.mark.parametrize(
    "pace",
    [
        Pace(1, 0.3, late=timedelta(days=300), late_spread=timedelta(days=300)),
        Pace(1, 0.3, changeover=timedelta(days=300), changeover_spread=timedelta(days=900)),
        Pace(1, 10),
        Pace(1000, 1000, family="gamma"),
        Pace(0.001, 0.01, cut=0.001),
        Pace(1, 0.3, 0.99, absent_doubt=1, doubt=1, records=1),
    ],
    ids=str,
)
def test_any_pace_of_any_blocks_is_forecast_in_no_time(pace: Pace) -> None:
    """Lengths of months and blocks years apart cost no more, and every answer is sound."""
    blocks = [DAY("10:00-11:00"), Day("2044-09-08", zone="UTC")("10:00-11:00")]
    listed = SpeakerList([f"Speaker {n}" for n in range(6)], "3 min")
    found = forecast(Session("Debate", blocks, speakers=listed), pace)
    assert all(0 <= chance <= 1 for chance in (*found.chances, found.all_heard))
    assert sum(chance for _, chance in found.heard.chances) == pytest.approx(1)
    assert found.heard.mean == pytest.approx(
        sum(counts.mean for counts in found.heard_by_block), abs=1e-3
    )
    assert found.ending.total == pytest.approx(found.all_heard, abs=1e-6)


def test_many_blocks_are_passed_by() -> None:
    """A thousand blocks too short for the list cost next to nothing for each speaker."""
    start = DAY.at("10:00")
    spans = [(start.add(minutes=3 * n), start.add(minutes=3 * n + 2)) for n in range(1000)]
    spans.append((start.add(days=3), start.add(days=3, hours=9)))
    blocks = [TimeBlock(*span) for span in spans]
    listed = SpeakerList([f"Speaker {n}" for n in range(150)], "3 min")
    found = forecast(Session("Debate", blocks, speakers=listed), Pace(1, 0.3, 0.1))
    assert {slot.block for slot in found} == {1001}
    assert found.all_heard == pytest.approx(1)


def test_what_is_next_to_nothing_is_dropped() -> None:
    """A long list with absences keeps of each start what lies near it, and not all since ten."""
    listed = SpeakerList([f"Speaker {n}" for n in range(400)], "3 min")
    found = forecast(
        Session("Debate", [DAY("00:00-24:00")], speakers=listed), Pace(1, 0.3, 0.1)
    ).timing("Speaker 399")
    low, high = found.quantiles([0.1, 0.9])
    assert low is not None
    assert high is not None
    deviation = (high - low) / 2.56
    assert all(len(mass.cells) * found.step < 20 * deviation for mass in found.masses)
