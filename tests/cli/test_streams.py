"""What the command prints, and where printing fails."""

from __future__ import annotations

import errno
import gc
import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from r2psched.cli import main
from tests.cli.running import EXAMPLE, HEARING, call, good, process, shell, written

if TYPE_CHECKING:
    from collections.abc import Iterator

ASCII = {"PYTHONIOENCODING": "ascii", "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"}
# The end of a line, and what joins or parts the letters of a name.
KEPT = "\n\u200c\u200d"
HOSTILE = r"\u001b[31mred\u0007\u009b2J\u202eback\u0000\u007f\rx"
ANSWERS = [
    ("show", "x.toml"),
    ("show", "x.toml", "--json"),
    ("check", "x.toml"),
    ("check", "x.toml", "--json"),
    ("capacity", "x.toml", "--speakers", "9", "--position", "9"),
    ("capacity", "x.toml", "--json"),
    ("order", "x.toml"),
    ("order", "x.toml", "--json"),
    ("order", "x.toml", "--for", "a", "--json"),
    ("order", "x.toml", "--for", "a"),
    ("order", "x.toml", "--for", "z"),
    ("order", "x.toml", "--for", "nobody"),
    ("agenda", "x.toml", "--json"),
    ("agenda", "x.toml", "--session", "nothing"),
    ("agenda", "x.toml", "--room", "nowhere"),
    ("schedule", "x.toml"),
    ("schedule", "x.toml", "--json"),
    ("invite", "x.toml"),
    ("invite", "x.toml", "--handed-over", "out"),
    ("invite", "x.toml", "--eml", "out", "--json"),
    ("invite", "x.toml", "--to", "z"),
    ("feed", "x.toml", "-o", "out"),
    ("lint", "x.toml"),
    ("reply", "x.toml", "--programme", "x.toml"),
    ("order", "x.toml", "--session", "two"),
    ("ids", "x.toml"),
]


@pytest.fixture(autouse=True)
def _collector() -> Iterator[None]:
    """Leave the collector of this process as it was."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def hostile(text: str) -> str:
    """Give a programme in which every text is the given one."""
    named = f'{{ name = "{text}", function = "{text}" }}'
    speakers = ", ".join(
        f'{{ id = "{name}", delegation = "{text}{name}", level = "{text}", category = "{text}",'
        f' on_behalf = "{text}" }}'
        for name in "abcdefghijklmnopqrstuvwxyz"
    )
    return f"""\
id = "x"
title = "{text}"
zone = "UTC"
date = 2026-03-10
venue = "{text}"
description = "{text}"
documents = ["{text}"]
organiser = {named}
ignore = ["{text}"]
registration = {{ write_to = "{text}", instructions = "{text}" }}

[[sessions]]
id = "one"
title = "{text}"
kind = "{text}"
room = "{text}"
time = ["10:00-10:10", "10:20-10:30"]
chair = {named}

[sessions.speakers]
limit = {{ default = "3 min", categories = {{ "{text}" = "2 min" }} }}
registration = {{ write_to = "{text}", closes = "2026-03-11 10:00" }}
inscriptions = [{speakers}]

[[sessions.reserves]]
title = "{text}"
at = "end"
length = "10 s"
assumed = "{text}"

