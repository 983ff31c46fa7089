"""Language: every word that leaves, in one catalogue for each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.language.tags import as_language, languages
from r2psched.lazy import loader

if TYPE_CHECKING:
    from r2psched.language.catalogue import Words, as_texts, words
    from r2psched.language.dates import capitalised, date_forms, dates_told

__all__ = [
    "Words",
    "as_language",
    "as_texts",
    "capitalised",
    "date_forms",
    "dates_told",
    "languages",
    "words",
]

# Most commands say nothing that leaves.
__getattr__ = loader(
    __name__,
    {
        "Words": "catalogue",
        "as_texts": "catalogue",
        "capitalised": "dates",
        "date_forms": "dates",
        "dates_told": "dates",
        "words": "catalogue",
    },
)
