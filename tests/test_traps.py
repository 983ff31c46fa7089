"""What people do by mistake, and would not notice if it were let through."""

from __future__ import annotations

import attrs
import pytest

import r2psched as r2
from r2psched.errors import InvalidValue, UnknownName
from r2psched.fields import as_tuple

DAY = r2.Day("2014-09-08", zone="UTC")


@pytest.fixture
def meeting() -> r2.Programme:
    """A meeting with a list of two, one with an address."""
    chile = r2.Inscription("Chile", email="chile@example.org")
    floor = r2.Session(
        "Dialogue",
        DAY("10:00-11:00"),
        id="floor",
        speakers=r2.SpeakerList([chile, "Fiji"], "3 min"),
    )
    office = r2.Person("Office", email="office@example.org")
    return r2.Programme("r2p", "Meeting", [floor], organiser=office)


@pytest.mark.parametrize("text", ["1:00-3:00 pm", "3:00 to 5 p.m.", "9:00 – 11 am"])
def test_half_written_half_days(text: str) -> None:
    """A span with am or pm at its end alone has two readings and is refused."""
    with pytest.raises(InvalidValue, match=r"has two readings: write [ap]"):
        DAY(text)


def test_24_hours_before_pm() -> None:
    """A start that only a 24-hour clock shows leaves no doubt."""
    assert DAY("13:00-3:00 pm") == DAY("13:00-15:00")


def test_sets() -> None:
    """A set has no order, so it is no list."""
    with pytest.raises(InvalidValue, match=r"expected a list, whose order is kept, got a set"):
        as_tuple({"Chile", "Fiji"})


def test_names_that_differ_by_space() -> None:
    """Two categories of one name are refused, not merged."""
    with pytest.raises(InvalidValue, match="differ only by space"):
        r2.SpeakingLimits("3 min", categories={"observer": "2 min", "observer ": "5 min"})


def test_stale_slots(meeting: r2.Programme) -> None:
    """A slot of before the session moved, or of another list, invites nobody."""
    slot = meeting["floor"].running_order()["Chile"]
    assert b"METHOD:REQUEST" in r2.invitation(meeting, slot)
    later = attrs.evolve(meeting["floor"], blocks=DAY("14:00-15:00"))
    with pytest.raises(InvalidValue, match=r"is none of .* as it is now"):
        r2.invitation(attrs.evolve(meeting, sessions=[later]), slot)
    other = attrs.evolve(meeting["floor"], speakers=r2.SpeakerList(["Peru"], "3 min"))
    with pytest.raises(InvalidValue, match=r"is none of .* as it is now"):
        r2.invitation(attrs.evolve(meeting, sessions=[other]), slot)


def test_membership(meeting: r2.Programme) -> None:
    """Whatever answers to a name also says whether it has it."""
    floor = meeting["floor"]
    assert floor.speakers is not None
    for some in (floor.speakers, floor.running_order()):
        assert "chile" in some
        assert "Peru" not in some
        assert floor.speakers.inscriptions[0] in some
    assert "floor" in meeting
    assert "dialogue" in meeting
    assert "lunch" not in meeting
    assert floor in meeting


def test_numbers_for_names(meeting: r2.Programme) -> None:
    """A number names nobody."""
    with pytest.raises(InvalidValue, match="expected a name or id"):
        meeting[0]  # type: ignore[index]  # the mistake
    with pytest.raises(InvalidValue, match="expected a name or id"):
        meeting["floor"].running_order()[0]  # type: ignore[index]  # the mistake


def test_ignored_codes(meeting: r2.Programme) -> None:
    """A code to ignore may stand alone; one that no rule has is refused."""
    codes = {finding.code for finding in r2.check(meeting)}
    assert "derived-id" in codes
    assert codes - {f.code for f in r2.check(meeting, ignore="derived-id")} == {"derived-id"}
    with pytest.raises(UnknownName, match="did you mean"):
        r2.check(meeting, ignore="derived-ids")


def test_assumed_nothing() -> None:
    """There is nothing to assume without a length."""
    with pytest.raises(InvalidValue, match="assumed without a length"):
        r2.Reserve("Replies", at="end", assumed="as in 2013")


def test_microseconds() -> None:
    """A block made of numbers is held to the same rules."""
    with pytest.raises(InvalidValue, match="whole seconds"):
        r2.TimeBlock.from_microseconds(0, 1_500_000, "UTC")
    with pytest.raises(InvalidValue, match="expected a zone"):
        r2.TimeBlock.from_microseconds(0, 1_000_000, "Nowhere")


def test_html_says_what_it_rests_on() -> None:
    """A notebook shows the total, the bound and the unknown reserve, too."""
    reserve = r2.Reserve("<Replies>", at="end")
    floor = r2.Session("F", DAY("10:00-11:00"), speakers=r2.SpeakerList(["Chile"], "3 min"))
    floor = attrs.evolve(floor, reserves=reserve)
    shown = floor.capacity()._repr_html_()  # what a notebook calls
    assert "<p>total: at most 20 interventions of 3 min</p><p>rests on: &lt;Replies&gt;" in shown
    shown = floor.running_order()._repr_html_()  # what a notebook calls
    assert "<p>1 of 1 are heard</p><p>rests on: &lt;Replies&gt;" in shown
