"""`r2psched publish`, against real calendar servers."""

from __future__ import annotations

import contextlib
import itertools
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest

from r2psched.delivery.caldav import Collection
from r2psched.delivery.ledger import ledger_path
from r2psched.delivery.publishing import entries, name_of
from r2psched.delivery.secrets import Secret
from r2psched.errors import DeliveryFailed, FileFailed, InvalidValue
from r2psched.files import read
from r2psched.ical.identity import highest_sequence, identity
from r2psched.ical.lint import lint
from tests.cli.running import HEARING, ROOT, answer, call, fails, good, written
from tests.delivery.servers import PASSWORD, radicale, xandikos

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2psched.delivery.receipts import Receipt

WHEN = ("--when", "2026-03-02 09:00")
UIDS = [
    "hearing.floor.1@r2psched",
    "hearing.floor.speaker.ana@r2psched",
    "hearing.floor.speaker.ben@r2psched",
    "hearing.floor.speaker.chen@r2psched",
    "hearing.floor.speaker.park@r2psched",
]
FOREIGN = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//somebody//EN\r\nBEGIN:VEVENT\r\n"
    b"UID:lunch@example.org\r\nDTSTART:20260310T120000Z\r\nDTEND:20260310T130000Z\r\n"
    b"SUMMARY:Lunch\r\nDTSTAMP:20260301T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture(params=[radicale, xandikos], ids=["radicale", "xandikos"])
def server(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Collection]:
    """Run a calendar server whose calendar holds somebody's lunch, and name it."""
    (tmp_path / "server").mkdir()
    with request.param(tmp_path / "server") as url:
        monkeypatch.setenv("R2PSCHED_CALDAV", url)
        monkeypatch.setenv("R2PSCHED_CALDAV_PASSWORD", PASSWORD)
        with Collection(url, secret=Secret(PASSWORD)) as collection:
            assert collection.put("lunch.ics", FOREIGN).state == "sent"
            lunch = collection.get("lunch.ics")
            yield collection
            assert collection.get("lunch.ics") == lunch


def held(collection: Collection) -> dict[str, str]:
    """Give what the calendar holds of ours, unfolded, by UID."""
    found = {}
    for name in collection.names():
        octets, _ = collection.get(name) or (b"", "")
        text = octets.replace(b"\r\n ", b"").decode()
        assert not lint(octets).errors
        assert "METHOD" not in text
        (uid,) = re.findall(r"^UID:(.*)\r$", text, re.MULTILINE)
        if uid != "lunch@example.org":
            found[uid] = text
    return found


def changed(old: str, new: str) -> None:
    """Change the programme."""
    text = Path("hearing.toml").read_text("utf-8")
    assert old in text
    Path("hearing.toml").write_text(text.replace(old, new), "utf-8")


def test_put_once(server: Collection) -> None:
    """Agenda and slots are put, one UID an object, without any address; then nothing."""
    told = answer("publish", written(HEARING), *WHEN)
    assert sorted(each["uid"] for each in told["put"]) == UIDS
    there = held(server)
    assert sorted(there) == UIDS
    assert "secret.example" not in str(there)
    assert "ATTENDEE" not in str(there)
    names = server.names()
    assert good("publish", "hearing.toml", "--when", "2026-03-05 09:00") == (
        "put 0, deleted 0, unchanged 5\n"
    )
    assert server.names() == names


def test_moved_and_gone(server: Collection) -> None:
    """What moved is put with the next SEQUENCE, what is gone is deleted."""
    good("publish", written(HEARING), *WHEN)
    changed("18:00-18:16", "18:30-18:46")
    changed('    { id = "ben", delegation = "Ben", category = "child" },\n', "")
    told = answer("publish", "hearing.toml", *WHEN)
    assert {each["sequence"] for each in told["put"] if each["why"] == "moved"} == {1}
    assert [each["uid"] for each in told["deleted"]] == [UIDS[2]]
    there = held(server)
    assert UIDS[2] not in there
    assert "\r\nSEQUENCE:1\r\n" in there[UIDS[1]]
    assert "T183000" in there[UIDS[1]]
    good("publish", "hearing.toml", "--agenda-only", *WHEN)
    assert sorted(held(server)) == UIDS[:1]
    good("publish", "hearing.toml", *WHEN)
    assert "\r\nSEQUENCE:3\r\n" in held(server)[UIDS[1]]
    changed("date =", 'status = "cancelled"\ndate =')
    good("publish", "hearing.toml", *WHEN)
    assert held(server) == {}


