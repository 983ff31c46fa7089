"""Shapes sorted into layers, those of one kind painted together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.drawing.elements import element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from r2psched.drawing.elements import Element

__all__ = ["Shape", "gauge", "layered"]

Shape = tuple[str, "Element"]


def gauge(left: float, top: float, wide: float, high: float, part: float) -> Iterator[Shape]:
    """Draw a part of one as a bar that is filled so far: a "track", and on it a "gauge"."""
    yield "track", element("rect", x=left, y=top, width=wide, height=high)
    if part:
        yield "gauge", element("rect", x=left, y=top, width=wide * part, height=high)


def layered(shapes: Iterable[Shape], paints: Mapping[str, Mapping[str, str]]) -> list[Element]:
    """Put the shapes of each kind together.

    Args:
        shapes: Each shape with its kind.
        paints: How each kind is painted, the lowest first.
    """
    layers: dict[str, list[Element]] = {kind: [] for kind in paints}
    for kind, shape in shapes:
        layers[kind].append(shape)
    return [element("g", *each, **paints[kind]) for kind, each in layers.items() if each]
