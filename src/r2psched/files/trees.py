"""Trees of plain values to domain objects and back, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from r2psched.durations import as_duration, show
from r2psched.errors import InvalidValue, shown
from r2psched.fields import as_emails, as_limit, as_title
from r2psched.files.hooks import (
    CONVERTER,
    each_of,
    learn,
    optional,
    pairs,
    plainly,
    several,
    table,
    written_pairs,
)
from r2psched.files.lists import find_list, read_list
from r2psched.files.loading import history_file
from r2psched.files.setting import SETTING
from r2psched.files.workbooks import split
from r2psched.house import House
from r2psched.programme import Invitations, Programme
from r2psched.reserves import Reserve
from r2psched.sessions import Session
from r2psched.speakers import (
    Inscription,
    Person,
    Registration,
    SpeakerList,
    SpeakingLimits,
)

if TYPE_CHECKING:
    import pendulum

    from r2psched.blocks import TimeBlock
    from r2psched.procedures import Procedure
    from r2psched.shares import Shares
    from r2psched.speakers import LimitsFrom

__all__ = ["limits_hook", "structure", "unstructure"]


def structure(tree: Mapping[str, Any]) -> Programme:
    """Make a programme of a tree, in the current setting.

    Raises:
        ExceptionGroup: Of cattrs: all that is wrong, each with notes that say where.
    """
    return CONVERTER.structure(tree, Programme)


def unstructure(programme: Programme) -> dict[str, Any]:
    """Make a tree of plain values of a programme, in the current setting, defaults left out."""
    tree: dict[str, Any] = CONVERTER.unstructure(programme)
    return tree


def _block(value: object, _: object) -> TimeBlock:
    return SETTING.get().block(value)


def _moment(value: object, _: object) -> pendulum.DateTime | None:
    return SETTING.get().moment(value)


def limits_hook(value: object, _: object) -> SpeakingLimits:
    """Take limits as a table, or one length for everybody."""
    if isinstance(value, Mapping):
        return CONVERTER.structure(value, SpeakingLimits)
    return SpeakingLimits(value)  # type: ignore[arg-type]  # a wrong one is refused by it


def _inscriptions(value: object, _: object) -> tuple[Inscription, ...]:
    if isinstance(value, str):
        return read_list(value, SETTING.get(), lambda row: CONVERTER.structure(row, Inscription))
    if not isinstance(value, (list, tuple)):
        msg = (
            'expected a list, or the name of a CSV file or workbook such as "speakers.csv", '
            f"got {shown(value)}"
        )
        raise InvalidValue(msg)
    return each_of(enumerate(value), table(Inscription, short="delegation"))


def _speakers(value: object, kind: object) -> SpeakerList:
    speakers: SpeakerList = table(SpeakerList)(value, kind)
    listed = value.get("inscriptions") if isinstance(value, Mapping) else None
    if not isinstance(listed, str):
        return speakers
    path = find_list(split(listed)[0], SETTING.get())
    if not history_file(path).exists():
        return speakers
    from r2psched.files.history import as_closed  # noqa: PLC0415  # few lists were changed

    return as_closed(speakers, path)


def _procedure(value: object, _: object) -> Procedure:
    from r2psched.files.procedures import procedure_of  # noqa: PLC0415  # most name none

    return procedure_of(value)


def _written_procedure(procedure: Procedure | None) -> object:
    from r2psched.files.procedures import written  # noqa: PLC0415  # most programmes name none

    return None if procedure is None else written(procedure)


def _later(value: object, kind: object) -> tuple[LimitsFrom, ...]:
    from r2psched.files.later import later_hook  # noqa: PLC0415  # most limits stay as they are

    later: tuple[LimitsFrom, ...] = later_hook(value, kind)
    return later


def _written_later(later: tuple[LimitsFrom, ...]) -> list[object]:
    from r2psched.files.later import written  # noqa: PLC0415  # most limits stay as they are

    return written(later)


def _shares(value: object, kind: object) -> Shares:
    from r2psched.files.divisions import shares_hook  # noqa: PLC0415  # few lists divide their time

    shares: Shares = shares_hook(value, kind)
    return shares


def _written_shares(shares: Shares | None) -> object:
    from r2psched.files.divisions import written  # noqa: PLC0415  # few lists divide their time

    return None if shares is None else written(shares)


def _written_length(length: Any) -> str:  # noqa: ANN401  # a length or None
    return "unknown" if length is None else show(length)


def _own_texts(value: object, _: object) -> object:
    if isinstance(value, str):
        from r2psched.files.own_texts import own_texts  # noqa: PLC0415  # few replace any

        return own_texts(value)
    return value


_texts = several(plainly(as_title))
_emails = several(lambda value, _: as_emails([value])[0])
_person = table(Person, short="name")

learn(
    {
        Person: "name",
        Registration: None,
        Inscription: "delegation",
        SpeakingLimits: "default",
        SpeakerList: None,
        Reserve: None,
        Session: None,
        House: None,
        Invitations: None,
        Programme: None,
    },
    {
        (Programme, "sessions"): several(table(Session), or_one=False),
        (Programme, "organiser"): optional(_person),
        (Programme, "contacts"): several(_person),
        (Programme, "documents"): _texts,
        (Programme, "registration"): optional(table(Registration)),
        (Programme, "ignore"): _texts,
        (Programme, "house"): table(House),
        (Programme, "invitations"): table(Invitations),
        (Invitations, "alarms"): several(plainly(as_duration)),
        (Invitations, "texts"): _own_texts,
        (Programme, "procedure"): optional(_procedure),
        (Programme, "revised"): _moment,
        (Session, "blocks"): several(_block),
        (Session, "chair"): optional(_person),
        (Session, "moderator"): optional(_person),
        (Session, "panellists"): several(_person),
        (Session, "documents"): _texts,
        (Session, "reserves"): several(table(Reserve), or_one=False),
        (Session, "speakers"): optional(_speakers),
        (Session, "given_procedure"): optional(_procedure),
        (Session, "shares"): optional(_shares),
        (SpeakerList, "inscriptions"): _inscriptions,
        (SpeakerList, "limits"): optional(limits_hook),
        (SpeakerList, "later_limits"): _later,
        (SpeakerList, "registration"): optional(table(Registration)),
        (Person, "emails"): _emails,
        (Registration, "opens"): _moment,
        (Registration, "closes"): _moment,
        (Inscription, "received"): _moment,
        (Inscription, "emails"): _emails,
        (Inscription, "traits"): pairs(plainly(as_title)),
        (SpeakingLimits, "categories"): pairs(plainly(as_limit)),
    },
    {
        (Programme, "procedure"): _written_procedure,
        (Session, "given_procedure"): _written_procedure,
        (Session, "shares"): _written_shares,
        (Inscription, "traits"): written_pairs,
        (SpeakingLimits, "categories"): written_pairs,
        (SpeakerList, "later_limits"): _written_later,
        (Invitations, "texts"): written_pairs,
        (Reserve, "length"): _written_length,
    },
    kept=[(Reserve, "length")],
)
