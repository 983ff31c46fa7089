"""`r2psched order`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from r2psched.blocks import as_zone
from r2psched.cli.common import (
    Exit,
    as_json,
    choose_list,
    counted,
    file_argument,
    gently,
    help_of,
    print_json,
    session_option,
    tell,
)
from r2psched.files import read
from r2psched.views import order_json, order_text, place_json, place_text

if TYPE_CHECKING:
    from r2psched.seating import RunningOrder

__all__ = ["command"]

_MORE = """\
The exit status is 1 if somebody is not heard; with --for, if that speaker is not.
"""


@click.command("order", help=help_of("order", _MORE))
@file_argument
@session_option
@click.option("--for", "name", metavar="NAME", help="The place of one delegation or speaker.")
@click.option("--zone", metavar="ZONE", help="With --for: tell its time in this zone, too.")
@click.option("--why", is_flag=True, help="Say of every place and limit which rule gave it.")
@click.option("-o", "--output", metavar="X", help="Write the running order as .csv or .xlsx.")
@as_json
@gently
def command(  # noqa: PLR0913  # each an option of its own
    file: str,
    session: str | None,
    name: str | None,
    zone: str | None,
    output: str | None,
    *,
    why: bool,
    json_: bool,
) -> None:
    """Seat one list."""
    if zone is not None and name is None:
        msg = "--zone goes with --for"
        raise click.UsageError(msg)
    if output is not None and (name is not None or json_):
        msg = "-o writes the whole order: leave out --for and --json"
        raise click.UsageError(msg)
    programme = read(file)
    chosen = choose_list(programme, session)
    order = chosen.running_order()
    if output is not None:
        _write(output, order, file)
        unheard = bool(order.unheard)
    elif name is None:
        if json_:
            print_json(order_json(programme, chosen))
        else:
            tell(order_text(chosen, why=why))
        unheard = bool(order.unheard)
    else:
        told, name = as_zone(zone or programme.zone), chosen.id_of(name)
        if json_:
            print_json(place_json(programme, chosen, name, told))
        else:
            tell(place_text(chosen, name, told))
        unheard = order.position(name) > len(order)
    if unheard:
        raise SystemExit(Exit.ERRORS)


def _write(output: str, order: RunningOrder, file: str) -> None:
    from r2psched.files.exports import save_table  # noqa: PLC0415  # few orders are written
    from r2psched.files.sources import refuse_a_list  # noqa: PLC0415  # as above
    from r2psched.views.order_rows import ORDER_COLUMNS, order_rows  # noqa: PLC0415  # as above

    rows = order_rows(order)
    refuse_a_list(output, file)
    save_table(output, ORDER_COLUMNS, rows)
    tell(f"wrote {output}: {counted(len(rows), 'row')}")
