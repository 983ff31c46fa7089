"""A list in a CSV file is changed, and nothing is lost: neither bytes, nor changes, nor people."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from r2psched import rulings
from r2psched.blocks import Day
from r2psched.errors import FileFailed, InvalidInput, InvalidValue, MissingExtra, Refused
from r2psched.files import changing, from_dict, locking, read, splitting, write
from r2psched.files.cells import joined, rows_of
from r2psched.files.changing import change
from r2psched.files.exports import export_list
from r2psched.files.history import (
    Closing,
    Stamp,
    append,
    as_closed,
    closing_of,
    digest,
    mend,
    read_history,
)
from r2psched.files.loading import history_file
from r2psched.files.locking import locked
from r2psched.files.rows import changed_rows
from r2psched.files.setting import Setting
from r2psched.files.sources import Source
from r2psched.files.splitting import split
from r2psched.speakers import Inscription, Registration, SpeakerList
from tests.files.telling import HEAD, LIST
from tests.strategies import speaker_lists, zones

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from r2psched.files.history import Entry
    from r2psched.sessions import Session

DAY = Day("2014-09-08", zone="America/New_York")
NOW = Stamp(DAY.at("09:00"), "Mara")
ROWS = "Country,Note\nChile,a\nDenmark,b\nFiji,c\nGhana,d\n"
INLINE = (
    f"# A meeting\n{HEAD}\n[[sessions]]  # first\n"
    'id = "floor"\ntitle    = "Debate"\ntime = "10:00-11:00"\n'
    '[sessions.speakers]\nlimit = "3 min"  # each\n'
    'inscriptions = [\n    "Chile",\n    { delegation = "Fiji", traits = { group = "x" } },\n]\n'
    'note = "kept"\n'
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a programme file whose list stands in a CSV file."""
    path = tmp_path / "meeting.toml"
    path.write_text(LIST, encoding="utf-8")
    path.with_name("speakers.csv").write_text(ROWS, encoding="utf-8")
    return path


def csv(path: Path) -> str:
    """Read the list beside a programme file."""
    return path.with_name("speakers.csv").read_bytes().decode()


def move(path: Path, name: str = "Ghana", to: int = 1, stamp: Stamp = NOW) -> Entry:
    """Move one on the list of a programme file."""
    return change(
        path,
        "dialogue",
        "move",
        lambda session: rulings.move(session, name, to),
        stamp,
        names=[name],
    )


def inscribe(path: Path, name: str, stamp: Stamp = NOW) -> Entry:
    """Inscribe one on the list of a programme file."""
    return change(
        path, "dialogue", "inscribe", lambda session: rulings.inscribe(session, name), stamp
    )


def past(path: Path) -> tuple[Entry, ...]:
    """Read the history of the list of a programme file."""
    return read_history(path.with_name("speakers.csv"))


def test_places(path: Path) -> None:
    """Places go into a column of their own; rows stay as they are, in the order of receipt."""
    entry = move(path)
    assert csv(path) == (
        "Country,Note,place,placed\nChile,a,2,received 1st\nDenmark,b,3,received 2nd\n"
        'Fiji,c,4,received 3rd\nGhana,d,1,"received 4th; moved from 4 to 1"\n'
    )
    assert path.read_text(encoding="utf-8") == LIST
    assert (entry.number, entry.told) == (1, "Ghana moved from 4 to 1")
    assert entry.speakers == ({"id": "ghana", "name": "Ghana", "before": 4, "after": 1},)
    assert past(path) == (entry,)
    again = move(path, "Chile", 1)
    assert csv(path) == (
        'Country,Note,place,placed\nChile,a,1,"received 1st; moved from 2 to 1"\n'
        "Denmark,b,3,received 2nd\nFiji,c,4,received 3rd\n"
        'Ghana,d,2,"received 4th; moved from 4 to 1"\n'
    )
    assert (again.number, again.before) == (2, entry.after)


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "bom"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("last", [True, False], ids=["ended", "open"])
def test_form_stays(path: Path, mark: str, end: str, last: bool) -> None:  # noqa: FBT001  # pytest gives it
    """Marks, ends of lines, quotes, delimiters and columns that mean nothing here stay."""
    rows = ['"Id";"Country"; Note;', "c; Chile ;;", ';"Fiji";"a;""b";', "", ";Peru", "g;Ghana;\t;"]
    before = mark + end.join(rows) + (end if last else "")
    path.with_name("speakers.csv").write_bytes(before.encode())
    change(path, "dialogue", "withdraw", lambda session: rulings.withdraw(session, "Fiji"), NOW)
    new = Inscription("Niger; the", limit="2 min", id="niger", place=None)
    change(path, "dialogue", "inscribe", lambda session: rulings.inscribe(session, new), NOW)
    after = [
        '"Id";"Country"; Note;;limit', "c; Chile ;;", "", ";Peru", "g;Ghana;\t;",
        'niger;"Niger; the";;;2 min',
    ]  # fmt: skip
    assert csv(path) == mark + end.join(after) + end
    assert past(path)[0].left == (';"Fiji";"a;""b";',)
    assert past(path)[0].header == rows[0]


