"""Invitations over their whole life, and feeds, read by readers that others wrote."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import attrs
import pytest

import r2psched as r2
from r2psched.ical import Letters
from r2psched.ical.publishing import feed
from r2psched.inviting import wanted
from tests.interop.meetings import BEGIN_US, MINUTE, SENDER, brought, life, meeting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from r2psched.entries import Entry
    from r2psched.inviting import Message
    from r2psched.programme import Programme
    from tests.interop.readers import Event

    Reader = Callable[[bytes], list[Event]]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

PLACES = (
    ("Africa/Casablanca", "2026-03-05"),  # in Ramadan, when the clocks go back
    ("Africa/Casablanca", "2026-09-08"),
    ("Africa/Nairobi", "2026-09-08"),
    ("America/New_York", "2026-09-08"),
    ("America/New_York", "2026-12-08"),
    ("Australia/Lord_Howe", "2026-01-20"),
    ("Australia/Lord_Howe", "2026-07-20"),
    ("Europe/Dublin", "2026-07-20"),
    ("Europe/Dublin", "2026-12-08"),
    ("Europe/Zurich", "2026-09-08"),
    ("Pacific/Auckland", "2026-07-20"),
    ("Pacific/Auckland", "2026-12-08"),
    ("UTC", "2026-09-08"),
)
"""Zones with a date each: on either side of the changes of their clocks."""

TWICE = (
    ("Europe/Zurich", "2026-10-25", "2:30 CEST-2:50 CEST"),
    ("Europe/Zurich", "2026-10-25", "2:30 CET-2:50 CET"),
    ("Europe/Zurich", "2026-10-25", "2:50 CEST-2:10 CET"),
    ("Europe/Zurich", "2026-10-25", "1:55-2:15 CEST"),
    ("America/New_York", "2026-11-01", "1:30 EDT-1:50 EDT"),
    ("America/New_York", "2026-11-01", "1:30 EST-1:50 EST"),
)
"""Times on the night on which the clocks go back, in the hour that comes twice or into it."""

WORDS = {
    "accents": "Côte d’Ivoire à Genève",
    "backslashes": r"C:\New\nothing\Nor \; \, this",
    "breaks": "one\nSUMMARY:forged\r\nATTENDEE:mailto:x@example.org\u2028X-Y:z",
    "carets": "^n ^' ^^",
    "colons": "Peace: security",
    "commas": "Peace, security",
    "controls": "bell \x07 and \x00 null",
    "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e8\U0001f1ee" * 12,
    "ends": "one\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR",
    "equals": 'a=b"c";ROLE="CHAIR";d:e',
    "long": "x" * 400,
    "markup": "<b>&amp;</b>",
    "quotes": "The \"responsibility\" to 'protect'",
    "right to left": "\u202eabc \u0627\u0644\u0623\u0645\u0645 \u05d0\u05d5\u05de\u200f",
    "semicolons": "Peace; security",
}
"""Words that stand in every name, title and place, and that a file might be broken by."""

CUT = "ts-ics 2.4.6 ends a quoted parameter at its first semicolon"
NO_CARETS = "it does not know RFC 6868, so shows each ^ of a name twice"
UNESCAPED = "it undoes in a parameter the escapes that only a text has"
ONE_BY_ONE = r"ics 0.7.3 undoes the escapes one after the other, so reads \\N as a line break"
ENDS_ANYWHERE = "ts-ics 2.4.6 takes END:VEVENT for the end of an event even within a text"
WALL_CLOCKS = "ts-ics 2.4.6 compares a local time with an onset in UTC, so is an hour off before it"
ALWAYS_ASKED = "ics 0.7.3 takes every RSVP for TRUE, also RSVP=FALSE"

NAMES_LEFT_OUT: dict[tuple[str, str], str] = {
    ("ical.js", "backslashes"): UNESCAPED,
    ("ics", "backslashes"): UNESCAPED,
    **{(reader, "carets"): NO_CARETS for reader in ("ics", "ts-ics", "vobject")},
    **{("ts-ics", words): CUT for words in ("backslashes", "equals", "markup", "semicolons")},
}
"""Readers that are wrong themselves about the names of people, and why."""

TEXTS_LEFT_OUT = {("ics", "backslashes"): ONE_BY_ONE}
"""Readers that are wrong themselves about texts, and why."""

SKIPPED = {
    ("ts-ics", "ends"): ENDS_ANYWHERE,
    ("ts-ics", "1:55-2:15 CEST"): WALL_CLOCKS,
}
"""Readers that are wrong themselves about all of some files, and why."""

RSVP_LEFT_OUT = {"ics": ALWAYS_ASKED}
"""Readers that are wrong themselves about who is not asked for an answer, and why."""


def instant(us: int) -> str:
    """Write microseconds since the epoch as the readers do."""
    return f"{EPOCH + timedelta(microseconds=us):%Y-%m-%dT%H:%M:%S.000Z}"


def text(given: str) -> str:
    """Give a text as it may come back: a line break is one, what can't be written is gone."""
    broken = given.replace("\r\n", "\n").replace("\u2028", "\n")
    return broken.replace("\x07", "").replace("\x00", "")


