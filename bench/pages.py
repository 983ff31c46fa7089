"""How fast a list is written as a page, against its slots as a calendar; and many sessions.

Ratios of times taken in turns within one run; the median of each. No two runs are on the same
list, since lines are remembered. Both make everything from the programme: the running order, the
words, the octets.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import TYPE_CHECKING

from export import BEGIN_US, MINUTE_US, RUNS, SECOND_US, STAMP, ZONE, Bound, report

import r2psched as r2
from r2psched.entries import slot_entries
from r2psched.ical import feed
from r2psched.views.pages import order_page, programme_page

if TYPE_CHECKING:
    from collections.abc import Callable

SPEAKERS = 193
STAMP_US = int(STAMP.timestamp()) * SECOND_US
ROW, EVENT, ITEM = '<th scope="row">', "BEGIN:VEVENT", '<li class="item'


def meeting(count: int) -> r2.Programme:
    """Make a programme with a list of so many, all of them heard, unlike all before."""
    run = next(RUNS)
    start = BEGIN_US + run * SECOND_US
    end = start + count * 3 * MINUTE_US
    listed = [
        r2.Inscription(f"Delegation {run}-{at} of a country with a name", f"Minister {at}")
        for at in range(count)
    ]
    floor = r2.Session(
        f"Dialogue {run}",
        r2.TimeBlock.from_microseconds(start, end, ZONE.key),
        id="floor",
        kind="dialogue",
        room=f"Conference Room {run}",
        speakers=r2.SpeakerList(listed, limits="3 min"),
    )
    return r2.Programme("bench", f"Dialogues {run}", [floor], revision=run)


def sessions(count: int) -> r2.Programme:
    """Make a programme of so many sessions, each with a calendar of its own on the page."""
    run = next(RUNS)
    start, half = BEGIN_US + run * SECOND_US, 30 * MINUTE_US
    held = [
        r2.Session(
            f"Dialogue {run}, part {at}",
            r2.TimeBlock.from_microseconds(start + at * half, start + (at + 1) * half, ZONE.key),
            id=f"s{at}",
            room=f"Conference Room {at % 3}",
        )
        for at in range(count)
    ]
    return r2.Programme("bench", f"Dialogues {run}", held, revision=run)


def calendar(programme: r2.Programme) -> str:
    """Write every slot of the list as a calendar."""
    slots = slot_entries(programme, programme["floor"].running_order())
    return feed(programme, programme.title, ((entry, 0, STAMP_US) for _, entry in slots)).decode()


def order(programme: r2.Programme) -> str:
    """Write the list as a page."""
    return order_page(programme, programme["floor"])


def timed(
    write: Callable[[r2.Programme], str],
    count: int,
    found: str,
    make: Callable[[int], r2.Programme] = meeting,
) -> float:
    """Run once on a fresh list or programme; return the seconds it took."""
    programme = make(count)
    begin = time.perf_counter()
    written = write(programme)
    taken = time.perf_counter() - begin
    assert written.count(found) == count
    return taken


def over_calendar(page: Callable[[r2.Programme], str]) -> float:
    """Time to write a page of 193, over that of writing the 193 slots as a calendar."""
    return statistics.median(
        timed(page, SPEAKERS, ROW) / timed(calendar, SPEAKERS, EVENT) for _ in range(21)
    )


def growth(taken: Callable[[int], float], few: int, many: int) -> float:
    """Time for each of many, over that of a few: 1 if it is linear."""
    each: dict[int, list[float]] = {few: [], many: []}
    for count in (few, many) * 5:
        each[count].append(taken(count) / count)
    return statistics.median(each[many]) / statistics.median(each[few])


def listed(count: int) -> float:
    """Time to write the page of a list of so many."""
    return timed(order, count, ROW)


def planned(count: int) -> float:
    """Time to write the page of a programme of so many sessions."""
    return timed(programme_page, count, ITEM, sessions)


def main() -> int:
    """Measure, print the table, and say whether every bound holds."""
    for write, found in ((order, ROW), (programme_page, ROW), (calendar, EVENT)):
        timed(write, 10, found)
    size = len(programme_page(meeting(SPEAKERS)).encode())
    return report(
        [
            Bound("list of 193: time over its calendar", over_calendar(order), 3),
            Bound("programme of 193: time over its calendar", over_calendar(programme_page), 3),
            Bound("list: time each of 10,000 over 1,000", growth(listed, 1_000, 10_000), 1.5),
            Bound("sessions: time each of 2,000 over 200", growth(planned, 200, 2_000), 1.5),
            Bound("programme of 193: kilobytes", size / 1_000, 300),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