[[sessions]]
id = "two"
title = "{text}"
time = "10:00-10:10"
room = "{text}"
"""


@pytest.mark.parametrize("arguments", ANSWERS, ids=" ".join)
def test_nothing_steers_the_terminal(arguments: tuple[str, ...]) -> None:
    """Whatever a file holds, what is printed is printable lines; JSON keeps the text as it was."""
    written(hostile(HOSTILE), "x.toml")
    result = call(*arguments)
    told = result.stdout + result.stderr
    assert told
    assert all(c.isprintable() or c in KEPT for c in told)
    if "--json" in arguments:
        assert json.loads(f'"{HOSTILE}"') == json.loads(result.stdout)["programme"]["title"]


@pytest.mark.parametrize("key", ["title", "kind", "zone", "date"])
def test_refused_texts_do_not_steer_the_terminal_either(key: str) -> None:
    """A fault quotes what was wrong without its control characters."""
    text = hostile("x").replace(f"{key} =", f'"{HOSTILE}{key}" =', 1)
    for broken in (
        text,
        f"{text}\n\x1b[31m",
        hostile("x").replace("inscriptions = [", f'inscriptions = "{HOSTILE}.csv" #'),
    ):
        result = call("check", written(broken, "x.toml"))
        assert result.exit_code in {1, 3}
        assert all(c.isprintable() or c in KEPT for c in result.stderr)


def test_letters_that_the_terminal_lacks() -> None:
    """What a terminal cannot show is a question mark in text, and an escape in JSON."""
    name = written(HEARING.replace("Dora", "Côte d’Ivoire 日本"))
    done = process("order", name, env={"PYTHONIOENCODING": "latin-1"})
    assert (done.returncode, done.stderr) == (1, b"")
    assert "Côte d?Ivoire ??" in done.stdout.decode("latin-1")
    for env in ({"PYTHONIOENCODING": "latin-1"}, ASCII):
        done = process("order", name, "--json", env=env)
        told = json.loads(done.stdout.decode("ascii"))
        assert told["unheard"][0]["speaker"] == "Côte d’Ivoire 日本"
    done = process("order", name, "--json", env={"PYTHONIOENCODING": "utf-8"})
    assert "Côte d’Ivoire 日本" in done.stdout.decode()


@pytest.mark.parametrize(
    "arguments", [("check", "日本.toml"), ("order", "x.toml"), ("ids", "x.toml")]
)
def test_a_machine_that_knows_no_letters(arguments: tuple[str, ...]) -> None:
    """Where the system says that it knows ASCII alone, nothing breaks."""
    written(HEARING.replace("Dora", "Côte d’Ivoire 日本"), "x.toml")
    done = process(*arguments, env=ASCII)
    assert done.returncode == (3 if arguments[0] == "check" else done.returncode)
    assert b"Traceback" not in done.stderr
    assert done.stdout or done.stderr


def test_octets_are_not_touched() -> None:
    """What -o - prints is the same octets on every terminal."""
    name = written(HEARING.replace("Dora", "Côte d’Ivoire 日本"))
    told = [process("agenda", name, "-o", "-", env=env).stdout for env in ({}, ASCII)]
    good("agenda", name, "-o", "x.ics")
    assert told == [Path("x.ics").read_bytes()] * 2


SHOWN = [f'check "{EXAMPLE}"', f'agenda "{EXAMPLE}" -o -', f'show "{EXAMPLE}" --json']


@pytest.mark.parametrize("command", [*SHOWN, "--help", "--version"])
def test_a_full_device(command: str) -> None:
    """Where the answer cannot be written this is said, once, and the exit code is 3."""
    done = shell(f"$r2psched {command} > /dev/full")
    assert done.stderr == b"r2psched: cannot write: No space left on device\n"
    assert done.returncode == 3


@pytest.mark.parametrize("command", SHOWN)
def test_a_closed_standard_output(command: str) -> None:
    """Where there is no standard output this is said, and the exit code is 3."""
    done = shell(f"$r2psched {command} >&-")
    assert done.stderr == b"r2psched: cannot write: standard output is closed\n"
    assert done.returncode == 3


@pytest.mark.parametrize("command", SHOWN)
def test_a_reader_who_has_gone(command: str) -> None:
    """Where nobody reads on nothing more is said."""
    done = shell(f"set -o pipefail; ($r2psched {command}; echo $? >&2) | true")
    assert done.stderr.strip() in {b"3", b"0"}
    done = shell(f"$r2psched {command} | head -n 1")
    assert done.stderr == b""
    assert len(done.stdout.splitlines()) == 1


class Broken(io.StringIO):
    """A stream on which every line fails."""

    def __init__(self, reason: int) -> None:
        """Take the number of the error."""
        super().__init__()
        self.reason = reason

    def write(self, text: str) -> int:
        """Fail with it."""
        raise OSError(self.reason, os.strerror(self.reason), text)


@pytest.mark.parametrize("arguments", [("check", str(EXAMPLE)), ("--version",)])
@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EIO])
def test_printing_fails(
    arguments: tuple[str, ...],
    reason: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What went wrong is said in the words of the system, and standard output is left alone."""
    monkeypatch.setattr(sys, "stdout", Broken(reason))
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 3
    assert capsys.readouterr().err == f"r2psched: cannot write: {os.strerror(reason)}\n"
    assert not isinstance(sys.stdout, Broken)


def test_printing_to_nobody(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reader who has gone is not told of it; where there is no stream this is said."""
    streams: tuple[tuple[Broken | None, str], ...] = (
        (Broken(errno.EPIPE), ""),
        (None, "r2psched: cannot write: standard output is closed\n"),
    )
    for stream, said in streams:
        monkeypatch.setattr(sys, "stdout", stream)
        with pytest.raises(SystemExit) as ended:
            main(["check", str(EXAMPLE)])
        assert ended.value.code == 3
        assert capsys.readouterr().err == said


def test_the_command_itself(capsys: pytest.CaptureFixture[str]) -> None:
    """It ends the process with the code of what was asked."""
    with pytest.raises(SystemExit) as ended:
        main(["capacity", "--time", "1 h", "--limit", "3 min"])
    assert ended.value.code == 0
    assert "At 3 min: 20 interventions." in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        main(["check", "absent.toml"])
    assert ended.value.code == 3


def test_no_streams_at_all() -> None:
    """Without standard input it works, without standard error it still ends with its code."""
    assert shell(f'$r2psched check "{EXAMPLE}" <&-').returncode == 0
    assert shell("$r2psched check absent.toml 2>&-").returncode == 3
    assert shell("$r2psched check absent.toml <&- >&- 2>&-").returncode == 3
