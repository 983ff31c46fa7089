"""Forecasts as text and as plain values."""

from __future__ import annotations

import datetime as dt
import re

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from r2psched import tables, views
from r2psched.blocks import Day
from r2psched.files import read
from r2psched.forecasting import forecast
from r2psched.forecasting.bands import Bands
from r2psched.forecasting.wording import Clock
from r2psched.pace import Habit, Pace, Record
from r2psched.programme import Programme
from r2psched.sessions import Session
from r2psched.speakers import Inscription, SpeakerList
from tests.strategies import texts
from tests.views.meetings import ADDRESSES, GOLDEN, NOTE, hearing
from tests.views.schemas import judged

EXAMPLES = GOLDEN.parents[2] / "examples"
DAY = Day("2026-03-10", zone="America/Denver")
paces = st.builds(
    Pace,
    st.floats(0.5, 2),
    st.sampled_from([0.0, 0.1, 0.4]),
    st.sampled_from([0.0, 0.3]),
    cut=st.sampled_from([None, 1.5]),
    changeover=st.sampled_from([None, "20 s"]),
    doubt=st.sampled_from([0.0, 0.1]),
    categories=st.sampled_from([{}, {"Member": Habit(0.8, 0.1)}]),
)


@st.composite
def meetings(draw: st.DrawFn) -> Programme:
    """Give a programme with a short list of any names, in one or two blocks of one or two days."""
    names = draw(st.lists(texts(40).filter(str.strip), min_size=1, max_size=6))
    day = draw(st.sampled_from(["", "2026-03-11 "]))
    blocks = [DAY("10:00-10:10"), DAY(f"{day}11:00-11:05")][: draw(st.integers(1, 2))]
    inscriptions = [
        Inscription(name, id=f"s{n}", category=draw(st.sampled_from([None, "member"])))
        for n, name in enumerate(names)
    ]
    listed = SpeakerList(inscriptions, "3 min")
    return Programme("p", "P", [Session(draw(texts(9).filter(str.strip)), blocks, speakers=listed)])


@given(meetings(), paces, st.sampled_from([0.5, 0.9]))
@settings(max_examples=25)
def test_answers_keep_the_schema_and_texts_the_terminal(
    programme: Programme, pace: Pace, chance: float
) -> None:
    """Every answer keeps the schema; every text is printable, and its table at most 110 wide."""
    found = forecast(programme.sessions[0], pace)
    answer = judged(views.forecast_json(programme, found, chance))
    assert answer["good_enough"] == (found.all_heard >= chance)
    assert [each["position"] for each in answer["to_come"]] == list(found.positions)
    told = [views.forecast_text(found, chance)]
    for at, who in enumerate(found.inscriptions):
        place = judged(views.forecast_place_json(programme, found, who.id, "Asia/Tokyo", chance))
        assert {key: place["for"][key] for key in answer["to_come"][at]} == answer["to_come"][at]
        assert views.share_of(found, who.id) == found.chances[at]
        told.append(views.forecast_place_text(found, who.id, "Asia/Tokyo"))
    assert all(c.isprintable() or c in "\n\u00a0\u200c\u200d" for text in told for c in text)
    table = told[0].partition("\n\n")[2].partition("Rests on: ")[0]
    assert max(map(tables.width, table.splitlines())) <= 110


def test_nothing_that_is_not_to_be_published() -> None:
    """No address and no note is in a forecast."""
    programme = hearing()
    found = forecast(programme["floor"], Pace())
    told = f"{views.forecast_json(programme, found)}{views.forecast_text(found)}{found.rows()}"
    assert not [word for word in (*ADDRESSES, NOTE) if word in told]


def test_a_window_over_a_break_says_so() -> None:
    """A break that lies within a window is told, and one that does not is not."""
    floor = read(EXAMPLES / "illustrative-list-of-73.toml")["floor"]
    found = forecast(floor, Pace(1.15, 0.35))
    told = {name: views.forecast_place_text(found, name, "UTC") for name in ("colombia", "greece")}
    assert "\n  (with the break from 13:00 to 15:00)\n" in told["colombia"]
    assert "break" not in told["greece"]


def test_limits_of_a_step_are_those_that_are_told() -> None:
    """Under a procedure, capacity and limits are those of the step that was reached."""
    programme = read(EXAMPLES / "upr-adoption.toml")
    found = forecast(programme.lists[0], Pace(1, 0.1))
    answer = judged(views.forecast_json(programme, found))
    assert (answer["by_the_limits"]["of"], len(answer["to_come"])) == (13, 13)
    text = views.forecast_text(found)
    assert "\nLimits: 1 min 30 s" in text
    assert "\nthe session holds, at 1 min 30 s " in text


