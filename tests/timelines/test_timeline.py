"""The picture of a programme: days, rooms and sessions on one scale of the clock."""

from __future__ import annotations

import re
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from r2psched import Day, Programme, Session
from r2psched.drawing import Label, Placer
from r2psched.errors import InvalidValue
from r2psched.language import words
from r2psched.timelines import Bar, Block, Filling, timeline
from tests.pictures import SVG, TAGS, boxes, collisions, labels, parsed
from tests.strategies import headings, programmes, time_block_sets

DAY = Day("2026-06-16", zone="Europe/Zurich")
CLOCK = re.compile(r"\d\d:\d\d(:\d\d)?( \S+)?")
LONG = "Round table of the cities that lie on rivers, and of the rivers that flow through cities"


def drawn(*sessions: Session, title: str = "Rivers", width: float = 960.0, **more: Any) -> str:  # noqa: ANN401  # fields
    """The picture of some sessions."""
    return Programme("x", title, sessions, zone="Europe/Zurich", **more).timeline(width=width)


def session(times: str | list[str], title: str = "Panel", **more: Any) -> Session:  # noqa: ANN401  # fields
    """A session on one day, with an id of its times."""
    spans = [times] if isinstance(times, str) else times
    more.setdefault("id", re.sub(r"\W+", "-", f"s-{'-'.join(spans)}-{more.get('room', '')}x"))
    return Session(title, [DAY(span) for span in spans], **more)


def texts_of(drawing: str) -> list[str]:
    """What the labels of a picture say."""
    return [label.text for label in labels(parsed(drawing))]


class Insisting(Placer):
    """A placer that has room for all but round times of the axis."""

    def place(self, *choices: Label) -> Label | None:
        """Give room, or fail."""
        found = super().place(*choices)
        assert found is not None or CLOCK.fullmatch(choices[0].text), choices
        return found


def check(drawing: str, width: float) -> None:
    """Nothing collides, nothing leaves the sheet, and nothing is in it but what belongs there."""
    root = parsed(drawing)
    assert {element.tag for element in root.iter()} <= TAGS
    those = [label.box for label in labels(root)]
    assert not collisions(those)
    drawn_boxes = [box for _, box in boxes(root)]
    assert not collisions(drawn_boxes)
    for box in [*those, *drawn_boxes]:
        assert min(box.left, box.top) >= 0
        assert box.right <= width + 0.02
        assert box.bottom <= float(root.get("height", ""))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@settings(max_examples=60, deadline=None)
