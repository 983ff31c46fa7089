"""Programmes that invited, and what follows from answers made to happen."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import to_epoch
from r2psched.cli.common import folder_for, moment_or_now, user_name
from r2psched.delivery.ledger import Ledger, ledger_path
from r2psched.errors import R2PSchedError, shown
from r2psched.files import read
from r2psched.inviting import Past, Verdict, judge_all
from r2psched.views.replies import Read

if TYPE_CHECKING:
    import contextlib
    from collections.abc import Iterable, Sequence

    from r2psched.cli.posting import Post
    from r2psched.inviting import Change, Message, Reply
    from r2psched.programme import Programme

__all__ = ["STDIN", "Applying", "Came", "Home", "home_of", "homes_here"]

STDIN = "-"
"""The name of standard input."""

_STEERS = re.compile(r"[\"$`!%\\]")
_WHY = {"withdraw": "declined", "delegate": "passed on"}


@attrs.frozen
class Came:
    """A message that came in.

    Attributes:
        name: The name of its file.
        reply: What it says, or None if it cannot be read.
        senders: Who sent it, or None if it is a calendar of unknown origin.
        fault: Why it cannot be read; empty if it can.
        unread: Whether not even its file can be read.
    """

    name: str
    reply: Reply | None = None
    senders: tuple[str, ...] | None = None
    fault: str = ""
    unread: bool = False


@attrs.frozen
class Home:
    """A programme, and the ledger of what it sent.

    Attributes:
        file: The programme file.
        programme: What it says.
        ledger: The ledger, open, or None if nothing was ever sent.
        past: What it remembers.
    """

    file: str
    programme: Programme
    ledger: Ledger | None
    past: Past

    @classmethod
    def of(cls, opened: contextlib.ExitStack, file: str, path: Path, *, read_only: bool) -> Home:
        """Read a programme, and open its ledger until the stack is closed; none is made."""
        programme = read(file)
        if not path.exists():
            return cls(file, programme, None, Past())
        # It also takes back what a crash has left half-written, which no reader can.
        ledger = opened.enter_context(Ledger(path, programme.id, read_only=read_only))
        return cls(file, programme, ledger, ledger.past())

    def judged(self, came: Iterable[Came], when: str | None, why: str | None) -> list[Read]:
        """What is to be made of messages that can be read."""
        now_us, _ = to_epoch(moment_or_now(self.programme, when))
        known = [(each, each.reply) for each in came if each.reply is not None]
        verdicts = judge_all(
            [(reply, each.senders) for each, reply in known],
            self.past,
            self.programme,
            now_us=now_us,
            was_read=self._was_read,
        )
        return [
            Read(
                each.name,
                verdict,
                reply,
                self.file,
                None if verdict.change is None else self._command(each, verdict.change, why),
            )
            for (each, reply), verdict in zip(known, verdicts, strict=True)
        ]

    def _was_read(self, reply: Reply) -> bool:
        return self.ledger is not None and self.ledger.fact(_fact(reply)) is not None

    def _command(self, came: Came, change: Change, why: str | None) -> str | None:
        """The very command that makes a change, for a shell; None if what it needs is used up."""
        if change.what == "delegate":
            if came.name == STDIN:
                return None
            said = ["r2psched", "reply", came.name, "--programme", self.file, "--apply"]
            return " ".join(map(_quoted, said))
        several = len(self.programme.lists) > 1
        session = ["--session", change.session] if several else []
        reason = why or _reason(change, came.senders)
        said = ["r2psched", "list", self.file, "withdraw", self._name(change)]
        return " ".join(map(_quoted, [*said, *session, "--why", reason]))

    def _name(self, change: Change) -> str:
        """The name that finds an inscription in a command, or its id where none does."""
        name = change.name
        try:
            found = self.programme[change.session].id_of(name)
        except R2PSchedError:
            return change.who
        plain = name.isprintable() and not name.startswith("-")
        return name if plain and found == change.who else change.who


def _quoted(word: str) -> str:
    """A word for any shell, in the quotation marks that most read, where that is safe."""
    quoted = shlex.quote(word)
    return quoted if quoted == word or _STEERS.search(word) else f'"{word}"'


def _reason(change: Change, senders: tuple[str, ...] | None) -> str:
    return _WHY[change.what] + (" in a file" if senders is None else " by mail")


def _fact(reply: Reply) -> str:
    return f"answered {reply.digest}"


def homes_here(opened: contextlib.ExitStack, *, read_only: bool) -> tuple[list[Home], list[str]]:
    """The programmes in this folder that have a ledger, and why others cannot be read."""
    homes, faults = [], []
    for file in sorted(Path().glob("*.toml")):
        path = ledger_path(file)
        if path.exists():
            try:
                homes.append(Home.of(opened, str(file), path, read_only=read_only))
            except R2PSchedError as error:
                faults.append(str(error))
    return homes, faults


def home_of(uid: str, homes: Sequence[Home], faults: Sequence[str]) -> Home | str:
    """The programme that sent an entry, or why it is not known, with the remedy."""
    found = [each for each in homes if uid in each.past.revisions]
    if len(found) == 1:
        return found[0]
    remedy = "name it with --programme FILE"
    if found:
        names = " and ".join(each.file for each in found)
        return f"{names} have both sent the entry {shown(uid)}: {remedy}"
    unread = f" ({'; '.join(faults)})" if faults else ""
    return f"no programme in this folder has sent the entry {shown(uid)}{unread}: {remedy}"


@attrs.frozen
class Applying:
    """How answers are applied.

    Attributes:
        folder: Where what is due is written, or None.
        mails: Whether as mails, which are not recorded, or else as .ics files to hand over.
        post: The mail server by which it is sent, or None.
        by: Who makes the changes, or None for whoever is logged in.
        why: Why, or None for what was answered.
        when: When, as it was written, or None for now.
    """

    folder: Path | None
    mails: bool
    post: Post | None
    by: str | None
    why: str | None
    when: str | None

    def apply(self, home: Home, read: Sequence[Read], came: Sequence[Came]) -> list[Read]:
        """Change the lists, write what is due, and record what was answered, in this order.

        Whatever stops it, the same messages can be applied again: an answer is only known once
        all that follows from it is done.
        """
        if self.folder is not None and any(each.verdict.due for each in read):
            folder_for(self.folder, private=True)
        changed = [self._changed(home, *each) for each in zip(read, came, strict=True)]
        if home.ledger is None:
            return changed
        done = self._written(home, home.ledger, changed)
        for each in done:
            verdict, reply = each.verdict, each.reply
            if each.failed is not None:
                continue
            if verdict.key is not None and verdict.answer is not None:
                home.ledger.answered(verdict.key, verdict.answer)
            elif verdict.outcome == "taken" and reply is not None:
                settled = verdict.due is None or each.written is not None
                home.ledger.keep([(_fact(reply), "read")] if settled else [])
        return done

    def _changed(self, home: Home, read: Read, came: Came) -> Read:
        """Change the list as follows from a message; if that fails, nothing follows from it."""
        from r2psched.files.changing import change  # noqa: PLC0415  # most answers change nothing
        from r2psched.files.history import Stamp  # noqa: PLC0415  # only where a list changes

        wanted = read.verdict.change
        if wanted is None:
            return read
        stamp = Stamp(
            moment_or_now(home.programme, self.when),
            self.by or user_name(),
            self.why or _reason(wanted, came.senders),
        )
        try:
            entry = change(
                home.file, wanted.session, wanted.what, wanted.of, stamp, names=[wanted.who]
            )
        except R2PSchedError as error:
            told = f"{read.verdict.told}, which cannot be applied: {error}"
            verdict = Verdict("refused", told, key=read.verdict.key, names=read.verdict.names)
            return attrs.evolve(read, verdict=verdict)
        return attrs.evolve(read, changed=f"{entry.told}; revision {entry.number}")

    def _written(self, home: Home, ledger: Ledger, read: Sequence[Read]) -> list[Read]:
        """Send what is due, or write it into the folder.

        The lists are changed by now: whatever fails is told for each, and hides nothing.
        """
        due = [each.verdict.due for each in read if each.verdict.due is not None]
        if not due or (self.folder is None and self.post is None):
            return list(read)
        try:
            ends = iter(self._delivered(home.programme, ledger, due))
        except R2PSchedError as error:
            ends = iter([(None, str(error))] * len(due))
        return [each if each.verdict.due is None else _ended(each, *next(ends)) for each in read]

    def _delivered(
        self, programme: Programme, ledger: Ledger, due: Sequence[Message]
    ) -> list[tuple[str | None, str | None]]:
        """For each message, how it was delivered, or else why not."""
        if self.post is not None:
            from r2psched.ical import Letters  # noqa: PLC0415  # most answers ask for none

            reasons = self.post.deliver(programme, due, ledger, Letters(programme).write)
            return [
                (None if at in reasons else "mailed", reasons.get(at)) for at in range(len(due))
            ]
        from r2psched.cli.handing import (  # noqa: PLC0415  # only to write files
            as_calendars,
            as_mails,
        )

        folder = self.folder or Path()
        if self.mails:
            names = as_mails(programme, due, folder)
        else:
            names = as_calendars(programme, due, folder, ledger)
        return [(name, None) for name in names]


def _ended(read: Read, written: str | None, failed: str | None) -> Read:
    return attrs.evolve(read, written=written, failed=failed)
