"""Write the ranks by which `r2psched.collation` sorts, computed with ICU.

For maintainers, when a new ICU is to be followed. Needs PyICU, which Debian has as `python3-icu`:

    /usr/bin/python3 tools/collation.py

It asks the root collator of ICU, whose order is that of CLDR's root locale, for the collation
elements of every character that survives canonical decomposition in the scripts of `SCRIPTS` and
among the shared marks, digits and punctuation, finds the contractions among them, and numbers the
weights in their order. What it writes is `src/r2psched/collation/ranks.txt`, whose head tells the
versions, the licence and how a line is read.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from itertools import chain
from pathlib import Path

import icu

TARGET = Path(__file__).parents[1] / "src" / "r2psched" / "collation" / "ranks.txt"

# Alphabets, abjads and abugidas in use, and what Korean and Japanese spell with.
SCRIPTS = re.findall(
    "[A-Z][a-z]+",
    "Latn Grek Cyrl Copt Armn Geor Hebr Arab Syrc Thaa Nkoo Deva Beng Guru Gujr Orya Taml Telu "
    "Knda Mlym Sinh Thai Laoo Tibt Mymr Khmr Ethi Cher Mong Tfng Hang Hira Kana Bopo",
)
SHARED = frozenset({"Zyyy", "Zinh"})
SYMBOLS_TO = 0x2100
"""Where the blocks of arrows, drawings and pictographs begin, which are left out."""
PRESENTATION = range(0xFB50, 0xFE00)
"""Arabic ligatures kept for old encodings only."""
NAMED_SYLLABLES = range(0x3200, 0x3400)
"""Enclosed and squared words of East Asian encodings."""

CASE = 0x3F
CONTINUED = 0xC0

Element = tuple[int, int, int]
Elements = tuple[Element, ...]

HEAD = """\
# The order of the Unicode collation algorithm, root locale (CLDR), as ranks.
# Computed by tools/collation.py with ICU {icu} (Unicode {unicode}, PyICU {pyicu}).
# Derived from Unicode data: Copyright (c) 1991-2022 Unicode, Inc. SPDX: Unicode-DFS-2016,
# see LICENSES/Unicode-DFS-2016.txt.
#
# Characters are written as hexadecimal code points, a contraction as several joined by +.
# Secondary and tertiary ranks follow a colon each: 0041::11 is the letter A, with tertiary rank 11.
# Where none is written it is the common one, which "common" tells.
# "primary": each line is a primary rank, in order; its entries have one element of that rank.
# "several": what has another number of elements, or one without a primary. An element names its
# primary rank by the first entry of its line; nothing before the colon is no primary.
# "ignored": ranges of characters that have no element.\
"""
VERSIONS = {"icu": icu.ICU_VERSION, "unicode": icu.UNICODE_VERSION, "pyicu": icu.VERSION}


def covered() -> list[str]:
    """List the characters that the ranks are for."""
    found = []
    for point in range(sys.maxunicode + 1):
        char = chr(point)
        kind = unicodedata.category(char)
        if kind in {"Cn", "Co", "Cs"} or unicodedata.normalize("NFD", char) != char:
            continue
        script = icu.Script.getScript(point).getShortName()
        if script in SHARED:
            wanted = point < SYMBOLS_TO or kind[0] in "LMPZ" or kind in {"Nd", "Sc", "Cf"}
            wanted = wanted and (point <= 0xFFFF or kind == "Cf")  # noqa: PLR2004  # the first plane
        else:
            wanted = script in SCRIPTS and point <= 0xFFFF  # noqa: PLR2004  # the first plane
        if wanted and point not in PRESENTATION and point not in NAMED_SYLLABLES:
            found.append(char)
    return found


class Root:
    """The root collator, asked for collation elements."""

    def __init__(self) -> None:
        """Make the collator."""
        self._collator = icu.Collator.createInstance(icu.Locale.getRoot())
        self._iterator = self._collator.createCollationElementIterator("")

    def elements(self, text: str) -> Elements:
        """Give the elements of a text: primary, secondary and tertiary weight of each."""
        self._iterator.setText(text)
        found: list[Element] = []
        for order in self._iterator:
            half = order & 0xFFFFFFFF
            primary, secondary, tertiary = half >> 16, half >> 8 & 0xFF, half & 0xFF
            if tertiary & CONTINUED == CONTINUED:
                before = found[-1]
                found[-1] = (
                    before[0] | primary,
                    before[1] | secondary,
                    before[2] | tertiary & CASE,
                )
            else:
                found.append((primary << 16, secondary << 8, (tertiary & CASE) << 8))
        return tuple(each for each in found if any(each))


def contractions(root: Root, singles: dict[str, Elements]) -> dict[str, Elements]:
    """Find what has other elements than its characters have one by one."""
    scripts = {char: icu.Script.getScript(char).getShortName() for char in singles}
    shared = [
        char
        for char in singles
        if scripts[char] in SHARED and unicodedata.category(char)[0] in "MP"
    ]
    own: dict[str, list[str]] = {}
    for char, script in scripts.items():
        own.setdefault(script, []).append(char)

    def differing(first: str, alone: Elements, seconds: list[str]) -> list[str]:
        """Halve what follows until those that join with the first are found."""
        text = "".join(first + second for second in seconds)
        apart = tuple(chain.from_iterable((*alone, *singles[second]) for second in seconds))
        if root.elements(text) == apart:
            return []
        if len(seconds) == 1:
            return [first + seconds[0]]
        half = len(seconds) // 2
        return differing(first, alone, seconds[:half]) + differing(first, alone, seconds[half:])

    found: dict[str, Elements] = {}
    longer = list(singles)
    while longer:
        joined = []
        for first in longer:
            alone = found.get(first) or singles.get(first) or ()
            if not alone:
                continue
            script = scripts[first[0]]
            seconds = shared if script in SHARED else own[script] + shared
            joined += differing(first, alone, seconds)
        longer = joined
        found |= {text: root.elements(text) for text in joined}
    return found


def numbered(weights: set[int]) -> dict[int, int]:
    """Number weights from 1, and leave no weight at 0."""
    return {0: 0} | {weight: at for at, weight in enumerate(sorted(weights - {0}), 1)}


def points(text: str) -> str:
    """Write code points."""
    return "+".join(f"{ord(char):04X}" for char in text)


def ranked(name: str, ranks: tuple[int, int], common: tuple[int, int]) -> str:
    """Write an element by its name and ranks, the common ones left out."""
    given = ("" if rank == usual else str(rank) for rank, usual in zip(ranks, common, strict=True))
    written = ":".join([name, *given])
    return written.rstrip(":") or ":"


def ranges(chars: list[str]) -> list[str]:
    """Write characters as ranges of code points."""
    found: list[list[int]] = []
    for point in sorted(map(ord, chars)):
        if found and found[-1][-1] == point - 1:
            found[-1][-1] = point
        else:
            found.append([point, point])
    return [f"{first:04X}-{last:04X}" for first, last in found]


def lines() -> list[str]:
    """Compute everything, and give the lines of the file, the head as the first."""
    root = Root()
    singles = {char: root.elements(char) for char in covered()}
    table = singles | contractions(root, singles)
    holders: dict[int, list[str]] = {}
    for text, elements in table.items():
        if len(elements) == 1 and elements[0][0]:
            holders.setdefault(elements[0][0], []).append(text)
    left_out = [
        text for text, found in table.items() if any(e[0] and e[0] not in holders for e in found)
    ]
    for text in left_out:
        del table[text]
    if left_out:
        print("left out, their primaries have no character:", *map(points, left_out))  # noqa: T201  # for the maintainer
    secondaries = numbered({each[1] for found in table.values() for each in found})
    tertiaries = numbered({each[2] for found in table.values() for each in found})

    def ranks(element: Element) -> tuple[int, int]:
        return secondaries[element[1]], tertiaries[element[2]]

    def order(text: str) -> tuple[Elements, str]:
        return table[text], text

    common = ranks(table["a"][0])

    written = [HEAD.format(**VERSIONS), "[common]", " ".join(map(str, common)), "[primary]"]
    names = {}
    for primary in sorted(holders):
        entries = sorted(holders[primary], key=order)
        names[primary] = points(entries[0])
        written.append(" ".join(ranked(points(e), ranks(table[e][0]), common) for e in entries))
    written.append("[several]")
    for text in sorted(table, key=order):
        elements = table[text]
        if len(elements) > 1 or (elements and not elements[0][0]):
            told = (ranked(names.get(each[0], ""), ranks(each), common) for each in elements)
            written.append(f"{points(text)} = {' '.join(told)}")
    written.append("[ignored]")
    written += ranges([text for text, found in table.items() if not found])
    return written


def main() -> None:
    """Write the file."""
    TARGET.write_text("\n".join(lines()) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
