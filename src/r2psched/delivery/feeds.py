"""Feeds: a calendar for each speaker, at a path that nobody can guess."""

from __future__ import annotations

import base64
import hmac
import re
import secrets
from collections import defaultdict
from typing import TYPE_CHECKING

import attrs

from r2psched.entries import Agenda, slot_entries
from r2psched.errors import FileFailed
from r2psched.inviting import Recipient, Wanted, updates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from r2psched.delivery.ledger import Ledger
    from r2psched.entries import Entry
    from r2psched.inviting import Message, Sent
    from r2psched.programme import Programme
    from r2psched.seating import Slot

__all__ = ["FEEDS", "Feed", "Feeds", "feeds", "others", "take_away"]

FEEDS = "feeds"
"""The channel of feeds in the ledger."""

_SECRET = "secret of feeds"  # noqa: S105  # the name under which it is kept
_FORMER = "former secrets of feeds"
_SECRETS = re.compile(r"[0-9a-f]{64}(?: [0-9a-f]{64})*")
_PATH = re.compile(r"[a-z2-7]{26}\.ics")


@attrs.frozen
class Feed:
    """The calendar of one speaker.

    Attributes:
        session: The id of the session.
        speaker: Who it is.
        path: Where its file stands in the folder.
        entries: Each with its SEQUENCE and its DTSTAMP in microseconds since the epoch; one that
            was taken back is cancelled.
    """

    session: str
    speaker: str
    path: str
    entries: tuple[tuple[Entry, int, int], ...]

    def row(self) -> dict[str, object]:
        """The feed as a dict."""
        standing = sum(entry.status != "cancelled" for entry, _, _ in self.entries)
        return {
            "session": self.session,
            "speaker": self.speaker,
            "path": self.path,
            "entries": standing,
        }


@attrs.frozen
class Feeds:
    """The calendars of all speakers.

    Attributes:
        feeds: One for each speaker who has, or had, an entry.
        messages: What is new in them, to be written down in the ledger.
        former: By each secret that was renewed, the paths that were made with it, as long as
            their files are not known to be gone.
    """

    feeds: tuple[Feed, ...]
    messages: tuple[Message, ...]
    former: Mapping[str, frozenset[str]] = attrs.field(factory=dict, repr=False)


def feeds(  # noqa: PLR0913  # each is named where it is given
    programme: Programme,
    slots: Iterable[Slot],
    ledger: Ledger,
    *,
    when_us: int,
    session: str | None = None,
    settled: Iterable[tuple[str, str]] = (),
    renew: bool = False,
) -> Feeds:
    """Gather what each speaker's calendar holds: their slots, and the deadline of their list.

    Args:
        programme: The programme.
        slots: Of running orders or forecasts.
        ledger: What the feeds held before, and the secret of their paths.
        when_us: The time now, in microseconds since the epoch.
        session: The id of the only session that this is about; the feeds of others stay as they
            are.
        settled: Session and id of the inscriptions that are done: their feeds stay as they are.
        renew: Whether to give every feed another path. The ledger keeps the secret of the paths
            before until `take_away` has found their files.

    Returns:
        The feeds; in the ledger the recipient of what is in one has the ids of the session and of
        the inscription for an address, as in "floor/chile".

    Raises:
        UnknownName: If a slot is of a session that the programme does not have.
        InvalidValue: If a slot is none of the programme as it is now.
        FileFailed: If the ledger cannot be read or written.
    """
    past, done = ledger.past(FEEDS), {_address(*each) for each in settled}
    plan = updates(
        _wanted(programme, slots),
        past,
        when_us=when_us,
        within=lambda entry, whose: session in {None, entry.session} and whose.address not in done,
    )
    held: dict[str, dict[str, tuple[Entry, int, int]]] = defaultdict(dict)
    names: dict[str, str] = {}
    known: list[Sent | Message] = [*past.last.values(), *plan.messages]
    for each in known:
        entry = each.entry
        if each.method == "CANCEL":
            entry = attrs.evolve(entry, status="cancelled", alarms=())
        held[each.recipient.address][entry.uid] = (entry, each.sequence, each.stamp_us)
        names[each.recipient.address] = each.recipient.name
    secret, former = _secrets(ledger, renew=renew)
    found = []
    for address, entries in held.items():
        owner, path = address.partition("/")[0], _path(secret, address)
        found.append(Feed(owner, names[address], path, tuple(entries.values())))
    paths = {each: frozenset(_path(each, address) for address in held) for each in former}
    return Feeds(tuple(found), plan.messages, paths)


