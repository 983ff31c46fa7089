"""Files written whole or not at all."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

from r2psched.errors import FileFailed

__all__ = ["save"]

_BINARY = getattr(os, "O_BINARY", 0)  # which only Windows has


def save(
    path: Path | str,
    data: bytes,
    *,
    private: bool = False,
    follow: bool = True,
    modified_ns: int | None = None,
) -> None:
    """Write a file so that a reader finds the old bytes or the new, never a part.

    The mode of a file that was there is kept.

    Args:
        path: Its name.
        data: What it holds.
        private: Whether a new file is for its owner alone.
        follow: Whether a link is followed, and not refused.
        modified_ns: When the file says it was changed, in nanoseconds since the epoch; by default
            as the system has it.

    Raises:
        FileFailed: If it cannot be written; what was there before is untouched.
    """
    try:
        target = Path(os.path.realpath(path) if follow else path)
        _refuse(target, follow=follow)
        if target.exists() and not target.is_file():
            target.write_bytes(data)  # a pipe or device has no half-written state to keep
            return
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
        _replace(target, data, mode, 0o600 if private else 0o666, modified_ns)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileFailed(path, "write", reason) from error


def _refuse(target: Path, *, follow: bool) -> None:
    if target.is_symlink():
        reason = (
            " that leads back to itself" if follow else ", and none is followed here: remove it"
        )
        raise OSError(None, f"it is a link{reason}")
    if target.is_dir():
        raise IsADirectoryError(None, "it is a folder")


def _replace(
    target: Path, data: bytes, mode: int | None, granted: int, modified_ns: int | None
) -> None:
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
        if modified_ns is not None:
            os.utime(name, ns=(modified_ns, modified_ns))
        name.replace(target)
    except BaseException:
        name.unlink(missing_ok=True)
        raise
