"""`r2psched plan`."""

from __future__ import annotations

import io
import sys
import time
from typing import TYPE_CHECKING

from r2psched.cli.progress import Progress
from tests.cli.running import HEARING, ROOT, TWO_LISTS, answer, call, fails, good, written

if TYPE_CHECKING:
    import pytest

EXAMPLES = ROOT / "examples"


def test_ways_out() -> None:
    """A list that is too long has its ways out side by side, and the exit code says so."""
    result = call("plan", written(HEARING))
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == (
        "Public comment\n"
        "\n"
        "4 of 6 are heard, until 2026-03-10 18:13:30.\n"
        "Limits: 3 min, child 1 min, on behalf of a group 5 min; stated by the list.\n"
        "The cut line falls before number 5, Dora.\n"
        "\n"
        "The ways out:\n"
        "\n"
        "way                                           heard  ends      left over\n"
        "a limit of 2 min 15 s for all                     6  18:16     0 s\n"
        "a default limit of 1 min 50 s                     6  18:16     0 s\n"
        "3 min 30 s more at the end of the last block      6  18:19:30  0 s\n"
        "a new block of 5 min 30 s                         6            2 min 30 s\n"
        "the cut line, time permitting                     4  18:13:30  2 min 30 s\n"
    )


def test_room() -> None:
    """A list that fits has its room for more, and the time left over."""
    text = good("plan", written(HEARING.replace("18:16", "18:30")))
    assert "\n6 of 6 are heard, until 2026-03-10 18:19:30.\n" in text
    assert text.endswith(
        "Room for more, each kind alone:\n"
        "\n"
        "for                   limit  more\n"
        "default               3 min     3\n"
        "child                 1 min     7\n"
        "on behalf of a group  5 min     1\n"
        "\n"
        "Left over in each block: 10 min 30 s.\n"
    )


def test_json() -> None:
    """The answer keeps the schema, and agrees with the text."""
    told = answer("plan", EXAMPLES / "illustrative-list-of-120.toml", code=1)
    assert (told["fits"], told["inscribed"], told["at_most"]) == (False, 120, True)
    assert told["under_limits"]["cut_line"]["id"] == "delegation-100"
    assert [(way["figure_seconds"], way["heard"]) for way in told["ways"]] == [
        (150, 120),
        (3660, 120),
        (3780, 120),
        (None, 99),
    ]
    told = answer("plan", EXAMPLES / "hrc-dialogue.toml")
    assert told["procedure"]["id"] == "hrc-dialogue"
    assert (told["fits"], told["ways"][-1]["reached"], told["room"][0]["more"]) == (True, True, 5)
    told = answer("plan", EXAMPLES / "r2p-2016.toml")
    assert (told["fits"], told["under_limits"], told["ways"], told["room"]) == (True, None, [], [])


def test_the_table_is_narrow() -> None:
    """No row of the table is wider than 100 columns, whatever the limits are called."""
    categories = f'categories = {{ child = "1 min", "{"x" * 90}" = "1 min" }}'
    text = HEARING.replace('categories = { child = "1 min" }', categories)
    rules = "[sessions.procedure]\nwhen_too_long = [{ step = 'limits', limit = { default = '4 min',"
    rules += f" categories = {{ '{'y' * 90}' = '1 min' }} }} }}]\n\n[sessions.speakers]"
    result = call("plan", written(text.replace("[sessions.speakers]", rules)))
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    table = [line for line in lines if "  " in line and not line.startswith("  ")]
    assert any("…" in line for line in table)
    assert max(map(len, table)) <= 100


def test_choice() -> None:
    """With two lists one is chosen, and a session without a list is refused."""
    name = written(TWO_LISTS, "two.toml")
    assert "choose one with --session: morning, evening" in fails(2, "plan", name)
    assert good("plan", name, "--session", "evening").startswith("Evening\n")
    opening = fails(2, "plan", EXAMPLES / "r2p-2014.toml", "--session", "opening")
    assert opening == 'the session "Opening remarks" has no list of speakers'


class Terminal(io.StringIO):
    """A terminal that keeps what it is shown."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True


def _seen(terminal: Terminal, text: str) -> bool:
    """Wait until a terminal has been shown a text."""
    for _ in range(500):
        if text in terminal.getvalue():
            return True
        time.sleep(0.01)
    return False


def test_progress() -> None:
    """A terminal is shown what is being done when it takes long, and is wiped at the end."""
    terminal = Terminal()
    with Progress(terminal, patience=0.01) as progress:
        progress("reading")
        assert _seen(terminal, "reading …")
        progress("the ways out")
        assert terminal.getvalue().endswith("the ways out …")
    assert terminal.getvalue().endswith("…\r\x1b[K")


def test_no_progress_of_what_is_quick() -> None:
    """What takes less than a second shows nothing, and a file is never written to."""
    terminal, file = Terminal(), io.StringIO()
    with Progress(terminal) as progress:
        progress("reading")
    with Progress(file, patience=0) as progress:
        time.sleep(0.05)
        progress("reading")
    progress._show()  # noqa: SLF001  # as a timer that comes too late does
    assert terminal.getvalue() == file.getvalue() == ""


def test_progress_without_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no standard error, nothing is shown and nothing fails."""
    monkeypatch.setattr(sys, "stderr", None)
    with Progress(patience=0) as progress:
        progress("reading")
