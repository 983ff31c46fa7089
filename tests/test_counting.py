"""Capacity: the figures of the laws, and what a capacity is asked without any programme."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given

from r2psched.blocks import Day
from r2psched.counting import Capacity, capacity
from r2psched.durations import parse
from r2psched.reserves import Floor, Reserve
from tests.refusals import refusal
from tests.strategies import durations

day = Day("2014-09-08", zone="America/New_York")
IN_2014 = ["10:50-13:00", "15:00-17:50"]
COUNT = "expected a whole number of speakers from 1 to 1,000,000,000, got "


@pytest.mark.parametrize(
    ("times", "limit", "by_block"),
    [
        (IN_2014, "3 min", (43, 56)),
        (IN_2014, "4 min", (32, 42)),
        (["10:00-13:00", "15:00-18:00"], "4 min", (45, 45)),
        (["10:00-13:00", "15:00-18:00"], "3 min", (60, 60)),
        ("10:00-13:00", "3 min", (60,)),
        ("20 min", "1 min 30 s", (13,)),
        ("45 min", "2 min", (22,)),
        ("3 min", "3 min", (1,)),
        ("3 min", "181 s", (0,)),
        ([], "3 min", ()),
    ],
)
def test_figures(times: str | list[str], limit: str, by_block: tuple[int, ...]) -> None:
    """No intervention straddles the end of a block."""
    answer = capacity(times, limit)
    assert answer.by_block == by_block
    assert answer.total == sum(by_block)


@given(durations(), durations(timedelta(minutes=5), least=1), durations(timedelta(minutes=1)))
def test_one_block(time: timedelta, limit: timedelta, changeover: timedelta) -> None:
    """A block holds the largest n with n limits and n - 1 changeovers in its floor time."""
    opening = Reserve("Opening", at="start", length="1 s")
    answer = capacity(time + timedelta(seconds=1), limit, changeover=changeover, reserves=opening)
    n = answer.total
    assert n == 0 or n * limit + (n - 1) * changeover <= time
    assert (n + 1) * limit + n * changeover > time


def test_inverses_of_2014() -> None:
    """For 120 speakers the limit falls to 2 min 30 s, or 61 minutes are missing, or 63 anew."""
    answer = capacity(IN_2014, "3 min")
    assert answer.longest_limit(120) == parse("2 min 30 s")
    assert answer.missing(120) == parse("61 min")
    assert answer.missing_block(120) == parse("63 min")
    assert answer.left_over == (parse("1 min"), parse("2 min"))


def test_longest_limit() -> None:
    """27 speakers have 2 min 10 s each in an hour, and 2 min 13 s if seconds are told."""
    answer = capacity("1 h", "3 min")
    assert answer.longest_limit(27) == parse("2 min 10 s")
    assert answer.longest_limit(27, "1 s") == parse("2 min 13 s")
    assert answer.longest_limit(27, "1 min") == parse("2 min")
    assert answer.longest_limit(721) is None
    assert answer.longest_limit(720) == parse("5 s")


def test_nothing_missing() -> None:
    """Whoever is heard as it is needs no more time."""
    answer = capacity(IN_2014, "3 min")
    assert answer.missing(99) == answer.missing_block(99) == timedelta(0)
    assert answer.missing(100) == parse("1 min")


def test_start_of() -> None:
    """The 41st speaks at 12:50, the 44th opens the afternoon."""
    answer = capacity([day(time) for time in IN_2014], "3 min")
    assert answer.start_of(41) == day.at("12:50")
    assert answer.start_of(44) == day.at("15:00")
    assert answer.start_of(99) == day.at("17:45")
    assert answer.start_of(100) is None
    assert answer.starts(2) == (day.at("10:50"), day.at("10:53"))
    assert len(answer.starts(120)) == 99


def test_changeover() -> None:
    """Between n interventions stand n - 1 changeovers."""
    assert capacity("20 min", "3 min", changeover="30 s").total == 5  # 15 + 2 = 17
    assert capacity("20 min 30 s", "3 min", changeover="30 s").total == 6  # 18 + 2.5
    assert capacity("20 min 29 s", "3 min", changeover="30 s").total == 5


def test_reserves() -> None:
    """A reserve takes its time, and one of unknown length makes the answer an upper bound."""
    known = Reserve("Replies", at="end", length="15 min")
    answer = capacity("1 h", "2 min", reserves=known)
    assert (answer.total, answer.at_most, answer.assumptions) == (22, False, ())
    answer = capacity("1 h", "2 min", reserves=[known, Reserve("Reflections", every=10)])
    assert (answer.total, answer.at_most) == (22, True)
    assert str(answer).splitlines()[-2:] == [
        "total: at most 22 interventions of 2 min",
        "rests on: Reflections, after every 10 interventions: of unknown length, counted as 0",
    ]


def test_unknown_reserve_replaces_the_changeover() -> None:
    """A reserve of unknown length counts as zero, and stands in place of the changeover."""
    unknown = Reserve("Reflections", every=1)
    assert capacity("10 min", "2 min", changeover="1 min", reserves=unknown).total == 5


def test_no_blocks() -> None:
    """Without a block nothing fits, and only a new block helps."""
    answer = capacity([], "3 min")
    assert (answer.missing(2), answer.longest_limit(2), answer.start_of(1)) == (None, None, None)
    assert answer.missing_block(2) == parse("6 min")
    assert str(answer) == "total: 0 interventions of 3 min"


def test_times() -> None:
    """Blocks, spans and lengths may stand side by side; a length has a day of its own."""
    answer = capacity([day("10:00-11:00"), "1 h", timedelta(hours=2)], "1 h")
    assert answer.by_block == (1, 1, 2)
    assert [block.duration for block in answer.floor.blocks] == [parse(f"{n} h") for n in (1, 1, 2)]
    assert capacity("10 am to 1 pm", "1 h").total == 3
    assert capacity("22:00-01:00+1", "1 h").total == 3
    assert capacity(["25 h", "25 h"], "1 h").by_block == (25, 25)
    assert capacity(["10:00-11:00", "11:00-12:00"], "2 h").by_block == (1,)


@pytest.mark.parametrize(
    ("times", "message"),
    [
        (5, '5 has no unit: write "5 min" or "5 s"'),
        ("10:00", '"10:00" has two readings: write "10 h 0 min" or "10 min 0 s"'),
        (
            "10-13",
            (
                'expected a time such as "10:50-13:00" or "10:50 am to 1:00 pm", got "10-13": '
                'write 10 with its minutes, "10:00", or with am or pm'
            ),
        ),
        (
            ["10:00-12:00", "11:00-13:00"],
            (
                "the blocks 1970-01-01 10:00-12:00 and 1970-01-01 11:00-13:00 of one session "
                "overlap: join them or move one"
            ),
        ),
        (
            "soon",
            'expected a duration such as "3 min", "90 s" or "1 h 30 min", got "soon"',
        ),
        ("0 s", "expected a length of more than 0 s, got 0 s"),
    ],
)
def test_refused_times(times: str, message: str) -> None:
    """A time that has no reading, or two, is refused."""
    assert refusal(capacity, times, "3 min") == message


def test_refuses_what_no_calendar_holds() -> None:
    """Lengths that leave the calendar are refused, not passed on as another library's error."""
    assert refusal(capacity, ["9000000 h"] * 10, "3 min")
    assert refusal(capacity, timedelta(days=9000 * 365), "3 min")
    told = "so many speakers need more time than a calendar holds"
    assert refusal(capacity("1 h", "300 h").missing, 10**9) == told
    assert refusal(capacity("1 h", "300 h").missing_block, 10**9) == told


