"""Our pages in a browser: what it shows, prints, asks for, and what axe-core says of it."""

from __future__ import annotations

import subprocess
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest

from r2psched.files import read
from r2psched.ical import agenda
from r2psched.outlines import list_outline
from r2psched.views.pages import order_page, programme_page
from tests.interop.browser import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2psched.programme import Programme

EXAMPLES = Path(__file__).parents[2] / "examples"
LONG = "illustrative-list-of-193"
PAGES = (
    ("r2p-2014", None),
    ("conference", None),
    ("conference", "general-discussion"),
    (LONG, None),
    (LONG, "debate"),
)
every_page = pytest.mark.parametrize(("name", "session"), PAGES)
every_language = pytest.mark.parametrize("lang", ["en", "fr"])
WIDTHS = (320, 360, 390, 430, 600)
# How far apart the first and last line of the text of each element are.
LINES = """
return [...document.querySelectorAll(arguments[0])].map(each => {
  const range = document.createRange();
  range.selectNodeContents(each);
  const tops = [...range.getClientRects()].map(box => box.top);
  return [each.textContent, Math.max(...tops) - Math.min(...tops)];
});
"""
BOXES = """
return [...document.querySelectorAll(arguments[0])].map(each => {
  const box = each.getBoundingClientRect();
  return [box.left, box.top, box.right, box.bottom];
}).filter(box => box[2] > box[0]);
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all tests of this file."""
    with Browser(tmp_path_factory.mktemp("browser")) as started:
        yield started


def meeting(name: str, lang: str = "en") -> Programme:
    """Read one of the examples."""
    return attrs.evolve(read(EXAMPLES / f"{name}.toml"), lang=lang)


def written(name: str, session: str | None, lang: str = "en", *, internal: bool = False) -> str:
    """Write the page of an example, or of one of its lists."""
    programme = meeting(name, lang)
    if session is None:
        return programme_page(programme, internal=internal)
    return order_page(programme, programme[session], internal=internal)


@every_page
@pytest.mark.parametrize(
    ("lang", "scheme", "width"),
    # Every two of them in every way.
    [("en", "light", 1280), ("en", "dark", 320), ("fr", "light", 320), ("fr", "dark", 1280)],
)
def test_everybody_can_read_it(  # noqa: PLR0913, PLR0917  # each a choice of its own
    browser: Browser, name: str, session: str | None, lang: str, scheme: str, width: int
) -> None:
    """Nothing breaks a rule of WCAG 2.2 that axe can see, nor any of its good practices."""
    browser.show(written(name, session, lang), width=width, scheme=scheme)
    assert browser.violations() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_internal_or_cancelled(browser: Browser, scheme: str) -> None:
    """Nor does what is not for publication, or the page of a meeting that is cancelled."""
    browser.show(written("conference", None, internal=True), scheme=scheme)
    assert browser.violations() == []
    browser.show(
        programme_page(attrs.evolve(meeting("conference"), status="cancelled")), scheme=scheme
    )
    assert browser.violations() == []


def test_what_nobody_can_read_is_seen(browser: Browser, tmp_path: Path) -> None:
    """A template with a pale text and a list that is none breaks the rules that it does."""
    (tmp_path / "text.html").write_text("<p style='color: #ccc'>pale</p><li>loose</li>")
    browser.show(programme_page(meeting("r2p-2014"), templates=tmp_path))
    assert {rule for rule, _ in browser.violations()} == {"color-contrast", "list", "listitem"}


@every_page
@every_language
def test_on_a_telephone(browser: Browser, name: str, session: str | None, lang: str) -> None:
    """Nothing but the hidden skip link stands outside, and no place, time or limit is broken."""
    browser.show(written(name, session, lang), width=WIDTHS[0])
    for width in WIDTHS:
        browser.resize(width)
        assert browser.run("return document.documentElement.scrollWidth") <= width
        for left, _, right, _ in browser.run(BOXES, "body *:not(.skip)"):
            assert left >= -0.5
            assert right <= width + 0.5
        told = browser.run(LINES, "td, main time:not(h2 time)")
        assert told
        assert [text for text, apart in told if apart > 4] == []


@every_page
@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_overlaps(browser: Browser, name: str, session: str | None, width: int) -> None:
    """Rows, items and facts stand one below the other, the cells of a row beside each other."""
    browser.show(written(name, session), width=width)
    for kind in ("tr", ".item", "header > .facts > div", "h1, h2"):
        boxes = browser.run(BOXES, kind)
        assert all(one[3] <= two[1] + 0.5 for one, two in pairwise(boxes)), kind
    cells = browser.run(BOXES, "td, th")
    assert all(one[2] <= two[0] + 0.5 or one[3] <= two[1] + 0.5 for one, two in pairwise(cells))


