"""`show`, and the files that `show` and `order` write for others."""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from r2psched.language import date_forms
from tests.cli.running import EXAMPLE, HEARING, TWO_LISTS, answer, call, fails, good, written
from tests.views.schemas import judged

FORMS = (".html", ".pdf", ".md", ".docx", ".csv", ".xlsx", ".json")
EXTRAS = {".html": "jinja2", ".pdf": "typst", ".docx": "docx", ".xlsx": "xlsxwriter"}
NAMES = {".html": "html", ".pdf": "pdf", ".docx": "docx", ".xlsx": "sheets"}
ENDS = (
    "expected the name of a file that ends in .html, .pdf, .md, .docx, .csv, .xlsx, .json, .svg, "
    "got"
)
SAID = ("Public comment", "Ana Ruiz", "18:00")


def text_of(path: Path) -> str:
    """Everything in a file that can be read as text, its parts unpacked."""
    data = path.read_bytes()
    if data.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    if not data.startswith(b"PK"):
        return data.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("command", ["show", "order"])
def test_every_form_is_written(command: str, form: str) -> None:
    """Each form is written, says so, and is the same when it is written again."""
    file = written(HEARING)
    result = call(command, file, "-o", f"x{form}")
    assert result.exit_code == (1 if command == "order" else 0)
    assert result.stdout.startswith(f"wrote x{form}")
    assert result.stderr == ""
    first = Path(f"x{form}").read_bytes()
    call(command, file, "-o", f"x{form}")
    assert Path(f"x{form}").read_bytes() == first
    assert b"secret.example" not in first
    assert "secret.example" not in text_of(Path(f"x{form}"))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_who_speaks_when(form: str) -> None:
    """A list in any form has its title, its speakers and their times."""
    call("order", written(HEARING), "-o", f"x{form}")
    told = text_of(Path(f"x{form}"))
    wanted = SAID[1:2] if form in {".csv", ".xlsx"} else SAID
    assert [each for each in wanted if each not in told] == []


def test_a_picture() -> None:
    """The time line is an SVG file, with the capacity of the list unless it is to be public."""
    file = written(HEARING)
    assert good("show", file, "-o", "x.svg") == (
        "wrote x.svg, with the capacity of its lists; --public leaves that out\n"
    )
    assert good("show", file, "--public", "-o", "y.svg") == "wrote y.svg\n"
    for name, has_capacity in (("x.svg", True), ("y.svg", False)):
        drawn = ET.fromstring(Path(name).read_bytes())  # noqa: S314  # our own file
        assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
        told = "".join(drawn.itertext())
        assert "Public comment" in told
        assert ("Capacity: " in told) == has_capacity


def test_json_is_the_answer() -> None:
    """A .json file holds what --json prints."""
    file = written(HEARING)
    good("show", file, "-o", "x.json")
    assert json.loads(Path("x.json").read_bytes()) == answer("show", file)
    call("order", file, "-o", "y.json")
    told = json.loads(Path("y.json").read_bytes())
    assert judged(told) == answer("order", file, code=1)


def test_a_table_of_the_agenda() -> None:
    """A table of a programme has a row for each block, in order."""
    assert good("show", EXAMPLE, "-o", "x.csv") == "wrote x.csv: 5 rows\n"
    rows = list(csv.DictReader(io.StringIO(Path("x.csv").read_text("utf-8-sig"))))
    assert [(row["id"], row["block"], row["start"]) for row in rows] == [
        ("opening", "1", "2014-09-08 10:00"),
        ("panel", "1", "2014-09-08 10:20"),
        ("floor", "1", "2014-09-08 10:50"),
        ("floor", "2", "2014-09-08 15:00"),
        ("closing", "1", "2014-09-08 17:50"),
    ]


@pytest.mark.parametrize("form", [".html", ".pdf", ".md", ".docx"])
def test_what_is_internal_is_asked_for(form: str) -> None:
    """Capacity and notes are in a file only with --internal."""
    file = written(HEARING.replace("[sessions.speakers]\n", '[sessions.speakers]\nnote = "Hush"\n'))
    for more in ([], ["--internal"]):
        call("order", file, *more, "-o", f"x{form}")
        told = text_of(Path(f"x{form}"))
        assert ("Hush" in told, "Capacity: " in told) == (bool(more), bool(more))


