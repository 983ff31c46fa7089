"""The shapes of a forecast's picture, and the legend that says what they mean."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from r2psched.drawing import (
    SAMPLE_HIGH,
    SAMPLE_WIDE,
    Box,
    element,
    gauge,
    layered,
    number,
    painted,
    textured,
)
from r2psched.forecasting.saying import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from r2psched.drawing import Element, Shape, Sheet
    from r2psched.language import Words

__all__ = ["HOLLOW_BELOW", "PAINTS", "band", "exact", "middle", "samples"]

HOLLOW_BELOW = 0.5
_BROAD = 11.0
PAINTS: dict[str, dict[str, str]] = {
    "track": painted("line"),
    "gauge": painted("gauge"),
    "band": painted("band", "band"),
    "hollow": painted("panel", "band"),
    "exact": painted("paper", "ink"),
    "middle": painted("ink"),
}
"""How each shape is painted, the lowest first, so that no mark lies under a band."""


def band(
    parts: Iterable[tuple[float, float]], top: float, high: float, chance: float
) -> Iterator[Shape]:
    """Draw a window of starts, joined over breaks; hollow for who is rather not heard."""
    kind = "hollow" if chance < HOLLOW_BELOW else "band"
    past: float | None = None
    for left, right in parts:
        if past is not None:
            joint = f"M{number(past)} {number(top + high / 2)}H{number(left)}"
            yield kind, element("path", d=joint, stroke_width=2)
        past = max(right, left + 2)
        rounded = min(2.0, high / 3)
        yield kind, element("rect", x=left, y=top, width=past - left, height=high, rx=rounded)


def middle(x: float, top: float, high: float) -> Shape:
    """Draw the mark of the start that is as likely early as late."""
    wide = 3.0 if high > _BROAD else 2.0
    return "middle", element("rect", x=x - wide / 2, y=top, width=wide, height=high)


def exact(x: float, y: float, reach: float) -> Shape:
    """Draw the mark of the start if everybody takes just the limit, around a point."""
    r = number(reach)
    path = f"M{number(x - reach)} {number(y)}l{r}-{r} {r} {r}-{r} {r}z"
    return "exact", element("path", d=path)


def samples(
    sheet: Sheet, shown: Iterable[str], words: Words
) -> Iterator[tuple[str, Callable[[float, float], list[Element]]]]:
    """What the legend shows: what each shape means, and what draws a sample of it.

    Args:
        sheet: The sheet, which holds the patterns.
        shown: The shapes that the picture shows, of "gauge", "band", "hollow", "exact",
            "reserve" and "break".
        words: The texts.
    """
    for kind in shown:
        yield said(words, kind), partial(_sample, sheet, kind)


def _sample(sheet: Sheet, kind: str, x: float, y: float) -> list[Element]:
    if kind == "gauge":
        return layered(gauge(x, y, SAMPLE_WIDE, SAMPLE_HIGH, 0.7), PAINTS)
    if kind in {"band", "hollow"}:
        whole = band([(x, x + SAMPLE_WIDE)], y, SAMPLE_HIGH, 1.0 if kind == "band" else 0.0)
        return layered([*whole, middle(x + SAMPLE_WIDE / 2, y - 1, SAMPLE_HIGH + 2)], PAINTS)
    if kind == "exact":
        return layered([exact(x + SAMPLE_WIDE / 2, y + SAMPLE_HIGH / 2, 4.5)], PAINTS)
    return [textured(sheet, kind, Box(x, y, x + SAMPLE_WIDE, y + SAMPLE_HIGH))]
