"""`r2psched schedule`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from r2psched.files import read
from r2psched.views.exchange import schedule_json, schedule_xml
from tests.cli.running import HEARING, TWO_LISTS, answer, call, fails, good, written

UNTIMED = TWO_LISTS.replace('time = "20:00-21:00"\n', "")


def test_beside_the_file() -> None:
    """Without -o the schedule stands beside the programme, in XML."""
    name = written(TWO_LISTS, "two.lists.toml")
    assert good("schedule", name) == "wrote two.lists.xml: 2 events\n"
    assert Path("two.lists.xml").read_bytes() == schedule_xml(read(name))


def test_the_ending_chooses_the_form() -> None:
    """A file that ends with .json is JSON."""
    name = written(HEARING)
    assert good("schedule", name, "-o", "X.JSON") == "wrote X.JSON: 1 event\n"
    text = Path("X.JSON").read_text(encoding="utf-8")
    assert json.loads(text) == schedule_json(read(name))
    assert text.endswith("}\n")
    expected = (
        "a schedule is XML or JSON: name a file that ends so, -o X.xml or -o X.json, not x.ics"
    )
    assert fails(2, "schedule", name, "-o", "x.ics") == expected


def test_to_standard_output() -> None:
    """-o - prints the XML and nothing else."""
    name = written(HEARING)
    result = call("schedule", name, "-o", "-")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == schedule_xml(read(name))
    assert fails(2, "schedule", name, "-o", "-", "--json").startswith("--json and -o - both want")


def test_what_has_no_time_is_told() -> None:
    """Sessions without a time are named in words and in JSON."""
    name = written(UNTIMED)
    assert good("schedule", name) == (
        "wrote hearing.xml: 1 event\nleft out, since there is no time yet: Evening\n"
    )
    told = answer("schedule", name, "-o", "x.json")
    assert (told["file"], told["form"], told["events"]) == ("x.json", "json", 1)
    assert told["left_out"] == [{"id": "evening", "title": "Evening"}]


def test_where_it_is_shown() -> None:
    """--url is the link of the conference and of each event."""
    good("schedule", written(HEARING), "--url", "https://example.org/hearing")
    assert Path("hearing.xml").read_text().count("<url>https://example.org/hearing</url>") == 2


def test_in_another_language() -> None:
    """--lang chooses the language; events are known by the same guids and numbers."""
    name = written(HEARING)
    good("schedule", name, "-o", "en.xml")
    good("schedule", name, "-o", "fr.xml", "--lang", "fr")
    en, fr = (Path(f"{lang}.xml").read_text(encoding="utf-8") for lang in ("en", "fr"))
    assert "<language>fr</language>" in fr
    assert "<version>Tentative, revision 0</version>" in en
    assert "<version>Tentative, revision 0</version>" not in fr
    head = '<event guid="'
    assert en.partition(head)[2][:60] == fr.partition(head)[2][:60]


@pytest.mark.parametrize("output", ["./plan.xml", None])
def test_the_programme_is_never_written_over(output: str | None) -> None:
    """A schedule does not replace the programme it is made from."""
    name = written(HEARING, "plan.xml")
    options = [] if output is None else ["-o", output]
    expected = "plan.xml would replace what is read from plan.xml: name another file"
    assert fails(2, "schedule", name, *options) == expected
    assert Path("plan.xml").read_text(encoding="utf-8") == HEARING
