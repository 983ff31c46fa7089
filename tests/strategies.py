"""Hypothesis strategies for every value of the core, nights of changing clocks and all."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta
from string import ascii_letters, digits
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import attrs
from hypothesis import strategies as st

from r2psched.blocks import TimeBlock, from_epoch
from r2psched.blocks.instants import SECOND
from r2psched.programme import House, Interpretation, Programme, Status
from r2psched.reserves import Reserve
from r2psched.sessions import Session
from r2psched.speakers import (
    Inscription,
    LimitsFrom,
    Person,
    Registration,
    SpeakerList,
    SpeakingLimits,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    import pendulum

    from r2psched.reserves import At

T = TypeVar("T")
HOUR = 3600 * SECOND
ZONES = (
    "Africa/Casablanca",  # winter time in Ramadan
    "America/New_York",
    "America/Sao_Paulo",  # midnight itself was skipped
    "America/St_Johns",  # the clocks changed at 00:01
    "Asia/Kathmandu",  # +05:45, and no abbreviation
    "Australia/Lord_Howe",  # half an hour of summer time
    "Europe/Dublin",  # negative winter time
    "Europe/Zurich",
    "Pacific/Apia",  # 30 December 2011 was left out
    "Pacific/Auckland",
    "UTC",
)
# Midnights in UTC of the days on which some of these clocks change.
CHANGES = tuple(
    int(dt.datetime.fromisoformat(f"{day}T00:00+00:00").timestamp()) * SECOND
    for day in (
        "2011-12-30",  # Apia
        "2011-11-06",  # St Johns
        "2014-03-09",  # New York, forward
        "2014-03-30",  # Zurich and Dublin, forward
        "2014-04-05",  # Lord Howe and Auckland, back
        "2014-09-27",  # Auckland, forward
        "2014-10-04",  # Lord Howe, forward
        "2014-10-19",  # Sao Paulo, forward
        "2014-10-26",  # Zurich and Dublin, back
        "2014-11-02",  # New York, back
        "2016-02-21",  # Sao Paulo, back
        "2024-03-10",  # Casablanca, back
        "2024-04-14",  # Casablanca, forward
    )
)
PLACES: tuple[At, ...] = ("start", "end", "block-start", "block-end")
HOSTILE = (
    "Côte d’Ivoire",
    "الجمهورية العربية السورية",
    "\u202eright to left\u202c \u200f",
    "日本国 👩‍👩‍👧 🇺🇳",
    "e\u0301 \u00e9 \ufeff \u200b \u00a0",
    "quotes \" ' ` “ ” ''' \"\"\"",
    "a,b;c:d\\n \\, \\; ^n ^^ ^'",
    "two\nlines\n\nand a third",
    "BEGIN:VEVENT\nEND:VCALENDAR",
    "<script>alert(1)</script> &amp; <b>",
    '[[sessions]] # = { } """',
    "=1+1",
    "-",
    "null",
    "true",
    "2014-09-08",
    "unknown",
    "x" * 3000,
    "é" * 80,
    "word " * 200 + "end",
)

zones = st.sampled_from(ZONES)


def texts(max_size: int = 40) -> st.SearchStrategy[str]:
    """Give texts that can be written anywhere, among them hostile ones; none is blank."""
    letters = st.characters(
        exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"], include_characters="\n\t"
    )
    drawn = st.text(letters, min_size=1, max_size=max_size).filter(str.strip)
    return drawn | st.sampled_from(HOSTILE)


def titles() -> st.SearchStrategy[str]:
    """Give titles: plain ones as often as hostile ones."""
    plain = st.sampled_from(["Opening remarks", "Panel", "Interactive dialogue", "Déjeuner"])
    return plain | texts()


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    """Give None or what the strategy gives."""
    return st.none() | strategy


def tuples(strategy: st.SearchStrategy[T], most: int = 3) -> st.SearchStrategy[tuple[T, ...]]:
    """Give tuples of up to so many of what the strategy gives."""
    return st.lists(strategy, max_size=most).map(tuple)


