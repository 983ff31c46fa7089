"""Rows as plain text and as HTML."""

from __future__ import annotations

import html.parser

from hypothesis import given
from hypothesis import strategies as st

from r2psched.tables import html as as_html
from r2psched.tables import plain, text_of, width
from tests.strategies import texts

KEPT = "\u00a0\u200c\u200d"  # what is not printable and shown nevertheless
ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=40) | texts()
ROWS = st.lists(st.dictionaries(st.sampled_from(["a", "b", "c"]), ANY_TEXT), max_size=3)


class Cells(html.parser.HTMLParser):
    """Collects the tags of a page and the text of its cells."""

    def __init__(self) -> None:
        """Start with nothing."""
        super().__init__()
        self.tags: set[str] = set()
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag; only the head of a column has an attribute."""
        assert attrs == ([("scope", "col")] if tag == "th" else [])
        self.tags.add(tag)
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        """Note the text of a cell."""
        self.cells[-1] += data


def test_plain() -> None:
    """Numbers are aligned to the right, the rest to the left, and nothing stands for None."""
    rows: list[dict[str, object]] = [
        {"place": 1, "speaker": "Chile", "level": None},
        {"place": 10, "speaker": "日本", "level": "minister"},
        {"place": None, "speaker": "Fiji", "more": ("a", "b")},
    ]
    assert plain(rows).splitlines() == [
        "place  speaker  level     more",
        "    1  Chile",
        "   10  日本     minister",
        "       Fiji               a, b",
    ]


def test_no_rows() -> None:
    """Without rows there is no table: what stands below it, or else that there are none."""
    assert plain([]) == ""
    assert as_html([]) == as_html([{}]) == "<p>no rows</p>"
    assert as_html([], ["a < b"]) == "<p>a &lt; b</p>"


@given(ROWS.filter(bool))
def test_one_line_each(rows: list[dict[str, str]]) -> None:
    """Each row is one line without trailing space, whatever the texts hold."""
    lines = plain(rows).split("\n")
    assert len(lines) == len(rows) + 1
    assert all(line == line.rstrip() for line in lines)
    assert all(c.isprintable() or c in KEPT for line in lines for c in line)


@given(ROWS.filter(any))
def test_html_is_escaped(rows: list[dict[str, str]]) -> None:
    """A reader of the page finds each text in its cell and no tag but those of a table."""
    read = Cells()
    read.feed(as_html(rows))
    assert read.tags <= {"table", "thead", "tbody", "tr", "th", "td"}
    columns = list(dict.fromkeys(key for row in rows for key in row))
    assert read.cells == [
        *columns,
        *(text_of(row.get(column)) for row in rows for column in columns),
    ]


@given(ANY_TEXT)
def test_text_of(text: str) -> None:
    """A printable text stays as it is, and no control character passes."""
    shown = text_of(text)
    assert shown == text or not text.isprintable()
    assert all(c.isprintable() or c in KEPT for c in shown)
    assert text_of(shown) == shown


def test_joiners_are_kept() -> None:
    """A Persian or Hindi name keeps what joins its letters, which takes no column."""
    name = "گل\u200cبنفش क्\u200dष"
    assert text_of(name) == name
    assert text_of(f"{name}\n\u00a0!") == f"{name} \u00a0!"
    assert width(name) == width(name.replace("\u200c", "").replace("\u200d", ""))


def test_width() -> None:
    """Wide letters take two columns, combining marks none."""
    assert (width("Chile"), width("日本"), width("e\u0301"), width("é")) == (5, 4, 1, 1)
