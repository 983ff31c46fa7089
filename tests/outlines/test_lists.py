"""The outline of a list: places and times are those of the running order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest

import r2psched as r2
from r2psched.ordering import Lots
from r2psched.outlines import list_outline
from r2psched.speakers.changes import REPLY

if TYPE_CHECKING:
    from datetime import timedelta

EXAMPLES = Path(__file__).parents[2] / "examples"
LISTS = [
    (path.stem, session.id)
    for path in sorted(EXAMPLES.glob("*.toml"))
    for session in r2.read(path).lists
]
DAY = r2.Day("2026-03-10", zone="UTC")


def meeting_of(session: r2.Session) -> r2.Programme:
    """A meeting of one session."""
    return r2.Programme("m", "Meeting", [session], zone="UTC")


@pytest.mark.parametrize(("name", "session"), LISTS)
def test_turns_are_those_of_the_running_order(name: str, session: str) -> None:
    """Everybody has the place, limit and times that the running order gives, in its blocks."""
    meeting = r2.read(EXAMPLES / f"{name}.toml")
    listed = meeting[session]
    told = list_outline(meeting, listed)
    if not listed.speakers:
        assert told.turns == ()
        assert told.notes == ("Nobody is inscribed yet.",)
        return
    order = listed.running_order()
    assert [(t.place, t.id) for t in told.turns] == [
        (place, who.id) for place, who in enumerate(order.inscriptions, 1)
    ]
    assert [(t.start, t.end) for block in told.blocks for t in block.turns] == [
        (slot.start.isoformat(), slot.end.isoformat()) for slot in order
    ]
    assert len(told.unseated) == len(order.unheard)
    assert len(told.blocks) == len({slot.block for slot in order})
    assert bool(told.cut) == bool(order.unheard)


def test_without_a_limit() -> None:
    """Where no limit is stated names stand in their order, without times, and why."""
    session = r2.Session("Floor", DAY("10:00-11:00"), speakers=r2.SpeakerList(["Chile", "Fiji"]))
    told = list_outline(meeting_of(session), session)
    assert [(t.place, t.name, t.time, t.limit) for t in told.turns] == [
        (1, "Chile", "", ""),
        (2, "Fiji", "", ""),
    ]
    assert told.notes == ("No limit is stated yet, so that times cannot be told.",)


def test_before_lots_are_drawn() -> None:
    """Before lots are drawn names have no number, and no time."""
    rules = r2.Procedure("town", "Rules of the town", order=[Lots()])
    speakers = r2.SpeakerList(["Chile", "Fiji"], limits="3 min")
    session = r2.Session("Floor", DAY("10:00-11:00"), speakers=speakers, procedure=rules)
    told = list_outline(meeting_of(session), session)
    assert [(t.place, t.name) for t in told.turns] == [(0, "Chile"), (0, "Fiji")]
    assert told.notes[0].startswith("The order is yet to be drawn by lot")


def test_a_session_without_a_time() -> None:
    """A list whose session has no time has no blocks and no cut line."""
    session = r2.Session("Floor", speakers=r2.SpeakerList(["Chile"], limits="3 min"))
    told = list_outline(meeting_of(session), session)
    assert (told.blocks, told.cut, told.notes) == ((), "", ("The session has no time yet.",))
    assert [t.name for t in told.turns] == ["Chile"]


def test_a_right_of_reply_says_so() -> None:
    """Who replies is named as such, in the language of the programme."""
    who = r2.Inscription("Chile", category=REPLY)
    session = r2.Session(
        "Floor", DAY("10:00-11:00"), speakers=r2.SpeakerList([who], limits="3 min")
    )
    french = attrs.evolve(meeting_of(session), lang="fr")
    assert list_outline(french, session).turns[0].name == "Chile (droit de réponse)"


@pytest.mark.parametrize("internal", [False, True])
def test_times_rest_on_what_is_unknown(internal: bool) -> None:  # noqa: FBT001  # a case of the table
    """With a reserve of unknown length times are the earliest; the reserve is told."""
    meeting = r2.read(EXAMPLES / "illustrative-list-of-73.toml")
    told = list_outline(meeting, meeting["floor"], internal=internal)
    assert [note.partition(":")[0] for note in told.notes] == ["Times are the earliest possible"]
    (reserved,) = (fact for fact in told.facts if fact.kind == "reserved")
    assert reserved.told(told.words) == (
        "Further reflections from panellists, at the end of the session"
        + (": of unknown length, counted as 0" if internal else "")
    )


@pytest.mark.parametrize("internal", [False, True])
def test_times_rest_on_what_is_assumed(internal: bool) -> None:  # noqa: FBT001  # a case of the table
    """That a length is assumed is public; which, and why, is not."""
    meeting = r2.read(EXAMPLES / "conference.toml")
    told = list_outline(meeting, meeting["general-discussion"], internal=internal)
    assert told.notes[1] == "Times rest on a length that is assumed."
    (reserved,) = (fact for fact in told.facts if fact.kind == "reserved")
    assert [value.text for value in reserved.values] == [
        "Replies of the secretariat, after every 10 interventions: 10 min",
        "Summary by the chair, at the end of the session"
        + (": 15 min, assumed: as at the conference before" if internal else ""),
    ]


def test_what_is_internal_is_in_order() -> None:
    """The note comes first, then the capacity of each block with its time, then the reasons."""
    meeting = r2.read(EXAMPLES / "conference.toml")
    told = list_outline(meeting, meeting["general-discussion"], internal=True)
    starts = [line.partition(" of ")[0] for line in told.internal]
    assert starts == [
        "Note: Two more groups have announced that they will inscribe.",
        "Tuesday 16 June 2026, 11:20–13:00: Capacity: 16",
        "Wednesday 17 June 2026, 10:00–13:00: Capacity: 24",
        "It rests on: Summary by the chair, at the end",
    ]


def test_what_is_internal_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The capacity of a session of many blocks is counted once, not for each block again."""
    days = (r2.Day(f"2026-03-{day:02}", zone="UTC") for day in range(1, 21))
    blocks = [day("10:00-11:00") for day in days]
    session = r2.Session("Floor", blocks, speakers=r2.SpeakerList(["Chile"], limits="3 min"))
    counted, once = [], r2.Session.capacity

    def count(given: r2.Session, **how: timedelta | str | None) -> r2.Capacity:
        counted.append(given.id)
        return once(given, **how)

    monkeypatch.setattr(r2.Session, "capacity", count)
    told = list_outline(meeting_of(session), session, internal=True)
    assert len(told.internal) == len(blocks)
    assert 0 < len(counted) < 4


