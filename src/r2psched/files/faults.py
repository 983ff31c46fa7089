"""What cattrs found wrong, as faults with places that the user can find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cattrs.errors import (
    AttributeValidationNote,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)

from r2psched.errors import Fault, InvalidInput, R2PSchedError, nearest, shown
from r2psched.files.keys import KEYS, known_keys
from r2psched.files.places import join, place_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from r2psched.files.places import Step

__all__ = ["faults_of", "key_faults"]

_MOST_KEYS = 20
_REMEDIES = {
    "id": 'write one and never change it, such as id = "r2p-2014"',
    "title": 'write it as it is printed, such as title = "Interactive dialogue"',
    "name": 'write it as it is printed, such as name = "Jan Eliasson"',
    "default": 'write the limit of all others, such as default = "3 min"',
    "groups": 'write each group with its size, such as groups = { "Group A" = 30 }',
    "for": 'write the rules that it covers, such as for = ["limit"]',
    "from": 'write since when they are in force, such as from = "15:00"',
    "givers": "write how many may yield to one, such as givers = 3",
    "least": "write how many there must be, such as least = 10",
    "longest": 'write how long one then speaks at most, such as longest = "10 min"',
    "limit": 'write it, such as limit = "3 min"',
    "step": 'write what is done, such as step = "limits"',
    "category": 'write the category, such as category = "ngo"',
    "every": "write after how many others, such as every = 5",
    "names": 'write the categories in turn, such as names = ["member", "observer"]',
    "trait": 'write what is looked at, such as trait = "group"',
    "shares": "write the shares, such as shares = { government = 2, opposition = 1 }",
}


def faults_of(error: BaseException, tree: object) -> Iterator[Fault]:
    """Give every fault in an exception of cattrs, in the order of the tree.

    Args:
        error: A group of cattrs, or any single exception.
        tree: What was structured; its titles and names stand beside the numbers in places.
    """
    for path, leaf in _leaves(error, ()):
        place = place_of(path, tree)
        if isinstance(leaf, ForbiddenExtraKeysError):
            yield from key_faults(place, leaf.extra_fields, known_keys(leaf.cl))
        elif isinstance(leaf, InvalidInput):
            yield from (Fault(join(place, fault.place), fault.message) for fault in leaf.faults)
        elif isinstance(leaf, R2PSchedError):
            yield Fault(place, str(leaf))
        elif isinstance(leaf, KeyError) and path and leaf.args == path[-1:]:
            yield Fault(place, f"is missing: {_REMEDIES[leaf.args[0]]}")
        else:
            raise leaf


def key_faults(place: str, keys: Collection[str], known: Sequence[str]) -> Iterator[Fault]:
    """Give a fault for each unknown key, with the known one that is nearest.

    Beyond the twentieth they are counted only: to look for the nearest takes long.
    """
    for key in sorted(keys)[:_MOST_KEYS]:
        close = nearest(key, known)
        listed = f"known here are {', '.join(known)}" if known else "none is known here"
        hint = f"did you mean {close}?" if close else listed
        yield Fault(place, f"unknown key {shown(key)}: {hint}")
    if len(keys) > _MOST_KEYS:
        yield Fault(place, f"and {len(keys) - _MOST_KEYS:,} more unknown keys")


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
            step: Step = note.index
            return step
    return None
