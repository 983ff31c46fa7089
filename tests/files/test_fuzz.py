"""Whatever is read ends in a programme or in a refusal that names the place."""

from __future__ import annotations

import copy
import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from r2psched.errors import InvalidInput, R2PSchedError
from r2psched.files import from_dict, loads, read, to_dict
from r2psched.files.writing import to_toml
from tests.strategies import programmes, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest

    from r2psched.programme import Programme

KEYS = [
    "schema",
    "id",
    "title",
    "zone",
    "date",
    "dates",
    "weekday",
    "status",
    "revision",
    "revised",
    "venue",
    "room",
    "sessions",
    "time",
    "speakers",
    "inscriptions",
    "limit",
    "default",
    "on_behalf",
    "categories",
    "traits",
    "reserves",
    "at",
    "every",
    "length",
    "house",
    "ignore",
    "organiser",
    "contacts",
    "name",
    "email",
    "registration",
    "opens",
    "closes",
    "delegation",
]
leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.sampled_from(["", "3 min", "10:00-11:00", "UTC", "2014-09-08", "13:00", "end", "x.csv"])
    | st.text(max_size=8)
    | st.dates()
    | st.times()
    | st.datetimes()
    | st.datetimes(timezones=st.sampled_from([dt.UTC, dt.timezone(dt.timedelta(hours=14))]))
)
keys = st.sampled_from(KEYS) | st.text(max_size=4)
values: st.SearchStrategy[Any] = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=12,
)


def survives(act: Callable[..., Programme], *args: object) -> None:
    """Act, and look at what comes out: a programme, or faults that can be printed."""
    try:
        found = act(*args)
    except InvalidInput as error:
        told = str(error)
        if not error.faults or not told.encode() or "object at 0x" in told:
            raise
    else:
        assert loads(to_toml(to_dict(found))) == found


def _spots(tree: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401  # any plain value
    """Give every table and list with each of its keys."""
    if isinstance(tree, (dict, list)):
        for key in list(tree) if isinstance(tree, dict) else range(len(tree)):
            yield tree, key
            yield from _spots(tree[key])


@given(st.text())
def test_any_text(text: str) -> None:
    """Any text is TOML of a programme or refused."""
    survives(loads, text)


@given(values)
def test_any_tree(tree: object) -> None:
    """Any tree of plain values is a programme or refused."""
    survives(from_dict, tree)


@given(programmes(2), st.data())
def test_any_value_anywhere(plan: Programme, data: st.DataObject) -> None:
    """Any value in place of any value of a sound tree ends in a programme or a refusal."""
    tree = copy.deepcopy(to_dict(plan))
    table, key = data.draw(st.sampled_from(list(_spots(tree))))
    table[key] = data.draw(values)
    survives(from_dict, tree)


@given(programmes(2), keys, values, st.data())
def test_any_key_anywhere(plan: Programme, key: str, value: object, data: st.DataObject) -> None:
    """Any further key in any table ends in a programme or a refusal."""
    tree = copy.deepcopy(to_dict(plan))
    tables = [tree, *(t[k] for t, k in _spots(tree) if isinstance(t[k], dict))]
    data.draw(st.sampled_from(tables))[key] = value
    survives(from_dict, tree)


@given(programmes(2), st.data(), texts(8) | st.sampled_from(['"', "[", "{", "=", "\n", "#", "."]))
def test_damaged_text(plan: Programme, data: st.DataObject, inserted: str) -> None:
    """The text of a programme with a part cut out or put in is read or refused."""
    text = to_toml(to_dict(plan))
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 40))
    survives(loads, text[:at] + inserted + text[at + cut :])


@given(programmes(2), st.data(), st.binary(max_size=6))
def test_damaged_files(
    tmp_path_factory: pytest.TempPathFactory, plan: Programme, data: st.DataObject, inserted: bytes
) -> None:
    """The bytes of a file with a part cut out or put in are read or refused under its name."""
    path = tmp_path_factory.getbasetemp() / "damaged.toml"
    whole = to_toml(to_dict(plan)).encode()
    at = data.draw(st.integers(0, len(whole)))
    path.write_bytes(whole[:at] + inserted + whole[at + data.draw(st.integers(0, 40)) :])
    try:
        read(path)
    except R2PSchedError as error:
        if str(path) not in str(error):
            raise


@given(values)
def test_json(value: object) -> None:
    """What has been read of a tree is plain JSON again."""
    tree = {"id": "a", "title": "A", "zone": "UTC", "description": value}
    try:
        plan = from_dict(tree)
    except InvalidInput as error:
        assert {fault.place[:11] for fault in error.faults} == {"description"}  # noqa: PT017
    else:
        assert json.loads(json.dumps(to_dict(plan), allow_nan=False)) == to_dict(plan)
