"""Who asks for the floor: persons, inscriptions, limits, and the list itself."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from r2psched.durations import as_duration, show
from r2psched.errors import AmbiguousName, InvalidValue, UnknownName, shown
from r2psched.fields import (
    as_emails,
    as_limit,
    as_moment,
    as_name,
    as_pairs,
    as_text,
    as_title,
    as_tuple,
    optional,
    optional_limit,
)
from r2psched.identifiers import as_id, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pendulum

__all__ = ["Inscription", "Person", "Registration", "SpeakerList", "SpeakingLimits"]


@attrs.frozen
class Person:
    """A person by name.

    Attributes:
        name: As it is printed.
        function: What the person is, such as "Deputy Secretary-General".
        emails: Addresses, in the order of preference; given as `email=`, one or several.

    >>> Person("Jan Eliasson", "Deputy Secretary-General").name
    'Jan Eliasson'
    """

    name: str = attrs.field(converter=as_title)
    function: str | None = attrs.field(default=None, converter=as_text)
    emails: tuple[str, ...] = attrs.field(default=(), converter=as_emails, alias="email")

    def __str__(self) -> str:
        """Name and function."""
        return f"{self.name}, {self.function}" if self.function else self.name


_SPEAKER = "speaker"


def as_person(value: Person | str) -> Person:
    """Take a person, or a name for one."""
    return value if isinstance(value, Person) else Person(value)


def optional_person(value: Person | str | None) -> Person | None:
    """Take a person, a name for one, or None for none."""
    return None if value is None else as_person(value)


def as_persons(value: Person | str | Iterable[Person | str]) -> tuple[Person, ...]:
    """Take one person or several."""
    return tuple(map(as_person, as_tuple(value)))


@attrs.frozen
class Registration:
    """How to register, to attend or to speak.

    Attributes:
        opens: From when, or None.
        closes: Until when (the deadline), or None.
        write_to: Where: an e-mail, a telephone number, an office; as printed.
        instructions: What to send, or None.
    """

    opens: pendulum.DateTime | None = attrs.field(default=None, converter=as_moment)
    closes: pendulum.DateTime | None = attrs.field(default=None, converter=as_moment)
    write_to: str | None = attrs.field(default=None, converter=as_text)
    instructions: str | None = attrs.field(default=None, converter=as_text)


_registration = optional(Registration, "a registration, such as Registration(closes=…)")


def as_registration(value: Registration | None) -> Registration | None:
    """Take a registration, or None for none."""
    return _registration(value)


def _as_traits(given: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((as_title(name), as_title(value)) for name, value in as_pairs(given))


@attrs.frozen
class Inscription:
    """One request for the floor.

    Attributes:
        delegation: Who asks: a State, a group, an organisation; or None.
        speaker: The person who will speak, or None; one of the two is given.
        category: The kind of speaker, which may have a limit of its own ("observer").
        level: The rank of the speaker ("minister").
        on_behalf: The group for which the statement is made, or None.
        received: When the request came in, or None.
        late: Why a request is accepted that came in after the list had closed, or None.
        emails: Addresses, given as `email=`, one or several.
        limit: A limit of this inscription alone, or None.
        traits: Further facts, text to text, as sorted pairs; given as a mapping.
        given_id: The id as given (as `id=`), or None if it is derived; see `id`.

    >>> Inscription("Denmark", on_behalf="Nordic countries").id
    'denmark-for-nordic-countries'
    """

    delegation: str | None = attrs.field(default=None, converter=as_text)
    speaker: str | None = attrs.field(default=None, converter=as_text)
    category: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    level: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    on_behalf: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    received: pendulum.DateTime | None = attrs.field(
        default=None, converter=as_moment, kw_only=True
    )
    late: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    emails: tuple[str, ...] = attrs.field(
        default=(), converter=as_emails, alias="email", kw_only=True
    )
    limit: timedelta | None = attrs.field(default=None, converter=optional_limit, kw_only=True)
    traits: tuple[tuple[str, str], ...] = attrs.field(
        default=(), converter=_as_traits, kw_only=True
    )
    given_id: str | None = attrs.field(default=None, converter=as_id, alias="id", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse an inscription of nobody."""
        if self.delegation is None and self.speaker is None:
            msg = "an inscription needs a delegation or a speaker, and has neither"
            raise InvalidValue(msg)

    @property
    def name(self) -> str:
        """The delegation, or the speaker where there is none."""
        return self.delegation or self.speaker or ""

    @cached_property
    def id(self) -> str:
        """The id as given, or else one derived from the name and the group spoken for."""
        if self.given_id is not None:
            return self.given_id
        return slug(self.name + (f" for {self.on_behalf}" if self.on_behalf else ""))

    def trait(self, name: str) -> str | None:
        """The value of a trait, or None where it is not stated."""
        return dict(self.traits).get(name)

    def __str__(self) -> str:
        """Delegation and speaker, as far as they are known, and the group spoken for."""
        both = f"{self.delegation} ({self.speaker})"
        who = both if self.delegation and self.speaker else self.name
        return f"{who} (on behalf of {self.on_behalf})" if self.on_behalf else who


