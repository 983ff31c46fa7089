"""Runs the shell blocks of the pages, so that what a page shows is what happens.

Every ``console`` block is a list of commands, each after ``$``, with what it prints. A line of
output that is ``…`` stands for any lines left out. A ``code-block`` with a file name as caption is
written into the reader's folder first. The blocks of one page run in one folder, top to bottom; it
holds a copy of ``examples/``.

    python docs/console.py      writes the output of every command anew

Rows that a page leaves out stay left out: those beside a ``…`` are sought in the new output.

A ``{code-block} sh`` of ``:class: servers`` is played as well: what its lines ending in ``&`` start
runs until the page ends, and what it exports holds for the commands after it. Each place that it
names, such as ``127.0.0.1:18025``, is a free one while the page is played, and is told as the page
has it: a port has five digits, so that tables keep their widths.

In README.md a block is one command with what it prints, since `r2psched demo` prints commands
itself; blocks of other commands, such as pip, are left alone there.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"

_BLOCK = re.compile(r"^```(?P<head>[^`\n]+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r":caption: (?P<name>[\w./-]+)\n(?P<text>.*)", re.DOTALL)
_SERVERS = re.compile(r":class: servers\n(?P<lines>.*)", re.DOTALL)
_HOST = "127.0.0.1"
_PLACE = re.compile(rf"{re.escape(_HOST)}:\d{{5}}")
_PATIENCE = 30.0
# Below what the kernel gives away by itself, and of each process its own.
_PORTS = itertools.count(10_000 + os.getpid() % 1_000 * 20)
_ANYTHING = "…"
_SHIM = '#!/bin/sh\nexec "{python}" {arguments} "$@"\n'
_COMMANDS = ("r2psched", "python", "cat", "chmod", "echo", "env", "grep", "head", "ls", "sed")


class Server:
    """A server of a page, run as a process of its own."""

    def __init__(self, command: str, shell: Shell, place: str) -> None:
        """Start it, and wait until it answers.

        Raises:
            RuntimeError: If it does not.
        """
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the server
        self._process = subprocess.Popen(  # noqa: S603  # the pages are ours
            ["bash", "-c", f"exec {command}"],  # noqa: S607  # the shell of the reader
            stdout=self._log,
            stderr=self._log,
            cwd=shell.folder,
            env=shell.environment,
        )
        try:
            self._await(command, int(place.rpartition(":")[2]))
        except BaseException:
            self.stop()
            raise

    def _await(self, command: str, port: int) -> None:
        until = time.monotonic() + _PATIENCE
        while self._process.poll() is None and time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection((_HOST, port), 1):
                return
            time.sleep(0.05)
        self._log.seek(0)
        msg = f"`{command}` does not answer:\n{self._log.read().decode()}"
        raise RuntimeError(msg)

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(_PATIENCE)
        self._log.close()


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
        ours = {name: told for name, told in os.environ.items() if not name.startswith("R2PSCHED_")}
        self.environment = ours | {"PATH": path, "PYTHONUTF8": "1", "COLUMNS": "100"}
        self._servers = contextlib.ExitStack()
        self._places: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        """End the servers."""
        self._servers.close()

    def serve(self, lines: str) -> None:
        """Start servers, and export what belongs to them, as some lines for a shell do."""
        named = sorted(set(_PLACE.findall(lines)))
        self._places |= dict(zip(named, _free_places(), strict=False))
        for line in filter(None, map(str.strip, lines.splitlines())):
            command = self._really(line)
            if command.startswith("export "):
                for word in shlex.split(command)[1:]:
                    name, _, value = word.partition("=")
                    self.environment[name] = value
                continue
            place = _PLACE.search(command)
            if place is None or not command.endswith("&"):
                msg = f"a line of servers exports, or starts one with its place and &: {line}"
                raise ValueError(msg)
            server = Server(command.removesuffix("&").rstrip(), self, place[0])
            self._servers.callback(server.stop)

    def _really(self, command: str) -> str:
        return _PLACE.sub(lambda found: self._places.get(found[0], found[0]), command)

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
            ["bash", "-c", self._really(command)],  # noqa: S607  # the shell of the reader
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.folder,
            env=self.environment,
        )
        told = done.stdout.decode()
        for shown, place in self._places.items():
            told = told.replace(place, shown)
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
        servers = _SERVERS.fullmatch(body)
        if head == "{code-block} sh" and servers:
            shell.serve(servers["lines"])
        if head != "console":
            return found[0]
        if single:
            ours = body.startswith("$ r2psched ")
            return f"```console\n{_played([body], shell)}```" if ours else found[0]
        parts = re.split(r"^(?=\$ )", body, flags=re.MULTILINE)
        return f"```console\n{_played(filter(None, parts), shell)}```"

    return _BLOCK.sub(fresh, page)


def _free_places() -> Iterator[str]:
    """Give places on this machine at which nobody serves."""
    for port in _PORTS:
        with contextlib.suppress(OSError), socket.create_server((_HOST, port)):
            yield f"{_HOST}:{port}"


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
            with Shell(Path(folder)) as shell:
                new = replay(text, shell, single=page == README)
        if new != text:
            page.write_text(new, "utf-8")
            sys.stdout.write(f"{page.relative_to(ROOT)}: written anew\n")


if __name__ == "__main__":
    main()
