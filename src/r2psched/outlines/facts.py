"""Facts: what is told under a name, of a programme, a session or a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from r2psched.blocks import write_date
from r2psched.durations import show
from r2psched.fields import is_link
from r2psched.outlines.values import Fact, Said
from r2psched.programme import document_link
from r2psched.sessions import KINDS, PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from r2psched.entries import Texts
    from r2psched.programme import Programme
    from r2psched.sessions import Session
    from r2psched.speakers import Person, Registration

__all__ = [
    "documents",
    "fact",
    "kind",
    "limits",
    "paragraphs",
    "people",
    "registration",
    "standing",
    "webcast",
]


def fact(texts: Texts, kind: str, *values: Person | Said | str | None) -> list[Fact]:
    """One fact of the values that there are, or none; its name is that of its kind.

    >>> from r2psched import Programme
    >>> from r2psched.entries import Texts
    >>> fact(Texts(Programme("r2p", "Dialogue", zone="UTC")), "place", "Hall", None)
    [Fact(kind='place', name='Place', values=(Said(text='Hall', link=None),))]
    """
    said = tuple(
        value if isinstance(value, Said) else Said(str(value)) for value in values if value
    )
    return [Fact(kind, texts.words(f"outline.{kind}"), said)] if said else []


def paragraphs(text: str | None) -> tuple[tuple[str, ...], ...]:
    r"""Take a text apart into paragraphs, and these into lines.

    >>> paragraphs("One\ntwo\n\nThree")
    (('One', 'two'), ('Three',))
    """
    parts = "\n".join(line.strip() for line in (text or "").splitlines()).split("\n\n")
    return tuple(tuple(line for line in part.split("\n") if line) for part in parts if part.strip())


def documents(texts: Texts, those: Iterable[str]) -> list[Fact]:
    """Documents, with the links that are known of them."""
    return fact(texts, "documents", *(Said(each, document_link(each)) for each in those))


def webcast(texts: Texts, link: str | None) -> list[Fact]:
    """The link of a webcast."""
    return fact(
        texts, "webcast", None if link is None else Said(texts.words("outline.watch"), link)
    )


def people(texts: Texts, session: Session) -> list[Fact]:
    """Chair, moderator and panellists."""
    return [
        *fact(texts, "chair", session.chair),
        *fact(texts, "moderator", session.moderator),
        *fact(texts, "panellists", *session.panellists),
    ]


def kind(texts: Texts, session: Session) -> str:
    """What a session is, in words as far as there are some; an empty text where it says nothing."""
    if session.kind == PLAIN:
        return ""
    return texts.words(f"outline.{session.kind}") if session.kind in KINDS else session.kind


def limits(texts: Texts, programme: Programme, session: Session) -> list[Fact]:
    """How long speakers may speak, from the start and later; and how long lies between them."""
    if session.speakers is None or session.limits is None:
        return []
    words = texts.words
    later = [
        words(
            "outline.limit_later",
            limits=texts.limits(each),
            moment=texts.moment(each.since.in_timezone(programme.zone)),
        )
        for each in session.speakers.later_limits
    ]
    between = session.speakers.changeover
    return [
        *fact(texts, "limit", texts.limits(session.limits), *later),
        *fact(texts, "changeover", show(between) if between else None),
    ]


def registration(
    texts: Texts, kind: Literal["attend", "speak"], asked: Registration | None
) -> list[Fact]:
    """From when, until when and where to register, and what to send; nothing once all is off."""
    if asked is None or texts.programme.status == "cancelled":
        return []
    link = asked.write_to if is_link(asked.write_to or "") else None
    where = texts.where(asked)
    return fact(
        texts,
        kind,
        texts.opens(asked),
        texts.closes(asked),
        where and Said(where, link),
        asked.instructions,
    )


def standing(programme: Programme, texts: Texts) -> str:
    """The status and revision of a programme, and when that was made."""
    status = texts.words(f"outline.{programme.status}")
    if programme.revised is None:
        return texts.words("outline.standing", status=status, revision=programme.revision)
    date = write_date(programme.revised.in_timezone(programme.zone), programme.lang)
    return texts.words("outline.revised", status=status, revision=programme.revision, date=date)
