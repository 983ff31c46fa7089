"""A forecast told: as rows, as text for a terminal, as HTML for a notebook, as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from r2psched import tables
from r2psched.blocks import TimeBlock, to_epoch, write_date
from r2psched.durations import show
from r2psched.forecasting.bands import Bands
from r2psched.forecasting.beside import beside
from r2psched.forecasting.saying import assumed, range_said, said
from r2psched.forecasting.wording import Clock, percent
from r2psched.language import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2psched.forecasting.answers import Forecast
    from r2psched.language import Words
    from r2psched.seating import Slot

__all__ = ["by_now", "conclusion", "html", "rows", "svg", "text"]

_WIDEST = 110
_NAME = 28
_HOPELESS = 0.005
_FEW = 5
_MINUTE = 60_000_000
_BY_LIMITS = "by limits"
_SHARES = ("10 %", "50 %", "90 %")
_KEY = (
    "By the limits: the running order as planned, exact. "
    "Numbers heard of the forecast: four times in five."
)


def rows(forecast: Forecast) -> list[dict[str, object]]:
    """See `Forecast.rows`."""
    order = forecast.order
    found: list[dict[str, object]] = []
    for at, (place, slot) in enumerate(zip(forecast.positions, forecast.slots, strict=True)):
        who = order.inscriptions[place - 1]
        exact = order.slots[place - 1].start if place <= len(order) else None
        found.append(
            {
                "place": place,
                "speaker": str(who),
                "category": who.category,
                "chance": forecast.chances[at],
                "earliest": slot.earliest if slot else None,
                "start": slot.start if slot else None,
                "latest": slot.latest if slot else None,
                "block": slot.block if slot else None,
                "limit": slot.limit if slot else order.limit_of(place),
                "by the limits": exact,
            }
        )
    return found


def text(forecast: Forecast, chance: float = 0.9) -> str:
    """See `Forecast.__str__`.

    Args:
        forecast: What is told.
        chance: The chance that is wanted for all to be heard.
    """
    lines = [tables.text_of(forecast.session.title), "", *_where(forecast), ""]
    if forecast.positions:
        lines += [*_table(forecast), ""]
    return "\n".join([*lines, *conclusion(forecast, chance)])


def _where(forecast: Forecast) -> list[str]:
    """The blocks, the limits, and where the session stands."""
    order = forecast.order
    clock = Clock(order.floor.blocks)
    lines = [
        f"{write_date(block.start)}, {block.text(block.start.date())} {block.zone}"
        for block in order.floor.blocks
    ]
    later = [f"from {clock.exact(each.since)} {each}" for each in order.later_limits]
    lines.append(f"Limits: {tables.text_of('; '.join([str(order.limits), *later]))}.")
    return lines + ([] if forecast.now is None else [by_now(forecast)])


def by_now(forecast: Forecast) -> str:
    """Where a session that has begun stands."""
    standing = forecast.standing
    absent = len(standing.done) - standing.held
    clock = Clock(forecast.order.floor.blocks)
    told = "" if forecast.now is None else f"Now it is {clock.exact(forecast.now)}: "
    held = standing.held - (standing.speaking is not None)
    told += f"{held} {'has' if held == 1 else 'have'} had the floor"
    told += f", {absent} {'was' if absent == 1 else 'were'} absent" if absent > 0 else ""
    if standing.speaking is not None:
        who = forecast.order.inscriptions[standing.speaking[0] - 1]
        told += f"; {tables.text_of(who)} has it now"
    told += f"; {len(forecast)} {'is' if len(forecast) == 1 else 'are'} to come"
    return f"{told}{_behind(forecast)}."


def _behind(forecast: Forecast) -> str:
    """By how many minutes the next is later or earlier than the limits have it."""
    order, slots, places = forecast.order, forecast.slots, forecast.positions
    if not places or places[0] > len(order) or slots[0] is None:
        return ""
    minutes = round((slots[0].start_us - order.slots[places[0] - 1].start_us) / _MINUTE)
    if not minutes:
        return ", as the limits have it"
    side = "behind the limits" if minutes > 0 else "ahead of the limits"
    return f", {abs(minutes)} min {side}"


def _table(forecast: Forecast) -> list[str]:
    """A row for each who is to come, but for the last of them where they have hardly a chance."""
    order, clock = forecast.order, Clock(forecast.order.floor.blocks)
    count = max(1, _told(forecast))
    slots = forecast.slots[:count]
    told: list[dict[str, object]] = []
    for place, share, slot in zip(forecast.positions, forecast.chances, slots, strict=False):
        told.append(
            {
                "place": place,
                "speaker": tables.fitted(tables.text_of(order.inscriptions[place - 1]), _NAME),
                "heard": f"{percent(share):>6}",
                **_times(slot, clock),
                _BY_LIMITS: _exact(forecast, place, clock),
            }
        )
    wide = tables.width(max(tables.plain(told).split("\n"), key=tables.width))
    now = to_epoch(forecast.now)[0] if forecast.now is not None else 0
    blocks = [block for block in order.floor.blocks if block.end_us > now]
    bands = Bands(blocks or order.floor.blocks, _WIDEST - 2 - wide)
    if bands.width:
        for row, slot in zip(told, slots, strict=True):
            window = (
                (slot.window[0], slot.start_us, slot.window[1]) if slot and slot.window else None
            )
            row[bands.ruler(clock)] = bands.line(window)
    lines = [tables.plain(told)]
    if count < len(forecast):
        lines.append(f"… and {len(forecast) - count} more, each heard with less than 1 %")
    key = "By the times under 10, 50 and 90 % the floor is given with that chance, if at all"
    return [*lines, "", f"{key}{' (=, and O for 50 %)' if bands.width else ''}."]


def _times(slot: Slot | None, clock: Clock) -> dict[str, str | None]:
    """The moments by which an intervention has begun, each with its chance."""
    if slot is None:
        return dict.fromkeys(_SHARES)
    moments = (slot.earliest, slot.start, slot.latest)
    return dict(zip(_SHARES, map(clock.near, moments), strict=True))


def _exact(forecast: Forecast, place: int, clock: Clock) -> str:
    """When the limits alone give the floor."""
    slots = forecast.order.slots
    return clock.exact(slots[place - 1].start) if place <= len(slots) else "unheard"


def _told(forecast: Forecast) -> int:
    """How many are told: all but a long tail of those who have hardly a chance."""
    hopeless = 0
    for share in reversed(forecast.chances):
        if share >= _HOPELESS:
            break
        hopeless += 1
    return len(forecast) - (hopeless if hopeless > _FEW else 0)


def conclusion(forecast: Forecast, chance: float = 0.9) -> list[str]:
    """What the limits say and what is expected, side by side, and what that rests on."""
    lines = [
        tables.plain(beside(forecast, chance)),
        "",
        _KEY,
    ]
    return lines + [f"Rests on: {tables.text_of(line)}." for line in forecast.assumptions]


def html(forecast: Forecast, drawn: str | None) -> str:
    """See `Forecast._repr_html_`.

    Args:
        forecast: What is told.
        drawn: Its picture, which says in words what rests on what; None for none.
    """
    order, clock = forecast.order, Clock(forecast.order.floor.blocks)
    told = [
        {
            "place": place,
            "speaker": str(order.inscriptions[place - 1]),
            "category": order.inscriptions[place - 1].category,
            "limit": show(slot.limit if slot else order.limit_of(place)),
            "heard": percent(share),
            **_times(slot, clock),
            _BY_LIMITS: _exact(forecast, place, clock),
        }
        for place, share, slot in zip(
            forecast.positions, forecast.chances, forecast.slots, strict=True
        )
    ]
    if drawn is None:
        return tables.html(told, _in_words(forecast, words()))
    return drawn + tables.html(told)


def _in_words(forecast: Forecast, texts: Words) -> list[str]:
    """The forecast in a few sentences, without what takes several forecasts to find."""
    order = forecast.order
    called = len(order.inscriptions[: order.most])
    heard = range_said(texts, forecast.heard)
    chance = percent(forecast.all_heard)
    exact = texts("capacity.at_most", count=len(order)) if order.at_most else f"{len(order)}"
    rests_on = assumed(texts, order, forecast.pace, forecast.standing, forecast.tolerance)
    return [
        said(texts, "all_heard", chance=chance, count=heard, called=called),
        said(texts, "exactly", count=exact, called=called),
        *(said(texts, "rests_on", what=line) for line in rests_on),
    ]


def svg(forecast: Forecast) -> str:
    """See `Forecast.picture`."""
    from r2psched.forecasting.picture import Bar, picture  # noqa: PLC0415  # drawn on demand

    order = forecast.order
    bars = [
        Bar(
            place,
            str(order.inscriptions[place - 1]),
            share,
            (slot.window[0], slot.start_us, slot.window[1]) if slot and slot.window else None,
            order.slots[place - 1].start_us if place <= len(order) else None,
        )
        for place, share, slot in zip(
            forecast.positions, forecast.chances, forecast.slots, strict=True
        )
    ]
    return picture(
        bars,
        order.floor.blocks,
        title=forecast.session.title,
        lines=_in_words(forecast, forecast.words),
        reserves=list(_reserved(forecast)),
        capacity=len(order),
        at_most=order.at_most,
        now_us=forecast.standing.now_us,
        words=forecast.words,
    )


def _reserved(forecast: Forecast) -> Iterator[TimeBlock]:
    """The parts of blocks that are not for the list."""
    floor = forecast.order.floor
    for block, (start, end) in zip(floor.blocks, floor.frame.spans, strict=True):
        opens = min(max(start, block.start_us), block.end_us)
        closes = max(min(end, block.end_us), opens)
        for first, last in ((block.start_us, opens), (closes, block.end_us)):
            if first < last:
                yield TimeBlock.from_microseconds(first, last, block.zone)
