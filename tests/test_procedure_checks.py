"""Checks know the procedure of a list: what it states is not asked for, what it needs is."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.blocks import Day
from r2psched.checks import RULES, check
from r2psched.files import loads, read
from r2psched.procedures import Procedure
from r2psched.programme import Programme
from r2psched.sessions import Session
from tests.check_cases import LIMIT, LISTED, MANY, SPEAKERS, STATES, listed, ruled
from tests.procedures.strategies import procedures
from tests.strategies import block_lists, maybe, speaker_lists
from tests.test_checks import HEAD, REVISED

if TYPE_CHECKING:
    from r2psched.blocks import TimeBlock
    from r2psched.speakers import SpeakerList

day = Day("2014-09-08", zone="UTC")
TWO_MINUTES = "limit = '2 min'\n"
OPEN = "registration = {{ closes = '{}' }}\n"


def _told(text: str) -> list[str]:
    return str(check(loads(HEAD + REVISED + text))).splitlines()


def _codes(text: str) -> list[str]:
    return [found.code for found in check(loads(HEAD + REVISED + text))]


def test_examples() -> None:
    """The examples under procedures are told what their procedures make of them, and no more."""
    told = {
        name: [found.code for found in check(read(f"examples/{name}.toml"))]
        for name in ("hrc-dialogue", "upr-adoption", "city-council", "model-un", "parliament")
    }
    assert told == {
        "hrc-dialogue": ["unknown-category", "procedure-step"],
        "upr-adoption": ["procedure-step"],
        "city-council": [],
        "model-un": [],
        "parliament": [],
    }


def test_draw_is_told() -> None:
    """A draw is told, with how many are heard."""
    (found,) = check(read("examples/upr-adoption.toml"))
    assert found.message == (
        "hrc-upr-adoption goes on to draw 13 by lot, 1 min 30 s each: 13 of 34 are heard"
    )


@pytest.mark.parametrize(
    "rules",
    [
        "limit = '2 min'",
        "when_too_long = [{ step = 'limits', limit = '2 min' }]",
        "when_too_long = [{ step = 'equal' }]",
        "when_too_long = [{ step = 'draw', number = 2, limit = '2 min' }]",
    ],
)
def test_limit_of_the_procedure(rules: str) -> None:
    """A list needs no limit where the procedure states one that applies."""
    seeded = "seed = 'Monday'\n" + listed(*STATES)
    assert "no-limit" not in _codes(ruled(rules, seeded))


@pytest.mark.parametrize(
    "rules",
    [
        "swaps = true",
        "when_too_long = [{ step = 'cut' }]",
        "when_too_long = [{ step = 'draw', number = 2 }]",
        "when_too_long = [{ step = 'draw', number = 3, limit = '2 min' }]",
    ],
)
def test_no_limit_of_the_procedure(rules: str) -> None:
    """Where neither list nor procedure states one that applies, it is asked for."""
    assert _told(ruled(rules, listed(*STATES))) == [
        (
            f"warning [no-limit] {LISTED}: states no limit, nor does own for a list of 3; give "
            'one: limit = "3 min"'
        )
    ]


def test_limit_of_the_procedure_is_too_long() -> None:
    """Limits of the procedure, and limits of later moments, are held against the blocks."""
    found = _told(ruled("limit = '61 min'", listed("Chile")))
    assert found[0].startswith(
        f"error [limit-too-long] {LISTED}: the limit of 1 h 1 min by default"
    )
    later = "limits = [{ from = '10:30', default = '1 min', categories = { ngo = '2 h' } }]\n"
    assert _told(SPEAKERS + LIMIT + later) == [
        (
            f'error [limit-too-long] {LISTED}: the limit of 2 h for category "ngo" from 2014-09-08 '
            "10:30 is longer than every block: the longest leaves 1 h; shorten the limit or the "
            "reserves, or lengthen a block"
        )
    ]


@pytest.mark.parametrize(
    ("closes", "codes"), [("10:15", []), ("10:16", ["list-closes-after-start"])]
)
def test_closing_of_the_procedure(closes: str, codes: list[str]) -> None:
    """A list may close as long after the start as the procedure allows, and no longer."""
    text = ruled("list_closes = '15 min'", LIMIT + OPEN.format(closes))
    assert _codes(text) == codes
    if codes:
        assert _told(text) == [
            (
                f"warning [list-closes-after-start] {LISTED}: closes 2014-09-08 10:16, after the "
                "session has begun at 2014-09-08 10:00; own has it close 15 min after the start; "
                "correct the deadline"
            )
        ]


@pytest.mark.parametrize(("received", "codes"), [("10:15", []), ("10:16", ["late-without-reason"])])
def test_late_by_the_procedure(received: str, codes: list[str]) -> None:
    """Who comes in after the procedure closed the list is late, though the list states nothing."""
    inscribed = listed(f"delegation = 'Chile', received = '{received}'")
    assert _codes(ruled("list_closes = '15 min'", LIMIT + inscribed)) == codes


def test_closing_beyond_the_calendar() -> None:
    """A procedure that closes the list later than any calendar goes breaks nothing."""
    inscribed = listed("delegation = 'Chile', received = '10:16'")
    text = ruled("list_closes = '87000000 h'", LIMIT + inscribed)
    assert _codes(text) == []
    assert _codes(text.replace("inscriptions", OPEN.format("10:30") + "inscriptions")) == []


def test_change_before_the_session() -> None:
    """Limits that change before the session begins are told with its start."""
    changes = "limits = [{ from = '09:59', default = '2 min' }]\n"
    assert _told(SPEAKERS + LIMIT + changes) == [
        (
            f"warning [limits-change-outside] {LISTED}: limits change 2014-09-08 09:59, before the "
            "session begins at 2014-09-08 10:00; correct the moment, or remove what never applies"
        )
    ]


def test_no_step_is_enough() -> None:
    """Where no step is enough, the list is too long under the last of them."""
    steps = "when_too_long = [{ step = 'limits', limit = '119 s' }]"
    found = _told(ruled(steps, TWO_MINUTES + listed(*MANY)))
    assert found == [
        (
            f"warning [list-too-long] {LISTED}: 30 of 31 are heard in 1 h under limits of 1 min "
            "59 s; limit everybody to 1 min 55 s, add 1 min 29 s to the end of the last block, "
            "add a block of 1 min 59 s, or draw the cut line before number 31, Group 30"
        )
    ]


def test_draw_is_not_enough() -> None:
    """Where not even those who are drawn are heard, that is told with what it takes."""
    steps = "when_too_long = [{ step = 'draw', number = 31 }]"
    found = _told(ruled(steps, "seed = 'Monday'\n" + TWO_MINUTES + listed(*MANY, "Group 31")))
    assert found == [
        (
            f"warning [list-too-long] {LISTED}: draw 31 by lot: 30 of 31 are heard: it would take "
            "2 min more; shorten their limit, or lengthen a block"
        )
    ]


def test_nothing_applies() -> None:
    """Where no step can be taken at all, each is told with what it lacks."""
    steps = "lowest_limit = '2 min', when_too_long = [{ step = 'equal' }]"
    assert _told(ruled(steps, listed(*MANY))) == [
        (
            f"warning [list-too-long] {LISTED}: no step of the procedure applies (the longest "
            "equal limit under which all are heard: it would be 1 min 55 s, and none is shortened "
            'below 2 min); give the list a limit = "…"'
        )
    ]


def test_cut_line_of_the_procedure() -> None:
    """A cut line that the procedure draws is told as its step."""
    found = check(
        loads(
            HEAD
            + REVISED
            + ruled("when_too_long = [{ step = 'cut' }]", TWO_MINUTES + listed(*MANY))
        )
    )
    assert [(each.code, each.message) for each in found] == [
        (
            "procedure-step",
            (
                "not enough: limits of 2 min (30 of 31 are heard: it would take 2 min more); own "
                "goes on to the cut line, time permitting: 30 of 31 are heard"
            ),
        )
    ]


@pytest.mark.parametrize("limit", ["3 min", None])
@pytest.mark.parametrize(
    "rules",
    ["order = ['lots']", "when_too_long = [{ step = 'draw', number = 2, limit = '1 min' }]"],
)
def test_seed(rules: str, limit: str | None) -> None:
    """A seed is asked for where lots are drawn: where they are reached, and for somebody."""
    drawn = "order" in rules or limit is None
    stated = f"limit = '{limit}'\n" if limit else ""
    codes = _codes(ruled(rules, stated + listed(*STATES)))
    assert ("no-seed" in codes) is drawn
    assert "list-too-long" not in codes
    assert "no-seed" not in _codes(ruled(rules, stated + "seed = 'Monday'\n" + listed(*STATES)))
    assert "no-seed" not in _codes(ruled(rules, stated + listed()))


@given(st.builds(Procedure) | procedures(), speaker_lists(), block_lists(), maybe(procedures()))
def test_any_procedure(
    rules: Procedure, speakers: SpeakerList, blocks: tuple[TimeBlock, ...], other: Procedure | None
) -> None:
    """Any list under any procedure is checked, and each finding has words and a known code."""
    session = Session("One", blocks, speakers=speakers, procedure=other)
    plan = Programme("a", "A", [session], zone="UTC", procedure=rules)
    for found in check(plan):
        assert found.message
        assert found.remedy
        assert found.severity == RULES[found.code].severity


def test_nothing_needless_is_loaded() -> None:
    """To check a programme without a procedure loads neither procedures nor rules of order."""
    code = (
        "import sys, r2psched\n"
        "r2psched.check(r2psched.read('examples/r2p-2014.toml'))\n"
        "rooms = ('ordering', 'procedures', 'collation', 'delegations')\n"
        "print([room for room in rooms if f'r2psched.{room}' in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
