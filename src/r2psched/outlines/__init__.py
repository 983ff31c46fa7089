"""Outlines: a programme or a list of speakers in words, for pages, paper and documents.

Whatever a person reads of a programme, on a page, on paper or in a document, is written from one
outline, so that all of them say the same, in one language, and none says what is not for
publication.
"""

from r2psched.outlines.agenda import outline
from r2psched.outlines.lists import list_outline
from r2psched.outlines.values import (
    BlockOutline,
    DayOutline,
    Fact,
    Item,
    ListOutline,
    ProgrammeOutline,
    Run,
    Said,
    Turn,
)

__all__ = [
    "BlockOutline",
    "DayOutline",
    "Fact",
    "Item",
    "ListOutline",
    "ProgrammeOutline",
    "Run",
    "Said",
    "Turn",
    "list_outline",
    "outline",
]
