"""The rows of a forecast's picture: what they tell, and where each of them stands."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import nearest_minute
from r2psched.drawing import Label, element, fitted, gauge, number, painted, shortened, text_width
from r2psched.errors import InvalidValue, shown
from r2psched.fields import whole
from r2psched.forecasting.legend import band, exact, middle
from r2psched.forecasting.saying import said
from r2psched.forecasting.wording import percent
from r2psched.language import words as words_of
from r2psched.tables import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2psched.drawing import Axis, Element, Shape
    from r2psched.language import Words

__all__ = ["Bar", "Rows"]

_MARGIN = 20.0
_GAP = 9.0
_GAUGE = 34.0
_STRIP = 20.0
_LONGEST_NAME = 0.22  # of the picture
_SHORTEST_NAME = 50.0
# How many rows may be how high, in pixels; more rows share the room that 240 take.
_HEIGHTS = ((12, 26.0), (24, 22.0), (48, 17.5), (90, 14.0), (130, 12.0), (240, 11.0))
_LOWEST = 2.5
_LARGEST = 13.0
_SMALLEST = 9.0
_SMALL = 11.0
_GUIDE = 5
_MOST = 1_000_000


def _as_number(value: int) -> int:
    if whole(value) and 0 < value <= _MOST:
        return value
    msg = f"expected a place in the list from 1 to 1,000,000, got {shown(value)}"
    raise InvalidValue(msg)


def _as_chance(value: object) -> float:
    if isinstance(value, (int, float)) and 0 <= value <= 1:
        return float(value)
    msg = f"expected a chance from 0 to 1, got {shown(value)}"
    raise InvalidValue(msg)


def _as_instant(value: int | None) -> int | None:
    if value is None or whole(value):
        return value
    msg = f"expected whole microseconds since the epoch, got {shown(value)}"
    raise InvalidValue(msg)


def _as_window(value: tuple[int, int, int] | None) -> tuple[int, int, int] | None:
    if value is None:
        return None
    if all(map(whole, value)) and value[0] <= value[1] <= value[2]:
        return value
    msg = f"expected a window of starts in order of time, in microseconds, got {shown(value)}"
    raise InvalidValue(msg)


@attrs.frozen
class Bar:
    """One speaker in the picture of a forecast.

    Attributes:
        number: The place in the list, from 1.
        name: Who speaks.
        chance: The chance to be heard, from 0 to 1.
        window: When the speaker starts if heard, in microseconds since the epoch: with one chance
            in ten before the first, with one in two before the second, with one in ten after
            the third. None where the chance is too small to tell.
        exact_us: When the speaker starts if everybody takes just the limit; None for not at all.
    """

    number: int = attrs.field(converter=_as_number)
    name: str
    chance: float = attrs.field(converter=_as_chance)
    window: tuple[int, int, int] | None = attrs.field(default=None, converter=_as_window)
    exact_us: int | None = attrs.field(default=None, converter=_as_instant)

    def sentence(self, axis: Axis, words: Words) -> str:
        """Say all that the row shows, a window to the nearest minute."""
        text = said(
            words, "row", number=self.number, who=text_of(self.name), chance=percent(self.chance)
        )
        if self.window is not None:
            near = map(nearest_minute, self.window)
            early, half, late = map(axis.moment, near)
            at = said(words, "starts_between", early=early, late=late, middle=half)
            text += ", " + (said(words, "starts", time=early) if early == late else at)
        if self.exact_us is not None:
            exact = said(words, "by_limits_at", time=axis.moment(self.exact_us))
            text = words("general.semicolon").join([text, exact])
        return text


@attrs.frozen
class Rows:
    """Where the rows of a picture stand.

    Attributes:
        bars: The speakers.
        capacity: How many numbers are heard by the limits alone; room for a line is left behind
            the last of them. None for no line.
        width: The width of the picture, in pixels.
        at_most: Whether the capacity is a bound, since a length is unknown.
        words: The texts.

    >>> rows = Rows((Bar(1, "Chile", 1.0), Bar(2, "Peru", 0.4)), 1)
    >>> rows.top(1), rows.high
    (46.0, 72.0)
    """

    bars: tuple[Bar, ...]
    capacity: int | None = None
    width: float = 960.0
    at_most: bool = False
    words: Words = attrs.field(factory=words_of)

    @cached_property
    def height(self) -> float:
        """The height of a row: less where there are many."""
        most, least = _HEIGHTS[-1]
        count = len(self.bars)
        found = next((high for many, high in _HEIGHTS if count <= many), None)
        return max(_LOWEST, most * least / count) if found is None else found

    @cached_property
    def size(self) -> float:
        """The size of the font of names."""
        return min(_LARGEST, max(_SMALLEST, round(self.height * 0.85, 1)))

    @cached_property
    def every(self) -> int:
        """Every which row has room for its label."""
        return -(-int(self.size * 110) // int(self.height * 100))

    @cached_property
    def heard(self) -> int | None:
        """Behind how many rows the line of the capacity stands."""
        if self.capacity is None or not self.bars:
            return None
        return sum(bar.number <= self.capacity for bar in self.bars)

    def top(self, at: int) -> float:
        """Where a row starts, in pixels below the first."""
        return at * self.height + (_STRIP if self.heard is not None and at >= self.heard else 0)

    @property
    def high(self) -> float:
        """The height of all rows."""
        return self.top(len(self.bars))

    @cached_property
    def numbers(self) -> float:
        """Where numbers end, in pixels."""
        return _MARGIN + max((self._wide(f"{bar.number}") for bar in self.bars), default=0.0)

    @property
    def names(self) -> float:
        """Where names start."""
        return self.numbers + _GAP

    @cached_property
    def name_room(self) -> float:
        """How wide names may be."""
        # A name much longer than the column need not be measured to its end.
        longest = max((self._wide(text_of(bar.name[:200])) for bar in self.bars), default=0.0)
        return min(_LONGEST_NAME * self.width, max(_SHORTEST_NAME, longest + 1))

    @cached_property
    def chances(self) -> float:
        """Where the texts of chances end."""
        return self.names + self.name_room + _GAP + self._wide("> 99 %")

    @cached_property
    def plot(self) -> float:
        """Where the time line starts."""
        return self.chances + 6 + _GAUGE + _GAP + 3

    def _wide(self, text: str) -> float:
        return text_width(text, self.size)

    def labels(self, top: float) -> Iterator[Label]:
        """The number, name and chance of each row that has room for them."""
        for at in range(0, len(self.bars), self.every):
            bar, size = self.bars[at], self.size
            y = top + self.top(at) + self.height / 2 + size * 0.34
            name = fitted(text_of(bar.name), size, self.name_room)
            yield Label(f"{bar.number}", self.numbers, y, size, "end", paint="muted")
            yield Label(name, self.names, y, size)
            yield Label(percent(bar.chance), self.chances, y, size, "end")

    def guides(self, top: float, right: float) -> Element:
        """Thin lines that lead the eye from names to their bands; never through a name."""
        left = number(_MARGIN if self.every == 1 else self.plot)
        ends = f"H{number(right)}"
        lines = (
            f"M{left} {number(top + self.top(at))}{ends}"
            for at in range(_GUIDE, len(self.bars), _GUIDE)
        )
        return element("path", d="".join(lines), stroke_width=0.8, **painted(stroke="line"))

    def shapes(self, top: float, axis: Axis) -> Iterator[Shape]:
        """The gauge, the band and the marks of each row."""
        high = self.height * 0.56
        for at, bar in enumerate(self.bars):
            middle_y = top + self.top(at) + self.height / 2
            upper = middle_y - high / 2
            yield from gauge(self.chances + 6, upper, _GAUGE, high, bar.chance)
            if bar.window is not None:
                early, half, late = bar.window
                yield from band(axis.parts(early, late), upper, high, bar.chance)
                yield middle(axis.x(half), upper - high * 0.2, high * 1.4)
            if bar.exact_us is not None:
                yield exact(axis.x(bar.exact_us), middle_y, max(1.5, min(5.0, high * 0.45)))

    def covers(self, top: float, axis: Axis) -> Element:
        """Unseen boxes that say what a row shows when the pointer rests on it."""
        boxes = (
            element(
                "rect",
                element("title", bar.sentence(axis, self.words)),
                x=_MARGIN,
                y=top + self.top(at),
                width=axis.right - _MARGIN,
                height=self.height,
            )
            for at, bar in enumerate(self.bars)
        )
        return element("g", *boxes, fill="none", pointer_events="all")

    @property
    def said(self) -> str:
        """What the line of the capacity says."""
        one = self.capacity == 1 and self.heard != len(self.bars)
        return said(self.words, "one_heard" if one else "some_heard", count=self._bounded)

    @property
    def _bounded(self) -> str:
        if self.heard == len(self.bars):
            return said(self.words, "at_best_all" if self.at_most else "all")
        count = f"{self.capacity}"
        return self.words("capacity.at_most", count=count) if self.at_most else count

    def line(self, top: float, axis: Axis) -> tuple[list[Element], list[Label]]:
        """The line between who is heard by the limits alone and who is not, and what it says."""
        if self.heard is None:
            return [], []
        y = top + self.heard * self.height + _STRIP / 2
        forms = self.said, said(self.words, "short_heard", count=self._bounded)
        text = shortened(forms, _SMALL, self.plot - 2 * _MARGIN, bold=True)
        label = Label(text, _MARGIN, y + 4, _SMALL, bold=True)
        if self.heard == len(self.bars):
            return [], [label]
        path = f"M{number(label.box.right + 6)} {number(y)}H{number(axis.right)}"
        paint = painted(stroke="ink")
        dashes = element("path", d=path, stroke_dasharray="7 4", stroke_width=1.4, **paint)
        return [dashes], [label]
