"""The gallery: every kind of file of three programmes, and the pictures of it in a browser."""

from __future__ import annotations

import html
import re
import subprocess
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from docs.gallery import EXAMPLES, PROGRAMMES, commands, make
from r2psched.files import read
from tests.interop.browser import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PICTURES = (
    "timeline.svg",
    "timeline-fr.svg",
    "timeline-public.svg",
    "forecast.svg",
    "forecast-fr.svg",
)
TEXTS = """
return [...document.querySelectorAll("svg text")].map(each => {
  const box = each.getBoundingClientRect();
  return [each.textContent, box.left, box.top, box.right, box.bottom];
});
"""
SHEET = """
const box = document.querySelector("svg").getBoundingClientRect();
return [box.left, box.top, box.right, box.bottom];
"""
# What letters reach beyond what is drawn of them: the box of a text is that of its font.
_SLACK = 0.3


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the gallery."""
    folder = tmp_path_factory.mktemp("gallery")
    make(folder)
    return folder


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests of this file."""
    with Browser(tmp_path_factory.mktemp("browser")) as started:
        yield started


@pytest.mark.parametrize("name", PROGRAMMES)
def test_everything_is_made(made: Path, name: str) -> None:
    """Each programme has each kind of file, and each is what its name says."""
    files = {path.name: path.read_bytes() for path in (made / name).iterdir()}
    named = [arguments[-1].rpartition("/")[2] for arguments in commands(PROGRAMMES[name], made)]
    assert sorted(files) == sorted([*named, "notebook.html"])
    index = (made / "index.html").read_text("utf-8")
    assert [each for each in files if f'href="{name}/{each}"' not in index] == []
    starts = {
        "html": b"<!DOCTYPE html>",
        "svg": b"<svg ",
        "pdf": b"%PDF-",
        "md": b"# ",
        "docx": b"PK",
        "xlsx": b"PK",
        "csv": b"\xef\xbb\xbf",
        "ics": b"BEGIN:VCALENDAR",
        "jcal": b'["vcalendar"',
        "json": b"{",
        "xml": b"<?xml ",
    }
    wrong = [
        each for each, data in files.items() if not data.startswith(starts[each.rpartition(".")[2]])
    ]
    assert wrong == []


def test_what_is_made_can_be_read(made: Path) -> None:
    """Pictures and schedules are XML, and paper is PDF, as their own tools see it."""
    for path in [*made.rglob("*.svg"), *made.rglob("*.xml")]:
        subprocess.run(["xmllint", "--noout", "--nonet", path], check=True)  # noqa: S607  # found as Debian installs it
    for path in made.rglob("*.pdf"):
        subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)  # noqa: S607  # found as Debian installs it


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("name", PROGRAMMES)
def test_labels_do_not_collide(made: Path, browser: Browser, name: str, picture: str) -> None:
    """As a browser draws it, no label meets another, and none reaches out of the picture."""
    drawn = (made / name / picture).read_text("utf-8")
    browser.show(f'<!DOCTYPE html><body style="margin:0;width:960px">{drawn}')
    texts = browser.run(TEXTS)
    assert texts
    left, top, right, bottom = browser.run(SHEET)
    assert [t for t in texts if t[1] < left or t[2] < top or t[3] > right or t[4] > bottom] == []
    assert [(one[0], two[0]) for one, two in combinations(texts, 2) if meet(one, two)] == []


def meet(one: list[float], two: list[float]) -> bool:
    """Whether the boxes of two texts share more than what a font leaves empty above and below."""
    high = _SLACK * min(one[4] - one[2], two[4] - two[2])
    return (
        one[1] < two[3] - 1
        and two[1] < one[3] - 1
        and one[2] < two[4] - high
        and two[2] < one[4] - high
    )


@pytest.mark.parametrize("name", PROGRAMMES)
def test_every_session_is_in_the_picture(made: Path, name: str) -> None:
    """A screen reader is told of every session, and of every block of it by its time."""
    drawn = (made / name / "timeline.svg").read_text("utf-8")
    (told,) = re.findall(r"<desc[^>]*>(.*?)</desc>", drawn, re.DOTALL)
    told = html.unescape(told)
    programme = read(EXAMPLES / f"{PROGRAMMES[name].programme}.toml")
    for session, _, block in programme.parts:
        assert session.title in told
        assert f"{block.start:%H:%M}–{block.end:%H:%M}" in told
