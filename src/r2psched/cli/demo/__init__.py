"""`r2psched demo`."""

from __future__ import annotations

import importlib
from importlib import resources
from pathlib import Path

import click

from r2psched.cli.common import folder_for, gently, help_of, tell
from r2psched.files import save

__all__ = ["command"]

_NAME = "r2p-2014.toml"
_STEPS = {
    "check": (),
    "capacity": ("--session", "floor", "--limit", "3 min", "--limit", "4 min"),
    "agenda": (),
}


@click.command("demo", help=help_of("demo", "It writes the programme and its calendar into DIR."))
@click.option("-o", "folder", metavar="DIR", default="r2psched-demo", show_default=True)
@gently
def command(folder: str) -> None:
    """Run the main job: the same commands that a user would give."""
    group = click.get_current_context().parent
    path = Path(folder) / _NAME
    folder_for(path.parent)
    save(path, resources.files(__name__).joinpath(_NAME).read_bytes())
    gap = ""
    for name, options in _STEPS.items():
        arguments = [str(path), *options]
        written = " ".join(f'"{each}"' if " " in each else each for each in arguments)
        tell(f"{gap}$ r2psched {name} {written}")
        module = importlib.import_module(f"r2psched.cli.{name}")
        with module.command.make_context(name, arguments, parent=group) as context:
            module.command.invoke(context)
        gap = "\n"
