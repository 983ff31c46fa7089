"""`r2psched invite`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from r2psched.blocks import to_epoch
from r2psched.cli.choosing import Choice
from r2psched.cli.common import (
    Exit,
    as_json,
    counted,
    file_argument,
    gently,
    help_of,
    ledger_option,
    moment_or_now,
    options,
    print_json,
    session_option,
    tell,
    utc_option,
)
from r2psched.cli.posting import Post, mail_options, refuse_unused
from r2psched.cli.runs import Run
from r2psched.cli.slots import Seated, forecast_options, seated
from r2psched.delivery.ledger import Ledger, ledger_path
from r2psched.durations import as_duration
from r2psched.files import read
from r2psched.inviting import Past, wanted
from r2psched.views.updates import updates_json, updates_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from r2psched.inviting import Message
    from r2psched.views.updates import Told

__all__ = ["command"]

_KINDS = ("slot", "session", "day", "deadline")
_MORE = """\
Who should have which entry now, against what they were sent, gives what brings everybody up to
date: an invitation, an update or a withdrawal for each. Without more nothing is sent or written.

\b
    r2psched invite FILE                          say who would get what, and why
    r2psched invite FILE --eml DIR                write the mails, record nothing
    r2psched invite FILE --handed-over DIR        write .ics files to hand over, record them
    r2psched invite FILE --send --smtp URL        mail them, record them

