"""Views as plain values, and the schemas that they keep."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from r2psched import views
from r2psched.blocks import Day
from r2psched.checks import check
from r2psched.counting import capacity
from r2psched.errors import UnknownName
from r2psched.files import read
from r2psched.ical import agenda
from r2psched.inviting import Past, updates, wanted
from r2psched.programme import Programme
from r2psched.sessions import Session
from r2psched.speakers import Registration, SpeakerList
from r2psched.views.updates import Told
from tests.cli.running import COMMANDS
from tests.strategies import limits_of_time, programmes
from tests.views.meetings import ADDRESSES, EXAMPLE, NOTE, hearing, limited
from tests.views.schemas import VALIDATORS, judged

if TYPE_CHECKING:
    from collections.abc import Iterator

counts = st.none() | st.integers(1, 10**9)


def objects(schema: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  # any JSON
    """Give every part of a schema that describes an object with keys of its own."""
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "properties" in schema:
            yield schema
        for part in schema.values():
            yield from objects(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from objects(part)


def test_every_answer_has_a_schema() -> None:
    """There is one for each command that has --json."""
    assert set(views.schema_names()) == set(COMMANDS) - {"demo", "new", "ids"}


@pytest.mark.parametrize("name", VALIDATORS)
def test_schemas_are_sound_and_closed(name: str) -> None:
    """Each is valid draft 2020-12, names its command, and admits no key that it doesn't list."""
    schema = views.schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["title"] == name
    assert list(objects(schema))
    assert all(part["additionalProperties"] is False for part in objects(schema))


@pytest.mark.parametrize("name", VALIDATORS)
def test_schemas_ask_for_every_key(name: str) -> None:
    """What may be in an answer is in every answer, but for what was not asked."""
    asked = {"speakers", "position"} if name == "capacity" else set()
    for part in objects(views.schema(name)):
        assert part["properties"].keys() - set(part["required"]) <= asked


def test_unknown_schema() -> None:
    """A schema that there is not is refused, with a near name."""
    with pytest.raises(UnknownName, match='no schema "capacities": did you mean "capacity"'):
        views.schema("capacities")


def test_unknown_view() -> None:
    """A view that there is not is no attribute."""
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = views.nothing


def test_the_judge_is_strict() -> None:
    """A key too many, and a time without its offset, are both against the schema."""
    good = views.written_json(hearing(), "x.ics", 1)
    judged(good)
    with pytest.raises(ValidationError):
        judged(good | {"more": 1})
    shown = views.programme_json(hearing())
    with pytest.raises(ValidationError):
        judged(shown | {"revised": "2014-07-31T12:00:00"})


@given(programmes())
def test_show_and_check(programme: Programme) -> None:
    """Their answers keep the schemas, for programmes of every kind."""
    shown = judged(views.programme_json(programme))
    assert [s["id"] for s in shown["sessions"]] == [s.id for s in programme]
    findings = check(programme)
    answer = judged(views.findings_json(programme, findings))
    assert (answer["ok"], len(answer["findings"])) == (findings.ok, len(findings))


@given(programmes(), st.lists(limits_of_time, min_size=1, max_size=3), counts, counts)
def test_capacity(
    programme: Programme, limits: list[Any], speakers: int | None, position: int | None
) -> None:
    """The answer keeps the schema, under several limits, whatever is asked beside it."""
    for session in programme:
        answer = judged(
            views.capacity_json(
                [session.capacity(limit) for limit in limits],
                programme=programme,
                session=session,
                speakers=speakers,
                position=position,
            )
        )
        assert [sum(each["by_block"]) for each in answer["limits"]] == [
            each["total"] for each in answer["limits"]
        ]
        assert [("speakers" in each, "position" in each) for each in answer["limits"]] == [
            (speakers is not None, position is not None)
        ] * len(limits)


@pytest.mark.parametrize("times", ["10:00-13:00", ["22:00-01:30+1", "1 h"], "90 min"])
def test_capacity_without_a_programme(times: list[str] | str) -> None:
    """Without a programme its name, the session's and the blocks' dates are null."""
    answer = judged(views.capacity_json([capacity(times, "3 min")], speakers=3, position=3))
    assert (answer["programme"], answer["session"]) == (None, None)
    assert {(block["start"], block["end"]) for block in answer["blocks"]} == {(None, None)}


