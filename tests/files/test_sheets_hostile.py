"""Workbooks that are none, or that would take all memory and time: told soon, in few words."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.errors import InvalidInput
from r2psched.files import sheet_guard
from r2psched.files.sheet_values import Trouble
from r2psched.files.sheets import sheet_rows
from tests.files.sheet_files import ods_row, raw_ods, raw_xlsx, texts, xlsx, zipped

if TYPE_CHECKING:
    from r2psched.files.sheet_values import Cell

SECONDS = 20
BEYOND = "lies beyond the 200 columns and 1,048,576 rows of a list: remove it"
TOO_MUCH = "and the rows above hold too much text: keep the list alone in a file"
PART = "save it again as .xlsx, .ods or CSV"
LOCKED = "is protected by a password: save it without one"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SMALL = xlsx([["Country"], ["Chile"]])
HEAD = ods_row("Country")


def rows(data: bytes) -> list[tuple[int, list[Cell]]]:
    """Read a workbook, within the time that anybody would wait."""
    begun = time.monotonic()
    try:
        return list(sheet_rows(data, None))
    finally:
        assert time.monotonic() - begun < SECONDS


def told(data: bytes) -> str:
    """Give the one fault of a workbook."""
    with pytest.raises(InvalidInput) as caught:
        rows(data)
    (fault,) = caught.value.faults
    return str(fault)


def rezipped(**changes: bytes) -> bytes:
    """Change parts of a small workbook, each called by a piece of its name."""
    archive = zipfile.ZipFile(io.BytesIO(SMALL))
    parts = {name: archive.read(name) for name in archive.namelist()}
    for piece, content in changes.items():
        parts |= {name: content for name in parts if piece in name}
    return zipped(parts)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", f"is no workbook, or only a part of one: {PART}"),
        (b"Country\nChile\n", f"is no workbook, or only a part of one: {PART}"),
        (SMALL[:2000], f"is no workbook, or only a part of one: {PART}"),
        (zipped({}), "is neither .xlsx nor .ods: save it as one of them, or as CSV"),
        (zipped({"a": "b"}), "is neither .xlsx nor .ods: save it as one of them, or as CSV"),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
            "is neither .xlsx nor .ods: save it as one of them, or as CSV",
        ),
        (
            rezipped(**{"workbook.xml": b"\x83\x01 xlsb"}),
            "is neither .xlsx nor .ods: save it as one of them, or as CSV",
        ),
        (OLE + b"\0" * 100, "is a workbook of the old kind (.xls): save it as .xlsx, .ods or CSV"),
        (OLE + b"\0" * 100 + "EncryptedPackage".encode("utf-16-le"), LOCKED),
        (
            rezipped(sheet1=b"<worksheet><sheetData><row>"),
            f"is damaged (no element found: line 1, column 27): {PART}",
        ),
        (rezipped(sheet1=b""), f"is damaged (no element found: line 1, column 0): {PART}"),
        (
            rezipped(sheet1="<worksheet/>".encode("utf-16")),
            f"is damaged (not in UTF-8): {PART}",
        ),
    ],
)
def test_no_workbook(data: bytes, fault: str) -> None:
    """What is no workbook, not all of one, or of a kind that is not read, is told as that."""
    assert told(data) == fault


def test_missing_sheets() -> None:
    """A workbook without the part of one of its sheets is told as that."""
    archive = zipfile.ZipFile(io.BytesIO(SMALL))
    names = [name for name in archive.namelist() if "sheet1" not in name]
    assert told(zipped({name: archive.read(name) for name in names})) == (
        f'has no part for its sheet "Sheet": {PART}'
    )


def outline(sheets: str, relations: str) -> bytes:
    """Give a workbook with other sheets, and with other relations."""
    main, of = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "r:id"
    book = f"<workbook xmlns='{main}' xmlns:r='r'><sheets>{sheets}</sheets></workbook>"
    return rezipped(
        **{
            "xl/workbook.xml": book.replace("@", of).encode(),
            "workbook.xml.rels": f"<Relationships>{relations}</Relationships>".encode(),
        }
    )


def test_one_sheet_twice() -> None:
    """A workbook whose sheets are one part, or have one name, is refused."""
    same = "<Relationship Id='a' Type='/worksheet' Target='worksheets/{}.xml'/>"
    two = same.format("sheet1") + same.format("SHEET1").replace("'a'", "'b'")
    said = "<sheet name='A' @='a'/><sheet name='{}' @='b'/>"
    assert told(outline(said.format("B"), two)) == f"is damaged (two sheets are one part): {PART}"
    assert told(outline(said.format("A"), two)) == f"is damaged (two sheets have one name): {PART}"


def test_what_calamine_refuses() -> None:
    """What calamine cannot read is told as damage."""
    sheet = "<sheet name='A' state='unseen' @='a'/>"
    same = "<Relationship Id='a' Type='/worksheet' Target='worksheets/sheet1.xml'/>"
    message = f'is damaged ("Cannot detect file format"): {PART}'
    assert told(outline(sheet, same)) == message


@pytest.mark.parametrize(
    ("strings", "what"),
    [
        ("<sst uniqueCount='999999999999'/>", "shared texts without number"),
        ("<a><sst/></a>", "shared texts without number"),
        ("<sst><a><si/></a></sst>", "shared texts at a strange place"),
        ("<sst><si><si/></si></sst>", "shared texts at a strange place"),
        ("<sst/>", "a cell with a shared text that there is not"),
    ],
)
def test_shared_texts(strings: str, what: str) -> None:
    """Shared texts that are not where and as many as they say are refused."""
    cell = '<row><c t="s"><v>0</v></c></row>'
    assert told(raw_xlsx(cell, strings=strings)) == f"is damaged ({what}): {PART}"


@pytest.mark.parametrize(
    ("sheet", "what"),
    [
        ("<c><v><c/></v></c>", "a cell within a cell"),
        ("<c r='AAAAAAA1'/>", "a cell at no place"),
        ("<c r='A99999999'/>", "a cell at no place"),
        ("<row r='x'/>", "a row without a number"),
        ("<sheetData/>", "a sheet within a sheet"),
    ],
)
def test_strange_cells(sheet: str, what: str) -> None:
    """Cells where no program writes any are refused."""
    assert told(raw_xlsx(sheet)) == f"is damaged ({what}): {PART}"


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ("<table:table/>", "a table within a table"),
        (ods_row(ods_row("x")), "a cell within a cell"),
        (ods_row("x", row="table:number-rows-repeated='0'"), "a count that is none"),
        (ods_row("x", row="table:number-rows-repeated='+5'"), "a count that is none"),
    ],
)
def test_strange_tables(table: str, what: str) -> None:
    """Cells of LibreOffice where no program writes any are refused."""
    assert told(raw_ods(table)) == f"is damaged ({what}): {PART}"


def test_ods_parts() -> None:
    """A workbook of LibreOffice with a password, or without a part, is told as that."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    parts = {"mimetype": kind, "content.xml": "\0"}
    assert told(zipped(parts)) == f"is damaged (a part is missing): {PART}"
    manifest = "<m><manifest:encryption-data/></m>"
    assert told(zipped(parts | {"META-INF/manifest.xml": manifest})) == LOCKED


