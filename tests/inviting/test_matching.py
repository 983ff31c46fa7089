"""Answers matched with what was sent: which count, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import r2psched as r2
from r2psched.entries import Entry
from r2psched.inviting import (
    Answer,
    Change,
    Message,
    Past,
    Recipient,
    Reply,
    Sent,
    Verdict,
    judge,
    judge_all,
    updates,
    wanted,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from r2psched.inviting.sent import Method, PartStat, State

S = 1_000_000
DAY = 86_400 * S
FLOOR = r2.Session(
    "Floor",
    r2.Day("2014-09-08", zone="UTC")("10:00-10:30"),
    id="floor",
    speakers=r2.SpeakerList(
        [
            r2.Inscription("Chile", email="Mission@chile.example"),
            r2.Inscription("Fiji", email=["mission@fiji.example", "jo@fiji.example"]),
            r2.Inscription("Peru", email="peru@example.org"),
        ],
        limits="3 min",
    ),
)
PANEL = r2.Session(
    "Panel",
    r2.Day("2014-09-08", zone="UTC")("11:00-12:00"),
    id="panel",
    panellists=[r2.Person("Ms Ode", email="ode@example.org")],
)
MEETING = r2.Programme("meeting", "Meeting", [FLOOR, PANEL])
SENT_US = FLOOR.running_order()["Chile"].start_us - 7 * DAY
NOW_US = SENT_US + DAY
CHILE, FIJI = "meeting.floor.speaker.chile@r2psched", "meeting.floor.speaker.fiji@r2psched"
PANEL_UID = "meeting.panel.1.invitation@r2psched"
MISSION, JO = "mission@fiji.example", "jo@fiji.example"


def sent_first() -> list[Sent]:
    """Give what everybody is sent first."""
    plan = updates(wanted(MEETING, FLOOR.running_order()), Past(), when_us=SENT_US)
    return [
        Sent(n, m.method, m.entry, m.recipient, m.sequence, m.stamp_us)
        for n, m in enumerate(plan.messages, 1)
    ]


FIRST = sent_first()


def of(uid: str, address: str) -> Sent:
    """Give what an address was sent of an entry."""
    return next(s for s in FIRST if (s.entry.uid, s.recipient.address) == (uid, address))


CHILES = next((s.entry.start_us, s.entry.end_us) for s in FIRST if s.entry.uid == CHILE)


def past(*later: Sent, answers: dict[str, PartStat] | None = None) -> Past:
    """Give what was sent at first and later, and what was answered by address, of Fiji's slot."""
    known = {
        (FIJI, address): Answer(status, 0, SENT_US) for address, status in (answers or {}).items()
    }
    return Past.of([(each, True) for each in (*FIRST, *later)], known)


def renewed(uid: str, address: str, sequence: int = 1, method: Method = "REQUEST") -> Sent:
    """Give what an address was sent later of an entry."""
    before = of(uid, address)
    return attrs.evolve(
        before, number=99, sequence=sequence, stamp_us=SENT_US + 60 * S, method=method
    )


def reply(
    status: PartStat = "ACCEPTED",
    address: str = "Mission@chile.example",
    **said: Any,  # noqa: ANN401  # as its fields have it
) -> Reply:
    """Give an answer, an hour after the invitation, to Chile's slot where it is not said."""
    given_ = {"method": "REPLY", "uid": CHILE, "stamp_us": SENT_US + 3600 * S, **said}
    return Reply(address=address, status=status, **given_)


def verdict(
    said: Reply,
    known: Past | None = None,
    senders: Sequence[str] | None = (),
    programme: r2.Programme = MEETING,
) -> Verdict:
    """Judge an answer that came by mail, from whoever it says if nobody is named."""
    by = (said.address,) if senders == () else senders
    return judge(said, known or past(), programme, senders=by, now_us=NOW_US)


SLOT = '"Chile takes the floor: Floor" (2014-09-08 10:00-10:03)'
FIJIS = '"Fiji takes the floor: Floor" (2014-09-08 10:03-10:06)'


