"""Making a forecast of a session."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import attrs

from r2psched.durations import as_duration
from r2psched.errors import InvalidValue, shown
from r2psched.fields import optional
from r2psched.forecasting.answers import Forecast
from r2psched.forecasting.mixing import models_of
from r2psched.forecasting.opening import standing
from r2psched.forecasting.saying import assumed, said
from r2psched.language import Words
from r2psched.language import words as words_of
from r2psched.pace import Pace, shipped
from r2psched.seating import as_count
from r2psched.sessions import Session
from r2psched.speakers import Inscription, SpeakerList

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from r2psched.pace import Record

__all__ = ["DEFAULT_PACE", "forecast"]

DEFAULT_PACE = "general-debates"
_MOST_SPEAKERS = 100_000
_as_pace = optional(Pace, "a pace, such as Pace(1.1, 0.3)")


def forecast(  # noqa: PLR0913  # all that may be known
    session: Session,
    pace: Pace | None = None,
    *,
    records: Iterable[Record] = (),
    done: int | None = None,
    now: datetime | None = None,
    tolerance: timedelta | str = timedelta(0),
    speakers: int | None = None,
    words: Words | str | None = None,
) -> Forecast:
    """Who of a list will be heard and when, how many, and when the list ends.

    Interventions take their limit times a ratio that is drawn anew for each, by the pace; where
    the pace is in doubt, paces that may be true are mixed by their weights. The floor is given to
    whoever would finish by the end of the block under the limit; the next waits for the next
    block, and whoever finds none is unheard with all behind.

    Args:
        session: A session with blocks, a list and a limit.
        pace: How long interventions take; by default that of two general debates, which is weak
            evidence and stands among the assumptions.
        records: What happened so far. A pace with doubts learns from them.
        done: How many of the list are done, where nothing is recorded.
        now: The time now, for a session that has begun; by default that of the last record.
        tolerance: How much later than the end of a block the limit of its last speaker may be up.
        speakers: Count with so many speakers of the default limit in place of the list.
        words: The texts of its picture and the names of those who are counted: the tag of a
            language, such as "fr", or what `r2psched.language.words` gives; by default those in
            English, in which everything else is told.

    Raises:
        InvalidValue: If there is nobody to forecast, no limit is stated, records, number and
            time contradict each other, or there is no such language.
        MissingExtra: If numpy is not installed.

    >>> from r2psched import Day, Pace, Session, SpeakerList
    >>> day = Day("2014-09-08", zone="America/New_York")
    >>> blocks = [day("10:50-13:00"), day("15:00-17:50")]
    >>> floor = Session("Floor", blocks, speakers=SpeakerList(limits="3 min"))
    >>> expected = forecast(floor, Pace(1.13, 0.3), speakers=85)
    >>> round(expected.all_heard, 2), expected.close_at(0.9)
    (0.91, 85)
    """
    _refuse_other(session)
    tolerated = as_duration(tolerance)
    texts = _as_words(words)
    counted = session if speakers is None else _with_speakers(session, speakers, texts)
    order = counted.running_order()
    called = len(order.inscriptions[: order.most])
    if not called:
        msg = (
            f"nobody is inscribed in {shown(session.title)}: "
            "inscribe somebody, or count with so many, such as speakers=73"
        )
        raise InvalidValue(msg)
    if not order.floor.blocks:
        msg = f"the session {shown(session.title)} has no time yet: give it a block"
        raise InvalidValue(msg)
    before = _as_pace(pace) or shipped(DEFAULT_PACE)
    stands = standing(counted, order, called, records=records, done=done, now=now)
    learned = before.learn(stands.records)
    positions = tuple(at for at in range(1, called + 1) if at not in stands.done)
    return Forecast(
        session=counted,
        order=order,
        pace=learned,
        tolerance=tolerated,
        standing=stands,
        assumptions=tuple(assumed(words_of(), order, learned, stands, tolerated)),
        models=models_of(order, learned, tolerated, stands, positions),
        positions=positions,
        words=texts,
    )


def _as_words(value: Words | str | None) -> Words:
    if isinstance(value, Words):
        return value
    return words_of() if value is None else words_of(value)


def _refuse_other(session: object) -> None:
    if not isinstance(session, Session):
        msg = f'expected a session, such as programme["floor"], got {shown(session)}'
        raise InvalidValue(msg)


def _with_speakers(session: Session, count: int, words: Words) -> Session:
    if as_count(count) > _MOST_SPEAKERS:
        msg = f"expected at most {_MOST_SPEAKERS:,} speakers, got {count:,}"
        raise InvalidValue(msg)
    many = [
        Inscription(said(words, "counted", number=n), id=f"speaker-{n}")
        for n in range(1, count + 1)
    ]
    listed = SpeakerList() if session.speakers is None else session.speakers
    return attrs.evolve(session, speakers=attrs.evolve(listed, inscriptions=many))
