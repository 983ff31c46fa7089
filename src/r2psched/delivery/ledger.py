"""The ledger: what was sent to whom, in one SQLite file beside the programme.

A message is written down before it is sent, and again when it was: so whatever stops a run, the
next one knows which messages may have arrived, and repeats those with the same SEQUENCE.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from r2psched.delivery.rows import MESSAGES, WRITE, message_of, row_of
from r2psched.errors import FileFailed, shown
from r2psched.files.locking import locked
from r2psched.inviting import Answer, Past

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType
    from typing import Self

    from r2psched.inviting import Message, Sent
    from r2psched.inviting.sent import Key, State

__all__ = ["INVITATIONS", "Ledger", "ledger_path", "remembered"]

INVITATIONS = "invitations"
"""The channel of what is mailed or handed over."""

_VERSION = 1
_PATIENCE = 2.0
_BUSY = "somebody else is sending from it"
_OURS = 0x7232_7073  # "r2ps": tells a ledger from any other file of SQLite
_TABLES = """
CREATE TABLE ledger (programme TEXT NOT NULL);
CREATE TABLE messages (
    number INTEGER PRIMARY KEY,
    channel TEXT NOT NULL,
    method TEXT NOT NULL,
    entry BLOB NOT NULL,
    name BLOB NOT NULL,
    address TEXT NOT NULL,
    role TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    stamp_us INTEGER NOT NULL,
    first INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT
);
CREATE TABLE answers (
    uid TEXT NOT NULL,
    recipient TEXT NOT NULL,
    status TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    stamp_us INTEGER NOT NULL,
    start_us INTEGER,
    end_us INTEGER,
    PRIMARY KEY (uid, recipient)
);
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


def ledger_path(programme_file: Path | str) -> Path:
    """Where the ledger of a programme file stands: beside it.

    >>> ledger_path("r2p-2014.toml").name
    'r2p-2014.toml.sent.sqlite'
    """
    path = Path(programme_file)
    return path.with_name(f"{path.name}.sent.sqlite")


def remembered(path: Path, programme: str, channel: str = INVITATIONS) -> Past:
    """What a ledger remembers; nothing if there is none, and none is made.

    Args:
        path: Its file.
        programme: The id of the programme.
        channel: Of what was sent, this channel.

    Raises:
        FileFailed: If it cannot be read, or is no ledger, or that of another programme.
    """
    if not path.exists():
        return Past()
    with Ledger(path, programme, read_only=True) as ledger:
        return ledger.past(channel)


