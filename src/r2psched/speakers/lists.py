"""SpeakerList: who asked for the floor of one session, in order."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import to_epoch
from r2psched.durations import as_duration
from r2psched.errors import InvalidValue, Refused, joined, shown
from r2psched.fields import as_line, as_moment, as_text, optional_limit
from r2psched.speakers import changes
from r2psched.speakers.inscriptions import Inscription, as_inscriptions, contains, position
from r2psched.speakers.limits import as_limits
from r2psched.speakers.persons import Registration, as_registration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from r2psched.speakers.later import LimitsFrom
    from r2psched.speakers.limits import SpeakingLimits

__all__ = ["SpeakerList"]

_MOST_NAMED = 4


def _as_later(value: LimitsFrom | Iterable[LimitsFrom]) -> tuple[LimitsFrom, ...]:
    if isinstance(value, tuple) and not value:
        return ()
    from r2psched.speakers.later import as_later  # noqa: PLC0415  # most limits stay as they are

    return as_later(value)


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
    later_limits: tuple[LimitsFrom, ...] = attrs.field(
        default=(), converter=_as_later, kw_only=True
    )
    changeover: timedelta = attrs.field(default=timedelta(0), converter=as_duration, kw_only=True)
    registration: Registration | None = attrs.field(
        default=None, converter=as_registration, kw_only=True
    )
    seed: str | None = attrs.field(default=None, converter=as_line, kw_only=True)
    note: str | None = attrs.field(default=None, converter=as_text, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse two inscriptions with one id, or limits that change from nothing."""
        if self.later_limits and self.limits is None:
            msg = "limits change at a stated time, but none is stated from the start: give one"
            raise InvalidValue(msg)
        faults = list(_twice(self.inscriptions))
        if faults:
            raise InvalidValue(joined(faults))

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

    def settle(self) -> SpeakerList:
        """The list with a place for everybody, from 1.

        Whoever has a place keeps the order of the places and comes first; the others follow as
        they are listed.
        """
        return self._with(changes.settled(self.inscriptions))

    def inscribe(
        self,
        inscription: Inscription | str,
        *,
        at: datetime | None = None,
        late: str | None = None,
    ) -> SpeakerList:
        """The list with one more request, behind all others.

        Args:
            inscription: The request, or the name of a delegation.
            at: When it came in, if the inscription does not say.
            late: Why it is accepted although the list is closed.

        Raises:
            Refused: If the delegation is inscribed already, or the list is closed and there is no
                reason to accept it, or it is not open yet.

        >>> [who.name for who in SpeakerList(["Chile"]).inscribe("Fiji")]
        ['Chile', 'Fiji']
        """
        new = inscription if isinstance(inscription, Inscription) else Inscription(inscription)
        zone = "UTC" if at is None else to_epoch(at)[1]
        received, reason = new.received or as_moment(at), late or new.late
        if (received, reason) != (new.received, new.late):
            new = attrs.evolve(new, received=received, late=reason)
        changes.refuse_untimely(new, self.registration, zone)
        return self._with(changes.joined(self.inscriptions, new))

    def withdraw(self, name: str) -> SpeakerList:
        """The list without somebody; whoever has a settled place behind moves up.

        Args:
            name: Who, as for `position`.
        """
        return self._with(changes.withdrawn(self.inscriptions, name))

    def swap(self, one: str, two: str) -> SpeakerList:
        """The list, settled, with the places of two swapped.

        Args:
            one: Who, as for `position`.
            two: With whom.

        Source: the adoption of UPR outcomes by the Human Rights Council, where speakers may swap
        places.

        >>> print(*SpeakerList(["Chile", "Fiji", "Peru"]).swap("Peru", "Chile"))
        Peru Fiji Chile
        """
        return self._with(changes.swapped(self.inscriptions, one, two))

    def move(self, name: str, to: int) -> SpeakerList:
        """The list, settled, with somebody moved; those between move by one.

        Args:
            name: Who, as for `position`.
            to: The new place, counted from 1.

        Raises:
            InvalidValue: If there is no such place.
        """
        return self._with(changes.moved(self.inscriptions, name, to))

    def absent(self, name: str) -> SpeakerList:
        """The list, settled, with somebody who was absent moved to the end of the category.

        Args:
            name: Who, as for `position`.

        Source: the high-level segments of the UNFCCC.
        """
        return self._with(changes.last_of_category(self.inscriptions, name))

    def yield_time(
        self,
        givers: str | Iterable[str],
        to: str,
        *,
        limits: SpeakingLimits | timedelta | str | None = None,
        most: int | None = None,
        longest: timedelta | str | None = None,
    ) -> SpeakerList:
        """The list, settled, without those who yield their time to another, who has it on top.

        Who they were stands in the trait "yielded by" and counts towards `most`.

        Args:
            givers: Who yields, one or several.
            to: Who has their time.
            limits: What time each has; by default the limits of the list.
            most: How many may yield to one.
            longest: How long one may speak then; nobody is shortened.

        Raises:
            Refused: If more would yield than may, or one limit holds for all.
            InvalidValue: If no limits are stated.

        Source: City of Lakewood: three named persons may yield to one, 10 minutes at most.

        >>> hearing = SpeakerList(["Ana", "Ben", "Cem", "Dora"], "3 min")
        >>> hearing = hearing.yield_time(["Ana", "Ben", "Cem"], "Dora", most=3, longest="10 min")
        >>> len(hearing), str(hearing.inscriptions[0].limit)
        (1, '0:10:00')
        """
        applied = self.limits if limits is None else as_limits(limits)
        if applied is None:
            msg = 'no limit is stated that could be yielded: give one, such as limits="3 min"'
            raise InvalidValue(msg)
        time = optional_limit(longest)
        yielded = changes.yielded(
            self.inscriptions, givers, to, limits=applied, most=most, longest=time
        )
        return self._with(yielded)

    def pool(
        self,
        names: Iterable[str],
        group: str,
        *,
        limit: timedelta | str | None = None,
        least: int | None = None,
        speaker: str | None = None,
    ) -> SpeakerList:
        """The list, settled, where several make one statement, at the place of their first.

        Args:
            names: Who makes it; they are taken off.
            group: On whose behalf it is.
            limit: Its limit, or None for that of statements on behalf of groups.
            least: How many must make it.
            speaker: Who speaks: one of them, by default their first, or another person.

        Raises:
            Refused: If they are too few.

        Source: City of Fort Worth: who speaks for ten others or more has 6 minutes.

        >>> print(*SpeakerList(["Ana", "Ben", "Cem"]).pool(["Cem", "Ana"], "Neighbours"))
        Ana (on behalf of Neighbours) Ben
        """
        pooled = changes.pooled(
            self.inscriptions,
            names,
            group,
            limit=optional_limit(limit),
            least=least,
            speaker=speaker,
        )
        return self._with(pooled)

    def close(self, at: datetime) -> SpeakerList:
        """The list closed from a moment on.

        Args:
            at: The moment.

        Raises:
            Refused: If it is closed by then.
            InvalidValue: If it opens later.
        """
        moment, now = as_moment(at), self.registration or Registration()
        if now.closes is not None and moment is not None and now.closes <= moment:
            msg = f"the list is closed since {changes.when(now.closes, to_epoch(at)[1])}"
            raise Refused(msg, "closing")
        return attrs.evolve(self, registration=_closing(now, at))

    def reopen(self, until: datetime | None = None) -> SpeakerList:
        """The list open again, until a later moment or for good.

        Args:
            until: When it closes, or None where that is not known.

        Raises:
            Refused: If no moment is stated at which it closes.
            InvalidValue: If it would open later than it closes.
        """
        if self.registration is None or self.registration.closes is None:
            msg = "the list is not closed"
            raise Refused(msg, "closing")
        return attrs.evolve(self, registration=_closing(self.registration, until))

    def _with(self, inscriptions: tuple[Inscription, ...]) -> SpeakerList:
        return attrs.evolve(self, inscriptions=inscriptions)


