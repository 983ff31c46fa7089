"""Procedures read from tables, from files beside a programme, and from those that are shipped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from r2psched.blocks import Day
from r2psched.errors import Fault, InvalidInput, InvalidValue, UnknownName, shown
from r2psched.fields import as_limit, as_name, as_texts, as_title
from r2psched.files.faults import faults_of
from r2psched.files.hooks import CONVERTER, learn, optional, plainly, several, table
from r2psched.files.lists import find_list
from r2psched.files.loading import decode, load
from r2psched.files.places import join
from r2psched.files.plain import plain_faults
from r2psched.files.procedures.rules import rule_hook, written_rules
from r2psched.files.setting import SETTING, Setting
from r2psched.files.syntax import parse_toml
from r2psched.files.trees import limits_hook
from r2psched.house import House
from r2psched.procedures import Pooling, Procedure, Source, Step, Yielding
from r2psched.reserves import Reserve

__all__ = ["procedure", "procedure_ids", "procedure_of", "procedures", "written"]

_SUFFIX = ".toml"
_FOLDER = files("r2psched.files.procedures")
_BASE = "base"
_ABOUT = frozenset({"id", "title", "body", "notes", "sources"})
_texts = several(plainly(as_title))

learn(
    {Source: None, Step: None, Yielding: None, Pooling: None, Procedure: None},
    {
        (Source, "covers"): _texts,
        (Step, "limits"): optional(limits_hook),
        (Yielding, "longest"): plainly(as_limit),
        (Pooling, "limit"): plainly(as_limit),
        (Procedure, "notes"): _texts,
        (Procedure, "limits"): optional(limits_hook),
        (Procedure, "order"): several(rule_hook),
        (Procedure, "when_too_long"): several(table(Step), or_one=False),
        (Procedure, "reserves"): several(table(Reserve), or_one=False),
        (Procedure, "yielding"): optional(table(Yielding)),
        (Procedure, "pooling"): optional(table(Pooling)),
        (Procedure, "house"): table(House),
        (Procedure, "sources"): several(table(Source), or_one=False),
    },
    {(Procedure, "order"): written_rules},
)


@cache
def procedure_ids() -> tuple[str, ...]:
    """The ids of all procedures that are shipped.

    >>> procedure_ids()[:2]
    ('city-fort-worth', 'city-lakewood')
    """
    names = (entry.name for entry in _FOLDER.iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)))


def procedures() -> tuple[Procedure, ...]:
    """Every procedure that is shipped, by id."""
    return tuple(map(_shipped, procedure_ids()))


def procedure(name: str | Path, **changes: object) -> Procedure:
    """The rules of a body: those that are shipped under an id, or those of a TOML file.

    Args:
        name: The id, such as "hrc-panel", or the path of a file, which ends in ".toml".
        **changes: Rules to replace, by the names and values that a file has: `limit="3 min"`.

    Raises:
        UnknownName: If nothing is shipped under the id.
        FileFailed: If the file cannot be read.
        InvalidInput: All that is wrong with the file or the changes, each with its place.

    >>> print(procedure("hrc-panel").limits)
    2 min
    >>> print(procedure("hrc-panel", limit="3 min").limits)
    3 min
    """
    if isinstance(name, Path) or as_name(name).endswith(_SUFFIX):
        try:
            tree = _tree_of(Path(name))
        except InvalidInput as error:
            raise InvalidInput(error.faults, str(name)) from error
    elif not changes:
        return _shipped(as_name(name))
    else:
        tree = _shipped_tree(as_name(name))
    faults = list(plain_faults(changes))
    if faults:
        raise InvalidInput(faults)
    return _alone(_changed(tree, changes))


def procedure_of(value: object) -> Procedure:
    """Read a procedure as a programme names it, in the current setting.

    Args:
        value: An id, the name of a file beside the programme, or a table: the rules themselves, or
            those that replace the rules of its `base`.

    Raises:
        R2PSchedError: If there is none of that name, or its file cannot be read.
        ExceptionGroup: Of cattrs: all that is wrong with a table.
    """
    if isinstance(value, str):
        name = value.strip()
        return _alone(_beside(name)) if name.endswith(_SUFFIX) else _shipped(name)
    if not isinstance(value, Mapping):
        msg = f'expected a procedure such as "hrc-panel", or a table of rules, got {shown(value)}'
        raise InvalidValue(msg)
    if _BASE not in value:
        return CONVERTER.structure(value, Procedure)
    base = value[_BASE]
    if not isinstance(base, str):
        msg = (
            f'expected the procedure that is changed, such as base = "hrc-panel", got {shown(base)}'
        )
        raise InvalidValue(msg)
    name = base.strip()
    tree = _beside(name) if name.endswith(_SUFFIX) else _shipped_tree(name)
    changes = {key: each for key, each in value.items() if key != _BASE}
    return CONVERTER.structure(_changed(tree, changes), Procedure)


def written(procedure: Procedure) -> object:
    """Write a procedure as a programme names it: by its id if it is shipped, or else whole."""
    if procedure.id in procedure_ids() and procedure == _shipped(procedure.id):
        return procedure.id
    tree: dict[str, Any] = CONVERTER.unstructure(procedure)
    return tree


@cache
def _shipped(name: str) -> Procedure:
    return _alone(_shipped_tree(name))


def _shipped_tree(name: str) -> Mapping[str, Any]:
    if name not in procedure_ids():
        kind = "procedure"
        raise UnknownName(kind, name, procedure_ids())
    return parse_toml((_FOLDER / f"{name}{_SUFFIX}").read_text(encoding="utf-8"))


def _tree_of(path: Path) -> Mapping[str, Any]:
    """Read the tree of a procedure that stands in a file, and tell its faults."""
    tree = parse_toml(decode(load(path)))
    faults = list(plain_faults(tree))
    if faults:
        raise InvalidInput(faults)
    _alone(tree)
    return tree


def _beside(name: str) -> Mapping[str, Any]:
    """Read the tree of a file beside the programme; its name stands before its faults."""
    path = find_list(name, SETTING.get())
    try:
        return _tree_of(path)
    except InvalidInput as error:
        file = shown(name)[1:-1]
        faults = [Fault(join(file, fault.place), fault.message) for fault in error.faults]
        raise InvalidInput(faults) from error


def _changed(tree: Mapping[str, Any], changes: Mapping[str, object]) -> dict[str, Any]:
    """Replace rules; what covered them is no source of the new ones."""
    changed = {**tree, **changes}
    if not changes:
        return changed
    if "id" not in changes:
        changed["id"] = f"{tree.get('id', 'own')}-changed"
    rules = [key for key in changes if key not in _ABOUT]
    if "title" not in changes and rules:
        changed["title"] = f"{tree.get('title', 'Rules')}, with another {' and '.join(rules)}"
    if "sources" not in changes:
        covered = [(source, as_texts(source["for"])) for source in tree.get("sources", ())]
        kept = [
            (source, [rule for rule in rules if rule not in changes]) for source, rules in covered
        ]
        changed["sources"] = [{**source, "for": rules} for source, rules in kept if rules]
    return changed


def _alone(tree: Mapping[str, Any]) -> Procedure:
    """Structure a tree that stands for itself, and tell its faults."""
    token = SETTING.set(Setting(Day(None, zone="UTC")))
    try:
        return CONVERTER.structure(tree, Procedure)
    except ExceptionGroup as error:
        raise InvalidInput(faults_of(error, tree)) from error
    finally:
        SETTING.reset(token)
