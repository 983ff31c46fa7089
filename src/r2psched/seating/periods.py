"""Periods: the limits of a list over time, as seating counts with them."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import to_epoch
from r2psched.durations import microseconds

if TYPE_CHECKING:
    from r2psched.speakers import Inscription, LimitsFrom, SpeakingLimits

__all__ = ["Periods"]


@attrs.frozen
class Periods:
    """The limits from the start of a session, and those that replace them.

    Attributes:
        limits: Each in turn.
        changes: When each but the first is in force, in microseconds since the epoch.
    """

    limits: tuple[SpeakingLimits, ...]
    changes: tuple[int, ...]

    @classmethod
    def of(cls, limits: SpeakingLimits, later: tuple[LimitsFrom, ...]) -> Periods:
        """Put limits and those of later moments together."""
        return cls((limits, *later), tuple(to_epoch(each.since)[0] for each in later))

    def lengths(self, inscription: Inscription) -> tuple[int, ...]:
        """How long an intervention takes in each period, in microseconds."""
        return tuple(microseconds(limits.of(inscription)) for limits in self.limits)

    def at(self, us: int) -> SpeakingLimits:
        """The limits in force at a moment, in microseconds since the epoch."""
        return self.limits[bisect_right(self.changes, us)]

    def kinds(self) -> dict[str, tuple[int, ...]]:
        """The limit of each kind of speaker in each period, in microseconds."""
        by_period = [limits.kinds() for limits in self.limits]
        kinds = dict.fromkeys(kind for kinds in by_period for kind in kinds)
        return {
            kind: tuple(microseconds(kinds.get(kind, kinds["default"])) for kinds in by_period)
            for kind in kinds
        }
