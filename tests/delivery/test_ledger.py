"""The ledger: what was sent is known, whatever happens."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.delivery import ledger as room
from r2psched.delivery.ledger import Ledger, ledger_path, remembered
from r2psched.delivery.rows import WRITE, row_of
from r2psched.entries import Entry
from r2psched.errors import FileFailed
from r2psched.inviting import Answer, Message, Past, Recipient, Wanted, updates

ENTRY = Entry("a@r2psched", "slot", 0, 60_000_000, "UTC", "A", alarms=(timedelta(minutes=15),))
CHILE = Recipient("Chile", "chile@example.org")
POSIX = pytest.mark.skipif(os.name != "posix", reason="permissions and signals of POSIX")
# What a process runs that is killed; {what} says where.
KILLED = """
    import os, signal, sys
    from pathlib import Path
    from r2psched.delivery.ledger import Ledger
    from r2psched.entries import Entry
    from r2psched.inviting import Message, Recipient

    path = Path(sys.argv[1])
    messages = [
        Message("REQUEST", Entry(f"{n}@b", "slot", 0, 1, "UTC", "x" * 2000), Recipient("C"), 0, n)
        for n in range(3000)
    ]
    with Ledger(path, "p") as ledger:
        ledger.end(ledger.begin(messages[:1]), "sent")
        {what}
    print("done", flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the path of a ledger that is not there yet."""
    return tmp_path / "sent.sqlite"


def message(which: int = 0, **changes: Any) -> Message:  # noqa: ANN401  # as evolve takes them
    """Make a first invitation."""
    entry = attrs.evolve(ENTRY, uid=f"{which}@r2psched")
    return attrs.evolve(Message("REQUEST", entry, CHILE, 0, which * 1_000_000), **changes)


def states(path: Path) -> list[tuple[int, str]]:
    """Read what became of each message, without our code."""
    with sqlite3.connect(path) as rows:
        found = rows.execute("SELECT number, state FROM messages ORDER BY number").fetchall()
    rows.close()
    return found


def test_what_was_sent_is_remembered(path: Path) -> None:
    """Each message comes back with its state; one that was refused counts as a revision alone."""
    with Ledger(path, "p") as ledger:
        one, two, three = ledger.begin([message(1), message(2), message(3)])
        ledger.end([one], "sent")
        ledger.end([two], "refused", "550 nobody")
    past = remembered(path, "p")
    assert {each.number: each.state for each in past.last.values()} == {one: "sent", three: "open"}
    assert past.last[message(1).key].entry == message(1).entry
    assert past.last[message(1).key].recipient == CHILE
    assert set(past.revisions) == {"1@r2psched", "2@r2psched", "3@r2psched"}


def test_a_repeated_message_is_written_once(path: Path) -> None:
    """It keeps its number, and its state is brought up to date."""
    with Ledger(path, "p") as ledger:
        (number,) = ledger.begin([message()])
        assert ledger.begin([message(number=number)]) == [number]
        ledger.end([number], "sent")
    assert states(path) == [(number, "sent")]


def test_no_ledger_remembers_nothing_and_none_is_made(path: Path) -> None:
    """Asking what was sent leaves no file."""
    assert remembered(path, "p") == Past()
    assert not path.exists()


def test_it_stands_beside_the_programme() -> None:
    """Its name is that of the programme file, and tells what it is."""
    assert ledger_path(Path("a", "x.toml")) == Path("a", "x.toml.sent.sqlite")


def test_channels_share_revisions_and_nothing_else(path: Path) -> None:
    """What stands in a shared calendar was not mailed, but its SEQUENCE is taken."""
    with Ledger(path, "p") as ledger:
        ledger.end(ledger.begin([message(sequence=4)], "caldav"), "sent")
        assert not ledger.past().last
        assert ledger.past("caldav").last
        assert ledger.past().revisions["0@r2psched"].sequence == 4


def test_answers_and_facts(path: Path) -> None:
    """The newest answer of each recipient is kept, and facts until they are taken out."""
    key = message().key
    with Ledger(path, "p") as ledger:
        ledger.answered(key, Answer("TENTATIVE", 0, 1))
        ledger.answered(key, Answer("ACCEPTED", 0, 2))
        ledger.keep([("a", "1"), ("b", "2")])
        ledger.keep([("a", None), ("b", "3")])
    with Ledger(path, "p") as ledger:
        assert ledger.past().answers == {key: Answer("ACCEPTED", 0, 2)}
        assert (ledger.fact("a"), ledger.fact("b")) == (None, "3")


@POSIX
def test_only_its_owner_may_read_it(path: Path) -> None:
    """Whatever the umask, the file and its journal are of mode 0600 from the first moment."""
    before = os.umask(0)
    try:
        with Ledger(path, "p") as ledger:
            ledger._rows.execute("BEGIN IMMEDIATE")  # noqa: SLF001  # only within it is there a journal
            ledger._rows.execute(WRITE, row_of(message(), "x"))  # noqa: SLF001  # only within it is there a journal
            journal = path.with_name(f"{path.name}-journal")
            assert [file.stat().st_mode & 0o777 for file in (path, journal)] == [0o600, 0o600]
            ledger._rows.execute("ROLLBACK")  # noqa: SLF001  # only within it is there a journal
        path.chmod(0o644)
        with Ledger(path, "p"):
            assert path.stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(before)


def killed(path: Path, what: str, after: float | None = None) -> None:
    """Run a process that kills itself, or is killed after so many seconds of writing."""
    code = textwrap.dedent(KILLED).replace("{what}", what)
    child = subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE)
    assert child.stdout is not None
    if after is not None:
        assert child.stdout.readline() == b"now\n"
        time.sleep(after)
        child.kill()
    child.stdout.read()
    child.stdout.close()
    assert child.wait() == -signal.SIGKILL


@POSIX
def test_killed_between_begin_and_end(path: Path) -> None:
    """The message counts as one that may have arrived, and is repeated as it was."""
    killed(path, "ledger.begin(messages[1:2]); os.kill(os.getpid(), signal.SIGKILL)")
    past = remembered(path, "p")
    assert [each.state for each in past.last.values()] == ["sent", "open"]
    due = [Wanted(each.entry, each.recipient) for each in past.last.values()]
    (again,) = updates(due, past, when_us=10**15).messages
    assert (again.number, again.sequence, again.stamp_us, again.why) == (2, 0, 1, "repeated")


@POSIX
@pytest.mark.parametrize("after", [0.0, 0.005, 0.02, 0.05])
def test_killed_in_the_middle_of_begin(path: Path, after: float) -> None:
    """All of a batch stands, or none of it, wherever the power went."""
    killed(path, 'print("now", flush=True); [ledger.begin(messages[1:]) for _ in range(99)]', after)
    remembered(path, "p")
    assert len(states(path)) % 2999 == 1


def test_somebody_else_has_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second process is told so, after a short while, and the first goes on."""
    monkeypatch.setattr(room, "_PATIENCE", 0.1)
    with Ledger(path, "p") as ledger:
        began = time.monotonic()
        with pytest.raises(FileFailed, match=r"somebody else is sending from it: try again"):
            Ledger(path, "p")
        assert time.monotonic() - began < 3
        ledger.begin([message()])
    assert len(states(path)) == 1


def test_it_is_free_as_soon_as_it_is_closed(path: Path) -> None:
    """Nothing stays locked, and no journal stays."""
    for _ in range(3):
        with Ledger(path, "p") as ledger:
            ledger.begin([message()])
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("content", [b"[programme]\n", b"SQLite format 3\0", b"\0" * 5000])
def test_a_file_that_is_no_ledger(path: Path, content: bytes) -> None:
    """It is refused by its name, and neither its octets nor its mode change."""
    path.write_bytes(content)
    path.chmod(0o644)
    mode = path.stat().st_mode
    with pytest.raises(FileFailed, match=r"sent\.sqlite"):
        Ledger(path, "p")
    assert path.read_bytes() == content
    assert path.stat().st_mode == mode


def test_a_database_that_is_no_ledger(path: Path) -> None:
    """That of another program is left as it is."""
    with sqlite3.connect(path) as rows:
        rows.execute("CREATE TABLE messages (number INTEGER)")
    rows.close()
    path.chmod(0o644)
    before, mode = path.read_bytes(), path.stat().st_mode
    with pytest.raises(FileFailed, match="it is no ledger of r2psched"):
        Ledger(path, "p")
    assert (path.read_bytes(), path.stat().st_mode) == (before, mode)


def test_an_empty_file_becomes_one(path: Path) -> None:
    """A run that was killed before anything was written leaves one."""
    path.touch()
    with Ledger(path, "p") as ledger:
        assert not ledger.past().last


def test_a_newer_ledger(path: Path) -> None:
    """It is not written into; the remedy is told."""
    Ledger(path, "p").__exit__(None, None, None)
    with sqlite3.connect(path) as rows:
        rows.execute("PRAGMA user_version = 99")
    rows.close()
    with pytest.raises(FileFailed, match=r"it is of version 99, .* update it"):
        Ledger(path, "p")


def test_the_ledger_of_another_programme(path: Path) -> None:
    """Its messages would be withdrawn: it is refused, and both programmes are named."""
    Ledger(path, "other").__exit__(None, None, None)
    with pytest.raises(FileFailed, match='it is the ledger of "other", not of "p"'):
        Ledger(path, "p")


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE messages SET entry = 'x'",
        "UPDATE messages SET entry = '[]'",
        "UPDATE messages SET entry = '{}'",
        """UPDATE messages SET entry = '{"colour": "red"}'""",
        "DROP TABLE answers",
    ],
)
def test_a_damaged_ledger(path: Path, damage: str) -> None:
    """What cannot be read is told, and nothing is taken for sent or unsent."""
    with Ledger(path, "p") as ledger:
        ledger.begin([message()])
    with sqlite3.connect(path) as rows:
        rows.execute(damage)
    rows.close()
    with Ledger(path, "p") as ledger, pytest.raises(FileFailed, match=r"cannot read .*sent"):
        ledger.past()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """The path is named, as for any other file."""
    with pytest.raises(FileFailed, match="cannot write"):
        Ledger(tmp_path / "no" / "such.sqlite", "p")
    with pytest.raises(FileFailed, match="cannot write"):
        Ledger(tmp_path, "p")


