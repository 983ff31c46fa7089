"""CSV text taken apart so that it can be put together again with every byte in its place."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Row", "guarded", "is_live", "joined", "plain", "rows_of", "unguarded", "written"]

_LIVE = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001  # wide forms, which some sheets compute
_QUOTED = re.compile(r"[,;\t\"\r\n]|^\s|\s$")


class Row(NamedTuple):
    """A record of a CSV text: its cells as they are written, and the line end behind them."""

    cells: list[str]
    end: str


def rows_of(text: str, delimiter: str) -> list[Row]:
    r"""Take a CSV text apart.

    >>> rows_of('name,limit\r\n"Niger, the",3 min', ",")
    [Row(cells=['name', 'limit'], end='\r\n'), Row(cells=['"Niger, the"', '3 min'], end='')]
    """
    rest = f"[^{delimiter}\r\n]*"
    pattern = f'("[^"]*(?:""[^"]*)*"{rest}|{rest})({delimiter}|\r\n|\r|\n|\\Z)'
    rows: list[Row] = []
    cells: list[str] = []
    for cell, end in re.findall(pattern, text):
        cells.append(cell)
        if end != delimiter:
            rows.append(Row(cells, end))
            cells = []
    # Behind the last line end, the pattern matches nothing once more.
    return rows[:-1] if rows[-1] == Row([""], "") else rows


def plain(cell: str) -> str:
    """What a cell says, without its quotes and the space around it.

    >>> plain('"a ""free"" text "')
    'a "free" text'
    """
    if cell.startswith('"'):
        cell = cell[1:].removesuffix('"').replace('""', '"')
    return cell.strip()


def joined(rows: list[Row], delimiter: str) -> str:
    r"""Put rows together.

    >>> joined([Row(["name", "id"], "\n"), Row(["Fiji", "fiji"], "")], ";")
    'name;id\nFiji;fiji'
    """
    return "".join(delimiter.join(row.cells) + row.end for row in rows)


def is_live(text: str) -> bool:
    """Whether a spreadsheet might compute a text, once the apostrophes before it are gone."""
    return _LIVE.match(text) is not None


def guarded(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would compute, so that it stays a text.

    Before a text that looks guarded already goes one more, so that `unguarded` undoes it exactly.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("Côte d'Ivoire")
    ("'=1+1", "''=1+1", "Côte d'Ivoire")
    """
    return f"'{text}" if is_live(text) else text


def unguarded(text: str) -> str:
    """Take off the apostrophe that `guarded` put before a text.

    >>> unguarded("'=1+1"), unguarded("=1+1"), unguarded("'s-Gravenhage")
    ('=1+1', '=1+1', "'s-Gravenhage")
    """
    return text[1:] if text.startswith("'") and is_live(text) else text


def written(text: str) -> str:
    """Write a text as a cell that is read back as the same text, whatever the delimiter is.

    >>> written("Niger, the"), written("Chile")
    ('"Niger, the"', 'Chile')
    """
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
