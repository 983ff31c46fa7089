"""Documents of a word processor, read by a reader that knows nothing of python-docx."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from r2psched.files import read
from r2psched.outlines import list_outline, outline
from r2psched.views.word import order_docx, programme_docx
from tests.views.outlined import SAMPLES, alone, said, shown

EXAMPLES = Path(__file__).parents[2] / "examples"
# How docx2txt writes what is not ASCII in a document.
_PLAIN = str.maketrans({"–": "-", "’": "'", "…": "..."})


_HEADS = {"No.", "Time", "Limit", "Speaker", "Level", "Category"}


def words(text: str) -> list[str]:
    """Take a text apart into words, written as docx2txt does."""
    return text.translate(_PLAIN).replace("-", " - ").split()


def found(data: bytes, folder: Path) -> list[str]:
    """Give the words that Debian's docx2txt finds in a document, without the heads of tables."""
    file = folder / "document.docx"
    file.write_bytes(data)
    done = subprocess.run(
        ["docx2txt", file, "-"],  # noqa: S607  # found as Debian installs it
        check=True,
        capture_output=True,
    )
    lines = done.stdout.decode().splitlines()
    return words("\n".join(line for line in lines if line.strip() not in _HEADS))


@pytest.mark.parametrize("name", SAMPLES)
def test_programme(name: str, tmp_path: Path) -> None:
    """The document of a programme has the words of its outline, all of them, in order."""
    meeting = read(EXAMPLES / f"{name}.toml")
    expected = shown(said(outline(meeting, internal=True)))
    document = programme_docx(meeting, internal=True)
    assert found(document, tmp_path) == words("\n".join(expected))


@pytest.mark.parametrize("name", SAMPLES)
def test_list(name: str, tmp_path: Path) -> None:
    """The document of a list has the words of its outline, all of them, in order."""
    meeting = read(EXAMPLES / f"{name}.toml")
    for session in meeting.lists:
        expected = shown(alone(list_outline(meeting, session, internal=True)))
        document = order_docx(meeting, session, internal=True)
        assert found(document, tmp_path) == words("\n".join(expected))
