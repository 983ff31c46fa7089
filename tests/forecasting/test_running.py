"""What a forecast says while a meeting runs, to the second where nothing is left to chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from r2psched import (
    Day,
    Forecast,
    Inscription,
    LimitsFrom,
    Pace,
    Procedure,
    Record,
    Reserve,
    Session,
    SpeakerList,
    forecast,
)
from r2psched.pace import Habit
from r2psched.procedures import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

DAY = Day("2014-09-08", zone="UTC")
TWO = ("10:00-11:00", "11:30-12:30")
REPLIES = Reserve("Replies", every=2, length="10 min")


def session(
    people: int, *reserves: Reserve, blocks: Sequence[str] = TWO, limit: str = "3 min"
) -> Session:
    """Make a session of so many speakers."""
    names = [f"Speaker {n}" for n in range(1, people + 1)]
    listed = SpeakerList(names, limit)
    return Session("Debate", [DAY(each) for each in blocks], reserves=reserves, speakers=listed)


def log(*times: str) -> list[Record]:
    """Make the records of the first speakers, "10:00-10:03"; "10:03-" has the floor."""
    spans = [[DAY.at(part) if part else None for part in each.split("-")] for each in times]
    return [Record(f"Speaker {n}", *span) for n, span in enumerate(spans, 1)]


def starts(found: Forecast) -> list[str | None]:
    """Give when each begins."""
    return [f"{slot.start:%H:%M:%S}" if slot else None for slot in found.slots]


def test_the_list_ends_with_whoever_speaks_last() -> None:
    """Where all others have spoken, or will be absent, it ends when the floor is given back."""
    records = log("10:00-10:03", "10:03-")
    changing = Pace(1.5, changeover="1 min")
    last = forecast(session(2), changing, records=records)
    assert f"{last.ends():%H:%M:%S}" == "10:07:30"
    assert (last.all_heard, last.ending.total) == pytest.approx((1, 1))
    rare = forecast(session(4), Pace(1, 0.3, 0.5), records=records)
    assert rare.ending.total == pytest.approx(rare.all_heard)
    assert rare.ends_by(DAY.at("10:12")) > 0.5


def test_a_list_that_is_through_has_ended_with_the_last() -> None:
    """Neither the time now nor a changeover moves its end; and one asks in vain for more."""
    records = log("10:00-10:03", "10:03-10:06")
    pace = Pace(1, changeover="1 min")
    found = forecast(session(2), pace, records=records, now=DAY.at("10:30"))
    assert f"{found.ends():%H:%M:%S}" == "10:06:00"
    assert (len(found), str(found.heard), found.all_heard) == (0, "2", 1)
    assert found.close_at(0.9) == 2 + 7 + 15
    assert "all are heard" in str(found)


def test_a_reserve_that_was_due_in_the_pause_opens_the_next_block() -> None:
    """It is held, be it asked in the pause or when the block is open; not if it was recorded."""
    records = log("10:40-10:50", "10:50-10:58")
    for now, begins in (("11:15", "11:40:00"), ("11:30", "11:40:00"), ("11:35", "11:45:00")):
        found = forecast(session(4, REPLIES), Pace(), records=records, now=DAY.at(now))
        assert starts(found)[0] == begins
        assert "the reserve that is due after 2 interventions is still to be held" in (
            found.assumptions
        )
    held = [*records, Record(None, DAY.at("10:58"), DAY.at("11:08"), kind="reply")]
    found = forecast(session(4, REPLIES), Pace(), records=held, now=DAY.at("11:15"))
    assert starts(found)[0] == "11:30:00"
    assert "the reserve that is due after 2 interventions has been held" in found.assumptions


def test_nothing_begins_before_the_session_does() -> None:
    """A break before it, or in the reserve that opens a block, lets nobody begin sooner."""
    records = [Record("Delay", DAY.at("09:50"), DAY.at("09:55"), kind="break")]
    assert starts(forecast(session(2), Pace(), records=records))[0] == "10:00:00"
    opening = session(2, Reserve("Opening", at="block-start", length="15 min"))
    records = [Record("Delay", DAY.at("10:01"), DAY.at("10:05"), kind="break")]
    assert starts(forecast(opening, Pace(), records=records))[0] == "10:15:00"


def test_who_spoke_in_the_reserve_that_opens_a_block_spoke_in_that_block() -> None:
    """The numbers of the blocks add up to the number of all, and the next follows at once."""
    opening = session(40, Reserve("Opening", at="block-start", length="10 min"))
    found = forecast(opening, Pace(), records=log("10:10-10:13", "11:33-11:36"))
    assert [str(counts) for counts in found.heard_by_block] == ["1", "19"]
    assert str(found.heard) == "20"
    assert starts(found)[0] == "11:36:00"
    by_number = forecast(opening, Pace(), done=3, now=DAY.at("10:05"))
    assert starts(by_number)[0] == "10:05:00"


def test_nobody_done_is_nobody_heard() -> None:
    """With none done a block still opens late, and the forecast says what it takes for granted."""
    pace = Pace(late="5 min")
    for known in ({"done": 0}, {}):
        found = forecast(session(2), pace, now=DAY.at("10:01"), **known)  # type: ignore[arg-type]  # a number
        assert starts(found)[0] == "10:05:00"
        assert "nobody has had the floor by 2014-09-08 10:01" in found.assumptions
    early = forecast(session(2), pace, done=0, now=DAY.at("09:00"))
    assert "at 2014-09-08 09:00 the session has not begun" in early.assumptions


def test_whoever_speaks_has_the_habit_of_the_category_that_is_recorded() -> None:
    """The category of a record goes before that of the list, as it does when the pace learns."""
    pace = Pace(1, categories={"minister": Habit(3)})
    records = [Record("Speaker 1", DAY.at("10:00"), category="Minister")]
    assert starts(forecast(session(2), pace, records=records)) == ["10:09:00"]


def test_a_slot_has_the_limit_that_is_in_force_when_it_begins() -> None:
    """Not that of the plan, which gave the floor before the limits changed."""
    later = [LimitsFrom("1 min", since=DAY.at("10:20"))]
    people = [Inscription(f"Speaker {n}") for n in range(1, 9)]
    listed = SpeakerList(people, "3 min", later_limits=later)
    found = forecast(Session("Debate", [DAY("10:00-11:00")], speakers=listed), Pace(2))
    told = [(f"{slot.start:%H:%M}", slot.limit.seconds) for slot in found]
    assert told[3:6] == [("10:18", 180), ("10:24", 60), ("10:26", 60)]
    assert [row["limit"] for row in found.rows()] == [slot.limit for slot in found]


def test_all_of_a_list_that_was_drawn_are_those_who_were_drawn() -> None:
    """Nobody else is to come; if another spoke all the same, the list closes one later."""
    rules = Procedure(limits="20 min", when_too_long=[Step("draw", number=3)])
    listed = SpeakerList([f"Speaker {n}" for n in range(9)], seed="Monday")
    drawn = Session("Debate", [DAY("10:00-12:10")], speakers=listed, procedure=rules)
    names = [str(who) for who in drawn.running_order().inscriptions]
    found = forecast(drawn, Pace())
    assert ([str(who) for who in found.inscriptions], found.all_heard) == (names[:3], 1)
    assert (str(found.heard), found.close_at(0.9)) == ("3", 6)
    other = [Record(names[3], DAY.at("10:00"), DAY.at("10:10"))]
    found = forecast(drawn, Pace(), records=other)
    assert ([str(who) for who in found.inscriptions], str(found.heard)) == (names[:3], "4")
    assert found.close_at(0.9) == 1 + 6


@st.composite
def meetings(draw: st.DrawFn) -> Forecast:
    """Give forecasts of meetings that have begun, by records."""
    reserves = draw(
        st.lists(
            st.sampled_from(
                [
                    REPLIES,
                    Reserve("Opening", at="block-start", length="5 min"),
                    Reserve("Closing", at="block-end", length="8 min"),
                    Reserve("Film", at="start", length="70 min"),
                ]
            ),
            max_size=1,
        )
    )
    clock, records = DAY.at("10:00"), []
    for n in range(1, draw(st.integers(1, 12))):
        what = draw(st.sampled_from(["intervention"] * 6 + ["absent", "reply"]))
        if what == "absent":
            records.append(Record(f"Speaker {n}", kind="absent"))
            continue
        clock = clock.add(seconds=draw(st.sampled_from([0, 10, 600, 1800])))
        end = clock.add(seconds=draw(st.integers(30, 400)))
        records.append(Record(f"Speaker {n}", clock, end, kind=what))  # type: ignore[arg-type]  # one of them
        clock = end
    pace = Pace(1.1, draw(st.sampled_from([0, 0.3])), draw(st.sampled_from([0, 0.3])), late="2 min")
    now = clock.add(seconds=draw(st.sampled_from([0, 60, 3600])))
    return forecast(session(16, *reserves), pace, records=records, now=now)


@settings(deadline=None, max_examples=40)
@given(meetings())
def test_what_is_told_of_a_meeting_agrees_with_itself(found: Forecast) -> None:
    """Numbers by block add up to those in all, these to the chances, and ends to all heard."""
    absent = found.pace.absent
    held = found.standing.held + (1 - absent) * sum(found.chances)
    assert found.heard.mean == pytest.approx(held, abs=1e-3)
    by_block = sum(counts.mean for counts in found.heard_by_block)
    assert by_block == pytest.approx(held, abs=1e-3)
    assert found.ending.total == pytest.approx(found.all_heard, abs=1e-6)
    now = found.now
    assert now is None or all(slot.earliest >= now for slot in found)
