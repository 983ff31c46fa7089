"""The outline of a programme: its facts, days, sittings and lists."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from r2psched.blocks import TimeBlock, write_times
from r2psched.entries import Texts, location
from r2psched.language import capitalised, date_forms, dates_told
from r2psched.outlines import facts
from r2psched.outlines.lists import outline_of
from r2psched.outlines.values import DayOutline, Fact, Item, ProgrammeOutline, Run
from r2psched.timelines import dates_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from r2psched.programme import Part, Programme, Sitting
    from r2psched.sessions import Session

__all__ = ["outline"]


def outline(programme: Programme, *, internal: bool = False) -> ProgrammeOutline:
    """Tell a programme in words, in its language.

    Args:
        programme: The programme.
        internal: Whether to add what is not for publication: capacity, and the lists' notes.

    Raises:
        MissingExtra: If the language is another than English, and the extra `i18n` is not
            installed.

    >>> from r2psched import Day, Programme, Session
    >>> opening = Session("Opening", Day("2014-09-08", zone="UTC")("10:00-10:20"))
    >>> told = outline(Programme("r2p-2014", "Dialogue", [opening]))
    >>> told.dates, told.days[0].runs[0].items[0].time
    ('Monday 8 September 2014', '10:00–10:20')
    """
    texts = Texts(programme)
    maker = _Maker(programme, texts)
    return ProgrammeOutline(
        programme.id,
        programme.title,
        texts.words,
        facts.standing(programme, texts),
        _dates(programme),
        programme.zone,
        facts.paragraphs(programme.description),
        tuple(_facts(programme, texts)),
        tuple(maker.days()),
        tuple(maker.item(session) for session in programme.sessions if not session.blocks),
        tuple(
            outline_of(programme, session, texts, internal=internal) for session in programme.lists
        ),
    )


def _dates(programme: Programme) -> str:
    """The dates that are stated, and those on which something is held."""
    stated = ((day, day) for day in programme.dates)
    held = (dates_of(part.block) for part in programme.parts)
    return dates_told([*stated, *held], Texts(programme).words)


def _facts(programme: Programme, texts: Texts) -> list[Fact]:
    words = texts.words
    room = programme.room if programme.rooms in {(), (programme.room,)} else None
    known = programme.interpretation != "unknown"
    return [
        *facts.fact(texts, "place", location(programme, room)),
        *facts.fact(texts, "dates", _dates(programme)),
        *facts.fact(texts, "zone", programme.zone),
        *facts.fact(texts, "organiser", programme.organiser),
        *facts.fact(texts, "contacts", *programme.contacts),
        *facts.webcast(texts, programme.webcast),
        *facts.fact(
            texts, "interpretation", words(f"outline.{programme.interpretation}") if known else None
        ),
        *facts.documents(texts, programme.documents),
        *facts.registration(texts, "attend", programme.registration),
    ]


def _times(block: TimeBlock) -> str:
    return write_times(block.start_us, block.end_us, block.zone)


class _Maker:
    """Makes the days of one programme."""

    def __init__(self, programme: Programme, texts: Texts) -> None:
        self.programme, self.texts = programme, texts

    def days(self) -> Iterator[DayOutline]:
        for date, runs in groupby(self._runs(), key=lambda run: run[0].block.start.date()):
            title = capitalised(date_forms(date, self.programme.lang)[0])
            yield DayOutline(date.isoformat(), title, tuple(self._run(parts) for parts in runs))

    def _runs(self) -> list[Sequence[Part]]:
        """Each sitting with the breaks within it, and each other break, by start, then by room."""
        held = list(self.programme.sittings)
        breaks = [part for part in self.programme.parts if part.session.is_break]
        inner, outer = _sorted_in(held, breaks, self._room)
        runs = [
            sorted([*sitting.parts, *inner.get(at, ())], key=lambda part: part.block.start_us)
            for at, sitting in enumerate(held)
        ]
        return sorted(
            [*runs, *([part] for part in outer)],
            key=lambda run: (run[0].block.start_us, self._room(run[0])),
        )

    def _room(self, part: Part) -> str:
        return self.programme.room_of(part.session) or ""

    def _run(self, parts: Sequence[Part]) -> Run:
        last = max(parts, key=lambda part: part.block.end_us)
        whole = TimeBlock.from_microseconds(
            parts[0].block.start_us, last.block.end_us, self.programme.zone
        )
        return Run(
            _times(whole),
            self._room(parts[0]),
            all(part.session.is_break for part in parts),
            tuple(self.item(part.session, part) for part in parts),
        )

    def item(self, session: Session, part: Part | None = None) -> Item:
        """What happens in one block of a session, or in a session that has no time yet."""
        texts, block = self.texts, part and part.block
        return Item(
            session.id,
            part.ordinal if part else 0,
            _times(block) if block else "",
            block.start.isoformat() if block else "",
            block.end.isoformat() if block else "",
            texts.block_summary(part) if part else session.title,
            facts.kind(texts, session),
            self.programme.room_of(session) or "",
            session.is_break,
            # What is said of a session once need not be said again of its later blocks.
            facts.paragraphs(session.description) if not part or part.ordinal == 1 else (),
            tuple(self._facts(session)) if not part or part.ordinal == 1 else (),
            session.speakers is not None,
        )

    def _facts(self, session: Session) -> list[Fact]:
        return [
            *facts.people(self.texts, session),
            *facts.limits(self.texts, self.programme, session),
            *facts.documents(self.texts, session.documents),
            *facts.webcast(self.texts, session.webcast),
        ]


def _sorted_in(
    held: Sequence[Sitting], breaks: Iterable[Part], room: Callable[[Part], str]
) -> tuple[dict[int, list[Part]], list[Part]]:
    """Say which breaks lie within a sitting of their room, and which stand alone."""
    by_room: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, sitting in enumerate(held):
        by_room[sitting.room or ""].append((sitting.span.start_us, at))
    inner: dict[int, list[Part]] = defaultdict(list)
    outer: list[Part] = []
    for part in breaks:
        known = by_room[room(part)]
        before = bisect_right(known, (part.block.start_us, len(held)))
        within = known[before - 1][1] if before else -1
        if before and part.block.end_us <= held[within].span.end_us:
            inner[within].append(part)
        else:
            outer.append(part)
    return inner, outer
