"""How fast invitations are made, compared with what was sent, and written down.

Ratios of times taken in turns within one run; the median of each. The rival is icalendar's
documented way, which gets its values ready made; ours makes them from the running orders: who
should have what, what brings everybody up to date, and its octets. Every event is compared line by
line with icalendar's.
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
from export import (
    BEGIN_US,
    MINUTE_US,
    RUNS,
    SECOND_US,
    STAMP,
    ZONE,
    Bound,
    Entry,
    compared,
    documented,
    documented_event,
    ends,
    events,
    programme,
    report,
    timed,
)
from icalendar import Alarm, vCalAddress

import r2psched as r2
from r2psched.delivery.ledger import Ledger
from r2psched.durations import microseconds
from r2psched.ical import Letters
from r2psched.inviting import Past, Sent, updates, wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from r2psched.inviting import Message

    Lists = tuple[r2.Programme, list[r2.Slot]]

PLANNED = "The time is planned; it depends on how long the speakers before take."
NOW_US = int(STAMP.timestamp()) * SECOND_US
HEARD = 100
DAY_US = 1440 * MINUTE_US


def lists(sessions: int) -> tuple[Lists, list[Entry]]:
    """Seat so many sessions of 100 speakers each, from among 200, and say what is to be read."""
    run = next(RUNS)
    people = [
        r2.Inscription(f"Country {run}-{n}", email=f"{run}-{n}@example.org")
        for n in range(2 * HEARD)
    ]
    made, entries = [], []
    for at in range(sessions):
        # So many days that the clocks change in a span of them: its years are in the rival's too.
        start = BEGIN_US + run * SECOND_US + at % 40 * DAY_US
        heard = people[at % 2 * HEARD :][:HEARD]
        block = r2.TimeBlock.from_microseconds(start, start + 300 * MINUTE_US, ZONE.key)
        title, room = f"Dialogue {run}-{at}", f"Conference Room {at}"
        speakers = r2.SpeakerList(heard, "3 min")
        made.append(r2.Session(title, block, id=f"s{run}-{at}", room=room, speakers=speakers))
        for place, who in enumerate(heard, 1):
            text = f"Dialogues\n\nPlace on the list: {place}\nLimit: 3 min\n\n{PLANNED}"
            uid = f"bench.s{run}-{at}.speaker.{who.id}@r2psched"
            times = ends(start + (place - 1) * 3 * MINUTE_US, 3)
            summary = f"{who.name} takes the floor: {title}"
            entries.append(Entry(uid, *times, summary, text, room, who.name, *who.emails))
    meeting = programme(made)
    return (meeting, [slot for session in meeting for slot in session.running_order()]), entries


def documented_invitations(entries: Sequence[Entry]) -> list[bytes]:
    """Write invitations as icalendar's documentation does."""
    files = []
    for entry in entries:
        event = documented_event(entry)
        attendee = vCalAddress.new(
            entry.email, cn=entry.name, role="REQ-PARTICIPANT", partstat="NEEDS-ACTION", rsvp=True
        )
        event.add("attendee", attendee)
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", -ALARM)
        alarm.add("description", entry.summary)
        event.add_component(alarm)
        calendar = documented("REQUEST")
        calendar.add_component(event)
        files.append(calendar.to_ical())
    return files


(ALARM,) = r2.Programme("bench", "Bench", zone="UTC").invitations.alarms


def first(given: Lists) -> tuple[Message, ...]:
    """Make the first message of everybody."""
    return updates(wanted(*given), Past(), when_us=NOW_US).messages


def invitations(given: Lists) -> list[bytes]:
    """Write the first invitation of everybody our way."""
    return list(map(Letters(given[0]).write, first(given)))


def sent(messages: Sequence[Message], numbers: count[int]) -> list[tuple[Sent, bool]]:
    """Take messages for sent."""
    return [
        (Sent(next(numbers), m.method, m.entry, m.recipient, m.sequence, m.stamp_us), True)
        for m in messages
    ]


def hall(run: int, order: Sequence[int]) -> Lists:
    """Seat 193 delegations in some order."""
    start = BEGIN_US + run * SECOND_US
    block = r2.TimeBlock.from_microseconds(start, start + 900 * MINUTE_US, ZONE.key)
    people = [r2.Inscription(f"Country {run}-{n}", email=f"{run}-{n}@example.org") for n in order]
    session = r2.Session(
        f"Debate {run}", block, id="floor", speakers=r2.SpeakerList(people, "3 min")
    )
    meeting = programme([session])
    return meeting, list(session.running_order())


