"""The differ: which messages bring everybody up to date."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from r2psched import Day, Inscription, Person, Programme, Session, SpeakerList
from r2psched.entries import Entry
from r2psched.inviting import (
    Answer,
    Message,
    Past,
    Recipient,
    Sent,
    Updates,
    Wanted,
    updates,
    wanted,
)

if TYPE_CHECKING:
    from r2psched.inviting.sent import State

SECOND = 1_000_000
MINUTE = 60 * SECOND
NOW = 1_400_000_000 * SECOND
TEN = 10 * MINUTE
A, B, C = (minutes * MINUTE for minutes in (0, 20, 40))
ONE, TWO = Recipient("Chile", "one@example.org"), Recipient("Chile", "two@example.org")
OTHER = Recipient("Fiji", "fiji@example.org")


def entry(start: int = A, words: str = "words", **changes: Any) -> Entry:  # noqa: ANN401  # as evolve takes them
    """Make an entry of three minutes."""
    made = Entry(
        "p.floor.speaker.chile@r2psched",
        "slot",
        start,
        start + 3 * MINUTE,
        "UTC",
        "Chile",
        words,
        session="floor",
        about="chile",
    )
    return attrs.evolve(made, **changes)


class Desk:
    """Whoever sends, with all that was sent."""

    def __init__(self) -> None:
        """Begin with nothing sent."""
        self.sent: list[Sent] = []
        self.answers: dict[tuple[str, str], Answer] = {}
        self.now = NOW

    @property
    def past(self) -> Past:
        """What was sent."""
        return Past.of([(each, True) for each in self.sent], self.answers)

    def compare(
        self, *due: tuple[Entry, Recipient], threshold: int = 0, only: Recipient | None = None
    ) -> Updates:
        """Compare with what is due."""
        return updates(
            [Wanted(*each) for each in due],
            self.past,
            when_us=self.now,
            threshold_us=threshold,
            within=None if only is None else lambda _, recipient: recipient == only,
        )

    def run(
        self,
        *due: tuple[Entry, Recipient],
        state: State = "sent",
        refused: tuple[Recipient, ...] = (),
        threshold: int = 0,
        only: Recipient | None = None,
    ) -> list[tuple[str, str, int, str]]:
        """Send what is due, an hour later, and tell it: to whom, what, SEQUENCE and why."""
        self.now += 60 * MINUTE
        told: list[tuple[str, str, int, str]] = []
        for message in self.compare(*due, threshold=threshold, only=only).messages:
            self.write(message, "refused" if message.recipient in refused else state)
            local = message.recipient.address.partition("@")[0]
            told.append((local, message.method, message.sequence, message.why))
        return told

    def write(self, message: Message, state: State) -> None:
        """Write down what became of a message."""
        number = message.number or len(self.sent) + 1
        made = Sent(
            number,
            message.method,
            message.entry,
            message.recipient,
            message.sequence,
            message.stamp_us,
            state,
        )
        self.sent[number - 1 : number] = [made]


@pytest.fixture
def desk() -> Desk:
    """Give a desk that has sent nothing."""
    return Desk()


def test_a_life(desk: Desk) -> None:
    """New, nothing, moved, words, gone, nothing, again: SEQUENCE rises with times alone."""
    assert desk.run((entry(), ONE)) == [("one", "REQUEST", 0, "new")]
    assert desk.run((entry(), ONE)) == []
    assert desk.run((entry(B), ONE)) == [("one", "REQUEST", 1, "moved")]
    assert desk.run((entry(B, "others"), ONE)) == [("one", "REQUEST", 1, "changed")]
    assert desk.run() == [("one", "CANCEL", 2, "gone")]
    assert desk.run() == []
    assert desk.run((entry(B, "others"), ONE)) == [("one", "REQUEST", 3, "again")]
    stamps = [each.stamp_us for each in desk.sent]
    assert stamps == sorted(set(stamps))


@pytest.mark.parametrize(
    ("changes", "sequence"),
    [
        ({"start_us": 60_000_000}, 1),
        ({"end_us": 600_000_000}, 1),
        ({"status": "tentative"}, 1),
        ({"location": "Room 1"}, 1),
        ({"summary": "x"}, 0),
        ({"description": "x"}, 0),
        ({"zone": "Europe/Zurich"}, 0),
        ({"alarms": (attrs.evolve(entry()).alarms)}, None),
        ({"free": True}, 0),
        ({"links": ("https://example.org/",)}, 0),
        ({"categories": ("dialogue",)}, 0),
    ],
)
def test_what_raises_the_sequence(
    desk: Desk, changes: dict[str, Any], sequence: int | None
) -> None:
    """Start, end, status and place do; words don't; what is the same is not sent."""
    desk.run((entry(), ONE))
    told = [each[2] for each in desk.run((entry(**changes), ONE))]
    assert told == ([] if sequence is None else [sequence])


