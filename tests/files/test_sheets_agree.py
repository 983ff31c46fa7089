"""Workbooks are read as the libraries of other programs wrote them."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from r2psched.files.sheets import sheet_rows
from tests.files.sheet_files import ods, ods_cell, ods_row, raw_ods, xlsx

MOST = dt.timedelta(hours=90)
texts = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), min_size=1, max_size=20
).filter(lambda text: text.strip() == text and not text.startswith("="))
numbers = st.floats(-1e9, 1e9).map(lambda number: round(number, 3)) | st.integers(-(10**9), 10**9)
moments = st.datetimes(dt.datetime(1901, 1, 1), dt.datetime(2099, 12, 31)).map(  # noqa: DTZ001  # as sheets hold them
    lambda moment: moment.replace(microsecond=0)
)
lengths = st.timedeltas(dt.timedelta(0), MOST).map(
    lambda each: dt.timedelta(each.days, each.seconds)
)
values = st.none() | texts | numbers | st.booleans() | moments | lengths


def plain(cell: object) -> object:
    """Give a cell without what workbooks do not keep."""
    if isinstance(cell, dt.date) and not isinstance(cell, dt.datetime):
        return dt.datetime.combine(cell, dt.time())
    if isinstance(cell, float):
        return round(cell, 6)
    return "" if cell is None else cell


def read(data: bytes) -> list[tuple[int, list[object]]]:
    """Read the rows that hold anything."""
    return [(n, list(map(plain, row))) for n, row in sheet_rows(data, None)]


def kept(rows: list[list[object]]) -> list[tuple[int, list[object]]]:
    """Give the rows that hold anything, each up to its last cell that does."""
    found = []
    for number, row in enumerate(rows, 1):
        cells = list(map(plain, row))
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            found.append((number, cells))
    return found


@given(st.lists(st.lists(values, max_size=5), max_size=6))
def test_xlsx(rows: list[list[object]]) -> None:
    """Texts, numbers, yes and no, times and lengths in cells of Excel are what they were."""
    assert read(xlsx(rows)) == kept(rows)


@given(st.lists(st.lists(texts | numbers | moments, max_size=5), max_size=6))
def test_ods(rows: list[list[object]]) -> None:
    """Texts, numbers and times in cells of LibreOffice are what they were."""
    assert read(ods([list(map(_cell, row)) for row in rows])) == kept(rows)


def _cell(value: object) -> object:
    if isinstance(value, dt.datetime):
        return ods_cell("x", "date", datevalue=value.isoformat())
    return value if isinstance(value, str) else ods_cell("x", "float", value=repr(value))


@given(
    st.lists(st.tuples(st.integers(1, 4), st.lists(st.tuples(st.integers(1, 4), st.booleans()))))
)
def test_repeated(groups: list[tuple[int, list[tuple[int, bool]]]]) -> None:
    """Rows and cells that LibreOffice writes once for many stand where they belong."""
    table = ""
    rows: list[list[object]] = []
    for number, (high, cells) in enumerate(groups):
        inner = "".join(_repeated(wide, f"t{number}" if held else "") for wide, held in cells)
        table += f"<table:table-row table:number-rows-repeated='{high}'>{inner}</table:table-row>"
        row: list[object] = [
            f"t{number}" if held else "" for wide, held in cells for _ in range(wide)
        ]
        rows += [row] * high
    assert read(raw_ods(table)) == kept(rows)


def _repeated(wide: int, text: str) -> str:
    said = f'table:number-columns-repeated="{wide}"' + ' office:value-type="string"' * bool(text)
    row = ods_row(text, said=said)
    return row.removeprefix("<table:table-row >").removesuffix("</table:table-row>")
