"""Papers: what is read back from the PDF of an agenda and of a podium's list."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest
import typst
from pypdf import PdfReader

import r2psched as r2
from r2psched.errors import FileFailed, InvalidValue, MissingExtra
from r2psched.outlines import list_outline, outline
from r2psched.views.papers import order_pdf, programme_pdf
from r2psched.views.papers.contents import agenda, podium
from r2psched.views.papers.fonts import warnings_of
from r2psched.views.papers.setting import set_in_type
from r2psched.views.papers.texts import settable

EXAMPLES = Path(__file__).parents[3] / "examples"
HOSTILE = '#eval("1+1") *bold* _it_ $x^2$ \\ `raw` <label> @ref // note #read("/etc/passwd")'
LONG_NAME = (
    "H.E. Ms. Firstname van der Longest-Surname de la Torre y Ramírez, Deputy Minister for "
    "Foreign Affairs"
)


def meeting(*names: str | r2.Inscription, lang: str = "en", description: str = "") -> r2.Programme:
    """A meeting of one list: ten minutes in the morning, six in the afternoon, 2 min for each."""
    day = r2.Day("2014-09-08", zone="America/New_York")
    floor = r2.Session(
        "Interactive dialogue",
        [day("10:00-10:10"), day("15:00-15:06")],
        id="floor",
        speakers=r2.SpeakerList(names, limits="2 min"),
    )
    return r2.Programme("meeting", "Meeting", [floor], lang=lang, description=description)


def listed(*names: str, lang: str = "en") -> PdfReader:
    """The podium's list of these names, read back."""
    programme = meeting(*names, lang=lang)
    return PdfReader(io.BytesIO(order_pdf(programme, programme["floor"]).octets))


def root_of(octets: bytes) -> Any:  # noqa: ANN401  # a tree of objects of PDF
    """The catalogue of a document."""
    return PdfReader(io.BytesIO(octets)).trailer["/Root"]


def text_of(reader: PdfReader) -> str:
    """All text of a document, with one space between its words."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture
def without_system_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that has no fonts but those that come with typst."""
    compiled: Any = typst.compile

    def alone(source: bytes, **options: object) -> bytes:
        octets: bytes = compiled(source, **{**options, "ignore_system_fonts": True})
        return octets

    monkeypatch.setattr(typst, "compile", alone)


def test_agenda_of_2014() -> None:
    """The agenda of 2014 is one page with its sittings, people and links."""
    programme = r2.read(EXAMPLES / "r2p-2014.toml")
    reader = PdfReader(io.BytesIO(programme_pdf(programme).octets))
    said = text_of(reader)
    assert len(reader.pages) == 1
    for expected in (
        programme.title,
        "Monday 8 September 2014",
        "10:20–10:50",
        "Panel discussion",
        "Jennifer Welsh",
        "A/RES/63/308",
        "Interactive dialogue (2/2)",
        "Page 1 of 1",
    ):
        assert expected in said
    notes: Any = reader.pages[0]["/Annots"]
    links = [note.get_object()["/A"]["/URI"] for note in notes]
    assert [link.rpartition("undocs.org/")[2] for link in links] == list(programme.documents)


def test_accessible() -> None:
    """Both papers are tagged, have a title and a language, and say that they are PDF/UA-1."""
    programme = meeting("Chile", lang="fr")
    for printed in (programme_pdf(programme), order_pdf(programme, programme["floor"])):
        root = root_of(printed.octets)
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "fr"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    told = order_pdf(programme, programme["floor"]).octets
    assert PdfReader(io.BytesIO(told)).metadata["/Title"] == "Interactive dialogue"  # type: ignore[index]  # it has some


def test_podium() -> None:
    """The podium's list has each place, name, limit and time, and the cut line before the rest."""
    said = text_of(listed(*(f"Speaker {letter}" for letter in "ABCDEFGHIJ")))
    assert "1 Speaker A 2 min 10:00" in said
    assert "6 Speaker F 2 min 15:00" in said
    assert said.index("Speaker H") < said.index("Beyond the time there is")
    assert said.index("Beyond the time there is") < said.index("9 Speaker I")


def test_no_empty_block() -> None:
    """A block in which nobody is seated has no empty table."""
    said = text_of(listed("Chile"))
    assert "10:00–10:10" in said
    assert "15:00–15:06" not in said
    assert said.count("Planned") == 1


