"""The meetings of the calendar tests, and the files that they make."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pendulum

from r2psched.blocks import Day
from r2psched.ical import agenda, invitation
from r2psched.programme import Programme
from r2psched.reserves import Reserve
from r2psched.sessions import Session
from r2psched.speakers import Inscription, Person, Registration, SpeakerList, SpeakingLimits

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden"
OFFICE = Person("Office of the President", email="office@example.org")


def dialogue() -> Programme:
    """Make the meeting of 8 September 2014, with what little is needed."""
    day = Day("2014-09-08", zone="America/New_York")
    floor = Session(
        "Interactive dialogue",
        [day("10:50-13:00"), day("15:00-17:50")],
        id="floor",
        kind="dialogue",
        speakers=SpeakerList(
            ["Chile", Inscription("Denmark", email="mission@example.org")],
            limits=SpeakingLimits("3 min", on_behalf="5 min"),
        ),
    )
    opening = Session("Opening remarks", day("10:00-10:20"), kind="opening")
    return Programme(
        id="r2p-2014",
        title="Fulfilling our collective responsibility",
        sessions=[opening, floor],
        venue="United Nations Headquarters, New York",
        room="Trusteeship Council Chamber",
        documents=["A/RES/63/308", "A/63/677"],
    )


def forum() -> Programme:
    """Make an invented meeting that has everything, over the night on which clocks go back."""
    day, next_day = Day("2025-10-25", zone="Europe/Zurich"), Day("2025-10-26", zone="Europe/Zurich")
    panel = Session(
        "Panel; questions, answers",
        day("10:00-11:30"),
        id="panel",
        kind="panel",
        description="What has been done,\nand what remains: C:\\New",
        chair=Person("A. Chair", "President", email="chair@example.org"),
        moderator="M. Moderator",
        panellists=[Person("P. One", "Rapporteur"), "P. Two"],
        documents=["A/68/947", "Concept note", "https://example.org/note"],
    )
    pause = Session("Coffee", day("11:30-11:50"), id="coffee", kind="break", room="Foyer")
    floor = Session(
        "Interactive dialogue",
        [day("11:50-13:00"), day("22:00-2:30 CEST+1")],
        id="floor.1",
        kind="dialogue",
        webcast="https://example.org/live?a=1,2",
        reserves=Reserve("Replies of the panel", at="end", length="unknown"),
        speakers=SpeakerList(
            [
                Inscription("Fiji", on_behalf="Pacific islands", email="fiji@example.org"),
                Inscription("日本", id="japan", email=["one@example.org", "two@example.org"]),
                "Chile",
            ],
            limits=SpeakingLimits("3 min", on_behalf="5 min", categories={"observer": "2 min"}),
            registration=Registration(
                opens=day.at("2025-10-01 09:00"),
                closes=day.at("2025-10-24 13:00"),
                write_to="Secretariat, room 5",
                instructions="Name and level of the speaker.",
            ),
            note="Fiji leaves early",
        ),
    )
    closing = Session("Closing", next_day("2:30 CET-3:00"), id="closing", room="Room XX")
    return Programme(
        id="forum-2025",
        title="Forum, 2025",
        sessions=[panel, pause, floor, closing, Session("To be fixed", id="later")],
        status="provisional",
        revision=2,
        revised=pendulum.datetime(2025, 9, 1, 12, tz="Europe/Zurich"),
        venue="Palais, Geneva",
        room="Salle des Assemblées",
        description="A forum of two days.",
        organiser=OFFICE,
        contacts=[Person("C. Contact", email="contact@example.org")],
        webcast="https://example.org/live",
        documents=["A/RES/60/1"],
        registration=Registration(closes=day.at("2025-10-20 18:00"), write_to="the web site"),
    )


def _invited(name: str, to: str | None = None) -> bytes:
    programme = forum()
    return invitation(programme, programme["floor.1"].running_order()[name], to=to)


FILES: dict[str, Callable[[], bytes]] = {
    "agenda-2014": lambda: agenda(dialogue()),
    "agenda-2014-sittings-utc": lambda: agenda(dialogue(), per="sitting", utc=True),
    "agenda-forum": lambda: agenda(forum()),
    "agenda-forum-sittings-internal": lambda: agenda(forum(), per="sitting", internal=True),
    "invitation-japan": lambda: _invited("japan", to="two@example.org"),
    "entry-chile": lambda: _invited("chile"),
}
"""What makes each file of `golden/`."""

if __name__ == "__main__":  # python -m tests.ical.meetings writes the golden files anew
    for name, make in FILES.items():
        (GOLDEN / f"{name}.ics").write_bytes(make())
