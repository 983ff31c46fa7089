"""What becomes of many programmes: small values that cross processes as plain numbers and text."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import attrs

from r2psched import tables
from r2psched.blocks import from_epoch, to_epoch, to_minute, write_moment
from r2psched.forecasting.wording import percent

if TYPE_CHECKING:
    import pendulum

__all__ = ["Expected", "Failure", "Result", "Summary"]

_SHARES = ("10 %", "50 %", "90 %")


def _moment(us: int | None, zone: str) -> pendulum.DateTime | None:
    return None if us is None else from_epoch(us, zone)


def _told(row: dict[str, object]) -> dict[str, object]:
    """The same for readers: chances in per cent, moments to the nearest minute."""
    return {key: _word(value) for key, value in row.items()}


def _word(value: object) -> object:
    if isinstance(value, datetime):
        return write_moment(to_minute(from_epoch(*to_epoch(value))))
    return percent(value) if isinstance(value, float) else value


@attrs.frozen
class Expected:
    """When one speaker is expected to begin.

    Attributes:
        id: The id of the inscription.
        place: The place in the running order, counted from 1.
        chance: The chance to be heard, if the speaker is there.
        start_us: The median of the starts, in microseconds since the epoch, or None where there
            is hardly a chance to be heard.
        window: The moments by which it has begun with 10 % and with 90 %, likewise.
        zone: The name of the zone in which its times are given.
    """

    id: str
    place: int
    chance: float
    start_us: int | None
    window: tuple[int, int] | None
    zone: str

    @property
    def start(self) -> pendulum.DateTime | None:
        """The median of the starts."""
        return _moment(self.start_us, self.zone)

    @property
    def earliest(self) -> pendulum.DateTime | None:
        """When it begins at the earliest, nine times of ten."""
        return _moment(self.window[0] if self.window else None, self.zone)

    @property
    def latest(self) -> pendulum.DateTime | None:
        """When it begins at the latest, nine times of ten."""
        return _moment(self.window[1] if self.window else None, self.zone)

    def row(self) -> dict[str, object]:
        """Everything that it says, as a dict."""
        return {
            "place": self.place,
            "id": self.id,
            "chance": self.chance,
            "earliest": self.earliest,
            "start": self.start,
            "latest": self.latest,
        }


@attrs.frozen
class Summary:
    """The forecast of one session, in small.

    Attributes:
        programme: The id of the programme.
        session: The id of the session.
        zone: The name of the zone in which its times are given.
        all_heard: The chance that all who are there are heard.
        heard: How many are heard: the numbers not exceeded with 10, 50 and 90 %.
        ends_us: When the list ends: the moments by which it has ended with 10, 50 and 90 %, in
            microseconds since the epoch; None where there is no such moment in these blocks.
        speakers: Each who is inscribed, in order.
        assumptions: Everything that is taken for granted, a line each.
    """

    programme: str
    session: str
    zone: str
    all_heard: float
    heard: tuple[int, int, int]
    ends_us: tuple[int | None, int | None, int | None]
    speakers: tuple[Expected, ...] = attrs.field(repr=False)
    assumptions: tuple[str, ...] = attrs.field(repr=False)

    @property
    def ends(self) -> tuple[pendulum.DateTime | None, ...]:
        """When the list ends: by when with 10, 50 and 90 %, or None."""
        return tuple(_moment(us, self.zone) for us in self.ends_us)

    def rows(self) -> list[dict[str, object]]:
        """One dict for each speaker: place, id, chance, and the window of starts."""
        return [each.row() for each in self.speakers]

    def row(self) -> dict[str, object]:
        """The session in one dict."""
        return {
            "programme": self.programme,
            "session": self.session,
            "all heard": self.all_heard,
            **{f"heard {at}": n for at, n in zip(_SHARES, self.heard, strict=True)},
            **{f"ends {at}": end for at, end in zip(_SHARES, self.ends, strict=True)},
        }

    def __str__(self) -> str:
        """What holds for all, then a table of the speakers."""
        low, _, high = self.heard
        head = f"{self.programme}, {self.session}: all heard with {percent(self.all_heard)}"
        return f"{head}, heard {low} to {high}\n{tables.plain(list(map(_told, self.rows())))}"

    def _repr_html_(self) -> str:
        return tables.html(list(map(_told, self.rows())), self.assumptions)


@attrs.frozen
class Failure:
    """Why there is no forecast.

    Attributes:
        session: The id of the session, or None if the whole programme is meant.
        kind: The name of the error's class, such as "InvalidValue".
        message: The error's text.
    """

    session: str | None
    kind: str
    message: str

    @classmethod
    def of(cls, error: Exception, session: str | None = None) -> Failure:
        """Tell an error."""
        try:
            message = str(error)
        except Exception:  # noqa: BLE001  # errors of others may not even tell themselves
            message = ""
        return cls(session, type(error).__name__, message)

    def __str__(self) -> str:
        """Session, kind and message, as far as there are any."""
        return ": ".join(part for part in (self.session, self.kind, self.message) if part)


@attrs.frozen
class Result:
    """What became of one programme of many.

    Attributes:
        programme: Its id, or None for something that is no programme.
        summaries: The forecast of each session that has a list and could be forecast, in order.
        failures: Why there is none of the others.
    """

    programme: str | None
    summaries: tuple[Summary, ...] = ()
    failures: tuple[Failure, ...] = ()

    def rows(self) -> list[dict[str, object]]:
        """One dict for each session: chance, numbers and ends; or what failed."""
        failed: list[dict[str, object]] = [
            {"programme": self.programme, "session": each.session, "failed": str(each)}
            for each in self.failures
        ]
        return [*(summary.row() for summary in self.summaries), *failed]

    def __str__(self) -> str:
        """The rows as a table."""
        return tables.plain(list(map(_told, self.rows())))

    def _repr_html_(self) -> str:
        return tables.html(list(map(_told, self.rows())))
