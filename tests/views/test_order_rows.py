"""Running orders as tables for a spreadsheet."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import python_calamine

from r2psched.blocks import Day
from r2psched.files.exports import save_table
from r2psched.sessions import Session
from r2psched.speakers import Inscription, SpeakerList
from r2psched.views.order_rows import ORDER_COLUMNS, order_rows

if TYPE_CHECKING:
    from pathlib import Path

DAY = Day("2026-03-02", zone="Europe/Zurich")
LISTED = SpeakerList(
    [Inscription("Chile", category="State", level="minister"), "=Fiji", "Peru"], limits="3 min"
)
ORDER = Session("Floor", DAY("10:00-10:07"), speakers=LISTED).running_order()


def test_rows() -> None:
    """Each row has all columns; whoever is not heard has neither times nor block."""
    rows = order_rows(ORDER)
    assert {tuple(row) for row in rows} == {ORDER_COLUMNS}
    assert [(row["place"], row["heard"], row["block"]) for row in rows] == [
        (1, "yes", 1),
        (2, "yes", 1),
        (3, "no", None),
    ]


def test_csv(tmp_path: Path) -> None:
    """As CSV, times are those of the session's zone, and nothing is computed."""
    save_table(tmp_path / "order.csv", ORDER_COLUMNS, order_rows(ORDER))
    assert (tmp_path / "order.csv").read_text("utf-8-sig").splitlines() == [
        "place,id,speaker,category,level,start,end,zone,limit,block,heard",
        "1,chile,Chile,State,minister,2026-03-02 10:00,2026-03-02 10:03,Europe/Zurich,3 min,1,yes",
        "2,fiji,'=Fiji,,,2026-03-02 10:03,2026-03-02 10:06,Europe/Zurich,3 min,1,yes",
        "3,peru,Peru,,,,,,3 min,,no",
    ]


def test_workbook(tmp_path: Path) -> None:
    """In a workbook, times and limits are such cells, for a sheet to sort and to sum."""
    save_table(tmp_path / "order.xlsx", ORDER_COLUMNS, order_rows(ORDER))
    book = python_calamine.load_workbook(str(tmp_path / "order.xlsx"))
    _, first, _, last = book.get_sheet_by_index(0).to_python()
    assert first[5:10] == [
        dt.datetime(2026, 3, 2, 10),  # noqa: DTZ001  # as the sheet holds it
        dt.datetime(2026, 3, 2, 10, 3),  # noqa: DTZ001  # as above
        "Europe/Zurich",
        dt.timedelta(minutes=3),
        1,
    ]
    assert last[5:] == ["", "", "", dt.timedelta(minutes=3), "", "no"]
