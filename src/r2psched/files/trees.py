"""Trees of plain values to domain objects and back, field by field, by cattrs."""

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
from r2psched.fields import as_emails, as_limit, as_title
from r2psched.files.keys import KEYS, known_keys
from r2psched.files.lists import read_list
from r2psched.files.setting import SETTING
from r2psched.programme import House, Programme
from r2psched.reserves import Reserve
from r2psched.sessions import Session
from r2psched.speakers import Inscription, Person, Registration, SpeakerList, SpeakingLimits

if TYPE_CHECKING:
    import pendulum

    from r2psched.files.places import Step

__all__ = ["structure", "unstructure"]

Hook = Callable[[Any, Any], Any]

_CLASSES = (
    Person,
    Registration,
    Inscription,
    SpeakingLimits,
    SpeakerList,
    Reserve,
    Session,
    House,
    Programme,
)
_NAMES = {cls.__name__: cls for cls in _CLASSES} | {
    "dt": dt,
    # The fields' own hooks read them; to load pendulum would take longer than all the rest.
    "pendulum": SimpleNamespace(DateTime=dt.datetime),
    "timedelta": dt.timedelta,
    "TimeBlock": TimeBlock,
}
_CONVERTER = cattrs.Converter(detailed_validation=True)


def structure(tree: Mapping[str, Any]) -> Programme:
    """Make a programme of a tree, in the current setting.

    Raises:
        ExceptionGroup: Of cattrs: all that is wrong, each with notes that say where.
    """
    return _CONVERTER.structure(tree, Programme)


def unstructure(programme: Programme) -> dict[str, Any]:
    """Make a tree of plain values of a programme, in the current setting, defaults left out."""
    tree: dict[str, Any] = _CONVERTER.unstructure(programme)
    return tree


def _table(cls: type, *, short: str | None = None) -> Hook:
    """Structure a table of a class; where `short` names a field, its value alone will do."""

    def hook(value: object, _: object) -> object:
        if short is not None and isinstance(value, str):
            return cls(value)
        if not isinstance(value, Mapping):
            what = f"a {short} or a table" if short else "a table"
            msg = f"expected {what} such as {{ {known_keys(cls)[0]} = … }}, got {shown(value)}"
            raise InvalidValue(msg)
        return _CONVERTER.structure(value, cls)

    return hook


def _optional(hook: Hook) -> Hook:
    return lambda value, kind: None if value is None else hook(value, kind)


def _each(values: Iterable[tuple[Step, object]], hook: Hook) -> tuple[Any, ...]:
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


def _several(hook: Hook, *, or_one: bool = True) -> Hook:
    def several(value: object, _: object) -> tuple[Any, ...]:
        if isinstance(value, (list, tuple)):
            return _each(enumerate(value), hook)
        if or_one:
            return (hook(value, None),)
        hint = ": write its name in double brackets, such as [[sessions]]"
        more = hint if isinstance(value, Mapping) else ""
        msg = f"expected a list, got {'a table' if more else shown(value)}{more}"
        raise InvalidValue(msg)

    return several


def _block(value: object, _: object) -> TimeBlock:
    return SETTING.get().block(value)


def _moment(value: object, _: object) -> pendulum.DateTime | None:
    return SETTING.get().moment(value)


def _limits(value: object, _: object) -> SpeakingLimits:
    if isinstance(value, Mapping):
        return _CONVERTER.structure(value, SpeakingLimits)
    return SpeakingLimits(value)  # type: ignore[arg-type]  # a wrong one is refused by it


def _inscriptions(value: object, _: object) -> tuple[Inscription, ...]:
    if isinstance(value, str):
        return read_list(value, SETTING.get(), lambda row: _CONVERTER.structure(row, Inscription))
    if not isinstance(value, (list, tuple)):
        msg = (
            f'expected a list, or the name of a CSV file such as "speakers.csv", got {shown(value)}'
        )
        raise InvalidValue(msg)
    return _each(enumerate(value), _table(Inscription, short="delegation"))


