"""What is written in the box of each session, and what goes into the key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from r2psched.drawing import Box, Label, is_right_to_left, text_width, wrapped
from r2psched.timelines.keys import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2psched.drawing import Axis
    from r2psched.timelines.days import Piece
    from r2psched.timelines.keys import Keys
    from r2psched.timelines.telling import Teller

__all__ = ["STRIP", "Card", "card"]

STRIP = 9.0
"""How high the strip of floor time and reserves is, at the foot of a box."""

_TITLE = 12.0
_SMALL = 10.5
_NUMBER = 11.0
_LEADING = 1.25
_BESIDE = 5.0
_ABOVE = 3.0
_BELOW = 5.0
_MOST = 3
_MOST_CUT = 2
_NARROW = 50.0
_LOWEST = 24.0
_HAIRS = 3.0


@attrs.frozen
class Line:
    """One line of text in a box.

    Attributes:
        text: What it says.
        size: The size of the font, in pixels.
        paint: What its colour is for.
        indent: How far it stands from the edge of the text.
        bold: Whether it is bold.
    """

    text: str
    size: float = _SMALL
    paint: str = "ink"
    indent: float = 0.0
    bold: bool = False


@attrs.frozen
class Card:
    """The box of a session and what is written in it.

    Attributes:
        piece: What it stands for.
        left: Where it starts, in pixels.
        right: Where it ends.
        lines: What is written in it.
        number: Its number in the key, which stands before its first line, or an empty text.
    """

    piece: Piece
    left: float
    right: float
    lines: tuple[Line, ...]
    number: str = ""

    @property
    def has_strip(self) -> bool:
        """Whether floor time or reserves are drawn at its foot."""
        return self.piece.block.filling is not None or bool(self.piece.block.reserves)

    @property
    def height(self) -> float:
        """The height it needs."""
        high = _ABOVE + sum(line.size * _LEADING for line in self.lines) + _BELOW
        return max(_LOWEST, high + (STRIP + _BELOW if self.has_strip else 0))

    def box(self, top: float, bottom: float) -> Box:
        """Where it is drawn between two heights: apart from its neighbours by a hair."""
        apart = 0.5 if self.right - self.left > _HAIRS else 0.0
        return Box(self.left + apart, top + 1, self.right - apart, bottom - 1)

    def labels(self, top: float) -> Iterator[Label]:
        """What is written in it, if it starts at a place from above."""
        y = top + _ABOVE
        left, right = self.left + _BESIDE, self.right - _BESIDE
        if self.number:
            at = y + self.lines[0].size
            yield Label(self.number, left, at, _NUMBER, bold=True)
        for line in self.lines:
            y += line.size * _LEADING
            at = y - line.size * (_LEADING - 1)
            label = Label(line.text, left + line.indent, at, line.size, paint=line.paint)
            if line.bold:
                label = attrs.evolve(label, bold=True)
            if label.box.right > right + _HAIRS / 10:
                yield attrs.evolve(label, x=(left + right) / 2, anchor="middle")
            elif is_right_to_left(line.text):
                yield attrs.evolve(label, x=right, anchor="end")
            else:
                yield label


def card(piece: Piece, axis: Axis, teller: Teller, keys: Keys, until: float) -> Card:
    """Write what there is room for into a box, and all else into the key.

    Args:
        piece: The block.
        axis: The clock of all rows.
        teller: What there is to say.
        keys: The key.
        until: Where the next box of the lane starts.
    """
    left, right = axis.x(piece.start_us), axis.x(piece.end_us)
    right = min(until, max(right, left + 1))
    room = right - left - 2 * _BESIDE
    title, times, facts = teller.title(piece), teller.times(piece), teller.facts(piece)
    head = _whole(title, _TITLE, room)
    told = [_whole(fact, _SMALL, room) for fact in facts]
    when = [Line(text, paint="muted") for text in times if text_width(text, _SMALL) <= room][:1]
    if head is not None and None not in told:
        lines = [Line(text) for fact in told for text in fact or ()]
        return Card(piece, left, right, (*(Line(text, _TITLE) for text in head), *when, *lines))
    number = keys.next
    wide = text_width(number, _NUMBER, bold=True)
    number = number if wide <= right - left - 2 else ""
    keys.add(Entry(number, times[0], teller.joined([title, *facts])))
    indent = wide + _BESIDE
    if not number or room - indent < _NARROW:
        alone = [Line(number, _NUMBER, bold=True)] if number else []
        return Card(piece, left, right, (*alone, *when))
    head = _whole(title, _TITLE, room - indent)
    head = head or wrapped(title, _TITLE, room - indent, _MOST_CUT)
    cut = (Line(text, _TITLE, indent=indent) for text in head)
    return Card(piece, left, right, (*cut, *when), number)


def _whole(text: str, size: float, room: float) -> list[str] | None:
    """Break a text into lines, or give None if they cannot hold it whole."""
    if room <= 0:
        return None
    lines = wrapped(text, size, room, _MOST)
    return lines if " ".join(lines) == " ".join(text.split()) else None
