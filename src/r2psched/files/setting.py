"""The setting in which a tree is read or written: the day and zone of its times, its folder."""

from __future__ import annotations

import datetime as dt
import re
from contextvars import ContextVar
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import Day, from_epoch, to_epoch, write_moment
from r2psched.errors import InvalidValue, shown
from r2psched.language.tags import ORIGINAL

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pendulum

    from r2psched.blocks import TimeBlock
    from r2psched.programme.untranslated import Untranslated

__all__ = ["NO_LISTS", "SETTING", "Setting"]

_WITH_OFFSET = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?"
    r"(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)
NO_LISTS: Mapping[Path, str] = MappingProxyType({})


@attrs.frozen
class Setting:
    """Where the times and paths of a tree belong.

    Attributes:
        day: Reads its times; its date is None where each time must bring its own.
        folder: Where files that it names are looked for, or None where it may name none.
        lists: By their resolved paths, texts that stand for what CSV files hold.
        own: The language of the file.
        asked: The language in which texts are read.
        untranslated: Takes what files beside it do not say in every language.
    """

    day: Day
    folder: Path | None = None
    lists: Mapping[Path, str] = NO_LISTS
    own: str = ORIGINAL
    asked: str = ORIGINAL
    untranslated: list[Untranslated] = attrs.field(factory=list, eq=False)

    def block(self, value: object) -> TimeBlock:
        """Read one span of time."""
        if not isinstance(value, str):
            msg = f'expected a time in quotes, such as "10:50-13:00", got {shown(value)}'
            raise InvalidValue(msg)
        return self.day(value)

    def moment(self, value: object) -> pendulum.DateTime | None:
        """Read one moment: a text, or a date and time of TOML, local or with an offset."""
        if value is None:
            return None
        if isinstance(value, str) and _WITH_OFFSET.fullmatch(value.strip()):
            try:
                value = dt.datetime.fromisoformat(value.strip().upper())
            except ValueError as error:
                msg = f"there is no time {shown(value)}: {error}"
                raise InvalidValue(msg) from error
        if isinstance(value, dt.datetime):
            return self._datetime(value)
        if isinstance(value, str):
            return self.day.at(value)
        got = value if isinstance(value, dt.date) else shown(value)
        msg = f'expected a date and time such as "2015-09-04 13:00", got {got}'
        raise InvalidValue(msg)

    def _datetime(self, value: dt.datetime) -> pendulum.DateTime:
        if value.microsecond:
            msg = f"expected a time in whole seconds, got {value}"
            raise InvalidValue(msg)
        if value.tzinfo is None:
            return self.day.local(value)
        try:
            utc = value.astimezone(dt.UTC)
        except (OverflowError, ValueError) as error:
            msg = f"expected a time in the years 1 to 9999, got {value}"
            raise InvalidValue(msg) from error
        return from_epoch(to_epoch(utc)[0], self.day.zone)

    def write_moment(self, moment: pendulum.DateTime) -> str:
        """Write a moment as it is read in this setting."""
        return write_moment(from_epoch(to_epoch(moment)[0], self.day.zone))


SETTING: ContextVar[Setting] = ContextVar("SETTING")
