"""Slot: one inscription holding the floor."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import TimeBlock, from_epoch

if TYPE_CHECKING:
    import pendulum

    from r2psched.speakers import Inscription

__all__ = ["Slot"]


@attrs.frozen
class Slot:
    """One inscription holding the floor in one span of one block.

    Attributes:
        place: The place in the running order, counted from 1.
        inscription: Who has the floor.
        session: The id of the session.
        block: The ordinal of the block in its session, counted from 1.
        start_us: When it begins, in microseconds since the epoch.
        end_us: When its limit is up, in microseconds since the epoch.
        zone: The name of the zone in which its times are given.
        window: From a forecast: the moments by which it has begun with 10 % and with 90 %, in
            microseconds since the epoch; its start is then the median. None if it is exact.
        chance: From a forecast: the chance that it takes place, if the speaker is there. Else 1.
    """

    place: int
    inscription: Inscription
    session: str
    block: int
    start_us: int
    end_us: int
    zone: str
    window: tuple[int, int] | None = None
    chance: float = 1.0

    @property
    def start(self) -> pendulum.DateTime:
        """When the floor is given."""
        return from_epoch(self.start_us, self.zone)

    @property
    def end(self) -> pendulum.DateTime:
        """When the limit is up."""
        return from_epoch(self.end_us, self.zone)

    @property
    def limit(self) -> timedelta:
        """The time that the intervention may take."""
        return timedelta(microseconds=self.end_us - self.start_us)

    @property
    def earliest(self) -> pendulum.DateTime:
        """When the floor is given at the earliest, nine times of ten."""
        return from_epoch(self.window[0] if self.window else self.start_us, self.zone)

    @property
    def latest(self) -> pendulum.DateTime:
        """When the floor is given at the latest, nine times of ten."""
        return from_epoch(self.window[1] if self.window else self.start_us, self.zone)

    @property
    def span(self) -> TimeBlock:
        """Its time as a block."""
        return TimeBlock.from_microseconds(self.start_us, self.end_us, self.zone)

    def row(self) -> dict[str, object]:
        """The slot as a dict."""
        who = self.inscription
        return {
            "place": self.place,
            "speaker": str(who),
            "category": who.category,
            "level": who.level,
            "start": self.start,
            "end": self.end,
            "limit": self.limit,
            "block": self.block,
            **({} if self.window is None else self._expected()),
        }

    def _expected(self) -> dict[str, object]:
        return {"earliest": self.earliest, "latest": self.latest, "chance": self.chance}
