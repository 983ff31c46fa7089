"""Who asks for the floor: persons, inscriptions, limits, and the list."""

from __future__ import annotations

from datetime import timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.blocks import Day, from_epoch
from r2psched.errors import AmbiguousName, UnknownName
from r2psched.identifiers import as_id
from r2psched.speakers import (
    Inscription,
    LimitsFrom,
    Person,
    Registration,
    SpeakerList,
    SpeakingLimits,
)
from tests.refusals import refusal
from tests.strategies import inscriptions, limits, speaker_lists

MINUTE = timedelta(minutes=1)


def test_person() -> None:
    """A person is written with the function, if there is one."""
    assert str(Person("Jan Eliasson", "Deputy Secretary-General")) == (
        "Jan Eliasson, Deputy Secretary-General"
    )
    assert str(Person(" Jan Eliasson ")) == "Jan Eliasson"
    assert Person("A", email="a@example.org").emails == ("a@example.org",)


@pytest.mark.parametrize("email", ["", "a", "a@", "@b", "a b@c", "<a@b>", "a@b,c@d", "a@b\n", 5])
def test_refuses_emails(email: str) -> None:
    """What is no e-mail address is refused."""
    told = refusal(Person, "A", email=[email])
    assert told.startswith('expected an e-mail address such as "name@example.org", got ')


def test_registration_keeps_the_instant() -> None:
    """The times of a registration are instants in UTC, so that no hour comes twice."""
    day = Day("2014-11-02", zone="America/New_York")
    registration = Registration(opens=day.at("01:30 EST"), write_to=" ", instructions=" x ")
    assert registration.opens is not None
    assert registration.opens.isoformat() == "2014-11-02T06:30:00+00:00"
    assert (registration.write_to, registration.instructions) == (None, "x")


def test_inscription_of_nobody() -> None:
    """An inscription needs a delegation or a speaker."""
    message = "an inscription needs a delegation or a speaker, and has neither"
    assert refusal(Inscription) == message
    assert refusal(Inscription, " ", "\n") == message


def test_refuses_what_is_no_text() -> None:
    """A number is no delegation, and an empty text no name."""
    assert refusal(Inscription, 5) == "expected a text in quotes, got 5"
    assert refusal(Person, " ") == "expected a text that is not empty"


@given(inscriptions())
def test_id(inscription: Inscription) -> None:
    """An id is the one given, or else one that could be given."""
    assert inscription.id == (inscription.given_id or as_id(inscription.id))
    assert inscription.name in {inscription.delegation, inscription.speaker}
    assert attrs.evolve(inscription, id="x").id == "x"


def test_derived_id() -> None:
    """Statements of one delegation for itself and for a group have different ids."""
    assert Inscription("Denmark").id == "denmark"
    assert Inscription("Denmark", on_behalf="Nordic countries").id == "denmark-for-nordic-countries"
    assert Inscription(speaker="Ms. Ngũgĩ").id == "ms-ngugi"


def test_words() -> None:
    """An inscription is written with the speaker and the group spoken for."""
    assert str(Inscription("Denmark", "Ms. X")) == "Denmark (Ms. X)"
    assert str(Inscription("Denmark", on_behalf="EU")) == "Denmark (on behalf of EU)"


def test_traits() -> None:
    """Traits are text to text, whatever the order in which they are given."""
    one = Inscription("Fiji", traits={"region": "Asia", "first time": "yes"})
    other = Inscription("Fiji", traits=[("first time", "yes"), ("region", "Asia")])
    assert one == other
    assert (one.trait("region"), one.trait("gender")) == ("Asia", None)


@pytest.mark.parametrize(
    ("inscription", "rule", "minutes"),
    [
        (Inscription("A"), "default", 3),
        (Inscription("A", category="unknown"), "default", 3),
        (Inscription("A", category="observer"), "category observer", 2),
        (Inscription("A", category="observer", on_behalf="EU"), "on behalf", 5),
        (Inscription("A", category="observer", on_behalf="EU", limit="1 min"), "own", 1),
    ],
)
def test_rule(inscription: Inscription, rule: str, minutes: int) -> None:
    """One's own limit comes before the group's, that before the category's, then the default."""
    limits = SpeakingLimits("3 min", on_behalf="5 min", categories={"observer": "2 min"})
    assert limits.rule(inscription) == rule
    assert limits.of(inscription) == minutes * MINUTE


@given(limits, inscriptions())
def test_rule_tells_the_limit(limits: SpeakingLimits, inscription: Inscription) -> None:
    """The limit is the one that its rule names."""
    named = {
        "own": inscription.limit,
        "on behalf": limits.on_behalf,
        "default": limits.default,
        **{f"category {name}": length for name, length in limits.categories},
    }
    assert limits.of(inscription) == named[limits.rule(inscription)]


