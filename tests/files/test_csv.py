"""Lists of speakers in CSV files beside the programme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.durations import show
from r2psched.errors import InvalidInput
from r2psched.files import read
from tests.files.telling import LIST

if TYPE_CHECKING:
    from pathlib import Path

    from r2psched.speakers import Inscription

AT = 'sessions[1] "Dialogue": speakers.inscriptions: '
HEADLESS = "has no column for the delegation or the speaker: name one of them so"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a programme that names a list."""
    (tmp_path / "meeting.toml").write_text(LIST, encoding="utf-8")
    return tmp_path


def listed(folder: Path, data: str | bytes) -> tuple[Inscription, ...]:
    """Read the programme with this list beside it."""
    (folder / "speakers.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
    speakers = read(folder / "meeting.toml").sessions[0].speakers
    assert speakers is not None
    return speakers.inscriptions


def told(folder: Path, data: str | bytes | None) -> list[str]:
    """Give the faults of the programme with this list, or with the one that lies there."""
    with pytest.raises(InvalidInput) as caught:
        read(folder / "meeting.toml") if data is None else listed(folder, data)
    found = [str(fault) for fault in caught.value.faults]
    assert all(fault.startswith(AT) for fault in found)
    return [fault.removeprefix(AT) for fault in found]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_dialects(folder: Path, delimiter: str, end: str, mark: str) -> None:
    """Comma, semicolon and tab, any line end, with and without a byte order mark are read."""
    rows = [["Country", "Time limit"], ["Chile", "2 min"], ["Fiji", ""]]
    found = listed(folder, mark + end.join(delimiter.join(row) for row in rows) + end)
    assert [(who.delegation, who.limit and show(who.limit)) for who in found] == [
        ("Chile", "2 min"),
        ("Fiji", None),
    ]


def test_quotes(folder: Path) -> None:
    """Quoted cells hold delimiters, quotes and line breaks, the header's too."""
    found = listed(folder, 'Country,"a;b;;c"\n"Korea, Republic of","x\ny"\n"The ""A""",\n')
    assert [who.name for who in found] == ["Korea, Republic of", 'The "A"']
    assert found[0].trait("a;b;;c") == "x\ny"


def test_columns(folder: Path) -> None:
    """Columns are named as people name them, and any other is a trait."""
    (who,) = listed(
        folder,
        "Member State,Full name,Type,Rank,On behalf of,Registered at,Late reason,E-mails,Region,"
        ",id\n"
        'Chile,Ann,observer,minister,GRULAC,2014-09-01 12:00,ill,"a@b.c; d@e.f",LAC,,cl\n',
    )
    assert (who.delegation, who.speaker, who.category, who.level) == (
        "Chile",
        "Ann",
        "observer",
        "minister",
    )
    assert (who.on_behalf, who.late, who.emails, who.traits, who.given_id) == (
        "GRULAC",
        "ill",
        ("a@b.c", "d@e.f"),
        (("Region", "LAC"),),
        "cl",
    )
    assert str(who.received) == "2014-09-01 16:00:00+00:00"


def test_ragged(folder: Path) -> None:
    """Short rows, blank rows and empty cells beyond the header are no fault."""
    found = listed(folder, "\n \nCountry,Region\nChile\n,\n\nFiji,Pacific,,\n")
    assert [(who.name, who.traits) for who in found] == [
        ("Chile", ()),
        ("Fiji", (("Region", "Pacific"),)),
    ]
    assert listed(folder, "Country\n") == ()


def test_formulas_are_values(folder: Path) -> None:
    """A cell that a sheet would compute is the text that it is."""
    (who,) = listed(folder, "Country,Region\n=1+1,@SUM(A1)\n")
    assert (who.name, who.trait("Region")) == ("=1+1", "@SUM(A1)")


def test_guarded_cells(folder: Path) -> None:
    """One apostrophe before what a sheet would compute is taken off, and no other."""
    (who,) = listed(folder, "Country,'=Note,Region\n'=1+1,''@x,'s-Gravenhage\n")
    assert (who.name, who.trait("=Note"), who.trait("Region")) == ("=1+1", "'@x", "'s-Gravenhage")


def test_marked_traits(folder: Path) -> None:
    """A column "trait: …" is a trait, even one called like a field."""
    (who,) = listed(folder, "Country,trait: Country,Trait:Emial,trait:\nChile,x,y,z\n")
    assert (who.name, dict(who.traits)) == ("Chile", {"Country": "x", "Emial": "y", "trait:": "z"})


def test_places(folder: Path) -> None:
    """A settled place is a whole number, or told as a fault."""
    assert [who.place for who in listed(folder, "Country,Number\nChile,2\nFiji,\nPeru,01\n")] == [
        2,
        None,
        1,
    ]
    such = "expected a place on the list, a whole number from 1, got"
    assert told(folder, "Country,Position\nChile,first\nFiji,0\nPeru,1.5\n") == [
        f'speakers.csv row 2, column "Position": {such} "first"',
        f'speakers.csv row 3, column "Position": {such} 0',
        f'speakers.csv row 4, column "Position": {such} "1.5"',
    ]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [f"speakers.csv row 1: {HEADLESS}"]),
        ("\nRegion\nLAC\n", [f"speakers.csv row 2: {HEADLESS}"]),
        (
            "Country,Emial\nA,b\n",
            ['speakers.csv row 1, column "Emial": unknown column: did you mean "email"?'],
        ),
        (
            "Country,State\nA,B\n",
            [
                (
                    'speakers.csv row 1, column "State": gives "delegation" a second time: '
                    "remove one "
                    "of the two"
                )
            ],
        ),
        (
            "Country,Limit\nA,3\n\nB,three\n",
            [
                'speakers.csv row 2, column "Limit": 3 has no unit: write "3 min" or "3 s"',
                (
                    'speakers.csv row 4, column "Limit": expected a duration such as "3 min", '
                    '"90 s" or '
                    '"1 h 30 min", got "three"'
                ),
            ],
        ),
        (
            "Country,E-mail\nA,b\n",
            [
                (
                    'speakers.csv row 2, column "E-mail": expected an e-mail address such as '
                    '"name@example.org", got "b"'
                )
            ],
        ),
        (
            "Country,Level\n,minister\n",
            ["speakers.csv row 2: an inscription needs a delegation or a speaker, and has neither"],
        ),
        (
            "Country\nA,B\n",
            ["speakers.csv row 2: has 2 cells, but the header has 1 columns"],
        ),
        (
            'Country\nA\n"B\n',
            ["speakers.csv row 3: cannot be read as CSV: unexpected end of data"],
        ),
        (
            f"Country\n{'x' * 200_000}\n",
            ["speakers.csv row 2: cannot be read as CSV: field larger than field limit (131072)"],
        ),
        (
            b"Country\n\xff\n",
            [
                (
                    "speakers.csv line 2: byte 0xFF is not UTF-8: save the file as UTF-8, in "
                    "Excel as "
                    "«CSV UTF-8»"
                )
            ],
        ),
        (
            ",".join(f"c{n}" for n in range(1000)),
            ["speakers.csv row 1: has 1,000 columns, expected at most 200"],
        ),
    ],
)
def test_faults(folder: Path, text: str | bytes, faults: list[str]) -> None:
    """Whatever is wrong with a list is told with its row and column."""
    assert told(folder, text) == faults


