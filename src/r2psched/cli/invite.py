"""`r2psched invite`."""

from __future__ import annotations

from pathlib import Path

import click

from r2psched.cli.common import (
    as_json,
    choose_session,
    file_argument,
    gently,
    help_of,
    print_json,
    session_option,
)
from r2psched.errors import FileFailed
from r2psched.files import read, save
from r2psched.ical import invitations
from r2psched.views import invitations_json

__all__ = ["command"]


@click.command("invite", help=help_of("invite", "One file for each recipient."))
@file_argument
@session_option
@click.option("--to", "name", metavar="NAME", help="Only this delegation or speaker.")
@click.option("-o", "folder", metavar="DIR", required=True, help="The folder to write into.")
@click.option("--utc", is_flag=True, help="Write times in UTC, without a time zone.")
@as_json
@gently
def command(
    file: str, session: str | None, name: str | None, folder: str, *, utc: bool, json_: bool
) -> None:
    """Write invitations."""
    programme = read(file)
    chosen = choose_session(programme, session)
    order = chosen.running_order()
    slot = None if name is None else order[name]
    made = [
        each for each in invitations(programme, order, utc=utc) if slot is None or each.slot == slot
    ]
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise FileFailed(folder, "write", str(error)) from error
    for each in made:
        save(Path(folder) / each.filename, each.data)
    unheard = [] if slot else list(order.unheard)
    if json_:
        print_json(invitations_json(programme, folder, made, unheard))
        return
    without = [str(each.slot.inscription) for each in made if each.recipient is None]
    click.echo(f"wrote {len(made)} invitation{'' if len(made) == 1 else 's'} into {folder}")
    if without:
        click.echo(f"without an e-mail address: {len(without)} ({', '.join(without)})")
    if unheard:
        click.echo(f"not heard, so not invited: {len(unheard)}")
