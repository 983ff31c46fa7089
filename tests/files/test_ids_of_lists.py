"""Ids of lists in files beside the programme: whose they are, and what stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from r2psched.errors import FileFailed, InvalidInput
from r2psched.files import loads, read, to_dict
from r2psched.files.ids import add_ids
from r2psched.files.locking import locked
from r2psched.files.writing import to_toml
from tests.files.telling import HEAD, LIST, session

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the path of a file in an empty folder, with a list of one beside it."""
    (tmp_path / "speakers.csv").write_bytes(b"Country\nChile\n")
    return tmp_path / "meeting.toml"


def test_shared_list(path: Path) -> None:
    """A list that two sessions name, by whatever way, gets its ids once."""
    again = '[[sessions]]\nid = "b"\ntitle = "B"\nspeakers.inscriptions = "./speakers.csv"\n'
    path.write_text(LIST + again, encoding="utf-8")
    assert add_ids(path) == ("dialogue", "chile")
    assert path.with_name("speakers.csv").read_bytes() == b"Country,id\nChile,chile\n"


def test_list_that_is_changed_meanwhile(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who changes a list while ids are added to it loses nothing: the second is told."""
    path.write_text(LIST, encoding="utf-8")
    csv = path.with_name("speakers.csv")

    def changed(file: Path) -> AbstractContextManager[object]:
        csv.write_bytes(b"Country\nChile\nFiji\n")
        return locked(file)

    monkeypatch.setattr("r2psched.files.ids.locked", changed)
    with pytest.raises(FileFailed, match="somebody else has changed it: try again"):
        add_ids(path)
    assert csv.read_bytes() == b"Country\nChile\nFiji\n"
    assert path.read_text("utf-8") == LIST
    monkeypatch.undo()
    assert add_ids(path) == ("dialogue", "chile", "fiji")


def test_list_that_has_its_ids(path: Path) -> None:
    """A list whose rows have all their ids stays as it is, byte for byte."""
    path.write_text(LIST, encoding="utf-8")
    data = b'"Country";ID\r"Chile";"c"\r\r"Fiji, the";f'
    path.with_name("speakers.csv").write_bytes(data)
    assert add_ids(path) == ("dialogue",)
    assert path.with_name("speakers.csv").read_bytes() == data


def test_line_ends_of_a_list(path: Path) -> None:
    """Old line ends, quotes, blank rows and a missing last line end stay."""
    path.write_text(LIST, encoding="utf-8")
    path.with_name("speakers.csv").write_bytes(b'Country,Note\r"Chile"\r\rFiji,"a\nb"')
    assert add_ids(path) == ("dialogue", "chile", "fiji")
    assert path.with_name("speakers.csv").read_bytes() == (
        b'Country,Note,id\r"Chile",,chile\r\rFiji,"a\nb",fiji'
    )


def test_mixed_line_ends(path: Path) -> None:
    """Where a file mixes its line ends, every line keeps its own."""
    path.write_bytes(LIST.replace("\n", "\r\n", 2).encode())
    add_ids(path)
    assert path.read_bytes().startswith(LIST.replace("\n", "\r\n", 2).encode())


def test_linked_programme(path: Path, tmp_path: Path) -> None:
    """A linked file is written where it lies, and its list is sought beside the link."""
    store = tmp_path / "store"
    store.mkdir()
    (store / "kept.toml").write_text(LIST, encoding="utf-8")
    path.symlink_to(store / "kept.toml")
    assert add_ids(path) == ("dialogue", "chile")
    assert path.is_symlink()
    assert 'id = "dialogue"' in (store / "kept.toml").read_text(encoding="utf-8")


def test_first_keeps_its_id(path: Path) -> None:
    """The first of a name keeps the id it had, also where a number would have taken it."""
    titles = ("Panel", "Panel", "Panel 2")
    listed = "".join(f'[[sessions]]\ntitle = "{title}"\n' for title in titles)
    path.write_text(HEAD + listed, encoding="utf-8")
    assert add_ids(path) == ("panel", "panel-3", "panel-2")


def test_nobody_gets_no_id(path: Path) -> None:
    """A row of nobody gets no id; it is told, and nothing is written."""
    path.write_text(LIST, encoding="utf-8")
    data = b"Country,Level\nChile,\n,minister\n"
    path.with_name("speakers.csv").write_bytes(data)
    with pytest.raises(InvalidInput, match="row 3: an inscription needs a delegation"):
        add_ids(path)
    assert path.with_name("speakers.csv").read_bytes() == data
    assert path.read_text(encoding="utf-8") == LIST


def test_many_of_one_name(path: Path) -> None:
    """Twenty thousand of one name are numbered without looking at each number again."""
    path.write_text(LIST, encoding="utf-8")
    path.with_name("speakers.csv").write_text("Country\n" + "Chile\n" * 20_000, encoding="utf-8")
    assert add_ids(path)[-1] == "chile-20000"
    assert read(path).sessions[0].speakers is not None


def test_keys_that_name_tables() -> None:
    """A category may bear the name of a table of the file."""
    limits = '{ default = "3 min", categories = { sessions = "2 min", reserves = "1 min" } }'
    plan = loads(f'{HEAD}[[sessions]]\ntitle = "A"\nspeakers.limit = {limits}\n')
    assert loads(to_toml(to_dict(plan))) == plan


def test_dotted_tables() -> None:
    """A limit may be written with dots as well as in braces."""
    dotted = session('speakers.limit.default = "3 min"\nspeakers.limit.on_behalf = "5 min"\n')
    braces = session('speakers.limit = { default = "3 min", on_behalf = "5 min" }\n')
    assert dotted == braces
