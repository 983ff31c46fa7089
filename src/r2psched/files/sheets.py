"""Lists kept in workbooks (.xlsx and .ods): the rows of one sheet."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING

from r2psched.errors import InvalidInput, MissingExtra, shown
from r2psched.files.sheet_values import Trouble, as_cell, as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineSheet, SheetMetadata

    from r2psched.files.sheet_guard import Checked, Marks
    from r2psched.files.sheet_values import Cell, Value

__all__ = ["sheet_rows", "sheet_texts"]

_EXTRA = "sheets"


def sheet_rows(data: bytes, name: str | None) -> Iterator[tuple[int, list[Cell]]]:
    """The rows of a sheet that hold anything, as the spreadsheet counts them.

    Args:
        data: The bytes of the workbook.
        name: The sheet; None for the only one that can be seen and holds anything.

    Raises:
        InvalidInput: If the workbook cannot be read, or has several sheets and none is named.
        MissingExtra: If the extra `sheets` is not installed.
    """
    try:
        from python_calamine import load_workbook  # noqa: PLC0415  # an extra
    except ImportError as error:
        raise MissingExtra(_EXTRA, "reading workbooks") from error
    from r2psched.files.packages import broken  # noqa: PLC0415  # workbooks alone need it

    checked = _checked(data)
    with _told():
        book = load_workbook(io.BytesIO(checked.data))
        titles = _titles(book.sheets_metadata, name)
        sheets = [(book.get_sheet_by_name(title), checked.sheets[title]) for title in titles]
    held = [(sheet, marks) for sheet, marks in sheets if any(_filled(sheet, marks))]
    if len(held) > 1:
        names = ", ".join(shown(sheet.name) for sheet, _ in held)
        message = (
            f"has {len(held)} sheets that hold something, {names}: write behind its name "
            f'which is meant, such as "#{held[0][0].name}"'
        )
        raise broken(message)
    for sheet, marks in held:
        yield from _filled(sheet, marks)


def sheet_texts(data: bytes, name: str | None) -> list[list[str]]:
    """The texts of a sheet's rows; a cell that holds an error is empty.

    Raises:
        InvalidInput: As `sheet_rows` does.
        MissingExtra: As `sheet_rows` does.
    """
    return [
        ["" if isinstance(cell, Trouble) else as_text(cell).strip() for cell in cells]
        for _, cells in sheet_rows(data, name)
    ]


def _checked(data: bytes) -> Checked:
    """What calamine may read of a file."""
    from r2psched.files.ods_guard import checked_ods  # noqa: PLC0415  # workbooks alone need it
    from r2psched.files.packages import Package, broken  # noqa: PLC0415  # as above
    from r2psched.files.xlsx_guard import checked_xlsx  # noqa: PLC0415  # as above

    package = Package(data)
    checked = checked_ods(package) or checked_xlsx(package)
    if checked is None:
        message = "is neither .xlsx nor .ods: save it as one of them, or as CSV"
        raise broken(message)
    return checked


@contextmanager
def _told() -> Iterator[None]:
    """Tell what calamine makes of a damaged workbook, be it a panic."""
    from r2psched.files.packages import damaged  # noqa: PLC0415  # workbooks alone need it

    try:
        yield
    except (InvalidInput, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise damaged(shown(str(error))) from error


def _titles(sheets: list[SheetMetadata], name: str | None) -> list[str]:
    """The titles of the sheets that may be meant."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415  # an extra

    from r2psched.files.packages import broken  # noqa: PLC0415  # workbooks alone need it

    tables = [each for each in sheets if each.typ == SheetTypeEnum.WorkSheet]
    if name is None:
        return [each.name for each in tables if each.visible == SheetVisibleEnum.Visible]
    found = [each.name for each in tables if each.name.casefold() == name.casefold()]
    if not found:
        there = ", ".join(shown(each.name) for each in tables) or "none"
        message = f"has no sheet {shown(name)}: there is {there}"
        raise broken(message)
    return found[:1]


def _filled(sheet: CalamineSheet, marks: Marks) -> Iterator[tuple[int, list[Cell]]]:
    """The rows that hold anything, each up to its last cell that does."""
    merged = {(row, column): last for row, column, last in marks.merged}
    for first, (last, _) in sheet.merged_cell_ranges or ():
        merged[first] = last
    header = None
    for row, cells in _laid_out(sheet, marks):
        while cells and cells[-1] == "":
            cells.pop()
        if not cells:
            continue
        header = row if header is None else header
        for column, cell in enumerate(cells):
            last = merged.get((row, column), row)
            if cell != "" and last > row > header:
                cells[column] = Trouble(
                    f"is merged with those below it, down to row {last + 1}: unmerge them, and "
                    "write its text into each row that it is for"
                )
        yield row + 1, cells


def _laid_out(sheet: CalamineSheet, marks: Marks) -> Iterator[tuple[int, list[Cell]]]:
    """All rows up to the last that holds anything, counted from 0, with the cells in trouble."""
    troubles: dict[int, dict[int, Trouble]] = {}
    for (row, column), trouble in marks.troubles.items():
        troubles.setdefault(row, {})[column] = trouble
    row = -1
    # calamine cannot go through the rows of a sheet that holds nothing.
    if sheet.start is not None:
        before: list[Cell] = [""] * sheet.start[1]
        for row, values in enumerate(_values(sheet)):
            yield row, _marked([*before, *map(as_cell, values)], troubles.get(row, {}))
    for below in sorted(troubles):
        if below > row:
            yield below, _marked([], troubles[below])


def _values(sheet: CalamineSheet) -> Iterator[list[Value]]:
    rows = sheet.iter_rows()
    while True:
        with _told():
            values = next(rows, None)
        if values is None:
            return
        yield values


def _marked(cells: list[Cell], troubles: dict[int, Trouble]) -> list[Cell]:
    if troubles:
        cells += [""] * (max(troubles) + 1 - len(cells))
    for column, trouble in troubles.items():
        cells[column] = trouble
    return cells
