"""What r2psched raises: one base error and a few leaves that carry their data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = [
    "AmbiguousName",
    "DeliveryFailed",
    "Fault",
    "FileFailed",
    "InvalidInput",
    "InvalidValue",
    "MissingExtra",
    "NotHeard",
    "R2PSchedError",
    "Refused",
    "UnknownName",
    "joined",
    "nearest",
]

_SHOWN = 60
_MOST_TOLD = 20


def nearest(word: str, known: Iterable[str], cutoff: float = 0.7) -> str | None:
    """Say which known word a misspelt one is closest to, or None if none is close.

    Args:
        word: The misspelt word.
        known: The words there are.
        cutoff: How alike the two must be, from 0 to 1.

    >>> nearest("sesions", ["sessions", "status"])
    'sessions'
    """
    import difflib  # noqa: PLC0415  # only a misspelt word needs it

    # difflib is quadratic in the length of what it compares, and the word is the user's.
    found = difflib.get_close_matches(word[:_SHOWN], sorted(known), n=1, cutoff=cutoff)
    return found[0] if found else None


def shown(value: object) -> str:
    """Show a refused value, cut to a length that a message can hold.

    >>> shown("three")
    '"three"'
    """
    if isinstance(value, str):
        cut = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
        return '"' + "".join(c if c.isprintable() else repr(c)[1:-1] for c in cut) + '"'
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > _SHOWN:
        return "a very large number"
    text = repr(value)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def joined(faults: Sequence[str]) -> str:
    """Tell several faults in one message: the first twenty, and how many more there are.

    >>> joined(["no start", "no end"])
    'no start; no end'
    """
    more = len(faults) - _MOST_TOLD
    return "; ".join([*faults[:_MOST_TOLD], *([f"and {more} more"] if more > 0 else [])])


class R2PSchedError(Exception):
    """Everything that r2psched raises on purpose.

    The message is the exception's text; the data behind it are attributes.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        """Survive pickling, whatever the constructor of the leaf takes."""
        return (_rebuilt, (type(self), self.args, self.__dict__))


def _rebuilt(
    kind: type[R2PSchedError], args: tuple[Any, ...], state: dict[str, Any]
) -> R2PSchedError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class InvalidValue(R2PSchedError, ValueError):
    """A value that has no meaning: the message says what was expected, what came, the remedy."""


@attrs.frozen
class Fault:
    """One thing wrong with an input.

    Attributes:
        place: Where it stands, as the user sees it: `sessions[2] "Panel": time`.
        message: What was expected, what came, and the remedy.
    """

    place: str
    message: str

    def __str__(self) -> str:
        """Place and message in one line."""
        return f"{self.place}: {self.message}" if self.place else self.message


class InvalidInput(R2PSchedError, ValueError):
    """A file, text or tree that cannot be read as what it should be: all its faults at once.

    Attributes:
        faults: Every fault found, in the order of the input.
        source: The name of the file, or None for a text or a tree.
    """

    def __init__(self, faults: Iterable[Fault], source: str | None = None) -> None:
        """Take the faults and the name of where they were found."""
        self.faults = tuple(faults)
        self.source = source
        count = len(self.faults)
        head = f"{source or 'the input'}: {count} fault{'' if count == 1 else 's'}"
        super().__init__("\n".join([head, *(f"  {fault}" for fault in self.faults)]))


class AmbiguousName(R2PSchedError, LookupError):
    """A name that several bear.

    Attributes:
        kind: What was looked for, such as "speaker".
        name: The name asked for.
        ids: The ids of those who bear it.
    """

    def __init__(self, kind: str, name: str, ids: Iterable[str]) -> None:
        """Take what was looked for, its name, and the ids of those who bear it."""
        self.kind, self.name, self.ids = kind, name, tuple(ids)
        choice = ", ".join(map(shown, self.ids))
        super().__init__(f"several {kind}s are {shown(name)}: name one by its id, {choice}")


class UnknownName(R2PSchedError, LookupError):
    """A name that nothing bears: of a session, a speaker, a room.

    Attributes:
        kind: What was looked for, such as "session".
        name: The name asked for.
        known: The names there are.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        """Take what was looked for, its name, and the names there are."""
        self.kind, self.name, self.known = kind, name, tuple(known)
        close = nearest(name, self.known)
        if close is not None:
            hint = f"did you mean {shown(close)}?"
        elif self.known:
            hint = "there is " + ", ".join(shown(k) for k in self.known[:8])
            hint += " …" if len(self.known) > 8 else ""  # noqa: PLR2004  # as many as a line holds
        else:
            hint = "there is none"
        super().__init__(f"no {kind} {shown(name)}: {hint}")


class NotHeard(R2PSchedError, LookupError):
    """A speaker who is on the list but below the cut line, so has no slot.

    Attributes:
        name: The speaker asked for.
        position: The position on the list, counted from 1.
        cut: The position that draws the cut line, counted from 1.
    """

    def __init__(self, name: str, position: int, cut: int) -> None:
        """Take the speaker, the position, and the first position that is not heard."""
        self.name, self.position, self.cut = name, position, cut
        super().__init__(
            f"{shown(name)} is number {position} and is not heard: "
            f"the time ends before number {cut}"
        )


class Refused(R2PSchedError):
    """A change of a list that a rule forbids, or that came too late.

    Attributes:
        rule: The name of the rule, such as "closing".
    """

    def __init__(self, message: str, rule: str) -> None:
        """Take what the rule says of this change, and the name of the rule."""
        self.rule = rule
        super().__init__(message)


class FileFailed(R2PSchedError):
    """A file that could not be read or written.

    Attributes:
        path: The file.
        reason: What the system said, or what was wrong with it.
    """

    def __init__(self, path: Path | str, doing: str, reason: str) -> None:
        """Take the file, "read", "write" or "remove", and why it failed."""
        self.path, self.reason = path, reason
        named = "".join(c if c.isprintable() else repr(c)[1:-1] for c in str(path))
        super().__init__(f"cannot {doing} {named}: {reason}")


class DeliveryFailed(R2PSchedError):
    """A server that could not be reached, or refused to be used at all.

    Attributes:
        server: The server, without any password.
        reason: What it said, or what was wrong with it.
    """

    def __init__(self, server: str, reason: str) -> None:
        """Take the server and why it failed."""
        self.server, self.reason = server, reason
        named, told = ("".join(c if c.isprintable() else " " for c in t) for t in (server, reason))
        super().__init__(f"cannot deliver by {named}: {told}")


class MissingExtra(R2PSchedError, ImportError):
    """An optional part that is not installed.

    Attributes:
        extra: Its name, as in `pip install "r2psched[extra]"`.
    """

    def __init__(self, extra: str, purpose: str) -> None:
        """Take the extra's name and what it is needed for, such as "writing pages"."""
        self.extra = extra
        super().__init__(f'{purpose} needs an optional part: pip install "r2psched[{extra}]"')
