"""Headings, legends and what else several pictures have in common."""

from __future__ import annotations

from itertools import pairwise

import pytest

from r2psched.drawing import MARGIN, Element, element, heading, layered, legend, text_width, wrapped

LONG = "Fulfilling our collective responsibility: international assistance"


def test_long_title() -> None:
    """A title stands in as many lines as it takes, three at most, and lines of text below it."""
    labels, below = heading(f"{LONG} {LONG} {LONG}", ["Times: UTC"], 480)
    assert [label.bold for label in labels] == [True, True, True, False]
    assert labels[2].text.endswith("…")
    assert below > labels[-1].box.bottom
    for one, other in pairwise(labels):
        assert one.box.bottom <= other.box.top
        assert one.box.right <= 480 - MARGIN


def test_from_the_right() -> None:
    """A title that is read from the right ends at the right margin."""
    (label,), _ = heading("الحوار", [], 480)
    assert label.box.right == 480 - MARGIN


def test_bold_lines_are_wider() -> None:
    """What just fits a line is broken where it is bold."""
    width = text_width(LONG, 12) + 0.01
    assert wrapped(LONG, 12, width) == [LONG]
    assert len(wrapped(LONG, 12, width, bold=True)) == 2


def _square(x: float, y: float) -> list[Element]:
    return [element("rect", x=x, y=y, width=9, height=9)]


@pytest.mark.parametrize("count", [0, 1, 12])
def test_legend(count: int) -> None:
    """A legend takes as many lines as it needs, and none if there is nothing to explain."""
    shapes, labels, below = legend([("what it means", _square)] * count, 20, 100, 400)
    assert len(shapes) == len(labels) == count
    assert all(label.box.right <= 400 for label in labels)
    assert below > max((label.box.bottom for label in labels), default=99)
    assert (below == 100) == (count == 0)
    boxes = [label.box for label in labels]
    assert not any(a.overlaps(b) for a in boxes for b in boxes if a is not b)


def test_layers() -> None:
    """Shapes are drawn in the order of their paints, whatever order they come in."""
    drawn = layered(
        [("cut", element("path")), ("box", element("rect"))], {"box": {"fill": "a"}, "cut": {}}
    )
    assert [str(each) for each in drawn] == ['<g fill="a"><rect/></g>', "<g><path/></g>"]


def test_standing() -> None:
    """What must be seen first stands in bold between the title and all other lines."""
    labels, _ = heading("Dialogue", ["Times: UTC"], 480, "Cancelled")
    assert [(label.text, label.bold) for label in labels] == [
        ("Dialogue", True),
        ("Cancelled", True),
        ("Times: UTC", False),
    ]
