"""Labels that are placed never collide."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from r2psched.drawing import Box, Label, Placer, written

PLACES = st.floats(min_value=-50, max_value=450, allow_nan=False)
LABELS = st.builds(
    Label,
    st.text("abW… 国", max_size=12),
    PLACES,
    PLACES,
    st.floats(min_value=6, max_value=30),
    st.sampled_from(["start", "middle", "end"]),
    bold=st.booleans(),
)


@given(st.lists(LABELS, max_size=30))
def test_no_two_collide(labels: list[Label]) -> None:
    """No two placed labels share a point, all stand inside, and one is left out only for that."""
    within = Box(0, 0, 400, 400)
    placer = Placer(within)
    placed: list[Label] = []
    for label in labels:
        free = not any(label.box.overlaps(other.box) for other in placed)
        box = label.box
        inside = box.left >= 0 and box.top >= 0 and box.right <= 400 and box.bottom <= 400
        assert (placer.place(label) is label) == (free and inside)
        placed += [label] if free and inside else []
    assert not any(one.box.overlaps(two.box) for one, two in combinations(placed, 2))


def test_second_choice() -> None:
    """A label that has no room where it would best stand takes the next place."""
    placer = Placer(Box(0, 0, 200, 100))
    placer.place(Label("Chile", 10, 20))
    first, second = Label("Peru", 12, 20), Label("Peru", 100, 20)
    assert placer.place(first, second) == second


def test_apart() -> None:
    """Labels side by side keep a distance where one is asked for."""
    left = Label("Chile", 10, 20)
    close = Label("Peru", left.box.right + 3, 20)
    for apart, found in ((2, close), (4, None)):
        placer = Placer(Box(0, 0, 200, 100), apart)
        placer.place(left)
        assert placer.place(close) == found


def test_right_to_left_stands_where_it_was_placed() -> None:
    """A text read from the right starts at its right end, so that its anchor is the other one."""
    (group,) = written([Label("ישראל", 10, 20)])
    assert dict(group.attributes) | {"direction": "rtl", "text-anchor": "end"} == dict(
        group.attributes
    )
