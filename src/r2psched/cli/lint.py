"""`r2psched lint`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from r2psched.cli.common import Exit, as_json, gently, help_of, print_json, tell
from r2psched.errors import FileFailed
from r2psched.files.loading import load
from r2psched.ical.lint import lint
from r2psched.mail import is_calendar, lint_mail
from r2psched.views import lint_json, lint_text

if TYPE_CHECKING:
    from r2psched.findings import Findings

__all__ = ["command"]

_CALENDAR, _MAIL = ".ics", ".eml"
_MORE = """\
Of a folder, every .ics and .eml in it is examined. A file is taken for a calendar if it begins as
one or its name ends in .ics, else for a mail."""


@click.command("lint", help=help_of("lint", _MORE))
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--strict", is_flag=True, help="Let warnings fail, too.")
@as_json
@gently
def command(files: tuple[str, ...], *, strict: bool, json_: bool) -> None:
    """Examine files, one after the other."""
    examined: list[tuple[str, Findings]] = []
    failed: list[FileFailed] = []
    for name in files:
        try:
            examined += [(str(path), _findings(path)) for path in _paths(Path(name))]
        except FileFailed as error:
            failed.append(error)
    if failed and not examined:
        raise failed[0]
    if json_:
        print_json(lint_json(examined))
    else:
        tell(lint_text(examined))
    for each in failed:
        tell(f"r2psched: {each}", err=True)
    if failed:
        raise SystemExit(Exit.FAILED)
    if any(found.errors or (strict and found.warnings) for _, found in examined):
        raise SystemExit(Exit.ERRORS)


def _paths(path: Path) -> list[Path]:
    """The file of a name, or the calendars and mails in the folder of that name."""
    try:
        if not path.is_dir():
            return [path]
        found = sorted(
            each
            for each in path.iterdir()
            if each.suffix.lower() in {_CALENDAR, _MAIL} and each.is_file()
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileFailed(path, "read", reason) from error
    if not found:
        raise FileFailed(path, "read", f"there is no {_CALENDAR} and no {_MAIL} in the folder")
    return found


def _findings(path: Path) -> Findings:
    data = load(path)
    if path.suffix.lower() == _CALENDAR or is_calendar(data):
        return lint(data)
    return lint_mail(data)