def test_french() -> None:
    """The words of a paper are those of the programme's language."""
    said = text_of(listed("Chili", lang="fr"))
    assert "Page 1 sur 1" in said
    assert "Lundi 8 septembre 2014, 10:00" in said


def test_head_on_each_page() -> None:
    """Each page of a long list has the block and the heads of the columns, and the count."""
    names = [f"Delegation {number} ({LONG_NAME})" for number in range(1, 194)]
    programme = r2.read(EXAMPLES / "illustrative-list-of-120.toml")
    floor = attrs.evolve(programme["floor"], speakers=r2.SpeakerList(names, limits="3 min"))
    programme = attrs.evolve(programme, sessions=[floor])
    pages = PdfReader(io.BytesIO(order_pdf(programme, floor).octets)).pages
    assert 5 < len(pages) < 20
    for number, page in enumerate(pages, 1):
        said = page.extract_text()
        assert "Time taken" in said
        assert f"Page {number} of {len(pages)}" in said
    said = " ".join(page.extract_text() for page in pages)
    assert all(f"Delegation {number} " in said for number in range(1, 194))


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_paper(paper: str) -> None:
    """A paper has the size that was asked for."""
    page = PdfReader(io.BytesIO(programme_pdf(meeting(), paper=paper).octets)).pages[0]
    sizes = {"a4": (595, 842), "us-letter": (612, 792)}
    assert (round(page.mediabox.width), round(page.mediabox.height)) == sizes[paper]


def test_no_such_paper() -> None:
    """Another paper is refused with those that there are."""
    with pytest.raises(InvalidValue, match='"a4" or "us-letter", got "a0"'):
        programme_pdf(meeting(), paper="a0")


def test_hostile_names() -> None:
    """Markup in a name is text, and so is markup in a description."""
    programme = meeting(HOSTILE, description=HOSTILE)
    for printed in (programme_pdf(programme), order_pdf(programme, programme["floor"])):
        said = text_of(PdfReader(io.BytesIO(printed.octets)))
        assert '#eval("1+1") *bold* _it_ $x^2$ \\ `raw` <label>' in said
        assert not printed.warnings


@pytest.mark.parametrize(
    "name",
    ["a\x00b\x07c\x1bd", "a\u202eb\u2066c\ufeffd\u2028e", "Z" + "\u0301" * 9_000, "W" * 10_000],
)
def test_names_without_form(name: str) -> None:
    """Controls, turned directions, piles of marks and endless words break nothing."""
    programme = meeting(name, "Chile", description=name)
    assert len(PdfReader(io.BytesIO(programme_pdf(programme).octets)).pages) <= 6
    reader = PdfReader(io.BytesIO(order_pdf(programme, programme["floor"]).octets))
    assert len(reader.pages) == 1
    assert "2 Chile 2 min 10:02" in text_of(reader)


def test_cut_cells() -> None:
    """Names, levels and categories too long for a row are cut, which is said."""
    programme = meeting(
        "word " * 100,
        r2.Inscription("Chile", level="minister " * 20),
        r2.Inscription("Fiji", category="observer " * 20),
    )
    names, ranks = order_pdf(programme, programme["floor"]).warnings
    assert names.startswith('names too long for a row are cut: "word word')
    assert ranks.startswith('levels and categories too long for a row are cut: "minister mini')
    assert '"observer obs' in ranks


def test_not_cut() -> None:
    """What is set is counted, without what is left out of a name and where it may be broken."""
    level = "Permanent Representative to the United Nations and other organisations in Geneva, Rome"
    programme = meeting("W" * 200, "Fiji" + "\u202e" * 400, r2.Inscription("Chile", level=level))
    assert order_pdf(programme, programme["floor"]).warnings == ()


@pytest.mark.parametrize("title", ["\u202e", "\ufdd0", "\u200b", "\u0301\u3164"])
def test_titles_that_are_not_seen(title: str) -> None:
    """Where nothing of a title or name can be seen, the id stands in its place."""
    floor = meeting(r2.Inscription(title, id="s1"))["floor"]
    first = attrs.evolve(floor, title=title, blocks=floor.blocks[:1])
    programme = r2.Programme("meeting", title, [first])
    agenda = PdfReader(io.BytesIO(programme_pdf(programme).octets))
    podium = PdfReader(io.BytesIO(order_pdf(programme, first).octets))
    titles = [reader.metadata and reader.metadata.title for reader in (agenda, podium)]
    assert titles == ["meeting", "floor"]
    assert "floor Limit 2 min" in text_of(agenda)
    assert "1 s1 2 min 10:00" in text_of(podium)


