"""Pictures as SVG: elements, texts, labels that do not collide, and an axis of time.

Whoever draws takes a `Sheet`, puts shapes and labels on it, and writes it: the same bytes for the
same picture. Colours differ in lightness, so that a picture reads in grey, by day and by night.
"""

from r2psched.drawing.axis import Axis, Stretch
from r2psched.drawing.colours import DARK, LIGHT, painted
from r2psched.drawing.elements import Element, element, escaped, number
from r2psched.drawing.grid import axis_labels, ground, patterns
from r2psched.drawing.heading import MARGIN, as_width, heading
from r2psched.drawing.labels import Box, Label, Placer, written
from r2psched.drawing.layers import Shape, gauge, layered
from r2psched.drawing.legend import SAMPLE_HIGH, SAMPLE_WIDE, legend, textured
from r2psched.drawing.sheet import Sheet
from r2psched.drawing.texts import fitted, is_right_to_left, shortened, text_width, wrapped

__all__ = [
    "DARK",
    "LIGHT",
    "MARGIN",
    "SAMPLE_HIGH",
    "SAMPLE_WIDE",
    "Axis",
    "Box",
    "Element",
    "Label",
    "Placer",
    "Shape",
    "Sheet",
    "Stretch",
    "as_width",
    "axis_labels",
    "element",
    "escaped",
    "fitted",
    "gauge",
    "ground",
    "heading",
    "is_right_to_left",
    "layered",
    "legend",
    "number",
    "painted",
    "patterns",
    "shortened",
    "text_width",
    "textured",
    "wrapped",
    "written",
]
