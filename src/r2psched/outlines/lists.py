"""The outline of a list: who speaks when, and who is behind the cut line."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import attrs

from r2psched.blocks import write_clock, write_date, write_times
from r2psched.durations import show
from r2psched.entries import Texts, location
from r2psched.errors import InvalidValue, shown
from r2psched.language import capitalised
from r2psched.outlines import facts
from r2psched.outlines.values import BlockOutline, ListOutline, Turn
from r2psched.speakers import Registration
from r2psched.speakers.changes import REPLY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import timedelta

    from r2psched.blocks import TimeBlock
    from r2psched.outlines.values import Fact
    from r2psched.programme import Programme
    from r2psched.seating import RunningOrder, Slot
    from r2psched.sessions import Session
    from r2psched.speakers import Inscription, SpeakerList, SpeakingLimits

__all__ = ["list_outline", "outline_of"]


def list_outline(programme: Programme, session: Session, *, internal: bool = False) -> ListOutline:
    """Tell a list of speakers in words, in the language of its programme.

    Args:
        programme: The programme.
        session: One of its sessions.
        internal: Whether to add what is not for publication: capacity, and the list's note.

    Raises:
        InvalidValue: If the session has no list.
        MissingExtra: If the language is another than English, and the extra `i18n` is not
            installed.

    >>> from r2psched import Day, Programme, Session, SpeakerList
    >>> time = Day("2014-09-08", zone="UTC")("10:00-10:05")
    >>> floor = Session("Floor", time, speakers=SpeakerList(["Chile", "Fiji"], limits="3 min"))
    >>> told = list_outline(Programme("r2p-2014", "Dialogue", [floor]), floor)
    >>> [(turn.place, turn.name, turn.time) for turn in told.turns]
    [(1, 'Chile', '10:00'), (2, 'Fiji', '')]
    """
    return outline_of(programme, programme[session.id], Texts(programme), internal=internal)


def outline_of(
    programme: Programme, session: Session, texts: Texts, *, internal: bool
) -> ListOutline:
    """See `list_outline`; the words of the programme are given."""
    if session.speakers is None:
        msg = f"the session {shown(session.title)} has no list of speakers"
        raise InvalidValue(msg)
    blocks, unseated, cut, notes = _turns(session, session.speakers, texts)
    return ListOutline(
        session.id,
        session.title,
        programme.title,
        texts.words,
        facts.standing(programme, texts),
        programme.zone,
        tuple(_facts(programme, session, texts, internal=internal)),
        blocks,
        unseated,
        cut,
        notes,
        tuple(_internal(session, texts)) if internal else (),
    )


def _internal(session: Session, texts: Texts) -> Iterator[str]:
    """What is not for publication: the note, the capacity of each block, what it rests on."""
    yield from texts.note(session)
    if counted := texts.capacities(session):
        for block, line in zip(session.blocks, counted, strict=True):
            yield line if len(counted) == 1 else texts.named(_when(block, texts), line)
        yield from texts.rests_on(session.floor())


def _when(block: TimeBlock, texts: Texts) -> str:
    """The date and time of a block."""
    date = capitalised(write_date(block.start, texts.words.language))
    time = write_times(block.start_us, block.end_us, block.zone)
    return texts.words("general.date_and_time", date=date, time=time)


def _turns(
    session: Session, speakers: SpeakerList, texts: Texts
) -> tuple[tuple[BlockOutline, ...], tuple[Turn, ...], str, tuple[str, ...]]:
    """Who has the floor in each block; who has not, and what is written above; notes."""
    words = texts.words
    if not speakers:
        return (), (), "", (words("outline.nobody"),)
    if session.limits is None and not session.is_ruled:
        return (), _unseated(speakers, None, texts), "", (words("outline.no_limit"),)
    try:
        order = session.running_order()
    except InvalidValue:
        # Lots are yet to be drawn, or a limit to be set: names are public before times are.
        note = "outline.no_limit" if session.limits is None else "outline.undrawn"
        unordered = _unseated(speakers, session.limits, texts)
        return (), tuple(attrs.evolve(each, place=0) for each in unordered), "", (words(note),)
    return _of_order(order, texts)


def _of_order(
    order: RunningOrder, texts: Texts
) -> tuple[tuple[BlockOutline, ...], tuple[Turn, ...], str, tuple[str, ...]]:
    words = texts.words
    timed = bool(order.floor.blocks)
    blocks = tuple(
        BlockOutline(
            _when(order.floor.blocks[number - 1], texts),
            tuple(_turn(order, slot, texts) for slot in slots),
        )
        for number, slots in groupby(order, lambda slot: slot.block)
    )
    unseated = tuple(
        _who(texts, who, place, show(order.limit_of(place)))
        for place, who in enumerate(order.inscriptions, 1)
        if place > len(order)
    )
    cut = "outline.not_drawn" if order.most == len(order) else "outline.unheard"
    notes = [words(f"outline.{_known(order) if timed else 'no_time'}")]
    if timed and any(each.assumed for each in order.floor.reserves):
        notes.append(words("outline.assumed"))
    return blocks, unseated, words(cut) if unseated and timed else "", tuple(notes)


def _known(order: RunningOrder) -> str:
    """How the times of an order are known."""
    return "earliest" if order.at_most else "planned"


def _unseated(
    those: Iterable[Inscription], limits: SpeakingLimits | None, texts: Texts
) -> tuple[Turn, ...]:
    def limit(who: Inscription) -> timedelta | None:
        return who.limit if limits is None else limits.of(who)

    return tuple(
        _who(texts, who, place, show(length) if (length := limit(who)) else "")
        for place, who in enumerate(those, 1)
    )


def _turn(order: RunningOrder, slot: Slot, texts: Texts) -> Turn:
    who = _who(texts, slot.inscription, slot.place, show(order.limit_of(slot.place)))
    return attrs.evolve(
        who,
        time=write_clock(slot.start_us, slot.zone),
        start=slot.start.isoformat(),
        end=slot.end.isoformat(),
    )


def _who(texts: Texts, who: Inscription, place: int, limit: str) -> Turn:
    name = texts.who(who)
    if who.category == REPLY:
        name = texts.words("outline.replies", name=name)
    return Turn(place, who.id, name, who.level or "", who.category or "", limit)


def _facts(programme: Programme, session: Session, texts: Texts, *, internal: bool) -> list[Fact]:
    words, speakers = texts.words, session.speakers
    # An empty list counts as false, and has its registration all the same.
    asked = None if speakers is None else speakers.registration
    reserved = [each.told(words, full=internal) for each in session.floor().reserves]
    return [
        *facts.fact(texts, "place", location(programme, programme.room_of(session))),
        *facts.fact(texts, "zone", programme.zone),
        *facts.people(texts, session),
        *facts.limits(texts, programme, session),
        *facts.fact(texts, "reserved", *reserved),
        *facts.fact(texts, "inscribed", str(len(speakers)) if speakers else None),
        *_closing(session, texts, asked),
        *facts.webcast(texts, programme.webcast_of(session)),
        *facts.documents(texts, session.documents),
    ]


def _closing(session: Session, texts: Texts, asked: Registration | None) -> list[Fact]:
    """How to register to speak; where the procedure alone closes the list, when it does."""
    closes = session.list_closes
    if closes is not None and (asked is None or asked.closes is None):
        asked = attrs.evolve(asked or Registration(), closes=closes)
    return facts.registration(texts, "speak", asked)