def test_addresses() -> None:
    """Paper tells the address of a link, unless its text does."""
    programme = attrs.evolve(
        meeting(),
        webcast="https://example.org/live",
        documents=["A/68/947", "https://example.org/a"],
    )
    said = text_of(PdfReader(io.BytesIO(programme_pdf(programme).octets)))
    assert "Watch live https://example.org/live" in said
    assert "A/68/947 https://undocs.org/A/68/947" in said
    assert said.count("https://example.org/a") == 1


def test_addresses_of_symbols() -> None:
    """What the addresses of several documents begin with is told once, behind the last."""
    documents = ["A/68/947", "Note", "A/63/677", "https://example.org/a", "https://example.org/a"]
    programme = attrs.evolve(meeting(), documents=documents)
    [fact] = [each for each in agenda(outline(programme))["facts"] if each["name"] == "Documents"]
    told = [value["address"] for value in fact["values"]]
    assert told == ["", "", "https://undocs.org/…", "", ""]


def test_facts_for_the_podium() -> None:
    """The list has what its chair needs, and neither documents, webcast nor registration."""
    programme = meeting("Chile")
    floor = attrs.evolve(
        programme["floor"],
        chair="Mara Lind",
        documents=["A/68/947"],
        webcast="https://example.org/live",
        speakers=attrs.evolve(
            r2.SpeakerList(["Chile"], limits="2 min"),
            changeover="20 s",
            registration=r2.Registration(write_to="a@example.org"),
        ),
        reserves=[r2.Reserve("Replies", at="end", length="2 min")],
    )
    programme = attrs.evolve(programme, sessions=[floor], room="Hall")
    names = [fact["name"] for fact in podium(list_outline(programme, floor))["facts"]]
    assert names == [
        *("Place", "Time zone", "Chair", "Limit", "Between speakers", "Not for the list"),
        "Inscribed",
    ]


@pytest.mark.parametrize(
    ("level", "category", "head"),
    [
        (None, None, ""),
        ("minister", None, "Level"),
        (None, "observer", "Category"),
        ("minister", "observer", "Level / Category"),
    ],
)
def test_head_of_ranks(level: str | None, category: str | None, head: str) -> None:
    """The column of levels and categories is called by those that there are."""
    programme = meeting(r2.Inscription("Chile", level=level, category=category), "Fiji")
    assert podium(list_outline(programme, programme["floor"]))["rank"] == head
    said = text_of(PdfReader(io.BytesIO(order_pdf(programme, programme["floor"]).octets)))
    assert f"No. Speaker {head} Limit".replace("  ", " ") in said


def test_internal_only_when_asked() -> None:
    """Addresses are on no paper, and capacity only where it is asked for."""
    who = r2.Inscription("Chile", email="mission@secret.example")
    programme = meeting(who)
    public = text_of(PdfReader(io.BytesIO(order_pdf(programme, programme["floor"]).octets)))
    asked = order_pdf(programme, programme["floor"], internal=True)
    internal = text_of(PdfReader(io.BytesIO(asked.octets)))
    assert "Not for publication" in internal
    assert "Capacity: 5 of 2 min" in internal
    assert "Capacity" not in public
    assert "secret" not in public + internal


def test_same_octets() -> None:
    """The same programme gives the same octets, which tell no date of today."""
    programme = meeting("Chile", "Fiji")
    first, second = (order_pdf(programme, programme["floor"]).octets for _ in range(2))
    assert first == second
    assert b"/CreationDate" not in first


