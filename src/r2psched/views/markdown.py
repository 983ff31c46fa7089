"""A programme or a list of speakers as Markdown, for whoever edits it further."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from r2psched.fields import is_link
from r2psched.outlines import list_outline, outline
from r2psched.tables import text_of
from r2psched.views.documents import (
    Facts,
    Heading,
    Lines,
    Table,
    list_parts,
    name_of,
    programme_parts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from r2psched.language import Words
    from r2psched.outlines import Fact, Said
    from r2psched.programme import Programme
    from r2psched.sessions import Session
    from r2psched.views.documents import Column, Part

__all__ = ["order_markdown", "programme_markdown"]

# Whatever is markup somewhere in CommonMark or its tables; the rest is markup to other readers:
# mathematics, strikethrough, attributes, and the addresses that some make links of by themselves.
_MARKUP = re.compile(
    r"[\\`*\[\]<>&#~$^{}@|]|:(?=//)|(?<=www)\.|(?<![^\W_])_|_(?![^\W_])", re.IGNORECASE
)
# At the start of a line alone: a list, a definition, a comment, a line below a heading.
_START = re.compile(r"^(?:([-+=:%])|([0-9]{1,9})([.)]))")
_LINK = str.maketrans(
    {"\\": "%5C", "`": "%60", "|": "%7C", "<": "%3C", ">": "%3E", '"': "%22", "&": "&amp;"}
)
_TO_THE_RIGHT = frozenset({"place"})


def programme_markdown(programme: Programme, *, internal: bool = False) -> str:
    r"""Write a programme as Markdown: CommonMark, with the lists of speakers as pipe tables.

    Nothing of the programme's texts is taken for markup.

    Args:
        programme: The programme.
        internal: Whether to add what is not for publication: capacity, and the lists' notes.

    Returns:
        The document, with a line feed at its end.

    Raises:
        MissingExtra: If the language is another than English, and the extra `i18n` is not
            installed.

    >>> from r2psched import Programme
    >>> print(programme_markdown(Programme("r2p-2014", "R2P *2014*", zone="UTC")), end="")
    # R2P \*2014\*
    <BLANKLINE>
    Tentative, revision 0
    <BLANKLINE>
    - **Time zone:** UTC
    """
    told = outline(programme, internal=internal)
    return _document(programme_parts(told), told.words)


def order_markdown(programme: Programme, session: Session, *, internal: bool = False) -> str:
    """Write a list of speakers as Markdown, with a table for each block.

    Args:
        programme: The programme.
        session: One of its sessions.
        internal: Whether to add what is not for publication: capacity, and the list's note.

    Returns:
        The document, with a line feed at its end.

    Raises:
        InvalidValue: If the session has no list.
        MissingExtra: If the language is another than English, and the extra `i18n` is not
            installed.
    """
    told = list_outline(programme, session, internal=internal)
    return _document(list_parts(told), told.words)


def _document(parts: Iterable[Part], words: Words) -> str:
    return "\n\n".join(_written(part, words) for part in parts) + "\n"


def _written(part: Part, words: Words) -> str:
    match part:
        case Heading(level, text):
            return f"{'#' * level} {_escaped(text)}"
        case Lines(lines):
            return "\\\n".join(map(_escaped, lines))
        case Facts(facts):
            return "\n".join(_fact(fact, words) for fact in facts)
        case Table(columns, rows):
            return _table(columns, rows)


def _fact(fact: Fact, words: Words) -> str:
    """A list entry: the only value in its line, several as a list below."""
    name = f"- **{_escaped(name_of(fact, words))}**"
    values = [_said(value) for value in fact.values]
    return f"{name} {values[0]}" if len(values) == 1 else "\n  - ".join([name, *values])


def _said(said: Said) -> str:
    text = _escaped(said.text)
    if said.link is None or not is_link(said.link):
        return text
    return f"[{text}](<{said.link.translate(_LINK)}>)"


def _table(columns: Iterable[Column], rows: Iterable[tuple[str, ...]]) -> str:
    titles = [_escaped(column.title) for column in columns]
    marks = ["--:" if column.field in _TO_THE_RIGHT else "---" for column in columns]
    lines = [titles, marks, *(map(_escaped, row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _escaped(text: str) -> str:
    """Write a text so that it is nothing but text, in a line, a heading, a link or a cell."""
    plain = _MARKUP.sub(_mark, text_of(text).strip())
    return _START.sub(r"\2\\\1\3", plain)


def _mark(found: re.Match[str]) -> str:
    # Within a cell some readers end it at a bar, whatever stands before.
    return "&#124;" if found[0] == "|" else f"\\{found[0]}"
