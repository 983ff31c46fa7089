"""Procedure: the rules of a body, each with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from r2psched.durations import as_duration, show
from r2psched.errors import InvalidValue, UnknownName, shown
from r2psched.fields import (
    as_flag,
    as_limit,
    as_link,
    as_one_of,
    as_several,
    as_text,
    as_texts,
    as_title,
    optional,
    optional_limit,
    whole,
)
from r2psched.house import House
from r2psched.identifiers import as_id
from r2psched.ordering import as_rules
from r2psched.procedures.steps import as_steps
from r2psched.reserves import as_reserves
from r2psched.speakers import as_limits

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    from r2psched.ordering import Rule
    from r2psched.procedures.steps import Step
    from r2psched.reserves import Reserve
    from r2psched.speakers import SpeakingLimits

__all__ = ["Absent", "Pooling", "Procedure", "Replies", "Source", "Yielding"]

Absent = Literal["end-of-category"]
Replies = Literal["end-of-day"]
_absent = as_one_of("end-of-category")
_replies = as_one_of("end-of-day")
_ABOUT = ("id", "title", "body", "notes", "sources")


@attrs.frozen
class Source:
    """Where a rule is stated.

    Attributes:
        covers: The names of the rules, as the file has them: "limit", "order"; given as `for` in a
            file.
        title: The document.
        link: Its address, or None.
        text: What it says, in other words.
    """

    covers: tuple[str, ...] = attrs.field(converter=as_texts)
    title: str = attrs.field(converter=as_title)
    link: str | None = attrs.field(default=None, converter=as_link)
    text: str | None = attrs.field(default=None, converter=as_text)

    def __str__(self) -> str:
        """Title and link."""
        return f"{self.title}, {self.link}" if self.link else self.title


def _as_count(value: int) -> int:
    if whole(value) and value >= 1:
        return value
    msg = f"expected a whole number of speakers from 1, got {shown(value)}"
    raise InvalidValue(msg)


@attrs.frozen
class Yielding:
    """How speakers may yield their time to another.

    Attributes:
        givers: How many may yield to one.
        longest: How long the one then speaks at most.
    """

    givers: int = attrs.field(converter=_as_count)
    longest: timedelta = attrs.field(converter=as_limit)

    def __str__(self) -> str:
        """The rule in words."""
        return f"up to {self.givers} may yield their time to one, {show(self.longest)} at most"


@attrs.frozen
class Pooling:
    """How several may speak through one.

    Attributes:
        least: How many there must be, the one who speaks among them.
        limit: The time that their spokesperson has.
    """

    least: int = attrs.field(converter=_as_count)
    limit: timedelta = attrs.field(converter=as_limit)

    def __str__(self) -> str:
        """The rule in words."""
        return f"a statement of {self.least} or more through one has {show(self.limit)}"


def _as_procedure_id(value: str) -> str:
    if (given := as_id(value)) is not None:
        return given
    msg = 'a procedure needs an id, such as "city-council"'
    raise InvalidValue(msg)


def _as_absent(value: Absent | None) -> Absent | None:
    absent: Absent | None = None if value is None else _absent(value)
    return absent


def _as_replies(value: Replies | None) -> Replies | None:
    replies: Replies | None = None if value is None else _replies(value)
    return replies


def _as_length(value: timedelta | str | None) -> timedelta | None:
    return None if value is None else as_duration(value)


def _as_swaps(value: bool | None) -> bool | None:  # noqa: FBT001  # attrs calls it with the value
    return None if value is None else as_flag(value)


_yielding = optional(Yielding, 'a rule such as Yielding(3, "10 min")')
_pooling = optional(Pooling, 'a rule such as Pooling(10, "6 min")')


def _as_yielding(value: Yielding | None) -> Yielding | None:
    return _yielding(value)


def _as_pooling(value: Pooling | None) -> Pooling | None:
    return _pooling(value)


_house = optional(House, 'a house, such as House("3 h")')


def _as_house(value: House) -> House:
    return _house(value) or House()


def _as_sources(value: Source | Iterable[Source]) -> tuple[Source, ...]:
    return as_several(value, Source, 'a source, such as Source("limit", "Rules of procedure")')


def _key(field: str) -> str:
    """What a file calls a rule."""
    return "limit" if field == "limits" else field


@attrs.frozen
class Procedure:
    """The rules of a body. What no source states is left out, and nothing is asked then.

    Attributes:
        id: Names it, in files and in answers.
        title: The body and the kind of meeting.
        body: The body.
        notes: What a person must know that no rule holds.
        limits: The limits of interventions, or None where none is stated.
        order: Rules that put the list in order; without any it stays as it is listed.
        when_too_long: What is tried in turn, until all are heard.
        lowest_limit: The limit below which none is shortened.
        reserves: Time kept for replies and the like, in a session that states none.
        floor_time: The time that all interventions of a list may take together.
        list_open_for: How long a list is open.
        list_closes: How long after the start of the session it closes.
        swaps: Whether speakers may swap places; None where it is not stated.
        absent: Where one goes who is absent when called: "end-of-category", or None.
        replies: Where rights of reply stand: "end-of-day" of a sitting's day, or None.
        yielding: How speakers may yield their time to another, or None.
        pooling: How several may speak through one, or None.
        house: What the house asks of sittings.
        sources: Where its rules are stated.

    >>> rules = Procedure("council", "City council", limits="3 min", floor_time="1 h")
    >>> rules.limits.default
    datetime.timedelta(seconds=180)
    """

    id: str = attrs.field(default="own", converter=_as_procedure_id)
    title: str = attrs.field(default="Rules of this programme", converter=as_title)
    body: str | None = attrs.field(default=None, converter=as_text, kw_only=True)
    notes: tuple[str, ...] = attrs.field(default=(), converter=as_texts, kw_only=True)
    limits: SpeakingLimits | None = attrs.field(default=None, converter=as_limits, kw_only=True)
    order: tuple[Rule, ...] = attrs.field(default=(), converter=as_rules, kw_only=True)
    when_too_long: tuple[Step, ...] = attrs.field(default=(), converter=as_steps, kw_only=True)
    lowest_limit: timedelta | None = attrs.field(
        default=None, converter=optional_limit, kw_only=True
    )
    reserves: tuple[Reserve, ...] = attrs.field(default=(), converter=as_reserves, kw_only=True)
    floor_time: timedelta | None = attrs.field(default=None, converter=optional_limit, kw_only=True)
    list_open_for: timedelta | None = attrs.field(
        default=None, converter=optional_limit, kw_only=True
    )
    list_closes: timedelta | None = attrs.field(default=None, converter=_as_length, kw_only=True)
    swaps: bool | None = attrs.field(default=None, converter=_as_swaps, kw_only=True)
    absent: Absent | None = attrs.field(default=None, converter=_as_absent, kw_only=True)
    replies: Replies | None = attrs.field(default=None, converter=_as_replies, kw_only=True)
    yielding: Yielding | None = attrs.field(default=None, converter=_as_yielding, kw_only=True)
    pooling: Pooling | None = attrs.field(default=None, converter=_as_pooling, kw_only=True)
    house: House = attrs.field(factory=House, converter=_as_house, kw_only=True)
    sources: tuple[Source, ...] = attrs.field(default=(), converter=_as_sources, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Refuse limits that the lowest limit forbids, and sources of rules that there are not."""
        stated = [("limit", self.limits)]
        stated += [(f"step {at} of when_too_long", each.limits) for at, each in self._steps()]
        lowest = self.lowest_limit
        for where, limits in stated:
            shortest = min(limits.kinds().values()) if limits else None
            if lowest is not None and shortest is not None and shortest < lowest:
                msg = (
                    f"{where} has a limit of {show(shortest)}, and lowest_limit lets none be "
                    f"shorter than {show(lowest)}: change one of the two"
                )
                raise InvalidValue(msg)
        known = {*map(_key, attrs.fields_dict(Procedure))} - set(_ABOUT)
        for rule in (rule for source in self.sources for rule in source.covers):
            if rule not in known:
                kind = "rule of a procedure"
                raise UnknownName(kind, rule, sorted(known))

    def _steps(self) -> Iterable[tuple[int, Step]]:
        return enumerate(self.when_too_long, 1)

    def stated(self) -> tuple[str, ...]:
        """The names of the rules that it states, as a file has them."""
        fields = attrs.fields(Procedure)
        return tuple(
            _key(field.name)
            for field in fields
            if field.name not in _ABOUT and getattr(self, field.name) not in {None, (), House()}
        )

    def sources_of(self, rule: str) -> tuple[Source, ...]:
        """Where a rule is stated, by its name in a file."""
        return tuple(source for source in self.sources if rule in source.covers)

    def cited(self, rule: str) -> str:
        """A rule by its name in a file, and where it is stated: "hrc-panel: limit (…)"."""
        sources = "; ".join(map(str, self.sources_of(rule.partition("[")[0])))
        return f"{self.id}: {rule}" + (f" ({sources})" if sources else "")

    def __str__(self) -> str:
        """Title and id."""
        return f"{self.title} ({self.id})"
