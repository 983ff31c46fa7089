"""`r2psched invite`."""

from __future__ import annotations

import re
from pathlib import Path

from r2psched.ical.lint import lint
from tests.cli.running import EXAMPLE, HEARING, TWO_LISTS, answer, call, fails, good, written

FILES = ["001-ana.ics", "002-park.ics", "003-ben.ics", "004-chen-1.ics", "004-chen-2.ics"]


def names() -> list[str]:
    """Give the names of the files that were written."""
    return sorted(path.name for path in Path("out").iterdir())


def test_one_file_for_each_recipient() -> None:
    """Each address has a file of its own, a speaker without one has one too, the unheard none."""
    assert good("invite", written(HEARING), "-o", "out") == (
        "wrote 5 invitations into out\n"
        "without an e-mail address: 2 (Library (on behalf of Friends of the Park), Ben)\n"
        "not heard, so not invited: 2 (Dora, Emil Novak)\n"
    )
    assert names() == FILES
    for path in Path("out").iterdir():
        data = path.read_bytes()
        assert not lint(data).errors
        addresses = set(re.findall(r"[a-z]+@secret\.example", data.decode().replace("\r\n ", "")))
        assert len(addresses) == (path.name not in FILES[1:3])


def test_in_json() -> None:
    """--json tells each file, whom it is for and when, and no address."""
    told = answer("invite", written(HEARING), "-o", "out")
    assert [each["file"] for each in told["invitations"]] == FILES
    assert [each["addressed"] for each in told["invitations"]] == [True, False, False, True, True]
    assert told["without_address"] == 2
    assert [who["id"] for who in told["unheard"]] == ["dora", "emil"]
    assert "secret.example" not in str(told)


def test_one_speaker() -> None:
    """--to writes the invitations of one speaker alone, by id or name."""
    name = written(HEARING)
    assert good("invite", name, "-o", "out", "--to", "chen li") == "wrote 2 invitations into out\n"
    assert names() == FILES[3:]
    assert answer("invite", name, "-o", "out", "--to", "ana")["unheard"] == []


def test_one_who_is_not_heard() -> None:
    """Whoever is below the cut line cannot be invited: the exit code is 1, nothing is written."""
    name = written(HEARING)
    assert fails(1, "invite", name, "-o", "out", "--to", "Dora") == (
        '"Dora" is number 5 and is not heard: the time ends before number 5'
    )
    assert fails(2, "invite", name, "-o", "out", "--to", "Door") == (
        'no speaker "Door": did you mean "Dora"?'
    )
    assert not Path("out").exists()


def test_several_lists() -> None:
    """With several lists one must be named."""
    name = written(TWO_LISTS)
    assert fails(2, "invite", name, "-o", "out") == (
        "the programme has 2 lists: choose one with --session: morning, evening"
    )
    assert good("invite", name, "-o", "out", "--session", "evening") == (
        "wrote 1 invitation into out\nwithout an e-mail address: 1 (A)\n"
    )


def test_long_lists_are_not_told_whole() -> None:
    """Of many without an address, and of many unheard, five are named."""
    speakers = ", ".join(f'"S{n}"' for n in range(30))
    name = written(TWO_LISTS.replace('{ id = "a", delegation = "A" }', speakers))
    assert good("invite", name, "-o", "out", "--session", "evening") == (
        "wrote 20 invitations into out\n"
        "without an e-mail address: 20 (S0, S1, S2, S3, S4 and 15 more)\n"
        "not heard, so not invited: 10 (S20, S21, S22, S23, S24 and 5 more)\n"
    )


def test_nobody_to_invite() -> None:
    """A list of nobody gives no file."""
    assert good("invite", EXAMPLE, "-o", "out") == "wrote 0 invitations into out\n"
    assert names() == []


def test_without_an_address_to_answer_to() -> None:
    """Who is to be invited by e-mail needs an organiser who has an address too."""
    name = written(HEARING.replace('email = "clerk@example.org"', ""))
    expected = (
        "an invitation is answered to its organiser, and the programme names none with an e-mail "
        'address: write [organiser] with name = "…" and email = "…"'
    )
    assert fails(2, "invite", name, "-o", "out") == expected
    bare = re.sub(r"\[organiser\][^\[]*", "", HEARING)
    assert fails(2, "invite", written(bare), "-o", "out") == expected
    assert good("invite", name, "-o", "out", "--to", "ben").startswith("wrote 1 invitation ")


def test_a_cancelled_programme() -> None:
    """Nobody is invited to what is cancelled."""
    name = written(HEARING.replace("date =", 'status = "cancelled"\ndate ='))
    assert fails(2, "invite", name, "-o", "out") == (
        '"Hearing on the library" is cancelled: nobody can be invited to it'
    )


def test_times_in_utc() -> None:
    """--utc writes times without a time zone."""
    good("invite", written(HEARING), "-o", "out", "--utc", "--to", "ana")
    assert b"DTSTART:20260311T000000Z" in Path("out/001-ana.ics").read_bytes()


def test_where_to_is_asked() -> None:
    """Without -o nothing is written."""
    assert fails(2, "invite", written(HEARING)) == "Missing option '-o'."
    assert call("invite", "--help").exit_code == 0
