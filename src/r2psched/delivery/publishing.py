"""A collection on a calendar server kept up to date; what others keep in it stays untouched."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import attrs

from r2psched.delivery.receipts import SENT, Receipt
from r2psched.delivery.sending import send
from r2psched.entries import Agenda, slot_entries
from r2psched.errors import DeliveryFailed
from r2psched.ical import Letters
from r2psched.ical.identity import highest_sequence, identity
from r2psched.inviting import Message, Recipient, Wanted, updates
from r2psched.inviting.messages import again

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from r2psched.delivery.caldav import Collection
    from r2psched.delivery.ledger import Ledger
    from r2psched.delivery.sending import Dispatch
    from r2psched.entries import Entry
    from r2psched.inviting import Past, Sent
    from r2psched.inviting.messages import Kept, Why
    from r2psched.programme import Programme
    from r2psched.seating import Slot

__all__ = ["FOREIGN", "Publication"]

FOREIGN = (
    "it is not as this ledger knows it: somebody else changed it, or the ledger was lost; "
    "--adopt replaces it"
)
"""Why an entry is left as it is."""

_LONGEST = 120
_SECOND = 1_000_000


def entries(programme: Programme, slots: Iterable[Slot]) -> Iterator[Entry]:
    """The published agenda, its deadlines, and slots; nothing of what is cancelled.

    Slots remind nobody: whoever subscribes would be reminded of those of everybody.

    Raises:
        InvalidValue: If a slot is none of the programme as it is now.
    """
    if programme.status == "cancelled":
        return
    agenda = Agenda(programme)
    yield from agenda.blocks()
    yield from agenda.deadlines()
    for _, entry in slot_entries(programme, slots):
        yield attrs.evolve(entry, alarms=())


@attrs.define
class Publication:
    """One run that brings a collection up to date.

    Attributes:
        collection: Where it is published.
        ledger: What was put there, and which versions the server gave it.
        letters: Writes the objects.
        when_us: The time now, in microseconds since the epoch.
        past: What was put there before.
        there: The versions on the server, by name, that are known to be ours or may be replaced.
        messages: What is to be put ("REQUEST") and deleted ("CANCEL").
        foreign: What would be, but is not as the ledger knows it, so that it stays as it is.
        unchanged: How many stay as they are.
    """

    collection: Collection
    ledger: Ledger
    letters: Letters
    when_us: int
    past: Past
    there: dict[str, str]
    messages: list[Message] = attrs.Factory(list)
    foreign: list[Message] = attrs.Factory(list)
    unchanged: int = 0

    @classmethod
    def of(  # noqa: PLR0913  # each is named where it is given
        cls,
        programme: Programme,
        slots: Iterable[Slot],
        collection: Collection,
        ledger: Ledger,
        *,
        when_us: int,
        session: str | None = None,
        settled: Iterable[tuple[str, str]] = (),
        utc: bool = False,
        adopt: bool = False,
    ) -> Publication:
        """Compare what is to be published with what was, and with what the server has now.

        Args:
            programme: The programme.
            slots: The slots that are published, too.
            collection: Where it is published.
            ledger: What was put there before; it learns which versions on the server are ours.
            when_us: The time now, in microseconds since the epoch.
            session: The id of the only session whose slots this is about, or None for all.
            settled: Session and id of the inscriptions that are done: their slots stay as they are.
            utc: Whether times are in UTC.
            adopt: Whether to replace what somebody else wrote under the names of the entries.

        Raises:
            InvalidValue: If a slot is none of the programme as it is now.
            DeliveryFailed: If the server cannot be used.
            FileFailed: If the ledger cannot be used.
        """
        past = ledger.past(_channel(collection))
        recipient = Recipient(collection.url)
        wanted = [Wanted(entry, recipient) for entry in entries(programme, slots)]

        done = frozenset(settled)

        def within(entry: Entry, _: Recipient) -> bool:
            here = session in {None, entry.session} and (entry.session, entry.about) not in done
            return entry.kind != "slot" or here

        plan = updates(wanted, past, when_us=when_us, within=within)
        letters = Letters(programme, utc=utc)
        run = cls(collection, ledger, letters, when_us, past, collection.names())
        for message in plan.messages:
            run._take(message, run._theirs(message), adopt=adopt)
        for kept in plan.kept:
            run._look_at(kept, adopt=adopt)
        return run

    def _take(self, message: Message, theirs: bytes | None, *, adopt: bool) -> None:
        """Plan a message, unless what is there is somebody else's."""
        if theirs is None:
            self.messages.append(message)
        elif adopt:
            self.messages.append(self._above(message, highest_sequence(theirs)))
        else:
            self.foreign.append(message)

    def _look_at(self, kept: Kept, *, adopt: bool) -> None:
        """See whether what needs no change is still on the server as it was put there."""
        message = again(kept.sent)
        theirs = self._theirs(message)
        if theirs is None and name_of(message.entry.uid) in self.there:
            self.unchanged += 1
            return
        why: Why = "lost" if theirs is None else "adopted"
        self._take(attrs.evolve(message, why=why), theirs, adopt=adopt)

    def _theirs(self, message: Message) -> bytes | None:
        """What somebody else has put where a message goes; None if that is free, or ours."""
        uid = message.entry.uid
        name, known = name_of(uid), self._known(uid)
        if self.there.get(name) in {None, known}:
            return None
        found = self.collection.get(name)
        if found is None:
            del self.there[name]
            return None
        octets, self.there[name] = found
        unsure = self.past.unsure.get(message.key, ())
        if known is not None and not unsure:
            return octets
        if identity(octets) not in map(identity, self._tried(message, unsure)):
            return octets
        self.ledger.keep([(self._fact(uid), self.there[name] or None)])
        return None

    def _tried(self, message: Message, unsure: Iterable[Sent]) -> Iterator[bytes]:
        """What runs before this may have put there, and what this one will."""
        last = self.past.last.get(message.key)
        yield self.letters.write(message)
        for sent in (*unsure, *([] if last is None else [last])):
            yield self.letters.write(again(sent))

    def _above(self, message: Message, highest: int) -> Message:
        """The message with a SEQUENCE above what is there: calendars would pass over another."""
        if message.sequence > highest:
            return message
        newest = self.past.revisions.get(message.entry.uid)
        sequences, stamps = [highest, message.sequence], [message.stamp_us]
        stamps.append(self.when_us - self.when_us % _SECOND)
        if newest is not None:
            sequences.append(newest.sequence)
            stamps.append(newest.stamp_us + _SECOND)
        return attrs.evolve(message, sequence=max(sequences) + 1, stamp_us=max(stamps), number=None)

    @property
    def every(self) -> list[Message]:
        """What is to be put and deleted, and behind it what would be."""
        return [*self.messages, *self.foreign]

    def run(self) -> Iterator[Dispatch]:
        """Put and delete, one by one, and tell what became of each.

        Raises:
            DeliveryFailed: If the server cannot be used any more.
            FileFailed: If the ledger cannot be written.
        """
        yield from send(
            self.messages,
            self.ledger,
            self.letters.write,
            self._deliver,
            channel=_channel(self.collection),
        )

    def _deliver(self, message: Message, octets: bytes) -> Receipt:
        uid = message.entry.uid
        name, version = name_of(uid), self.there.get(name_of(uid))
        if message.method == "CANCEL":
            done = Receipt(SENT) if version is None else self.collection.delete(name, version)
        else:
            done = self.collection.put(name, octets, version)
            if done.state == SENT and done.etag is None:
                done = attrs.evolve(done, etag=self._version(name, octets))
        if done.state == SENT:
            self.ledger.keep([(self._fact(uid), done.etag)])
        return done

    def _version(self, name: str, octets: bytes) -> str | None:
        """The version of what was put, if that is what is there; None if nobody knows."""
        try:
            found = self.collection.get(name)
        except DeliveryFailed:
            return None
        if found is None or identity(found[0]) != identity(octets):
            return None
        return found[1] or None

    def _known(self, uid: str) -> str | None:
        return self.ledger.fact(self._fact(uid))

    def _fact(self, uid: str) -> str:
        return f"etag {self.collection.url} {uid}"


def name_of(uid: str) -> str:
    """The name of the object of a UID in a collection: the UID, or a digest of a long one.

    >>> name_of("hearing.floor.1@r2psched")
    'hearing.floor.1@r2psched.ics'
    """
    octets = uid.encode("utf-8", "surrogatepass")
    short = len(octets) + len(".ics") <= _LONGEST
    return f"{uid if short else hashlib.sha256(octets).hexdigest()}.ics"


def _channel(collection: Collection) -> str:
    return f"caldav {collection.url}"
