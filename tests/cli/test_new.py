"""`r2psched new`, `ids` and `demo`."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.blocks import Day, TimeBlock, merge
from r2psched.durations import show
from r2psched.errors import InvalidValue
from r2psched.files import read
from r2psched.ical.lint import lint
from tests.cli.running import EXAMPLE, HEARING, call, fails, good, process, written
from tests.strategies import dates, limits_of_time, time_block_sets, zones

TEXT = 'id = "p"\ntitle = "P"\nzone = "UTC"\ndate = 2026-03-10\nrevised = 2026-03-01T12:00:00Z\n'


def test_a_new_file_is_sound() -> None:
    """It passes check --strict as it is, and tells how to go on."""
    assert good("new", "plan.toml") == "wrote plan.toml\n"
    assert good("check", "plan.toml", "--strict") == "0 errors, 0 warnings, 0 notes\n"
    text = Path("plan.toml").read_text(encoding="utf-8")
    assert "#   r2psched check plan.toml " in text
    assert read("plan.toml")["floor"].capacity().total == 60


def test_its_examples_are_sound() -> None:
    """What it shows in comments can be used by taking the comment signs away."""
    good("new", "plan.toml", "--date", "2026-03-10", "--zone", "Europe/Zurich")
    text = Path("plan.toml").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("#   r2psched")]
    bare = "\n".join(line.removeprefix("    # ").removeprefix("# ") for line in kept[2:])
    programme = read(written(bare, "bare.toml"))
    assert [session.id for session in programme] == ["opening", "floor"]
    assert programme.organiser is not None
    floor = programme["floor"]
    assert floor.speakers is not None
    assert len(floor.speakers) == 2
    assert floor.speakers.registration is not None
    assert [show(each.length) for each in floor.reserves if each.length] == ["10 min"]


@given(
    dates,
    zones,
    st.lists(
        st.sampled_from(["10:00-13:00", "15:00-17:50", "7pm-8pm", "22:00-01:30+1", "0:30-2:30"]),
        min_size=1,
        max_size=3,
        unique=True,
    ),
    st.sampled_from(["3 min", "90 s", "1 h", "4min", "1 min 30 s"]),
)
def test_it_is_sound_whatever_it_was_given(
    date: dt.date, zone: str, times: list[str], limit: str
) -> None:
    """For any date, zone, times and limit it passes check --strict, or is not written at all."""
    Path("plan.toml").unlink(missing_ok=True)
    given_times = [word for time in times for word in ("--time", time)]
    result = call(
        "new", "plan.toml", "--date", str(date), "--zone", zone, "--limit", limit, *given_times
    )
    assert result.exit_code == (0 if Path("plan.toml").exists() else 2)
    try:
        blocks = [Day(date, zone=zone)(time) for time in times]
    except InvalidValue:
        assert result.exit_code == 2
        return
    if result.exit_code:
        assert result.stderr.startswith("r2psched: the blocks ")
        return
    assert good("check", "plan.toml", "--strict") == "0 errors, 0 warnings, 0 notes\n"
    floor = read("plan.toml")["floor"]
    assert floor.duration == sum((block.duration for block in blocks), dt.timedelta())


@given(time_block_sets(most=3), limits_of_time)
def test_times_on_nights_of_changing_clocks(blocks: list[TimeBlock], limit: dt.timedelta) -> None:
    """Times as other commands print them are taken, and written so that they read the same."""
    if not blocks:
        return
    zone = blocks[0].zone
    merged = merge(block.in_zone(zone) for block in blocks)
    words = [word for block in merged for word in ("--time", str(block))]
    limit = min(limit, max(block.duration for block in merged))
    options = ["--zone", zone, "--limit", show(limit), "--force", "--date", "2014-01-01"]
    good("new", "plan.toml", *options, *words)
    assert read("plan.toml")["floor"].blocks == merged
    assert good("check", "plan.toml", "--strict")


def test_it_never_writes_over_a_file() -> None:
    """A file, folder or link that is there stays; --force writes over a file."""
    written("mine", "plan.toml")
    Path("folder").mkdir()
    Path("link").symlink_to("nowhere")
    remedy = "it is there already: choose another name, or --force"
    for name in ("plan.toml", "folder", "link"):
        assert fails(3, "new", name) == f"cannot write {name}: {remedy}"
    assert Path("plan.toml").read_text(encoding="utf-8") == "mine"
    assert fails(3, "new", "folder", "--force") == "cannot write folder: it is a folder"
    good("new", "plan.toml", "--force")
    good("check", "plan.toml")


def test_it_never_asks() -> None:
    """It does not wait for anything to be typed, even if nothing could be."""
    assert process("new", "plan.toml").returncode == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--date", "2014-13-01"], "there is no date 2014-13-01: "),
        (["--date", "8.9.2014"], 'expected a date such as "2014-09-08", got "8.9.2014"'),
        (["--zone", "Asia/Tokio"], 'expected a zone such as "America/New_York" or "UTC", got '),
        (["--time", "10-13"], 'expected a time such as "10:50-13:00" or "10:50 am to 1:00 pm"'),
        (["--limit", "three"], 'expected a duration such as "3 min", "90 s" or "1 h 30 min", '),
        (["--limit", "0 s"], "expected a length of more than 0 s, got 0 s"),
        (["--limit", "4 h"], "a limit of 4 h is longer than the longest block, 3 h"),
        (["--time", "10:00-12:00", "--time", "11:00-13:00"], "the blocks "),
    ],
)
def test_what_is_not_understood(options: list[str], message: str) -> None:
    """What has no meaning is refused, and nothing is written."""
    assert fails(2, "new", "plan.toml", *options).startswith(message)
    assert not list(Path().iterdir())


@pytest.mark.parametrize("name", ["Réunion 1.toml", 'quote".toml', "plan\n.toml", "-.toml", "日本"])
def test_names_of_files(name: str) -> None:
    """Any name of a file will do; the id made from it is one."""
    assert call("new", "--", name).exit_code == 0
    assert tomllib.loads(Path(name).read_text(encoding="utf-8"))["id"]
    assert call("check", "--strict", "--", name).exit_code == 0


def test_touching_blocks_are_one() -> None:
    """Blocks that touch are written as the one block that they are."""
    good("new", "plan.toml", "--time", "11:00-12:00", "--time", "10:00-11:00")
    assert 'time = ["10:00-12:00"]' in Path("plan.toml").read_text(encoding="utf-8")


def test_times_with_dates_of_their_own() -> None:
    """The file has the dates on which its times begin; --date is for times that name none."""
    times = ["--time", "2026-03-10 10:00-13:00", "--time", "10:00-13:00"]
    good("new", "plan.toml", "--date", "2026-03-11", *times)
    text = Path("plan.toml").read_text(encoding="utf-8")
    assert "\ndates = [2026-03-10, 2026-03-11]\n" in text
    assert good("check", "plan.toml", "--strict")
    good("new", "one.toml", "--date", "2026-03-11", *times[:2])
    assert "\ndate = 2026-03-10 " in Path("one.toml").read_text(encoding="utf-8")
    assert good("check", "one.toml", "--strict")


def test_ids_are_added_once() -> None:
    """What is missing is written, and told; the second time there is nothing to do."""
    session = '[[sessions]]\ntitle = "Opening"  # first\ntime = "10:00-10:20"\n'
    name = written(TEXT + session + session.replace("10:", "11:"))
    assert good("ids", name) == f"wrote 2 ids into {name}:\n  opening\n  opening-2\n"
    assert good("ids", name) == f"{name} has all its ids\n"
    assert "# first" in Path(name).read_text(encoding="utf-8")
    assert good("check", name, "--strict")
    one = written(TEXT + session, "one.toml")
    assert good("ids", one) == f"wrote 1 id into {one}:\n  opening\n"


def test_the_demo() -> None:
    """It runs the main job, and what it says are commands that give what it shows."""
    told = good("demo")
    folder = Path("r2psched-demo")
    assert sorted(path.name for path in folder.iterdir()) == ["r2p-2014.ics", "r2p-2014.toml"]
    assert (folder / "r2p-2014.toml").read_bytes() == EXAMPLE.read_bytes()
    assert not lint((folder / "r2p-2014.ics").read_bytes()).errors
    steps = [step.partition("\n") for step in ("\n" + told).split("\n$ r2psched ")[1:]]
    assert [command.split()[0] for command, _, _ in steps] == ["check", "capacity", "agenda"]
    for command, _, shown in steps:
        words = [
            w.strip('"') for w in command.replace("3 min", "3min").replace("4 min", "4min").split()
        ]
        assert good(*words).strip() == shown.strip()
    assert "43        32" in told


def test_the_demo_elsewhere() -> None:
    """-o names its folder, which may be there already."""
    assert good("demo", "-o", "a/b") == good("demo", "-o", "a/b")
    assert sorted(path.name for path in Path("a/b").iterdir()) == ["r2p-2014.ics", "r2p-2014.toml"]


def test_check_of_a_list_that_is_too_long() -> None:
    """A warning fails only with --strict."""
    name = written(HEARING)
    assert "warning [list-too-long]" in good("check", name)
    result = call("check", name, "--strict")
    assert (result.exit_code, result.stderr) == (1, "")
