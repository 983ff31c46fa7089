"""`r2psched procedures`."""

from __future__ import annotations

import click

from r2psched.cli.common import as_json, gently, help_of, print_json, tell
from r2psched.errors import InvalidInput
from r2psched.files.procedures import procedure, procedures
from r2psched.views import procedure_json, procedure_text, procedures_json, procedures_text

__all__ = ["command"]

_MORE = """\
Without more, every procedure that is shipped:

\b
    r2psched procedures
    r2psched procedures show hrc-panel
    r2psched procedures show our-rules.toml
"""


@click.group("procedures", invoke_without_command=True, help=help_of("procedures", _MORE))
@as_json
@click.pass_context
@gently
def command(context: click.Context, *, json_: bool) -> None:
    """List what is shipped."""
    if context.invoked_subcommand is not None:
        context.obj = json_
    elif json_:
        print_json(procedures_json(procedures()))
    else:
        tell(procedures_text(procedures()))


@command.command("show", help="Explain one, with its sources: its ID, or a FILE.toml of your own.")
@click.argument("name", metavar="ID|FILE.toml")
@as_json
@click.pass_context
@gently
def _show(context: click.Context, name: str, *, json_: bool) -> None:
    try:
        chosen = procedure(name)
    except InvalidInput as error:
        raise InvalidInput(error.faults, error.source or name) from error
    if json_ or context.obj:
        print_json(procedure_json(chosen))
    else:
        tell(procedure_text(chosen))
