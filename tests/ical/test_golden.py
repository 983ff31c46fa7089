"""Whole files, byte by byte."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from r2psched.ical.lint import lint
from tests.ical.meetings import FILES, GOLDEN


@pytest.mark.parametrize("name", FILES)
def test_the_octets_are_those_of_the_golden_file(name: str) -> None:
    """What is written doesn't change unless somebody changes the golden file too."""
    assert FILES[name]() == (GOLDEN / f"{name}.ics").read_bytes()


def test_every_golden_file_is_made_by_something() -> None:
    """No file lies about that nothing makes any more."""
    assert {path.stem for path in GOLDEN.iterdir()} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_no_golden_file_has_a_finding(name: str) -> None:
    """The lint has nothing to say about them, not even a note."""
    assert not lint((GOLDEN / f"{name}.ics").read_bytes()).items


def test_neither_hash_seed_nor_zone_nor_language_of_the_machine_changes_a_byte() -> None:
    """Other machines, on other days, write the same octets."""
    program = (
        "import sys; from tests.ical.meetings import FILES\n"
        "for make in FILES.values(): sys.stdout.buffer.write(make())"
    )
    settings = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C.UTF-8"},
    ]
    written = [
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | machine,
            cwd=GOLDEN.parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for machine in settings
    ]
    assert written[0] == written[1] == b"".join(make() for make in FILES.values())
