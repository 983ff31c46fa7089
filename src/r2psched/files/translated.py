"""Texts that a file has in several languages: the one that is asked for stands for the table."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from r2psched.errors import Fault, shown
from r2psched.files.places import place_of
from r2psched.files.rooms import Rooms
from r2psched.identifiers import slug
from r2psched.sessions import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2psched.files.places import Step
    from r2psched.programme.untranslated import Original, Untranslated

__all__ = ["InLanguage", "in_language", "own_texts_in", "text_in"]


class _Text(Enum):
    """What a text by language is of."""

    PLAIN = "plain"
    ROOM = "room"
    KIND = "kind"
    OWN = "own"


class _OwnTexts(Enum):
    """Texts that replace those of the catalogue: by key, or in tables of such."""

    TABLE = "table"


_TEXT = _Text.PLAIN
_PERSON = {"name": _TEXT, "function": _TEXT}
_REGISTRATION = {"write_to": _TEXT, "instructions": _TEXT}
_RESERVE = {"title": _TEXT, "assumed": _TEXT}
_ANYWHERE: dict[str, Any] = {
    "title": _TEXT,
    "description": _TEXT,
    "room": _Text.ROOM,
    "documents": _TEXT,
}
_SESSION = _ANYWHERE | {
    "kind": _Text.KIND,
    "chair": _PERSON,
    "moderator": _PERSON,
    "panellists": _PERSON,
    "reserves": _RESERVE,
    "speakers": {"registration": _REGISTRATION, "note": _TEXT},
}
_PROGRAMME = _ANYWHERE | {
    "venue": _TEXT,
    "organiser": _PERSON,
    "contacts": _PERSON,
    "registration": _REGISTRATION,
    "invitations": {"texts": _OwnTexts.TABLE},
    "sessions": _SESSION,
}
"""The keys that hold a text, one or several, by the tables that they stand in."""

_What = _Text | _OwnTexts | Mapping[str, Any]
_ABOVE = "invitations.texts."
_LONGEST_PART = 8


class InLanguage(NamedTuple):
    """A tree of which each text is in one language.

    Attributes:
        tree: The tree.
        faults: What is wrong with its tables of texts.
        untranslated: What they lack.
        originals: The titles of sessions in the language of the file, where that is another.
    """

    tree: dict[str, Any]
    faults: list[Fault]
    untranslated: tuple[Untranslated, ...]
    originals: tuple[Original, ...] = ()


def in_language(tree: Mapping[str, Any], own: str, asked: str | None = None) -> InLanguage:
    """Put a text in place of each table of texts by language, in a tree that is plain.

    The ids of sessions that state none are those of the file's own language, whatever is asked for;
    and rooms are told apart by their names in it.

    Args:
        tree: The keys and values of a programme file, which stay as they are.
        own: The language of the file.
        asked: The language that is asked for, which is that of the tree then, or None for its own.

    >>> in_language({"title": {"en": "Debate", "fr": "Débat"}}, "en", "fr").tree
    {'title': 'Débat', 'lang': 'fr'}
    """
    rooms = _rooms(tree, own)
    reading = _Reading(own, asked or own, rooms)
    made = reading.table(tree, _PROGRAMME, ()) | {"lang": asked or own}
    faults = [
        *reading.faults(made),
        *(Fault(place_of(p, made), told) for p, told in rooms.faults()),
    ]
    lacking = tuple(reading.untranslated(made))
    return InLanguage(made, faults, lacking, tuple(reading.originals))


def own_texts_in(tree: Mapping[str, Any], own: str, asked: str) -> InLanguage:
    """Do the same for texts that replace those of the catalogue.

    >>> own_texts_in(
    ...     {"slot": {"summary": {"en": "{who} speaks", "fr": "{who} parle"}}}, "en", "fr"
    ... )[0]
    {'slot': {'summary': '{who} parle'}}
    """
    reading = _Reading(own, asked)
    made = reading.own_texts(tree, ())
    return InLanguage(made, reading.faults(made), tuple(reading.untranslated(made)))


def text_in(value: object, *languages: str) -> object:
    """The text of a table in the first of some languages that it has, or else its first text.

    >>> text_in({"fr": "Salle", "en": "Room"}, "de", "en"), text_in({"fr": "Salle"}, "en")
    ('Room', 'Salle')
    >>> text_in("Room", "fr")
    'Room'
    """
    if not isinstance(value, Mapping):
        return value
    tags = {tag.casefold(): tag for tag in value}
    wanted = map(str.casefold, languages)
    found = next((tags[each] for each in wanted if each in tags), None)
    return next(iter(value.values()), None) if found is None else value[found]


class _Table(NamedTuple):
    """A table of texts that was met.

    Attributes:
        path: Where it stands.
        given: The text by language, as it is written.
        names: The same with what the file says elsewhere.
        what: What it is of.
    """

    path: tuple[Step, ...]
    given: Mapping[str, object]
    names: Mapping[str, object]
    what: _Text


class _Reading:
    """Reads a tree in one language, and keeps the tables of texts that it meets."""

    def __init__(self, own: str, asked: str, rooms: Rooms | None = None) -> None:
        self._own, self._asked = own, asked
        self._rooms = Rooms(own) if rooms is None else rooms
        self._tables: list[_Table] = []
        self.originals: list[Original] = []
        # Many sessions may be in one room, which may have many names.
        self._rooms_told: dict[int, object] = {}

    def table(
        self, table: Mapping[str, Any], keys: Mapping[str, Any], path: tuple[Step, ...]
    ) -> dict[str, Any]:
        """A table in which the values of some keys are read."""
        made = {
            key: self._value(value, keys[key], (*path, key)) if key in keys else value
            for key, value in table.items()
        }
        if keys is _SESSION and isinstance(table.get("title"), Mapping):
            self._keep(made, text_in(table["title"], self._own))
        return made

    def own_texts(self, table: Mapping[str, Any], path: tuple[Step, ...]) -> dict[str, Any]:
        """Texts that replace those of the catalogue: by dotted keys, or in its tables."""
        return {
            key: {
                inner: self._one(each, _Text.OWN, (*path, key, inner))
                for inner, each in value.items()
            }
            if isinstance(value, Mapping) and "." not in key
            else self._one(value, _Text.OWN, (*path, key))
            for key, value in table.items()
        }

    def _value(self, value: object, what: _What, path: tuple[Step, ...]) -> object:
        if isinstance(value, (list, tuple)) and any(isinstance(each, Mapping) for each in value):
            return [self._one(each, what, (*path, at)) for at, each in enumerate(value)]
        return self._one(value, what, path)

    def _one(self, value: object, what: _What, path: tuple[Step, ...]) -> object:
        names = self._rooms.names(value) if what is _Text.ROOM else value
        if not isinstance(names, Mapping):
            return value
        if isinstance(what, _OwnTexts):
            return self.own_texts(names, path)
        if not isinstance(what, _Text):
            return self.table(names, what, path)
        if isinstance(value, Mapping):
            self._tables.append(_Table(path, value, names, what))
        text = self._told(names, what)
        # What is no text is told as a fault of the table, and of nothing else.
        return text if isinstance(text, str) and text.strip() else f"({path[-1]})"

    def _told(self, names: Mapping[str, object], what: _Text) -> object:
        if what is not _Text.ROOM:
            return text_in(names, self._asked, self._own)
        if id(names) not in self._rooms_told:
            self._rooms_told[id(names)] = text_in(names, self._asked, self._own)
        return self._rooms_told[id(names)]

    def _keep(self, session: dict[str, Any], title: object) -> None:
        """Keep the id and the title that a session has in the language of the file."""
        if not isinstance(title, str) or title.strip() == session["title"].strip():
            return
        from r2psched.programme.untranslated import Original  # noqa: PLC0415  # few files need it

        stated = session.get("id")
        derived = slug(title.strip())
        if stated is None and derived != slug(session["title"].strip()):
            session["id"] = derived
        name = stated if isinstance(stated, str) else derived
        self.originals.append(Original(name.strip(), title.strip(), stated is None))

    def faults(self, tree: Mapping[str, Any]) -> list[Fault]:
        """What is wrong with the tables; their places have the titles of the tree that was made."""
        return [
            Fault(place_of((*table.path, *step), tree), message)
            for table in self._tables
            for step, message in (*_faults(table.given), *self._of_its_own(table))
        ]

    def _of_its_own(self, table: _Table) -> Iterator[tuple[tuple[str, ...], str]]:
        """What is wrong with its texts since it is a kind, or replaces a text of the catalogue."""
        if table.what is _Text.KIND:
            yield from _kind_faults(table.given)
        if table.what is _Text.OWN:
            from r2psched.language.catalogue import faults_of, words  # noqa: PLC0415  # few replace

            key = ".".join(map(str, table.path)).removeprefix(_ABOVE)
            read = text_in(table.given, self._asked, self._own)
            for tag, text in table.given.items() if key in words().texts else ():
                # The text that is read is looked at where it is taken.
                if isinstance(text, str) and text.strip() and text != read:
                    yield from (((tag,), told) for _, told in faults_of({key: text}))

    def untranslated(self, tree: Mapping[str, Any]) -> Iterator[Untranslated]:
        """What the tables lack of the languages in which others, or the file itself, speak."""
        if not self._tables:
            return
        from r2psched.language import languages  # noqa: PLC0415  # most files speak one
        from r2psched.programme.untranslated import Untranslated  # noqa: PLC0415  # only where texts are lacking

        tables = {id(table.names): table.names for table in self._tables}
        said = {at: set(map(str.casefold, names)) for at, names in tables.items()}
        spoken = {self._own.casefold(), self._asked.casefold()}.union(*said.values())
        wanted = [each for each in languages() if each.casefold() in spoken]
        for table in self._tables:
            tags = said[id(table.names)]
            lacking = tuple(each for each in wanted if each.casefold() not in tags)
            if lacking and table.names:
                instead = self._own if self._own.casefold() in tags else next(iter(table.names))
                yield Untranslated(place_of(table.path, tree), lacking, instead)


def _rooms(tree: Mapping[str, Any], own: str) -> Rooms:
    """The rooms that a programme and its sessions name."""
    rooms = Rooms(own)
    rooms.add(("room",), tree.get("room"))
    sessions = tree.get("sessions")
    for at, session in enumerate(sessions if isinstance(sessions, (list, tuple)) else ()):
        if isinstance(session, Mapping):
            rooms.add(("sessions", at, "room"), session.get("room"))
    return rooms


def _kind_faults(table: Mapping[str, object]) -> Iterator[tuple[tuple[str, ...], str]]:
    for tag, text in table.items():
        if isinstance(text, str) and (kind := text.strip().casefold()) in KINDS:
            message = f"is said in every language by itself: write kind = {shown(kind)} alone"
            yield (tag,), message


def _faults(table: Mapping[str, object]) -> Iterator[tuple[tuple[str, ...], str]]:
    if not table:
        yield (), 'is empty: write the text by language, such as { en = "Room 4", fr = "Salle 4" }'
    seen: dict[str, str] = {}
    for tag, text in table.items():
        if not _is_tag(tag):
            yield (
                (),
                f'expected the tag of a language, such as en in {{ en = "…" }}, got {shown(tag)}',
            )
        elif (other := seen.setdefault(tag.casefold(), tag)) != tag:
            yield (tag,), f"is said a second time: {other} is the same language, remove one of them"
        if not isinstance(text, str):
            yield (tag,), f"expected a text in quotes, got {shown(text)}"
        elif not text.strip():
            yield (tag,), "expected a text that is not empty"


def _is_tag(tag: str) -> bool:
    """Whether it looks like the tag of a language: RFC 5646, 2.1."""
    first, *rest = tag.split("-")
    return (
        len(first) in (2, 3)
        and first.isalpha()
        and tag.isascii()
        and all(part.isalnum() and len(part) <= _LONGEST_PART for part in rest)
    )
