"""Converters that several rooms' values share: text, tuples, moments, e-mails, pairs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from r2psched.blocks import from_epoch, to_epoch
from r2psched.durations import as_duration
from r2psched.errors import InvalidValue, shown

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    import pendulum

__all__ = [
    "as_emails",
    "as_flag",
    "as_limit",
    "as_line",
    "as_link",
    "as_moment",
    "as_name",
    "as_one_of",
    "as_pairs",
    "as_several",
    "as_text",
    "as_texts",
    "as_title",
    "as_tuple",
    "folded",
    "is_link",
    "optional",
    "optional_limit",
    "whole",
]

T = TypeVar("T")
_LINK = re.compile(r"https?://[!-;=?-~]{1,2000}")
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@[^\s@<>()\[\],;:\"\\]{1,190}")


def as_text(value: str | None) -> str | None:
    """Take a text without the space around it, or None for none."""
    if value is None:
        return None
    given: object = value  # the types are the caller's to keep, and a file's tree keeps none
    if not isinstance(given, str):
        msg = f"expected a text in quotes, got {shown(given)}"
        raise InvalidValue(msg)
    return given.strip() or None


def as_line(value: str | None) -> str | None:
    """Take one line of printable text without the space around it, or None for none."""
    text = as_text(value)
    if text is None or text.isprintable():
        return text
    msg = f"expected one line of text that prints, got {shown(value)}"
    raise InvalidValue(msg)


def as_name(value: object) -> str:
    """Take what somebody or something is looked up by."""
    if isinstance(value, str):
        return value.strip()
    msg = f'expected a name or id such as "Denmark" or "floor", got {shown(value)}'
    raise InvalidValue(msg)


def folded(name: str) -> str:
    """What two spellings of one name have in common, whatever their space and case of letters.

    >>> folded(" Group  A") == folded("group a")
    True
    """
    return " ".join(name.split()).casefold()


def as_title(value: str) -> str:
    """Take a text that must not be empty."""
    text = as_text(value)
    if text is None:
        msg = "expected a text that is not empty"
        raise InvalidValue(msg)
    return text


def is_link(text: str) -> bool:
    """Whether a text is a link of the web, such as "https://example.org/"."""
    return _LINK.fullmatch(text) is not None


def as_link(value: str | None) -> str | None:
    """Take a link of the web, or None for none.

    Raises:
        InvalidValue: If it does not look like `https://example.org/…`.
    """
    text = as_text(value)
    if text is None or is_link(text):
        return text
    msg = f'expected a link such as "https://example.org/", got {shown(value)}'
    raise InvalidValue(msg)


def as_texts(value: str | Iterable[str]) -> tuple[str, ...]:
    """Take one text or several, none of them empty."""
    return tuple(map(as_title, as_tuple(value)))


def as_tuple(value: object) -> tuple[Any, ...]:
    """Take one value or several as a tuple; a text or a mapping is one value.

    Raises:
        InvalidValue: If it is a set, which has no order.
    """
    if isinstance(value, (set, frozenset)):
        msg = f"expected a list, whose order is kept, got a set: {shown(sorted(map(str, value)))}"
        raise InvalidValue(msg)
    if isinstance(value, Iterable) and not isinstance(value, (str, Mapping)):
        return tuple(value)
    return (value,)


def as_several(value: T | Iterable[T], kind: type[T], such: str) -> tuple[T, ...]:
    """Take one value of a class or several as a tuple.

    Args:
        value: The values.
        kind: The class.
        such: What was expected, in words.

    Raises:
        InvalidValue: If one is of another class.
    """
    found: tuple[Any, ...] = as_tuple(value)
    for each in found:
        if not isinstance(each, kind):
            msg = f"expected {such}, got {shown(each)}"
            raise InvalidValue(msg)
    return found


def as_emails(value: str | Iterable[str]) -> tuple[str, ...]:
    """Take one e-mail address or several.

    Raises:
        InvalidValue: If one does not look like `name@example.org`.
    """
    found = as_tuple(value)
    for email in found:
        if not isinstance(email, str) or not _EMAIL.fullmatch(email) or not email.isprintable():
            msg = f'expected an e-mail address such as "name@example.org", got {shown(email)}'
            raise InvalidValue(msg)
    return found


def as_moment(value: datetime | None) -> pendulum.DateTime | None:
    """Take an aware datetime as the same instant in UTC, or None for none.

    In UTC no local time comes twice, so moments compare, hash and pickle exactly.
    """
    return None if value is None else from_epoch(to_epoch(value)[0], "UTC")


def as_flag(value: bool) -> bool:  # noqa: FBT001  # attrs calls it with the value alone
    """Take true or false, and nothing that merely counts as one of them."""
    given: object = value
    if isinstance(given, bool):
        return given
    msg = f"expected true or false, got {shown(given)}"
    raise InvalidValue(msg)


def as_limit(value: timedelta | str) -> timedelta:
    """Take a length of more than zero."""
    return as_duration(value, positive=True)


def optional_limit(value: timedelta | str | None) -> timedelta | None:
    """Take a length of more than zero, or None for none."""
    return None if value is None else as_limit(value)


def as_one_of(*choices: str) -> Callable[[str], Any]:
    """Make a converter that takes one of some words."""

    def one_of(value: str) -> str:
        if value in choices:
            return value
        msg = f"expected one of {', '.join(map(shown, choices))}, got {shown(value)}"
        raise InvalidValue(msg)

    return one_of


def whole(value: object) -> bool:
    """Whether a value is a whole number, which True and False are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def as_pairs(value: Mapping[str, T] | Iterable[tuple[str, T]]) -> tuple[tuple[str, T], ...]:
    """Take a mapping from text as a tuple of its pairs, sorted by key, so that it is frozen.

    Raises:
        InvalidValue: If it is no mapping, or a key is no text.
    """
    try:
        pairs = dict(value)
    except (TypeError, ValueError) as error:
        msg = f"expected a mapping, got {shown(value)}"
        raise InvalidValue(msg) from error
    named = {as_title(key): item for key, item in pairs.items()}
    if len(named) < len(pairs):
        msg = f"two of the names {', '.join(map(shown, pairs))} differ only by space: remove one"
        raise InvalidValue(msg)
    return tuple((key, named[key]) for key in sorted(named))


def optional(kind: type[T], such: str) -> Callable[[T | None], T | None]:
    """Make a converter that takes a value of a class, or None for none."""

    def checked(value: T | None) -> T | None:
        if value is None or isinstance(value, kind):
            return value
        msg = f"expected {such}, got {shown(value)}"
        raise InvalidValue(msg)

    return checked