def test_what_somebody_else_changed(server: Collection) -> None:
    """It is left as it is, named with exit 3, and replaced only where that is asked."""
    good("publish", written(HEARING), *WHEN)
    name = f"{UIDS[1]}.ics"
    octets, etag = server.get(name) or (b"", "")
    theirs = octets.replace(b"SUMMARY:Ana Ruiz takes", b"SUMMARY:Mine: Ana Ruiz takes")
    assert server.put(name, theirs, etag).state == "sent"
    result = call("publish", "hearing.toml", *WHEN)
    assert result.exit_code == 3
    assert "Ana Ruiz takes the floor: Public comment (hearing.floor.speaker.ana@r2psched): " in (
        result.stderr
    )
    assert "it is not as this ledger knows it: somebody else changed it, or" in result.stderr
    assert re.search(r"put 0  changed on the server  it is not as this ledger", result.stdout)
    assert result.stdout.endswith("\nput 0, deleted 0, unchanged 4, not done 1\n")
    changed("18:00-18:16", "18:30-18:46")
    told = answer("publish", "hearing.toml", *WHEN, code=3)
    assert [each["uid"] for each in told["put"] if each["not_done"]] == [UIDS[1]]
    assert len(told["put"]) > 1
    there = held(server)
    assert "SUMMARY:Mine" in there[UIDS[1]]
    assert "T184" in there[UIDS[3]]
    good("publish", "hearing.toml", "--adopt", *WHEN)
    assert "SUMMARY:Ana" in held(server)[UIDS[1]]
    assert "SEQUENCE:1\r\n" in held(server)[UIDS[1]]
    assert good("publish", "hearing.toml", *WHEN).endswith("unchanged 5\n")


def test_what_somebody_else_deleted(server: Collection) -> None:
    """It is put again, as it was."""
    good("publish", written(HEARING), *WHEN)
    before = held(server)
    name = f"{UIDS[3]}.ics"
    assert server.delete(name, server.names()[name]).state == "sent"
    told = answer("publish", "hearing.toml", "--when", "2026-03-05 09:00")
    assert [(each["uid"], each["why"]) for each in told["put"]] == [(UIDS[3], "lost")]
    assert held(server) == before
    assert server.delete(name, server.names()[name]).state == "sent"
    changed('    { id = "chen"', '    # { id = "chen"')
    assert len(answer("publish", "hearing.toml", *WHEN)["deleted"]) == 1


@pytest.mark.parametrize("place", ["before", "after"])
def test_a_process_that_is_killed(server: Collection, place: str) -> None:
    """Killed around a PUT, the next run brings everything up to date, and invents no sequence."""
    name = written(HEARING)
    script = (
        "import os, sys\n"
        "from r2psched.delivery import caldav\n"
        "put = caldav.Collection.put\n"
        "def killed(self, name, octets, etag=None):\n"
        "    if 'ben' in name and sys.argv[1] == 'before':\n"
        "        os.kill(os.getpid(), 9)\n"
        "    done = put(self, name, octets, etag)\n"
        "    if 'ben' in name:\n"
        "        os.kill(os.getpid(), 9)\n"
        "    return done\n"
        "caldav.Collection.put = killed\n"
        "from r2psched.cli import main\n"
        "main(sys.argv[2:])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, place, "publish", name, *WHEN],
        check=False,
        capture_output=True,
    )
    assert done.returncode == -9
    told = answer("publish", name, "--when", "2026-03-05 09:00")
    assert {each["sequence"] for each in told["put"]} == {0}
    assert sorted(held(server)) == UIDS
    assert answer("publish", name, *WHEN)["unchanged"] == 5