def test_live_cells(path: Path) -> None:
    """What a spreadsheet would compute is guarded, and read as it was."""
    inscribe(path, "=1+1")
    assert csv(path).endswith("Ghana,d\n'=1+1,\n")
    assert "=1+1" in (read(path)["dialogue"].speakers or ())


def test_history_of_all(path: Path) -> None:
    """Each line links the bytes before and behind it, and holds whoever left."""
    for what, apply in (
        ("yield", lambda session: rulings.yield_time(session, ["Chile"], "Fiji")),
        ("pool", lambda session: rulings.pool(session, ["Fiji", "Ghana"], "Islands")),
        ("withdraw", lambda session: rulings.withdraw(session, "Denmark")),
    ):
        limited = LIST.replace("speakers.ins", "speakers.limit = '3 min'\nspeakers.ins")
        path.write_text(limited, encoding="utf-8")
        change(path, "dialogue", what, apply, NOW)
    lines = history_file(path.with_name("speakers.csv")).read_text("utf-8").splitlines()
    trees = [json.loads(line) for line in lines]
    assert [tree["told"] for tree in trees] == [
        "Chile yielded to Fiji, who has 6 min as number 2",
        "Fiji and Ghana make one statement: Fiji (on behalf of Islands), number 2",
        "Denmark withdrew from number 1",
    ]
    assert trees[0]["left"] == ["Chile,a"]
    assert trees[1]["left"] == [
        'Fiji,c,2,"received 3rd; time yielded by Chile",6 min,chile',
        "Ghana,d,3,received 4th",
    ]
    assert trees[1]["header"] == "Country,Note,place,placed,limit,yielded by"
    assert [tree["before"] for tree in trees[1:]] == [tree["after"] for tree in trees[:-1]]
    assert trees[0]["before"] == digest(ROWS.encode())
    assert trees[-1]["after"] == digest(csv(path).encode())
    assert trees[0]["when"] == "2014-09-08T13:00:00Z"
    assert (trees[0]["by"], trees[0]["why"]) == ("Mara", None)


def test_time_of_a_change(path: Path) -> None:
    """A change is told in the zone that is asked for; what is no time is told as it stands."""
    entry = move(path)
    assert entry.when == "2014-09-08T13:00:00Z"
    assert entry.text("Asia/Tokyo") == "1. 2014-09-08 22:00 Ghana moved from 4 to 1 (by Mara)"
    odd = attrs.evolve(entry, when="noon", by=None)
    assert odd.text("UTC") == "1. noon Ghana moved from 4 to 1"


def test_refused(path: Path) -> None:
    """A change that a rule refuses leaves no trace."""
    with pytest.raises(Refused, match="Chile is already inscribed as number 1"):
        inscribe(path, "Chile")
    assert csv(path) == ROWS
    assert not history_file(path.with_name("speakers.csv")).exists()
    assert past(path) == ()


def test_revision(path: Path) -> None:
    """Whoever has not seen the changes before is told them, and changes nothing."""
    first = move(path, stamp=attrs.evolve(NOW, revision=0, why="asked"))
    before = csv(path)
    with pytest.raises(Refused) as caught:
        move(path, "Chile", 4, attrs.evolve(NOW, revision=0))
    assert str(caught.value) == (
        "the list has changed since revision 0 (times of America/New_York):\n"
        "  1. 2014-09-08 09:00 Ghana moved from 4 to 1 (by Mara): asked"
    )
    with pytest.raises(Refused, match="there is no revision 2 yet: the list is at 1"):
        move(path, "Chile", 4, attrs.evolve(NOW, revision=2))
    assert csv(path) == before
    assert past(path) == (first,)
    assert move(path, "Chile", 4, attrs.evolve(NOW, revision=1)).number == 2


