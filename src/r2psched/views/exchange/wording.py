"""Texts and links as every program can take them."""

from __future__ import annotations

import re

__all__ = ["as_one_line", "as_plain", "as_uri"]

_FOREIGN = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_OF_A_URI = re.compile(r'%(?![0-9A-Fa-f]{2})|["<>\\^`{|}]')


def as_plain(text: str | None) -> str:
    r"""A text without control characters and what else XML cannot hold.

    >>> as_plain("One\r\ntwo\0")
    'One\ntwo\ufffd'
    """
    return _FOREIGN.sub("\ufffd", (text or "").replace("\r\n", "\n").replace("\r", "\n"))


def as_one_line(text: str) -> str:
    r"""The same in one line.

    >>> as_one_line("Opening\n remarks")
    'Opening remarks'
    """
    return " ".join(as_plain(text).split())


def as_uri(link: str) -> str:
    """A link with what no URI holds as octets in hexadecimal digits.

    >>> as_uri("https://example.org/{100%}")
    'https://example.org/%7B100%25%7D'
    """
    return _NOT_OF_A_URI.sub(lambda found: f"%{ord(found[0]):02X}", link)