The exit status is 3 if some were not delivered; they are named, and the next run tries again.
"""


@click.command("invite", help=help_of("invite", _MORE))
@file_argument
@session_option
@click.option("--to", "name", metavar="NAME", help="Only this delegation, person or address.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(_KINDS),
    help="Only entries of this kind; may be given again.",
)
@options(*forecast_options)
@click.option(
    "--threshold",
    metavar="LENGTH",
    help="What moved by less since it was sent is not sent again; 0 s for every change.",
)
@ledger_option
@click.option("--when", metavar="TIME", help="The time of the messages; by default now.")
@utc_option
@click.option("--eml", metavar="DIR", help="Write the mails into a folder; record nothing.")
@click.option("--handed-over", metavar="DIR", help="Write .ics files into a folder; record them.")
@click.option("--by-hand", is_flag=True, help="With --handed-over: only who has no address.")
@click.option("--send", is_flag=True, help="Mail them, and record them.")
@options(*mail_options)
@click.option("--addresses", is_flag=True, help="With --json: tell the addresses, too.")
@as_json
@gently
def command(  # noqa: PLR0913, PLR0917  # each an option of its own
    file: str,
    session: str | None,
    name: str | None,
    kinds: tuple[str, ...],
    threshold: str | None,
    ledger: str | None,
    when: str | None,
    eml: str | None,
    handed_over: str | None,
    *,
    utc: bool,
    by_hand: bool,
    send: bool,
    addresses: bool,
    json_: bool,
    smtp: str | None,
    password_file: str | None,
    per_minute: float | None,
    paced: str | None,
    log: str | None,
    now: str | None,
    chance: str | None,
) -> None:
    """Bring invitations up to date."""
    if sum((eml is not None, handed_over is not None, send)) > 1:
        msg = "--eml, --handed-over and --send are three ways: choose one"
        raise click.UsageError(msg)
    if addresses and not json_:
        msg = "--addresses goes with --json; the table tells them anyway"
        raise click.UsageError(msg)
    if by_hand and handed_over is None:
        msg = "--by-hand goes with --handed-over: mails go to those who have an address anyway"
        raise click.UsageError(msg)
    refuse_unused(send=send, smtp=smtp, password_file=password_file, per_minute=per_minute)
    programme = read(file)
    found = Seated()
    if not kinds or "slot" in kinds:
        found = seated(programme, session, paced=paced, log=log, now=now, chance=chance)
    run = Run(
        programme,
        ledger_path(file) if ledger is None else Path(ledger),
        wanted(programme, found.slots),
        Choice.of(
            programme,
            session=session,
            kinds=kinds,
            name=name,
            addressed=send or eml is not None,
            by_hand=by_hand,
            settled=found.settled,
        ),
        to_epoch(moment_or_now(programme, when))[0],
        programme.invitations.threshold if threshold is None else as_duration(threshold),
        utc,
        f'--pace "{paced}"' if paced is not None else f'--records "{log}"' if log else None,
    )
    run.refuse_without_organiser(file)
    if send:
        post = Post.of(smtp, password_file, per_minute)
        told = _recorded(run, found, partial(_sent, run, post))
    elif handed_over is not None:
        told = _recorded(run, found, partial(_handed_over, run, handed_over))
    else:
        told = _previewed(run, found)
        told = told if eml is None else _mails(told, eml, utc=utc)
    _say(told, json_=json_, addresses=addresses)


def _say(told: Told, *, json_: bool, addresses: bool) -> None:
    if json_:
        print_json(updates_json(told, addresses=addresses))
    else:
        tell(updates_text(told))
    whom: dict[str, list[str]] = {}
    for at, reason in told.reasons.items():
        to = told.updates.messages[at].recipient
        whom.setdefault(reason, []).append(f"{to.name} <{to.address}>")
    for reason, named in whom.items():
        tell(f"not delivered: {', '.join(named)}: {reason}", err=True)
    if told.reasons:
        raise SystemExit(Exit.FAILED)


def _previewed(run: Run, found: Seated) -> Told:
    """Say what is due, and change nothing."""
    if not run.path.exists():
        return run.told(Past(), found)
    with Ledger(run.path, run.programme.id, read_only=True) as ledger:
        return attrs.evolve(run.told(ledger.past(), found), remarks=run.remarks(ledger))


def _recorded(
    run: Run, found: Seated, deliver: Callable[[Sequence[Message], Ledger], dict[str, Any]]
) -> Told:
    """Deliver what is due by some way, which gives what is to be told of it, and record it."""
    remarks = _new(run.path)
    with Ledger(run.path, run.programme.id) as ledger:
        run.refuse_another_organiser(ledger)
        told = run.told(ledger.past(), found)
        remarks += run.remarks(ledger)
        messages = told.updates.messages
        told = attrs.evolve(told, remarks=remarks, **deliver(messages, ledger))
        if len(told.reasons) < len(messages):
            run.keep(ledger, mailed=any(each.recipient.address for each in messages))
    return told


def _sent(run: Run, post: Post, messages: Sequence[Message], ledger: Ledger) -> dict[str, Any]:
    """Mail messages."""
    from r2psched.ical import Letters  # noqa: PLC0415  # only to write

    write = Letters(run.programme, utc=run.utc).write
    reasons = post.deliver(run.programme, messages, ledger, write)
    done = f"sent {counted(len(messages) - len(reasons), 'message')}"
    return {"done": done, "reasons": reasons}


def _handed_over(
    run: Run, folder: str, messages: Sequence[Message], ledger: Ledger
) -> dict[str, Any]:
    """Write messages that are to be handed over."""
    from r2psched.cli.handing import as_calendars  # noqa: PLC0415  # only to write files

    files = as_calendars(run.programme, messages, folder, ledger, utc=run.utc)
    done = f"wrote {counted(len(files), 'file')} into {folder}, to be handed over"
    return {"done": done, "files": files}


def _mails(told: Told, folder: str, *, utc: bool) -> Told:
    """Write what would be mailed."""
    from r2psched.cli.handing import as_mails  # noqa: PLC0415  # only to write files

    files = as_mails(told.programme, told.updates.messages, folder, utc=utc)
    others = {path.name for path in Path(folder).glob("*.eml")} - set(files)
    stale = f"{counted(len(others), 'other mail')} of before in {folder}: remove what is not to go"
    done = f"wrote {counted(len(files), 'mail')} into {folder}; nothing is recorded"
    return attrs.evolve(
        told, done=done, files=files, remarks=[*told.remarks, stale] if others else told.remarks
    )


def _new(path: Path) -> list[str]:
    if path.exists():
        return []
    return [f"{path.name} is a new ledger: nobody counted as invited"]