@pytest.mark.parametrize("number", [0, -1, True, 1.0, "3", 10**9 + 1])
def test_refused_counts(number: int) -> None:
    """A number of speakers is a whole number from 1."""
    answer = capacity("1 h", "3 min")
    for ask in (answer.longest_limit, answer.missing, answer.missing_block, answer.start_of):
        assert refusal(ask, number).startswith(COUNT)


def test_refused_limits() -> None:
    """A limit and a step are more than zero."""
    assert refusal(capacity, "1 h", 3) == '3 has no unit: write "3 min" or "3 s"'
    assert refusal(capacity, "1 h", "0 s") == "expected a length of more than 0 s, got 0 s"
    told = "expected a length of more than 0 s, got 0 s"
    assert refusal(capacity("1 h", "3 min").longest_limit, 3, "0 s") == told


def test_rows() -> None:
    """An answer carries the numbers it was made from."""
    answer = Capacity(Floor((day("10:50-13:00"),)), parse("3 min"))
    assert answer.rows() == [
        {
            "start": day.at("10:50"),
            "end": day.at("13:00"),
            "floor": parse("130 min"),
            "limit": parse("3 min"),
            "interventions": 43,
            "left over": parse("1 min"),
        }
    ]
    assert str(answer).splitlines() == [
        "block                   floor       limit  interventions  left over",
        "2014-09-08 10:50-13:00  2 h 10 min  3 min             43  1 min",
        "total: 43 interventions of 3 min",
    ]
    assert "<td>2 h 10 min</td>" in answer._repr_html_()  # what a notebook calls


def test_the_time_of_all_and_the_last_block_grow() -> None:
    """What is missing is added to the time that all may take, and to the last block: both hold."""
    day = Day("2014-09-08", zone="UTC")
    blocks = (day("10:00-10:10"), day("11:00-11:10"))
    # Nobody straddles 10:10: of 13 minutes, 10 are in the first block and 3 in the second.
    assert Capacity(Floor(blocks, most=parse("9 min")), "3 min").missing(4) == parse("4 min")
    # In 30 minutes there is no want of time; of room there is, in the last block.
    assert Capacity(Floor(blocks, most=parse("30 min")), "3 min").missing(7) == parse("2 min")
