"""`r2psched forecast`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from r2psched.blocks import Day, as_zone
from r2psched.cli.common import (
    Exit,
    as_json,
    choose_list,
    counted,
    file_argument,
    gently,
    help_of,
    lang_option,
    print_json,
    refuse_to_replace,
    same_file,
    session_option,
    tell,
)
from r2psched.cli.progress import Progress
from r2psched.errors import InvalidInput, InvalidValue, joined, shown
from r2psched.files import read
from r2psched.files.setting import Setting
from r2psched.views import (
    forecast_json,
    forecast_place_json,
    forecast_place_text,
    forecast_text,
    share_of,
)

if TYPE_CHECKING:
    import pendulum

    from r2psched.forecasting import Forecast
    from r2psched.pace import Pace, Record
    from r2psched.programme import Programme
    from r2psched.sessions import Session

__all__ = ["as_chance", "as_moment", "as_pace", "command", "records_of"]

_CHANCE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,9})?) ?%|(0?\.[0-9]{1,12})")
_DATED = re.compile(r"[0-9]{4}-")
_MORE = """\
Who of the list will be heard and when, how many, and when the list ends: chances and windows of
time, beside what the limits alone say. Before the meeting, or at --now, while it runs.

\b
    r2psched forecast FILE --pace "mean 1.15, spread 0.3"
    r2psched forecast FILE --now 11:20 --done 14
    r2psched forecast FILE --now 11:20 --records log.csv --for Chile