def test_in_another_language() -> None:
    """--lang chooses the language of what is written, and of what is shown."""
    file = written(HEARING.replace('"Public comment"', '{ en = "Comment", fr = "Parole" }'))
    good("show", file, "--lang", "fr", "-o", "x.md")
    told = Path("x.md").read_text("utf-8")
    assert "Parole" in told
    assert "mardi 10 mars 2026" in told
    assert "Comment" not in told
    assert "Comment" in good("show", file)
    assert "to speak in" not in good("show", file, "--lang", "fr")
    assert fails(2, "show", file, "--lang", "tlh").startswith('expected a language, "en" or "fr"')


def test_one_list_of_several() -> None:
    """The list that is named is written; of several, one must be."""
    file = written(TWO_LISTS)
    good("order", file, "--session", "evening", "-o", "x.md")
    assert "Evening" in Path("x.md").read_text("utf-8")
    assert fails(2, "order", file, "-o", "x.md").startswith("the programme has 2 lists")


@pytest.mark.parametrize("command", ["show", "order"])
@pytest.mark.parametrize("form", EXTRAS)
def test_without_the_extra(command: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where what makes a form is not installed, the command says what to install."""
    for name in [each for each in sys.modules if each.partition(".")[0] == EXTRAS[form]]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, EXTRAS[form], None)
    message = fails(2, command, written(HEARING), "-o", f"x{form}")
    assert message.endswith(f'pip install "r2psched[{NAMES[form]}]"')
    assert not Path(f"x{form}").exists()


def test_french_without_babel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where dates of another language cannot be written, the command says what to install."""
    date_forms.cache_clear()
    monkeypatch.setitem(sys.modules, "babel", None)
    message = fails(2, "show", written(HEARING), "--lang", "fr", "-o", "x.md")
    assert message.endswith('pip install "r2psched[i18n]"')
    assert not Path("x.md").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "x.doc"], f'{ENDS} "x.doc"'),
        (["-o", "x"], f'{ENDS} "x"'),
        (["--internal"], "--internal goes with -o X.html or X.pdf or X.md or X.docx"),
        (["--internal", "-o", "x.csv"],
         "--internal goes with -o X.html or X.pdf or X.md or X.docx"),
        (["--public", "-o", "x.html"], "--public goes with -o X.svg"),
        (["--fonts", "f", "-o", "x.html"], "--fonts goes with -o X.pdf"),
        (["--paper", "a4", "-o", "x.html"], "--paper goes with -o X.pdf"),
        (["--templates", "t", "-o", "x.pdf"], "--templates goes with -o X.html"),
        (["-o", "x.html", "--json"], "-o writes a file: leave out --json, or name X.json"),
    ],
)  # fmt: skip
def test_what_does_not_go_together(arguments: list[str], message: str) -> None:
    """Options that mean nothing together are refused, and nothing is written."""
    assert fails(2, "show", written(HEARING), *arguments) == message
    assert sorted(path.name for path in Path().iterdir()) == ["hearing.toml"]


def test_the_programme_is_not_written_over() -> None:
    """Neither the programme itself nor a list of it is replaced."""
    file = written(HEARING, "x.json")
    assert fails(2, "show", file, "-o", "x.json") == (
        "x.json would replace what is read from x.json: name another file"
    )
    inscriptions = HEARING[HEARING.index("inscriptions = [") :]
    listed = written(HEARING.replace(inscriptions, 'inscriptions = "list.csv"\n'))
    Path("list.csv").write_text("delegation\nChile\n", encoding="utf-8")
    for command in ("show", "order"):
        message = fails(3, command, listed, "-o", "list.csv")
        assert message.endswith("a list of speakers stands in it: choose another name")
    assert Path("list.csv").read_text("utf-8") == "delegation\nChile\n"


def test_no_page_becomes_a_template() -> None:
    """No page is written where it would stand for a template; elsewhere it is, time and again."""
    Path("own").mkdir()
    Path("own/style.css").write_text("body { color: black }", encoding="utf-8")
    for name in ("order.html", "base.html"):
        output = f"own/{name}"
        message = fails(2, "show", written(HEARING), "--templates", "own", "-o", output)
        assert message == f"{output} would be a template in own: name another file"
    assert [path.name for path in Path("own").iterdir()] == ["style.css"]
    for output in ("x.html", "own/x.html", "own/x.html"):
        call("order", written(HEARING), "--templates", "own", "-o", output)
        assert "color: black" in Path(output).read_text("utf-8")


def test_fonts_that_are_missing_are_told() -> None:
    """Where no font holds the letters of a name, the paper is written and the name is told."""
    file = written(HEARING.replace("Ana Ruiz", "Ana \\U0003100a"))
    result = call("order", file, "-o", "x.pdf")
    assert result.stdout == "wrote x.pdf\n"
    assert result.stderr.startswith("r2psched: ")
    assert "--fonts" in result.stderr
