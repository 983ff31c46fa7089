"""The legend of a picture: a sample of each thing in it, and what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.drawing.colours import LIGHT
from r2psched.drawing.elements import element
from r2psched.drawing.labels import Label
from r2psched.drawing.texts import fitted, text_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from r2psched.drawing.elements import Element
    from r2psched.drawing.labels import Box
    from r2psched.drawing.sheet import Sheet

    Sample = tuple[str, Callable[[float, float], list[Element]]]

__all__ = ["SAMPLE_HIGH", "SAMPLE_WIDE", "legend", "textured"]

SAMPLE_WIDE = 26.0
"""How wide a sample is drawn, in pixels."""
SAMPLE_HIGH = 9.0
"""How high a sample is drawn."""

_SIZE = 11.0
_LINE = 17.0
_GAP = 6.0
_BETWEEN = 18.0


def legend(
    samples: Iterable[Sample], left: float, top: float, right: float
) -> tuple[list[Element], list[Label], float]:
    """Draw a legend in as many lines as it takes.

    Args:
        samples: What each thing means, and what draws a sample of it from a left top corner on.
        left: Where it starts, in pixels.
        top: Where its first line starts.
        right: Where lines end.

    Returns:
        The shapes, the labels, and where the legend ends.
    """
    shapes: list[Element] = []
    labels: list[Label] = []
    x, y = left, top
    for meaning, draw in samples:
        text = fitted(meaning, _SIZE, right - left - SAMPLE_WIDE - _GAP)
        wide = SAMPLE_WIDE + _GAP + text_width(text, _SIZE)
        if x > left and x + wide > right:
            x, y = left, y + _LINE
        at = y + (_LINE - SAMPLE_HIGH) / 2
        shapes += draw(x, at)
        labels.append(Label(text, x + SAMPLE_WIDE + _GAP, at + SAMPLE_HIGH, _SIZE, paint="muted"))
        x += wide + _BETWEEN
    return shapes, labels, y + _LINE if labels else top


def textured(sheet: Sheet, kind: str, box: Box) -> Element:
    """Draw a box that is hatched like a break or dotted like a reserve.

    Args:
        sheet: The sheet, which holds the patterns.
        kind: "break" or "reserve".
        box: Where it is drawn.
    """
    return element(
        "rect",
        x=box.left,
        y=box.top,
        width=box.right - box.left,
        height=box.bottom - box.top,
        fill=f"url(#{sheet.name(kind)})",
        class_="stroke-hatch",
        stroke=LIGHT["hatch"],
    )
