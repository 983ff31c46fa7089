"""The markup of a document of a word processor: WordprocessingML (ECMA-376, part 1, 17)."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from r2psched.drawing import is_right_to_left
from r2psched.fields import is_link
from r2psched.tables import text_of
from r2psched.views.documents import Facts, Heading, Lines, Table, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from r2psched.language import Words
    from r2psched.outlines import Fact, Said
    from r2psched.views.documents import Column, Part

__all__ = ["Markup", "footer"]

_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
# From one sign that is written from right to left to the last before a letter that is not.
_RUN = re.compile(rf"([{_RIGHT}](?:[\W\d_{_RIGHT}]*[{_RIGHT}])?)")
_STYLES = ("Title", "Heading1", "Heading2", "Heading3")
_BULLETS = ("ListBullet", "ListBullet2")
# In twentieths of a point: between margins of 2 cm, A4 has 17 cm; names have at least their part.
_WHOLE, _NAMES = 9638, 3400
# Few letters are wide ones more often than many: figures, and bold capitals.
_SIDES, _LETTER = 350, 115
# How many letters a line of a column other than the names has at the most, unless a word has more.
_LINE, _LONGEST_WORD = 15, 24
_SHRINK = ("level", "category")


class Markup:
    """Writes the parts of a document.

    Attributes:
        links: Where the document leads, each with the id by which its text refers to it.
    """

    def __init__(self, words: Words) -> None:
        """Write in the direction of a language."""
        self.words = words
        self.links: dict[str, str] = {}
        self._right = words("general.direction") == "rtl"

    def written(self, parts: Iterable[Part]) -> Iterator[str]:
        """Write parts in turn: paragraphs and tables.

        Args:
            parts: The parts.

        Returns:
            Elements of the body of a document.
        """
        for part in parts:
            match part:
                case Heading(level, text):
                    yield self._paragraph(_runs(text), text, _STYLES[level - 1])
                case Lines(lines):
                    runs = "<w:r><w:br/></w:r>".join(map(_runs, lines))
                    yield self._paragraph(runs, " ".join(lines))
                case Facts(facts):
                    yield from (line for fact in facts for line in self._fact(fact))
                case Table(columns, rows):
                    yield self._table(columns, rows)

    def _fact(self, fact: Fact) -> Iterator[str]:
        """The only value beside the name, several below."""
        name = name_of(fact, self.words)
        values = [(self._said(value), value.text) for value in fact.values]
        first, last = _BULLETS
        if len(values) == 1:
            beside = _runs(name, bold=True) + _runs(" ") + values[0][0]
            yield self._paragraph(beside, name, first)
            return
        yield self._paragraph(_runs(name, bold=True), name, first, kept=True)
        yield from (self._paragraph(runs, text, last) for runs, text in values)

    def _said(self, said: Said) -> str:
        if said.link is None or not is_link(said.link):
            return _runs(said.text)
        name = self.links.setdefault(said.link, f"link{len(self.links) + 1}")
        runs = _runs(said.text, style="Hyperlink")
        return f'<w:hyperlink r:id="{name}">{runs}</w:hyperlink>'

    def _paragraph(self, runs: str, text: str, style: str = "", *, kept: bool = False) -> str:
        """Write a paragraph, perhaps kept on the page of the next; its text tells its direction."""
        look = f'<w:pStyle w:val="{style}"/>' if style else ""
        look += "<w:keepNext/>" if kept else ""
        look += "<w:bidi/>" if self._right or is_right_to_left(text) else ""
        return f"<w:p><w:pPr>{look}</w:pPr>{runs}</w:p>"

    def _table(self, columns: tuple[Column, ...], rows: Iterable[tuple[str, ...]]) -> str:
        wide = _widths(columns)
        right = "<w:bidiVisual/>" if self._right else ""
        grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in wide)
        head = self._row([column.title for column in columns], wide, head=True)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>{right}'
            f'<w:tblW w:w="{_WHOLE}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0"'
            ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{head}"
            f"{''.join(self._row(row, wide) for row in rows)}</w:tbl>"
        )

    def _row(self, texts: Iterable[str], wide: Iterable[int], *, head: bool = False) -> str:
        kept = "<w:tblHeader/>" if head else ""
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{each}" w:type="dxa"/></w:tcPr>'
            f"{self._paragraph(_runs(text, bold=head), text, 'NoSpacing')}</w:tc>"
            for text, each in zip(texts, wide, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{kept}</w:trPr>{cells}</w:tr>"


def _widths(columns: tuple[Column, ...]) -> list[int]:
    """Give each column but the names the room that its texts ask, and the names what is left."""
    wide = {each.field: _asked(each) for each in columns if each.field != "name"}
    asked = sum(wide.get(field, 0) for field in _SHRINK)
    room = _WHOLE - _NAMES - sum(wide.values()) + asked
    if asked > room:
        wide |= {field: wide[field] * room // asked for field in _SHRINK if field in wide}
    rest = _WHOLE - sum(wide.values())
    return [wide.get(each.field, rest) for each in columns]


def _asked(column: Column) -> int:
    word = min(column.word, _LONGEST_WORD)
    return _SIDES + _LETTER * max(word, min(column.letters, _LINE))


def footer(words: Words) -> str:
    """Write the page number and the number of pages, as fields that a word processor fills in.

    Args:
        words: The texts of the language.

    Returns:
        Runs of a paragraph.
    """
    fields = {"\0": "PAGE", "\1": "NUMPAGES"}
    text = words("paper.page", number="\0", count="\1")
    pieces = re.split("([\0\1])", text)
    return "".join(
        f'<w:fldSimple w:instr="{fields[piece]}">{_runs("1")}</w:fldSimple>'
        if piece in fields
        else _runs(piece)
        for piece in pieces
    )


def _runs(text: str, *, bold: bool = False, style: str = "") -> str:
    """Write a text as runs, those from right to left marked as such."""
    look = f'<w:rStyle w:val="{style}"/>' if style else ""
    look += "<w:b/><w:bCs/>" if bold else ""
    return "".join(
        f"<w:r><w:rPr>{look}{'<w:rtl/>' if at % 2 else ''}</w:rPr>"
        f'<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t></w:r>'
        for at, piece in enumerate(_RUN.split(text_of(text)))
        if piece
    )
