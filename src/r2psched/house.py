"""House: what a house asks of every sitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from r2psched.fields import optional_limit

if TYPE_CHECKING:
    from datetime import timedelta

__all__ = ["House"]


@attrs.frozen
class House:
    """What the house asks of every sitting; what is not given is not asked.

    Attributes:
        longest_sitting: How long a sitting may last, or None.
        shortest_pause: How long the pause between two sittings in one room lasts at least, or None.
    """

    longest_sitting: timedelta | None = attrs.field(default=None, converter=optional_limit)
    shortest_pause: timedelta | None = attrs.field(default=None, converter=optional_limit)
