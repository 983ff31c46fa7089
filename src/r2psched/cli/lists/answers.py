"""A list shown, its history told, and a list moved out of the programme file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from r2psched.cli.common import (
    as_json,
    choose_list,
    counted,
    gently,
    print_json,
    session_option,
    tell,
)
from r2psched.cli.lists.task import stamped
from r2psched.errors import InvalidValue
from r2psched.files import read
from r2psched.files.changing import numbers
from r2psched.files.exports import export_list
from r2psched.files.history import read_history, unnoted
from r2psched.files.loading import decode, load
from r2psched.files.sources import Source, refuse_a_part
from r2psched.files.splitting import split as move_out
from r2psched.views.changes import (
    change_text,
    changes_json,
    history_text,
    list_json,
    list_text,
)

if TYPE_CHECKING:
    from r2psched.cli.lists.task import Task
    from r2psched.programme import Programme
    from r2psched.sessions import Session

__all__ = ["VERBS"]


def _seen(file: str, programme: Programme, session: Session) -> tuple[Source, int]:
    """A list and its revision, no later than the list: a change outside, not noted yet, counts."""
    source = Source(Path(file), decode(load(file)), programme, session)
    try:
        csv = source.csv()
    except InvalidValue:  # it stands in no CSV file, so it has no history
        return source, 0
    # Whoever names a revision has seen all up to it, so the list is read behind its history.
    past, data = read_history(csv), load(csv)
    missed = unnoted(past, data)
    revision = len(past) if missed is None else missed.number
    return Source.read(file, session.id, {csv: decode(data)}), revision


@click.command("show")
@session_option
@as_json
@click.pass_context
@gently
def _show(context: click.Context, session: str | None, *, json_: bool) -> None:
    """Show who is inscribed, in order, and the revision of the list."""
    file: str = context.obj
    programme = read(file)
    seen, revision = _seen(file, programme, choose_list(programme, session))
    ranks = numbers(seen.session)
    if json_:
        print_json(list_json(seen.programme, seen.session, ranks, revision))
    else:
        tell(list_text(seen.session, ranks, revision, seen.programme.zone))


@click.command("history")
@session_option
@as_json
@click.pass_context
@gently
def _history(context: click.Context, session: str | None, *, json_: bool) -> None:
    """Tell every change: when, what, by whom and why."""
    file: str = context.obj
    programme = read(file)
    chosen = choose_list(programme, session)
    past = read_history(Source.read(file, chosen.id).csv())
    if json_:
        print_json(changes_json(programme, chosen, past, len(past)))
    else:
        tell(history_text(past, programme.zone))


@click.command("split")
@stamped
def _split(task: Task) -> None:
    """Move a list that stands in FILE to a CSV file beside it."""
    _, entry = move_out(task.file, task.session.id, task.stamp)
    if task.json:
        print_json(changes_json(task.programme, task.session, [entry], entry.number))
    else:
        tell(change_text(entry))


@click.command("export")
@session_option
@click.option("-o", "--output", metavar="FILE", required=True, help="A .csv or .xlsx file.")
@click.pass_context
@gently
def _export(context: click.Context, session: str | None, output: str) -> None:
    """Write the whole list, addresses among it, for a spreadsheet."""
    programme = read(context.obj)
    speakers = choose_list(programme, session).speakers
    inscriptions = () if speakers is None else speakers.inscriptions
    refuse_a_part(output, context.obj)
    export_list(output, inscriptions, programme.zone)
    tell(f"wrote {output}: {counted(len(inscriptions), 'inscription')}")


VERBS = {"show": _show, "history": _history, "split": _split, "export": _export}
