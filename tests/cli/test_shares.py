"""`r2psched shares`."""

from __future__ import annotations

import pytest

from r2psched.files import loads, to_dict
from tests.cli.running import ROOT, TWO_LISTS, answer, call, fails, good, written

PARLIAMENT = ROOT / "examples" / "parliament.toml"

DEBATE = """\
id = "debate"
title = "Debate"
zone = "UTC"
date = 2026-05-12
revised = 2026-05-01T12:00:00Z

[[sessions]]
id = "floor"
title = "Floor"
time = "10:00-10:12"

[[sessions.reserves]]
title = "Reply"
at = "end"
length = "unknown"

[sessions.speakers]
limit = "2 min"
changeover = "10 s"
inscriptions = [
    { id = "a-1", speaker = "Ann", traits = { group = "Amber" } },
    { id = "b-1", speaker = "Bo", traits = { group = "birch" } },
    { id = "a-2", speaker = "Al", traits = { group = "Amber" } },
    { id = "b-2", speaker = "Bea", limit = "4 min", on_behalf = "Birch" },
    { id = "n-1", speaker = "Nil" },
]

[sessions.shares]
equal = "50%"
groups = { Amber = 3, Birch = 1 }
"""
"""Twelve minutes for two groups: 7 min 30 s and 4 min 30 s; Birch asks for 6 minutes."""


def test_before_the_debate() -> None:
    """What the list asks for stands beside each share, and who goes over makes the exit code."""
    result = call("shares", written(DEBATE))
    assert result.exit_code == 1
    assert result.stdout == (
        "Floor\n"
        "\n"
        "group  size  share       asked   left        over\n"
        "Amber     3  7 min 30 s  4 min   3 min 30 s\n"
        "Birch     1  4 min 30 s  6 min   0 s         1 min 30 s\n"
        "total     4  12 min      10 min\n"
        "\n"
        "12 min is divided among 2 groups: 50% equally, the rest by size.\n"
        "Birch asks for 1 min 30 s more than its share.\n"
        "Without a group: Nil asks for 2 min.\n"
        "Rests on: Reply, at the end of the session: of unknown length, counted as 0.\n"
        "No share covers the 10 s between two interventions.\n"
    )


def test_while_it_lasts() -> None:
    """With a log, what was used is judged, whatever was asked for."""
    log = written("group,speaker,used\nAmber,,3 min\n,Bea,4 min\n,Nil,1 min\n", "used.csv")
    text = good("shares", written(DEBATE), "--used", log)
    assert "\nBirch     1  4 min 30 s  6 min   4 min  30 s\n" in text
    assert "\nBirch asks for 1 min 30 s more than its share.\n" in text
    assert "\nNo group used more than its share.\nWithout a group: Nil used 1 min.\n" in text
    written("group,used\nBirch,4 min 31 s\n", log)
    assert (
        "\nBirch used 1 s more than its share.\n"
        in call("shares", "hearing.toml", "--used", log).stdout
    )


def test_json() -> None:
    """The answer keeps the schema, and agrees with the text on the exit code."""
    name = written(DEBATE)
    told = answer("shares", name, code=1)
    assert (told["time_seconds"], told["equal"], told["judged_by"]) == (720, "50%", "asked")
    assert (told["fits"], told["at_most"], len(told["assumptions"])) == (False, True, 1)
    assert told["groups"][1] == {
        "group": "Birch",
        "size": 1,
        "quota_seconds": "270",
        "share_seconds": 270,
        "asked_seconds": 360,
        "used_seconds": None,
        "left_seconds": 0,
        "over_seconds": 90,
    }
    assert told["without_a_group"] == {"asked": [{"speaker": "Nil", "seconds": 120}], "used": None}
    log = written("group,used\nAmber,1 min\n", "used.csv")
    told = answer("shares", name, "--used", log)
    assert (told["judged_by"], told["fits"]) == ("used", True)
    assert [each["used_seconds"] for each in told["groups"]] == [60, 0]


def test_a_time_of_its_own() -> None:
    """A time that the rule states is divided in place of the floor time, and rests on nothing."""
    name = written(DEBATE.replace('equal = "50%"', 'equal = "6 min"\ntime = "20 min"'))
    text = good("shares", name)
    assert "20 min is divided among 2 groups: 6 min equally, the rest by size." in text
    assert "Rests on" not in text
    assert answer("shares", name)["assumptions"] == []


def test_before_anybody_is_inscribed() -> None:
    """A list of nobody, or without a limit, has shares all the same."""
    head, _, rest = DEBATE.partition("inscriptions = [")
    empty = written(head + rest.partition("]\n")[2], "empty.toml")
    for name in (empty, written(DEBATE.replace('limit = "2 min"\n', ""))):
        told = answer("shares", name)
        assert [each["share_seconds"] for each in told["groups"]] == [450, 270]
        assert (told["judged_by"], told["fits"]) == (None, True)
        assert told["groups"][0]["left_seconds"] is None
        assert "group  size  share\n" in good("shares", name)


def test_limits_of_ones_own() -> None:
    """Where all have limits of their own, they are what is asked; else it is told who has none."""
    bare = DEBATE.replace('limit = "2 min"\n', "")
    text = call("shares", written(bare)).stdout
    assert text.startswith(
        "Floor\n\nWhat is asked is not known: 4 of 5 have no limit: give the list one, "
        'limit = "3 min".\n\ngroup  size  share\n'
    )
    own = bare.replace(', limit = "4 min"', "").replace('", speaker', '", limit = "3 min", speaker')
    told = answer("shares", written(own), code=1)
    assert [each["asked_seconds"] for each in told["groups"]] == [360, 360]
    assert told["remarks"] == []
    # A procedure's limit is one as well.
    told = answer("shares", written(bare + '[sessions.procedure]\nlimit = "1 min"\n'), code=1)
    assert [each["asked_seconds"] for each in told["groups"]] == [120, 300]


