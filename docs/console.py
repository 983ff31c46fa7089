"""Runs the shell blocks of the pages, so that what a page shows is what happens.

Every ``console`` block is a list of commands, each after ``$``, with what it prints. A line of
output that is ``…`` stands for any lines left out. A ``code-block`` with a file name as caption is
written into the reader's folder first. The blocks of one page run in one folder, top to bottom; it
holds a copy of ``examples/``.

    python docs/console.py      writes the output of every command anew

Rows that a page leaves out stay left out: those beside a ``…`` are sought in the new output.

In README.md a block is one command with what it prints, since `r2psched demo` prints commands
itself; blocks of other commands, such as pip, are left alone there.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"

_BLOCK = re.compile(r"^```(?P<head>[^`\n]+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r":caption: (?P<name>[\w./-]+)\n(?P<text>.*)", re.DOTALL)
_ANYTHING = "…"
_SHIM = '#!/bin/sh\nexec "{python}" {arguments} "$@"\n'
_COMMANDS = ("r2psched", "python", "cat", "echo", "grep", "head", "ls", "sed")


class Shell:
    """Runs commands as a reader would, in a folder that holds a copy of ``examples/``."""

    def __init__(self, folder: Path) -> None:
        """Furnish a folder: the examples, and the commands `r2psched` and `python`."""
        self.folder = folder / "reader"
        shutil.copytree(ROOT / "examples", self.folder / "examples")
        tools = folder / "bin"
        tools.mkdir()
        for name, arguments in {"r2psched": "-m r2psched", "python": ""}.items():
            shim = tools / name
            shim.write_text(_SHIM.format(python=sys.executable, arguments=arguments))
            shim.chmod(0o755)
        path = f"{tools}{os.pathsep}{os.environ.get('PATH', '')}"
        self.environment = os.environ | {"PATH": path, "PYTHONUTF8": "1", "COLUMNS": "100"}

    def run(self, command: str) -> list[str]:
        """Run one command line and give the lines that it prints, errors among them.

        Raises:
            ValueError: If a page may not run it.
            RuntimeError: If it fails with a traceback, which no page shows.
        """
        if command.split(maxsplit=1)[0] not in _COMMANDS:
            msg = f"a console block may run {', '.join(_COMMANDS)}, not `{command}`: mark it `sh`"
            raise ValueError(msg)
        done = subprocess.run(  # noqa: S603  # the pages are ours
            ["bash", "-c", command],  # noqa: S607  # the shell of the reader
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.folder,
            env=self.environment,
        )
        told = done.stdout.decode()
        if "Traceback (most recent call last)" in told or "No module named" in told:
            msg = f"`{command}` failed:\n{told}"
            raise RuntimeError(msg)
        return [line.rstrip() for line in told.splitlines()]


def replay(page: str, shell: Shell, *, single: bool = False) -> str:
    """Give a page with the output of each of its commands as it is now.

    Args:
        page: Its text.
        shell: Runs its commands.
        single: Whether a block is one command, as in README.md.
    """

    def fresh(found: re.Match[str]) -> str:
        head, body = found["head"].strip(), found["body"]
        file = _FILE.fullmatch(body)
        if head.startswith("{code-block}") and file:
            target = shell.folder / file["name"]
            target.write_text(file["text"].lstrip("\n"), "utf-8")
        if head != "console":
            return found[0]
        if single:
            ours = body.startswith("$ r2psched ")
            return f"```console\n{_played([body], shell)}```" if ours else found[0]
        parts = re.split(r"^(?=\$ )", body, flags=re.MULTILINE)
        return f"```console\n{_played(filter(None, parts), shell)}```"

    return _BLOCK.sub(fresh, page)


def _played(parts: Iterable[str], shell: Shell) -> str:
    lines: list[str] = []
    for shown in parts:
        command, *old = shown.removesuffix("\n").split("\n")
        new = shell.run(command.removeprefix("$ "))
        lines += [command, *(old if _alike(old, new) else _kept(old, new))]
    return "".join(f"{line}\n" for line in lines)


def _alike(old: list[str], new: list[str]) -> bool:
    """Whether some lines are the same but for those left out."""
    gaps = [r"(?:.*\n)*" if line == _ANYTHING else re.escape(line) + "\n" for line in old]
    return re.fullmatch("".join(gaps), "".join(f"{line}\n" for line in new)) is not None


def _kept(old: list[str], new: list[str]) -> list[str]:
    """New lines without those that the old left out; all of them if a row beside a gap is gone."""
    lines: list[str] = []
    at = 0
    for gap in (number for number, line in enumerate(old) if line == _ANYTHING):
        first = _row(old[gap - 1], new, at) + 1 if gap else 0
        last = _row(old[gap + 1], new, first) if gap + 1 < len(old) else len(new)
        if first < at or last < first:
            return new
        lines += [*new[at:first], *([_ANYTHING] if first < last else [])]
        at = last
    return [*lines, *new[at:]]


def _row(row: str, lines: list[str], start: int) -> int:
    """Where a row stands behind a start: the same line, or one with the same first cell; or -2."""
    rest = lines[start:]
    if row in rest:
        return start + rest.index(row)
    cells = [_first_cell(line) for line in rest]
    return start + cells.index(_first_cell(row)) if _first_cell(row) in cells else -2


def _first_cell(row: str) -> str:
    return re.split(r"\s{2,}", row.strip())[0]


def pages() -> list[Path]:
    """Every page that has a console block, README.md first."""
    found = sorted((ROOT / "docs").rglob("*.md"))
    return [README, *(page for page in found if "```console\n" in page.read_text("utf-8"))]


def main() -> None:
    """Write the output of every command of every page anew."""
    for page in pages():
        with tempfile.TemporaryDirectory() as folder:
            text = page.read_text("utf-8")
            new = replay(text, Shell(Path(folder)), single=page == README)
        if new != text:
            page.write_text(new, "utf-8")
            sys.stdout.write(f"{page.relative_to(ROOT)}: written anew\n")


if __name__ == "__main__":
    main()