The exit status is 1 if the chance that all are heard is less than --chance; with --for, if that
of this speaker is.
"""


@click.command("forecast", help=help_of("forecast", _MORE))
@file_argument
@session_option
@click.option(
    "--pace", "paced", metavar="PACE", help="A shipped pace, a .toml file, a log, or a few words."
)
@click.option("--now", metavar="TIME", help='The time now: "2014-09-08 11:20", or "11:20".')
@click.option("--done", type=click.IntRange(0), metavar="N", help="The first N are done.")
@click.option("--records", "log", metavar="TABLE", help="The log of the meeting so far.")
@click.option("--tolerance", metavar="LENGTH", help="How long the last of a block may go on.")
@click.option("--speakers", type=click.IntRange(1), metavar="N", help="N speakers, not the list.")
@click.option(
    "--chance",
    "wanted",
    default="90%",
    show_default=True,
    metavar="CHANCE",
    help="The chance that is wanted.",
)
@click.option("--for", "name", metavar="NAME", help="What one delegation or speaker may expect.")
@click.option("--zone", metavar="ZONE", help="With --for: tell its time in this zone, too.")
@click.option("-o", "--output", metavar="X.svg", help="Draw the forecast as a picture.")
@lang_option
@as_json
@gently
def command(  # noqa: PLR0913, PLR0917  # each an option of its own
    file: str,
    session: str | None,
    paced: str | None,
    now: str | None,
    done: int | None,
    log: str | None,
    tolerance: str | None,
    speakers: int | None,
    wanted: str,
    name: str | None,
    zone: str | None,
    output: str | None,
    lang: str | None,
    *,
    json_: bool,
) -> None:
    """Forecast one list."""
    _refuse(
        {
            "--done goes with --now: by when are they?": done is not None and now is None,
            "--records tells who is done: leave out --done": log is not None and done is not None,
            "--speakers counts without names: leave out --records and --for": speakers is not None
            and (log is not None or name is not None),
            "--pace and --records are one log, which would count twice: leave out --pace": log
            is not None
            and paced is not None
            and (log == paced or same_file(log, paced)),
            "--zone goes with --for": zone is not None and name is None,
            "-o draws the whole forecast: leave out --for and --json": output is not None
            and (name is not None or json_),
        }
    )
    chance = as_chance(wanted)
    from r2psched.forecasting import forecast  # noqa: PLC0415  # numpy is not always there
    from r2psched.language import words  # noqa: PLC0415  # whoever asks wrongly needs no words

    with Progress() as progress:
        progress("reading the programme")
        programme = read(file, lang=lang)
        chosen = choose_list(programme, session)
        if not chosen.speakers and speakers is None:
            msg = f"nobody is inscribed in {shown(chosen.title)}: say how many, --speakers 73"
            raise click.UsageError(msg)
        _refuse_output(output, file, log, paced)
        who = None if name is None else chosen.id_of(name)
        moment = None if now is None else as_moment(now, chosen)
        pace, records = as_pace(paced), records_of(log, chosen)
        progress("forecasting the list")
        found = forecast(
            chosen,
            pace,
            records=records,
            done=done,
            now=moment,
            tolerance="0 s" if tolerance is None else tolerance,
            speakers=speakers,
            words=words(programme.lang, programme.invitations.texts),
        )
        reached = found.all_heard if who is None else share_of(found, who)
        progress("trying other limits and hours" if output is None else "drawing")
        answer: str | dict[str, Any]
        if output is not None:
            answer = _drawn(found, output)
        elif who is not None:
            answer = _place(programme, found, who, zone, chance, json_=json_)
        elif json_:
            answer = forecast_json(programme, found, chance)
        else:
            answer = forecast_text(found, chance)
    if isinstance(answer, str):
        tell(answer)
    else:
        print_json(answer)
    if reached < chance:
        raise SystemExit(Exit.ERRORS)


def _refuse(wrong: dict[str, bool]) -> None:
    """Refuse what does not go together."""
    for message, there in wrong.items():
        if there:
            raise click.UsageError(message)


def as_chance(text: str) -> float:
    """Read a chance such as "90 %" or "0.9"."""
    found = _CHANCE.fullmatch(text.strip())
    chance = float(found[1]) / 100 if found and found[1] else float(found[2]) if found else 0.0
    if not 0 < chance < 1:
        msg = f'expected a chance such as "90 %" or "0.9", got {shown(text)}'
        raise InvalidValue(msg)
    return chance


def as_moment(text: str, session: Session) -> pendulum.DateTime | None:
    """Read a time as the programme writes it; without a date if all blocks have the same."""
    days = {block.start.date() for block in session.blocks}
    day = next(iter(days)) if len(days) == 1 else None
    if day is None and not _DATED.match(text.strip()):
        several = f"and the session is on {len(days)} days" if days else "and the session has none"
        msg = f"{shown(text)} has no date, {several}: write it before the time, "
        msg += '--now "2014-09-08 11:20"'
        raise InvalidValue(msg)
    zone = session.blocks[0].zone if session.blocks else "UTC"
    first = Setting(Day(day, zone=zone))
    if day is None or day == session.blocks[-1].end.date():
        return first.moment(text)
    # Of a session over midnight, "00:10" is in the night that it takes, not in the one before.
    refused: InvalidValue | None = None
    for setting in (first, Setting(Day(day.add(days=1), zone=zone))):
        try:
            found = setting.moment(text)
        except InvalidValue as error:
            refused = error
            continue
        if found and session.blocks[0].start <= found < session.blocks[-1].end:
            return found
    if refused is not None:
        raise refused
    return first.moment(text)


def as_pace(text: str | None) -> Pace | None:
    """Read a pace as `forecast --pace` takes it."""
    if text is None:
        return None
    from r2psched.files.paces import pace  # noqa: PLC0415  # many are content with the default

    try:
        return pace(text)
    except InvalidInput as error:
        # Of a file the message names the file; words stand on the command line.
        if error.source is not None:
            raise
        msg = f"--pace {shown(text)}: {joined([str(fault) for fault in error.faults])}"
        raise InvalidValue(msg) from error


def records_of(log: str | None, session: Session) -> tuple[Record, ...]:
    """Read the log of a session."""
    if log is None:
        return ()
    from r2psched.files.records import read_records  # noqa: PLC0415  # most forecasts need no log

    return read_records(log, session)


def _refuse_output(output: str | None, file: str, *others: str | None) -> None:
    """Refuse a picture in the place of what it is drawn from."""
    if output is None:
        return
    if Path(output).suffix.lower() != ".svg":
        msg = f"expected the name of a file that ends in .svg, got {shown(output)}"
        raise InvalidValue(msg)
    refuse_to_replace(output, file, *others)


def _place(  # noqa: PLR0913  # what the answer is of, and how it is told
    programme: Programme,
    found: Forecast,
    who: str,
    zone: str | None,
    chance: float,
    *,
    json_: bool,
) -> str | dict[str, Any]:
    told = as_zone(zone or programme.zone)
    if json_:
        return forecast_place_json(programme, found, who, told, chance)
    return forecast_place_text(found, who, told)


def _drawn(found: Forecast, output: str) -> str:
    from r2psched.files import save  # noqa: PLC0415  # few forecasts are drawn

    save(output, found.picture().encode())
    return f"wrote {output}: {counted(len(found), 'speaker')}"
