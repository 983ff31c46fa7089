"""Every value is frozen, hashable and picklable, and says the same in every process."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from r2psched.blocks import Day, TimeBlock
from r2psched.counting import Capacity
from r2psched.findings import Finding, Findings
from r2psched.sessions import Session
from r2psched.speakers import Inscription, Registration, SpeakerList
from tests.seating.small import running_orders
from tests.strategies import (
    instants,
    persons,
    programmes,
    registrations,
    reserves,
    sessions,
    speaker_lists,
    time_blocks,
)

if TYPE_CHECKING:
    import datetime as dt

    from r2psched.programme import Programme
    from r2psched.seating import RunningOrder

night = Day("2014-11-02", zone="America/New_York")
VALUES = st.one_of(
    time_blocks(),
    persons,
    registrations,
    reserves(),
    speaker_lists(3),
    sessions(),
    programmes(1),
    running_orders(3),
    running_orders(1).map(lambda order: Capacity(order.floor, "1 s")),
    st.just(Findings([Finding("a", "note", "", "b")])),
    st.builds(Day, st.just("2014-09-08"), zone=st.just("UTC")),
)


@given(VALUES)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_frozen(value: attrs.AttrsInstance) -> None:
    """No field can be changed, and nothing can be added."""
    for name in [*(field.name for field in attrs.fields(type(value))), "other"]:
        with pytest.raises((attrs.exceptions.FrozenInstanceError, AttributeError)):
            setattr(value, name, None)


@given(VALUES)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_hash_and_pickle(value: object) -> None:
    """A value comes back from pickling equal, with the same hash and the same text."""
    again = pickle.loads(pickle.dumps(value))  # noqa: S301  # what was pickled above
    assert again == value
    assert hash(again) == hash(value)
    assert str(again) == str(value)
    assert repr(again) == repr(value)


@given(instants())
def test_moments_keep_the_instant(moment: dt.datetime) -> None:
    """A moment of a value is the same instant after pickling, whatever the clocks show."""
    value = Registration(opens=moment)
    again = pickle.loads(pickle.dumps(value))  # noqa: S301  # what was pickled above
    assert again.opens.timestamp() == moment.timestamp()


def test_moments_an_hour_apart_differ() -> None:
    """Two moments that the wall shows alike are two."""
    one, other = (Registration(opens=night.at(f"01:30 {mark}")) for mark in ("EDT", "EST"))
    assert one != other


def tell(value: TimeBlock | RunningOrder) -> tuple[str, TimeBlock | RunningOrder]:
    """Give a value back from another process with what it says there."""
    return str(value), value


def test_another_process() -> None:
    """Blocks and orders in the hour that comes twice come back as they were."""
    block = night("01:30 EDT-01:15 EST")
    order = Session("Night", block, speakers=SpeakerList(["a"], "45 min")).running_order()
    sent: list[TimeBlock | RunningOrder] = [block, order]
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(tell, sent)) == [(str(value), value) for value in sent]


@given(programmes(1))
def test_evolve(programme: Programme) -> None:
    """A change gives a new value and leaves the rest, fields of another name included."""
    changed = attrs.evolve(programme, title="Other")
    assert attrs.evolve(changed, title=programme.title) == programme
    assert changed.title == "Other"
    for session in programme:
        assert attrs.evolve(session, kind="x", id=session.given_id, blocks=session.blocks) == (
            attrs.evolve(session, kind="x")
        )


def test_evolve_by_alias() -> None:
    """Ids and e-mails are changed under the names under which they are given."""
    one = Inscription("Fiji", email="a@example.org")
    other = attrs.evolve(one, id="x", email=["b@example.org"])
    assert (other.given_id, other.emails) == ("x", ("b@example.org",))
    assert attrs.evolve(other, id=None, email=one.emails) == one


TOLD = """
import r2psched as r2
day = r2.Day("2014-09-08", zone="America/New_York")
inscribed = r2.Inscription("Fiji", category="b", traits={"z": "1", "a": "2", "m": "3"})
limits = r2.SpeakingLimits("3 min", categories={"c": "1 min", "b": "2 min", "a": "4 min"})
floor = r2.Session("Floor", [day("15:00-16:00"), day("10:00-11:00")], room="B",
    reserves=[r2.Reserve("R", every=n) for n in (5, 3, 2)],
    speakers=r2.SpeakerList([inscribed, "Chile"], limits))
side = r2.Session("Side", day("10:00-11:00"), room="A")
meeting = r2.Programme("p", "Meeting", [floor, side], dates=["2014-09-09", "2014-09-08"])
order = floor.running_order()
for value in (meeting, meeting.rows(), meeting.sittings, meeting.rooms, floor.capacity(),
              order, order.rows(), order.room_left(), order.longest_limits(), limits, inscribed,
              repr(meeting), meeting._repr_html_()):
    print(value)
"""


def test_same_in_every_process() -> None:
    """What values say does not depend on the seed of hashes."""

    def told(seed: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", TOLD],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    assert told("1") == told("2") != ""
