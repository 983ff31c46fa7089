"""Folders that a web server shows: files whose headers tell the truth about them.

A static server makes Last-Modified, and mostly ETag too, from the time at which a file was written,
cut to the second.
"""

from __future__ import annotations

import re
import stat
import time
from typing import TYPE_CHECKING

from r2psched.entries.uids import deadline_uid
from r2psched.errors import FileFailed, InvalidValue, shown
from r2psched.fields import as_link
from r2psched.files import save
from r2psched.ical.reading import read

if TYPE_CHECKING:
    from pathlib import Path

    from r2psched.programme import Programme

__all__ = ["address", "refuse_others", "subscription", "update"]

_SECOND = 1_000_000_000


def update(path: Path, data: bytes) -> bool:
    """Write a file if that changes it, and tell whether it did.

    What is as it was is left alone, with its time. What changes has a time that is later by the
    second than the one it had: a reader who asks for what is new since the last time gets it. For
    that a file that changed in this very second waits for the next one. No link is followed: what
    it leads to may be none of the folder's.

    Args:
        path: The file.
        data: What it is to hold.

    Raises:
        FileFailed: If it cannot be written.
    """
    before = _seconds(path)
    if before is not None and _held(path) == data:
        return False
    if before is not None:
        # A time of the future would be simpler, but no server may tell one (RFC 9110, 8.8.2.1).
        left = before + 1 - time.time()
        time.sleep(left if 0 < left <= 1 else 0)
    # The clock of the disk may go behind, or that of the system have been set back.
    later = None if before is None else max(time.time_ns(), (before + 1) * _SECOND)
    save(path, data, follow=False, modified_ns=later)
    return True


def refuse_others(path: Path, programme: Programme) -> None:
    """Refuse a file that is there and no agenda of a programme, so that nobody loses one.

    Args:
        path: Where the agenda of the programme is to be written.
        programme: The programme.

    Raises:
        FileFailed: If something else than an event of the programme is in it, or it cannot be read.
    """
    if path.is_symlink() or not path.is_file():
        return  # which `update` refuses, or makes
    try:
        held = path.read_bytes()
    except OSError as error:
        raise FileFailed(path, "read", error.strerror or str(error)) from error
    # A dot within an id is doubled: the ids of no two programmes begin alike.
    head = re.escape(deadline_uid(programme).removesuffix("deadline@r2psched"))
    ours = re.compile(rf"{head}[^.].*@r2psched")
    uids = [
        each.first("UID")
        for calendar in read(held, lambda *_: None)
        for each in calendar.components
        if each.name == "VEVENT"
    ]
    if not uids or not all(uid and ours.fullmatch(uid.value) for uid in uids):
        reason = (
            f"it is no agenda of {shown(programme.id)}: name another folder with -o, or remove it "
            "if nobody needs it"
        )
        raise FileFailed(path, "write", reason)


def subscription(url: str, name: str) -> str:
    """The link by which a calendar program subscribes to a file of a folder.

    Args:
        url: Where the web server shows the folder.
        name: The file.

    Raises:
        InvalidValue: If that is no address of a folder.

    Source:
        The scheme webcal, which Apple's, Microsoft's, Google's and Mozilla's calendars take.

    >>> subscription("https://example.org/hearing", "agenda.ics")
    'webcal://example.org/hearing/agenda.ics'
    """
    return f"webcal://{address(url, name).partition('://')[2]}"


def address(url: str, name: str) -> str:
    """The link of the web to a file of a folder.

    Args:
        url: Where the web server shows the folder.
        name: The file.

    Raises:
        InvalidValue: If that is no address of a folder.

    >>> address("https://example.org/hearing", "agenda.ics")
    'https://example.org/hearing/agenda.ics'
    """
    link = as_link(url) or ""
    if not link or "?" in link or "#" in link:
        msg = (
            'expected the address of a folder, such as "https://example.org/hearing/", '
            f"got {shown(url)}"
        )
        raise InvalidValue(msg)
    return f"{link.rstrip('/')}/{name}"


def _seconds(path: Path) -> int | None:
    try:
        found = path.lstat()
        return found.st_mtime_ns // _SECOND if stat.S_ISREG(found.st_mode) else None
    except (OSError, ValueError):
        return None


def _held(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
