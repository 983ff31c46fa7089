"""`r2psched capacity`."""

from __future__ import annotations

import pytest

from tests.cli.running import EXAMPLE, HEARING, TWO_LISTS, answer, call, fails, good, written

BOTH = ("--time", "10:50-13:00", "--time", "15:00-17:50", "--limit", "3 min")


def test_the_dialogue_of_2014() -> None:
    """At 3 minutes its two blocks hold at most 43 and 56, at 4 minutes 32 and 42."""
    told = answer("capacity", EXAMPLE, "--limit", "3 min", "--limit", "4 min")
    assert told["at_most"] is True
    assert [(limit["by_block"], limit["total"]) for limit in told["limits"]] == [
        ([43, 56], 99),
        ([32, 42], 74),
    ]
    assert [block["start"] for block in told["blocks"]] == [
        "2014-09-08T10:50:00-04:00",
        "2014-09-08T15:00:00-04:00",
    ]
    text = good("capacity", EXAMPLE)
    assert text.startswith("Interactive dialogue\n\nblock ")
    assert "\nAt 3 min: at most 99 interventions. Left over: 1 min, 2 min.\n" in text


def test_120_speakers() -> None:
    """120 speakers in 2014: 2 min 30 s, or 61 minutes more, or a new block of 63."""
    told = answer("capacity", EXAMPLE, "--session", "floor", "--speakers", "120", code=1)
    assert told["speakers"] == {"wanted": 120, "longest_limit_seconds": 150}
    assert told["limits"][0]["speakers"] == {
        "wanted": 120,
        "fits": False,
        "missing_seconds": 61 * 60,
        "new_block_seconds": 63 * 60,
    }
    result = call("capacity", EXAMPLE, "--speakers", "120")
    assert result.exit_code == 1
    assert "at least 1 h 1 min more at the end of the last block, or a new block of 1 h 3 min." in (
        result.stdout
    )
    assert "The longest limit under which 120 are heard is at most 2 min 30 s." in result.stdout


def test_without_a_file() -> None:
    """Number 41 of times without a date speaks at 12:50, number 44 at 15:00."""
    assert "\n  Number 41 speaks at 12:50.\n" in good("capacity", *BOTH, "--position", "41")
    assert "\n  Number 44 speaks at 15:00.\n" in good("capacity", *BOTH, "--position", "44")
    told = answer("capacity", *BOTH, "--position", "44")
    assert (told["programme"], told["session"], told["at_most"]) == (None, None, False)
    assert told["limits"][0]["position"]["start"] == "1970-01-01T15:00:00+00:00"


@pytest.mark.parametrize("time", ["1 h", "7pm-8pm", "19:00 – 20:00", "60 min"])
def test_an_hour_written_in_many_ways(time: str) -> None:
    """An hour holds 20 of 3 minutes, and 27 of 2 min 10 s."""
    told = answer("capacity", "--time", time, "--limit", "3min", "--speakers", "27", code=1)
    assert told["limits"][0]["total"] == 20
    assert told["speakers"]["longest_limit_seconds"] == 130


def test_the_night() -> None:
    """A turn after midnight is told with the day after which it comes."""
    text = good("capacity", "--time", "22:00-01:30+1", "--limit", "3 min", "--position", "50")
    assert text.endswith("\n  Number 50 speaks at 00:27+1.\n")


def test_the_exit_code_says_whether_they_are_heard() -> None:
    """It is 0 if they are heard under one of the limits, else 1."""
    hour = ("capacity", "--time", "1 h", "--limit", "3 min", "--speakers")
    assert [call(*hour, str(n)).exit_code for n in (20, 21)] == [0, 1]
    assert call(*hour, "21", "--limit", "2 min").exit_code == 0
    position = ("capacity", "--time", "1 h", "--limit", "3 min", "--position")
    assert [call(*position, str(n)).exit_code for n in (20, 21)] == [0, 1]


def test_changeover() -> None:
    """A changeover is taken from the list, or as it was asked, and told."""
    name = written(HEARING)
    assert "\nBetween two interventions: 30 s.\n" in good("capacity", name)
    assert "Between" not in good("capacity", name, "--changeover", "0 s")
    assert answer("capacity", name, "--changeover", "1 min")["limits"][0]["total"] == 4


def test_which_session() -> None:
    """With several lists one must be named, by id or title; the ids are told."""
    name = written(TWO_LISTS)
    expected = "the programme has 2 lists: choose one with --session: morning, evening"
    assert fails(2, "capacity", name) == expected
    assert good("capacity", name, "--session", "EVENING").startswith("Evening\n")
    assert fails(2, "capacity", name, "--session", "mornin") == (
        'no session "mornin": did you mean "morning"?'
    )


def test_sessions_without_a_list() -> None:
    """Without any list the only session is meant, or one must be named; it may lack a limit."""
    head = 'id = "p"\ntitle = "P"\nzone = "UTC"\ndate = 2026-03-10\n'
    session = '[[sessions]]\ntitle = "{}"\ntime = "{}"\n'
    one = written(head + session.format("Only", "10:00-11:00"), "one.toml")
    assert answer("capacity", one, "--limit", "3 min")["limits"][0]["total"] == 20
    assert fails(2, "capacity", one) == (
        'the session "Only" states no limit: give one, --limit "3 min"'
    )
    two = written(
        head + session.format("A", "10:00-11:00") + session.format("B", "11:00-12:00"), "two.toml"
    )
    assert fails(2, "capacity", two) == (
        "the programme has 2 sessions: choose one with --session: a, b"
    )
    none = written(head, "none.toml")
    assert fails(2, "capacity", none) == "the programme has no sessions"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), 'name a FILE, or give --time and --limit: --time 10:00-13:00 --limit "3 min"'),
        (
            ("--time", "1 h"),
            'name a FILE, or give --time and --limit: --time 10:00-13:00 --limit "3 min"',
        ),
        (
            ("--time", "1 h", "--limit", "3 min", "--session", "floor"),
            "--session belongs to a FILE",
        ),
        (
            (str(EXAMPLE), "--time", "1 h"),
            "a FILE has times of its own: leave out --time, or FILE",
        ),
        (
            ("--time", "2014-09-08 10:00-11:00", "--limit", "3 min"),
            "without a FILE, --time is a time of any day: leave out the date",
        ),
        (
            ("--time", "10:00-12:00", "--time", "11:00-13:00", "--limit", "3 min"),
            "the blocks 10:00-12:00 and 11:00-13:00 of one session overlap: join them or move one",
        ),
        (("--time", "1 h", "--limit", "3"), '3 has no unit: write "3 min" or "3 s"'),
        (
            ("--time", "1 h", "--limit", "1:30"),
            '"1:30" has two readings: write "1 h 30 min" or "1 min 30 s"',
        ),
        (
            ("--time", "13:00-10:00", "--limit", "3 min"),
            (
                '"13:00-10:00" does not end after it begins; '
                'write "13:00-10:00+1" if it ends the next day'
            ),
        ),
        (
            ("--time", "1 h", "--limit", "3 min", "--speakers", "0"),
            "Invalid value for '--speakers': 0 is not in the range 1<=x<=1000000000.",
        ),
        (
            ("--time", "1 h", "--limit", "3 min", "--position", "x"),
            "Invalid value for '--position': 'x' is not a valid integer range.",
        ),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], message: str) -> None:
    """What was asked wrongly is refused with what to write."""
    assert fails(2, "capacity", *arguments) == message
