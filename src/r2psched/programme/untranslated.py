"""What a file says in other languages than the one in which it was read, and what it does not."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Original", "Untranslated"]


class Untranslated(NamedTuple):
    """A text of a file that is not there in every language in which others are.

    Attributes:
        place: Where it stands, as the user sees it.
        lacking: The languages that it lacks, by their tags.
        instead: The language in which it stands instead.
    """

    place: str
    lacking: tuple[str, ...]
    instead: str


class Original(NamedTuple):
    """What a session is called in the language of its file, which was read in another.

    Attributes:
        session: The id of the session.
        title: Its title in the language of the file.
        is_derived: Whether the id is derived from that title.
    """

    session: str
    title: str
    is_derived: bool
