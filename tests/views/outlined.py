"""Every word that an outline says, in reading order, for the tests of what is written from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.blocks import Day
from r2psched.programme import Programme
from r2psched.sessions import Session
from r2psched.tables import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from r2psched.outlines import Fact, Item, ListOutline, ProgrammeOutline, Turn

DAY = Day("2026-03-10", zone="UTC")
ROOMS = Programme(
    "rooms",
    "Rooms",
    [
        Session("Opening", DAY("10:00-11:00"), room="Hall"),
        Session("Lunch", DAY("11:00-12:00"), kind="break", room="Garden"),
        Session("Coffee", DAY("12:00-12:10"), kind="break"),
        Session("Excursion", kind="walk", room="Harbour"),
        Session("Film", room="Studio"),
    ],
    room="House",
)
"""A sitting, two breaks outside it, and two sessions without a time, each in a room of its own."""

SAMPLES = ("r2p-2014", "conference", "illustrative-list-of-193")


def shown(texts: Iterable[str]) -> list[str]:
    """Write texts as whatever has no room for controls shows them."""
    return [text for text in (text_of(each).strip() for each in texts) if text]


def said(told: ProgrammeOutline) -> Iterator[str]:
    """Give the texts of a programme: title, standing, facts, days, sessions without time, lists."""
    yield from (told.title, told.standing)
    yield from (line for lines in told.description for line in lines)
    yield from _facts(told.facts)
    for day in told.days:
        yield day.title
        for run in day.runs:
            if not run.is_break:
                yield ", ".join(filter(None, (run.time, run.room)))
            yield from (text for item in run.items for text in _item(item, placed=run.is_break))
    if told.untimed:
        yield told.words("outline.untimed")
        yield from (text for item in told.untimed for text in _item(item, placed=True))
    for each in told.lists:
        yield told.words("outline.list", session=each.title)
        yield from listed(each)


def alone(told: ListOutline) -> Iterator[str]:
    """Give the texts of a list that has a document of its own: title, programme, standing, list."""
    yield from (told.words("outline.list", session=told.title), told.programme, told.standing)
    yield from listed(told)


def listed(told: ListOutline) -> Iterator[str]:
    """Give the texts of a list: facts, notes, blocks with their turns, what is internal."""
    yield from _facts(told.facts)
    yield from told.notes
    for block in told.blocks:
        yield block.title
        yield from _turns(block.turns)
    yield told.cut
    yield from _turns(told.unseated)
    if told.internal:
        yield told.words("outline.internal")
        yield from told.internal


def headings(told: ProgrammeOutline) -> list[str]:
    """Give the title, the days and the lists of a programme."""
    lists = [told.words("outline.list", session=each.title) for each in told.lists]
    untimed = [told.words("outline.untimed")] if told.untimed else []
    return shown([told.title, *(day.title for day in told.days), *untimed, *lists])


def links(told: ProgrammeOutline) -> list[str]:
    """Give every link, in reading order."""
    items = [*(i for day in told.days for run in day.runs for i in run.items), *told.untimed]
    facts = [*told.facts, *(fact for item in items for fact in item.facts)]
    facts += [fact for each in told.lists for fact in each.facts]
    return [value.link for fact in facts for value in fact.values if value.link]


def _item(item: Item, *, placed: bool) -> Iterator[str]:
    yield " ".join(filter(None, (item.time, item.title)))
    if item.kind.casefold() != item.title.casefold():
        yield item.kind
    if placed:
        yield item.room
    yield from (line for lines in item.description for line in lines)
    yield from _facts(item.facts)


def _facts(facts: Iterable[Fact]) -> Iterator[str]:
    for fact in facts:
        yield f"{fact.name}:"
        yield from (value.text for value in fact.values)


def _turns(turns: Iterable[Turn]) -> Iterator[str]:
    for turn in turns:
        yield str(turn.place or "")
        yield from (turn.time, turn.limit, turn.name, turn.level, turn.category)
