"""Random lives of a meeting: after each whole run every calendar shows what the programme says."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from r2psched import Day, Inscription, Person, Programme, Session, SpeakerList
from r2psched.delivery.ledger import Ledger
from r2psched.delivery.receipts import Receipt
from r2psched.delivery.sending import send
from r2psched.ical import Letters
from r2psched.inviting import updates, wanted
from r2psched.programme import Invitations
from r2psched.speakers import Registration
from tests.inviting.client import READERS, Client, Shown, Told
from tests.inviting.oracle import near, should

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from r2psched.entries import Entry
    from r2psched.inviting import Message, Past, Recipient, Updates, Wanted
    from r2psched.seating import Slot

OFFICE = Person("Office", email="office@example.org")
DAYS = [Day(date, zone="America/New_York") for date in ("2014-11-01", "2014-11-02")]
BLOCKS = {
    "as planned": [DAYS[0]("10:00-10:30"), DAYS[1]("15:00-16:00")],
    "ten minutes later": [DAYS[0]("10:10-10:40"), DAYS[1]("15:00-16:00")],
    "a little later": [DAYS[0]("10:04-10:34"), DAYS[1]("15:00-16:00")],
    "by night": [DAYS[0]("22:30-3:00+1"), DAYS[1]("15:00-16:00")],
    "on one day": [DAYS[1]("9:00-10:30")],
}
PANEL = {
    "early": DAYS[0]("9:00-9:50"),
    "later": DAYS[0]("9:20-9:50"),
    "by night": DAYS[1]("0:50-2:10"),
}
SHARED = ("twin.one@example.org", "twin.two@example.org")
ADDRESSES = ("mission@example.org", "o'brien@example.org", *SHARED)
NAMES = ("Chile", "Denmark", "Fiji", '日本; C:\\New, "x"')
TEN_MINUTES = 600_000_000
SECOND, MINUTE = 1_000_000, 60_000_000
BEGIN = 1_412_000_000 * SECOND

OUTCOMES = (
    "sent",
    "refused",
    "lost, nobody knows",
    "arrived, nobody knows",
    "crash before it goes out",
    "arrived, then a crash",
)

addresses = st.sampled_from(
    [(), ADDRESSES[:1], ADDRESSES[:2], ADDRESSES[1:3], SHARED, SHARED[:1], SHARED[1:]]
)
people = st.sampled_from(
    [
        (),
        ("A. Chair", ("chair@example.org",)),
        ("A. Chair", ("chair@example.org", "mission@example.org")),
        ("P. One", SHARED),
        ("P. One", SHARED[:1]),
        ("P. Two", ()),
    ]
)


class QuickLedger(Ledger):
    """A ledger that does not wait for the disk: what ends here is the process, not the power."""

    def __init__(self, path: Path, programme: str) -> None:
        super().__init__(path, programme)
        self._rows.execute("PRAGMA synchronous = OFF")


class Crash(BaseException):
    """The process ends."""


class Mail(NamedTuple):
    """A message under way."""

    key: str
    data: bytes


def box_of(key: str) -> str:
    """Give the calendar in which what is sent to a recipient ends."""
    return "twins" if key in SHARED else key


class Lives(RuleBasedStateMachine):
    """A secretariat, its ledger, the mail, and everybody's calendar."""

    reader = "icalendar"

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "sent.sqlite")
        self.programme: dict[str, Any] = {"id": "lives", "title": "Lives", "organiser": OFFICE}
        self.floor: dict[str, Any] = {"title": "Floor", "blocks": BLOCKS["as planned"]}
        self.panel: dict[str, Any] = {"title": "Panel", "blocks": PANEL["early"]}
        self.inscribed: list[Inscription] = []
        self.limit, self.window = "3 min", 0
        self.before: tuple[Any, ...] = ()
        self.clock = BEGIN
        self.under_way: list[Mail] = []
        self.arrived: dict[str, list[bytes]] = defaultdict(list)
        self.clients: dict[str, Client] = {}
        self.revisions: dict[tuple[str, int], tuple[object, ...]] = {}
        self.issued: dict[tuple[str, str], tuple[int, dt.datetime]] = {}

    def teardown(self) -> None:
        """Leave nothing behind."""
        self.folder.cleanup()

    # What a secretariat does to a programme.

    @initialize(who=st.lists(addresses, min_size=1, max_size=3))
    def begin(self, who: list[tuple[str, ...]]) -> None:
        """Begin with some speakers."""
        for name, emails in zip(NAMES, who, strict=False):
            self.inscribed.append(Inscription(name, email=emails, id=f"s{NAMES.index(name)}"))

    @rule(
        at=st.integers(0, 3),
        number=st.integers(0, len(NAMES) - 1),
        emails=addresses,
        limit=st.sampled_from([None, None, "12 min", "30 s"]),
    )
    def inscribe_or_withdraw(
        self, at: int, number: int, emails: tuple[str, ...], limit: str | None
    ) -> None:
        """Put somebody on the list, or strike them off it."""
        there = [who for who in self.inscribed if who.id == f"s{number}"]
        if there:
            self.inscribed.remove(there[0])
        else:
            new = Inscription(NAMES[number], email=emails, limit=limit, id=f"s{number}")
            self.inscribed.insert(at, new)

    @precondition(lambda self: len(self.inscribed) > 1)
    @rule(data=st.data(), swap=st.booleans())
    def move(self, data: st.DataObject, swap: bool) -> None:  # noqa: FBT001  # drawn
        """Swap two speakers, or move one."""
        places = st.integers(0, len(self.inscribed) - 1)
        one, other = data.draw(places), data.draw(places)
        if swap:
            who = self.inscribed
            who[one], who[other] = who[other], who[one]
        else:
            self.inscribed.insert(other, self.inscribed.pop(one))

    @precondition(lambda self: self.inscribed)
    @rule(data=st.data(), emails=addresses)
    def readdress(self, data: st.DataObject, emails: tuple[str, ...]) -> None:
        """Change the addresses of a speaker, or the name."""
        at = data.draw(st.integers(0, len(self.inscribed) - 1))
        changes: dict[str, Any] = {"email": emails}
        if data.draw(st.integers(0, 3)) == 0:
            changes = {"speaker": data.draw(st.sampled_from([None, "A. Speaker"]))}
        self.inscribed[at] = attrs.evolve(self.inscribed[at], **changes)

    @rule(
        limit=st.sampled_from(["3 min", "4 min", "11 min"]), window=st.sampled_from([0, 0, 7, 40])
    )
    def reckon(self, limit: str, window: int) -> None:
        """Change the limit, and whether times are planned or forecast."""
        self.limit, self.window = limit, window

    @rule(
        change=st.sampled_from(
            [
                ("title", "Lives"),
                ("title", "Lives\nATTENDEE:mailto:x@example.org"),
                ("venue", None),
                ("venue", "Palais, Geneva"),
                ("room", "Room; XX"),
                ("description", None),
                ("description", "Two days.\n\nBcc: x@example.org"),
                ("status", "tentative"),
                ("status", "confirmed"),
                ("status", "cancelled"),
                ("revision", 2),
                ("lang", "fr"),
                ("contacts", ()),
                ("contacts", (Person("C", email=["c@example.org", *SHARED], invite=True),)),
                ("contacts", (Person("C", email=SHARED[1], invite=True), Person("D", invite=True))),
                ("invitations", Invitations()),
                ("invitations", Invitations(alarms=(), each="day")),
                ("invitations", Invitations(texts={"slot.summary": "{who} at {place}"})),
                ("registration", None),
                ("registration", Registration(closes=DAYS[0].at("2014-10-20 18:00"))),
            ]
        )
    )
    def revise(self, change: tuple[str, object]) -> None:
        """Change something of the programme."""
        self.programme |= [change]

    @rule(
        blocks=st.sampled_from(sorted(BLOCKS)),
        title=st.sampled_from(["Floor", "Dialogue"]),
        room=st.sampled_from([None, "Room 1"]),
    )
    def move_floor(self, blocks: str, title: str, room: str | None) -> None:
        """Move the session that has the list."""
        self.floor |= {"blocks": BLOCKS[blocks], "title": title, "room": room}

    @rule(
        block=st.sampled_from([None, *sorted(PANEL)]),
        chair=people,
        panellists=st.lists(people, max_size=2, unique=True),
    )
    def move_panel(
        self, block: str | None, chair: tuple[Any, ...], panellists: list[tuple[Any, ...]]
    ) -> None:
        """Change who sits on the panel, and when it is."""
        self.panel |= {
            "blocks": PANEL[block] if block else (),
            "chair": Person(*(chair[0], None, chair[1])) if chair else None,
            "panellists": [Person(name, None, emails) for name, emails in filter(None, panellists)],
        }

    def plan(self) -> tuple[Any, ...]:
        """Copy the plan as it is."""
        kept = dict(self.programme), dict(self.floor), dict(self.panel), list(self.inscribed)
        return *kept, self.limit, self.window

    @precondition(lambda self: self.before)
    @rule()
    def take_back(self) -> None:
        """Take back whatever was changed since the last run that went well."""
        programme, floor, panel, inscribed, self.limit, self.window = self.before
        self.programme, self.floor, self.panel = dict(programme), dict(floor), dict(panel)
        self.inscribed = list(inscribed)

    # What there is now.

    def planned(self) -> tuple[Programme, tuple[Slot, ...]]:
        """Make the programme as it is now, and the slots of its list."""
        speakers = SpeakerList(self.inscribed, self.limit)
        floor = Session(**self.floor, id="floor", speakers=speakers)
        panel = Session(**self.panel, id="panel")
        programme = Programme(**self.programme, sessions=[panel, floor], zone="America/New_York")
        slots = floor.running_order().slots
        if self.window:
            slots = tuple(
                attrs.evolve(
                    slot,
                    window=(slot.start_us, slot.start_us + self.window * MINUTE),
                    chance=0.8,
                )
                for slot in slots
            )
        return programme, slots

    def compared(
        self,
        past: Past,
        threshold: int,
        chosen: Callable[[str, str], bool] | None = None,
    ) -> Updates:
        """Compare, perhaps only of those chosen by UID and recipient."""
        programme, slots = self.planned()
        due: Sequence[Wanted] = wanted(programme, slots)
        within: Callable[[Entry, Recipient], bool] | None = None
        if chosen is not None:

            def within(entry: Entry, recipient: Recipient) -> bool:
                return chosen(entry.uid, recipient.key)

        return updates(
            due, past, when_us=self.clock, threshold_us=threshold * SECOND, within=within
        )

    # Runs.

    def post(self, message: Message, data: bytes) -> None:
        """Put a message into the mail, or into the hands of somebody."""
        recipient = message.recipient
        named = {
            a for a in (*ADDRESSES, "chair@example.org", "c@example.org") if a.encode() in data
        }
        assert named <= {recipient.address}, "names another's address"
        self.under_way.append(Mail(recipient.key, data))

    def check(self, message: Message, data: bytes) -> None:
        """Check what must hold of a message whether or not it arrives."""
        told: Told = READERS[self.reader](data)
        assert (told.sequence, told.uid) == (message.sequence, message.entry.uid)
        if message.method == "REQUEST":
            shown = told.shown
            times = (shown.start, shown.end, shown.status, shown.location)
            known = self.revisions.setdefault((told.uid, told.sequence), times)
            assert known == times, "one SEQUENCE stands for two times"
        else:
            known = self.revisions.setdefault((told.uid, told.sequence), ())
            assert known == (), "one SEQUENCE stands for a time and for a withdrawal"
            assert not told.shown.alarms
        revision, before = (told.sequence, told.stamp), self.issued.get(message.key)
        if message.number is not None:
            assert revision == before
        elif before is not None:
            assert revision > before
            assert told.sequence >= before[0]
            assert told.stamp > before[1]

    def run(
        self,
        threshold: int,
        outcomes: Iterator[str],
        chosen: Callable[[str, str], bool] | None = None,
    ) -> bool:
        """Run once; say whether everything was sent."""
        well = True

        def deliver(message: Message, data: bytes) -> Receipt:
            nonlocal well
            self.check(message, data)
            outcome = next(outcomes, "sent")
            well = well and outcome == "sent"
            if outcome != "refused":
                told = READERS[self.reader](data)
                self.issued[message.key] = told.sequence, told.stamp
            if outcome in {"sent", "arrived, nobody knows", "arrived, then a crash"}:
                self.post(message, data)
            if "crash" in outcome:
                raise Crash
            return Receipt({"sent": "sent", "refused": "refused"}.get(outcome, "unknown"), None)

        programme, _ = self.planned()
        letters = Letters(programme)
        with QuickLedger(self.path, "lives") as ledger:
            messages = self.compared(ledger.past(), threshold, chosen).messages
            try:
                for _ in send(messages, ledger, letters.write, deliver):
                    pass
            except Crash:
                return False
        return well

    def tick(self, step: int) -> None:
        """Let the clock go on, stand still, or go back."""
        self.clock += step * SECOND

    @rule(
        threshold=st.sampled_from([0, 0, 600]),
        step=st.sampled_from([60, 0, -3600]),
        data=st.data(),
    )
    def whole_run(self, threshold: int, step: int, data: st.DataObject) -> None:
        """Run to the end, let the mail arrive, and look at every calendar."""
        self.tick(step)
        assert self.run(threshold, iter(()))
        self.deliver(data)
        self.compare(threshold, lambda _uid, _key: True)
        self.before = self.plan()
        with QuickLedger(self.path, "lives") as ledger:
            assert not self.compared(ledger.past(), threshold).messages

    @rule(
        threshold=st.sampled_from([0, 600]),
        step=st.sampled_from([60, 0, -3600]),
        only=st.sampled_from(["floor", "panel", "twins", *ADDRESSES[:2]]),
        data=st.data(),
    )
    def restricted_run(self, threshold: int, step: int, only: str, data: st.DataObject) -> None:
        """Run to the end for one session or one calendar alone."""

        def chosen(uid: str, key: str) -> bool:
            return uid.startswith(f"lives.{only}.") or box_of(key) == only

        self.tick(step)
        assert self.run(threshold, iter(()), chosen)
        self.deliver(data)
        self.compare(threshold, chosen)

    @rule(
        threshold=st.sampled_from([0, 0, 600]),
        step=st.sampled_from([60, 0]),
        outcomes=st.lists(st.sampled_from(OUTCOMES), min_size=1, max_size=6)
        | st.sampled_from(OUTCOMES[1:4]).map(lambda outcome: [outcome] * 50),
    )
    def broken_run(self, threshold: int, step: int, outcomes: list[str]) -> None:
        """Run while the server refuses, the line breaks, and the process ends."""
        self.tick(step)
        self.run(threshold, iter(outcomes))

    # Calendars.

    def client(self, key: str) -> Client:
        """Give the calendar of a recipient."""
        box = box_of(key)
        if box not in self.clients:
            theirs = SHARED if box == "twins" else (box,)
            self.clients[box] = Client(theirs, READERS[self.reader])
        return self.clients[box]

    @rule(data=st.data())
    def deliver_some(self, data: st.DataObject) -> None:
        """Let some messages arrive, in any order."""
        for _ in range(min(3, len(self.under_way))):
            at = data.draw(st.integers(0, len(self.under_way) - 1))
            self.arrive(self.under_way.pop(at))

    def arrive(self, mail: Mail) -> None:
        """Let one message arrive."""
        self.client(mail.key).receive(mail.data)
        self.arrived[mail.key].append(mail.data)

    def deliver(self, data: st.DataObject) -> None:
        """Let all mail arrive in some order, and some of it again."""
        order = data.draw(st.sampled_from(["as sent", "backwards", "by size"]))
        if order == "backwards":
            self.under_way.reverse()
        elif order == "by size":
            self.under_way.sort(key=lambda mail: (len(mail.data), mail.data))
        while self.under_way:
            self.arrive(self.under_way.pop(0))
        for key, arrived in self.arrived.items():
            for again in arrived[-4:]:
                self.client(key).receive(again)

    def compare(self, threshold: int, chosen: Callable[[str, str], bool]) -> None:
        """Compare every calendar with what the programme says."""
        due: dict[str, dict[str, tuple[Shown, bool]]] = defaultdict(dict)
        for key, uid, shown, steady in should(*self.planned()):
            if chosen(uid, key):
                due[box_of(key)][uid] = shown, steady
        for box in {*due, *self.clients}:
            shows = {
                uid: shown
                for uid, shown in self.client(box).shows.items()
                if chosen(uid, SHARED[0] if box == "twins" else box)
                and (uid in due[box] or not self.mailed_since(box, uid))
            }
            assert sorted(shows) == sorted(due[box]), box
            for uid, (shown, steady) in due[box].items():
                near(shows[uid], shown, dt.timedelta(seconds=threshold), steady=steady)

    def mailed_since(self, box: str, uid: str) -> bool:
        """Whether what was handed over was mailed to an address since: then that one counts."""
        by_mail = any(it == uid and not key.startswith("by hand") for it, key in self.issued)
        return box.startswith("by hand") and by_mail

    @invariant()
    def nobody_is_sent_what_was_never_theirs(self) -> None:
        """Every message under way is for a calendar that takes it."""
        for mail in self.under_way[-3:]:
            told = READERS[self.reader](mail.data)
            assert [f"mailto:{mail.key}"] == list(told.attendees) or not told.method


def test_lives() -> None:
    """Every calendar shows what the programme says, whatever has happened, read by icalendar."""
    run_state_machine_as_test(
        Lives,
        settings=settings(max_examples=min(settings().max_examples, 200), stateful_step_count=40),
    )


def test_lives_by_hand() -> None:
    """The same, read by the lines alone."""

    class ByHand(Lives):
        reader = "by hand"

    run_state_machine_as_test(
        ByHand,
        settings=settings(max_examples=min(settings().max_examples, 200), stateful_step_count=40),
    )