def test_a_lost_ledger(server: Collection) -> None:
    """Without its ledger nothing is overwritten unasked."""
    good("publish", written(HEARING), *WHEN)
    ledger_path("hearing.toml").unlink()
    changed("18:00-18:16", "18:30-18:46")
    result = call("publish", "hearing.toml", *WHEN)
    assert result.exit_code == 3
    assert result.stderr.count("the ledger was lost; --adopt replaces it") == 5
    assert result.stdout.endswith("\nput 0, deleted 0, unchanged 0, not done 5\n")
    assert "T180000" in held(server)[UIDS[0]]
    good("publish", "hearing.toml", "--adopt", *WHEN)
    there = held(server)
    assert "T183000" in there[UIDS[0]]
    assert {re.findall("SEQUENCE:.*\r", text)[0] for text in there.values()} == {"SEQUENCE:1\r"}


def forget() -> None:
    """Make the ledger forget which versions the server gave, as after a crash behind a PUT."""
    with contextlib.closing(sqlite3.connect(ledger_path("hearing.toml"))) as rows, rows:
        rows.execute("DELETE FROM facts")


def edited(server: Collection, uid: str, *changes: tuple[bytes, bytes]) -> None:
    """Change an object as somebody else would."""
    octets, etag = server.get(f"{uid}.ics") or (b"", "")
    for old, new in changes:
        assert old in octets
        octets = octets.replace(old, new)
    assert server.put(f"{uid}.ics", octets, etag).state == "sent"


def test_a_version_that_was_not_kept(server: Collection) -> None:
    """What is ours by what it says is known again, in whatever clocks; a person's note is not."""
    good("publish", written(HEARING), *WHEN)
    for more in ([], ["--utc"]):
        forget()
        for _ in range(2):
            told = good("publish", "hearing.toml", *more, *WHEN)
            assert told == "put 0, deleted 0, unchanged 5\n"
    forget()
    edited(server, UIDS[1], (b"DESCRIPTION:", b"DESCRIPTION:Bring the map. "))
    for _ in range(2):
        found = answer("publish", "hearing.toml", *WHEN, code=3)
        assert [(each["uid"], bool(each["not_done"])) for each in found["put"]] == [(UIDS[1], True)]
        assert found["unchanged"] == 4
    assert "Bring the map" in held(server)[UIDS[1]]


@pytest.mark.parametrize("between", [False, True])
def test_a_server_that_tells_no_version(
    server: Collection, monkeypatch: pytest.MonkeyPatch, *, between: bool
) -> None:
    """Our own is known again; what somebody else wrote right behind our PUT is not overwritten."""
    put = Collection.put

    def silent(self: Collection, name: str, octets: bytes, etag: str | None = None) -> Receipt:
        done = put(self, name, octets, etag)
        if between and "ben" in name:
            put(self, name, octets.replace(b"SUMMARY:", b"SUMMARY:Mine: "), done.etag)
        return attrs.evolve(done, etag=None)

    with monkeypatch.context() as patch:
        patch.setattr(Collection, "put", silent)
        good("publish", written(HEARING), *WHEN)
    changed("18:00-18:16", "18:30-18:46")
    told = answer("publish", "hearing.toml", *WHEN, code=3 if between else 0)
    assert [each["uid"] for each in told["put"] if each["not_done"]] == [UIDS[2]] * between
    assert ("SUMMARY:Mine: Ben" in held(server)[UIDS[2]]) == between


@pytest.mark.parametrize("late", [False, True])
def test_two_crashes_with_a_change_between(
    server: Collection, monkeypatch: pytest.MonkeyPatch, *, late: bool
) -> None:
    """What the first of them left on the server is ours, even if it arrives behind the second."""
    good("publish", written(HEARING), *WHEN)
    put, calls = Collection.put, list[tuple[str, bytes, str | None]]()

    def crashed(_: Collection, name: str, octets: bytes, etag: str | None = None) -> Receipt:
        calls.append((name, octets, etag))
        if len(calls) == (2 if late else 1):
            assert put(server, *calls[0]).state == "sent"
        raise KeyboardInterrupt

    times = ["18:00-18:16", "18:30-18:46", "19:00-19:16", "19:30-19:46"]
    with monkeypatch.context() as patch:
        patch.setattr(Collection, "put", crashed)
        for old, new in itertools.pairwise(times[:3]):
            changed(old, new)
            told = answer("publish", "hearing.toml", *WHEN, code=3)
            assert {each["not_done"] for each in told["put"]} == {"it was interrupted"}
    changed(times[2], times[3])
    good("publish", "hearing.toml", *WHEN)
    assert "T193000" in held(server)[UIDS[0]]


