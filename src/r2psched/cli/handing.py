"""Messages written into a folder: calendars to hand over, or whole mails."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from r2psched.cli.common import folder_for
from r2psched.delivery.sending import hand_over

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from r2psched.delivery.ledger import Ledger
    from r2psched.inviting import Message
    from r2psched.programme import Programme

__all__ = ["as_calendars", "as_mails", "mail_writer"]


def as_calendars(
    programme: Programme,
    messages: Sequence[Message],
    folder: str | Path,
    ledger: Ledger,
    *,
    utc: bool = False,
) -> list[str]:
    """Write messages as .ics files to hand over, and record them.

    Returns:
        The names of the files, in the order of the messages.

    Raises:
        R2PSchedError: If they cannot be written.
    """
    from r2psched.ical import Letters  # noqa: PLC0415  # only to write files

    folder_for(Path(folder), private=True)
    return hand_over(messages, Path(folder), Letters(programme, utc=utc).write, ledger)


def as_mails(
    programme: Programme, messages: Sequence[Message], folder: str | Path, *, utc: bool = False
) -> list[str]:
    """Write messages as whole mails, and record nothing.

    Returns:
        The names of the files, in the order of the messages.

    Raises:
        R2PSchedError: If they cannot be written.
    """
    folder_for(Path(folder), private=True)
    if not messages:
        return []
    return hand_over(messages, Path(folder), mail_writer(programme, utc=utc), suffix=".eml")


def mail_writer(programme: Programme, *, utc: bool = False) -> Callable[[Message], bytes]:
    """Give what writes the whole mail of a message.

    Raises:
        InvalidValue: If the organiser has no address to send from.
    """
    from r2psched.ical import Letters  # noqa: PLC0415  # only to write mails
    from r2psched.mail.composing import Composer  # noqa: PLC0415  # only to write mails

    composer, letters = Composer(programme), Letters(programme, utc=utc)
    return lambda message: composer.compose(message, letters.write(message))
