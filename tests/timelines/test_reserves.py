"""Reserves and floor time in a picture, where they are when the list is heard."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

import r2psched as r2
from r2psched.programme.picture import bars_of
from tests.pictures import boxes, parsed
from tests.seating.small import changeovers, floors, limits, seconds
from tests.strategies import programmes

if TYPE_CHECKING:
    from r2psched.reserves import At
    from r2psched.timelines import Bar

DAY = r2.Day("2026-06-16", zone="UTC")


def dialogue(*times: str, speakers: str, limit: str, reserve: r2.Reserve) -> r2.Programme:
    """A programme of one list."""
    session = r2.Session(
        "Dialogue",
        [DAY(each) for each in times],
        speakers=r2.SpeakerList(list(speakers), limits=limit),
        reserves=reserve,
    )
    return r2.Programme("x", "Replies", [session])


def clock(bar: Bar) -> list[list[str]]:
    """The reserves of each block as times."""
    return [
        [f"{r2.TimeBlock.from_microseconds(*span, 'UTC')}"[11:] for span in block.reserves]
        for block in bar.blocks
    ]


rounds = st.builds(r2.Reserve, st.just("Replies"), every=st.integers(1, 3), length=seconds(4, 20))


@st.composite
def small_lists(draw: st.DrawFn) -> r2.Session:
    """Give a list in blocks of seconds, many of them too short for its reserves or speakers."""
    floor, count = draw(floors), draw(st.integers(0, 12))
    return r2.Session(
        "Dialogue",
        floor.blocks,
        reserves=[*floor.reserves, *draw(st.lists(rounds, max_size=2))],
        speakers=r2.SpeakerList(
            [f"Speaker {n}" for n in range(count)],
            limits=draw(limits),
            changeover=draw(changeovers),
        ),
    )


@given(small_lists())
def test_nothing_is_drawn_twice(session: r2.Session) -> None:
    """Floor time lies in its block, interventions in floor time, and no reserve on any of them."""
    order = session.running_order()
    meeting = r2.Programme("x", "Small", [session], zone=session.blocks[0].zone)
    (bar,) = bars_of(meeting, capacity=True)
    between = 0
    for ordinal, block in enumerate(bar.blocks, 1):
        held = block.filling
        assert held is not None
        opens, closes = held.floor
        assert block.time.start_us <= opens <= closes <= block.time.end_us
        assert opens <= held.taken_until <= closes
        taken = [(slot.start_us, slot.end_us) for slot in order if slot.block == ordinal]
        assert all(opens <= start <= end <= closes for start, end in taken)
        spans = [(start, end) for start, end in block.reserves if start < end]
        assert all(a[1] <= b[0] for a, b in pairwise(sorted([*taken, *spans])))
        assert all(block.time.start_us <= a <= b <= block.time.end_us for a, b in block.reserves)
        between += sum(end - start for start, end in spans if opens <= start and end <= closes)
    frame = order.floor.frame
    assert between == sum(frame.owed(n) or 0 for n in range(1, len(order)))


@settings(max_examples=80, deadline=None)
@given(programmes(3), st.booleans())
def test_edges(meeting: r2.Programme, capacity: bool) -> None:  # noqa: FBT001  # Hypothesis gives it
    """What reserves leave of each block is its floor time; published, those not assumed."""
    bare = [
        attrs.evolve(
            session,
            speakers=None,
            reserves=[each for each in session.reserves if capacity or not each.is_open],
        )
        for session in meeting
    ]
    shown = meeting if not capacity else attrs.evolve(meeting, sessions=bare)
    for session, bar in zip(bare, bars_of(shown, capacity=capacity), strict=True):
        for block, floor in zip(bar.blocks, session.floor().times, strict=True):
            spans = sorted(block.reserves)
            taken = timedelta(microseconds=sum(end - start for start, end in spans))
            assert block.time.duration - taken == floor
            assert block.filling is None
            assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_between_interventions() -> None:
    """A reserve after every so many interventions stands where the running order has it."""
    meeting = dialogue(
        "10:00-10:40",
        "15:00-16:00",
        speakers="ABCDE",
        limit="10 min",
        reserve=r2.Reserve("Replies", every=2, length="10 min"),
    )
    assert clock(bars_of(meeting, capacity=True)[0]) == [["10:20-10:30"], ["15:10-15:20"]]
    # Where replies fall tells how many are inscribed.
    assert not any(block.reserves for block in bars_of(meeting, capacity=False)[0].blocks)


def test_in_a_block_without_speakers() -> None:
    """A reserve that fills a block stands in it, and not before the next intervention."""
    meeting = dialogue(
        "10:00-10:09",
        "11:00-11:22",
        "12:00-12:10",
        speakers="ABCDE",
        limit="3 min",
        reserve=r2.Reserve("Replies", every=3, length="20 min"),
    )
    assert clock(bars_of(meeting, capacity=True)[0]) == [[], ["11:00-11:20"], []]


def test_longer_than_its_block() -> None:
    """Of a block shorter than its reserve nothing is left, and the list says that none is heard."""
    meeting = dialogue(
        "10:00-10:10",
        speakers="AB",
        limit="3 min",
        reserve=r2.Reserve("Opening", at="start", length="20 min"),
    )
    (bar,) = bars_of(meeting, capacity=True)
    assert clock(bar) == [["10:00-10:10"]]
    (block,) = bar.blocks
    assert block.filling is not None
    assert block.filling.floor == (block.time.end_us, block.time.end_us)
    drawing = meeting.timeline()
    assert "Cut line: nobody can be heard" in drawing
    assert "10:20" not in drawing
    assert "place 0" not in drawing


def test_assumed_lengths_are_not_published() -> None:
    """Without capacity, an assumed length changes nothing in the picture; a stated one does."""

    def drawn(length: str | None, why: str | None, at: At) -> str:
        reserve = r2.Reserve("Replies", at=at, length=length, assumed=why)
        meeting = dialogue(
            "10:00-11:00", "12:00-13:00", speakers="AB", limit="3 min", reserve=reserve
        )
        return re.sub(r"\bp[0-9a-f]{8}", "p", meeting.timeline(capacity=False))

    places: tuple[At, ...] = ("start", "end", "block-start", "block-end")
    for at in places:
        assert drawn("10 min", "as in 2013", at) == drawn("40 min", "as in 2013", at)
        assert drawn("40 min", "as in 2013", at) == drawn(None, None, at)
        assert drawn("10 min", None, at) != drawn("40 min", None, at)


def test_told_with_their_block() -> None:
    """What is kept at the end of a session is told with its last block, all else with its first."""
    session = r2.Session(
        "Dialogue",
        [DAY("10:00-11:00"), DAY("12:00-13:00"), DAY("15:00-16:00")],
        reserves=[
            r2.Reserve("Closing", at="end", length="5 min"),
            r2.Reserve("Opening", at="start", length="5 min"),
            r2.Reserve("Votes", at="block-end", length="5 min"),
        ],
    )
    drawing = r2.Programme("x", "Replies", [session]).timeline()
    said = [text for text, _ in boxes(parsed(drawing))]
    assert said == [
        (
            "10:00–11:00 Dialogue (1/3); Opening, at the start of the session: 5 min; "
            "Votes, at the end of each block: 5 min"
        ),
        "12:00–13:00 Dialogue (2/3)",
        "15:00–16:00 Dialogue (3/3); Closing, at the end of the session: 5 min",
    ]


def test_open_edges_lie_beside_those_that_are_known() -> None:
    """A reserve of unknown length never covers one whose length is known."""
    edges: tuple[At, ...] = ("start", "end")
    session = r2.Session(
        "Panel",
        DAY("10:00-11:00"),
        reserves=[
            r2.Reserve(title, at=at, length=length)
            for at in edges
            for title, length in (("Known", "15 min"), ("Unknown", None))
        ],
    )
    root = parsed(r2.Programme("x", "Replies", [session]).timeline())
    ((_, box),) = boxes(root)
    drawn = [
        (float(rect.get("x", "")), float(rect.get("x", "")) + float(rect.get("width", "")))
        for rect in root.iter()
        if "-reserve)" in rect.get("fill", "") and float(rect.get("y", "")) > box.top
    ]
    assert len(drawn) == 4
    assert all(a[1] <= b[0] + 0.02 for a, b in pairwise(sorted(drawn)))
