"""Files written whole or not at all."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

from r2psched.errors import FileFailed

__all__ = ["save"]

_BINARY = getattr(os, "O_BINARY", 0)  # which only Windows has


def save(path: Path | str, data: bytes, *, private: bool = False) -> None:
    """Write a file so that a reader finds the old bytes or the new, never a part.

    A link is followed; the mode of a file that was there is kept.

    Args:
        path: Its name.
        data: What it holds.
        private: Whether a new file is for its owner alone.

    Raises:
        FileFailed: If it cannot be written; what was there before is untouched.
    """
    try:
        target = Path(os.path.realpath(path))
        _refuse(target)
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a pipe or device has no half-written state to keep
            return
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
        _replace(target, data, mode, 0o600 if private else 0o666)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileFailed(path, "write", reason) from error


def _refuse(target: Path) -> None:
    if target.is_symlink():
        raise OSError(None, "it is a link that leads back to itself")
    if target.is_dir():
        raise IsADirectoryError(None, "it is a folder")


def _replace(target: Path, data: bytes, mode: int | None, granted: int) -> None:
    name = target.with_name(f".r2psched-{os.getpid():x}-{time.monotonic_ns():x}")
    # The system takes off what the process never grants; only a mode that was there is set.
    handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, granted)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            name.chmod(mode)
        name.replace(target)
    except BaseException:
        name.unlink(missing_ok=True)
        raise
