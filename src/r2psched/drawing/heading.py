"""What stands above every picture: its title and a few lines; and how wide a picture may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.drawing.labels import Label
from r2psched.drawing.texts import is_right_to_left, wrapped
from r2psched.errors import InvalidValue, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MARGIN", "as_width", "heading"]

MARGIN = 20.0
"""What is left free around a picture, in pixels."""

_TITLE = 19.0
_TITLE_LINES = 3
_TITLE_LEADING = 23.0
_SMALL = 12.5
_LEADING = 18.0
_NARROWEST = 480.0
_WIDEST = 10_000.0


def as_width(value: object) -> float:
    """Take the width of a picture in pixels.

    Raises:
        InvalidValue: If it is not a number from 480 to 10,000.

    >>> as_width(960)
    960.0
    """
    if (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and _NARROWEST <= value <= _WIDEST
    ):
        return float(value)
    msg = f"expected a width of 480 to 10,000 pixels, got {shown(value)}"
    raise InvalidValue(msg)


def heading(
    title: str, lines: Iterable[str], width: float, standing: str = ""
) -> tuple[list[Label], float]:
    """Write the title of a picture and the lines below it, broken where they are long.

    Args:
        title: The title, in at most three lines; it is cut where it is too long.
        lines: What stands below it.
        width: The width of the picture, in pixels.
        standing: What must be seen first, such as that a meeting is cancelled.

    Returns:
        The labels, and where the heading ends.

    >>> [label.text for label in heading("Dialogue", ["Times: UTC"], 480)[0]]
    ['Dialogue', 'Times: UTC']
    """
    room = width - 2 * MARGIN
    y = MARGIN + _TITLE * 0.8

    def placed(text: str, size: float, *, bold: bool = False) -> Label:
        paint = "ink" if bold else "muted"
        if is_right_to_left(text):
            return Label(text, width - MARGIN, y, size, "end", bold=bold, paint=paint)
        return Label(text, MARGIN, y, size, bold=bold, paint=paint)

    labels = []
    for part in wrapped(title, _TITLE, room, _TITLE_LINES, bold=True) or [""]:
        labels.append(placed(part, _TITLE, bold=True))
        y += _TITLE_LEADING
    y += _LEADING / 3 - _TITLE_LEADING
    for line, bold in ((standing, True), *((line, False) for line in lines)):
        for part in wrapped(line, _SMALL, room, bold=bold):
            y += _LEADING
            labels.append(placed(part, _SMALL, bold=bold))
    return labels, y + _LEADING / 2
