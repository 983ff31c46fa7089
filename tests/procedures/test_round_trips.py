"""Programmes that name procedures are read back equal, however they name them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.files import from_dict, loads, read, to_dict, write
from r2psched.files.procedures import procedure, procedure_ids, procedures, written
from r2psched.files.writing import to_toml
from r2psched.programme import Programme
from r2psched.sessions import Session
from tests.files.telling import HEAD, SESSION, programme, session
from tests.procedures import strategies as ours
from tests.strategies import maybe, speaker_lists

if TYPE_CHECKING:
    from pathlib import Path

    from r2psched.procedures import Procedure

LISTED = "time = '10:00-11:00'\n[sessions.speakers]\ninscriptions = ['Chile', 'Fiji']\n"
CHANGED = procedure("hrc-dialogue", limit="2 min", order=["level", {"rule": "lots"}])
some = ours.procedures() | st.sampled_from([*procedures(), CHANGED])


@st.composite
def ruled(draw: st.DrawFn) -> Programme:
    """Give programmes that name a procedure, in some of their sessions another."""
    sessions = [
        Session(
            f"Session {n}",
            speakers=draw(maybe(speaker_lists(2))),
            procedure=draw(maybe(some)),
            id=f"s{n}",
        )
        for n in range(draw(st.integers(0, 2)))
    ]
    return Programme("a", "A", sessions, zone="UTC", procedure=draw(maybe(some)))


@given(ours.procedures())
def test_own(rules: Procedure) -> None:
    """A procedure that a programme states in full is read back equal."""
    plan = Programme("a", "A", zone="UTC", procedure=rules)
    assert from_dict(json.loads(json.dumps(to_dict(plan)))).procedure == rules
    assert loads(to_toml(to_dict(plan))).procedure == rules


@given(ruled())
def test_programmes(plan: Programme) -> None:
    """Procedures of programme and sessions survive trees and TOML, and settle."""
    tree = to_dict(plan)
    assert from_dict(json.loads(json.dumps(tree))) == plan
    assert loads(to_toml(tree)) == plan
    assert to_dict(from_dict(tree)) == tree


@pytest.mark.parametrize("name", procedure_ids())
def test_shipped_is_named(name: str, tmp_path: Path) -> None:
    """A shipped procedure is written by its id, and as a file of one's own says the same."""
    rules = procedure(name)
    assert written(rules) == name
    tree = to_dict(Programme("a", "A", zone="UTC", procedure=attrs.evolve(rules, id="our")))
    text = to_toml(tree["procedure"])
    (tmp_path / "our.toml").write_text(text, encoding="utf-8")
    assert attrs.evolve(procedure(tmp_path / "our.toml"), id=name) == rules


def test_written_once() -> None:
    """A procedure of the programme is not written again in its sessions."""
    plan = programme("procedure = 'hrc-panel'\n", LISTED)
    assert plan.sessions[0].procedure == procedure("hrc-panel")
    tree = to_dict(plan)
    assert tree["procedure"] == "hrc-panel"
    assert "procedure" not in tree["sessions"][0]


def test_other_of_a_session() -> None:
    """A session that names a procedure has that one, and keeps it when it is written."""
    plan = programme("procedure = 'hrc-panel'\n", "procedure = 'ldc5'\n" + LISTED)
    assert plan.sessions[0].procedure == procedure("ldc5")
    assert to_dict(plan)["sessions"][0]["procedure"] == "ldc5"


def test_rules_of_order_are_written_as_words() -> None:
    """A rule without options is its word, one with options a table."""
    rules = procedure(
        "ldc5",
        order=[
            {"rule": "level"},
            {"rule": "alternate", "trait": "side", "shares": {"pro": 2, "con": 1}},
        ],
    )
    tree = written(rules)
    assert isinstance(tree, dict)
    assert tree["order"] == [
        "level",
        {"rule": "alternate", "trait": "side", "shares": {"pro": 2, "con": 1}},
    ]


def test_file_beside_the_programme(tmp_path: Path) -> None:
    """A programme names a file beside it, and is written with what stood there."""
    (tmp_path / "our.toml").write_text('id = "our"\nlimit = "2 min"\n', encoding="utf-8")
    path = tmp_path / "meeting.toml"
    path.write_text(f"{HEAD}procedure = 'our.toml'\n{SESSION}{LISTED}", encoding="utf-8")
    plan = read(path)
    rules = plan.sessions[0].procedure
    assert rules is not None
    assert (rules.id, str(rules.limits)) == ("our", "2 min")
    write(plan, tmp_path / "copy.toml")
    assert read(tmp_path / "copy.toml") == plan


def test_file_as_base(tmp_path: Path) -> None:
    """A file beside the programme may be changed, too; what is not changed stays."""
    (tmp_path / "our.toml").write_text(
        'id = "our"\ntitle = "Ours"\nlimit = "2 min"\nswaps = true\n'
        'sources = [{ for = "limit", title = "S" }, { for = ["limit", "swaps"], title = "T" }]\n',
        encoding="utf-8",
    )
    text = f"{HEAD}procedure = {{ base = 'our.toml', limit = '1 min' }}\n"
    rules = loads(text, folder=tmp_path).procedure
    assert rules is not None
    assert (rules.id, rules.title) == ("our-changed", "Ours, with another limit")
    assert (str(rules.limits), rules.swaps) == ("1 min", True)
    assert [(source.title, source.covers) for source in rules.sources] == [("T", ("swaps",))]


def test_changed() -> None:
    """A change takes the place of a rule as a whole, and no source covers it any more."""
    base = procedure("hrc-dialogue")
    rules = session("procedure = { base = 'hrc-dialogue', limit = '2 min' }\n").procedure
    assert rules is not None
    assert rules == procedure("hrc-dialogue", limit="2 min")
    assert str(rules.limits) == "2 min"
    assert rules.id == "hrc-dialogue-changed"
    assert rules.title == f"{base.title}, with another limit"
    assert rules.sources_of("limit") == ()
    assert rules.sources_of("when_too_long") == base.sources_of("when_too_long")
    assert [source.covers for source in rules.sources] == [("list_closes",), ("when_too_long",)]
    assert rules.when_too_long == base.when_too_long


def test_changed_in_nothing() -> None:
    """A base without a change is the base; another name or source changes no rule."""
    rules = session("procedure = { base = 'ldc5' }\n").procedure
    assert rules == procedure("ldc5")
    named = procedure("ldc5", id="ours", notes=["Read this."])
    assert (named.id, named.title) == ("ours", procedure("ldc5").title)
    assert named.sources == procedure("ldc5").sources
    cited = procedure("ldc5", limit="1 min", sources=[{"for": ["limit"], "title": "Ours"}])
    assert [source.title for source in cited.sources] == ["Ours"]
