"""Who should see what of the meeting whose lives are played, worked out by hand."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from r2psched.inviting import wanted
from tests.inviting.client import Shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from r2psched import Person, Programme, Session, TimeBlock
    from r2psched.entries import Entry
    from r2psched.seating import Slot

__all__ = ["near", "should"]

SECOND, MINUTE = 1_000_000, 60_000_000


class Due(NamedTuple):
    """What somebody should see.

    Attributes:
        key: Who: the address, or the name.
        uid: Of which entry.
        shown: What it says.
        steady: Whether its description is exact whatever the threshold.
    """

    key: str
    uid: str
    shown: Shown
    steady: bool


def near(found: Shown, due: Shown, threshold: dt.timedelta, *, steady: bool) -> None:
    """See that an entry is as it should be; its times may be off by less than the threshold."""
    if not threshold:
        assert found == due
        return
    assert found[2:5] == due[2:5]
    assert found.alarms == due.alarms
    assert abs(found.start - due.start) < threshold
    assert abs(found.end - due.end) < threshold
    if steady:
        assert found.description == due.description


def should(programme: Programme, slots: Sequence[Slot]) -> Iterator[Due]:
    """Say who should see what; only long texts are taken from the entries."""
    if programme.status != "cancelled":
        by_hand = ByHand(programme, {e.entry.uid: e.entry for e in wanted(programme, slots)})
        yield from by_hand.slots(slots)
        yield from by_hand.parts()
        yield from by_hand.secretariat()


def keys(people: Sequence[Person]) -> list[str]:
    """Give the addresses of people, or their names."""
    return [key for who in people for key in who.emails or [f"by hand: {who.name}"]]


class ByHand:
    """Works it out for one programme."""

    def __init__(self, programme: Programme, entries: dict[str, Entry]) -> None:
        """Take the programme, and the entries for their descriptions."""
        self.programme, self.entries = programme, entries
        self.status = "CONFIRMED" if programme.status == "confirmed" else "TENTATIVE"
        self.alarms = len(programme.invitations.alarms)
        self.held = [
            (session, number, block)
            for session in (programme["panel"], programme["floor"])
            for number, block in enumerate(session.blocks, 1)
        ]

    def shown(self, uid: str, times: tuple[int, int], room: str | None, title: str) -> Shown:
        """Say what an entry of some time and place shows."""
        place = ", ".join(part for part in (room, self.programme.venue) if part)
        start, end = (dt.datetime.fromtimestamp(us // SECOND, dt.UTC) for us in times)
        told = self.entries[uid].description if uid in self.entries else ""
        return Shown(start, end, self.status, title, place, told, self.alarms)

    def slots(self, slots: Sequence[Slot]) -> Iterator[Due]:
        """Who should see which slot."""
        room = self.programme["floor"].room or self.programme.room
        for slot in slots:
            who = slot.inscription
            uid = f"lives.floor.speaker.{who.id}@r2psched"
            times = slot.start_us, slot.end_us
            if slot.window:
                first, last = ((us + MINUTE // 2) // MINUTE * MINUTE for us in slot.window)
                times = first, last + slot.end_us - slot.start_us
            # The words of its title are told by the tests of entries.
            shown = self.shown(uid, times, room, self.entries[uid].summary)
            if slot.window:
                shown = shown._replace(status="TENTATIVE")
            for key in who.emails or [f"by hand: {who.name}"]:
                yield Due(key, uid, shown, steady=False)

    def parts(self) -> Iterator[Due]:
        """Who should see which block of the panel, or which day."""
        panel = self.programme["panel"]
        people = [person for person in (panel.chair, *panel.panellists) if person]
        if self.programme.invitations.each == "day":
            yield from self.days(people)
            return
        for number, block in enumerate(panel.blocks, 1):
            uid = f"lives.panel.{number}.invitation@r2psched"
            times = block.start_us, block.end_us
            shown = self.shown(uid, times, panel.room or self.programme.room, "Panel")
            for key in keys(people):
                yield Due(key, uid, shown, steady=True)

    def secretariat(self) -> Iterator[Due]:
        """Who of the contacts should see which day, and the deadline."""
        invited = [contact for contact in self.programme.contacts if contact.invite]
        yield from self.days(invited)
        registration = self.programme.registration
        if registration is None or registration.closes is None:
            return
        uid = "lives.deadline.invitation@r2psched"
        end = int(registration.closes.timestamp()) * SECOND
        title = self.entries[uid].summary if invited else ""
        shown = self.shown(uid, (end - 15 * MINUTE, end), None, title)
        shown = shown._replace(status="CONFIRMED", location="", alarms=1)
        for key in keys(invited):
            yield Due(key, uid, shown, steady=True)

    def days(self, people: Sequence[Person]) -> Iterator[Due]:
        """Who should see which day."""
        by_day: dict[dt.date, list[tuple[Session, TimeBlock]]] = defaultdict(list)
        for session, _, block in self.held:
            by_day[block.start.date()].append((session, block))
        for number, day in enumerate(sorted(by_day), 1):
            held = by_day[day]
            uid = f"lives.{number}.day.invitation@r2psched"
            times = min(b.start_us for _, b in held), max(b.end_us for _, b in held)
            rooms = {session.room or self.programme.room for session, _ in held}
            title = self.programme.title
            if len(by_day) > 1:
                words = ("jour", "sur") if self.programme.lang == "fr" else ("day", "of")
                title += f" ({words[0]} {number} {words[1]} {len(by_day)})"
            shown = self.shown(uid, times, rooms.pop() if len(rooms) == 1 else None, title)
            for key in keys(people):
                yield Due(key, uid, shown, steady=False)
