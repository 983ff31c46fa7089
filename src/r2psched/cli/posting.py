"""Mail from the command line: which server, which password, and progress while it goes out."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import attrs
import click

from r2psched.cli.common import password_of, password_option
from r2psched.errors import DeliveryFailed, FileFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from click._termui_impl import ProgressBar

    from r2psched.delivery.ledger import Ledger
    from r2psched.delivery.secrets import Secret
    from r2psched.delivery.servers import MailServer
    from r2psched.inviting import Message
    from r2psched.programme import Programme

__all__ = ["Post", "mail_options", "refuse_unused"]

mail_options = (
    click.option(
        "--smtp",
        metavar="URL",
        help="With --send: the server, smtp://user@mail.example.org:587 (or smtps://).",
    ),
    password_option,
    click.option(
        "--per-minute",
        type=click.FloatRange(0.01),
        metavar="N",
        help="Send at most N messages a minute.",
    ),
)


@attrs.frozen
class Post:
    """A mail server, ready to be used.

    Attributes:
        server: The server.
        password: The password of its user, or None.
        per_minute: How many messages a minute at most, or None.
    """

    server: MailServer
    password: Secret | None
    per_minute: float | None

    @classmethod
    def of(cls, smtp: str | None, password_file: str | None, per_minute: float | None) -> Post:
        """Find the server and its password; nothing is asked of the server yet.

        Args:
            smtp: The server; by default that of the environment variable R2PSCHED_SMTP.
            password_file: The file with the password, or None.
            per_minute: How many messages a minute at most, or None.

        Raises:
            UsageError: If no server is named.
            R2PSchedError: If its address, or where the password is, is not good for anything.
        """
        url = smtp or os.environ.get("R2PSCHED_SMTP")
        if not url:
            msg = (
                "--send needs a mail server: --smtp smtp://user@mail.example.org:587, or the "
                "environment variable R2PSCHED_SMTP"
            )
            raise click.UsageError(msg)
        from r2psched.delivery.secrets import SMTP_VARIABLE  # noqa: PLC0415  # only to send
        from r2psched.delivery.servers import MailServer  # noqa: PLC0415  # only to send

        server = MailServer.parse(url)
        password = password_of(server.place, server.user, SMTP_VARIABLE, password_file)
        return cls(server, password, per_minute)

    def deliver(
        self,
        programme: Programme,
        messages: Sequence[Message],
        ledger: Ledger,
        write: Callable[[Message], bytes],
    ) -> dict[int, str]:
        """Mail messages, and say which were not delivered, whatever stopped it.

        Args:
            programme: The programme.
            messages: What is to be mailed.
            ledger: Where it is written down.
            write: Gives the calendar of a message.

        Returns:
            By its place among the messages, why one was not delivered.
        """
        from r2psched.delivery.sending import send  # noqa: PLC0415  # only to send
        from r2psched.delivery.smtp import Postbox  # noqa: PLC0415  # only to send
        from r2psched.mail.composing import Composer  # noqa: PLC0415  # only to send

        if not messages:
            return {}
        composer, reasons, done = Composer(programme), dict[int, str](), 0
        with (
            Postbox(self.server, self.password, per_minute=self.per_minute) as box,
            _progress(len(messages)) as bar,
        ):
            dispatches = send(
                messages,
                ledger,
                lambda message: composer.compose(message, write(message)),
                lambda message, octets: box.send(
                    composer.sender.addr_spec, message.recipient.address, octets
                ),
            )
            try:
                for dispatch in dispatches:
                    if dispatch.receipt.state != "sent":
                        reasons[done] = dispatch.receipt.reason or dispatch.receipt.state
                    done += 1
                    bar.update(1)
            except (DeliveryFailed, FileFailed) as error:
                reasons |= dict.fromkeys(range(done, len(messages)), str(error))
            except KeyboardInterrupt:
                reasons |= dict.fromkeys(range(done, len(messages)), "interrupted")
        return reasons


def refuse_unused(*, send: bool, **given: object) -> None:
    """Refuse options of mail where nothing is mailed.

    Raises:
        UsageError: If one of them is given without --send.
    """
    named = [f"--{name.replace('_', '-')}" for name, value in given.items() if value is not None]
    if named and not send:
        msg = f"{', '.join(named)} goes with --send"
        raise click.UsageError(msg)


def _progress(count: int) -> ProgressBar[int]:
    """A bar on the terminal; nothing where standard error is none."""
    hidden = sys.stderr is None or not sys.stderr.isatty()
    return click.progressbar(length=count, label="sending", file=sys.stderr, hidden=hidden)
