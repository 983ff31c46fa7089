"""Files that one process at a time may change."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING

from r2psched.errors import FileFailed

if TYPE_CHECKING:
    import io
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["locked"]

_PATIENCE = 10.0
_PAUSE = 0.02
_TAKEN = (BlockingIOError, PermissionError)  # what POSIX says of a file that is locked, and Windows
_BEYOND = 1 << 30  # where no byte is, so that a lock of Windows keeps nobody from reading

if sys.platform == "win32":
    import msvcrt

    def _take(file: io.FileIO) -> None:
        file.seek(_BEYOND)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: io.FileIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def locked(
    path: Path, patience: float = _PATIENCE, busy: str = "somebody else is changing the list"
) -> Iterator[io.FileIO]:
    """Open a file for reading and appending that nobody else can open so at the same time.

    It is made if it is not there, and removed again if it stays empty. The system gives the lock
    back when the process ends, however it ends.

    Args:
        path: The file.
        patience: How many seconds to wait for whoever has it.
        busy: What to say if somebody still has it then.

    Raises:
        FileFailed: If it cannot be opened, or somebody else has it all that time.
    """
    file = _opened(path, time.monotonic() + patience, busy)
    try:
        yield file
    finally:
        # On Windows a file cannot be removed as long as it is open.
        with contextlib.suppress(OSError):
            if not os.fstat(file.fileno()).st_size:
                path.unlink()
        file.close()


def _opened(path: Path, until: float, busy: str) -> io.FileIO:
    while True:
        try:
            file = path.open("a+b", buffering=0)
        except OSError as error:
            raise FileFailed(path, "write", error.strerror or str(error)) from error
        try:
            _take(file)
            if _is_there(file, path):
                return file
            file.close()
        except OSError as error:
            file.close()
            taken = isinstance(error, _TAKEN)
            if not taken or time.monotonic() > until:
                told = f"{busy}: try again" if taken else error.strerror or str(error)
                raise FileFailed(path, "write", told) from error
        time.sleep(_PAUSE)


def _is_there(file: io.FileIO, path: Path) -> bool:
    """Whether an open file still has its name: whoever had it before may have removed it."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False