@pytest.mark.parametrize(
    ("status", "told"),
    [("ACCEPTED", "Chile accepts"), ("TENTATIVE", "Chile tentatively accepts")],
)
def test_accepted(status: PartStat, told: str) -> None:
    """Whoever accepts is remembered, and nothing else follows."""
    expected = Verdict(
        "taken",
        f"{told} {SLOT}",
        key=(CHILE, "Mission@chile.example"),
        answer=Answer(status, 0, SENT_US + 3600 * S, CHILES),
        names=(("Mission@chile.example", "Chile"),),
    )
    assert verdict(reply(status)) == expected
    assert str(expected) == f"taken: {told} {SLOT}"


def test_declined() -> None:
    """The only address of an inscription declines: it is to be withdrawn."""
    found = verdict(reply("DECLINED"))
    assert found.told == f"Chile declines {SLOT}"
    assert found.change == Change("withdraw", "floor", "chile", "Chile")
    assert found.due is None
    assert [who.name for who in found.change.of(FLOOR)] == ["Fiji", "Peru"]


OTHERS: list[tuple[dict[str, PartStat], str | None]] = [
    ({}, "jo@fiji.example has not answered: so the inscription stays on the list"),
    ({JO: "ACCEPTED"}, "jo@fiji.example has accepted: so the inscription stays on the list"),
    (
        {JO: "TENTATIVE"},
        "jo@fiji.example has accepted tentatively: so the inscription stays on the list",
    ),
    ({JO: "DECLINED"}, None),
    ({JO: "DELEGATED"}, None),
]


@pytest.mark.parametrize(("answers", "remark"), OTHERS, ids=map(str, range(len(OTHERS))))
def test_declined_by_one_of_two(answers: dict[str, PartStat], remark: str | None) -> None:
    """An inscription is only withdrawn once all of its addresses have declined."""
    found = verdict(reply("DECLINED", MISSION, uid=FIJI), past(answers=answers))
    assert found.outcome == "taken"
    assert found.told == f"Fiji ({MISSION}) declines {FIJIS}"
    assert (found.change is None) == (remark is not None)
    assert found.remarks == (() if remark is None else (remark,))


def test_declined_to_another_revision() -> None:
    """What another address answered to an earlier revision does not count any more."""
    known = past(renewed(FIJI, MISSION), renewed(FIJI, JO), answers={JO: "DECLINED"})
    found = verdict(reply("DECLINED", MISSION, uid=FIJI, sequence=1), known)
    assert found.change is None
    assert found.remarks[0].startswith("jo@fiji.example has not answered")


def test_declined_before_a_delegate_is_invited() -> None:
    """An address that is on the list and not yet invited has not declined."""
    deputy = Change("delegate", "floor", "chile", "Chile", "deputy@chile.example")
    programme = attrs.evolve(MEETING, sessions=[attrs.evolve(FLOOR, speakers=deputy.of(FLOOR))])
    found = verdict(reply("DECLINED"), programme=programme)
    assert found.change is None
    assert found.remarks == (
        "deputy@chile.example has not answered: so the inscription stays on the list",
    )


def test_declined_off_the_list() -> None:
    """Nothing is to be changed for whoever left the list already."""
    gone = attrs.evolve(FLOOR, speakers=FLOOR.speakers and FLOOR.speakers.withdraw("chile"))
    found = verdict(reply("DECLINED"), programme=attrs.evolve(MEETING, sessions=[gone]))
    assert (found.outcome, found.change) == ("taken", None)
    assert found.remarks == ("they are not on the list any more: nothing is to be changed",)
    found = verdict(reply("ACCEPTED"), programme=attrs.evolve(MEETING, sessions=[gone]))
    assert found.remarks == (
        "they are not on the list any more: inscribe them if they are to speak",
    )


def test_declined_by_a_panellist() -> None:
    """A panellist who declines changes no list."""
    found = verdict(reply("DECLINED", "ode@example.org", uid=PANEL_UID))
    assert found.told == 'Ms Ode declines "Panel" (2014-09-08 11:00-12:00)'
    assert (found.answer is None, found.change) == (False, None)
    assert found.remarks == ("no list changes by that: see to it by hand if it matters",)


