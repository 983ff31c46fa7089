"""Invitations: how a programme writes to those whom it invites."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal, get_args

import attrs

from r2psched.durations import as_duration, show
from r2psched.errors import InvalidValue
from r2psched.fields import as_emails, as_one_of, as_tuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Each", "Invitations"]

Each = Literal["session", "day"]
_each = as_one_of(*get_args(Each))


def _as_each(value: Each) -> Each:
    each: Each = _each(value)
    return each


def _as_alarms(value: timedelta | str | Iterable[timedelta | str]) -> tuple[timedelta, ...]:
    return tuple(sorted({as_duration(each) for each in as_tuple(value)}, reverse=True))


def _as_threshold(value: timedelta | str) -> timedelta:
    return as_duration(value)


def _as_sender(value: str | None) -> str | None:
    if value is None:
        return None
    found = as_emails(value)
    if len(found) != 1:
        msg = f"expected one address that sends, got {len(found)}"
        raise InvalidValue(msg)
    return found[0]


def _as_texts(
    value: Mapping[str, object] | Iterable[tuple[str, str]],
) -> tuple[tuple[str, str], ...]:
    if value == ():
        return ()
    from r2psched.language import as_texts  # noqa: PLC0415  # few replace any

    return as_texts(value)


@attrs.frozen
class Invitations:
    """How a programme writes to those whom it invites.

    Attributes:
        alarms: How long before it begins a reader is reminded, each; may be empty.
        threshold: A time that moved by less since an invitation was sent is not sent again; with
            no length, every change is.
        each: Whether whoever has a part in sessions gets an entry for each of their blocks
            ("session"), or one for each day of the meeting ("day").
        sent_by: The address that sends in the name of the organiser, or None for the organiser's.
        texts: Texts that stand in place of those of the catalogue, as pairs by key; given as
            tables or by dotted keys.

    >>> Invitations(alarms=["1 h", "10 min"]).threshold
    datetime.timedelta(seconds=600)
    """

    alarms: tuple[timedelta, ...] = attrs.field(
        default=(timedelta(minutes=15),), converter=_as_alarms
    )
    threshold: timedelta = attrs.field(
        default=timedelta(minutes=10), converter=_as_threshold, kw_only=True
    )
    each: Each = attrs.field(default="session", converter=_as_each, kw_only=True)
    sent_by: str | None = attrs.field(default=None, converter=_as_sender, kw_only=True)
    texts: tuple[tuple[str, str], ...] = attrs.field(default=(), converter=_as_texts, kw_only=True)

    def __str__(self) -> str:
        """How often and when a reader is reminded, and what is too small to be sent."""
        told = ", ".join(map(show, self.alarms)) or "never"
        return f"reminds before: {told}; sends what moved by {show(self.threshold)} or more"
