"""Time blocks: real time, half open, across whatever the clocks do.

The only room that knows zones and daylight saving.
"""

from r2psched.blocks.algebra import gaps, join, merge, subtract
from r2psched.blocks.block import TimeBlock
from r2psched.blocks.day import Day, as_date
from r2psched.blocks.instants import as_zone, from_epoch, to_epoch
from r2psched.blocks.wording import (
    nearest_minute,
    to_minute,
    write_clock,
    write_date,
    write_moment,
    write_times,
)

__all__ = [
    "Day",
    "TimeBlock",
    "as_date",
    "as_zone",
    "from_epoch",
    "gaps",
    "join",
    "merge",
    "nearest_minute",
    "subtract",
    "to_epoch",
    "to_minute",
    "write_clock",
    "write_date",
    "write_moment",
    "write_times",
]