def take_away(made: Feeds, folder: Path, ledger: Ledger) -> int:
    """Take away the files of feeds that were renewed, and tell how many there were.

    A secret none of whose files are there stays in the ledger: they may be in another folder.

    Args:
        made: The feeds, whose files are written.
        folder: Where.
        ledger: Keeps the secrets of the paths before.

    Raises:
        FileFailed: If the folder cannot be read or a file not be taken away: the ledger then still
            knows of it, and the next run tries again.
    """
    if not made.former:
        return 0
    there, left, count = _names(folder), list[str](), 0
    for secret, paths in made.former.items():
        found = sorted(paths & there)
        for name in found:
            _remove(folder / name)
        count += len(found)
        if not found:
            left.append(secret)
    if len(left) < len(made.former):
        ledger.keep([(_FORMER, " ".join(left) or None)])
    return count


def others(made: Feeds, folder: Path) -> int:
    """How many files of feeds are in a folder that are none of these.

    Raises:
        FileFailed: If the folder cannot be read.
    """
    ours = {each.path for each in made.feeds}
    return sum(1 for name in _names(folder) if _PATH.fullmatch(name) and name not in ours)


def _names(folder: Path) -> set[str]:
    try:
        return {path.name for path in folder.iterdir()}
    except OSError as error:
        raise FileFailed(folder, "read", error.strerror or str(error)) from error


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise FileFailed(path, "remove", error.strerror or str(error)) from error


def _wanted(programme: Programme, slots: Iterable[Slot]) -> list[Wanted]:
    if programme.status == "cancelled":
        return []
    found = list[Wanted]()
    closing = {entry.session: entry for entry in Agenda(programme).deadlines() if entry.session}
    for slot, entry in slot_entries(programme, slots):
        who = slot.inscription
        recipient = Recipient(str(who), _address(slot.session, who.id))
        found.append(Wanted(entry, recipient))
        if slot.session in closing:
            found.append(Wanted(closing[slot.session], recipient))
    return found


def _address(session: str, about: str) -> str:
    return f"{session}/{about}"


def _secrets(ledger: Ledger, *, renew: bool) -> tuple[str, list[str]]:
    """The secret from which paths are made; and those before it whose files may still be there.

    A new one and those before it are written down at once, before any file: whatever stops a run,
    the next one knows which files are to be taken away.
    """
    kept, former = _kept(ledger, _SECRET), _kept(ledger, _FORMER)
    if kept and not renew:
        return kept[0], former
    new, former = secrets.token_hex(32), [*former, *kept]
    ledger.keep([(_SECRET, new), (_FORMER, " ".join(former) or None)])
    return new, former


def _kept(ledger: Ledger, name: str) -> list[str]:
    told: object = ledger.fact(name)
    if told is None:
        return []
    if not isinstance(told, str) or not _SECRETS.fullmatch(told):
        reason = f"the {name} in it is damaged: take the ledger back from a copy, or name another"
        raise FileFailed(ledger.path, "read", reason)
    return told.split()


def _path(secret: str, name: str) -> str:
    """A path of 128 bits that only who has the secret can make (RFC 2104, RFC 4648)."""
    digest = hmac.digest(bytes.fromhex(secret), name.encode(), "sha256")
    return base64.b32encode(digest[:16]).decode().rstrip("=").lower() + ".ics"
