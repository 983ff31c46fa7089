"""Pages: all that the outline says, nothing that a name could add, nothing from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given

from r2psched.blocks import Day
from r2psched.drawing import DARK, LIGHT
from r2psched.entries import Agenda
from r2psched.errors import InvalidValue, MissingExtra
from r2psched.files import read
from r2psched.ical import agenda
from r2psched.language import Words
from r2psched.outlines import Fact, list_outline, outline
from r2psched.programme import Programme
from r2psched.sessions import Session
from r2psched.speakers import SpeakerList
from r2psched.views.pages import order_page, programme_page
from tests.strategies import programmes
from tests.views.meetings import ADDRESSES, NOTE, hearing
from tests.views.pages.meetings import meeting, pages
from tests.views.pages.reading import Page, calendars

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = Path(__file__).parents[3] / "examples"
NAMES = ("r2p-2014", "conference", "illustrative-list-of-193")
HOSTILE = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(1)>",
    "</title></style></textarea><!-- <b>",
    "{{ 7 * 7 }}{% for x in y %}{# gone #}&lt;i&gt;&#60;b&#62;",
    "' onmouseover='alert(1)' x='",
    "\u202eright to left\u2066\u2067",
    "<![CDATA[ ]]><?xml ?><svg onload=alert(1)>",
)
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Ids and moments stand in attributes; a zone in the facts.
UNREAD = {"id", "session", "start", "end", "date", "words", "link"}


def said(told: object) -> Iterator[str]:
    """Every text of an outline that is to be read."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, tuple):
        for each in told:
            yield from said(each)
    elif isinstance(told, Fact):
        yield from said((told.name, told.values))
    elif attrs.has(kind := type(told)) and not isinstance(told, Words):
        for field in attrs.fields(kind):
            if field.name not in UNREAD:
                yield from said(getattr(told, field.name))


def readable(text: str) -> str:
    """What becomes of a text on a page: what no page may hold is seen to be missing."""
    return " ".join(UNFIT.sub("\ufffd", text).split())


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("internal", [False, True])
def test_no_name_adds_markup(hostile: str, *, internal: bool) -> None:
    """With any text in every field there are the same elements with the same attributes."""
    harmless = meeting(lambda word: f"{word} x")
    attack = meeting(lambda word: f"{word} {hostile}")
    both = zip(pages(harmless, internal=internal), pages(attack, internal=internal), strict=True)
    for calm, attacked in both:
        one, other = Page(calm), Page(attacked)
        assert one.open == other.open == []
        assert one.structure == other.structure
        assert one.style == other.style
        assert f"Chile {readable(hostile)}" in other.text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("lang", "internal"), [("en", False), ("fr", True)])
def test_all_that_the_outline_says(name: str, lang: str, *, internal: bool) -> None:
    """Every text of the outline is found on the page."""
    programme = attrs.evolve(read(EXAMPLES / f"{name}.toml"), lang=lang)
    page = Page(programme_page(programme, internal=internal)).text
    for text in said(outline(programme, internal=internal)):
        assert readable(text) in page
    for session in programme.lists:
        page = Page(order_page(programme, session, internal=internal)).text
        for text in said(list_outline(programme, session, internal=internal)):
            assert readable(text) in page


@given(programmes())
def test_any_programme(programme: Programme) -> None:
    """It is well-formed, has one main heading, no level left out, no id twice, and every text."""
    page = Page(programme_page(programme))
    read = page.text
    assert page.open == []
    assert page.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise([0, *page.headings]))
    assert len(page.values("id")) == len(set(page.values("id")))
    for text in said(outline(programme)):
        assert readable(text) in read


@pytest.mark.parametrize("name", NAMES)
def test_nothing_from_elsewhere(name: str) -> None:
    """No script, no picture, font or sheet is fetched, and the policy of the page forbids it."""
    for page in map(Page, pages(read(EXAMPLES / f"{name}.toml"))):
        assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object"}
        assert not any(name.startswith("on") for _, given in page.tags for name in given)
        assert not page.values("src")
        assert not re.search(r"url\(|@import|expression", page.style)
        policy = next(given for tag, given in page.tags if "http-equiv" in given)
        assert policy["http-equiv"] == "Content-Security-Policy"
        assert policy["content"].startswith("default-src 'none';")
        assert "script" not in policy["content"]


@pytest.mark.parametrize("internal", [False, True])
def test_calendars(*, internal: bool) -> None:
    """That of the programme and of each session that has a time and is no break are within."""
    programme = meeting(str)
    whole = agenda(programme, internal=internal)
    floor = agenda(programme, session="floor", internal=internal)
    page, order = pages(programme, internal=internal)
    assert calendars(page) == {"p.ics": whole, "p-floor.ics": floor}
    assert calendars(order) == {"p-floor.ics": floor}


@given(programmes())
def test_the_calendar_of_one_session(programme: Programme) -> None:
    """It has the entries of that session in the calendar of all, in their order."""
    whole = Agenda(programme)
    for session in programme:
        one = Agenda(programme, only=session)
        for chosen, entries in (
            (one.blocks(), whole.blocks()),
            (one.deadlines(), whole.deadlines()),
        ):
            assert [*chosen] == [entry for entry in entries if entry.session == session.id]


