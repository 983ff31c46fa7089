"""`r2psched capacity`."""

from __future__ import annotations

import re

import click

from r2psched.cli.common import (
    Exit,
    as_json,
    choose_session,
    gently,
    help_of,
    print_json,
    session_option,
    tell,
)
from r2psched.counting import NO_DATE, Capacity, capacity
from r2psched.errors import InvalidValue, shown
from r2psched.files import read
from r2psched.tables import text_of
from r2psched.views import capacity_json, capacity_text

__all__ = ["command"]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
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
def command(  # noqa: PLR0913, PLR0917  # each an option of its own
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
    programme = chosen = by = None
    if file is not None:
        if times:
            msg = "a FILE has times of its own: leave out --time, or FILE"
            raise click.UsageError(msg)
        programme = read(file)
        chosen = choose_session(programme, session)
        if not limits and chosen.limits is None:
            msg = f'the session {shown(chosen.title)} states no limit: give one, --limit "3 min"'
            raise click.UsageError(msg)
        by = None if limits else chosen.limit_cited
        counts = [chosen.capacity(limit, changeover=changeover) for limit in limits or (None,)]
    else:
        counts = _without_file(times, limits, changeover, session)
    if json_:
        answer = capacity_json(
            counts,
            programme=programme,
            session=chosen,
            speakers=speakers,
            position=position,
            by=by,
        )
        print_json(answer)
    else:
        if chosen is not None:
            tell(f"{text_of(chosen.title)}\n")
        dated = chosen is not None
        tell(capacity_text(counts, dated=dated, speakers=speakers, position=position, by=by))
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
    if any(_DATE.search(time) for time in times):
        msg = "without a FILE, --time is a time of any day: leave out the date"
        raise click.UsageError(msg)
    try:
        return [capacity(times, limit, changeover=changeover or "0 s") for limit in limits]
    except InvalidValue as error:
        # Times of any day stand on a date that nobody gave.
        raise InvalidValue(str(error).replace(f"{NO_DATE} ", "")) from error
