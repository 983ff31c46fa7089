"""Paces as they are named, written in a few words or in TOML, or measured in a log."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs

from r2psched.blocks import Day
from r2psched.errors import Fault, InvalidInput, InvalidValue, UnknownName, shown
from r2psched.fields import as_text
from r2psched.files.places import place_of
from r2psched.files.workbooks import split
from r2psched.pace import PACES, Habit, Pace, shipped

__all__ = ["pace"]

_TOML = ".toml"
_LOGS = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
_ANY_DATE = "2000-01-03"
_LONGEST = 1000
_BASE = "base"
_CATEGORIES = "categories"
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_FIGURE = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,9})?|\.[0-9]{1,9}) ?(%?)")
_PART = re.compile(r"([a-z][a-z _]*?) ?[=: ] ?((?:family )?[-+.0-9].*)")
_AROUND = re.compile(r" ?(?:±|\+/?-) ?")
_LETTERS = re.compile(r"[a-z]{3}")
_DECIMAL = re.compile(r"[0-9],[0-9]")
_CALLED = {
    "blocks open late by": "late",
    "cut at": "cut",
    "late by": "late",
    "standard error of the mean": "doubt",
}
_SPREADS = {"mean": "spread", "changeover": "changeover_spread", "late": "late_spread"}
_DOUBTS = {"mean": "doubt", "absent": "absent_doubt", "changeover": "changeover_doubt"}
_FIGURES = frozenset({"mean", "spread", "absent", "cut", "doubt", "absent_doubt"})
_FAMILIES = frozenset({"lognormal", "gamma"})
_FORMS = (
    'a pace is the name of a shipped one, such as "general-debates", a file in TOML (.toml), a log '
    'of an earlier meeting (.csv, .xlsx, .ods), or a few words, such as "mean 1.15, spread 0.3, '
    'absent 5 %, changeover 10 s"'
)


def pace(text: str | Path) -> Pace:
    """The pace that a text names, describes, or leads to.

    Args:
        text: The name of a shipped pace; the path of a TOML file, whose keys are the fields of a
            `Pace`, and `base` the name of a shipped one whose other values stay; the path of a log
            of an earlier meeting in CSV or in a workbook, with limits, that is fitted; or the
            fields in a few words. What is stated is taken as given, without doubt, unless a
            doubt is stated too. Whoever takes the limit on average needs no spread; any other mean
            does.

    Raises:
        FileFailed: If the file cannot be read.
        InvalidInput: All that is wrong with the file or the words, each with its place.
        InvalidValue: If it is none of these.
        MissingExtra: If it is a workbook, and the extra `sheets` is not installed.
        UnknownName: If no pace of that name is shipped.

    >>> print(pace("mean 1.15, spread 0.3, absent 5 %, changeover 10 s"))
    1.15 of the limit, spread 0.3, absent 5 %, changeover 10 s
    >>> pace("general-debates, cut 1.5").cut
    1.5
    """
    name = str(text).strip() if isinstance(text, Path) else as_text(text) or ""
    suffix = Path(split(name)[0]).suffix.lower() if len(name) <= _LONGEST else ""
    if name in PACES:
        return shipped(name)
    if suffix == _TOML:
        return _from_file(name)
    if suffix in _LOGS:
        return _from_log(name)
    if isinstance(text, Path) or len(name) > _LONGEST or not name:
        raise _unclear(name)
    if _NAME.fullmatch(name) and name not in _FAMILIES:
        kind = "pace"
        raise UnknownName(kind, name, PACES)
    stated, faults = _words(name)
    if not stated and not _DECIMAL.search(name):
        raise _unclear(name)
    return _made(stated, faults)


def _unclear(name: str) -> InvalidValue:
    return InvalidValue(f"cannot tell what pace {shown(name)} is: {_FORMS}")


def _from_file(name: str) -> Pace:
    from r2psched.files.loading import decode, load  # noqa: PLC0415  # most paces need no file
    from r2psched.files.plain import plain_faults  # noqa: PLC0415  # only of a file
    from r2psched.files.syntax import parse_toml  # noqa: PLC0415  # only of a file

    data = load(name)
    try:
        tree = parse_toml(decode(data))
        # What is no plain value can neither be read nor shown.
        faults = list(plain_faults(tree))
        return _made({} if faults else tree, faults)
    except InvalidInput as error:
        raise InvalidInput(error.faults, name) from error


def _from_log(name: str) -> Pace:
    from r2psched.files.records import read_records  # noqa: PLC0415  # most paces need no log

    # Lengths alone count: times without a date may have any, and none says what is known of later.
    records = read_records(name, on=_ANY_DATE)
    try:
        return attrs.evolve(
            Pace.fit(records), until=None, source=f"measured in {shown(Path(name).name)[1:-1]}"
        )
    except InvalidValue as error:
        raise InvalidInput([Fault("", str(error))], name) from error


def _words(text: str) -> tuple[dict[str, object], list[Fault]]:
    """Take a few words apart into the fields that they state, and tell what is none."""
    stated: dict[str, object] = {}
    faults: list[Fault] = []
    if _DECIMAL.search(text):
        message = "write a decimal point, and a space behind each comma between two parts"
        return {}, [Fault("", f"{shown(text)}: {message}")]
    for part in filter(None, (" ".join(each.split()) for each in re.split("[,;]", text))):
        found = _stated(part.casefold())
        if not found:
            message = f'cannot tell what {shown(part)} is: write it as in "absent 5 %"'
            faults.append(Fault("", message))
        for field, value in found:
            if field in stated:
                faults.append(Fault(field, "is stated a second time: remove one of the two"))
            stated[field] = value
    return stated, faults


def _stated(part: str) -> list[tuple[str, object]]:
    """The fields that one part states."""
    if part in PACES:
        return [(_BASE, part)]
    family = part.removeprefix("family").strip(" =:")
    if family in _FAMILIES:
        return [("family", family)]
    part = part.removesuffix(" of the limit")
    found = _PART.fullmatch(part if part[0].isalpha() else f"mean {part}")
    if found is None:
        return []
    name = found[1].replace("_", " ")
    field = _CALLED.get(name, name).replace(" ", "_")
    value, *around = _AROUND.split(found[2], maxsplit=1)
    if not around:
        return [(field, int(value) if field == "records" and value.isdecimal() else value)]
    return [(field, value), (_SPREADS[field], around[0])] if field in _SPREADS else []


def _made(tree: Mapping[str, object], faults: list[Fault]) -> Pace:
    """Make a pace of a tree of plain values.

    Raises:
        InvalidInput: All that is wrong with it, and the faults that are known before.
    """
    base = _base(tree, faults)
    given = {key: value for key, value in tree.items() if key != _BASE}
    values = _values(Pace, given, "", faults)
    if values.get("mean", 1.0) != 1 and "spread" not in tree and not base.spread:
        message = "needs its spread beside it, such as 0.3; or 0 if all take as long"
        faults.append(Fault("mean", message))
    if _CATEGORIES in tree:
        usual = {key: values.get(key, getattr(base, key)) for key in attrs.fields_dict(Habit)}
        values[_CATEGORIES] = _categories(tree[_CATEGORIES], usual, faults)
    if faults:
        raise InvalidInput(faults)
    try:
        return attrs.evolve(base, **_consequences(tree, values))
    except InvalidValue as error:
        raise InvalidInput([Fault("", str(error))]) from error


def _base(tree: Mapping[str, object], faults: list[Fault]) -> Pace:
    """The pace whose values stay where a tree states none."""
    if _BASE not in tree:
        return Pace()
    name = tree[_BASE]
    if isinstance(name, str):
        try:
            return shipped(name.strip())
        except UnknownName as error:
            faults.append(Fault(_BASE, str(error)))
    else:
        such = 'such as "general-debates"'
        faults.append(
            Fault(_BASE, f"expected the name of a shipped pace, {such}, got {shown(name)}")
        )
    return Pace()


def _values(
    cls: type, tree: Mapping[str, object], place: str, faults: list[Fault]
) -> dict[str, Any]:
    """The values of a class's fields, each by itself; categories are left to others."""
    from r2psched.files.faults import key_faults  # noqa: PLC0415  # shipped paces have no keys

    fields = attrs.fields_dict(cls)
    known = [*fields] if cls is Habit else [*fields, _BASE]
    faults += key_faults(place, tree.keys() - fields.keys(), known)
    values: dict[str, Any] = {}
    for name, value in tree.items():
        if name not in fields or name == _CATEGORIES:
            continue
        convert: Any = fields[name].converter
        try:
            values[name] = convert(_plain(name, value))
        except InvalidValue as error:
            faults.append(Fault(f"{place}.{name}".lstrip("."), str(error)))
    return values


