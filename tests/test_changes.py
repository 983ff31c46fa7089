"""Changes of a list: each gives a new one, settled where it changes the order."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from r2psched import rulings
from r2psched.blocks import Day, TimeBlock
from r2psched.errors import AmbiguousName, InvalidValue, Refused, UnknownName
from r2psched.ordering import Alphabetical, ByLevel, Lots
from r2psched.procedures import Pooling, Procedure, Yielding
from r2psched.sessions import Session
from r2psched.speakers import Inscription, Registration, SpeakerList, SpeakingLimits

if TYPE_CHECKING:
    from collections.abc import Callable

MINUTE = timedelta(minutes=1)
DAY = Day("2014-09-04", zone="America/New_York")
FOUR = SpeakerList(["Chile", "Denmark", "Fiji", "Ghana"], "3 min")
LETTERS = "ABCDEFGHIJKLMNOPQRST"


def names(speakers: SpeakerList) -> str:
    """Write the first letters of a list in order."""
    return "".join(who.name[0] for who in speakers)


def places(speakers: SpeakerList) -> list[int | None]:
    """Give the places of a list in order."""
    return [who.place for who in speakers]


def refused(change: Callable[[], object]) -> tuple[str, str]:
    """Make a change that a rule forbids, and give the rule and what it says."""
    with pytest.raises(Refused) as caught:
        change()
    return caught.value.rule, str(caught.value)


def test_settle() -> None:
    """Places that are settled come first in their order, and everybody gets one from 1."""
    listed = SpeakerList(["Chile", Inscription("Denmark", place=9), Inscription("Fiji", place=4)])
    settled = listed.settle()
    assert (names(settled), places(settled)) == ("FDC", [1, 2, 3])
    assert settled.settle() == settled
    assert places(listed) == [None, 9, 4]


@pytest.mark.parametrize(
    ("change", "order"),
    [
        (lambda four: four.swap("Chile", "ghana"), "GDFC"),
        (lambda four: four.move("Ghana", 1), "GCDF"),
        (lambda four: four.move("chile", 3), "DFCG"),
        (lambda four: four.absent("Denmark"), "CFGD"),
        (lambda four: four.yield_time("Chile", "Fiji"), "DFG"),
        (lambda four: four.pool(["Ghana", "Denmark"], "Friends"), "CDF"),
    ],
)
def test_order(change: Callable[[SpeakerList], SpeakerList], order: str) -> None:
    """Whatever changes the order leaves a settled list, and the old one as it was."""
    changed = change(FOUR)
    assert names(changed) == order
    assert places(changed) == list(range(1, len(order) + 1))
    assert (names(FOUR), places(FOUR)) == ("CDFG", [None] * 4)
    assert changed.limits == FOUR.limits


def test_swap_twice() -> None:
    """Who swaps twice has the place of before; nobody swaps alone."""
    back = FOUR.swap("Chile", "Fiji").swap("Fiji", "Chile")
    assert (names(back), places(back)) == ("CDFG", [1, 2, 3, 4])
    with pytest.raises(InvalidValue, match='"Chile" and "chile" are the same'):
        FOUR.swap("Chile", "chile")


def why(session: Session, speakers: SpeakerList) -> dict[str, str]:
    """Give the reason of every place on a list of a session, by the name of the speaker."""
    changed = attrs.evolve(session, speakers=speakers)
    return {place.inscription.name: place.reason for place in changed.arrangement()}


@pytest.mark.parametrize(
    ("change", "name", "told"),
    [
        (rulings.in_order, "Fiji", "received 3rd"),
        (
            lambda debate: rulings.swap(debate, "Chile", "Ghana"),
            "Chile",
            "received 1st; swapped with Ghana",
        ),
        (lambda debate: rulings.swap(debate, "Chile", "Ghana"), "Denmark", "received 2nd"),
        (
            lambda debate: rulings.move(debate, "Ghana", 1),
            "Ghana",
            "received 4th; moved from 4 to 1",
        ),
        (lambda debate: rulings.move(debate, "Ghana", 1), "Chile", "received 1st"),
        (lambda debate: rulings.move(debate, "Ghana", 4), "Ghana", "received 4th"),
        (
            lambda debate: rulings.absent(debate, "Chile"),
            "Chile",
            "received 1st; absent when called",
        ),
        (
            lambda debate: rulings.yield_time(debate, ["Chile", "Denmark"], "Ghana"),
            "Ghana",
            "received 4th; time yielded by Chile and Denmark",
        ),
        (
            lambda debate: rulings.pool(debate, ["Ghana", "Chile"], "Us", speaker="Ghana"),
            "Ghana",
            "received 1st; pooled from Ghana and Chile",
        ),
        (
            lambda debate: rulings.reply(debate, "Haiti", "2014-09-04"),
            "Haiti",
            "right of reply at the end of 2014-09-04",
        ),
        (lambda debate: rulings.reply(debate, "Haiti", "2014-09-04"), "Fiji", "received 3rd"),
        (
            lambda debate: debate.settled().swap("Chile", "Fiji").move("Fiji", 2).absent("Fiji"),
            "Fiji",
            "received 3rd; swapped with Chile; moved from 1 to 2; absent when called",
        ),
        (
            lambda debate: rulings.in_order(debate).inscribe("Haiti"),
            "Haiti",
            "received 1st; inscribed after the list was settled",
        ),
        (lambda debate: debate.speakers.move("Ghana", 1), "Chile", "settled as number 2"),
        (
            lambda debate: debate.speakers.move("Ghana", 1),
            "Ghana",
            "settled as number 4; moved from 4 to 1",
        ),
    ],
    ids=range(15),
)
def test_why_a_place(change: Callable[[Session], SpeakerList], name: str, told: str) -> None:
    """The reason of a place outlasts every change, and what moved somebody stands behind it."""
    debate = session(FOUR)
    assert why(debate, change(debate))[name] == told


def test_why_a_place_drawn_by_lot() -> None:
    """Lots that were settled are still told as lots."""
    debate = session(attrs.evolve(FOUR, seed="8:15"), Procedure(order=Lots()))
    drawn = why(debate, debate.speakers or FOUR)
    assert why(debate, rulings.in_order(debate)) == drawn
    assert why(debate, rulings.move(debate, "Chile", 1)).items() >= {
        (name, reason) for name, reason in drawn.items() if name != "Chile"
    }


def test_pooled_time_is_not_yielded() -> None:
    """A common statement has the limit of its rule, whatever was yielded to who makes it."""
    listed = FOUR.yield_time("Chile", "Fiji").pool(["Fiji", "Ghana"], "Us", limit="4 min")
    assert dict(listed.inscriptions[1].traits) == {"pooled from": "fiji, ghana"}


@pytest.mark.parametrize("to", [0, 5, -1, True, 1.0])
def test_move_to_no_place(to: int) -> None:
    """A place that the list has not is refused with those that it has."""
    with pytest.raises(InvalidValue, match="expected a place from 1 to 4, got"):
        FOUR.move("Chile", to)


def test_names() -> None:
    """Speakers are named as for `position`."""
    listed = SpeakerList([Inscription("Chile", "Ms. X", id="one"), Inscription("Chile", "Mr. Y")])
    assert places(listed.move("mr. y", 1)) == [1, 2]
    assert listed.withdraw("one").inscriptions == listed.inscriptions[1:]
    with pytest.raises(AmbiguousName, match="several speakers are"):
        listed.withdraw("Chile")
    with pytest.raises(UnknownName, match='did you mean "Denmark"'):
        FOUR.absent("Danmark")


def test_withdraw_closes_the_gap() -> None:
    """On a settled list whoever stands behind moves up; one that is not settled stays so."""
    assert places(FOUR.settle().withdraw("Denmark")) == [1, 2, 3]
    assert places(FOUR.withdraw("Denmark")) == [None] * 3
    later = FOUR.settle().inscribe("Haiti").withdraw("Chile")
    assert places(later) == [1, 2, 3, None]


def test_inscribe() -> None:
    """A request is put behind all others, with the moment at which it came in."""
    listed = FOUR.inscribe(Inscription("Haiti", level="minister"), at=DAY.at("09:00"))
    assert names(listed) == "CDFGH"
    assert listed.inscriptions[-1].received == DAY.at("09:00")
    assert FOUR.inscribe("Haiti").inscriptions[-1] == Inscription("Haiti")


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (Inscription("denmark", "Ms. X", id="other"), "Denmark is already inscribed as number 2"),
        (Inscription("Dénmark"), "Denmark is already inscribed as number 2"),
    ],
)
def test_inscribed_already(second: Inscription, told: str) -> None:
    """A delegation speaks once for itself; the number it has is told."""
    assert refused(lambda: FOUR.inscribe(second)) == ("one inscription", told)
    moved = FOUR.move("Denmark", 4)
    assert refused(lambda: moved.inscribe(second))[1].endswith("as number 4")


def test_a_state_speaks_for_those_pooled() -> None:
    """Whoever is named as the speaker is known by any name of a State."""
    asked = Session("Debate", speakers=SpeakerList(["Chile", "Peru"], limits="3 min"))
    [pooled] = rulings.pool(asked, ["Chile", "Peru"], "Andes", speaker="Pérou")
    assert (pooled.delegation, pooled.on_behalf) == ("Peru", "Andes")
    [beside] = rulings.pool(asked, ["Chile", "Peru"], "Andes", speaker="Ann")
    assert (beside.delegation, beside.speaker) == (None, "Ann")


def test_namesakes() -> None:
    """Two speakers of one body, and two people of one name who have ids, are two requests."""
    union = SpeakerList([Inscription("Union", "Ana Ruiz"), Inscription(speaker="John Smith")])
    listed = union.inscribe(Inscription("Union", "Ben Ode", id="union-2"))
    listed = listed.inscribe(Inscription(speaker="John Smith", id="john-2"))
    assert [who.id for who in listed] == ["union", "john-smith", "union-2", "john-2"]
    again = Inscription("Union", "ana ruiz", id="union-3")
    for second in (again, Inscription("Union", id="u"), Inscription(speaker="john smith")):
        assert refused(partial(listed.inscribe, second))[0] == "one inscription"


def test_inscribed_for_others() -> None:
    """A delegation may speak for itself, for groups, and in reply."""
    listed = FOUR.inscribe(Inscription("Denmark", on_behalf="Nordic countries"))
    listed = listed.inscribe(Inscription("Denmark", category="right of reply", id="denmark-reply"))
    assert len(listed) == 6
    again = Inscription("Denmark", on_behalf="Nordic countries")
    assert refused(lambda: listed.inscribe(again)) == (
        "one inscription",
        "Denmark (on behalf of Nordic countries) is already inscribed as number 5",
    )
    first = SpeakerList([Inscription("Fiji", category="right of reply", id="fiji-reply")])
    assert len(first.inscribe("Fiji")) == 2


def test_closed() -> None:
    """After it has closed a list takes no request without a reason, and says since when.

    Source: the letter of 2015 on the dialogue: the list closes at 1 p.m. on 4 September.
    """
    until = Registration(opens=DAY.at("2014-08-01 09:00"), closes=DAY.at("13:00"))
    listed = attrs.evolve(FOUR, registration=until)
    told = "the list is closed since 13:00 on 4 September 2014: give a reason to accept the request"
    late = DAY.at("13:00:01")
    assert refused(lambda: listed.inscribe("Haiti", at=late)) == ("closing", told)
    assert listed.inscribe("Haiti", at=late, late="asked before").inscriptions[-1].late
    assert len(listed.inscribe(Inscription("Haiti", late="x", received=late))) == 5
    assert len(listed.inscribe("Haiti", at=DAY.at("13:00"))) == 5
    assert len(listed.inscribe(Inscription("Haiti", received=DAY.at("12:00")), at=late)) == 5
    early = DAY.at("2014-07-01 09:00")
    assert refused(lambda: listed.inscribe("Haiti", at=early, late="x")) == (
        "opening",
        "the list is not open before 09:00 on 1 August 2014",
    )


def test_close_and_reopen() -> None:
    """A list is closed and opened by moments; what is not so is refused."""
    closed = FOUR.close(DAY.at("13:00"))
    assert closed.registration == Registration(closes=DAY.at("13:00"))
    assert refused(lambda: closed.close(DAY.at("14:00"))) == (
        "closing",
        "the list is closed since 13:00 on 4 September 2014",
    )
    earlier = closed.close(DAY.at("12:00"))
    assert earlier.registration == Registration(closes=DAY.at("12:00"))
    assert closed.reopen().registration == Registration()
    assert closed.reopen(DAY.at("15:00")) == FOUR.close(DAY.at("15:00"))
    assert refused(FOUR.reopen) == ("closing", "the list is not closed")
    opening = attrs.evolve(FOUR, registration=Registration(opens=DAY.at("13:00")))
    with pytest.raises(InvalidValue, match="does not open before 13:00 on 4 September 2014"):
        opening.close(DAY.at("13:00"))


def test_absent() -> None:
    """Who is absent goes behind all of the same category. Source: UNFCCC, high-level segment."""
    kinds = {"A": "x", "B": "y", "C": "x", "D": "y", "E": None, "F": "x"}
    listed = SpeakerList([Inscription(name, category=kind) for name, kind in kinds.items()])
    assert names(listed.absent("A")) == "BCDEFA"
    assert names(listed.absent("B")) == "ACDBEF"
    assert names(listed.absent("E")) == "ABCDEF"


def test_yield_of_three() -> None:
    """Three named persons may yield to one, who has ten minutes at most. Source: Lakewood."""
    rule = {"most": 3, "longest": "10 min"}
    hearing = SpeakerList(list("ABCDE"), "3 min")
    two = hearing.yield_time(["A", "B"], "D", **rule)  # type: ignore[arg-type]  # mypy takes all values for each
    dora = two.inscriptions[1]
    assert (names(two), dora.limit, dora.trait("yielded by")) == ("CDE", 9 * MINUTE, "a, b")
    three = two.yield_time("C", "D", **rule)  # type: ignore[arg-type]  # mypy takes all values for each
    assert (names(three), three.inscriptions[0].limit) == ("DE", 10 * MINUTE)
    assert refused(lambda: three.yield_time("E", "D", **rule)) == (  # type: ignore[arg-type]  # mypy takes all values for each
        "yielding",
        "at most 3 may yield their time to one, and it would be 4",
    )
    assert refused(lambda: three.yield_time("D", "E", **rule))[1].endswith("would be 4")  # type: ignore[arg-type]  # mypy takes all values for each


def test_yield_sums_limits() -> None:
    """What is yielded is the limit of each, and nobody is shortened by it."""
    limits = SpeakingLimits("2 min", categories={"expert": "12 min"})
    listed = SpeakerList(
        [Inscription("A", limit="1 min"), Inscription("B", category="expert"), "C"], limits
    )
    assert listed.yield_time(["A", "B"], "C").inscriptions[0].limit == 15 * MINUTE
    assert listed.yield_time(["A"], "B", longest="10 min").inscriptions[0].limit == 12 * MINUTE
    assert listed.yield_time("B", "A", limits="4 min").inscriptions[0].limit == 5 * MINUTE


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda: FOUR.yield_time(["Chile"], "Chile"), "Chile cannot yield to itself"),
        (lambda: FOUR.yield_time([], "Chile"), "expected the names of speakers, got none"),
        (lambda: FOUR.yield_time(["Fiji", "fiji"], "Chile"), "Fiji is named twice"),
        (lambda: SpeakerList(["A", "B"]).yield_time("A", "B"), "no limit is stated"),
        (lambda: FOUR.pool(["Fiji", "Chile", "chile"], "X"), "Chile is named twice"),
        (lambda: FOUR.pool(["Fiji", "Chile"], " "), "expected a text that is not empty"),
    ],
)
def test_no_meaning(change: Callable[[], object], told: str) -> None:
    """What has no meaning is refused, and the remedy told."""
    with pytest.raises(InvalidValue, match=told):
        change()


def test_yield_under_one_limit_for_all() -> None:
    """Where one limit holds for all, nobody can have more."""
    limits = SpeakingLimits("2 min", for_all=True)
    assert refused(lambda: FOUR.yield_time("Chile", "Fiji", limits=limits)) == (
        "one limit for all",
        "the limit of 2 min holds for all, so nobody can have more",
    )


def test_pool() -> None:
    """A common statement has its own limit, at the place of the first."""
    hearing = SpeakerList(list(LETTERS), "3 min")
    ten = list("LBCDEFGHIJ")
    pooled = hearing.pool(ten, "Neighbours", limit="6 min", least=10)
    one = pooled.inscriptions[1]
    assert names(pooled) == "ABKMNOPQRST"
    assert (str(one), one.limit) == ("B (on behalf of Neighbours)", 6 * MINUTE)
    assert refused(lambda: hearing.pool(ten[1:], "Neighbours", least=10)) == (
        "pooling",
        "a common statement is made by 10 or more, got 9",
    )
    assert refused(lambda: hearing.pool(["A"], "X"))[1].endswith("by 2 or more, got 1")


def test_spokesperson() -> None:
    """Who speaks for several is the first of them, or one who is named, or somebody else."""
    listed = SpeakerList(
        [
            Inscription("A", category="x", email="a@example.org", id="one"),
            Inscription("B", "Ms. B", category="x", limit="9 min"),
            "C",
        ]
    )
    first = listed.pool(["B", "A"], "X").inscriptions[0]
    assert (str(first), first.id, first.emails) == (
        "A (on behalf of X)",
        "a-for-x",
        ("a@example.org",),
    )
    second = listed.pool(["A", "B"], "X", speaker="Ms. B").inscriptions[0]
    assert (str(second), second.limit) == ("B (Ms. B) (on behalf of X)", None)
    other = listed.pool(["A", "B"], "X", speaker="Mr. Z").inscriptions[0]
    assert (str(other), other.category, other.emails) == ("Mr. Z (on behalf of X)", "x", ())
    assert listed.pool(["A", "C"], "X", speaker="Mr. Z").inscriptions[0].category is None
    twice = listed.inscribe(Inscription("A", on_behalf="X"))
    assert refused(lambda: twice.pool(["one", "B"], "X"))[0] == "one inscription"


class Changes(RuleBasedStateMachine):
    """Random changes of a list, held against a plain list of names."""

    @initialize(count=st.integers(1, 8))
    def start(self, count: int) -> None:
        """Inscribe some, in two categories."""
        self.model = list(LETTERS[:count])
        self.listed = SpeakerList(map(self.inscription, self.model), "3 min")
        self.unused = list(LETTERS[count:])

    def inscription(self, name: str) -> Inscription:
        """Give one of a name, whose category is told by it."""
        return Inscription(name, category=self.category(name))

    def category(self, name: str) -> str:
        """Give the category of a name."""
        return "odd" if LETTERS.index(name) % 2 else "even"

    def pick(self, data: st.DataObject, count: int = 1) -> list[str]:
        """Draw some of the names that are on the list."""
        return data.draw(
            st.lists(st.sampled_from(self.model), min_size=count, max_size=count, unique=True)
        )

    @precondition(lambda self: self.unused)
    @rule()
    def inscribe(self) -> None:
        """Put another behind."""
        name = self.unused.pop()
        self.listed = self.listed.inscribe(self.inscription(name))
        self.model.append(name)

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        """Take one off."""
        (name,) = self.pick(data)
        self.listed = self.listed.withdraw(name)
        self.model.remove(name)

    @precondition(lambda self: len(self.model) > 1)
    @rule(data=st.data())
    def swap(self, data: st.DataObject) -> None:
        """Swap two."""
        one, two = self.pick(data, 2)
        self.listed = self.listed.swap(one, two)
        change = {one: two, two: one}
        self.model = [change.get(name, name) for name in self.model]

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        """Move one."""
        (name,) = self.pick(data)
        to = data.draw(st.integers(1, len(self.model)))
        self.listed = self.listed.move(name, to)
        self.model.remove(name)
        self.model.insert(to - 1, name)

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def absent(self, data: st.DataObject) -> None:
        """Move one behind the category."""
        (name,) = self.pick(data)
        self.listed = self.listed.absent(name)
        alike = [each for each in self.model if self.category(each) == self.category(name)]
        if alike[-1] != name:
            self.model.remove(name)
            self.model.insert(self.model.index(alike[-1]) + 1, name)

    @precondition(lambda self: len(self.model) > 1)
    @rule(data=st.data())
    def yield_time(self, data: st.DataObject) -> None:
        """Let one yield to another."""
        giver, heir = self.pick(data, 2)
        whole = sum(map(self.limit, self.model), timedelta(0))
        self.listed = self.listed.yield_time(giver, heir)
        self.model.remove(giver)
        assert sum(map(self.limit, self.model), timedelta(0)) == whole

    def limit(self, name: str) -> timedelta:
        """Give the limit of a name that is on the list."""
        assert self.listed.limits is not None
        return self.listed.limits.of(self.listed.inscriptions[self.listed.position(name) - 1])

    @rule()
    def settle(self) -> None:
        """Give everybody a place."""
        self.listed = self.listed.settle()

    @invariant()
    def agrees(self) -> None:
        """The list has the order of the model, and its places are 1 to n without gaps."""
        assert [who.name for who in self.listed.settle()] == self.model
        settled = [place for place in places(self.listed) if place is not None]
        assert settled == list(range(1, len(settled) + 1))


TestChanges = Changes.TestCase
TestChanges.settings = settings(stateful_step_count=20)


def session(speakers: SpeakerList, procedure: Procedure | None = None) -> Session:
    """Give a session of two days of an hour each."""
    blocks = [DAY("10:00-11:00"), DAY("2014-09-05 10:00-11:00")]
    return Session("Debate", blocks, speakers=speakers, procedure=procedure)


def test_rules_of_a_procedure() -> None:
    """What the procedure states is asked under its name; what it does not, is not."""
    rules = Procedure(
        "council", yielding=Yielding(1, "4 min"), pooling=Pooling(3, "6 min"), swaps=False
    )
    debate = session(FOUR, rules)
    heir = rulings.yield_time(debate, ["Chile"], "Fiji").inscriptions[1]
    assert heir.limit == 4 * MINUTE
    assert refused(lambda: rulings.yield_time(debate, ["Chile", "Ghana"], "Fiji")) == (
        "yielding",
        "council: at most 1 may yield their time to one, and it would be 2",
    )
    assert refused(lambda: rulings.pool(debate, ["Chile", "Fiji"], "X")) == (
        "pooling",
        "council: a common statement is made by 3 or more, got 2",
    )
    pooled = rulings.pool(debate, ["Chile", "Fiji", "Ghana"], "X").inscriptions[0]
    assert pooled.limit == 6 * MINUTE
    assert refused(lambda: rulings.swap(debate, "Chile", "Fiji")) == (
        "swaps",
        "council: speakers may not swap places",
    )
    free = session(FOUR)
    assert names(rulings.swap(free, "Chile", "Fiji")) == "FDCG"
    assert len(rulings.yield_time(free, ["Chile", "Denmark", "Ghana"], "Fiji")) == 1
    assert refused(lambda: rulings.pool(free, ["Chile"], "X"))[1].startswith("a common")


def test_order_of_a_procedure() -> None:
    """Places are counted in the order that the rules give, and stay when one is changed."""
    listed = SpeakerList(["Peru", "Chile", "Fiji"], "3 min")
    debate = session(listed, Procedure("council", order=Alphabetical()))
    assert names(rulings.in_order(debate)) == "CFP"
    moved = rulings.move(debate, "Peru", 2)
    assert (names(moved), places(moved)) == ("CPF", [1, 2, 3])
    assert names(rulings.withdraw(debate, "Chile")) == "PF"
    assert refused(lambda: rulings.inscribe(debate, "peru"))[1].endswith("as number 3")


def test_absent_by_level() -> None:
    """Where the order is by level, who is absent stays within it. Source: UNFCCC."""
    levels = {"A": "Head of State", "B": "President of the Republic", "C": "Minister", "D": None}
    listed = SpeakerList(
        [Inscription(name, level=level) for name, level in levels.items()], "3 min"
    )
    assert names(rulings.absent(session(listed, Procedure(order=ByLevel())), "A")) == "BACD"
    assert names(rulings.absent(session(listed), "A")) == "BCDA"


def test_names_of_one_state() -> None:
    """Other names of a State count as the State; for a group it may speak again."""
    listed = SpeakerList(["Chile", "Türkiye"], "3 min")
    told = "Türkiye is already inscribed as number 2"
    assert refused(lambda: rulings.inscribe(session(listed), "TUR"))[1] == told
    group = Inscription("TUR", on_behalf="A group")
    assert len(rulings.inscribe(session(listed), group)) == 3
    assert len(rulings.inscribe(session(listed), "Turkmenistan")) == 3


def test_inscribe_before_lots_are_drawn() -> None:
    """A list whose lots are not drawn yet takes requests, and numbers are those of the list."""
    debate = session(SpeakerList(["Peru", "Chile"], "3 min"), Procedure(order=Lots()))
    assert names(rulings.inscribe(debate, "Fiji")) == "PCF"
    assert refused(lambda: rulings.inscribe(debate, "Chile"))[1].endswith("number 2")


def test_closing_of_a_procedure() -> None:
    """A list closes when its procedure says, which is not written into it.

    Source: the dialogues of the Human Rights Council, about 15 minutes after the start.
    """
    debate = session(FOUR, Procedure("hrc", list_closes="15 min"))
    assert rulings.inscribe(debate, "Haiti", at=DAY.at("10:15")).registration is None
    rule, told = refused(lambda: rulings.inscribe(debate, "Haiti", at=DAY.at("10:16")))
    assert (rule, told.partition(":")[0]) == ("closing", "the list is closed since 10")
    assert refused(lambda: rulings.close(debate, DAY.at("11:00")))[0] == "closing"
    assert rulings.close(debate, DAY.at("10:05")) == FOUR.close(DAY.at("10:05"))
    assert refused(lambda: rulings.reopen(debate)) == (
        "closing",
        "hrc: a list has an end: say until when it is open",
    )
    longer = attrs.evolve(debate, speakers=rulings.reopen(debate, DAY.at("11:00")))
    assert len(rulings.inscribe(longer, "Haiti", at=DAY.at("10:16"))) == 5
    assert rulings.reopen(session(FOUR.close(DAY.at("10:00")))).registration == Registration()


def test_no_list() -> None:
    """A session without a list has none to change."""
    with pytest.raises(InvalidValue, match='the session "Panel" has no list of speakers'):
        rulings.withdraw(Session("Panel"), "Chile")


def test_yield_where_no_limit_is_stated() -> None:
    """Without a limit there is no time to yield; the remedy is one of the list, not of the call."""
    told = 'no limit is stated that could be yielded: give the list one, such as limit = "3 min"'
    with pytest.raises(InvalidValue, match=f"^{told}$"):
        rulings.yield_time(Session("Panel", speakers=["Chile", "Peru"]), "Chile", "Pérou")


def heard(speakers: SpeakerList, debate: Session) -> dict[str, dt.date]:
    """Give the day on which each of a list is heard, by id."""
    order = attrs.evolve(debate, speakers=speakers).running_order()
    return {slot.inscription.id: slot.start.date() for slot in order}


def test_replies() -> None:
    """Rights of reply stand at the end of their day, one behind the other.

    Source: General Assembly decision 34/401.
    """
    first, second = dt.date(2014, 9, 4), dt.date(2014, 9, 5)
    debate = session(SpeakerList(list("ABCDEFGH"), "15 min"))
    listed = rulings.reply(debate, Inscription("X"), first)
    assert names(listed) == "ABCXDEFGH"
    debate = attrs.evolve(debate, speakers=listed)
    listed = rulings.reply(debate, "Y", "2014-09-04")
    assert names(listed) == "ABXYCDEFGH"
    assert [who.category for who in listed][2:4] == ["right of reply"] * 2
    assert places(listed) == list(range(1, 11))
    debate = attrs.evolve(debate, speakers=rulings.reply(debate, "Z", second))
    assert names(debate.speakers or listed) == "ABCXDEFZGH"
    # What is pushed to the second day must leave its reply there.
    listed = rulings.reply(debate, "Y", first)
    assert names(listed) == "ABXYCDEZFGH"
    days = heard(listed, debate)
    assert [days[name] for name in ("x-reply", "y-reply", "z-reply")] == [first, first, second]


def test_replies_of_one_delegation() -> None:
    """One that is on the list may reply, and twice; each has an id of its own."""
    debate = session(FOUR)
    for _ in range(2):
        listed = rulings.reply(debate, Inscription("Chile", limit="2 min"), "2014-09-04")
        debate = attrs.evolve(debate, speakers=listed)
    assert [who.id for who in debate.speakers or ()] == [
        "chile", "denmark", "fiji", "ghana", "chile-reply", "chile-reply-2",
    ]  # fmt: skip
    named = rulings.reply(debate, Inscription("Chile", id="third"), "2014-09-04")
    assert "third" in named


@pytest.mark.parametrize(
    ("day", "limit", "kind", "told"),
    [
        ("2014-09-05", "1 min", Refused, "no further right of reply can be heard on 2014-09-05"),
        ("2014-09-04", "2 h", Refused, "no further right of reply can be heard on 2014-09-04"),
        ("2014-09-06", "1 min", InvalidValue, 'the session "Debate" is not held on 2014-09-06'),
        ("tomorrow", "1 min", InvalidValue, "expected a date"),
    ],
)
def test_no_place_for_a_reply(day: str, limit: str, kind: type[Exception], told: str) -> None:
    """A reply that cannot be heard on its day is refused."""
    with pytest.raises(kind, match=told):
        rulings.reply(session(FOUR), Inscription("Chile", limit=limit), day)


@given(
    st.lists(st.integers(1, 40), max_size=8),
    st.integers(1, 40),
    st.integers(0, 1),
    st.lists(st.integers(10, 60), min_size=4, max_size=4),
)
def test_latest_place(lengths: list[int], length: int, day: int, blocks: list[int]) -> None:
    """A reply has the latest place at which it is heard on its day, and none only if none is."""
    listed = SpeakerList(
        [Inscription(LETTERS[at], limit=f"{each} min") for at, each in enumerate(lengths)], "1 min"
    )
    days = [Day(f"2014-09-0{number}", zone="UTC") for number in (4, 5)]
    times = [("10:00", 0), ("12:00", 0), ("10:00", 1), ("12:00", 1)]
    spans = [
        TimeBlock(start := days[at].at(clock), start.add(minutes=each))
        for (clock, at), each in zip(times, blocks, strict=True)
    ]
    debate = Session("Debate", spans, speakers=listed)
    new = Inscription("Z", category="right of reply", limit=f"{length} min", id="z")
    wanted = days[day].date
    fits = [
        at
        for at in range(len(lengths) + 1)
        if heard(
            SpeakerList([*listed.inscriptions[:at], new, *listed.inscriptions[at:]], "1 min"),
            debate,
        ).get("z")
        == wanted
    ]
    try:
        found = rulings.reply(debate, new, str(wanted))
    except Refused:
        assert not fits
    else:
        assert found.position("z") == fits[-1] + 1
        assert [who.name for who in found if who.id != "z"] == [who.name for who in listed]
