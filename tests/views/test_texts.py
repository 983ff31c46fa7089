"""Views as text."""

from __future__ import annotations

import os
import subprocess
import sys

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched import views
from r2psched.blocks import Day
from r2psched.checks import check
from r2psched.counting import capacity
from r2psched.findings import Findings
from r2psched.programme import Programme
from r2psched.reserves import Reserve
from r2psched.sessions import Session
from r2psched.speakers import Inscription, Registration, SpeakerList
from tests.strategies import limits_of_time, programmes
from tests.views.meetings import GOLDEN, TEXTS, hearing, limited

day = Day("2014-09-08", zone="America/New_York")


@pytest.mark.parametrize("name", TEXTS)
def test_the_text_is_that_of_the_golden_file(name: str) -> None:
    """What is shown doesn't change unless somebody changes the golden file too."""
    assert TEXTS[name]() + "\n" == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_every_golden_file_is_made_by_something() -> None:
    """No file lies about that nothing makes any more."""
    assert {path.stem for path in GOLDEN.iterdir()} == set(TEXTS)


def test_neither_hash_seed_nor_zone_of_the_machine_changes_a_text() -> None:
    """Other machines, on other days, show the same."""
    program = (
        "from tests.views.meetings import limited, TEXTS\nfor make in TEXTS.values(): print(make())"
    )
    settings = [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "de_CH.UTF-8"},
    ]
    shown = [
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | machine | {"PYTHONUTF8": "1"},
            cwd=GOLDEN.parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for machine in settings
    ]
    assert shown[0] == shown[1] == "".join(make() + "\n" for make in TEXTS.values()).encode()


def printable(text: str) -> bool:
    """Whether a text is lines that leave a terminal alone."""
    return all(c.isprintable() or c in "\n\u00a0\u200c\u200d" for c in text)


@given(programmes(), limits_of_time)
def test_no_text_steers_a_terminal(programme: Programme, limit: object) -> None:
    """Whatever titles and names hold, every view is printable lines, each ended where it ends."""
    texts = [views.programme_text(programme), views.findings_text(check(programme))]
    for session in programme:
        count = session.capacity(str(limit) if isinstance(limit, str) else limit)  # type: ignore[arg-type]
        texts.append(views.capacity_text([count], speakers=7, position=3))
        if session.speakers is not None:
            stated = limited(session)
            texts += [views.order_text(stated), views.order_text(stated, why=True)]
            texts += [views.place_text(stated, who.id, "Asia/Tokyo") for who in session.speakers]
    assert all(map(printable, texts))


@given(programmes())
def test_show_tells_every_block_and_every_session(programme: Programme) -> None:
    """Each block has a row of the table with its times, and a session without blocks is named."""
    text = views.programme_text(programme)
    for _, _, block in programme.parts:
        assert f" {block.text(block.start.date())} " in text
    untimed = sum(not session.blocks for session in programme)
    assert sum(line.startswith("without a time: ") for line in text.splitlines()) == untimed


def test_two_lists_of_one_title() -> None:
    """Sessions that share a title each tell how to register for theirs."""
    sessions = [
        Session(
            "Dialogue",
            id=name,
            speakers=SpeakerList(registration=Registration(write_to=name)),
        )
        for name in ("one", "two")
    ]
    text = views.programme_text(Programme("p", "P", sessions, zone="UTC", interpretation="yes"))
    assert "to speak in Dialogue: write to one\nto speak in Dialogue: write to two" in text
    assert "interpretation: yes" in text


def test_counts_are_told_in_the_right_number() -> None:
    """One is told in the singular, none and several in the plural."""
    texts = [views.capacity_text([capacity(time, "3 min")]) for time in ("2 min", "3 min", "6 min")]
    assert [line for text in texts for line in text.splitlines() if line.startswith("At ")] == [
        "At 3 min: 0 interventions. Left over: 2 min.",
        "At 3 min: 1 intervention. Left over: 0 s.",
        "At 3 min: 2 interventions. Left over: 0 s.",
    ]
    assert "  1 speaker fits." in views.capacity_text([capacity("3 min", "3 min")], speakers=1)
    assert "  2 speakers fit." in views.capacity_text([capacity("6 min", "3 min")], speakers=2)
    assert views.findings_text(Findings()) == "0 errors, 0 warnings, 0 notes"


@pytest.mark.parametrize(
    ("time", "position", "told"),
    [
        ("10:00-13:00", 2, "at 10:03"),
        ("22:00-01:30+1", 50, "at 00:27+1"),
        ("1 h", 2, "3 min after the start of the 1 h"),
        ("10:00:30-13:00", 1, "at 10:00:30"),
    ],
)
def test_positions_without_a_date(time: str, position: int, told: str) -> None:
    """A position in times of any day is told by the clock, in a mere length from its start."""
    text = views.capacity_text([capacity(time, "3 min")], dated=False, position=position)
    assert text.endswith(f"\n  Number {position} speaks {told}.")


def test_times_and_lengths_beside_each_other() -> None:
    """A block without a date is shown as it was given: by the clock, or by its length."""
    text = views.capacity_text([capacity(["1 h", "10:00-11:00"], "3 min")], dated=False)
    assert [line.split("  ")[0] for line in text.splitlines()[1:4]] == [
        "10:00-11:00",
        "1 h",
        "total",
    ]


