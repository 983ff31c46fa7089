"""The dates of a meeting: one sentence, in its picture and in its outline."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings

import r2psched as r2
from r2psched.outlines import outline
from tests.pictures import SVG, parsed
from tests.strategies import programmes


def meeting(*times: tuple[str, str], **more: Any) -> r2.Programme:  # noqa: ANN401  # fields
    """A programme with a session at each of some times of a date."""
    sessions = [
        r2.Session("Session", r2.Day(date, zone="UTC")(time), id=f"s{at}")
        for at, (date, time) in enumerate(times)
    ]
    return r2.Programme("x", "Dates", sessions, **more)


def described(drawing: str) -> str:
    """What a picture says to whoever cannot see it."""
    return parsed(drawing).findtext(f"{SVG}desc") or ""


@pytest.mark.parametrize(
    ("programme", "told"),
    [
        (meeting(("2026-01-05", "10:00-11:00")), "Monday 5 January 2026"),
        (
            meeting(("2026-01-05", "10:00-11:00+2")),
            "Monday 5 January 2026 – Wednesday 7 January 2026",
        ),
        (meeting(("2026-01-05", "22:00-01:30+1")), "Monday 5 January 2026"),
        (
            meeting(("2026-01-05", "10:00-00:00+2")),
            "Monday 5 January 2026 – Tuesday 6 January 2026",
        ),
        (
            meeting(("2026-10-31", "10:00-11:00"), dates=dt.date(2026, 11, 1)),
            "Saturday 31 October 2026 – Sunday 1 November 2026",
        ),
        (
            meeting(("2026-03-02", "10:00-11:00"), ("2026-12-07", "10:00-11:00")),
            "Monday 2 March 2026; Monday 7 December 2026",
        ),
        (
            meeting(("2026-03-02", "10:00 - 2126-03-02 11:00")),
            "Monday 2 March 2026 – Saturday 2 March 2126",
        ),
    ],
)
def test_dates(programme: r2.Programme, told: str) -> None:
    """Neighbouring days are a span, others a list, of all that is held and all that is stated."""
    assert outline(programme).dates == told
    assert described(programme.timeline()).startswith(f"{told}. ")


@settings(max_examples=60, deadline=None)
@given(programmes(3))
def test_one_sentence(programme: r2.Programme) -> None:
    """The picture and the outline of any programme say its dates in the same words."""
    if programme.span is not None:
        assert outline(programme).dates in described(programme.timeline())
