"""Small sessions of seconds instead of hours, so that brute force can try everything."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from r2psched.reserves import Floor
from r2psched.sessions import Session
from r2psched.speakers import Inscription, SpeakerList, SpeakingLimits
from tests.strategies import block_lists, reserves, zones

if TYPE_CHECKING:
    from r2psched.blocks import TimeBlock
    from r2psched.seating import RunningOrder


def seconds(least: int, most: int) -> st.SearchStrategy[timedelta]:
    """Give so many seconds."""
    return st.integers(least, most).map(lambda n: timedelta(seconds=n))


def blocks(most: int = 10) -> st.SearchStrategy[tuple[TimeBlock, ...]]:
    """Give up to ten blocks of up to 40 seconds."""
    return block_lists(zones, most, timedelta(seconds=40), least=1)


changeovers = st.just(timedelta(0)) | seconds(0, 4)
limits = seconds(1, 12)
kept = st.lists(reserves(timedelta(seconds=20), 5), max_size=4).map(tuple)
floors = st.builds(Floor, blocks(), kept, changeovers)
short_floors = st.builds(Floor, blocks(3), kept, changeovers)
speaking_limits = st.builds(
    SpeakingLimits,
    limits,
    on_behalf=st.none() | limits,
    categories=st.dictionaries(st.sampled_from(["observer", "NGO"]), limits),
)


@st.composite
def running_orders(
    draw: st.DrawFn, most: int = 20, floor: st.SearchStrategy[Floor] = floors
) -> RunningOrder:
    """Give lists with mixed limits, seated into small floors."""
    names = range(draw(st.integers(0, most)))
    inscribed = [
        Inscription(
            f"Speaker {n}",
            category=draw(st.sampled_from([None, None, "observer", "NGO", "other"])),
            on_behalf=draw(st.sampled_from([None, None, None, "Group"])),
            limit=draw(st.none() | st.none() | limits),
        )
        for n in names
    ]
    hall = draw(floor)
    speakers = SpeakerList(inscribed, draw(speaking_limits), changeover=hall.changeover)
    return Session("Small", hall.blocks, reserves=hall.reserves, speakers=speakers).running_order()


def limits_of(order: RunningOrder) -> list[int]:
    """Give the limit of each inscription in seconds."""
    return [order.limits.of(each) // timedelta(seconds=1) for each in order.inscriptions]
