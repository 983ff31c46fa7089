"""Which entries and recipients a run is about: sessions, kinds, names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from r2psched.errors import InvalidValue, UnknownName
from r2psched.fields import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from r2psched.entries import Entry
    from r2psched.inviting import Recipient
    from r2psched.programme import Programme
    from r2psched.speakers import Inscription

__all__ = ["Choice"]


@attrs.frozen
class Choice:
    """What is chosen of all that might be sent.

    Attributes:
        session: The id of the only session, or None.
        kinds: The kinds of entries, or nothing for all.
        name: The name or address of the only recipient, or None.
        listed: Session and id of the inscriptions that bear the name.
        addressed: Whether only those who have an address are.
        by_hand: Whether only those who have none are.
        settled: Session and id of the inscriptions that are done: what they were sent stays.
    """

    session: str | None = None
    kinds: tuple[str, ...] = ()
    name: str | None = None
    listed: frozenset[tuple[str, str]] = frozenset()
    addressed: bool = False
    by_hand: bool = False
    settled: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def of(  # noqa: PLR0913  # each an option of its own
        cls,
        programme: Programme,
        *,
        session: str | None,
        kinds: tuple[str, ...],
        name: str | None,
        addressed: bool,
        by_hand: bool = False,
        settled: Iterable[tuple[str, str]] = (),
    ) -> Choice:
        """Read it as it was asked for.

        Raises:
            UnknownName: If the programme has no such session.
            InvalidValue: If the name is empty, as when a variable of the shell is not set.
        """
        if name is not None and not name.strip():
            msg = "--to expected a name or an address, got nothing"
            raise InvalidValue(msg)
        only = None if session is None else programme[session].id
        listed = set()
        for each in programme.lists if name is not None else ():
            if only in {None, each.id}:
                try:
                    listed.add((each.id, each.id_of(name or "")))
                except UnknownName:
                    continue
        return cls(only, kinds, name, frozenset(listed), addressed, by_hand, frozenset(settled))

    def holds(self, kind: str) -> bool:
        """Whether entries of a kind may be chosen."""
        return not self.kinds or kind in self.kinds

    def __call__(self, entry: Entry, recipient: Recipient) -> bool:
        """Whether this entry of this recipient is chosen."""
        return (
            (self.session is None or entry.session == self.session)
            and self.holds(entry.kind)
            and (bool(recipient.address) or not self.addressed)
            and not (recipient.address and self.by_hand)
            and (entry.session, entry.about) not in self.settled
            and (self.name is None or self._named(entry, recipient))
        )

    def _named(self, entry: Entry, recipient: Recipient) -> bool:
        if entry.about and (entry.session, entry.about) in self.listed:
            return True
        wanted = folded(self.name or "")
        return wanted in {folded(recipient.name), folded(recipient.address)}

    def lists(self, session: str, inscription: Inscription) -> bool:
        """Whether an inscription of a list is chosen by its name, or all are."""
        return self.name is None or (session, inscription.id) in self.listed

    def refuse_nobody(self, known: Iterable[tuple[Entry, Recipient]]) -> None:
        """Refuse a name that nobody bears who should be, or was, invited.

        Raises:
            UnknownName: With the nearest name there is.
        """
        known = tuple(known)
        if self.name is None or self.listed or any(self._named(*each) for each in known):
            return
        kind = "recipient"
        raise UnknownName(kind, self.name, sorted({recipient.name for _, recipient in known}))
