"""The examples: each reads, passes `check`, and gives the figures that it promises."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import r2psched as r2
from r2psched.files.records import read_records
from r2psched.ical.lint import lint
from tests.inviting.letters import letters

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = Path(__file__).parents[1] / "examples"
PROGRAMMES = sorted(path.name for path in EXAMPLES.glob("*.toml"))


@pytest.fixture
def example() -> Callable[[str], r2.Programme]:
    """Read one example by its name."""
    return lambda name: r2.read(EXAMPLES / f"{name}.toml")


def script(name: str, *arguments: str, cwd: Path) -> str:
    """Run one of the scripts from another folder, and give what it prints."""
    done = subprocess.run(
        [sys.executable, EXAMPLES / name, *arguments],
        check=True,
        capture_output=True,
        text=True,
        cwd=cwd,
    )
    return done.stdout


@pytest.mark.parametrize("name", PROGRAMMES)
def test_sound(name: str) -> None:
    """Every programme reads and has no error, and all its ids are given."""
    codes = {finding.code for finding in r2.check(r2.read(EXAMPLES / name))}
    told = {"procedure-step", "unknown-category", "list-too-long"}  # by lists made to show it
    assert codes <= {"open-length", "no-limit", "no-revision-time", *told}


@pytest.mark.parametrize("name", PROGRAMMES)
def test_calendars(name: str) -> None:
    """The agenda of every programme, and each invitation to it, pass the lint without a finding."""
    meeting = r2.read(EXAMPLES / name)
    assert str(lint(r2.agenda(meeting))) == "no findings"
    lists = [s for s in meeting.lists if s.speakers and s.speakers.limits]
    slots = [slot for session in lists for slot in session.running_order()]
    for _, data in letters(meeting, slots):
        assert str(lint(data)) == "no findings"


def test_demo_is_the_example() -> None:
    """The programme of `r2psched demo` is the example of 2014, octet for octet."""
    demo = files("r2psched.cli") / "demo" / "r2p-2014.toml"
    assert demo.read_bytes() == (EXAMPLES / "r2p-2014.toml").read_bytes()


@pytest.mark.parametrize(
    ("name", "limit", "by_block"),
    [
        ("r2p-2014", None, (43, 56)),
        ("r2p-2014", "4 min", (32, 42)),
        ("r2p-2015", None, (45, 45)),
        ("r2p-2016", "3 min", (50, 60)),
        ("r2p-2017", None, (60, 60)),
    ],
)
def test_dialogues(
    example: Callable[[str], r2.Programme],
    name: str,
    limit: str | None,
    by_block: tuple[int, ...],
) -> None:
    """The dialogues on the responsibility to protect hold so many, and each answer is "at most"."""
    answer = example(name)["floor"].capacity(limit)
    assert answer.by_block == by_block
    assert answer.at_most


def test_2014(example: Callable[[str], r2.Programme]) -> None:
    """The programme of 2014 has its four sessions, no invented speaker, and holds more than the 73
    who spoke.
    """
    meeting = example("r2p-2014")
    assert [session.id for session in meeting] == ["opening", "panel", "floor", "closing"]
    assert meeting["floor"].speakers == r2.SpeakerList(
        limits="3 min",
        registration=r2.Registration(
            instructions="Information about submitting requests to speak will be provided "
            "a few weeks before the debate."
        ),
    )
    assert meeting["floor"].capacity().total >= 69 + 4
    assert meeting["floor"].capacity().missing(120) == timedelta(minutes=61)
    assert meeting["floor"].capacity().missing_block(120) == timedelta(minutes=63)


def test_2015_registration(example: Callable[[str], r2.Programme]) -> None:
    """In 2015 one registers to attend at one place, and to speak at another until a deadline."""
    meeting = example("r2p-2015")
    speakers = meeting["floor"].speakers
    assert meeting.registration is not None
    assert meeting.registration.write_to == "osapg@un.org"
    assert speakers is not None
    assert speakers.registration is not None
    assert speakers.registration.closes == r2.Day("2015-09-04", zone=meeting.zone).at("1:00 pm")


def test_2016_states_no_limit(example: Callable[[str], r2.Programme]) -> None:
    """In 2016 no limit is stated: the check warns, and counting asks for one."""
    meeting = example("r2p-2016")
    assert "no-limit" in {finding.code for finding in r2.check(meeting)}
    with pytest.raises(r2.R2PSchedError, match="states no limit: give one"):
        meeting["floor"].capacity()


def test_illustrative_list(example: Callable[[str], r2.Programme]) -> None:
    """The illustrative list has 69 States in alphabetical order and 4 organisations, has the hours
    of 2014, and is all heard.
    """
    floor = example("illustrative-list-of-73")["floor"]
    assert floor.speakers is not None
    ids = [each.id for each in floor.speakers]
    kinds = [each.category for each in floor.speakers]
    assert kinds == ["Member State"] * 69 + ["civil society"] * 4
    assert ids[:69] == sorted(ids[:69])
    assert floor.blocks == example("r2p-2014")["floor"].blocks
    assert not floor.running_order().unheard


def test_illustrative_log(example: Callable[[str], r2.Programme]) -> None:
    """The illustrative log has the first 14 of the illustrative list; one of them was absent."""
    floor = example("illustrative-list-of-73")["floor"]
    assert floor.speakers is not None
    log = read_records(EXAMPLES / "illustrative-log-of-14.csv", floor)
    assert [each.who for each in log if each.kind != "break"] == [
        each.id for each in [*floor.speakers][:14]
    ]
    assert [each.who for each in log if each.kind == "absent"] == ["australia"]


def test_city_council(example: Callable[[str], r2.Programme]) -> None:
    """One hour at 3 minutes holds 20."""
    assert example("city-council")["public-comment"].capacity().total == 20


def test_conference(example: Callable[[str], r2.Programme]) -> None:
    """The conference has twelve sessions on three days in two rooms."""
    meeting = example("conference")
    assert len(meeting.sessions) == 12
    assert len(meeting.dates) == 3
    assert len(meeting.rooms) == 2


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("illustrative-list-of-73", "It is not the real list"),
        ("city-council", "the speakers are made up"),
        ("conference", "Nothing here is a real meeting"),
        ("hrc-dialogue", "The meeting is made up"),
        ("illustrative-list-of-120", "It is not the real list"),
        ("illustrative-list-of-193", "It is not the real list"),
        ("model-un", "delegations are made up"),
        ("parliament", "Nothing else here is real"),
        ("upr-adoption", "The meeting is made up"),
    ],
)
def test_fiction_says_so(name: str, words: str) -> None:
    """Whatever is made up says so in the comment at its head."""
    lines = (EXAMPLES / f"{name}.toml").read_text("utf-8").splitlines()
    comment = itertools.takewhile(lambda line: not line.startswith("id ="), lines)
    assert words in " ".join(line.lstrip("# ") for line in comment)


def test_estimate(tmp_path: Path) -> None:
    """`estimate.py` runs from any folder and prints the figures of 2014."""
    told = script("estimate.py", cwd=tmp_path)
    assert "2014 at 3 min: 43 + 56 = 99" in told
    assert "2014 at 4 min: 32 + 42 = 74" in told
    assert not list(tmp_path.iterdir())


def test_agenda(tmp_path: Path) -> None:
    """`agenda.py` writes an agenda and one invitation into the folder that it is given."""
    folder = tmp_path / "out"
    told = script("agenda.py", str(folder), cwd=tmp_path)
    assert "check: no findings" in told
    events = {"agenda.ics": 5, "denmark.ics": 1}
    assert {path.name for path in folder.iterdir()} == events.keys()
    for name, count in events.items():
        data = (folder / name).read_bytes()
        assert str(lint(data)) == "no findings"
        assert data.count(b"BEGIN:VEVENT") == count


def test_list_73(tmp_path: Path) -> None:
    """`list_73.py` says where the cut line falls under each limit."""
    told = script("list_73.py", cwd=tmp_path)
    assert re.findall(r"At (\d) min (\d+) of 73 are heard", told) == [
        ("3", "73"),
        ("4", "73"),
        ("5", "60"),
    ]
    assert "72 of 73 are heard" in told
