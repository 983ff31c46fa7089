"""Ids are written into a programme file, and everything else stays as it is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.errors import FileFailed, InvalidInput, MissingExtra, R2PSchedError
from r2psched.files import read, write
from r2psched.files.ids import add_ids
from tests.files.telling import HEAD, LIST
from tests.strategies import programmes

if TYPE_CHECKING:
    from pathlib import Path

    from r2psched.programme import Programme

MEETING = (
    "# A meeting\n"
    f"{HEAD}\n"
    "[[sessions]]  # first\n"
    'title    = "Panel"\n\n'
    "[[sessions]]\n"
    'id = "panel"\n'
    'title = "Debate"\n'
    "[sessions.speakers]\n"
    'inscriptions = [\n    "Chile",  # early\n    { delegation = "Chile", level = "x" },\n'
    '    { delegation = "Fiji", id = "f" },\n]\n'
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the path of a file in an empty folder."""
    return tmp_path / "meeting.toml"


def _ids(plan: Programme) -> list[str | None]:
    found = [session.given_id for session in plan]
    for session in plan.lists:
        found += [who.given_id for who in session.speakers or ()]
    return found


def test_file(path: Path) -> None:
    """Sessions and inscriptions get ids; those that are taken, a number; comments stay."""
    path.write_text(MEETING, encoding="utf-8")
    assert add_ids(path) == ("panel-2", "chile", "chile-2")
    text = path.read_text(encoding="utf-8")
    assert all(kept in text for kept in ("# A meeting\n", "# first\n", "# early\n", "title    ="))
    assert _ids(read(path)) == ["panel-2", "panel", "chile", "chile-2", "f"]


def test_again(path: Path) -> None:
    """Where each has an id nothing is written, and another title afterwards keeps the id."""
    path.write_text(MEETING, encoding="utf-8")
    add_ids(path)
    path.write_text(path.read_text(encoding="utf-8").replace('"Panel"', '"Round table"'), "utf-8")
    before = path.read_bytes()
    assert add_ids(path) == ()
    assert path.read_bytes() == before
    assert read(path).sessions[0].id == "panel-2"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_form_stays(path: Path, mark: str, end: str) -> None:
    """A byte order mark and the ends of lines stay, in the file and in its list."""
    text, rows = mark + LIST.replace("\n", end), f'{mark}Country;Note{end}Chile;"a;b"{end}'
    path.write_bytes(text.encode())
    path.with_name("speakers.csv").write_bytes(rows.encode())
    assert add_ids(path) == ("dialogue", "chile")
    written = path.read_bytes()
    assert written.startswith(f"{mark}id".encode())
    assert written.count(b"\n") == written.count(end.encode())
    assert path.with_name("speakers.csv").read_bytes().decode() == (
        f'{mark}Country;Note;id{end}Chile;"a;b";chile{end}'
    )


def test_list(path: Path) -> None:
    """A list gets a column, or its empty cells filled; ids that are there are taken."""
    path.write_text(LIST, encoding="utf-8")
    rows = path.with_name("speakers.csv")
    rows.write_text("Id,Country\nchile,Fiji\n,Chile\n,Chile\n", encoding="utf-8")
    assert add_ids(path) == ("dialogue", "chile-2", "chile-3")
    assert (
        rows.read_text(encoding="utf-8") == "Id,Country\nchile,Fiji\nchile-2,Chile\nchile-3,Chile\n"
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (MEETING + "limit = 3\n", 'speakers.limit: 3 has no unit: write "3 min" or "3 s"'),
        (LIST, "there is no such file"),
        ("time = 10:00-11:00\n", 'write `time = "10:00-11:00"`'),
    ],
)
def test_not_sound(path: Path, text: str, fault: str) -> None:
    """A file that is not sound is told so under its name, and nothing is written."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        add_ids(path)
    assert caught.value.source == str(path)
    assert str(caught.value).endswith(fault)
    assert path.read_text(encoding="utf-8") == text


def test_unsound_list(path: Path) -> None:
    """A row that is not sound keeps the file and the list as they are."""
    path.write_text(LIST, encoding="utf-8")
    rows = path.with_name("speakers.csv")
    rows.write_text("Country,Limit\nChile,3\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match='row 2, column "Limit": 3 has no unit'):
        add_ids(path)
    assert path.read_text(encoding="utf-8") == LIST
    assert rows.read_text(encoding="utf-8") == "Country,Limit\nChile,3\n"


def test_no_file(path: Path) -> None:
    """A file that is not there is told by name."""
    with pytest.raises(FileFailed, match="there is no such file"):
        add_ids(path)


def test_extra(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the optional part the message says how to install it."""
    monkeypatch.setitem(sys.modules, "tomlkit", None)
    path.write_text(MEETING, encoding="utf-8")
    with pytest.raises(MissingExtra, match=r'pip install "r2psched\[edit\]"'):
        add_ids(path)


@given(programmes())
def test_any_programme(tmp_path_factory: pytest.TempPathFactory, plan: Programme) -> None:
    """Afterwards each has the id that it had, and nothing else has changed."""
    path = tmp_path_factory.getbasetemp() / "ids.toml"
    write(plan, path)
    added = add_ids(path)
    found = read(path)
    assert [session.id for session in found] == [session.id for session in plan]
    assert None not in _ids(found)
    assert len(added) == _ids(plan).count(None)
    assert add_ids(path) == ()


@given(st.integers(0, len(MEETING)), st.integers(0, 30), st.text(max_size=5))
def test_damaged(
    tmp_path_factory: pytest.TempPathFactory, at: int, cut: int, inserted: str
) -> None:
    """A damaged file ends in ids or in a refusal that leaves it as it is."""
    path = tmp_path_factory.getbasetemp() / "damaged.toml"
    before = (MEETING[:at] + inserted + MEETING[at + cut :]).encode("utf-8", "replace")
    path.write_bytes(before)
    try:
        add_ids(path)
    except R2PSchedError:
        after = path.read_bytes()
        if after != before:
            raise
    else:
        assert None not in _ids(read(path))
