"""Logs of the floor as CSV files and workbooks: who spoke from when to when."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.blocks import Day
from r2psched.errors import FileFailed, InvalidInput, InvalidValue
from r2psched.files.records import read_records
from r2psched.sessions import Session
from r2psched.speakers import Inscription, SpeakerList
from tests.files.sheet_files import ods, raw_xlsx, texts, xlsx

if TYPE_CHECKING:
    from pathlib import Path

    import pendulum

DAY = Day("2014-09-08", zone="America/New_York")
LIST = SpeakerList(
    [
        Inscription("Chile", "Ms. Ann Lee"),
        Inscription("Peru"),
        Inscription("Côte d'Ivoire", on_behalf="African Group"),
        Inscription("Fiji", "Mr. Bo", id="f-1"),
        Inscription("Fiji", "Ms. Cy", id="f-2"),
    ]
)
SESSION = Session("Dialogue", [DAY("10:50-13:00"), DAY("15:00-17:50")], speakers=LIST)
Line = tuple[str | None, str, str | None, str | None]


def read(folder: Path, text: str, session: Session | None = SESSION, **named: Any) -> list[Line]:  # noqa: ANN401  # as it is read
    """Read a log; give who, kind, and when it began and ended, by the clock of New York."""
    path = folder / "log.csv"
    path.write_text(text, encoding="utf-8")
    return lines(path, session, **named)


def lines(path: Path | str, session: Session | None = SESSION, **named: Any) -> list[Line]:  # noqa: ANN401  # as above
    """Read a log that is written."""
    return [
        (each.who, each.kind, _shown(each.start), _shown(each.end))
        for each in read_records(path, session, **named)
    ]


def _shown(moment: pendulum.DateTime | None) -> str | None:
    return None if moment is None else f"{moment.in_timezone(DAY.zone):%H:%M:%S}"


def faults(folder: Path, text: str, session: Session | None = SESSION, **named: Any) -> list[str]:  # noqa: ANN401  # as above
    """Read a log that is refused, and give its faults."""
    with pytest.raises(InvalidInput) as caught:
        read(folder, text, session, **named)
    assert caught.value.source == str(folder / "log.csv")
    return [str(fault) for fault in caught.value.faults]


FLOOR: list[Line] = [
    ("chile", "intervention", "10:52:00", "10:55:30"),
    ("peru", "absent", None, None),
    ("cote-d-ivoire-for-african-group", "intervention", "10:56:00", "10:59:00"),
    ("Point of order", "reply", "10:59:00", "11:00:00"),
    (None, "break", "11:00:00", "11:10:00"),
    ("f-2", "intervention", "11:10:10", None),
]


@pytest.mark.parametrize(
    "text",
    [
        (
            "who,start,end,kind\nChile,10:52,10:55:30,\nPérou,,,absent\nCIV,10:56,10:59,\n"
            "Point of order,10:59,11:00,reply\n,11:00,11:10,break\nMs. Cy,11:10:10,,\n"
        ),
        (
            "\ufeffEVENT;Note;Began;Length;ID;Country\nStatement;x;10:52 am;3 min 30 s;;CHILE\n"
            "No-show;;;;;PER\n;;10:56;3 min;Cote-d-Ivoire-for-African-Group;\n\n"
            "Right of reply;;10:59;1 min;;Point of order\nSuspension;;11:00;10 min;;\n"
            ";;11:10:10;;f-2;Fiji\n"
        ),
        (
            "speaker\tfrom\tto\ttype\nms. ann lee\t2014-09-08 10:52\t10:55:30\tspoke\n"
            "peru\t\t\tnot present\nCÔTE D'IVOIRE\t2014-09-08T14:56:00Z\t10:59\tintervention\n"
            "Point of order\t10:59\t2014-09-08 11:00\treply\n\t11:00\t11:10 a.m.\tpause\n"
            "f-2\t11:10:10\t\t\n"
        ),
    ],
)
def test_logs(tmp_path: Path, text: str) -> None:
    """Names, times and kinds are read in whatever way they are usually written."""
    assert read(tmp_path, text) == FLOOR


def test_limits_and_categories(tmp_path: Path) -> None:
    """A record has the limit and category that its row states, or else the limit that is given."""
    path = tmp_path / "log.csv"
    path.write_text(
        "who,start,end,limit,category\nChile,11:00,11:03,5 min,observer\nPeru,11:03,,,\n"
    )
    found = read_records(path, SESSION)
    assert [(each.limit, each.category) for each in found] == [
        (timedelta(minutes=5), "observer"),
        (None, None),
    ]
    assert read_records(path, SESSION, limit="2 min")[1].limit == timedelta(minutes=2)


def test_another_meeting(tmp_path: Path) -> None:
    """Without a session any names will do, and lengths count: the limit and the date are needed."""
    text = "speaker,start,took,limit\nAnybody,10:00,4 min,3 min\nSomebody,10:05,2 min,\n"
    found = read(tmp_path, text, None, on="2010-05-01", zone=DAY.zone, limit="2 min")
    assert found == [
        ("Anybody", "intervention", "10:00:00", "10:04:00"),
        ("Somebody", "intervention", "10:05:00", "10:07:00"),
    ]
    assert faults(tmp_path, text, None, on=dt.date(2010, 5, 1)) == [
        'row 3, column "limit": is empty: write it, such as "3 min"'
    ]
    assert faults(tmp_path, "who,start,end\nA,10:00,10:03\n", None) == [
        'row 1: has no column for the limit: name one "limit"'
    ]
    assert faults(tmp_path, "who,start,end\nA,10:00,2010-05-01 10:03\n", None, limit="3 min") == [
        (
            'row 2, column "start": "10:00" has no date: write it before the time, "2014-09-08 '
            '11:02", '
            "or say of which day all are"
        )
    ]
    dated = read_records(tmp_path / "log.csv", None, limit="3 min", on="2010-05-01")
    assert dated[0].start_us == 1272708000 * 1_000_000


def test_times_over_midnight(tmp_path: Path) -> None:
    """A time of the next day is written with +1, or with its date; an end follows its start."""
    night = Session("Night", [DAY("22:00-01:30+1")], speakers=LIST)
    text = (
        "who,start,end\nChile,23:50,23:55\nPeru,2014-09-08 23:58,00:02+1\nMr. Bo,00:03+1,00:04\n"
        "Ms. Cy,2014-09-09 00:05,00:06\nCIV,2014-09-09 00:10+0,00:11\n"
    )
    assert [line[2:] for line in read(tmp_path, text, night)] == [
        ("23:50:00", "23:55:00"),
        ("23:58:00", "00:02:00"),
        ("00:03:00", "00:04:00"),
        ("00:05:00", "00:06:00"),
        ("00:10:00", "00:11:00"),
    ]
    assert faults(tmp_path, "who,start,end\nChile,23:58,00:02\n", night) == [
        (
            'row 2, column "end": "00:02" is not after the start, "23:58"; write "00:02+1" if it '
            "ends "
            "the next day"
        )
    ]
    text = "who,start,end\nChile,23:50,23:55\nPeru,00:03,00:04\n"
    (fault,) = faults(tmp_path, text, night)
    assert fault.startswith("row 3, the intervention of peru: begins 23 h 52 min before row 2")
    assert fault.endswith('is over; write "00:10+1" for a time after midnight')
    late = Session("Night", [DAY("22:00-24:00")], speakers=LIST)
    assert "midnight" not in faults(tmp_path, text, late)[0]


def test_several_days(tmp_path: Path) -> None:
    """On several days a time needs its date, unless one is given for all."""
    two = Session("Two days", [DAY("10:00-13:00"), DAY("2014-09-09 10:00-13:00")], speakers=LIST)
    text = "who,start,end\nChile,10:00,10:03\n"
    assert faults(tmp_path, text, two) == [
        (
            'row 2, column "start": "10:00" has no date, and the session is on 2 days: write it '
            "before "
            'the time, "2014-09-08 11:02", or say of which day all are'
        )
    ]
    (found,) = read_records(tmp_path / "log.csv", two, on=dt.date(2014, 9, 9))
    assert found.start == Day("2014-09-09", zone=DAY.zone).at("10:00")
    dated = "who,start,end\nChile,2014-09-08 10:00,10:03\nPeru,2014-09-09 10:00,10:03\n"
    assert len(read(tmp_path, dated, two)) == 2


def test_clock_changes(tmp_path: Path) -> None:
    """A time that the clocks skip or show twice is refused with the ways to write it."""
    back = Day("2014-11-02", zone=DAY.zone)
    night = Session("Night", [back("00:30-03:00")], speakers=LIST)
    found = faults(
        tmp_path, "who,start,end\nChile,01:10,01:20 EDT\nPeru,01:30 EST,01:50 EST\n", night
    )
    assert found == [
        (
            'row 2, column "start": 2014-11-02 01:10 comes twice in America/New_York, where the '
            "clocks "
            'go back then: write "01:10 EDT" or "01:10 EST"'
        )
    ]
    text = "who,start,end\nChile,01:50 EDT,01:10 EST\n"
    (record,) = read_records(_written(tmp_path, text), night)
    assert record.length == timedelta(minutes=20)
    (later,) = read_records(_written(tmp_path, "who,start,length\nChile,01:50 EDT,30 min\n"), night)
    assert later.length == timedelta(minutes=30)


def _written(folder: Path, text: str) -> Path:
    path = folder / "log.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_all_faults_at_once(tmp_path: Path) -> None:
    """Everything wrong is told with row and column, and what is out of order with the rows."""
    text = (
        "who,start,end,kind,length,limit\n"
        "Chil,11:02,11:01,,,\n"
        "Peru,,11:05,absent,,\n"
        ",x,,xyz,3,\n"
        "\n"
        "Fiji,,2014-09-31 10:00,,,0 s\n"
        "Peru,10:50,,replay,,3 min,x\n"
        "Peru,10:50,10:55,,6 min,\n"
        "Mr. Bo,10:50,,,,\n"
        "Chile,10:40,10:41,,,\n"
        "Ms. Cy,11:00,,,87600000 h,\n"
    )
    assert faults(tmp_path, text) == [
        'row 2, column "who": no speaker "Chil": did you mean "Chile"?',
        (
            'row 2, column "end": "11:01" is not after the start, "11:02"; write "11:01+1" if it '
            "ends "
            "the next day"
        ),
        'row 3, column "end": belongs to one who was absent: leave it empty',
        (
            'row 4, column "kind": unknown kind "xyz": expected "intervention", "absent", "reply" '
            'or "break", or an empty cell'
        ),
        'row 4, column "who": is empty: name who was called',
        'row 4, column "start": expected a time such as "13:00" or "2015-09-04 13:00", got "x"',
        'row 4, column "length": 3 has no unit: write "3 min" or "3 s"',
        'row 6, column "who": several speakers are "Fiji": name one by its id, "f-1", "f-2"',
        'row 6, column "start": is empty: write when it began, such as "11:02"',
        'row 6, column "end": there is no date 2014-09-31: day is out of range for month',
        'row 6, column "limit": expected a length of more than 0 s, got 0 s',
        "row 7: has 7 cells, but the header has 6 columns",
        'row 8, column "length": is not what lies between start and end: leave one of them empty',
        'row 11, column "length": is longer than a calendar goes',
        "row 9, the intervention of f-1: has no end, and others follow: give it one",
        (
            "row 10, the intervention of chile: begins 10 min before row 9, the intervention of "
            "f-1, "
            "is over"
        ),
    ]


def test_kinds_are_suggested(tmp_path: Path) -> None:
    """A misspelt kind is told the nearest."""
    assert faults(tmp_path, "who,start,end,kind\nPeru,10:50,10:51,rigth of reply\n") == [
        'row 2, column "kind": unknown kind "rigth of reply": did you mean "right of reply"?'
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "",
            [
                'row 1: has no column for who had the floor: name one "who"',
                'row 1: has no column for the start: name one "start"',
                'row 1: has no column for the end: name one "end", or one "length"',
            ],
        ),
        (
            "speeker,strat,end,kinde\n",
            [
                'row 1, column "speeker": unknown column: did you mean "speaker"?',
                'row 1, column "strat": unknown column: did you mean "start"?',
                'row 1, column "kinde": unknown column: did you mean "kind"?',
            ],
        ),
        (
            "who,start,from,end\n",
            ['row 1, column "from": gives the start a second time: remove one of the two'],
        ),
        ("who," * 201 + "\n", ["row 1: has 202 columns, expected at most 200"]),
        ('who,start,end\n"Chile,1', ["row 2: cannot be read as CSV: unexpected end of data"]),
        (
            'who,start,end\nChile,10:50,10:51\n\ue000,10:49,10:52\n"Peru',
            [
                (
                    'row 3, column "who": no speaker "\\ue000": there is "Chile", "Peru", '
                    '"Côte d\'Ivoire", "Fiji"'
                ),
                "row 4: cannot be read as CSV: unexpected end of data",
            ],
        ),
    ],
)
def test_refused(tmp_path: Path, text: str, told: list[str]) -> None:
    """A header that lacks a column or has one twice, and what is no CSV are refused."""
    assert faults(tmp_path, text) == told


def test_empty_log(tmp_path: Path) -> None:
    """A log of which nothing but the header is written holds nothing yet."""
    assert read(tmp_path, "who,start,end\n") == []


def test_many_strangers(tmp_path: Path) -> None:
    """Beyond twenty names that nobody bears, further ones are not looked up, and counted."""
    rows = "".join(f"Nobody {at},11:00,11:00:00,\n" for at in range(3000))
    found = faults(tmp_path, f"who,start,end,\n{rows}Chile,12:00,12:01,\n")
    assert len(found) == 3021
    assert found[-1] == "2,980 more names were not looked up: correct those first"
    again = faults(tmp_path, "who,start,end\n" + "Chil,11:00,11:03\n" * 3000)
    assert len(again) == 3000


def test_names_that_look_like_places(tmp_path: Path) -> None:
    """The title of a reply may hold anything, and is told as it stands."""
    title = "records[9], x; records[77], y"
    text = f'who,start,end,kind\nChile,11:00,11:05,\n"{title}",11:01,11:06,reply\n'
    assert any("begins 4 min before row 2" in fault for fault in faults(tmp_path, text))


def test_arguments(tmp_path: Path) -> None:
    """A date, a zone or a limit that there is not is refused before anything is read."""
    path = tmp_path / "none.csv"
    with pytest.raises(InvalidValue, match="there is no date 2014-02-30"):
        read_records(path, SESSION, on="2014-02-30")
    with pytest.raises(InvalidValue, match="expected a zone such as"):
        read_records(path, SESSION, zone="Mars")
    with pytest.raises(InvalidValue, match="3 has no unit"):
        read_records(path, SESSION, limit="3")
    with pytest.raises(FileFailed, match="there is no such file"):
        read_records(path, SESSION)
    with pytest.raises(InvalidInput, match='the session "Empty" has no list of speakers'):
        read_records(
            _written(tmp_path, "who,start,end\nChile,11:00,11:03\n"),
            Session("Empty", [DAY("11:00-12:00")]),
        )


def test_without_blocks(tmp_path: Path) -> None:
    """A session without a time yet has neither zone nor date of its own."""
    session = Session("Open", speakers=LIST)
    path = _written(tmp_path, "who,start,end\nChile,2014-09-08 11:00,11:03\n")
    assert read_records(path, session)[0].start == Day("2014-09-08", zone="UTC").at("11:00")
    assert read_records(path, session, zone=DAY.zone)[0].start == DAY.at("11:00")


TIMES: list[list[object]] = [
    ["who", "start", "end", "kind", "length"],
    ["Chile", dt.time(10, 52), dt.datetime(2014, 9, 8, 10, 55, 30), None, None],  # noqa: DTZ001  # as in a sheet
    ["Peru", None, None, "absent", None],
    ["CIV", dt.datetime(2014, 9, 8, 10, 56), None, None, timedelta(minutes=3)],  # noqa: DTZ001  # as above
    ["Point of order", dt.time(10, 59), "11:00", "reply", None],
    [None, "11:00", dt.time(11, 10), "break", None],
    ["f-2", dt.time(11, 10, 10), None, None, None],
]


def test_workbooks(tmp_path: Path) -> None:
    """Cells of a workbook may be times, lengths or texts; a sheet is named behind "#"."""
    path = tmp_path / "log.xlsx"
    path.write_bytes(xlsx(TIMES))
    assert lines(path) == FLOOR
    path.write_bytes(xlsx([["x"]], Log=TIMES))
    assert lines(f"{path}#Log") == FLOOR
    (tmp_path / "log.ods").write_bytes(
        ods([["who", "start", "end"], ["Chile", "10:52", "10:55:30"]])
    )
    assert lines(tmp_path / "log.ods") == FLOOR[:1]


def test_after_midnight_in_a_workbook(tmp_path: Path) -> None:
    """A time before one o'clock is a time of day, and no length."""
    path = tmp_path / "log.xlsx"
    path.write_bytes(xlsx([["who", "start", "end"], ["Chile", dt.time(0, 30), dt.time(0, 34)]]))
    early = Session("Early", [DAY("00:00-02:00")], speakers=LIST)
    assert lines(path, early) == [("chile", "intervention", "00:30:00", "00:34:00")]