@pytest.mark.parametrize("width", [1280, 320])
def test_everybody_on_the_list_is_seen(browser: Browser, width: int) -> None:
    """Each row says place, time, name and limit, in order."""
    programme = meeting(LONG)
    browser.show(order_page(programme, programme["debate"]), width=width)
    rows = browser.run("return [...document.querySelectorAll('tbody tr')].map(e => e.innerText)")
    turns = list_outline(programme, programme["debate"]).turns
    assert len(rows) == len(turns) == 193
    for row, turn in zip(rows, turns, strict=True):
        told = " ".join(row.split())
        assert told.startswith(" ".join(f"{turn.place} {turn.time}".split()))
        assert " ".join(turn.name.split()) in told
        assert told.endswith(turn.limit)


@every_page
def test_nothing_is_asked_for(browser: Browser, name: str, session: str | None) -> None:
    """The page alone is loaded, and nothing from it or for it."""
    address = browser.show(written(name, session))
    assert browser.requests() == ([address], [])


def test_no_script_runs(browser: Browser, tmp_path: Path) -> None:
    """Not even one that a template has, nor is its picture fetched from elsewhere."""
    script = "<script>document.title = 'run'</script><p onclick='document.title = 1'>x</p>"
    (tmp_path / "text.html").write_text(f"{script}<img src='https://example.org/x.png'>")
    address = browser.show(programme_page(meeting("r2p-2014"), templates=tmp_path))
    assert browser.run("return document.title").startswith("Fulfilling")
    asked, refused = browser.requests()
    assert {*asked} - {*refused} == {address}
    assert {*refused} == {"https://example.org/x.png"}


@pytest.mark.parametrize(("selector", "session"), [("header", None), ("#session-floor", "floor")])
def test_the_calendar_is_within(browser: Browser, selector: str, session: str | None) -> None:
    """A click gives the file that `agenda` writes."""
    programme = meeting("r2p-2014")
    browser.show(programme_page(programme))
    name, octets = browser.downloaded(f"{selector} a[download]")
    assert name == ("r2p-2014.ics" if session is None else "r2p-2014-floor.ics")
    assert octets == agenda(programme, session=session)


def test_colours(browser: Browser) -> None:
    """The page is dark where that is asked for, and never on paper."""
    paper = "return getComputedStyle(document.body).backgroundColor"
    page = written("conference", None)
    browser.show(page)
    assert browser.run(paper) == "rgb(255, 255, 255)"
    browser.show(page, scheme="dark")
    assert browser.run(paper) == "rgb(18, 23, 29)"
    asked = {"name": "prefers-color-scheme", "value": "dark"}
    browser.command("Emulation.setEmulatedMedia", media="print", features=[asked])
    assert browser.run(paper) == "rgb(255, 255, 255)"


def test_the_keyboard(browser: Browser) -> None:
    """The first key of all shows a link that skips to the content, with a frame around it."""
    browser.show(written("conference", None))
    hidden = browser.run(BOXES, ".skip")[0]
    for kind in ("keyDown", "keyUp"):
        browser.command("Input.dispatchKeyEvent", type=kind, key="Tab", windowsVirtualKeyCode=9)
    assert browser.run("return document.activeElement.className") == "skip"
    shown = browser.run(BOXES, ".skip")[0]
    assert hidden[2] <= 0 <= shown[0]
    assert browser.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid"


def sheets(pdf: bytes) -> list[str]:
    """Give the text of each sheet, cell after cell, without any space."""
    command = ["pdftotext", "-raw", "-", "-"]
    done = subprocess.run(command, input=pdf, check=True, capture_output=True)
    return ["".join(sheet.split()) for sheet in done.stdout.decode().split("\f")[:-1]]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_no_row_is_cut(browser: Browser, paper: str) -> None:
    """Each row of a long list is on one sheet, below a head, and sheets are well filled."""
    programme = meeting(LONG)
    browser.show(order_page(programme, programme["debate"]), scheme="dark")
    printed = sheets(browser.printed(paper))
    assert 5 <= len(printed) <= 12
    turns = list_outline(programme, programme["debate"]).turns
    # Poppler turns what is written from right to left around, and splits what has ligatures.
    plain = [turn for turn in turns if turn.name.isascii()]
    assert len(plain) > 50
    for turn in plain:
        row = "".join(f"{turn.place}{turn.time}{turn.name}".split())
        assert sum(row in sheet for sheet in printed) == 1, row
    for number, sheet in enumerate(printed, 1):
        assert "No.TimeSpeakerLimit" in sheet or "No.SpeakerLimit" in sheet
        assert f"{number}/{len(printed)}" in sheet


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_paper(browser: Browser, paper: str) -> None:
    """That of 2014 fills two sheets or three; links are told, what is for screens is not."""
    browser.show(written("r2p-2014", None))
    printed = sheets(browser.printed(paper))
    assert 2 <= len(printed) <= 3
    whole = "".join(printed)
    assert "A/68/947<https://undocs.org/A/68/947>" in whole
    assert "Addtocalendar" not in whole
    assert "Skiptothecontent" not in whole