@pytest.mark.usefixtures("without_system_fonts")
def test_no_font() -> None:
    """Names that no font holds are told by script, with the remedy, and the rest is printed."""
    programme = meeting("Chile", "ኢትዮጵያ", "中国", "日本", "中国 (2)", "中国 (3)", "\U0001f600")
    printed = order_pdf(programme, programme["floor"])
    cjk, ethiopic, signs = printed.warnings
    assert ethiopic == (
        'no font holds the Ethiopic letters "ት", "ኢ", "ያ" and 2 more of "ኢትዮጵያ": they are printed '
        "as empty boxes; name a folder with a font that holds them, such as Noto Sans Ethiopic "
        "(--fonts DIR)"
    )
    assert '"中国", "日本", "中国 (2)" and 1 more:' in cjk
    assert "Noto Emoji" in signs
    assert "1 Chile 2 min 10:00" in text_of(PdfReader(io.BytesIO(printed.octets)))
    assert root_of(printed.octets)["/MarkInfo"]["/Marked"]


@pytest.mark.usefixtures("without_system_fonts")
@pytest.mark.parametrize(
    ("name", "what", "such"),
    [
        ("x\ufe0f\u20e3", 'signs "\u20e3"', "the Noto fonts"),
        ("q\u1ab0", 'signs "\u1ab0"', "the Noto fonts"),
        ("葛\U000e0100", 'Chinese, Japanese or Korean letters "葛"', "Noto Sans CJK"),
        ("한국 x", 'Chinese, Japanese or Korean letters "국", "한"', "Noto Sans CJK"),
        ("ไทย\u0e31", 'Thai letters "ท", "ย", "ั" and 1 more', "Noto Sans Thai"),
        ("ᱥ", 'Ol Chiki letters "ᱥ"', "Noto Sans Ol Chiki"),
        ("\U00010300", 'letters "\U00010300"', "the Noto fonts"),
        ("\U0001f600", 'signs "\U0001f600"', "Noto Sans Symbols or Noto Emoji"),
    ],
)
def test_blamed(name: str, what: str, such: str) -> None:
    """Only what no font holds is blamed: no letter beside it, no joiner, no variation."""
    programme = meeting("x Chile", name)
    [warning] = order_pdf(programme, programme["floor"]).warnings
    assert warning.startswith(f"no font holds the {what} of ")
    assert "Chile" not in warning
    assert f"such as {such} (--fonts" in warning


def test_blamed_together() -> None:
    """Where each sign has a font, but no font has them all, that is told of no name."""
    [warning] = warnings_of(frozenset("x\u200d"), frozenset(), ["x\u200d", "Luxembourg"])
    assert warning.startswith("no font holds all signs of a text together")


@pytest.mark.usefixtures("without_system_fonts")
def test_scripts_of_the_serif() -> None:
    """Latin, Greek, Cyrillic and Hebrew names need no other font."""
    said = text_of(listed("Türkiye", "Việt Nam", "Ελλάδα", "Україна", "ישראל"))
    for name in ("Türkiye", "Việt Nam", "Ελλάδα", "Україна"):
        assert name in said


@pytest.mark.parametrize("made", [False, True])
def test_fonts_that_are_none(tmp_path: Path, *, made: bool) -> None:
    """A folder that is not there, or has no font in it, is refused."""
    folder = tmp_path / "fonts"
    if made:
        folder.mkdir()
        (folder / "broken.ttf").write_bytes(b"no font")
    expected = "there is no font in it" if made else "expected a folder with fonts"
    with pytest.raises(FileFailed, match=f"cannot read .*fonts: {expected}"):
        programme_pdf(meeting(), fonts=folder)


def test_refused_by_typst() -> None:
    """What typst refuses is told as an error of ours."""
    with pytest.raises(FileFailed, match="cannot write the PDF: typst says: "):
        set_in_type("agenda", {}, None)


def test_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without typst the extra is named."""
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtra, match=r'pip install "r2psched\[pdf\]"'):
        programme_pdf(meeting())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\tb", "a b"),
        ("\u202eabc\u2069", "abc"),
        ("e\u0301\u0302\u0303\u0304\u0305", "e\u0301\u0302\u0303"),
        ("x" * 39, "x" * 39),
        ("x" * 40, "x" * 16 + "\u200b" + "x" * 16 + "\u200b" + "x" * 8),
        ("中" * 100, "中" * 100),
        ("a\xa0b", "a\xa0b"),
        ("a\xa0" * 30 + "b", "a " * 30 + "b"),
        ("\ud800x\ufffe", "x"),
    ],
)
def test_settable(text: str, expected: str) -> None:
    """A text becomes one line that can be broken, and keeps what has a form."""
    assert settable(text) == expected
