"""`r2psched order`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from r2psched.blocks import Day
from r2psched.files import loads, read, write
from r2psched.programme import Programme
from r2psched.sessions import Session
from r2psched.speakers import Inscription, SpeakerList
from tests.cli.running import EXAMPLE, HEARING, TWO_LISTS, answer, call, fails, good, written

DAY = Day("2026-03-10", zone="America/Denver")


def test_a_list_that_fits() -> None:
    """Everybody has a time, and the exit code is 0."""
    name = written(HEARING.replace("18:16", "18:30"))
    told = answer("order", name)
    assert (told["fits"], told["heard"], told["unheard"]) == (True, 6, [])
    assert [slot["start"][11:16] for slot in told["slots"]] == [
        "18:00", "18:03", "18:09", "18:10", "18:14", "18:17",
    ]  # fmt: skip
    assert "6 of 6 are heard." in good("order", name)


def test_a_list_that_does_not_fit() -> None:
    """The unheard are told, and what would hear all; the exit code is 1."""
    name = written(HEARING)
    told = answer("order", name, code=1)
    assert (told["heard"], [who["id"] for who in told["unheard"]]) == (4, ["dora", "emil"])
    assert told["missing_seconds"] == 210
    assert told["longest_limit_for_all_seconds"] == 135
    result = call("order", name)
    assert (result.exit_code, result.stderr) == (1, "")
    assert "\n4 of 6 are heard.\nThe cut line falls here:\n" in result.stdout


def test_the_place_of_one_who_is_heard() -> None:
    """A speaker's time is told in the programme's zone, and in another that was asked."""
    name = written(HEARING)
    assert good("order", name, "--for", "ana ruiz") == (
        "Ana Ruiz is number 1 of 6, with 3 min:\n"
        "  Tuesday 10 March 2026, 18:00 to 18:03 America/Denver\n"
        "Why this place: received 1st.\n"
        "Why this limit: default, by the list.\n"
    )
    assert "  Wednesday 11 March 2026, 09:00 to 09:03 Asia/Tokyo\n" in good(
        "order", name, "--for", "ana", "--zone", "Asia/Tokyo"
    )
    told = answer("order", name, "--for", "Ana Ruiz", "--zone", "Asia/Tokyo")["for"]
    assert (told["zone"], told["start"], told["start_in_zone"]) == (
        "Asia/Tokyo",
        "2026-03-10T18:00:00-06:00",
        "2026-03-11T09:00:00+09:00",
    )
    assert (told["withdrawals_needed"], told["missing_seconds"]) == (0, 0)


def test_the_place_of_one_who_is_not_heard() -> None:
    """An unheard speaker is told how many must withdraw, or how much time is missing."""
    name = written(HEARING)
    result = call("order", name, "--for", "Emil Novak")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == (
        "Emil Novak is number 6 of 6 and is not heard: the time ends before number 5.\n"
        "  It would be heard if the speaker just ahead withdraws, or if the last block is 3 min "
        "30 s longer, or if there is a new block of 5 min 30 s.\n"
        "Why this place: received 6th.\n"
        "Why this limit: the speaker's own.\n"
    )
    told = answer("order", name, "--for", "Emil Novak", code=1)["for"]
    assert (told["heard"], told["start"], told["start_in_zone"]) == (False, None, None)


limits = st.lists(st.integers(1, 8), min_size=1, max_size=8)


def meeting(limits: list[int], blocks: list[int], changeover: int) -> Programme:
    """Make a list of limits in minutes, in blocks of as many minutes, an hour apart."""
    speakers = [
        Inscription(f"Speaker {n}", id=f"s{n}", limit=timedelta(minutes=limit))
        for n, limit in enumerate(limits)
    ]
    times = [DAY(f"{9 + n}:00-{9 + n}:{length:02}") for n, length in enumerate(blocks)]
    listed = SpeakerList(speakers, "3 min", changeover=timedelta(seconds=changeover))
    return Programme("p", "P", [Session("Floor", times, id="floor", speakers=listed)])


def place(programme: Programme, name: str) -> dict[str, Any]:
    """Ask for the place of one speaker of a programme."""
    write(programme, "meeting.toml")
    result = call("order", "meeting.toml", "--for", name)
    told: dict[str, Any] = answer("order", "meeting.toml", "--for", name, code=result.exit_code)[
        "for"
    ]
    assert told["heard"] == (result.exit_code == 0)
    return told


def changed(programme: Programme, **fields: Any) -> Programme:  # noqa: ANN401  # of any field
    """Give the programme with some fields of its only session changed."""
    return attrs.evolve(programme, sessions=[attrs.evolve(programme["floor"], **fields)])


@given(limits, st.lists(st.integers(5, 12), min_size=1, max_size=2), st.sampled_from([0, 30]))
def test_what_is_told_comes_true(limits: list[int], blocks: list[int], changeover: int) -> None:
    """Withdrawals, minutes and the new block make the last speaker heard, and no less does."""
    programme = meeting(limits, blocks, changeover)
    floor, last = programme["floor"], f"s{len(limits) - 1}"
    told = place(programme, last)
    if told["heard"]:
        return
    speakers = floor.speakers
    assert speakers is not None
    if (needed := told["withdrawals_needed"]) is None:
        assert limits[-1] > max(blocks)
    else:
        for withdrawn, heard in ((needed, True), (needed - 1, False)):
            left = [*speakers][: len(limits) - 1 - withdrawn] + [*speakers][-1:]
            rest = attrs.evolve(speakers, inscriptions=left)
            assert place(changed(programme, speakers=rest), last)["heard"] is heard
    *before, end = floor.blocks
    second = timedelta(seconds=1)
    for more, heard in ((told["missing_seconds"], True), (told["missing_seconds"] - 1, False)):
        longer = end.from_microseconds(end.start_us, end.end_us + more * 1_000_000, end.zone)
        assert place(changed(programme, blocks=[*before, longer]), last)["heard"] is heard
    length = told["new_block_seconds"] * second
    for new, heard in ((length, True), (length - second, False)):
        block = end.from_microseconds(
            end.end_us + 3_600_000_000,
            end.end_us + 3_600_000_000 + new // timedelta(microseconds=1),
            end.zone,
        )
        assert place(changed(programme, blocks=[*floor.blocks, block]), last)["heard"] is heard


def test_names_that_are_not_clear() -> None:
    """A name that nobody bears is answered with one that is near, one that two bear with ids."""
    name = written(HEARING.replace('delegation = "Dora"', 'delegation = "Ben"'))
    assert fails(2, "order", name, "--for", "Anna Ruiz") == (
        'no speaker "Anna Ruiz": did you mean "Ana Ruiz"?'
    )
    assert fails(2, "order", name, "--for", "ben ") == (
        'several speakers are "ben ": name one by its id, "ben", "dora"'
    )


def test_zones() -> None:
    """--zone goes with --for, and an unknown one is answered with one that is near."""
    name = written(HEARING)
    assert fails(2, "order", name, "--zone", "UTC") == "--zone goes with --for"
    message = fails(2, "order", name, "--for", "ana", "--zone", "Asia/Tokio")
    assert message.endswith('got "Asia/Tokio"; did you mean "Asia/Tokyo"?')


def test_which_list() -> None:
    """Among several lists one must be named; a session without one is refused, and so are none."""
    name = written(TWO_LISTS)
    assert fails(2, "order", name) == (
        "the programme has 2 lists: choose one with --session: morning, evening"
    )
    assert answer("order", name, "--session", "evening")["session"]["id"] == "evening"
    assert fails(2, "order", EXAMPLE, "--session", "panel") == (
        'the session "Panel discussion" has no list of speakers'
    )
    bare = written(TWO_LISTS.replace("speakers = {", "# "), "bare.toml")
    assert fails(2, "order", bare) == (
        "no session of the programme has a list of speakers: write [sessions.speakers]"
    )


def test_a_list_without_a_limit() -> None:
    """A list that states no limit cannot be seated."""
    name = written(TWO_LISTS.replace('limit = "3 min", ', ""))
    assert fails(2, "order", name, "--session", "morning") == (
        'the session "Morning" states no limit: give one, such as limit="3 min"'
    )


def test_a_list_of_nobody() -> None:
    """An empty list fits, and tells how much room there is."""
    told = answer("order", EXAMPLE)
    assert (told["fits"], told["heard"], told["room_left"]) == (True, 0, {"default": 99})
    assert "\nNobody is inscribed.\n" in good("order", EXAMPLE)


@pytest.mark.parametrize("name", ["ana", "emil"])
def test_json_and_text_agree_on_the_exit_code(name: str) -> None:
    """With and without --json the exit code is the same."""
    file = written(HEARING)
    codes = [call("order", file, "--for", name, *json).exit_code for json in ((), ("--json",))]
    assert codes[0] == codes[1]


def test_the_file_of_the_tests() -> None:
    """The hearing is read as it is written here."""
    assert loads(HEARING) == read(written(HEARING))


def test_written_for_a_spreadsheet() -> None:
    """The order is written as CSV or as a workbook; the exit code is the same."""
    name = written(HEARING)
    result = call("order", name, "-o", "order.csv")
    assert (result.exit_code, result.stdout) == (1, "wrote order.csv: 6 rows\n")
    lines = Path("order.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "place,id,speaker,category,level,start,end,zone,limit,block,heard"
    assert lines[2] == (
        "2,park,Library (on behalf of Friends of the Park),,,2026-03-10 18:03:30,"
        "2026-03-10 18:08:30,America/Denver,5 min,1,yes"
    )
    assert lines[6] == "6,emil,Emil Novak,,,,,,2 min,,no"
    name = written(HEARING.replace("18:16", "18:30"))
    assert good("order", name, "--output", "order.XLSX") == "wrote order.XLSX: 6 rows\n"
    rows = list(load_workbook("order.XLSX").active.values)
    assert rows[0] == tuple(lines[0].split(","))
    assert (rows[6][0], rows[6][2], rows[6][8]) == (6, "Emil Novak", timedelta(minutes=2))


@pytest.mark.parametrize("more", [("--for", "ana"), ("--json",), ("--why",)])
def test_output_alone(more: tuple[str, ...]) -> None:
    """-o writes the whole order, and so goes with none of --for, --why and --json."""
    name = written(HEARING)
    message = "-o writes the whole order: leave out --for, --why and --json"
    assert fails(2, "order", name, "-o", "order.csv", *more) == message
    assert not Path("order.csv").exists()


def test_a_list_without_times_is_written() -> None:
    """A list that has no limit yet is written for readers, who learn why it has no times."""
    name = written(HEARING.replace("limit = {", "# limit = {"))
    assert good("order", name, "-o", "x.md") == "wrote x.md\n"
    assert "No limit is stated yet" in Path("x.md").read_text("utf-8")
    assert "states no limit" in fails(2, "order", name, "-o", "x.csv")
    assert "states no limit" in fails(2, "order", name)


def test_other_kinds_of_files() -> None:
    """A file of a kind that is not written is refused, and one that cannot be written is told."""
    name = written(HEARING)
    assert fails(2, "order", name, "-o", "order.ods") == (
        "expected the name of a file that ends in .html, .pdf, .md, .docx, .csv, .xlsx, .json, got "
        '"order.ods"'
    )
    assert fails(3, "order", name, "-o", "none/order.csv").startswith("cannot write none/order.csv")