def letters(meeting: r2.Programme, messages: Sequence[Message]) -> list[bytes]:
    """Write messages of one meeting."""
    return list(map(Letters(meeting).write, messages))


def change(*, swap: bool) -> float:
    """Time to find what changed in a list of 193, over that of writing 193 messages.

    Five runs before have sent something to everybody. What has changed is the swap of two
    speakers, or the place of the first, who now speaks last, so that everybody has moved.
    """
    ratios = []
    for _ in range(9):
        run, order, numbers = next(RUNS), list(range(193)), count(1)
        log: list[tuple[Sent, bool]] = []
        for turn in range(5):
            order = order[1:] + order[:1]
            due = wanted(*hall(run, order))
            plan = updates(due, Past.of(log), when_us=NOW_US + turn * MINUTE_US)
            assert len(plan.messages) == 193
            log += sent(plan.messages, numbers)
        if swap:
            order[10], order[100] = order[100], order[10]
        else:
            order = order[1:] + order[:1]
        meeting, slots = hall(run, order)
        began = time.perf_counter()
        due = wanted(meeting, slots)
        plan = updates(due, Past.of(log), when_us=NOW_US + DAY_US)
        taken = time.perf_counter() - began
        assert len(plan.messages) == (2 if swap else 193)
        messages = first((meeting, slots))
        seconds, _ = timed(partial(letters, meeting, messages))
        ratios.append(taken / seconds)
    return statistics.median(ratios)


def growth(few: int, many: int, work: Callable[[Lists], tuple[float, int]]) -> float:
    """Time for each message of many sessions, over that of a few: 1 if it is linear."""
    each: dict[int, list[float]] = {few: [], many: []}
    for sessions in (few, many) * 3:
        given = lists(sessions)[0]
        # As timeit does: how often memory is swept rests on what else is kept, such as `given`.
        gc.collect()
        gc.disable()
        seconds, done = work(given)
        gc.enable()
        assert done == sessions * HEARD
        each[sessions].append(seconds / done)
    return statistics.median(each[many]) / statistics.median(each[few])


def written(given: Lists) -> tuple[float, int]:
    """Write everybody's first invitation."""
    seconds, files = timed(partial(invitations, given))
    return seconds, len(files)


def remembered(given: Lists) -> tuple[float, int]:
    """Write everybody's first invitation down, close the ledger, and gather it again."""
    messages = first(given)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sent.sqlite")
        began = time.perf_counter()
        with Ledger(path, "bench") as ledger:
            ledger.end(ledger.begin(messages), "sent")
        with Ledger(path, "bench") as ledger:
            past = ledger.past()
        return time.perf_counter() - began, len(past.last)


def moved(given: Lists) -> tuple[float, int]:
    """Find that everybody has moved by an hour."""
    due = [
        attrs.evolve(
            each, entry=attrs.evolve(each.entry, start_us=each.entry.start_us - 60 * MINUTE_US)
        )
        for each in wanted(*given)
    ]
    past = Past.of(sent(first(given), count(1)))
    began = time.perf_counter()
    plan = updates(due, past, when_us=NOW_US, threshold_us=microseconds(ALARM))
    return time.perf_counter() - began, len(plan.messages)


def main() -> int:
    """Measure, print the table, and say whether every bound holds."""
    invitations(lists(1)[0])
    few, many = partial(lists, 10), partial(lists, 100)
    few_ratio = compared(7, few, invitations, documented_invitations, events)
    many_ratio = compared(3, many, invitations, documented_invitations, events)
    return report(
        [
            Bound("1,000 invitations: time over icalendar", few_ratio, 0.2, 0.09),
            Bound("10,000 invitations: time over icalendar", many_ratio, 0.2, 0.09),
            Bound("a swap among 193: finding it over writing", change(swap=True), 1, 0.5),
            Bound("193 moved: finding it over writing", change(swap=False), 1, 0.5),
            Bound("writing: time each of 100,000 over 1,000", growth(10, 1_000, written), 1.5),
            Bound("changes: time each of 100,000 over 1,000", growth(10, 1_000, moved), 2),
            Bound("ledger: time each of 100,000 over 1,000", growth(10, 1_000, remembered), 1.5),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