class Ledger:
    """What was sent to whom; one process at a time may change it, others may read meanwhile.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with Ledger(Path(folder, "sent.sqlite"), "r2p-2014") as ledger:
    ...         ledger.past().last
    {}
    """

    def __init__(self, path: Path, programme: str, *, read_only: bool = False) -> None:
        """Open a ledger, or make one that only its owner may read.

        Args:
            path: Its file.
            programme: The id of the programme.
            read_only: Whether it is only read: it must be there, and stays as it is.

        Raises:
            FileFailed: If it cannot be opened, somebody else has it, it is no ledger, or that of
                another programme.
        """
        self.path = path
        with contextlib.ExitStack() as opened:
            if not read_only:
                beside = path.with_name(f"{path.name}.lock")
                opened.enter_context(locked(beside, _PATIENCE, _BUSY))
            self._rows = opened.enter_context(
                contextlib.closing(self._connect(read_only=read_only))
            )
            with self._failing("read"):
                self._prepare(programme, read_only=read_only)
            with self._failing("write"):
                if not read_only and path.stat().st_mode & 0o077:
                    path.chmod(0o600)
            self._opened = opened.pop_all()

    def _connect(self, *, read_only: bool) -> sqlite3.Connection:
        path = self.path
        # What a crash has left half-written is taken back first, and that is a change.
        crashed = path.with_name(f"{path.name}-journal").exists()
        mode = "ro" if read_only and not crashed else "rw"
        with self._failing("read" if read_only else "write"):
            if not read_only:
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            # SQLite takes ":memory:" and "file:…" for no paths, unless they are absolute.
            uri = f"{path.absolute().as_uri()}?mode={mode}"
            return sqlite3.connect(uri, timeout=_PATIENCE, isolation_level=None, uri=True)

    def _prepare(self, programme: str, *, read_only: bool) -> None:
        rows = self._rows
        if not read_only:
            rows.execute("PRAGMA synchronous = FULL")
        rows.execute("BEGIN" if read_only else "BEGIN IMMEDIATE")
        (version,) = rows.execute("PRAGMA user_version").fetchone()
        (owner,) = rows.execute("PRAGMA application_id").fetchone()
        (tables,) = rows.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not tables and read_only:
            raise FileFailed(self.path, "read", "it is no ledger of r2psched")
        if not tables:
            for statement in _TABLES.split(";"):
                rows.execute(statement)
            rows.execute("INSERT INTO ledger VALUES (?)", [programme])
            rows.execute(f"PRAGMA user_version = {_VERSION}")
            rows.execute(f"PRAGMA application_id = {_OURS}")
        elif owner != _OURS:
            raise FileFailed(self.path, "read", "it is no ledger of r2psched")
        elif version != _VERSION:
            reason = f"it is of version {version}, and this r2psched knows {_VERSION}: update it"
            raise FileFailed(self.path, "read", reason)
        (found,) = rows.execute("SELECT programme FROM ledger").fetchone()
        if found != programme:
            reason = (
                f"it is the ledger of {shown(found)}, not of {shown(programme)}: give the "
                "programme its id back, or name another ledger"
            )
            raise FileFailed(self.path, "read", reason)
        rows.execute("COMMIT")

    @contextlib.contextmanager
    def _failing(self, doing: str) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            reason = str(error)
            if "locked" in reason:
                reason = f"{_BUSY}: try again"
            raise FileFailed(self.path, doing, reason) from error
        except (sqlite3.Error, OSError, ValueError) as error:
            raise FileFailed(
                self.path, doing, getattr(error, "strerror", None) or str(error)
            ) from error

    def __enter__(self) -> Self:
        """Have it open."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self._opened.close()

    def past(self, channel: str = INVITATIONS) -> Past:
        """What everybody may have been sent by a channel; revisions are those of all channels.

        Raises:
            FileFailed: If a row cannot be read.
        """
        with self._failing("read"):
            answers = {
                (uid, recipient): Answer(status, number, at, None if end is None else (start, end))
                for uid, recipient, status, number, at, start, end in self._rows.execute(
                    "SELECT uid, recipient, status, sequence, stamp_us, start_us, end_us"
                    " FROM answers"
                )
            }
            return Past.of(self._sent(channel), answers)

    def _sent(self, channel: str) -> Iterator[tuple[Sent, bool]]:
        for row in self._rows.execute(MESSAGES):
            try:
                yield message_of(row), row[1] == channel
            except (ValueError, TypeError, AttributeError, RecursionError) as error:
                reason = (
                    f"message {row[0]} in it is damaged ({error}): restore a copy of the ledger, "
                    "or name another one"
                )
                raise FileFailed(self.path, "read", reason) from error

    def begin(self, messages: Sequence[Message], channel: str = INVITATIONS) -> list[int]:
        """Write messages down before they are sent, all or none; a repeated one stands already.

        Returns:
            Their numbers.

        Raises:
            FileFailed: If that fails; none may be sent then.
        """
        with self._transaction():
            return [
                message.number or self._rows.execute(WRITE, row_of(message, channel)).lastrowid or 0
                for message in messages
            ]

    def end(self, numbers: Iterable[int], state: State, reason: str | None = None) -> None:
        """Write down what became of messages.

        Args:
            numbers: Of `begin`.
            state: "sent"; "refused" if they certainly did not arrive; "open" if nobody knows.
            reason: Why, where they were not sent.

        Raises:
            FileFailed: If that fails: they then count as open.
        """
        with self._transaction():
            self._rows.executemany(
                "UPDATE messages SET state = ?, reason = ? WHERE number = ?",
                [(state, reason, number) for number in numbers],
            )

    def answered(self, key: Key, answer: Answer) -> None:
        """Write down what a recipient answered; it replaces what they answered before.

        Raises:
            FileFailed: If that fails.
        """
        span = answer.span_us or (None, None)
        row: list[Any] = [*key, answer.status, answer.sequence, answer.stamp_us, *span]
        with self._transaction():
            self._rows.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def fact(self, name: str) -> str | None:
        """Something that the ledger keeps under a name, or None."""
        with self._failing("read"):
            row = self._rows.execute("SELECT value FROM facts WHERE name = ?", [name]).fetchone()
        return None if row is None else row[0]

    def keep(self, facts: Iterable[tuple[str, str | None]]) -> None:
        """Keep facts under their names; None takes one out."""
        with self._transaction():
            for name, value in facts:
                if value is None:
                    self._rows.execute("DELETE FROM facts WHERE name = ?", [name])
                else:
                    self._rows.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", [name, value])

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._failing("write"):
            self._rows.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._rows.execute("COMMIT")
            except BaseException:
                # On a full disk SQLite has done so already.
                if self._rows.in_transaction:
                    self._rows.execute("ROLLBACK")
                raise
