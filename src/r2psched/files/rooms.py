"""Rooms that a file names in several languages: each is one room, whatever language is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from r2psched.errors import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2psched.files.places import Step

__all__ = ["Rooms"]


class _Name(NamedTuple):
    """What a room is called in one language, and where that stands first."""

    tag: str
    text: str
    path: tuple[Step, ...]


class Rooms:
    """The rooms of a file, each known by its name in the language of the file.

    A name without a table stands for the table of that name, so that both are one room in every
    language. A table that has no name in the language of the file is known by its first.

    >>> rooms = Rooms("en")
    >>> rooms.add(("room",), {"en": "Room 4", "fr": "Salle 4"})
    >>> rooms.names("Room 4"), rooms.names("Room 5")
    ({'en': 'Room 4', 'fr': 'Salle 4'}, 'Room 5')
    """

    def __init__(self, own: str) -> None:
        """Take the language of the file."""
        self._own = own.casefold()
        self._known: dict[str, dict[str, _Name]] = {}
        self._tables: dict[str, dict[str, str]] = {}
        self._faults: list[tuple[tuple[Step, ...], str]] = []

    def add(self, path: tuple[Step, ...], value: object) -> None:
        """Add the room that stands at a place, unless it is no text in any language."""
        names = _names(path, value)
        room = self._room(names)
        if room is None:
            return
        known = self._known.setdefault(room, {})
        for tag, name in names.items() if isinstance(value, Mapping) else ():
            other = known.setdefault(tag, name)
            if other.text != name.text:
                message = (
                    f"{shown(room)} is {shown(other.text)} in {shown(other.tag)} elsewhere, and "
                    f"{shown(name.text)} here: call it one name"
                )
                self._faults.append((path, message))

    def names(self, value: object) -> object:
        """The names by language of a room, as far as the file says any, or else what was given.

        They are the same object wherever the room is named.
        """
        room = self._room(_names((), value))
        if room is None or not self._known.get(room):
            return value
        if room not in self._tables:
            self._tables[room] = {name.tag: name.text for name in self._known[room].values()}
        return self._tables[room]

    def _as_it_is(self, room: str, tag: str) -> bool:
        """Whether a room is called by its own name in a language, since the file says no other."""
        return room in self._known and tag not in self._known[room]

    def _room(self, names: Mapping[str, _Name]) -> str | None:
        name = names.get(self._own) or next(iter(names.values()), None)
        return None if name is None else name.text

    def faults(self) -> Iterator[tuple[tuple[Step, ...], str]]:
        """Each name that would be that of two rooms in some language, and rooms of two names."""
        yield from self._faults
        seen: dict[tuple[str, str], str] = {}
        for room, names in self._known.items():
            for tag, name in names.items():
                other = seen.setdefault((tag, name.text), room)
                if other == room and self._as_it_is(name.text, tag):
                    other = name.text
                if other != room:
                    message = (
                        f"{shown(room)} is {shown(name.text)} in {shown(name.tag)}, and so is "
                        f"{shown(other)}: name one room alike everywhere, and two rooms apart"
                    )
                    yield name.path, message


def _names(path: tuple[Step, ...], value: object) -> dict[str, _Name]:
    """The names of a room by language; without a table there is one, in no language."""
    table = value if isinstance(value, Mapping) else {"": value}
    return {
        tag.casefold(): _Name(tag, text.strip(), path)
        for tag, text in table.items()
        if isinstance(text, str) and text.strip()
    }
