"""What the verbs share: the file, the session, who makes a change and when."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import attrs
import click

from r2psched.cli.common import (
    as_json,
    choose_list,
    gently,
    moment_or_now,
    print_json,
    session_option,
    tell,
    user_name,
)
from r2psched.files import read
from r2psched.files.changing import change
from r2psched.files.history import Stamp
from r2psched.files.sources import setting_of
from r2psched.views.changes import change_text, changes_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pendulum

    from r2psched.programme import Programme
    from r2psched.sessions import Session
    from r2psched.speakers import SpeakerList

__all__ = ["Task", "changes", "stamped"]


@attrs.frozen
class Task:
    """One change that was asked for.

    Attributes:
        file: The programme file.
        programme: What it says.
        session: Whose list is meant.
        stamp: When, by whom and why.
        json: Whether to answer in JSON.
    """

    file: str
    programme: Programme
    session: Session
    stamp: Stamp
    json: bool

    def moment(self, text: str | None) -> pendulum.DateTime | None:
        """Read a moment in the programme's zone."""
        return None if text is None else setting_of(self.programme).moment(text)

    def make(
        self,
        what: str,
        apply: Callable[[Session], SpeakerList],
        names: Iterable[str] = (),
        *,
        remark: str | None = None,
    ) -> None:
        """Make the change, and tell it, with a remark where there is one."""
        entry = change(self.file, self.session.id, what, apply, self.stamp, names=names)
        if self.json:
            print_json(changes_json(self.programme, self.session, [entry], entry.number))
        else:
            tell(change_text(entry))
            if remark is not None:
                tell(remark)

    def unstated(self, rule: str) -> str | None:
        """The remark that the procedure states no rule of a name, or None if it does."""
        procedure = self.session.procedure
        if procedure is None or getattr(procedure, rule) is not None:
            return None
        return f"{procedure.id} states no rule for {rule}"


_OPTIONS = (
    session_option,
    click.option("--by", metavar="WHO", help="Who makes the change; by default your login name."),
    click.option("--why", metavar="REASON", help="Why."),
    click.option("--when", metavar="TIME", help="When; by default now."),
    as_json,
)
_REVISION = click.option(
    "--revision",
    type=click.IntRange(0),
    metavar="N",
    help="The revision you have seen: refuse the change if the list was changed since.",
)


def stamped(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the options of whoever makes a change, and make a task of them."""

    @click.pass_context
    @gently
    @functools.wraps(verb)
    def run(  # noqa: PLR0913  # each an option of its own
        context: click.Context,
        /,
        *,
        session: str | None,
        by: str | None,
        why: str | None,
        when: str | None,
        json_: bool,
        revision: int | None = None,
        **options: object,
    ) -> None:
        file: str = context.obj
        programme = read(file)
        chosen = choose_list(programme, session)
        stamp = Stamp(moment_or_now(programme, when), by or user_name(), why, revision)
        verb(Task(file, programme, chosen, stamp, json_), **options)

    wrapped: Callable[..., None] = run
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def changes(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb that changes a list the options of `stamped`, and --revision."""
    return _REVISION(stamped(verb))
