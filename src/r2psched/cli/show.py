"""`r2psched show`."""

from __future__ import annotations

import click

from r2psched.cli.common import as_json, file_argument, gently, help_of, print_json, tell
from r2psched.files import read
from r2psched.views import programme_json, programme_text

__all__ = ["command"]


@click.command("show", help=help_of("show"))
@file_argument
@as_json
@gently
def command(file: str, *, json_: bool) -> None:
    """Show one programme."""
    programme = read(file)
    if json_:
        print_json(programme_json(programme))
    else:
        tell(programme_text(programme))
