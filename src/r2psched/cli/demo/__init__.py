"""`r2psched demo`."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

from r2psched.checks import check
from r2psched.cli.common import gently, help_of
from r2psched.errors import FileFailed
from r2psched.files import read, save
from r2psched.ical import agenda
from r2psched.views import capacity_text, findings_text

__all__ = ["command"]

_NAME = "r2p-2014.toml"


@click.command("demo", help=help_of("demo", "It writes the programme and its calendar into DIR."))
@click.option("-o", "folder", metavar="DIR", default="r2psched-demo", show_default=True)
@gently
def command(folder: str) -> None:
    """Run the main job."""
    path = Path(folder) / _NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise FileFailed(folder, "write", str(error)) from error
    save(path, resources.files(__name__).joinpath(_NAME).read_bytes())
    programme = read(path)
    floor = programme["floor"]
    click.echo(f"$ r2psched check {path}\n{findings_text(check(programme))}\n")
    click.echo(f'$ r2psched capacity {path} --session floor --limit "3 min" --limit "4 min"')
    click.echo(capacity_text([floor.capacity("3 min"), floor.capacity("4 min")]) + "\n")
    calendar = path.with_suffix(".ics")
    save(calendar, agenda(programme))
    click.echo(f"$ r2psched agenda {path}\nwrote {calendar}")
