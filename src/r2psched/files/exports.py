"""Tables written for a spreadsheet, as CSV or .xlsx, so that nothing in them is computed."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

from r2psched.blocks import from_epoch, to_epoch, write_moment
from r2psched.blocks.instants import to_local
from r2psched.durations import show
from r2psched.errors import Fault, InvalidInput, InvalidValue, MissingExtra, shown
from r2psched.files.cells import guarded, is_live, written
from r2psched.files.lists import FIELDS, title_of
from r2psched.files.saving import save
from r2psched.files.sheet_values import letters
from r2psched.tables import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from r2psched.speakers import Inscription

__all__ = ["export_list", "save_table"]

_EXTRA = "sheets"
_KINDS = (".csv", ".xlsx")
_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 200
_LONGEST = {".csv": 131_071, ".xlsx": 32_767}
_UNWRITABLE = {
    ".csv": re.compile("[\ud800-\udfff]"),
    ".xlsx": re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]"),
}
# Excel counts its days from 1900, with a 29 February that never was.
_FIRST = dt.datetime(1900, 3, 1)  # noqa: DTZ001  # a time on the wall, as a sheet shows it
_DAYS = dt.timedelta(days=1)
_WIDEST, _MARGIN = 50, 2
_ATTRIBUTES = {"email": "emails", "id": "given_id"}

Value = str | int | dt.datetime | dt.timedelta | None


def save_table(
    path: Path | str, columns: Sequence[str], rows: Iterable[Mapping[str, object]]
) -> None:
    """Write a table as CSV or as a workbook, whole or not at all.

    Times are written in their own zone, without its name: "2014-09-08 10:00" in CSV, a date with
    time in a workbook, so that a sheet can sort and filter them; in the hour that comes twice a
    text with its mark. Lengths are "3 min" in CSV and times of the form 0:03:00 in a workbook.

    Texts that a spreadsheet would compute are texts still: CSV has an apostrophe before them,
    which reading a list takes off; a workbook says itself that they are text.

    Args:
        path: Where; its name ends in ".csv" or ".xlsx".
        columns: The names of the columns, in order.
        rows: Their values by column: text, whole numbers, aware times, lengths, or None.

    Raises:
        InvalidValue: If the name ends in something else.
        InvalidInput: All the texts that cannot be written, each with row and column.
        FileFailed: If it cannot be written.
        MissingExtra: If it is a workbook, and the extra `sheets` is not installed.
    """
    kind = Path(path).suffix.lower()
    if kind not in _KINDS:
        msg = f"expected the name of a file that ends in .csv or .xlsx, got {shown(str(path))}"
        raise InvalidValue(msg)
    table: list[list[Value]] = [
        list(columns),
        *([_plain(row.get(column)) for column in columns] for row in rows),
    ]
    faults = list(_faults(kind, table))
    if faults:
        raise InvalidInput(faults, str(path))
    save(path, _csv(table) if kind == ".csv" else _xlsx(table))


def export_list(path: Path | str, inscriptions: Sequence[Inscription], zone: str) -> None:
    """Write inscriptions so that reading the file as a list gives equal ones.

    Every field has its column, and every trait one of its own. E-mail addresses are written too:
    the file is the secretariat's own.

    Args:
        path: Where; its name ends in ".csv" or ".xlsx".
        inscriptions: In order.
        zone: The zone of the programme, in which its times are read again.

    Raises:
        InvalidValue: If the name ends in something else, or there are too many traits.
        InvalidInput: All the texts that cannot be written, each with row and column.
        FileFailed: If it cannot be written.
        MissingExtra: If it is a workbook, and the extra `sheets` is not installed.
    """
    traits = sorted({name for each in inscriptions for name, _ in each.traits})
    if len(FIELDS) + len(traits) > _MOST_COLUMNS:
        msg = (
            f"the inscriptions have {len(traits):,} different traits, and a list at most "
            f"{_MOST_COLUMNS - len(FIELDS)}: remove some"
        )
        raise InvalidValue(msg)
    names = [field.replace("_", " ") for field in FIELDS]
    columns = [*names, *map(title_of, traits)]
    rows = (
        dict(zip(columns, [*_fields(each, zone), *map(dict(each.traits).get, traits)], strict=True))
        for each in inscriptions
    )
    save_table(path, columns, rows)


def _fields(inscription: Inscription, zone: str) -> Iterable[Value]:
    for field in FIELDS:
        value = getattr(inscription, _ATTRIBUTES.get(field, field))
        if field == "received" and value is not None:
            value = from_epoch(to_epoch(value)[0], zone)
        elif field == "limit" and value is not None:
            value = show(value)
        yield "; ".join(value) if field == "email" else value


def _plain(value: object) -> Value:
    """A time on the wall where a sheet can hold it, and whatever else as it is."""
    if isinstance(value, dt.datetime):
        local, mark = to_local(*to_epoch(value))
        return write_moment(value) if mark or local < _FIRST else local  # type: ignore[arg-type]
    if value is None or isinstance(value, (str, int, dt.timedelta)):
        return value
    return str(value)


def _faults(kind: str, table: list[list[Value]]) -> Iterable[Fault]:
    if len(table) > _MOST_ROWS:
        yield Fault("", f"has {len(table):,} rows, and a sheet holds at most {_MOST_ROWS:,}")
        return
    for number, row in enumerate(table, 1):
        for at, value in enumerate(row):
            if not isinstance(value, str):
                continue
            title = table[0][at]
            column = f"column {shown(title)}" if number > 1 else f"column {letters(at)}"
            place = f"row {number}, {column}"
            found = _UNWRITABLE[kind].search(value)
            if found:
                message = (
                    f"holds the character U+{ord(found[0]):04X}, which no {kind} file can hold"
                )
                yield Fault(place, f"{message}: remove it")
            if len(value) > _LONGEST[kind]:
                message = f"holds {len(value):,} characters, and a cell holds at most"
                yield Fault(place, f"{message} {_LONGEST[kind]:,}: shorten it")


def _csv(table: list[list[Value]]) -> bytes:
    lines = (",".join(written(_text(value)) for value in row) + "\r\n" for row in table)
    return "".join(lines).encode("utf-8-sig")  # Excel takes what has no mark for another encoding


def _text(value: Value) -> str:
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    if isinstance(value, dt.timedelta):
        return show(value)
    return "" if value is None else guarded(str(value))


def _widths(table: list[list[Value]]) -> dict[int, int]:
    """How wide the columns of times and lengths are, in letters, which autofit gets wrong."""
    timed = {
        at
        for row in table
        for at, value in enumerate(row)
        if isinstance(value, (dt.datetime, dt.timedelta))
    }
    return {
        at: min(_WIDEST, max(width(_shown(row[at])) for row in table) + _MARGIN) for at in timed
    }


def _shown(value: Value) -> str:
    """A value about as a workbook shows it."""
    return str(value) if isinstance(value, dt.timedelta) else _text(value)


def _xlsx(table: list[list[Value]]) -> bytes:
    try:
        import xlsxwriter  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise MissingExtra(_EXTRA, "writing .xlsx files") from error
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    # The same table gives the same bytes whenever it is written.
    book.set_properties({"created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001  # of no zone
    sheet = book.add_worksheet()
    head = book.add_format({"bold": True})
    # A text is computed when it is typed, never when it is read; a quote prefix keeps it a text
    # for whoever opens the cell and closes it again. An apostrophe would be part of the text.
    kept = book.add_format({"quote_prefix": True})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    exact = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    length = book.add_format({"num_format": "[h]:mm:ss"})
    for number, row in enumerate(table):
        for at, value in enumerate(row):
            if isinstance(value, dt.datetime):
                sheet.write_datetime(number, at, value, exact if value.second else moment)
            elif isinstance(value, dt.timedelta):
                sheet.write_number(number, at, value / _DAYS, length)
            elif isinstance(value, str):
                plain = kept if is_live(value) else None
                sheet.write_string(number, at, value, plain if number else head)
            elif value is not None:
                sheet.write_number(number, at, value)
    sheet.freeze_panes(1, 0)
    sheet.autofit(400)
    for at, wide in _widths(table).items():
        sheet.set_column(at, at, wide)
    book.close()
    return file.getvalue()