def _categories(given: object, usual: Mapping[str, float], faults: list[Fault]) -> dict[str, Habit]:
    """The habits of categories; what one leaves out is as usual."""
    if not isinstance(given, Mapping):
        faults.append(Fault(_CATEGORIES, f"expected a table, got {shown(given)}"))
        return {}
    habits = {}
    for name, tree in given.items():
        place = place_of((_CATEGORIES, name), {})
        if not isinstance(tree, Mapping):
            such = "a table such as { mean = 0.9, spread = 0.2 }"
            faults.append(Fault(place, f"expected {such}, got {shown(tree)}"))
            continue
        before = len(faults)
        values = {**usual, **_values(Habit, tree, place, faults)}
        try:
            habits[name] = Habit(**values)
        except InvalidValue as error:
            if len(faults) == before:
                faults.append(Fault(place, str(error)))
    return habits


def _plain(name: str, value: object) -> object:
    """Take a number or a moment that is written as a text; any other value stays."""
    if name == "until":
        from r2psched.files.setting import Setting  # noqa: PLC0415  # hardly a pace has one

        return Setting(Day(None, zone="UTC")).moment(value)
    if name not in _FIGURES or not isinstance(value, str):
        return value
    found = _FIGURE.fullmatch(value.strip())
    if found is None:
        msg = f'expected a number, such as 1.15 or "5 %", got {shown(value)}'
        if _LETTERS.search(value):
            msg += ": a comma stands between two parts"
        raise InvalidValue(msg)
    # Not divided by 100, which makes another number of 7 % than 0.07.
    return float(found[1] + ("e-2" if found[2] else ""))


def _consequences(tree: Mapping[str, object], values: Mapping[str, Any]) -> dict[str, Any]:
    """What is stated, and what follows: it has no doubt, and where it is 0, no spread."""
    found = dict(values)
    for name, doubt in _DOUBTS.items():
        if name in values:
            found.setdefault(doubt, timedelta(0) if name == "changeover" else 0.0)
    for name in ("changeover", "late"):
        if name in values and not values[name]:
            found.setdefault(_SPREADS[name], timedelta(0))
    if "mean" in values:
        found.setdefault("records", None)
    if _BASE in tree and values:
        words = " and ".join(name.replace("_", " ") for name in values)
        found.setdefault("source", f"{tree[_BASE]}, with another {words}")
    return found
