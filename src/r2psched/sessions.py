"""Session: a titled part of a meeting, in one room, in one or more time blocks."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import TimeBlock, join
from r2psched.counting import Capacity
from r2psched.durations import as_duration
from r2psched.errors import InvalidValue, shown
from r2psched.fields import as_link, as_several, as_text, as_texts, as_title
from r2psched.identifiers import as_id, slug
from r2psched.reserves import Floor, as_reserves
from r2psched.seating import RunningOrder, seat
from r2psched.speakers import SpeakerList, as_limits, as_persons, optional_person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from r2psched.reserves import Reserve
    from r2psched.speakers import Inscription, Person, SpeakingLimits

__all__ = ["Session"]

_BLOCK = 'a time block, such as Day("2014-09-08", zone="UTC")("10:00-13:00")'


def _as_speakers(
    value: SpeakerList | Iterable[Inscription | str] | None,
) -> SpeakerList | None:
    return value if value is None or isinstance(value, SpeakerList) else SpeakerList(value)


def _as_blocks(given: TimeBlock | Iterable[TimeBlock]) -> tuple[TimeBlock, ...]:
    return join(as_several(given, TimeBlock, _BLOCK))


@attrs.frozen
class Session:
    """A titled part of a meeting; it may be interrupted, so it has one or more time blocks.

    Attributes:
        title: As it is printed.
        blocks: One block or several, in order; blocks that touch are joined. May be empty while
            the time is open.
        kind: What it is: "opening", "panel", "dialogue", "closing", "break", or any other word.
            A "break" is free time in calendars.
        room: Where, or None for the room of the programme.
        description: What it is about.
        chair: Who presides.
        moderator: Who moderates.
        panellists: Who sits on the panel.
        documents: Symbols of documents ("A/68/947"), titles, or links.
        webcast: The link of its webcast, or None for the programme's.
        reserves: Time that is not for the list.
        speakers: The list of speakers, or None where there is none.
        given_id: The id as given (as `id=`), or None if it is derived; see `id`.

    >>> from r2psched import Day
    >>> day = Day("2014-09-08", zone="America/New_York")
    >>> floor = Session("Interactive dialogue", [day("10:50-13:00"), day("15:00-17:50")])
    >>> floor.id, floor.capacity("4 min").by_block
    ('interactive-dialogue', (32, 42))
    """

    title: str = attrs.field(converter=as_title)
    blocks: tuple[TimeBlock, ...] = attrs.field(default=(), converter=_as_blocks)
    kind: str = attrs.field(default="session", converter=as_title, kw_only=True)
    room: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    description: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    chair: Person | None = attrs.field(default=None, converter=optional_person, kw_only=True)
    moderator: Person | None = attrs.field(default=None, converter=optional_person, kw_only=True)
    panellists: tuple[Person, ...] = attrs.field(default=(), converter=as_persons, kw_only=True)
    documents: tuple[str, ...] = attrs.field(default=(), converter=as_texts, kw_only=True)
    webcast: str | None = attrs.field(default=None, converter=as_link, kw_only=True)
    reserves: tuple[Reserve, ...] = attrs.field(default=(), converter=as_reserves, kw_only=True)
    speakers: SpeakerList | None = attrs.field(default=None, converter=_as_speakers, kw_only=True)
    given_id: str | None = attrs.field(default=None, converter=as_id, alias="id", kw_only=True)

    @property
    def id(self) -> str:
        """The id as given, or else one derived from the title."""
        return slug(self.title) if self.given_id is None else self.given_id

    @property
    def is_break(self) -> bool:
        """Whether it is a break: nobody sits, and calendars show the time as free."""
        return self.kind == "break"

    @property
    def duration(self) -> timedelta:
        """The real time of all its blocks together."""
        return sum((block.duration for block in self.blocks), timedelta(0))

    @property
    def people(self) -> tuple[tuple[str, Person], ...]:
        """Whoever has a part in it, each with the part: chair, moderator, panellist."""
        parts = [("chair", self.chair), ("moderator", self.moderator)]
        parts += [("panellist", person) for person in self.panellists]
        return tuple((part, person) for part, person in parts if person is not None)

    def floor(self, changeover: timedelta | str | None = None) -> Floor:
        """What its blocks leave for interventions.

        Args:
            changeover: The time between two of them; by default that of its list, or none.
        """
        if changeover is None:
            changeover = timedelta(0) if self.speakers is None else self.speakers.changeover
        return Floor(self.blocks, self.reserves, as_duration(changeover))

    def capacity(
        self, limit: timedelta | str | None = None, *, changeover: timedelta | str | None = None
    ) -> Capacity:
        """How many interventions of one limit fit into its blocks.

        Args:
            limit: The limit; by default the default limit of its list.
            changeover: The time between two interventions; by default that of its list.

        Raises:
            InvalidValue: If no limit is given and its list states none.
        """
        if limit is None and changeover is None:
            return self._capacity
        if limit is not None:
            return Capacity(self.floor(changeover), limit)
        later = () if self.speakers is None else self.speakers.later_limits
        return Capacity(
            self.floor(changeover),
            self._limits(None).default,
            tuple((limits.since, limits.default) for limits in later),
        )

    @cached_property
    def _capacity(self) -> Capacity:
        return self.capacity(changeover=self.floor().changeover)

    def running_order(self, limits: SpeakingLimits | timedelta | str | None = None) -> RunningOrder:
        """Who of its list has the floor when, and who is unheard.

        Args:
            limits: Limits to apply in place of the list's own.

        Raises:
            InvalidValue: If it has no list, or no limit is given and the list states none.
        """
        if self.speakers is None:
            msg = f"the session {shown(self.title)} has no list of speakers"
            raise InvalidValue(msg)
        later = () if limits is not None else self.speakers.later_limits
        inscriptions = self.speakers.inscriptions
        applied = self._limits(limits)
        return seat(self.id, inscriptions, applied, self.floor(), later_limits=later)

    def _limits(self, given: SpeakingLimits | timedelta | str | None) -> SpeakingLimits:
        limits = as_limits(given)
        if limits is None and self.speakers is not None:
            limits = self.speakers.limits
        if limits is None:
            msg = (
                f'the session {shown(self.title)} states no limit: give one, such as limit="3 min"'
            )
            raise InvalidValue(msg)
        return limits
