"""Shares as they are given, refused and told."""

from __future__ import annotations

import pickle
from datetime import timedelta
from typing import Any

import pytest

from r2psched.durations import show
from r2psched.errors import InvalidValue, UnknownName
from r2psched.shares import Shares


@pytest.mark.parametrize(
    ("equal", "shares"),
    [
        # By hand: quota = 3600 s · part / 4 + 3600 s · (1 - part) · size / 320.
        ("0 s", ["27 min", "18 min", "11 min 15 s", "3 min 45 s"]),
        ("50%", ["21 min", "16 min 30 s", "13 min 8 s", "9 min 22 s"]),
        ("30 min", ["21 min", "16 min 30 s", "13 min 8 s", "9 min 22 s"]),
        ("1/3", ["23 min", "17 min", "12 min 30 s", "7 min 30 s"]),
        ("100%", ["15 min"] * 4),
    ],
)
def test_the_parliaments_rule(equal: str, shares: list[str]) -> None:
    """One part of the hour goes equally to each group, one by size (rule 171(4) of the European
    Parliament; the sizes are made up).
    """
    groups = {"Amber": 144, "Birch": 96, "Cedar": 60, "Delta": 20}
    assert [show(each.share) for each in Shares(groups, "1 h", equal=equal).allot()] == shares


def test_ties() -> None:
    """Of two equal fractions the larger group's comes first, then that of the group named first."""
    # 12 s: quotas 1 1/2, 4 1/2, 6; then 3 1/3 each.
    larger = Shares({"A": 1, "B": 3, "C": 4}, "12 s").allot()
    assert [each.share.seconds for each in larger] == [1, 5, 6]
    first = Shares({"A": 1, "B": 1, "C": 1}, "10 s").allot()
    assert [each.share.seconds for each in first] == [4, 3, 3]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("50%", "50%"),
        ("50.0 %", "50%"),
        ("1/2", "50%"),
        ("12.5%", "12.5%"),
        ("2/6", "1/3"),
        ("100/100", "100%"),
        ("0%", timedelta(0)),
        ("90 s", timedelta(seconds=90)),
    ],
)
def test_equal_parts(given: str, kept: timedelta | str) -> None:
    """A part is kept as the shortest text of it, so that equal rules are equal."""
    shares = Shares({"A": 1}, equal=given)
    assert shares.equal == kept
    assert Shares({"A": 1}, equal=shares.equal) == shares


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"groups": {}}, "expected groups with their sizes, .* got none"),
        ({"groups": 3}, "expected groups with their sizes, .* got 3"),
        ({"groups": ["A", "B"]}, "expected groups with their sizes"),
        ({"groups": {"A": -1}}, r'"A": expected a whole number such as 30, .* got -1'),
        ({"groups": {"A": 1.5}}, r'"A": expected a whole number .* got 1\.5'),
        ({"groups": {"A": True}}, r'"A": expected a whole number .* got True'),
        ({"groups": {"A": "30"}}, r'"A": expected a whole number .* got "30"'),
        ({"groups": {"A": 10**13}}, "expected a whole number .* got 10000000000000"),
        ({"groups": {"": 1}}, "expected a text that is not empty"),
        ({"groups": {"Group A": 1, "group  a": 2}}, '"Group A" and "group  a" have one name'),
        ({"groups": [("A", 1), ("A", 1)]}, '"A" and "A" have one name'),
        ({"equal": 0.5}, r'got 0\.5; or a part of the time, such as "50%" or "1/3"'),
        ({"equal": "half"}, 'got "half"; or a part of the time'),
        ({"equal": 30}, 'write "30 min" or "30 s"; or a part of the time'),
        ({"equal": "101%"}, 'from "0%" to "100%", got "101%"'),
        ({"equal": "3/2"}, 'from "0%" to "100%", got "3/2"'),
        ({"equal": "1/0"}, 'got "1/0"; or a part'),
        ({"equal": "40 min", "time": "30 min"}, "of 30 min not as much as 40 min can be divided"),
        ({"groups": {"A": 0}, "time": "1 h"}, "every group is of size 0"),
        ({"groups": {"A": 0, "B": 0}}, 'of size 0: .* equal="100%"'),
        ({"groups": {"A": 0, "B": 0}, "equal": "50%"}, "every group is of size 0"),
        ({"time": "0 s"}, "expected a length of more than 0 s"),
        ({"time": 60}, '60 has no unit: write "60 min" or "60 s"'),
        ({"by": " "}, "expected a text that is not empty"),
    ],
)
def test_refused(given: dict[str, Any], message: str) -> None:
    """What has no meaning is refused when it is given, with the remedy."""
    with pytest.raises(InvalidValue, match=message):
        Shares(**({"groups": {"A": 1, "B": 2}} | given))


def test_time() -> None:
    """The time comes with the rule, or with the question, which goes before."""
    shares = Shares({"A": 1, "B": 2})
    with pytest.raises(InvalidValue, match='no time to divide: give one, such as time="1 h"'):
        shares.allot()
    assert shares.allot("3 min")["B"].share == timedelta(minutes=2)
    assert Shares({"A": 1}, "1 h").allot("3 min").time == timedelta(minutes=3)
    with pytest.raises(InvalidValue, match="of 1 min not as much as 2 min"):
        Shares({"A": 1}, equal="2 min").allot("1 min")
    assert [each.share for each in shares.allot("0 s")] == [timedelta(0)] * 2


def test_order_is_kept() -> None:
    """Groups stay in the order given, of a mapping or of pairs."""
    assert [name for name, _ in Shares({"Z": 1, "A": 2}).groups] == ["Z", "A"]
    assert Shares([("Z", 1), ("A", 2)]) == Shares({"Z": 1, "A": 2})
    assert str(Shares({"Z": 1, "A": 2})) == "Z 1, A 2"


def test_what_is_told() -> None:
    """Every answer carries the numbers that it was made from."""
    allotment = Shares({"A": 2, "<b>": 1}, "10 s", equal="50%").allot()
    assert allotment.rows() == [
        {"group": "A", "size": 2, "quota": 35 / 6, "share": timedelta(seconds=6)},
        {"group": "<b>", "size": 1, "quota": 25 / 6, "share": timedelta(seconds=4)},
    ]
    assert str(allotment).splitlines() == [
        "group  size  quota (s)  share",
        "A         2  5.83       6 s",
        "<b>       1  4.16       4 s",
        "10 s is divided among 2 groups: 50% equally, the rest by size.",
    ]
    html = allotment._repr_html_()
    assert "<td>&lt;b&gt;</td><td>1</td><td>4.16</td><td>4 s</td>" in html
    assert "<p>10 s is divided among 2 groups" in html
    assert pickle.loads(pickle.dumps(allotment)) == allotment  # noqa: S301  # our own
    assert len(allotment) == 2


@pytest.mark.parametrize(
    ("equal", "words"),
    [
        ("0 s", "10 s is divided among 1 group by size."),
        ("100%", "10 s is divided among 1 group equally."),
        ("5 s", "10 s is divided among 1 group: 5 s equally, the rest by size."),
    ],
)
def test_the_rule_in_words(equal: str, words: str) -> None:
    """One line says what was divided, and how."""
    assert Shares({"A": 1}, "10 s", equal=equal).allot().rule == words


def test_names() -> None:
    """A share is found whatever the case of letters; an unknown group is answered with one near."""
    allotment = Shares({"Group A": 1, "Group B": 1}, "1 h").allot()
    assert allotment[" group  a"].group == "Group A"
    with pytest.raises(UnknownName, match=r'no group "Gruop B": did you mean "Group B"?'):
        _ = allotment["Gruop B"]
