"""Whole agendas and invitations, read by readers that others wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest

import r2psched as r2

if TYPE_CHECKING:
    from collections.abc import Callable

    from r2psched.programme import Programme
    from tests.interop.readers import Event

EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = sorted(EXAMPLES.glob("*.toml"))


def iso(us: int) -> str:
    """Write microseconds since the epoch as the readers do."""
    moment = r2.TimeBlock.from_microseconds(us, us + 1_000_000, "UTC").start
    return f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"


def blocks_of(programme: Programme) -> set[tuple[str, str]]:
    """Every block of a programme as start and end."""
    return {(iso(block.start_us), iso(block.end_us)) for _, _, block in programme.parts}


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def programme(request: pytest.FixtureRequest) -> Programme:
    """Each example in turn."""
    return r2.read(request.param)


@pytest.mark.parametrize("utc", [False, True])
def test_every_reader_sees_every_block_at_its_instant(
    programme: Programme, reader: Callable[[bytes], list[Event]], *, utc: bool
) -> None:
    """Each block of each session is an event of the same start and end in UTC."""
    events = reader(r2.agenda(programme, utc=utc))
    seen = {(event["start"], event["end"]) for event in events}
    assert blocks_of(programme) <= seen
    deadlines = [s.speakers.registration for s in programme.lists if s.speakers is not None] + [
        programme.registration
    ]
    assert len(events) == len(programme.parts) + sum(
        registration is not None and registration.closes is not None for registration in deadlines
    )


def test_the_dialogue_of_2014_opens_at_14_utc(reader: Callable[[bytes], list[Event]]) -> None:
    """10:00 in New York on 8 September 2014 is 14:00 in UTC for every reader."""
    events = reader(r2.agenda(r2.read(EXAMPLES / "r2p-2014.toml")))
    opening = next(event for event in events if event["summary"] == "Opening remarks")
    assert opening["start"] == "2014-09-08T14:00:00.000Z"
    assert opening["status"] == "TENTATIVE"


def test_sittings_span_their_blocks(reader: Callable[[bytes], list[Event]]) -> None:
    """Per sitting, the meeting of 2014 is two events, before and after lunch."""
    events = reader(r2.agenda(r2.read(EXAMPLES / "r2p-2014.toml"), per="sitting"))
    assert sorted((event["start"], event["end"]) for event in events) == [
        ("2014-09-08T14:00:00.000Z", "2014-09-08T17:00:00.000Z"),
        ("2014-09-08T19:00:00.000Z", "2014-09-08T22:00:00.000Z"),
    ]


def test_an_invitation_names_its_recipient_alone(reader: Callable[[bytes], list[Event]]) -> None:
    """Each reader finds one event with the slot's times, sequence 0 and one attendee."""
    meeting = r2.read(EXAMPLES / "r2p-2014.toml")
    speakers = [
        r2.Inscription("Chile", email="chile@example.org"),
        r2.Inscription("Côte d’Ivoire", email="civ@example.org"),
    ]
    floor = attrs.evolve(meeting["floor"], speakers=r2.SpeakerList(speakers, "3 min"))
    meeting = attrs.evolve(
        meeting,
        sessions=[floor],
        organiser=r2.Person("Office of the President", email="office@example.org"),
    )
    slot = floor.running_order()["Côte d’Ivoire"]
    (event,) = reader(r2.invitation(meeting, slot))
    assert (event["start"], event["end"]) == (iso(slot.start_us), iso(slot.end_us))
    assert event["sequence"] in {0, None}
    assert [person["address"] for person in event["attendees"]] == ["mailto:civ@example.org"]
