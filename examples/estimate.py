"""How many speakers a meeting holds, before there is any list.

Shows `capacity` without a file and with one, the longest limit for a number of speakers, the time
that is missing for more, and how the answer says what it rests on.

Run it with `python examples/estimate.py`; it prints its answers and writes nothing.
"""

from datetime import timedelta
from pathlib import Path

import r2psched as r2
from r2psched.durations import show

HERE = Path(__file__).parent


def told(length: timedelta | None) -> str:
    """Write a length, or that there is none."""
    return "none at all" if length is None else show(length)


# One hour of public comment at 3 minutes each, and 27 cards handed in.
hour = r2.capacity("1 h", limit="3 min")
print(f"One hour at 3 min holds {hour.total}.")
print(f"For 27 speakers, limit them to {told(hour.longest_limit(27))}.")
print(f"Or add {told(hour.missing(27))}.")

# A morning and an afternoon, 20 seconds to reach the microphone, ten minutes for the panel's
# replies at the end of each.
replies = r2.Reserve("Replies of the panel", at="block-end", length="10 min")
day = r2.Day("2026-03-02", zone="Europe/Zurich")
blocks = [day("10:00-13:00"), day("15:00-18:00")]
print()
print(r2.capacity(blocks, limit="3 min", changeover="20 s", reserves=replies))

# The dialogue of 2014, read from its file.
floor = r2.read(HERE / "r2p-2014.toml")["floor"]
print()
for limit in ("3 min", "4 min"):
    answer = floor.capacity(limit)
    print(f"2014 at {limit}: {' + '.join(map(str, answer.by_block))} = {answer.total}")
answer = floor.capacity()
print(f"For 120 speakers, limit them to {told(answer.longest_limit(120))},")
print(f"or add {told(answer.missing(120))} at the end, or a block of", end=" ")
print(f"{told(answer.missing_block(120))}.")
print(f"Number 44 begins at {answer.start_of(44):%H:%M}, after the pause.")
print("All of this is at most, since it rests on:")
for line in answer.assumptions:
    print(f"- {line}")
