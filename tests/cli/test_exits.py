"""Exit codes, for each command each code that it can end with."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import BashComplete

from r2psched import agenda, loads
from r2psched.cli import COMMANDS, _group
from tests.cli.running import HEARING, call, fails, good, process, written

BROKEN = (
    HEARING.replace("18:00-18:16", "18:00-17:00")
    .replace("3 min", "three")
    .replace('id = "dora", ', "")
)
CLASH = HEARING + '\n[[sessions]]\nid = "x"\ntitle = "X"\ntime = "18:10-18:20"\n'
SHARED = f"""{HEARING.partition("[[sessions]]")[0]}
[[sessions]]
id = "debate"
title = "Debate"
time = "18:00-18:10"
shares = {{ groups = {{ "A" = 2, "B" = 1 }} }}
"""

ENDS: dict[int, list[tuple[str, ...]]] = {
    0: [
        ("demo",),
        ("new", "plan.toml"),
        ("ids", "good.toml"),
        ("check", "good.toml"),
        ("show", "good.toml"),
        ("capacity", "good.toml"),
        ("order", "good.toml", "--for", "ana"),
        ("plan", "fits.toml"),
        ("forecast", "fits.toml", "--pace", "as-limited"),
        ("shares", "shared.toml"),
        ("list", "good.toml", "show"),
        ("procedures",),
        ("procedures", "show", "hrc-panel"),
        ("agenda", "good.toml"),
        ("schedule", "good.toml"),
        ("invite", "good.toml"),
        ("invite", "good.toml", "--handed-over", "out"),
        ("reply", "--help"),
        ("publish", "--help"),
        ("feed", "good.toml", "-o", "out"),
        ("lint", "good.ics"),
        ("--help",),
        ("--version",),
    ],
    1: [
        ("ids", "broken.toml"),
        ("check", "broken.toml"),
        ("check", "clash.toml"),
        ("check", "good.toml", "--strict"),
        ("show", "broken.toml"),
        ("capacity", "broken.toml"),
        ("capacity", "good.toml", "--speakers", "100"),
        ("order", "broken.toml"),
        ("order", "good.toml"),
        ("plan", "broken.toml"),
        ("plan", "good.toml"),
        ("forecast", "broken.toml"),
        ("forecast", "good.toml", "--pace", "as-limited"),
        ("forecast", "good.toml", "--pace", "as-limited", "--for", "dora"),
        ("shares", "broken.toml"),
        ("list", "broken.toml", "show"),
        ("procedures", "show", "broken.toml"),
        ("agenda", "broken.toml"),
        ("schedule", "broken.toml"),
        ("invite", "broken.toml"),
        ("reply", "good.ics", "--programme", "good.toml"),
        ("publish", "broken.toml", "--caldav", "http://localhost/x/"),
        ("feed", "broken.toml", "-o", "out"),
        ("lint", "good.toml"),
    ],
    2: [
        (),
        ("nothing",),
        ("demo", "more"),
        ("new",),
        ("new", "plan.toml", "--limit", "3"),
        ("ids",),
        ("check",),
        ("show", "good.toml", "--strict"),
        ("capacity",),
        ("order", "good.toml", "--for", "nobody"),
        ("plan",),
        ("forecast", "good.toml", "--done", "2"),
        ("forecast", "good.toml", "--pace", "no-such-pace"),
        ("forecast", "good.toml", "-o", "good.toml"),
        ("shares", "good.toml"),
        ("list", "good.toml", "swap", "ana"),
        ("list", "good.toml", "swap", "ana", "park"),
        ("procedures", "show", "hrc-pannel"),
        ("agenda", "good.toml", "--room", "nowhere"),
        ("schedule", "good.toml", "-o", "x.ics"),
        ("schedule", "good.toml", "--url", "nowhere"),
        ("schedule", "good.toml", "--lang", "xx"),
        ("invite", "good.toml", "--send"),
        ("invite", "good.toml", "--to", "nobody"),
        ("reply",),
        ("publish", "good.toml"),
        ("publish", "good.toml", "--caldav", "http://elsewhere.example.org/x/"),
        ("feed", "good.toml"),
        ("lint",),
    ],
    3: [
        ("demo", "-o", "good.toml"),
        ("demo", "-o", "good.toml/below"),
        ("demo", "-o", "/proc/below"),
        ("new", "good.toml"),
        ("new", "good.toml/plan.toml"),
        ("ids", "absent.toml"),
        ("check", "absent.toml"),
        ("check", "."),
        ("show", "good.toml/absent.toml"),
        ("capacity", "absent.toml"),
        ("order", "absent.toml"),
        ("plan", "absent.toml"),
        ("forecast", "absent.toml"),
        ("forecast", "good.toml", "--records", "absent.csv"),
        ("forecast", "good.toml", "--pace", "as-limited", "-o", "good.toml/x.svg"),
        ("shares", "absent.toml"),
        ("list", "absent.toml", "show"),
        ("list", "absent.toml", "withdraw", "ana"),
        ("procedures", "show", "absent.toml"),
        ("agenda", "absent.toml"),
        ("agenda", "good.toml", "-o", "good.toml/x.ics"),
        ("agenda", "good.toml", "-o", "."),
        ("agenda", "good.toml", "-o", ""),
        ("agenda", "good.toml", "-o", "/proc/x.ics"),
        ("agenda", "good.toml", "-o", "/dev/full"),
        ("agenda", "good.toml", "-o", "x" * 300),
        ("schedule", "absent.toml"),
        ("schedule", "good.toml", "-o", "good.toml/x.json"),
        ("invite", "good.toml", "--eml", "good.toml"),
        ("invite", "good.toml", "--eml", "/proc/below"),
        ("invite", "good.toml", "--ledger", "good.toml", "--handed-over", "."),
        ("invite", "absent.toml"),
        ("reply", "absent.eml", "--programme", "good.toml"),
        ("publish", "absent.toml", "--caldav", "http://localhost/x/"),
        ("feed", "absent.toml", "-o", "out"),
        ("lint", "absent.ics"),
    ],
}


@pytest.fixture
def files() -> dict[str, bytes]:
    """Write a good file, one that cannot be read, and one with an error that check finds."""
    texts = {
        "good.toml": HEARING,
        "broken.toml": BROKEN,
        "clash.toml": CLASH,
        "fits.toml": HEARING.replace("18:16", "19:16"),
        "shared.toml": SHARED,
    }
    made = {written(text, name): text.encode() for name, text in texts.items()}
    calendar = agenda(loads(HEARING))
    Path("good.ics").write_bytes(calendar)
    return made | {"good.ics": calendar}


@pytest.mark.parametrize(
    ("code", "arguments"),
    [(code, arguments) for code, each in ENDS.items() for arguments in each],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else str(value),
)
def test_how_commands_end(code: int, arguments: tuple[str, ...], files: dict[str, bytes]) -> None:
    """Each ends with its code; where it failed it says why, and what was there stays as it was."""
    result = call(*arguments)
    assert result.exit_code == code
    assert "Traceback" not in result.stderr
    if code in {0, 1}:
        assert (result.stderr == "") != (result.stdout == "")
    else:
        assert result.stderr
        assert result.stdout == ""
    assert {name: Path(name).read_bytes() for name in files} == files
    if code > 1:
        assert {path.name for path in Path().iterdir()} == set(files)


def test_every_command_is_here() -> None:
    """The table above leaves out no command, and no code that a command can end with."""
    ends = {(code, each[0]) for code, ended in ENDS.items() for each in ended if each}
    assert {(code, name) for code in (0, 2, 3) for name in COMMANDS} <= ends
    assert {(1, name) for name in COMMANDS if name not in {"demo", "new"}} <= ends


@pytest.mark.parametrize("name", COMMANDS)
def test_help(name: str) -> None:
    """Each command has help that begins with its line in the list of commands."""
    told = good(name, "--help")
    assert told.startswith(f"Usage: r2psched {name} ")
    assert COMMANDS[name] in " ".join(told.split())
    assert good(name, "-h") == told


def test_the_list_of_commands() -> None:
    """Without a command the list of them is printed, as with --help, as a mistake."""
    told = good("--help")
    assert [line.split()[0] for line in told.partition("Commands:\n")[2].splitlines()] == [
        *COMMANDS
    ]
    result = call()
    assert (result.exit_code, result.stderr.strip()) == (2, told.strip())


def test_completion() -> None:
    """A shell that asks is told the commands that begin with what was typed."""
    shell = BashComplete(_group, {}, "r2psched", "_R2PSCHED_COMPLETE")
    assert [each.value for each in shell.get_completions([], "c")] == ["check", "capacity"]


def test_the_version() -> None:
    """--version says it, and nothing else."""
    assert good("--version") == "r2psched 0.1.0\n"


def test_unreadable_files_tell_all_their_faults() -> None:
    """Every fault is told with its place, in words that a reader of the file understands."""
    result = call("check", written(BROKEN, "broken.toml"))
    assert result.exit_code == 1
    head, *faults = result.stderr.splitlines()
    assert head == "r2psched: broken.toml: 2 faults"
    assert [fault.split(": ")[0] for fault in faults] == ['  sessions[1] "Public comment"'] * 2


def test_errors_are_words() -> None:
    """Reasons of the system come without numbers, names of classes, or quotes of Python."""
    written(HEARING)
    assert fails(3, "invite", "hearing.toml", "--eml", "hearing.toml/out") == (
        "cannot write hearing.toml/out: Not a directory"
    )
    assert fails(3, "check", "absent.toml") == "cannot read absent.toml: there is no such file"
    assert fails(3, "agenda", "hearing.toml", "-o", "/dev/full") == (
        "cannot write /dev/full: No space left on device"
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["check", "good.toml"], 0), (["check", "clash.toml"], 1), (["x"], 2), (["show", "y"], 3)],
)
def test_the_code_of_the_process(arguments: list[str], code: int, files: dict[str, bytes]) -> None:
    """Run as a module it ends with the code of the command."""
    assert set(files) >= {"good.toml", "broken.toml", "clash.toml"}
    done = process(*arguments)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
