"""SpeakerList: who asked for the floor of one session, in order."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import attrs

from r2psched.durations import as_duration
from r2psched.errors import InvalidValue, shown
from r2psched.fields import as_text
from r2psched.speakers.inscriptions import as_inscriptions, contains, position
from r2psched.speakers.limits import as_later, as_limits
from r2psched.speakers.persons import as_registration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2psched.speakers.inscriptions import Inscription
    from r2psched.speakers.limits import LimitsFrom, SpeakingLimits
    from r2psched.speakers.persons import Registration

__all__ = ["SpeakerList"]


@attrs.frozen
class SpeakerList:
    """Who asked for the floor of one session, in the order in which they will have it.

    Attributes:
        inscriptions: In order; a text stands for the inscription of a delegation.
        limits: `SpeakingLimits`, or one length for everybody, or None where none is stated.
        later_limits: `LimitsFrom`, which replace the limits from stated moments on.
        changeover: The time between two interventions.
        seed: What lots are drawn with, announced before the draw, or None.
        registration: How and until when to register to speak, or None.
        note: For the secretariat; never published.

    >>> from r2psched import Inscription
    >>> len(SpeakerList(["Chile", Inscription("Denmark")], limits="3 min"))
    2
    """

    inscriptions: tuple[Inscription, ...] = attrs.field(default=(), converter=as_inscriptions)
    limits: SpeakingLimits | None = attrs.field(default=None, converter=as_limits)
    later_limits: tuple[LimitsFrom, ...] = attrs.field(default=(), converter=as_later, kw_only=True)
    changeover: timedelta = attrs.field(default=timedelta(0), converter=as_duration, kw_only=True)
    registration: Registration | None = attrs.field(
        default=None, converter=as_registration, kw_only=True
    )
    seed: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    note: str | None = attrs.field(default=None, converter=as_text, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse two inscriptions with one id, or limits that change from nothing."""
        if self.later_limits and self.limits is None:
            msg = "limits change at a stated time, but none is stated from the start: give one"
            raise InvalidValue(msg)
        first: dict[str, int] = {}
        settled: dict[int, int] = {}
        for at, inscription in enumerate(self.inscriptions, 1):
            place = inscription.place
            if place is not None and (other := settled.setdefault(place, at)) != at:
                msg = f"inscriptions {other} and {at} both have place {place}: give each its own"
                raise InvalidValue(msg)
            if (other := first.setdefault(inscription.id, at)) != at:
                msg = (
                    f"inscriptions {other} and {at}, {shown(str(inscription))}, have one id, "
                    f"{shown(inscription.id)}: give each an id of its own, or remove one"
                )
                raise InvalidValue(msg)

    def __iter__(self) -> Iterator[Inscription]:
        """Each inscription in order."""
        return iter(self.inscriptions)

    def __len__(self) -> int:
        """How many are inscribed."""
        return len(self.inscriptions)

    def __contains__(self, name: object) -> bool:
        """Whether an inscription, or one of a name, is on the list."""
        return contains(self.inscriptions, name)

    def position(self, name: str) -> int:
        """The position of an inscription on the list, counted from 1.

        Args:
            name: Its id, or else its delegation or speaker, in any case of letters.

        Raises:
            UnknownName: If nobody of that name is inscribed.
            AmbiguousName: If more than one is.
        """
        return position(self.inscriptions, name)