@POSIX
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_folder_that_may_not_be_written(path: Path) -> None:
    """Nothing can be sent from there."""
    path.parent.chmod(0o500)
    try:
        with pytest.raises(FileFailed, match="Permission denied"):
            Ledger(path, "p")
    finally:
        path.parent.chmod(0o700)


def test_a_full_disk(path: Path) -> None:
    """None of a batch is written down, so none is sent; once there is room it goes on."""
    with Ledger(path, "p") as ledger:
        ledger._rows.execute("PRAGMA max_page_count = 40")  # noqa: SLF001  # no other disk is that small
        with pytest.raises(FileFailed, match="full"):
            ledger.begin([message(number) for number in range(2000)])
        ledger._rows.execute("PRAGMA max_page_count = 100000")  # noqa: SLF001  # no other disk is that small
        assert len(ledger.begin([message()])) == 1
    assert len(states(path)) == 1


@POSIX
def test_a_file_that_may_not_grow(path: Path) -> None:
    """The system's own refusal in the midst of a batch is told, and undoes it."""
    code = (
        textwrap.dedent(KILLED)
        .replace("{what}", "")
        .replace(
            "from pathlib",
            textwrap.dedent(
                """
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
        from pathlib"""
            ),
        )
    )
    code = code.replace('messages[:1]), "sent")', 'messages[:1]), "sent"); ledger.begin(messages)')
    done = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=False
    )
    assert "FileFailed: cannot write" in done.stderr
    assert states(path) == [(1, "sent")]


