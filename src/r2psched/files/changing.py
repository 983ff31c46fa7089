"""Changes of a list that stands in a CSV file: the file is changed, and its history kept."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import attrs

from r2psched import rulings
from r2psched.errors import InvalidValue
from r2psched.files.history import (
    Entry,
    append,
    digest,
    iso,
    mend,
    refuse_stale,
    unnoted,
)
from r2psched.files.loading import decode, history_file, load
from r2psched.files.locking import locked
from r2psched.files.rows import changed_rows
from r2psched.files.saving import save
from r2psched.files.sentences import sentence
from r2psched.files.sources import Source, setting_of
from r2psched.rulings import list_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from r2psched.files.history import Stamp
    from r2psched.sessions import Session
    from r2psched.speakers import SpeakerList

__all__ = ["change", "entry_of", "numbers"]


def numbers(session: Session) -> dict[str, int]:
    """The number of everybody on the list of a session, by id.

    In the order of its rules; where that is not settled yet, such as by lots, as it is listed.
    """
    try:
        ordered = rulings.in_order(session)
    except InvalidValue:
        ordered = list_of(session).settle()
    return {who.id: number for number, who in enumerate(ordered, 1)}


def change(  # noqa: PLR0913  # what a line of the history holds
    path: Path | str,
    session: str,
    what: str,
    apply: Callable[[Session], SpeakerList],
    stamp: Stamp,
    *,
    names: Iterable[str] = (),
) -> Entry:
    """Change the list of a session in its CSV file, and put a line into its history.

    Nobody else can change it meanwhile. The history is written first: if the change is cut off
    behind that, the next one notes that this one was not made.

    Args:
        path: The programme file, which stays as it is.
        session: The id or title of the session.
        what: The kind of change, such as "move".
        apply: Gives the new list of the session, as the functions of `rulings` do.
        stamp: When, by whom and why, and which revision they have seen.
        names: Whom it concerns, as they were named.

    Returns:
        The line of the history.

    Raises:
        Refused: If a rule forbids it, or the list was changed since that revision.
        FileFailed: If a file cannot be read or written, or somebody else holds the list.
        InvalidInput: If a file is not sound.
        InvalidValue: If the list stands in no CSV file, or the change has no meaning.
    """
    seen = Source.read(path, session)
    csv = seen.csv()
    with locked(history_file(csv)) as history:
        data = load(csv)
        text = decode(data)
        past = mend(history, csv)
        if (missed := unnoted(past, data, stamp)) is not None:
            append(history, missed)
            past.append(missed)
        refuse_stale(past, stamp.revision, seen.programme.zone)
        source = Source.read(path, session, {csv: text})
        new = apply(source.session)
        setting = setting_of(source.programme)
        rows = changed_rows(text, source.speakers.inscriptions, new.inscriptions, setting)
        source.verify(csv, rows.text, new)
        mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        after = mark + rows.text.encode()
        now = attrs.evolve(source.session, speakers=new)
        entry = attrs.evolve(
            entry_of(len(past) + 1, what, source, now, stamp, names=names),
            before=digest(data),
            after=digest(after),
            header=rows.header if rows.left else None,
            left=rows.left,
        )
        append(history, entry)
        if after != data:
            save(csv, after)
    return entry


def entry_of(  # noqa: PLR0913  # what a line of the history holds
    number: int,
    what: str,
    source: Source,
    now: Session,
    stamp: Stamp,
    *,
    names: Iterable[str] = (),
) -> Entry:
    """A line of the history that lacks only what the files hold.

    Args:
        number: Its number.
        what: The kind of change.
        source: The list before it.
        now: The session behind it.
        stamp: When, by whom and why.
        names: Whom it concerns, as they were named; whoever came, left or has other facts is
            concerned, too.
    """
    old, new = source.speakers, list_of(now)
    before, after = numbers(source.session), numbers(now)
    known = {who.id: str(who) for who in (*old, *new)}
    named = [source.session.id_of(name) for name in names]
    facts = {who.id: attrs.evolve(who, place=None, placed=None) for who in old}
    behind = {who.id: attrs.evolve(who, place=None, placed=None) for who in new}
    others = [each for each in known if facts.get(each) != behind.get(each)]
    speakers = tuple(
        {"id": each, "name": known[each], "before": before.get(each), "after": after.get(each)}
        for each in dict.fromkeys([*named, *others])
    )
    registration = new.registration if what in {"close", "reopen"} else None
    closes = None if registration is None else registration.closes
    return Entry(
        number=number,
        what=what,
        told=sentence(what, speakers, new, closes, source.programme.zone),
        when=iso(stamp.when),
        by=stamp.by,
        why=stamp.why,
        session=now.id,
        speakers=speakers,
        before=None,
        after="",
        closes=None if closes is None else iso(closes),
    )