def _as_categories(
    given: Mapping[str, timedelta | str] | Iterable[tuple[str, timedelta | str]],
) -> tuple[tuple[str, timedelta], ...]:
    return tuple((as_title(name), as_limit(value)) for name, value in as_pairs(given))


@attrs.frozen
class SpeakingLimits:
    """The time that one intervention may take.

    Attributes:
        default: For everybody whom nothing else covers.
        on_behalf: For statements on behalf of a group, or None where they have no other limit.
        categories: By category of the inscription, as sorted pairs; given as a mapping.

    >>> limits = SpeakingLimits("3 min", on_behalf="5 min", categories={"observer": "2 min"})
    >>> show(limits.of(Inscription("Palestine", category="observer")))
    '2 min'
    """

    default: timedelta = attrs.field(converter=as_limit)
    on_behalf: timedelta | None = attrs.field(default=None, converter=optional_limit, kw_only=True)
    categories: tuple[tuple[str, timedelta], ...] = attrs.field(
        default=(),
        converter=_as_categories,
        kw_only=True,
    )

    def _applied(self, inscription: Inscription) -> tuple[str, timedelta]:
        if inscription.limit is not None:
            return "own", inscription.limit
        if inscription.on_behalf is not None and self.on_behalf is not None:
            return "on behalf", self.on_behalf
        if inscription.category is not None and self.categories:
            limit = dict(self.categories).get(inscription.category)
            if limit is not None:
                return f"category {inscription.category}", limit
        return "default", self.default

    def rule(self, inscription: Inscription) -> str:
        """Which limit an inscription has: "own", "on behalf", "category …" or "default"."""
        return self._applied(inscription)[0]

    def of(self, inscription: Inscription) -> timedelta:
        """The limit of one inscription, by its `rule`."""
        return self._applied(inscription)[1]

    def rows(self) -> list[dict[str, str]]:
        """One dict for each limit: whom it covers, and the limit as text."""
        named = [("default", self.default), *self.categories]
        if self.on_behalf is not None:
            named.append(("on behalf of a group", self.on_behalf))
        return [{"for": name, "limit": show(limit)} for name, limit in named]

    def __str__(self) -> str:
        """One line: the default, and what differs from it."""
        first, *others = self.rows()
        return ", ".join([first["limit"], *(f"{row['for']} {row['limit']}" for row in others)])


def as_limits(value: SpeakingLimits | timedelta | str | None) -> SpeakingLimits | None:
    """Take limits, or one length for everybody, or None where none is stated."""
    if value is None or isinstance(value, SpeakingLimits):
        return value
    return SpeakingLimits(value)


def _as_inscriptions(
    value: Inscription | str | Iterable[Inscription | str],
) -> tuple[Inscription, ...]:
    return tuple(
        each if isinstance(each, Inscription) else Inscription(each) for each in as_tuple(value)
    )


@attrs.frozen
class SpeakerList:
    """Who asked for the floor of one session, in the order in which they will have it.

    Attributes:
        inscriptions: In order; a text stands for the inscription of a delegation.
        limits: `SpeakingLimits`, or one length for everybody, or None where none is stated.
        changeover: The time between two interventions.
        registration: How and until when to register to speak, or None.
        note: For the secretariat; never published.

    >>> len(SpeakerList(["Chile", Inscription("Denmark")], limits="3 min"))
    2
    """

    inscriptions: tuple[Inscription, ...] = attrs.field(default=(), converter=_as_inscriptions)
    limits: SpeakingLimits | None = attrs.field(default=None, converter=as_limits)
    changeover: timedelta = attrs.field(default=timedelta(0), converter=as_duration, kw_only=True)
    registration: Registration | None = attrs.field(
        default=None, converter=as_registration, kw_only=True
    )
    note: str | None = attrs.field(default=None, converter=as_text, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse two inscriptions with one id."""
        first: dict[str, int] = {}
        for position, inscription in enumerate(self.inscriptions, 1):
            if (other := first.setdefault(inscription.id, position)) != position:
                msg = (
                    f"inscriptions {other} and {position}, {shown(str(inscription))}, have one id, "
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


def contains(inscriptions: tuple[Inscription, ...], name: object) -> bool:
    """Whether an inscription, or one of a name, is among inscriptions."""
    if not isinstance(name, str):
        return name in inscriptions
    try:
        position(inscriptions, name)
    except UnknownName:
        return False
    except AmbiguousName:
        return True
    return True


def position(inscriptions: tuple[Inscription, ...], name: str) -> int:
    """The position of a name among inscriptions, counted from 1; see `SpeakerList.position`."""
    wanted = as_name(name).casefold()
    for at, inscription in enumerate(inscriptions, 1):
        if inscription.id == name:
            return at
    found = [
        at
        for at, inscription in enumerate(inscriptions, 1)
        if wanted
        in (
            str(n).casefold()
            for n in (inscription.delegation, inscription.speaker, inscription)
            if n is not None
        )
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise AmbiguousName(_SPEAKER, name, [inscriptions[at - 1].id for at in found])
    raise UnknownName(_SPEAKER, name, [each.name for each in inscriptions])
