"""Workbooks of LibreOffice (.ods), looked at before calamine reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from r2psched.files.packages import LOCKED, broken, packed, parse, refuse
from r2psched.files.sheet_guard import COUNT, UNCOMPUTED, Checked, Marks, Room, SheetGuard, failed
from r2psched.files.sheet_values import Trouble

if TYPE_CHECKING:
    from r2psched.files.packages import Package

__all__ = ["checked_ods"]

_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "META-INF/manifest.xml"
_CELLS = {"table:table-cell", "table:covered-table-cell"}
_ERROR = re.compile(r"#[A-Z/0]+[!?A]|Err:[0-9]+")
_LONGEST_ERROR = 20
_TAB = Trouble("holds a tab or a line break within a line, which is not read: write it anew")
_UNTYPED = Trouble("holds a text of no kind, which is not read: write it anew")
_DRAWN = Trouble("holds a drawing with a text of its own: remove it")


def checked_ods(package: Package) -> Checked | None:
    """Look at a workbook; None if it is of another kind.

    Raises:
        InvalidInput: If it is damaged, or its cells are too many or too far off.
    """
    kind = package.part("mimetype")
    if kind is None or not kind.startswith(_KIND):
        return None
    manifest, content = package.part(_MANIFEST), package.part("content.xml")
    if manifest is None or content is None:
        refuse("a part is missing")
    if b"encryption-data" in manifest:
        raise broken(LOCKED)
    guard = OdsGuard()
    parse(manifest, guard)
    parse(content, guard)
    data = packed({"mimetype": kind, _MANIFEST: manifest, "content.xml": content})
    return Checked(data, guard.sheets)


class OdsGuard:
    """Looks at the cells of all sheets.

    Attributes:
        sheets: What there is to know of each, by name.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.sheets: dict[str, Marks] = {}
        self._room = Room()
        self._sheet: SheetGuard | None = None
        self._row = self._column = 0
        self._alike = 1
        self._cell: dict[str, str] | None = None
        self._size = self._apart = 0
        self._parts: list[str] = []
        self._lost: Trouble | None = None
        self._note = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        if name == "table:table":
            if self._sheet is not None:
                refuse("a table within a table")
            self._sheet, self._row = SheetGuard(self._room), 0
            self.sheets[attributes.get("table:name", "")] = self._sheet.marks
        elif self._cell is not None:
            self._start_within(name, attributes)
        elif name == "table:table-row":
            self._alike = _count(attributes, "table:number-rows-repeated")
            self._column = 0
        elif name in _CELLS and self._sheet is not None:
            self._cell, self._parts, self._lost = attributes, [], None
            self._size = sum(map(len, attributes.values()))

    def _start_within(self, name: str, attributes: dict[str, str]) -> None:
        if name in _CELLS or name == "table:table-row":
            refuse("a cell within a cell")
        if self._apart:
            self._apart += 1
        elif name == "office:annotation" or name.startswith("draw:"):
            self._apart, self._note = 1, name == "office:annotation"
        elif name in {"text:tab", "text:line-break"}:
            self._lost = _TAB
        if name == "text:s":
            self._size += _count(attributes, "text:c")

    def text(self, data: str) -> None:
        """Take a piece of text."""
        if self._cell is None:
            return
        self._size += len(data)
        if not self._apart:
            self._parts.append(data[: _LONGEST_ERROR + 1])
        elif data.strip() and not self._note:
            self._lost = _DRAWN

    def end(self, name: str) -> None:
        """End an element."""
        if self._apart:
            self._apart -= 1
        elif name == "table:table":
            self._sheet = None
        elif name in _CELLS and self._sheet is not None and self._cell is not None:
            self._end_cell(self._sheet, self._cell)
            self._cell = None
        elif name == "table:table-row" and self._cell is None:
            self._row += self._alike

    def _end_cell(self, sheet: SheetGuard, cell: dict[str, str]) -> None:
        wide = _count(cell, "table:number-columns-repeated")
        row, column, high = self._row, self._column, self._alike
        self._column += wide
        trouble = self._trouble(cell)
        held = "table:formula" in cell or any(key.startswith("office:") for key in cell)
        if not held and trouble is None:
            return
        sheet.hold(row, self._column - 1, self._size * wide * high, high)
        if trouble:
            sheet.mark(row, column, trouble, high, wide)
        last = row + _count(cell, "table:number-rows-spanned") - 1
        if last > row:
            sheet.marks.merged.append((row, column, last))

    def _trouble(self, cell: dict[str, str]) -> Trouble | None:
        text = "".join(self._parts)
        kind, formula = cell.get("office:value-type"), "table:formula" in cell
        marked = any(key.endswith(":value-type") and what == "error" for key, what in cell.items())
        if marked or (formula and _ERROR.fullmatch(text)):
            return failed(text)
        if formula and kind is None and not text:
            return UNCOMPUTED
        if kind is None and text.strip():
            return _UNTYPED
        return self._lost if kind == "string" else None


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    if not COUNT.fullmatch(text) or int(text) < 1:
        refuse("a count that is none")
    return int(text)
