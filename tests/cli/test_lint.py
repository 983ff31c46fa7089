"""`r2psched lint`: calendars and mails examined, one file or a folder of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from r2psched import agenda, loads
from tests.cli.running import HEARING, answer, call, fails, good
from tests.mail.letters import calendar, letter


def write(name: str, data: bytes) -> Path:
    """Write a file into the folder of the test."""
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(("name", "data"), [("a.ics", calendar()), ("a.eml", letter())])
def test_a_sound_file(name: str, data: bytes) -> None:
    """A file without a fault is named, and has no findings."""
    assert good("lint", write(name, data)) == f"{name}\n  0 errors, 0 warnings, 0 notes\n"


def test_findings_stand_under_their_file() -> None:
    """Each file is followed by what is wrong with it, and one error makes the command fail."""
    write("a.ics", calendar(SUMMARY="STATUS:MAYBE"))
    write("b.eml", letter())
    result = call("lint", "a.ics", "b.eml")
    assert result.exit_code == 1
    first, second, *_ = lines = result.stdout.splitlines()
    assert first == "a.ics"
    assert second.startswith("  error [word] line 10 (VEVENT 1): STATUS: expected CANCELLED or")
    assert lines[-2:] == ["b.eml", "  0 errors, 0 warnings, 0 notes"]


def test_warnings_fail_if_asked() -> None:
    """A warning is told and fails with --strict alone."""
    write("a.ics", calendar(SUMMARY="SUMARY:x", METHOD=""))
    assert "warning [property-unknown]" in good("lint", "a.ics")
    assert call("lint", "a.ics", "--strict").exit_code == 1


def test_a_folder() -> None:
    """Of a folder its calendars and mails are examined in the order of their names."""
    for name in ("out/b.ICS", "out/a.ics", "out/notes.txt"):
        write(name, calendar())
    write("out/c.eml", letter())
    Path("out/d.ics").mkdir()
    found = answer("lint", "out")["files"]
    assert [Path(each["file"]).as_posix() for each in found] == [
        "out/a.ics",
        "out/b.ICS",
        "out/c.eml",
    ]


def test_what_a_file_is() -> None:
    """The name .ics makes a calendar, its beginning makes one of any name; the rest is mail."""
    assert "[calendar-count]" in call("lint", write("a.ics", letter())).stdout
    assert good("lint", write("a.eml", calendar())).endswith("0 errors, 0 warnings, 0 notes\n")
    assert "[mail-no-calendar]" in call("lint", write("a.txt", b"Hello")).stdout


def test_json() -> None:
    """The answer keeps its schema, with the findings as `check` has them."""
    write("a.eml", letter(kind="text/calendar; method=REQUEST"))
    write("b.ics", calendar())
    found = answer("lint", "a.eml", "b.ics", code=1)
    assert found["ok"] is False
    first, second = found["files"]
    assert (first["file"], first["ok"], second["ok"]) == ("a.eml", False, True)
    assert first["findings"][0] == {
        "code": "mail-charset",
        "severity": "error",
        "place": "part 3",
        "message": "the text/calendar states no charset",
        "remedy": "write charset=utf-8",
    }


def test_what_cannot_be_read() -> None:
    """A file that is not there, and a folder with nothing to examine, are told."""
    assert fails(3, "lint", "absent.ics") == "cannot read absent.ics: there is no such file"
    Path("empty").mkdir()
    told = "cannot read empty: there is no .ics and no .eml in the folder"
    assert fails(3, "lint", "empty") == told
    assert fails(3, "lint", "x" * 300).startswith("cannot read xxx")
    assert fails(3, "lint", "\0").startswith("cannot read \\x00")
    assert fails(2, "lint") == "Missing argument 'FILE...'."


def test_nothing_steers_the_terminal() -> None:
    """Neither the name of a file nor what stands in it reaches the terminal as a command."""
    name = "\x1b[2J\u202e.ics"
    write(name, calendar(SUMMARY="STATUS:\x1b[2J\u202e"))
    for arguments in (("lint", name), ("lint", "--json", name), ("lint", ".")):
        told = call(*arguments).stdout
        assert told.replace("\n", "").isprintable()


def test_one_that_cannot_be_read() -> None:
    """The others are told all the same; the exit code says that reading failed."""
    Path("good.ics").write_bytes(agenda(loads(HEARING)))
    result = call("lint", "good.ics", "absent.ics")
    assert result.exit_code == 3
    assert result.stdout.startswith("good.ics\n")
    assert result.stderr == "r2psched: cannot read absent.ics: there is no such file\n"
