"""What a time line says in words: in its boxes, below them, and to whoever cannot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.blocks import write_clock, write_times
from r2psched.blocks.instants import to_local
from r2psched.language import date_forms
from r2psched.tables import fitted, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from r2psched.language import Words
    from r2psched.timelines.days import DayRow, Piece

__all__ = ["Teller"]

_LONGEST = 200
_SHORT = 3


class Teller:
    """Says in one language what there is to say about a time line.

    Attributes:
        words: The texts of the language.
    """

    def __init__(self, words: Words) -> None:
        """Speak with the texts of a catalogue."""
        self.words = words

    def title(self, piece: Piece) -> str:
        """The title of a session, with "(1/2)" if it has several blocks."""
        # A title that is told for each of many blocks must not be endless.
        title, count = fitted(text_of(piece.bar.title), _LONGEST), len(piece.bar.blocks)
        if count == 1 or piece.bar.is_break:
            return title
        return self.words("general.numbered", title=title, number=piece.ordinal, count=count)

    def times(self, piece: Piece) -> tuple[str, ...]:
        """When a block is, in several lengths, the longest first."""
        time = piece.block.time
        first = write_clock(time.start_us, time.zone)
        if not piece.is_part:
            return write_times(time.start_us, time.end_us, time.zone), first
        first, last = (
            f"{date_forms(to_local(us, time.zone)[0].date(), self.words.language)[_SHORT]} "
            f"{write_clock(us, time.zone)}"
            for us in (time.start_us, time.end_us)
        )
        return (self.words("outline.from_to", first=first, last=last),)

    def facts(self, piece: Piece) -> list[str]:
        """How many fit into a block, how many are inscribed and heard, where the line is cut."""
        bar, filling = piece.bar, piece.block.filling
        if filling is None:
            return []
        key = "picture.capacity_of" if bar.limit else "picture.capacity"
        told = [self.words(key, count=self._bounded(piece, filling.capacity), limit=bar.limit)]
        if bar.inscribed is not None:
            key, here = "picture.inscribed", ""
            if filling.heard is not None and bar.inscribed:
                key, here = "picture.inscribed_here", self._bounded(piece, filling.heard)
            told.append(self.words(key, count=bar.inscribed, here=here))
        if filling.cut is not None:
            at = write_clock(filling.taken_until, piece.block.time.zone)
            key = "picture.cut" if filling.cut else "picture.cut_nobody"
            told.append(self.words(key, time=at, place=filling.cut))
        return told

    def _bounded(self, piece: Piece, count: int) -> str:
        if piece.bar.at_most:
            return self.words("capacity.at_most", count=count)
        return f"{count}"

    def sentence(self, piece: Piece) -> str:
        """All that one box shows."""
        told = [f"{self.times(piece)[0]} {self.title(piece)}"]
        if piece.bar.room:
            told.append(fitted(text_of(piece.bar.room), _LONGEST))
        told += self.facts(piece)
        return self.joined([*told, *piece.block.reserved])

    def joined(self, told: Iterable[str]) -> str:
        """Several things in one line."""
        return self.words("general.semicolon").join(map(text_of, told))

    def description(self, days: Sequence[DayRow], lines: Iterable[str]) -> str:
        """All that the picture shows."""
        told = [text_of(line).rstrip(".") for line in lines]
        for day in days:
            date = date_forms(day.date, self.words.language)[0]
            told += [date, *map(self.sentence, day.pieces)]
        return ". ".join(filter(None, told)) + "."
