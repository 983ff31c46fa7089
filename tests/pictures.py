"""What tests read from pictures: their labels and boxes, as they stand in the file."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

from r2psched.drawing import Box, Label

__all__ = ["SVG", "TAGS", "boxes", "collisions", "labels", "parsed"]

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {
    SVG + tag
    for tag in ("svg", "title", "desc", "style", "rect", "defs", "pattern", "path", "circle", "g")
} | {f"{SVG}text"}
# Numbers in the file are rounded to a hundredth of a pixel.
_ROUNDED = 0.02


def parsed(drawing: str) -> ET.Element:
    """A picture as a parser sees it."""
    return ET.fromstring(drawing)  # noqa: S314  # our own


def labels(root: ET.Element) -> list[Label]:
    """All labels of a picture."""
    found = []
    for group in root.iter(f"{SVG}g"):
        for text in group.findall(f"{SVG}text"):
            anchor: Any = group.get("text-anchor", "start")
            if group.get("direction") == "rtl":
                anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
            found.append(
                Label(
                    text.text or "",
                    float(text.get("x", "")),
                    float(text.get("y", "")),
                    float(group.get("font-size", "")),
                    anchor,
                    bold=group.get("font-weight") == "bold",
                )
            )
    return found


def boxes(root: ET.Element) -> list[tuple[str, Box]]:
    """The boxes that say something when the pointer rests on them, each with what it says."""
    found = []
    for rect in root.iter(f"{SVG}rect"):
        said = rect.findtext(f"{SVG}title")
        if said is not None:
            x, y, wide, high = (float(rect.get(k, "")) for k in ("x", "y", "width", "height"))
            found.append((said, Box(x, y, x + wide, y + high)))
    return found


def collisions(those: list[Box]) -> list[tuple[Box, Box]]:
    """All pairs of boxes that share more than a rounding."""
    ordered = sorted(those, key=lambda box: box.top)
    found = []
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if other.top >= one.bottom - _ROUNDED:
                break
            if one.left < other.right - _ROUNDED and other.left < one.right - _ROUNDED:
                found.append((one, other))
    return found