@pytest.mark.parametrize("moved", [False, True])
def test_what_is_adopted_is_above_what_is_there(server: Collection, *, moved: bool) -> None:
    """Its SEQUENCE is the next, so that calendars take it, also where theirs has an override."""
    good("publish", written(HEARING), *WHEN)
    octets, _ = server.get(f"{UIDS[1]}.ics") or (b"", "")
    start = octets.index(b"BEGIN:VEVENT")
    event = octets[start : octets.index(b"END:VEVENT") + len(b"END:VEVENT\r\n")]
    time = re.findall(rb"\nDTSTART(.*)\r", event)[0]
    rule = event.replace(b"SEQUENCE:0", b"SEQUENCE:2\r\nRRULE:FREQ=DAILY;COUNT=2")
    override = event.replace(b"SEQUENCE:0", b"SEQUENCE:7\r\nRECURRENCE-ID" + time)
    edited(server, UIDS[1], (event, rule + override))
    if moved:
        changed("18:00-18:16", "18:30-18:46")
    assert call("publish", "hearing.toml", *WHEN).exit_code == 3
    told = answer("publish", "hearing.toml", "--adopt", *WHEN)
    assert [each["sequence"] for each in told["put"] if each["uid"] == UIDS[1]] == [8]
    text = held(server)[UIDS[1]]
    assert "\r\nSEQUENCE:8\r\n" in text
    assert text.count("BEGIN:VEVENT") == 1
    assert answer("publish", "hearing.toml", *WHEN)["unchanged"] == 5
    changed('    { id = "ana"', '    # { id = "ana"')
    assert good("publish", "hearing.toml", *WHEN)
    assert UIDS[1] not in held(server)


@pytest.mark.parametrize(
    ("error", "before"),
    [
        (DeliveryFailed("https://cal.example.org/", "it is down"), 0),
        (FileFailed("hearing.toml.sent.sqlite", "write", "the disk is full"), 2),
        (KeyboardInterrupt(), 0),
    ],
    ids=["server", "ledger", "user"],
)
def test_whatever_stops_it_the_rest_is_named(
    server: Collection, monkeypatch: pytest.MonkeyPatch, error: BaseException, before: int
) -> None:
    """Also if nothing was done yet, the answer is whole: what was put, what was not, and why."""
    put, left = Collection.put, [None] * before

    def stopped(self: Collection, name: str, octets: bytes, etag: str | None = None) -> Receipt:
        if not left:
            raise error
        left.pop()
        return put(self, name, octets, etag)

    monkeypatch.setattr(Collection, "put", stopped)
    told = answer("publish", written(HEARING), *WHEN, code=3)
    reasons = [each["not_done"] for each in told["put"]]
    assert reasons == [None] * before + [str(error) or "it was interrupted"] * (5 - before)
    assert len(held(server)) == before


def test_nobody_is_reminded_of_the_slots_of_others() -> None:
    """Whoever subscribes has the reminders of deadlines alone."""
    limit = "limit = { default"
    closes = 'registration = { closes = "2026-03-09 12:00" }\n'
    programme = read(written(HEARING.replace(limit, closes + limit)))
    found = list(entries(programme, programme["floor"].running_order()))
    assert {entry.kind for entry in found if entry.alarms} == {"deadline"}
    assert {entry.kind for entry in found} == {"block", "slot", "deadline"}


def test_slots_of_another_time_are_refused() -> None:
    """Nothing is published of a running order that the programme has left behind."""
    order = read(written(HEARING))["floor"].running_order()
    changed("18:00-18:16", "19:00-19:16")
    with pytest.raises(InvalidValue, match="as it is now"):
        list(entries(read("hearing.toml"), order))


