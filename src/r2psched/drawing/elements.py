"""Elements of a picture, written with everything escaped."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs

from r2psched.errors import InvalidValue
from r2psched.tables import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Element", "element", "escaped", "number"]

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def escaped(text: str) -> str:
    r"""Write a text so that it is nothing but text, within an element and within an attribute.

    >>> escaped('<b> & "c"\x00')
    '&lt;b&gt; &amp; &quot;c&quot;�'
    """
    return text_of(text).translate(_ENTITIES)


def number(value: float) -> str:
    """Write a length or place in pixels, to a hundredth.

    Raises:
        InvalidValue: If it is infinite or not a number.

    >>> number(12.0), number(-0.001), number(1 / 3)
    ('12', '0', '0.33')
    """
    if not math.isfinite(value):
        msg = f"expected a place in a picture, got {value}"
        raise InvalidValue(msg)
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@attrs.frozen
class Element:
    """One element; its text is its markup.

    Attributes:
        name: The name of the tag.
        attributes: Names and values, not yet escaped.
        children: Elements and texts within, the texts not yet escaped.
    """

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Element | str, ...] = ()

    def __str__(self) -> str:
        return "".join(_written(self))


def _written(drawn: Element) -> Iterator[str]:
    yield f"<{drawn.name}"
    for name, value in drawn.attributes:
        yield f' {name}="{escaped(value)}"'
    if not drawn.children:
        yield "/>"
        return
    yield ">"
    for child in drawn.children:
        if isinstance(child, str):
            yield escaped(child)
        else:
            yield from _written(child)
    yield f"</{drawn.name}>"


def element(name: str, *children: Element | str, **attributes: str | float | None) -> Element:
    """Make an element; underscores in the names of attributes stand for hyphens.

    Args:
        name: The name of the tag.
        children: Elements and texts within.
        attributes: Texts, or numbers in pixels; None leaves one out. `class_` is the class.

    >>> print(element("text", "Chile & Peru", x=1.5, text_anchor="end", fill=None))
    <text x="1.5" text-anchor="end">Chile &amp; Peru</text>
    """
    return Element(
        name,
        tuple(
            (key.rstrip("_").replace("_", "-"), value if isinstance(value, str) else number(value))
            for key, value in attributes.items()
            if value is not None
        ),
        children,
    )
