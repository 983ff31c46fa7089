"""Large and hostile inputs are read or refused in time that grows with their size."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from r2psched.errors import FileFailed, InvalidInput
from r2psched.files import from_dict, loads, read
from tests.files.telling import HEAD, LIST, session, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MANY = 100_000
BASE = {"id": "a", "title": "A", "zone": "UTC"}
# Generous, since machines differ: whatever is quadratic takes minutes at these sizes.
SECONDS = 20


def _in_time(act: Callable[..., object], *args: object) -> object:
    start = time.perf_counter()
    try:
        return act(*args)
    finally:
        assert time.perf_counter() - start < SECONDS


def _listed(inscriptions: list[Any]) -> dict[str, Any]:
    return BASE | {"sessions": [{"title": "S", "speakers": {"inscriptions": inscriptions}}]}


def _refused(tree: dict[str, Any]) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        _in_time(from_dict, tree)
    return caught.value


def test_many_inscriptions(tmp_path: Path) -> None:
    """A hundred thousand rows are read."""
    rows = "\n".join(f"State {n}" for n in range(MANY))
    (tmp_path / "speakers.csv").write_text(f"Country\n{rows}\n", encoding="utf-8")
    (tmp_path / "meeting.toml").write_text(LIST, encoding="utf-8")
    plan = _in_time(read, tmp_path / "meeting.toml")
    assert len(plan.sessions[0].speakers) == MANY  # type: ignore[attr-defined]


def test_many_faults() -> None:
    """Twenty thousand faults are told, each at its place."""
    error = _refused(_listed([{"delegation": f"S{n}", "limit": n} for n in range(20_000)]))
    assert error.faults[-1].place.endswith('speakers.inscriptions[20000] "S19999": limit')


def test_many_unknown_keys() -> None:
    """Of a hundred thousand unknown keys twenty are told, and the rest counted."""
    error = _refused(BASE | {f"key {n}": n for n in range(MANY)})
    assert len(error.faults) == 21
    assert error.faults[-1].message == "and 99,980 more unknown keys"


def test_many_unknown_keys_in_many_tables() -> None:
    """Misspelt keys in three thousand tables are told in time."""
    error = _refused(_listed([{"delegation": f"S{n}", "limits": 1} for n in range(3_000)]))
    assert len(error.faults) == 3_000


def test_many_of_one_name() -> None:
    """Many of one name are refused with the first of them."""
    error = _refused(_listed(["Chile"] * MANY))
    assert [str(fault) for fault in error.faults] == [
        (
            'sessions[1] "S": speakers: inscriptions 1, 2, 3, 4 and 99,996 more, "Chile", have one '
            'id, "chile": remove one, say for which group it speaks (on_behalf), or give each an '
            "id of its own"
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "x = 1" * 200_000,
        "x = [" + "1:2," * 250_000,
        'x = "' + "a" * 1_000_000,
        "\n" * 1_000_000 + "x",
        "a." * 500_000,
        "x = " + "{a=" * 300_000,
        "x = " + "[" * 1_000_000,
        "[a]\n" * 200_000,
        "x = 1-" + "1" * 1_000_000,
    ],
    ids=range(10),
)
def test_large_texts(text: str) -> None:
    """A megabyte that is no TOML is refused in time, in few words."""
    with pytest.raises(InvalidInput) as caught:
        _in_time(loads, text)
    assert len(str(caught.value)) < 1000


def test_deep_trees() -> None:
    """A tree too deep for any file, or within itself, is refused at its key."""
    deep: list[Any] = []
    for _ in range(MANY):
        deep = [deep]
    looped: list[Any] = []
    looped.append(looped)
    assert told(from_dict, BASE | {"room": deep}) == ["room: is nested too deep"]
    assert told(from_dict, BASE | {"room": looped}) == [
        f"room: expected a text in quotes, got {looped!r}"
    ]


def test_numbers() -> None:
    """A number beyond all sizes is refused without being written out."""
    place = "the number is too large: nothing here is counted so high"
    assert told(from_dict, BASE | {"revision": 10**5000}) == [f"revision: {place}"]


def test_a_thousand_years() -> None:
    """A block may last a thousand years, and no longer than there are dates."""
    (block,) = session('time = "2014-09-08 10:00-3014-09-08 10:00"\n').blocks
    assert block.duration.days == 365_242
    with pytest.raises(InvalidInput, match="expected a time such as"):
        session('time = "10:00-10:00+9999999"\n')


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".", "Is a directory"),
        ("absent", "there is no such file"),
        ("loop", "Too many levels of symbolic links"),
        ("\0", "embedded null"),
        ("meeting.toml/x", "Not a directory"),
    ],
)
def test_no_file(tmp_path: Path, name: str, reason: str) -> None:
    """What is no file is told by its path."""
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "meeting.toml").write_text(HEAD, encoding="utf-8")
    with pytest.raises(FileFailed) as caught:
        read(tmp_path / name)
    told = str(tmp_path / name).replace("\0", "\\x00")
    assert str(caught.value).startswith(f"cannot read {told}: {reason}")


def test_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    """A device that never ends is read up to a bound; an empty one is an empty file."""
    monkeypatch.setattr("r2psched.files.loading._LARGEST", 1 << 20)
    with pytest.raises(FileFailed, match=r"^cannot read /dev/zero: it is larger than 1 MiB$"):
        read("/dev/zero")
    assert len(told(read, "/dev/null")) == 3
