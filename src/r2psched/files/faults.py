"""What cattrs found wrong, as faults with places that the user can find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cattrs.errors import (
    AttributeValidationNote,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)

from r2psched.errors import Fault, InvalidInput, R2PSchedError, nearest, shown
from r2psched.files.trees import KEYS, known_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["faults_of", "key_faults"]

_LABELS = ("title", "delegation", "speaker", "name")
Step = str | int


def faults_of(error: BaseException, tree: object) -> Iterator[Fault]:
    """Give every fault in an exception of cattrs, in the order of the tree.

    Args:
        error: A group of cattrs, or any single exception.
        tree: What was structured; its titles and names stand beside the numbers in places.
    """
    for path, leaf in _leaves(error, ()):
        place = _place(path, tree)
        if isinstance(leaf, ForbiddenExtraKeysError):
            yield from key_faults(place, leaf.extra_fields, known_keys(leaf.cl))
        elif isinstance(leaf, InvalidInput):
            yield from (Fault(_join(place, fault.place), fault.message) for fault in leaf.faults)
        elif isinstance(leaf, KeyError):
            yield Fault(place, "is missing")
        elif isinstance(leaf, R2PSchedError):
            yield Fault(place, str(leaf))
        else:
            raise leaf


def key_faults(place: str, keys: Iterable[str], known: Sequence[str]) -> Iterator[Fault]:
    """Give a fault for each unknown key, with the known one that is nearest."""
    for key in sorted(keys, key=str):
        close = nearest(str(key), known)
        hint = f"did you mean {close}?" if close else f"known here are {', '.join(known)}"
        yield Fault(place, f"unknown key {shown(key)}: {hint}")


def _leaves(
    error: BaseException, path: tuple[Step, ...]
) -> Iterator[tuple[tuple[Step, ...], BaseException]]:
    step = _step(error)
    path = path if step is None else (*path, step)
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _leaves(inner, path)
    else:
        yield path, error


def _step(error: BaseException) -> Step | None:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return KEYS.get(note.name, note.name)
        if isinstance(note, IterableValidationNote):
            return int(note.index)
    return None


def _place(path: tuple[Step, ...], tree: object) -> str:
    """Write a path as a person counts, from 1: `sessions[2] "Panel": speakers.limit`."""
    parts = [""]
    at: Any = tree
    for step in path:
        if isinstance(step, int):
            single = not isinstance(at, (list, tuple))
            at = at if single else at[step]
            parts[-1] += "" if single else f"[{step + 1}]"
            label = _label(at)
            if label is not None:
                parts[-1] += f" {shown(label)}"
                parts.append("")
        else:
            parts[-1] += f".{step}" if parts[-1] else step
            at = at.get(step) if isinstance(at, Mapping) else None
    return ": ".join(part for part in parts if part)


def _label(item: object) -> str | None:
    if isinstance(item, str):
        return item
    if isinstance(item, Mapping):
        return next((item[k] for k in _LABELS if isinstance(item.get(k), str)), None)
    return None


def _join(place: str, inner: str) -> str:
    return ": ".join(part for part in (place, inner) if part)