def test_delegated() -> None:
    """The address of a delegate becomes one of the inscription, and is invited."""
    found = verdict(reply("DELEGATED", delegates=("Deputy@Chile.Example",)))
    first = of(CHILE, "Mission@chile.example")
    assert found.told == f"Chile passes {SLOT} on to Deputy@Chile.Example"
    assert found.change == Change("delegate", "floor", "chile", "Chile", "Deputy@Chile.Example")
    deputy = Recipient("Chile", "Deputy@Chile.Example")
    assert found.due == Message("REQUEST", first.entry, deputy, 0, NOW_US, first=True)
    assert found.change is not None
    listed = found.change.of(FLOOR)
    assert listed.inscriptions[0].emails == ("Mission@chile.example", "Deputy@Chile.Example")
    again = attrs.evolve(MEETING, sessions=[attrs.evolve(FLOOR, speakers=listed)])
    twice = verdict(reply("DELEGATED", delegates=("Deputy@chile.example",)), programme=again)
    assert twice.change is None
    assert twice.due is not None


def test_a_delegate_is_not_sent_what_everybody_has() -> None:
    """After a delegation is applied, the next comparison sends the delegate nothing more."""
    found = verdict(reply("DELEGATED", delegates=("deputy@chile.example",)))
    assert found.change is not None
    assert found.due is not None
    floor = attrs.evolve(FLOOR, speakers=found.change.of(FLOOR))
    due = found.due
    sent = Sent(50, due.method, due.entry, due.recipient, due.sequence, due.stamp_us)
    meeting = attrs.evolve(MEETING, sessions=[floor, PANEL])
    plan = updates(wanted(meeting, floor.running_order()), past(sent), when_us=NOW_US)
    assert plan.messages == ()


NOT_DELEGATED = [
    (
        CHILE,
        "Mission@chile.example",
        (),
        "nobody is named to speak instead: ask them who it is to be",
    ),
    (
        CHILE,
        "Mission@chile.example",
        ("a@b.example", "c@d.example"),
        "several are named to speak instead: ask them who it is to be",
    ),
    (FIJI, MISSION, (JO,), f"{JO} is invited already"),
    (
        PANEL_UID,
        "ode@example.org",
        ("a@b.example",),
        (
            "no list changes by that: write a@b.example into the programme if they come instead, "
            "and the next r2psched invite invites them"
        ),
    ),
]


@pytest.mark.parametrize(
    ("uid", "address", "delegates", "remark"), NOT_DELEGATED, ids=map(str, range(4))
)
def test_not_delegated(uid: str, address: str, delegates: tuple[str, ...], remark: str) -> None:
    """A delegation to nobody, to several, to the invited or of a panellist changes no list."""
    found = verdict(reply("DELEGATED", address, uid=uid, delegates=delegates))
    assert (found.outcome, found.change, found.due) == ("taken", None, None)
    assert found.remarks == (remark,)


def test_asked_again() -> None:
    """Whoever asks again is sent the same revision with a later DTSTAMP, and their answer."""
    found = verdict(
        reply("NEEDS-ACTION", MISSION, uid=FIJI, method="REFRESH"),
        past(answers={MISSION: "ACCEPTED"}),
    )
    sent = of(FIJI, MISSION)
    assert found.told == f"Fiji ({MISSION}) asks again for {FIJIS}"
    assert found.answer is None
    assert found.due == Message(
        "REQUEST",
        sent.entry,
        sent.recipient,
        0,
        NOW_US,
        "asked",
        before=sent.entry,
        answer="ACCEPTED",
    )


def test_a_later_stamp_even_if_the_clock_is_slow() -> None:
    """What is sent again is later than all that was sent of it, whatever the clock says."""
    said = reply(method="REFRESH")
    found = judge(said, past(), MEETING, senders=[said.address], now_us=SENT_US - 3600 * S)
    assert found.due is not None
    assert found.due.stamp_us == SENT_US + S


def test_asked_again_for_what_was_withdrawn() -> None:
    """The same withdrawal once more has a later DTSTAMP, since servers drop doubles."""
    cancel = renewed(CHILE, "Mission@chile.example", method="CANCEL")
    found = verdict(reply(method="REFRESH"), past(cancel))
    assert found.remarks == ("it was withdrawn: they should have the withdrawal again",)
    assert found.due == Message(
        "CANCEL", cancel.entry, cancel.recipient, 1, NOW_US, "asked", before=cancel.entry
    )
    assert found.due.stamp_us > cancel.stamp_us


