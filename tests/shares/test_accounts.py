"""What groups ask for and use, from lists and logs, against their shares."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.errors import AmbiguousName, InvalidValue, UnknownName
from r2psched.shares import Membership, Shares, Tally, asked, used, without_share
from r2psched.speakers import Inscription, SpeakerList, SpeakingLimits
from tests.refusals import refusal

SHARES = Shares({"Amber": 3, "Birch": 2, "Cedar": 1}, "30 min")
LIMITS = SpeakingLimits("3 min", on_behalf="5 min")
SPEAKERS = SpeakerList(
    [
        Inscription(speaker="Ann", traits={"Group": "amber"}),
        Inscription(speaker="Bo", on_behalf="Birch"),
        Inscription(speaker="Cy", traits={"group": "Amber"}, limit="1 min"),
        Inscription("Office", "Dee"),
    ]
)
lengths = st.integers(0, 5000).map(lambda seconds: timedelta(seconds=seconds))


def minutes(count: float) -> timedelta:
    """So many minutes."""
    return timedelta(minutes=count)


@given(st.dictionaries(st.sampled_from(["Amber", "Birch", "Cedar"]), lengths))
def test_balance(taken: dict[str, timedelta]) -> None:
    """What was used and what is left make the share, unless it goes over by the difference."""
    accounts = SHARES.allot().account(taken)
    for each in accounts:
        assert each.used == taken.get(each.group, timedelta(0))
        assert each.share + each.over == each.used + each.left
        assert timedelta(0) in {each.left, each.over}
    assert [e.group for e in accounts.over] == [e.group for e in accounts if e.used > e.share]


def test_what_is_told() -> None:
    """One row a group, and who has none below."""
    tally = Tally({"cedar": "6 min"}, without=(("Dee", minutes(1)),))
    accounts = SHARES.allot().account(tally)
    assert accounts["CEDAR"].over == minutes(1)
    assert accounts.rows()[2] == {
        "group": "Cedar",
        "share": minutes(5),
        "used": minutes(6),
        "left": timedelta(0),
        "over": minutes(1),
    }
    assert str(accounts).splitlines() == [
        "group  share   used   left    over",
        "Amber  15 min  0 s    15 min",
        "Birch  10 min  0 s    10 min",
        "Cedar  5 min   6 min  0 s     1 min",
        "without a group: Dee, 1 min",
    ]
    assert "<p>without a group: Dee, 1 min</p>" in accounts._repr_html_()
    assert len(accounts) == 3
    with pytest.raises(UnknownName, match=r'no group "Ceder": did you mean "Cedar"?'):
        _ = accounts["Ceder"]


def test_refused() -> None:
    """A group without a share, one named twice, and what is no length are refused."""
    allotment = SHARES.allot()
    with pytest.raises(UnknownName, match=r'no group "Ambre": did you mean "Amber"?'):
        allotment.account({"Ambre": "1 min"})
    with pytest.raises(InvalidValue, match='"Amber" and "amber" are one group: add their times up'):
        allotment.account({"Amber": "1 min", "amber": "2 min"})
    with pytest.raises(InvalidValue, match="3 has no unit"):
        allotment.account({"Amber": 3})  # type: ignore[dict-item]  # what is refused
    with pytest.raises(InvalidValue, match="at most 10,000 years in all"):
        allotment.account(dict.fromkeys(("Amber", "Birch"), timedelta(days=366 * 9000)))


def test_asked() -> None:
    """Each group asks for the limits of its inscriptions; who has none stands apart."""
    tally = asked((who, LIMITS.of(who)) for who in SPEAKERS)
    assert tally.word == "asked"
    assert tally.groups == (("amber", minutes(4)), ("Birch", minutes(5)))
    assert tally.without == (("Office", minutes(3)),)
    accounts = Shares(SHARES.groups, "6 min").allot().account(tally)
    assert [(each.group, each.over) for each in accounts.over] == [
        ("Amber", minutes(1)),
        ("Birch", minutes(3)),
    ]
    assert list(accounts.rows()[0]) == ["group", "share", "asked", "left", "over"]


@pytest.mark.parametrize(
    ("by", "group"),
    [
        ("group", "The trait"),
        ("GROUP", "The trait"),
        ("delegation", "Chile"),
        ("speaker", "Ann"),
        ("category", "State"),
        ("level", "minister"),
        ("on behalf", "GRULAC"),
        ("on_behalf", "GRULAC"),
        ("home region", "Andes"),
        ("party", None),
    ],
)
def test_by(by: str, group: str | None) -> None:
    """What names the group is a field of the inscription or one of its traits."""
    who = Inscription(
        "Chile",
        "Ann",
        category="State",
        level="minister",
        on_behalf="GRULAC",
        traits={"Group": "The trait", "Home_Region": "Andes"},
    )
    assert who.fact(by) == group


def test_by_group_without_such_a_trait() -> None:
    """A column "group" of a list is the group that is spoken for, and counts as the group."""
    assert Inscription("Chile", on_behalf="GRULAC").fact("group") == "GRULAC"
    assert Inscription("Chile").fact("group") is None


def test_groups_without_a_share() -> None:
    """Every inscription of a group without a share is told with its place, with one that is near
    for the first twenty.
    """
    many = [Inscription(f"D{at}", on_behalf=f"Ceda{at}") for at in range(30)]
    faults = without_share(SHARES, [*SPEAKERS, *many])
    assert len(faults) == 30
    assert str(faults[0]) == (
        'inscriptions[5] "D0": group "Ceda0" has no share: did you mean "Cedar"?'
    )
    assert str(faults[-1]) == (
        'inscriptions[34] "D29": group "Ceda29" has no share: give it one, or correct its name'
    )
    assert without_share(SHARES, SPEAKERS) == ()


def test_used() -> None:
    """A log names groups, or speakers in place of them; who has no group stands apart."""
    rows = [("amber", "2 min"), ("Ann", "1 min"), ("bo", "2 min"), ("Dee", "4 min")]
    tally = used(rows, SHARES, SPEAKERS)
    assert tally.groups == (("Amber", minutes(3)), ("Birch", minutes(2)))
    assert tally.without == (("Dee", minutes(4)),)


def test_names_in_a_log() -> None:
    """A name that nobody bears, one of two groups, and one of a group without a share are told."""
    members = Membership(
        SHARES,
        (
            Inscription("Chile", on_behalf="Amber", id="one"),
            Inscription("Chile", on_behalf="Birch", id="two"),
            Inscription("Peru", on_behalf="Dahlia"),
            Inscription("Fiji", on_behalf="Cedar"),
            Inscription("Fiji", "Fay", on_behalf="cedar", id="fay"),
        ),
    )
    assert members.of("two") == "Birch"
    assert members.of("fiji") == "Cedar"
    assert members.of("Fiji (Fay) (on behalf of cedar)") == "Cedar"
    assert "fiji" in members
    for name, error, message in (
        ("Chille", UnknownName, 'no group or speaker "Chille": did you mean "Chile"?'),
        ("Chile", AmbiguousName, 'several speakers are "Chile": name one by its id, "one", "two"'),
        ("Peru", UnknownName, 'no group "Dahlia": there is "Amber", "Birch", "Cedar"'),
    ):
        assert name not in members
        with pytest.raises(error, match=message):
            members.of(name)


@pytest.mark.parametrize("times", [5, [1], "ab", None])
def test_no_mapping_of_times(times: object) -> None:
    """What is no mapping from group to length is refused."""
    message = 'expected times by group, such as {"Group A": "3 min"}, got '
    assert refusal(Tally, times).startswith(message)
    assert refusal(SHARES.allot().account, times).startswith(message)
