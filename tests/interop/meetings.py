"""A meeting that is invited to, moved and withdrawn, in any zone and with any words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs

import r2psched as r2
from r2psched.inviting import Answer, Message, Past, Sent, updates, wanted
from r2psched.programme import Invitations
from r2psched.speakers import Registration

if TYPE_CHECKING:
    from collections.abc import Iterable

    from r2psched.programme import Programme
    from r2psched.seating import Slot

SECOND, MINUTE = 1_000_000, 60_000_000
BEGIN_US = int(datetime(2026, 1, 15, 12, tzinfo=UTC).timestamp()) * SECOND
SENDER = "desk@example.org"


def meeting(  # noqa: PLR0913  # each a part of it, by name
    zone: str = "America/New_York",
    date: str = "2026-09-08",
    *,
    floor: str = "10:00-10:30",
    words: str = "",
    speakers: Iterable[str] = ("Chile", "Fiji", "Japan"),
    lang: str = "en",
) -> Programme:
    """Make a programme of a panel and a list of speakers.

    Args:
        zone: Its zone.
        date: Its date.
        floor: When the speakers are heard.
        words: Stands in every name and title.
        speakers: Who is inscribed; Japan has no address, Fiji has two.
        lang: Its language.
    """
    day = r2.Day(date, zone=zone)
    emails = {"Chile": ["chile@example.org"], "Fiji": ["one@example.org", "two@example.org"]}
    listed = [
        r2.Inscription(f"{name} {words}".strip(), email=emails.get(name, ()), id=name.casefold())
        for name in speakers
    ]
    panel = r2.Session(
        f"Panel {words}".strip(),
        day("8:30-9:30"),
        id="panel",
        chair=r2.Person(f"A. Chair {words}".strip(), email="chair@example.org"),
    )
    heard = r2.Session(
        f"Floor {words}".strip(),
        day(floor),
        id="floor",
        speakers=r2.SpeakerList(
            listed, "5 min", registration=Registration(closes=day.at(f"{date} 08:00"))
        ),
    )
    return r2.Programme(
        "meeting",
        f"Dialogue {words}".strip(),
        [panel, heard],
        status="confirmed",
        venue=f"Headquarters {words}".strip(),
        organiser=r2.Person(f"Office {words}".strip(), email="office@example.org"),
        contacts=[r2.Person(f"Desk {words}".strip(), email="contact@example.org", invite=True)],
        invitations=Invitations(alarms=["1 h", "10 min"], threshold="0 min", sent_by=SENDER),
        lang=lang,
    )


def brought(
    programme: Programme,
    past: Past | None = None,
    at_us: int = BEGIN_US,
    slots: Iterable[Slot] | None = None,
) -> list[Message]:
    """List the messages that bring everybody up to date, by default with the running orders."""
    if slots is None:
        slots = [slot for session in programme.lists for slot in session.running_order()]
    told = updates(wanted(programme, slots), past or Past(), when_us=at_us)
    return list(told.messages)


def after(messages: Iterable[Message], answers: dict[str, str] | None = None) -> Past:
    """Give the past that messages leave, with what was answered by address."""
    sent = [
        (Sent(number, m.method, m.entry, m.recipient, m.sequence, m.stamp_us), True)
        for number, m in enumerate(messages, 1)
    ]
    said = answers or {}
    return Past.of(
        sent,
        {
            each.key: Answer(said[each.recipient.address], each.sequence, each.stamp_us)  # type: ignore[arg-type]  # PARTSTAT
            for each, _ in sent
            if each.recipient.address in said
        },
    )


def life(
    zone: str = "America/New_York", date: str = "2026-09-08", *, words: str = "", lang: str = "en"
) -> list[Message]:
    """List every kind of message: invitations, those that replace them, withdrawals, a refusal.

    A speaker accepts, the list is an hour late, the venue's words are others, all are withdrawn.
    """
    first = meeting(zone, date, words=words, lang=lang)
    moved = meeting(zone, date, words=words, lang=lang, floor="11:00-11:30")
    gone = meeting(zone, date, words=words, lang=lang, speakers=())
    new = brought(first)
    late = brought(moved, after(new), BEGIN_US + MINUTE)
    accepted = after([*new, *late], {"chile@example.org": "ACCEPTED"})
    told = attrs.evolve(moved, title=f"{moved.title}, continued")
    worded = brought(told, accepted, BEGIN_US + 2 * MINUTE)
    withdrawn = brought(gone, after([*new, *late, *worded]), BEGIN_US + 3 * MINUTE)
    counter = attrs.evolve(late[0], method="DECLINECOUNTER", stamp_us=BEGIN_US + 4 * MINUTE)
    return [*new, *late, *worded, *withdrawn, counter]
