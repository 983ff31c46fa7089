"""The structure of a mail: header fields and the tree of its parts, in linear time and bounded.

Python's own reader of mail recurses into every multipart and looks at each line once for every
level, so that a hostile mail holds it up or overflows its stack. This one goes by octets, splits
the outermost multipart first, and refuses what no honest mail has.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

import attrs

from r2psched.errors import Fault, InvalidInput, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["OCTETS_AT_MOST", "Entity", "leaves", "parse", "refuse"]

OCTETS_AT_MOST = 4 * 2**20
HEADER_AT_MOST = 256 * 2**10
FIELDS_AT_MOST = 1000
DEPTH_AT_MOST = 8
PARTS_AT_MOST = 200
DELIMITERS_AT_MOST = 5000
BOUNDARY_AT_MOST = 200

_HEADER_END = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*)", re.DOTALL)
_AFTER_BOUNDARY = re.compile(rb"(--)?[ \t]*+(?:\r?\n|\Z)")
_KIND = re.compile(r"\s*([^\s;/(]+/[^\s;/(]++)(?!/)")
_PARAMETER = re.compile(
    r';\s*+([^\s=;"]++)\s*+=\s*+(?:"((?:[^"\\]|\\.)*+)("?)|([^\s;"]*+))', re.DOTALL
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ONCE = ("content-type", "content-transfer-encoding", "content-disposition")


@attrs.frozen
class Entity:
    """A mail, or a part of one.

    Attributes:
        head: The octets of its header.
        fields: Name in small letters and unfolded text of each header field.
        kind: Its media type in small letters, such as "text/calendar".
        parameters: The parameters of its media type, names in small letters.
        body: Its octets, still in their transfer encoding; empty for a multipart.
        parts: The parts of a multipart.
    """

    head: bytes
    fields: tuple[tuple[str, str], ...]
    kind: str
    parameters: dict[str, str]
    body: bytes
    parts: tuple[Entity, ...] = ()

    def all(self, name: str) -> tuple[str, ...]:
        """The texts of the fields of one name."""
        return tuple(text for found, text in self.fields if found == name)

    def first(self, name: str) -> str:
        """The text of the first field of one name; empty where there is none."""
        return next(iter(self.all(name)), "")

    def disposition(self) -> tuple[str, dict[str, str]]:
        """How it is to be shown, such as "attachment", and the parameters of that."""
        text = self.first("content-disposition")
        word, _, _ = text.partition(";")
        return word.strip().lower(), _parameters(text, len(word))


def parse(data: bytes) -> Entity:
    r"""Read the structure of a mail.

    A message within the message is a part like any other and is not looked into: what it holds was
    sent by somebody else to somebody else.

    Args:
        data: The octets of the mail.

    Returns:
        The mail, a tree of parts.

    Raises:
        InvalidInput: If it is larger, longer or deeper than an honest mail, or ambiguous.

    Source:
        RFC 5322 section 2; RFC 2045 section 5; RFC 2046 section 5.1.

    Examples:
        >>> parse(b"Subject: Hello\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nWorld").kind
        'text/plain'
    """
    if len(data) > OCTETS_AT_MOST:
        refuse("the mail", f"it has {len(data)} octets, {OCTETS_AT_MOST} at most")
    return _Reader().entity(data, 0)


def leaves(
    entity: Entity, parent: Entity | None = None, first: int = 1
) -> Iterator[tuple[int, Entity, Entity | None]]:
    """Yield each part that is no multipart, with its number from 1 and the multipart around it."""
    if not entity.kind.startswith("multipart/"):
        yield first, entity, parent
        return
    for part in entity.parts:
        for found in leaves(part, entity, first):
            yield found
            first = found[0] + 1


def refuse(place: str, message: str) -> NoReturn:
    """Refuse a mail.

    Raises:
        InvalidInput: Always.
    """
    raise InvalidInput([Fault(place, message)])


class _Reader:
    """Counts what it meets, so that all of one mail has one limit."""

    def __init__(self) -> None:
        self.parts = 0
        self.delimiters = 0

    def entity(self, data: bytes, depth: int) -> Entity:
        """Read a mail or a part."""
        head, body = _halves(data)
        fields = tuple(_fields(head))
        for name in _ONCE:
            if sum(found == name for found, _ in fields) > 1:
                refuse("the header", f"{name} stands twice")
        stated = next((text for name, text in fields if name == "content-type"), "")
        kind, parameters = _media_type(stated)
        if not kind.startswith("multipart/"):
            self.parts += 1
            if self.parts > PARTS_AT_MOST:
                refuse("the mail", f"it has more than {PARTS_AT_MOST} parts")
            return Entity(head, fields, kind, parameters, body)
        if depth == DEPTH_AT_MOST:
            refuse("the mail", f"its parts stand more than {DEPTH_AT_MOST} deep")
        pieces = self._pieces(body, _boundary(parameters))
        parts = tuple(self.entity(piece, depth + 1) for piece in pieces)
        return Entity(head, fields, kind, parameters, b"", parts)

    def _pieces(self, body: bytes, boundary: bytes) -> Iterator[bytes]:
        """Yield what stands between the delimiter lines; the last one may lack its end."""
        body = b"\n" + body
        mark = b"\n--" + boundary
        begin = None
        at = body.find(mark)
        while at != -1:
            self.delimiters += 1
            if self.delimiters > DELIMITERS_AT_MOST:
                refuse("the mail", f"boundaries begin more than {DELIMITERS_AT_MOST} lines")
            following = at + len(mark)
            if after := _AFTER_BOUNDARY.match(body, following):
                if begin is not None:
                    yield body[begin:at].removesuffix(b"\r")
                if after[1]:
                    return
                begin = after.end()
                following = begin - 1  # the end of this line may begin the next delimiter
            at = body.find(mark, following)
        if begin is not None:
            yield body[begin:]


def _halves(data: bytes) -> tuple[bytes, bytes]:
    if data.startswith((b"\n", b"\r\n")):
        return b"", data[data.index(b"\n") + 1 :]
    end = _HEADER_END.search(data, 0, HEADER_AT_MOST)
    if end:
        return data[: end.start()], data[end.end() :]
    if len(data) > HEADER_AT_MOST:
        refuse("the header", f"it has more than {HEADER_AT_MOST} octets")
    return data, b""


def _fields(head: bytes) -> Iterator[tuple[str, str]]:
    lines: list[bytes] = []
    count = 0
    for line in [*head.split(b"\n"), b""]:
        if line[:1] in {b" ", b"\t"} and lines:
            lines.append(line.removesuffix(b"\r"))
            continue
        if found := _FIELD.fullmatch(b"".join(lines)):
            count += 1
            if count > FIELDS_AT_MOST:
                refuse("the header", f"it has more than {FIELDS_AT_MOST} fields")
            yield found[1].decode("ascii").lower(), _text(found[2]).strip()
        lines = [line.removesuffix(b"\r")]


def _text(octets: bytes) -> str:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("latin-1")


def _media_type(text: str) -> tuple[str, dict[str, str]]:
    found = _KIND.match(text)
    if not found:
        return "text/plain", {}
    return found[1].lower(), _parameters(text, found.end())


def _parameters(text: str, at: int) -> dict[str, str]:
    parameters: dict[str, str] = {}
    while (at := text.find(";", at)) != -1:
        found = _PARAMETER.match(text, at)
        if not found:
            at += 1
            continue
        at = found.end()
        name, quoted, close, plain = found[1].lower(), found[2], found[3], found[4]
        if quoted is not None and not close:
            refuse("the header", f"the quotation of the parameter {shown(name)} has no end")
        if name in parameters:
            refuse("the header", f"the parameter {shown(name)} stands twice")
        parameters[name] = plain if quoted is None else _ESCAPED.sub(r"\1", quoted)
    return parameters


def _boundary(parameters: dict[str, str]) -> bytes:
    text = parameters.get("boundary", "")
    if not text or len(text) > BOUNDARY_AT_MOST or not (text.isascii() and text.isprintable()):
        expected = f"1 to {BOUNDARY_AT_MOST} characters of ASCII"
        refuse("the header", f"expected a boundary of {expected}, got {shown(text)}")
    return text.encode("ascii")
