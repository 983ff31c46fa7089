"""How long a command takes to start, against the bare imports of the tools it cannot do without.

Each process is run in turns with those that it is measured against, so that a busy machine slows
all of them alike; what is told is the median of the ratios of the processor time that they took.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

FILE = str(Path(__file__).parents[1] / "examples" / "illustrative-list-of-73.toml")
ROUNDS = 15
# Compiled files are kept, as they are where a package is installed.
ENVIRONMENT = {key: os.environ[key] for key in os.environ if key != "PYTHONDONTWRITEBYTECODE"}


class Bound(NamedTuple):
    """One line of the table: what is run, against which imports, and the ratio it may have."""

    what: str
    arguments: list[str]
    imports: str
    at_most: float


BOUNDS = [
    Bound("import r2psched", ["-c", "import r2psched"], "pendulum, attrs", 1.2),
    Bound(
        "r2psched.Programme",
        ["-c", "import r2psched; r2psched.Programme"],
        "pendulum, attrs",
        1.2,
    ),
    Bound(
        "r2psched capacity FILE",
        ["-m", "r2psched", "capacity", FILE],
        "pendulum, attrs, cattrs, click",
        1.4,
    ),
    Bound("r2psched --help", ["-m", "r2psched", "--help"], "click", 1.4),
    Bound("r2psched --version", ["-m", "r2psched", "--version"], "click", 1.4),
]


def seconds(arguments: list[str]) -> float:
    """Run Python once, and give the processor time that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=ENVIRONMENT)  # noqa: S603  # commands fixed above
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Measure, print the table, and say whether every bound holds."""
    imports = {bound.imports: ["-c", f"import {bound.imports}"] for bound in BOUNDS}
    runs = imports | {bound.what: bound.arguments for bound in BOUNDS}
    taken: dict[str, list[float]] = {what: [] for what in runs}
    for _ in range(ROUNDS + 1):  # the first writes the compiled files
        for what, arguments in runs.items():
            taken[what].append(seconds(arguments))
    print(f"{'':24}{'seconds':>9}{'ratio':>8}{'at most':>9}  of importing")
    missed = []
    for what, _, base, at_most in BOUNDS:
        pairs = zip(taken[what][1:], taken[base][1:], strict=True)
        ratio = statistics.median(ours / theirs for ours, theirs in pairs)
        took = statistics.median(taken[what][1:])
        print(f"{what:24}{took:9.3f}{ratio:8.2f}{at_most:9.1f}  {base}")
        if ratio > at_most:
            missed.append(what)
    print("\n".join(f"missed: {what}" for what in missed) or "every bound holds")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