def test_lots_that_are_not_drawn() -> None:
    """Where the procedure cannot be applied, there are shares all the same, and why no more."""
    told = answer("shares", written(DEBATE + '[sessions.procedure]\norder = ["lots"]\n'))
    assert [each["asked_seconds"] for each in told["groups"]] == [None, None]
    assert told["remarks"][0].startswith("what is asked is not known: lots need a seed: ")


def test_no_group_at_all() -> None:
    """Where nobody has what the shares go by, that is said first."""
    name = written(DEBATE.replace('equal = "50%"', 'by = "Partei"'))
    text = good("shares", name)
    assert text.startswith(
        'Floor\n\n5 of 5 have no trait "Partei"; there is "group": name what tells groups, '
        'by = "…".\n\ngroup'
    )
    assert "No group" not in text
    assert "\nWithout a group: Ann asks for 2 min.\n" in text
    assert len(answer("shares", name)["remarks"]) == 1


def test_groups_that_there_are_not() -> None:
    """Every inscription of a group without a share is told, with one that is near."""
    name = written(DEBATE.replace('"birch"', '"Brich"').replace('"Birch"', '"Cedar"'))
    result = call("shares", name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "r2psched: hearing.toml: 2 faults",
        (
            '  sessions[1] "Floor": speakers.inscriptions[2] "Bo": group "Brich" has no share: '
            'did you mean "Birch"?'
        ),
        (
            '  sessions[1] "Floor": speakers.inscriptions[4] "Bea": group "Cedar" has no share: '
            "give it one, or correct its name"
        ),
    ]


def test_logs_that_are_refused() -> None:
    """All faults of a log are told with row and column; one that there is not, with its name."""
    name = written(DEBATE)
    log = written("group,used\nAmbre,1 min\nBirch,1\n", "used.csv")
    result = call("shares", name, "--used", log)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "r2psched: used.csv: 2 faults",
        '  row 2, column "group": no group or speaker "Ambre": did you mean "Amber"?',
        '  row 3, column "used": 1 has no unit: write "1 min" or "1 s"',
    ]
    assert fails(3, "shares", name, "--used", "no.csv") == (
        "cannot read no.csv: there is no such file"
    )


def test_which_session() -> None:
    """Where no time is divided, or that of several sessions, the remedy is told."""
    name = written(TWO_LISTS)
    assert fails(2, "shares", name, "--session", "morning") == (
        'the time of session "Morning" is not divided: write [sessions.shares]'
    )
    assert fails(2, "shares", name) == (
        "no session of the programme divides its time among groups: write [sessions.shares]"
    )
    divided = TWO_LISTS.replace("speakers = {", "shares = { groups = { A = 1 } }\nspeakers = {")
    name = written(divided)
    assert fails(2, "shares", name) == (
        "2 sessions divide their time: choose one with --session: morning, evening"
    )
    # The only delegation has no group, and so takes nobody's time.
    told = answer("shares", name, "--session", "evening")
    assert told["groups"][0]["asked_seconds"] == 0
    assert told["without_a_group"]["asked"] == [{"speaker": "A", "seconds": 180}]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "Birch = 1 }",
            'Birch = "one" }',
            (
                "groups.Birch: expected a whole number such as 30, from 0 to 1,000,000,000,000, "
                'got "one"'
            ),
        ),
        (
            '"50%"',
            "0.5",
            (
                'equal: expected a duration such as "3 min", "90 s" or "1 h 30 min", '
                'got 0.5; or a part of the time, such as "50%" or "1/3"'
            ),
        ),
        ('equal = "50%"', 'equally = "50%"', 'unknown key "equally": did you mean equal?'),
        (
            "Amber = 3, Birch = 1",
            "Amber = 0, Birch = 0",
            'every group is of size 0: give sizes, or divide equally with equal="100%"',
        ),
        (
            "groups = { Amber = 3, Birch = 1 }",
            "",
            (
                "groups: is missing: write each group with "
                'its size, such as groups = { "Group A" = 30 }'
            ),
        ),
    ],
)
def test_shares_that_are_refused(old: str, new: str, message: str) -> None:
    """What is wrong with shares in a file is told with its place."""
    end = fails(1, "shares", written(DEBATE.replace(old, new))).strip()
    assert end.startswith('sessions[1] "Floor": shares')
    assert end.removeprefix('sessions[1] "Floor": shares').lstrip(".: ") == message


def test_written_and_read_again() -> None:
    """A programme with shares is written as it is read, its groups in their order."""
    for text in (
        DEBATE,
        DEBATE.replace("Amber = 3, Birch = 1", "Birch = 1, Amber = 3"),
        DEBATE.replace('equal = "50%"', 'time = "12 min"\nequal = "1/3"\nby = "party"'),
    ):
        tree = to_dict(loads(text))
        again = loads(text)
        assert to_dict(again) == tree
        groups = tree["sessions"][0]["shares"]["groups"]
        assert list(groups.items()) == list(again["floor"].shares.groups)  # type: ignore[union-attr]  # it has both


def test_the_example() -> None:
    """The example divides 35 minutes, half of them equally, and no group asks for more."""
    told = answer("shares", PARLIAMENT)
    assert told["time_seconds"] == 2100 == sum(each["share_seconds"] for each in told["groups"])
    assert told["fits"]
    assert told["without_a_group"]["asked"] == []
    sizes = [each["size"] for each in told["groups"]]
    assert sizes == sorted(sizes, reverse=True)
