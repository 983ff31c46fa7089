"""A forecast beside the referee: every answer that is a distribution or a probability."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tests.forecasting.distances import of_chance, of_counts, of_ends, of_starts, worst

if TYPE_CHECKING:
    from r2psched import Forecast
    from r2psched.forecasting import Counts
    from tests.forecasting.distances import Distance
    from tests.forecasting.referee import Floats, Played

__all__ = ["Verdict", "judged"]


class Verdict(NamedTuple):
    """How far a forecast is from the referee in each kind of answer, where it is farthest.

    Attributes:
        starts: When each inscription begins.
        ends: When the list ends.
        chances: The chance of each to be heard, and that of all.
        numbers: How many are heard in each block and in all.
    """

    starts: Distance
    ends: Distance
    chances: Distance
    numbers: Distance

    @property
    def functions(self) -> Distance:
        """The farthest of the distribution functions of times."""
        return worst([self.starts, self.ends])

    @property
    def probabilities(self) -> Distance:
        """The farthest of the probabilities."""
        return worst([self.chances, self.numbers])

    @property
    def holds(self) -> bool:
        """Whether everything is as near as it must be."""
        return all(each.holds for each in self)


def judged(forecast: Forecast, played: Played, *, each: int = 1) -> Verdict:
    """Compare a forecast with the referee's meetings.

    Those who are done, if any, are the first of the list.

    Args:
        forecast: What is judged.
        played: What it is judged by.
        each: Compare the starts of one of so many, from the end of the list.
    """
    floor = forecast.order.floor
    # A forecast counts from the floor of the first block, the referee from the block.
    offset = (floor.frame.spans[0][0] - floor.blocks[0].start_us) / 1e6
    starts, chances = [], []
    done = len(played.present) - len(forecast)
    for at, who in enumerate(forecast.inscriptions, done):
        if (len(played.present) - 1 - at) % each == 0:
            timing = forecast.timing(who.id)
            starts.append(of_starts(lambda t, of=timing: of.by(t - offset), played, at))  # type: ignore[misc]  # of this turn
        count = int(played.present[at])
        chances.append(of_chance(forecast.chances[at - done], int(played.heard[at]), count))
    chances.append(of_chance(forecast.all_heard, played.all_heard, played.paths))
    # The referee counts from now on, the forecast those held before as well.
    held = forecast.standing.held_by_block or [0] * len(floor.blocks)
    numbers = [of_counts(_chances(forecast.heard)[forecast.standing.held :], played.in_all)]
    for block, counts in enumerate(forecast.heard_by_block):
        numbers.append(of_counts(_chances(counts)[held[block] :], played.by_block[block]))
    ends = of_ends(lambda t: forecast.ending.by(t - offset), played)
    return Verdict(worst(starts), ends, worst(chances), worst(numbers))


def _chances(counts: Counts) -> Floats:
    found = np.zeros(counts.chances[-1][0] + 1)
    for number, chance in counts.chances:
        found[number] = chance
    return found
