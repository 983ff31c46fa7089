"""The shapes of a forecast's picture, and the legend that says what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.drawing import LIGHT, Label, element, number, painted, text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from r2psched.drawing import Element, Sheet

__all__ = ["HOLLOW_BELOW", "band", "exact", "gauge", "layered", "legend", "middle"]

Shape = tuple[str, "Element"]

HOLLOW_BELOW = 0.5
_SIZE = 11.0
_LINE = 17.0
_SWATCH = 26.0
_BETWEEN = 18.0
_HIGH = 9.0
_BROAD = 11.0


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


def gauge(left: float, top: float, wide: float, high: float, chance: float) -> Iterator[Shape]:
    """Draw a chance as a bar that is filled so far."""
    yield "track", element("rect", x=left, y=top, width=wide, height=high)
    if chance:
        yield "gauge", element("rect", x=left, y=top, width=wide * chance, height=high)


def layered(shapes: Iterable[Shape]) -> list[Element]:
    """Put the shapes of each kind together, so that no mark lies under a band."""
    layers: dict[str, list[Element]] = {kind: [] for kind in _PAINTS}
    for kind, shape in shapes:
        layers[kind].append(shape)
    return [element("g", *each, **_PAINTS[kind]) for kind, each in layers.items() if each]


def legend(
    sheet: Sheet, shown: Iterable[str], left: float, top: float, right: float
) -> tuple[list[Element], list[Label], float]:
    """Draw the legend in as many lines as it takes.

    Args:
        sheet: The sheet, which holds the patterns.
        shown: The shapes that the picture shows, of "gauge", "band", "hollow", "exact",
            "reserve" and "break".
        left: Where it starts, in pixels.
        top: Where its first line starts.
        right: Where lines end.

    Returns:
        The shapes, the labels, and where the legend ends.
    """
    shapes: list[Element] = []
    labels: list[Label] = []
    x, y = left, top
    for kind in shown:
        wide = _SWATCH + 6 + text_width(_MEANINGS[kind], _SIZE)
        if x > left and x + wide > right:
            x, y = left, y + _LINE
        at = y + (_LINE - _HIGH) / 2
        shapes += _swatch(sheet, kind, x, at)
        labels.append(Label(_MEANINGS[kind], x + _SWATCH + 6, at + _HIGH, _SIZE, paint="muted"))
        x += wide + _BETWEEN
    return shapes, labels, y + _LINE


_PAINTS: dict[str, dict[str, str]] = {
    "track": painted("line"),
    "gauge": painted("gauge"),
    "band": painted("band", "band"),
    "hollow": painted("panel", "band"),
    "exact": painted("paper", "ink"),
    "middle": painted("ink"),
}
_MEANINGS = {
    "gauge": "chance to be heard",
    "band": "start in 8 of 10 cases, and its middle",
    "hollow": "rather not heard",
    "exact": "start by the limits alone",
    "reserve": "reserve",
    "break": "break",
}


def _swatch(sheet: Sheet, kind: str, x: float, y: float) -> list[Element]:
    if kind == "gauge":
        return layered(gauge(x, y, _SWATCH, _HIGH, 0.7))
    if kind in {"band", "hollow"}:
        whole = band([(x, x + _SWATCH)], y, _HIGH, 1.0 if kind == "band" else 0.0)
        return layered([*whole, middle(x + _SWATCH / 2, y - 1, _HIGH + 2)])
    if kind == "exact":
        return layered([exact(x + _SWATCH / 2, y + _HIGH / 2, 4.5)])
    return [
        element(
            "rect",
            x=x,
            y=y,
            width=_SWATCH,
            height=_HIGH,
            fill=f"url(#{sheet.name(kind)})",
            class_="stroke-hatch",
            stroke=LIGHT["hatch"],
        )
    ]