# As one text, which is drawn sooner than the parts of a regular expression.
ids = st.text(f"{ascii_letters}{digits}._-", min_size=1, max_size=22).filter(
    lambda text: text[0].isalnum() and text[-1].isalnum()
)
emails = st.sampled_from(
    ["mission@example.org", "o'brien+un@example.org", "élysée@exämple.org", "a.b_c-d@x.example"]
)
links = st.sampled_from(
    ["https://example.org/", "http://example.org/a?b=c&d=%20,e", "https://example.org/(x)_'y'#z"]
)
dates = st.dates(dt.date(1975, 1, 1), dt.date(2099, 12, 31))


def durations(most: timedelta = timedelta(hours=3), least: int = 0) -> st.SearchStrategy[timedelta]:
    """Give lengths in whole seconds, round ones as often as odd ones."""
    top = int(most.total_seconds())
    odd = st.integers(least, top)
    even = st.sampled_from([n for n in (0, 1, 60, 90, 120, 180, 300, 900) if least <= n <= top])
    return (odd | even).map(lambda seconds: timedelta(seconds=seconds))


limits_of_time = durations(timedelta(minutes=15), least=1)


def epochs() -> st.SearchStrategy[int]:
    """Give microseconds since the epoch in whole seconds, often near a change of clocks."""
    near = st.builds(
        lambda day, seconds: day + seconds * SECOND,
        st.sampled_from(CHANGES),
        st.integers(-30 * 3600, 30 * 3600),
    )
    round_near = st.builds(
        lambda day, quarters: day + quarters * HOUR // 4,
        st.sampled_from(CHANGES),
        st.integers(-120, 120),
    )
    anywhere = st.integers(0, 4_000_000_000).map(lambda seconds: seconds * SECOND)
    return near | round_near | anywhere


def instants(zone: st.SearchStrategy[str] = zones) -> st.SearchStrategy[pendulum.DateTime]:
    """Give times in named zones, in the hours that come twice too."""
    return st.builds(from_epoch, epochs(), zone)


