"""`r2psched forecast`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from r2psched.files import read
from r2psched.forecasting import forecast
from r2psched.pace import Pace
from tests.cli.running import EXAMPLE, HEARING, TWO_LISTS, answer, call, fails, good, written

PACE = "mean 1.2, spread 0.3"
LOG = """\
who,start,end,kind
ana,18:00,18:03:20,
park,18:04,,absent
ben,18:04,18:05,
Remark of the chair,18:05,18:06,reply
"""


def exact(*arguments: str, code: int = 0) -> dict[str, Any]:
    """Forecast a list whose speakers all take just their limit."""
    return answer("forecast", *arguments, "--pace", "as-limited", code=code)


def test_certain_speakers_are_those_of_the_running_order() -> None:
    """Where everybody takes just the limit, the forecast is the running order."""
    name = written(HEARING)
    told = exact(name, code=1)
    order = answer("order", name, code=1)
    heard = [each for each in told["to_come"] if each["chance"] > 0]
    assert [each["start"] for each in heard] == [each["start"] for each in order["slots"]]
    assert {each["chance"] for each in heard} == {1.0}
    assert told["heard"] == {"low": 4, "middle": 4, "high": 4, "mean": 4.0}
    assert (told["all_heard"], told["good_enough"], told["close_at"]) == (0.0, False, 4)
    assert told["by_the_limits"]["heard"] == 4


def test_the_answers_are_those_of_the_library() -> None:
    """Chances, windows and what it takes are told as the library finds them."""
    name = written(HEARING.replace("18:16", "18:24"))
    told = answer("forecast", name, "--pace", PACE, "--chance", "80 %", "--tolerance", "1 min")
    floor = read(name)["floor"]
    found = forecast(floor, Pace(1.2, 0.3), tolerance="1 min")
    assert told["all_heard"] == pytest.approx(found.all_heard, abs=1e-4)
    assert [each["chance"] for each in told["to_come"]] == pytest.approx(found.chances, abs=1e-4)
    assert told["close_at"] == found.close_at(0.8)
    longest = found.longest_limit(0.8)
    assert longest is not None
    assert told["longest_limit_seconds"] == longest.total_seconds()
    assert (told["wanted"], told["tolerance_seconds"]) == (0.8, 60)


def test_the_chance_that_is_wanted_decides() -> None:
    """The exit code is 1 if fewer than wanted are sure to be heard, of all or of one speaker."""
    name = written(HEARING.replace("18:16", "18:22"))
    paced = ("forecast", name, "--pace", PACE)
    chance = answer(*paced, "--chance", "1 %")["all_heard"]
    assert 0.05 < chance < 0.95
    for wanted, code in ((chance - 0.02, 0), (chance + 0.02, 1)):
        assert call(*paced, "--chance", f"{wanted * 100:.2f}%").exit_code == code
        assert call(*paced, "--chance", f"{wanted:.4f}", "--json").exit_code == code
    assert answer(*paced, "--for", "ana")["good_enough"] is True
    assert answer(*paced, "--for", "emil", "--chance", "99.9 %", code=1)["good_enough"] is False


def test_the_table() -> None:
    """It has a row for each speaker, and sets what the limits say beside what is expected."""
    result = call("forecast", written(HEARING), "--pace", PACE)
    assert (result.exit_code, result.stderr) == (1, "")
    lines = result.stdout.splitlines()
    assert max(map(len, lines)) <= 110
    rows = [line for line in lines if "Ruiz" in line or "Novak" in line]
    assert [row.split()[0] for row in rows] == ["1", "6"]
    assert ("100 %" in rows[0], "unheard" in rows[1]) == (True, True)
    beside = {line[:39].strip(): line[39:].split("  ")[0].strip() for line in lines}
    assert (beside["heard"], beside["all are heard"]) == ("4 of 6", "no")
    assert beside["the session holds, at 3 min"] == "4"
    assert beside["close the list at"] == "4"


def test_what_one_speaker_may_expect() -> None:
    """A window in words and in two zones stands above the exact time; and so do the moments."""
    name = written(HEARING)
    told = call("forecast", name, "--pace", PACE, "--for", "Chen Li", "--zone", "Asia/Tokyo")
    head, heard, denver, tokyo, limits, *rest = told.stdout.splitlines()
    assert head == "Chen Li is number 4 of 6, with 3 min."
    assert heard.startswith("It is heard with ")
    assert denver.startswith("  Tuesday 10 March 2026, between 18:")
    assert tokyo.startswith("  Wednesday 11 March 2026, between 09:")
    assert limits == "By the limits alone, exactly:"
    assert rest[0] == "  Tuesday 10 March 2026, 18:10:30 to 18:13:30 America/Denver"
    one = exact(name, "--for", "Chen Li", "--zone", "Asia/Tokyo")["for"]
    assert (one["start"], one["start_in_zone"], one["state"]) == (
        "2026-03-10T18:10:30-06:00",
        "2026-03-11T09:10:30+09:00",
        "to come",
    )


def test_one_who_has_hardly_a_chance() -> None:
    """Whoever is hardly heard has no window, and is told so."""
    result = call("forecast", written(HEARING), "--pace", "as-limited", "--for", "Emil Novak")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.startswith(
        "Emil Novak is number 6 of 6, with 2 min.\n"
        "It is heard with 0 %, if it is there when called.\n"
        "By the limits alone, exactly: not heard.\n"
    )


def test_while_it_runs() -> None:
    """A log says who is done; each of them is told how, and the rest is forecast from now."""
    name, log = written(HEARING), written(LOG, "log.csv")
    running = (name, "--records", log, "--now", "18:07")
    told = exact(*running)
    assert (told["now"], told["begun"]) == ("2026-03-10T18:07:00-06:00", 2)
    assert [each["id"] for each in told["to_come"]] == ["chen", "dora", "emil"]
    assert told["to_come"][0]["start"] == "2026-03-10T18:07:00-06:00"
    states = {each: exact(*running, "--for", each)["for"]["state"] for each in ("ana", "dora")}
    assert states == {"ana": "heard", "dora": "to come"}
    assert exact(*running, "--for", "park", code=1)["for"]["state"] == "absent"
    text = good("forecast", *running, "--pace", "as-limited")
    stands = "2 have had the floor, 1 was absent; 3 are to come, 4 min ahead of the limits.\n"
    assert f"Now it is 18:07: {stands}" in text
    speaking = written(f"{LOG}chen,18:06:30,,\n", "speaking.csv")
    now = (name, "--records", speaking, "--now", "18:08")
    assert exact(*now, "--for", "chen")["for"]["state"] == "speaking"
    assert "Chen Li has it now" in good("forecast", *now, "--pace", "as-limited")


def test_a_number_of_those_who_are_done() -> None:
    """Without a log their number is enough, with the time."""
    name = written(HEARING)
    told = exact(name, "--done", "3", "--now", "2026-03-10 18:06")
    assert told["to_come"][0]["start"] == "2026-03-10T18:06:00-06:00"
    assert exact(name, "--done", "3", "--now", "18:06", "--for", "ana")["for"]["state"] == "done"


def test_a_number_of_speakers() -> None:
    """Where there is no list yet, a number is forecast."""
    told = exact(str(EXAMPLE), "--speakers", "99")
    assert (told["all_heard"], told["close_at"]) == (1.0, 99)
    assert exact(str(EXAMPLE), "--speakers", "100", code=1)["all_heard"] == 0.0


def test_a_long_list_is_cut_where_nobody_has_a_chance() -> None:
    """Those who have hardly a chance are one line of the table, and all in JSON."""
    result = call("forecast", str(EXAMPLE), "--speakers", "200", "--pace", "as-limited")
    assert "\n… and 101 more, each heard with less than 1 %\n" in result.stdout
    assert " Speaker 99 " in result.stdout
    assert " Speaker 100 " not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--done", "1"], "--done goes with --now: by when are they?"),
        (
            ["--done", "1", "--now", "18:05", "--records", "log.csv"],
            "--records tells who is done: leave out --done",
        ),
        (
            ["--speakers", "9", "--for", "ana"],
            "--speakers counts without names: leave out --records and --for",
        ),
        (["--zone", "UTC"], "--zone goes with --for"),
        (["-o", "x.svg", "--json"], "-o draws the whole forecast: leave out --for and --json"),
        (["-o", "x.png"], 'expected the name of a file that ends in .svg, got "x.png"'),
        (["--chance", "90"], 'expected a chance such as "90 %" or "0.9", got "90"'),
        (["--chance", "100 %"], 'expected a chance such as "90 %" or "0.9", got "100 %"'),
        (
            ["--tolerance", ""],
            'expected a duration such as "3 min", "90 s" or "1 h 30 min", got ""',
        ),
        (
            ["--pace", "mean 1 spread 0.3"],
            (
                '--pace "mean 1 spread 0.3": mean: expected a number, such as 1.15 or "5 %", got '
                '"1 spread 0.3": a comma stands between two parts'
            ),
        ),
        (["--for", "Anna Ruiz"], 'no speaker "Anna Ruiz": did you mean "Ana Ruiz"?'),
    ],
)
def test_wrong_use(arguments: list[str], message: str) -> None:
    """What does not go together, and what has no meaning, is refused with the remedy."""
    assert fails(2, "forecast", written(HEARING), "--pace", "as-limited", *arguments) == message


@pytest.mark.parametrize(
    ("date", "now", "part"),
    [
        ("2026-03-08", "2026-03-08 02:30", "does not exist in America/Denver"),
        ("2026-11-01", "2026-11-01 01:30", "01:30 MDT"),
        ("2026-03-10", "half past six", "expected a time such as"),
        ("2026-03-10", "2026-03-10T18:05-05:00", "before the session begins at 2026-03-10 18:00"),
    ],
)
def test_the_time_now(date: str, now: str, part: str) -> None:
    """It is read as times of a programme are: what the clocks skip or show twice is refused."""
    name = written(HEARING.replace("2026-03-10", date))
    result = call("forecast", name, "--now", now, "--done", "1", "--pace", "as-limited")
    assert (result.exit_code, result.stdout) == (2, "")
    assert part in result.stderr


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("23:50", "2026-10-31T23:50:00-06:00"),
        ("00:10", "2026-11-01T00:10:00-06:00"),
        ("00:10+1", "2026-11-01T00:10:00-06:00"),
        ("01:30 MST", "2026-11-01T01:30:00-07:00"),
        ("2026-11-01 00:10", "2026-11-01T00:10:00-06:00"),
        ("22:10", None),
    ],
)
def test_the_time_now_of_a_session_over_midnight(now: str, told: str | None) -> None:
    """A time without a date is that of the night which the session takes."""
    text = HEARING.replace("2026-03-10", "2026-10-31").replace("18:00-18:16", "22:30-02:30+1")
    found = exact(written(text), "--now", now)
    assert found["now"] == told
    twice = fails(2, "forecast", written(text), "--now", "01:30")
    assert 'write "01:30 MDT" or "01:30 MST"' in twice


def test_a_time_of_several_days() -> None:
    """Where a session is on several days, the time now needs its date."""
    text = HEARING.replace('"18:00-18:16"', '["18:00-18:16", "2026-03-11 18:00-18:16"]')
    name = written(text)
    assert fails(2, "forecast", name, "--now", "18:05", "--done", "1") == (
        '"18:05" has no date, and the session is on 2 days: write it before the time, '
        '--now "2014-09-08 11:20"'
    )
    told = good("forecast", name, "--pace", "as-limited")
    assert "  Tue 18:00  Tue 18:00  Tue 18:00  " in told


def test_one_log_counts_once() -> None:
    """The log of the meeting itself is no pace of an earlier one."""
    Path("log.csv").write_text(LOG, encoding="utf-8")
    both = ("--pace", "./log.csv", "--records", "log.csv")
    assert fails(2, "forecast", written(HEARING), *both) == (
        "--pace and --records are one log, which would count twice: leave out --pace"
    )


def test_lists_without_anybody() -> None:
    """Of an empty list there is no forecast but of a number; of several lists one is chosen."""
    assert fails(2, "forecast", EXAMPLE) == (
        'nobody is inscribed in "Interactive dialogue": say how many, --speakers 73'
    )
    assert fails(2, "forecast", written(TWO_LISTS)) == (
        "the programme has 2 lists: choose one with --session: morning, evening"
    )


def test_the_picture() -> None:
    """-o writes it as SVG, with a row for each speaker; and nothing that was there is lost."""
    name = written(HEARING)
    result = call("forecast", name, "--pace", PACE, "-o", "forecast.svg")
    assert (result.exit_code, result.stdout) == (1, "wrote forecast.svg: 6 speakers\n")
    drawn = ET.fromstring(Path("forecast.svg").read_bytes())  # noqa: S314  # written just now
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    assert sum("heard with" in (each.text or "") for each in drawn.iter()) >= 6
    Path("list.svg").write_text("id,delegation\na,A\n", encoding="utf-8")
    listed = HEARING.partition("inscriptions = [")[0] + 'inscriptions = "list.csv"\n'
    Path("list.csv").symlink_to("list.svg")
    listed = written(listed, "listed.toml")
    assert fails(3, "forecast", listed, "--pace", PACE, "-o", "list.svg") == (
        "cannot write list.svg: a list of speakers stands in it: choose another name"
    )
    Path("log.svg").write_text(LOG, encoding="utf-8")
    assert fails(2, "forecast", name, "--records", "log.svg", "-o", "log.svg") == (
        "log.svg would replace what is read from log.svg: name another file"
    )


def test_without_numpy() -> None:
    """Without numpy the command says which extra to install; the others need none."""
    name = written(HEARING)
    program = (
        "import sys; sys.modules['numpy'] = None\nfrom r2psched.cli import main; main(sys.argv[1:])"
    )
    ends = [
        subprocess.run([sys.executable, "-c", program, *each], capture_output=True, check=False)
        for each in (["forecast", name], ["order", name], ["forecast", "--help"])
    ]
    assert [each.returncode for each in ends] == [2, 1, 0]
    assert ends[0].stderr.decode() == (
        'r2psched: forecasting needs an optional part: pip install "r2psched[forecast]"\n'
    )
