"""The command `r2psched`. This module loads no more of the library than a command needs."""

from __future__ import annotations

import gc
import importlib
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COMMANDS", "main"]

COMMANDS = {
    "demo": "Run the main job on the programme of 8 September 2014.",
    "new": "Write a new programme file to fill in.",
    "ids": "Write the ids into a file where they are only derived.",
    "check": "Say what is wrong, doubtful or noteworthy in a programme.",
    "show": "Show a programme as a table and a time line.",
    "capacity": "Count how many interventions fit.",
    "order": "Say who has the floor when, and who is not heard.",
    "plan": "Say what makes a list fit, or how many more it holds.",
    "forecast": "Say who will be heard, and when, with which chance.",
    "shares": "Divide the time of a debate among groups.",
    "list": "Change a list of speakers, and keep its history.",
    "procedures": "Say by which rules bodies run their lists.",
    "agenda": "Write the agenda as an iCalendar file.",
    "schedule": "Write the schedule that conference apps read.",
    "invite": "Say who is to be invited, moved or withdrawn, and send it.",
    "reply": "Read what invited people answered.",
    "publish": "Keep a calendar on a server up to date (CalDAV).",
    "feed": "Write a calendar for each speaker to subscribe to.",
    "lint": "Say what is wrong with calendars and mails.",
}
"""Every command and what it does, in the order in which one meets them."""

# A module of that name would hide Python's own list here.
_MODULES = {"list": "lists"}
_COLLECT_AFTER = 100_000


class _Commands(click.Group):
    """Commands that are loaded when they are called; the list of them needs none."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"r2psched.cli.{_MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's signature
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _print_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001  # click's signature
    if value and not ctx.resilient_parsing:
        from r2psched import __version__  # noqa: PLC0415  # asked for once

        click.echo(f"r2psched {__version__}")
        ctx.exit()


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
def _group() -> None:
    """Plan formal meetings: what a list of speakers can hold, and the calendars.

    Exit status: 0 good; 1 errors in the programme, or a list that does not fit where that was
    asked; 2 wrong use; 3 reading or writing failed, or something was not delivered.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command with these arguments, or those of the process, and exit."""
    # A command is over before much is left to collect, and loading it is a tenth faster.
    gc.set_threshold(_COLLECT_AFTER)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a name shows a question mark, not a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        _group.main(arguments, prog_name="r2psched")
    except OSError as error:
        from r2psched.cli.common import answer_lost  # noqa: PLC0415  # of help and version only

        answer_lost(error)
