"""`r2psched agenda`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from r2psched.files import read
from r2psched.ical import agenda, jcal
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
    expected = "{} would replace what is read from plan.ics: name another file"
    for output in (None, "./plan.ics", "link.ics"):
        options = [] if output is None else ["-o", output]
        told = expected.format(Path(output or "plan.ics"))
        assert fails(2, "agenda", name, *options) == told
    assert Path("plan.ics").read_text(encoding="utf-8") == HEARING


@pytest.mark.parametrize("command", ["agenda", "schedule"])
def test_a_list_is_never_written_over(command: str) -> None:
    """Neither a calendar nor a schedule replaces a file that the programme names."""
    ending = {"agenda": "ics", "schedule": "json"}[command]
    inscriptions = HEARING[HEARING.index("inscriptions = [") :]
    text = HEARING.replace(inscriptions, f'inscriptions = "list.{ending}"\n')
    name = written(f'{text}\n[invitations]\ntexts = "texts.{ending}"\n')
    given = {
        f"list.{ending}": "delegation\nChile\n",
        f"texts.{ending}": '[slot]\nsummary = "{who}"\n',
    }
    for file, what in given.items():
        Path(file).write_text(what, encoding="utf-8")
    for file in given:
        message = fails(3, command, name, "-o", file)
        assert message.endswith("in it: choose another name")
    assert {file: Path(file).read_text("utf-8") for file in given} == given


@pytest.mark.parametrize(
    "ending", [".pdf", ".html", ".svg", ".md", ".docx", ".csv", ".XLSX", ".json", ".xml"]
)
def test_other_forms_are_those_of_other_commands(ending: str) -> None:
    """Whoever wants the agenda as paper, page or schedule is told which command writes it."""
    other = "schedule" if ending in {".json", ".xml"} else "show"
    message = fails(2, "agenda", written(HEARING), "-o", f"x{ending}")
    assert message == (
        f"a calendar is not {ending}: -o X.ics or -o X.jcal, or {other} FILE -o x{ending}"
    )
    assert not Path(f"x{ending}").exists()


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


def test_in_jcal() -> None:
    """A file that ends with .jcal says the same in JSON."""
    name = written(TWO_LISTS)
    assert good("agenda", name, "-o", "x.jcal") == "wrote x.jcal: 2 events\n"
    assert json.loads(Path("x.jcal").read_text(encoding="utf-8")) == jcal(agenda(read(name)))


def test_in_another_language() -> None:
    """--lang chooses the language of the words."""
    name = written(HEARING)
    good("agenda", name, "-o", "x.ics", "--lang", "fr")
    assert Path("x.ics").read_bytes() == agenda(read(name, lang="fr"))
    assert agenda(read(name, lang="fr")) != agenda(read(name))


def test_nothing_has_a_time() -> None:
    """A programme without times gives no calendar."""
    name = written('id = "p"\ntitle = "P"\nzone = "UTC"\n[[sessions]]\ntitle = "Open"\n')
    assert fails(2, "agenda", name).startswith('nothing of "P" can be put into a calendar')
    assert not list(Path().glob("*.ics"))
