"""`r2psched ids`."""

from __future__ import annotations

import click

from r2psched.cli.common import file_argument, gently, help_of
from r2psched.files.ids import add_ids

__all__ = ["command"]


@click.command("ids", help=help_of("ids", "Comments and form of the file stay as they are."))
@file_argument
@gently
def command(file: str) -> None:
    """Add ids to one file."""
    added = add_ids(file)
    if added:
        click.echo(f"wrote {len(added)} id{'' if len(added) == 1 else 's'} into {file}:")
        click.echo("\n".join(f"  {each}" for each in added))
    else:
        click.echo(f"{file} has all its ids")
