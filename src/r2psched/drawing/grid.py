"""What stands behind a time line: blocks, hatched breaks, lines and labels of the axis."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from r2psched.drawing.colours import painted
from r2psched.drawing.elements import Element, element, number
from r2psched.drawing.labels import Label
from r2psched.language.dates import date_forms

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from r2psched.drawing.axis import Axis, Stretch
    from r2psched.drawing.labels import Placer
    from r2psched.drawing.sheet import Sheet

__all__ = ["axis_labels", "ground", "patterns"]

_HATCH = 5.0
_DOTS = 4.0
_SMALL = 11.0


def patterns(sheet: Sheet) -> Element:
    """Make what breaks are hatched with and reserves dotted, as parts of a sheet."""
    hatch = element(
        "pattern",
        element("rect", width=_HATCH, height=_HATCH, **painted("panel")),
        element("path", d=f"M0 0V{_HATCH:g}", stroke_width=2.4, **painted(stroke="hatch")),
        id=sheet.name("break"),
        width=_HATCH,
        height=_HATCH,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
    dots = element(
        "pattern",
        element("rect", width=_DOTS, height=_DOTS, **painted("paper")),
        element("circle", cx=_DOTS / 2, cy=_DOTS / 2, r=0.9, **painted("muted")),
        id=sheet.name("reserve"),
        width=_DOTS,
        height=_DOTS,
        patternUnits="userSpaceOnUse",
    )
    return element("defs", hatch, dots)


def ground(
    sheet: Sheet,
    axis: Axis,
    top: float,
    bottom: float,
    reserves: Iterable[tuple[int, int]] = (),
) -> list[Element]:
    """Draw blocks as panels with lines at round times, breaks hatched and reserves dotted.

    Args:
        sheet: The sheet, which holds the patterns.
        axis: Where instants are drawn.
        top: Where the panels start, in pixels.
        bottom: Where they end.
        reserves: Starts and ends of time that is set aside, in microseconds since the epoch.
    """
    high = bottom - top

    def filled(left: float, right: float, fill: dict[str, str]) -> Element:
        return element("rect", x=left, y=top, width=right - left, height=high, **fill)

    def line(x: float, paint: str) -> Element:
        return element(
            "path", d=f"M{number(x)} {number(top)}V{number(bottom)}", **painted(stroke=paint)
        )

    return [
        *(filled(each.left, each.right, painted("panel")) for each in axis.blocks),
        *(
            filled(left, right, {"fill": f"url(#{sheet.name('reserve')})"})
            for start, end in reserves
            for left, right in axis.parts(start, end)
        ),
        *(
            filled(each.left, each.right, {"fill": f"url(#{sheet.name('break')})"})
            for each in axis.breaks
        ),
        *(line(axis.x(us), "line") for _, us in axis.ticks()),
        *(line(x, "hatch") for each in axis.blocks for x in (each.left, each.right)),
    ]


def axis_labels(
    axis: Axis, placer: Placer, hours: float, dates: float | None = None
) -> list[Label]:
    """Choose labels of the axis that meet nothing: dates, starts and ends, then round times.

    Args:
        axis: Where instants are drawn.
        placer: Gives them room.
        hours: The line that times stand on, in pixels.
        dates: The line that dates stand on; None for no dates.
    """

    def clock(block: Stretch, us: int, anchor: Literal["start", "middle", "end"]) -> Label:
        return Label(block.clock(us), axis.x(us), hours, _SMALL, anchor, paint="muted")

    wanted = [
        *([] if dates is None else _date_labels(axis, dates)),
        *(clock(each, each.start_us, "start") for each in axis.blocks),
        *(clock(each, each.end_us, "end") for each in axis.blocks),
        *(clock(each, us, "middle") for each, us in axis.ticks()),
    ]
    return [found for label in wanted if (found := placer.place(label)) is not None]


def _date_labels(axis: Axis, y: float) -> list[Label]:
    """Label each date where it begins, all in the longest form that all have room for."""
    starts: list[tuple[dt.date, float]] = []
    moments = [(e, e.start_us) for e in axis.blocks]
    midnights = [(e, us) for e, us in axis.ticks() if e.local(us).hour == e.local(us).minute == 0]
    for block, us in sorted([*moments, *midnights], key=_moment):
        day = block.local(us).date()
        if not starts or day != starts[-1][0]:
            starts.append((day, axis.x(us)))
    lefts = [x for _, x in starts]
    rooms = [right - left for left, right in pairwise([*lefts, axis.right + _SMALL])]
    *forms, shortest = range(len(date_forms(starts[0][0], axis.language)))
    for form in forms:
        labels = [_date_label(date_forms(day, axis.language)[form], x, y) for day, x in starts]
        wide = [label.box.right - label.box.left for label in labels]
        if all(w <= room - _SMALL for w, room in zip(wide, rooms, strict=True)):
            return labels
    # A bare day says little without its month; the days behind that have no room are left out.
    months = [(day.year, day.month) for day, _ in starts]
    return [
        _date_label(date_forms(day, axis.language)[shortest - (month != before)], x, y)
        for (day, x), month, before in zip(starts, months, [None, *months], strict=False)
    ]


def _date_label(text: str, x: float, y: float) -> Label:
    return Label(text, x, y, _SMALL + 1, bold=True)


def _moment(each: tuple[Stretch, int]) -> int:
    return each[1]
