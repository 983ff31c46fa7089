"""The answers of `plan` and `procedures`, as text and as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given

from r2psched import views
from r2psched.durations import parse
from r2psched.house import House
from r2psched.ordering import (
    RULES,
    AfterEvery,
    Alphabetical,
    Alternate,
    ByLevel,
    Categories,
    Received,
)
from r2psched.planning import plan
from r2psched.procedures import Pooling, Procedure, Source, Step, Yielding
from r2psched.reserves import Reserve
from r2psched.speakers import SpeakingLimits
from r2psched.views.procedures import _RULES
from tests.strategies import programmes
from tests.views.meetings import ADDRESSES, NOTE, hearing
from tests.views.schemas import judged

if TYPE_CHECKING:
    from r2psched.programme import Programme

FULL = Procedure(
    "full",
    "Everything",
    limits=SpeakingLimits("2 min", for_all=True),
    order=[ByLevel(), Categories(["member", "observer"]), AfterEvery("ngo", 5), Received()],
    when_too_long=[Step("equal"), Step("cut")],
    lowest_limit="1 min",
    reserves=Reserve("Replies", at="end", length="10 min"),
    floor_time="1 h",
    list_open_for="96 h",
    list_closes="15 min",
    swaps=False,
    absent="end-of-category",
    replies="end-of-day",
    yielding=Yielding(3, "10 min"),
    pooling=Pooling(10, "6 min"),
    house=House("3 h", "2 h"),
    sources=[Source("limit", "Rules"), Source(["limit", "order"], "More rules", text="As it is.")],
)

ORDER = """\
1. By the level of the speaker, in the order of protocol; those of no ranked level behind.
2. Whole categories of speakers in turn; those of no named category behind (names member, observer).
3. One speaker of a category after every so many others; when one side ends, the other goes on \
(category ngo; every 5).
4. By the moment of receipt; those without one stand behind, as listed.
What no rule decides stays as received.
""".splitlines()


@given(programmes())
def test_plan(programme: Programme) -> None:
    """The answer keeps the schema for lists of every kind, and tells what the plan tells."""
    for session in programme.lists:
        found = plan(session)
        answer = judged(views.plan_json(programme, session, found))
        assert answer["fits"] == found.fits
        assert len(answer["ways"]) == len(found.ways)
        assert views.plan_text(session, found).endswith(str(found))


def test_what_is_not_to_be_published() -> None:
    """No address, note or trait is in the answer."""
    programme = hearing()
    session = programme["floor"]
    found = plan(session)
    told = f"{views.plan_json(programme, session, found)}{views.plan_text(session, found)}"
    assert not [word for word in (*ADDRESSES, NOTE) if word in told]


def test_every_rule_is_said() -> None:
    """Every field of a procedure that is a rule has a title and words."""
    assert set(FULL.stated()) == set(_RULES)
    answer = judged(views.procedure_json(FULL))["procedure"]
    said = {rule["rule"]: rule["says"] for rule in answer["rules"]}
    assert said == {
        "limit": ["2 min for everybody, whatever limit one has of its own"],
        "order": ORDER,
        "when_too_long": [
            "Tried in turn, until all are heard:",
            "1. the longest equal limit under which all are heard",
            "2. the cut line, time permitting",
        ],
        "lowest_limit": ["No limit is made shorter than 1 min."],
        "reserves": [
            "Replies, at the end of the session: 10 min",
            "A session that states any of its own keeps those only.",
        ],
        "floor_time": ["All interventions together take 1 h at most."],
        "list_open_for": ["It is open for 96 h."],
        "list_closes": ["It closes 15 min after the start of the session."],
        "swaps": ["Speakers may not swap their places."],
        "absent": ["Whoever is absent when called speaks at the end of the category."],
        "replies": ["They stand at the end of the day."],
        "yielding": ["Up to 3 may yield their time to one, 10 min at most."],
        "pooling": ["A statement of 10 or more through one has 6 min."],
        "house": [
            "A sitting lasts 3 h at most.",
            "Between two sittings in one room there are 2 h at least.",
        ],
    }
    assert [len(rule["sources"]) for rule in answer["rules"]][:2] == [2, 1]


def test_numbers_of_sources() -> None:
    """A rule that several sources state has the number of each."""
    text = views.procedure_text(FULL)
    assert "\nLimits [1] [2]\n" in text
    assert "\nOrder of speakers [2]\n" in text
    assert "Sources" not in views.procedure_text(attrs.evolve(FULL, sources=()))
    assert text.endswith("Sources\n  [1] Rules\n  [2] More rules\n      As it is.")


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"swaps": True}, "Speakers may swap their places."),
        ({"list_closes": "0 s"}, "It closes at the start of the session."),
        ({"house": House(shortest_pause="2 h")}, "Between two sittings in one room there are 2 h"),
        ({"house": House("3 h")}, "A sitting lasts 3 h at most."),
        ({"limits": SpeakingLimits("2 min", on_behalf="4 min")}, "4 min for statements on behalf"),
        ({"order": Alphabetical("fr", "Fiji")}, "(language fr; first Fiji)."),
        ({"order": ByLevel(["Mayor", ("Member", "Alderman")])}, "(levels Mayor, Member)."),
        ({"order": Alternate("side", {"for": 2, "against": 1})}, "shares for 2, against 1)."),
    ],
)
def test_words(changes: dict[str, object], line: str) -> None:
    """Each value of a rule has its words."""
    changed = attrs.evolve(FULL, **changes)  # type: ignore[arg-type]  # rules of any type
    assert line in " ".join(views.procedure_text(changed).split())


def test_every_rule_of_order_has_words() -> None:
    """The first line of what each rule says of itself is one sentence, to be read alone."""
    for rule in RULES.values():
        first = (rule.__doc__ or "").partition("\n")[0]
        assert first[0].isupper()
        assert first.endswith(".")


def test_hostile_texts() -> None:
    """Nothing in a procedure can steer a terminal, or break a line."""
    hostile = attrs.evolve(FULL, title="A\x1b[31m\nB", notes="\x07" * 3)
    told = views.procedure_text(hostile) + views.procedures_text([hostile])
    assert told.replace("\n", "").isprintable()
    assert "A\ufffd[31m B" in told
    judged(views.procedures_json([hostile]))


def test_limits_of_the_list_of_procedures() -> None:
    """Each limit is told as text and in seconds."""
    limits = views.procedures_json([FULL])["procedures"][0]["limits"]
    assert limits == [{"for": "default", "limit": "2 min", "limit_seconds": 120}]
    assert parse(limits[0]["limit"]).seconds == limits[0]["limit_seconds"]
