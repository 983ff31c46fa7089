"""Where the cut line falls, and what would move it.

Seats a list of 73 speakers, which is illustrative and not the real list of 2014, under several
limits; then asks what a list that does not fit would need: shorter limits, more time, or
withdrawals; and what ten minutes for the panel cost.

Run it with `python examples/list_73.py`; it prints its answers and writes nothing.
"""

from datetime import timedelta
from pathlib import Path

import attrs

import r2psched as r2
from r2psched.durations import show

HERE = Path(__file__).parent


def told(length: timedelta | None) -> str:
    """Write a length, or that there is none."""
    return "none at all" if length is None else show(length)


floor = r2.read(HERE / "illustrative-list-of-73.toml")["floor"]
count = len(floor.speakers or ())

for limit in ("3 min", "4 min", "5 min"):
    order = floor.running_order(limit)
    line = f"At {limit} {len(order)} of {count} are heard, the last until {order.ends:%H:%M}"
    print(line + (f"; {order.unheard[0]} draws the cut line." if order.unheard else "."))

print("Each is at most, and each time the earliest, since it rests on:")
for assumption in floor.floor().assumptions:
    print(f"- {assumption}")

print()
order = floor.running_order("5 min")
last = order.inscriptions[-1]
print("So that all are heard at 5 min:")
print(f"- limit everybody to {told(order.longest_limits().for_all)};")
print(f"- or add {told(order.missing())} to the end of the afternoon;")
print(f"- or add a block of {told(order.missing_block())};")
print(f"- or, for {last} alone, {order.withdrawals_needed(last.id)} withdrawals just ahead.")

print()
reflections = attrs.evolve(floor.reserves[0], length="10 min", assumed="a guess")
with_panel = attrs.evolve(floor, reserves=[reflections])
order = with_panel.running_order("4 min")
print(f"At 4 min, with {reflections.title.lower()} of 10 min, {len(order)} of {count} are heard.")
for slot in order.slots[-2:]:
    print(f"- {slot.place}. {slot.inscription} has the floor {slot.start:%H:%M}-{slot.end:%H:%M}")
print(f"- {order.unheard[0]} is not heard")
