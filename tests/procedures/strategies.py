"""Hypothesis strategies for procedures: any at all, and small ones that are soon applied."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from r2psched.house import House
from r2psched.ordering import (
    AfterEvery,
    Alphabetical,
    Alternate,
    ByLevel,
    Categories,
    FirstTime,
    GroupsFirst,
    InTurn,
    Level,
    Lots,
    Received,
    Rule,
)
from r2psched.procedures import Pooling, Procedure, Source, Step, Yielding
from r2psched.speakers import Inscription, SpeakerList, SpeakingLimits
from tests.seating import small
from tests.strategies import (
    anything,
    categories_of_time,
    durations,
    headings,
    ids,
    limits_of_time,
    links,
    maybe,
    reserves,
    tuples,
)
from tests.strategies import limits as any_limits

numbers = st.integers(1, 10**6)
named = st.lists(
    anything.map(str.strip), min_size=1, max_size=3, unique_by=lambda name: name.casefold()
)
levels = st.lists(
    st.builds(
        Level,
        st.sampled_from(["Minister", "Ambassador", "Mayor"]),
        st.just(()),
        maybe(anything),
    ),
    min_size=1,
    unique_by=lambda level: level.name,
)


def rules() -> st.SearchStrategy[Rule]:
    """Give every rule of order with any of its options."""
    return st.one_of(
        st.builds(Received),
        st.just(ByLevel()),
        st.builds(ByLevel, levels),
        st.just(ByLevel([Level("Minister", ["Secretary", "Cabinet minister"], "ministers")])),
        st.builds(GroupsFirst),
        st.builds(Categories, named),
        st.builds(FirstTime, anything),
        st.builds(Lots),
        st.builds(Alphabetical, st.sampled_from(["en", "fr"]), maybe(st.just("lot") | anything)),
        st.builds(InTurn),
        st.builds(InTurn, anything, named),
        st.builds(AfterEvery, anything, numbers),
        st.builds(
            Alternate,
            anything,
            named.flatmap(lambda names: st.fixed_dictionaries(dict.fromkeys(names, numbers))),
        ),
    )


def _limits(
    length: st.SearchStrategy[timedelta],
    categories: st.SearchStrategy[dict[str, timedelta]],
) -> st.SearchStrategy[SpeakingLimits]:
    return st.builds(
        SpeakingLimits, length, on_behalf=maybe(length), categories=categories
    ) | st.builds(SpeakingLimits, length, for_all=st.sampled_from([True]))


def steps(
    limits: st.SearchStrategy[SpeakingLimits], drawn: st.SearchStrategy[int]
) -> st.SearchStrategy[list[Step]]:
    """Give up to four steps, the cut line at the end if at all."""
    word = st.sampled_from(["limits", "equal", "draw"])
    one = word.flatmap(
        lambda word: st.builds(
            Step,
            st.just(word),
            limits={"limits": limits, "equal": st.none(), "draw": maybe(limits)}[word],
            number=drawn if word == "draw" else st.none(),
        )
    )
    cut = st.sampled_from([[], [Step("cut")]])
    return st.builds(lambda some, last: some + last, st.lists(one, max_size=3), cut)


@st.composite
def procedures(draw: st.DrawFn) -> Procedure:
    """Give procedures with any of their fields, and hostile texts."""
    tried = draw(steps(_limits(limits_of_time, categories_of_time), numbers))
    first = draw(maybe(any_limits))
    return Procedure(
        draw(ids),
        draw(headings),
        body=draw(maybe(anything)),
        notes=draw(tuples(anything)),
        limits=first,
        order=draw(tuples(rules())),
        when_too_long=tried,
        lowest_limit=draw(lowest(tried, first)),
        reserves=draw(tuples(reserves())),
        floor_time=draw(maybe(limits_of_time)),
        list_open_for=draw(maybe(limits_of_time)),
        list_closes=draw(maybe(durations())),
        swaps=draw(maybe(st.booleans())),
        absent=draw(maybe(st.just("end-of-category"))),
        replies=draw(maybe(st.just("end-of-day"))),
        yielding=draw(maybe(st.builds(Yielding, numbers, limits_of_time))),
        pooling=draw(maybe(st.builds(Pooling, numbers, limits_of_time))),
        house=draw(st.builds(House, maybe(limits_of_time), maybe(limits_of_time))),
        sources=draw(tuples(sources)),
    )


def lowest(
    tried: list[Step], first: SpeakingLimits | None = None
) -> st.SearchStrategy[timedelta | None]:
    """Give a lowest limit that neither the first limits nor a step goes below, or None."""
    stated = [each for each in (first, *(step.limits for step in tried)) if each is not None]
    limits = [limit for each in stated for limit in each.kinds().values()]
    most = min(limits, default=timedelta(seconds=20))
    return maybe(st.integers(1, int(most.total_seconds())).map(lambda n: timedelta(seconds=n)))


covers = st.lists(
    st.sampled_from(["limit", "order", "when_too_long", "swaps"]), min_size=1, max_size=3
)
sources = st.builds(Source, covers, headings, maybe(links), maybe(anything))

SMALL_RULES: tuple[Rule, ...] = (
    ByLevel(),
    GroupsFirst(),
    Categories(["NGO", "observer"]),
    AfterEvery("observer", 2),
    Lots(),
)
small_limits = _limits(
    small.limits, st.dictionaries(st.sampled_from(["observer", "NGO"]), small.limits)
)


@st.composite
def small_procedures(draw: st.DrawFn) -> Procedure:
    """Give procedures whose limits are seconds."""
    tried = draw(steps(small_limits, st.integers(1, 8)))
    first = draw(maybe(small_limits))
    return Procedure(
        limits=first,
        order=draw(tuples(st.sampled_from(SMALL_RULES), 2)),
        when_too_long=tried,
        lowest_limit=draw(lowest(tried, first)),
    )


@st.composite
def small_lists(draw: st.DrawFn, *, settled: bool = True) -> SpeakerList:
    """Give lists of up to 15 with a seed, some of them with settled places."""
    inscribed = [
        Inscription(
            f"Speaker {n}",
            category=draw(st.sampled_from([None, None, "observer", "NGO", "other"])),
            on_behalf=draw(st.sampled_from([None, None, None, "Group"])),
            level=draw(st.sampled_from([None, None, "Minister"])),
            limit=draw(st.none() | st.none() | small.limits),
            place=place,
        )
        for n, place in enumerate(draw(_places(settled=settled)))
    ]
    limits = draw(maybe(small_limits))
    return SpeakerList(inscribed, limits, seed=draw(st.sampled_from(["Monday", "Tuesday"])))


@st.composite
def _places(draw: st.DrawFn, *, settled: bool) -> list[int | None]:
    count = draw(st.integers(0, 15))
    if not settled or draw(st.integers(0, 3)):
        return [None] * count
    places = draw(st.permutations(range(1, count + 1)))
    return [place if draw(st.integers(0, 3)) else None for place in places]
