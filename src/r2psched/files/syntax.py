"""TOML text to a tree, with syntax errors that show the line and how to write it."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from r2psched.errors import Fault, InvalidInput, shown

__all__ = ["parse_toml", "quoted"]

_AT = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$")
_ENTRY = re.compile(r"(\s*(?:[\w.\"'-]+\s*=)?\s*)(.*)")
_QUOTED = r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|#.*"
_BARE = r"(?<![\w.-])(?:[0-9][^,=\[\]{}#\"']*[^,=\[\]{}#\"'\s]|[0-9])"
_VALUE = re.compile(f"({_QUOTED})|{_BARE}")
_LONGEST_LINE = 200

# tomllib takes time quadratic in the parts of a key.
_MANY_PARTS = re.compile(
    r"(?<![\w-])(?>(?:[\w-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')[ \t]*\.[ \t]*){100}"
)
_MANY_DIGITS = re.compile(r"[0-9_]{4300}")
_DATE = re.compile(r"\s*dates?\s*=")
_DEEP = re.compile(r"(?:[\[{][^\[\]{}]*){100}")


def parse_toml(text: str) -> dict[str, Any]:
    """Parse TOML.

    Raises:
        InvalidInput: With the line; where it holds a time, date or duration without quotes, with
            the line as it should be.

    >>> parse_toml("time = 10:50-13:00")
    Traceback (most recent call last):
    r2psched.errors.InvalidInput: the input: 1 fault
      line 1: `time = 10:50-13:00` is not TOML (Expected newline or end of document after a \
statement): write `time = "10:50-13:00"`
    """
    if _MANY_PARTS.search(text):
        raise InvalidInput([_fault_at(_MANY_PARTS, text, "a key has more than 100 parts")])
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput([_fault(str(error), text)]) from error
    except ValueError as error:
        raise InvalidInput([_fault_at(_MANY_DIGITS, text, "a number is too long")]) from error
    except RecursionError as error:
        raise InvalidInput([_fault_at(_DEEP, text, "is nested too deep")]) from error


def _fault_at(sign: re.Pattern[str], text: str, message: str) -> Fault:
    found = sign.search(text)
    return Fault(f"line {text.count(chr(10), 0, found.start()) + 1}" if found else "", message)


def _fault(message: str, text: str) -> Fault:
    found = _AT.search(message)
    lines = text.split("\n")
    number = int(found[1]) if found and found[1] else len(lines)
    reason = message[: found.start()] if found else message
    line = lines[number - 1].rstrip()
    if len(line) > _LONGEST_LINE:
        return Fault(f"line {number}", f"is not TOML: {reason}")
    remedy = quoted(line)
    hint = f": write `{remedy.strip()}`" if remedy != line and _would_do(remedy) else ""
    if _DATE.match(line):
        hint = ": write a date as year, month, day, such as `date = 2014-09-08`"
    return Fault(f"line {number}", f"`{shown(line.strip())[1:-1]}` is not TOML ({reason}){hint}")


def quoted(line: str) -> str:
    """Put a line's bare times, dates and durations into quotes.

    >>> quoted("time = [10:50-13:00, 15:00-17:50]  # both")
    'time = ["10:50-13:00", "15:00-17:50"]  # both'
    """
    # A key is no value, though it may begin with a digit.
    head, value = _ENTRY.match(line).groups()  # type: ignore[union-attr]  # matches any line
    return head + _VALUE.sub(_in_quotes, value)


def _in_quotes(found: re.Match[str]) -> str:
    value = found[0]
    return value if found[1] or _is_toml(f"x = {value}") else f'"{value}"'


def _would_do(line: str) -> bool:
    """Whether a line is TOML, or one of the lines of a list."""
    return any(map(_is_toml, (line, f"x = [{line}\n]", f"{line}\n]")))


def _is_toml(line: str) -> bool:
    try:
        tomllib.loads(line)
    except (ValueError, RecursionError):
        return False
    return True