@pytest.mark.parametrize("name", ["../outside.csv", "{outside}", "link.csv"])
def test_outside(folder: Path, name: str) -> None:
    """A list outside the programme's folder is not read, by whatever way it is named."""
    inner = folder / "inner"
    inner.mkdir()
    outside = folder / "outside.csv"
    outside.write_text("Country\nA\n", encoding="utf-8")
    (inner / "link.csv").symlink_to(outside)
    name = name.format(outside=outside)
    (inner / "meeting.toml").write_text(LIST.replace("speakers.csv", name), encoding="utf-8")
    (fault,) = told(inner, None)
    assert fault.endswith("lies outside the programme's folder: put the file beside the programme")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("absent.csv", "there is no such file"),
        (".", "Is a directory"),
        ("loop.csv", "Symlink loop"),
        ("x" * 300, "File name too long"),
    ],
)
def test_unreadable(folder: Path, name: str, reason: str) -> None:
    """A list that cannot be read is told at its place, with the reason."""
    (folder / "loop.csv").symlink_to("loop.csv")
    (folder / "meeting.toml").write_text(LIST.replace("speakers.csv", name), encoding="utf-8")
    (fault,) = told(folder, None)
    assert fault.startswith("cannot read ")
    assert fault.endswith(f": {reason}") or name == "loop.csv"


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Any bytes are a list, or what is wrong is told at its place."""
    folder = tmp_path_factory.getbasetemp()
    (folder / "meeting.toml").write_text(LIST, encoding="utf-8")
    try:
        listed(folder, b"Country\n" + data)
    except InvalidInput as error:
        places = [fault.place for fault in error.faults]
        if not all(place.startswith('sessions[1] "Dialogue": speakers') for place in places):
            raise
