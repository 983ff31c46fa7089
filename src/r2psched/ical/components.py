"""Components and whole files, put together from content lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.ical.lines import text_line
from r2psched.ical.octets import checked

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["calendar", "component"]

_VERSION = b"VERSION:2.0\r\n"


def component(name: str, lines: Iterable[bytes]) -> bytes:
    r"""Enclose lines, and whole components among them, in BEGIN and END.

    Args:
        name: The component.
        lines: What it holds: content lines, components within it.

    Returns:
        The component's lines.

    Source:
        RFC 5545 section 3.6.

    Examples:
        >>> from r2psched.ical.lines import text_line
        >>> component("VALARM", [text_line("ACTION", "DISPLAY")])
        b'BEGIN:VALARM\r\nACTION:DISPLAY\r\nEND:VALARM\r\n'
    """
    tag = checked(name).encode()
    return b"".join((b"BEGIN:", tag, b"\r\n", *lines, b"END:", tag, b"\r\n"))


def calendar(prodid: str, lines: Iterable[bytes]) -> bytes:
    r"""Make the whole file: one VCALENDAR.

    Args:
        prodid: Who wrote the file.
        lines: The other properties of the calendar, then its components.

    Returns:
        The octets of the file.

    Source:
        RFC 5545 section 3.4.

    Examples:
        >>> from r2psched.ical.lines import text_line
        >>> calendar("-//example//EN", [text_line("METHOD", "PUBLISH")]).split()[2:4]
        [b'PRODID:-//example//EN', b'METHOD:PUBLISH']
    """
    return component("VCALENDAR", [_VERSION, text_line("PRODID", prodid), *lines])
