"""Rows of data as a plain-text table or an HTML table."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

__all__ = ["fitted", "html", "plain", "text_of", "width"]

Rows = Sequence[Mapping[str, object]]
# A space that does not break, and what joins letters or keeps them apart: Persian and Hindi
# are misspelt without.
_JOINERS = "\u200c\u200d"
_KEPT = "\u00a0" + _JOINERS
_SPACE = re.compile(r"[^\S\u00a0]+")


def text_of(value: object) -> str:
    r"""Show one value in one line: nothing for None, no control characters.

    >>> text_of(None), text_of(("a", "b")), text_of("x\x1b[31m")
    ('', 'a, b', 'x�[31m')
    """
    if value is None:
        return ""
    if isinstance(value, (tuple, list)):
        return ", ".join(map(text_of, value))
    text = str(value)
    if text.isprintable():
        return text
    text = _SPACE.sub(" ", text).strip(" ")
    return "".join(c if c.isprintable() or c in _KEPT else "\ufffd" for c in text)


def width(text: str) -> int:
    r"""Count the columns that a text takes in a terminal.

    >>> width("Chile"), width("日本"), width("e\u0301")
    (5, 4, 1)
    """
    if text.isascii():
        return len(text)
    wide = unicodedata.east_asian_width
    return sum(
        0 if c in _JOINERS or unicodedata.combining(c) else 1 + (wide(c) in "WF") for c in text
    )


def fitted(name: str, most: int) -> str:
    """A name in at most so many columns of a terminal.

    >>> fitted("Bolivia (Plurinational State of)", 28)
    'Bolivia (Plurinational Stat…'
    """
    if len(name) <= most and width(name) <= most:
        return name
    name = name[: most - 1]
    while width(name) >= most:
        name = name[:-1]
    return f"{name}…"


def _columns(rows: Rows) -> list[str]:
    return list(dict.fromkeys(key for row in rows for key in row))


def _numeric(rows: Rows, column: str) -> bool:
    values = [row[column] for row in rows if row.get(column) is not None]
    return bool(values) and all(isinstance(v, (int, float)) for v in values)


def plain(rows: Rows) -> str:
    """Lay rows out as a plain-text table, columns in the order of the first row's keys.

    Args:
        rows: Mappings from column name to value; numbers are aligned to the right.

    Returns:
        Lines without trailing spaces; the empty string for no rows.

    >>> print(plain([{"place": 1, "speaker": "Chile"}, {"place": 10, "speaker": "Denmark"}]))
    place  speaker
        1  Chile
       10  Denmark
    """
    if not rows:
        return ""
    columns = _columns(rows)
    right = {c for c in columns if _numeric(rows, c)}
    cells = [columns, *([text_of(row.get(c)) for c in columns] for row in rows)]
    widths = [max(width(line[i]) for line in cells) for i in range(len(columns))]
    lines = []
    for line in cells:
        padded = []
        for cell, column, full in zip(line, columns, widths, strict=True):
            space = " " * (full - width(cell))
            padded.append(space + cell if column in right else cell + space)
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)


def html(rows: Rows, below: Sequence[str] = ()) -> str:
    """Lay rows out as an HTML table, every value escaped, with some lines below.

    It names no colour: a notebook shows it in its own, light or dark. Without rows there are the
    lines alone, or else the words "no rows".

    >>> html([{"a": "<b>"}]).removeprefix("<table><thead><tr>")
    '<th scope="col">a</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table>'
    """
    import html as _html  # noqa: PLC0415  # notebooks alone need it

    columns = _columns(rows)
    lines = "".join(f"<p>{_html.escape(text_of(line))}</p>" for line in below)
    if not columns:
        return lines or "<p>no rows</p>"
    head = "".join(f'<th scope="col">{_html.escape(c)}</th>' for c in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{_html.escape(text_of(row.get(c)))}</td>" for c in columns) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{lines}"