def minutes(start: int, end: int | None) -> dict[str, Any]:
    """Give a proposed time in minutes after ten."""
    ten = of(CHILE, "Mission@chile.example").entry.start_us
    return {
        "start_us": ten + start * 60 * S,
        "end_us": None if end is None else ten + end * 60 * S,
    }


PROPOSED = [
    (6, 9, "DECLINECOUNTER", "the list decides on times: the answer due is that it stays"),
    (6, None, "DECLINECOUNTER", "the list decides on times: the answer due is that it stays"),
    (0, 9, "DECLINECOUNTER", "the list decides on times: the answer due is that it stays"),
    (0, 3, "REQUEST", "that is the time they were sent already"),
    (0, None, "REQUEST", "that is the time they were sent already"),
]


@pytest.mark.parametrize(("start", "end", "method", "remark"), PROPOSED, ids=map(str, range(5)))
def test_proposed(start: int, end: int | None, method: str, remark: str) -> None:
    """Another time is declined with the SEQUENCE that it answers; the same is sent again."""
    found = verdict(reply(method="COUNTER", **minutes(start, end)))
    assert found.remarks == (remark,)
    assert found.answer is None
    assert found.due is not None
    assert (found.due.method, found.due.sequence, found.due.why) == (method, 0, "asked")


def test_proposed_in_words() -> None:
    """What is proposed is told in the zone of the entry, as long as the entry if no end is said."""
    told = verdict(reply(method="COUNTER", **minutes(6, None))).told
    assert told == f"Chile proposes 10:06-10:09 for {SLOT}"
    later = verdict(reply(method="COUNTER", **minutes(24 * 60, None))).told
    assert later == f"Chile proposes 2014-09-09 10:00-10:03 for {SLOT}"
    never = verdict(reply(method="COUNTER", start_us=2**62, end_us=2**62 + S)).told
    assert never == f"Chile proposes a time beyond any calendar for {SLOT}"


def test_proposed_and_moved_there() -> None:
    """A time that the list gives by now is not declined: the next comparison sends it."""
    assert FLOOR.speakers is not None
    swapped = attrs.evolve(FLOOR, speakers=FLOOR.speakers.swap("Chile", "Peru"))
    programme = attrs.evolve(MEETING, sessions=[swapped])
    found = verdict(reply(method="COUNTER", **minutes(6, 9)), programme=programme)
    assert (found.outcome, found.due) == ("taken", None)
    assert found.remarks == (
        (
            "that is the time the programme gives them by now: the next r2psched invite sends it "
            "to them"
        ),
    )


def test_proposed_by_a_panellist() -> None:
    """For a session it is the programme that decides."""
    said = reply("TENTATIVE", "ode@example.org", uid=PANEL_UID, method="COUNTER", **minutes(0, 60))
    assert verdict(said).remarks == (
        "the programme decides on times: the answer due is that it stays",
    )


REFUSED: list[tuple[Reply, Sequence[str] | None, str]] = [
    (
        reply(uid="other@example.org"),
        (),
        'nobody was ever sent an entry with the UID "other@example.org"',
    ),
    (
        reply(recurrence="20140908T100000Z"),
        (),
        "it is about one of several dates, and no invitation of ours recurs",
    ),
    (
        reply(address="stranger@example.org"),
        (),
        f'stranger@example.org was never invited to the entry "{CHILE}"',
    ),
    (
        reply(address=MISSION),
        (),
        f'{MISSION} was never invited to the entry "{CHILE}"',
    ),
    (
        reply(address="deputy@example.org", delegators=("Mission@chile.example",)),
        (),
        (
            f'deputy@example.org was never invited to the entry "{CHILE}": apply the answer of '
            "Mission@chile.example first, who passed it on"
        ),
    ),
    (
        reply("DECLINED"),
        ("peru@example.org",),
        (
            "it says that Mission@chile.example answers, but it came from peru@example.org: ask "
            "Mission@chile.example"
        ),
    ),
    (
        reply("DECLINED", sent_by="peru@example.org"),
        ("eve@example.org",),
        (
            "it says that Mission@chile.example answers, but it came from eve@example.org: ask "
            "Mission@chile.example"
        ),
    ),
    (
        reply("DECLINED", sent_by="eve@example.org"),
        ("eve@example.org",),
        (
            "it says that Mission@chile.example answers through eve@example.org, but that address "
            "was not invited and is of another domain: ask Mission@chile.example"
        ),
    ),
    (
        reply("DECLINED", sent_by="eve@evil.chile.example"),
        ("eve@evil.chile.example",),
        (
            "it says that Mission@chile.example answers through eve@evil.chile.example, but that "
            "address was not invited and is of another domain: ask Mission@chile.example"
        ),
    ),
    (
        reply("DECLINED", sent_by="office@chile.example"),
        ("eve@example.org",),
        (
            "it says that Mission@chile.example answers, but it came from eve@example.org: ask "
            "Mission@chile.example"
        ),
    ),
    (
        reply("DECLINED"),
        ("Mission@chile.example", "eve@example.org"),
        (
            "it says that Mission@chile.example answers, but it came from eve@example.org: ask "
            "Mission@chile.example"
        ),
    ),
    (
        reply(sequence=1),
        (),
        "it answers revision 1, and Mission@chile.example was sent none after 0",
    ),
    (
        reply(stamp_us=NOW_US + DAY + S),
        (),
        "it says that it was written more than a day from now: its clock is wrong",
    ),
]


