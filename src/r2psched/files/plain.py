"""Trees of plain values that nothing else need fear: not too deep, keys that are texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from r2psched.errors import Fault, shown
from r2psched.files.places import place_of

if TYPE_CHECKING:
    from r2psched.files.places import Step

__all__ = ["plain_faults"]

_DEEPEST = 32
_LARGEST_BITS = 64


def plain_faults(tree: Mapping[str, object]) -> Iterator[Fault]:
    """Say what no programme file, in TOML or JSON, may hold, wherever it stands.

    Whoever reads a tree that has none of these faults may sort its keys, show its values and
    write its texts.

    >>> list(map(str, plain_faults({"room": {1: "A"}})))
    ['room: expected keys that are texts, got 1']
    """
    seen: set[int] = set()
    left: list[tuple[tuple[Step, ...], object]] = [((), tree)]
    while left:
        path, value = left.pop()
        inner: list[tuple[Step, object]] = []
        if isinstance(value, Mapping):
            wrong = next((key for key in value if not _is_key(key)), None)
            if wrong is not None:
                yield _fault(path, tree, f"expected keys that are texts, got {shown(wrong)}")
                continue
            inner = list(value.items())
        elif isinstance(value, (list, tuple)):
            inner = list(enumerate(value))
        elif isinstance(value, int) and value.bit_length() > _LARGEST_BITS:
            yield _fault(path, tree, "the number is too large: nothing here is counted so high")
        elif isinstance(value, str) and not _writable(value):
            yield _fault(path, tree, "holds half a character, which no file can hold")
        if inner and len(path) == _DEEPEST:
            yield _fault(path[:1], tree, "is nested too deep")
        elif id(value) not in seen:
            seen.add(id(value))
            left += [((*path, step), each) for step, each in reversed(inner)]


def _fault(path: tuple[Step, ...], tree: object, message: str) -> Fault:
    return Fault(place_of(path, tree), message)


def _is_key(key: object) -> bool:
    return isinstance(key, str) and _writable(key)


def _writable(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
