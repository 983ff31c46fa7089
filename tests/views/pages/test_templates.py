"""Templates: whoever has their own changes what they want to, and is told what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

from r2psched import outlines
from r2psched.errors import FileFailed, InvalidInput
from r2psched.files import read
from r2psched.views.pages import order_page, programme_page
from r2psched.views.pages.filling import Templates
from tests.views.pages.reading import Page

ROOT = Path(__file__).parents[3]
MEETING = read(ROOT / "examples" / "conference.toml")
MANUAL = (ROOT / "docs" / "reference" / "templates.md").read_text("utf-8")
SHIPPED = ROOT / "src" / "r2psched" / "views" / "pages" / "templates"
EXTENDS = '{% extends "r2psched/programme.html" %}\n'


def example(name: str) -> str:
    """Give a template that stands in the manual."""
    code = rf"^```\{{code-block\}} jinja\n:caption: {name}\n\n(.*?)^```$"
    found = re.search(code, MANUAL, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def written(folder: Path, **files: str) -> str:
    """Write the page of the conference with some templates, each under its name without .html."""
    for name, text in files.items():
        (folder / f"{name}.html").write_text(text, "utf-8")
    return programme_page(MEETING, templates=folder)


def refused(folder: Path, **files: str) -> InvalidInput:
    """Give the refusal of some templates."""
    with pytest.raises(InvalidInput) as raised:
        written(folder, **files)
    assert len(raised.value.faults) == 1
    return raised.value


def test_the_example_of_the_manual(tmp_path: Path) -> None:
    """The worked example does what the manual says, and leaves all else as it is."""
    (tmp_path / "programme.html").write_text(example("programme.html"), "utf-8")
    page = Page(programme_page(MEETING, templates=tmp_path))
    assert "Ministry of Rivers" in page.text
    assert page.text.endswith("3 days, 1 list of speakers")
    assert "letter-spacing: 0.08em; text-transform" in page.style
    plain = Page(programme_page(MEETING))
    assert len(page.tags) == len(plain.tags) + 2
    assert order_page(MEETING, MEETING["general-discussion"], templates=tmp_path) == order_page(
        MEETING, MEETING["general-discussion"]
    )


def test_the_style_of_the_manual(tmp_path: Path) -> None:
    """What is added to the style stands behind all that is shipped, on both kinds of pages."""
    (tmp_path / "base.html").write_text(example("base.html"), "utf-8")
    shipped = (SHIPPED / "style.css").read_text("utf-8").strip()
    for page in (
        programme_page(MEETING, templates=tmp_path),
        order_page(MEETING, MEETING["general-discussion"], templates=tmp_path),
    ):
        style = Page(page).style.strip()
        assert style.startswith(shipped)
        assert style.removeprefix(shipped).lstrip().startswith(":root { --link: #7a1f4b;")


def test_the_manual_shows_every_template() -> None:
    """Each shipped file stands in the manual as it is."""
    shown = re.findall(r"^```{literalinclude} (\S+)$", MANUAL, re.MULTILINE)
    files = [(ROOT / "docs" / "reference" / each).resolve() for each in shown]
    assert sorted(files) == sorted(SHIPPED.resolve().iterdir())


def test_the_manual_names_every_kind_of_fact() -> None:
    """Each kind that a fact can have, and no other, is told as a class."""
    source = "".join(each.read_text("utf-8") for each in (ROOT / "src/r2psched/outlines").iterdir()
                     if each.suffix == ".py")  # fmt: skip
    kinds = {*re.findall(r'\bfact\(\s*texts, "(\w+)"', source), "attend", "speak"}
    assert set(re.findall(r"`fact-(\w+)`", MANUAL)) == kinds


def test_the_manual_names_every_template_and_block() -> None:
    """Each shipped file and each block of it stands in the manual, and no other."""
    files = re.findall(
        r"^\| `(\w+\.\w+)` \| (?:the|what|one|a|how|paragraphs)", MANUAL, re.MULTILINE
    )
    assert sorted(files) == sorted(each.name for each in SHIPPED.iterdir())
    told = re.search(r"## Blocks to replace\n(.*?)\n## ", MANUAL, re.DOTALL)
    assert told is not None
    blocks = {
        name
        for each in SHIPPED.iterdir()
        for name in re.findall(r"{% block (\w+) %}", each.read_text("utf-8"))
    }
    named = set(re.findall(r"`(\w+)`", told[1]))
    assert named == blocks


def test_the_manual_names_all_that_an_outline_has() -> None:
    """Each class with every field, and no other."""
    rows = re.findall(r"^\| `(\w+)` \| (`.*) \|$", MANUAL.split("| Class | Has |")[1], re.MULTILINE)
    more = {"ListOutline": {"turns"}}
    for name, told in rows:
        fields = {field.name for field in attrs.fields(getattr(outlines, name))}
        assert set(re.findall(r"`(\w+)`", told)) == fields | more.get(name, set()), name
    assert {name for name, _ in rows} == {each for each in outlines.__all__ if each[0].isupper()}


def test_each_piece_stands_alone(tmp_path: Path) -> None:
    """A piece of the folder is used wherever a shipped template includes one of its name."""
    page = written(tmp_path, item="<li>{{ item.title }}, {{ level }}</li>")
    assert "<li>Keynote: what a river remembers, 4</li>" in page
    page = written(tmp_path, turns="<p>{{ turns|length }} in {{ title }}</p>")
    assert "<p>4 in Tuesday 16 June 2026, 11:20–13:00</p>" in page


def test_a_style_sheet_alone(tmp_path: Path) -> None:
    """It is taken as it is, signs of templates and ends of elements too."""
    (tmp_path / "style.css").write_text("#a{#b} {{ x }} {% y %} </style><b>", "utf-8")
    page = Page(programme_page(MEETING, templates=tmp_path))
    assert page.style.strip() == r"#a{#b} {{ x }} {% y %} <\/style><b>"
    assert page.open == []


def test_a_style_sheet_from_an_editor_of_windows(tmp_path: Path) -> None:
    """A mark at its begin is no part of its first rule, nor of a template's first line."""
    (tmp_path / "style.css").write_text("p {}", "utf-8-sig")
    (tmp_path / "text.html").write_text("<p>mine</p>", "utf-8-sig")
    page = programme_page(MEETING, templates=tmp_path)
    assert Page(page).style.strip() == "p {}"
    assert "<p>mine</p>" in page
    assert "\ufeff" not in page


