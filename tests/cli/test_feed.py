"""`r2psched feed`."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from r2psched.delivery.ledger import Ledger
from r2psched.ical.lint import lint
from r2psched.ical.zones import vtimezone
from tests.cli.running import HEARING, ROOT, TWO_LISTS, answer, call, fails, good, written

WHEN = ("--when", "2026-03-02 09:00")
CLOSING = 'limit = { default = "3 min"'
DATED = HEARING.replace(CLOSING, 'registration = { closes = "2026-03-09 12:00" }\n' + CLOSING)


def read(path: str) -> str:
    """Read a feed, unfolded; it has no fault."""
    octets = (Path("out") / path).read_bytes()
    assert not lint(octets).errors
    return octets.replace(b"\r\n ", b"").decode()


def paths(*arguments: str) -> dict[str, str]:
    """Write the feeds and give the path of each speaker's."""
    told = answer("feed", "hearing.toml", "-o", "out", *WHEN, *arguments)
    return {each["speaker"]: each["path"] for each in told["feeds"]}


def test_a_feed_for_each_speaker() -> None:
    """Each who is heard has a calendar with the slot and the deadline, and nobody else in it."""
    written(DATED)
    found = paths()
    assert len(found) == len(set(found.values())) == 4
    assert sorted(path.name for path in Path("out").iterdir()) == sorted(
        ["agenda.ics", *found.values()]
    )
    assert all(re.fullmatch(r"[a-z2-7]{26}\.ics", path) for path in found.values())
    chen = read(found["Chen Li"])
    assert re.findall(r"^SUMMARY:(.*)\r$", chen, re.MULTILINE) == [
        "Chen Li takes the floor: Public comment",
        "Deadline to register to speak: Public comment",
    ]
    assert "METHOD:PUBLISH" in chen
    assert "ATTENDEE" not in chen
    assert "Ana" not in chen
    assert "secret.example" not in chen + read("agenda.ics")
    assert "X-WR-CALNAME:Chen Li takes the floor: Public comment" in chen


def test_the_same_paths_again() -> None:
    """Paths stay the same; what has not changed is written with the same octets."""
    written(HEARING)
    found = paths()
    before = {path.name: path.read_bytes() for path in Path("out").iterdir()}
    assert paths("--when", "2026-03-05 10:00") == found
    assert {path.name: path.read_bytes() for path in Path("out").iterdir()} == before
    Path("hearing.toml.sent.sqlite").unlink()
    assert not set(paths().values()) & set(found.values())


def test_only_what_changed_is_written() -> None:
    """A file that says nothing new keeps its time, and --json counts those that do."""
    written(HEARING)
    assert answer("feed", "hearing.toml", "-o", "out", *WHEN)["changed"] == 5
    times = {path.name: path.stat().st_mtime_ns for path in Path("out").iterdir()}
    assert answer("feed", "hearing.toml", "-o", "out", *WHEN)["changed"] == 0
    assert {path.name: path.stat().st_mtime_ns for path in Path("out").iterdir()} == times
    written(HEARING.replace('id = "ben", delegation = "Ben"', 'id = "ben", delegation = "Benno"'))
    told = answer("feed", "hearing.toml", "-o", "out", *WHEN)
    later = {
        path.name for path in Path("out").iterdir() if path.stat().st_mtime_ns != times[path.name]
    }
    assert later == {each["path"] for each in told["feeds"] if each["speaker"] == "Benno"}
    assert told["changed"] == 1


def test_links_to_subscribe() -> None:
    """--url tells the links of the agenda and of each speaker."""
    written(HEARING)
    told = answer("feed", "hearing.toml", "-o", "out", *WHEN)
    assert {told["link"], *(each["link"] for each in told["feeds"])} == {None}
    url = ("--url", "https://example.org/hearing/")
    told = answer("feed", "hearing.toml", "-o", "out", *WHEN, *url)
    assert told["link"] == "webcal://example.org/hearing/agenda.ics"
    links = [each["link"] for each in told["feeds"]]
    assert links == [f"webcal://example.org/hearing/{each['path']}" for each in told["feeds"]]
    lines = good("feed", "hearing.toml", "-o", "out", *WHEN, *url).splitlines()
    assert lines[0].split() == ["session", "speaker", "entries", "link"]
    assert [line.split()[-1] for line in lines[1:5]] == links
    assert lines[5] == "subscribe to the agenda at webcal://example.org/hearing/agenda.ics"
    assert lines[6].startswith("or at https://example.org/hearing/agenda.ics: a link that begins")
    lines = good(
        "feed", "hearing.toml", "-o", "out", *WHEN, "--url", "http://localhost:8000"
    ).splitlines()
    assert lines[5] == "subscribe to the agenda at webcal://localhost:8000/agenda.ics"
    assert lines[6].startswith("wrote agenda.ics and 4 feeds")
    message = fails(
        2, "feed", "hearing.toml", "-o", "new", *WHEN, "--url", "https://example.org/?x"
    )
    assert message.startswith("expected the address of a folder")
    assert not Path("new").exists()


