"""Every procedure that is shipped says what its sources say, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from r2psched.blocks import Day
from r2psched.files import read
from r2psched.files.procedures import procedure, procedure_ids, procedures
from r2psched.house import House
from r2psched.ordering import Alphabetical, ByLevel, GroupsFirst, InTurn
from r2psched.procedures import Pooling, Procedure, Yielding
from r2psched.reserves import Reserve
from r2psched.sessions import Session
from r2psched.speakers import Inscription, SpeakerList

if TYPE_CHECKING:
    from collections.abc import Mapping

MINUTE = timedelta(minutes=1)
HALF = timedelta(seconds=30)
HOUR = timedelta(hours=1)

# What each states, by the names that a file has; steps in words.
STATED: Mapping[str, Mapping[str, object]] = {
    "city-fort-worth": {
        "limit": "3 min",
        "pooling": Pooling(11, 6 * MINUTE),  # a spokesperson and ten others
        "when_too_long": ["limits of 2 min"],
    },
    "city-lakewood": {"yielding": Yielding(3, 10 * MINUTE)},
    "city-thornton": {"limit": "3 min", "floor_time": HOUR},
    "ep-debate": {"order": (InTurn("group"),)},
    "ga-explanations": {"limit": "10 min", "replies": "end-of-day"},
    "ga-general-debate": {"limit": "15 min", "replies": "end-of-day"},
    "ga-informal": {"limit": "3 min, on behalf of a group 5 min"},
    "ga-r2p-dialogue": {"limit": "3 min"},
    "hrc-dialogue": {
        "limit": "2 min, member 3 min, on behalf of a group 3 min",
        "list_closes": 15 * MINUTE,
        "when_too_long": ["limits of 2 min"],
    },
    "hrc-panel": {
        "limit": "2 min",
        "order": (ByLevel(), GroupsFirst()),
        "reserves": (
            Reserve("Comments and replies of the panellists", at="end", length=15 * MINUTE),
        ),
    },
    "hrc-upr-adoption": {
        "floor_time": 20 * MINUTE,
        "list_open_for": 4 * 24 * HOUR,
        "swaps": True,
        "when_too_long": ["draw 13 by lot, 1 min 30 s each"],
    },
    "ldc5": {"limit": "5 min, on behalf of a group 5 min"},
    "model-un": {"limit": "1 min 30 s"},
    "model-un-caucus": {"limit": "30 s"},
    "refugee-summit-2016": {"limit": "4 min", "order": (ByLevel(),)},
    "un-meetings": {"house": House(3 * HOUR, 2 * HOUR)},
    "unesco-general-policy": {"limit": "6 min"},
    "unfccc-high-level": {
        "limit": "3 min",
        "order": (ByLevel(),),
        "absent": "end-of-category",
    },
    "upr-working-group": {"order": (Alphabetical("en", "lot"),)},
    "who-assembly": {
        "limit": "3 min, non-state actor 1 min, observer 2 min, un 2 min, "
        "on behalf of a group 4 min"
    },
}

STATE = Inscription("Chile")
GROUP = Inscription("Chile", on_behalf="GRULAC")


def _of(category: str) -> Inscription:
    return Inscription("Chile", category=category)


# Who has which limit from the start.
LIMITS = [
    ("ga-informal", STATE, 3 * MINUTE),
    ("ga-informal", GROUP, 5 * MINUTE),
    ("ga-r2p-dialogue", STATE, 3 * MINUTE),
    ("ga-general-debate", STATE, 15 * MINUTE),
    ("ga-explanations", STATE, 10 * MINUTE),
    ("hrc-dialogue", _of("member"), 3 * MINUTE),
    ("hrc-dialogue", GROUP, 3 * MINUTE),
    ("hrc-dialogue", _of("observer"), 2 * MINUTE),
    ("hrc-dialogue", _of("ngo"), 2 * MINUTE),
    ("hrc-panel", STATE, 2 * MINUTE),
    ("hrc-panel", GROUP, 2 * MINUTE),
    ("unesco-general-policy", STATE, 6 * MINUTE),
    ("who-assembly", STATE, 3 * MINUTE),
    ("who-assembly", GROUP, 4 * MINUTE),
    ("who-assembly", _of("observer"), 2 * MINUTE),
    ("who-assembly", _of("un"), 2 * MINUTE),
    ("who-assembly", _of("non-state actor"), 1 * MINUTE),
    ("refugee-summit-2016", STATE, 4 * MINUTE),
    ("ldc5", STATE, 5 * MINUTE),
    ("ldc5", GROUP, 5 * MINUTE),
    ("unfccc-high-level", STATE, 3 * MINUTE),
    ("city-fort-worth", STATE, 3 * MINUTE),
    ("city-thornton", STATE, 3 * MINUTE),
    ("model-un", STATE, 3 * HALF),
    ("model-un-caucus", STATE, HALF),
]

day = Day("2027-03-09", zone="Europe/Zurich")


def _told(rules: Procedure) -> dict[str, object]:
    """What a procedure states, by the names that a file has; limits and steps in words."""
    told: dict[str, object] = {
        name: getattr(rules, "limits" if name == "limit" else name) for name in rules.stated()
    }
    if rules.limits is not None:
        told["limit"] = str(rules.limits)
    if rules.when_too_long:
        told["when_too_long"] = [str(step) for step in rules.when_too_long]
    return told


@pytest.mark.parametrize("name", procedure_ids())
def test_stated(name: str) -> None:
    """A procedure states what its sources state, and nothing that none does."""
    assert _told(procedure(name)) == STATED[name]


def test_every_procedure_is_tested() -> None:
    """Each procedure has its row, its id is the name of its file, and it names its body."""
    assert set(STATED) == set(procedure_ids())
    assert tuple(each.id for each in procedures()) == procedure_ids()
    assert all(each.body for each in procedures())


@pytest.mark.parametrize("name", procedure_ids())
def test_sources(name: str) -> None:
    """Each rule is stated somewhere that can be looked up, and each source states a rule."""
    rules = procedure(name)
    for rule in rules.stated():
        assert any(source.link for source in rules.sources_of(rule)), rule
    for source in rules.sources:
        assert set(source.covers) <= set(rules.stated())
        assert source.text


@pytest.mark.parametrize(("name", "who", "limit"), LIMITS)
def test_limits(name: str, who: Inscription, limit: timedelta) -> None:
    """Each kind of speaker has the limit of the source."""
    limits = procedure(name).limits
    assert limits is not None
    assert limits.of(who) == limit


def test_dialogue() -> None:
    """The dialogue of 3 and 2 minutes hears 52 of 60, and with 2 minutes for all hears 60."""
    session = read("examples/hrc-dialogue.toml")["dialogue"]
    outcome = session.outcome()
    assert [(row["step"], row["heard"], row["of"], row["lacks"]) for row in outcome.rows()] == [
        (
            "limits of 2 min, member 3 min, on behalf of a group 3 min",
            52,
            60,
            "52 of 60 are heard: it would take 15 min more",
        ),
        ("limits of 2 min", 60, 60, None),
    ]
    slots = session.running_order().slots
    assert {slot.limit for slot in slots} == {2 * MINUTE}
    assert sum((slot.limit for slot in slots), timedelta(0)) == 2 * HOUR
    assert slots[0].start == day.at("10:10")
    assert slots[-1].end == day.at("12:10")


def test_list_of_a_dialogue_closes() -> None:
    """The list of a dialogue closes 15 minutes after its start."""
    session = read("examples/hrc-dialogue.toml")["dialogue"]
    assert session.list_closes == day.at("10:15")


def test_adoption() -> None:
    """Of 34 inscribed 13 are drawn; their 1 min 30 s each take 19 min 30 s of the 20 minutes."""
    session = read("examples/upr-adoption.toml")["states"]
    assert session.speakers is not None
    outcome = session.outcome()
    (attempt,) = outcome.attempts
    assert (attempt.step, attempt.lacks) == ("draw 13 by lot, 1 min 30 s each", None)
    slots = outcome.order.slots
    assert len(slots) == 13
    assert {slot.limit for slot in slots} == {3 * HALF}
    assert sum((slot.limit for slot in slots), timedelta(0)) == 19 * MINUTE + HALF
    assert outcome.order.left_over == (HALF,)
    lots = sorted(
        (sha256(f"Friday 12 March 2027, 10 a.m.\n{who.id}".encode()).hexdigest(), who.id)
        for who in session.speakers
    )
    assert [slot.inscription.id for slot in slots] == [name for _, name in lots[:13]]


@pytest.mark.parametrize("inscribed", [1, 13])
def test_adoption_without_draw(inscribed: int) -> None:
    """No lots are drawn for 13 or fewer, and no limit is stated for them."""
    rules = procedure("hrc-upr-adoption")
    listed = [f"State {n}" for n in range(inscribed)]
    own = Session(
        "States", day("10:00-10:20"), speakers=SpeakerList(listed, "1 min"), procedure=rules
    )
    assert [str(who) for who in own.running_order().inscriptions] == listed
    without = Session("States", day("10:00-10:20"), speakers=SpeakerList(listed), procedure=rules)
    with pytest.raises(ValueError, match=r"lots are drawn if more than 13 are.*give the list"):
        without.outcome()


def test_panel() -> None:
    """A slot of 60 minutes has 45 for the floor, which hold 22 interventions of 2 minutes."""
    speakers = SpeakerList([f"State {n}" for n in range(30)])
    session = Session(
        "Panel", day("10:00-11:00"), speakers=speakers, procedure=procedure("hrc-panel")
    )
    assert session.capacity().total == 22
    assert session.floor().times == (45 * MINUTE,)
    assert len(session.running_order()) == 22
    assert session.running_order().ends == day.at("10:44")


def test_panel_order() -> None:
    """In a panel dignitaries come first, in the order of protocol, and then groups."""
    listed = [
        Inscription("Chile"),
        Inscription("Fiji", on_behalf="Pacific States"),
        Inscription("Peru", level="Minister"),
        Inscription("Mali", level="President of the Republic"),
    ]
    session = Session(
        "Panel", day("10:00-11:00"), speakers=listed, procedure=procedure("hrc-panel")
    )
    order = session.running_order()
    assert [who.name for who in order.inscriptions] == ["Mali", "Peru", "Fiji", "Chile"]


def test_working_group() -> None:
    """In the working group the State with the lowest lot begins, and the alphabet goes round."""
    names = ["Uruguay", "Chile", "Peru", "Angola"]
    speakers = SpeakerList(names, "2 min", seed="review")
    session = Session(
        "Review", day("10:00-12:00"), speakers=speakers, procedure=procedure("upr-working-group")
    )
    first = min(names, key=lambda name: sha256(f"review\n{name.lower()}".encode()).digest())
    alphabet = sorted(names)
    at = alphabet.index(first)
    order = session.running_order()
    assert [who.name for who in order.inscriptions] == alphabet[at:] + alphabet[:at]


def test_one_hour_in_all() -> None:
    """In Thornton the list has one hour, however long the meeting is: 20 speakers of 3 minutes."""
    session = Session(
        "Comment", day("18:00-21:00"), speakers=[], procedure=procedure("city-thornton")
    )
    assert session.capacity().total == 20


def test_rounds() -> None:
    """In the European Parliament one of each group speaks in turn."""
    listed = [
        Inscription(speaker=name, traits={"group": group})
        for name, group in (("Ann", "A"), ("Bo", "A"), ("Cy", "B"), ("Di", "A"), ("Ed", "B"))
    ]
    session = Session(
        "Debate",
        day("10:00-11:00"),
        speakers=SpeakerList(listed, "1 min"),
        procedure=procedure("ep-debate"),
    )
    order = session.running_order()
    assert [who.name for who in order.inscriptions] == ["Ann", "Cy", "Bo", "Ed", "Di"]