@pytest.mark.parametrize(("said", "senders", "why"), REFUSED, ids=map(str, range(len(REFUSED))))
def test_refused(said: Reply, senders: Sequence[str] | None, why: str) -> None:
    """Strangers, forgers and what answers nothing of ours are refused with the reason."""
    found = verdict(said, senders=senders)
    assert (found.outcome, found.told) == ("refused", why)
    assert (found.answer, found.change, found.due) == (None, None, None)


def test_nobody_sent_it() -> None:
    """A mail without a sender is refused."""
    found = judge(reply("DECLINED"), past(), MEETING, senders=[], now_us=NOW_US)
    assert found.told == (
        "it says that Mission@chile.example answers, but nobody says who sent it: ask "
        "Mission@chile.example"
    )


OBSOLETE = [
    (
        reply("DECLINED"),
        past(renewed(CHILE, "Mission@chile.example", 3)),
        (
            f"Chile declines {SLOT}, but the invitation was renewed since: the answer is to "
            "revision 0, and 3 was sent"
        ),
    ),
    (
        reply("DECLINED"),
        past(renewed(CHILE, "Mission@chile.example", method="CANCEL")),
        f"Chile declines {SLOT}, but the invitation was withdrawn since",
    ),
    (
        reply(method="COUNTER", **minutes(6, 9)),
        past(renewed(CHILE, "Mission@chile.example")),
        (
            f"Chile proposes 10:06-10:09 for {SLOT}, but the invitation was renewed since: the "
            "answer is to revision 0, and 1 was sent"
        ),
    ),
    (
        reply("NEEDS-ACTION"),
        past(),
        f"Chile neither accepts nor declines {SLOT}, but that is no answer",
    ),
    (
        reply("DECLINED", MISSION, uid=FIJI, stamp_us=SENT_US - S),
        past(answers={MISSION: "ACCEPTED"}),
        f"Fiji ({MISSION}) declines {FIJIS}, but a newer answer of theirs was read already",
    ),
    (
        reply("DECLINED", MISSION, uid=FIJI, stamp_us=SENT_US),
        past(answers={MISSION: "DECLINED"}),
        f"Fiji ({MISSION}) declines {FIJIS}, but it was read already",
    ),
]


@pytest.mark.parametrize(("said", "known", "why"), OBSOLETE, ids=map(str, range(len(OBSOLETE))))
def test_ignored(said: Reply, known: Past, why: str) -> None:
    """An honest answer from which nothing follows any more is ignored with the reason."""
    found = verdict(said, known)
    assert (found.outcome, found.told) == ("ignored", why)
    assert (found.answer, found.change, found.due) == (None, None, None)


def test_message_that_was_refused() -> None:
    """What certainly did not arrive is no revision that anybody could answer."""
    failed = attrs.evolve(renewed(CHILE, "Mission@chile.example"), state="refused")
    assert verdict(reply(), past(failed)).outcome == "taken"
    assert verdict(reply(sequence=1), past(failed)).outcome == "refused"


