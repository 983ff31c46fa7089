"""Small sessions of seconds instead of hours, so that brute force can try everything."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from r2psched.blocks import from_epoch
from r2psched.reserves import Floor
from r2psched.seating import seat
from r2psched.speakers import Inscription, LimitsFrom, SpeakingLimits
from r2psched.speakers.later import as_later
from tests.strategies import block_lists, reserves, zones

if TYPE_CHECKING:
    from r2psched.blocks import TimeBlock
    from r2psched.seating import RunningOrder
    from tests.oracle import Limit

SECOND = 10**6


def seconds(least: int, most: int) -> st.SearchStrategy[timedelta]:
    """Give so many seconds."""
    return st.integers(least, most).map(lambda n: timedelta(seconds=n))


def blocks(most: int = 10) -> st.SearchStrategy[tuple[TimeBlock, ...]]:
    """Give up to ten blocks of up to 40 seconds."""
    return block_lists(zones, most, timedelta(seconds=40), least=1)


changeovers = st.just(timedelta(0)) | seconds(0, 4)
limits = seconds(1, 12)
kept = st.lists(reserves(timedelta(seconds=20), 5), max_size=4).map(tuple)
bounds = st.none() | st.none() | seconds(0, 90)
floors = st.builds(Floor, blocks(), kept, changeovers, bounds)
short_floors = st.builds(Floor, blocks(3), kept, changeovers, bounds)
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
    later = draw(later_limits(hall))
    return seat("small", tuple(inscribed), draw(speaking_limits), hall, later_limits=later)


def later_limits(floor: Floor) -> st.SearchStrategy[tuple[LimitsFrom, ...]]:
    """Give limits that change at up to three moments about the blocks of a floor, mostly none."""
    first, last = floor.blocks[0].start_us, floor.blocks[-1].end_us
    moments = st.integers(first // SECOND - 5, last // SECOND)
    since = moments.map(lambda second: from_epoch(second * SECOND, "UTC"))
    changes = st.builds(
        LimitsFrom,
        limits,
        on_behalf=st.none() | limits,
        categories=st.dictionaries(st.sampled_from(["observer", "NGO"]), limits),
        since=since,
    )
    some = st.lists(changes, max_size=3, unique_by=lambda each: each.since).map(as_later)
    return st.just(()) | some


def limits_of(order: RunningOrder) -> list[int | Limit]:
    """Give the limit of each inscription in seconds, or what tells it of a start."""

    def told(who: Inscription) -> int | Limit:
        def limit(second: int) -> int:
            in_force = order.limits
            for later in order.later_limits:
                if later.since.timestamp() <= second:
                    in_force = later
            return in_force.of(who) // timedelta(seconds=1)

        return limit if order.later_limits else limit(0)

    return [told(who) for who in order.inscriptions]
