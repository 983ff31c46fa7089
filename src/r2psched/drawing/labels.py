"""Labels and the room they take, so that no two of them collide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from r2psched.drawing.colours import painted
from r2psched.drawing.elements import Element, element
from r2psched.drawing.texts import is_right_to_left, text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Box", "Label", "Placer", "written"]

# Of the size of the font: how far letters reach above and below the line they stand on.
_ABOVE = 0.8
_BELOW = 0.22
_CELL = 64.0
_AWAY = {"start": 0.0, "middle": 0.5, "end": 1.0}
_TURNED = {"start": "end", "middle": "middle", "end": "start"}


@attrs.frozen
class Box:
    """A rectangle in pixels, from the top left corner of the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Whether the insides of two boxes share a point.

        >>> Box(0, 0, 10, 10).overlaps(Box(9, 9, 20, 20))
        True
        """
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@attrs.frozen
class Label:
    """One line of text at a place.

    Attributes:
        text: What it says.
        x: Where it starts, has its middle or ends, in pixels.
        y: The line it stands on, in pixels.
        size: The size of the font, in pixels.
        anchor: Which of the three `x` is, as seen from the left in every script.
        bold: Whether it is bold.
        paint: What the colour is for.

    >>> Label("Chile", 10, 20, size=10).box
    Box(left=10.0, top=12.0, right=35.7, bottom=22.2)
    """

    text: str
    x: float
    y: float
    size: float = 11.0
    anchor: Literal["start", "middle", "end"] = "start"
    bold: bool = attrs.field(default=False, kw_only=True)
    paint: str = attrs.field(default="ink", kw_only=True)

    @property
    def box(self) -> Box:
        """The room it takes."""
        wide = text_width(self.text, self.size, bold=self.bold)
        left = self.x - wide * _AWAY[self.anchor]
        return Box(left, self.y - _ABOVE * self.size, left + wide, self.y + _BELOW * self.size)

    @property
    def kind(self) -> tuple[float, str, bool, bool, str]:
        """What it shares with labels drawn alike: size, anchor, direction, weight and paint."""
        turned = is_right_to_left(self.text)
        anchor = _TURNED[self.anchor] if turned else self.anchor
        return self.size, anchor, turned, self.bold, self.paint


def written(labels: Iterable[Label]) -> list[Element]:
    """Draw labels, those of one kind together.

    >>> print(*written([Label("Chile", 10, 20), Label("Peru", 10, 40)]))
    <g font-size="11" class="fill-ink" fill="#14202e"><text x="10" y="20">Chile</text>\
<text x="10" y="40">Peru</text></g>
    """
    kinds: dict[tuple[float, str, bool, bool, str], list[Element]] = {}
    for label in labels:
        drawn = element("text", label.text, x=label.x, y=label.y)
        kinds.setdefault(label.kind, []).append(drawn)
    return [
        element(
            "g",
            *drawn,
            font_size=size,
            text_anchor=None if anchor == "start" else anchor,
            direction="rtl" if turned else None,
            font_weight="bold" if bold else None,
            **painted(paint),
        )
        for (size, anchor, turned, bold, paint), drawn in kinds.items()
    ]


class Placer:
    """Gives room to labels in the order they ask, each where it meets nothing placed before.

    The time it takes grows with the number of labels, not with its square.

    >>> placer = Placer(Box(0, 0, 100, 100))
    >>> placer.place(Label("Chile", 10, 20)) is None, placer.place(Label("Peru", 12, 22)) is None
    (False, True)
    """

    def __init__(self, within: Box, apart: float = 0.0) -> None:
        """Start with nothing placed.

        Args:
            within: Where labels may stand.
            apart: How many pixels must lie between two labels side by side.
        """
        self._within = within
        self._apart = apart
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def place(self, *choices: Label) -> Label | None:
        """Place the first of some labels that has room, and say which; None if none has."""
        for label in choices:
            box = label.box
            if self._inside(box) and not self._taken(box):
                for cell in self._touched(box):
                    self._cells.setdefault(cell, []).append(box)
                return label
        return None

    def _inside(self, box: Box) -> bool:
        room = self._within
        return (
            room.left <= box.left
            and box.right <= room.right
            and room.top <= box.top
            and box.bottom <= room.bottom
        )

    def _taken(self, box: Box) -> bool:
        wider = attrs.evolve(box, left=box.left - self._apart, right=box.right + self._apart)
        return any(
            wider.overlaps(other)
            for cell in self._touched(wider)
            for other in self._cells.get(cell, ())
        )

    @staticmethod
    def _touched(box: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(box.left // _CELL), int(box.right // _CELL) + 1):
            for row in range(int(box.top // _CELL), int(box.bottom // _CELL) + 1):
                yield column, row
