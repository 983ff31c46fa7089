"""What is expected of one speaker, as text and as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from r2psched import tables
from r2psched.blocks import gaps, to_minute, write_date
from r2psched.durations import show
from r2psched.forecasting.telling import by_now
from r2psched.forecasting.wording import Clock, percent
from r2psched.views.forecasts import expected, head, who
from r2psched.views.plain import iso

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pendulum

    from r2psched.forecasting import Forecast
    from r2psched.programme import Programme
    from r2psched.seating import Slot

__all__ = ["forecast_place_json", "forecast_place_text", "share_of"]

_CLOCK = Clock(())
_SAID = {
    "speaking": "It has the floor now.",
    "heard": "It has had the floor.",
    "done": "It is among those who are done.",
    "absent": "It was absent when called.",
    "not drawn": "It is not among those who were drawn.",
}


def _state(forecast: Forecast, at: int) -> str:
    """Where whoever stands at a position is."""
    standing = forecast.standing
    if at in forecast.positions:
        return "to come"
    if standing.speaking is not None and standing.speaking[0] == at:
        return "speaking"
    if at not in standing.done:
        return "not drawn"
    if not standing.records:
        return "done"
    listed = forecast.order.inscriptions
    who, ids = listed[at - 1].id, {each.id for each in listed}
    spoken = {each.who for each in standing.records if each.who and each.kind == "intervention"}
    others = (forecast.session.id_of(name) for name in sorted(spoken - ids))
    return "heard" if who in spoken or who in others else "absent"


def _share(forecast: Forecast, at: int, state: str) -> tuple[float, Slot | None]:
    if state == "to come":
        index = forecast.positions.index(at)
        return forecast.chances[index], forecast.slots[index]
    return (1.0 if state in {"done", "heard", "speaking"} else 0.0), None


def share_of(forecast: Forecast, name: str) -> float:
    """The chance of one speaker to be heard: 1 for who has had the floor, 0 for who was absent."""
    at = forecast.order.position(name)
    return _share(forecast, at, _state(forecast, at))[0]


def forecast_place_json(
    programme: Programme, forecast: Forecast, name: str, zone: str, chance: float = 0.9
) -> dict[str, Any]:
    """The answer of `forecast --for`: what is expected of one speaker, and the exact time."""
    at = forecast.order.position(name)
    state = _state(forecast, at)
    share, slot = _share(forecast, at, state)
    moments = (None,) * 3 if slot is None else (slot.earliest, slot.start, slot.latest)
    earliest, start, latest = (m and iso(m.in_timezone(zone)) for m in moments)
    return head(programme, forecast, chance) | {
        "good_enough": share >= chance,
        "for": {
            **who(forecast, at),
            **expected(slot, share),
            "state": state,
            "zone": zone,
            "earliest_in_zone": earliest,
            "start_in_zone": start,
            "latest_in_zone": latest,
        },
    }


def forecast_place_text(forecast: Forecast, name: str, zone: str) -> str:
    """What is expected of one speaker in two zones, in words, and the exact time by the limits."""
    order = forecast.order
    at = order.position(name)
    state = _state(forecast, at)
    share, slot = _share(forecast, at, state)
    told = tables.text_of(order.inscriptions[at - 1])
    lines = [
        f"{told} is number {at} of {len(order.inscriptions)}, with {show(order.limit_of(at))}."
    ]
    if forecast.now is not None:
        lines.insert(0, by_now(forecast))
    if state != "to come":
        return "\n".join([*lines, _SAID[state], *_rests_on(forecast)])
    begins = ", and then begins, four times in five," if slot else ", if it is there when called."
    lines.append(f"It is heard with {percent(share)}{begins}")
    if slot is not None:
        lines += [_window(slot, each) for each in dict.fromkeys((slot.zone, zone))]
        lines += _breaks(forecast, slot)
    if at > len(order):
        lines.append("By the limits alone, exactly: not heard.")
        return "\n".join([*lines, *_rests_on(forecast)])
    lines.append("By the limits alone, exactly:")
    exact, bound = order.slots[at - 1], " at the earliest" if order.at_most else ""
    for each in dict.fromkeys((exact.zone, zone)):
        start, end = (moment.in_timezone(each) for moment in (exact.start, exact.end))
        until = _on(end, start, _CLOCK.exact(end))
        span = f"{write_date(start)}, {_CLOCK.exact(start)} to {until}"
        lines.append(f"  {span} {each}{bound}")
    return "\n".join([*lines, *_rests_on(forecast)])


def _rests_on(forecast: Forecast) -> Iterator[str]:
    return (f"Rests on: {tables.text_of(line)}." for line in forecast.assumptions)


def _on(moment: pendulum.DateTime, before: pendulum.DateTime, clock: str) -> str:
    """A time, with its date if that is another than before."""
    same = moment.date() == before.date()
    return clock if same else f"{write_date(moment)}, {clock}"


def _window(slot: Slot, zone: str) -> str:
    """Between when and when an intervention begins, and the middle of that."""
    early, half, late = (
        to_minute(moment).in_timezone(zone) for moment in (slot.earliest, slot.start, slot.latest)
    )
    if early == late:
        return f"  {write_date(early)}, at {_CLOCK.exact(early)} {zone}"
    span = f"between {_CLOCK.exact(early)} and {_on(late, early, _CLOCK.exact(late))}"
    middle = _on(half, early, _CLOCK.exact(half))
    return f"  {write_date(early)}, {span}, as likely before as after {middle} {zone}"


def _breaks(forecast: Forecast, slot: Slot) -> Iterator[str]:
    """The breaks that lie within a window."""
    blocks = forecast.order.floor.blocks
    clock = Clock(blocks)
    for gap in gaps(blocks):
        if slot.earliest < gap.start and gap.end <= slot.latest:
            yield f"  (with the break from {clock.exact(gap.start)} to {clock.exact(gap.end)})"
