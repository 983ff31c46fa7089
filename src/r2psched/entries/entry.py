"""Entry: what one calendar entry says."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

import attrs

from r2psched.blocks import TimeBlock
from r2psched.durations import microseconds

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Entry", "Kind", "Standing", "digest", "standing_of"]

Kind = Literal["block", "sitting", "deadline", "slot", "session", "day"]
Standing = Literal["tentative", "confirmed", "cancelled"]
_ONE = {"start_us": int, "end_us": int, "free": bool}
_SEVERAL = {"alarms": int, "categories": str, "inner_us": int, "links": str}


def standing_of(status: str) -> Standing:
    """How firm the entries of a programme of some status are: a provisional one is tentative."""
    if status == "cancelled":
        return "cancelled"
    return "confirmed" if status == "confirmed" else "tentative"


@attrs.frozen
class Entry:
    """What one calendar entry says, whatever file it is written into.

    Attributes:
        uid: Makes calendars know it again, whatever has moved.
        kind: What it is of: "block", "sitting", "deadline", "slot", "session" or "day".
        start_us: When it begins, in microseconds since the epoch.
        end_us: When it ends, in microseconds since the epoch.
        zone: The name of the zone in which its times are told.
        summary: Its title.
        description: Its text; may be empty.
        location: Where, or an empty text.
        status: "tentative", "confirmed" or "cancelled".
        free: Whether its time stays free in the reader's calendar.
        categories: What it is, in words that a reader may sort by.
        links: The links of its webcasts.
        webcast: What such a link is called.
        alarms: How long before it begins the reader is reminded, each.
        session: The id of its session, or an empty text.
        about: The id of the inscription that it is of, or an empty text.
        inner_us: Further moments that its text tells, in microseconds since the epoch.
        steady: A digest of those of its words that do not change merely because others move.
    """

    uid: str
    kind: Kind
    start_us: int
    end_us: int
    zone: str
    summary: str
    description: str = ""
    location: str = ""
    status: Standing = "confirmed"
    free: bool = False
    categories: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    webcast: str = ""
    alarms: tuple[timedelta, ...] = ()
    session: str = ""
    about: str = ""
    inner_us: tuple[int, ...] = ()
    steady: str = ""

    @property
    def span(self) -> TimeBlock:
        """Its time as a block."""
        return TimeBlock.from_microseconds(self.start_us, self.end_us, self.zone)

    @property
    def times(self) -> tuple[int, int, str, str]:
        """What makes it another revision if it changes: start, end, status, location.

        Source:
            RFC 5546 section 2.1.4; the location is our choice.
        """
        return self.start_us, self.end_us, self.status, self.location

    def as_dict(self) -> dict[str, object]:
        """The entry as plain values, for `from_dict`; what is empty is left out."""
        told = {
            field.name: getattr(self, field.name)
            for field in attrs.fields(Entry)
            if getattr(self, field.name) != field.default
        }
        if self.alarms:
            told["alarms"] = [microseconds(before) for before in self.alarms]
        return {k: list(v) if isinstance(v, tuple) else v for k, v in told.items()}

    @classmethod
    def from_dict(cls, told: Mapping[str, object]) -> Entry:
        """The entry of plain values that `as_dict` gave.

        Raises:
            ValueError: If a value is not of its field's type.

        >>> entry = Entry("a@b", "slot", 0, 60_000_000, "UTC", "A", alarms=(timedelta(hours=1),))
        >>> Entry.from_dict(entry.as_dict()) == entry
        True
        """
        values: dict[str, Any] = {}
        for name, value in told.items():
            kind = _SEVERAL.get(name)
            if kind is None:
                good = type(value) is _ONE.get(name, str)
                values[name] = value
            else:
                values[name] = tuple(value) if isinstance(value, list) else ()
                good = isinstance(value, list) and all(type(each) is kind for each in value)
            if not good:
                msg = f"{name} is not of its type"
                raise ValueError(msg)
        alarms = values.get("alarms", ())
        values["alarms"] = tuple(timedelta(microseconds=us) for us in alarms)
        return cls(**values)


def digest(*words: str) -> str:
    """A short digest of some words."""
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:16]