def test_edited_outside(path: Path) -> None:
    """A file that was edited by hand is taken as it is, and that is noted."""
    move(path)
    rows = csv(path).replace("Fiji", "Haiti")
    path.with_name("speakers.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(Refused, match=r"revision 1 \(.*\):\n  2\. .* the file was edited outside"):
        move(path, "Haiti", 1, attrs.evolve(NOW, revision=1))
    move(path, "Haiti", 1, attrs.evolve(NOW, revision=2))
    assert [entry.what for entry in past(path)] == ["move", "edited outside", "move"]
    assert [entry.number for entry in past(path)] == [1, 2, 3]
    assert past(path)[1].after == digest(rows.encode())


class Killed(BaseException):
    """The process ended here."""


def killed(*_: object) -> None:
    """End the process."""
    raise Killed


def test_killed_before_the_history(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the process ends before the history is written, nothing has happened."""
    with monkeypatch.context() as patch:
        patch.setattr(changing, "append", killed)
        with pytest.raises(Killed):
            move(path)
    assert (csv(path), past(path)) == (ROWS, ())
    assert move(path).number == 1


@pytest.mark.parametrize(
    ("owner", "name"),
    [(changing, "save"), (Path, "replace"), (os, "fsync")],
    ids=["save", "replace", "fsync"],
)
def test_killed_before_the_list(
    path: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str
) -> None:
    """If the process ends between the two files, the next change notes it and goes on."""
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, killed)
        with pytest.raises(Killed):
            move(path)
    assert csv(path) == ROWS
    assert [entry.told for entry in past(path)] == ["Ghana moved from 4 to 1"]
    move(path, "Fiji")
    assert [entry.told for entry in past(path)] == [
        "Ghana moved from 4 to 1",
        "change 1 was not made",
        "Fiji moved from 3 to 1",
    ]
    assert [entry.after for entry in past(path)][1] == digest(ROWS.encode())


def test_killed_within_a_line(path: Path) -> None:
    """A line of the history that was cut off was not made, and makes way for the next."""
    entry = move(path)
    file = history_file(path.with_name("speakers.csv"))
    whole = file.read_bytes()
    file.write_bytes(whole + whole[: len(whole) // 2])
    assert past(path) == (entry,)
    move(path, "Fiji")
    assert file.read_bytes().startswith(whole)
    assert [each.number for each in past(path)] == [1, 2]


def test_history_without_its_last_line_end(path: Path) -> None:
    """A last line that lacks nothing but its end, as editors leave it, counts and gets its end."""
    entry = move(path)
    file = history_file(path.with_name("speakers.csv"))
    whole = file.read_bytes()
    file.write_bytes(whole.rstrip(b"\n"))
    assert past(path) == (entry,)
    move(path, "Fiji")
    assert file.read_bytes().startswith(whole)
    assert [each.number for each in past(path)] == [1, 2]


LINE = {
    "number": 1,
    "what": "close",
    "told": "",
    "when": "",
    "by": None,
    "why": None,
    "session": None,
    "speakers": [],
    "before": None,
    "after": "",
}


@pytest.mark.parametrize(
    "line",
    [
        *("{}", "[]", "null", "1", "nothing", '{"number": 1}', "[" * 100_000),
        json.dumps(LINE | {"number": 2}),
        json.dumps(LINE | {"closes": "noon"}),
        json.dumps(LINE | {"speakers": [{}]}),
        json.dumps(LINE | {"told": 5}),
        json.dumps(LINE | {"more": 5}),
    ],
    ids=range(12),
)
def test_spoilt_history(path: Path, line: str) -> None:
    """A line that no change wrote is told with its place, and the list is left as it is."""
    history_file(path.with_name("speakers.csv")).write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"speakers\.csv\.history\.jsonl line 1: is no line of"):
        move(path)
    assert csv(path) == ROWS


def test_lock(path: Path) -> None:
    """Who finds the list in somebody else's hands waits, and is told; then has it."""
    file = history_file(path.with_name("speakers.csv"))
    told = pytest.raises(FileFailed, match="somebody else is changing the list: try again")
    with locked(file), told, locked(file, patience=0.1):
        pass
    assert not file.exists()
    assert move(path).number == 1


def test_lock_that_was_removed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty history that was removed, or made anew, while one waited for it is not taken."""
    file = history_file(path.with_name("speakers.csv"))
    take, taken = locking._take, []  # noqa: SLF001  # only here is the moment between the two

    def late(opened: Any) -> None:  # noqa: ANN401  # a file
        take(opened)
        taken.append(opened)
        if len(taken) < 3:
            file.rename(file.with_suffix(f".{len(taken)}"))
        if len(taken) == 2:
            file.touch()

    monkeypatch.setattr(locking, "_take", late)
    with locked(file) as opened:
        assert opened is taken[2]
        assert os.path.samestat(os.fstat(opened.fileno()), file.stat())
    assert not file.exists()


def test_no_folder(tmp_path: Path) -> None:
    """A history that cannot be opened is told by name."""
    with pytest.raises(FileFailed, match="cannot write"), locked(tmp_path / "none" / "x"):
        pass


def test_full_disk(path: Path) -> None:
    """A history that cannot be written keeps the list as it is."""

    class Full:
        name = "speakers.csv.history.jsonl"

        def write(self, _data: bytes) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(FileFailed, match="No space left on device"):
        append(Full(), move(path))  # type: ignore[arg-type]  # it stands for a file


def many(path: Path, who: str) -> None:
    """Inscribe twenty, each in a change of its own, as one of several processes."""
    for number in range(20):
        inscribe(path, f"{who} {number}", attrs.evolve(NOW, by=who))


def test_two_at_once(path: Path) -> None:
    """Two processes that change one list at the same time lose nothing of each other."""
    method = multiprocessing.get_context("spawn")
    people = [method.Process(target=many, args=(path, who)) for who in ("ana", "ben")]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert [each.exitcode for each in people] == [0, 0]
    listed = read(path)["dialogue"].speakers
    assert listed is not None
    assert {who.name for who in listed} == {"Chile", "Denmark", "Fiji", "Ghana"} | {
        f"{who} {number}" for who in ("ana", "ben") for number in range(20)
    }
    entries = past(path)
    assert [entry.number for entry in entries] == list(range(1, 41))
    assert sorted(entry.by or "" for entry in entries) == ["ana"] * 20 + ["ben"] * 20
    assert all(one.after == two.before for one, two in pairwise(entries))


def test_closing(path: Path) -> None:
    """When a list closes stands in the history alone, and the last word counts."""
    rows = path.with_name("speakers.csv")
    listed = SpeakerList(["Chile"], registration=Registration(write_to="us"))
    assert (closing_of(rows), as_closed(listed, rows)) == (None, listed)
    at = DAY.at("10:55")
    entry = change(path, "dialogue", "close", lambda session: rulings.close(session, at), NOW)
    assert (csv(path), entry.before) == (ROWS, entry.after)
    assert (entry.told, entry.closes) == (
        "the list closes at 10:55 on 8 September 2014",
        "2014-09-08T14:55:00Z",
    )
    assert closing_of(rows) == Closing(DAY.at("10:55"))
    assert as_closed(listed, rows).registration == Registration(closes=at, write_to="us")
    move(path)
    assert closing_of(rows) == Closing(DAY.at("10:55"))


def test_reopening(path: Path) -> None:
    """A list that was closed and opened again closes when that was said, or never."""
    rows = path.with_name("speakers.csv")

    def reopen(until: Any) -> Callable[[Session], SpeakerList]:  # noqa: ANN401  # a moment or None
        closed = Registration(closes=DAY.at("10:00"))
        return lambda session: attrs.evolve(rulings.list_of(session), registration=closed).reopen(
            until
        )

    later = DAY.at("15:00")
    entry = change(path, "dialogue", "reopen", reopen(later), NOW)
    assert entry.told == "the list is open again until 15:00 on 8 September 2014"
    assert closing_of(rows) == Closing(later)
    entry = change(path, "dialogue", "reopen", reopen(None), NOW)
    assert entry.told == "the list is open again"
    assert closing_of(rows) == Closing(None)
    assert as_closed(SpeakerList(["Chile"]), rows).registration == Registration()


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "bom"])
def test_split(path: Path, end: str, mark: str) -> None:
    """A list that stands in the programme file is moved beside it; all else there stays."""
    path.write_bytes((mark + INLINE.replace("\n", end)).encode())
    before = read(path)
    file, entry = split(path, "floor", NOW)
    assert file.name == "meeting-floor.csv"
    assert (entry.number, entry.told) == (
        1,
        "2 inscriptions moved from meeting.toml to meeting-floor.csv",
    )
    assert read(path) == before
    start, _, rest = INLINE.partition("[\n    ")
    after = f'{start}"meeting-floor.csv"\n{rest.partition("]")[2].lstrip()}'
    assert path.read_bytes().decode() == mark + after.replace("\n", end)
    assert read_history(file) == (entry,)
    with pytest.raises(InvalidValue, match=r'stands in a file of its own already, "meeting-floor'):
        split(path, "floor", NOW)
    change(path, "floor", "withdraw", lambda session: rulings.withdraw(session, "Fiji"), NOW)
    assert [entry.number for entry in read_history(file)] == [1, 2]


def test_split_of_one(path: Path) -> None:
    """One inscription is told as one."""
    path.write_text(INLINE.replace('    "Chile",\n', ""), encoding="utf-8")
    _, entry = split(path, "floor", NOW)
    assert entry.told == "1 inscription moved from meeting.toml to meeting-floor.csv"


def test_split_that_cannot_be_finished(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the programme file cannot be written, no list is left in the way of the next try."""
    path.write_text(INLINE, encoding="utf-8")

    def full(file: Path, _data: bytes) -> None:
        raise FileFailed(file, "write", "No space left on device")

    monkeypatch.setattr(splitting, "save", full)
    with pytest.raises(FileFailed, match="No space left on device"):
        split(path, "floor", NOW)
    assert path.read_text("utf-8") == INLINE
    assert not list(path.parent.glob("meeting-floor*"))
    monkeypatch.undo()
    assert split(path, "floor", NOW)[1].number == 1


def test_split_of_what_is_changed_meanwhile(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody else writes into the programme file before the list is moved is not lost."""
    path.write_text(INLINE, encoding="utf-8")

    def changed(file: Path) -> AbstractContextManager[object]:
        path.write_text(INLINE + "# mine\n", encoding="utf-8")
        return locked(file)

    monkeypatch.setattr(splitting, "locked", changed)
    with pytest.raises(FileFailed, match="somebody else has changed it: try again"):
        split(path, "floor", NOW)
    assert path.read_text("utf-8") == INLINE + "# mine\n"
    assert not list(path.parent.glob("meeting-floor*"))


TABLES = """\
[sessions.speakers]
limit = "3 min"
[[sessions.speakers.inscriptions]]
delegation = "Chile"
[sessions.speakers.registration]
write_to = "us"
"""


@pytest.mark.parametrize(
    "speakers",
    [
        'speakers = { inscriptions = ["Chile"], limit = "3 min" }',
        'speakers.limit = "3 min"\nspeakers.inscriptions = ["Chile"]',
        'speakers.limit = "3 min"',
        TABLES,
    ],
    ids=range(4),
)
def test_split_of_any_form(path: Path, speakers: str) -> None:
    """However a list is written, it is the same when it is moved."""
    path.write_text(f"{HEAD}[[sessions]]\ntitle = 'Debate'\n{speakers}\n", encoding="utf-8")
    before = read(path)
    split(path, "debate", NOW)
    assert read(path) == before


@settings(max_examples=50)  # each writes four files to the disk
@given(speaker_lists())
def test_split_of_any_list(tmp_path_factory: pytest.TempPathFactory, speakers: SpeakerList) -> None:
    """Whatever a list holds, it is the same when it is moved."""
    folder = tmp_path_factory.mktemp("split")
    path = folder / "x.toml"
    session = {"title": "Debate", "speakers": {"inscriptions": []}}
    plan = from_dict({"id": "x", "title": "X", "zone": "Europe/Zurich", "sessions": [session]})
    debate = attrs.evolve(plan.sessions[0], speakers=speakers)
    write(attrs.evolve(plan, sessions=[debate]), path)
    before = read(path)
    split(path, "debate", NOW)
    assert read(path) == before


def test_split_refuses(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is there is never written over, and what goes wrong leaves all as it was."""
    path.write_text(INLINE, encoding="utf-8")
    there = path.with_name("meeting-floor.csv")
    there.write_text("mine", encoding="utf-8")
    with pytest.raises(FileFailed, match="it is there already: remove or rename it"):
        split(path, "floor", NOW)
    assert there.read_text("utf-8") == "mine"
    there.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(Source, "verify", killed)
        with pytest.raises(Killed):
            split(path, "floor", NOW)
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "tomlkit", None)
        with pytest.raises(MissingExtra, match=r"r2psched\[edit\]"):
            split(path, "floor", NOW)
    assert sorted(each.name for each in path.parent.iterdir()) == ["meeting.toml", "speakers.csv"]
    assert path.read_text("utf-8") == INLINE


def test_list_of_no_file(path: Path) -> None:
    """A list that stands in no CSV file cannot be changed; the remedy is told."""
    path.write_text(INLINE, encoding="utf-8")
    with pytest.raises(InvalidValue) as caught:
        change(path, "floor", "settle", rulings.in_order, NOW)
    assert str(caught.value) == (
        'the list of "Debate" stands in the programme file, which is never rewritten: '
        f"move it to a CSV file with r2psched list {path} split"
    )
    path.write_text(f"{HEAD}[[sessions]]\ntitle = 'Panel'\n", encoding="utf-8")
    with pytest.raises(InvalidValue, match='the session "Panel" has no list of speakers'):
        change(path, "panel", "settle", rulings.in_order, NOW)
    path.write_text("id = 1", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"meeting\.toml: "):
        change(path, "panel", "settle", rulings.in_order, NOW)


def test_list_in_a_workbook(path: Path) -> None:
    """A list in a workbook is refused with what to do."""
    book = path.with_name("speakers.xlsx")
    export_list(book, [Inscription("Chile")], "UTC")
    path.write_text(LIST.replace(".csv", ".xlsx"), encoding="utf-8")
    with pytest.raises(InvalidValue) as caught:
        change(path, "dialogue", "settle", rulings.in_order, NOW)
    assert str(caught.value) == (
        'the list of "Dialogue" stands in a workbook, "speakers.xlsx": save it as CSV, and name '
        "that file in the programme"
    )


def test_what_csv_cannot_hold(path: Path) -> None:
    """What would be read as something else is refused, and nothing is written."""
    with pytest.raises(InvalidValue, match="is half a character: it cannot be written"):
        inscribe(path, "Ha\udc80ti")
    with pytest.raises(InvalidInput, match=r"speakers\.csv row 6: cannot be read as CSV"):
        inscribe(path, "Haiti" * 100_000)
    assert (csv(path), past(path)) == (ROWS, ())


def test_what_would_be_lost(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the file would be read as another list than was meant, nothing is written."""
    same = changed_rows

    def forgetful(text: str, old: Any, new: Any, setting: Setting) -> object:  # noqa: ANN401  # as given
        return same(text, old, new, setting)._replace(text=text)

    monkeypatch.setattr(changing, "changed_rows", forgetful)
    with pytest.raises(InvalidValue, match='"denmark" cannot stand in a CSV file'):
        move(path, "Chile", 2)
    assert (csv(path), past(path)) == (ROWS, ())


@given(speaker_lists(), speaker_lists(), zones, st.data())
def test_any_change(
    tmp_path_factory: pytest.TempPathFactory,
    old: SpeakerList,
    other: SpeakerList,
    zone: str,
    data: st.DataObject,
) -> None:
    """Whatever is changed on whatever list, the file says it, and all other rows stay."""
    file = tmp_path_factory.getbasetemp() / "any.csv"
    export_list(file, old.inscriptions, zone)
    text = file.read_bytes().decode("utf-8-sig")
    fresh = [who for who in other if who.id not in {each.id for each in old}]
    kept = [who for who in old if data.draw(st.booleans())]
    changed = [
        attrs.evolve(who, traits=give.traits, limit=give.limit, level=give.level)
        for who, give in zip(kept, other, strict=False)
    ]
    new = [attrs.evolve(who, place=None) for who in (*fresh, *changed, *kept[len(changed) :])]
    rows = changed_rows(text, old.inscriptions, new, Setting(Day(None, zone=zone)))
    file.write_bytes(rows.text.encode())
    session = {"title": "S", "speakers": {"inscriptions": file.name}}
    tree = {"id": "r", "title": "R", "zone": zone, "sessions": [session]}
    found = from_dict(tree, folder=file.parent).sessions[0].speakers
    assert found is not None
    by_id = {who.id: attrs.evolve(who, id=who.id) for who in new}
    assert {who.id: attrs.evolve(who, id=who.id) for who in found} == by_id
    assert len(rows.left) == len(old) - len(kept)
    same = joined(rows_of(text, ","), ",")
    assert same == text
    if not fresh and new == list(old):
        assert rows.text == text


def test_mend_keeps_whole_lines(path: Path) -> None:
    """Of a history that is sound nothing is taken off."""
    move(path)
    file = history_file(path.with_name("speakers.csv"))
    before = file.read_bytes()
    with locked(file) as history:
        assert [entry.number for entry in mend(history, path.with_name("speakers.csv"))] == [1]
    assert file.read_bytes() == before
