"""Every rule speaks where it should, in its own words, and is silent next to that."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from r2psched.blocks import Day, TimeBlock
from r2psched.checks import RULES, check
from r2psched.errors import UnknownName
from r2psched.files import loads
from r2psched.programme import House, Programme
from r2psched.sessions import Session
from tests.check_cases import MORE_CASES
from tests.strategies import programmes, time_block_sets

if TYPE_CHECKING:
    from collections.abc import Callable

HEAD = """
id = "a"
title = "A"
zone = "UTC"
date = 2014-09-08
room = "Hall"
"""
REVISED = "revised = 2014-07-31T12:00:00Z\n"
ONE = '[[sessions]]\nid = "one"\ntitle = "One"\ntime = "10:00-11:00"\n'
TWO = '[[sessions]]\nid = "two"\ntitle = "Two"\ntime = "{}"\n'
SPEAKERS = ONE + "[sessions.speakers]\n"
CHILE = '{ delegation = "Chile", id = "chile"'
LIMIT = 'limit = "3 min"\n'
AT = 'sessions[1] "One"'
LISTED = f"{AT}: speakers"
MIXED = (("Chile", "State"), ("NGO", "observer"), ("Fiji", "State"))
day = Day("2014-09-08", zone="UTC")


def _two(time: str, *rest: str) -> str:
    return ONE + TWO.format(time) + "".join(f"{line}\n" for line in rest)


# Each rule with a file in which it speaks, one next to it in which nothing does, and its words.
CASES = {
    "room-overlap": (
        _two("10:59-12:00"),
        _two("11:00-12:00"),
        (
            'error [room-overlap] sessions[2] "Two": begins 2014-09-08 10:59, before the end, '
            f"2014-09-08 11:00, of {AT}, which has the same room, Hall; move one of them, or give "
            "it "
            "another room"
        ),
    ),
    "person-in-two-rooms": (
        ONE + "chair = 'Ann'\n" + TWO.format("10:59-12:00") + "room = 'B'\nmoderator = 'Ann'\n",
        ONE + "chair = 'Ann'\n" + TWO.format("11:00-12:00") + "room = 'B'\nmoderator = 'Ann'\n",
        (
            'error [person-in-two-rooms] sessions[2] "Two": Ann is still in Hall for '
            f"{AT} until 2014-09-08 11:00; move one of the sessions, or ask somebody else"
        ),
    ),
    "outside-dates": (
        _two("2014-09-09 10:00-11:00"),
        _two("23:00-10:00+1"),
        (
            'error [outside-dates] sessions[2] "Two": begins on 2014-09-09, which is no date of '
            "the "
            "programme; correct the time, or add the date to dates"
        ),
    ),
    "no-time": (
        ONE.replace('time = "10:00-11:00"\n', ""),
        ONE,
        f'warning [no-time] {AT}: has no time; give it one: time = "10:00-13:00"',
    ),
    "reserve-too-long": (
        ONE + "reserves = [{ title = 'R', at = 'end', length = '61 min' }]\n",
        ONE + "reserves = [{ title = 'R', at = 'end', length = '1 h' }]\n",
        (
            f"error [reserve-too-long] {AT}: the reserves of the block 2014-09-08 10:00-11:00 "
            "take 1 h 1 min, but it lasts 1 h; shorten them, or lengthen the block"
        ),
    ),
    "sitting-too-long": (
        "house.longest_sitting = '3 h'\n" + _two("11:29-13:01"),
        "house.longest_sitting = '3 h'\n" + _two("11:29-13:00"),
        (
            "warning [sitting-too-long] Hall: the sitting 2014-09-08 10:00-13:01 lasts 3 h 1 min; "
            "the house allows 3 h; shorten it, or put a pause of 30 minutes or more into it"
        ),
    ),
    "pause-too-short": (
        "house.shortest_pause = '1 h'\n" + _two("11:59-13:00"),
        "house.shortest_pause = '1 h'\n" + _two("12:00-13:00"),
        (
            "warning [pause-too-short] Hall: the pause after 2014-09-08 11:00 lasts 59 min; the "
            "house "
            "asks 1 h; lengthen it"
        ),
    ),
    "list-opens-after-it-closes": (
        "registration = { opens = '9:00', closes = '9:00' }\n" + ONE,
        "registration = { opens = '8:59', closes = '9:00' }\n" + ONE,
        (
            "error [list-opens-after-it-closes] registration: opens 2014-09-08 09:00, not before "
            "it "
            "closes 2014-09-08 09:00; correct one of the two"
        ),
    ),
    "list-closes-after-end": (
        SPEAKERS + LIMIT + "registration = { closes = '11:01' }\n",
        SPEAKERS + LIMIT + "registration = { closes = '10:00' }\n",
        (
            f"error [list-closes-after-end] {LISTED}: closes 2014-09-08 11:01, after the session "
            "has "
            "ended at 2014-09-08 11:00; correct the deadline"
        ),
    ),
    "list-closes-after-start": (
        SPEAKERS + LIMIT + "registration = { closes = '11:00' }\n",
        SPEAKERS + LIMIT + "registration = { closes = '10:00' }\n",
        (
            f"warning [list-closes-after-start] {LISTED}: closes 2014-09-08 11:00, after the "
            "session "
            "has begun at 2014-09-08 10:00; correct the deadline, or ignore this where the body "
            "allows it"
        ),
    ),
    "late-without-reason": (
        (
            f"{SPEAKERS}{LIMIT}registration = {{ closes = '9:00' }}\n"
            f"inscriptions = [{CHILE}, received = '9:01' }}]\n"
        ),
        (
            f"{SPEAKERS}{LIMIT}registration = {{ closes = '9:00' }}\n"
            f"inscriptions = [{CHILE}, received = '9:01', late = 'ill' }}]\n"
        ),
        (
            f'error [late-without-reason] {LISTED}.inscriptions[1] "Chile": came in 2014-09-08 '
            "09:01, "
            "after the list had closed 2014-09-08 09:00; remove it, or give a reason: "
            'late = "…"'
        ),
    ),
    "no-limit": (
        SPEAKERS,
        SPEAKERS + LIMIT,
        f'warning [no-limit] {LISTED}: states no limit; give one: limit = "3 min"',
    ),
    "limit-too-long": (
        SPEAKERS + "limit = { default = '3 min', categories = { observer = '61 min' } }\n",
        SPEAKERS + "limit = { default = '3 min', categories = { observer = '60 min' } }\n",
        (
            f'error [limit-too-long] {LISTED}: the limit of 1 h 1 min for category "observer" is '
            "longer than every block: the longest leaves 1 h; shorten the limit or the reserves, "
            "or "
            "lengthen a block"
        ),
    ),
    "list-too-long": (
        (
            f"{SPEAKERS}limit = '31 min'\n"
            f"inscriptions = [{CHILE} }}, {{ delegation = 'Fiji', id = 'fiji' }}]\n"
        ),
        (
            f"{SPEAKERS}limit = '30 min'\n"
            f"inscriptions = [{CHILE} }}, {{ delegation = 'Fiji', id = 'fiji' }}]\n"
        ),
        (
            f"warning [list-too-long] {LISTED}: 1 of 2 are heard in 1 h; limit everybody to 30 "
            "min, "
            "add 2 min to the end of the last block, add a block of 31 min, or draw the cut line "
            "before number 2, Fiji"
        ),
    ),
    "open-length": (
        ONE + "reserves = [{ title = 'R', at = 'end', length = 'unknown' }]\n",
        ONE + "reserves = [{ title = 'R', at = 'end', length = '5 min' }]\n",
        (
            f"note [open-length] {AT}: answers rest on: R, at the end of the session: of unknown "
            "length, counted as 0; state its length once it is known"
        ),
    ),
    "derived-id": (
        ONE.replace('id = "one"\n', ""),
        ONE,
        (
            f"warning [derived-id] {AT}: its id, one, is derived from its title: another title "
            "would "
            "double its calendar entries; write it into the file: r2psched ids FILE"
        ),
    ),
    "confirmed-without-venue": (
        "status = 'confirmed'\n" + ONE,
        "status = 'confirmed'\nvenue = 'Town'\n" + ONE,
        (
            "warning [confirmed-without-venue] is confirmed, but names no venue; give it one: "
            'venue = "…"'
        ),
    ),
    "untranslated": (
        "venue = { fr = 'Ville' }\n" + ONE,
        "venue = { en = 'Town', de = 'Stadt' }\n" + ONE,
        ('note [untranslated] venue: is not there in "en", and is told in "fr"; add en = "…"'),
    ),
    "unknown-code": (
        "ignore = ['room-overlaps']\n" + ONE,
        "ignore = ['room-overlap']\n" + ONE,
        (
            'warning [unknown-code] ignore: "room-overlaps" is no code of a rule; did you mean '
            "room-overlap?"
        ),
    ),
    "no-revision-time": (
        ONE,
        REVISED + ONE,
        (
            "note [no-revision-time] revision 0 has no time: calendars tell revisions by their "
            "number "
            "alone; write when it was made: revised = 2014-07-31T12:00:00Z"
        ),
    ),
} | MORE_CASES


def _plan(code: str, text: str) -> Programme:
    return loads(HEAD + ("" if code == "no-revision-time" else REVISED) + text)


@pytest.mark.parametrize("code", RULES)
def test_speaks(code: str) -> None:
    """A rule says what is so and what to do, and nothing else does."""
    text, _, words = CASES[code]
    assert str(check(_plan(code, text))) == words


@pytest.mark.parametrize("code", RULES)
def test_silent(code: str) -> None:
    """Right next to that the rule is silent."""
    _, text, _ = CASES[code]
    assert str(check(_plan(code, text))) == "no findings"


def test_every_rule_is_tested() -> None:
    """Each rule has its case, a sentence that says what it is about, and its own code."""
    assert set(CASES) == set(RULES)
    for code, rule in RULES.items():
        assert rule.code == code
        assert rule.summary.endswith(".")
        assert "\n" not in rule.summary


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            f"{SPEAKERS}{LIMIT}registration = {{ opens = '9:00', closes = '8:00' }}\n",
            (
                f"error [list-opens-after-it-closes] {LISTED}: opens 2014-09-08 09:00, not before "
                "it "
                "closes 2014-09-08 08:00; correct one of the two"
            ),
        ),
        (
            f"{SPEAKERS}{LIMIT}inscriptions = ['Chile', 'Fiji', 'Peru']\n",
            (
                f'warning [derived-id] {LISTED}: the ids of "Chile" and 2 more are derived from '
                "the "
                "names: another name would double the calendar entry; write it into the file: "
                "r2psched ids FILE"
            ),
        ),
        (
            (
                f"{SPEAKERS}limit = {{ default = '2 h', on_behalf = '3 h' }}\n"
                f"inscriptions = [{CHILE}, limit = '4 h', on_behalf = 'B' }}, "
                "{ delegation = 'Chile', id = 'c', limit = '5 h' }]\n"
            ),
            "\n".join(
                f"error [limit-too-long] {LISTED}{where}: the limit of {limit} is longer than "
                "every block: the longest leaves 1 h; shorten the limit or the reserves, or "
                "lengthen a block"
                for where, limit in (
                    ("", "2 h by default"),
                    ("", "3 h on behalf of a group"),
                    ('.inscriptions[1] "Chile"', "4 h"),
                    ('.inscriptions[2] "Chile"', "5 h"),
                )
            ),
        ),
        (
            "ignore = ['zzz', 'no-time']\n" + ONE,
            'warning [unknown-code] ignore: "zzz" is no code of a rule; remove it',
        ),
        (
            ONE.replace('time = "10:00-11:00"\n', "") + "speakers.inscriptions = []\n",
            (
                f'warning [no-limit] {LISTED}: states no limit; give one: limit = "3 min"\n'
                f'warning [no-time] {AT}: has no time; give it one: time = "10:00-13:00"'
            ),
        ),
    ],
)
def test_further_words(text: str, words: str) -> None:
    """Lists, several limits and codes are told in their own words."""
    found = check(loads(HEAD + REVISED + text), ignore=["list-too-long"])
    assert str(found) == words


def test_rooms_that_nobody_names() -> None:
    """Sessions that name no room count as in one room."""
    blocks = day("10:00-11:00"), day("10:30-12:00")
    plan = Programme(
        "a",
        "A",
        [Session(n, b, id=n) for n, b in zip("xy", blocks, strict=True)],
        revised=day.at("9:00"),
    )
    assert str(check(plan)) == (
        'error [room-overlap] sessions[2] "y": begins 2014-09-08 10:30, before the end, '
        '2014-09-08 11:00, of sessions[1] "x", and neither names a room; move one of them, or '
        "give it another room"
    )


def test_breaks_count() -> None:
    """A break takes its room too, and is no sitting."""
    lines = "house.longest_sitting = '1 h'\n" + _two("11:00-13:00", "kind = 'break'")
    assert not check(loads(HEAD + REVISED + lines))


def test_ignore() -> None:
    """Codes are ignored by the file and by the caller, each alone and both together."""
    text = "status = 'confirmed'\nignore = ['no-time']\n" + CASES["no-time"][0]
    plan = loads(HEAD + REVISED + text)
    assert [found.code for found in check(plan)] == ["confirmed-without-venue"]
    assert not check(plan, ignore=["confirmed-without-venue"])


def test_ignore_one() -> None:
    """One code may be given alone, and one that is none is refused with the nearest."""
    plan = Programme("a", "A", zone="UTC")
    assert not check(plan, ignore="no-revision-time")
    with pytest.raises(UnknownName) as caught:
        check(plan, ignore="no-limits")
    assert str(caught.value) == 'no code of a finding "no-limits": did you mean "no-limit"?'


def test_night_is_no_pause() -> None:
    """Over the night, a pause may be shorter than the house asks within a day."""
    spans = ("10:00-11:00", "23:00-23:30", "2014-09-09 9:00-10:00")
    plan = Programme(
        "a", "A", [Session("x", [*map(day, spans)], id="x")], house=House(shortest_pause="12 h 1 s")
    )
    assert [found.message for found in check(plan, ignore="no-revision-time")] == [
        "the pause after 2014-09-08 11:00 lasts 12 h; the house asks 12 h 1 s"
    ]


def test_mixed_limits() -> None:
    """A list with several limits is told both shorter ones, and a bound where one is open."""
    reserve = "reserves = [{ title = 'R', at = 'end', length = 'unknown' }]\n"
    limits = "limit = { default = '20 min', categories = { observer = '30 min' } }\n"
    listed = [f"{{ delegation = '{x}', id = '{x}', category = '{c}' }}" for x, c in MIXED]
    text = f"{ONE}{reserve}[sessions.speakers]\n{limits}inscriptions = [{', '.join(listed)}]\n"
    found = check(loads(HEAD + REVISED + text), ignore="open-length")
    assert str(found) == (
        f"warning [list-too-long] {LISTED}: at most 2 of 3 are heard in 1 h; limit everybody to "
        "20 min, shorten the default limit alone to 15 min, add 10 min to the end of the last "
        "block, add a block of 20 min, or draw the cut line before number 3, Fiji"
    )


def test_order() -> None:
    """Errors come first, then warnings, then notes, each in the order of the rules."""
    plan = Programme(
        "a",
        "A",
        [Session("x", day("10:00-11:00")), Session("y", day("10:30-11:00"))],
        status="confirmed",
    )
    assert [(found.severity, found.code) for found in check(plan)] == [
        ("error", "room-overlap"),
        ("warning", "derived-id"),
        ("warning", "derived-id"),
        ("warning", "confirmed-without-venue"),
        ("note", "no-revision-time"),
    ]


@given(programmes())
def test_any_programme(plan: Programme) -> None:
    """Any programme is checked, and each finding has words and a known code."""
    for found in check(plan):
        assert found.message
        assert found.remedy
        assert found.severity == RULES[found.code].severity


def _meeting(found: list[TimeBlock], rooms: str, people: list[str]) -> Programme:
    return Programme(
        "a",
        "A",
        [
            Session(f"s{at}", block, room=room.strip(), panellists=[person] if person else [])
            for at, (block, room, person) in enumerate(zip(found, rooms, people, strict=False))
        ],
        zone="UTC",
    )


@given(
    time_block_sets(12),
    st.text("AB ", min_size=12, max_size=12),
    st.lists(st.sampled_from(["Ann", "Bo", ""]), min_size=12, max_size=12),
)
def test_overlaps_by_brute_force(found: list[TimeBlock], rooms: str, people: list[str]) -> None:
    """The overlaps found in one sweep are those that comparing all with all finds."""
    plan = _meeting(found, rooms, people)

    def later(clash: Callable[[Any, Any], bool]) -> set[str]:
        return {
            second.session.title
            for first, second in combinations(plan.parts, 2)
            if second.block.start_us < first.block.end_us and clash(first.session, second.session)
        }

    def told(code: str) -> set[str]:
        return {each.place.split('"')[1] for each in check(plan) if each.code == code}

    assert told("room-overlap") == later(lambda a, b: a.room == b.room)
    assert told("person-in-two-rooms") == later(
        lambda a, b: a.room != b.room and bool(set(a.panellists) & set(b.panellists))
    )


def test_overlap_behind_a_longer_one() -> None:
    """A longer session in one's own room does not hide a shorter one elsewhere."""
    blocks = [day(text) for text in ("10:00-13:00", "10:30-11:00", "10:45-12:00")]
    found = check(_meeting(blocks, "ABA", ["Ann"] * 3))
    assert [each.message for each in found if each.code == "person-in-two-rooms"] == [
        'Ann is still in A for sessions[1] "s0" until 2014-09-08 13:00',
        'Ann is still in B for sessions[2] "s1" until 2014-09-08 11:00',
    ]


@pytest.mark.parametrize("rooms", ["one", "many"])
def test_many_sessions(rooms: str) -> None:
    """Ten thousand sessions at once, of one person, are checked in one sweep."""
    block = day("10:00-11:00")
    plan = Programme(
        "a",
        "A",
        [
            Session(f"s{n}", block, chair="Ann", room="A" if rooms == "one" else f"{n}", id=f"s{n}")
            for n in range(10_000)
        ],
        revised=day.at("9:00"),
    )
    code = "room-overlap" if rooms == "one" else "person-in-two-rooms"
    assert [found.code for found in check(plan)] == [code] * 9_999
