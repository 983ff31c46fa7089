"""Workbooks of Excel (.xlsx), looked at before calamine reads them."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from r2psched.errors import shown
from r2psched.files.packages import broken, packed, parse, refuse
from r2psched.files.sheet_guard import (
    COUNT,
    MOST_CELLS,
    UNCOMPUTED,
    Checked,
    Room,
    SheetGuard,
    failed,
    refused,
)

if TYPE_CHECKING:
    from r2psched.files.packages import Package

__all__ = ["checked_xlsx"]

_ROOT = "_rels/.rels"
# calamine reads no workbook that has another.
_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
_ROW = re.compile(r"[1-9][0-9]{0,6}")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")


def checked_xlsx(package: Package) -> Checked | None:
    """Look at a workbook; None if it is of another kind.

    Raises:
        InvalidInput: If it is damaged, or its cells are too many or too far off.
    """
    root = package.part(_ROOT)
    main = next((each.path for each in _relations(root, "") if each.kind == "officeDocument"), "")
    book = package.part(main)
    if root is None or book is None or not book.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return None
    folder, name = posixpath.split(main)
    relations = package.part(posixpath.join(folder, "_rels", f"{name}.rels"))
    # calamine looks for these parts by the names that Excel gives them.
    parts = {_ROOT: root, posixpath.join(folder, "workbook.xml"): book}
    if relations is not None:
        parts[posixpath.join(folder, "_rels", "workbook.xml.rels")] = relations
    found = _relations(relations, folder)
    for kind in ("sharedStrings", "styles"):
        path = next((each.path for each in found if each.kind == kind), "")
        content = package.part(path)
        if content is not None:
            parts[posixpath.join(folder, f"{kind}.xml")] = content
    sheets = _sheets(book, {each.id: each for each in found if each.kind == "worksheet"})
    for title, relation in sheets.items():
        content = package.part(relation.path)
        if content is None:
            message = (
                f"has no part for its sheet {shown(title)}: save it again as .xlsx, .ods or CSV"
            )
            raise broken(message)
        parts[relation.name] = content
    if len({relation.path.casefold() for relation in sheets.values()}) < len(sheets):
        refuse("two sheets are one part")
    room, strings = Room(), XlsxGuard(Room())
    parse(parts.get(posixpath.join(folder, "sharedStrings.xml"), b"<sst/>"), strings)
    looked = {part: XlsxGuard(room, strings.lengths) for part in parts}
    for part, guard in looked.items():
        parse(parts[part], guard)
    marks = {title: looked[relation.name].sheet.marks for title, relation in sheets.items()}
    return Checked(packed(parts), marks)


class _Relation(NamedTuple):
    """What a part points to: its id and kind, the path, and the name by which calamine looks."""

    id: str
    kind: str
    path: str
    name: str


def _relations(data: bytes | None, folder: str) -> list[_Relation]:
    found = _Outline(folder)
    if data is not None:
        parse(data, found)
    return found.relations


def _sheets(book: bytes, relations: dict[str, _Relation]) -> dict[str, _Relation]:
    """The relations of the sheets that are no charts, by title."""
    found = _Outline("")
    parse(book, found)
    titles = [title for title, _ in found.sheets]
    if len(set(titles)) < len(titles):
        refuse("two sheets have one name")
    return {title: relations[key] for title, key in found.sheets if key in relations}


class _Outline:
    """Reads what points to the parts of a workbook."""

    def __init__(self, folder: str) -> None:
        self.relations: list[_Relation] = []
        self.sheets: list[tuple[str, str]] = []
        self._folder = folder

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            absolute = posixpath.join("/", self._folder, target)
            path = posixpath.normpath(absolute).lstrip("/")
            kind = posixpath.basename(attributes.get("Type", ""))
            relation = _Relation(attributes.get("Id", ""), kind, path, absolute.lstrip("/"))
            self.relations.append(relation)
        elif local == "sheet":
            keys = (key for key in attributes if key == "id" or key.endswith(":id"))
            self.sheets.append((attributes.get("name", ""), attributes.get(next(keys, ""), "")))

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


class XlsxGuard:
    """Looks at a part: at the cells of a sheet, or at the texts that cells share.

    Attributes:
        sheet: The sheet.
        lengths: How long the shared texts are.
    """

    def __init__(self, room: Room, lengths: list[int] | None = None) -> None:
        """Take the room of the workbook, and how long the texts are that its cells share."""
        self.sheet = SheetGuard(room)
        self.lengths: list[int] = []
        self._shared = lengths or []
        self._root, self._depth = "", 0
        self._begun = self._inside = False
        self._row = self._column = 0
        self._at = 0, 0
        self._cell: dict[str, str] | None = None
        self._parts: list[str] = []
        self._within = self._held = self._formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        local = name.rpartition(":")[2]
        self._depth += 1
        if self._depth == 1:
            self._root = local
        if local == "sst":
            count = attributes.get("uniqueCount", "0")
            if self._depth > 1 or not COUNT.fullmatch(count) or int(count) > MOST_CELLS:
                refuse("shared texts without number")
        elif local == "si":
            if self._depth != 2 or self._root != "sst":  # noqa: PLR2004  # right below the root
                refuse("shared texts at a strange place")
            self.lengths.append(0)
        elif local == "sheetData":
            if self._begun:
                refuse("a sheet within a sheet")
            self._begun = self._inside = True
        elif self._inside:
            self._start(local, attributes)

    def _start(self, local: str, attributes: dict[str, str]) -> None:
        if local in {"row", "c"} and self._cell is not None:
            refuse("a cell within a cell")
        if local == "row" and "r" in attributes:
            if not _ROW.fullmatch(attributes["r"]):
                refuse("a row without a number")
            self._row = int(attributes["r"]) - 1
        elif local == "c":
            self._at = self._place(attributes.get("r"))
            self._cell, self._parts = attributes, []
            self._held = self._formula = False
        elif local in {"v", "is"} and self._cell is not None:
            self._held, self._within, self._parts = True, local == "v", []
        elif local == "f":
            self._formula = True

    def _place(self, reference: str | None) -> tuple[int, int]:
        if reference is None:
            return self._row, self._column
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            refuse("a cell at no place")
        self._column = _number(found[1])
        return int(found[2]) - 1, self._column

    def text(self, data: str) -> None:
        """Take a piece of text."""
        if self._within:
            self._parts.append(data)
        elif self.lengths:
            self.lengths[-1] += len(data)

    def end(self, name: str) -> None:
        """End an element."""
        local = name.rpartition(":")[2]
        self._depth -= 1
        if not self._inside:
            return
        if local == "sheetData":
            self._inside = False
        elif local == "v":
            self._within = False
            if self._cell is not None and self._cell.get("t") == "s":
                self.sheet.hold(*self._at, self._length("".join(self._parts)))
        elif local == "c" and self._cell is not None:
            self._end_cell(self._cell.get("t", "n"), "".join(self._parts).strip())
            self._cell = None
            self._column += 1
        elif local == "row":
            self._row, self._column = self._row + 1, 0

    def _length(self, index: str) -> int:
        if not index:
            return 0
        if not COUNT.fullmatch(index) or int(index) >= len(self._shared):
            refuse("a cell with a shared text that there is not")
        return self._shared[int(index)]

    def _end_cell(self, kind: str, text: str) -> None:
        trouble = None
        if kind == "e" and text:
            trouble = failed(text)
            if text not in _ERRORS:
                row, column = self._at
                raise refused(row, trouble.message, column)
        elif self._formula and not text and kind not in {"str", "inlineStr"}:
            trouble = UNCOMPUTED
        if self._held or trouble:
            self.sheet.hold(*self._at, 0)
        if trouble:
            self.sheet.mark(*self._at, trouble)


def _number(column: str) -> int:
    """The number of a column by its letters, counted from 0."""
    count = 0
    for letter in column.upper():
        count = count * 26 + ord(letter) - ord("A") + 1
    return count - 1