def _block(start: int, length: timedelta, zone: str) -> TimeBlock:
    return TimeBlock.from_microseconds(start, start + length // timedelta(microseconds=1), zone)


def time_blocks(
    zone: st.SearchStrategy[str] = zones, most: timedelta = timedelta(hours=30)
) -> st.SearchStrategy[TimeBlock]:
    """Give blocks of at least a second, many of them over a change of clocks."""
    return st.builds(_block, epochs(), durations(most, least=1), zone)


def _in_order(
    zone: str, clock: int, lengths: list[tuple[timedelta, timedelta]]
) -> tuple[TimeBlock, ...]:
    made: list[TimeBlock] = []
    for gap, length in lengths:
        start = (made[-1].end_us if made else clock) + gap // timedelta(microseconds=1)
        made.append(_block(start, length, zone))
    return tuple(made)


def block_lists(
    zone: st.SearchStrategy[str] = zones,
    most: int = 4,
    longest: timedelta = timedelta(hours=3),
    least: int = 0,
) -> st.SearchStrategy[tuple[TimeBlock, ...]]:
    """Give blocks of one zone in order, with a gap of at least a second between them."""
    lengths = st.tuples(durations(timedelta(hours=30), least=1), durations(longest, least=1))
    return st.builds(_in_order, zone, epochs(), st.lists(lengths, min_size=least, max_size=most))


def time_block_sets(most: int = 5) -> st.SearchStrategy[list[TimeBlock]]:
    """Give blocks in any order near one another, so that they overlap, touch or lie apart."""
    spans = st.tuples(st.integers(0, 12), st.integers(1, 6), zones)
    return st.builds(
        lambda day, drawn: [
            _block(day + start * HOUR // 2, timedelta(minutes=30 * length), zone)
            for start, length, zone in drawn
        ],
        st.sampled_from(CHANGES),
        st.lists(spans, max_size=most),
    )


anything = texts()
headings = titles()


def reserves(most: timedelta = timedelta(minutes=20), every: int = 6) -> st.SearchStrategy[Reserve]:
    """Give reserves at every place and after every n, of known, assumed and unknown length."""
    told = {"length": durations(most), "assumed": maybe(anything)}
    places = {"at": st.sampled_from(PLACES)}, {"every": st.integers(1, every)}
    kinds = [st.builds(Reserve, anything, **place, **told) for place in places]
    kinds += [st.builds(Reserve, anything, **place) for place in places]
    return st.one_of(kinds)


persons = st.builds(Person, headings, maybe(anything), tuples(emails, 2))
registrations = st.builds(
    Registration, maybe(instants()), maybe(instants()), maybe(anything), maybe(anything)
)
documents = tuples(st.just("A/RES/63/308") | links | anything)
categories = st.sampled_from(["observer", "NGO", "État partie", "a;b,c"])
categories_of_time = st.dictionaries(categories, limits_of_time, max_size=2)
limits = st.builds(
    SpeakingLimits,
    limits_of_time,
    on_behalf=maybe(limits_of_time),
    categories=categories_of_time,
)
later_limits = st.builds(
    LimitsFrom,
    limits_of_time,
    on_behalf=maybe(limits_of_time),
    categories=categories_of_time,
    since=instants(),
)


def _distinct(values: list[T], key: Callable[[T], str]) -> list[T]:
    return list({key(value): value for value in values}.values())


def inscriptions() -> st.SearchStrategy[Inscription]:
    """Give requests for the floor with any of their fields; two may bear one name."""
    fields = {
        "category": maybe(categories),
        "level": maybe(anything),
        "on_behalf": maybe(anything),
        "received": maybe(instants()),
        "late": maybe(anything),
        "placed": maybe(anything),
        "email": tuples(emails, 2),
        "limit": maybe(limits_of_time),
        "traits": st.dictionaries(anything, anything, max_size=2),
        "id": maybe(ids),
    }
    delegations = st.builds(Inscription, anything, maybe(anything), **fields)
    return delegations | st.builds(Inscription, speaker=anything, **fields)


def speaker_lists(most: int = 5, least: int = 0) -> st.SearchStrategy[SpeakerList]:
    """Give lists with mixed limits, categories, groups and limits of one's own, or none stated."""
    drawn = st.lists(inscriptions(), min_size=least, max_size=most)
    listed = drawn.map(lambda found: _distinct(found, lambda each: each.id))
    fields: dict[str, st.SearchStrategy[Any]] = {
        "changeover": st.just(timedelta(0)) | durations(timedelta(minutes=2)),
        "registration": maybe(registrations),
        "seed": maybe(anything.filter(str.isprintable)),
        "note": maybe(anything),
    }
    later = st.lists(later_limits, max_size=2, unique_by=lambda each: each.since)
    settled = st.builds(_settled, listed, st.randoms(use_true_random=False))
    return st.builds(SpeakerList, listed | settled, st.none(), **fields) | st.builds(
        SpeakerList, listed | settled, limits, later_limits=st.just(()) | later, **fields
    )


def _settled(listed: list[Inscription], chance: Random) -> list[Inscription]:
    """Give some of the inscriptions a place, each its own."""
    places = chance.sample(range(1, 100), len(listed))
    return [
        attrs.evolve(each, place=place if chance.randrange(5) else None)
        for each, place in zip(listed, places, strict=True)
    ]


def sessions() -> st.SearchStrategy[Session]:
    """Give sessions with any of their fields, with and without blocks and a list."""
    return st.builds(
        Session,
        headings,
        block_lists(),
        kind=st.sampled_from(["session", "opening", "dialogue", "break", "closing"]) | anything,
        room=maybe(anything),
        description=maybe(anything),
        chair=maybe(persons),
        moderator=maybe(persons),
        panellists=tuples(persons, 2),
        documents=documents,
        webcast=maybe(links),
        reserves=tuples(reserves()),
        speakers=maybe(speaker_lists()),
        id=maybe(ids),
    )


def programmes(most: int = 3) -> st.SearchStrategy[Programme]:
    """Give programmes with any of their fields and hostile texts, over any change of clocks."""
    return st.builds(
        Programme,
        ids,
        headings,
        st.lists(sessions(), max_size=most).map(
            lambda found: _distinct(found, lambda session: session.id)
        ),
        zone=zones,
        status=st.sampled_from(get_args(Status)),
        revision=st.integers(0, 2**31 - 1),
        revised=maybe(instants()),
        dates=tuples(dates),
        venue=maybe(anything),
        room=maybe(anything),
        description=maybe(anything),
        organiser=maybe(persons),
        contacts=tuples(persons, 2),
        webcast=maybe(links),
        interpretation=st.sampled_from(get_args(Interpretation)),
        documents=documents,
        registration=maybe(registrations),
        house=st.builds(House, maybe(limits_of_time), maybe(limits_of_time)),
        ignore=tuples(st.sampled_from(["room-overlap", "weekday"]), 2),
    )
