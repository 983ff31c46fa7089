"""Hostile texts in calendars: every text comes back, and none adds a line."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import attrs
import pytest
import vobject
from hypothesis import assume, given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from r2psched import Day, Inscription, Person, Programme, Session, SpeakerList
from r2psched.entries import Entry
from r2psched.errors import InvalidValue
from r2psched.ical import Letters
from r2psched.ical.lint import lint
from r2psched.ical.octets import writable
from r2psched.inviting import Message, Recipient
from r2psched.programme import Invitations
from tests.inviting.letters import letters

if TYPE_CHECKING:
    from collections.abc import Callable

PIECES = (
    "\r\nATTENDEE:mailto:x@example.org",
    "\nBcc: x@example.org\n",
    "\rEND:VEVENT\r\nBEGIN:VEVENT\r\n",
    "\r\n ",
    "\u2028METHOD:CANCEL\u2029",
    "\x85X:1",
    "\x0b\x0c\x00\x1b",
    "\\n \\N \\\\N \\; \\,",
    "C:\\New\\new",
    ";,:=",
    '";X="',
    "^n^'^^",
    "\u202eright\u202c \u200f\u200e",
    "\u2066ltr\u2069",
    "👩‍👩‍👧🇺🇳",
    "é" * 40,
    "日本国" * 20,
    "{who} {0} {} %s",
    "\ufeff",
    "\ud800",
    "\t",
    "=?utf-8?B?QmNjOng=?=",
)
hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), min_size=1, max_size=4).map(
    "x".join
)
# What a programme takes: whatever is not blank, its ends stripped.
given_texts = hostile.map(lambda text: f"a{text}z")
METHODS = ("REQUEST", "CANCEL", "DECLINECOUNTER")


def names(data: bytes) -> Counter[str]:
    """Count the names of lines: properties, and the components that begin and end."""
    lines = data.replace(b"\r\n ", b"").split(b"\r\n")
    assert not [line for line in lines if b"\r" in line or b"\n" in line]
    found = [re.match(rb"[A-Z-]+(?=[:;])", line) for line in lines if line]
    assert all(found)
    return Counter(
        line.decode() if line.startswith((b"BEGIN:", b"END:")) else name[0].decode()
        for line, name in zip(filter(None, lines), found, strict=True)
        if name is not None
    )


def read_by_icalendar(data: bytes) -> dict[str, Any]:
    """Read the texts of an event with icalendar."""
    calendar: Any = Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    return {
        "summary": str(event["SUMMARY"]),
        "description": str(event["DESCRIPTION"]),
        "location": str(event["LOCATION"]),
        "categories": [str(each) for each in event["CATEGORIES"].cats],
    }


def read_by_ical(data: bytes) -> dict[str, Any]:
    """Read the texts of an event with ical."""
    (event,) = IcsCalendarStream.calendar_from_ics(data.decode()).events
    return {
        "summary": event.summary,
        "description": event.description,
        "location": event.location,
        "categories": event.categories,
    }


def read_by_vobject(data: bytes) -> dict[str, Any]:
    """Read the texts of an event with vobject."""
    event = vobject.readOne(data.decode()).vevent
    return {
        "summary": event.summary.value,
        "description": event.description.value,
        "location": event.location.value,
        "categories": event.categories.value,
    }


READERS = {"icalendar": read_by_icalendar, "ical": read_by_ical, "vobject": read_by_vobject}
OFFICE = Person("Office", email="office@example.org")
PLAIN = Entry(
    "p.floor.speaker.chile@r2psched",
    "slot",
    0,
    60_000_000,
    "UTC",
    "Chile",
    "words",
    "Room",
    categories=("dialogue", "other"),
)


def written(entry: Entry, method: str = "REQUEST", name: str = "Chile", office: str = "O") -> bytes:
    """Write a message about an entry."""
    programme = Programme("p", "P", zone="UTC", organiser=attrs.evolve(OFFICE, name=office))
    recipient = Recipient(name, "chile@example.org")
    return Letters(programme).write(Message(method, entry, recipient, 0, 0))  # type: ignore[arg-type]  # a method


@given(given_texts, given_texts, given_texts, given_texts, st.sampled_from(METHODS))
def test_texts_come_back(
    summary: str, description: str, location: str, category: str, method: str
) -> None:
    """Title, description, place and category are read as they were given, by three readers."""
    texts: dict[str, Any] = {"summary": summary, "description": description, "location": location}
    entry = attrs.evolve(PLAIN, categories=(category, "other"), **texts)
    data = written(entry, method)
    assert names(data) == names(written(PLAIN, method))
    assert not lint(data).items
    due = {key: writable(text) for key, text in texts.items()}
    for reader, read in READERS.items():
        found = read(data)
        assert {key: found[key] for key in due} == due, reader
        # ical splits a category behind an escaped backslash.
        if reader != "ical":
            assert [writable(category), "other"] == list(found["categories"]), reader


@given(given_texts, given_texts, st.sampled_from(METHODS))
def test_names_and_links_add_nothing(text: str, office: str, method: str) -> None:
    """Whoever is called like a header is an attendee like others, and a link is one line."""
    plain = attrs.evolve(PLAIN, links=("https://example.org/",), webcast="Webcast")
    odd = attrs.evolve(PLAIN, links=(f"https://example.org/{text}",), webcast=text)
    data = written(odd, method, text, office)
    assert names(data) == names(written(plain, method))
    assert not [each for each in lint(data).items if each.severity == "error"]
    calendar: Any = Calendar.from_ical(data)
    (event,) = calendar.walk("VEVENT")
    assert str(event["ATTENDEE"]) == "mailto:chile@example.org"
    assert str(event["ORGANIZER"]) == "mailto:office@example.org"


@given(st.data(), st.sampled_from(["en", "fr"]))
def test_a_hostile_programme(data: st.DataObject, lang: str) -> None:
    """Whatever its texts are, its invitations have the lines of one with plain texts."""

    def made(text: Callable[[], str]) -> list[bytes]:
        meeting = Programme(
            "p",
            text(),
            [
                Session(
                    text(),
                    Day("2014-09-08", zone="UTC")("10:00-11:00"),
                    id="floor",
                    kind="dialogue",
                    room=text(),
                    description=text(),
                    chair=Person(text(), text(), "chair@example.org"),
                    panellists=[Person(text(), None, "one@example.org")],
                    speakers=SpeakerList(
                        Inscription(
                            text(), text(), on_behalf=text(), email="a@example.org", id="a"
                        ),
                        "3 min",
                    ),
                    documents=[text()],
                )
            ],
            venue=text(),
            description=text(),
            lang=lang,
            webcast="https://example.org/",
            organiser=attrs.evolve(OFFICE, name=text()),
            contacts=[Person(text(), email="c@example.org", invite=True)],
        )
        slots = meeting["floor"].running_order()
        return [octets for _, octets in letters(meeting, slots)]

    odd, plain = made(lambda: data.draw(given_texts)), made(lambda: "plain")
    assert [names(each) for each in odd] == [names(each) for each in plain]
    for each in odd:
        assert not [finding for finding in lint(each).items if finding.severity == "error"]


@given(hostile)
def test_texts_of_the_programme_add_nothing(text: str) -> None:
    """A replaced text with fields is filled in once: what fills it is not filled in again."""
    escaped = text.replace("{", "{{").replace("}", "}}")
    invitations = Invitations(texts={"slot.summary": escaped + "{who}"})
    meeting = Programme(
        "p",
        "P",
        [
            Session(
                "Floor",
                Day("2014-09-08", zone="UTC")("10:00-11:00"),
                id="floor",
                speakers=SpeakerList(Inscription("{session}", email="a@example.org"), "3 min"),
            )
        ],
        invitations=invitations,
        organiser=OFFICE,
    )
    ((message, octets),) = letters(meeting, meeting["floor"].running_order())
    assert message.entry.summary == f"{text}{{session}}"
    found = str(Calendar.from_ical(octets).walk("VEVENT")[0]["SUMMARY"])
    assert found == writable(message.entry.summary)


@pytest.mark.parametrize("piece", PIECES)
def test_no_address_breaks_a_line(piece: str) -> None:
    """An address with anything but printable signs and no blank is refused."""
    for address in (f"a{piece}@example.org", f"a@example.org{piece}"):
        try:
            who = Inscription("Chile", email=address)
        except InvalidValue:
            continue
        assert who.emails[0].isprintable()
        assert " " not in who.emails[0]


@given(st.text(max_size=20))
def test_every_name_of_a_line_is_ours(text: str) -> None:
    """Of any text no line begins that we did not write."""
    assume(text.strip())
    entry = attrs.evolve(PLAIN, summary=text, description=text, location="x" + text)
    assert names(written(entry)) == names(written(PLAIN))
