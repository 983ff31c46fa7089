"""Programmes as trees, as TOML and as files are read back equal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from r2psched.errors import FileFailed
from r2psched.files import from_dict, loads, read, to_dict, write
from r2psched.files.writing import to_toml
from r2psched.programme import Programme
from tests.files.telling import programme, told
from tests.strategies import programmes

if TYPE_CHECKING:
    from pathlib import Path


@given(programmes())
def test_trees(plan: Programme) -> None:
    """A tree survives JSON, is read back as the programme that it was made of, and made again."""
    tree = to_dict(plan)
    assert from_dict(json.loads(json.dumps(tree, allow_nan=False))) == plan
    assert to_dict(from_dict(tree)) == tree


@given(programmes())
def test_files(tmp_path_factory: pytest.TempPathFactory, plan: Programme) -> None:
    """A written file, and the TOML that it holds, is read back equal."""
    path = tmp_path_factory.getbasetemp() / "written.toml"
    write(plan, path)
    assert read(path) == plan
    text = path.read_text(encoding="utf-8")
    assert text == to_toml(to_dict(plan))
    assert loads(text) == plan


def test_schema_stands_first() -> None:
    """A tree says which schema it follows, and what has its default is left out."""
    tree = to_dict(Programme("a", "A", zone="UTC"))
    assert next(iter(tree.items())) == ("schema", 1)
    assert tree == {"schema": 1, "id": "a", "title": "A", "zone": "UTC"}


@pytest.mark.parametrize(
    ("schema", "shown"), [("2", "2"), ("'1'", '"1"'), ("true", "True"), ("[1]", "[1]")]
)
def test_other_schemas(schema: str, shown: str) -> None:
    """A file of another schema is refused."""
    assert told(programme, f"schema = {schema}\n") == [f"schema: expected 1, got {shown}"]


def test_file_reads_like_one_written_by_hand(tmp_path: Path) -> None:
    """A written file has tables for sessions, one line for a short value, and ends its line."""
    path = tmp_path / "meeting.toml"
    write(programme("venue = 'Town hall'\n", "time = '10:00-11:00'\n"), path)
    assert path.read_text(encoding="utf-8") == (
        'schema = 1\nid = "hearing"\ntitle = "Hearing"\nzone = "America/New_York"\n'
        'date = "2014-09-08"\nvenue = "Town hall"\n\n[[sessions]]\ntitle = "Dialogue"\n'
        'time = ["10:00-11:00"]\n'
    )


def test_half_a_character_is_not_written(tmp_path: Path) -> None:
    """A text that no file can hold leaves no file, and is shown."""
    path = tmp_path / "meeting.toml"
    with pytest.raises(FileFailed) as caught:
        write(Programme("a", "A \ud800", zone="UTC"), path)
    assert str(caught.value).startswith(f'cannot write {path}: "')
    assert str(caught.value).endswith('A \\ud800" holds half a character')
    assert list(tmp_path.iterdir()) == []
