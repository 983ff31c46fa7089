"""What a page is made of, as a parser of HTML sees it."""

from __future__ import annotations

import base64
from html.parser import HTMLParser

DATA = "data:text/calendar;charset=utf-8;base64,"
_VOID = {"br", "meta"}
_DRAWN = {
    "circle",
    "defs",
    "desc",
    "g",
    "line",
    "path",
    "pattern",
    "rect",
    "style",
    "text",
    "title",
}


class Page(HTMLParser):
    """A page taken apart.

    Attributes:
        tags: Every element that begins outside a picture: its name and its attributes.
        open: The elements that have not ended.
        texts: Every text outside the style sheet.
        style: The style sheet.
    """

    def __init__(self, page: str) -> None:
        """Take a page apart."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.style = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the start of an element."""
        if "svg" in self.open:
            # How many there are rests on how many labels there is room for.
            assert tag in _DRAWN
            assert not any(name.startswith("on") or name.endswith("href") for name, _ in attrs)
        else:
            self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Take the end of an element, which is the one that began last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if self.open and self.open[-1] == "style":
            self.style += "" if "svg" in self.open else data
        else:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        """Refuse a comment: none is written."""
        raise AssertionError(data)

    @property
    def structure(self) -> list[tuple[str, tuple[str, ...]]]:
        """Every element with the names of its attributes."""
        return [(tag, tuple(given)) for tag, given in self.tags]

    @property
    def text(self) -> str:
        """All that is read, in one line."""
        return " ".join("".join(self.texts).split())

    def values(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [given[name] for _, given in self.tags if name in given]

    @property
    def headings(self) -> list[int]:
        """The levels of its headings."""
        return [int(tag[1]) for tag, _ in self.tags if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}]


def calendars(page: str) -> dict[str, bytes]:
    """Give every calendar in a page by the name of its file."""
    return {
        given["download"]: base64.b64decode(given["href"].removeprefix(DATA))
        for _, given in Page(page).tags
        if "download" in given
    }
