"""Rows of every answer as they go into data frames of pandas and polars."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import attrs
import pandas as pd
import polars as pl
import pytest

import r2psched as r2
from r2psched.blocks import TimeBlock
from r2psched.forecasting import forecast, forecast_many
from r2psched.planning import plan
from tests.views.meetings import limited

if TYPE_CHECKING:
    from collections.abc import Iterator

EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.toml"))
# How pandas and polars call what a value is; None fits any of them.
KINDS = {
    bool: ("bool", "Boolean"),
    int: ("int64", "Int64"),
    float: ("float64", "Float64"),
    str: ("str", "String"),
    dt.timedelta: ("timedelta64[us]", "Duration(time_unit='us')"),
    tuple: ("object", "List("),
}


class Answer(Protocol):
    """Whatever has rows."""

    def rows(self) -> list[dict[str, Any]]:
        """One dict for each."""


@cache
def answers(path: Path) -> dict[str, Answer]:
    """Ask all that can be asked of a programme."""
    meeting = r2.read(path)
    found: dict[str, Answer] = {"programme": meeting, "findings": r2.check(meeting)}
    for session in map(limited, meeting.lists):
        found |= {f"{session.id}: {name}": each for name, each in _of(session)}
    for result in forecast_many([meeting]):
        found["many"] = result
        found |= {f"{each.session}: summary": each for each in result.summaries}
    return found


def _of(session: r2.Session) -> Iterator[tuple[str, Answer]]:
    yield "plan", plan(session)
    if session.limits is not None:
        yield "capacity", session.capacity()
        yield "limits", session.limits
    if not session.speakers:
        return
    yield "order", session.running_order()
    yield "outcome", session.outcome()
    expected = forecast(session, r2.Pace(0.9, 0.2, absent=0.05))
    yield "forecast", expected
    yield "heard", expected.heard
    if session.is_ruled:
        yield "arrangement", session.arrangement()
    if session.shares is not None:
        allotment = session.shares.allot("1 h")
        yield "shares", allotment
        yield "accounts", allotment.account({})


def kinds(column: list[Any]) -> set[type]:
    """Name the kinds of the values of a column that are there."""
    known = (bool, int, float, str, dt.datetime, dt.timedelta, tuple)
    return {next(k for k in known if isinstance(v, k)) for v in column if v is not None}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_frames(path: Path) -> None:
    """Each column of each answer is of one kind, which both libraries know, and nothing is lost."""
    for name, answer in answers(path).items():
        rows = answer.rows()
        wide, tall = pd.DataFrame(rows), pl.DataFrame(rows)
        assert wide.shape == tall.shape, name
        for column in wide:
            values = [row.get(column) for row in rows]
            found = kinds(values)
            if not found:
                assert str(tall.schema[column]) == "Null"
                continue
            assert len(found) == 1, (name, column)
            known = _known(found.pop(), values)
            if None not in values:
                assert str(wide.dtypes[column]) == known[0], (name, column)
                assert wide[column].tolist() == values
            assert str(tall.schema[column]).startswith(known[1]), (name, column)
            assert [_plain(value) for value in tall[column].to_list()] == values


def _known(kind: type, values: list[Any]) -> tuple[str, str]:
    if kind is not dt.datetime:
        return KINDS[kind]
    (zone,) = {value.timezone_name for value in values if value is not None}
    return f"datetime64[us, {zone}]", f"Datetime(time_unit='us', time_zone='{zone}')"


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def test_joined() -> None:
    """A running order is joined to the blocks of its programme, and to what has its ids."""
    meeting = r2.read(EXAMPLES[0].parent / "conference.toml")
    (floor,) = meeting.lists
    order = floor.running_order()
    seats, blocks = pl.DataFrame(order.rows()), pl.DataFrame(meeting.rows())
    own = blocks.filter(pl.col("id") == floor.id)
    found = seats.join(own, on="block", suffix=" of block")
    assert found["room"].to_list() == ["Assembly Hall"] * len(order)
    assert found["id of block"].to_list() == [floor.id] * len(order)
    assert found["id"].to_list() == [each.id for each in order.inscriptions]


@pytest.mark.parametrize("zone", ["Europe/Zurich", "Australia/Lord_Howe", "America/New_York"])
def test_hours_that_come_twice(zone: str) -> None:
    """Times in the hour that clocks show twice stay the instants that they are."""
    back = {
        "Europe/Zurich": 1_414_281_600,
        "Australia/Lord_Howe": 1_396_706_400,
        "America/New_York": 1_414_900_800,
    }[zone]
    night = TimeBlock.from_microseconds(back * 10**6, (back + 4 * 3600) * 10**6, zone)
    listed = r2.SpeakerList([f"Speaker {n}" for n in range(16)], limits="15 min")
    order = r2.Session("Night", night, id="night", speakers=listed).running_order()
    expected = [slot.start.timestamp() for slot in order]
    assert {slot.start.fold for slot in order} == {0, 1}
    wide, tall = pd.DataFrame(order.rows()), pl.DataFrame(order.rows())
    assert [each.timestamp() for each in wide["start"]] == expected
    assert [each.timestamp() for each in tall["start"]] == expected
    assert str(tall.schema["start"]) == f"Datetime(time_unit='us', time_zone='{zone}')"


def test_what_comes_late() -> None:
    """Polars, which looks at a hundred rows, takes what comes later if it is told to look."""
    listed = [r2.Inscription(f"Speaker {n}", id=f"s{n}") for n in range(150)]
    listed[-1] = attrs.evolve(listed[-1], level="minister")
    time = r2.Day("2026-03-10", zone="UTC")("10:00-18:00")
    floor = r2.Session("Floor", time, speakers=r2.SpeakerList(listed, limits="1 min"))
    rows = floor.running_order().rows()
    tall = pl.DataFrame(rows, infer_schema_length=None)
    assert tall["level"].to_list() == [row["level"] for row in rows]
