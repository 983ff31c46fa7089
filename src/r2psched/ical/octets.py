"""Octets of one content line: what may stand in it, how it is escaped and where it is folded.

What cannot stand in a file is replaced, never passed on: control characters go, a lone surrogate
becomes U+FFFD, the line separators of Unicode become line breaks.
"""

from __future__ import annotations

import re
from functools import lru_cache

from icalendar import Parameters, vText

from r2psched.errors import InvalidValue, shown

__all__ = ["PropertyParameters", "checked", "escaped", "folded", "head", "one_line", "writable"]

PropertyParameters = tuple[tuple[str, str | tuple[str, ...]], ...]

_REMEMBERED = 2048
_FOLD_AT = 74
"""Octets before a fold: with the blank that opens the next line, 75 are never passed."""

_NAME = re.compile(r"[A-Z][A-Z0-9-]*")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_ESCAPED = re.compile(r"[\\;,\n]")
_SURROGATES = range(0xD800, 0xE000)
_OPENING_QUOTE = re.compile(r'(^|[\s(\[{\u2013\u2014-])"')


def escaped(text: str) -> bytes:
    r"""Escape a text value.

    Args:
        text: The text, line breaks included.

    Returns:
        The value as it stands after the colon.

    Source:
        RFC 5545 section 3.3.11.

    Examples:
        >>> escaped("one, two\n" + r"C:\New")
        b'one\\, two\\nC:\\\\New'
    """
    plain = writable(text)
    if not _ESCAPED.search(plain):
        return plain.encode()
    # icalendar takes a literal \N for a line break: keep backslash and letter apart.
    parts = plain.split(r"\N")
    return rb"\\N".join([vText(part).to_ical() for part in parts])


def one_line(text: str) -> str:
    r"""Turn line breaks into blanks, for values and parameters that cannot hold any.

    Args:
        text: Any text.

    Returns:
        The text without line breaks and control characters.

    Examples:
        >>> one_line("Permanent Mission\nof Fiji")
        'Permanent Mission of Fiji'
    """
    return writable(text).replace("\n", " ")


def writable(text: str) -> str:
    r"""Take out what no iCalendar file may hold.

    Args:
        text: Any text.

    Returns:
        The text without control characters, each line break as a line feed; tabs stay.

    Source:
        RFC 5545 section 3.1 (CONTROL).

    Examples:
        >>> writable("bell\x07 and \udc80")
        'bell and �'
    """
    if text.isprintable():
        return text
    broken = _BREAK.sub("\n", text)
    return _UNWRITABLE.sub(lambda m: "\ufffd" if ord(m[0]) in _SURROGATES else "", broken)


def checked(name: str) -> str:
    """Give back the name of a property, parameter or component if it can be one.

    Args:
        name: The name.

    Returns:
        The same name.

    Raises:
        InvalidValue: If the name has other signs than capital letters, digits and hyphens.

    Source:
        RFC 5545 section 3.1 (iana-token, x-name).

    Examples:
        >>> checked("X-WR-CALNAME")
        'X-WR-CALNAME'
    """
    if _NAME.fullmatch(name):
        return name
    msg = f"expected a name in capital letters such as SUMMARY, got {shown(name)}"
    raise InvalidValue(msg)


@lru_cache(maxsize=_REMEMBERED)
def head(name: str, parameters: PropertyParameters) -> bytes:
    """Write all of a line before its value, the colon included.

    Args:
        name: The property.
        parameters: Names and values; they are sorted by name.

    Returns:
        The beginning of the line, not folded.

    Raises:
        InvalidValue: If a name is none.

    Source:
        RFC 5545 section 3.2; RFC 6868.

    Examples:
        >>> head("DTSTART", (("TZID", "Africa/Nairobi"),))
        b'DTSTART;TZID=Africa/Nairobi:'
    """
    encoded = [_parameter(key, value) for key, value in sorted(parameters)]
    return b";".join([checked(name).encode(), *encoded]) + b":"


@lru_cache(maxsize=_REMEMBERED)
def _parameter(key: str, value: str | tuple[str, ...]) -> bytes:
    clean = _quoted(value) if isinstance(value, str) else [_quoted(part) for part in value]
    encoded: bytes = Parameters({checked(key): clean}).to_ical()
    if isinstance(value, str) and b"\\" in encoded and not encoded.endswith(b'"'):
        # Some readers take a backslash before the colon for an escape, which it is not here.
        name, _, text = encoded.partition(b"=")
        encoded = name + b'="' + text + b'"'
    return encoded


def _quoted(value: str) -> str:
    return _OPENING_QUOTE.sub("\\1“", one_line(value)).replace('"', "”")


def folded(line: bytes) -> bytes:
    r"""Fold a line as icalendar does: never within a character, never within an escape.

    Args:
        line: The whole line, without its end.

    Returns:
        The line with its folds and its CRLF; no part is longer than 75 octets.

    Source:
        RFC 5545 section 3.1.

    Examples:
        >>> [len(part) for part in folded(b"SUMMARY:" + b"x" * 80).split(b"\r\n")]
        [74, 15, 0]
    """
    if len(line) <= _FOLD_AT:
        return line + b"\r\n"
    pieces = []
    start = 0
    while len(line) - start > _FOLD_AT:
        end = start + _FOLD_AT
        while line[end] & 0xC0 == 0x80:  # noqa: PLR2004  # the mask of a UTF-8 continuation
            end -= 1
        if line[end - 1] in b"\\^":
            end -= 1
        pieces.append(line[start:end])
        start = end
    pieces.append(line[start:])
    return b"\r\n ".join(pieces) + b"\r\n"
