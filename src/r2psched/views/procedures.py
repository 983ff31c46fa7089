"""Procedures in words that a secretary reads, with their sources, and as plain values."""

from __future__ import annotations

import textwrap
from itertools import chain
from typing import TYPE_CHECKING, Any

import attrs

from r2psched.durations import show
from r2psched.ordering import Level
from r2psched.tables import text_of
from r2psched.views.plain import seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import timedelta

    from r2psched.ordering import Rule
    from r2psched.procedures import Procedure, Source
    from r2psched.speakers import SpeakingLimits

__all__ = ["procedure_json", "procedure_text", "procedures_json", "procedures_text"]

_WIDTH = 100
_EACH = {
    "default": "everybody else",
    "on behalf of a group": "statements on behalf of a group",
}


def _limits(limits: SpeakingLimits) -> list[str]:
    kinds = limits.kinds()
    if len(kinds) == 1:
        own = ", whatever limit one has of its own" if limits.for_all else ""
        return [f"{show(limits.default)} for everybody{own}"]
    others = [(kind, limit) for kind, limit in kinds.items() if kind != "default"]
    told = [*others, ("default", limits.default)]
    return [f"{show(limit)} for {_EACH.get(kind, f'category {kind}')}" for kind, limit in told]


def _order(rules: Sequence[Rule]) -> list[str]:
    told = [f"{n}. {_rule(rule)}" for n, rule in enumerate(rules, 1)]
    return [*told, "What no rule decides stays as received."]


def _rule(rule: Rule) -> str:
    """The first line of what a rule says of itself, and its options where they are given."""
    says = (type(rule).__doc__ or rule.word).partition("\n")[0].rstrip(".")
    options = [
        f"{field.name} {_option(getattr(rule, field.name))}"
        for field in attrs.fields(type(rule))
        if getattr(rule, field.name) != field.default
    ]
    return f"{says} ({'; '.join(options)})." if options else f"{says}."


def _option(value: object) -> str:
    if isinstance(value, Level):
        return value.name
    if not isinstance(value, tuple):
        return str(value)
    # Pairs, such as a kind and its share, stand inside a tuple of them.
    parts = (
        " ".join(map(str, each)) if isinstance(each, tuple) else _option(each) for each in value
    )
    return ", ".join(parts)


def _steps(procedure: Procedure) -> list[str]:
    steps = enumerate(procedure.when_too_long, 1)
    return ["Tried in turn, until all are heard:", *(f"{n}. {step}" for n, step in steps)]


def _house(procedure: Procedure) -> list[str]:
    house = procedure.house
    told = []
    if house.longest_sitting is not None:
        told.append(f"A sitting lasts {show(house.longest_sitting)} at most.")
    if house.shortest_pause is not None:
        told.append(
            f"Between two sittings in one room there are {show(house.shortest_pause)} at least."
        )
    return told


def _reserves(procedure: Procedure) -> list[str]:
    return [*map(str, procedure.reserves), "A session that states any of its own keeps those only."]


def _length(text: str, length: timedelta | None) -> list[str]:
    return [text.format(show(length))] if length is not None else []


def _closes(procedure: Procedure) -> list[str]:
    if procedure.list_closes is not None and not procedure.list_closes:
        return ["It closes at the start of the session."]
    return _length("It closes {} after the start of the session.", procedure.list_closes)


