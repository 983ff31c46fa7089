"""What the commands share: options, exit codes, the choice of a session, JSON."""

from __future__ import annotations

import functools
import json
from enum import IntEnum
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from r2psched.cli import COMMANDS
from r2psched.errors import FileFailed, InvalidInput, NotHeard, R2PSchedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from r2psched.programme import Programme
    from r2psched.sessions import Session

__all__ = [
    "Exit",
    "as_json",
    "choose_session",
    "file_argument",
    "gently",
    "help_of",
    "print_json",
    "session_option",
]

F = TypeVar("F", bound="Callable[..., Any]")


class Exit(IntEnum):
    """What an exit code means."""

    GOOD = 0
    ERRORS = 1
    WRONG_USE = 2
    FILE_FAILED = 3


def help_of(name: str, more: str = "") -> str:
    """The help of a command: its line in the list of commands, and more."""
    return f"{COMMANDS[name]}\n\n{more}"


file_argument = click.argument("file", metavar="FILE")
as_json = click.option("--json", "json_", is_flag=True, help="Answer in JSON.")
session_option = click.option("--session", metavar="ID", help="The session, by id or title.")


def _leave(error: R2PSchedError) -> NoReturn:
    click.echo(f"r2psched: {error}", err=True)
    if isinstance(error, FileFailed):
        raise SystemExit(Exit.FILE_FAILED) from error
    if isinstance(error, (InvalidInput, NotHeard)):
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

    return run  # type: ignore[return-value]  # wraps keeps the signature


def print_json(answer: dict[str, Any]) -> None:
    """Print an answer as JSON."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))


def choose_session(programme: Programme, name: str | None) -> Session:
    """The session that was named, or the only one that has a list, or the only one.

    Raises:
        UsageError: If there is more than one to choose from; they are named.
    """
    if name is not None:
        return programme[name]
    choice = programme.lists or programme.sessions
    if len(choice) == 1:
        return choice[0]
    what = "lists" if programme.lists else "sessions"
    names = ", ".join(session.id for session in choice)
    msg = f"the programme has {len(choice)} {what}: choose one with --session: {names}"
    raise click.UsageError(msg if choice else "the programme has no sessions")
