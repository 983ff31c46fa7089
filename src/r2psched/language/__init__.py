"""Language: every word that leaves, in one catalogue for each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.language.tags import LANGUAGES, as_language
from r2psched.lazy import loader

if TYPE_CHECKING:
    from r2psched.language.catalogue import Words, as_texts, words

__all__ = ["LANGUAGES", "Words", "as_language", "as_texts", "words"]

# Most commands say nothing that leaves.
__getattr__ = loader(
    __name__, {"Words": "catalogue", "as_texts": "catalogue", "words": "catalogue"}
)
