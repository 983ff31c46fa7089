"""The words of a turn on the floor: planned, or as a forecast expects it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import (
    gaps,
    to_epoch,
    to_minute,
    write_clock,
)
from r2psched.durations import show
from r2psched.entries.texts import Texts, paragraphs

if TYPE_CHECKING:
    import pendulum

    from r2psched.reserves import Floor
    from r2psched.seating import Slot
    from r2psched.sessions import Session

__all__ = ["TurnTexts"]

_HARDLY = 0.005
_LEFT_OUT = "…"


@attrs.frozen
class TurnTexts:
    """Words about turns on the floor.

    Attributes:
        texts: Words about the programme.
    """

    texts: Texts

    def __call__(self, session: Session, slot: Slot, basis: str) -> tuple[str, str, str]:
        """Describe a turn on the floor: meeting, place on the list, limit, what it rests on.

        Args:
            session: The session.
            slot: Who takes the floor and when.
            basis: From `basis`.

        Returns:
            The title; the description; and both without what changes merely because others move.
        """
        title, facts = self.texts.programme.title, self._facts(session, slot)
        known = self.texts.words("slot.planned" if slot.window is None else "slot.expected") + basis
        expected = self._expected(session, slot)
        still = facts | {"place": _LEFT_OUT}
        steady = [
            self.texts.words("slot.summary", **still),
            self.texts.words("slot.description", **still),
        ]
        return (
            self.texts.words("slot.summary", **facts),
            paragraphs(title, self.texts.words("slot.description", **facts), expected, known),
            paragraphs(title, *steady, known),
        )

    def _facts(self, session: Session, slot: Slot) -> dict[str, object]:
        return {
            "who": self.texts.who(slot.inscription),
            "session": session.title,
            "programme": self.texts.programme.title,
            "place": slot.place,
            "limit": show(slot.limit),
        }

    def basis(self, floor: Floor) -> str:
        """Say what the times of a session's slots rest on, behind how they are known."""
        bound = f" {self.texts.words('slot.earliest')}" if floor.at_most else ""
        return "\n".join([bound, *self.texts.rests_on(floor)])

    def _expected(self, session: Session, slot: Slot) -> str | None:
        """Say what a forecast expects of a slot, or None where it is exact."""
        if slot.window is None:
            return None
        moments = [to_minute(each) for each in (slot.earliest, slot.start, slot.latest)]
        one_day = len({moment.date() for moment in moments}) == 1

        def hour(moment: pendulum.DateTime) -> str:
            return write_clock(*to_epoch(moment)) if one_day else self.texts.moment(moment)

        early, middle, late = map(hour, moments)
        facts = {"earliest": early, "latest": late, "middle": middle, "zone": slot.zone}
        if early == late:
            told = [self.texts.words("forecast.at", **facts), self._chance(slot.chance)]
            return " ".join(told) + "\n" + self.texts.words("forecast.at_entry")
        told = [
            self.texts.words("forecast.window", **facts),
            *(
                self.texts.words("forecast.pause", start=hour(gap.start), end=hour(gap.end))
                for gap in gaps(session.blocks)
                if slot.window[0] < gap.start_us and gap.end_us <= slot.window[1]
            ),
            self.texts.words("forecast.odds"),
            self._chance(slot.chance),
        ]
        return " ".join(told) + "\n" + self.texts.words("forecast.entry")

    def _chance(self, chance: float) -> str:
        if chance > 1 - _HARDLY:
            return self.texts.words("forecast.certain")
        told = self.texts.words("forecast.less_than_a_percent")
        if chance >= _HARDLY:
            told = self.texts.words("forecast.percent", number=f"{chance * 100:.0f}")
        return self.texts.words("forecast.chance", chance=told)
