"""The rows of a time line: where each day, room and box stands, and what is drawn of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.drawing import (
    MARGIN,
    Box,
    Label,
    element,
    gauge,
    ground,
    is_right_to_left,
    number,
    painted,
    textured,
    wrapped,
)
from r2psched.tables import fitted
from r2psched.timelines.cards import STRIP, card
from r2psched.timelines.keys import Keys, key_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2psched.drawing import Axis, Element, Shape, Sheet
    from r2psched.timelines.cards import Card
    from r2psched.timelines.days import DayRow, Piece, RoomRow
    from r2psched.timelines.telling import Teller

__all__ = ["PAINTS", "Rows", "cut", "open_reserve"]

PAINTS: dict[str, dict[str, str]] = {
    "break": {},
    "plate": painted("panel"),
    "box": painted("paper", "hatch"),
    "list": painted("tint", "band"),
    "rule": painted(stroke="line"),
    "track": painted("paper", "hatch"),
    "gauge": painted("gauge"),
    "reserve": {},
    "open": painted(stroke="ink"),
    "cut": painted("ink"),
}
"""How each shape is painted, the lowest first."""

_SMALL = 11.0
_DATE = 12.0
_HEAD = 24.0
_HOURS = 18.0
_FOOT = 14.0
_LEADING = 13.0
_GAP = 12.0
_BETWEEN = 4.0
_OPEN = 9.0
_CUT = 2.4
_BEYOND = 3.0
_PLATE = 2.0
_LONGEST = 200


class Rows:
    """Draws one day below the other.

    Attributes:
        ground: What lies below all else.
        shapes: What is drawn on it, with its kind.
        labels: What is written.
        hours: The lines that the times of the axis stand on.
        bottom: Where the last day ends, in pixels.
    """

    def __init__(self, sheet: Sheet, axis: Axis, teller: Teller, top: float) -> None:
        """Start with no day.

        Args:
            sheet: The sheet, which holds the patterns.
            axis: The clock of all days.
            teller: What there is to say.
            top: Where the first day starts, in pixels.
        """
        self.ground: list[Element] = []
        self.shapes: list[Shape] = []
        self.labels: list[Label] = []
        self.hours: list[float] = []
        self.bottom = top
        self._sheet, self._axis, self._teller = sheet, axis, teller
        self._keys = Keys()
        self._covers: list[Element] = []

    @property
    def covers(self) -> Element:
        """Unseen boxes that say what a session is when the pointer rests on it."""
        return element("g", *self._covers, fill="none", pointer_events="all")

    def draw(self, day: DayRow, date: str, *, named: bool) -> None:
        """Draw one day below the last.

        Args:
            day: The day.
            date: How its date is written; empty where it stands in the heading.
            named: Whether the names of rooms are written.
        """
        self.hours.append(self.bottom + _HOURS)
        if date:
            self.labels.append(Label(date, MARGIN, self.bottom + _HOURS, _DATE, bold=True))
        top = self.bottom = self.bottom + _HEAD
        for at, room in enumerate(day.rooms):
            if at:
                self._rule(self.bottom)
            self._room(room, named=named)
        # What is below is drawn last: a day is as high as its boxes.
        self.ground += ground(self._sheet, self._axis, top, self.bottom)
        left = MARGIN if self._axis.left - MARGIN < _GAP else self._axis.left
        written, self.bottom = key_labels(
            self._keys.take(), left, self.bottom + _BETWEEN, self._axis.right
        )
        self.labels += written
        self.bottom += _FOOT

    def _rule(self, y: float) -> None:
        path = f"M{number(MARGIN)} {number(y)}H{number(self._axis.right)}"
        self.shapes.append(("rule", element("path", d=path)))

    def _room(self, room: RoomRow, *, named: bool) -> None:
        top = self.bottom
        for lane in room.lanes:
            self._lane(lane)
        if not named or not room.room:
            return
        wide = self._axis.left - MARGIN - _GAP
        most = max(1, int((self.bottom - top) // _LEADING) - 1)
        y = top + _LEADING + 2
        for line in wrapped(fitted(room.room, _LONGEST), _SMALL, wide, min(3, most)):
            turned = is_right_to_left(line)
            x = self._axis.left - _GAP if turned else MARGIN
            self.labels.append(Label(line, x, y, _SMALL, "end" if turned else "start"))
            y += _LEADING

    def _lane(self, lane: tuple[Piece, ...]) -> None:
        starts = [self._axis.x(piece.start_us) for piece in lane]
        cards = [
            card(piece, self._axis, self._teller, self._keys, until)
            for piece, until in zip(lane, [*starts[1:], self._axis.right], strict=True)
        ]
        top = self.bottom + _BETWEEN / 2
        bottom = top + max(each.height for each in cards)
        for each in cards:
            self._card(each, each.box(top, bottom))
        self.bottom = bottom + _BETWEEN / 2

    def _card(self, drawn: Card, box: Box) -> None:
        bar = drawn.piece.bar
        labels = list(drawn.labels(box.top))
        if bar.is_break:
            self.shapes.append(("break", textured(self._sheet, "break", box)))
            self.shapes += [("plate", _plate(label, box)) for label in labels]
        else:
            kind = "list" if bar.has_list else "box"
            rounded = min(3.0, (box.right - box.left) / 4)
            self.shapes.append((kind, _rectangle(box, rx=rounded)))
        self.labels += labels
        if drawn.has_strip:
            self.shapes += self._strip(drawn.piece, box)
        said = element("title", self._teller.sentence(drawn.piece))
        self._covers.append(_rectangle(box, said))

    def _strip(self, piece: Piece, box: Box) -> Iterator[Shape]:
        """Floor time, how much of it the list takes, and reserves, at the foot of a box."""
        bottom = box.bottom - _BEYOND - 1
        top = bottom - STRIP

        def x(us: int) -> float:
            at = self._axis.x(piece.on_clock(us))
            return min(max(at, box.left + 1), box.right - 1)

        filling = piece.block.filling
        if filling is not None:
            left, right = map(x, filling.floor)
            wide = max(0.0, right - left)
            taken = max(0.0, x(filling.taken_until) - left)
            yield from gauge(left, top, wide, STRIP, min(1.0, taken / wide) if wide else 0.0)
        known = {end for start, end in piece.block.reserves if start < end}
        opening = known | {piece.block.time.start_us}
        for start, end in piece.block.reserves:
            left, right = x(start), x(end)
            if start != end:
                dotted = textured(self._sheet, "reserve", Box(left, top, right, bottom))
                yield "reserve", dotted
                continue
            if start in opening:
                right = min(left + _OPEN, box.right)
            else:
                left = max(box.left, right - _OPEN)
            yield from open_reserve(self._sheet, Box(left, top, right, bottom))
        if filling is not None and filling.cut is not None:
            yield cut(x(filling.taken_until), Box(box.left, top, box.right, bottom))


def open_reserve(sheet: Sheet, box: Box) -> Iterator[Shape]:
    """Draw a reserve of which nobody knows how long it takes: dotted, with a dashed outline."""
    yield "reserve", textured(sheet, "reserve", box)
    yield "open", _rectangle(box, stroke_dasharray="3 2", stroke_width=1.2)


def cut(x: float, strip: Box) -> Shape:
    """Draw the cut line of a list: an upright bar across the strip of floor time."""
    left = min(max(x - _CUT / 2, strip.left), strip.right - _CUT)
    box = Box(left, strip.top - _BEYOND, left + _CUT, strip.bottom + _BEYOND)
    return "cut", _rectangle(box)


def _plate(label: Label, box: Box) -> Element:
    """What makes a text readable on hatches."""
    said = label.box
    return _rectangle(
        Box(
            max(box.left, said.left - _PLATE),
            said.top - 1,
            min(box.right, said.right + _PLATE),
            said.bottom + 1,
        )
    )


def _rectangle(box: Box, *children: Element, **attributes: str | float) -> Element:
    return element(
        "rect",
        *children,
        x=box.left,
        y=box.top,
        width=max(0.0, box.right - box.left),
        height=box.bottom - box.top,
        **attributes,
    )
