"""What the commands share: options, exit codes, the choice of a session, JSON."""

from __future__ import annotations

import errno
import functools
import io
import sys
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from r2psched.cli import COMMANDS
from r2psched.errors import (
    DeliveryFailed,
    FileFailed,
    InvalidInput,
    NotHeard,
    R2PSchedError,
    Refused,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pendulum

    from r2psched.delivery.secrets import Secret
    from r2psched.programme import Programme
    from r2psched.sessions import Session

__all__ = [
    "Exit",
    "answer_lost",
    "as_json",
    "choose_list",
    "choose_session",
    "counted",
    "file_argument",
    "folder_for",
    "gently",
    "help_of",
    "lang_option",
    "ledger_option",
    "moment_or_now",
    "options",
    "password_of",
    "password_option",
    "print_json",
    "refuse_to_replace",
    "same_file",
    "session_option",
    "tell",
    "user_name",
    "utc_option",
]

F = TypeVar("F", bound="Callable[..., Any]")


# The no-break space, and what joins or parts the letters of Persian and Hindi names.
_HARMLESS = "\n\u00a0\u200c\u200d"


class Exit(IntEnum):
    """What an exit code means."""

    GOOD = 0
    ERRORS = 1
    WRONG_USE = 2
    FAILED = 3


def help_of(name: str, more: str = "") -> str:
    """The help of a command: its line in the list of commands, and more."""
    return f"{COMMANDS[name]}\n\n{more}"


file_argument = click.argument("file", metavar="FILE")
as_json = click.option("--json", "json_", is_flag=True, help="Answer in JSON.")
ledger_option = click.option(
    "--ledger", metavar="PATH", help="The ledger of what was sent; FILE.sent.sqlite."
)
utc_option = click.option("--utc", is_flag=True, help="Write times in UTC, without a time zone.")
password_option = click.option(
    "--password-file",
    metavar="FILE",
    help="The file with the password, which nobody else may read.",
)
lang_option = click.option(
    "--lang", metavar="LANG", help='The language, such as "fr"; by default that of the file.'
)
session_option = click.option("--session", metavar="ID", help="The session, by id or title.")


def options(*those: Callable[[F], F]) -> Callable[[F], F]:
    """Give a command options that several commands have, in this order."""

    def given(command: F) -> F:
        for option in reversed(those):
            command = option(command)
        return command

    return given


def tell(text: str | bytes, *, err: bool = False) -> None:
    """Print lines with nothing in them that could steer a terminal, or octets as they are.

    Raises:
        OSError: If they cannot be printed.
    """
    if sys.stdout is None and not err:
        raise OSError(errno.EBADF, "standard output is closed")
    if isinstance(text, str) and not _prints(text):
        text = "".join(c if c.isprintable() or c in _HARMLESS else "\ufffd" for c in text)
    click.echo(text, err=err, nl=isinstance(text, str))


def _prints(text: str) -> bool:
    return text.replace("\n", "").isprintable()


def print_json(answer: dict[str, Any]) -> None:
    """Print an answer as JSON, with whatever does not print, or not here, as escapes of JSON."""
    import json  # noqa: PLC0415  # most answers are text

    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    universal = encoding.lower().startswith("utf")
    text = json.dumps(answer, ensure_ascii=not universal, indent=2)
    if not _prints(text):
        text = "".join(c if _prints(c) else json.dumps(c)[1:-1] for c in text)
    tell(text)


def answer_lost(error: OSError) -> NoReturn:
    """Leave since the answer could not be printed; quietly if nobody reads it any more."""
    if error.errno != errno.EPIPE:
        tell(f"r2psched: cannot write: {error.strerror or error}", err=True)
    # What is left in the buffer would fail again at the exit of Python.
    sys.stdout = io.StringIO()
    raise SystemExit(Exit.FAILED) from error


def _leave(error: R2PSchedError) -> NoReturn:
    tell(f"r2psched: {error}", err=True)
    if isinstance(error, (FileFailed, DeliveryFailed)):
        raise SystemExit(Exit.FAILED) from error
    if isinstance(error, (InvalidInput, NotHeard, Refused)):
        raise SystemExit(Exit.ERRORS) from error
    raise SystemExit(Exit.WRONG_USE) from error


def gently(command: F) -> F:
    """Turn every error of the library into a message and an exit code."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # a command's own
        try:
            return command(*args, **kwargs)
        except R2PSchedError as error:
            _leave(error)
        except OSError as error:
            answer_lost(error)

    return run  # type: ignore[return-value]  # wraps keeps the signature


def counted(number: int, name: str) -> str:
    """A number and what it counts: "1 event", "2 events"."""
    return f"{number} {name}{'' if number == 1 else 's'}"


def folder_for(path: Path, *, private: bool = False) -> None:
    """Make a folder to write into.

    Args:
        path: The folder.
        private: Whether, if it is new, nobody else may look into it.

    Raises:
        FileFailed: If it cannot be made.
    """
    try:
        path.mkdir(mode=0o700 if private else 0o777, parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileFailed(path, "write", reason) from error


def same_file(one: Path | str, two: Path | str) -> bool:
    """Whether two names are those of one file, which is there."""
    from pathlib import Path  # noqa: PLC0415  # few commands compare files

    try:
        return Path(one).samefile(two)
    except (OSError, ValueError):
        return False


def refuse_to_replace(output: Path | str, file: str, *others: str | None) -> None:
    """Refuse to write over what a programme is read from.

    Args:
        output: Where something is to be written.
        file: The programme file, which is sound.
        others: Further files that are read.

    Raises:
        UsageError: If it is one of them.
        FileFailed: If it is a file that the programme names.
    """
    from r2psched.files.sources import refuse_a_part  # noqa: PLC0415  # few answers are written

    for each in filter(None, (file, *others)):
        if same_file(output, each):
            msg = f"{output} would replace what is read from {each}: name another file"
            raise click.UsageError(msg)
    refuse_a_part(output, file)


def moment_or_now(programme: Programme, text: str | None) -> pendulum.DateTime:
    """A moment as it was written, in the zone of the programme, or else the time now."""
    from r2psched.blocks import from_epoch, to_epoch  # noqa: PLC0415  # few commands ask the time
    from r2psched.files.sources import setting_of  # noqa: PLC0415  # few commands ask the time

    stated = None if text is None else setting_of(programme).moment(text)
    if stated is not None:
        return stated
    import datetime as dt  # noqa: PLC0415  # only where no time is named

    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    return from_epoch(to_epoch(now)[0], programme.zone)


def password_of(server: str, user: str | None, variable: str, file: str | None) -> Secret | None:
    """The password of a user of a server: of the environment, a file or the keyring.

    Raises:
        R2PSchedError: If where it stands is not good for anything.
    """
    import os  # noqa: PLC0415  # few commands log in anywhere
    from pathlib import Path  # noqa: PLC0415  # few commands log in anywhere

    from r2psched.delivery.secrets import password_for  # noqa: PLC0415  # only to log in

    path = None if file is None else Path(file)
    return password_for(server, user, environment=os.environ, variable=variable, file=path)


def user_name() -> str | None:
    """Who is logged in, or None if nobody knows."""
    import getpass  # noqa: PLC0415  # only where nobody is named

    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return None


def choose_session(programme: Programme, name: str | None) -> Session:
    """The session that was named, or the only one that has a list, or the only one.

    Raises:
        UsageError: If there is more than one to choose from; they are named.
    """
    if name is not None:
        return programme[name]
    if programme.lists:
        return _only("lists", programme.lists)
    return _only("sessions", programme.sessions)


def choose_list(programme: Programme, name: str | None) -> Session:
    """The session that was named, or the only one that has a list.

    Raises:
        UsageError: If there is more than one to choose from; they are named.
    """
    return programme[name] if name is not None else _only("lists", programme.lists)


def _only(what: str, choice: Sequence[Session]) -> Session:
    if len(choice) == 1:
        return choice[0]
    if not choice:
        msg = "no session of the programme has a list of speakers: write [sessions.speakers]"
        raise click.UsageError(msg if what == "lists" else "the programme has no sessions")
    names = ", ".join(session.id for session in choice)
    msg = f"the programme has {len(choice)} {what}: choose one with --session: {names}"
    raise click.UsageError(msg)
