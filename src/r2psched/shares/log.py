"""Which group a log of what was used speaks of, and how much that makes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from r2psched.durations import as_duration
from r2psched.errors import AmbiguousName, UnknownName
from r2psched.fields import folded
from r2psched.shares.tally import tallied

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    from r2psched.shares.rule import Shares
    from r2psched.shares.tally import Tally
    from r2psched.speakers import Inscription

__all__ = ["Membership", "used"]

_GROUP = "group"
_SPEAKER = "speaker"
_EITHER = "group or speaker"


@attrs.frozen
class Membership:
    """Which group a name of a log belongs to.

    Attributes:
        shares: The groups.
        speakers: A list of speakers, whose names stand for their groups.

    >>> from r2psched import Inscription
    >>> from r2psched.shares import Shares
    >>> members = Membership(Shares({"A": 3}), [Inscription(speaker="Ann", on_behalf="A")])
    >>> members.of("a"), members.of("Ann")
    ('A', 'A')
    """

    shares: Shares
    speakers: tuple[Inscription, ...] = ()

    @cached_property
    def _groups(self) -> dict[str, str]:
        return {folded(name): name for name, _ in self.shares.groups}

    @cached_property
    def _spoken(self) -> dict[str, dict[str | None, Inscription]]:
        """For every name of an inscription its groups, each with one who is in it."""
        found: dict[str, dict[str | None, Inscription]] = {}
        for who in self.speakers:
            group = who.fact(self.shares.by)
            group = self._groups.get(folded(group), group) if group else None
            for name in (who.id, who.delegation, who.speaker, str(who)):
                if name is not None:
                    found.setdefault(folded(name), {})[group] = who
        return found

    @cached_property
    def _clear(self) -> dict[str, str | None]:
        """Every name that `of` answers, and what it answers."""
        shared = {None, *self._groups.values()}
        single = {name: next(iter(found)) for name, found in self._spoken.items() if len(found) < 2}  # noqa: PLR2004  # one group, or several
        return {name: group for name, group in single.items() if group in shared} | self._groups

    def __contains__(self, name: str) -> bool:
        """Whether it is clear to which group a name belongs, or that it belongs to none."""
        return folded(name) in self._clear

    def of(self, name: str) -> str | None:
        """The group of that name, or that of the inscription of that name, or None if it has none.

        Args:
            name: A group, or the id, delegation or speaker of an inscription.

        Raises:
            UnknownName: If there is neither a group nor an inscription of that name, or the
                inscription's group has no share.
            AmbiguousName: If inscriptions of several groups bear it.
        """
        if name in self:
            return self._clear[folded(name)]
        found = self._spoken.get(folded(name))
        if found is None:
            raise UnknownName(_EITHER, name, self._known)
        if len(found) > 1:
            raise AmbiguousName(_SPEAKER, name, [who.id for who in found.values()])
        (group,) = found
        raise UnknownName(_GROUP, str(group), self._groups.values())

    @cached_property
    def _known(self) -> tuple[str, ...]:
        names = (name for who in self.speakers for name in (who.delegation, who.speaker) if name)
        return tuple(dict.fromkeys((*self._groups.values(), *names)))


def used(
    rows: Iterable[tuple[str, timedelta | str]],
    shares: Shares,
    speakers: Iterable[Inscription] = (),
) -> Tally:
    """How much time each group has used, from a log of who spoke how long.

    Args:
        rows: A group, or the id, delegation or speaker of an inscription, and a length.
        shares: The groups.
        speakers: The list of speakers, whose names stand for their groups.

    Raises:
        UnknownName: If a name is neither a group nor on the list.
        AmbiguousName: If a name is borne by inscriptions of several groups.
        InvalidValue: If a length is not readable.

    >>> from r2psched.shares import Shares
    >>> used([("A", "2 min"), ("a", "1 min")], Shares({"A": 3})).groups
    (('A', datetime.timedelta(seconds=180)),)
    """
    members = Membership(shares, tuple(speakers))
    return tallied("used", ((members.of(name), name, as_duration(length)) for name, length in rows))
