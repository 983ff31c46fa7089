"""Rules on what rules of order go by: traits that nobody has, and groups that nobody is of."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from r2psched.checks.facts import limited
from r2psched.checks.rules import Said, lists_of, rule
from r2psched.errors import nearest, shown
from r2psched.speakers.traits import traits_of, unstated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from r2psched.programme import Programme
    from r2psched.sessions import Session
    from r2psched.speakers import SpeakerList

__all__: list[str] = []

_MOST_TOLD = 20
_MOST_COMPARED = 100
_CATEGORY = "category"


class _Named(NamedTuple):
    """A rule of order by its word, the trait that it goes by, and the values that it names."""

    word: str
    trait: str
    names: tuple[str, ...] = ()


def _named(session: Session) -> tuple[_Named, ...]:
    """Each rule of order that goes by a trait or by categories, once."""
    if session.procedure is None or not session.procedure.order:
        return ()
    from r2psched.ordering import (  # noqa: PLC0415  # only procedures need it
        AfterEvery,
        Alternate,
        Categories,
        InTurn,
    )

    found: list[_Named] = []
    for each in session.procedure.order:
        if isinstance(each, InTurn):
            found.append(_Named(each.word, each.trait, each.order))
        elif isinstance(each, Alternate):
            found.append(_Named(each.word, each.trait, tuple(name for name, _ in each.shares)))
        elif isinstance(each, Categories):
            found.append(_Named(each.word, _CATEGORY, each.names))
        elif isinstance(each, AfterEvery):
            found.append(_Named(each.word, _CATEGORY, (each.category,)))
    return tuple(dict.fromkeys(found))


class _Unmet(NamedTuple):
    """A name in a rule of order that no speaker has, and the near one that somebody has."""

    name: str
    near: str | None


def _unmet(programme: Programme) -> Iterator[tuple[str, Session, _Named, list[_Unmet]]]:
    """Each list with each rule of its order and the names in it that no speaker has."""
    for place, session, speakers in lists_of(programme):
        for each in _named(session) if len(speakers) else ():
            if each.names:
                yield place, session, each, _unmet_of(each, speakers)


def _unmet_of(rule_of: _Named, speakers: SpeakerList) -> list[_Unmet]:
    from r2psched.ordering.facts import fact, same  # noqa: PLC0415  # only procedures need it

    held: dict[str, str] = {}
    for value in (fact(who, rule_of.trait) for who in speakers):
        if value is not None:
            held.setdefault(same(value), value)
    if not held and rule_of.trait != _CATEGORY:
        return []
    named = set(map(same, rule_of.names))
    # To look for the nearest takes long, and whoever misspells twenty sees it in these.
    free = (key for key in held if key not in named)
    spare = {key: held[key] for key in islice(free, _MOST_COMPARED)}
    unmet = []
    for number, name in enumerate(name for name in rule_of.names if same(name) not in held):
        close = nearest(same(name), spare) if number < _MOST_TOLD else None
        unmet.append(_Unmet(name, None if close is None else spare[close]))
    return unmet


@rule("misspelt-group", "warning")
def _misspelt_group(programme: Programme) -> Iterator[Said]:
    """A rule of order names a group that no speaker has, but one is near that somebody has."""
    for place, session, each, unmet in _unmet(programme):
        known = limited(session)
        for name, near in unmet:
            # A category that nothing else knows is told where it is inscribed.
            if near is not None and (each.trait != _CATEGORY or near in known):
                yield Said(
                    f"{place}: speakers",
                    f"{each.word}: no speaker has the {_cut(each.trait)} {shown(name)}",
                    f"did you mean {shown(near)}?",
                )


@rule("unknown-group", "note")
def _unknown_group(programme: Programme) -> Iterator[Said]:
    """A rule of order names a group that no speaker has, and none is near."""
    for place, _, each, unmet in _unmet(programme):
        names = [shown(name) for name, near in unmet if near is None]
        if names:
            more = f" and {len(names) - _MOST_TOLD} more" if len(names) > _MOST_TOLD else ""
            told = ", ".join(names[:_MOST_TOLD])
            yield Said(
                f"{place}: speakers",
                f"{each.word}: no speaker has the {_cut(each.trait)} {told}{more}",
                "nothing to do if that is meant",
            )


def _cut(trait: str) -> str:
    from r2psched.ordering.base import cut  # noqa: PLC0415  # only procedures need it

    return cut(trait)


@rule("missing-trait", "warning")
def _missing_trait(programme: Programme) -> Iterator[Said]:
    """A rule of order goes by a trait that nobody has."""
    for place, session, speakers in lists_of(programme):
        for word, trait in _by_trait(session, speakers):
            lacks = unstated(speakers, trait)
            if lacks is not None:
                near = nearest(trait.casefold(), _spelt(speakers))
                meant = None if near is None else shown(_spelt(speakers)[near])
                yield Said(
                    f"{place}: speakers",
                    f"{word}: {lacks}",
                    f"did you mean {meant}?" if meant else 'state it, or correct trait = "…"',
                )


def _spelt(speakers: SpeakerList) -> dict[str, str]:
    """The traits that somebody has, by how they compare; as many as are soon looked through."""
    return {name.casefold(): name for name in traits_of(speakers)[:_MOST_COMPARED]}


def _by_trait(session: Session, speakers: SpeakerList) -> Iterator[tuple[str, str]]:
    """Each rule of order by its word and the trait without which it does nothing."""
    if session.procedure is None or not session.procedure.order:
        return
    from r2psched.ordering import FirstTime  # noqa: PLC0415  # only procedures need it
    from r2psched.ordering.facts import REGION, same  # noqa: PLC0415  # as above

    pairs = [
        (each.word, each.trait)
        for each in _named(session)
        if each.trait != _CATEGORY and same(each.trait) != REGION
    ]
    # That nobody speaks for the first time is no mistake, unless a trait is named nearly so.
    pairs += [
        (each.word, each.trait)
        for each in session.procedure.order
        if isinstance(each, FirstTime) and nearest(each.trait.casefold(), _spelt(speakers))
    ]
    yield from dict.fromkeys(pairs)