@pytest.mark.parametrize("name", ["a b#?%20&x=.sqlite", "é日本\u202e.sqlite", ":memory:", "file:x"])
def test_odd_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A path is a path, whatever SQLite might make of it."""
    monkeypatch.chdir(tmp_path)
    with Ledger(Path(name), "p") as ledger:
        ledger.begin([message()])
    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert len(remembered(Path(name), "p").last) == 1


texts = st.text() | st.text("\0\"'\\\n\ud800\udc00\u202eé日,;a", max_size=8)


@given(texts, texts, texts, st.sampled_from(["chile@example.org", "élysée@exämple.org", ""]))
def test_hostile_texts_come_back(
    tmp_path_factory: pytest.TempPathFactory, summary: str, words: str, name: str, address: str
) -> None:
    """NUL, quotes and lone surrogates are kept as they are, or refused before anything is sent."""
    path = tmp_path_factory.mktemp("texts") / "sent.sqlite"
    entry = attrs.evolve(ENTRY, summary=summary, description=words, links=(words,))
    sent = message(entry=entry, recipient=Recipient(name, address))
    with Ledger(path, "p") as ledger:
        ledger.begin([sent])
        (found,) = ledger.past().last.values()
    assert (found.entry, found.recipient, found.key) == (entry, sent.recipient, sent.key)


def test_a_huge_text_comes_back(path: Path) -> None:
    """Ten megabytes are kept."""
    entry = attrs.evolve(ENTRY, description="é" * 5_000_000)
    with Ledger(path, "p") as ledger:
        ledger.begin([message(entry=entry)])
        (found,) = ledger.past().last.values()
    assert found.entry == entry


def test_time_is_linear_in_what_was_sent(path: Path) -> None:
    """Ten times as many messages take some ten times as long to write and to gather."""
    times = []
    with Ledger(path, "p") as ledger:
        for count in (2_000, 20_000):
            batch = [message(number) for number in range(count)]
            began = time.process_time()
            numbers = ledger.begin(batch)
            ledger.end(numbers, "sent")
            assert len(ledger.past().last) == count
            times.append(time.process_time() - began)
    assert all(late < 25 * early for early, late in pairwise(times))


def test_one_writes_others_read(path: Path) -> None:
    """While somebody sends, others may look; who wants to send, too, is told so."""
    with Ledger(path, "p") as writing:
        writing.end(writing.begin([message()]), "sent")
        assert remembered(path, "p").last
        with pytest.raises(FileFailed, match="somebody else is sending from it: try again"):
            Ledger(path, "p")
    assert not path.with_name(f"{path.name}.lock").exists()
    Ledger(path, "p").__exit__(None, None, None)


def test_a_reader_changes_nothing(path: Path) -> None:
    """A ledger that may not be written is read all the same, and nothing is made beside it."""
    with Ledger(path, "p") as ledger:
        ledger.end(ledger.begin([message()]), "sent")
    path.chmod(0o400)
    before = path.read_bytes()
    assert remembered(path, "p").last
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (before, 0o400)
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    path.write_bytes(b"")
    with pytest.raises(FileFailed, match="it is no ledger"):
        remembered(path, "p")
