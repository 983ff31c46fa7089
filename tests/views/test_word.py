"""Programmes and lists as documents of a word processor, read by python-docx."""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table
from hypothesis import given, settings

from r2psched.blocks import Day
from r2psched.errors import InvalidValue, MissingExtra
from r2psched.files import read
from r2psched.outlines import list_outline, outline
from r2psched.programme import Programme
from r2psched.sessions import Session
from r2psched.speakers import Inscription, SpeakerList
from r2psched.views.word import order_docx, programme_docx
from tests.strategies import programmes
from tests.views.meetings import ADDRESSES, NOTE, hearing
from tests.views.outlined import ROOMS, SAMPLES, alone, headings, links, said, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docx.document import Document

EXAMPLES = Path(__file__).parents[2] / "examples"
LONG = "illustrative-list-of-193"


def opened(data: bytes) -> Document:
    """Open a document."""
    return docx.Document(io.BytesIO(data))


def texts(document: Document) -> Iterator[str]:
    """Give what a reader reads, without the heads of tables and the footer."""
    tables = iter(cells(document))
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            yield from (text for row in next(tables)[1:] for text in row)
            continue
        name = "".join(run.text for run in part.runs if run.bold)
        yield name
        yield from part.text[len(name) :].split("\n")


def cells(document: Document) -> list[list[list[str]]]:
    """Give the texts of each row of each table."""
    # python-docx's own way takes the square of the rows.
    return [
        [
            ["\n".join(p.text for p in cell.p_lst) for cell in row.tc_lst]
            for row in table.iter(qn("w:tr"))
        ]
        for table in document.element.body.iter(qn("w:tbl"))
    ]


def told(lines: Iterable[str]) -> list[str]:
    """Give the lines that say anything, without the space around them."""
    return [text for text in (line.strip() for line in lines) if text]


def octets(data: bytes) -> str:
    """Give all markup of a document."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = [name for name in packed.namelist() if name.endswith((".xml", ".rels"))]
        return "".join(packed.read(name).decode() for name in names)


@pytest.mark.parametrize("internal", [False, True])
@pytest.mark.parametrize("name", SAMPLES)
def test_says_the_outline(name: str, *, internal: bool) -> None:
    """A reader reads the words of the outline, all of them, in order, and finds its links."""
    meeting = read(EXAMPLES / f"{name}.toml")
    expected = outline(meeting, internal=internal)
    document = opened(programme_docx(meeting, internal=internal))
    assert told(texts(document)) == shown(said(expected))
    styled = [
        p.text for p in document.paragraphs if p.style and p.style.name in {"Title", "Heading 1"}
    ]
    assert styled == headings(expected)
    found = [link.url for p in document.paragraphs for link in p.hyperlinks]
    assert found == links(expected)


@settings(max_examples=30)  # each writes and opens a package of some twenty files
@given(programmes())
def test_any_programme(meeting: Programme) -> None:
    """Whatever the texts of a programme hold, the document opens and says it as it stands."""
    document = opened(programme_docx(meeting, internal=True))
    assert told(texts(document)) == shown(said(outline(meeting, internal=True)))


@pytest.mark.parametrize("name", [LONG, "hrc-dialogue"])
def test_one_list(name: str) -> None:
    """The document of a list says what its outline says, in a table for each block that has any."""
    meeting = read(EXAMPLES / f"{name}.toml")
    (floor,) = meeting.lists
    expected = list_outline(meeting, floor)
    document = opened(order_docx(meeting, floor))
    assert told(texts(document)) == shown(alone(expected))
    tables = [each for each in (*(b.turns for b in expected.blocks), expected.unseated) if each]
    assert [len(table.rows) - 1 for table in document.tables] == [len(each) for each in tables]


def test_standing_of_a_list() -> None:
    """The document of one list says that the meeting is cancelled, below the meeting's title."""
    meeting = attrs.evolve(read(EXAMPLES / "r2p-2014.toml"), status="cancelled", revision=7)
    document = opened(order_docx(meeting, meeting["floor"]))
    below = [each.text for each in document.paragraphs[1:3]]
    assert below == [meeting.title, "Cancelled, revision 7, Thursday 31 July 2014"]


