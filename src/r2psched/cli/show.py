"""`r2psched show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from r2psched.cli.common import (
    as_json,
    file_argument,
    gently,
    help_of,
    lang_option,
    print_json,
    tell,
)
from r2psched.cli.forms import form_options, write
from r2psched.files import read
from r2psched.views import programme_json, programme_text

if TYPE_CHECKING:
    from r2psched.cli.forms import Form

__all__ = ["command"]

_MORE = """\
With -o a file for others: a page (.html), a time line with the capacity of each list (.svg), paper
(.pdf), a text to edit (.md, .docx), a table (.csv, .xlsx), or the answer of --json (.json).
"""


@click.command("show", help=help_of("show", _MORE))
@file_argument
@form_options
@click.option("--public", is_flag=True, help="With -o X.svg: without capacity; for publication.")
@lang_option
@as_json
@gently
def command(file: str, form: Form, lang: str | None, *, json_: bool) -> None:
    """Show one programme."""
    if form.output is not None and json_:
        msg = "-o writes a file: leave out --json, or name X.json"
        raise click.UsageError(msg)
    programme = read(file, lang=lang)
    if form.output is not None:
        write(form, file, programme)
    elif json_:
        print_json(programme_json(programme))
    else:
        tell(programme_text(programme))
