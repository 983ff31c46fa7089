"""What a calendar server lists: its XML, read as it comes from somebody nobody need trust."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LISTING", "Listed", "as_etag", "conditions_in", "listed", "reason_in"]

LISTING = (
    b'<?xml version="1.0" encoding="utf-8"?>'
    b'<propfind xmlns="DAV:"><prop><getetag/><resourcetype/></prop></propfind>'
)
_DEEPEST = 32
_LONGEST = 4000
_ERROR = re.compile(r"\s*(?:<\?[^>]{0,200}>\s*)?<(?:[\w-]{1,50}:)?error\b")
_ETAG = re.compile(r'(?:W/)?("?[\x21\x23-\x7e]{1,1000}"?)')


@attrs.frozen
class Listed:
    """One resource of a collection.

    Attributes:
        name: Its name, the last part of its path.
        etag: Its version, or "" if the server gives none that can be used.
        is_collection: Whether it holds others.
        status: What the server says of it as a whole, such as 404, or None.
    """

    name: str
    etag: str
    is_collection: bool
    status: int | None


def as_etag(told: str | None) -> str:
    """Take the version of a resource, as it is sent back to the server; "" if there is none.

    A weak one loses its mark: a server compares it by the strong one, or says no.

    Source:
        RFC 9110, 8.8.3 and 13.1.1.

    >>> as_etag('W/"63-5f"')
    '"63-5f"'
    """
    found = _ETAG.fullmatch((told or "").strip())
    return "" if found is None else found[1]


def listed(octets: bytes) -> list[Listed]:
    """Read the answer to a PROPFIND: a DAV:multistatus.

    Args:
        octets: The answer, at most as long as memory may hold.

    Raises:
        ValueError: If it is no such answer, declares a document type (whose entities could grow
            without end), or is nested deeper than any answer is.

    >>> listed(
    ...     b'<multistatus xmlns="DAV:"><response><href>/c/a.ics</href></response></multistatus>'
    ... )
    [Listed(name='a.ics', etag='', is_collection=False, status=None)]
    """
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = reader.doctype
    try:
        parser.Parse(octets, True)  # noqa: FBT003  # expat takes it by position only
    except expat.ExpatError as error:
        msg = f"it is not XML: {error}"
        raise ValueError(msg) from error
    if not reader.is_listing:
        msg = "it is no DAV:multistatus"
        raise ValueError(msg)
    return reader.found


class _Reader:
    """Gathers the resources while the parser goes through the answer."""

    def __init__(self) -> None:
        self.found: list[Listed] = []
        self.is_listing = False
        self._path: list[str] = []
        self._texts: dict[str, str] = {}
        self._text: list[str] = []

    def doctype(self, *_: object) -> None:
        msg = "it declares a document type, which no calendar server needs"
        raise ValueError(msg)

    def start(self, name: str, _: Mapping[str, str]) -> None:
        self._path.append(name.removeprefix("DAV: "))
        if len(self._path) > _DEEPEST:
            msg = f"it is nested deeper than {_DEEPEST} elements"
            raise ValueError(msg)
        if self._path == ["multistatus"]:
            self.is_listing = True
        if self._path == ["multistatus", "response"]:
            self._texts = {}
        self._text = []

    def text(self, text: str) -> None:
        self._text.append(text)

    def end(self, _: str) -> None:
        match self._path:
            case ["multistatus", "response", "href" | "status" as what]:
                self._texts[what] = "".join(self._text)
            case ["multistatus", "response", "propstat", "prop", "getetag" as what]:
                self._texts[what] = "".join(self._text)
            case ["multistatus", "response", "propstat", "prop", "resourcetype", "collection"]:
                self._texts["collection"] = ""
            case ["multistatus", "response"]:
                self.found.append(_resource(self._texts))
        self._path.pop()
        self._text = []


def _resource(texts: Mapping[str, str]) -> Listed:
    href = texts.get("href", "").strip()
    try:
        # A relative path may hold a colon, as Xandikos writes it: that is no scheme.
        path = urlsplit(href).path if "://" in href else re.split("[?#]", href, maxsplit=1)[0]
    except ValueError:
        path = ""
    status = re.search(r" ([1-5][0-9]{2})\b", texts.get("status", "")[:100])
    return Listed(
        name=unquote(path.rstrip("/").rpartition("/")[2]),
        etag=as_etag(texts.get("getetag")),
        is_collection="collection" in texts or path.endswith("/"),
        status=None if status is None else int(status[1]),
    )


def conditions_in(octets: bytes) -> tuple[str, ...]:
    """Find what an object has to fulfil and did not, by the names in a DAV:error.

    Source:
        RFC 4918, 16; RFC 4791, 5.3.2.1.

    >>> conditions_in(b'<error xmlns="DAV:"><C:valid-calendar-data xmlns:C="x"/></error>')
    ('valid-calendar-data',)
    """
    text = octets[:_LONGEST].decode("utf-8", "replace")
    if _ERROR.match(text) is None:
        return ()
    return tuple(re.findall(r"<(?:[\w-]{1,50}:)?([\w-]{1,100})[^<>]{0,500}/>", text))


def reason_in(octets: bytes) -> str:
    """Find the words in which a server refuses, in the plain text, HTML or XML of its answer.

    >>> reason_in(b"<html><head><title>x</title></head><h1>No.</h1></html>")
    'No.'
    """
    text = octets[:_LONGEST].decode("utf-8", "replace")
    words = re.sub(r"<[^<>]*>", " ", re.sub(r"(?is)<(style|head)\b.*?</\1>", " ", text))
    return ": ".join([*conditions_in(octets), " ".join(words.split())]).removesuffix(": ")
