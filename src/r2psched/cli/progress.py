"""Progress of what takes more than a second, on the terminal and never in the output."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self, TextIO

__all__ = ["Progress"]

_PATIENCE = 1.0
_CLEARED = "\r\x1b[K"


class Progress:
    """Says on a terminal what is being done, once it takes longer than a second.

    Nothing is written if standard error is no terminal, and what was written is wiped at the end.
    """

    def __init__(self, stream: TextIO | None = None, patience: float = _PATIENCE) -> None:
        """Take where to write, by default standard error, and after how many seconds."""
        stream = sys.stderr if stream is None else stream
        self._stream = stream if stream is not None and stream.isatty() else None
        self._doing = ""
        self._shown = False
        self._lock = threading.Lock()
        self._timer = threading.Timer(patience, self._show)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        """Begin to wait."""
        if self._stream is not None:
            self._timer.start()
        return self

    def __call__(self, doing: str) -> None:
        """Take what is done next."""
        with self._lock:
            self._doing = doing
            if self._shown:
                self._write(f"{_CLEARED}{doing} …")

    def _show(self) -> None:
        with self._lock:
            self._shown = True
            self._write(f"{_CLEARED}{self._doing} …")

    def _write(self, text: str) -> None:
        if self._stream is not None:
            self._stream.write(text)
            self._stream.flush()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wipe what was written."""
        self._timer.cancel()
        with self._lock:
            if self._shown:
                self._write(_CLEARED)
            self._stream = None
