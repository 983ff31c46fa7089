"""The command run in this process and in one of its own, and the files that it is given."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from click.testing import CliRunner

from r2psched.cli import _group
from tests.views.schemas import judged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from click.testing import Result

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "r2p-2014.toml"
COMMANDS = (
    "demo",
    "new",
    "ids",
    "check",
    "show",
    "capacity",
    "order",
    "plan",
    "forecast",
    "shares",
    "list",
    "procedures",
    "agenda",
    "schedule",
    "invite",
    "reply",
    "publish",
    "feed",
    "lint",
)

HEARING = """\
id = "hearing"
title = "Hearing on the library"
zone = "America/Denver"
date = 2026-03-10
revised = 2026-03-01T12:00:00Z

[organiser]
name = "Clerk"
email = "clerk@example.org"

[[sessions]]
id = "floor"
title = "Public comment"
time = "18:00-18:16"

[sessions.speakers]
limit = { default = "3 min", on_behalf = "5 min", categories = { child = "1 min" } }
changeover = "30 s"
inscriptions = [
    { id = "ana", delegation = "Ana Ruiz", email = "ana@secret.example" },
    { id = "park", delegation = "Library", on_behalf = "Friends of the Park" },
    { id = "ben", delegation = "Ben", category = "child" },
    { id = "chen", delegation = "Chen Li", email = ["chen@secret.example", "li@secret.example"] },
    { id = "dora", delegation = "Dora", email = "dora@secret.example" },
    { id = "emil", delegation = "Emil Novak", limit = "2 min" },
]
"""
"""An evening whose list is too long: four of six are heard."""

TWO_LISTS = """\
id = "two"
title = "Two lists"
zone = "UTC"
date = 2026-03-10
revised = 2026-03-01T12:00:00Z

[[sessions]]
id = "morning"
title = "Morning"
time = "10:00-11:00"
room = "Hall"
speakers = { limit = "3 min", inscriptions = [{ id = "a", delegation = "A" }] }

[[sessions]]
id = "evening"
title = "Evening"
time = "20:00-21:00"
room = "Yard"
speakers = { limit = "3 min", inscriptions = [{ id = "a", delegation = "A" }] }
"""


def call(*arguments: str | Path) -> Result:
    """Run the command in this process; whatever it does not foresee is raised."""
    runner = CliRunner()
    return runner.invoke(
        _group, [*map(str, arguments)], prog_name="r2psched", catch_exceptions=False
    )


def good(*arguments: str | Path) -> str:
    """Run a command that must succeed, and give what it prints."""
    result = call(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def fails(code: int, *arguments: str | Path) -> str:
    """Run a command that must fail with a code and print nothing, and give its message."""
    result = call(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    return result.stderr.splitlines()[-1].removeprefix("Error: ").removeprefix("r2psched: ")


def answer(*arguments: str | Path, code: int = 0) -> dict[str, Any]:
    """Run a command with --json, hold its answer against the schema, and give it."""
    result = call(*arguments, "--json")
    assert result.exit_code == code
    assert (result.stderr == "") == (code < 3)
    return judged(json.loads(result.stdout))


def written(text: str, name: str = "hearing.toml") -> str:
    """Write a file into the current folder, and give its name."""
    Path(name).write_text(text, encoding="utf-8")
    return name


def process(
    *arguments: str | Path, env: Mapping[str, str] | None = None, stdout: int | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own, as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "r2psched", *map(str, arguments)],
        env=os.environ | (env or {}),
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if stdout is None else stdout,
        stderr=subprocess.PIPE,
    )


def shell(script: str, **variables: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run a line of bash, in which `$r2psched` is the command."""
    environment = {"r2psched": f"{sys.executable} -m r2psched"} | {
        name: str(value) for name, value in variables.items()
    }
    return subprocess.run(
        ["bash", "-c", script],  # noqa: S607  # the shell of the user
        env=os.environ | environment,
        check=False,
        capture_output=True,
    )
