"""From octets to content lines and components, noting on the way what is wrong with the octets.

This reader is the lint's own: strict in what it notes, and unable to fail. Its work is linear in
the size of the file, and bounded: see the limits below.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import attrs

from r2psched.errors import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Note = Callable[[str, str, str], None]

__all__ = ["Component", "Property", "read"]

OCTETS_AT_MOST = 16 * 2**20
LINES_AT_MOST = 500_000
DEPTH_AT_MOST = 8
LINE_AT_MOST = 75

_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_NAME = re.compile(r"[A-Za-z0-9-]+(:)?")
_VALUE = r'(?:"[^"]*+"|[^";:,]*+)'
_PARAMETER = re.compile(rf";([A-Za-z0-9-]+)=({_VALUE}(?:,{_VALUE})*+)")
_PARAMETER_VALUE = re.compile(r'"([^"]*)"|([^",]+)')


@attrs.frozen
class Property:
    """One content line: name and parameter names in capitals, the value as it stands."""

    name: str
    line: int
    parameters: dict[str, tuple[str, ...]]
    value: str

    def parameter(self, name: str) -> str | None:
        """The first value of a parameter, or None where it doesn't stand."""
        return self.parameters.get(name, (None,))[0]


@attrs.define
class Component:
    """A component, which of its kind in the file it is, and what it holds."""

    name: str
    line: int
    number: int
    properties: list[Property] = attrs.Factory(list)
    components: list[Component] = attrs.Factory(list)

    def all(self, name: str) -> list[Property]:
        """The properties of one name."""
        return [found for found in self.properties if found.name == name]

    def first(self, name: str) -> Property | None:
        """The first property of one name."""
        return next((found for found in self.properties if found.name == name), None)

    def place(self, found: Property | None = None) -> str:
        """Where the component, or a property of it, stands: what a finding gives as its place."""
        label = self.name if self.name == "VCALENDAR" else f"{self.name} {self.number}"
        if found is None:
            return f"line {self.line} ({label})"
        return f"line {found.line} ({label}): {found.name}"


def read(data: bytes, note: Note) -> list[Component]:
    """Read a file into its outermost components.

    Args:
        data: The octets of the file.
        note: Called with code, place and message for each thing that is wrong.

    Returns:
        The outermost components, one VCALENDAR in a sound file.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        note("bom", "line 1", "the file begins with a byte order mark")
        data = data[3:]
    if len(data) > OCTETS_AT_MOST:
        message = f"the file has {len(data)} octets, and only {OCTETS_AT_MOST} are examined"
        note("too-large", "the file", message)
        data = data[:OCTETS_AT_MOST]
    return _Tree(note).grow(_content_lines(data, note))


def _content_lines(data: bytes, note: Note) -> Iterator[tuple[int, str]]:
    """Unfold: yield each content line with the number of the line it begins on."""
    begun, parts = 0, list[bytes]()
    for number, line in _physical_lines(data, note):
        if line[0] in b" \t" and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield begun, _decoded(begun, parts, note)
        begun, parts = number, [line]
    if parts:
        yield begun, _decoded(begun, parts, note)


def _physical_lines(data: bytes, note: Note) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that hold anything, without their ends, each with its number."""
    lines = data.split(b"\n", LINES_AT_MOST)
    if len(lines) > LINES_AT_MOST:
        message = f"the file has more than {LINES_AT_MOST} lines, and only those are examined"
        note("too-large", "the file", message)
    elif lines[-1]:
        note("line-end", f"line {len(lines)}", "the last line has no line end")
        lines.append(b"")
    for number, raw in enumerate(lines[:-1], start=1):
        place = f"line {number}"
        line = raw.removesuffix(b"\r")
        if line == raw and number < len(lines) - 1:
            note("line-end", place, "the line ends in LF alone, not in CRLF")
        if len(line) > LINE_AT_MOST:
            note("line-long", place, f"the line has {len(line)} octets, {LINE_AT_MOST} at most")
        if control := _CONTROL.search(line):
            note("control", place, f"there is a control character, 0x{control[0][0]:02X}")
        if line:
            yield number, line
        else:
            note("line-blank", place, "the line is empty")


def _decoded(number: int, parts: list[bytes], note: Note) -> str:
    line = b"".join(parts)
    if line.isascii():
        return line.decode("ascii")
    try:
        text = line.decode("utf-8")
        # A part that begins with a continuation octet begins within a character.
        if any(part and part[0] & 0xC0 == 0x80 for part in parts[1:]):  # noqa: PLR2004
            note("fold-split", f"line {number}", "a fold stands within a character")
    except UnicodeDecodeError as error:
        note("encoding", f"line {number}", f"the line is not UTF-8: {error.reason}")
        text = line.decode("utf-8", "replace")
    return text


class _Tree:
    """Components being put together from content lines."""

    def __init__(self, note: Note) -> None:
        self.note = note
        self.outermost: list[Component] = []
        self.open: list[Component] = []
        self.skipped = 0
        self.numbers: Counter[str] = Counter()

    def grow(self, lines: Iterator[tuple[int, str]]) -> list[Component]:
        """Read all lines and give the outermost components."""
        for number, line in lines:
            found = self._property(number, line)
            if found is None:
                continue
            if found.name == "BEGIN":
                self._begin(found)
            elif found.name == "END":
                self._end(found)
            elif self.skipped:
                continue
            elif self.open:
                self.open[-1].properties.append(found)
            else:
                message = f"{shown(found.name)} stands outside of any component"
                self.note("nesting", f"line {number}", message)
        for component in reversed(self.open):
            self.note("nesting", component.place(), f"there is no END:{component.name}")
        return self.outermost

    def _property(self, number: int, line: str) -> Property | None:
        name = _NAME.match(line)
        end = name.end() if name else 0
        if name and name[1]:
            return Property(name[0][:-1].upper(), number, {}, line[end:])
        parameters: dict[str, tuple[str, ...]] = {}
        while found := _PARAMETER.match(line, end):
            key = found[1].upper()
            if key in parameters:
                self.note("syntax", f"line {number}", f"the parameter {shown(key)} stands twice")
            values = _PARAMETER_VALUE.findall(found[2])
            parameters[key] = tuple(quoted or plain for quoted, plain in values) or ("",)
            end = found.end()
        if not name or line[end : end + 1] != ":":
            message = f"expected NAME;PARAMETER=VALUE:VALUE, got {shown(line)}"
            self.note("syntax", f"line {number}", message)
            return None
        return Property(name[0].upper(), number, parameters, line[end + 1 :])

    def _begin(self, begin: Property) -> None:
        if self.skipped or len(self.open) == DEPTH_AT_MOST:
            if not self.skipped:
                message = f"components stand more than {DEPTH_AT_MOST} deep"
                self.note("too-deep", f"line {begin.line}", message)
            self.skipped += 1
            return
        name = begin.value.upper()
        self.numbers[name] += 1
        component = Component(name, begin.line, self.numbers[name])
        (self.open[-1].components if self.open else self.outermost).append(component)
        self.open.append(component)

    def _end(self, end: Property) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        name = end.value.upper()
        if name not in {component.name for component in self.open}:
            message = f"END:{shown(end.value)} ends nothing that is open"
            self.note("nesting", f"line {end.line}", message)
            return
        while (component := self.open.pop()).name != name:
            self.note("nesting", component.place(), f"there is no END:{component.name}")
