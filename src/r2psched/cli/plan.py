"""`r2psched plan`."""

from __future__ import annotations

import click

from r2psched.cli.common import (
    Exit,
    as_json,
    choose_list,
    file_argument,
    gently,
    help_of,
    print_json,
    session_option,
    tell,
)
from r2psched.cli.progress import Progress
from r2psched.files import read
from r2psched.planning import plan
from r2psched.views import plan_json, plan_text

__all__ = ["command"]

_MORE = """\
For a list that is too long, the ways out side by side: a shorter limit, more time, another
block, the cut line, the steps of the procedure. For one that fits, the room for more.

The exit status is 1 if the list fits neither under its limits nor under a step of its procedure.
"""


@click.command("plan", help=help_of("plan", _MORE))
@file_argument
@session_option
@as_json
@gently
def command(file: str, session: str | None, *, json_: bool) -> None:
    """Plan one list."""
    with Progress() as progress:
        progress("reading the programme")
        programme = read(file)
        chosen = choose_list(programme, session)
        found = plan(chosen, observe=progress)
    if json_:
        print_json(plan_json(programme, chosen, found))
    else:
        tell(plan_text(chosen, found))
    if not found.fits:
        raise SystemExit(Exit.ERRORS)
