"""The meetings of the tests of views, and the texts that they make."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from r2psched import views
from r2psched.blocks import Day
from r2psched.checks import check
from r2psched.files import read
from r2psched.forecasting import forecast
from r2psched.pace import Pace
from r2psched.programme import Programme
from r2psched.reserves import Reserve
from r2psched.sessions import Session
from r2psched.speakers import Inscription, Person, Registration, SpeakerList, SpeakingLimits
from tests.ical.meetings import forum

if TYPE_CHECKING:
    from collections.abc import Callable

    from r2psched.forecasting import Forecast

GOLDEN = Path(__file__).parent / "golden"
EXAMPLE = Path(__file__).parents[2] / "examples" / "r2p-2014.toml"
ADDRESSES = ("speaker@secret.example", "contact@secret.example", "panel@secret.example")
NOTE = "what only the secretariat may know"


def limited(session: Session) -> Session:
    """Give a session that has a list with a limit for it, where it states none."""
    speakers = session.speakers
    if speakers is None or speakers.limits is not None:
        return session
    return attrs.evolve(session, speakers=attrs.evolve(speakers, limits="3 min"))


def hearing(until: str = "18:20") -> Programme:
    """Make an evening whose list is too long, with what must not be published."""
    day = Day("2026-03-10", zone="America/Denver")
    speaker, contact, panel = ADDRESSES
    floor = Session(
        "Public comment",
        day(f"18:00-{until}"),
        id="floor",
        kind="comment",
        chair=Person("Mara Lind", "Mayor", email=panel),
        reserves=Reserve("Reply of the council", at="end", length="4 min"),
        speakers=SpeakerList(
            [
                Inscription("Ana Ruiz", id="ana", email=speaker),
                Inscription("Library", on_behalf="Friends of the Park", id="park", late=NOTE),
                Inscription("Ben", category="child", level="pupil", id="ben", traits={NOTE: NOTE}),
                Inscription("Chen Li", id="chen"),
                Inscription("Dora", id="dora", email=[speaker, contact]),
                Inscription("Emil Novak", id="emil", limit="2 min"),
            ],
            SpeakingLimits("3 min", on_behalf="5 min", categories={"child": "1 min"}),
            changeover="30 s",
            registration=Registration(closes=day.at("17:00"), write_to="the clerk"),
            note=NOTE,
        ),
    )
    return Programme(
        "hearing",
        "Hearing on the library",
        [floor],
        room="Hall",
        organiser=Person("Clerk", email="clerk@example.org"),
        contacts=[Person("C. Contact", email=contact)],
    )


def _capacity() -> str:
    floor = read(EXAMPLE)["floor"]
    counts = [floor.capacity("3 min"), floor.capacity("4 min")]
    return views.capacity_text(counts, speakers=120, position=41)


def _order(programme: Programme) -> str:
    return views.order_text(programme["floor"])


def _place(name: str, zone: str) -> str:
    return views.place_text(hearing()["floor"], name, zone)


def _forecast() -> Forecast:
    return forecast(hearing("18:28")["floor"], Pace(1.15, 0.3, absent=0.05))


TEXTS: dict[str, Callable[[], str]] = {
    "check-2014": lambda: views.findings_text(check(read(EXAMPLE))),
    "show-2014": lambda: views.programme_text(read(EXAMPLE)),
    "capacity-2014": _capacity,
    "order-2014": lambda: _order(read(EXAMPLE)),
    "check-hearing": lambda: views.findings_text(check(hearing())),
    "show-forum": lambda: views.programme_text(forum()),
    "order-hearing": lambda: _order(hearing()),
    "order-hearing-for-ben": lambda: _place("Ben", "Asia/Tokyo"),
    "forecast-hearing": lambda: views.forecast_text(_forecast(), 0.75),
    "forecast-hearing-for-chen": lambda: views.forecast_place_text(
        _forecast(), "chen", "Asia/Tokyo"
    ),
    "order-hearing-for-emil": lambda: _place("Emil Novak", "Asia/Tokyo"),
}
"""What makes each file of `golden/`."""

if __name__ == "__main__":  # python -m tests.views.meetings writes the golden files anew
    for name, make in TEXTS.items():
        (GOLDEN / f"{name}.txt").write_text(make() + "\n", encoding="utf-8")