def test_many_errors() -> None:
    """More errors than anybody reads are told at once."""
    failed = '<row><c t="e"><v>#N/A</v></c></row>'
    message = "row 10001: and the rows above hold more than 10,000 errors: correct them"
    assert told(raw_xlsx(failed * 20_000)) == message


def test_flipped_bytes() -> None:
    """A part whose bytes do not agree with their checksum is damaged."""
    data = bytearray(zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}))
    data[50] ^= 0xFF
    assert told(bytes(data)) == f'is damaged in "mimetype": {PART}'


def test_encrypted_parts() -> None:
    """A zip archive with a password is told as one."""
    data = bytearray(SMALL)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    assert told(bytes(data)) == LOCKED


def test_zip_bomb() -> None:
    """A small file that unpacks to a gigabyte is refused before it is unpacked."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("_rels/.rels", b""), ("xl/workbook.xml", b"")):
            archive.writestr(name, content)
        with archive.open("mimetype", "w") as part:
            for _ in range(100):
                part.write(b"\0" * (1 << 20))
    tracemalloc.start()
    try:
        assert told(file.getvalue()) == (
            "unpacks to more than 32 MiB: keep the list alone in a file"
        )
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


def test_large_files() -> None:
    """A file of more than 32 MiB is refused as it is."""
    assert told(b"PK\x03\x04" + b"\0" * (32 << 20)) == (
        "is larger than 32 MiB: keep the list alone in a file"
    )


def test_entities() -> None:
    """Entities, by which a line of XML becomes a billion, are not even declared."""
    laughs = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><worksheet>&c;</worksheet>'
    assert told(rezipped(sheet1=laughs)) == (
        "declares a document type, which no workbook does: save it again"
    )


def test_far_cells() -> None:
    """One cell in the farthest corner takes no room for those between."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert told(raw_xlsx(texts(["Country"]) + far)) == f"row 1048576, column XFD: {BEYOND}"
    low = '<row r="1048576"><c r="B1048576"><v>1</v></c></row>'
    assert rows(raw_xlsx(texts(["Country"]) + low)) == [(1, ["Country"]), (1048576, ["", 1.0])]


def test_repeated_cells() -> None:
    """A cell of LibreOffice that is repeated over a whole sheet is refused."""

    def all_over(wide: int, text: str, high: int = 1_048_575) -> str:
        said = f'office:value-type="string" table:number-columns-repeated="{wide}"'
        return HEAD + ods_row(text, said=said, row=f'table:number-rows-repeated="{high}"')

    assert told(raw_ods(all_over(16384, "x"))) == f"row 2, column XFD: {BEYOND}"
    assert told(raw_ods(all_over(999_999_999, "x"))).startswith("row 2, column ")
    larger = "makes the sheets larger than 2,097,152 cells: remove what lies far off"
    assert told(raw_ods(all_over(200, "x"))) == f"row 2, column GR: {larger}"
    assert told(raw_ods(all_over(200, "x" * 10_000, 1000))) == f"row 2: {TOO_MUCH}"
    assert told(raw_ods(all_over(1, "x", 1_048_576))) == f"row 2, column A: {BEYOND}"


