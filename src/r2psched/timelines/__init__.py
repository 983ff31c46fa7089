"""Time lines: days as rows, rooms as lanes, sessions as boxes on one scale of the clock.

What is drawn comes as plain values, so that whatever has titles and times can be drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched.lazy import loader
from r2psched.timelines.days import dates_of
from r2psched.timelines.values import Bar, Block, Filling

if TYPE_CHECKING:
    from r2psched.timelines.picture import timeline

__all__ = ["Bar", "Block", "Filling", "dates_of", "timeline"]

# Whoever writes dates needs no picture.
__getattr__ = loader(__name__, {"timeline": "picture"})
