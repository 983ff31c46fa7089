"""What an outline is made of: words, sorted by what they tell, without any form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from r2psched.language import Words

__all__ = [
    "BlockOutline",
    "DayOutline",
    "Fact",
    "Item",
    "ListOutline",
    "ProgrammeOutline",
    "Run",
    "Said",
    "Turn",
]


@attrs.frozen
class Said:
    """A few words, perhaps with a link.

    Attributes:
        text: What is said.
        link: Where it leads (http or https), or None.
    """

    text: str
    link: str | None = None


@attrs.frozen
class Fact:
    """Something that is told under a name.

    Attributes:
        kind: What it is, in one language for all, such as "panellists".
        name: What it is called, such as "Panellists".
        values: What is told, one or more.
    """

    kind: str
    name: str
    values: tuple[Said, ...]

    def told(self, words: Words) -> str:
        """All values in one line.

        >>> from r2psched.language import words
        >>> Fact("documents", "Documents", (Said("A/68/947"), Said("A/63/677"))).told(words())
        'A/68/947; A/63/677'
        """
        return words("general.semicolon").join(value.text for value in self.values)


@attrs.frozen
class Item:
    """One block of a session, as an agenda has it.

    Attributes:
        session: The id of the session.
        ordinal: Which of the blocks of the session it is, from 1.
        time: When, such as "10:50–13:00"; with its mark where clocks show an hour twice.
        start: Its start in ISO 8601, with the offset.
        end: Its end.
        title: The title of the session, with "(1/2)" if it has several blocks.
        kind: What it is, in words; empty where there is nothing to say.
        room: Where, or an empty text.
        is_break: Whether nobody sits.
        description: Paragraphs, each with its lines.
        facts: People, limit, documents, webcast and more.
        has_list: Whether the list of the session is in the outline.
    """

    session: str
    ordinal: int
    time: str
    start: str
    end: str
    title: str
    kind: str
    room: str
    is_break: bool
    description: tuple[tuple[str, ...], ...] = ()
    facts: tuple[Fact, ...] = ()
    has_list: bool = False


@attrs.frozen
class Run:
    """A sitting with what happens in it, or a break between sittings.

    Attributes:
        time: When, such as "10:00–13:00".
        room: Where, or an empty text.
        is_break: Whether it is one break, and no sitting.
        items: What happens, by start.
    """

    time: str
    room: str
    is_break: bool
    items: tuple[Item, ...]


@attrs.frozen
class DayOutline:
    """What begins on one date.

    Attributes:
        date: The date in ISO 8601.
        title: The date in words.
        runs: Sittings and breaks, by start, then by room.
    """

    date: str
    title: str
    runs: tuple[Run, ...]


@attrs.frozen
class Turn:
    """One inscription of a list, with its place and the time that it is given.

    Attributes:
        place: Its number on the list, from 1; 0 while the order is not settled.
        id: The id of the inscription.
        name: Who speaks, and on whose behalf.
        level: The rank of the speaker, or an empty text.
        category: The category of the inscription, or an empty text.
        limit: How long it may speak, such as "3 min"; empty if no limit is stated.
        time: When it begins, such as "10:50"; empty if it is not seated.
        start: The start in ISO 8601, or an empty text.
        end: The end within the limit, or an empty text.
    """

    place: int
    id: str
    name: str
    level: str
    category: str
    limit: str
    time: str = ""
    start: str = ""
    end: str = ""


@attrs.frozen
class BlockOutline:
    """One block of a list with those who are seated in it.

    Attributes:
        title: Its date and time in words.
        turns: Who has the floor, in order.
    """

    title: str
    turns: tuple[Turn, ...]


@attrs.frozen
class ListOutline:
    """A list of speakers in words.

    Attributes:
        session: The id of the session.
        title: Its title.
        programme: The title of the programme.
        words: The texts of the language.
        standing: The status and revision of the programme, and when that was made.
        zone: The zone of its times.
        facts: Place, limits, deadline, where to write.
        blocks: Each block of the session in which somebody is seated, with who that is.
        unseated: Those behind the cut line; everybody where times cannot be told.
        cut: What is written above those behind the cut line; empty if there is no such line.
        notes: What the times rest on, in sentences.
        internal: What is not for publication: capacity, and the note of the list.
    """

    session: str
    title: str
    programme: str
    words: Words = attrs.field(repr=False)
    standing: str
    zone: str
    facts: tuple[Fact, ...] = ()
    blocks: tuple[BlockOutline, ...] = ()
    unseated: tuple[Turn, ...] = ()
    cut: str = ""
    notes: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """Everybody who is on the list, in order."""
        return (*(turn for block in self.blocks for turn in block.turns), *self.unseated)


@attrs.frozen
class ProgrammeOutline:
    """A programme in words.

    Attributes:
        id: The id of the programme.
        title: Its title.
        words: The texts of the language.
        standing: Its status and revision, and when that was made.
        dates: Its dates in words, such as "Monday 8 September 2014"; empty if it has none.
        zone: The zone of all times.
        description: Paragraphs, each with its lines.
        facts: Place, organiser, documents, webcast, deadlines and more.
        days: Each date on which something begins.
        untimed: The sessions that have no time yet; theirs is empty.
        lists: The lists of speakers, as the sessions are listed.
    """

    id: str
    title: str
    words: Words = attrs.field(repr=False)
    standing: str
    dates: str
    zone: str
    description: tuple[tuple[str, ...], ...] = ()
    facts: tuple[Fact, ...] = ()
    days: tuple[DayOutline, ...] = ()
    untimed: tuple[Item, ...] = ()
    lists: tuple[ListOutline, ...] = ()
