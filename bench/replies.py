"""How fast answers to invitations are read and matched, against icalendar's reader.

Ratios of times taken in turns within one run; the median of each. Answers are those of calendars
in use, no two of them alike; what is read of each is compared with what icalendar reads.
"""

from __future__ import annotations

import statistics
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import attrs
from icalendar import Calendar

import r2psched as r2
from r2psched.ical import read_answer
from r2psched.inviting import Past, Recipient, Reply, Sent, judge_all, updates, wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

REPLIES = Path(__file__).parents[1] / "tests" / "ical" / "replies"
UID, ADDRESS = b"hearing.floor.speaker.ana@r2psched", b"ana@secret.example"
SECOND_US = 1_000_000


class Bound(NamedTuple):
    """One line of the table: what was measured, and what it may be at most."""

    what: str
    measured: float
    at_most: float
    aim: float | None = None


def answers(count: int) -> list[bytes]:
    """Give so many answers, no two alike, of each calendar as many."""
    whole = [
        path.read_bytes().replace(b"\r\n ", b"").replace(b"\r\n\t", b"")
        for path in sorted(REPLIES.glob("*.ics"))
    ]
    made = []
    for number in range(count):
        data = whole[number % len(whole)]
        data = data.replace(UID, b"p%d." % number + UID).replace(
            ADDRESS, b"a%d." % number + ADDRESS
        )
        made.append(b"\r\n".join(map(folded, data.split(b"\r\n"))))
    return made


def folded(line: bytes) -> bytes:
    """Fold a line of ASCII as calendars do."""
    pieces = [line[:75], *(line[at : at + 74] for at in range(75, len(line), 74))]
    return b"\r\n ".join(pieces)


def theirs(data: bytes) -> tuple[str, str, int, int]:
    """Read an answer with icalendar: UID, address, SEQUENCE and DTSTAMP."""
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    person = event["ATTENDEE"]
    address = str(person).removeprefix("MAILTO:").removeprefix("mailto:")
    address = address if "@" in address else person.params["EMAIL"]
    stamp_us = int(event["DTSTAMP"].dt.timestamp()) * SECOND_US
    return str(event["UID"]), address, int(event.get("SEQUENCE", 0)), stamp_us


def told(reply: Reply) -> tuple[str, str, int, int]:
    """Say the same of an answer that was read our way."""
    return reply.uid, reply.address, reply.sequence, reply.stamp_us


def timed(work: Callable[[], object]) -> float:
    """Run once, and give the seconds it took."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def each(read: Callable[[bytes], object], those: Sequence[bytes]) -> None:
    """Read answers one after the other."""
    for data in those:
        read(data)


def compared(runs: int, count: int) -> float:
    """Time taken by ours over that of `Calendar.from_ical` alone."""
    those = answers(count)
    assert [told(read_answer(data)) for data in those] == list(map(theirs, those))
    ratios = [
        timed(partial(each, read_answer, those)) / timed(partial(each, Calendar.from_ical, those))
        for _ in range(runs)
    ]
    return statistics.median(ratios)


def reading(count: int) -> Callable[[], object]:
    """Make answers, to be read."""
    return partial(each, read_answer, answers(count))


def matching(count: int) -> Callable[[], object]:
    """Make as many recipients and their answers, to be matched."""
    who = [r2.Inscription(f"Speaker {n}", email=f"s{n}@example.org") for n in range(100)]
    floor = r2.Session(
        "Floor",
        r2.Day("2014-09-08", zone="UTC")("10:00-16:00"),
        id="floor",
        speakers=r2.SpeakerList(who, "3 min"),
    )
    meeting = r2.Programme("meeting", "Meeting", [floor])
    first = updates(wanted(meeting, floor.running_order()), Past(), when_us=0).messages
    sent = []
    for n in range(count):
        of = first[n % len(first)]
        entry = attrs.evolve(of.entry, uid=f"{n}.{of.entry.uid}")
        sent.append(Sent(n, "REQUEST", entry, Recipient("A", f"a{n}@example.org"), 0, 0))
    past = Past.of((message, True) for message in sent)
    replies = [
        (Reply("REPLY", s.entry.uid, s.recipient.address, SECOND_US, "DECLINED"), None)
        for s in sent
    ]
    return partial(judge_all, replies, past, meeting, now_us=0)


def growth(make: Callable[[int], Callable[[], object]], few: int, many: int) -> float:
    """Time for each of many, over that of a few: 1 if it is linear."""
    taken: dict[int, list[float]] = {few: [], many: []}
    for count in (few, many) * 3:
        taken[count].append(timed(make(count)) / count)
    return statistics.median(taken[many]) / statistics.median(taken[few])


def main() -> int:
    """Measure, print the table, and say whether every bound holds."""
    bounds = [
        Bound("1,000 answers read: time over from_ical", compared(7, 1_000), 1.1, 0.25),
        Bound("reading: time each of 100,000 over 10,000", growth(reading, 10_000, 100_000), 1.5),
        Bound("matching: time each of 100,000 over 10,000", growth(matching, 10_000, 100_000), 1.5),
    ]
    print(f"{'':45}{'measured':>10}{'at most':>10}{'aim':>10}")
    for what, measured, at_most, aim in bounds:
        print(f"{what:45}{measured:10,.3f}{at_most:10,}{aim or '':>10}")
    missed = [bound.what for bound in bounds if bound.measured > bound.at_most]
    print("\n".join(f"missed: {what}" for what in missed) or "every bound holds")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
