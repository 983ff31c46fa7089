"""Rules on what inscriptions say that a procedure goes by: level, category, regional group."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from r2psched.checks.rules import Said, inscribed_at, lists_of, rule
from r2psched.errors import nearest, shown
from r2psched.speakers.changes import REPLY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from r2psched.ordering import Level
    from r2psched.programme import Programme
    from r2psched.sessions import Session
    from r2psched.speakers import Inscription, SpeakerList

__all__ = ["limited"]

_MOST_TOLD = 20


class _Kind(NamedTuple):
    """A kind of fact, and what is said of one that is unknown, and of several."""

    name: str
    one: str
    several: str
    meant: Callable[[str], str | None]


class _Unknown(NamedTuple):
    """An unknown word: who has it first, how many have it, and what may be meant."""

    word: str
    number: int
    who: Inscription
    speakers: int
    meant: str | None


def _unknown(
    inscriptions: Iterable[tuple[int, Inscription, str]], kind: _Kind
) -> tuple[_Unknown, ...]:
    """Give each unknown word once, as first met."""
    first: dict[str, tuple[int, Inscription]] = {}
    count: dict[str, int] = {}
    for at, who, word in inscriptions:
        first.setdefault(word, (at, who))
        count[word] = count.get(word, 0) + 1
    # To look for what is meant takes long; whoever misspells twenty sees it in these.
    return tuple(
        _Unknown(word, *found, count[word], kind.meant(word) if number < _MOST_TOLD else None)
        for number, (word, found) in enumerate(first.items())
    )


def _near_ones(place: str, unknown: Iterable[_Unknown], kind: _Kind) -> Iterator[Said]:
    """Tell each unknown word that is close to a known one by itself."""
    for each in unknown:
        if each.meant is not None:
            by = f", {each.speakers} speakers," if each.speakers > 1 else ""
            yield Said(
                inscribed_at(place, each.number, each.who),
                f"the {kind.name} {shown(each.word)}{by} {kind.one}",
                f"did you mean {shown(each.meant)}?",
            )


def _others(place: str, unknown: Iterable[_Unknown], kind: _Kind) -> Iterator[Said]:
    """Tell the unknown words that are close to no known one together."""
    others = [f"{shown(each.word)} ({each.speakers})" for each in unknown if each.meant is None]
    if others:
        more = f" and {len(others) - _MOST_TOLD} more" if len(others) > _MOST_TOLD else ""
        yield Said(
            f"{place}: speakers",
            f"{kind.several}: {', '.join(others[:_MOST_TOLD])}{more}",
            "nothing to do if that is meant",
        )


def _same(word: str) -> str:
    return " ".join(word.split()).casefold()


@rule("unknown-level", "note")
def _unknown_level(programme: Programme) -> Iterator[Said]:
    """A speaker has a level that is not ranked, on a list that is ordered by level."""
    for place, session, speakers in lists_of(programme):
        for levels in _ranked(session):
            yield from _unknown_levels(place, speakers, levels)


def _ranked(session: Session) -> Iterator[tuple[Level, ...]]:
    if session.procedure is None:
        return
    from r2psched.ordering import ByLevel  # noqa: PLC0415  # only procedures need it

    for each in session.procedure.order:
        if isinstance(each, ByLevel):
            yield each.levels


def _unknown_levels(place: str, speakers: SpeakerList, levels: tuple[Level, ...]) -> Iterator[Said]:
    from r2psched.ordering import nearest_level, unknown_levels  # noqa: PLC0415  # as above

    unknown = set(unknown_levels(speakers, levels))
    found = [(at, who, who.level or "") for at, who in enumerate(speakers, 1)]
    kind = _Kind(
        "level",
        "is not ranked, and stands behind those that are",
        "levels that are not ranked and stand behind those that are",
        partial(nearest_level, levels=levels),
    )
    told = _unknown([each for each in found if each[2] in unknown], kind)
    yield from _near_ones(place, told, kind)
    yield from _others(place, told, kind)


@rule("misspelt-category", "warning")
def _misspelt_category(programme: Programme) -> Iterator[Said]:
    """A speaker has a category that limits and order do not name, but they name one near to it."""
    for place, _, unknown, kind in _unknown_categories(programme):
        yield from _near_ones(place, unknown, kind)


@rule("unknown-category", "note")
def _unknown_category(programme: Programme) -> Iterator[Said]:
    """A speaker has a category that limits and order do not name, though they name others."""
    for place, ruled, unknown, kind in _unknown_categories(programme):
        # Whoever writes limits beside the list knows its categories; a procedure has its own words.
        if ruled:
            yield from _others(place, unknown, kind)


def _unknown_categories(
    programme: Programme,
) -> Iterator[tuple[str, bool, tuple[_Unknown, ...], _Kind]]:
    """Each list with its unknown categories, and whether a procedure has words for them."""
    for place, session, speakers in lists_of(programme):
        limits, ordered = limited(session), _ordered(session)
        known = {_same(name): name for name in (*ordered, *limits)}
        if not known:
            continue
        found = [
            (at, who, who.category)
            for at, who in enumerate(speakers, 1)
            if who.category is not None
            and _same(who.category) not in known
            and who.category != REPLY
        ]
        has = "limit of {} own" if limits else "place in the order"
        kind = _Kind(
            "category",
            f"has no {has.format('its')}",
            f"categories that have no {has.format('their')}",
            partial(_near, known=known),
        )
        yield place, bool(ordered) or speakers.limits is None, _unknown(found, kind), kind


def _near(word: str, known: dict[str, str]) -> str | None:
    found = nearest(_same(word), known)
    return None if found is None else known[found]


def limited(session: Session) -> tuple[str, ...]:
    """The categories that have a limit of their own, at any time and under any step."""
    later = () if session.speakers is None else session.speakers.later_limits
    steps = () if session.procedure is None else session.procedure.when_too_long
    limits = [session.limits, *later, *(step.limits for step in steps)]
    return tuple(name for each in limits if each is not None for name, _ in each.categories)


def _ordered(session: Session) -> tuple[str, ...]:
    """The categories that have a place of their own in the order."""
    if session.procedure is None or not session.procedure.order:
        return ()
    from r2psched.ordering import AfterEvery, Categories  # noqa: PLC0415  # only procedures need it

    names: list[str] = []
    for each in session.procedure.order:
        if isinstance(each, Categories):
            names += each.names
        elif isinstance(each, AfterEvery):
            names.append(each.category)
    return tuple(names)


@rule("unknown-region", "note")
def _unknown_region(programme: Programme) -> Iterator[Said]:
    """The regional groups take turns, and a speaker is of none that is known."""
    for place, session, speakers in lists_of(programme):
        if not _by_region(session):
            continue
        from r2psched.ordering.facts import REGION, fact  # noqa: PLC0415  # only few need it

        without = [(at, who) for at, who in enumerate(speakers, 1) if fact(who, REGION) is None]
        if without:
            more = f", nor have {len(without) - 1} more" if len(without) > 1 else ""
            yield Said(
                inscribed_at(place, *without[0]),
                f"has no regional group that is known{more}: it has its turn behind all groups",
                f'state it: traits = {{ "{REGION}" = "…" }}',
            )


def _by_region(session: Session) -> bool:
    if session.procedure is None or not session.procedure.order:
        return False
    from r2psched.ordering import Alternate, InTurn  # noqa: PLC0415  # only procedures need it
    from r2psched.ordering.facts import REGION  # noqa: PLC0415  # as above

    return any(
        isinstance(each, (InTurn, Alternate)) and _same(each.trait) == REGION
        for each in session.procedure.order
    )
