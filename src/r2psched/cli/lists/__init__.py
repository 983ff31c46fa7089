"""`r2psched list`: a list of speakers shown and changed, its history kept."""

from __future__ import annotations

import importlib

import click

from r2psched.cli.common import file_argument, help_of

__all__ = ["HOMES", "command"]

HOMES = {
    "show": "answers",
    "history": "answers",
    "split": "answers",
    "export": "answers",
    "inscribe": "verbs",
    "withdraw": "verbs",
    "swap": "verbs",
    "move": "verbs",
    "absent": "verbs",
    "yield": "verbs",
    "pool": "verbs",
    "reply": "verbs",
    "settle": "verbs",
    "close": "verbs",
    "reopen": "verbs",
}
_MORE = """\
FILE is the programme. Its list stands in a CSV file, which is changed in place; what was changed,
when, by whom and why is one line of the history beside it. FILE itself is only ever changed by
split, which moves a list that stands in it to a CSV file.

The exit status is 1 if a rule refuses the change.
"""


class _Verbs(click.Group):
    """What can be done with a list, loaded when it is."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        if cmd_name not in HOMES:
            return None
        module = importlib.import_module(f"{__name__}.{HOMES[cmd_name]}")
        verbs: dict[str, click.Command] = module.VERBS
        return verbs[cmd_name]


@click.group("list", cls=_Verbs, help=help_of("list", _MORE), subcommand_metavar="VERB …")
@file_argument
@click.pass_context
def command(ctx: click.Context, file: str) -> None:
    """Show or change a list."""
    ctx.obj = file
