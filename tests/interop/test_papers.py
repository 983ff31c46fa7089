"""Papers, as poppler and qpdf see them: nothing overlaps, nothing stands outside the page."""

from __future__ import annotations

import shutil
import subprocess
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import attrs
import pytest

import r2psched as r2
from r2psched.views.papers import order_pdf, programme_pdf

EXAMPLES = Path(__file__).parents[2] / "examples"
NOTO = "/usr/share/fonts/truetype/noto"
RIGHT_OF_PLACES = 81
LONG = (
    "H.E. Ms. Firstname van der Longest-Surname de la Torre y Ramírez, Deputy Minister for "
    "Foreign Affairs"
)
SCRIPTS = ("مصر", "ישראל", "भारत", "ኢትዮጵያ", "ประเทศไทย", "Ελλάδα", "Україна", "საქართველო")


def ran(*command: str) -> str:
    """What a command of this machine says."""
    found = shutil.which(command[0])
    assert found is not None
    done = subprocess.run([found, *command[1:]], check=True, capture_output=True, text=True)
    return done.stdout


def listed(*names: str | r2.Inscription) -> r2.Programme:
    """The meeting of 2014 with these on its list."""
    programme = r2.read(EXAMPLES / "r2p-2014.toml")
    sessions = [
        attrs.evolve(one, speakers=r2.SpeakerList(names, limits="3 min"))
        if one.id == "floor"
        else one
        for one in programme.sessions
    ]
    return attrs.evolve(programme, sessions=sessions)


@pytest.fixture(params=["agenda", "conference", "list of 193", "hostile"])
def paper(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The path of a PDF of each kind."""
    many = listed(*(f"Delegation {number} ({LONG})" for number in range(1, 194)))
    ranked = r2.Inscription("W" * 10_000, level="L" * 10_000, category="C " * 5_000)
    hostile = listed(
        ranked, "A\xa0" * 5_000, "x\u0301" * 5_000, "#eval(1)", "é\u202e(abc", "W" * 42
    )
    made = {
        "agenda": lambda: programme_pdf(r2.read(EXAMPLES / "r2p-2014.toml")),
        "conference": lambda: programme_pdf(r2.read(EXAMPLES / "conference.toml"), internal=True),
        "list of 193": lambda: order_pdf(many, many["floor"], internal=True),
        "hostile": lambda: order_pdf(hostile, hostile["floor"]),
    }
    path = tmp_path / "paper.pdf"
    path.write_bytes(made[request.param]().octets)
    return str(path)


class Word(NamedTuple):
    """The box of a word on a page, in points from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    def is_over(self, other: Word) -> bool:
        """Whether one is printed over another; a box is higher than the letters in it."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > 0.5 and high > 0.35 * min(self.bottom - self.top, other.bottom - other.top)


def pages_of(path: str) -> list[list[Word]]:
    """The words of each page."""
    tree = ET.fromstring(ran("pdftotext", "-bbox", path, "-"))  # noqa: S314  # our own
    name = "{http://www.w3.org/1999/xhtml}"
    return [[_word(word) for word in page.iter(f"{name}word")] for page in tree.iter(f"{name}page")]


def _word(found: ET.Element) -> Word:
    left, top, right, bottom = (float(found.attrib[s]) for s in ("xMin", "yMin", "xMax", "yMax"))
    return Word(left, top, right, bottom, found.text or "")


def test_sound(paper: str) -> None:
    """The document is sound, tagged, titled and made of fonts that it brings along."""
    assert "No syntax or stream encoding errors found" in ran("qpdf", "--check", paper)
    told = ran("pdfinfo", paper)
    assert "Tagged:          yes" in told
    assert "Title:" in told
    assert "CreationDate" not in told
    fonts = [line.split() for line in ran("pdffonts", paper).splitlines()[2:]]
    assert fonts
    # The columns are counted from the right: embedded, subset, whether text can be read back.
    assert all(line[-5:-2] == ["yes", "yes", "yes"] for line in fonts)


def test_boxes(paper: str) -> None:
    """No word stands outside the margins or over another."""
    for words in pages_of(paper):
        for word in words:
            assert 40 < word.left <= word.right < 556, word
            assert 20 < word.top < word.bottom < 825, word
        for one, other in combinations(words, 2):
            assert not one.is_over(other), (one, other)


def test_rows_and_heads(tmp_path: Path) -> None:
    """Each page of a list has its heads; places go on from page to page, none over another."""
    programme = listed(*(f"Delegation {number} ({LONG})" for number in range(1, 194)))
    path = tmp_path / "list.pdf"
    path.write_bytes(order_pdf(programme, programme["floor"]).octets)
    places: list[int] = []
    for words in pages_of(str(path)):
        assert "Planned" in {word.text for word in words}
        rows = sorted(
            (word.top, word.bottom, int(word.text))
            for word in words
            if word.right < RIGHT_OF_PLACES and word.text.isdigit()
        )
        assert all(upper[1] < lower[0] for upper, lower in pairwise(rows))
        places += [place for *_, place in rows]
    assert places == list(range(1, 194))


def test_scripts(tmp_path: Path) -> None:
    """With a folder of fonts names of many scripts are printed, and can be read back."""
    programme = listed(*SCRIPTS)
    printed = order_pdf(programme, programme["floor"], fonts=NOTO)
    path = tmp_path / "list.pdf"
    path.write_bytes(printed.octets)
    assert printed.warnings == ()
    said = ran("pdftotext", "-layout", str(path), "-")
    for name in SCRIPTS:
        assert set(name) <= set(said), name
    assert "Noto" in ran("pdffonts", str(path))