def test_case_of_letters() -> None:
    """A calendar may write an address in small letters, if that leaves no doubt who it is."""
    small = reply(address="mission@chile.example")
    assert verdict(small).key == (CHILE, "Mission@chile.example")
    assert verdict(small, senders=["MISSION@CHILE.EXAMPLE"]).outcome == "taken"
    other = attrs.evolve(
        of(CHILE, "Mission@chile.example"), recipient=Recipient("Chile", "MISSION@chile.example")
    )
    assert verdict(small, past(other)).outcome == "refused"


def test_in_the_name_of() -> None:
    """Whoever of the same domain answers in somebody's name is named, with the doubt."""
    found = verdict(reply(sent_by="office@Chile.Example"), senders=["Office@chile.example"])
    assert found.told == f"Chile, in whose name office@Chile.Example writes, accepts {SLOT}"
    assert found.remarks == (
        (
            "office@Chile.Example writes in the name of Mission@chile.example: they share a "
            "domain, which proves nothing if it is one of public mail"
        ),
    )
    own = verdict(reply(sent_by="office@chile.example"))
    assert (own.outcome, own.remarks) == ("taken", ())


PRIVATE = "jo@private.example"


def test_in_the_name_of_another_address() -> None:
    """Another address that has the same entry may answer, unless it was withdrawn from it."""
    other = attrs.evolve(of(FIJI, MISSION), recipient=Recipient("Fiji", PRIVATE))
    said = reply(address=MISSION, uid=FIJI, sent_by=PRIVATE)
    found = verdict(said, past(other), [PRIVATE])
    assert (found.outcome, found.remarks) == ("taken", ())
    gone = attrs.evolve(other, method="CANCEL", sequence=1)
    assert verdict(said, past(other, gone), [PRIVATE]).outcome == "refused"


def test_in_the_name_of_somebody_else() -> None:
    """Whoever was invited to the same session as another person may not answer for the first."""
    ode = of(PANEL_UID, "ode@example.org")
    other = attrs.evolve(ode, recipient=Recipient("Mr Poe", "poe@other.example", "panellist"))
    said = reply("DECLINED", "ode@example.org", uid=PANEL_UID, sent_by="poe@other.example")
    assert verdict(said, past(other), ["poe@other.example"]).outcome == "refused"
    same = attrs.evolve(other, recipient=attrs.evolve(other.recipient, name="Ms Ode"))
    assert verdict(said, past(same), ["poe@other.example"]).outcome == "taken"


def test_hosts_that_look_alike() -> None:
    """Two hosts that only fold to one are two."""
    sent = attrs.evolve(
        of(CHILE, "Mission@chile.example"), recipient=Recipient("Chile", "a@strasse.example")
    )
    said = reply(address="a@strasse.example")
    assert verdict(said, past(sent), ["a@straße.example"]).outcome == "refused"


def test_names_for_addresses() -> None:
    """What stands for an address is the name, with a number where there are several."""
    found = verdict(reply(address=MISSION, uid=FIJI))
    assert found.names == ((JO, "address 1 of Fiji"), (MISSION, "address 2 of Fiji"))
    refused = verdict(reply(address="x@example.org", delegators=("Mission@chile.example",)))
    assert refused.names == (("Mission@chile.example", "Chile"),)


@pytest.mark.parametrize("state", ["open", "refused", "sent"])
def test_delegated_again(state: State) -> None:
    """A delegate who may not have the invitation is sent it again, one who has it is not."""
    deputy = Recipient("Chile", "deputy@chile.example")
    tried = attrs.evolve(
        of(CHILE, "Mission@chile.example"), number=99, recipient=deputy, state=state
    )
    found = verdict(reply("DELEGATED", delegates=(deputy.address,)), past(tried))
    if state == "sent":
        assert found.due is None
        assert found.remarks == ("deputy@chile.example is invited already",)
    else:
        assert found.due is not None
        assert found.due.number == (99 if state == "open" else None)


def test_file_of_unknown_origin() -> None:
    """A file does not say who sent it, which the verdict says."""
    found = verdict(reply("DECLINED"), senders=None)
    assert found.change is not None
    assert found.remarks == (
        "a file does not say who sent it: be sure that it came from Mission@chile.example",
    )