def test_sessions_cost_what_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many sessions there are, the whole programme is gone through as often."""
    walks, parts = [0], vars(Programme)["parts"]

    def counted(programme: Programme) -> object:
        walks[0] += 1
        return parts.fget(programme)

    monkeypatch.setattr(Programme, "parts", property(counted))
    taken = []
    for count in (3, 30):
        walks[0], day = 0, Day("2014-09-08", zone="UTC")
        times = [
            day(f"{at // 60:02}:{at % 60:02}-{at // 60:02}:{at % 60 + 1:02}") for at in range(count)
        ]
        programme_page(Programme("p", "P", [Session(f"S{at}", t) for at, t in enumerate(times)]))
        taken.append(walks[0])
    assert taken[0] == taken[1]


def test_no_calendar_without_a_time() -> None:
    """Where nothing has a time, there is nothing to add to a calendar."""
    programme = Programme(
        "p", "P", [Session("A", id="a", speakers=SpeakerList(["Chile"]))], zone="UTC"
    )
    page, order = pages(programme)
    assert calendars(page) == calendars(order) == {}
    assert "Without a time yet" in Page(page).text


def test_what_is_not_for_publication() -> None:
    """Addresses of speakers are never written; notes and capacity only if asked for."""
    for internal in (False, True):
        for page in pages(hearing(), internal=internal):
            told = Page(page).text + b"".join(calendars(page).values()).decode()
            assert not any(address in told for address in ADDRESSES)
            assert ("Not for publication" in told) == internal
            assert ("Capacity" in told) == internal
    programme = meeting(str)
    for internal in (False, True):
        assert all(("Note: Note" in p) == internal for p in pages(programme, internal=internal))
    assert not any(NOTE in page for page in pages(hearing()))


def test_same_octets() -> None:
    """A page is the same whatever the seed of hashes is."""
    code = (
        "import sys, r2psched as r2; from r2psched.views.pages import programme_page;"
        f"sys.stdout.write(programme_page(r2.read({str(EXAMPLES / 'conference.toml')!r})))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code],
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert told == {programme_page(read(EXAMPLES / "conference.toml")).encode()}


def test_a_cancelled_meeting_strikes_the_eye() -> None:
    """Its standing is a banner, on its page and on those of its lists."""
    calm = meeting(str)
    for page in pages(attrs.evolve(calm, status="cancelled")):
        assert re.search(r'<p class="cancelled"><strong>Cancelled', page)
    assert not any('class="cancelled"' in page for page in pages(calm))


@pytest.mark.parametrize("at", [0, 1])
def test_an_internal_page_says_so_first(at: int) -> None:
    """Before anything else, its title and its picture, it says that it is not for publication."""
    calm, told = (
        Page(list(pages(meeting(str), internal=internal))[at]).text.partition("Skip to the content")
        for internal in (False, True)
    )
    assert told[2].split()[:3] == ["Not", "for", "publication"]
    assert calm[2].split()[:1] == ["Tentative,"]


def test_a_day_of_breaks() -> None:
    """No level of headings is left out where a day has a break and nothing else."""
    pause = Session("Coffee", Day("2014-09-08", zone="UTC")("10:00-10:20"), kind="break", room="R")
    page = Page(programme_page(Programme("p", "P", [pause])))
    assert page.headings == [1, 2, 3]
    assert "Coffee Break R " in page.text


def test_language_and_direction() -> None:
    """They are those of the programme; its own texts can change the direction."""
    texts = {"general.direction": "rtl"}
    programme = attrs.evolve(meeting(str), lang="fr")
    turned = attrs.evolve(programme, invitations=attrs.evolve(programme.invitations, texts=texts))
    assert '<html lang="fr" dir="ltr">' in programme_page(programme)
    assert '<html lang="fr" dir="rtl">' in programme_page(turned)


def test_colours_are_those_of_pictures() -> None:
    """The page is painted as the pictures on it are, by day and by night."""
    style = Page(programme_page(meeting(str))).style
    day, night = (
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", part))
        for part in style.split("@media screen and (prefers-color-scheme: dark)", 1)
    )
    shared = ("paper", "ink", "muted", "panel", "line")
    assert [day[name] for name in shared] == [LIGHT[name] for name in shared]
    assert [night[name] for name in shared] == [DARK[name] for name in shared]


def test_a_page_of_193_is_small() -> None:
    """It has less than 300 kB, its calendars within."""
    assert len(programme_page(read(EXAMPLES / f"{NAMES[2]}.toml")).encode()) < 300_000


def test_a_session_without_a_list() -> None:
    """It has no page of its own."""
    programme = meeting(str)
    with pytest.raises(InvalidValue, match="has no list of speakers"):
        order_page(programme, programme["coffee"])


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has no Jinja2 is told what to install."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtra, match=r'writing pages needs .* "r2psched\[html\]"'):
        programme_page(meeting(str))
