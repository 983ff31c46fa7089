"""Rooms of a file in several languages: one room is one, whatever language is read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.checks import check
from r2psched.errors import InvalidInput
from r2psched.files import from_dict
from r2psched.ical import agenda
from tests.files.telling import told

LANGS = (None, "en", "fr")
FOUR = {"en": "Room 4", "fr": "Salle 4"}
TIMES = ("10:00-11:00", "10:30-12:00", "12:10-13:00")


def meeting(*rooms: object, **more: object) -> dict[str, Any]:
    """Make a tree with a session in each room, the first two of which overlap."""
    head = {"id": "a", "title": "A", "zone": "UTC", "date": "2014-09-08"} | more
    sessions = [
        {"id": f"s{at}", "title": f"S{at}", "time": TIMES[at], "room": room}
        for at, room in enumerate(rooms)
    ]
    return head | {"sessions": sessions}


@pytest.mark.parametrize("per", ["sitting", "day"])
@pytest.mark.parametrize(
    "tree",
    [
        meeting(None, "Room 4", " Room 4 ", room=FOUR),
        meeting(FOUR, "Room 4", None, room="Room 4"),
        meeting("Salle 4", FOUR, FOUR, lang="fr"),
        meeting({"de": "Saal 4", **FOUR}, {"EN": "Room 4"}, FOUR),
    ],
)
def test_one_room_is_one_in_every_language(tree: dict[str, Any], per: Any) -> None:  # noqa: ANN401  # one of three words
    """Its name in the language of the file stands for its table, in UIDs, sittings, findings."""
    plans = [from_dict(tree, lang=lang) for lang in LANGS]
    uids = [
        [line for line in agenda(plan, per=per).decode().split("\r\n") if line[:4] == "UID:"]
        for plan in plans
    ]
    assert len(uids[0]) == 1
    assert uids == [uids[0]] * 3
    assert [plan.rooms for plan in plans[1:]] == [("Room 4",), ("Salle 4",)]
    codes = [[finding.code for finding in check(plan)] for plan in plans]
    assert "room-overlap" in codes[0]
    assert codes == [codes[0]] * 3


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("rooms", "own", "faults"),
    [
        (
            [FOUR, {"en": "Room 5", "fr": "Salle 4"}],
            "en",
            ['"Room 5" is "Salle 4" in "fr", and so is "Room 4"'],
        ),
        ([FOUR, "Salle 4"], "en", ['"Room 4" is "Salle 4" in "fr", and so is "Salle 4"']),
        (
            [{"en": "Room 5"}, {"en": "Room 4", "FR": "Room 5"}],
            "en",
            ['"Room 4" is "Room 5" in "FR", and so is "Room 5"'],
        ),
        (
            [FOUR, {"en": "Room 4", "fr": "Salle IV"}],
            "en",
            ['"Room 4" is "Salle 4" in "fr" elsewhere, and "Salle IV" here'],
        ),
        (
            [FOUR, {"en": "Hall 4", "fr": "Salle 4"}],
            "fr",
            ['"Salle 4" is "Room 4" in "en" elsewhere, and "Hall 4" here'],
        ),
    ],
)
def test_two_rooms_have_two_names(
    rooms: list[object], own: str, faults: list[str], lang: str | None
) -> None:
    """Rooms that have one name in any language are refused, whatever is read; so are two names."""
    found = told(from_dict, meeting(*rooms, lang=own), lang=lang)
    assert [each.partition("room: ")[2].rpartition(": ")[0] for each in found] == faults
    assert all(each.startswith("sessions[") for each in found)


def test_names_may_change_places() -> None:
    """Two rooms that are called by each other's name in another language are still two."""
    tree = meeting({"en": "A", "fr": "B"}, {"en": "B", "fr": "A"})
    assert [from_dict(tree, lang=lang).sessions[0].room for lang in LANGS] == ["A", "A", "B"]


NAMES = st.sampled_from(["A", "B", "C"])
ROOMS = NAMES | st.dictionaries(st.sampled_from(["en", "fr", "de"]), NAMES, min_size=1) | st.none()


@given(st.lists(ROOMS, min_size=3, max_size=3), ROOMS, st.sampled_from(["en", "fr"]))
def test_rooms_are_told_apart_alike(rooms: list[object], room: object, own: str) -> None:
    """Whatever is written: it is refused, or the same sessions share rooms in every language."""
    found: list[list[int] | None] = []
    for lang in LANGS:
        try:
            plan = from_dict(meeting(*rooms, room=room, lang=own), lang=lang)
        except InvalidInput:
            found.append(None)
            continue
        names = [plan.room_of(session) for session in plan]
        found.append([names.index(each) for each in names])
    assert found == [found[0]] * 3
