"""The sheet a picture is drawn on, told in words to whoever cannot see it."""

from __future__ import annotations

import zlib
from functools import cached_property

import attrs

from r2psched.drawing.colours import painted, style
from r2psched.drawing.elements import Element, element, number

__all__ = ["Sheet"]


@attrs.frozen
class Sheet:
    """A picture to be: what it is called and what it shows, in words.

    Attributes:
        title: Its name, which a screen reader says first.
        description: All that it shows, in sentences.

    >>> sheet = Sheet("A day", "One block from 10:00 to 13:00.")
    >>> sheet.write(10, 10, []).startswith('<svg xmlns="http://www.w3.org/2000/svg" id="p')
    True
    """

    title: str
    description: str

    @cached_property
    def ident(self) -> str:
        """The id of the picture: another one where other words tell another picture."""
        words = f"{self.title}\n{self.description}".encode(errors="replace")
        return f"p{zlib.crc32(words):08x}"

    def name(self, part: str) -> str:
        """The id of a part, so that several pictures can stand on one page."""
        return f"{self.ident}-{part}"

    def write(self, width: float, height: float, parts: list[Element]) -> str:
        """Write the picture as the text of an SVG file.

        Args:
            width: Its width in pixels.
            height: Its height in pixels.
            parts: What is drawn, the lowest first.
        """
        drawn = element(
            "svg",
            element("title", self.title, id=self.name("title")),
            element("desc", self.description, id=self.name("description")),
            element("style", style(self.ident)),
            element("rect", width=width, height=height, **painted("paper")),
            *parts,
            xmlns="http://www.w3.org/2000/svg",
            id=self.ident,
            role="img",
            aria_labelledby=self.name("title"),
            aria_describedby=self.name("description"),
            width=width,
            height=height,
            viewBox=f"0 0 {number(width)} {number(height)}",
            style="max-width:100%;height:auto",
            font_family="sans-serif",
        )
        return f"{drawn}\n"
