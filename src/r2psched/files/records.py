"""Logs of a meeting that runs or has been, as CSV or in workbooks: who spoke, from when to when."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import Day, as_date, as_zone, from_epoch, to_epoch
from r2psched.durations import microseconds
from r2psched.errors import (
    AmbiguousName,
    Fault,
    InvalidInput,
    InvalidValue,
    UnknownName,
    shown,
)
from r2psched.fields import as_limit, optional_limit
from r2psched.files.record_rows import NAMES, columns_of, log_rows, row_of
from r2psched.files.setting import Setting
from r2psched.pace import Record, disorder

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence
    from pathlib import Path

    import pendulum

    from r2psched.files.record_rows import Columns, Row
    from r2psched.files.sheet_values import Cell
    from r2psched.pace.records import Kind
    from r2psched.sessions import Session

__all__ = ["read_records"]

_DATED = re.compile(r"[0-9]{4}-")
_LATER = re.compile(r"\+[0-9]{1,3}$")
_MOST_HINTS = 20


def read_records(
    path: Path | str,
    session: Session | None = None,
    *,
    on: dt.date | str | None = None,
    zone: str | None = None,
    limit: timedelta | str | None = None,
) -> tuple[Record, ...]:
    r"""Read what happened on the floor.

    Args:
        path: The CSV file or workbook, a sheet behind it and "#": one row for each intervention,
            in the order of time. A column names who, or the id, delegation or speaker; of several
            the first that is filled counts, in this order. "start" and "end" tell the times, or
            "length" in place of the end; "kind" what it was if it was no intervention: "absent",
            "reply" or "break"; "limit" and "category" what the list does not say. Other columns
            are passed over.
        session: Whose list has the names; None for another meeting, whose names may be any.
        on: The date of times that have none; by default that of the session.
        zone: The zone of the times; by default that of the session, or UTC without one.
        limit: The limit where no column states one; without a session, one of the two must.

    Returns:
        The records. With a session, whoever was called is named by the id.

    Raises:
        InvalidInput: All that is wrong with the rows, each with row and column.
        InvalidValue: If there is no such date, zone or limit.
        FileFailed: If it cannot be read.
        MissingExtra: If it is a workbook, and the extra `sheets` is not installed.

    >>> from pathlib import Path
    >>> log = Path("log.csv")
    >>> _ = log.write_text("speaker,start,end\nChile,10:00,10:04\n")
    >>> for record in read_records(log, on="2014-09-08", limit="3 min"):
    ...     print(record, record.length, round(record.ratio, 2))
    the intervention of Chile 0:04:00 1.33
    """
    reader = _Reader(session, _days(session, on), _zone(session, zone), optional_limit(limit))
    made: list[tuple[int, Record]] = []
    faults: list[Fault] = []
    try:
        rows = log_rows(str(path))
        header_row, header = next(rows, (1, []))
        columns = columns_of(header_row, header, limited=(session, limit) != (None, None))
        for row, cells in rows:
            try:
                made.append((row, reader.record(columns, row, cells)))
            except InvalidInput as error:
                faults += error.faults
    except InvalidInput as error:
        faults += error.faults
    places = [f"row {row}" for row, _ in made]
    records = tuple(record for _, record in made)
    hint = '; write "00:10+1" for a time after midnight' if _over_midnight(session) else ""
    faults += [Fault("", each + hint) for each in disorder(records, places)]
    if reader.skipped:
        message = f"{reader.skipped:,} more names were not looked up: correct those first"
        faults.append(Fault("", message))
    if faults:
        raise InvalidInput(faults, str(path))
    return records


def _days(session: Session | None, on: dt.date | str | None) -> tuple[dt.date, ...]:
    """The dates on which a time may be that has none."""
    if on is not None:
        return (as_date(on),)
    blocks = () if session is None else session.blocks
    return tuple(dict.fromkeys(as_date(block.start.date()) for block in blocks))


def _over_midnight(session: Session | None) -> bool:
    blocks = () if session is None else session.blocks
    last = (from_epoch(block.end_us - 1, block.zone) for block in blocks)
    return any(block.start.date() < end.date() for block, end in zip(blocks, last, strict=True))


def _zone(session: Session | None, zone: str | None) -> str:
    if zone is None and session is not None and session.blocks:
        return session.blocks[0].zone
    return "UTC" if zone is None else as_zone(zone)


@attrs.define(slots=False)
class _Reader:
    """Reads rows as records."""

    session: Session | None
    days: tuple[dt.date, ...]
    zone: str
    limit: timedelta | None
    skipped: int = attrs.field(default=0, init=False)
    _looked_up: dict[str, str | Exception] = attrs.field(factory=dict, init=False)
    _unknown: int = attrs.field(default=0, init=False)

    def record(self, columns: Columns, number: int, cells: Sequence[Cell]) -> Record:
        """Make a record of a row.

        Raises:
            InvalidInput: All that is wrong with it.
        """
        row = row_of(columns, number, cells)
        kind = row.kind()
        who = self._who(row, kind)
        start, end = self._absence(row) if kind == "absent" else self._times(row)
        limit = row.read("limit", as_limit) or self.limit
        if limit is None and self.session is None and kind == "intervention":
            row.blame("limit", 'is empty: write it, such as "3 min"')
        if row.faults:
            raise InvalidInput(row.faults)
        category = row.texts.get("category")
        return Record(who, start, end, kind=kind, limit=limit, category=category)

    def _who(self, row: Row, kind: Kind) -> str | None:
        field = next((each for each in NAMES if each in row.texts), None)
        if field is None:
            if kind in {"intervention", "absent"}:
                first = next(each for each in NAMES if each in row.columns.at)
                row.blame(first, "is empty: name who was called")
            return None
        name = row.texts[field]
        if self.session is None or kind in {"reply", "break"}:
            return name
        try:
            return self._id(self.session, name)
        except (AmbiguousName, InvalidValue, UnknownName) as error:
            row.blame(field, str(error))
            return None

    def _id(self, session: Session, name: str) -> str:
        """The id that a name stands for; each that is wrong is looked up once, twenty in all."""
        known = self._known.get(name) or self._known.get(name.casefold())
        if known is not None:
            return known
        found = self._looked_up.get(name)
        if found is None and self._unknown >= _MOST_HINTS:
            self.skipped += 1
            return name
        if found is None:
            try:
                found = session.id_of(name)
            except (AmbiguousName, InvalidValue, UnknownName) as error:
                found = error
                self._unknown += 1
            self._looked_up[name] = found
        if isinstance(found, Exception):
            raise found
        return found

    @cached_property
    def _known(self) -> dict[str, str]:
        """Every id, and in small letters every name that one inscription alone bears."""
        listed = (self.session and self.session.speakers) or ()
        bearers: dict[str, set[str]] = {}
        for who in listed:
            for name in filter(None, (who.id, who.delegation, who.speaker, str(who))):
                bearers.setdefault(name.casefold(), set()).add(who.id)
        single = {name: next(iter(ids)) for name, ids in bearers.items() if len(ids) == 1}
        return single | {who.id: who.id for who in listed}

    def _absence(self, row: Row) -> tuple[pendulum.DateTime | None, None]:
        for field in ("end", "length"):
            if field in row.texts:
                row.blame(field, "belongs to one who was absent: leave it empty")
        return self._moment(row, "start", self._day), None

    def _times(self, row: Row) -> tuple[pendulum.DateTime | None, pendulum.DateTime | None]:
        start = self._moment(row, "start", self._day)
        began, ended = row.texts.get("start", ""), row.texts.get("end", "")
        if not began:
            row.blame("start", 'is empty: write when it began, such as "11:02"')
        day = self._day
        if start is not None and not _LATER.search(ended):
            day = as_date(start.date())
        elif _DATED.match(began):
            day = as_date(began[:10])
        end = self._moment(row, "end", day) if start is not None or _DATED.match(ended) else None
        length = row.read("length", as_limit)
        if start is None:
            return None, None
        took = (
            None if end is None else timedelta(microseconds=to_epoch(end)[0] - to_epoch(start)[0])
        )
        if took is not None and took <= timedelta(0):
            open_day = not (_LATER.search(ended) or _DATED.match(ended))
            hint = f"; write {shown(ended + '+1')} if it ends the next day" if open_day else ""
            row.blame("end", f"{shown(ended)} is not after the start, {shown(began)}{hint}")
        if length is None:
            return start, end
        if took not in {None, length}:
            row.blame("length", "is not what lies between start and end: leave one of them empty")
        try:
            return start, from_epoch(to_epoch(start)[0] + microseconds(length), self.zone)
        except (OverflowError, ValueError):
            row.blame("length", "is longer than a calendar goes")
            return start, end

    @property
    def _day(self) -> dt.date | None:
        return self.days[0] if len(self.days) == 1 else None

    def _moment(self, row: Row, field: str, day: dt.date | None) -> pendulum.DateTime | None:
        def moment(text: str) -> pendulum.DateTime | None:
            if day is None and not _DATED.match(text):
                many = f", and the session is on {len(self.days)} days" if self.days else ""
                msg = f'{shown(text)} has no date{many}: write it before the time, "2014-09-08 '
                raise InvalidValue(msg + '11:02", or say of which day all are')
            return Setting(Day(day, zone=self.zone)).moment(text)

        return row.read(field, moment)