def test_all_recipients_share_a_revision(desk: Desk) -> None:
    """Whoever comes later is brought to the SEQUENCE that others have."""
    desk.run((entry(), ONE))
    desk.run((entry(B), ONE))
    assert desk.run((entry(B), ONE), (entry(B), TWO)) == [("two", "REQUEST", 1, "new")]
    both = desk.run((entry(C), ONE), (entry(C), TWO))
    assert [each[2] for each in both] == [2, 2]


def test_the_threshold_counts_from_what_was_sent(desk: Desk) -> None:
    """Small shifts that add up are sent when their sum passes it, and so is one that equals it."""
    desk.run((entry(), ONE))
    assert desk.run((entry(4 * MINUTE), ONE), threshold=TEN) == []
    assert desk.run((entry(8 * MINUTE), ONE), threshold=TEN) == []
    (kept,) = desk.compare((entry(8 * MINUTE), ONE), threshold=TEN).kept
    assert kept.shift_us == 8 * MINUTE
    assert desk.run((entry(10 * MINUTE), ONE), threshold=TEN) == [("one", "REQUEST", 1, "moved")]
    assert desk.run((entry(MINUTE), ONE), threshold=TEN) == []
    assert desk.run((entry(0), ONE), threshold=TEN) == [("one", "REQUEST", 2, "moved")]


def test_below_the_threshold_only_steady_words_count(desk: Desk) -> None:
    """A place on the list that changed with others is not sent; a new limit or title is."""
    desk.run((entry(steady="a"), ONE))
    assert desk.run((entry(MINUTE, "place 2", steady="a"), ONE), threshold=TEN) == []
    others: list[dict[str, Any]] = [
        {"steady": "b"},
        {"location": "x"},
        {"status": "tentative"},
    ]
    for changes in others:
        fresh = Desk()
        fresh.run((entry(steady="a"), ONE))
        assert len(fresh.run((entry(**{"steady": "a"} | changes), ONE), threshold=TEN)) == 1


def test_nobody_knows_whether_it_arrived(desk: Desk) -> None:
    """It is repeated octet for octet; if it is no longer true, what is true has a new SEQUENCE."""
    desk.run((entry(), ONE), state="open")
    before = desk.sent[0]
    (again,) = desk.compare((entry(), ONE)).messages
    assert (again.number, again.sequence, again.stamp_us) == (1, 0, before.stamp_us)
    assert again.why == "repeated"
    assert desk.run((entry(B), ONE), state="open") == [("one", "REQUEST", 1, "moved")]
    assert desk.run((entry(), ONE)) == [("one", "REQUEST", 2, "moved")]
    assert desk.run(state="open") == [("one", "CANCEL", 3, "gone")]
    assert desk.run() == [("one", "CANCEL", 3, "repeated")]
    assert desk.run() == []


def test_a_withdrawal_that_may_have_arrived_is_followed_by_a_new_revision(desk: Desk) -> None:
    """Whoever is wanted again is invited above the withdrawal."""
    desk.run((entry(), ONE))
    desk.run(state="open")
    assert desk.run((entry(), ONE)) == [("one", "REQUEST", 2, "again")]