def test_names_of_objects_are_short() -> None:
    """A file system takes the name of any entry, and tells two entries apart."""
    assert name_of(UIDS[1]) == f"{UIDS[1]}.ics"
    assert name_of("é" * 58) == f"{'é' * 58}.ics"
    assert re.fullmatch(r"[0-9a-f]{64}\.ics", name_of("é" * 59))
    assert name_of("a" * 116) != name_of("a" * 117)
    assert len({name_of("a" * 200 + str(n)) for n in range(9)}) == 9


@pytest.mark.parametrize("option", ["--pace", "--records", "--now", "--chance"])
def test_the_agenda_alone_needs_no_forecast(option: str) -> None:
    """An option that would do nothing is refused."""
    arguments = ("--caldav", "https://cal.example.org/x/", "--agenda-only", option, "nonsense")
    assert "--agenda-only leaves the slots out" in fails(2, "publish", written(HEARING), *arguments)


OURS = (
    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260310T120000Z\r\n"
    b"DTSTAMP:20260301T000000Z\r\nLAST-MODIFIED:20260301T000000Z\r\nSEQUENCE:0\r\n"
    b"SUMMARY:Lunch\\, early; or not\\nat all\r\nDESCRIPTION:Soup\r\nLOCATION:Hall\r\n"
    b"STATUS:CONFIRMED\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (b"UID:a\r\nDTSTART:20260310T120000Z", b"DTSTART:20260310T120000Z\r\nUID:a", True),
        (b"\\, early; or not\\n", b", early\\; \r\n or not\\N", True),
        (b"DTSTART:20260310T120000Z", b"DTSTART;TZID=Europe/Paris:20260310T130000", True),
        (b"SEQUENCE:0\r\n", b"", True),
        (b"UID:a", b"UID:b", False),
        (b"0310T12", b"0310T13", False),
        (b"DTSTART:20260310T120000Z", b"DTSTART:20260310T120000", False),
        (b"DTSTAMP:2026", b"DTSTAMP:2027", False),
        (b"LAST-MODIFIED:2026", b"LAST-MODIFIED:2027", False),
        (b"SEQUENCE:0", b"SEQUENCE:1", False),
        (b"or not", b"or", False),
        (b"Soup", b"Soup, and bread", False),
        (b"DESCRIPTION:Soup\r\n", b"", False),
        (b"Hall", b"Yard", False),
        (b"CONFIRMED", b"TENTATIVE", False),
    ],
)
def test_one_revision_is_known_wherever_it_was_kept(old: bytes, new: bytes, *, same: bool) -> None:
    """The form that a server gives an object does not matter; what a person changes does."""
    assert old in OURS
    assert (identity(OURS.replace(old, new)) == identity(OURS)) == same


def test_no_sequence_is_the_last() -> None:
    """Somebody may have written the highest SEQUENCE there is, or none; ours still has a next."""
    for told, found in ((b"7", 7), (b"0" * 9999 + b"8", 8), (b"9" * 9999, 0), (b"-1", 0)):
        assert highest_sequence(OURS.replace(b"SEQUENCE:0", b"SEQUENCE:" + told)) == found
    assert highest_sequence(OURS.replace(b"SEQUENCE:0", b"SEQUENCE:2147483647")) < 2**30
    assert highest_sequence(b"nothing") == -1


def test_no_collection(server: Collection) -> None:
    """A collection that is not there is told, with exit 3."""
    url = server.url.rstrip("/") + "-not/"
    result = call("publish", written(HEARING), "--caldav", url, *WHEN)
    assert result.exit_code == 3
    assert result.stderr.startswith("r2psched: cannot deliver by http://127.0.0.1")
    assert fails(2, "publish", "hearing.toml", "--caldav", "https://a:b@example.org/x/")


def test_who_has_spoken_keeps_the_entry(server: Collection) -> None:
    """With the log of the meeting so far nothing of those who are done is deleted."""
    for path in (ROOT / "examples").glob("illustrative-l*"):
        shutil.copy(path, path.name)
    file = "illustrative-list-of-73.toml"
    good("publish", file, *WHEN)
    before = len(server.names())
    log = ("--now", "11:46", "--records", "illustrative-log-of-14.csv")
    told = answer("publish", file, *log, *WHEN)
    assert (told["deleted"], len(told["put"])) == ([], 59)
    assert len(server.names()) == before