def test_troubled_cells(tmp_path: Path) -> None:
    """A cell that holds an error is told, in the header too."""
    path = tmp_path / "log.xlsx"
    broken = '<row r="{}"><c r="A{}" t="e"><v>#REF!</v></c></row>'
    path.write_bytes(raw_xlsx(texts(["who", "start", "end"]) + broken.format(2, 2)))
    with pytest.raises(InvalidInput, match=r'row 2, column "who": .*#REF!'):
        read_records(path, SESSION)
    path.write_bytes(raw_xlsx(broken.format(1, 1)))
    with pytest.raises(InvalidInput, match=r"row 1, column A: .*#REF!"):
        read_records(path, SESSION)


@given(data=st.data())
def test_what_is_written_is_read(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Interventions one behind another come back to the second."""
    steps = data.draw(st.lists(st.tuples(st.integers(0, 600), st.integers(1, 600)), max_size=8))
    clock, rows, wanted = 0, ["who,start,end"], []
    for gap, length in steps:
        began, clock = clock + gap, clock + gap + length
        rows.append(f"Peru,{_clock(began)},{_clock(clock)}")
        wanted.append((began, clock))
    path = _written(tmp_path_factory.mktemp("logs"), "\n".join(rows))
    first = DAY.at("10:00").timestamp()
    found = read_records(path, SESSION)
    assert [
        ((each.start_us or 0) // 10**6 - first, (each.end_us or 0) // 10**6 - first)
        for each in found
    ] == wanted


def _clock(seconds: int) -> str:
    return f"{10 + seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