_RULES: dict[str, tuple[str, Callable[[Procedure], Iterable[str]]]] = {
    "limit": ("Limits", lambda p: _limits(p.limits) if p.limits else ()),
    "order": ("Order of speakers", lambda p: _order(p.order)),
    "when_too_long": ("When the list is too long", _steps),
    "lowest_limit": (
        "Lowest limit",
        lambda p: _length("No limit is made shorter than {}.", p.lowest_limit),
    ),
    "reserves": ("Time that is not for the list", _reserves),
    "floor_time": (
        "Time for the list",
        lambda p: _length("All interventions together take {} at most.", p.floor_time),
    ),
    "list_open_for": (
        "Opening of the list",
        lambda p: _length("It is open for {}.", p.list_open_for),
    ),
    "list_closes": ("Closing of the list", _closes),
    "swaps": (
        "Swaps",
        lambda p: [f"Speakers may {'' if p.swaps else 'not '}swap their places."],
    ),
    "absent": (
        "Absent speakers",
        lambda _: ["Whoever is absent when called speaks at the end of the category."],
    ),
    "replies": ("Rights of reply", lambda _: ["They stand at the end of the day."]),
    "yielding": ("Yielding of time", lambda p: [_sentence(str(p.yielding))]),
    "pooling": ("Speaking through one", lambda p: [_sentence(str(p.pooling))]),
    "house": ("Hours of the house", _house),
}
"""Title of each rule by its name in a file, and how it is said."""


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _limit_rows(limits: SpeakingLimits | None) -> list[dict[str, Any]]:
    if limits is None:
        return []
    return [
        {"for": kind, "limit": show(limit), "limit_seconds": seconds(limit)}
        for kind, limit in limits.kinds().items()
    ]


def _head(procedure: Procedure) -> dict[str, Any]:
    return {
        "id": procedure.id,
        "title": procedure.title,
        "body": procedure.body,
        "limits": _limit_rows(procedure.limits),
    }


def procedures_json(procedures: Iterable[Procedure]) -> dict[str, Any]:
    """The answer of `procedures`: each with its limits and what follows them."""
    return {
        "answer": "procedures",
        "procedures": [
            {**_head(each), "when_too_long": list(map(str, each.when_too_long))}
            for each in procedures
        ],
    }


def procedure_json(procedure: Procedure) -> dict[str, Any]:
    """The answer of `procedures show`: every rule in words, with its sources."""
    return {
        "answer": "procedures",
        "procedure": _head(procedure)
        | {
            "notes": list(procedure.notes),
            "rules": [
                {
                    "rule": name,
                    "title": _RULES[name][0],
                    "says": list(_RULES[name][1](procedure)),
                    "sources": [_source(each) for each in procedure.sources_of(name)],
                }
                for name in procedure.stated()
            ],
        },
    }


def _source(source: Source) -> dict[str, Any]:
    return {"title": source.title, "link": source.link, "text": source.text}


def procedures_text(procedures: Sequence[Procedure]) -> str:
    """Two lines for each: id and title, then its limits and what follows them."""
    wide = max((len(each.id) for each in procedures), default=0) + 2
    lines = []
    for each in procedures:
        limits = "no limit stated" if each.limits is None else str(each.limits)
        steps = ", then ".join(map(str, each.when_too_long))
        too_long = f"; if the list is too long: {steps}" if steps else ""
        lines += _wrapped(each.title, f"{each.id:{wide}}", " " * wide)
        lines += _wrapped(f"{limits}{too_long}", " " * wide, " " * wide)
    return "\n".join(lines)


def procedure_text(procedure: Procedure) -> str:
    """Every rule in words, with the numbers of its sources; then the notes, and the sources."""
    body = f", {procedure.body}" if procedure.body else ""
    lines = [*_wrapped(procedure.title), *_wrapped(f"{procedure.id}{body}"), ""]
    for name in procedure.stated():
        title, says = _RULES[name]
        numbers = [n for n, each in enumerate(procedure.sources, 1) if name in each.covers]
        where = " ".join(f"[{n}]" for n in numbers) or "(no source given)"
        lines += _wrapped(f"{title} {where}")
        lines += [*chain.from_iterable(_wrapped(line, "  ", "     ") for line in says(procedure))]
        lines.append("")
    if procedure.notes:
        notes = (_wrapped(note, "  - ", "    ") for note in procedure.notes)
        lines += ["Notes", *chain.from_iterable(notes), ""]
    if procedure.sources:
        lines.append("Sources")
    for number, source in enumerate(procedure.sources, 1):
        mark = f"  [{number}] "
        for at, text in enumerate(filter(None, (source.title, source.link, source.text))):
            lines += _wrapped(text, " " * len(mark) if at else mark, " " * len(mark))
    return "\n".join(lines).rstrip()


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(
        text_of(text),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
