"""Programmes read from TOML and from trees of plain values, all faults at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from r2psched.blocks import Day, as_date, as_zone
from r2psched.errors import Fault, InvalidInput, InvalidValue, shown
from r2psched.fields import as_tuple
from r2psched.files.faults import faults_of
from r2psched.files.loading import decode, load
from r2psched.files.plain import plain_faults
from r2psched.files.setting import NO_LISTS, SETTING, Setting
from r2psched.files.syntax import parse_toml
from r2psched.files.translated import in_language
from r2psched.files.trees import structure
from r2psched.language.tags import ORIGINAL, as_language

if TYPE_CHECKING:
    from r2psched.programme import Programme

__all__ = ["SCHEMA", "from_dict", "loads", "loads_with", "read"]

SCHEMA = 1
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ANY_DATE = dt.date(2000, 1, 3)


def read(path: Path | str, *, lang: str | None = None) -> Programme:
    """Read a programme from a TOML file.

    Args:
        path: The file; CSV files that it names are looked for beside it.
        lang: The language in which its texts are read, and in which the programme then is; by
            default the file's own. A text that is not there in it is read in the file's own
            language, or else in the first in which it is there. Ids that are derived from titles
            are the same in every language.

    Raises:
        FileFailed: If the file cannot be read.
        InvalidInput: All that is wrong with it, each with its place.
        InvalidValue: If there is no such language.

    >>> read("examples/r2p-2014.toml")["floor"].capacity().total
    99
    """
    data = load(path)
    try:
        return loads(decode(data), folder=Path(path).parent, lang=lang)
    except InvalidInput as error:
        raise InvalidInput(error.faults, str(path)) from error


def loads(text: str, *, folder: Path | str | None = None, lang: str | None = None) -> Programme:
    r"""Read a programme from the text of a TOML file.

    Args:
        text: The text.
        folder: Where CSV files that it names are looked for; None if it may name none.
        lang: The language in which its texts are read, as for `read`.

    Raises:
        InvalidInput: All that is wrong with it, each with its place.
        InvalidValue: If there is no such language.

    >>> text = 'id = "r2p"\nzone = "UTC"\ntitle = { en = "Dialogue", fr = "Débat" }'
    >>> loads(text).title, loads(text, lang="fr").title
    ('Dialogue', 'Débat')
    """
    return _from_tree(parse_toml(text), folder, lang=lang)


def loads_with(
    text: str, folder: Path | str | None, lists: Mapping[Path, str] = NO_LISTS
) -> Programme:
    """Read as `loads` does, with texts, by resolved path, in place of what CSV files hold."""
    return _from_tree(parse_toml(text), folder, lists)


def from_dict(
    tree: Mapping[str, Any], *, folder: Path | str | None = None, lang: str | None = None
) -> Programme:
    """Make a programme of a tree of plain values, as `to_dict` writes it and JSON holds it.

    Args:
        tree: The keys and values of a programme file.
        folder: Where CSV files that it names are looked for; None if it may name none.
        lang: The language in which its texts are read, as for `read`.

    Raises:
        InvalidInput: All that is wrong with it, each with its place.
        InvalidValue: If there is no such language.

    >>> meeting = from_dict(
    ...     {
    ...         "id": "hearing",
    ...         "title": "Hearing",
    ...         "zone": "UTC",
    ...         "date": "2026-03-02",
    ...         "sessions": [{"title": "Comment", "time": "18:00-19:00"}],
    ...     }
    ... )
    >>> meeting["comment"].capacity("3 min").total
    20
    """
    return _from_tree(tree, folder, lang=lang)


def _from_tree(
    given: object,
    folder: Path | str | None,
    lists: Mapping[Path, str] = NO_LISTS,
    lang: str | None = None,
) -> Programme:
    asked = None if lang is None else as_language(lang)
    if not isinstance(given, Mapping):
        fault = Fault("", f"expected a table of keys and values, got {shown(given)}")
        raise InvalidInput([fault])
    tree = dict(given)
    faults = list(plain_faults(tree))
    if faults:
        raise InvalidInput(faults)
    schema = tree.pop("schema", SCHEMA)
    if schema != SCHEMA or isinstance(schema, bool):
        faults.append(Fault("schema", f"expected {SCHEMA}, got {shown(schema)}"))
    own = _language(tree, faults)
    reading = in_language(tree, own, asked)
    tree = reading.tree
    faults += reading.faults
    dates = _dates(tree, faults)
    zone = _zone(tree, faults)
    single = dates[0] if len(dates) == 1 else None
    where = None if folder is None else Path(folder)
    setting = Setting(Day(single, zone=zone), where, lists, own, asked or own)
    token = SETTING.set(setting)
    programme = None
    try:
        programme = structure(tree | {"zone": zone})
    except ExceptionGroup as error:
        faults += faults_of(error, tree)
    finally:
        SETTING.reset(token)
    if faults or programme is None:
        raise InvalidInput(faults)
    untranslated = (*reading.untranslated, *setting.untranslated)
    if not untranslated and not reading.originals:
        return programme
    return attrs.evolve(programme, untranslated=untranslated, originals=reading.originals)


def _language(tree: Mapping[str, Any], faults: list[Fault]) -> str:
    try:
        return as_language(tree.get("lang", ORIGINAL))
    except InvalidValue as error:
        faults.append(Fault("lang", str(error)))
        return ORIGINAL


def _zone(tree: dict[str, Any], faults: list[Fault]) -> str:
    zone = tree.pop("zone", None)
    if zone is None:
        message = 'is missing: write the zone of its times, such as zone = "America/New_York"'
        faults.append(Fault("zone", message))
        return "UTC"
    try:
        return as_zone(zone)
    except InvalidValue as error:
        faults.append(Fault("zone", str(error)))
        return "UTC"


def _dates(tree: dict[str, Any], faults: list[Fault]) -> list[dt.date]:
    """Settle `date`, `dates` and `weekday`; a wrong date becomes any, so that times are read."""
    key, wrong = "date" if "date" in tree else "dates", False
    if "date" in tree and "dates" in tree:
        faults.append(Fault("dates", "is given beside date: write one of the two"))
        del tree["dates"]
    given = tree.pop(key, ())
    weekday = tree.pop("weekday", None)
    if key == "date" and not isinstance(given, (str, dt.date)):
        message = "expected one date: write dates = […] for several"
        if not isinstance(given, (list, tuple)):
            message = f"expected a date such as 2014-09-08, got {shown(given)}"
        faults.append(Fault(key, message))
        return [_ANY_DATE]
    dates: list[dt.date] = []
    for at, each in enumerate(as_tuple(given), 1):
        try:
            dates.append(as_date(each))
        except InvalidValue as error:
            place = f"{key}[{at}]" if isinstance(given, (list, tuple)) else key
            faults.append(Fault(place, str(error)))
            wrong = True
    if wrong:
        return [_ANY_DATE]
    tree["dates"] = dates
    if weekday is not None:
        faults += _weekday_faults(weekday, dates)
    return dates


def _weekday_faults(weekday: object, dates: list[dt.date]) -> list[Fault]:
    if len(dates) != 1:
        return [Fault("weekday", "goes with one date: remove it, or write date = …")]
    true = _WEEKDAYS[dates[0].weekday()]
    if isinstance(weekday, str) and weekday.strip().casefold() == true:
        return []
    message = (
        f"{dates[0].isoformat()} is a {true.title()}, not {shown(weekday)}: correct one of them"
    )
    return [Fault("weekday", message)]
