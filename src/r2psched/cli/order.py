"""`r2psched order`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from r2psched.blocks import as_zone
from r2psched.cli.common import (
    Exit,
    as_json,
    choose_list,
    file_argument,
    gently,
    help_of,
    lang_option,
    print_json,
    session_option,
    tell,
)
from r2psched.cli.forms import form_options, write
from r2psched.errors import InvalidValue
from r2psched.files import read
from r2psched.views import order_json, order_text, place_json, place_text

if TYPE_CHECKING:
    from r2psched.cli.forms import Form
    from r2psched.sessions import Session

__all__ = ["command"]

_MORE = """\
With -o a file for others: a page (.html), paper for the podium (.pdf), a text to edit (.md,
.docx), a table (.csv, .xlsx), or the answer of --json (.json).

The exit status is 1 if somebody is not heard; with --for, if that speaker is not.
"""


@click.command("order", help=help_of("order", _MORE))
@file_argument
@session_option
@click.option("--for", "name", metavar="NAME", help="The place of one delegation or speaker.")
@click.option("--zone", metavar="ZONE", help="With --for: tell its time in this zone, too.")
@click.option("--why", is_flag=True, help="Say of every place and limit which rule gave it.")
@form_options
@lang_option
@as_json
@gently
def command(  # noqa: PLR0913, PLR0917  # each an option of its own
    file: str,
    session: str | None,
    name: str | None,
    zone: str | None,
    form: Form,
    lang: str | None,
    *,
    why: bool,
    json_: bool,
) -> None:
    """Seat one list."""
    if zone is not None and name is None:
        msg = "--zone goes with --for"
        raise click.UsageError(msg)
    if form.output is not None and (name is not None or why or json_):
        msg = "-o writes the whole order: leave out --for, --why and --json"
        raise click.UsageError(msg)
    programme = read(file, lang=lang)
    chosen = choose_list(programme, session)
    if form.output is not None:
        # A list whose times cannot be told yet is written all the same.
        write(form, file, programme, chosen)
        heard = _all_heard(chosen)
    elif name is None:
        order = chosen.running_order()
        if json_:
            print_json(order_json(programme, chosen))
        else:
            tell(order_text(chosen, why=why))
        heard = not order.unheard
    else:
        order = chosen.running_order()
        told, name = as_zone(zone or programme.zone), chosen.id_of(name)
        if json_:
            print_json(place_json(programme, chosen, name, told))
        else:
            tell(place_text(chosen, name, told))
        heard = order.position(name) <= len(order)
    if not heard:
        raise SystemExit(Exit.ERRORS)


def _all_heard(session: Session) -> bool:
    """Whether everybody is heard, as far as times can be told yet."""
    try:
        return not session.running_order().unheard
    except InvalidValue:
        return True
