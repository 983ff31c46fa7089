"""The picture of a forecast: when each speaker starts, and how likely each is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.drawing import (
    MARGIN,
    Axis,
    Box,
    Label,
    Placer,
    Sheet,
    as_width,
    axis_labels,
    element,
    fitted,
    ground,
    heading,
    layered,
    legend,
    number,
    painted,
    patterns,
    shortened,
    written,
)
from r2psched.forecasting.bars import Bar, Rows
from r2psched.forecasting.legend import HOLLOW_BELOW, PAINTS, samples
from r2psched.forecasting.saying import said
from r2psched.language import words as words_of
from r2psched.tables import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from r2psched.blocks import TimeBlock
    from r2psched.drawing import Element
    from r2psched.language import Words

__all__ = ["Bar", "picture"]

_LEADING = 18.0
_DATES = 13.0
_HOURS = 29.0
_HEAD = 36.0
_FOOT = 24.0
_AXIS_BELOW_FROM = 24


def picture(  # noqa: PLR0913  # each is one thing that the picture shows
    bars: Sequence[Bar],
    blocks: Sequence[TimeBlock],
    *,
    title: str,
    lines: Sequence[str] = (),
    reserves: Sequence[TimeBlock] = (),
    capacity: int | None = None,
    at_most: bool = False,
    now_us: int | None = None,
    width: float = 960.0,
    words: Words | None = None,
) -> str:
    """Draw when each speaker starts and how likely each is heard, as the text of an SVG file.

    Args:
        bars: A row for each speaker, in order of the list.
        blocks: The blocks of the time line; the breaks between them are drawn narrow.
        title: The heading.
        lines: What stands below it, such as the pace, what is assumed, the chance that all are
            heard; broken where they are long.
        reserves: Time set aside within the blocks.
        capacity: How many numbers of the list are heard if everybody takes just the limit; a
            line is drawn behind the last of them.
        at_most: Whether that is a bound, since a length is unknown.
        now_us: The time now, in microseconds since the epoch; drawn if it lies in the time line.
        width: The width of the picture in pixels, from 480 to 10,000.
        words: The texts; by default those in English.

    Returns:
        The picture: the same bytes for the same forecast. The time it takes and the length of
        the text grow with the number of speakers.

    Raises:
        InvalidValue: If there is no block, or the width is out of range.
        MissingExtra: If the texts are in another language than English, and the extra `i18n` is
            not installed.

    >>> from r2psched import Day
    >>> block = Day("2014-09-08", zone="UTC")("10:00-13:00")
    >>> start = block.start_us
    >>> drawn = picture([Bar(1, "Chile", 0.93, (start, start, start))], [block], title="Dialogue")
    >>> "1. Chile: heard with 93 %, starts 10:00" in drawn
    True
    """
    width = as_width(width)
    texts = words_of() if words is None else words
    rows = Rows(tuple(bars), capacity, width, at_most, texts)
    axis = Axis(blocks, rows.plot, width - MARGIN, texts.language)
    now = now_us if now_us is not None and axis.covers(now_us) else None
    sheet = Sheet(text_of(title), _words(rows, axis, lines, now))
    head, below = heading(title, lines, width)
    kinds = _kinds(rows, axis, reserves)
    keys, meanings, below = legend(samples(sheet, kinds, texts), MARGIN, below, width - MARGIN)
    top = below + _LEADING / 2
    first = top + _HEAD
    last = first + max(rows.high, _LEADING)
    foot = _FOOT if len(rows.bars) >= _AXIS_BELOW_FROM else 0.0
    placer = Placer(Box(0, 0, width, last + foot), apart=4)
    line, pill, clock = _now(axis, texts, now, top, last)
    wanted = [*head, *meanings, *rows.labels(first), *_columns(rows, axis, top)]
    rule, ruled = rows.line(first, axis)
    wanted += ruled
    placed = [found for label in [*clock, *wanted] if (found := placer.place(label)) is not None]
    placed += axis_labels(axis, placer, top + _HOURS, dates=top + _DATES)
    if foot:
        placed += axis_labels(axis, placer, last + _FOOT * 0.7)
    spans = [(each.start_us, each.end_us) for each in reserves]
    parts = [
        patterns(sheet),
        *ground(sheet, axis, first, last, spans),
        rows.guides(first, width - MARGIN),
        *rule,
        *line,
        *layered(rows.shapes(first, axis), PAINTS),
        *keys,
        *pill,
        *written(placed),
        rows.covers(first, axis),
    ]
    return sheet.write(width, last + foot + MARGIN, parts)


def _words(rows: Rows, axis: Axis, lines: Sequence[str], now: int | None) -> str:
    """Say all that the picture shows, for whoever cannot see it."""
    told = [text_of(line).rstrip(".") for line in lines]
    words = rows.words
    blocks = words("general.semicolon").join(
        said(words, "block", start=axis.moment(each.start_us), end=each.clock(each.end_us))
        for each in axis.blocks
    )
    told.append(said(words, "blocks", zone=axis.zones, blocks=blocks))
    if now is not None:
        told.append(said(words, "now_is", time=axis.moment(now)))
    if rows.heard is not None:
        told.append(rows.said)
    told += [bar.sentence(axis, words) for bar in rows.bars] or [said(words, "nobody")]
    return ". ".join(filter(None, told)) + "."


def _kinds(rows: Rows, axis: Axis, reserves: Sequence[TimeBlock]) -> list[str]:
    """The shapes there are, which the legend explains."""
    shown_bars = [bar for bar in rows.bars if bar.window is not None]
    there = {
        "gauge": bool(rows.bars),
        "band": any(bar.chance >= HOLLOW_BELOW for bar in shown_bars),
        "hollow": any(bar.chance < HOLLOW_BELOW for bar in shown_bars),
        "exact": any(bar.exact_us is not None for bar in rows.bars),
        "reserve": bool(reserves),
        "break": bool(axis.breaks),
    }
    return [kind for kind, is_there in there.items() if is_there]


def _columns(rows: Rows, axis: Axis, top: float) -> Iterator[Label]:
    """What stands above and beside the rows: the zone and the heads of the columns."""
    room = rows.plot - 2 * MARGIN
    words = rows.words
    zones = shortened((said(words, "times", zone=axis.zones), axis.zones), 11, room)
    yield Label(zones, MARGIN, top + _DATES, paint="muted")
    if not rows.bars:
        yield Label(fitted(said(words, "nobody"), 11, room), MARGIN, top + _HEAD + 13)
        return
    yield Label(said(words, "speaker"), rows.names, top + _HOURS, paint="muted")
    yield Label(said(words, "heard"), rows.chances, top + _HOURS, anchor="end", paint="muted")


def _now(
    axis: Axis, words: Words, now: int | None, top: float, last: float
) -> tuple[list[Element], list[Element], list[Label]]:
    """The line of the time now, the box its label stands on, and the label."""
    if now is None:
        return [], [], []
    x, y = axis.x(now), top + _HOURS
    text = said(words, "now", time=axis.block_at(now).clock(now))
    label = Label(text, x, y, 11, "middle", bold=True, paint="paper")
    half = (label.box.right - label.box.left) / 2 + 4
    at = min(max(x, axis.left + half), axis.right - half)
    label = Label(text, at, y, 11, "middle", bold=True, paint="paper")
    line = element(
        "path",
        d=f"M{number(x)} {number(y + 4)}V{number(last)}",
        stroke_width=1.6,
        **painted(stroke="ink"),
    )
    box = element(
        "rect", x=at - half, y=y - 11.5, width=2 * half, height=16, rx=3, **painted("ink")
    )
    return [line], [box], [label]