def test_a_notebook_shows_a_table() -> None:
    """It has chances in per cent and times of the day, below the picture that says the rest."""
    found = forecast(hearing()["floor"], Pace())
    shown = found._repr_html_()
    assert shown.startswith(found.picture() + '<table><thead><tr><th scope="col">place</th>')
    assert "<td>3 min</td><td>100 %</td><td>18:00</td>" in shown
    assert "All are heard with 0 %; 4 of 6 are heard (four times in five)." in found.picture()
    assert (found._repr_svg_() or "").startswith("<svg ")


def test_whoever_was_not_drawn_is_told_so() -> None:
    """Under a draw only those who were drawn are to come, and the others have no chance."""
    floor = hearing("19:00")["floor"]
    order = attrs.evolve(floor.running_order(), most=2)
    found = attrs.evolve(forecast(floor, Pace()), order=order, positions=(1, 2))
    assert views.share_of(found, "emil") == 0
    assert "\nIt is not among those who were drawn.\n" in (
        f"{views.forecast_place_text(found, 'emil', 'UTC')}\n"
    )


def test_whoever_is_recorded_by_another_name_has_been_heard() -> None:
    """A record names a State as it likes, in any of six languages or by its code."""
    speakers = SpeakerList([Inscription(delegation=name) for name in ("Peru", "Chile")], "3 min")
    session = Session("Floor", DAY("10:00-11:00"), speakers=speakers)
    records = [
        Record("Pérou", DAY.at("10:00"), DAY.at("10:03")),
        Record("CHL", DAY.at("10:03"), kind="absent"),
    ]
    found = forecast(session, Pace(1.1, 0.3), records=records)
    assert [views.share_of(found, name) for name in ("peru", "chile")] == [1.0, 0.0]
    assert "\nIt has had the floor.\n" in views.forecast_place_text(found, "Peru", "UTC")
    assert "\nIt was absent when called.\n" in views.forecast_place_text(found, "Chile", "UTC")


def test_what_is_known_of_blocks_is_told() -> None:
    """Where nobody knows in which block those who are done spoke, blocks count from now on."""
    blocks = [DAY("10:00-10:10"), DAY("11:00-11:10")]
    session = Session("Floor", blocks, speakers=SpeakerList([f"S{n}" for n in range(6)], "3 min"))
    later = forecast(session, Pace(1.1, 0.1), done=3, now=DAY.at("11:01"))
    assert "\nin 10:00-10:10, from now on " in views.forecast_text(later)
    early = forecast(session, Pace(1.1, 0.1), done=1, now=DAY.at("10:04"))
    assert "from now on" not in views.forecast_text(early)


def test_no_limit_that_is_short_enough() -> None:
    """Where even five seconds are too long, that is said, and not that there is no limit."""
    speakers = SpeakerList([f"S{n}" for n in range(60)], "1 min")
    session = Session("Floor", DAY("10:00-10:01"), speakers=speakers)
    text = views.forecast_text(forecast(session, Pace(1.1, 0.1)))
    assert re.search("longest limit for all +none is short enough +none is short enough\n", text)


@given(st.integers(1, 40), st.integers(0, 80))
def test_bands_stay_within_their_columns(count: int, most: int) -> None:
    """Every block has columns in proportion to its length, or there are none at all."""
    start = DAY.at("06:00")
    blocks = [
        type(DAY("10:00-11:00"))(start.add(hours=2 * n), start.add(hours=2 * n + 1))
        for n in range(count)
    ]
    bands = Bands(blocks, most)
    line = bands.line((blocks[0].start_us, blocks[-1].start_us, blocks[-1].end_us))
    assert len(line) == bands.width <= max(0, most)
    assert bool(bands.width) == (most >= 4 * count - 1)
    assert len(bands.ruler(Clock(blocks))) <= bands.width
    if bands.width:
        runs = line.split(" ")
        assert len(runs) == count
        assert max(map(len, runs)) - min(map(len, runs)) <= 1
        assert line.count("O") == 1


def test_clocks() -> None:
    """Times have their weekday within a week, and their date over more; minutes are the nearest."""
    days = [Day(dt.date(2026, 3, n), zone="UTC")("10:00-11:00") for n in (10, 11, 20)]
    moment = days[1].start.add(seconds=30)
    assert Clock(days[:1]).near(moment) == "10:01"
    assert Clock(days[:2]).near(moment) == "Wed 10:01"
    assert Clock(days).exact(moment) == "11 Mar 10:00:30"
    assert Clock(days).span(days[2]) == "20 Mar 10:00-11:00"