def test_a_changed_template_is_read_anew(tmp_path: Path) -> None:
    """Within one process, too."""
    import os

    assert "one" in written(tmp_path, text="one")
    file = tmp_path / "text.html"
    file.write_text("another")
    os.utime(file, ns=(1, 1))
    assert "another" in programme_page(MEETING, templates=tmp_path)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("\n{% block header %}\n{{ programme.tilte }}{% endblock %}", 4, "no attribute 'tilte'"),
        ("{% block header %}\n\n{{ nonesuch }}{% endblock %}", 4, "'nonesuch' is undefined"),
        ("{% block header %}{{ 1 / 0 }}{% endblock %}", 2, "division by zero"),
        ("{% block header %}{{ words('page.x') }}{% endblock %}", 2, "page.x"),
        ("{% block header %}\n{% include 'itme.html' %}{% endblock %}", 3, 'mean "item.html"?'),
        ("{% block header %}{{ ''.__class__ }}{% endblock %}", 2, "unsafe"),
        ("\n{% blok header %}", 3, "unknown tag 'blok'"),
        ("{% block header %}", 2, "Unexpected end of template"),
        ("{{", 2, "unexpected 'end of template'"),
        ("{% block header %}{{ x|nonesuch }}{% endblock %}", 2, "No filter named 'nonesuch'"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str, line: int, told: str) -> None:
    """Whatever is wrong with a template, the file and the line are named."""
    error = refused(tmp_path, programme=EXTENDS + text)
    assert error.source == str(tmp_path / "programme.html")
    assert error.faults[0].place == f"line {line}"
    assert told in error.faults[0].message


def test_a_fault_in_a_piece(tmp_path: Path) -> None:
    """The file that is named is the one that is at fault, however it is reached."""
    error = refused(tmp_path, facts="{{ facts[0].nonesuch }}", programme=EXTENDS)
    assert error.source == str(tmp_path / "facts.html")


def test_no_end(tmp_path: Path) -> None:
    """A template that includes or extends itself is refused."""
    assert "without end" in str(refused(tmp_path, text="{% include 'text.html' %}"))
    assert "without end" in str(refused(tmp_path, programme="{% extends 'programme.html' %}"))