@given(programmes(), st.sampled_from(["UTC", "Asia/Tokyo"]))
def test_order_and_places(programme: Programme, zone: str) -> None:
    """The running order and the place of each speaker keep the schema, and agree."""
    for session in programme.lists:
        stated = limited(session)
        answer = judged(views.order_json(programme, stated))
        listed = answer["slots"] + answer["unheard"]
        assert [each["position"] for each in listed] == list(range(1, len(listed) + 1))
        for each in listed:
            place = judged(views.place_json(programme, stated, each["id"], zone))
            place = place["for"]
            assert place["heard"] == (each in answer["slots"])
            assert {key: place[key] for key in each} == each


@given(programmes())
def test_what_was_written(programme: Programme) -> None:
    """The answer of agenda keeps the schema."""
    assume(programme.parts)
    data = agenda(programme)
    events = data.count(b"\r\nBEGIN:VEVENT\r\n")
    judged(views.written_json(programme, "x.ics", events))


@given(programmes(), st.booleans())
def test_invite(programme: Programme, addresses: bool) -> None:  # noqa: FBT001  # drawn
    """The answer keeps the schema, and has as many messages as there are to send."""
    slots = [slot for s in programme.lists if s.blocks for slot in s.running_order("3 min")]
    plan = updates(wanted(programme, slots), Past(), when_us=0)
    answer = judged(views.updates_json(Told(programme, plan), addresses=addresses))
    assert len(answer["messages"]) == len(plan.messages)


def test_times_before_zones() -> None:
    """A local time so many minutes and seconds from UTC is told in UTC, as RFC 3339 has it."""
    mumbai = Day("1850-01-01", zone="Asia/Kolkata")("10:00-11:00")
    answer = judged(views.programme_json(Programme("p", "P", [Session("Old", mumbai)])))
    assert answer["sessions"][0]["blocks"][0]["start"] == "1850-01-01T04:06:32+00:00"


def secrets(programme: Programme) -> list[str]:
    """Give all answers to be published of a programme with a list, as text and as JSON."""
    session = programme.lists[0]
    order = session.running_order()
    told = Told(programme, updates(wanted(programme, order), Past(), when_us=0), order.unheard)
    answers: list[dict[str, Any]] = [
        views.programme_json(programme),
        views.order_json(programme, session),
        views.updates_json(told, addresses=False),
        *(views.place_json(programme, session, who.id, "UTC") for who in order.inscriptions),
    ]
    texts = [
        views.programme_text(programme),
        views.order_text(session),
        *(views.place_text(session, who.id, "UTC") for who in order.inscriptions),
        agenda(programme).replace(b"\r\n ", b"").decode(),
        agenda(programme, per="sitting").replace(b"\r\n ", b"").decode(),
    ]
    return [*map(json.dumps, answers), *texts]


def test_what_is_not_to_be_published() -> None:
    """No address of a speaker, contact or panellist, no note, trait or reason, is in any answer."""
    for text in secrets(hearing()):
        assert not [word for word in (*ADDRESSES, NOTE) if word in text]


def test_the_plan_tells_no_capacity() -> None:
    """The answer of show says how many are inscribed, and not how many fit."""
    floor = hearing()["floor"]
    capacity = floor.capacity()
    answer = views.programme_json(hearing())
    assert answer["sessions"][0]["inscribed"] == 6
    plan = json.dumps(answer) + views.programme_text(hearing())
    assert "apacity" not in plan
    assert str(capacity.total) not in json.dumps(
        answer["sessions"][0] | {"blocks": [], "limits": []}
    )


def test_the_internal_agenda_tells_no_address() -> None:
    """With what is internal an agenda has the note and the capacity, and no address still."""
    text = agenda(hearing(), internal=True).replace(b"\r\n ", b"").decode()
    assert NOTE in text
    assert "Capacity: " in text
    assert not [word for word in ADDRESSES if word in text]


def test_empty_lists_have_limits_and_deadlines() -> None:
    """A list that nobody is on yet shows its limit, and how to register, all the same."""
    programme = read(EXAMPLE)
    floor = next(s for s in views.programme_json(programme)["sessions"] if s["id"] == "floor")
    assert floor["limits"] == [{"for": "default", "limit": "3 min"}]
    assert floor["inscribed"] == 0
    assert floor["registration"]["instructions"].startswith("Information about submitting")
    speakers = SpeakerList(registration=Registration(write_to="us"))
    bare = attrs.evolve(programme["floor"], speakers=speakers)
    shown = views.programme_json(attrs.evolve(programme, sessions=[bare]))
    assert shown["sessions"][0]["limits"] == []