def test_what_was_refused_did_not_arrive(desk: Desk) -> None:
    """It is made anew with its SEQUENCE and a later DTSTAMP, or not at all if it isn't due."""
    desk.run((entry(), ONE))
    desk.run((entry(B), ONE), state="refused")
    assert desk.run((entry(), ONE)) == []
    assert desk.run((entry(B), ONE), state="refused") == [("one", "REQUEST", 1, "moved")]
    assert desk.run((entry(C), ONE)) == [("one", "REQUEST", 2, "moved")]
    assert desk.run(state="refused") == [("one", "CANCEL", 3, "gone")]
    assert desk.run((entry(C), ONE)) == []
    assert desk.run() == [("one", "CANCEL", 3, "gone")]
    stamps = [each.stamp_us for each in desk.sent]
    assert stamps == sorted(set(stamps))


def test_nobody_is_taken_off_what_never_arrived(desk: Desk) -> None:
    """A first invitation that was refused needs no withdrawal."""
    desk.run((entry(), ONE), state="refused")
    assert desk.run() == []


def test_a_clock_that_stands_still_or_goes_back(desk: Desk) -> None:
    """DTSTAMP rises all the same, by whole seconds."""
    desk.run((entry(), ONE))
    for words in ("b", "c", "d"):
        desk.now = NOW - 90 * MINUTE + 1
        desk.run((entry(A, words), ONE))
    stamps = [each.stamp_us for each in desk.sent]
    assert [late - early for early, late in pairwise(stamps)] == [SECOND] * 3
    assert {stamp % SECOND for stamp in stamps} == {0}


def test_a_restricted_run_leaves_others_alone(desk: Desk) -> None:
    """Nobody else is withdrawn, and what was told to one is the same revision for others later."""
    desk.run((entry(), ONE), (entry(), TWO))
    assert desk.run((entry(B), ONE), only=ONE) == [("one", "REQUEST", 1, "moved")]
    assert desk.run(only=ONE) == [("one", "CANCEL", 2, "gone")]
    assert desk.run((entry(B), TWO)) == [("two", "REQUEST", 3, "moved")]


def test_two_addresses_of_one_person_may_share_a_calendar(desk: Desk) -> None:
    """A withdrawal from one of them takes the entry out for both, so the other gets it again."""
    desk.run((entry(), ONE), (entry(), TWO))
    assert desk.run((entry(), TWO)) == [
        ("one", "CANCEL", 1, "gone"),
        ("two", "REQUEST", 2, "again"),
    ]
    assert desk.run((entry(), TWO)) == []


def test_a_withdrawal_that_is_refused_for_ever(desk: Desk) -> None:
    """It is tried again with its own SEQUENCE, below what the other address was sent since."""
    desk.run((entry(), ONE))
    told = desk.run((entry(), TWO), refused=(ONE,))
    assert told == [("one", "CANCEL", 1, "gone"), ("two", "REQUEST", 2, "new")]
    for _ in range(3):
        told = desk.run((entry(), TWO), refused=(ONE,))
        assert told == [("one", "CANCEL", 1, "gone")]
    assert desk.run((entry(), TWO)) == [("one", "CANCEL", 1, "gone")]
    assert desk.run((entry(), TWO)) == []


def test_new_words_for_one_address_while_the_other_is_withdrawn(desk: Desk) -> None:
    """Words alone stay above the withdrawal that a shared calendar has seen."""
    desk.run((entry(), ONE), (entry(), TWO))
    told = desk.run((entry(A, "new"), TWO))
    assert told == [("one", "CANCEL", 1, "gone"), ("two", "REQUEST", 2, "again")]


def test_a_withdrawal_from_another_person_changes_nothing(desk: Desk) -> None:
    """Others who have the same entry are sent nothing, and only words where words change."""
    day = entry(kind="day", about="", session="")
    desk.run((day, ONE), (day, OTHER))
    assert desk.run((day, OTHER)) == [("one", "CANCEL", 1, "gone")]
    new = attrs.evolve(day, description="new")
    assert desk.run((new, OTHER)) == [("fiji", "REQUEST", 0, "changed")]


def test_an_answer_holds_for_the_time_that_was_answered(desk: Desk) -> None:
    """It stays with new words and a repetition, and is asked for anew with a new time."""
    desk.run((entry(), ONE))
    desk.answers[desk.sent[0].key] = Answer("ACCEPTED", 0, NOW)
    (words,) = desk.compare((entry(A, "new"), ONE)).messages
    assert words.answer == "ACCEPTED"
    (moved,) = desk.compare((entry(B), ONE)).messages
    assert moved.answer == "NEEDS-ACTION"
    desk.run((entry(A, "new"), ONE), state="open")
    (repeated,) = desk.compare((entry(A, "new"), ONE)).messages
    assert (repeated.why, repeated.answer) == ("repeated", "ACCEPTED")


