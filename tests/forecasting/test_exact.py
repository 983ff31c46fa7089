"""Where nothing is left to chance a forecast says what the seating says, to the second."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from r2psched import (
    Day,
    Inscription,
    LimitsFrom,
    Pace,
    Reserve,
    Session,
    SpeakerList,
    SpeakingLimits,
    forecast,
)
from r2psched.errors import InvalidValue
from r2psched.forecasting.beside import beside

if TYPE_CHECKING:
    from r2psched.seating import RunningOrder

DAY = Day("2014-09-08", zone="America/New_York")
BLOCKS = [DAY("10:00-10:40"), DAY("10:45-11:20"), DAY("15:00-16:10")]
CERTAIN = Pace()

seconds = st.integers(1, 600).map(lambda n: timedelta(seconds=n))
reserves = st.builds(
    Reserve,
    st.just("Replies"),
    at=st.sampled_from(["start", "end", "block-start", "block-end"]),
    length=seconds,
) | st.builds(Reserve, st.just("Replies"), every=st.integers(1, 6), length=seconds)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Give sessions with mixed limits, reserves, changeovers and limits that change."""
    listed = [
        Inscription(
            f"Delegation {n}",
            category=draw(st.sampled_from([None, "observer"])),
            limit=draw(st.none() | seconds),
        )
        for n in range(draw(st.integers(1, 40)))
    ]
    limits = SpeakingLimits(draw(seconds), categories={"observer": draw(seconds)})
    later = [LimitsFrom(draw(seconds), since=DAY.at("10:50"))] if draw(st.booleans()) else []
    speakers = SpeakerList(
        listed,
        limits,
        later_limits=later,
        changeover=draw(st.just(timedelta(0)) | seconds),
    )
    kept = draw(st.lists(reserves, max_size=2))
    count = draw(st.integers(1, 3))
    return Session("Debate", BLOCKS[:count], reserves=kept, speakers=speakers)


def _agree(session: Session, order: RunningOrder) -> None:
    expected = forecast(session, CERTAIN)
    assert expected.chances == pytest.approx([1.0] * len(order) + [0.0] * len(order.unheard))
    for slot, found in zip(order, expected, strict=True):
        assert (found.start, found.earliest, found.latest) == (slot.start,) * 3
        assert (found.place, found.block, found.limit) == (slot.place, slot.block, slot.limit)
    assert expected.all_heard == pytest.approx(float(not order.unheard))
    ((heard, chance),) = expected.heard.chances
    assert heard == len(order)
    assert chance == pytest.approx(1)
    by_block = [sum(slot.block == at for slot in order) for at in range(1, len(BLOCKS) + 1)]
    found_by_block = [counts.chances[0][0] for counts in expected.heard_by_block]
    assert found_by_block == by_block[: len(session.blocks)]
    assert expected.ends(0.9) == (None if order.unheard else order.ends)


@settings(deadline=None)
@given(sessions())
def test_limits_alone_give_the_running_order_to_the_second(session: Session) -> None:
    """Without spread, at mean 1, every start, count and end is that of the seating."""
    _agree(session, session.running_order())


@settings(deadline=None)
@given(sessions(), st.floats(1, 2), st.floats(0, 0.5))
def test_nobody_is_heard_beyond_capacity(session: Session, mean: float, absent: float) -> None:
    """Where every intervention takes at least one limit for all, no more are heard than fit."""
    limits = SpeakingLimits("2 min", for_all=True)
    assert session.speakers is not None
    speakers = SpeakerList(session.speakers, limits, changeover=session.speakers.changeover)
    bounded = Session("Debate", session.blocks, reserves=session.reserves, speakers=speakers)
    expected = forecast(bounded, Pace(mean, absent=absent))
    assert expected.heard.chances[-1][0] <= bounded.capacity().total


def test_a_cut_at_the_limit_lets_all_be_heard_who_fit() -> None:
    """A block that holds exactly twenty holds them, however they speak, if all are cut in time."""
    session = Session("Debate", DAY("10:00-11:00"), speakers=SpeakerList(limits="3 min"))
    expected = forecast(session, Pace(1.5, 0.5, cut=1.0), speakers=20)
    assert expected.all_heard == pytest.approx(1)
    assert forecast(session, Pace(1.5, 0.5), speakers=20).all_heard < 0.1


def test_the_number_at_which_to_close_is_counted_alike_by_both() -> None:
    """The list as it stands, then the default limit: by the limits as by a pace without spread."""
    groups = [Inscription(f"Group {n}", on_behalf="many") for n in range(10)]
    speakers = SpeakerList(groups, SpeakingLimits("3 min", on_behalf="5 min"))
    session = Session("Debate", DAY("10:00-12:30"), speakers=speakers)
    (row,) = (each for each in beside(forecast(session, CERTAIN), 0.9) if "close" in str(each[""]))
    assert (row["by the limits"], row["forecast"]) == ("43", "43 with 90 %")


def test_what_is_no_session_is_refused() -> None:
    """A programme has several sessions, and the remedy names one."""
    with pytest.raises(InvalidValue, match=r'expected a session, such as programme\["floor"\]'):
        forecast("floor")  # type: ignore[arg-type]  # as a user might
