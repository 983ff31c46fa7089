"""The ranks of characters, read from the file that ships with the package."""

from __future__ import annotations

import functools
import sys
from importlib import resources

import attrs

__all__ = ["Letters", "Level", "Ranks", "ranks"]

_COMMON_IDEOGRAPHS = range(0x4E00, 0xA000)
# Behind all ranks of the file, which are some thousand.
_IDEOGRAPH, _OTHER = "\ue000", "\ue001"


class Level(dict[int, str]):
    """The ranks of one level, a character each, by code point or by number of what joins."""

    def __init__(self, common: int) -> None:
        """Take the rank of what has none of its own."""
        super().__init__()
        self.common = chr(common)

    def __missing__(self, at: int) -> str:
        """Give the rank of what has none of its own."""
        return self.common


class Letters(Level):
    """The ranks of the first level, where what has none stands behind all that has."""

    def __missing__(self, at: int) -> str:
        """Give what sorts by code point: the common ideographs, then all else (UTS #10, 10.1)."""
        return (_IDEOGRAPH if at in _COMMON_IDEOGRAPHS else _OTHER) + chr(at)


@attrs.frozen
class Ranks:
    """The ranks of the three levels, and which characters have ranks together.

    Attributes:
        levels: Letters, accents, capitals.
        joined: The characters that have ranks together, and their number behind all code points.
        beginning: Those that begin one of them.
        joining: Those that follow in one of them.
    """

    levels: tuple[Letters, Level, Level]
    joined: dict[str, int]
    beginning: frozenset[str]
    joining: frozenset[str]


class _Reader:
    """Reads the file: its sections in turn, each line by the method of its section."""

    def __init__(self, common: tuple[int, int]) -> None:
        self.common = common
        self.levels = (Letters(0), Level(common[0]), Level(common[1]))
        self.joined: dict[str, int] = {}
        self._names: dict[str, int] = {"": 0}

    def primary(self, line: str) -> None:
        """Read what has one element of the next rank."""
        entries = line.split(" ")
        self._names[entries[0].partition(":")[0]] = len(self._names)
        for entry in entries:
            points, _, below = entry.partition(":")
            name = entries[0].partition(":")[0]
            self._give(points, [f"{name}:{below}"])

    def several(self, line: str) -> None:
        """Read what has several elements, or one without a primary rank."""
        points, _, elements = line.partition(" = ")
        self._give(points, elements.split(" "))

    def ignored(self, line: str) -> None:
        """Read what has no element."""
        first, last = (int(point, 16) for point in line.split("-"))
        for level in self.levels:
            level.update(dict.fromkeys(range(first, last + 1), ""))

    def _give(self, points: str, elements: list[str]) -> None:
        """Note the ranks of a character, or of several that join."""
        text = "".join(chr(int(point, 16)) for point in points.split("+"))
        if len(text) == 1:
            at = ord(text)
        else:
            at = self.joined[text] = sys.maxunicode + 1 + len(self.joined)
        told = [self._element(element) for element in elements]
        for number, level in enumerate(self.levels):
            level[at] = "".join(chr(element[number]) for element in told if element[number])

    def _element(self, written: str) -> tuple[int, int, int]:
        """Read an element."""
        name, *below = written.split(":")
        second, third = ([*below, "", ""])[:2]
        return (
            self._names[name],
            int(second) if second else self.common[0],
            int(third) if third else self.common[1],
        )


@functools.cache
def ranks() -> Ranks:
    """Read the file, once."""
    text = resources.files("r2psched.collation").joinpath("ranks.txt").read_text(encoding="ascii")
    lines: list[str] = []
    sections: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("["):
            sections[line] = lines = []
        elif not line.startswith("#"):
            lines.append(line)
    second, third = map(int, sections["[common]"][0].split(" "))
    reader = _Reader((second, third))
    for line in sections["[primary]"]:
        reader.primary(line)
    for line in sections["[several]"]:
        reader.several(line)
    for line in sections["[ignored]"]:
        reader.ignored(line)
    return Ranks(
        reader.levels,
        reader.joined,
        frozenset(text[0] for text in reader.joined),
        frozenset("".join(text[1:] for text in reader.joined)),
    )
