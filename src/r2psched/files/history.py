"""The history of a list: one line of JSON for each change, beside the CSV file, never rewritten."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import attrs

from r2psched.blocks import from_epoch, to_epoch, write_moment
from r2psched.errors import Fault, FileFailed, InvalidInput, Refused
from r2psched.files.loading import history_file, load
from r2psched.speakers import Registration

if TYPE_CHECKING:
    import io
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import pendulum

    from r2psched.speakers import SpeakerList

__all__ = [
    "Closing",
    "Entry",
    "Stamp",
    "append",
    "as_closed",
    "closing_of",
    "digest",
    "mend",
    "read_history",
    "refuse_stale",
    "unnoted",
]

EDITED = "edited outside"
NOT_MADE = "not made"


@attrs.frozen
class Stamp:
    """When, by whom and why a change is made.

    Attributes:
        when: When.
        by: By whom, or None where nobody knows.
        why: Why, or None.
        revision: The number of the last change that whoever makes it has seen, or None.
    """

    when: pendulum.DateTime
    by: str | None = None
    why: str | None = None
    revision: int | None = None


@attrs.frozen
class Entry:
    """One change of a list.

    Attributes:
        number: Its number, counted from 1: the revision of the list behind it.
        what: The kind of change, such as "move".
        told: What was changed, in words.
        when: When, in UTC.
        by: By whom, or None.
        why: Why, or None.
        session: The id of the session, or None for what concerns the file alone.
        speakers: Whom it concerns: id, name, and number before and after, None where there is none.
        before: The SHA-256 of the CSV file before it, or None where there was none.
        after: The SHA-256 of the CSV file behind it.
        closes: Of a list that was closed or opened, when it closes, as ISO 8601, or None.
        header: Where somebody left the list, its titles as they were written.
        left: The rows of whoever left it, as they were written.
    """

    number: int
    what: str
    told: str
    when: str
    by: str | None
    why: str | None
    session: str | None
    speakers: tuple[dict[str, Any], ...]
    before: str | None
    after: str
    closes: str | None = None
    header: str | None = None
    left: tuple[str, ...] = ()

    def text(self, zone: str) -> str:
        """Number, time in a zone, what was changed, by whom and why."""
        try:
            at = write_moment(from_epoch(to_epoch(_moment(self.when))[0], zone))
        except (ValueError, OverflowError):  # somebody else wrote the line
            at = self.when
        by = f" (by {self.by})" if self.by else ""
        why = f": {self.why}" if self.why else ""
        return f"{self.number}. {at} {self.told}{by}{why}"


@attrs.frozen
class Closing:
    """When a list closes by its history, in place of what its programme says.

    Attributes:
        closes: The moment in UTC, or None where it is open for good.
    """

    closes: pendulum.DateTime | None


def digest(data: bytes) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    import hashlib  # noqa: PLC0415  # reading a list does without it

    return hashlib.sha256(data).hexdigest()


def read_history(path: Path) -> tuple[Entry, ...]:
    """Every change of a CSV file, in order; none if there is no history.

    A last line that was cut off was never made, and is passed over; one that lacks nothing but its
    line end counts.

    Raises:
        FileFailed: If the history cannot be read.
        InvalidInput: If a line is none that was written here.
    """
    file = history_file(path)
    if not file.exists():
        return ()
    return _entries(_whole(load(file)), file)


def _whole(data: bytes) -> bytes:
    """A history without a last line that was cut off; whole if only its line end is missing."""
    last = data.rfind(b"\n") + 1
    try:
        json.loads(data[last:])  # no part of an object is JSON
    except (ValueError, RecursionError):
        return data[:last]
    return data + b"\n"


def _entries(data: bytes, file: Path) -> tuple[Entry, ...]:
    *lines, _ = data.split(b"\n")
    entries: list[Entry] = []
    for number, line in enumerate(lines, 1):
        try:
            entry = _entry(json.loads(line), number)
        except (ValueError, TypeError, LookupError, RecursionError) as error:
            message = "is no line of a history: put it back as it was, or remove the whole history"
            place = f"{file.name} line {number}"
            raise InvalidInput([Fault(place, message)], str(file)) from error
        entries.append(entry)
    return tuple(entries)


def _entry(tree: Any, number: int) -> Entry:  # noqa: ANN401  # whatever JSON holds
    entry = Entry(
        **{**tree, "speakers": tuple(tree["speakers"]), "left": tuple(tree.get("left", ()))}
    )
    texts = (entry.what, entry.told, entry.when, entry.after)
    known = all(set(each) == {"id", "name", "before", "after"} for each in entry.speakers)
    if entry.number != number or not known or not all(isinstance(text, str) for text in texts):
        raise ValueError(number)
    if entry.closes is not None:
        _moment(entry.closes)
    return entry


def mend(file: io.FileIO, path: Path) -> list[Entry]:
    """Read a history that is open and locked, and mend its end.

    A last line that was cut off is taken off; one that lacks only its line end gets it.

    Raises:
        FileFailed: If it cannot be written.
        InvalidInput: If a line is none that was written here; then nothing is mended.
    """
    file.seek(0)
    data = file.read()
    whole = _whole(data)
    entries = list(_entries(whole, history_file(path)))
    try:
        if len(whole) < len(data):
            file.truncate(len(whole))
        file.write(whole[len(data) :])
    except OSError as error:
        raise FileFailed(str(file.name), "write", error.strerror or str(error)) from error
    return entries


def append(file: io.FileIO, entry: Entry) -> None:
    """Put a change behind the others, and see that it is on the disk.

    Raises:
        FileFailed: If it cannot be written.
    """
    tree = {name: value for name, value in attrs.asdict(entry).items() if _told(name, value)}
    line = json.dumps(tree, ensure_ascii=False) + "\n"
    try:
        data = line.encode()
        while data:
            data = data[file.write(data) :]
        os.fsync(file.fileno())
    except OSError as error:
        raise FileFailed(str(file.name), "write", error.strerror or str(error)) from error


def _told(name: str, value: object) -> bool:
    return name not in {"closes", "header", "left"} or bool(value)


def unnoted(past: Sequence[Entry], data: bytes, stamp: Stamp | None = None) -> Entry | None:
    """What happened to a CSV file and is not in its history yet, or None.

    Args:
        past: Its history.
        data: The file as it is.
        stamp: When that is noted, or None where it is only asked.
    """
    now = digest(data)
    if not past or past[-1].after == now:
        return None
    last = past[-1]
    undone = last.before == now
    what = NOT_MADE if undone else EDITED
    told = f"change {last.number} was not made" if undone else "the file was edited outside"
    return Entry(
        number=last.number + 1,
        what=what,
        told=told,
        when="" if stamp is None else iso(stamp.when),
        by=None,
        why=None,
        session=None,
        speakers=(),
        before=last.after,
        after=now,
    )


def refuse_stale(past: Iterable[Entry], revision: int | None, zone: str) -> None:
    """Refuse a change by somebody who has not seen those before it.

    Raises:
        Refused: If there are any, which are told, or the revision has not come yet.
    """
    if revision is None:
        return
    entries = list(past)
    if revision > len(entries):
        msg = f"there is no revision {revision} yet: the list is at {len(entries)}"
        raise Refused(msg, "revision")
    since = entries[revision:]
    if since:
        happened = "\n".join(f"  {entry.text(zone)}" for entry in since)
        msg = f"the list has changed since revision {revision} (times of {zone}):\n{happened}"
        raise Refused(msg, "revision")


def iso(moment: pendulum.DateTime) -> str:
    """Write a moment in UTC, as the history has it."""
    return f"{from_epoch(to_epoch(moment)[0], 'UTC'):%Y-%m-%dT%H:%M:%SZ}"


def _moment(text: str) -> pendulum.DateTime:
    import datetime as dt  # noqa: PLC0415  # few histories close a list

    return from_epoch(to_epoch(dt.datetime.fromisoformat(text).astimezone(dt.UTC))[0], "UTC")


def closing_of(path: Path) -> Closing | None:
    """When the list in a CSV file closes by its history, or None if that says nothing.

    Raises:
        FileFailed: If the history cannot be read.
        InvalidInput: If a line is none that was written here.
    """
    for entry in reversed(read_history(path)):
        if entry.what in {"close", "reopen"}:
            return Closing(None if entry.closes is None else _moment(entry.closes))
    return None


def as_closed(speakers: SpeakerList, path: Path) -> SpeakerList:
    """A list that closes when its history says, if it says so; see `closing_of`."""
    closing = closing_of(path)
    if closing is None:
        return speakers
    registration = speakers.registration or Registration()
    return attrs.evolve(speakers, registration=attrs.evolve(registration, closes=closing.closes))