def test_repeated_texts() -> None:
    """A long text that each of many cells shares is refused for all of them together."""
    strings = f"<sst><si><t>{'x' * 100_000}</t></si></sst>"
    many = '<row><c t="s"><v>0</v></c></row>' * 1000
    assert told(raw_xlsx(many, strings=strings)) == f"row 672: {TOO_MUCH}"


def test_long_texts() -> None:
    """A cell of ten million characters is told at its place."""
    ((_, [cell]),) = rows(raw_xlsx(texts(["x" * 10_000_000])))
    assert cell == Trouble("holds more than 131,072 characters: shorten it")
    blanks = "<text:p>" + "<text:s text:c='99999'/>" * 2 + "x</text:p>"
    ((_, [cell]),) = rows(raw_ods(ods_row(blanks)))
    assert cell == Trouble("holds more than 131,072 characters: shorten it")
    blanks = "<text:p>" + "<text:s text:c='99999999'/>" * 100_000 + "x</text:p>"
    assert told(raw_ods(ods_row(blanks))) == f"row 1: {TOO_MUCH}"


def test_many_empty_rows() -> None:
    """A million empty rows are passed over."""
    empty = "<row/>" * 1_000_000
    assert rows(raw_xlsx(texts(["Country"]) + empty + texts(["Fiji"]))) == [
        (1, ["Country"]),
        (1_000_002, ["Fiji"]),
    ]
    alike = ods_row("", said="", row="table:number-rows-repeated='1000000'")
    table = f"{HEAD}{alike}{HEAD}"
    assert [number for number, _ in rows(raw_ods(table))] == [1, 1_000_002]


def test_deep_xml() -> None:
    """Elements within a hundred thousand others are nothing special."""
    deep = "<a>" * 100_000 + "</a>" * 100_000
    assert rows(raw_xlsx(texts(["Country"]) + deep)) == [(1, ["Country"])]
    assert rows(raw_ods(ods_row(f"<text:p>Country</text:p>{deep}"))) == [(1, ["Country"])]


@given(st.data())
def test_any_damage(data: st.DataObject) -> None:
    """However a workbook is damaged, it is read or refused, and nothing else is raised."""
    whole = data.draw(st.sampled_from([SMALL, raw_ods(HEAD)]))
    bytes_ = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        bytes_[data.draw(st.integers(0, len(bytes_) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.just(len(bytes_)) | st.integers(0, len(bytes_)))
    with suppress(InvalidInput):
        rows(bytes(bytes_[:cut]))


@given(
    st.text("<>/rcvtsi=\"' 019AZ:-.#eb", max_size=60)
    | st.lists(
        st.sampled_from(["<c>", "</c>", "<v>", "</v>", "<row>", "</row>", "1", "<t>", "</t>"])
    ).map("".join),
    st.text("0123456789AZse.-+ xbnr", max_size=8),
)
def test_any_cells(inner: str, said: str) -> None:
    """Whatever stands among the cells, it is read or refused, and nothing else is raised."""
    row = '<row r="{0}"><c r="{0}" s="{0}" t="{1}"><v>{0}</v></c></row>'
    for sheet in (inner, row.format(said, said[:1])):
        with suppress(InvalidInput):
            rows(raw_xlsx(sheet))


XLSX = ("worksheet", "sheetData", "row r='3'", "row", "c", "c r='B2'", "x:c r='D4'", "v", "is", "f")
ODS = (
    "office:x",
    "table:table table:name='T'",
    "table:table-row",
    "table:table-row table:number-rows-repeated='2'",
    "table:table-cell office:value='1'",
    "table:table-cell office:value-type='string'",
    "table:table-cell table:formula='x' table:number-columns-repeated='2'",
    "table:table-cell table:number-columns-repeated='2'",
    "table:covered-table-cell office:value='1' table:number-columns-repeated='3'",
    "office:annotation",
    "text:p",
)


def trees(tags: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Give XML of some elements, in any order and depth."""

    def within(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.builds(
            lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.partition(' ')[0]}>",
            st.sampled_from(tags),
            st.lists(inner, max_size=4),
        )

    return st.recursive(st.sampled_from(["", "1"]), within, max_leaves=30)


@given(
    trees(XLSX[2:]).map(raw_xlsx)
    | trees(XLSX).map(lambda tree: rezipped(sheet1=f"<x xmlns:x='x'>{tree}</x>".encode()))
    | trees(ODS).map(raw_ods)
    | st.lists(trees(ODS[4:])).map(lambda cells: raw_ods(ods_row(*cells, said="")))
)
def test_bounds(data: bytes) -> None:
    """However cells stand in the XML, calamine lays out no more of them than were counted."""
    with pytest.MonkeyPatch.context() as patch, suppress(InvalidInput):
        patch.setattr(sheet_guard, "MOST_CELLS", 6)
        assert sum(len(cells) for _, cells in rows(data)) <= 6
