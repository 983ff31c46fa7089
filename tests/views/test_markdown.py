"""Programmes and lists as Markdown, read by a reader of CommonMark with tables."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from r2psched.blocks import Day
from r2psched.errors import InvalidValue
from r2psched.files import read
from r2psched.outlines import list_outline, outline
from r2psched.programme import Programme
from r2psched.sessions import Session
from r2psched.speakers import Inscription, SpeakerList
from r2psched.tables import text_of
from r2psched.views.markdown import order_markdown, programme_markdown
from tests.strategies import programmes
from tests.views.meetings import ADDRESSES, NOTE, hearing
from tests.views.outlined import ROOMS, SAMPLES, alone, headings, links, said, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.token import Token

EXAMPLES = Path(__file__).parents[2] / "examples"
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
WITHIN = {"text", "hardbreak", "strong_open", "strong_close", "link_open", "link_close"}
AROUND = {"heading", "paragraph", "bullet_list", "list_item", "table", "thead", "tbody", "tr"}
# Whatever begins or ends markup, more often than letters do.
marks = st.text("*_`~[]()<>{}!#&;|\\-+=:.1^$@%/\"'ab w", min_size=1, max_size=30).filter(str.strip)


def tokens(document: str) -> list[Token]:
    """Read a document; nothing in it is markup but what a document is made of."""
    read_in = READER.parse(document)
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in read_in}
    assert kinds <= AROUND | {"inline", "th", "td"}
    assert all(child.type in WITHIN for token in read_in for child in token.children or ())
    return read_in


def texts(document: str) -> Iterator[str]:
    """Give what a reader reads, without the heads of tables."""
    for before, token in itertools.pairwise(tokens(document)):
        if token.type != "inline" or before.type == "th_open":
            continue
        line = ""
        for child in token.children or ():
            if child.type in {"hardbreak", "strong_close"}:
                yield line
                line = ""
            line += child.content
        yield line


def titles(document: str, levels: str = "h1 h2") -> list[str]:
    """Give the headings of some levels."""
    return [
        "".join(child.content for child in text.children or ())
        for head, text in itertools.pairwise(tokens(document))
        if head.type == "heading_open" and head.tag in levels.split()
    ]


def told(lines: Iterable[str]) -> list[str]:
    """Give the lines that say anything, without the space around them."""
    return [text for text in (line.strip() for line in lines) if text]


@pytest.mark.parametrize("internal", [False, True])
@pytest.mark.parametrize("name", SAMPLES)
def test_says_the_outline(name: str, *, internal: bool) -> None:
    """A reader reads the words of the outline, all of them, in order, and finds its links."""
    meeting = read(EXAMPLES / f"{name}.toml")
    expected = outline(meeting, internal=internal)
    document = programme_markdown(meeting, internal=internal)
    assert told(texts(document)) == shown(said(expected))
    assert titles(document) == headings(expected)
    found = [
        str(child.attrs["href"])
        for token in tokens(document)
        for child in token.children or ()
        if child.type == "link_open"
    ]
    assert found == links(expected)


@given(programmes())
def test_nothing_is_markup(meeting: Programme) -> None:
    """Whatever the texts of a programme hold, it is read as it stands."""
    document = programme_markdown(meeting, internal=True)
    expected = outline(meeting, internal=True)
    assert told(texts(document)) == shown(said(expected))
    assert titles(document) == headings(expected)


@given(marks, marks, marks)
def test_marks_are_text(title: str, name: str, level: str) -> None:
    """Signs that are markup elsewhere are text in a title, a line, a list entry and a cell."""
    floor = Session(
        title,
        Day("2026-03-10", zone="UTC")("10:00-10:05"),
        id="floor",
        description=f"{name}\n{level}\n\n{title}",
        documents=[level],
        speakers=SpeakerList([Inscription(name, level=level), "Chile"], limits="5 min"),
    )
    meeting = Programme("p", name, [floor], description=level)
    document = programme_markdown(meeting)
    assert told(texts(document)) == shown(said(outline(meeting)))
    document = order_markdown(meeting, floor)
    assert told(texts(document)) == shown(alone(list_outline(meeting, floor)))


def test_one_list() -> None:
    """The document of one list has the programme below its title, and a table for each block."""
    meeting = read(EXAMPLES / "illustrative-list-of-193.toml")
    document = order_markdown(meeting, meeting["debate"])
    assert titles(document) == [
        "List of speakers: General debate",
        *BLOCKS,
        "Beyond the time there is",
    ]
    lines = document.splitlines()
    assert lines.count("| No. | Time | Limit | Speaker | Level |") == 6
    assert lines.count("| No. | Limit | Speaker | Level |") == 1
    assert "| 193 | 5 min | Republic of Zimbabwe |  |" in lines


BLOCKS = [
    f"{day} September 2026, {time}"
    for day in ("Tuesday 22", "Wednesday 23", "Thursday 24")
    for time in ("10:00–13:00", "15:00–18:00")
]


def test_standing_of_a_list() -> None:
    """The document of one list says that the meeting is cancelled, below the meeting's title."""
    meeting = attrs.evolve(read(EXAMPLES / "r2p-2014.toml"), status="cancelled", revision=7)
    lines = order_markdown(meeting, meeting["floor"]).split("\n\n")
    assert lines[1:3] == [meeting.title, "Cancelled, revision 7, Thursday 31 July 2014"]


def test_rooms() -> None:
    """A break outside every sitting, and a session without a time, tell their room; others not."""
    assert programme_markdown(ROOMS).split("\n\n")[4:] == [
        "### 10:00–11:00, Hall",
        "#### 10:00–11:00 Opening",
        "### 11:00–12:00 Lunch",
        "Break\\\nGarden",
        "### 12:00–12:10 Coffee",
        "Break\\\nHouse",
        "## Without a time yet",
        "### Excursion",
        "walk\\\nHarbour",
        "### Film",
        "Studio\n",
    ]


def test_nothing_internal() -> None:
    """Addresses are in no document; capacity and note only in one that is asked for them."""
    meeting = hearing()
    floor = meeting["floor"]
    for public, internal in (
        (programme_markdown(meeting), programme_markdown(meeting, internal=True)),
        (order_markdown(meeting, floor), order_markdown(meeting, floor, internal=True)),
    ):
        assert not any(each in internal for each in ADDRESSES)
        assert NOTE not in public
        assert "Capacity" not in public
        assert NOTE in internal
        assert "Not for publication" in internal


def test_no_list() -> None:
    """A session without a list has no document of its list."""
    meeting = read(EXAMPLES / "r2p-2014.toml")
    with pytest.raises(InvalidValue, match="has no list of speakers"):
        order_markdown(meeting, meeting["panel"])


def test_french() -> None:
    """In French the words around are French."""
    meeting = attrs.evolve(read(EXAMPLES / "r2p-2014.toml"), lang="fr")
    document = programme_markdown(meeting)
    assert "## lundi 8 septembre 2014" in document.lower()
    assert "- **Modération :** Adama Dieng" in document.replace("\u00a0", " ")
    assert text_of(document).count("List of speakers") == 0


def test_links_that_break_out() -> None:
    """A link with brackets, quotes and references leads where it led."""
    link = "https://example.org/a(b)[c]'*_`|\\^&copy;=1#~"
    meeting = Programme("p", "P", zone="UTC", webcast=link)
    (found,) = [
        child.attrs["href"]
        for token in tokens(programme_markdown(meeting))
        for child in token.children or ()
        if child.type == "link_open"
    ]
    assert found == "https://example.org/a(b)%5Bc%5D'*_%60%7C%5C%5E&copy;=1#~"
