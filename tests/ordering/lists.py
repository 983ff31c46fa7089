"""Lists of speakers to be put in order: few of each kind, so that kinds meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from r2psched.blocks import from_epoch
from r2psched.ordering import (
    AfterEvery,
    Alphabetical,
    Alternate,
    ByLevel,
    Categories,
    FirstTime,
    GroupsFirst,
    InTurn,
    Lots,
    Received,
    arrange,
)
from r2psched.speakers import Inscription

if TYPE_CHECKING:
    from collections.abc import Iterable

    from r2psched.ordering import Rule

SEED = "8 September 2014, order of the dialogue"
SECONDS = 1_000_000

levels = st.sampled_from(["Head of State", "ministers", "Chair of the delegation", "Ambassador"])
regions = st.sampled_from(["Africa", "africa ", "Asia", "GRULAC"])
traits = st.fixed_dictionaries(
    {},
    optional={
        "regional group": regions,
        "first time": st.sampled_from(["yes", "no", "First"]),
        "gender": st.sampled_from(["women", "Men", "other"]),
    },
)


def inscriptions(most: int = 12) -> st.SearchStrategy[tuple[Inscription, ...]]:
    """Give lists in which no two have one id, and no place is settled."""
    fields = {
        "category": st.none() | (st.sampled_from(["observer", "Observer", "NGO", "State"])),
        "level": st.none() | levels,
        "on_behalf": st.none() | (st.just("Nordic countries")),
        "received": st.none() | (st.integers(0, 3).map(lambda n: from_epoch(n * SECONDS, "UTC"))),
        "traits": traits,
    }
    names = st.integers(0, 99).map(lambda n: f"Land {n}")
    return st.lists(
        st.builds(Inscription, names, **fields), max_size=most, unique_by=lambda each: each.id
    ).map(tuple)


RULES: tuple[Rule, ...] = (
    Received(),
    ByLevel(),
    ByLevel(["Ambassador", "Head of State"]),
    GroupsFirst(),
    Categories(["State", "observer"]),
    Alphabetical("fr"),
    Alphabetical(first="Land 50"),
    Lots(),
    InTurn(order=["Asia"]),
    InTurn("gender"),
    InTurn("category"),
    FirstTime(),
    AfterEvery("observer", 2),
    Alternate("gender", {"women": 1, "men": 1}),
    Alternate("regional group", {"Africa": 3, "Asia": 2, "GRULAC": 1}),
)
rules = st.lists(st.sampled_from(RULES), max_size=4).map(tuple)


def names(found: Iterable[Inscription]) -> list[str]:
    """Give the name of each inscription."""
    return [each.name for each in found]


def order(asked: Iterable[Inscription], *applied: Rule, seed: str = SEED) -> list[str]:
    """Give the names in the order that some rules put them in."""
    return names(arrange(tuple(asked), applied, seed=seed).inscriptions)


def reasons(asked: Iterable[Inscription], *applied: Rule, seed: str = SEED) -> list[str]:
    """Give the reason of every place, in order."""
    return [place.reason for place in arrange(tuple(asked), applied, seed=seed)]
