"""Lists and tables written for a spreadsheet: read again they are what they were."""

from __future__ import annotations

import datetime as dt
import io
import sys
from typing import TYPE_CHECKING

import openpyxl
import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.errors import InvalidInput, InvalidValue, MissingExtra
from r2psched.files import from_dict
from r2psched.files.cells import guarded, unguarded
from r2psched.files.exports import export_list, save_table
from r2psched.speakers import Inscription
from tests.strategies import HOSTILE, speaker_lists, zones

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

KINDS = ("csv", "xlsx")
LIVE = ("=1+1", "'=1+1", "''=x", "+41 22", "-", "@SUM(A1)", "'@", "＝1", "'s-Gravenhage", "\tx")  # noqa: RUF001  # a wide form
TITLES = ("Country", "trait: x", "Trait:Country", "Emial", "region", "id", "a;b\tc,d", '"', "x\ny")
STATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # of no zone


def read_again(path: Path, zone: str) -> tuple[Inscription, ...]:
    """Read a list in a programme of a zone."""
    session = {"title": "S", "speakers": {"inscriptions": path.name}}
    tree = {"id": "r", "title": "R", "zone": zone, "sessions": [session]}
    speakers = from_dict(tree, folder=path.parent).sessions[0].speakers
    assert speakers is not None
    return speakers.inscriptions


def cells(path: Path) -> list[list[object]]:
    """Read the first sheet of a workbook by another library; empty cells are None."""
    return list(map(list, openpyxl.load_workbook(path).active.values))


@pytest.mark.parametrize("kind", KINDS)
@given(speaker_lists(), zones)
def test_round_trip(
    tmp_path_factory: pytest.TempPathFactory, kind: str, speakers: object, zone: str
) -> None:
    """Whatever inscriptions are written, reading the file gives equal ones."""
    path = tmp_path_factory.getbasetemp() / f"list.{kind}"
    inscriptions = speakers.inscriptions  # type: ignore[attr-defined]
    export_list(path, inscriptions, zone)
    assert read_again(path, zone) == inscriptions


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_texts(tmp_path: Path, kind: str) -> None:
    """Formulas, quotes, Arabic, emoji and line breaks are the same texts again, in every cell."""
    path = tmp_path / f"list.{kind}"
    said = [*HOSTILE, *LIVE]
    listed = tuple(
        Inscription(
            text, text, level=text, traits=dict.fromkeys(TITLES, text) | {text: "x"}, id=f"i{n}"
        )
        for n, text in enumerate(said)
    )
    export_list(path, listed, "UTC")
    assert read_again(path, "UTC") == listed


@given(st.text("'=+-@\t\r\n＝a", max_size=6))  # noqa: RUF001  # a wide form
def test_guards(text: str) -> None:
    """What is put before a text that a sheet would compute is taken off again, and no more."""
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(tuple("=+-@\t\r\n＝"))  # noqa: RUF001  # a wide form


def test_csv(tmp_path: Path) -> None:
    """CSV has a byte order mark for Excel, all columns, times of the zone, and no live cell."""
    path = tmp_path / "list.csv"
    received = pendulum.datetime(2014, 11, 2, 5, 30)
    listed = [
        Inscription("=1+1", received=received, email=["a@b.c", "+d@e.f"], limit="3 min"),
        Inscription("Chile", "Ann", place=2, traits={"Country": "x", "Region": "LAC"}, id="cl"),
    ]
    export_list(path, listed, "America/New_York")
    assert path.read_bytes().decode() == (
        "\ufeffdelegation,speaker,category,level,on behalf,received,late,email,limit,id,place,"
        "placed,trait: Country,Region\r\n"
        '\'=1+1,,,,,2014-11-02 01:30 EDT,,"a@b.c; +d@e.f",3 min,,,,,\r\n'
        "Chile,Ann,,,,,,,,cl,2,,x,LAC\r\n"
    )


def test_xlsx_cells(tmp_path: Path) -> None:
    """In a workbook, times, lengths and numbers are such cells, and no text is a formula."""
    path = tmp_path / "table.XLSX"
    zone = "America/New_York"
    rows: Sequence[dict[str, object]] = [
        {
            "who": "=1+1",
            "start": pendulum.datetime(2014, 9, 8, 10, 50, tz=zone),
            "limit": dt.timedelta(minutes=3),
            "place": 1,
        },
        {"who": "Chile", "start": pendulum.datetime(2014, 11, 2, 5, 30).in_timezone(zone)},
        {"start": pendulum.datetime(2014, 9, 8, 10, 50, 1, tz=zone)},
        {"start": pendulum.datetime(1850, 9, 8, 10, 50, tz="UTC")},
    ]
    save_table(path, ["who", "start", "limit", "place"], rows)
    assert cells(path) == [
        ["who", "start", "limit", "place"],
        ["=1+1", dt.datetime(2014, 9, 8, 10, 50), dt.timedelta(minutes=3), 1],  # noqa: DTZ001  # as the sheet holds it
        ["Chile", "2014-11-02 01:30 EDT", None, None],
        [None, dt.datetime(2014, 9, 8, 10, 50, 1), None, None],  # noqa: DTZ001  # as above
        [None, "1850-09-08 10:50", None, None],
    ]
    sheet = openpyxl.load_workbook(path).active
    assert (sheet["A2"].data_type, sheet["A2"].quotePrefix, sheet["A3"].quotePrefix) == (
        "s",
        True,
        False,
    )


