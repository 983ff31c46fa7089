"""Rules of order as a file writes them: a word, or a table with the word under `rule`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from r2psched.errors import InvalidValue, UnknownName, shown
from r2psched.fields import as_title
from r2psched.files.hooks import (
    CONVERTER,
    Hook,
    learn,
    pairs,
    plainly,
    several,
    table,
    written_pairs,
)
from r2psched.ordering import RULES, Alternate, Level, Rule

__all__ = ["rule_hook", "written_rules"]

_WORD = "rule"
_texts = several(plainly(as_title))


def _levels(value: object, kind: object) -> tuple[Any, ...]:
    hook = several(table(Level, short="name"), or_one=False)
    levels: tuple[Any, ...] = hook(value, kind)
    return levels


_FIELDS: dict[str, Hook] = {
    "levels": _levels,
    "names": _texts,
    "order": _texts,
    "shares": pairs(lambda value, _: value),
}

learn(
    {Level: "name", **dict.fromkeys(RULES.values())},
    {
        (Level, "wordings"): _texts,
        **{
            (cls, field.name): _FIELDS[field.name]
            for cls in RULES.values()
            for field in attrs.fields(cls)
            if field.name in _FIELDS
        },
    },
    {(Alternate, "shares"): written_pairs},
)


def rule_hook(value: object, _: object) -> Rule:
    """Make a rule of its word, or of a table.

    Raises:
        InvalidValue: If it is neither.
        UnknownName: If there is no rule of that word.
        ExceptionGroup: Of cattrs: all that is wrong with a table.
    """
    if isinstance(value, str):
        value = {_WORD: value}
    if not isinstance(value, Mapping) or not isinstance(value.get(_WORD), str):
        msg = (
            'expected a rule such as "received", or a table such as '
            f'{{ rule = "alphabetical", language = "fr" }}, got {shown(value)}'
        )
        raise InvalidValue(msg)
    word = value[_WORD].strip()
    if word not in RULES:
        kind = "rule of order"
        raise UnknownName(kind, word, RULES)
    options = {key: each for key, each in value.items() if key != _WORD}
    rule: Rule = CONVERTER.structure(options, RULES[word])
    return rule


def written_rules(rules: tuple[Rule, ...]) -> list[object]:
    """Write rules as a file has them: the word alone, or a table where there are options."""
    trees = [(rule.word, CONVERTER.unstructure(rule)) for rule in rules]
    return [{_WORD: word} | options if options else word for word, options in trees]