def names(folder: str = "out") -> set[str]:
    """Give the names of the files in a folder."""
    return {path.name for path in Path(folder).iterdir()}


RENEW = ("feed", "hearing.toml", "-o", "out", *WHEN, "--renew")


def test_renewed_paths() -> None:
    """--renew gives every feed another path, and takes the old files away."""
    written(HEARING)
    found = paths()
    told = answer(*RENEW)
    new = {each["speaker"]: each["path"] for each in told["feeds"]}
    assert (told["removed"], told["unknown"]) == (4, 0)
    assert found.keys() == new.keys()
    assert not set(found.values()) & set(new.values())
    assert names() == {"agenda.ics", *new.values()}
    told = answer("feed", "hearing.toml", "-o", "out", *WHEN)
    assert {each["speaker"]: each["path"] for each in told["feeds"]} == new
    assert (told["removed"], told["unknown"]) == (0, 0)
    assert good(*RENEW).splitlines()[-1] == "took 4 files of former paths away"


def test_a_renewal_that_fails() -> None:
    """Whatever stops a renewal, the next run takes the old files away, those of others not."""
    written(HEARING)
    paths()
    Path("out/note.ics").write_text("x")
    Path("out/agenda.ics").unlink()
    Path("out/agenda.ics").mkdir()
    for _ in range(2):
        assert "it is a folder" in fails(3, *RENEW)
    Path("out/agenda.ics").rmdir()
    new = paths()
    assert names() == {"agenda.ics", "note.ics", *new.values()}


def test_a_file_that_cannot_be_taken_away() -> None:
    """The run fails and names the file; the next one tries again."""
    written(HEARING)
    found = paths()
    stuck = Path("out") / found["Ben"]
    stuck.unlink()
    stuck.mkdir()
    assert f"cannot remove {stuck}: " in fails(3, *RENEW)
    stuck.rmdir()
    stuck.write_text("x")
    new = paths()
    assert names() == {"agenda.ics", *new.values()}


def test_renewed_in_another_folder() -> None:
    """The ledger knows the former paths until the folder that has their files is written."""
    written(HEARING)
    paths()
    told = good("feed", "hearing.toml", "-o", "other", *WHEN, "--renew")
    assert "other has no file of a former path: run this for the folder" in told
    new = paths()
    assert names() == names("other") == {"agenda.ics", *new.values()}


@pytest.mark.parametrize("held", [b"mine", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b""])
def test_an_agenda_of_others_is_left(held: bytes) -> None:
    """What is no agenda of the programme is not replaced, and nothing else is written."""
    written(HEARING)
    Path("out").mkdir()
    Path("out/agenda.ics").write_bytes(held)
    told = fails(3, "feed", "hearing.toml", "-o", "out", *WHEN)
    assert told == (
        f'cannot write {Path("out/agenda.ics")}: it is no agenda of "hearing": name another folder'
        " with -o, or remove it if nobody needs it"
    )
    assert Path("out/agenda.ics").read_bytes() == held
    assert names() == {"agenda.ics"}
    assert not Path("hearing.toml.sent.sqlite").exists()


@pytest.mark.parametrize("other", ["hearing.b", "hearin", "Hearing", "x.hearing"])
def test_two_programmes_have_two_folders(other: str) -> None:
    """The second is refused, also where one id begins with the other; the first goes on."""
    written(HEARING)
    written(HEARING.replace('id = "hearing"', f'id = "{other}"'), "other.toml")
    for first, second in (("hearing.toml", "other.toml"), ("other.toml", "hearing.toml")):
        good("feed", first, "-o", first[:5], *WHEN)
        assert "it is no agenda of " in fails(3, "feed", second, "-o", first[:5], *WHEN)
        good("feed", first, "-o", first[:5], *WHEN)


def test_an_agenda_of_the_programme_is_replaced() -> None:
    """Whoever wrote it, and whatever the programme holds now."""
    written(HEARING)
    Path("out").mkdir()
    good("agenda", "hearing.toml", "-o", "out/agenda.ics")
    before = Path("out/agenda.ics").read_bytes()
    written(HEARING.replace("18:00-18:16", "17:00-18:16"))
    paths()
    assert Path("out/agenda.ics").read_bytes() != before


def test_no_link_is_followed() -> None:
    """A link as agenda.ics is refused, and what it leads to stays."""
    written(HEARING)
    good("agenda", "hearing.toml", "-o", "mine.ics")
    before = Path("mine.ics").read_bytes()
    Path("out").mkdir()
    Path("out/agenda.ics").symlink_to("../mine.ics")
    assert "it is a link" in fails(3, "feed", "hearing.toml", "-o", "out", *WHEN, "--utc")
    assert Path("mine.ics").read_bytes() == before


