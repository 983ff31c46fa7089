"""LimitsFrom: limits that replace others from a stated moment on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from r2psched.errors import InvalidValue
from r2psched.fields import as_moment, as_several
from r2psched.speakers.limits import SpeakingLimits

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    import pendulum

__all__ = ["LimitsFrom", "as_later"]

_MOST_CHANGES = 100


def _as_since(value: datetime) -> pendulum.DateTime:
    moment = as_moment(value)
    if moment is None:
        msg = "limits that change need the moment from which they are in force"
        raise InvalidValue(msg)
    return moment


@attrs.frozen
class LimitsFrom(SpeakingLimits):
    """Limits that replace those before them from a stated moment on.

    An intervention has the limit in force when it begins.

    Attributes:
        since: The moment.

    >>> from r2psched import Day
    >>> day = Day("2014-09-08", zone="America/New_York")
    >>> from r2psched.durations import show
    >>> show(LimitsFrom("2 min", since=day.at("15:00")).default)
    '2 min'
    """

    since: pendulum.DateTime = attrs.field(converter=_as_since, kw_only=True)


def as_later(value: LimitsFrom | Iterable[LimitsFrom]) -> tuple[LimitsFrom, ...]:
    """Take the limits of later moments, in the order of time.

    Raises:
        InvalidValue: If one is none, two begin at the same moment, or there are more than 100.
    """
    such = 'limits from a moment on, such as LimitsFrom("2 min", since=day.at("15:00"))'
    later = sorted(as_several(value, LimitsFrom, such), key=lambda limits: limits.since)
    if len(later) > _MOST_CHANGES:
        msg = f"expected limits to change at most {_MOST_CHANGES} times, got {len(later)}"
        raise InvalidValue(msg)
    for one, two in pairwise(later):
        if one.since == two.since:
            msg = f"two limits begin at {one.since.isoformat()}: remove one of them"
            raise InvalidValue(msg)
    return tuple(later)