def test_a_cancelled_meeting_invites_nobody() -> None:
    """Where a meeting is off, nothing says how to register."""
    meeting = r2.read(EXAMPLES / "conference.toml")
    session = meeting["general-discussion"]
    kinds = {fact.kind for fact in list_outline(meeting, session).facts}
    off = attrs.evolve(meeting, status="cancelled")
    assert kinds - {fact.kind for fact in list_outline(off, session).facts} == {"speak"}


def test_limits_are_known_before_times() -> None:
    """Before lots are drawn everybody has the limit of the list, or their own."""
    rules = r2.Procedure("town", "Rules of the town", order=[Lots()])
    speakers = r2.SpeakerList([r2.Inscription("Chile", limit="2 min"), "Fiji"], limits="3 min")
    session = r2.Session("Floor", DAY("10:00-11:00"), speakers=speakers, procedure=rules)
    told = list_outline(meeting_of(session), session)
    assert [turn.limit for turn in told.turns] == ["2 min", "3 min"]


def test_french_headings_begin_with_a_capital() -> None:
    """A date that heads a block begins as a heading does."""
    meeting = attrs.evolve(r2.read(EXAMPLES / "illustrative-list-of-73.toml"), lang="fr")
    told = list_outline(meeting, meeting["floor"])
    assert told.blocks[0].title == "Lundi 8 septembre 2014, 10:50–13:00"


def test_the_procedure_may_close_the_list() -> None:
    """The deadline is told where the procedure states it, and no registration does."""
    meeting = r2.read(EXAMPLES / "hrc-dialogue.toml")
    told = list_outline(meeting, meeting.lists[0])
    (speak,) = (fact for fact in told.facts if fact.name == "To speak")
    assert speak.told(told.words) == "Open until: Tuesday 9 March 2027, 10:15 (Europe/Zurich)"


def test_a_session_without_a_list() -> None:
    """A session that has no list is refused by name."""
    meeting = r2.read(EXAMPLES / "r2p-2014.toml")
    with pytest.raises(r2.R2PSchedError, match='the session "Panel discussion" has no list'):
        list_outline(meeting, meeting["panel"])
