"""`r2psched reply`."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import click

from r2psched.cli.common import (
    Exit,
    as_json,
    gently,
    help_of,
    ledger_option,
    options,
    print_json,
    tell,
)
from r2psched.cli.posting import Post, mail_options, refuse_unused
from r2psched.cli.replying import STDIN, Applying, Came, Home, home_of, homes_here
from r2psched.delivery.ledger import ledger_path
from r2psched.errors import FileFailed, InvalidInput, InvalidValue, shown
from r2psched.files.loading import load
from r2psched.ical.answering import read_answer
from r2psched.inviting import Reply, Verdict
from r2psched.mail.reading import CalendarPart, calendars_of, is_calendar, read_mail
from r2psched.views import replies_json, replies_text
from r2psched.views.replies import Read

__all__ = ["command"]

_MOST = 4 * 2**20
_MORE = """\
MESSAGE is the mail (.eml) or the calendar (.ics) that a recipient sent, or - for standard input.
Says who answered what, the change of the list that follows, and the answer that is due. Nothing is
changed or recorded without --apply.

\b
    r2psched reply MESSAGE                      say what follows
    r2psched reply MESSAGE --apply              change the list, record the answer
    r2psched reply MESSAGE --apply --send       mail the answers that are due, too

Without --programme it is the one in this folder that sent the invitation. The exit status is 1 if
a message was refused, 3 if a file could not be read or an answer was not delivered.
"""


@click.command("reply", help=help_of("reply", _MORE))
@click.argument("messages", metavar="MESSAGE...", nargs=-1, required=True)
@click.option("--programme", metavar="FILE", help="The programme that invited.")
@options(ledger_option)
@click.option("--apply", is_flag=True, help="Change the list, and record the answers.")
@click.option("--eml", metavar="DIR", help="Write the mails that are due; record none.")
@click.option("--handed-over", metavar="DIR", help="Write what is due as .ics files; record them.")
@click.option("--send", is_flag=True, help="Mail what is due, and record it.")
@options(*mail_options)
@click.option("--by", metavar="WHO", help="With --apply: who does it; by default your login name.")
@click.option("--why", metavar="REASON", help="With --apply: why; by default what was answered.")
@click.option("--when", metavar="TIME", help="When; by default now.")
@click.option("--addresses", is_flag=True, help="With --json: tell the addresses, too.")
@as_json
@gently
def command(  # noqa: PLR0913  # each an option of its own
    messages: tuple[str, ...],
    *,
    programme: str | None,
    ledger: str | None,
    eml: str | None,
    handed_over: str | None,
    send: bool,
    smtp: str | None,
    password_file: str | None,
    per_minute: float | None,
    by: str | None,
    why: str | None,
    when: str | None,
    apply: bool,
    addresses: bool,
    json_: bool,
) -> None:
    """Read what recipients answered."""
    _refuse_mixed(programme, ledger, [eml, handed_over, send or None], apply=apply)
    _refuse_idle({"--by": by, "--why": why}, apply=apply)
    refuse_unused(send=send, smtp=smtp, password_file=password_file, per_minute=per_minute)
    if addresses and not json_:
        msg = "--addresses goes with --json; the text tells them anyway"
        raise click.UsageError(msg)
    post = Post.of(smtp, password_file, per_minute) if send else None
    folder = eml if handed_over is None else handed_over
    how = Applying(None if folder is None else Path(folder), eml is not None, post, by, why, when)
    came = _all_came(messages)
    with contextlib.ExitStack() as opened:
        homes = _homes(opened, programme, ledger, came, read_only=not apply)
        read = [
            Read(each.name, Verdict("refused", home if isinstance(home, str) else ""), each.reply)
            for each, home in zip(came, homes, strict=True)
        ]
        for home in {id(each): each for each in homes if isinstance(each, Home)}.values():
            places = [at for at, each in enumerate(homes) if each is home]
            theirs = [came[at] for at in places]
            judged = home.judged(theirs, when, why)
            done = how.apply(home, judged, theirs) if apply else judged
            for at, each in zip(places, done, strict=True):
                read[at] = each
    if json_:
        print_json(replies_json(read, applied=apply, addresses=addresses))
    else:
        tell(replies_text(read, applied=apply))
    if any(each.failed for each in read) or any(each.unread for each in came):
        raise SystemExit(Exit.FAILED)
    if any(each.verdict.outcome == "refused" for each in read):
        raise SystemExit(Exit.ERRORS)


def _refuse_mixed(
    programme: str | None, ledger: str | None, ways: list[object], *, apply: bool
) -> None:
    if ledger is not None and programme is None:
        msg = "--ledger goes with --programme FILE"
    elif len(ways) - ways.count(None) > 1:
        msg = "--eml, --handed-over and --send are three ways: choose one"
    elif not apply and ways.count(None) < len(ways):
        msg = "what is due is sent once the answer is applied: add --apply"
    else:
        return
    raise click.UsageError(msg)


def _refuse_idle(options: dict[str, str | None], *, apply: bool) -> None:
    named = [name for name, value in options.items() if value is not None]
    if named and not apply:
        msg = f"{', '.join(named)} goes with --apply"
        raise click.UsageError(msg)


def _homes(
    opened: contextlib.ExitStack,
    programme: str | None,
    ledger: str | None,
    came: list[Came],
    *,
    read_only: bool,
) -> list[Home | str]:
    """For each message the programme that it answers, or why none is known."""
    if programme is not None:
        path = ledger_path(programme) if ledger is None else Path(ledger)
        home = Home.of(opened, programme, path, read_only=read_only)
        return [home if each.reply else each.fault for each in came]
    answers = any(each.reply for each in came)
    here, faults = homes_here(opened, read_only=read_only) if answers else ([], [])
    return [home_of(m.reply.uid, here, faults) if m.reply else m.fault for m in came]


def _all_came(names: tuple[str, ...]) -> list[Came]:
    """Read the messages; one of several that cannot be read does not hold up the others.

    Raises:
        FileFailed: If there is one, and its file cannot be read.
    """
    came = []
    for name in names:
        try:
            came.append(_came(name))
        except FileFailed as error:
            if len(names) == 1:
                raise
            came.append(Came(name, fault=str(error), unread=True))
    return came


def _came(name: str) -> Came:
    """Read a message, or say why it cannot be.

    Raises:
        FileFailed: If its file cannot be read.
    """
    data = _standard_input() if name == STDIN else load(name)
    try:
        if is_calendar(data):
            return Came(name, _answer(calendars_of(data)))
        mail = read_mail(data)
        return Came(name, _answer(mail.parts), mail.senders)
    except InvalidInput as error:
        return Came(name, fault="; ".join(map(str, error.faults)))
    except InvalidValue as error:
        return Came(name, fault=str(error))


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise FileFailed(STDIN, "read", "standard input is closed")
    return sys.stdin.buffer.read(_MOST + 1)


def _answer(parts: tuple[CalendarPart, ...]) -> Reply:
    """The one answer in the calendars of a mail, which often holds the same twice.

    Raises:
        InvalidValue: If there is none, or several that differ.
    """
    if not parts:
        msg = "it holds no calendar, so it answers no invitation: read it yourself"
        raise InvalidValue(msg)
    found: set[Reply] = set()
    for part in sorted(parts, key=lambda part: part.is_attachment):
        try:
            found.add(_of_part(part))
        except InvalidValue:
            # Beside an answer the invitation itself may be attached.
            if not (part.is_attachment and found):
                raise
    if len(found) > 1:
        msg = f"it holds {len(found)} answers that differ: ask which one holds"
        raise InvalidValue(msg)
    return found.pop()


def _of_part(part: CalendarPart) -> Reply:
    reply = read_answer(part.octets)
    if part.method is not None and part.method.upper() != reply.method:
        msg = f"the mail says method={shown(part.method)}, and its calendar {reply.method}"
        raise InvalidValue(msg)
    return reply
