"""Identity: by what other programs know an event, a person or a room again.

All rests on ids and names, never on times, titles or e-mail addresses.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter
from typing import TYPE_CHECKING

from r2psched.fields import folded
from r2psched.identifiers import slug
from r2psched.views.exchange.wording import as_plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from r2psched.programme import Programme

__all__ = ["Numbers", "acronym_of", "event_guid", "person_guid", "room_guid", "track_slugs"]

_LARGEST = 2**31 - 1  # what every program can keep as an integer
_NOT_OF_AN_ACRONYM = re.compile(r"[^a-z0-9]+")
_SHORTEST = 4


def event_guid(uid: str) -> uuid.UUID:
    """Name an event by the UID of its calendar entry: programme, session, ordinal of the block.

    >>> event_guid("r2p-2014.floor.2@r2psched")
    UUID('efc7aea6-b16d-5244-bf70-ce182b7704f2')
    """
    return _guid("event", uid)


def person_guid(programme: Programme, name: str, function: str | None = None) -> uuid.UUID:
    """Name a person by the id of the programme and the name, in any case of letters.

    Args:
        programme: The programme.
        name: The name.
        function: What the person is, where the name alone does not tell who it is.
    """
    told = [folded(as_plain(each)) for each in (name, function) if each]
    return _guid("person", programme.id, "\0".join(told))  # which no plain text holds


def room_guid(programme: Programme, name: str) -> uuid.UUID:
    """Name a room by the id of the programme and the name."""
    return _guid("room", programme.id, name)


def _guid(*parts: str) -> uuid.UUID:
    # No id has a colon, so that no two things share a name.
    return uuid.uuid5(uuid.NAMESPACE_URL, ":".join(["r2psched", *parts]))


class Numbers:
    """Positive whole numbers for guids, no number twice.

    A number rests on its guid alone, unless two guids of one file fall on the same one.

    >>> numbers = Numbers()
    >>> first = uuid.UUID(int=7)
    >>> numbers[first], numbers[uuid.UUID(int=7 + 2**31 - 1)], numbers[first]
    (8, 9, 8)
    """

    def __init__(self) -> None:
        self._given: dict[uuid.UUID, int] = {}
        self._used: set[int] = set()

    def __getitem__(self, guid: uuid.UUID) -> int:
        """The number of a guid."""
        number = self._given.get(guid)
        if number is None:
            number = guid.int % _LARGEST + 1
            while number in self._used:
                number = number % _LARGEST + 1
            self._given[guid] = number
            self._used.add(number)
        return number


def acronym_of(programme: Programme) -> str:
    """The id of a programme in small letters, digits and underscores, four or more.

    >>> from r2psched import Programme
    >>> acronym_of(Programme("r2p-2014", "Dialogue", zone="UTC"))
    'r2p_2014'
    """
    plain = _NOT_OF_AN_ACRONYM.sub("_", programme.id.lower())
    return plain if len(plain) >= _SHORTEST else f"id_{plain}"


def track_slugs(names: Iterable[str]) -> list[str]:
    """Each name in small letters, digits and dashes, with a letter first; none of them twice.

    >>> track_slugs(["Panel", "2nd reading", "Panel!"])
    ['panel', 'kind-2nd-reading', 'panel-2']
    """
    found: dict[str, None] = {}
    numbers: Counter[str] = Counter()
    for name in names:
        plain = slug(name)
        plain = plain if plain[0].isalpha() and len(plain) > 1 else f"kind-{plain}"
        told = plain
        while told in found:
            numbers[plain] += 1
            told = f"{plain}-{numbers[plain] + 1}"
        found[told] = None
    return list(found)
