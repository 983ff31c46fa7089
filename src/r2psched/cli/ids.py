"""`r2psched ids`."""

from __future__ import annotations

import click

from r2psched.cli.common import counted, file_argument, gently, help_of, tell
from r2psched.files.ids import add_ids

__all__ = ["command"]


@click.command("ids", help=help_of("ids", "Comments and form of the file stay as they are."))
@file_argument
@gently
def command(file: str) -> None:
    """Add ids to one file."""
    added = add_ids(file)
    if added:
        tell("\n  ".join([f"wrote {counted(len(added), 'id')} into {file}:", *added]))
    else:
        tell(f"{file} has all its ids")