def test_group_without_a_limit() -> None:
    """Where groups have no limit of their own, the category's or the default applies."""
    limits = SpeakingLimits("3 min", categories={"observer": "2 min"})
    assert limits.rule(Inscription("A", on_behalf="EU")) == "default"
    assert limits.of(Inscription("A", on_behalf="EU", category="observer")) == 2 * MINUTE


def test_limits_in_words() -> None:
    """The default comes first, then what differs."""
    limits = SpeakingLimits("3 min", on_behalf="5 min", categories={"observer": "90 s"})
    assert str(limits) == "3 min, observer 1 min 30 s, on behalf of a group 5 min"
    assert str(SpeakingLimits("3 min")) == "3 min"


@pytest.mark.parametrize(
    ("make", "fields"),
    [
        (SpeakingLimits, {"default": "0 s"}),
        (SpeakingLimits, {"default": "3 min", "on_behalf": "0 s"}),
        (SpeakingLimits, {"default": "3 min", "categories": {"observer": "0 s"}}),
        (Inscription, {"delegation": "A", "limit": "0 s"}),
        (SpeakerList, {"inscriptions": ["A"], "limits": "0 s"}),
    ],
)
def test_refuses_no_limit(make: type[object], fields: dict[str, object]) -> None:
    """A limit is more than zero wherever it stands."""
    assert refusal(make, **fields) == "expected a length of more than 0 s, got 0 s"


def test_list_takes_texts() -> None:
    """A text stands for a delegation, and a length for one limit for all."""
    one = SpeakerList(["Chile", Inscription("Fiji")], "3 min", changeover="10 s")
    other = SpeakerList(
        [Inscription("Chile"), Inscription("Fiji")],
        SpeakingLimits(3 * MINUTE),
        changeover=timedelta(seconds=10),
    )
    assert one == other
    assert [each.name for each in one] == ["Chile", "Fiji"]
    assert len(one) == 2
    assert SpeakerList("Chile") == SpeakerList(["Chile"])


def test_refuses_one_id_twice() -> None:
    """Two inscriptions with one id are refused, with both positions."""
    assert refusal(SpeakerList, ["Chile", "Fiji", "chile"]) == (
        'inscriptions 1 and 3, "chile", have one id, "chile": '
        "remove one, say for which group it speaks (on_behalf), or give each an id of its own"
    )


@given(speaker_lists(3, least=1), st.data())
def test_position(speakers: SpeakerList, data: st.DataObject) -> None:
    """Everybody is found by id, at the position counted from 1."""
    at = data.draw(st.integers(1, len(speakers)))
    assert speakers.position(speakers.inscriptions[at - 1].id) == at


def test_position_by_name() -> None:
    """A delegation or a speaker is found in any case of letters."""
    speakers = SpeakerList(["Chile", Inscription("Fiji", "Ms. X"), Inscription(speaker="Mr. Y")])
    assert [speakers.position(name) for name in (" CHILE ", "fiji", "ms. x", "mr. y")] == [
        1,
        2,
        2,
        3,
    ]


@pytest.mark.parametrize("name", ["Chili", "None", "none", ""])
def test_unknown_position(name: str) -> None:
    """A name that nobody bears is refused, also the word for none."""
    with pytest.raises(UnknownName, match=f'^no speaker "{name}": '):
        SpeakerList(["Chile", Inscription("Fiji")]).position(name)


def test_ambiguous_position() -> None:
    """A name that two bear is refused with the ids that tell them apart."""
    speakers = SpeakerList(
        [Inscription("EU", on_behalf="members"), Inscription("EU", on_behalf="candidates")]
    )
    with pytest.raises(AmbiguousName) as caught:
        speakers.position("EU")
    assert caught.value.ids == ("eu-for-members", "eu-for-candidates")
    assert speakers.position("EU (on behalf of candidates)") == 2


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(1, 9), max_size=9), st.text("abc"))
def test_the_limit_of_a_category(minutes: dict[str, int], category: str) -> None:
    """Whoever is of a category that has a limit has it, and whoever is of another the default."""
    limits = SpeakingLimits("1 h", categories={name: f"{n} min" for name, n in minutes.items()})
    who = Inscription("Chile", category=category)
    expected = minutes.get(category, 60)
    assert limits.of(who) == timedelta(minutes=expected)
    assert limits.rule(who) == (f"category {category}" if category in minutes else "default")


def test_limits_change_too_often() -> None:
    """Limits change a hundred times at most: each is tried for everybody inscribed."""
    later = [LimitsFrom("1 min", since=from_epoch(n * 10**6, "UTC")) for n in range(101)]
    assert len(SpeakerList([], "2 min", later_limits=later[1:]).later_limits) == 100
    message = "expected limits to change at most 100 times, got 101"
    assert refusal(SpeakerList, [], "2 min", later_limits=later) == message
