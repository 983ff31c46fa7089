"""The changes of a list."""

from __future__ import annotations

import shlex

import click

from r2psched import rulings
from r2psched.cli.lists.task import Task, changes
from r2psched.files.lists import FIELDS
from r2psched.speakers import Inscription

__all__ = ["VERBS"]

_name = click.argument("name", metavar="NAME")
_names = click.argument("names", metavar="NAME…", nargs=-1, required=True)
_emails = click.option("--email", "emails", multiple=True, metavar="ADDRESS", help="An address.")
_speaker = click.option("--speaker", metavar="PERSON", help="Who speaks.")


def _refuse_a_field(name: str, value: str) -> None:
    """Refuse a trait that would stand in the shadow of a field."""
    field = " ".join(name.replace("_", " ").replace("-", " ").casefold().split())
    if field.replace(" ", "_") not in FIELDS:
        return
    remedy = f"write --{field.replace(' ', '-')} {shlex.quote(value)}"
    if field == "delegation":
        remedy = f"write {shlex.quote(value)} as the NAME"
    elif field in {"place", "placed"}:
        remedy = "it is given by settle, move and swap"
    msg = f"{field} is no trait but a field: {remedy}"
    raise click.BadParameter(msg)


def _traits(_context: object, _parameter: object, given: tuple[str, ...]) -> dict[str, str]:
    pairs = [each.partition("=") for each in given]
    for name, equals, value in pairs:
        if not (name.strip() and equals and value.strip()):
            msg = 'expected a name and a value, such as "region=Asia"'
            raise click.BadParameter(msg)
        _refuse_a_field(name.strip(), value.strip())
    return {name: value for name, _, value in pairs}


@click.command("inscribe")
@click.argument("name", metavar="[NAME]", required=False)
@_speaker
@click.option("--category", metavar="KIND", help="The kind of speaker.")
@click.option("--level", metavar="RANK", help="The rank of the speaker.")
@click.option("--on-behalf", metavar="GROUP", help="The group for which the statement is made.")
@_emails
@click.option("--received", metavar="TIME", help="When the request came in; by default now.")
@click.option("--limit", metavar="LENGTH", help="A limit of its own.")
@click.option(
    "--trait",
    "traits",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_traits,
    help="A further fact.",
)
@click.option("--id", "id_", metavar="ID", help="Its id.")
@click.option("--late", metavar="REASON", help="Why it is accepted although the list is closed.")
@changes
def _inscribe(  # noqa: PLR0913  # each an option of its own
    task: Task,
    *,
    name: str | None,
    speaker: str | None,
    category: str | None,
    level: str | None,
    on_behalf: str | None,
    emails: tuple[str, ...],
    received: str | None,
    limit: str | None,
    traits: dict[str, str],
    id_: str | None,
    late: str | None,
) -> None:
    """Put a delegation, or with --speaker alone a person, behind all others."""
    at = task.moment(received) or task.stamp.when
    new = Inscription(
        name,
        speaker,
        category=category,
        level=level,
        on_behalf=on_behalf,
        email=emails,
        limit=limit,
        traits=traits,
        id=id_,
    )
    task.make("inscribe", lambda session: rulings.inscribe(session, new, at=at, late=late))


@click.command("withdraw")
@_name
@changes
def _withdraw(task: Task, *, name: str) -> None:
    """Take somebody off the list."""
    task.make("withdraw", lambda session: rulings.withdraw(session, name), [name])


@click.command("swap")
@click.argument("one", metavar="NAME")
@click.argument("two", metavar="NAME")
@changes
def _swap(task: Task, *, one: str, two: str) -> None:
    """Swap the places of two."""
    task.make("swap", lambda session: rulings.swap(session, one, two), [one, two])


@click.command("move")
@_name
@click.option("--to", type=int, required=True, metavar="PLACE", help="The new place, from 1.")
@changes
def _move(task: Task, *, name: str, to: int) -> None:
    """Move somebody to a place; those between move by one."""
    task.make("move", lambda session: rulings.move(session, name, to), [name])


@click.command("absent")
@_name
@changes
def _absent(task: Task, *, name: str) -> None:
    """Move somebody who was absent to the end of the category."""
    task.make("absent", lambda session: rulings.absent(session, name), [name])


@click.command("yield")
@_names
@click.option("--to", required=True, metavar="NAME", help="Who has their time.")
@changes
def _yield(task: Task, *, names: tuple[str, ...], to: str) -> None:
    """Let some yield their time to another, and leave the list."""
    task.make(
        "yield",
        lambda session: rulings.yield_time(session, names, to),
        [*names, to],
        remark=task.unstated("yielding"),
    )


@click.command("pool")
@_names
@click.option("--as", "group", required=True, metavar="GROUP", help="On whose behalf it is.")
@_speaker
@changes
def _pool(task: Task, *, names: tuple[str, ...], group: str, speaker: str | None) -> None:
    """Let several make one statement, at the place of their first."""
    task.make(
        "pool",
        lambda session: rulings.pool(session, names, group, speaker=speaker),
        names,
        remark=task.unstated("pooling"),
    )


@click.command("reply")
@_name
@click.option("--day", required=True, metavar="DATE", help="The day at whose end it is.")
@_speaker
@_emails
@click.option("--limit", metavar="LENGTH", help="A limit of its own.")
@changes
def _reply(  # noqa: PLR0913  # each an option of its own
    task: Task,
    *,
    name: str,
    day: str,
    speaker: str | None,
    emails: tuple[str, ...],
    limit: str | None,
) -> None:
    """Put a right of reply to the end of a day."""
    when = task.stamp.when
    new = Inscription(name, speaker, email=emails, limit=limit, received=when)
    task.make("reply", lambda session: rulings.reply(session, new, day))


@click.command("settle")
@changes
def _settle(task: Task) -> None:
    """Write the order that the rules give, lots among them, into places that stay."""
    task.make("settle", rulings.in_order)


@click.command("close")
@click.option("--at", metavar="TIME", help="From when; by default now.")
@changes
def _close(task: Task, *, at: str | None) -> None:
    """Close the list."""
    moment = task.moment(at) or task.stamp.when
    task.make("close", lambda session: rulings.close(session, moment))


@click.command("reopen")
@click.option("--until", metavar="TIME", help="Until when; by default for good.")
@changes
def _reopen(task: Task, *, until: str | None) -> None:
    """Open the list again."""
    moment = task.moment(until)
    task.make("reopen", lambda session: rulings.reopen(session, moment))


VERBS = {
    "inscribe": _inscribe,
    "withdraw": _withdraw,
    "swap": _swap,
    "move": _move,
    "absent": _absent,
    "yield": _yield,
    "pool": _pool,
    "reply": _reply,
    "settle": _settle,
    "close": _close,
    "reopen": _reopen,
}
