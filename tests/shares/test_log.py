"""Logs of what was used, as CSV files."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest

from r2psched.errors import FileFailed, InvalidInput
from r2psched.files.used import read_used
from r2psched.shares import Shares
from r2psched.speakers import Inscription
from tests.files.sheet_files import raw_xlsx, texts, xlsx

if TYPE_CHECKING:
    from pathlib import Path

SHARES = Shares({"Amber": 3, "Birch": 2}, "30 min", by="party")
SPEAKERS = (
    Inscription(speaker="Ann", traits={"party": "Amber"}, id="a-1"),
    Inscription("Office", "Dee"),
)


def read(folder: Path, text: str) -> list[tuple[str, int]]:
    """Read a log, and give groups and those without one, with seconds."""
    path = folder / "used.csv"
    path.write_text(text, encoding="utf-8")
    tally = read_used(path, SHARES, SPEAKERS)
    return [(name, length // timedelta(seconds=1)) for name, length in tally.groups + tally.without]


def faults(folder: Path, text: str) -> list[str]:
    """Read a log that is refused, and give its faults."""
    with pytest.raises(InvalidInput) as caught:
        read(folder, text)
    assert caught.value.source == str(folder / "used.csv")
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "text",
    [
        "group,used\nAmber,2 min\nBirch,90 s\namber,10 s\n",
        "\ufeffUsed;Note;Party\n2 min;x;Amber\n90 s;;Birch\n\n10 s;;Amber\n",
        "Speaker\tTime used\tGroup\tID\nAnn\t2 min\t\t\nx\t90 s\tBirch\t\nx\t10 s\t\ta-1\n",
    ],
)
def test_logs(tmp_path: Path, text: str) -> None:
    """A column names the group, by whatever name groups have, or the speaker; another the time."""
    assert read(tmp_path, text) == [("Amber", 130), ("Birch", 90)]


def test_without_a_group(tmp_path: Path) -> None:
    """Who is on the list and has no group stands apart; a log of nobody is nobody's."""
    assert read(tmp_path, "country,used\nOffice,1 min\n") == [("Office", 60)]
    assert read(tmp_path, "country,used\n") == []


def test_all_faults_at_once(tmp_path: Path) -> None:
    """Everything wrong is told with row and column."""
    text = "group,speaker,used\nAmbre,,3\n,,1 min\n,Anne,\nAmber,,1 min,x\nBirch\n"
    assert faults(tmp_path, text) == [
        'row 2, column "group": no group or speaker "Ambre": did you mean "Amber"?',
        'row 2, column "used": 3 has no unit: write "3 min" or "3 s"',
        'row 3, column "group": is empty: name the group or the speaker',
        'row 4, column "speaker": no group or speaker "Anne": did you mean "Ann"?',
        'row 4, column "used": expected a duration such as "3 min", "90 s" or "1 h 30 min", got ""',
        "row 5: has 4 cells, but the header has 3 columns",
        'row 6, column "used": expected a duration such as "3 min", "90 s" or "1 h 30 min", got ""',
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "",
            [
                'row 1: has no column for the time used: name one "used"',
                'row 1: has no column for the group or the speaker: name one "group"',
            ],
        ),
        (
            "gruop,usd\nAmber,1 min\n",
            [
                'row 1: has no column for the time used: is "usd" it? Name it "used"',
                'row 1: has no column for the group or the speaker: is "gruop" it? Name it "group"',
            ],
        ),
        (
            "group,party,used,time used\n",
            [
                'row 1, column "party": gives the group a second time: remove one of the two',
                'row 1, column "time used": gives the used a second time: remove one of the two',
            ],
        ),
        ('group,used\n"Amber,1 min\n', ["row 2: cannot be read as CSV: unexpected end of data"]),
        ("group,used\n" + "Amber,9999 h\n" * 9000, ["expected at most 10,000 years in all"]),
    ],
)
def test_refused(tmp_path: Path, text: str, told: list[str]) -> None:
    """A header without its columns, one column given twice, and what is no CSV are refused."""
    assert faults(tmp_path, text) == told


def test_many_strangers(tmp_path: Path) -> None:
    """Beyond the twentieth row with a fault, names are told without one that is near."""
    found = faults(tmp_path, "group,used\n" + "Ambre,1 min\n" * 2000)
    assert len(found) == 2000
    assert found[19] == 'row 21, column "group": no group or speaker "Ambre": did you mean "Amber"?'
    assert found[20] == 'row 22, column "group": no group or speaker "Ambre"'


def test_no_file(tmp_path: Path) -> None:
    """A file that there is not, or that is not UTF-8, cannot be read."""
    with pytest.raises(FileFailed, match="there is no such file"):
        read_used(tmp_path / "none.csv", SHARES)
    (tmp_path / "latin.csv").write_bytes(b"group,used\n\xe9,1 min\n")
    with pytest.raises(InvalidInput, match="line 2: byte 0xE9 is not UTF-8"):
        read_used(tmp_path / "latin.csv", SHARES)


def test_workbooks(tmp_path: Path) -> None:
    """A log may be a workbook, in which a time under an hour is a length."""
    rows: list[list[object]] = [["Speaker", "Used"], ["Ann", time(0, 1, 30)], ["Dee", "45 s"]]
    path = tmp_path / "used.xlsx"
    path.write_bytes(xlsx([], Log=rows, Notes=[["x"]]))
    tally = read_used(f"{path}#Log", SHARES, SPEAKERS)
    assert (tally.groups, tally.without) == (
        (("Amber", timedelta(seconds=90)),),
        (("Dee", timedelta(seconds=45)),),
    )


def test_errors_in_workbooks(tmp_path: Path) -> None:
    """Errors in the cells of a workbook are told with row and column, all at once."""
    path = tmp_path / "used.xlsx"
    failed = '<row><c t="e"><v>#N/A</v></c></row>'
    path.write_bytes(raw_xlsx(texts(["Speaker", "Used"]) + failed * 2))
    with pytest.raises(InvalidInput) as caught:
        read_used(path, SHARES, SPEAKERS)
    assert list(map(str, caught.value.faults)) == [
        f"row {row}, column A: holds the error #N/A: correct it in the spreadsheet"
        for row in (2, 3)
    ]
