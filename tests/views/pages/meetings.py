"""Programmes for the tests of pages, and every page of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.blocks import Day
from r2psched.programme import Programme
from r2psched.reserves import Reserve
from r2psched.sessions import Session
from r2psched.speakers import Inscription, Person, Registration, SpeakerList
from r2psched.views.pages import order_page, programme_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def meeting(name: Callable[[str], str]) -> Programme:
    """Make a programme that has every part a page can show, each text of it made from a word."""
    day = Day("2014-09-08", zone="America/New_York")
    link = "https://example.org/?a=1&b=2"
    floor = Session(
        name("Floor"),
        [day("10:00-10:07"), day("15:00-15:10")],
        id="floor",
        kind=name("kind"),
        room=name("Room"),
        description=name("About it"),
        chair=Person(name("Chair"), name("President")),
        moderator=Person(name("Moderator")),
        panellists=[Person(name("Panellist"), name("Expert")), Person(name("Other"))],
        documents=[name("Paper"), "A/68/947", link, "javascript:alert(1)"],
        webcast=link,
        reserves=[Reserve(name("Replies"), at="end", length="1 min", assumed=name("as before"))],
        speakers=SpeakerList(
            [
                Inscription(name("Chile"), name("Minister"), on_behalf=name("Group"), id="a"),
                Inscription(name("Peru"), level=name("level"), category=name("other"), id="b"),
                *(Inscription(name(f"State {n}"), id=f"c{n}") for n in range(6)),
            ],
            limits="3 min",
            note=name("Note"),
            registration=Registration(
                closes=day("09:00-10:00").start, write_to=link, instructions=name("Do")
            ),
        ),
    )
    pause = Session(name("Coffee"), day("10:07-10:20"), id="coffee", kind="break")
    later = Session(name("Later"), id="later", description=name("Not yet"))
    return Programme(
        "p",
        name("Programme"),
        [floor, pause, later],
        zone="America/New_York",
        venue=name("Venue"),
        room=name("Hall"),
        description=name("All about it"),
        documents=[name("Paper"), "data:text/html,<script>", link],
        organiser=Person(name("Organiser"), email="office@example.org"),
        contacts=[Person(name("Contact"))],
        webcast=link,
        registration=Registration(write_to=name("Door"), instructions=name("Come")),
    )


def pages(programme: Programme, *, internal: bool = False) -> Iterator[str]:
    """Write every page of a programme."""
    yield programme_page(programme, internal=internal)
    for session in programme.lists:
        yield order_page(programme, session, internal=internal)