@given(programmes(4), st.sampled_from([480.0, 960.0]), st.booleans())
def test_whatever_is_drawn(meeting: Programme, width: float, capacity: bool) -> None:  # noqa: FBT001  # Hypothesis gives it
    """Labels and boxes of any programme are apart and within the sheet, and none is left out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("r2psched.timelines.picture.Placer", Insisting)
        if meeting.span is None:
            with pytest.raises(InvalidValue, match="expected at least one session with a time"):
                meeting.timeline(capacity=capacity, width=width)
            assert meeting._repr_svg_() is None
            assert "<svg" not in meeting._repr_html_()
            return
        drawing = meeting.timeline(capacity=capacity, width=width)
    check(drawing, width)
    assert drawing == attrs.evolve(meeting).timeline(capacity=capacity, width=width)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(headings, time_block_sets(4)), min_size=1, max_size=4))
def test_overlaps(given_bars: list[tuple[str, Any]]) -> None:
    """However many sessions of one room overlap, their boxes never do."""
    bars = [
        Bar(title, tuple(Block(block) for block in blocks), room="Hall")
        for title, blocks in given_bars
        if blocks
    ]
    if bars:
        check(timeline(bars, title="Overlaps", words=words("en")), 960)


def test_one_scale() -> None:
    """Ten o'clock stands above ten o'clock, whatever else a day has."""
    later = Day("2026-06-18", zone="Europe/Zurich")
    drawing = drawn(
        session("08:00-09:30"),
        session("10:00-13:00", title="First"),
        Session("Second", later("10:00-13:00")),
        Session("Third", later("20:00-22:00")),
    )
    found = dict(boxes(parsed(drawing)))
    first, second = found["10:00–13:00 First"], found["10:00–13:00 Second"]
    assert (first.left, first.right) == (second.left, second.right)
    assert first.bottom < second.top


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Zurich"])
@pytest.mark.parametrize("change", ["03-08", "11-01", "03-29", "10-25"])
def test_clock_changes(zone: str, change: str) -> None:
    """On a night when clocks change, a block begins and ends where the clock on the wall says."""
    plain, night = (Day(f"2026-{day}", zone=zone) for day in ("06-16", change))
    meeting = Programme(
        "x",
        "Nights",
        [Session("Plain", plain("00:30-06:00")), Session("Changed", night("00:30-06:00"))],
    )
    found = {said.partition(" ")[2]: box for said, box in boxes(parsed(meeting.timeline()))}
    assert (found["Plain"].left, found["Plain"].right) == (
        found["Changed"].left,
        found["Changed"].right,
    )
    assert "00:30–06:00" in texts_of(meeting.timeline())


def test_the_hour_that_comes_twice() -> None:
    """Two sessions at the same hour of the wall, an hour apart, are told apart and do not meet."""
    night = Day("2026-11-01", zone="America/New_York")
    blocks = night("01:15 EDT - 01:45 EDT"), night("01:15 EST - 01:45 EST")
    bars = [Bar(f"{at}", (Block(block),)) for at, block in enumerate(blocks)]
    drawing = timeline(
        [*bars, Bar("x", (Block(night("01:30 EDT - 01:15 EST")),))], title="T", words=words()
    )
    check(drawing, 960)
    told = " ".join(texts_of(drawing))
    assert "01:15 EDT – 01:45 EDT" in told
    assert "01:15 EST – 01:45 EST" in told


def test_over_midnight() -> None:
    """What ends in the night stays in the row of its evening; the rows go on behind midnight."""
    drawing = drawn(session("09:00-12:00", "Day"), session("22:00-01:30+1", "Night"))
    found = boxes(parsed(drawing))
    assert len(found) == 2
    assert "22:00–01:30 (+1)" in texts_of(drawing)
    assert "Tuesday 16 June 2026" in texts_of(drawing)


def test_several_days() -> None:
    """What lasts several days stands in the row of each, with its dates."""
    drawing = drawn(session("14:00-16:00+2", "Exhibition"))
    told = [said for said, _ in boxes(parsed(drawing))]
    assert told == ["16 Jun 14:00 – 18 Jun 16:00 Exhibition"] * 3
    dates = [text for text in texts_of(drawing) if text.endswith("Jun")]
    assert dates == ["Tue 16 Jun", "Wed 17 Jun", "Thu 18 Jun"]


def test_several_years() -> None:
    """What lasts longer than a month stands in the rows of its first and its last date."""
    drawing = drawn(session("14:00 - 2126-06-18 16:00", "Exhibition"))
    assert len(boxes(parsed(drawing))) == 2


def test_key() -> None:
    """A box without room for its title has a number, and the key says what it means."""
    drawing = drawn(session("09:00-18:00"), session("10:00-10:20", LONG, room="Hall"))
    told = texts_of(drawing)
    at = told.index("1")
    assert LONG not in told
    assert "10:00–10:20" in told[at:]
    assert LONG in " ".join(told)


def test_a_box_without_room_for_a_number() -> None:
    """Even a box of a pixel is told in the key, without any number."""
    drawing = drawn(session("00:00-23:00"), session("10:00-10:01", LONG, room="Hall"))
    told = texts_of(drawing)
    assert "1" not in told
    assert "10:00–10:01" in told


def test_title_from_the_right() -> None:
    """A title that is read from the right stands at the right of its box."""
    drawing = drawn(session("09:00-12:00", "الجلسة الافتتاحية"))
    root = parsed(drawing)
    (box,) = (box for _, box in boxes(root))
    (label,) = (each for each in labels(root) if each.text == "الجلسة الافتتاحية")
    assert box.right - 6 < label.box.right < box.right


def test_breaks_and_hours_without_anything() -> None:
    """Breaks are hatched, and so are long hours in which nothing happens, drawn narrow."""
    plain = drawn(session("09:00-12:00"), session("14:00-15:00"))
    lunch = drawn(session("09:00-12:00"), session("12:00-14:00", "Lunch", kind="break"))
    apart = drawn(session("09:00-12:00"), session("20:00-21:00"))
    assert "break" not in texts_of(plain)
    assert "-break)" not in plain
    for drawing in (lunch, apart):
        assert "break" in texts_of(drawing)
        assert "-break)" in drawing
    wide = [box.right - box.left for _, box in boxes(parsed(apart))]
    assert sum(wide) > 880


def test_rooms() -> None:
    """Rooms are named beside their lanes where there are several, else in the heading."""
    one = drawn(session("09:00-12:00", room="Hall"), venue="Centre")
    two = drawn(session("09:00-12:00", room="Hall"), session("09:00-12:00", room="Room 2"))
    assert "Hall, Centre" in texts_of(one)
    assert {"Hall", "Room 2"} <= set(texts_of(two))


def test_hostile_title() -> None:
    """Markup in a title is text."""
    drawing = drawn(session("09:00-12:00", "<script>alert(1)</script>"), title='</svg>"')
    assert "<script" not in drawing
    assert "<script>alert(1)</script>" in " ".join(texts_of(drawing))


def test_cut_line_and_gauge() -> None:
    """The gauge ends where the last intervention ends, and the cut line stands there."""
    block = DAY("10:00-12:00")
    half = block.start_us + 3600 * 10**6
    filling = Filling(40, (block.start_us, block.end_us), 20, half, 20)
    bar = Bar("List", (Block(block, ((half, block.end_us),), filling),), inscribed=73)
    root = parsed(timeline([bar], title="Lists", words=words("en")))
    (box,) = (box for _, box in boxes(root))
    middle = (box.left + box.right) / 2
    fills: dict[str | None, Any] = {}
    for group in root.iter(f"{SVG}g"):
        for shape in group.findall(f"{SVG}rect"):
            # The legend comes behind the days.
            fills.setdefault(group.get("class"), shape)
    gauge, cut = fills["fill-gauge"], fills["fill-ink"]
    assert float(gauge.get("x", "")) + float(gauge.get("width", "")) == pytest.approx(middle, abs=1)
    assert float(cut.get("x", "")) == pytest.approx(middle, abs=2)
    told = texts_of(timeline([bar], title="Lists", words=words("en")))
    assert {
        "Capacity: 40",
        "Inscribed: 73; heard here: 20",
        "Cut line: 11:00, behind place 20",
    } <= set(told)


def test_two_pictures_on_one_page() -> None:
    """Different programmes have no id in common, so that both can stand on one page."""
    one, two = drawn(session("09:00-12:00")), drawn(session("09:00-13:00"))
    ids = [set(re.findall(r' id="([^"]+)"', drawing)) for drawing in (one, two)]
    assert not ids[0] & ids[1]


@pytest.mark.parametrize("width", [479, 10_001, "wide", True, float("nan")])
def test_width(width: Any) -> None:  # noqa: ANN401  # a mistake
    """A width that is none, or leaves no room, is refused."""
    with pytest.raises(InvalidValue, match="expected a width of 480 to 10,000 pixels"):
        drawn(session("09:00-12:00"), width=width)


def test_length() -> None:
    """The picture grows with the number of sessions, not with its square."""

    def length(count: int) -> int:
        bars = [Bar(f"Session {at}", (Block(DAY("09:00-12:00")),)) for at in range(count)]
        return len(timeline(bars, title="Many", words=words("en")))

    assert length(800) - length(400) < 2.1 * (length(400) - length(200))
