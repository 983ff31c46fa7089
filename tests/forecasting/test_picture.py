"""The picture of a forecast."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from r2psched import Day, TimeBlock
from r2psched.errors import InvalidValue
from r2psched.forecasting.picture import Bar, picture
from r2psched.tables import text_of
from tests.pictures import SVG, TAGS, collisions, labels, parsed
from tests.strategies import texts

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET

DAY = Day("2014-09-08", zone="America/New_York")
BLOCKS = [DAY("10:50-13:00"), DAY("15:00-17:50")]
START = BLOCKS[0].start_us
MINUTE = 60_000_000
ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=40) | texts()
NAMES = [
    "Chile",
    "Saint Vincent and the Grenadines",
    "فلسطين",
    "日本国政府代表部と国連機関",
    "W" * 300,
]


def bars(count: int, step: float = 3.4) -> list[Bar]:
    """A list of which the last are not heard."""
    found = []
    for at in range(count):
        start = START + int((5 + at * step) * MINUTE)
        window = (start - at * 10**7, start, start + at * 10**7)
        chance = max(0.0, min(1.0, 1.5 - at / count))
        exact = START + at * 3 * MINUTE
        found.append(
            Bar(at + 1, NAMES[at % len(NAMES)], chance, window if chance > 0.01 else None, exact)
        )
    return found


def drawn(
    given_bars: list[Bar],
    blocks: list[TimeBlock],
    *,
    title: str = "Dialogue",
    **more: Any,  # noqa: ANN401  # what the picture takes
) -> ET.Element:
    """The picture as a parser sees it."""
    return parsed(picture(given_bars, blocks, title=title, **more))


def shapes(root: ET.Element, paint: str) -> list[ET.Element]:
    """All shapes that are painted in one way."""
    return [shape for g in root.iter(f"{SVG}g") if g.get("class") == paint for shape in g]


@pytest.mark.parametrize("count", [0, 1, 5, 24, 73, 193, 260, 700])
@pytest.mark.parametrize("width", [480, 960])
def test_labels_do_not_collide(count: int, width: int) -> None:
    """However many rows there are, no label meets another and none leaves the picture."""
    root = drawn(
        bars(count),
        BLOCKS,
        lines=["word " * 100],
        capacity=count // 2,
        now_us=START + 30 * MINUTE,
        width=width,
    )
    boxes = [label.box for label in labels(root)]
    for box in boxes:
        assert box.left >= 0
        assert box.right <= width
        assert box.bottom <= float(root.get("height", ""))
    assert not collisions(boxes)


@pytest.mark.parametrize(("count", "every"), [(5, 1), (73, 1), (193, 1), (240, 1), (1000, 4)])
def test_which_rows_are_labelled(count: int, every: int) -> None:
    """Every row has its number up to 240, and every nth where there are more."""
    texts_of = {label.text for label in labels(drawn(bars(count, 0.2), BLOCKS))}
    assert {f"{n}" for n in range(1, count + 1, every)} <= texts_of


def test_every_row_is_told() -> None:
    """Who cannot see the picture, and who points at a row, gets all numbers of every row."""
    root = drawn(
        [Bar(3, "Chile", 0.934, (START, START + MINUTE, START + 5 * MINUTE), START)], BLOCKS
    )
    sentence = (
        "3. Chile: heard with 93 %, starts 10:50 to 10:55, as likely before as after 10:51; "
        "by the limits alone at 10:50"
    )
    description = root.findtext(f"{SVG}desc") or ""
    assert "times in America/New_York: 10:50 to 13:00; 15:00 to 17:50" in description
    assert sentence in description
    assert sentence in [title.text for title in root.iter(f"{SVG}title")]


def test_dates_are_told_where_there_are_several() -> None:
    """On the second of two days, a start is told with its date."""
    later = Day("2014-09-09", zone="America/New_York")("10:00-13:00")
    at = later.start_us
    root = drawn([Bar(1, "Chile", 1, (at, at, at))], [*BLOCKS, later])
    assert "starts 9 Sep 10:00." in (root.findtext(f"{SVG}desc") or "")
    days = [label.text for label in labels(root) if "Sep" in label.text]
    assert days == ["Monday 8 September 2014", "Tuesday 9 September 2014"]


@settings(max_examples=30)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_hostile_texts(name: str, title: str, line: str) -> None:
    """No name, title or line makes the picture anything but well-formed, with its own elements."""
    root = drawn([Bar(1, name, 0.5)], BLOCKS, title=title, lines=[line])
    assert {element.tag for element in root.iter()} <= TAGS
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert (root.findtext(f"{SVG}title") or "") == text_of(title)


def test_references_are_met() -> None:
    """Whatever the picture points at is in it."""
    text = picture(bars(5), BLOCKS, title="Dialogue", reserves=[DAY("17:40-17:50")])
    ids = set(re.findall(r' id="([^"]+)"', text))
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= ids
    assert len(re.findall(r"url\(#[^)]*-reserve\)", text)) == 2  # one in the legend


def test_bands_skip_breaks() -> None:
    """A window over a break is two bands with a line between, at the places of its ends."""
    window = (BLOCKS[0].end_us - MINUTE, BLOCKS[1].start_us, BLOCKS[1].start_us + MINUTE)
    plain = drawn([Bar(1, "Chile", 1, window)], BLOCKS)
    kinds = [shape.tag for shape in shapes(plain, "fill-band stroke-band")]
    assert kinds.count(f"{SVG}rect") == 3  # one in the legend
    assert kinds.count(f"{SVG}path") == 1


def test_who_is_rather_not_heard_is_hollow() -> None:
    """A chance below one half is told by a shape, too, and explained."""
    window = (START, START, START + MINUTE)
    root = drawn([Bar(1, "Chile", 0.49, window), Bar(2, "Peru", 0.5, window)], BLOCKS)
    assert len(shapes(root, "fill-panel stroke-band")) == 2  # one in the legend
    assert "rather not heard" in [label.text for label in labels(root)]


@pytest.mark.parametrize(
    ("capacity", "said", "between"),
    [(0, "0", (None, "1")), (2, "2", ("2", "3")), (3, "all", ("3", None)), (9, "all", ("3", None))],
)
def test_capacity(capacity: int, said: str, between: tuple[str | None, str | None]) -> None:
    """The line of the exact capacity stands between who is heard by the limits and who is not."""
    found = {label.text: label.y for label in labels(drawn(bars(3), BLOCKS, capacity=capacity))}
    y = found[f"By the limits alone, {said} are heard"]
    above, below = between
    assert above is None or found[above] < y
    assert below is None or y < found[below]


@pytest.mark.parametrize(
    ("count", "capacity", "said"),
    [
        (110, 99, "By the limits: at most 99"),
        (3, 1, "By the limits: at most 1"),
        (3, 3, "By the limits: at best all"),
    ],
)
def test_capacity_is_told_whole(count: int, capacity: int, said: str) -> None:
    """Where names are short the line of a bounded capacity has a shorter text, not a cut one."""
    short = [Bar(n, f"S{n}", 1) for n in range(1, count + 1)]
    root = drawn(short, BLOCKS, capacity=capacity, at_most=True)
    assert said in [label.text for label in labels(root)]
    assert "By the limits alone, at " in (root.findtext(f"{SVG}desc") or "")


@pytest.mark.parametrize(
    ("now", "told"), [(START - 1, False), (START, True), (BLOCKS[1].end_us + 1, False)]
)
def test_now(now: int, told: bool) -> None:  # noqa: FBT001  # a table of cases
    """The time now is drawn where it lies in the time line, and only there."""
    root = drawn(bars(3), BLOCKS, now_us=now)
    assert ("now 10:50" in [label.text for label in labels(root)]) == told


def test_nobody() -> None:
    """An empty list has a picture that says so."""
    found = [label.text for label in labels(drawn([], BLOCKS, capacity=5))]
    assert "Nobody is inscribed" in found
    assert not any("limits" in text for text in found)


def test_long_names_are_cut_in_the_row_only() -> None:
    """A long name ends in an ellipsis in its row, and is told whole to who points at it."""
    root = drawn([Bar(1, "W" * 300, 1)], BLOCKS)
    assert any(label.text.endswith("W…") for label in labels(root))
    assert any("W" * 300 in (title.text or "") for title in root.iter(f"{SVG}title"))


def test_same_bytes() -> None:
    """The same forecast is the same picture."""
    assert picture(bars(9), BLOCKS, title="A") == picture(bars(9), BLOCKS, title="A")


def test_grows_with_the_rows() -> None:
    """Ten times as many rows make a picture at most about ten times as long."""
    short, long = (len(picture(bars(n, 0.1), BLOCKS, title="A")) for n in (200, 2000))
    assert long < 12 * short


def test_times_are_told_as_elsewhere() -> None:
    """A window is told to the nearest minute, and the start by the limits to the second."""
    second = MINUTE // 60
    bar = Bar(1, "Chile", 1, (START + 29 * second, START + 30 * second, START + 95 * second))
    drawn_bars = [bar, Bar(2, "Peru", 1, None, START + 200 * second)]
    description = drawn(drawn_bars, BLOCKS).findtext(f"{SVG}desc") or ""
    assert "starts 10:50 to 10:52, as likely before as after 10:51" in description
    assert "by the limits alone at 10:53:20" in description


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"chance": 1.1}, "a chance from 0 to 1"),
        ({"chance": float("nan")}, "a chance from 0 to 1"),
        ({"number": 0}, "a place in the list"),
        ({"window": (2, 1, 3)}, "in order of time"),
        ({"window": (1.0, 2.0, 3.0)}, "in microseconds"),
        ({"exact_us": 1.5}, "whole microseconds"),
    ],
)
def test_bars_are_checked(wrong: dict[str, Any], message: str) -> None:
    """A bar that cannot be drawn is refused with what was expected."""
    with pytest.raises(InvalidValue, match=message):
        Bar(**{"number": 1, "name": "Chile", "chance": 0.5, **wrong})


@pytest.mark.parametrize("width", [0, 479, 10_001, float("nan")])
def test_width(width: float) -> None:
    """A picture too narrow for its columns, or too wide for any screen, is refused."""
    with pytest.raises(InvalidValue, match="480 to 10,000"):
        picture([], BLOCKS, title="A", width=width)