def _plainly(convert: Callable[[Any], object]) -> Hook:
    return lambda value, _: convert(value)


def _pairs(hook: Hook) -> Hook:
    def pairs(value: object, _: object) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            msg = f"expected a table, got {shown(value)}"
            raise InvalidValue(msg)
        return dict(zip(value, _each(value.items(), hook), strict=True))

    return pairs


_texts = _several(_plainly(as_title))
_emails = _several(lambda value, _: as_emails([value])[0])
_person = _table(Person, short="name")
_HOOKS: dict[tuple[type, str], Hook] = {
    (Programme, "sessions"): _several(_table(Session), or_one=False),
    (Programme, "organiser"): _optional(_person),
    (Programme, "contacts"): _several(_person),
    (Programme, "documents"): _texts,
    (Programme, "registration"): _optional(_table(Registration)),
    (Programme, "ignore"): _texts,
    (Programme, "house"): _table(House),
    (Programme, "revised"): _moment,
    (Session, "blocks"): _several(_block),
    (Session, "chair"): _optional(_person),
    (Session, "moderator"): _optional(_person),
    (Session, "panellists"): _several(_person),
    (Session, "documents"): _texts,
    (Session, "reserves"): _several(_table(Reserve), or_one=False),
    (Session, "speakers"): _optional(_table(SpeakerList)),
    (SpeakerList, "inscriptions"): _inscriptions,
    (SpeakerList, "limits"): _optional(_limits),
    (SpeakerList, "registration"): _optional(_table(Registration)),
    (Person, "emails"): _emails,
    (Registration, "opens"): _moment,
    (Registration, "closes"): _moment,
    (Inscription, "received"): _moment,
    (Inscription, "emails"): _emails,
    (Inscription, "traits"): _pairs(_plainly(as_title)),
    (SpeakingLimits, "categories"): _pairs(_plainly(as_limit)),
}


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
    return _shortest(value, _CONVERTER.unstructure(value)) if attrs.has(type(value)) else value


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
    short = {Person: "name", Inscription: "delegation", SpeakingLimits: "default"}.get(type(value))
    return tree[short] if short is not None and tree.keys() == {short} else tree


def _written_pairs(value: tuple[tuple[str, object], ...]) -> dict[str, object]:
    return {name: _written(item) for name, item in value}


def _write_field(cls: type, field: attrs.Attribute[Any]) -> Callable[[Any], Any]:
    if (cls, field.name) in {(Inscription, "traits"), (SpeakingLimits, "categories")}:
        return _written_pairs
    if (cls, field.name) == (Reserve, "length"):
        return lambda length: "unknown" if length is None else show(length)
    return _written


def _fields(cls: type) -> tuple[attrs.Attribute[Any], ...]:
    attrs.resolve_types(cls, globalns=vars(sys.modules[cls.__module__]) | _NAMES)
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(cls)
    return fields


def _reader(cls: type) -> Hook:
    read: dict[str, Any] = {
        field.name: override(rename=KEYS.get(field.name), struct_hook=_by_field(cls, field))
        for field in _fields(cls)
    }
    return make_dict_structure_fn(cls, _CONVERTER, _cattrs_forbid_extra_keys=True, **read)


def _writer(cls: type) -> Callable[[Any], dict[str, Any]]:
    write: dict[str, Any] = {
        field.name: override(
            rename=KEYS.get(field.name),
            unstruct_hook=_write_field(cls, field),
            omit_if_default=False if (cls, field.name) == (Reserve, "length") else None,
        )
        for field in _fields(cls)
    }
    return make_dict_unstructure_fn(cls, _CONVERTER, _cattrs_omit_if_default=True, **write)


# Made when first used: a command reads some of the classes, and hardly one writes any.
_CONVERTER.register_structure_hook_factory(_CLASSES.__contains__, _reader)
_CONVERTER.register_unstructure_hook_factory(_CLASSES.__contains__, _writer)