def test_both_decline_at_once() -> None:
    """Of two addresses that decline in one run the later proposes the withdrawal, once."""
    both = [
        reply("DECLINED", MISSION, uid=FIJI, stamp_us=SENT_US + S),
        reply("DECLINED", JO, uid=FIJI, stamp_us=SENT_US + 2 * S),
    ]
    for those in (both, both[::-1]):
        found = judge_all(
            [(each, [each.address]) for each in those], past(), MEETING, now_us=NOW_US
        )
        assert sum(each.change is not None for each in found) == 1
        assert [each.outcome for each in found] == ["taken", "taken"]


def test_read_twice_at_once() -> None:
    """The same question twice in one run, or in an earlier one, is answered once."""
    said = reply(method="REFRESH")
    twice = [(said, None), (said, None)]
    found = judge_all(twice, past(), MEETING, now_us=NOW_US)
    assert sorted(each.outcome for each in found) == ["ignored", "taken"]
    again = judge_all(twice, past(), MEETING, now_us=NOW_US, was_read=lambda _: True)
    assert [each.told for each in again] == [
        f"Chile asks again for {SLOT}, but it was read already"
    ] * 2


answers = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.integers(0, 50),
        st.sampled_from(["ACCEPTED", "DECLINED", "TENTATIVE", "DELEGATED"]),
    ),
    unique_by=lambda each: each[:2],
    max_size=8,
)


def remembered(known: Past, found: Sequence[Verdict]) -> Past:
    """Give what is remembered behind verdicts."""
    learnt = {v.key: v.answer for v in found if v.key is not None and v.answer is not None}
    return attrs.evolve(known, answers={**known.answers, **learnt})


@given(answers, st.data())
def test_any_order_ends_in_the_newest(
    given_answers: list[tuple[int, int, PartStat]], data: st.DataObject
) -> None:
    """Whatever the order of arrival, one by one or at once, the newest answer is remembered.

    Only those to the revision that was sent last count.
    """
    last = data.draw(st.integers(0, 4), label="last sequence")
    known = past(renewed(CHILE, "Mission@chile.example", last)) if last else past()
    said = [
        reply(status, sequence=sequence, stamp_us=SENT_US + at * S)
        for sequence, at, status in given_answers
    ]
    arrived = data.draw(st.permutations(said))
    alone = known
    for each in arrived:
        alone = remembered(alone, [verdict(each, alone)])
    together = remembered(
        known,
        judge_all([(each, [each.address]) for each in arrived], known, MEETING, now_us=NOW_US),
    )
    newest = max((r for r in said if r.sequence == last), key=lambda r: r.stamp_us, default=None)
    expected = (
        {}
        if newest is None
        else {
            (CHILE, "Mission@chile.example"): Answer(newest.status, last, newest.stamp_us, CHILES)
        }
    )
    assert alone.answers == together.answers == expected


@given(st.permutations(["ACCEPTED", "DECLINED", "TENTATIVE"]))
def test_at_once_only_the_newest_acts(statuses: list[PartStat]) -> None:
    """Of several answers of one in one run, the list follows the newest alone."""
    said = [reply(status, stamp_us=SENT_US + at * S) for at, status in enumerate(statuses)]
    found = judge_all([(each, [each.address]) for each in said], past(), MEETING, now_us=NOW_US)
    assert [each.outcome for each in found] == ["ignored", "ignored", "taken"]
    assert (found[-1].change is not None) == (statuses[-1] == "DECLINED")


def test_many() -> None:
    """Ten thousand answers of strangers and of one who was invited take no more than seconds."""
    entry = Entry("day@r2psched", "day", 0, 3600 * S, "UTC", "Day")
    sent = [
        Sent(n, "REQUEST", entry, Recipient(f"P{n}", f"p{n}@example.org", "chair"), 0, 0)
        for n in range(2000)
    ]
    known = Past.of((each, True) for each in sent)
    said = [
        reply(address=f"P{n % 4000}@example.org", uid="day@r2psched", stamp_us=n * S)
        for n in range(10_000)
    ]
    found = judge_all([(each, None) for each in said], known, MEETING, now_us=NOW_US)
    assert sum(each.outcome == "taken" for each in found) == 2000
