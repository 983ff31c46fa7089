"""Workbooks for tests: written by other programs' libraries, or by hand where none would."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OF = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ODS = "urn:oasis:names:tc:opendocument:xmlns"


def xlsx(rows: Sequence[Sequence[object]], **more: Sequence[Sequence[object]]) -> bytes:
    """Write a workbook with openpyxl: one sheet, and further ones by name."""
    book = Workbook()
    sheets = [book.active, *(book.create_sheet(name) for name in more)]
    for sheet, lines in zip(sheets, [rows, *more.values()], strict=True):
        for line in lines:
            sheet.append(list(line))
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Give the bytes of a workbook of openpyxl."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Pack parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def raw_xlsx(sheet: str, **parts: str) -> bytes:
    """Pack the XML of a sheet's rows as the smallest workbook there can be."""
    book = f'<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>{parts.pop("properties", "")}'
    return zipped(
        {
            "_rels/.rels": (
                f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="a" '
                f'Type="{_OF}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
            ),
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OF}">{book}</workbook>',
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{_RELATIONS}">'
                f'<Relationship Id="r1" Type="{_OF}/worksheet" Target="worksheets/sheet1.xml"/>'
                f'<Relationship Id="r2" Type="{_OF}/sharedStrings" Target="/xl/strings.xml"/>'
                f'<Relationship Id="r3" Type="{_OF}/styles" Target="styles.xml"/>'
                "</Relationships>"
            ),
            "xl/worksheets/sheet1.xml": (
                f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData></worksheet>'
            ),
            **{f"xl/{name}.xml": content for name, content in parts.items()},
        }
    )


def texts(*rows: Sequence[str]) -> str:
    """Write rows of texts as the XML of a sheet."""
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    return "".join(f"<row>{''.join(map(cell.format, row))}</row>" for row in rows)


def ods(rows: Sequence[Sequence[TableCell | str]], **more: Sequence[Sequence[str]]) -> bytes:
    """Write a workbook with odfpy: one sheet, and further ones by name."""
    book = OpenDocumentSpreadsheet()
    for name, lines in {"S": rows, **more}.items():
        table = Table(name=name)
        for line in lines:
            row = TableRow()
            for cell in line:
                row.addElement(ods_cell(cell) if isinstance(cell, str) else cell)
            table.addElement(row)
        book.spreadsheet.addElement(table)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods_cell(text: str, kind: str = "string", **attributes: object) -> TableCell:
    """Make a cell that shows a text."""
    cell = TableCell(valuetype=kind, **attributes)
    if text:
        cell.addElement(P(text=text))
    return cell


def ods_row(*cells: str, said: str = 'office:value-type="string"', row: str = "") -> str:
    """Write a row as XML, all of its cells with these attributes; elements are taken as such."""
    inner = (cell if "<" in cell else f"<text:p>{cell}</text:p>" * bool(cell) for cell in cells)
    row_of = "".join(f"<table:table-cell {said}>{each}</table:table-cell>" for each in inner)
    return f"<table:table-row {row}>{row_of}</table:table-row>"


def raw_ods(table: str, styles: str = "") -> bytes:
    """Pack the XML of a table's rows as the smallest workbook there can be."""
    spaces = " ".join(
        f'xmlns:{name}="{_ODS}:{name}:1.0"'
        for name in ("office", "table", "text", "style", "draw", "svg")
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": "<manifest:manifest xmlns:manifest='m'/>",
            "content.xml": (
                f'<office:document-content {spaces} xmlns:calcext="urn:x:calcext">'
                f"<office:automatic-styles>{styles}</office:automatic-styles>"
                f'<office:body><office:spreadsheet><table:table table:name="S">{table}'
                "</table:table></office:spreadsheet></office:body></office:document-content>"
            ),
        }
    )
