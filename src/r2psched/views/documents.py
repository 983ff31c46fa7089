"""What a document is made of, in reading order, whatever file it is written into."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from r2psched.tables import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from r2psched.language import Words
    from r2psched.outlines import Fact, Item, ListOutline, ProgrammeOutline, Run, Turn

__all__ = [
    "Column",
    "Facts",
    "Heading",
    "Lines",
    "Part",
    "Table",
    "list_parts",
    "name_of",
    "programme_parts",
]


@attrs.frozen
class Heading:
    """A heading; level 1 is the title of the document."""

    level: int
    text: str


@attrs.frozen
class Lines:
    """A paragraph of one or more lines."""

    lines: tuple[str, ...]


@attrs.frozen
class Facts:
    """What is told under names."""

    facts: tuple[Fact, ...]


@attrs.frozen
class Column:
    """A column of a table.

    Attributes:
        field: What of a turn stands in it.
        title: What is written above.
        letters: How many letters wide its widest text is.
        word: How many letters wide the widest word is, the title's included.
    """

    field: str
    title: str
    letters: int
    word: int


@attrs.frozen
class Table:
    """Those who have the floor, one in a row; each row has a text for each column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


Part = Heading | Lines | Facts | Table


def programme_parts(told: ProgrammeOutline) -> Iterator[Part]:
    """List the parts of the document of a programme: its facts, its days, its lists."""
    yield Heading(1, told.title)
    yield Lines((told.standing,))
    yield from map(Lines, told.description)
    yield from _facts(told.facts)
    for day in told.days:
        yield Heading(2, day.title)
        for run in day.runs:
            yield from _run(run)
    if told.untimed:
        yield Heading(2, told.words("outline.untimed"))
        yield from _items(told.untimed, 3, placed=True)
    for each in told.lists:
        yield Heading(2, told.words("outline.list", session=each.title))
        yield from _list(each, 3)


def list_parts(told: ListOutline) -> Iterator[Part]:
    """List the parts of the document of one list of speakers."""
    yield Heading(1, told.words("outline.list", session=told.title))
    yield Lines((told.programme,))
    yield Lines((told.standing,))
    yield from _list(told, 2)


def name_of(fact: Fact, words: Words) -> str:
    """Write the name of a fact as it stands before what is told."""
    return words("general.name", name=fact.name)


def _run(run: Run) -> Iterator[Part]:
    if run.is_break:
        yield from _items(run.items, 3, placed=True)
        return
    yield Heading(3, ", ".join(filter(None, (run.time, run.room))))
    yield from _items(run.items, 4)


def _items(items: Iterable[Item], level: int, *, placed: bool = False) -> Iterator[Part]:
    """Write items, with their rooms where no sitting above them has told it."""
    for item in items:
        yield Heading(level, " ".join(filter(None, (item.time, item.title))))
        kind = item.kind if item.kind.casefold() != item.title.casefold() else ""
        about = tuple(filter(None, (kind, item.room if placed else "")))
        if about:
            yield Lines(about)
        yield from map(Lines, item.description)
        yield from _facts(item.facts)


def _facts(facts: tuple[Fact, ...]) -> Iterator[Part]:
    if facts:
        yield Facts(facts)


def _list(told: ListOutline, level: int) -> Iterator[Part]:
    words = told.words
    yield from _facts(told.facts)
    yield from (Lines((note,)) for note in told.notes)
    columns = _columns([turn for block in told.blocks for turn in block.turns], words)
    for block in told.blocks:
        yield Heading(level, block.title)
        yield _table(block.turns, columns)
    if told.cut:
        yield Heading(level, told.cut)
    if told.unseated:
        yield _table(told.unseated, _columns(told.unseated, words))
    if told.internal:
        yield Heading(level, words("outline.internal"))
        yield from (Lines((line,)) for line in told.internal)


def _columns(turns: Sequence[Turn], words: Words) -> tuple[Column, ...]:
    """The columns that have something to say of anybody."""
    titles = {
        "place": words("outline.number"),
        "time": words("outline.time"),
        "limit": words("outline.limit"),
        "name": words("outline.speaker"),
        "level": words("outline.level"),
        "category": words("outline.category"),
    }
    return tuple(
        _column(field, title, texts)
        for field, title in titles.items()
        if any(texts := {_text(turn, field) for turn in turns})
    )


def _column(field: str, title: str, texts: Iterable[str]) -> Column:
    words = {word for text in (title, *texts) for word in text.split()}
    return Column(field, title, max(map(width, texts)), max(map(width, words), default=0))


def _table(turns: Iterable[Turn], columns: tuple[Column, ...]) -> Table:
    fields = [column.field for column in columns]
    return Table(columns, tuple(tuple(_text(turn, field) for field in fields) for turn in turns))


def _text(turn: Turn, field: str) -> str:
    return str(getattr(turn, field) or "")
