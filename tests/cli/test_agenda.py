"""`r2psched agenda`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from r2psched.files import read
from r2psched.ical import agenda
from r2psched.ical.lint import lint
from tests.cli.running import EXAMPLE, HEARING, TWO_LISTS, answer, call, fails, good, written


def titles(data: bytes) -> list[str]:
    """Give the summaries of a calendar's events."""
    return re.findall(r"SUMMARY:(.*)\r\n", data.replace(b"\r\n ", b"").decode())


def test_beside_the_file() -> None:
    """Without -o the calendar stands beside the programme, with the ending .ics."""
    Path("plans").mkdir()
    name = written(TWO_LISTS, "plans/two.lists.toml")
    assert good("agenda", name) == f"wrote {Path('plans/two.lists.ics')}: 2 events\n"
    data = Path("plans/two.lists.ics").read_bytes()
    assert data == agenda(read(name))
    assert not lint(data).errors
    assert sorted(path.name for path in Path("plans").iterdir()) == [
        "two.lists.ics",
        "two.lists.toml",
    ]


def test_where_to() -> None:
    """-o names the file; one event is told in the singular."""
    told = good("agenda", written(HEARING), "-o", "x.ics")
    assert told == "wrote x.ics: 1 event\n"
    assert titles(Path("x.ics").read_bytes()) == ["Public comment"]


def test_to_standard_output() -> None:
    """-o - prints the octets of the file and nothing else."""
    name = written(HEARING)
    result = call("agenda", name, "-o", "-")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == agenda(read(name))
    assert fails(2, "agenda", name, "-o", "-", "--json") == (
        "--json and -o - both want standard output: name a file"
    )
    assert not list(Path().glob("*.ics"))


def test_in_json() -> None:
    """--json tells the file and the number of events."""
    told = answer("agenda", written(TWO_LISTS), "-o", "x.ics")
    assert (told["file"], told["events"]) == ("x.ics", 2)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], ["Morning", "Evening"]),
        (["--per", "sitting"], ["Two lists (1/2)", "Two lists (2/2)"]),
        (["--per", "day"], ["Two lists"]),
        (["--session", "evening"], ["Evening"]),
        (["--session", "MORNING"], ["Morning"]),
        (["--room", "yard"], ["Evening"]),
    ],
)
def test_a_part_of_the_programme(options: list[str], expected: list[str]) -> None:
    """Sittings, one session or one room can be asked for."""
    good("agenda", written(TWO_LISTS), "-o", "x.ics", *options)
    assert titles(Path("x.ics").read_bytes()) == expected


def test_times_in_utc() -> None:
    """--utc writes times without a time zone."""
    good("agenda", written(HEARING), "-o", "x.ics", "--utc")
    data = Path("x.ics").read_bytes()
    assert b"DTSTART:20260311T000000Z" in data
    assert b"BEGIN:VTIMEZONE" not in data


def test_what_is_internal() -> None:
    """Only --internal adds the capacity and the note of the list; no address is ever written."""
    name = written(HEARING.replace("changeover", 'note = "Not for all"\nchangeover'))
    for options, found in (((), False), (("--internal",), True)):
        good("agenda", name, "-o", "x.ics", *options)
        text = Path("x.ics").read_bytes().replace(b"\r\n ", b"").decode()
        assert ("Capacity: " in text, "Not for all" in text) == (found, found)
        assert "secret.example" not in text


def test_the_programme_is_never_written_over() -> None:
    """A calendar does not replace the programme it is made from, by whatever name."""
    name = written(HEARING, "plan.ics")
    Path("link.ics").symlink_to("plan.ics")
    expected = "the calendar would replace plan.ics: name another file, -o X.ics"
    for options in ([], ["-o", "./plan.ics"], ["-o", "link.ics"]):
        assert fails(2, "agenda", name, *options) == expected
    assert Path("plan.ics").read_text(encoding="utf-8") == HEARING


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--session", "flor"], 'no session "flor": did you mean "floor"?'),
        (["--room", "Yard"], 'no room "Yard": there is "Trusteeship Council Chamber"'),
        (
            ["--per", "week"],
            "Invalid value for '--per': 'week' is not one of 'block', 'sitting', 'day'.",
        ),
    ],
)
def test_what_there_is_not(options: list[str], message: str) -> None:
    """Unknown sessions and rooms are answered with those there are, and nothing is written."""
    assert fails(2, "agenda", EXAMPLE, "-o", "x.ics", *options) == message
    assert not list(Path().iterdir())


def test_nothing_has_a_time() -> None:
    """A programme without times gives no calendar."""
    name = written('id = "p"\ntitle = "P"\nzone = "UTC"\n[[sessions]]\ntitle = "Open"\n')
    assert fails(2, "agenda", name).startswith('nothing of "P" can be put into a calendar')
    assert not list(Path().glob("*.ics"))
