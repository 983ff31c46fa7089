"""Makes every kind of file that a reader may get, for the three programmes of the gallery.

    python docs/gallery.py DIR [PROGRAMME…]

Each stands in a folder of its own, named after the programme; all of them if none is named.
"""

from __future__ import annotations

import html
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import r2psched as r2
from r2psched.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["PROGRAMMES", "make"]

EXAMPLES = Path(__file__).parents[1] / "examples"
_NOTEBOOK = "notebook.html"
_INDEX = "index.html"
_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
</head>
<body>
{body}
</body>
</html>
"""


class Shown(NamedTuple):
    """A programme of the gallery.

    Attributes:
        programme: The example that has the programme.
        listed: The example that has its list of speakers.
        session: The session whose list it is.
    """

    programme: str
    listed: str
    session: str


PROGRAMMES = {
    "r2p-2014": Shown("r2p-2014", "illustrative-list-of-73", "floor"),
    "conference": Shown("conference", "conference", "general-discussion"),
    "list-of-193": Shown("illustrative-list-of-193", "illustrative-list-of-193", "debate"),
}
_PROGRAMME = {
    "programme.html": ("show",),
    "programme-fr.html": ("show", "--lang", "fr"),
    "programme-internal.html": ("show", "--internal"),
    "timeline.svg": ("show",),
    "timeline-public.svg": ("show", "--public"),
    "timeline-fr.svg": ("show", "--lang", "fr"),
    "agenda.pdf": ("show",),
    "agenda-us-letter.pdf": ("show", "--paper", "us-letter"),
    "agenda-fr.pdf": ("show", "--lang", "fr"),
    "agenda.md": ("show",),
    "agenda.docx": ("show",),
    "agenda.csv": ("show",),
    "agenda.xlsx": ("show",),
    "programme.json": ("show",),
    "agenda.ics": ("agenda",),
    "agenda.jcal": ("agenda",),
    "schedule.xml": ("schedule",),
    "schedule.json": ("schedule",),
}
_LIST = {
    "order.html": ("order",),
    "order-fr.html": ("order", "--lang", "fr"),
    "order.pdf": ("order",),
    "order-fr.pdf": ("order", "--lang", "fr"),
    "order.md": ("order",),
    "order.docx": ("order",),
    "order.csv": ("order",),
    "order.xlsx": ("order",),
    "order.json": ("order",),
    "forecast.svg": ("forecast", "--pace", "mean 1.15, spread 0.3"),
    "forecast-fr.svg": ("forecast", "--pace", "mean 1.15, spread 0.3", "--lang", "fr"),
}
# Their exit status says that somebody on the list is not heard, or not surely enough.
_MAY_NOT_FIT = {"order", "forecast"}


def commands(shown: Shown, folder: Path) -> Iterator[list[str]]:
    """The arguments of every command that makes a file of a programme."""
    for example, session, files in (
        (shown.programme, [], _PROGRAMME),
        (shown.listed, ["--session", shown.session], _LIST),
    ):
        for name, (command, *more) in files.items():
            file = str(EXAMPLES / f"{example}.toml")
            yield [command, file, *session, *more, "-o", str(folder / name)]


def make(folder: Path, names: Iterable[str] = tuple(PROGRAMMES)) -> list[Path]:
    """Make all files of some programmes in folders that are emptied first; say where they are.

    Raises:
        RuntimeError: If a command fails.
    """
    made = []
    for name in names:
        into = folder / name
        shutil.rmtree(into, ignore_errors=True)
        into.mkdir(parents=True)
        for arguments in commands(PROGRAMMES[name], into):
            _run(arguments)
            made.append(Path(arguments[-1]))
        made.append(_notebook(PROGRAMMES[name], into / _NOTEBOOK))
    (folder / _INDEX).write_text(_index(folder, made), encoding="utf-8")
    return [*made, folder / _INDEX]


def _run(arguments: list[str]) -> None:
    allowed = {0, 1} if arguments[0] in _MAY_NOT_FIT else {0}
    try:
        main(arguments)
    except SystemExit as left:
        if (left.code or 0) not in allowed:
            msg = f"r2psched {' '.join(arguments)} failed"
            raise RuntimeError(msg) from left


def _notebook(shown: Shown, path: Path) -> Path:
    """What a notebook shows of a programme, and of the capacity and order of its list."""
    programme = r2.read(EXAMPLES / f"{shown.programme}.toml")
    floor = r2.read(EXAMPLES / f"{shown.listed}.toml")[shown.session]
    answers = (programme, floor.capacity(), floor.running_order())
    cells = "\n".join(each._repr_html_() for each in answers)
    path.write_text(_page(f"{programme.title} in a notebook", cells), encoding="utf-8")
    return path


def _index(folder: Path, made: Iterable[Path]) -> str:
    paths = (path.relative_to(folder).as_posix() for path in made)
    links = "\n".join(f'<li><a href="{path}">{path}</a></li>' for path in paths)
    return _page("Gallery", f"<h1>Gallery</h1>\n<ul>\n{links}\n</ul>")


def _page(title: str, body: str) -> str:
    return _PAGE.format(title=html.escape(title), body=body)


if __name__ == "__main__":
    make(Path(sys.argv[1]), sys.argv[2:] or PROGRAMMES)
