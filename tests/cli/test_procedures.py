"""`r2psched procedures`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from r2psched.files.procedures import procedure_ids
from tests.cli.running import answer, call, fails, good, written
from tests.views.schemas import judged

OWN = """\
id = "town"
title = "Town meeting"
limit = { default = "3 min", categories = { association = "5 min" } }
order = ["first-time", { rule = "alternate", trait = "side", shares = { for = 2, against = 1 } }]

[[when_too_long]]
step = "limits"
limit = "2 min"

[[when_too_long]]
step = "cut"

[[sources]]
for = ["limit", "order"]
title = "Standing rules"
"""


def test_list() -> None:
    """Every shipped procedure is listed with its limits and what follows when they are too long."""
    text = good("procedures")
    for name in procedure_ids():
        assert f"\n{name} " in f"\n{text}"
    lines = [line.strip() for line in text.splitlines()]
    at = next(n for n, line in enumerate(lines) if line.startswith("hrc-dialogue "))
    told = " ".join(lines[at + 1 : at + 3])
    assert told == (
        "2 min, member 3 min, on behalf of a group 3 min; if the list is too long: limits of 2 min"
    )
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize("name", procedure_ids())
def test_show(name: str) -> None:
    """Each is explained with the title, link and text of every source, and all its notes."""
    text = good("procedures", "show", name)
    told = answer("procedures", "show", name)["procedure"]
    flat = " ".join(text.split())
    assert told["rules"]
    for rule in told["rules"]:
        assert rule["says"]
        assert rule["sources"]
        for line in (rule["title"], *rule["says"], *filter(None, rule["sources"][0].values())):
            assert " ".join(line.split()) in flat
    assert all(note in flat for note in told["notes"])


def test_show_panel() -> None:
    """A panel of the Council is explained in words, each rule with the number of its source."""
    text = good("procedures", "show", "hrc-panel")
    assert text.startswith(
        "Human Rights Council, panel discussion\n"
        "hrc-panel, United Nations Human Rights Council\n"
        "\n"
        "Limits [1]\n"
        "  2 min for everybody\n"
        "\n"
        "Order of speakers [2]\n"
        "  1. By the level of the speaker, in the order of protocol; those of no ranked level "
        "behind.\n"
        "  2. Statements on behalf of a group first.\n"
        "  What no rule decides stays as received.\n"
        "\n"
        "Time that is not for the list [1]\n"
        "  Comments and replies of the panellists, at the end of the session: 15 min\n"
    )
    assert "\n  [2] Orders of the day of the thirty-fourth session, March 2017\n" in text


def test_json_list() -> None:
    """The answer has every procedure, and keeps the schema."""
    told = answer("procedures")["procedures"]
    assert [each["id"] for each in told] == list(procedure_ids())
    who = next(each for each in told if each["id"] == "who-assembly")
    assert {"for": "non-state actor", "limit": "1 min", "limit_seconds": 60} in who["limits"]


def test_json_before_show() -> None:
    """The option means the same before and after `show`."""
    result = call("procedures", "--json", "show", "un-meetings")
    assert judged(json.loads(result.stdout)) == answer("procedures", "show", "un-meetings")


def test_unknown() -> None:
    """An id that there is not is refused with a near one."""
    message = fails(2, "procedures", "show", "hrc-pannel")
    assert message == 'no procedure "hrc-pannel": did you mean "hrc-panel"?'


def test_own_file() -> None:
    """A file of one's own is explained, and a rule without a source says so."""
    text = good("procedures", "show", written(OWN, "town.toml"))
    assert text == (
        "Town meeting\n"
        "town\n"
        "\n"
        "Limits [1]\n"
        "  5 min for category association\n"
        "  3 min for everybody else\n"
        "\n"
        "Order of speakers [1]\n"
        "  1. First-time speakers first.\n"
        "  2. Kinds of speakers alternate by shares, such as women and men one to one (trait side; "
        "shares for\n"
        "     2, against 1).\n"
        "  What no rule decides stays as received.\n"
        "\n"
        "When the list is too long (no source given)\n"
        "  Tried in turn, until all are heard:\n"
        "  1. limits of 2 min\n"
        "  2. the cut line, time permitting\n"
        "\n"
        "Sources\n"
        "  [1] Standing rules\n"
    )


def test_faults_of_an_own_file() -> None:
    """A file that is none is refused with its name and every place; one that is absent, too."""
    Path("bad.toml").write_text('id = "x"\nlimt = "3 min"\nswaps = 3\n', encoding="utf-8")
    result = call("procedures", "show", "bad.toml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("r2psched: bad.toml: ")
    assert "limt" in result.stderr
    assert "swaps: expected true or false, got 3" in result.stderr
    assert "there is no such file" in fails(3, "procedures", "show", "absent.toml")