def _closing(registration: Registration, at: datetime | None) -> Registration:
    if at is not None and registration.opens is not None and registration.opens >= at:
        opens = changes.when(registration.opens, to_epoch(at)[1])
        msg = f"the list does not open before {opens}: it can only close later"
        raise InvalidValue(msg)
    return attrs.evolve(registration, closes=at)


def _twice(inscriptions: tuple[Inscription, ...]) -> Iterator[str]:
    """Say which inscriptions have one place, or one id."""
    places: dict[int, list[int]] = {}
    ids: dict[str, list[int]] = {}
    for at, inscription in enumerate(inscriptions, 1):
        ids.setdefault(inscription.id, []).append(at)
        if inscription.place is not None:
            places.setdefault(inscription.place, []).append(at)
    for place, alike in places.items():
        if len(alike) > 1:
            yield f"inscriptions {_positions(alike)} have one place, {place}: give each its own"
    for identity, alike in ids.items():
        if len(alike) > 1:
            name = shown(str(inscriptions[alike[-1] - 1]))
            yield (
                f"inscriptions {_positions(alike)}, {name}, have one id, {shown(identity)}: remove "
                "one, say for which group it speaks (on_behalf), or give each an id of its own"
            )


def _positions(alike: list[int]) -> str:
    named = [f"{at:,}" for at in alike[:_MOST_NAMED]]
    more = len(alike) - len(named)
    *most, last = [*named, f"{more:,} more"] if more else named
    return f"{', '.join(most)} and {last}"