def test_a_stale_answer_counts_for_nothing(desk: Desk) -> None:
    """What was answered to an earlier SEQUENCE is asked for anew."""
    desk.run((entry(), ONE))
    desk.run((entry(B), ONE))
    desk.answers[desk.sent[0].key] = Answer("ACCEPTED", 0, NOW)
    (words,) = desk.compare((entry(B, "new"), ONE)).messages
    assert words.answer == "NEEDS-ACTION"


def test_a_declined_counter_is_no_withdrawal(desk: Desk) -> None:
    """Whoever proposed another time still has the entry, at its SEQUENCE."""
    desk.run((entry(), ONE))
    desk.write(Message("DECLINECOUNTER", entry(), ONE, 0, NOW + 90 * MINUTE), "sent")
    assert desk.run((entry(), ONE)) == []
    assert desk.run((entry(), ONE), (entry(), TWO)) == [("two", "REQUEST", 0, "new")]
    assert desk.run((entry(B), ONE), (entry(B), TWO))[0] == ("one", "REQUEST", 1, "moved")
    assert desk.run((entry(B), TWO))[0] == ("one", "CANCEL", 2, "gone")


def test_what_went_another_way_is_a_revision_and_nothing_sent() -> None:
    """What stands in a shared calendar makes no SEQUENCE stand for two times."""
    desk = Desk()
    desk.run((entry(), ONE))
    other = Past.of([(each, False) for each in desk.sent])
    assert not other.last
    (message,) = updates([Wanted(entry(B), ONE)], other, when_us=NOW).messages
    assert (message.sequence, message.why) == (1, "new")


def test_a_swap_is_two_messages() -> None:
    """Two speakers change places more than ten minutes apart: they are told, and nobody else."""
    names = [f"S{number}" for number in range(20)]
    desk = Desk()

    def due(order: list[str]) -> list[tuple[Entry, Recipient]]:
        who = [Inscription(name, email=f"{name}@example.org") for name in order]
        block = Day("2014-09-08", zone="UTC")("10:00-11:00")
        floor = Session("Floor", block, id="floor", speakers=SpeakerList(who, "3 min"))
        meeting = Programme("p", "P", [floor], organiser=Person("O", email="o@example.org"))
        return [(each.entry, each.recipient) for each in wanted(meeting, floor.running_order())]

    desk.run(*due(names))
    names[3], names[12] = names[12], names[3]
    told = desk.run(*due(names), threshold=10 * MINUTE)
    assert sorted(told) == [("S12", "REQUEST", 1, "moved"), ("S3", "REQUEST", 1, "moved")]


def test_who_gets_an_address_after_a_file_was_handed_over(desk: Desk) -> None:
    """The mail goes on from the file: nothing is taken back, then or later."""
    hand = Recipient("Chile")
    desk.run((entry(), hand))
    desk.run((entry(B), hand))
    assert desk.run((entry(B), ONE)) == [("one", "REQUEST", 1, "new")]
    assert desk.run((entry(C), ONE)) == [("one", "REQUEST", 2, "moved")]
    assert desk.run() == [("one", "CANCEL", 3, "gone")]
    assert desk.run() == []


def test_an_answer_holds_for_another_revision_of_the_same_time(desk: Desk) -> None:
    """Another room raises SEQUENCE, and who has accepted the time still has."""
    desk.run((entry(), ONE))
    span = entry().start_us, entry().end_us
    desk.answers[desk.sent[0].key] = Answer("ACCEPTED", 0, NOW, span)
    (elsewhere,) = desk.compare((entry(location="x"), ONE)).messages
    assert (elsewhere.sequence, elsewhere.answer) == (1, "ACCEPTED")
    desk.run((entry(location="x"), ONE))
    assert desk.past.answered(desk.sent[-1]) == "ACCEPTED"
    desk.run((entry(B), ONE))
    assert desk.past.answered(desk.sent[-1]) == "NEEDS-ACTION"
