"""Links: each leads somewhere, says where, and none leads where a text of the file wants it to."""

from __future__ import annotations

import pytest

from r2psched.blocks import Day
from r2psched.language import words
from r2psched.programme import Programme
from r2psched.sessions import Session
from r2psched.speakers import Person, Registration, SpeakerList
from r2psched.views.pages import order_page, programme_page
from r2psched.views.pages.addresses import mailto
from tests.views.pages.meetings import meeting, pages
from tests.views.pages.reading import DATA, Page

ADDRESS = "a&b?bcc=c%40d@example.org"


def test_links_lead_to_the_web_or_within() -> None:
    """A document that is a script or a page of its own is text, and no link."""
    for page in map(Page, pages(meeting(str))):
        ids = page.values("id")
        for link in page.values("href"):
            within = link.startswith("#") and link[1:] in ids
            assert within or link.startswith(("https://", DATA)), link
        assert "javascript:alert(1)" in page.text


def test_an_address_can_be_written_to() -> None:
    """Where to register and what to send have links to write to, and nothing else has."""
    asked = Registration(write_to=f"Desk (<{ADDRESS}>), room 5", instructions="Ask x@example.org.")
    floor = Session(
        "Floor", id="floor", chair=Person("c@example.org"), documents=["d@example.org"],
        speakers=SpeakerList(["e@example.org"], registration=asked),
    )  # fmt: skip
    programme = Programme("p", "P", [floor], zone="UTC", registration=asked)
    found = ["mailto:a%26b%3Fbcc%3Dc%2540d@example.org", "mailto:x@example.org"]
    for page, count in zip(map(Page, pages(programme)), (2, 1), strict=True):
        assert [each for each in page.values("href") if "mailto" in each] == found * count
        assert f"Desk (<{ADDRESS}>), room 5" in page.text
        assert "Ask x@example.org." in page.text


@pytest.mark.parametrize(
    "text",
    [
        "@",
        "a@b",
        "@example.org",
        "a@@example.org",
        "a@example..org",
        "a,b@example.org c",
        "<a@b.c d",
    ],
)
def test_text_beside_addresses(text: str) -> None:
    """Whatever the text is, all of it is read, and no link has anything but an address."""
    page = Page(f"<p>{mailto(text)}</p>")
    assert page.text == text
    assert len(page.values("href")) <= 1


@pytest.mark.parametrize("text", ["a@" * 20_000, "a" * 40_000 + "@b.c", "a@" + "b." * 20_000])
def test_a_long_text_beside_addresses(text: str) -> None:
    """A text that is nearly an address is none, however long it is."""
    assert mailto(text) == text


def listed(count: int, *blocks: str) -> Programme:
    """Make a programme with one list of so many, who have a minute each."""
    day = Day("2014-09-08", zone="UTC")
    speakers = SpeakerList([f"State {at}" for at in range(count)], limits="1 min")
    floor = Session("Floor", [day(each) for each in blocks], id="floor", speakers=speakers)
    return Programme("p", "P", [floor], zone="UTC")


@pytest.mark.parametrize(
    ("count", "blocks", "found"),
    [
        (5, ["10:00-10:05"], []),
        (5, [], []),
        (3, ["10:00-10:05", "11:00-11:05"], []),
        (6, ["10:00-10:05", "11:00-11:05"], ["block-1", "block-2"]),
        (6, ["10:00-10:05"], ["block-1", "unseated"]),
        (9, ["10:00-10:01", "11:00-11:05"], ["block-1", "block-2", "unseated"]),
    ],
)
def test_the_index_of_a_list(count: int, blocks: list[str], found: list[str]) -> None:
    """It leads to each block and behind the cut line; none leads to one thing alone."""
    programme = listed(count, *blocks)
    page = Page(order_page(programme, programme["floor"]))
    links = [link.removeprefix("#") for link in page.values("href") if link[:1] == "#"]
    assert links[1:] == [f"{each}-floor" for each in found]
    assert {*links} <= {*page.values("id")}
    assert ("nav" in {tag for tag, _ in page.tags}) == bool(found)


def test_the_index_leads_to_what_has_no_time() -> None:
    """A day and sessions without a time are two things to choose from."""
    time = Day("2014-09-08", zone="UTC")("10:00-10:20")
    page = programme_page(Programme("p", "P", [Session("A", time), Session("B")]))
    assert [link for link in Page(page).values("href") if link[:1] == "#"][1:] == [
        "#day-2014-09-08",
        "#untimed",
    ]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_link_says_where_it_leads(lang: str) -> None:
    """No two links to lists are read out alike, and each as it is seen, with more."""
    sessions = [Session(f"Floor {at}", speakers=SpeakerList(["Chile"])) for at in range(3)]
    page = Page(programme_page(Programme("p", "P", sessions, zone="UTC", lang=lang)))
    seen = words(lang)("page.to_list")
    named = {given["href"]: given["aria-label"] for _, given in page.tags if "aria-label" in given
             and "href" in given}  # fmt: skip
    assert len(set(named.values())) == len(named) == len(sessions)
    assert all(name.startswith(seen) and name != seen for name in named.values())
