"""Every command with any arguments and any files."""

from __future__ import annotations

import contextlib
import re
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from r2psched.errors import InvalidValue
from r2psched.files import to_dict
from r2psched.files.writing import to_toml
from tests.cli.running import HEARING, TWO_LISTS, call
from tests.strategies import programmes, texts

# What only somebody who knows Python would understand, or what should never be shown.
FOREIGN = re.compile(r"Traceback|<class|object at 0x|Error:? \[|Errno|pendulum|timedelta|NoneType")
words = texts(8) | st.sampled_from(
    ["", "-", "--", ".", "\0", "\x1b[0m", "a", "floor", "3 min", "1 h"]
)
numbers = st.integers(-1, 10**10).map(str) | words
times = st.sampled_from(["10:00-13:00", "1 h", "9-10", "22:00-01:00+1", "0 s", "99999 h"]) | words
limits = st.sampled_from(["3 min", "3", "0 s", "1:30", "1 s", "9999 h"]) | words
zones = st.sampled_from(["UTC", "Asia/Tokio", "Europe/Zurich", "posix/UTC", "../UTC"]) | words
# Only names within the folder: what is written must stay there.
files = st.sampled_from(
    ["in.toml", "in.toml", "in.toml", ".", "absent", "in.toml/x", "x" * 300, "\0"]
)
targets = st.sampled_from(["x.ics", "-", "", "in.toml", ".", "in.toml/x", "sub/x", "x" * 300, "\0"])
folders = targets.filter(lambda name: name not in {"-", ""})
paces = (
    st.sampled_from(["as-limited", "mean 1.2, spread 0.3", "mean 2, spread 9", "in.toml"]) | words
)
OPTIONS: dict[str, dict[str, st.SearchStrategy[str] | None]] = {
    "demo": {"-o": targets},
    "new": {
        "--date": st.dates().map(str) | words,
        "--zone": zones,
        "--time": times,
        "--limit": limits,
        "--force": None,
    },
    "ids": {},
    "check": {"--strict": None, "--json": None},
    "show": {"--json": None},
    "capacity": {
        "--session": words,
        "--limit": limits,
        "--time": times,
        "--changeover": limits,
        "--speakers": numbers,
        "--position": numbers,
        "--json": None,
    },
    "order": {
        "-o": targets,
        "--session": words,
        "--for": words,
        "--zone": zones,
        "--why": None,
        "--json": None,
    },
    "plan": {"--session": words, "--json": None},
    "forecast": {
        "--session": words,
        "--pace": paces,
        "--now": st.sampled_from(["18:05", "2026-03-10 18:05", "2026-03-10T18:05Z"]) | times,
        "--done": st.sampled_from(["0", "1", "6", "7", "-1", "10000000000"]) | words,
        "--records": files,
        "--tolerance": limits,
        "--speakers": st.sampled_from(["0", "3", "40", "10000000000"]) | words,
        "--chance": st.sampled_from(["90%", "0.5", "100 %", "0", ".9", "1e-3"]) | words,
        "--for": words,
        "--zone": zones,
        "-o": targets | st.sampled_from(["x.svg", "in.toml/x.svg", "sub/x.svg"]),
        "--json": None,
    },
    "shares": {"--session": words, "--used": files, "--json": None},
    "agenda": {
        "-o": targets | st.sampled_from(["x.jcal", "sub/x.jcal"]),
        "--lang": st.sampled_from(["en", "fr"]) | words,
        "--per": st.sampled_from(["block", "sitting", "day", "week"]),
        "--session": words,
        "--room": words,
        "--utc": None,
        "--internal": None,
        "--json": None,
    },
    "schedule": {
        "-o": targets | st.sampled_from(["x.xml", "x.json", "sub/x.json", "in.toml/x.xml"]),
        "--url": words | st.just("https://example.org/"),
        "--lang": st.sampled_from(["en", "fr"]) | words,
        "--json": None,
    },
    "invite": {
        "--session": words,
        "--to": words,
        "--kind": st.sampled_from(["slot", "session", "day", "deadline"]) | words,
        "--pace": paces,
        "--chance": words,
        "--threshold": limits,
        "--ledger": files,
        "--when": times,
        "--eml": folders,
        "--handed-over": folders,
        "--utc": None,
        "--json": None,
    },
    "reply": {
        "--programme": files,
        "--ledger": files,
        "--apply": None,
        "--handed-over": folders,
        "--json": None,
    },
    "feed": {
        "-o": folders,
        "--url": words | st.just("https://example.org/"),
        "--session": words,
        "--ledger": files,
        "--when": times,
        "--utc": None,
        "--json": None,
    },
    "lint": {"--json": None},
}


@st.composite
def commands(draw: st.DrawFn) -> list[str]:
    """Give a command with some of its options, in any order."""
    name = draw(st.sampled_from([*OPTIONS]))
    arguments = [name]
    if OPTIONS[name]:
        for option in draw(st.lists(st.sampled_from([*OPTIONS[name]]), max_size=4)):
            value = OPTIONS[name][option]
            arguments += [option] if value is None else [option, draw(value)]
    if name != "demo" and draw(st.integers(0, 9)):
        arguments.append(draw(files))
    return arguments


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Give a good file with a few of its characters or lines changed."""
    text = draw(st.sampled_from([HEARING, TWO_LISTS]))
    for _ in range(draw(st.integers(0, 3))):
        lines = text.splitlines(keepends=True)
        at = draw(st.integers(0, len(lines) - 1))
        lines[at] = draw(
            st.sampled_from(["", lines[at] * 2, "[[sessions]]\n", lines[at].upper()])
            | st.builds(
                lambda old, n, new: old[:n] + new + old[n + 1 :],
                st.just(lines[at]),
                st.integers(0, 40),
                texts(3),
            )
        )
        text = "".join(lines) or "\n"
    return text


contents = (
    mutated()
    | programmes().map(lambda programme: to_toml(to_dict(programme)))
    | texts()
    | st.binary()
)


@given(commands(), contents)
def test_every_command_ends_well(arguments: list[str], content: str | bytes) -> None:
    """It ends with 0 to 3, says why in words if it must, and leaves nothing half-written."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        before = content.encode() if isinstance(content, str) else content
        Path("in.toml").write_bytes(before)
        result = call(*arguments)
        assert result.exit_code in range(4)
        told = result.stdout + result.stderr
        if result.exit_code > 1:
            assert result.stderr
        if "-" not in arguments:
            assert not FOREIGN.search(told), told
        found = [path for path in Path().rglob("*") if path.is_file()]
        assert not [path for path in found if path.name.startswith(".r2psched-")]
        for path in found:
            if path.suffix == ".ics":
                assert path.read_bytes().endswith(b"END:VCALENDAR\r\n")
        writes = {"new": "--force", "agenda": "-o", "ids": ""}
        if result.exit_code or arguments[0] not in writes:
            assert Path("in.toml").read_bytes() == before


@given(
    st.lists(words | st.sampled_from([*OPTIONS, "--help", "-h", "--json", "--version"]), max_size=5)
)
def test_any_words(arguments: list[str]) -> None:
    """Words that make no sense end with an exit code of their kind, and write nothing."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        result = call(*arguments)
        assert result.exit_code in range(4)
        if result.exit_code:
            assert not list(Path().iterdir())


def test_the_fuzz_knows_errors() -> None:
    """An error of Python's own would be found."""
    assert FOREIGN.search("[Errno 2] No such file")
    assert not FOREIGN.search(str(InvalidValue("expected a text in quotes, got 3")))