def test_positions_that_are_not_heard() -> None:
    """A position behind the last is said not to be heard."""
    text = views.capacity_text([capacity("1 h", "3 min")], dated=False, position=21)
    assert text.endswith("\n  Number 21 is not heard.")


def test_no_limit_is_short_enough() -> None:
    """Where not even 5 s fits for so many, this is said."""
    text = views.capacity_text([capacity("1 min", "3 min")], speakers=13)
    assert text.endswith(
        "The longest limit under which 13 are heard does not exist: not even 5 s fits."
    )


def test_capacity_of_no_block() -> None:
    """A session without a time holds nobody, and only a new block would help."""
    text = views.capacity_text([Session("Floor").capacity("3 min")], speakers=2)
    assert text.splitlines() == [
        "block  floor time  at 3 min",
        "total  0 s                0",
        "",
        "At 3 min: 0 interventions.",
        "  2 speakers do not fit: it would take a new block of 6 min.",
        "The longest limit under which 2 are heard does not exist: not even 5 s fits.",
    ]


def test_changeover_is_told() -> None:
    """An answer says that it counted with time between interventions."""
    text = views.capacity_text([capacity("1 h", "3 min", changeover="30 s")])
    assert "\nBetween two interventions: 30 s.\n" in text


def session_of(*speakers: Inscription | str, time: str = "10:00-10:10") -> Session:
    """Make a session with a list and an unknown reserve."""
    replies = Reserve("Replies", at="end")
    return Session("Floor", day(time), speakers=SpeakerList(speakers, "3 min"), reserves=replies)


def test_an_unknown_reserve_makes_answers_bounds() -> None:
    """Where a length is unknown, what would help is told as the best case."""
    session = session_of("A", "B", "C", "D")
    order = session.running_order()
    assert "\nAt most 3 of 4 are heard.\n" in views.order_text(session)
    assert "\nAt best all are heard with a limit of 2 min 30 s" in views.order_text(session)
    assert "\n  At best it would be heard if " in views.place_text(session, "D", "UTC")
    assert views.place_text(session, "A", order.slots[0].zone).splitlines()[:2] == [
        "A is number 1 of 4, with 3 min:",
        "  Monday 8 September 2014, 10:00 to 10:03 America/New_York at the earliest",
    ]


def test_speakers_who_can_never_be_heard() -> None:
    """One whose limit is longer than every block is told of no withdrawal that would help."""
    session = session_of("A", Inscription("Long", limit="1 h"))
    text = views.place_text(session, "Long", "UTC")
    assert "withdraw" not in text
    assert "if the last block is 53 min longer" in text
    several = session_of(*"ABCDE")
    assert "if the 2 speakers just ahead withdraw," in views.place_text(several, "E", "UTC")


def test_a_turn_over_midnight() -> None:
    """A turn that ends on another date says on which."""
    night = session_of("A", time="23:58-00:05+1")
    assert (
        "Monday 8 September 2014, 23:58 to Tuesday 9 September 2014, 00:01 America/New_York"
        in views.place_text(night, "A", "UTC")
    )


def test_the_hour_that_comes_twice() -> None:
    """When clocks go back, a turn says in which of the two hours it is."""
    back = Day("2014-11-02", zone="America/New_York")
    session = Session(
        "Night", back("01:57 EDT-01:10 EST"), speakers=SpeakerList(["A", "B"], "3 min")
    )
    assert "    2  01:00 EST  3 min  B" in views.order_text(session)
    assert ", 01:57 EDT to 01:00 EST America/" in views.place_text(session, "A", "UTC")


def test_sessions_without_a_time() -> None:
    """A list whose session has no time is told what would hear it."""
    session = Session("Floor", speakers=SpeakerList(["A"], "3 min"))
    text = views.order_text(session)
    assert text.splitlines()[-1] == "All are heard with a new block of 3 min."
    alone = views.place_text(session, "A", "UTC")
    assert "\n  It would be heard if there is a new block of 3 min.\n" in alone
    empty = Session("Floor", speakers=SpeakerList([], "3 min"))
    assert views.order_text(empty).splitlines()[2:] == [
        "Nobody is inscribed.",
        "Room for more: 0 at the default limit.",
    ]


def test_room_for_more_names_every_limit() -> None:
    """Each limit says how many more it would let be heard, categories by their names."""
    session = hearing("20:00")["floor"]
    text = views.order_text(session)
    assert "\nRoom for more: 27 at the default limit, or 64 of category child, or 17 on be" in text


@given(st.integers(1, 40), st.integers(1, 40))
def test_order_tells_each_speaker_once(speakers: int, minutes: int) -> None:
    """Each speaker has one row: above the cut line with a time, or below it with a number."""
    names = [f"Speaker {number}." for number in range(speakers)]
    session = Session(
        "Floor",
        [day(f"10:00-10:{minutes:02}"), day(f"11:00-11:{minutes:02}")],
        speakers=SpeakerList(names, "3 min"),
    )
    order = session.running_order()
    text = views.order_text(session)
    assert [text.count(name) for name in names] == [1] * speakers
    assert text.count(" 3 min  Speaker ") == speakers
    assert ("cut line" in text) == (len(order) < speakers)


def test_findings_have_their_remedy_below() -> None:
    """A finding without a remedy takes one line, others two."""
    found = check(hearing())
    bare = Findings([attrs.evolve(finding, remedy="") for finding in found])
    assert len(views.findings_text(found).splitlines()) == 2 * len(found) + 1
    assert len(views.findings_text(bare).splitlines()) == len(found) + 1