def test_the_sandbox(tmp_path: Path) -> None:
    """A template has no way to what it is not given."""
    for text in ("{{ words.__init__.__globals__ }}", "{{ cycler.__init__.__globals__.os }}"):
        assert "unsafe" in str(refused(tmp_path, text=text))
    outside = tmp_path / "outside.txt"
    outside.write_text("secret")
    house = tmp_path / "house"
    house.mkdir()
    assert "there is no template" in str(refused(house, text="{% include '../outside.txt' %}"))


@pytest.mark.parametrize("name", ["style.css", "text.html", "house/text.html"])
def test_a_link_out_of_the_folder(tmp_path: Path, name: str) -> None:
    """No file from elsewhere gets into a page, whatever link there is to it."""
    secret = tmp_path / "secret"
    secret.write_text("secret")
    house = tmp_path / "house"
    (house / name).parent.mkdir(parents=True)
    (house / name).symlink_to(secret)
    (house / "programme.html").write_text(
        EXTENDS + "{% block head %}{% include '" + name + "' %}{% endblock %}"
    )
    with pytest.raises(FileFailed, match="leads out of the folder of templates") as raised:
        programme_page(MEETING, templates=house)
    assert raised.value.path == house / name


def test_a_linked_folder_out_of_the_folder(tmp_path: Path) -> None:
    """Nor is there a way by a link to another folder."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x.html").write_text("secret")
    house = tmp_path / "house"
    house.mkdir()
    (house / "away").symlink_to(tmp_path / "elsewhere")
    (house / "text.html").write_text("{% include 'away/x.html' %}")
    with pytest.raises(FileFailed, match="leads out of the folder of templates"):
        programme_page(MEETING, templates=house)


def test_a_link_within_the_folder(tmp_path: Path) -> None:
    """A link to a file beside it is followed, and so is one to the folder itself."""
    house = tmp_path / "house"
    house.mkdir()
    (house / "mine.html").write_text("<p>mine</p>")
    (house / "text.html").symlink_to("mine.html")
    (tmp_path / "ours").symlink_to(house)
    assert "<p>mine</p>" in programme_page(MEETING, templates=tmp_path / "ours")


@pytest.mark.parametrize("text", ["{{ lipsum() }}", "{{ [1, 2]|random }}"])
def test_no_chance(tmp_path: Path, text: str) -> None:
    """Nothing that a template can use differs from one page to the next."""
    assert re.search("undefined|No filter", str(refused(tmp_path, text=text)))


def test_each_fact_has_its_kind() -> None:
    """A style sheet can tell facts apart, in whatever language they are."""
    french = programme_page(attrs.evolve(MEETING, lang="fr"))
    for kind in ("place", "organiser", "panellists", "limit"):
        assert f'<div class="fact-{kind}' in programme_page(MEETING)
        assert f'<div class="fact-{kind}' in french


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    """It is refused, with the folder."""
    (tmp_path / "text.html").write_bytes(b"\xff")
    with pytest.raises(InvalidInput, match="expected text in UTF-8"):
        programme_page(MEETING, templates=tmp_path)
    (tmp_path / "text.html").unlink()
    (tmp_path / "text.html").mkdir()
    (tmp_path / "style.css").mkdir()
    assert programme_page(MEETING, templates=tmp_path) == programme_page(MEETING)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """It cannot be read."""
    with pytest.raises(FileFailed, match=r"cannot read .*nonesuch"):
        programme_page(MEETING, templates=tmp_path / "nonesuch")
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(FileFailed, match="cannot read"):
        programme_page(MEETING, templates=file)


def test_a_folder_that_changes_nothing(tmp_path: Path) -> None:
    """What is meant is told, as far as it can be guessed."""
    with pytest.raises(InvalidInput, match=r"expected a template of the name of .*turns\.html"):
        programme_page(MEETING, templates=tmp_path)
    (tmp_path / "program.html").touch()
    with pytest.raises(InvalidInput, match=r'did you mean "programme\.html" by "program\.html"'):
        programme_page(MEETING, templates=tmp_path)


def test_compiled_once() -> None:
    """What is compiled is kept."""
    assert Templates.of().environment is Templates.of().environment
