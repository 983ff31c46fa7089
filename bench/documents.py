"""How fast documents of a word processor are written, and that long ones take no more each line.

What is written by hand is the same list in a table of python-docx, with nothing around it, cell by
cell as its guide has it.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import docx

import r2psched as r2
from r2psched.views.markdown import order_markdown, programme_markdown
from r2psched.views.word import order_docx, programme_docx

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 5
LONG = "H.E. Ms. Firstname van der Longest-Surname, Deputy Minister for Foreign Affairs"


class Bound(NamedTuple):
    """One line of the table: what was measured, and what it may be at most."""

    what: str
    measured: float
    at_most: float


def listed(count: int) -> r2.Programme:
    """A list of so many, all of whom are seated."""
    who = [
        r2.Inscription(f"Delegation {number}", speaker=LONG, level="minister")
        for number in range(count)
    ]
    floor = r2.Session(
        "Interactive dialogue",
        r2.Day("2014-09-08", zone="UTC")("00:00-22:00"),
        id="floor",
        speakers=r2.SpeakerList(who, limits="5 s"),
    )
    return r2.Programme("meeting", "Meeting", [floor])


def described(count: int) -> r2.Programme:
    """A programme with one paragraph of so many lines."""
    return r2.Programme("meeting", "Meeting", description="a line\n" * count, zone="UTC")


def by_hand(programme: r2.Programme) -> bytes:
    """Write the list of a meeting cell by cell."""
    document = docx.Document()
    order = programme["floor"].running_order()
    table = document.add_table(rows=len(order), cols=5)
    for row, slot in zip(table.rows, order, strict=True):
        texts = (str(slot.place), f"{slot.start:%H:%M}", "5 s", str(slot.inscription), "minister")
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def timed(work: Callable[[], object]) -> float:
    """The median of the seconds that some runs took."""
    taken = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def growth(
    write: Callable[[r2.Programme], object],
    meeting: Callable[[int], r2.Programme],
    few: int,
    many: int,
) -> float:
    """Time for each of many, over that of a few: 1 if it is linear."""
    first, last = (timed(partial(write, meeting(count))) / count for count in (few, many))
    return last / first


def word_list(programme: r2.Programme) -> bytes:
    """Write the list of a meeting as a document of a word processor."""
    return order_docx(programme, programme["floor"])


def markdown_list(programme: r2.Programme) -> str:
    """Write the list of a meeting as Markdown."""
    return order_markdown(programme, programme["floor"])


def main() -> int:
    """Measure, print the table, and say whether every bound holds."""
    meeting = listed(193)
    ours, theirs = timed(partial(word_list, meeting)), timed(partial(by_hand, meeting))
    bounds = [
        Bound("193 speakers, .docx: milliseconds", ours * 1000, 500),
        Bound("193 speakers, .docx: time over by hand", ours / theirs, 1),
        Bound(
            ".docx, each speaker, 10,000 over 1,000", growth(word_list, listed, 1_000, 10_000), 2
        ),
        Bound(
            ".docx, each line, 100,000 over 10,000",
            growth(programme_docx, described, 10_000, 100_000),
            2,
        ),
        Bound(
            ".md, each speaker, 10,000 over 1,000", growth(markdown_list, listed, 1_000, 10_000), 2
        ),
        Bound(
            ".md, each line, 100,000 over 10,000",
            growth(programme_markdown, described, 10_000, 100_000),
            2,
        ),
    ]
    print(f"{'':45}{'measured':>10}{'at most':>10}")
    for what, measured, at_most in bounds:
        print(f"{what:45}{measured:10,.3f}{at_most:10,}")
    missed = [bound.what for bound in bounds if bound.measured > bound.at_most]
    print("\n".join(f"missed: {what}" for what in missed) or "every bound holds")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
