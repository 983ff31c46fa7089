"""The first invitations of a meeting, as octets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.ical import Letters
from r2psched.ical.events import revised_us
from r2psched.inviting import Past, updates, wanted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from r2psched.inviting import Message
    from r2psched.programme import Programme
    from r2psched.seating import Slot

__all__ = ["first", "letters"]


def first(programme: Programme, slots: Iterable[Slot] = ()) -> tuple[Message, ...]:
    """Give the first message of everybody who is invited."""
    stamp = revised_us(programme, None)
    return updates(wanted(programme, slots), Past(), when_us=stamp).messages


def letters(
    programme: Programme, slots: Iterable[Slot] = (), *, utc: bool = False
) -> list[tuple[Message, bytes]]:
    """Give the first message of everybody who is invited, each with its octets."""
    write = Letters(programme, utc=utc).write
    return [(message, write(message)) for message in first(programme, slots)]
