"""Lists of speakers in workbooks beside the programme, written by other programs' libraries."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from r2psched.durations import show
from r2psched.errors import InvalidInput, MissingExtra
from r2psched.files import read
from r2psched.files.ids import add_ids
from r2psched.files.sheets import sheet_texts
from tests.files.sheet_files import ods, ods_cell, ods_row, raw_ods, raw_xlsx, saved, texts, xlsx
from tests.files.telling import LIST

if TYPE_CHECKING:
    from pathlib import Path

    from r2psched.speakers import Inscription

AT = 'sessions[1] "Dialogue": speakers.inscriptions: '
MOMENT = dt.datetime(2014, 9, 1, 12)  # noqa: DTZ001  # as a sheet holds it
BELOW = (
    "is merged with those below it, down to row {}: unmerge them, and write its text into each row "
    "that it is for"
)


def listed(folder: Path, data: bytes, name: str = "speakers.xlsx") -> tuple[Inscription, ...]:
    """Read the programme with this workbook beside it."""
    (folder / name.partition("#")[0]).write_bytes(data)
    (folder / "meeting.toml").write_text(LIST.replace("speakers.csv", name), encoding="utf-8")
    speakers = read(folder / "meeting.toml").sessions[0].speakers
    assert speakers is not None
    return speakers.inscriptions


def told(folder: Path, data: bytes, name: str = "speakers.xlsx") -> list[str]:
    """Give the faults of the programme with this workbook."""
    with pytest.raises(InvalidInput) as caught:
        listed(folder, data, name)
    found = [str(fault) for fault in caught.value.faults]
    assert all(fault.startswith(f"{AT}{name}") for fault in found)
    return [fault.removeprefix(f"{AT}{name}").lstrip(": ") for fault in found]


def timed(value: object, number_format: str) -> bytes:
    """Give a workbook with a limit in a cell of a number format."""
    book = Workbook()
    book.active.append(["Country", "Limit"])
    book.active.append(["Chile", value])
    book.active["B2"].number_format = number_format
    return saved(book)


def test_columns(tmp_path: Path) -> None:
    """A sheet may begin with empty rows and columns; cells are the texts that they show."""
    rows: list[list[object]] = [
        [],
        [None, "Member State", "Place", "E-mail", "Registered", "Year", "Share", "First", "Day"],
        [],
        [None, " Chile", 2.0, "a@b.c; d@e.f", MOMENT, 2014, 0.5, True, MOMENT.date()],
        [None, "Fiji", 1, None, "2014-09-02 9:00", None, None, False],
    ]
    chile, fiji = listed(tmp_path, xlsx(rows))
    assert (chile.name, chile.place, chile.emails) == ("Chile", 2, ("a@b.c", "d@e.f"))
    assert str(chile.received) == "2014-09-01 16:00:00+00:00"
    assert dict(chile.traits) == {
        "Year": "2014",
        "Share": "0.5",
        "First": "yes",
        "Day": "2014-09-01",
    }
    assert (fiji.place, fiji.trait("First"), str(fiji.received)) == (
        1,
        "no",
        "2014-09-02 13:00:00+00:00",
    )


def test_ods(tmp_path: Path) -> None:
    """A workbook of LibreOffice is read as one of Excel is."""
    rows = [
        ["Country", "Limit", "Registered", "Year", "First", "Time", "Day"],
        [
            "Chile",
            ods_cell("00:03:00", "time", timevalue="PT00H03M00S"),
            ods_cell("1/9/14", "date", datevalue="2014-09-01T12:00:00"),
            ods_cell("2,014", "float", value="2014"),
            ods_cell("TRUE", "boolean", booleanvalue="true"),
            ods_cell("09:30", "time", timevalue="PT09H30M00S"),
            ods_cell("1/9/14", "date", datevalue="2014-09-01"),
        ],
    ]
    (chile,) = listed(tmp_path, ods(rows), "speakers.ods")
    assert (chile.name, chile.limit, str(chile.received)) == (
        "Chile",
        dt.timedelta(minutes=3),
        "2014-09-01 16:00:00+00:00",
    )
    assert dict(chile.traits) == {
        "Year": "2014",
        "First": "yes",
        "Time": "09:30",
        "Day": "2014-09-01",
    }


def test_ods_texts(tmp_path: Path) -> None:
    """Of a cell of LibreOffice, paragraphs and blanks are kept, and notes and pictures left out."""
    cell = (
        "<draw:frame><draw:image/></draw:frame>"
        "<office:annotation><text:p>a note</text:p></office:annotation>"
        "<text:p>a<text:s text:c='2'/>b<text:span>c</text:span></text:p><text:p>d</text:p>"
    )
    (who,) = listed(tmp_path, raw_ods(ods_row("Country") + ods_row(cell)), "speakers.ods")
    assert who.name == "a  bc\nd"


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("<text:p>a<text:tab/>b</text:p>", "holds a tab or a line break within a line"),
        ("<text:p>a<text:line-break/>b</text:p>", "holds a tab or a line break within a line"),
        ("<draw:frame><svg:title>a flag</svg:title></draw:frame>", "holds a drawing with a text"),
    ],
)
def test_ods_texts_that_are_not_read(tmp_path: Path, cell: str, message: str) -> None:
    """What would be lost or mixed into a text of LibreOffice is told at its place."""
    table = ods_row("Country") + ods_row(f"<text:p>Chile</text:p>{cell}")
    (fault,) = told(tmp_path, raw_ods(table), "speakers.ods")
    assert fault.startswith(f'row 2, column "Country": {message}')


@pytest.mark.parametrize(
    ("value", "number_format", "limit"),
    [
        (dt.timedelta(minutes=3), "[h]:mm:ss", "3 min"),
        (dt.time(0, 3), "h:mm:ss", "3 min"),
        (dt.time(0, 2, 30), "mm:ss", "2 min 30 s"),
        (dt.time(0, 3), "h:mm AM/PM", "3 min"),
        (dt.timedelta(minutes=59, seconds=59), '[mm]" min "ss', "59 min 59 s"),
        ("3 min", "@", "3 min"),
    ],
)
def test_times_as_limits(tmp_path: Path, value: object, number_format: str, limit: str) -> None:
    """A time under an hour is a limit of its length."""
    (who,) = listed(tmp_path, timed(value, number_format))
    assert who.limit is not None
    assert show(who.limit) == limit


@pytest.mark.parametrize(
    ("value", "number_format", "message"),
    [
        (dt.time(3), "h:mm", '"3:00" has two readings: write "3 h 0 min" or "3 min 0 s"'),
        (dt.time(1), "h:mm:ss", '"1:00" has two readings: write "1 h 0 min" or "1 min 0 s"'),
        (dt.timedelta(minutes=90), "[h]:mm:ss", 'write "1 h 30 min" or "1 min 30 s"'),
        (dt.time(1, 30, 5), "h:mm:ss", 'got "1:30:05"'),
        (dt.timedelta(hours=25), "[h]:mm", 'write "25 h 0 min" or "25 min 0 s"'),
        (3, "General", '3 has no unit: write "3 min" or "3 s"'),
        (3, "0.00", '3 has no unit: write "3 min" or "3 s"'),
        (MOMENT, "yyyy-mm-dd hh:mm", 'got "2014-09-01 12:00"'),
        (dt.timedelta(0), "[h]:mm:ss", "expected a length of more than 0 s, got 0 s"),
    ],
)
def test_limits_with_two_readings(
    tmp_path: Path, value: object, number_format: str, message: str
) -> None:
    """A time of an hour or more, or a bare number, is refused with both readings."""
    (fault,) = told(tmp_path, timed(value, number_format))
    assert fault.startswith('row 2, column "Limit": ')
    assert fault.endswith(message)


def test_times_of_day(tmp_path: Path) -> None:
    """A time of day is one where it is no limit, and belongs to the day of the programme."""
    rows: list[list[object]] = [
        ["Country", "Registered", "Slot"],
        ["Chile", dt.time(9, 5), dt.time(10, 0, 5)],
    ]
    (who,) = listed(tmp_path, xlsx(rows))
    assert (str(who.received), who.trait("Slot")) == ("2014-09-08 13:05:00+00:00", "10:00:05")


@pytest.mark.parametrize(
    ("properties", "number", "moment"),
    [
        ("", "41890.5", "2014-09-08 12:00"),
        ('<workbookPr date1904="1"/>', "40428.5", "2014-09-08 12:00"),
        ("", "41890.4999999", "2014-09-08 12:00"),
        ("", "41890.500012", "2014-09-08 12:00:01"),
        ("", "1.5", "1900-01-01 12:00"),
        ("", "60.5", "1900-02-28 12:00"),
        ("", "61.5", "1900-03-01 12:00"),
        ("", "2958465.99999", "9999-12-31 23:59:59"),
        ("", "2958466", "2958466"),
        ("", "1e300", "1e+300"),
    ],
)
def test_days(tmp_path: Path, properties: str, number: str, moment: str) -> None:
    """Days are counted as the workbook counts them, to the second that it shows."""
    head, chile = (f'<c t="inlineStr"><is><t>{x}</t></is></c>' for x in ("State", "Chile"))
    when = '<c t="inlineStr"><is><t>When</t></is></c>'
    sheet = f'<row>{head}{when}</row><row>{chile}<c s="1"><v>{number}</v></c></row>'
    styles = '<styleSheet xmlns="x"><cellXfs><xf/><xf numFmtId="22"/></cellXfs></styleSheet>'
    data = raw_xlsx(sheet, properties=properties, styles=styles)
    (who,) = listed(tmp_path, data)
    assert who.trait("When") == moment


def test_errors(tmp_path: Path) -> None:
    """Errors, formulas never computed, and all else that is wrong is told in one line each."""
    sheet = (
        texts(["Country", "Limit", "Note"])
        + '<row r="5"><c r="A5" t="e"><f>Z1</f><v>#REF!</v></c><c r="B5"><v>3</v></c></row>'
        '<row r="6"><c r="A6" t="str"><f>B1</f><v>Fiji</v></c><c r="C6"><f>B1</f><v/></c></row>'
        '<row r="8"><c r="B8" t="str"><f>B1</f><v>3 min</v></c></row>'
    )
    assert told(tmp_path, raw_xlsx(sheet)) == [
        'row 5, column "Country": holds the error #REF!: correct it in the spreadsheet',
        'row 5, column "Limit": 3 has no unit: write "3 min" or "3 s"',
        (
            'row 6, column "Note": holds a formula whose value was never computed: open the file '
            "in a spreadsheet program and save it"
        ),
        "row 8: an inscription needs a delegation or a speaker, and has neither",
    ]


def test_errors_in_the_header(tmp_path: Path) -> None:
    """An error in the header is told by the letters of its column."""
    sheet = '<row r="2"><c r="AB2" t="e"><v>#NAME?</v></c></row>'
    assert told(tmp_path, raw_xlsx(sheet)) == [
        "row 2, column AB: holds the error #NAME?: correct it in the spreadsheet",
        "row 2: has no column for the delegation or the speaker: name one of them so",
    ]


def test_new_errors(tmp_path: Path) -> None:
    """An error of a newer Excel is told at its place, and nothing else of the sheet is read."""
    sheet = texts(["Country"]) + '<row><c t="e"><v>#REF!</v></c><c t="e"><v>#SPILL!</v></c></row>'
    assert told(tmp_path, raw_xlsx(sheet)) == [
        "row 2, column B: holds the error #SPILL!: correct it in the spreadsheet"
    ]


def test_ods_errors(tmp_path: Path) -> None:
    """Errors of LibreOffice are faults, as it marks them and as Excel does when it saves so."""
    table = (
        ods_row("Country", "Limit")
        + ods_row("#N/A", said='office:value-type="string" calcext:value-type="error"')
        + ods_row("#DIV/0!", said='office:value-type="float" table:formula="of:=1/0"')
        + ods_row("", said='table:formula="of:=A1"')
        + ods_row("Fiji", said="")
    )
    assert told(tmp_path, raw_ods(table), "speakers.ods") == [
        'row 2, column "Country": holds the error #N/A: correct it in the spreadsheet',
        'row 3, column "Country": holds the error #DIV/0!: correct it in the spreadsheet',
        (
            'row 4, column "Country": holds a formula whose value was never computed: open the '
            "file in a spreadsheet program and save it"
        ),
        'row 5, column "Country": holds a text of no kind, which is not read: write it anew',
    ]


def test_excel_texts(tmp_path: Path) -> None:
    """Of a cell of Excel, formatted pieces are put together, and what tells its sound left out."""
    spoken = '<rPh sb="0" eb="2"><t>nihon</t></rPh>'
    strings = f"<sst><si><t>Country</t></si><si><r><t>日</t></r><r><t>本</t></r>{spoken}</si></sst>"
    sheet = (
        '<row><c t="s"><v>0</v></c></row><row><c t="s"><v>1</v></c></row>'
        f'<row><c t="inlineStr"><is><t>a_x000D_b_x005F_x0041__xD800_</t>{spoken}</is></c></row>'
    )
    assert [who.name for who in listed(tmp_path, raw_xlsx(sheet, strings=strings))] == [
        "日本",
        "a\rb_x0041__xD800_",
    ]


def test_iso_dates(tmp_path: Path) -> None:
    """A cell of Excel may hold a date as a text of its kind."""
    sheet = texts(["Country", "When"]) + (
        '<row><c t="inlineStr"><is><t>Chile</t></is></c>'
        '<c t="d"><v>2014-09-01T12:00:00</v></c></row>'
    )
    assert listed(tmp_path, raw_xlsx(sheet))[0].trait("When") == "2014-09-01 12:00"


def test_charts(tmp_path: Path) -> None:
    """A sheet that is a chart holds no list."""
    book = Workbook()
    book.active.append(["Country"])
    book.active.append(["Chile"])
    book.create_chartsheet("Chart")
    assert [who.name for who in listed(tmp_path, saved(book))] == ["Chile"]


def test_hidden_ods_sheets(tmp_path: Path) -> None:
    """A hidden sheet of LibreOffice is not read unless it is named."""
    styles = (
        '<style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    more = '</table:table><table:table table:name="Choices" table:style-name="ta2">'
    data = raw_ods(ods_row("Country") + ods_row("Chile") + more + ods_row("State"), styles)
    assert [who.name for who in listed(tmp_path, data, "a.ods")] == ["Chile"]
    assert listed(tmp_path, data, "a.ods#Choices") == ()


def test_merged_cells(tmp_path: Path) -> None:
    """Cells merged sideways are one text; merged downwards they are refused."""
    book = Workbook()
    sheet = book.active
    for row in (["Country", "Speaker"], [], ["Chile", "Ann"], [], ["Fiji"]):
        sheet.append(row)
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("A5:B5")
    assert [who.name for who in listed(tmp_path, saved(book))] == ["Chile", "Fiji"]
    sheet.merge_cells("A3:A4")
    assert told(tmp_path, saved(book)) == [f'row 3, column "Country": {BELOW.format(4)}']


def test_ods_merged_cells(tmp_path: Path) -> None:
    """Cells merged downwards are refused in workbooks of LibreOffice, too."""
    rows = [[ods_cell("Country", numberrowsspanned=2)], [], [ods_cell("A", numberrowsspanned=3)]]
    assert told(tmp_path, ods(rows), "speakers.ods") == [
        f'row 3, column "Country": {BELOW.format(5)}'
    ]


def test_which_sheet(tmp_path: Path) -> None:
    """The only sheet that can be seen and holds anything is read, or the one that is named."""
    head = ["Country"]
    one = xlsx([], List=[head, ["Chile"]], Empty=[[" "]])
    assert [who.name for who in listed(tmp_path, one)] == ["Chile"]
    two = xlsx([head, ["Chile"]], Second=[head, ["Fiji"]])
    assert told(tmp_path, two) == [
        (
            'has 2 sheets that hold something, "Sheet", "Second": write behind its name which is '
            'meant, such as "#Sheet"'
        )
    ]
    assert [who.name for who in listed(tmp_path, two, "speakers.xlsx#second")] == ["Fiji"]
    assert told(tmp_path, two, "speakers.xlsx#Third") == [
        'has no sheet "Third": there is "Sheet", "Second"'
    ]
    both = ods([head, ["Chile"]], Second=[head, ["Fiji"]])
    assert [who.name for who in listed(tmp_path, both, "a.ods#Second")] == ["Fiji"]


def test_hidden_sheets(tmp_path: Path) -> None:
    """A hidden sheet is not read unless it is named."""
    book = Workbook()
    book.active.append(["Country"])
    book.active.append(["Chile"])
    hidden = book.create_sheet("Choices")
    hidden.append(["State"])
    hidden.append(["Fiji"])
    hidden.sheet_state = "hidden"
    assert [who.name for who in listed(tmp_path, saved(book))] == ["Chile"]
    assert [who.name for who in listed(tmp_path, saved(book), "a.xlsx#Choices")] == ["Fiji"]


def test_ids(tmp_path: Path) -> None:
    """Ids are not written into workbooks: one that lacks any is refused with the remedy."""
    rows: list[list[object]] = [["Country", "Id"], ["Chile", "cl"], ["Fiji", None]]
    listed(tmp_path, xlsx(rows))
    with pytest.raises(InvalidInput) as caught:
        add_ids(tmp_path / "meeting.toml")
    (fault,) = caught.value.faults
    assert fault.message == (
        '"speakers.xlsx" is a workbook, into which no ids are written, and 1 of its inscriptions '
        'have none, the first of them "fiji": save the list as CSV and name that file, or fill a '
        'column "id" yourself'
    )
    rows[2][1] = "fj"
    listed(tmp_path, xlsx(rows))
    assert add_ids(tmp_path / "meeting.toml") == ("dialogue",)


def test_midnight(tmp_path: Path) -> None:
    """A day of inscription is its midnight: a sheet does not tell the two apart."""
    rows: list[list[object]] = [["Country", "Registered"], ["Chile", dt.date(2014, 9, 1)]]
    assert str(listed(tmp_path, xlsx(rows))[0].received) == "2014-09-01 04:00:00+00:00"


def test_missing_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, workbooks are not read, and the remedy is told."""
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(InvalidInput, match=r'pip install "r2psched\[sheets\]"'):
        listed(tmp_path, xlsx([["Country"]]))
    with pytest.raises(MissingExtra):
        sheet_texts(b"", None)
