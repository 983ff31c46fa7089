"""Session: a titled part of a meeting, in one room, in one or more time blocks."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import TimeBlock, from_epoch, join
from r2psched.counting import Capacity
from r2psched.durations import as_duration, microseconds, show
from r2psched.errors import AmbiguousName, InvalidValue, UnknownName, shown
from r2psched.fields import as_link, as_several, as_text, as_texts, as_title, optional
from r2psched.identifiers import as_id, slug
from r2psched.reserves import Floor, as_reserves
from r2psched.speakers import SpeakerList, as_limits, as_persons, optional_person

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pendulum

    from r2psched.ordering import Arrangement
    from r2psched.procedures import Outcome, Procedure
    from r2psched.reserves import Reserve
    from r2psched.seating import RunningOrder
    from r2psched.shares import Shares
    from r2psched.speakers import Inscription, Person, Role, SpeakingLimits

__all__ = ["KINDS", "PLAIN", "Session", "as_procedure"]

PLAIN = "session"
"""The kind of a session of which nothing more is said."""

KINDS = frozenset({PLAIN, "opening", "panel", "dialogue", "closing", "workshop", "break"})
"""The kinds that the catalogue has words for; any other is told as it is written."""

_BLOCK = 'a time block, such as Day("2014-09-08", zone="UTC")("10:00-13:00")'


def _as_speakers(
    value: SpeakerList | Iterable[Inscription | str] | None,
) -> SpeakerList | None:
    return value if value is None or isinstance(value, SpeakerList) else SpeakerList(value)


def as_procedure(value: Procedure | None) -> Procedure | None:
    """Take the rules of a body, or None for none."""
    if value is None:
        return None
    from r2psched.procedures import Procedure  # noqa: PLC0415  # most programmes name none

    return optional(Procedure, 'a procedure, such as procedure("hrc-panel")')(value)


def _as_shares(value: Shares | None) -> Shares | None:
    if value is None:
        return None
    from r2psched.shares import Shares  # noqa: PLC0415  # few lists divide their time

    return optional(Shares, "shares, such as Shares({'Group A': 60, 'Group B': 40})")(value)


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
        given_procedure: The rules of the body for its list (given as `procedure=`), or None for
            those of the programme; see `procedure`.
        inherited: The procedure of its programme, which sets it.
        shares: How the time of its list is divided among groups, or None.
        given_id: The id as given (as `id=`), or None if it is derived; see `id`.

    >>> from r2psched import Day
    >>> day = Day("2014-09-08", zone="America/New_York")
    >>> floor = Session("Interactive dialogue", [day("10:50-13:00"), day("15:00-17:50")])
    >>> floor.id, floor.capacity("4 min").by_block
    ('interactive-dialogue', (32, 42))
    """

    title: str = attrs.field(converter=as_title)
    blocks: tuple[TimeBlock, ...] = attrs.field(default=(), converter=_as_blocks)
    kind: str = attrs.field(default=PLAIN, converter=as_title, kw_only=True)
    room: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    description: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    chair: Person | None = attrs.field(default=None, converter=optional_person, kw_only=True)
    moderator: Person | None = attrs.field(default=None, converter=optional_person, kw_only=True)
    panellists: tuple[Person, ...] = attrs.field(default=(), converter=as_persons, kw_only=True)
    documents: tuple[str, ...] = attrs.field(default=(), converter=as_texts, kw_only=True)
    webcast: str | None = attrs.field(default=None, converter=as_link, kw_only=True)
    reserves: tuple[Reserve, ...] = attrs.field(default=(), converter=as_reserves, kw_only=True)
    speakers: SpeakerList | None = attrs.field(default=None, converter=_as_speakers, kw_only=True)
    given_procedure: Procedure | None = attrs.field(
        default=None, converter=as_procedure, alias="procedure", kw_only=True
    )
    inherited: Procedure | None = attrs.field(
        default=None, converter=as_procedure, kw_only=True, eq=False, repr=False
    )
    shares: Shares | None = attrs.field(default=None, converter=_as_shares, kw_only=True)
    given_id: str | None = attrs.field(default=None, converter=as_id, alias="id", kw_only=True)

    @property
    def id(self) -> str:
        """The id as given, or else one derived from the title."""
        return slug(self.title) if self.given_id is None else self.given_id

    @property
    def procedure(self) -> Procedure | None:
        """The rules of the body for its list: its own, or else its programme's."""
        return self.inherited if self.given_procedure is None else self.given_procedure

    @property
    def is_break(self) -> bool:
        """Whether it is a break: nobody sits, and calendars show the time as free."""
        return self.kind == "break"

    @property
    def duration(self) -> timedelta:
        """The real time of all its blocks together."""
        return sum((block.duration for block in self.blocks), timedelta(0))

    @property
    def people(self) -> tuple[tuple[Role, Person], ...]:
        """Whoever has a part in it, each with the part: chair, moderator, panellist."""
        parts: list[tuple[Role, Person | None]] = [
            ("chair", self.chair),
            ("moderator", self.moderator),
        ]
        parts += [("panellist", person) for person in self.panellists]
        return tuple((part, person) for part, person in parts if person is not None)

    def floor(self, changeover: timedelta | str | None = None) -> Floor:
        """What its blocks leave for interventions.

        Reserves of the procedure stand in a session that states none of its own.

        Args:
            changeover: The time between two of them; by default that of its list, or none.
        """
        if changeover is None:
            changeover = timedelta(0) if self.speakers is None else self.speakers.changeover
        reserves, most = self.reserves, None
        if self.procedure is not None:
            reserves, most = reserves or self.procedure.reserves, self.procedure.floor_time
        return Floor(self.blocks, reserves, as_duration(changeover), most)

    @property
    def limits(self) -> SpeakingLimits | None:
        """The limits of its list, or else of its procedure, or None where neither states any."""
        if self.speakers is not None and self.speakers.limits is not None:
            return self.speakers.limits
        return None if self.procedure is None else self.procedure.limits

    @property
    def list_closes(self) -> pendulum.DateTime | None:
        """When its list closes: as registered, or as the procedure has it, or None.

        Raises:
            InvalidValue: If that is later than a calendar goes.
        """
        registration = None if self.speakers is None else self.speakers.registration
        if registration is not None and registration.closes is not None:
            return registration.closes
        if self.procedure is None or self.procedure.list_closes is None or not self.blocks:
            return None
        closes = self.blocks[0].start_us + microseconds(self.procedure.list_closes)
        try:
            return from_epoch(closes, self.blocks[0].zone)
        except (OverflowError, ValueError) as error:
            after = show(self.procedure.list_closes)
            msg = f"list_closes: {after} after the session begins is later than a calendar goes"
            raise InvalidValue(msg) from error

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
            limits: Limits to apply in place of the list's own and of any step of the procedure.

        Raises:
            InvalidValue: If it has no list, or no limit is given and none is stated.
        """
        speakers = self._list()
        if limits is None and self.is_ruled:
            return self.outcome().order
        inscriptions = speakers.inscriptions
        if self.is_ruled:
            inscriptions = self.arrangement().inscriptions
        later = speakers.later_limits if limits is None else ()
        from r2psched.seating import seat  # noqa: PLC0415  # counting needs no list

        return seat(self.id, inscriptions, self._limits(limits), self.floor(), later_limits=later)

    @property
    def is_ruled(self) -> bool:
        """Whether a procedure, or places that were settled, decide its list."""
        settled = any(who.place is not None for who in self.speakers or ())
        return self.procedure is not None or settled

    @property
    def limit_cited(self) -> str | None:
        """What states the limits of its list: "the list", or its procedure with the sources."""
        if self.speakers is not None and self.speakers.limits is not None:
            return "the list"
        if self.procedure is None or self.procedure.limits is None:
            return None
        return self.procedure.cited("limit")

    def arrangement(self) -> Arrangement:
        """Its list as the procedure orders it, each place with its reason.

        Raises:
            InvalidValue: If it has no list, or lots are to be drawn without a seed.
        """
        from r2psched.ordering import arrange  # noqa: PLC0415  # only rules of order need it

        speakers = self._list()
        rules = () if self.procedure is None else self.procedure.order
        return arrange(speakers.inscriptions, rules, seed=speakers.seed)

    def outcome(self) -> Outcome:
        """What the procedure makes of its list: places with reasons, and the step reached.

        Raises:
            InvalidValue: If it has no list, no limit is stated, or lots are to be drawn without a
                seed.
        """
        return self._outcome

    @cached_property
    def _outcome(self) -> Outcome:
        from r2psched.procedures import apply  # noqa: PLC0415  # only procedures need it

        return apply(self.id, self._list(), self.floor(), self.procedure)

    def settled(self) -> SpeakerList:
        """Its list with the order of the outcome, and the reasons for it, written into it."""
        steps = () if self.procedure is None else self.procedure.when_too_long
        seated = self.limits or any(step.applies_to(len(self._list())) for step in steps)
        order = self.outcome().arrangement if seated else self.arrangement()
        settled = {place.inscription.id: place for place in order}
        inscriptions = [
            attrs.evolve(
                who,
                place=settled[who.id].number,
                placed=settled[who.id].reason if who.place is None else who.placed,
            )
            for who in self._list()
        ]
        return attrs.evolve(self._list(), inscriptions=inscriptions)

    def id_of(self, name: str) -> str:
        """The id of an inscription of its list, by id, delegation or speaker, or a State's name.

        A State is known by any of its names in six languages, and by its ISO codes.

        Raises:
            UnknownName: If nobody of that name is inscribed.
            AmbiguousName: If more than one is.

        >>> from r2psched import SpeakerList
        >>> Session("Debate", speakers=SpeakerList(["Chile", "Peru"])).id_of("Pérou")
        'peru'
        """
        listed = self._list()
        try:
            return listed.inscriptions[listed.position(name) - 1].id
        except UnknownName:
            from r2psched.delegations import recognise  # noqa: PLC0415  # a large table

            state = recognise(name)
            named = [] if state is None else [who for who in listed if who.delegation]
            found = [who.id for who in named if recognise(who.delegation or "") == state]
            if len(found) > 1:
                kind = "speaker"
                raise AmbiguousName(kind, name, found) from None
            if not found:
                raise
            return found[0]

    def _list(self) -> SpeakerList:
        if self.speakers is None:
            msg = f"the session {shown(self.title)} has no list of speakers"
            raise InvalidValue(msg)
        return self.speakers

    def _limits(self, given: SpeakingLimits | timedelta | str | None) -> SpeakingLimits:
        limits = as_limits(given) or self.limits
        if limits is None:
            msg = (
                f'the session {shown(self.title)} states no limit: give one, such as limit="3 min"'
            )
            raise InvalidValue(msg)
        return limits
