"""A file is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from r2psched.errors import FileFailed
from r2psched.files import save


def _refused(path: Path) -> str:
    with pytest.raises(FileFailed) as caught:
        save(path, b"new")
    assert caught.value.path == path
    return str(caught.value)


def test_new_file(tmp_path: Path) -> None:
    """A new file has the mode that any new file has."""
    path = tmp_path / "a.toml"
    mask = os.umask(0o027)
    try:
        save(path, b"new")
    finally:
        os.umask(mask)
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_mode_is_kept(tmp_path: Path) -> None:
    """The mode of a file that was there stays."""
    path = tmp_path / "a.toml"
    path.write_bytes(b"old")
    path.chmod(0o604)
    save(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o604


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_failing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """A write that fails leaves the old file, and nothing beside it."""
    path = tmp_path / "a.toml"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(step, fail)
    assert _refused(path) == f"cannot write {path}: No space left on device"
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("a.toml", b"old")]


def test_link_is_followed(tmp_path: Path) -> None:
    """Through a link its file is written, and the link stays."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "a").symlink_to("folder/b")
    save(tmp_path / "a", b"new")
    assert (tmp_path / "a").is_symlink()
    assert (tmp_path / "folder" / "b").read_bytes() == b"new"


def test_refused(tmp_path: Path) -> None:
    """A folder, a link to itself and a name that no file can have are refused by name."""
    (tmp_path / "loop").symlink_to("loop")
    assert _refused(tmp_path) == f"cannot write {tmp_path}: it is a folder"
    loop = tmp_path / "loop"
    assert _refused(loop) == f"cannot write {loop}: it is a link that leads back to itself"
    absent = tmp_path / "absent" / "a"
    assert _refused(absent) == f"cannot write {absent}: No such file or directory"
    assert "embedded null" in _refused(tmp_path / "\0")


def test_device() -> None:
    """What is no file, such as a device, is written into and not replaced."""
    null = Path(os.devnull)
    save(null, b"new")
    assert null.is_char_device()
