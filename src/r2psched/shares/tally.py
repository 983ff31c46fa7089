"""How much time each group asks for or has used, from a list or from a log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

import attrs

from r2psched.durations import as_duration
from r2psched.errors import Fault, InvalidValue, nearest, shown
from r2psched.fields import as_title, folded

if TYPE_CHECKING:
    from r2psched.shares.rule import Shares
    from r2psched.speakers import Inscription

__all__ = [
    "Tally",
    "asked",
    "tallied",
    "without_share",
]

_SECOND = timedelta(seconds=1)
_SECONDS_AT_MOST = 10_000 * 366 * 86_400
_HINTS = 20


def _as_lengths(
    given: Mapping[str, timedelta | str] | Iterable[tuple[str, timedelta | str]],
) -> tuple[tuple[str, timedelta], ...]:
    pairs = given.items() if isinstance(given, Mapping) else given
    try:
        named = [(name, length) for name, length in pairs]
    except (TypeError, ValueError) as error:
        msg = f'expected times by group, such as {{"Group A": "3 min"}}, got {shown(given)}'
        raise InvalidValue(msg) from error
    found = tuple((as_title(name), as_duration(length)) for name, length in named)
    seen: dict[str, str] = {}
    for name, _ in found:
        if other := seen.get(folded(name)):
            msg = f"{shown(other)} and {shown(name)} are one group: add their times up"
            raise InvalidValue(msg)
        seen[folded(name)] = name
    return found


@attrs.frozen
class Tally:
    """How much time each group asked for or used.

    Attributes:
        groups: Each group and its time; given as a mapping.
        word: "asked" or "used".
        without: Who has no group, and how long.

    >>> Tally({"A": "3 min"}).groups
    (('A', datetime.timedelta(seconds=180)),)
    """

    groups: tuple[tuple[str, timedelta], ...] = attrs.field(converter=_as_lengths)
    word: str = "used"
    without: tuple[tuple[str, timedelta], ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse more than can be added up."""
        _bounded(length // _SECOND for _, length in (*self.groups, *self.without))


def _bounded(seconds: Iterable[int]) -> None:
    if sum(seconds) > _SECONDS_AT_MOST:
        msg = "expected at most 10,000 years in all"
        raise InvalidValue(msg)


def tallied(word: str, entries: Iterable[tuple[str | None, str, timedelta]]) -> Tally:
    """Add up the time of each group.

    Args:
        word: "asked" or "used".
        entries: The group or None, who has no group in that case, and how long.

    Raises:
        InvalidValue: If they add up to more than 10,000 years.

    >>> three = timedelta(minutes=3)
    >>> tallied("used", [("A", "Ann", three), ("a ", "Al", three), (None, "Bo", three)]).groups
    (('A', datetime.timedelta(seconds=360)),)
    """
    spelt: dict[str, str] = {}
    sums: dict[str, int] = {}
    without: list[tuple[str, timedelta]] = []
    for group, name, length in entries:
        if group is None:
            without.append((name, length))
        else:
            spelt.setdefault(folded(group), group)
            sums[folded(group)] = sums.get(folded(group), 0) + length // _SECOND
    _bounded(sums.values())
    groups = {spelt[each]: timedelta(seconds=seconds) for each, seconds in sums.items()}
    return Tally(groups, word, tuple(without))


def asked(limits: Iterable[tuple[Inscription, timedelta]], by: str = "group") -> Tally:
    """How much time each group asks for: the limits of its inscriptions, added up.

    Args:
        limits: Inscriptions, each with the limit that it has.
        by: What names the group of an inscription; see `Shares.by`.

    Returns:
        The groups in the order in which they are first met, as they are written there; those
        who have no group stand apart. Changeovers are not counted.

    >>> from r2psched import Inscription, Session, SpeakerList
    >>> ann = Inscription(speaker="Ann", traits={"group": "A"})
    >>> order = Session("Debate", speakers=SpeakerList([ann, "Bo"], "3 min")).running_order()
    >>> tally = asked((who, order.limits.of(who)) for who in order.inscriptions)
    >>> tally.groups, [name for name, _ in tally.without]
    ((('A', datetime.timedelta(seconds=180)),), ['Bo'])
    """
    return tallied("asked", ((who.fact(by), who.name, limit) for who, limit in limits))


def without_share(shares: Shares, speakers: Iterable[Inscription]) -> tuple[Fault, ...]:
    """Every inscription whose group has no share, with the group that is nearest.

    Args:
        shares: The groups that have one.
        speakers: A list of speakers.

    >>> from r2psched import Inscription
    >>> from r2psched.shares import Shares
    >>> print(*without_share(Shares({"Group A": 3}), [Inscription("Ann", on_behalf="Gruop A")]))
    inscriptions[1] "Ann": group "Gruop A" has no share: did you mean "Group A"?
    """
    known = {folded(name): name for name, _ in shares.groups}
    faults: list[Fault] = []
    for at, who in enumerate(speakers, 1):
        group = who.fact(shares.by)
        if group is None or folded(group) in known:
            continue
        # To look for the nearest takes long, and who has twenty such needs another remedy.
        close = nearest(group, known.values()) if len(faults) < _HINTS else None
        hint = f"did you mean {shown(close)}?" if close else "give it one, or correct its name"
        place = f"inscriptions[{at}] {shown(who.name)}"
        faults.append(Fault(place, f"group {shown(group)} has no share: {hint}"))
    return tuple(faults)
