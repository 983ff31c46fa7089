"""The time line of a programme: capacity, filling, reserves and examples."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings

import r2psched as r2
from r2psched.counting import Capacity
from r2psched.errors import InvalidValue, MissingExtra
from r2psched.language import date_forms
from r2psched.programme.picture import bars_of
from tests.pictures import SVG, boxes, labels, parsed
from tests.strategies import programmes

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


def read(name: str) -> r2.Programme:
    """An example."""
    return r2.read(EXAMPLES / f"{name}.toml")


def told(drawing: str) -> set[str]:
    """What the labels of a picture say."""
    return {label.text for label in labels(parsed(drawing))}


@settings(max_examples=80, deadline=None)
@given(programmes(3))
def test_figures(meeting: r2.Programme) -> None:
    """Capacities, those heard, cut lines and reserves are those of capacity and running order."""
    for session, bar in zip(meeting, bars_of(meeting, capacity=True), strict=True):
        assert tuple(block.time for block in bar.blocks) == session.blocks
        fillings = [block.filling for block in bar.blocks]
        if session.speakers is None or session.limits is None:
            assert set(fillings) <= {None}
            continue
        try:
            order = session.running_order()
        except InvalidValue:
            continue
        later = tuple((each.since, each.default) for each in order.later_limits)
        capacity = Capacity(session.floor(), order.limits.default, later)
        here = [filling for filling in fillings if filling is not None]
        assert tuple(filling.capacity for filling in here) == capacity.by_block
        assert sum(filling.heard or 0 for filling in here) == len(order)
        assert max((f.until_us or 0 for f in here), default=0) == (
            order.slots[-1].end_us if order.slots else 0
        )
        cuts = [filling.cut for filling in here if filling.cut is not None]
        assert cuts == ([len(order)] if order.unheard and here else [])
        assert bar.at_most == capacity.at_most
        assert len(bar.notes) == len(capacity.assumptions)


def test_2014() -> None:
    """The dialogue of 2014 tells its capacity as a bound, and why."""
    drawing = read("r2p-2014").timeline()
    assert {
        "Monday 8 September 2014",
        "Trusteeship Council Chamber, United Nations Headquarters, New York",
        "Times: America/New_York",
        "Interactive dialogue (1/2)",
        "Capacity: at most 43 (3 min each)",
        "Capacity: at most 56 (3 min each)",
        "reserve of unknown length",
        "10:50–13:00",
        "Opening remarks",
    } <= told(drawing)
    rests = "It rests on: Further reflections from panellists, at the end of the session: "
    assert f"{rests}of unknown length, counted as 0" in told(drawing)


def test_120() -> None:
    """A list of 120 is cut behind place 99."""
    drawing = read("illustrative-list-of-120").timeline()
    assert {
        "Inscribed: 120; heard here: at most 43",
        "Inscribed: 120; heard here: at most 56",
        "Cut line: 17:48, behind place 99",
    } <= told(drawing)


@pytest.mark.parametrize("name", ["r2p-2014", "illustrative-list-of-120", "conference"])
def test_without_capacity(name: str) -> None:
    """Without capacity, neither picture nor words tell how much fits or who is inscribed."""
    drawing = read(name).timeline(capacity=False)
    for word in ("apacity", "nscribed", "eard", "ut line", "at most", "floor time", "assumed"):
        assert word not in drawing
    longer = attrs.evolve(
        read(name),
        sessions=[
            attrs.evolve(each, speakers=attrs.evolve(each.speakers, inscriptions=["Chile"]))
            if each.speakers is not None
            else each
            for each in read(name)
        ],
    )
    assert longer.timeline(capacity=False) == drawing


def test_conference() -> None:
    """Three days have rows of two rooms each, in order."""
    root = parsed(read("conference").timeline())
    found = boxes(root)
    assert len(found) == 13
    rows = sorted({box.top for _, box in found})
    assert len(rows) == 6
    rooms = [label.text for label in labels(root) if label.text in {"Assembly Hall", "Room 2"}]
    assert rooms == ["Assembly Hall", "Room 2"] * 3
    dates = [label.text for label in labels(root) if label.text.endswith(" Jun")]
    assert dates == ["Tue 16 Jun", "Wed 17 Jun", "Thu 18 Jun"]


def test_words() -> None:
    """Who cannot see the picture is told all that it shows."""
    root = parsed(read("conference").timeline())
    assert (root.findtext(f"{SVG}desc") or "").startswith(
        "Tuesday 16 June 2026 – Thursday 18 June 2026. Conference Centre, Rivertown. "
        "Times: Europe/Zurich. Tuesday 16 June 2026. 09:30–10:00 Opening; Assembly Hall. "
        "10:00–11:00 Keynote: what a river remembers; Assembly Hall. "
        "11:00–11:20 Coffee; Assembly Hall. 11:20–13:00 General discussion (1/2); Assembly Hall; "
        "Capacity: 16 (5 min each); Inscribed: 4; heard here: 4; Replies of the secretariat, "
        "after every 10 interventions: 10 min. 14:30–16:30 Panel: who pays for the dykes; "
    )


def test_french() -> None:
    """A programme in French is drawn in French, with the semicolons of French."""
    pytest.importorskip("babel")
    meeting = attrs.evolve(read("illustrative-list-of-120"), lang="fr")
    assert {
        "Lundi 8 septembre 2014",
        "Heures : America/New_York",
        "Capacité : au plus 43 (à 3 min)",
        "Limite de la liste : 17:48, après le rang 99",
    } <= told(meeting.timeline())
    root = parsed(meeting.timeline(width=480))
    key = " ".join(label.text for label in labels(root))
    for said in (key, root.findtext(f"{SVG}desc") or ""):
        assert " ; " in said
        assert re.search(r"\S;", said) is None


def test_reserves_are_told_where_they_are_held() -> None:
    """A reserve between interventions is told with the first block that holds one."""
    day = r2.Day("2026-06-16", zone="UTC")
    session = r2.Session(
        "Dialogue",
        [day("10:00-10:09"), day("11:00-11:22"), day("12:00-12:10")],
        speakers=r2.SpeakerList(["A", "B", "C", "D", "E"], "3 min"),
        reserves=r2.Reserve("Replies", every=3, length="20 min"),
    )
    (bar,) = bars_of(r2.Programme("m", "Meeting", [session]), capacity=True)
    assert [block.reserved for block in bar.blocks] == [
        (),
        ("Replies, after every 3 interventions: 20 min",),
        (),
    ]


def test_cancelled() -> None:
    """A meeting that is off says so below its title, before all else in its description."""
    meeting = attrs.evolve(read("r2p-2014"), status="cancelled")
    assert "Cancelled" not in read("r2p-2014").timeline()
    for drawing in (meeting.timeline(), meeting.timeline(capacity=False)):
        root = parsed(drawing)
        assert [label.text for label in labels(root) if label.bold][2] == "Cancelled"
        assert (root.findtext(f"{SVG}desc") or "").startswith("Cancelled. Monday 8 September 2014.")
    fragment = parsed(meeting.timeline(heading=False))
    assert (fragment.findtext(f"{SVG}desc") or "").startswith("Cancelled. ")


def test_replaced_words() -> None:
    """Texts that the programme replaces stand in the picture."""
    meeting = attrs.evolve(
        read("r2p-2014"), invitations=r2.Invitations(texts={"picture.capacity_of": "Room: {count}"})
    )
    assert "Room: at most 43" in told(meeting.timeline())


def test_in_a_notebook() -> None:
    """A notebook shows the picture, and the table of blocks below it."""
    meeting = read("r2p-2014")
    assert meeting._repr_svg_() == meeting.timeline()
    assert meeting._repr_html_().startswith(meeting.timeline())
    assert "<table>" in meeting._repr_html_()


def test_without_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where dates cannot be written, the picture says what to install; a notebook has the table."""
    monkeypatch.setitem(sys.modules, "babel", None)
    date_forms.cache_clear()
    meeting = attrs.evolve(read("r2p-2014"), lang="fr")
    with pytest.raises(MissingExtra, match="i18n"):
        meeting.timeline()
    assert meeting._repr_svg_() is None
    assert meeting._repr_html_().startswith("<table>")


@pytest.mark.parametrize(("picture", "name"), [("2014", "r2p-2014"), ("conference", "conference")])
def test_pictures_of_the_manual(picture: str, name: str) -> None:
    """The pictures of the manual are as they are drawn today."""
    path = ROOT / "docs" / f"timeline-{picture}.svg"
    assert path.read_text("utf-8") == read(name).timeline()