def test_feeds_of_another_ledger() -> None:
    """Files of feeds that the ledger does not know are told, and left."""
    written(HEARING)
    paths()
    Path("hearing.toml.sent.sqlite").unlink()
    told = answer("feed", "hearing.toml", "-o", "out", *WHEN)
    assert (told["removed"], told["unknown"]) == (0, 4)
    last = good("feed", "hearing.toml", "-o", "out", *WHEN).splitlines()[-1]
    assert last == (
        "out has 4 files of feeds that this ledger does not know: if another ledger made them, name"
        " it with --ledger; if not, whoever subscribed to one sees nothing new until they have"
        " their new link"
    )
    assert len(names()) == len(["agenda.ics"]) + 2 * 4


@pytest.mark.parametrize("name", ["secret of feeds", "former secrets of feeds"])
@pytest.mark.parametrize("value", ["", "xyz", "é" * 64, "0" * 63])
def test_a_damaged_secret(name: str, value: str) -> None:
    """A secret that is none is refused, and nothing is written."""
    written(HEARING)
    with Ledger(Path("hearing.toml.sent.sqlite"), "hearing") as ledger:
        ledger.keep([(name, value)])
    told = fails(3, "feed", "hearing.toml", "-o", "out", *WHEN)
    assert told.startswith("cannot read hearing.toml.sent.sqlite: the ")
    assert f"the {name} in it is damaged: take the ledger back from a copy" in told
    assert not Path("out").exists()


def test_feeds_share_their_clocks() -> None:
    """The time zone is written once for all, since it covers the whole programme."""
    written(HEARING)
    vtimezone.cache_clear()
    paths()
    assert vtimezone.cache_info().misses == 1


def test_no_address_but_the_organisers() -> None:
    """Who sends for the organiser stands in no feed, and not in the agenda."""
    written(HEARING.replace("[[sessions]]", '[invitations]\nsent_by = "me@x.org"\n\n[[sessions]]'))
    assert all("me@x.org" not in read(path) for path in ["agenda.ics", *paths().values()])


def test_what_moves_and_who_withdraws() -> None:
    """Any move is followed with a higher SEQUENCE; who is gone sees the entry cancelled."""
    written(HEARING)
    found = paths()
    written(HEARING.replace("18:00-18:16", "18:01-18:17").replace('    { id = "ben"', "    # {"))
    assert paths().items() >= {k: v for k, v in found.items() if k != "Ben"}.items()
    assert "\r\nSEQUENCE:1\r\n" in read(found["Ana Ruiz"])
    gone = read(found["Ben"])
    assert "STATUS:CANCELLED" in gone
    assert "BEGIN:VALARM" not in gone
    told = answer("feed", "hearing.toml", "-o", "out", *WHEN)
    assert next(each for each in told["feeds"] if each["path"] == found["Ben"]) == {
        "session": "floor",
        "speaker": "Ben",
        "path": found["Ben"],
        "entries": 0,
        "link": None,
    }
    written(HEARING)
    paths()
    assert "STATUS:TENTATIVE" in read(found["Ben"])


def test_one_session() -> None:
    """With --session the feeds of other lists stay as they are."""
    written(TWO_LISTS, "hearing.toml")
    good("feed", "hearing.toml", "-o", "out", *WHEN)
    before = {path.name: path.read_bytes() for path in Path("out").iterdir()}
    good("feed", "hearing.toml", "-o", "out", "--session", "evening", *WHEN)
    assert {path.name: path.read_bytes() for path in Path("out").iterdir()} == before


def test_by_a_forecast() -> None:
    """With a pace the feeds follow the forecast."""
    written(HEARING)
    found = paths("--pace", "mean 1.1, spread 0.3")
    assert "STATUS:TENTATIVE" in read(found["Chen Li"])
    assert "Forecast: you are given the floor" in read(found["Chen Li"])


def test_nothing_to_publish() -> None:
    """A programme without any time has no agenda: it is refused, and nothing is written."""
    name = written('id = "x"\ntitle = "X"\nzone = "UTC"\n')
    assert "nothing has a time" in fails(2, "feed", name, "-o", "out")
    assert not Path("out").exists()


def test_as_text() -> None:
    """The paths stand in a table: they go to the speakers, and to nobody else."""
    told = good("feed", written(HEARING), "-o", "out", *WHEN)
    assert told.splitlines()[-1] == "wrote agenda.ics and 4 feeds into out"
    assert call("lint", "out").exit_code == 0


def test_who_has_spoken_keeps_the_entry() -> None:
    """With the log of the meeting so far the feeds of those who are done stay as they are."""
    for path in (ROOT / "examples").glob("illustrative-l*"):
        shutil.copy(path, path.name)
    file = "illustrative-list-of-73.toml"
    first = answer("feed", file, "-o", "out", *WHEN)["feeds"]
    log = ("--now", "11:46", "--records", "illustrative-log-of-14.csv")
    then = answer("feed", file, "-o", "out", *log, *WHEN)["feeds"]
    assert [each["entries"] for each in then] == [each["entries"] for each in first]
