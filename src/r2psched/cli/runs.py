"""One run of invitations: who is meant, what they should have, and what that makes due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from r2psched.durations import microseconds
from r2psched.errors import Fault, InvalidInput, InvalidValue, shown
from r2psched.inviting import updates
from r2psched.inviting.recipients import same_address
from r2psched.views.updates import Told

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

    from r2psched.cli.choosing import Choice
    from r2psched.cli.slots import Seated
    from r2psched.delivery.ledger import Ledger
    from r2psched.inviting import Past, Updates, Wanted
    from r2psched.programme import Programme

__all__ = ["Run"]

_ORGANISER = "organiser"
_FORECAST = "forecast"


@attrs.frozen
class Run:
    """One run: who is meant, and what they should have.

    Attributes:
        programme: The programme.
        path: The ledger.
        everything: What everybody should have, chosen or not.
        choice: Who is meant.
        now_us: The time of the messages, in microseconds since the epoch.
        least: What moved by less is not sent.
        utc: Whether times are written in UTC.
        forecast: What the slots rest on, as on the command line, or None for the limits alone.
    """

    programme: Programme
    path: Path
    everything: tuple[Wanted, ...]
    choice: Choice
    now_us: int
    least: timedelta
    utc: bool
    forecast: str | None = None

    def compared(self, past: Past, *, addressed: bool = True) -> Updates:
        """What brings those who are meant up to date; with `addressed` only if mail reaches them.

        Raises:
            UnknownName: If nobody bears the name that is chosen.
        """
        self.choice.refuse_nobody(
            [
                *((each.entry, each.recipient) for each in self.everything),
                *((sent.entry, sent.recipient) for sent in past.last.values()),
            ]
        )
        return updates(
            self.everything,
            past,
            when_us=self.now_us,
            threshold_us=microseconds(self.least),
            within=self.choice if addressed else attrs.evolve(self.choice, addressed=False),
        )

    def refuse_without_organiser(self, file: str) -> None:
        """Refuse to mail in the name of nobody who could be answered.

        Raises:
            InvalidInput: If somebody is to be mailed, and the organiser has no address.
        """
        mailed = any(
            w.recipient.address and self.choice(w.entry, w.recipient) for w in self.everything
        )
        if mailed and self._organiser is None:
            told = (
                "has no e-mail address, and invitations are answered to it: write [organiser] "
                'with name = "…" and email = "…"'
            )
            raise InvalidInput([Fault(_ORGANISER, told)], file)

    def passed_over(self, past: Past) -> list[str]:
        """Those who get no mail though something is due to them, since they have no address."""
        if not self.choice.addressed or all(each.recipient.address for each in self.everything):
            return []
        due = self.compared(past, addressed=False).messages
        return [each.recipient.name for each in due if not each.recipient.address]

    def told(self, past: Past, unheard: Seated) -> Told:
        """What is to be told before anything is done."""
        named = [who for session, who in unheard.unheard if self.choice.lists(session, who)]
        return Told(
            self.programme,
            self.compared(past),
            named,
            self.least,
            answers=[
                (sent.recipient, sent.entry.uid, past.answered(sent))
                for sent in past.last.values()
                if sent.recipient.address
                and sent.method == "REQUEST"
                and self.choice(sent.entry, sent.recipient)
            ],
            without=self.passed_over(past),
        )

    def refuse_another_organiser(self, ledger: Ledger) -> None:
        """Refuse to write on in the name of another organiser, whom no calendar would believe.

        Raises:
            InvalidValue: If those who were invited were invited by somebody else.
        """
        known, address = ledger.fact(_ORGANISER), self._organiser
        if known is not None and address is not None and known != address:
            msg = (
                f"the invitations went out in the name of {shown(known)}, and calendars take "
                f"updates from no other organiser: give it that address back and let "
                f"{shown(address)} send for it, [invitations] sent_by = {shown(address)}"
            )
            raise InvalidValue(msg)

    def keep(self, ledger: Ledger, *, mailed: bool) -> None:
        """Write down by which forecast was invited, and if by mail in whose name."""
        slots = [(_FORECAST, self.forecast)] if self.choice.holds("slot") else []
        organiser = [(_ORGANISER, self._organiser)] if mailed and self._organiser else []
        ledger.keep([*slots, *organiser])

    def remarks(self, ledger: Ledger) -> list[str]:
        """What is worth saying before a forecast is taken back."""
        known = ledger.fact(_FORECAST) if self.choice.holds("slot") else None
        if known is None or self.forecast is not None:
            return []
        return [f"the last run went by a forecast, {known}: without it, it is taken back"]

    @property
    def _organiser(self) -> str | None:
        organiser = self.programme.organiser
        return same_address(organiser.emails[0]) if organiser and organiser.emails else None
