"""Contents: an outline as the plain values that a template sets."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from r2psched.tables import fitted
from r2psched.views.papers.texts import cleaned, is_seen, settable, some, titled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from r2psched.language import Words
    from r2psched.outlines import (
        BlockOutline,
        DayOutline,
        Fact,
        Item,
        ListOutline,
        ProgrammeOutline,
        Run,
        Said,
        Turn,
    )

__all__ = ["agenda", "cut_in", "podium"]

_LONGEST_HEAD = 100
_LONGEST_BESIDE = 30
_LONGEST_TO_KEEP = 1500
_MORE = "…"

# A row is never cut across pages: so many columns of a terminal does a cell have.
_CELLS = {
    "name": (200, "names"),
    "rank": (120, "levels and categories"),
    "limit": (40, "limits"),
    "time": (40, "times"),
}
_FOR_THE_PODIUM = frozenset(
    {"place", "zone", "chair", "moderator", "limit", "changeover", "reserved", "inscribed"}
)

Plain = dict[str, Any]


def agenda(outline: ProgrammeOutline) -> Plain:
    """What the agenda says."""
    words, title = outline.words, titled(outline.title, outline.id)
    return {
        **_common(words, title, title, outline.standing),
        "over": "",
        "facts": _facts(outline.facts),
        "description": _paragraphs(outline.description),
        "days": [_day(day) for day in outline.days],
        "untimed": [_item(item) for item in outline.untimed],
        "words": _words(words, untimed="outline.untimed"),
    }


def podium(outline: ListOutline) -> Plain:
    """What the podium's list says."""
    words, title = outline.words, titled(outline.title, outline.session)
    over = titled(outline.programme, "")
    running = " – ".join(filter(None, map(_head, (title, over))))
    ranks = [each for each in ("level", "category") if any(getattr(t, each) for t in outline.turns)]
    return {
        **_common(words, title, running, outline.standing),
        "over": over,
        "facts": _facts(fact for fact in outline.facts if fact.kind in _FOR_THE_PODIUM),
        "notes": list(map(settable, outline.notes)),
        "internal": list(map(settable, outline.internal)),
        "blocks": [_block(block) for block in outline.blocks],
        "unseated": list(map(_turn, outline.unseated)),
        "cut": _head(outline.cut),
        "rank": " / ".join(_head(words(f"outline.{each}")) for each in ranks),
        "words": _words(
            words,
            place="outline.number",
            name="outline.speaker",
            internal="outline.internal",
            **{each: f"paper.{each}" for each in ("limit", "time", "heard", "taken")},
        ),
    }


def cut_in(outline: ListOutline) -> tuple[str, ...]:
    """Say which cells of the podium's list are cut."""
    cut: dict[str, dict[str, None]] = {what: {} for _, what in _CELLS.values()}
    for turn in outline.turns:
        for cell, text in _cells(turn).items():
            most, what = _CELLS[cell]
            if fitted(text, most) != text:
                cut[what][text] = None
    return tuple(
        f"{what} too long for a row are cut: {some(texts)}" for what, texts in cut.items() if texts
    )


def _common(words: Words, title: str, running: str, standing: str) -> Plain:
    language, _, region = words.language.partition("-")
    return {
        "title": settable(title),
        "standing": settable(standing),
        "running": _head(running, 2 * _LONGEST_HEAD),
        "foot": _head(standing),
        "page": _head(words("paper.page", number="{number}", count="{count}")),
        "lang": language,
        "region": region or None,
        "rtl": words("general.direction") == "rtl",
    }


def _words(words: Words, **keys: str) -> Plain:
    return {name: _head(words(key)) for name, key in keys.items()}


def _head(text: str, most: int = _LONGEST_HEAD) -> str:
    """A text that stands on every page, and must not fill one."""
    return settable(fitted(text, most))


def _day(day: DayOutline) -> Plain:
    return {"title": settable(day.title), "runs": [_run(run) for run in day.runs]}


def _run(run: Run) -> Plain:
    return {
        "time": run.time,
        "room": settable(run.room),
        "is_break": run.is_break,
        "entries": [_item(item) for item in run.items],
    }


def _item(item: Item) -> Plain:
    told: Plain = {
        "time": item.time,
        "title": titled(item.title, item.session),
        "kind": settable(item.kind),
        "room": settable(item.room),
        "is_break": item.is_break,
        "description": _paragraphs(item.description),
        "facts": _facts(item.facts),
    }
    said = [each for fact in told["facts"] for value in fact["values"] for each in value.values()]
    said += [told["title"], *(line for lines in told["description"] for line in lines)]
    return {**told, "long": sum(len(each or "") for each in said) > _LONGEST_TO_KEEP}


def _facts(facts: Iterable[Fact]) -> list[Plain]:
    return [_fact(fact) for fact in facts]


def _fact(fact: Fact) -> Plain:
    values: list[Plain] = [
        {"text": settable(value.text), "link": value.link, "address": settable(address)}
        for value, address in zip(fact.values, _addresses(fact.values), strict=True)
    ]
    return {
        "name": settable(fact.name),
        "values": values,
        "lines": any(
            len(each["text"]) > _LONGEST_BESIDE
            or (each["address"] and each["address"][-1] != _MORE)
            for each in values
        ),
    }


def _addresses(values: tuple[Said, ...]) -> list[str]:
    """What to print of each link, for paper cannot be clicked: nothing if its text tells it.

    Where several links are a text behind the same beginning, the last of them tells that.
    """
    stems = [(value.link or "").removesuffix(value.text) for value in values]
    count, last = Counter(stems), {stem: at for at, stem in enumerate(stems)}

    def address(at: int, value: Said) -> str:
        stem, link = stems[at], value.link or ""
        if link in value.text:
            return ""
        if stem == link or count[stem] == 1:
            return link
        return f"{stem}{_MORE}" if last[stem] == at else ""

    return [address(at, value) for at, value in enumerate(values)]


def _paragraphs(those: Iterable[Iterable[str]]) -> list[list[str]]:
    return [list(map(settable, lines)) for lines in those]


def _block(block: BlockOutline) -> Plain:
    return {"title": _head(block.title), "turns": list(map(_turn, block.turns))}


def _turn(turn: Turn) -> Plain:
    cells = {cell: settable(fitted(text, _CELLS[cell][0])) for cell, text in _cells(turn).items()}
    return {"place": str(turn.place or ""), **cells}


def _cells(turn: Turn) -> dict[str, str]:
    """The texts of a row, as long as they are."""
    rank = ", ".join(filter(None, (turn.level, turn.category)))
    name = turn.name if is_seen(turn.name) else turn.id
    texts = {"name": name, "rank": rank, "limit": turn.limit, "time": turn.time}
    return {cell: cleaned(text) for cell, text in texts.items()}