def name(given: str) -> str:
    """Give a name as it may come back: in one line; typographic quotes count as straight ones."""
    return text(given).replace("\n", " ").replace("“", '"').replace("”", '"')


def about(entry: Entry) -> Event:
    """Tell what an entry is about."""
    return {
        "uid": entry.uid,
        "summary": text(entry.summary),
        "description": text(entry.description),
        "location": text(entry.location),
        "start": instant(entry.start_us),
        "end": instant(entry.end_us),
        "status": entry.status.upper(),
    }


def reminders(entry: Entry) -> list[str]:
    """Tell when whoever has an entry is reminded of it."""
    lengths = [before // timedelta(microseconds=1) for before in entry.alarms]
    return sorted(instant(entry.start_us - length) for length in lengths)


def organiser_of(programme: Programme) -> Event:
    """Tell who invites."""
    organiser = programme.organiser
    assert organiser is not None
    return {
        "organizer address": f"mailto:{organiser.emails[0]}",
        "organizer name": name(organiser.name),
        "organizer sent_by": f"mailto:{SENDER}",
    }


def attendee_of(message: Message) -> Event:
    """Tell who is invited, as what, and whether an answer is asked for."""
    who, deadline = message.recipient, message.entry.kind == "deadline"
    role = "CHAIR" if who.role == "chair" else "REQ-PARTICIPANT"
    asked = message.answer == "NEEDS-ACTION" and message.method != "CANCEL" and not deadline
    return {
        "attendee address": f"mailto:{who.address}",
        "attendee name": name(who.name),
        "attendee sent_by": None,
        "attendee role": "NON-PARTICIPANT" if deadline else role,
        "attendee partstat": message.answer,
        "attendee rsvp": asked,
    }


def meant(message: Message, programme: Programme) -> Event:
    """Tell what a message means, by what it is about and not by how it is written."""
    told: Event = {
        **about(message.entry),
        "sequence": message.sequence,
        "alarms": reminders(message.entry) if message.method == "REQUEST" else [],
        "method": message.method if message.recipient.address else None,
    }
    if message.method == "CANCEL":
        told["status"] = "CANCELLED"
    if not message.recipient.address:
        return told
    return {**told, **organiser_of(programme), **attendee_of(message)}


def found(event: Event) -> Event:
    """Give what a reader found in the form of what is meant; at most one attendee is invited."""
    told = {**event, "alarms": sorted(event["alarms"]), "location": event["location"] or ""}
    people = told.pop("attendees")
    assert len(people) <= 1
    for kind, person in (
        ("organizer", told.pop("organizer")),
        *(("attendee", person) for person in people),
    ):
        if person:
            told |= {f"{kind} {key}": value for key, value in person.items()}
            told[f"{kind} name"] = name(person["name"])
    return told


def left_out(reader: str, words: str, told: Event) -> set[str]:
    """Name what a reader is known to get wrong."""
    wrong = set()
    if (reader, words) in NAMES_LEFT_OUT:
        wrong |= {"organizer name", "attendee name"}
    if (reader, words) in TEXTS_LEFT_OUT:
        wrong |= {"summary", "description", "location"}
    if reader in RSVP_LEFT_OUT and told["method"] != "CANCEL" and not told.get("attendee rsvp"):
        wrong.add("attendee rsvp")
    return wrong


def misread(event: Event, told: Event, reader: str, words: str = "") -> list[str]:
    """List what a reader finds in an event otherwise than it is meant."""
    seen, spared = found(event), left_out(reader, words, told)
    return [
        f"{key}: {told.get(key)!r} is read as {seen.get(key)!r}"
        for key in sorted(told.keys() | seen.keys())
        if key not in spared and told.get(key) != seen.get(key)
    ]


def faults(
    read: Reader, letters: Letters, messages: Iterable[Message], reader: str, words: str = ""
) -> list[str]:
    """List what a reader finds in messages otherwise than it is meant."""
    wrong = []
    for message in messages:
        (event,) = read(letters.write(message))
        told = meant(message, letters.programme)
        which = f"{message.method} {message.entry.kind} {message.why}"
        wrong += [f"{which}: {each}" for each in misread(event, told, reader, words)]
    return wrong


def skip(reader: str, case: str) -> None:
    """Leave a case to the other readers if this one is wrong itself about it."""
    if reason := SKIPPED.get((reader, case)):
        pytest.skip(reason)


def kinds(messages: Iterable[Message]) -> list[Message]:
    """Choose the first message of each kind."""
    chosen: dict[object, Message] = {}
    for each in messages:
        key = each.method, each.entry.kind, each.why, each.answer, not each.recipient.address
        chosen.setdefault(key, each)
    return list(chosen.values())


def test_every_kind_of_message(reader_name: str, reader: Reader) -> None:
    """Each reader finds of every kind of message all that it means, in French too."""
    messages = kinds(life(lang="fr"))
    told = {
        (each.method, each.entry.kind, each.why, bool(each.recipient.address)) for each in messages
    }
    assert told >= {
        ("REQUEST", "slot", "new", True),
        ("REQUEST", "slot", "new", False),
        ("REQUEST", "session", "new", True),
        ("REQUEST", "day", "new", True),
        ("REQUEST", "deadline", "new", True),
        ("REQUEST", "slot", "moved", True),
        ("REQUEST", "slot", "moved", False),
        ("REQUEST", "slot", "changed", True),
        ("CANCEL", "slot", "gone", True),
        ("CANCEL", "slot", "gone", False),
        ("DECLINECOUNTER", "slot", "moved", True),
    }
    assert {each.sequence for each in messages} == {0, 1, 2}
    assert {each.answer for each in messages} == {"NEEDS-ACTION", "ACCEPTED"}
    assert faults(reader, Letters(meeting(lang="fr")), messages, reader_name) == []


@pytest.mark.parametrize(("zone", "date"), PLACES)
def test_times_in_any_zone(zone: str, date: str, reader_name: str, reader: Reader) -> None:
    """Invitation, update and withdrawal are at their instants, whatever the clocks do."""
    of_slots = [each for each in life(zone, date) if each.recipient.address == "chile@example.org"]
    assert {each.method for each in of_slots} == {"REQUEST", "CANCEL", "DECLINECOUNTER"}
    assert faults(reader, Letters(meeting(zone, date)), of_slots, reader_name) == []


def test_times_in_utc(reader_name: str, reader: Reader) -> None:
    """Asked for UTC, a file has no zone, and every reader finds the same instants."""
    letters = Letters(meeting("Australia/Lord_Howe"), utc=True)
    messages = kinds(brought(letters.programme))
    assert not any(b"TZID" in letters.write(each) for each in messages)
    assert faults(reader, letters, messages, reader_name) == []


@pytest.mark.parametrize(("zone", "date", "floor"), TWICE)
def test_the_hour_that_comes_twice(
    zone: str, date: str, floor: str, reader_name: str, reader: Reader
) -> None:
    """On the night on which the clocks go back every reader finds the hour that is meant."""
    skip(reader_name, floor)
    programme = meeting(zone, date, floor=floor)
    slots = [each for each in brought(programme) if each.entry.kind == "slot"]
    assert faults(reader, Letters(programme), slots, reader_name) == []


@pytest.mark.parametrize("words", WORDS)
def test_words_come_back(words: str, reader_name: str, reader: Reader) -> None:
    """Nothing in a name, a title or a place adds a line, or is lost on the way."""
    skip(reader_name, words)
    programme = meeting(words=WORDS[words])
    messages = kinds(brought(programme))
    assert faults(reader, Letters(programme), messages, reader_name, words) == []


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_slot_of_a_forecast(lang: str, reader_name: str, reader: Reader) -> None:
    """It is tentative, from its earliest start to its latest and the limit on top, in minutes."""
    programme = meeting("Europe/Zurich", lang=lang)
    expected = r2.forecast(programme["floor"], r2.Pace(1.1, 0.4))
    slot = expected["Fiji"]
    message = brought(programme, slots=[slot])[0]
    assert slot.window is not None
    assert abs(slot.window[0] - message.entry.start_us) <= MINUTE // 2
    assert abs(message.entry.end_us - slot.window[1] - 5 * MINUTE) <= MINUTE // 2
    assert (message.entry.start_us % MINUTE, message.entry.end_us % MINUTE) == (0, 0)
    assert message.entry.status == "tentative"
    assert faults(reader, Letters(programme), [message], reader_name) == []


def test_a_feed(reader_name: str, reader: Reader) -> None:
    """A feed is published: it names no attendee, and has every entry with its own SEQUENCE."""
    programme = meeting("Europe/Dublin", words="Peace, security")
    entries = {each.entry.uid: each.entry for each in wanted(programme, ())}
    cancelled = attrs.evolve(next(iter(entries.values())), uid="gone@r2psched", status="cancelled")
    numbered = list(enumerate([*entries.values(), attrs.evolve(cancelled, alarms=())]))
    written = feed(
        programme, "Feed, of one", [(entry, n, BEGIN_US + n * MINUTE) for n, entry in numbered]
    )
    events = {event["uid"]: event for event in reader(written)}
    assert len(events) == len(numbered)
    told = {"method": "PUBLISH", **organiser_of(programme)}
    del told["organizer sent_by"]
    assert b"SENT-BY" not in written
    for n, entry in numbered:
        published = {**about(entry), **told, "sequence": n, "alarms": reminders(entry)}
        assert misread(events[entry.uid], published, reader_name) == []


def test_a_plain_entry_is_that_of_a_calendar_server(reader_name: str, reader: Reader) -> None:
    """Without an address an entry has neither method nor people, as CalDAV wants it."""
    programme = meeting("Europe/Zurich")
    bare = [
        attrs.evolve(each, recipient=attrs.evolve(each.recipient, address=""))
        for each in kinds(life("Europe/Zurich"))
        if each.why in {"new", "moved"}
    ]
    assert faults(reader, Letters(programme), bare, reader_name) == []
