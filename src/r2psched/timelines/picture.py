"""The picture of a programme: its days, rooms and sessions on one scale of the clock."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from r2psched.drawing import (
    MARGIN,
    SAMPLE_HIGH,
    SAMPLE_WIDE,
    Axis,
    Box,
    Label,
    Placer,
    Sheet,
    as_width,
    axis_labels,
    gauge,
    heading,
    layered,
    legend,
    patterns,
    text_width,
    textured,
    wrapped,
    written,
)
from r2psched.errors import InvalidValue
from r2psched.language import capitalised, date_forms, dates_told
from r2psched.tables import fitted, text_of
from r2psched.timelines.days import clock, dates_of, day_rows
from r2psched.timelines.rows import PAINTS, Rows, cut, open_reserve
from r2psched.timelines.telling import Teller

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from r2psched.drawing import Element
    from r2psched.language import Words
    from r2psched.timelines.days import DayRow
    from r2psched.timelines.values import Bar

__all__ = ["timeline"]

_SMALL = 11.0
_DATE = 12.0
_COLUMN = 0.2  # of the picture
_GAP = 12.0
_LINE = 15.0
_MOST = 3
_LONGEST = 200
_SHORTEST_DATE = 2


def timeline(  # noqa: PLR0913  # each is one thing that the picture shows
    bars: Iterable[Bar],
    *,
    title: str,
    words: Words,
    standing: str = "",
    dates: Iterable[dt.date] = (),
    lines: Sequence[str] = (),
    headed: bool = True,
    width: float = 960.0,
) -> str:
    """Draw days as rows, rooms as lanes and sessions as boxes, as the text of an SVG file.

    All days have one scale, so that ten o'clock stands above ten o'clock; hours in which nothing
    ever happens are drawn narrow. A box without room for its title has a number, and the key below
    its day says what it means. Sessions of one room that overlap have lanes of their own.

    Args:
        bars: The sessions, as they are listed.
        title: The heading.
        words: The texts of the language.
        standing: What must be seen first, such as that the meeting is cancelled.
        dates: Further dates on which it meets.
        lines: What stands below it, such as where it is.
        headed: Whether heading and lines are drawn; they are in its words in any case.
        width: The width of the picture in pixels, from 480 to 10,000.

    Returns:
        The picture: the same bytes for the same sessions. The time it takes and the length of the
        text grow with the number of sessions.

    Raises:
        InvalidValue: If no session has a time, or the width is out of range.

    >>> from r2psched import Day
    >>> from r2psched.language import words
    >>> from r2psched.timelines import Bar, Block
    >>> block = Block(Day("2014-09-08", zone="UTC")("10:00-13:00"))
    >>> drawn = timeline([Bar("Panel", (block,))], title="Dialogue", words=words("en"))
    >>> "Monday 8 September 2014. 10:00–13:00 Panel." in drawn
    True
    """
    width, bars = as_width(width), tuple(bars)
    days = day_rows(bars)
    if not days:
        msg = "expected at least one session with a time to draw, got none: give a session its time"
        raise InvalidValue(msg)
    teller = Teller(words)
    rooms = list(dict.fromkeys(room.room for day in days for room in day.rooms))
    held = dates_told([*((day, day) for day in dates), *_held(bars)], words)
    lines = [capitalised(held), *_places(rooms, lines), words("sitting.times", zone=_zones(bars))]
    sheet = Sheet(text_of(title), teller.description(days, [standing, *lines]))
    head, below = heading(title, lines, width, standing) if headed else ([], 0.0)
    left = MARGIN + _column(days, rooms, width, words.language)
    axis = Axis(clock(days), left, width - MARGIN, words.language)
    keys, meanings, below = legend(
        _samples(sheet, days, axis, words), MARGIN, below, width - MARGIN
    )
    rows = Rows(sheet, axis, teller, below)
    row_dates = _dates(days, left - MARGIN - _GAP, words.language)
    for day, date in zip(days, row_dates, strict=True):
        rows.draw(day, date if len(days) > 1 else "", named=len(rooms) > 1)
    notes, below = _notes(bars, rows.bottom, width)
    placer = Placer(Box(0, 0, width, below))
    labels = [*head, *meanings, *rows.labels, *notes]
    placed = [found for label in labels if (found := placer.place(label)) is not None]
    for hours in rows.hours:
        placed += axis_labels(axis, placer, hours)
    parts = [patterns(sheet), *rows.ground, *layered(rows.shapes, PAINTS), *keys]
    return sheet.write(width, below + MARGIN, [*parts, *written(placed), rows.covers])


def _held(bars: Iterable[Bar]) -> Iterator[tuple[dt.date, dt.date]]:
    return (dates_of(block.time) for bar in bars for block in bar.blocks)


def _places(rooms: Sequence[str], lines: Sequence[str]) -> Iterator[str]:
    """Where it is."""
    where = [*rooms, *lines] if len(rooms) == 1 else lines
    if told := ", ".join(text_of(each) for each in where if each):
        yield told


def _zones(bars: Iterable[Bar]) -> str:
    return ", ".join(dict.fromkeys(block.time.zone for bar in bars for block in bar.blocks))


def _column(days: Sequence[DayRow], rooms: Iterable[str], width: float, language: str) -> float:
    """How wide the column of dates and rooms is."""
    names = [fitted(text_of(room), _LONGEST) for room in rooms]
    names = names if len(names) > 1 else []
    wide = [text_width(name, _SMALL) for name in names]
    if len(days) > 1:
        short = (date_forms(day.date, language)[_SHORTEST_DATE] for day in days)
        wide += [text_width(date, _DATE, bold=True) for date in short]
    return min(max(wide) + _GAP, _COLUMN * width) if wide else 0.0


def _dates(days: Sequence[DayRow], room: float, language: str) -> list[str]:
    """The dates of the rows, all in the longest form that fits beside them."""
    told = [
        list(map(capitalised, date_forms(day.date, language)[: _SHORTEST_DATE + 1])) for day in days
    ]
    for forms in zip(*told, strict=True):
        if all(text_width(date, _DATE, bold=True) <= room for date in forms):
            return list(forms)
    return [forms[-1] for forms in told]


def _notes(bars: Iterable[Bar], top: float, width: float) -> tuple[list[Label], float]:
    """What stands below all days: what the counts rest on."""
    labels: list[Label] = []
    for note in dict.fromkeys(note for bar in bars for note in bar.notes):
        for line in wrapped(note, _SMALL, width - 2 * MARGIN, _MOST):
            top += _LINE
            labels.append(Label(line, MARGIN, top, _SMALL, paint="muted"))
    return labels, top + _LINE / 3


def _samples(
    sheet: Sheet, days: Sequence[DayRow], axis: Axis, words: Words
) -> Iterator[tuple[str, Callable[[float, float], list[Element]]]]:
    """What the legend explains: each thing that the picture shows."""
    pieces = [piece for day in days for piece in day.pieces]
    reserves = {start == end for piece in pieces for start, end in piece.block.reserves}
    fillings = [piece.block.filling for piece in pieces if piece.block.filling is not None]
    there = {
        "break": bool(axis.breaks) or any(piece.bar.is_break for piece in pieces),
        "reserve": False in reserves,
        "open_reserve": True in reserves,
        "floor": bool(fillings),
        "taken": any(filling.until_us is not None for filling in fillings),
        "cut_line": any(filling.cut is not None for filling in fillings),
    }
    for kind, is_there in there.items():
        if is_there:
            yield words(f"picture.{kind}"), partial(_sample, sheet, kind)


def _sample(sheet: Sheet, kind: str, x: float, y: float) -> list[Element]:
    box = Box(x, y, x + SAMPLE_WIDE, y + SAMPLE_HIGH)
    if kind in {"break", "reserve"}:
        return [textured(sheet, kind, box)]
    if kind == "open_reserve":
        return layered(open_reserve(sheet, box), PAINTS)
    part = {"floor": 0.0, "taken": 1.0, "cut_line": 0.5}[kind]
    shapes = [*gauge(x, y, SAMPLE_WIDE, SAMPLE_HIGH, part)]
    if kind == "cut_line":
        shapes.append(cut(x + SAMPLE_WIDE / 2, box))
    return layered(shapes, PAINTS)