def test_rooms() -> None:
    """A break outside every sitting, and a session without a time, tell their room; others not."""
    document = opened(programme_docx(ROOMS))
    assert told(texts(document)) == shown(said(outline(ROOMS)))
    lines = [each.text for each in document.paragraphs]
    rooms = ("Hall", "Garden", "House", "Harbour", "Studio")
    assert [line for line in lines if line.endswith(rooms)] == [
        "10:00–11:00, Hall",
        "Break\nGarden",
        "Break\nHouse",
        "walk\nHarbour",
        "Studio",
    ]


def test_long_texts_are_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long paragraphs and tables are, python-docx has no more to parse and to move.

    It moves the runs of a paragraph, and the rows of a table, in a time that grows with the square
    of their number.
    """
    parse, parsed = docx.oxml.parse_xml, list[int]()

    def counted(xml: str | bytes) -> object:
        parsed[-1] += len(xml)
        return parse(xml)

    monkeypatch.setattr(docx.oxml, "parse_xml", counted)
    for count in (1, 100):
        floor = Session("Floor", id="floor", speakers=SpeakerList([f"S{n}" for n in range(count)]))
        parsed.append(0)
        programme_docx(Programme("p", "P", [floor], description="a\n" * count, zone="UTC"))
    assert parsed[0] == parsed[1] > 0


def test_rows_stay_whole() -> None:
    """The head of each table stands on every page again, and no row is cut by the end of a page."""
    meeting = read(EXAMPLES / f"{LONG}.toml")
    body = opened(programme_docx(meeting)).element.body
    tables = [[*table.iter(qn("w:tr"))] for table in body.iter(qn("w:tbl"))]
    assert len(tables) == 7
    for lines in tables:
        assert all([*line.iter(qn("w:cantSplit"))] for line in lines)
        heads = [bool([*line.iter(qn("w:tblHeader"))]) for line in lines]
        assert heads == [True, *[False] * (len(lines) - 1)]


def widths(document: Document) -> list[list[int]]:
    """Give the widths of the columns of each table, in twentieths of a point."""
    return [
        [int(each.get(qn("w:w")) or 0) for each in table.iter(qn("w:gridCol"))]
        for table in document.element.body.iter(qn("w:tbl"))
    ]


def listing(*inscribed: Inscription, time: str = "10:00-13:00") -> Document:
    """Open the document of a list."""
    day = Day("2026-03-10", zone="UTC")
    floor = Session(
        "Floor",
        [day(time), day("15:00-18:00")],
        id="floor",
        speakers=SpeakerList(inscribed, limits="3 min"),
    )
    return opened(order_docx(Programme("p", "P", [floor]), floor))


def test_names_have_the_room() -> None:
    """Other columns are as wide as their texts ask, the same everywhere; names have the rest."""
    long = "Permanent Representative to the United Nations and other organisations in Geneva"
    observers = [Inscription(f"O{n}", category="observer") for n in range(80)]
    document = listing(Inscription("Chile", level=long), *observers)
    first, second = widths(document)
    assert first == second
    place, time, limit, name, level, category = first
    assert sum(first) == 9638
    assert name >= 0.35 * sum(first)
    assert max(place, time, limit, category) < 1500
    # At 10.5 points a letter takes some 110 twentieths, and the sides of a cell 216.
    assert level >= 216 + 110 * len("Representative")
    assert category >= 216 + 110 * len("observer")


def test_empty_columns() -> None:
    """A column that says nothing of any of those who are heard, or unheard, is left out."""
    inscribed = [Inscription("Chile", level="minister")]
    inscribed += [Inscription(f"S{n}", id=f"s{n}") for n in range(99)]
    inscribed += [Inscription("Fiji", category="observer")]
    heads = [table[0] for table in cells(listing(*inscribed, time="10:00-11:00"))]
    assert heads == [
        ["No.", "Time", "Limit", "Speaker", "Level"],
        ["No.", "Time", "Limit", "Speaker", "Level"],
        ["No.", "Limit", "Speaker", "Category"],
    ]


@pytest.mark.parametrize("text", ["x" * 10_000, "long words " * 900, "大" * 5_000])
def test_endless_level(text: str) -> None:
    """However long a level and a category are, a table fits the page, and names have their part."""
    (found,) = widths(listing(Inscription("Chile", level=text, category=text)))
    assert sum(found) == 9638
    assert min(found) > 216
    assert found[3] >= 0.35 * sum(found)


def test_page() -> None:
    """The page is A4, with its number and their count in the footer."""
    (section,) = opened(programme_docx(read(EXAMPLES / "r2p-2014.toml"))).sections
    sizes = (section.page_width, section.page_height)
    assert [round(size.mm) for size in sizes if size] == [210, 297]
    below = section.footer.part.element
    fields = [each.get(qn("w:instr")) for each in below.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert "".join(t.text or "" for t in below.iter(qn("w:t"))) == "Page 1 of 1"


@pytest.mark.parametrize(("lang", "region"), [("en", "en-GB"), ("fr", "fr-FR")])
def test_properties(lang: str, region: str) -> None:
    """A document tells its title and language, the date of the programme, and nobody's name."""
    meeting = attrs.evolve(read(EXAMPLES / "r2p-2014.toml"), lang=lang)
    document = opened(programme_docx(meeting))
    told = document.core_properties
    assert told.title == meeting.title
    assert told.language == lang
    assert (told.author, told.last_modified_by, told.comments) == ("", "", "")
    assert told.created == told.modified == dt.datetime(2014, 7, 31, 4, tzinfo=dt.UTC)
    assert {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))} == {
        region
    }


