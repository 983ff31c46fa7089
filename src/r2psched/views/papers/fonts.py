"""Fonts: which there are, and what to say where none of them holds a name."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from r2psched.errors import FileFailed
from r2psched.views.papers.scripts import is_mark, is_unseen, script_of
from r2psched.views.papers.texts import some

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["SERIF", "families_in", "missing_in", "warnings_of"]

SERIF = "Libertinus Serif"
"""It comes with typst, so that it is the same on every machine."""

_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_UNKNOWN = (
    "no font holds all signs of a text together: some are printed as empty boxes; name a folder "
    "with a font that holds them, such as the Noto fonts (--fonts DIR)"
)

Warnings = tuple[str, ...]


def families_in(folder: str | Path) -> list[str]:
    """The families of fonts in a folder and below it, sorted.

    Raises:
        FileFailed: If there is no such folder, or no font in it.
    """
    import typst  # noqa: PLC0415  # an extra

    path = Path(folder)
    if not path.is_dir():
        reason = "expected a folder with fonts, and it is none"
        raise FileFailed(path, "read", reason)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(path)]
    )
    families = fonts.families()
    if families:
        return sorted(families)
    reason = "there is no font in it; expected files that end in .ttf, .otf, .ttc or .otc"
    raise FileFailed(path, "read", reason)


def missing_in(diagnostic: str) -> frozenset[str]:
    r"""The signs that no font holds, as typst says of a document.

    >>> sorted(missing_in('the text `"\u4e2d"` could not be displayed with font `"Libertinus"`'))
    ['中']
    """
    return frozenset(
        sign for found in _MISSING.finditer(diagnostic) for sign in _ESCAPED.sub(_meant, found[1])
    )


def _meant(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16)) if escaped[1] else escaped[2]


def warnings_of(missing: frozenset[str], alone: frozenset[str], contents: object) -> Warnings:
    """Say which texts have signs that no font holds, and what to do.

    Args:
        missing: The signs of which typst says so. Where it cannot set a letter together with a
            mark or a joiner, it names all of them, and no font may lack any.
        alone: Those of them that no font holds when they stand alone.
        contents: What was set.

    >>> ethiopic = frozenset("\u12ae")
    >>> warnings_of(ethiopic, ethiopic, ["Chile", "\u12ae"])[0].partition(":")[0]
    'no font holds the Ethiopic letters "\u12ae" of "\u12ae"'
    """
    alone = frozenset(sign for sign in alone if not is_unseen(sign))
    marks = frozenset(sign for sign in missing if is_mark(sign) and not is_unseen(sign))
    signs: dict[tuple[str, str], set[str]] = defaultdict(set)
    texts: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for text in dict.fromkeys(_texts(contents)):
        for sign in alone.intersection(text) or marks.intersection(text):
            script = script_of(sign)
            signs[script].add(sign)
            texts[script][text] = None
    return tuple(_warning(each, signs[each], texts[each]) for each in sorted(signs)) or (_UNKNOWN,)


def _texts(contents: object) -> Iterator[str]:
    if isinstance(contents, str):
        yield contents
    elif isinstance(contents, dict):
        for value in contents.values():
            yield from _texts(value)
    elif isinstance(contents, list):
        for value in contents:
            yield from _texts(value)


def _warning(script: tuple[str, str], signs: set[str], texts: Mapping[str, None]) -> str:
    what, such = script
    return (
        f"no font holds the {what} {some(sorted(signs))} of {some(texts)}: they are printed as "
        f"empty boxes; name a folder with a font that holds them, such as {such} (--fonts DIR)"
    )
