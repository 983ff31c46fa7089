"""`r2psched capacity`."""

from __future__ import annotations

import click

from r2psched.cli.common import (
    Exit,
    as_json,
    choose_session,
    gently,
    help_of,
    print_json,
    session_option,
)
from r2psched.counting import Capacity, capacity
from r2psched.files import read
from r2psched.views import capacity_json, capacity_text

__all__ = ["command"]

_MORE = """\
Of a session of FILE, or without a file of some time:

\b
    r2psched capacity --time 10:50-13:00 --time 15:00-17:50 --limit "3 min"
    r2psched capacity --time "1 h" --limit "3 min" --speakers 27

With --speakers or --position, the exit status is 1 if they are heard under none of the limits.
"""


@click.command("capacity", help=help_of("capacity", _MORE))
@click.argument("file", required=False, metavar="[FILE]")
@session_option
@click.option("--time", "times", multiple=True, metavar="TIME", help="A block; may be repeated.")
@click.option("--limit", "limits", multiple=True, metavar="LIMIT", help="May be repeated.")
@click.option("--changeover", metavar="LENGTH", help="The time between two interventions.")
@click.option("--speakers", type=click.IntRange(1, 10**9), metavar="N", help="Do N fit?")
@click.option("--position", type=click.IntRange(1, 10**9), metavar="P", help="When is P's turn?")
@as_json
@gently
def command(  # noqa: PLR0913  # each an option of its own
    file: str | None,
    session: str | None,
    times: tuple[str, ...],
    limits: tuple[str, ...],
    changeover: str | None,
    speakers: int | None,
    position: int | None,
    *,
    json_: bool,
) -> None:
    """Count what fits."""
    programme = chosen = None
    if file is not None:
        if times:
            msg = "a FILE has times of its own: leave out --time, or FILE"
            raise click.UsageError(msg)
        programme = read(file)
        chosen = choose_session(programme, session)
        counts = [chosen.capacity(limit, changeover=changeover) for limit in limits or (None,)]
    else:
        counts = _without_file(times, limits, changeover, session)
    if json_:
        answer = capacity_json(
            counts, programme=programme, session=chosen, speakers=speakers, position=position
        )
        print_json(answer)
    else:
        if chosen is not None:
            click.echo(f"{chosen.title}\n")
        text = capacity_text(counts, dated=chosen is not None, speakers=speakers, position=position)
        click.echo(text)
    if all(count.total < max(speakers or 0, position or 0) for count in counts):
        raise SystemExit(Exit.ERRORS)


def _without_file(
    times: tuple[str, ...], limits: tuple[str, ...], changeover: str | None, session: str | None
) -> list[Capacity]:
    if not times or not limits:
        msg = 'name a FILE, or give --time and --limit: --time 10:00-13:00 --limit "3 min"'
        raise click.UsageError(msg)
    if session is not None:
        msg = "--session belongs to a FILE"
        raise click.UsageError(msg)
    return [capacity(times, limit, changeover=changeover or "0 s") for limit in limits]