def test_right_to_left() -> None:
    """Letters that are written from the right are marked so, as is a line that begins with one."""
    names = ["زهرة الأقحوان 3", "Tunisia (فلّة مشموم الياسمين) II", "Chile"]
    time = read(EXAMPLES / "r2p-2014.toml")["floor"].blocks
    floor = Session("Floor", time, id="floor", speakers=SpeakerList(names, limits="3 min"))
    document = opened(order_docx(Programme("p", "P", [floor]), floor))
    (_, *lines) = document.element.body.iter(qn("w:tr"))
    names_told = [row.tc_lst[3].p_lst[0] for row in lines]
    marked = [[run.text for run in one.r_lst if [*run.iter(qn("w:rtl"))]] for one in names_told]
    assert marked == [["زهرة الأقحوان"], ["فلّة مشموم الياسمين"], []]
    assert [bool([*one.iter(qn("w:bidi"))]) for one in names_told] == [True, False, False]


def test_links_of_the_web_alone() -> None:
    """A link leads to the web with all its signs; an address of another kind is text."""
    link = "https://example.org/a?b=1&c='\""
    meeting = Programme("p", "P", zone="UTC", webcast=link, documents=["file:///etc/passwd", link])
    document = opened(programme_docx(meeting))
    assert [each.url for p in document.paragraphs for each in p.hyperlinks] == [link, link]
    assert octets(programme_docx(meeting)).count('TargetMode="External"') == 1


def test_same_octets() -> None:
    """The same programme gives the same octets, of a file that tells no time of packing."""
    meeting = read(EXAMPLES / "conference.toml")
    data = programme_docx(meeting)
    assert programme_docx(meeting) == data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {each.date_time for each in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert packed.testzip() is None


def test_nothing_internal() -> None:
    """Addresses are in no document; capacity and note only in one that is asked for them."""
    meeting = hearing()
    floor = meeting["floor"]
    for public, internal in (
        (programme_docx(meeting), programme_docx(meeting, internal=True)),
        (order_docx(meeting, floor), order_docx(meeting, floor, internal=True)),
    ):
        assert not any(each in octets(internal) for each in ADDRESSES)
        assert NOTE not in octets(public)
        assert "Capacity" not in octets(public)
        assert NOTE in octets(internal)


def test_signs_that_xml_lacks() -> None:
    """Signs that no XML may hold, and an endless name, give a document that opens."""
    who = Inscription("A\x00\x0b\ufffe\ud800B" + "x" * 10_000)
    floor = Session("Floor", id="floor", speakers=SpeakerList([who]))
    document = opened(order_docx(Programme("p", "T" * 10_000, [floor], zone="UTC"), floor))
    assert cells(document)[0][1][1].startswith("A\ufffd")
    assert len(document.core_properties.title) == 255


def test_no_list() -> None:
    """A session without a list has no document of its list."""
    meeting = read(EXAMPLES / "r2p-2014.toml")
    with pytest.raises(InvalidValue, match="has no list of speakers"):
        order_docx(meeting, meeting["panel"])


def test_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its extra the writer says which to install."""
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtra, match=re.escape('pip install "r2psched[docx]"')):
        programme_docx(read(EXAMPLES / "r2p-2014.toml"))