def test_xlsx_widths(tmp_path: Path) -> None:
    """Columns of times and lengths are as wide as what they show, and little wider."""
    path = tmp_path / "table.xlsx"
    zone = "America/New_York"
    start = pendulum.datetime(2014, 9, 8, 10, 50, tz=zone)
    table: Sequence[dict[str, object]] = [
        {
            "start": start,
            "exact": start.add(seconds=1),
            "night": start,
            "limit": dt.timedelta(minutes=3, seconds=20),
            "how long it may take": dt.timedelta(minutes=3),
        },
        {"night": pendulum.datetime(2014, 11, 2, 5, 30).in_timezone(zone)},
    ]
    save_table(path, list(table[0]), table)
    sheet = openpyxl.load_workbook(path).active
    widths = {
        sheet[f"{letter}1"].value: column.width
        for letter, column in sheet.column_dimensions.items()
    }
    for name, shows in {
        "start": "2014-09-08 10:50",
        "exact": "2014-09-08 10:50:01",
        "night": "2014-11-02 01:30 EDT",
        "limit": "0:03:20",
        "how long it may take": "how long it may take",
    }.items():
        assert len(shows) < widths[name] <= len(shows) + 3, name


def test_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same list gives the same bytes, whenever it is written."""
    listed = [Inscription("Chile", received=pendulum.datetime(2014, 9, 8), traits={"a": "b"})]
    export_list(tmp_path / "a.xlsx", listed, "UTC")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2030, 1, 1, 0, 0, 0, 1, 1, 0))
    export_list(tmp_path / "b.xlsx", listed, "UTC")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "a.xlsx").read_bytes()))
    assert (book.properties.created, book.properties.modified) == (STATED, STATED)


@pytest.mark.parametrize(
    ("name", "text", "faults"),
    [
        (
            "a.xlsx",
            "x\x07",
            [
                (
                    'row 2, column "delegation": holds the character U+0007, which no .xlsx file '
                    "can hold: remove it"
                ),
                (
                    "row 1, column M: holds the character U+0007, which no .xlsx file can hold: "
                    "remove it"
                ),
            ],
        ),
        (
            "a.csv",
            "x\ud800",
            [
                (
                    'row 2, column "delegation": holds the character U+D800, which no .csv file '
                    "can hold: remove it"
                ),
                (
                    "row 1, column M: holds the character U+D800, which no .csv file can hold: "
                    "remove it"
                ),
            ],
        ),
        (
            "a.xlsx",
            "x" * 32_768,
            [
                (
                    'row 2, column "delegation": holds 32,768 characters, and a cell holds at most '
                    "32,767: shorten it"
                ),
                (
                    "row 1, column M: holds 32,768 characters, and a cell holds at most 32,767: "
                    "shorten it"
                ),
            ],
        ),
    ],
)
def test_unwritable(tmp_path: Path, name: str, text: str, faults: list[str]) -> None:
    """What a file cannot hold is told with row and column, and nothing is written."""
    with pytest.raises(InvalidInput) as caught:
        export_list(tmp_path / name, [Inscription(text, traits={text: "x"})], "UTC")
    assert sorted(map(str, caught.value.faults)) == sorted(faults)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "length"), [("a.xlsx", 32_767), ("a.csv", 131_071)])
def test_longest_texts(tmp_path: Path, name: str, length: int) -> None:
    """The longest text that a cell may hold is read again."""
    listed = (Inscription("=" + "x" * (length - 1), id="x"),)
    export_list(tmp_path / name, listed, "UTC")
    assert read_again(tmp_path / name, "UTC") == listed


def test_other_kinds() -> None:
    """Only names of CSV files and workbooks of Excel are taken."""
    with pytest.raises(InvalidValue, match=r'ends in \.csv or \.xlsx, got "list\.ods"'):
        export_list("list.ods", [], "UTC")


def test_many_traits(tmp_path: Path) -> None:
    """More columns than a list may have are refused."""
    listed = [Inscription("A", traits={f"t{n}": "x" for n in range(190)})]
    with pytest.raises(InvalidValue, match="190 different traits, and a list at most 188: remove"):
        export_list(tmp_path / "a.csv", listed, "UTC")


def test_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows than a sheet holds are refused."""
    monkeypatch.setattr("r2psched.files.exports._MOST_ROWS", 3)
    rows = [{"a": "x"}, {"a": "y"}]
    save_table(tmp_path / "a.csv", ["a"], rows)
    with pytest.raises(InvalidInput, match="has 4 rows, and a sheet holds at most 3"):
        save_table(tmp_path / "a.csv", ["a"], [*rows, {"a": "z"}])


def test_missing_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra, workbooks are not written, CSV is, and the remedy is told."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    export_list(tmp_path / "a.csv", [Inscription("A")], "UTC")
    with pytest.raises(MissingExtra, match=r'pip install "r2psched\[sheets\]"'):
        export_list(tmp_path / "a.xlsx", [Inscription("A")], "UTC")
