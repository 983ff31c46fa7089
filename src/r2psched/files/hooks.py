"""Hooks: how a value of a tree becomes that of a field, and back; the converter that uses them."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import attrs
import cattrs
from cattrs.errors import IterableValidationError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from r2psched.blocks import TimeBlock
from r2psched.durations import show
from r2psched.errors import InvalidValue, shown
from r2psched.files.keys import KEYS, LEFT_OUT, known_keys
from r2psched.files.setting import SETTING

if TYPE_CHECKING:
    from r2psched.files.places import Step

__all__ = [
    "CONVERTER",
    "Hook",
    "each_of",
    "learn",
    "optional",
    "pairs",
    "plainly",
    "several",
    "table",
    "written_pairs",
]

Hook = Callable[[Any, Any], Any]
Write = Callable[[Any], object]

CONVERTER = cattrs.Converter(detailed_validation=True)
_NAMES: dict[str, Any] = {
    "dt": dt,
    # The fields' own hooks read them; to load pendulum would take longer than all the rest.
    "pendulum": SimpleNamespace(DateTime=dt.datetime),
    "LimitsFrom": object,
    "timedelta": dt.timedelta,
    "TimeBlock": TimeBlock,
    # Loaded by those programmes alone that name one.
    "Outcome": object,
    "Procedure": object,
    "Rule": object,
    "Shares": object,
    # They say of a file what stands in no file.
    "Original": object,
    "Untranslated": object,
}
_HOOKS: dict[tuple[type, str], Hook] = {}
_WRITES: dict[tuple[type, str], Write] = {}
_KEPT: set[tuple[type, str]] = set()
_CLASSES: dict[type, str | None] = {}


def learn(
    classes: Mapping[type, str | None],
    hooks: Mapping[tuple[type, str], Hook],
    writes: Mapping[tuple[type, str], Write] | None = None,
    kept: Iterable[tuple[type, str]] = (),
) -> None:
    """Teach the converter some classes.

    Args:
        classes: Each with the key that may stand alone for it, or None.
        hooks: By class and field, how a value of a tree is read; by default as it is.
        writes: By class and field, how a value is written; by default by its type.
        kept: Classes and fields that are written though they have their default.
    """
    _CLASSES.update(classes)
    _HOOKS.update(hooks)
    _WRITES.update(writes or {})
    _KEPT.update(kept)
    _NAMES.update({cls.__name__: cls for cls in classes})


def table(cls: type, *, short: str | None = None) -> Hook:
    """Structure a table of a class; where `short` names a field, its value alone will do."""

    def hook(value: object, _: object) -> object:
        if short is not None and isinstance(value, str):
            return cls(value)
        if not isinstance(value, Mapping):
            what = f"a {short} or a table" if short else "a table"
            msg = f"expected {what} such as {{ {known_keys(cls)[0]} = … }}, got {shown(value)}"
            raise InvalidValue(msg)
        return CONVERTER.structure(value, cls)

    return hook


def optional(hook: Hook) -> Hook:
    """Take None for none, and anything else by a hook."""
    return lambda value, kind: None if value is None else hook(value, kind)


def each_of(values: Iterable[tuple[Step, object]], hook: Hook) -> tuple[Any, ...]:
    """Structure every value, and tell all that fail at once, each with its index or key."""
    made, errors = [], []
    for step, value in values:
        try:
            made.append(hook(value, None))
        except Exception as error:  # noqa: BLE001  # each is told, none is swallowed
            note = IterableValidationNote(f"at {step}", step, object)
            error.__notes__ = [*getattr(error, "__notes__", []), note]
            errors.append(error)
    if errors:
        msg = "while structuring a list"
        raise IterableValidationError(msg, errors, tuple)
    return tuple(made)


def several(hook: Hook, *, or_one: bool = True) -> Hook:
    """Structure each value of a list; where `or_one`, a single value will do."""

    def several_of(value: object, _: object) -> tuple[Any, ...]:
        if isinstance(value, (list, tuple)):
            return each_of(enumerate(value), hook)
        if or_one:
            return (hook(value, None),)
        hint = ": write its name in double brackets, such as [[sessions]]"
        more = hint if isinstance(value, Mapping) else ""
        msg = f"expected a list, got {'a table' if more else shown(value)}{more}"
        raise InvalidValue(msg)

    return several_of


def plainly(convert: Callable[[Any], object]) -> Hook:
    """Take a value by a converter."""
    return lambda value, _: convert(value)


def pairs(hook: Hook) -> Hook:
    """Structure each value of a table by its key."""

    def pairs_of(value: object, _: object) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            msg = f"expected a table, got {shown(value)}"
            raise InvalidValue(msg)
        return dict(zip(value, each_of(value.items(), hook), strict=True))

    return pairs_of


def _by_field(cls: type, field: attrs.Attribute[Any]) -> Hook:
    """The hook of a field: its own, then the converter that the class itself applies."""
    own: Hook = _HOOKS.get((cls, field.name), lambda value, _: value)
    converter: Any = field.converter
    if converter is None:
        return own
    return lambda value, kind: converter(own(value, kind))


def _written(value: Any) -> object:  # noqa: ANN401  # whatever a field holds
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    return _shortest(value, CONVERTER.unstructure(value)) if attrs.has(type(value)) else value


_WRITERS: tuple[tuple[type, Callable[[Any], object]], ...] = (
    (str, lambda text: text),
    (dt.timedelta, show),
    (dt.datetime, lambda moment: SETTING.get().write_moment(moment)),
    (dt.date, dt.date.isoformat),
    (TimeBlock, lambda block: block.text(SETTING.get().day.date)),
    (tuple, lambda items: [_written(item) for item in items]),
)


def _shortest(value: object, tree: dict[str, Any]) -> object:
    """Write a table whose only key is the one that may stand alone as its value alone."""
    short = _CLASSES.get(type(value))
    return tree[short] if short is not None and tree.keys() == {short} else tree


def written_pairs(value: tuple[tuple[str, object], ...]) -> dict[str, object]:
    """Write pairs as a table."""
    return {name: _written(item) for name, item in value}


def _fields(cls: type) -> tuple[attrs.Attribute[Any], ...]:
    attrs.resolve_types(cls, globalns=vars(sys.modules[cls.__module__]) | _NAMES)
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(cls)
    return fields


def _reader(cls: type) -> Hook:
    read: dict[str, Any] = {
        field.name: override(omit=True)
        if (cls, field.name) in LEFT_OUT
        else override(rename=KEYS.get(field.name), struct_hook=_by_field(cls, field))
        for field in _fields(cls)
    }
    return make_dict_structure_fn(cls, CONVERTER, _cattrs_forbid_extra_keys=True, **read)


def _writer(cls: type) -> Callable[[Any], dict[str, Any]]:
    write: dict[str, Any] = {
        field.name: override(
            rename=KEYS.get(field.name),
            unstruct_hook=_WRITES.get((cls, field.name), _written),
            omit_if_default=False if (cls, field.name) in _KEPT else None,
            omit=True if (cls, field.name) in LEFT_OUT else None,
        )
        for field in _fields(cls)
    }
    return make_dict_unstructure_fn(cls, CONVERTER, _cattrs_omit_if_default=True, **write)


# Made when first used: a command reads some of the classes, and hardly one writes any.
CONVERTER.register_structure_hook_factory(_CLASSES.__contains__, _reader)
CONVERTER.register_unstructure_hook_factory(_CLASSES.__contains__, _writer)
