"""The command as it is installed from a wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.cli.running import EXAMPLE, ROOT, good

SCRIPT = """\
import sys
from importlib.metadata import distribution
[script] = [each for each in distribution("r2psched").entry_points if each.name == "r2psched"]
sys.argv[0] = "r2psched"
script.load()()
"""


def test_the_demo_of_an_installed_wheel(tmp_path: Path) -> None:
    """The wheel has all that the demo takes, and its script is the command."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, "demo"],
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site"), "PYTHONUTF8": "1"},
        check=True,
        capture_output=True,
    )
    assert done.stderr == b""
    assert (Path("r2psched-demo") / EXAMPLE.name).read_bytes() == EXAMPLE.read_bytes()
    written = Path("r2psched-demo/r2p-2014.ics").read_bytes()
    assert done.stdout.decode().splitlines() == good("demo").splitlines()
    assert Path("r2psched-demo/r2p-2014.ics").read_bytes() == written
